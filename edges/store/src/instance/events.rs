//! The events of all organisations, for what fans them out; and the broom.

use std::time::Duration;

use jiff::SignedDuration;
use serde::Serialize;
use serde_json::Value as Json;

use crate::change::Change;
use crate::error::{Error, Result};
use crate::event::{Event, EventKind};
use crate::ids::OrganisationId;
use crate::sql::{Record as _, Sql};
use crate::store::Store;

/// What the broom swept away.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Trimmed {
    pub events: u64,
    pub deliveries: u64,
    pub sessions: u64,
    pub logins: u64,
    pub requests: u64,
}

impl Store {
    /// Of all organisations, oldest first: for one reader per process that hands them on. Who may see what is then
    /// told by `Event::organisation`.
    pub async fn events_after(&self, seq: i64, limit: u32) -> Result<Vec<Event>> {
        let sql = Sql::new(format!("SELECT {} FROM events WHERE seq > ", Event::COLUMNS)).bind(seq);
        let sql = sql.push(" ORDER BY seq LIMIT ").bind(i64::from(limit.min(10_000)));
        self.db().rows(sql).await?.iter().map(|row| Event::read(&mut row.fields())).collect()
    }

    /// The last number given out; 0 before the first.
    pub async fn last_event(&self) -> Result<i64> {
        let row = self.db().row(Sql::new("SELECT events FROM heads WHERE name = 'chain'")).await?;
        row.map_or(Ok(0), |row| row.fields().int())
    }

    /// The oldest number that is kept. A client whose last one is before it has missed some, and should read anew.
    pub async fn oldest_event(&self) -> Result<i64> {
        let row = self.db().row(Sql::new("SELECT COALESCE(MIN(seq), 0) FROM events")).await?;
        row.map_or(Ok(0), |row| row.fields().int())
    }

    /// Something that happened to the instance, for everybody: a book changed. Audited as the instance's own.
    pub async fn announce(&self, kind: EventKind, object: &str, who: &str, data: &Json) -> Result<()> {
        let mut change = Change::begin_as(self, &OrganisationId::instance(), who.to_owned()).await?;
        change.audit("announced", object, data.clone());
        change.event(kind, object, data.clone());
        change.commit().await
    }

    /// Throws away what is old and serves nobody any more: events and finished deliveries before `keep`, and all
    /// sessions, logins and kept requests that have run out. Numbers of events are never given out again.
    pub async fn trim(&self, keep: Duration) -> Result<Trimmed> {
        let keep =
            SignedDuration::try_from(keep).map_err(|error| Error::invalid("keep", error.to_string()))?;
        let mut change = Change::begin_as(self, &OrganisationId::instance(), "system".to_owned()).await?;
        let now = change.now;
        let before = now.checked_sub(keep).map_err(|error| Error::invalid("keep", error.to_string()))?;
        let trimmed = Trimmed {
            events: change.run(Sql::new("DELETE FROM events WHERE at < ").bind(before)).await?,
            deliveries: change.run(Sql::new("DELETE FROM deliveries WHERE done_at < ").bind(before)).await?,
            sessions: change.run(Sql::new("DELETE FROM sessions WHERE expires_at < ").bind(now)).await?,
            logins: change.run(Sql::new("DELETE FROM oidc_logins WHERE expires_at < ").bind(now)).await?,
            requests: change.run(Sql::new("DELETE FROM idempotency WHERE expires_at < ").bind(now)).await?,
        };
        change.commit_unaudited().await?;
        Ok(trimmed)
    }
}
