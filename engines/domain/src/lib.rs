//! The vocabulary that every engine shares: money, quantities, goods codes, places, parties, Incoterms 2020,
//! dates, evidence, findings and totals. Pure data; no engine lives here and nothing here does I/O.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test that unwraps says what it expects"))]

pub mod basis;
pub mod calendar;
pub mod csv;
pub mod currency;
pub mod deal;
pub mod draw;
pub mod economy;
pub mod error;
pub mod finding;
pub mod hash;
pub mod hs;
pub mod incoterm;
pub mod interval;
pub mod money;
pub mod need;
pub mod offer;
pub mod party;
pub mod place;
pub mod quantity;
pub mod rate;
pub mod shelf;
pub mod suggest;
pub mod table;
pub mod total;

pub use basis::{Basis, Evidence, Figure, Source};
pub use currency::Currency;
pub use draw::{Draws, Purpose};
pub use economy::{Economy, EconomyBook, EconomyRow};
pub use error::DomainError;
pub use finding::{Code, Finding, Severity};
pub use hash::ContentHash;
pub use hs::{HsCode, HsRevision};
pub use incoterm::{Incoterm, Party as ContractParty, Task};
pub use interval::Interval;
pub use jiff::civil::Date;
pub use money::Money;
pub use need::{Direction, Limits, Mode, Need, Wishes};
pub use offer::Offer;
pub use party::{Party, PartyRole};
pub use place::{Coordinates, Locode, Place};
pub use quantity::{Quantity, Unit};
pub use rate::Ppm;
pub use rust_decimal::Decimal;
pub use shelf::{Overlay, Shelf};
pub use total::{CostKind, CostLine, Total};
