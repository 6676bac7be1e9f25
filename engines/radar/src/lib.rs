//! From a need to ranked, evidenced plans: propose, prune, assess, check, rank, explain.
//! The only engine that knows what a plan is. Pure: everything it may look at is in the [`Dossier`](dossier::Dossier).
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test that unwraps says what it expects"))]

pub mod ask;
mod assess;
pub mod assumptions;
pub mod check;
pub mod cost;
pub mod decide;
pub mod dossier;
pub mod explain;
pub mod facts;
pub mod front;
pub mod gather;
pub mod lanes;
pub mod money;
pub mod ocba;
pub mod opened;
pub mod rank;
mod relax;
pub mod rests;
pub mod sample;
pub mod search;
pub mod settings;
pub mod what_if;

pub use decide::{DecideError, decide};
pub use dossier::Dossier;
pub use gather::{Afresh, Books, FindWays, GatherError, gather};
pub use opened::Opened;
pub use settings::Settings;
pub use what_if::WhatIf;
