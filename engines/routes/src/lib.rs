//! Transport: a sea network with shortest distances and passages that can be closed, ports and airports with their
//! standing in liner shipping, lead times as distributions, freight benchmarks, and sets of alternative routes.
//!
//! Pure: books in, answers out. Nothing here reads a file, a clock or an unseeded random number.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test that unwraps says what it expects"))]

pub mod alternatives;
pub mod error;
pub mod freight;
pub mod geo;
pub mod kd;
pub mod labels;
pub mod lead;
pub mod leg;
pub mod matrix;
pub mod network;
pub mod passage;
pub mod places;
pub mod ports;

pub use alternatives::{Dropped, RouteAnswer, RouteBooks, RouteOption, RouteQuestion, alternatives};
pub use error::RouteError;
pub use freight::{FreightBook, FreightCost, freight_cost_usd};
pub use lead::{DEFAULT_CLOSED, LeadTimeBook, LeadTimeTables, VesselClass};
pub use leg::{DistanceBasis, Leg, LegTime, Mode, Sampler, Stop, quantiles, sample_days, sample_leg_days};
pub use matrix::{MatrixRow, matrix};
pub use network::{SeaDistance, SeaNetwork, SeaPath, Snap};
pub use passage::{Passage, PassageSet};
pub use ports::{Airport, AirportBook, HarbourSize, Port, PortBook};

#[cfg(test)]
mod tests;
