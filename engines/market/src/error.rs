//! What can be wrong with a question to the market or with its book.

use domain::{Code, Economy, HsCode};
use thiserror::Error;

/// Why there is no answer. Codes PRP-1301 to 1303; findings of the market have 1304 and up.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum MarketError {
    /// PRP-1301
    #[error("PRP-1301: the flow book cannot be read, line {line}: {why}")]
    Book { line: usize, why: String },
    /// PRP-1302
    #[error(
        "PRP-1302: no trade flows of HS {hs} are loaded{}; load them with 'periplus data import flows FILE'{}",
        .year.map(|it| format!(" for {it}")).unwrap_or_default(),
        .known.as_deref().map(|it| format!("; loaded: {it}")).unwrap_or_default()
    )]
    NoFlows { hs: HsCode, year: Option<u16>, known: Option<String> },
    /// PRP-1303
    #[error("PRP-1303: {economy} has no recorded trade in HS {hs} as {side} in {year}")]
    NoTrade { economy: Economy, hs: HsCode, side: &'static str, year: u16 },
}

impl MarketError {
    pub fn code(&self) -> Code {
        Code::new(match self {
            Self::Book { .. } => 1301,
            Self::NoFlows { .. } => 1302,
            Self::NoTrade { .. } => 1303,
        })
    }
}
