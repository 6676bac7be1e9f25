//! Customs: what goods owe when they enter a customs territory, and what must be proved to owe less.
//!
//! Books and rules come in, an answer with evidence goes out; no file, clock or network is touched.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test that unwraps says what it expects"))]

mod answer;
pub mod book;
pub mod classify;
mod codes;
mod core;
pub mod csv;
pub mod expression;
pub mod lines;
pub mod origin;
mod question;
mod regime;
mod rulepacks;

pub use answer::{duty, duty_amounts, duty_under};
pub use book::{BookError, MeasureKind, TariffBook};
pub use codes::CODES;
pub use expression::{Expression, ExpressionError, Rates, parse_expression};
pub use lines::{LineReader, LineReport, duty_lines};
pub use origin::{Facts, OriginBook, Scheme};
pub use question::{DutyAmounts, DutyAnswer, DutyLine, DutyQuestion, Preference, PreferenceState};
pub use regime::{CustomsBooks, Regime, jurisdiction_of};
pub use rulepacks::{rulepacks, shipped};

#[cfg(test)]
mod tests;
