//! A figure that is known as a range: a tenth percentile, a middle and a ninetieth.

use serde::{Deserialize, Serialize};

/// P10, P50 and P90 of a figure, in the same unit. A single known value has all three equal.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
pub struct Interval {
    pub low: f64,
    pub mid: f64,
    pub high: f64,
}

impl Interval {
    pub const fn exact(value: f64) -> Self {
        Self { low: value, mid: value, high: value }
    }

    /// Sorts its three values, so that low is never above high.
    pub fn new(low: f64, mid: f64, high: f64) -> Self {
        let mut it = [low, mid, high];
        it.sort_by(f64::total_cmp);
        Self { low: it[0], mid: it[1], high: it[2] }
    }

    #[must_use]
    pub fn scale(self, by: f64) -> Self {
        Self::new(self.low * by, self.mid * by, self.high * by)
    }

    /// Sum of the ends: the widest range two figures can span together (it assumes that they move together).
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self { low: self.low + other.low, mid: self.mid + other.mid, high: self.high + other.high }
    }

    pub fn is_exact(self) -> bool {
        self.low.total_cmp(&self.high).is_eq()
    }

    /// The value at `share` (0..=1) of a two-piece linear quantile function through P10, P50 and P90,
    /// extended beyond them with the same slopes and never below zero when the middle is not.
    pub fn quantile(self, share: f64) -> f64 {
        let value = if share <= 0.5 {
            self.mid - (self.mid - self.low) * (0.5 - share) / 0.4
        } else {
            self.mid + (self.high - self.mid) * (share - 0.5) / 0.4
        };
        if self.mid >= 0.0 { value.max(0.0) } else { value }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_pass_through_the_three_points() {
        let it = Interval::new(8.0, 10.0, 16.0);
        for (share, expect) in [(0.1, 8.0), (0.5, 10.0), (0.9, 16.0)] {
            assert!((it.quantile(share) - expect).abs() < 1e-9);
        }
        assert!(it.quantile(0.0) < 8.0 && it.quantile(1.0) > 16.0);
    }

    #[test]
    fn ends_are_sorted() {
        assert_eq!(Interval::new(3.0, 1.0, 2.0), Interval { low: 1.0, mid: 2.0, high: 3.0 });
    }
}
