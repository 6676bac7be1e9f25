//! The dossier as a document: HTML, PDF and XLSX from the same structs as the API, with identical numbers.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test that unwraps says what it expects"))]

pub mod block;
pub mod html;
pub mod paper;
pub mod pdf;
pub mod product;
pub mod xlsx;

#[cfg(test)]
mod tests;
