//! What can be wrong with a question about routes. Codes PRP-11xx.

use domain::DomainError;
use thiserror::Error;

use crate::passage::PassageSet;

/// A route that cannot be given, or a book that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RouteError {
    /// PRP-1101
    #[error("PRP-1101: '{given}' is not a passage{}; known passages: {known}", suggestion(.nearest))]
    UnknownPassage { given: String, nearest: Option<String>, known: String },
    /// PRP-1102: there is no way; never a distance of zero.
    #[error(
        "PRP-1102: no sea route from {from} to {to} with {closed} closed; open a passage or use another mode"
    )]
    NoRoute { from: String, to: String, closed: PassageSet },
    /// PRP-1103
    #[error("PRP-1103: {place} is {km:.0} km from the nearest shipping lane, more than {limit_km} km; give a port on the coast", km = kilometres(.metres))]
    TooFarFromSea { place: String, metres: u32, limit_km: u32 },
    /// PRP-1104
    #[error("PRP-1104: {table} cannot be read, line {line}: {why}; rebuild it with `xtask books`")]
    Table { table: &'static str, line: usize, why: String },
    /// PRP-1105
    #[error("PRP-1105: no place called '{given}' among the ports, airports and economies{}", suggestion(.nearest))]
    UnknownPlace { given: String, nearest: Option<String> },
    /// PRP-1106
    #[error("PRP-1106: '{given}' could be {candidates}; write the UN/LOCODE")]
    AmbiguousPlace { given: String, candidates: String },
    /// PRP-1107
    #[error("PRP-1107: '{given}' is not a vessel class{}; known: {known}", suggestion(.nearest))]
    UnknownVesselClass { given: String, nearest: Option<String>, known: String },
    /// PRP-1108
    #[error("PRP-1108: nothing is known of where {place} is; give its UN/LOCODE or its coordinates")]
    NoCoordinates { place: String },
    #[error(transparent)]
    Domain(#[from] DomainError),
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the derived message hands over references")]
fn kilometres(metres: &u32) -> f64 {
    f64::from(*metres) / 1000.0
}

#[expect(clippy::ref_option, reason = "the derived message hands over references")]
fn suggestion(nearest: &Option<String>) -> String {
    nearest.as_ref().map(|it| format!("; did you mean {it}?")).unwrap_or_default()
}
