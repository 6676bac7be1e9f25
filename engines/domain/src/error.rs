//! One error type for values that cannot be made. Each message says what was read, why it is refused and how to mend it.

use thiserror::Error;

/// A value of the vocabulary that cannot be made from what was given.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DomainError {
    /// PRP-1001
    #[error("PRP-1001: '{given}' is not a currency of ISO 4217; write its three letters, for example USD{}", suggestion(.nearest.as_deref()))]
    Currency { given: String, nearest: Option<String> },
    /// PRP-1002
    #[error(
        "PRP-1002: cannot read '{given}' as an amount: {why}; write digits with a decimal point, for example 1234.50"
    )]
    Amount { given: String, why: &'static str },
    /// PRP-1003
    #[error(
        "PRP-1003: cannot put {left} and {right} together: they are different currencies; convert one first"
    )]
    CurrencyMismatch { left: String, right: String },
    /// PRP-1004
    #[error("PRP-1004: the amount is too large to hold ({what})")]
    Overflow { what: &'static str },
    /// PRP-1005
    #[error(
        "PRP-1005: '{given}' is not an HS code: {why}; write 2 to 10 digits, for example 850511 or 8505.11"
    )]
    Hs { given: String, why: &'static str },
    /// PRP-1006
    #[error("PRP-1006: '{given}' is not an economy; write its ISO 3166 code, for example CN or CHN{}", suggestion(.nearest.as_deref()))]
    Economy { given: String, nearest: Option<String> },
    /// PRP-1007
    #[error(
        "PRP-1007: '{given}' is not a UN/LOCODE; write two letters of country and three of place, for example GBBHM"
    )]
    Locode { given: String },
    /// PRP-1008
    #[error("PRP-1008: latitude {lat} and longitude {lon} are not a point on Earth: {why}")]
    Coordinates { lat: String, lon: String, why: &'static str },
    /// PRP-1009
    #[error("PRP-1009: '{given}' is not an Incoterms 2020 rule; one of EXW FCA CPT CIP DAP DPU DDP FAS FOB CFR CIF{}", suggestion(.nearest.as_deref()))]
    Incoterm { given: String, nearest: Option<String> },
    /// PRP-1010
    #[error("PRP-1010: '{given}' has no unit; write for example '5 t', '500 kg' or '200 pcs'")]
    QuantityWithoutUnit { given: String },
    /// PRP-1011
    #[error("PRP-1011: '{given}' is not a unit; known: {known}{}", suggestion(.nearest.as_deref()))]
    Unit { given: String, known: &'static str, nearest: Option<String> },
    /// PRP-1012
    #[error(
        "PRP-1012: cannot turn {from} into {to}: they measure different things; give the quantity in a unit of the same kind"
    )]
    UnitMismatch { from: &'static str, to: &'static str },
    /// PRP-1013
    #[error("PRP-1013: '{given}' is not a date; write it as YYYY-MM-DD, for example 2027-03-15")]
    Date { given: String },
    /// PRP-1014
    #[error("PRP-1014: the economies table cannot be read, line {line}: {why}")]
    EconomyTable { line: usize, why: String },
}

fn suggestion(nearest: Option<&str>) -> String {
    nearest.map(|it| format!("; did you mean {it}?")).unwrap_or_default()
}
