//! Customs: what goods owe when they enter a customs territory, and what must be proved to owe less.
//!
//! Books and rules come in, an answer with evidence goes out; no file, clock or network is touched.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test that unwraps says what it expects"))]

pub mod book;
pub mod classify;
pub mod csv;
pub mod expression;
pub mod origin;

pub use book::{BookError, MeasureKind, TariffBook};
pub use expression::{Expression, ExpressionError, parse_expression};
pub use origin::{Facts, OriginBook, Scheme};
