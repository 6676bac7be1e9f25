//! Places by UN/LOCODE, by name and by coordinates: what a person writes becomes one place, or an error that says how to choose.

mod book;
mod resolve;
#[cfg(test)]
mod tests;

pub use book::{Functions, PlaceBook, PlaceRow};
pub use resolve::{DOMINANCE, PlaceError, Resolved};
