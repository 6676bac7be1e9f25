//! Trade flows and what they say about who could supply a good or take it: shares, growth, concentration, unit values
//! with honest bands, candidate origins and markets, and quotes that people bring in spreadsheets.
//!
//! Everything here is computed from immutable tables; nothing reads files, clocks or settings.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test that unwraps says what it expects"))]

pub mod band;
#[cfg(test)]
mod bundled_tests;
pub mod candidates;
pub mod error;
pub mod flows;
pub mod measures;
pub mod prices;
pub mod quotes;
#[cfg(test)]
mod testing;

pub use band::{Band, Benchmark, Rung};
pub use candidates::{
    Candidate, DropReason, Dropped, MarketAnswer, MarketQuestion, OriginAnswer, OriginQuestion, World,
    candidate_markets, candidate_origins,
};
pub use error::MarketError;
pub use flows::{Flow, FlowBook, Side, Slice, Tally, UNSPECIFIED};
pub use prices::{PriceAnswer, Supplier, SuppliersAnswer, price, suppliers};
