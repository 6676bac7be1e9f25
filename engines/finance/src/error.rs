//! One error type: which fact is missing or unreadable, and how to mend it.

use domain::table::TableError;
use domain::{Currency, Date, DomainError, Economy};
use thiserror::Error;

/// A figure that cannot be had from the books. It is unknown; nothing is put in its place.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FinanceError {
    /// PRP-1501
    #[error(
        "PRP-1501: no exchange rate for {currency} in '{book}'; state one as fact '{}' (units of {currency} for one EUR) with its date and source",
        fact(*currency)
    )]
    NoRate { currency: Currency, book: String },
    /// PRP-1502
    #[error(
        "PRP-1502: the exchange rates of {currency} in '{book}' begin on {first}, after {on}; load an older edition with `periplus data import`"
    )]
    BeforeFirstRate { currency: Currency, on: Date, first: Date, book: String },
    /// PRP-1503
    #[error(
        "PRP-1503: the last exchange rate of {currency} in '{book}' is of {last}, too old to use on {on}; state one as fact '{}'",
        fact(*currency)
    )]
    RateTooOld { currency: Currency, on: Date, last: Date, book: String },
    /// PRP-1504
    #[error(
        "PRP-1504: no interest rate is known for {economy} (currency {currency}); state one as fact 'interest.{}', percent a year",
        economy.code().to_ascii_lowercase()
    )]
    NoInterest { economy: Economy, currency: Currency },
    /// PRP-1505
    #[error(
        "PRP-1505: no pair of like interest rates is known for {base} and {quote}, so a forward rate cannot be computed; ask a bank for a quote"
    )]
    NoInterestPair { base: Currency, quote: Currency },
    /// PRP-1506
    #[error(
        "PRP-1506: {count} daily rates of {from} and {to} before {on} are too few for a volatility; {least} are needed"
    )]
    TooFewRates { from: Currency, to: Currency, on: Date, count: usize, least: usize },
    /// PRP-1507
    #[error("PRP-1507: a rate for {currency} must be more than zero, not {given}")]
    RateNotPositive { currency: Currency, given: String },
    /// PRP-1508
    #[error("PRP-1508: no {what} in '{book}' applies on {on}")]
    NoCharge { what: String, on: Date, book: String },
    /// A book's text that cannot be read.
    #[error(transparent)]
    Table(#[from] TableError),
    /// An amount that cannot be held.
    #[error(transparent)]
    Domain(#[from] DomainError),
}

impl FinanceError {
    /// The name of the fact that would mend this error, if one fact can.
    pub fn missing_fact(&self) -> Option<String> {
        match self {
            Self::NoRate { currency, .. }
            | Self::RateTooOld { currency, .. }
            | Self::BeforeFirstRate { currency, .. } => Some(fact(*currency)),
            Self::NoInterest { economy, .. } => {
                Some(format!("interest.{}", economy.code().to_ascii_lowercase()))
            }
            _ => None,
        }
    }
}

fn fact(currency: Currency) -> String {
    format!("fx.eur.{}", currency.code().to_ascii_lowercase())
}
