//! From words to codes of the Harmonized System and back: descriptions, a text search, and a check of what was written.
//! A search proposes a code; who declares goods decides.

mod nomenclature;
mod search;
#[cfg(test)]
mod tests;

pub use nomenclature::{Checked, ClassifyError, Nomenclature};
pub use search::{CLEAR_LEAD, CLEAR_SCORE, Match, clear};
