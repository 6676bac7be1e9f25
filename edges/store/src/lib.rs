//! What is kept: firms, people, needs, answers, deals, watches, jobs and the audit trail, in SQLite or PostgreSQL.
//!
//! ```text
//! Store ── tenant(&Who) ──► Tenant: all that belongs to one organisation, and nothing else
//!   │                          └─ every statement begins in `scope`, which carries the organisation
//!   ├─ people at the door: sessions, API keys, passwords, OIDC     (give a Who)
//!   └─ the instance's own work: leased jobs, sweeps, deliveries, events, audit, backup
//! ```
//! A change writes its rows, its audit entry and its event in one transaction; what was acknowledged stays.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test that unwraps says what it expects"))]

mod change;
mod db;
mod error;
mod event;
mod ids;
mod instance;
mod migrate;
mod pack;
mod page;
mod role;
mod scope;
mod seal;
mod sql;
mod store;
mod tables;
mod tenant;
mod token;
mod who;

pub use db::Kind;
pub use error::{Error, Result};
pub use event::{Event, EventKind, Wakes};
pub use ids::*;
pub use instance::*;
pub use migrate::LAYOUT;
pub use page::{PAGE, PAGE_MOST, Page, Paged};
pub use role::{Permission, Role};
pub use seal::KEY_VARIABLE;
pub use store::{Clock, Options, Store};
pub use tables::{Held, Owner, Shape, Table, tables};
pub use tenant::*;
pub use token::{PASSWORD_LONGEST, PASSWORD_SHORTEST};
pub use who::Who;
