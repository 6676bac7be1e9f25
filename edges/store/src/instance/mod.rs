//! What belongs to no one organisation: who is at the door, and the work that the server does by itself.

mod backup;
mod deliveries;
mod door;
mod events;
mod firms;
mod jobs;
mod sweep;
mod trail;

pub use backup::BackupReport;
pub use deliveries::{DELIVERY_ATTEMPTS, DueDelivery};
pub use door::{OidcLogin, OpenSession, SessionWho, SignedIn};
pub use events::Trimmed;
pub(crate) use jobs::enqueue;
pub use jobs::{Beat, JOB_ATTEMPTS, Lease, Retry};
pub use sweep::{Found, SweepWatch, Swept};
pub use trail::{AuditHead, Bad, Verified};
