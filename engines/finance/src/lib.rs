//! Money over time: currency conversion, forward rates, what terms of payment cost, cargo insurance, bank charges.
//! Every question is answered from dated books; what a book does not hold is a typed error that names the missing fact.
//! Each figure has a scalar twin (`f64`, no allocation) for scans over many combinations; both come from the same formula.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test that unwraps says what it expects"))]

pub mod charges;
pub mod daycount;
pub mod error;
pub mod forward;
pub mod insurance;
pub mod interest;
pub mod rates;
pub mod terms;

pub use charges::{ChargeBook, ChargeKind, ChargeRow, ChargeSheet};
pub use daycount::DayCount;
pub use error::FinanceError;
pub use forward::{
    ForwardAnswer, Hedge, HedgeOption, HedgeQuestion, covered_parity, forward, fx_draw, hedge_options,
};
pub use insurance::{Clauses, InsuranceAnswer, InsuranceBook, InsuranceQuestion, premium, premium_scalar};
pub use interest::{InterestAnswer, InterestBook, InterestKind};
pub use rates::RateBook;
pub use terms::{
    CreditRisk, PaymentTerms, Tenor, TermsAnswer, TermsQuestion, cost_of_terms, supplier_credit_scalar,
    terms_cost_scalar,
};

#[cfg(test)]
mod tests;
