//! Backups.

use serde::Serialize;

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BackupReport {
    pub rows: u64,
}
