//! From what a person says to a validated need: a sentence in English or Chinese, or a file; and back to a sentence.
//! What is not understood is told, never dropped; what is missing or cannot be is an error that says how to mend it.

mod error;
mod file;
mod lex;
mod parse;
mod say;
#[cfg(test)]
mod tests;
mod words;

use customs::classify::Nomenclature;
use domain::{EconomyBook, Finding, Need};
use routes::places::PlaceBook;
use serde::Serialize;

pub use error::{AskError, Candidate};
pub use file::read;
pub use parse::parse;
pub use say::{Lang, say};

/// A sentence longer than this is not a sentence; a need file holds one of at most this length.
pub const MAX_CHARS: usize = 2_000;
/// A file with a need is a page of prose at most.
pub const MAX_FILE_BYTES: usize = 1 << 20;

/// The tables that turn words into codes.
#[derive(Clone, Copy, Debug)]
pub struct AskBooks<'a> {
    pub economies: &'a EconomyBook,
    pub places: &'a PlaceBook,
    pub nomenclature: &'a Nomenclature,
}

/// A part of the sentence and how it was understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Span {
    pub text: String,
    #[serde(rename = "as")]
    pub meaning: String,
}

/// A need with how it was understood.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Asked {
    pub need: Need,
    /// In the order of the sentence.
    pub understood: Vec<Span>,
    pub findings: Vec<Finding>,
}
