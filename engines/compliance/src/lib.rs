//! What may not be traded, what needs a licence and what must be looked at, by dated rulepacks of jurisdictions.
//! Parties are not screened here yet, and the answer says so: without a watch list nothing is ever "clear".
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test that unwraps says what it expects"))]

pub mod rule;
mod rulepacks;
pub mod trade;

pub use rule::{ComplianceBook, ComplianceError, Rule};
pub use rulepacks::{rulepacks, shipped};
pub use trade::{ComplianceAnswer, Hit, Outcome, Screening, TradeQuestion, check_trade};
