//! Calls of webhooks that are due: leased, tried, tried again ever later, and given up into the list of the dead.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::change::Change;
use crate::db::Kind;
use crate::error::{Error, Result};
use crate::ids::{DeliveryId, HookId};
use crate::scope::Scope;
use crate::sql::Sql;
use crate::store::Store;
use crate::tenant::hook_place;
use crate::who::Who;

/// The waits between attempts; after the last the delivery is dead. Together some 20 hours.
const WAITS_SECONDS: [i64; 9] = [5, 30, 120, 600, 1_800, 3_600, 7_200, 21_600, 36_000];
pub const DELIVERY_ATTEMPTS: i64 = WAITS_SECONDS.len() as i64 + 1;
const ERROR_LONGEST: usize = 500;

#[derive(Clone, Debug)]
pub struct DueDelivery {
    pub id: DeliveryId,
    pub hook_id: HookId,
    pub who: Who,
    pub url: String,
    /// Signs the call.
    pub secret: String,
    pub event_id: i64,
    pub kind: String,
    pub payload: String,
    /// Counts this one.
    pub attempt: i64,
}

impl Store {
    /// Leases up to `limit` calls that are due; one whose worker dies comes again after `lease`.
    pub async fn due_deliveries(&self, limit: u32, lease: Duration) -> Result<Vec<DueDelivery>> {
        let now = self.now();
        let due = |sql: Sql| sql.push("state = 'pending' AND next_at <= ").bind(now);
        if self.db().row(due(Sql::new("SELECT 1 FROM deliveries WHERE ")).push(" LIMIT 1")).await?.is_none() {
            return Ok(Vec::new());
        }
        let sql = Sql::new("UPDATE deliveries SET attempts = attempts + 1, next_at = ")
            .bind(later(now, SignedDuration::try_from(lease).unwrap_or(SignedDuration::MAX))?)
            .push(" WHERE id IN (SELECT id FROM deliveries WHERE ");
        let sql = due(sql).push(" ORDER BY next_at, id LIMIT ").bind(i64::from(limit));
        let locked = if self.kind() == Kind::Postgres { " FOR UPDATE SKIP LOCKED" } else { "" };
        let sql = sql.push(locked).push(
            ") RETURNING id, hook_id, organisation, event_seq, kind, payload, attempts, \
             (SELECT w.url FROM webhooks w WHERE w.organisation = deliveries.organisation AND w.id = deliveries.hook_id), \
             (SELECT w.sealed FROM webhooks w WHERE w.organisation = deliveries.organisation AND w.id = deliveries.hook_id)",
        );
        let rows = self.db().write(sql).await?;
        rows.iter()
            .map(|row| {
                let mut fields = row.fields();
                let (id, hook_id): (DeliveryId, HookId) = (fields.id()?, fields.id()?);
                let who = Who::system(fields.id()?);
                let (event_id, kind, payload) = (fields.int()?, fields.text()?, fields.text()?);
                let (attempt, url) = (fields.int()?, fields.text()?);
                let place = hook_place(who.organisation().as_str(), hook_id.as_str());
                let secret = self.key().open(&place, &fields.bytes()?)?;
                let secret =
                    String::from_utf8(secret).map_err(|error| Error::unreadable("a webhook", error))?;
                Ok(DueDelivery { id, hook_id, who, url, secret, event_id, kind, payload, attempt })
            })
            .collect()
    }

    pub async fn delivered(&self, due: &DueDelivery, status: i64) -> Result<()> {
        let set = vec![
            ("state", "done".into()),
            ("last_status", status.into()),
            ("last_error", None::<String>.into()),
            ("done_at", self.now().into()),
        ];
        let scope = Scope::new(due.who.organisation().clone());
        let sql = scope.update("deliveries", set).and_id(due.id.as_str()).and("attempts = ", due.attempt);
        self.db().write(sql).await.map(drop)
    }

    /// Whether it is dead now.
    pub async fn not_delivered(&self, due: &DueDelivery, status: Option<i64>, error: &str) -> Result<bool> {
        let now = self.now();
        let wait = WAITS_SECONDS.get((due.attempt - 1).max(0) as usize).copied();
        let error: String = error.chars().filter(|it| !it.is_control()).take(ERROR_LONGEST).collect();
        let set = vec![
            ("state", if wait.is_some() { "pending" } else { "dead" }.into()),
            ("last_status", status.into()),
            ("last_error", error.into()),
            ("next_at", later(now, SignedDuration::from_secs(wait.unwrap_or(0)))?.into()),
        ];
        let scope = Scope::new(due.who.organisation().clone());
        let sql = scope.update("deliveries", set).and_id(due.id.as_str()).and("attempts = ", due.attempt);
        let mut change = Change::begin(self, &due.who).await?;
        change.run(sql).await?;
        if wait.is_none() {
            let object = format!("delivery/{}", due.id);
            change.audit("delivery.dead", object, json!({"attempts": due.attempt, "status": status}));
        }
        change.commit_unaudited().await?;
        Ok(wait.is_none())
    }
}

fn later(now: Timestamp, wait: SignedDuration) -> Result<Timestamp> {
    now.checked_add(wait).map_err(|error| Error::invalid("lease", error.to_string()))
}
