//! What the organisation may read of the audit trail and of what happened.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value as Json;

use super::Tenant;
use crate::error::Result;
use crate::event::Event;
use crate::page::{Page, Paged};
use crate::role::Permission;
use crate::sql::{Fields, Record};

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AuditEntry {
    pub seq: i64,
    pub at: Timestamp,
    pub who: String,
    pub what: String,
    pub object: String,
    /// Nothing when it was erased.
    pub details: Option<Json>,
    pub previous: String,
    pub hash: String,
}

const COLUMNS: &str =
    "audit.seq, audit.at, audit.who, audit.what, audit.object, d.details, audit.previous, audit.hash";
const JOIN: &str = " LEFT JOIN audit_details d ON d.seq = audit.seq AND d.organisation = audit.organisation";

fn read(fields: &mut Fields<'_>) -> Result<AuditEntry> {
    Ok(AuditEntry {
        seq: fields.int()?,
        at: fields.time()?,
        who: fields.text()?,
        what: fields.text()?,
        object: fields.text()?,
        details: fields.opt_json()?,
        previous: fields.text()?,
        hash: fields.text()?,
    })
}

impl Tenant {
    /// Newest first.
    pub async fn audit(&self, page: &Page) -> Result<Paged<AuditEntry>> {
        self.who.must(Permission::ReadAudit)?;
        let mut sql = self.scope.select_joined(COLUMNS, "audit", JOIN);
        if let Some(before) = page.number()? {
            sql = sql.and("audit.seq < ", before);
        }
        let sql = sql.push(" ORDER BY audit.seq DESC LIMIT ").bind(page.size() as i64 + 1);
        let rows = self.store.db().rows(sql).await?;
        let items =
            rows.iter().take(page.size()).map(|row| read(&mut row.fields())).collect::<Result<Vec<_>>>()?;
        let next = if rows.len() > page.size() { items.last().map(|it| it.seq.to_string()) } else { None };
        Ok(Paged { items, next, total: None })
    }

    /// The organisation's own events and the instance's, after a `Last-Event-ID`, oldest first.
    pub async fn events_after(&self, seq: i64, limit: u32) -> Result<Vec<Event>> {
        self.who.must(Permission::Read)?;
        let sql = self
            .scope
            .select_with_instance(Event::COLUMNS, Event::TABLE)
            .and("seq > ", seq)
            .push(" ORDER BY seq LIMIT ")
            .bind(i64::from(limit.min(10_000)));
        self.list(sql).await
    }
}
