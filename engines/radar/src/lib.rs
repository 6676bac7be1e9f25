//! From a need to ranked, evidenced plans: propose, prune, assess, check, rank, explain.
//! The only engine that knows what a plan is. Pure: everything it may look at is in the [`Dossier`](dossier::Dossier).
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test that unwraps says what it expects"))]

pub mod assumptions;
pub mod front;
pub mod ocba;
pub mod rank;
pub mod search;
pub mod settings;
