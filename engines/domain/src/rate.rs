//! Rates as integers: parts per million, so that 6.5 % is 65 000 and no float enters a duty.

use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Parts per million of an amount. May be negative (a rebate, a discount).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Ppm(pub i64);

impl Ppm {
    pub const ZERO: Self = Self(0);

    /// From percent: 6.5 becomes 65 000 ppm. `None` when it has more than four decimals or is too large.
    pub fn from_percent(percent: Decimal) -> Option<Self> {
        let scaled = percent.checked_mul(Decimal::from(10_000))?.normalize();
        (scaled.scale() == 0).then(|| i64::try_from(scaled.mantissa()).ok().map(Self))?
    }

    pub fn to_percent(self) -> Decimal {
        Decimal::new(self.0, 4).normalize()
    }

    pub fn to_f64(self) -> f64 {
        self.0 as f64 / 1e6
    }

    pub fn from_f64(share: f64) -> Self {
        Self((share * 1e6).round() as i64)
    }
}

impl fmt::Display for Ppm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} %", self.to_percent())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_goes_in_and_comes_out() {
        for (percent, ppm) in [("6.5", 65_000), ("0.3464", 3_464), ("25", 250_000), ("0", 0)] {
            let percent: Decimal = percent.parse().unwrap();
            assert_eq!(Ppm::from_percent(percent), Some(Ppm(ppm)));
            assert_eq!(Ppm(ppm).to_percent(), percent.normalize());
        }
        assert_eq!(Ppm::from_percent("0.00001".parse().unwrap()), None);
    }
}
