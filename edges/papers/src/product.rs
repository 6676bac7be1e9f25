//! A formula of a line as factors whose product is its amount: what a spreadsheet may compute again.
//! Read only where it is plain and comes out to the minor unit; everything else stays a figure.

use std::str::FromStr;

use domain::Money;
use rust_decimal::{Decimal, RoundingStrategy};

/// A factor: a number, and whether it is a percentage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Factor {
    pub number: Decimal,
    pub percent: bool,
    /// "kg", "USD/kg"; empty for a bare number or a percentage.
    pub unit: String,
}

impl Factor {
    fn value(&self) -> Decimal {
        if self.percent { self.number / Decimal::ONE_HUNDRED } else { self.number }
    }
}

/// Factors in the order of the formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    pub factors: Vec<Factor>,
    /// The amount is shown with the other sign: what a seller pays is taken from the price.
    pub negative: bool,
}

/// Factors that a sheet has columns for.
pub const FACTORS_AT_MOST: usize = 3;

/// "131543.75 GBP x 20 % = 26308.75 GBP" as 131543.75 and 20 %, when their product, rounded, is the amount.
pub fn read(formula: &str, amount: Money) -> Option<Product> {
    let chain = formula.split(" = ").next()?;
    let factors: Vec<Factor> = chain.split(" x ").map(factor).collect::<Option<_>>()?;
    if factors.len() < 2 || factors.len() > FACTORS_AT_MOST {
        return None;
    }
    let product = factors.iter().try_fold(Decimal::ONE, |all, it| all.checked_mul(it.value()))?;
    let digits = amount.currency().minor_digits();
    let rounded = product.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero);
    let shown = amount.to_decimal();
    let negative = rounded == -shown && !shown.is_zero();
    (rounded == shown || negative).then_some(Product { factors, negative })
}

/// "5000 kg", "34.2066 USD/kg", "20 %", "97,150.00 GBP".
fn factor(text: &str) -> Option<Factor> {
    let (number, unit) = text.trim().split_once(' ').unwrap_or((text.trim(), ""));
    let number = Decimal::from_str(&number.replace(',', "")).ok()?;
    let unit = unit.trim();
    if unit.contains(' ') || unit.bytes().any(|it| b"()+-*=".contains(&it)) {
        return None;
    }
    let percent = unit == "%";
    Some(Factor { number, percent, unit: if percent { String::new() } else { unit.to_owned() } })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Currency;

    fn check(formula: &str, minor: i64, expect: Option<(usize, bool)>) {
        let read = read(formula, Money::from_minor(minor, Currency::GBP));
        assert_eq!(read.map(|it| (it.factors.len(), it.negative)), expect, "{formula}");
    }

    #[test]
    fn a_formula_is_live_only_when_it_comes_out() {
        check("131543.75 GBP x 20 % = 26308.75 GBP", 2_630_875, Some((2, false)));
        check("142460.61 GBP x 20 % = 28492.122 GBP, rounded 28492.12 GBP", 2_849_212, Some((2, false)));
        check("5000 kg x 19.43 USD/kg x 0.75 GBP/USD", 7_286_250, Some((3, false)));
        check("131543.75 GBP x 20 %", -2_630_875, Some((2, true)));
        check("131517.67 GBP x 0 % = 0.00 GBP", 0, Some((2, false)));
        // The rate and the price are shown rounded: the product is not the amount.
        check("5000 kg x 34.2066 USD/kg x 0.745104 GBP/USD", 12_743_738, None);
        check("0.397 % x 131543.75 GBP", 52_224, None);
        check("max(1000, 1 x (500 + 12440 km x 0.4)) USD at the middle rate", 408_029, None);
        check("78.35 + 0.000 % x 131543.75 GBP", 7_835, None);
        check("97,150.00 GBP x 8 % x 29 / 365", 61_250, None);
        check("", 0, None);
    }
}
