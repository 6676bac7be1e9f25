//! How interest of a fraction of a year is counted, by the money market of the currency.

use domain::Currency;

/// Day-count conventions of money markets: 2006 ISDA Definitions, section 4.16 (d) Actual/365 (Fixed) and (e) Actual/360.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DayCount {
    Actual365Fixed,
    Actual360,
}

/// Currencies whose money market counts Actual/365 (Fixed); the others count Actual/360
/// (OpenGamma, "Interest Rate Instruments and Market Conventions Guide", 2.0, chapter 1 and the tables of indices).
const ACTUAL_365: [&str; 12] =
    ["GBP", "AUD", "NZD", "CAD", "HKD", "SGD", "ZAR", "INR", "KRW", "THB", "MYR", "PLN"];

impl DayCount {
    pub fn of(currency: Currency) -> Self {
        if ACTUAL_365.contains(&currency.code()) { Self::Actual365Fixed } else { Self::Actual360 }
    }

    /// Days in the year of the convention.
    pub fn basis(self) -> f64 {
        match self {
            Self::Actual365Fixed => 365.0,
            Self::Actual360 => 360.0,
        }
    }

    pub fn word(self) -> &'static str {
        match self {
            Self::Actual365Fixed => "ACT/365",
            Self::Actual360 => "ACT/360",
        }
    }

    /// Years of `days`.
    pub fn years(self, days: f64) -> f64 {
        days / self.basis()
    }
}
