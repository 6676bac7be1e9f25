//! Customs: what goods owe when they enter a customs territory, and what must be proved to owe less.
//!
//! Books and rules come in, an answer with evidence goes out; no file, clock or network is touched.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test that unwraps says what it expects"))]

pub mod classify;
pub mod book;
pub mod csv;
pub mod expression;

pub use book::{BookError, MeasureKind, TariffBook};
pub use expression::{Expression, ExpressionError, parse_expression};
