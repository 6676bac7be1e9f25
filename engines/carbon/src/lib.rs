//! Greenhouse gases of transport (ISO 14083), of products where an open source knows them, and of electricity.
//! An unknown leg makes the total unknown; nothing is put in its place.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test that unwraps says what it expects"))]

pub mod grid;
pub mod product;
pub mod transport;

pub use grid::GridBook;
pub use product::{ProductAnswer, ProductCarbonBook, product};
pub use transport::{
    CarbonAnswer, DistanceConvention, DistanceKind, Factor, LegAnswer, LegQuestion, TransportBook,
    leg_scalar, transport,
};

use domain::table::TableError;
use thiserror::Error;

/// A book of factors that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CarbonError {
    #[error(transparent)]
    Table(#[from] TableError),
}

#[cfg(test)]
mod tests;
