//! How an invoice can be paid: terms, currency and path, with bank charges as ranges, days and what to watch.
//! Ways that do not work are dropped with their reason; ways proposed and ways dropped are all there are.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test that unwraps says what it expects"))]

pub mod options;
pub mod path;
pub mod regions;

pub use options::{
    Dropped, PaymentAnswer, PaymentOption, PaymentQuestion, bank_charge_scalar, buyer_sheet, options,
    seller_sheet,
};
pub use path::{Path, Route};
