//! What happened, in one strictly rising sequence, for clients that follow along or come back.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value as Json;
use tokio::sync::watch;

use crate::error::Result;
use crate::ids::OrganisationId;
use crate::role::words;
use crate::sql::{Fields, Record};

words! {
    EventKind "event kind" {
        Answer "answer",
        Need "need",
        Deal "deal",
        Watch "watch",
        Alert "alert",
        Quotes "quotes",
        Job "job",
        Book "book",
        Firm "firm",
    }
}

/// `id` is the `Last-Event-ID` of a client.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Event {
    pub id: i64,
    pub organisation: OrganisationId,
    pub at: Timestamp,
    pub kind: String,
    pub object: String,
    pub data: Json,
}

impl Record for Event {
    const TABLE: &'static str = "events";
    const WHAT: &'static str = "event";
    const COLUMNS: &'static str = "seq, organisation, at, kind, object, data";

    fn read(fields: &mut Fields<'_>) -> Result<Self> {
        Ok(Self {
            id: fields.int()?,
            organisation: fields.id()?,
            at: fields.time()?,
            kind: fields.text()?,
            object: fields.text()?,
            data: fields.json()?,
        })
    }

    fn key(&self) -> &str {
        &self.object
    }
}

/// Wakes whoever follows the events; what happened meanwhile is read from the store, so no wake-up can be lost.
#[derive(Clone, Debug)]
pub struct Wakes(pub(crate) watch::Receiver<i64>);

impl Wakes {
    /// Waits until there is an event newer than the last one this saw; its sequence number, or nothing when the
    /// store was closed.
    pub async fn next(&mut self) -> Option<i64> {
        self.0.changed().await.ok()?;
        Some(*self.0.borrow_and_update())
    }
}
