//! One acknowledged write: its rows, its audit entry and its events, in one transaction.

use jiff::Timestamp;
use serde_json::{Value as Json, json};
use sha2::{Digest as _, Sha256};

use crate::db::Tx;
use crate::error::{Error, Result};
use crate::event::EventKind;
use crate::ids::{DeliveryId, OrganisationId};
use crate::sql::{Row, Sql, Value};
use crate::store::Store;
use crate::token;
use crate::who::Who;

/// Rows of one INSERT. SQLite looks up each `$n` by walking the names of those before it, so larger is slower.
const ROWS_AT_ONCE: usize = 32;

#[derive(Debug)]
struct Entry {
    organisation: OrganisationId,
    what: &'static str,
    object: String,
    details: Json,
}

#[derive(Debug)]
struct Happened {
    organisation: OrganisationId,
    kind: EventKind,
    object: String,
    data: Json,
}

/// Dropped without a commit, it never was.
#[derive(Debug)]
pub(crate) struct Change {
    tx: Tx,
    store: Store,
    who: String,
    organisation: OrganisationId,
    pub(crate) now: Timestamp,
    entries: Vec<Entry>,
    events: Vec<Happened>,
}

impl Change {
    pub(crate) async fn begin(store: &Store, who: &Who) -> Result<Self> {
        Self::begin_as(store, who.organisation(), who.trace()).await
    }

    pub(crate) async fn begin_as(store: &Store, organisation: &OrganisationId, who: String) -> Result<Self> {
        Ok(Self {
            tx: store.db().begin().await?,
            store: store.clone(),
            who,
            organisation: organisation.clone(),
            now: store.now(),
            entries: Vec::new(),
            events: Vec::new(),
        })
    }

    pub(crate) async fn rows(&mut self, sql: Sql) -> Result<Vec<Row>> {
        self.tx.rows(sql).await
    }

    pub(crate) async fn row(&mut self, sql: Sql) -> Result<Option<Row>> {
        self.tx.row(sql).await
    }

    pub(crate) async fn run(&mut self, sql: Sql) -> Result<u64> {
        self.tx.run(sql).await
    }

    pub(crate) async fn insert_many(
        &mut self,
        table: &str,
        columns: &str,
        rows: Vec<Vec<Value>>,
    ) -> Result<()> {
        insert_many(&mut self.tx, table, columns, "", rows).await
    }

    pub(crate) fn audit(&mut self, what: &'static str, object: impl Into<String>, details: Json) {
        let organisation = self.organisation.clone();
        self.audit_for(&organisation, what, object, details);
    }

    pub(crate) fn audit_for(
        &mut self,
        organisation: &OrganisationId,
        what: &'static str,
        object: impl Into<String>,
        details: Json,
    ) {
        self.entries.push(Entry { organisation: organisation.clone(), what, object: object.into(), details });
    }

    pub(crate) fn event(&mut self, kind: EventKind, object: impl Into<String>, data: Json) {
        let organisation = self.organisation.clone();
        self.event_for(&organisation, kind, object, data);
    }

    pub(crate) fn event_for(
        &mut self,
        organisation: &OrganisationId,
        kind: EventKind,
        object: impl Into<String>,
        data: Json,
    ) {
        self.events.push(Happened { organisation: organisation.clone(), kind, object: object.into(), data });
    }

    /// Commits what left a trace. A write without an audit entry is a mistake of ours, and is not kept.
    pub(crate) async fn commit(self) -> Result<()> {
        if self.entries.is_empty() {
            return Err(Error::unreadable("a change", "it has no audit entry; nothing was kept"));
        }
        self.finish().await
    }

    /// Commits housekeeping: a lease, a step of a job, a trimmed list. It may have events, no audit entry.
    pub(crate) async fn commit_unaudited(self) -> Result<()> {
        self.finish().await
    }

    async fn finish(mut self) -> Result<()> {
        let hooks = self.hooks().await?;
        let last = if self.entries.is_empty() && self.events.is_empty() {
            None
        } else {
            Some(self.append(hooks).await?)
        };
        if let Some(last) = last.filter(|_| !self.events.is_empty()) {
            self.store.notify(&mut self.tx, last).await?;
        }
        self.tx.commit().await?;
        if let Some(last) = last {
            self.store.wake(last);
        }
        Ok(())
    }

    /// Who wants to be told. Read before the head of the chain is locked.
    async fn hooks(&mut self) -> Result<Vec<(OrganisationId, String, Vec<String>)>> {
        if self.events.is_empty() {
            return Ok(Vec::new());
        }
        let mut sql = Sql::new("SELECT organisation, id, kinds FROM webhooks WHERE paused = 0");
        let mut told: Vec<_> = self.events.iter().map(|it| it.organisation.as_str()).collect();
        told.dedup();
        if let [one] = told.as_slice()
            && *one != "instance"
        {
            sql = sql.and("organisation = ", *one);
        }
        let rows = self.tx.rows(sql).await?;
        rows.iter()
            .map(|row| {
                let mut fields = row.fields();
                Ok((fields.id()?, fields.text()?, fields.json()?))
            })
            .collect()
    }

    /// The head row is the lock: whoever updated it is alone until the commit, so numbers rise in the order in
    /// which commits become visible, on both databases.
    async fn append(&mut self, hooks: Vec<(OrganisationId, String, Vec<String>)>) -> Result<i64> {
        let (entries, events) = (self.entries.len() as i64, self.events.len() as i64);
        let head = Sql::new("UPDATE heads SET audit = audit + ")
            .bind(entries)
            .push(", events = events + ")
            .bind(events)
            .push(" WHERE name = 'chain' RETURNING audit, events, hash");
        let row =
            self.tx.row(head).await?.ok_or_else(|| Error::unreadable("the audit trail", "it has no head"))?;
        let mut fields = row.fields();
        let (last_entry, last_event, hash) = (fields.int()?, fields.int()?, fields.text()?);
        if entries > 0 {
            self.append_entries(last_entry - entries, hash).await?;
        }
        self.append_events(last_event - events, &hooks).await?;
        Ok(last_event)
    }

    async fn append_entries(&mut self, mut seq: i64, mut previous: String) -> Result<()> {
        let at = self.now;
        let (mut chain, mut contents) = (Vec::new(), Vec::new());
        for entry in &self.entries {
            seq += 1;
            let salt = token::hex(&token::random::<16>()?);
            let details = canonical(&entry.details);
            let content_hash = content_hash(&salt, &details);
            let organisation = entry.organisation.as_str();
            let link =
                Link { seq, organisation, at, who: &self.who, what: entry.what, object: &entry.object };
            let hash = link.hash(&content_hash, &previous);
            chain.push(vec![
                seq.into(),
                organisation.into(),
                at.into(),
                (&self.who).into(),
                entry.what.into(),
                (&entry.object).into(),
                content_hash.into(),
                previous.into(),
                (&hash).into(),
            ]);
            contents.push(vec![seq.into(), organisation.into(), salt.into(), details.into()]);
            previous = hash;
        }
        let columns = "seq, organisation, at, who, what, object, content_hash, previous, hash";
        insert_many(&mut self.tx, "audit", columns, "", chain).await?;
        insert_many(&mut self.tx, "audit_details", "seq, organisation, salt, details", "", contents).await?;
        let head = Sql::new("UPDATE heads SET hash = ").bind(previous).push(" WHERE name = 'chain'");
        self.tx.run(head).await.map(drop)
    }

    async fn append_events(
        &mut self,
        mut seq: i64,
        hooks: &[(OrganisationId, String, Vec<String>)],
    ) -> Result<()> {
        let (mut rows, mut deliveries) = (Vec::new(), Vec::new());
        for event in &self.events {
            seq += 1;
            let data = event.data.to_string();
            let kind = event.kind.as_str();
            for (organisation, hook, kinds) in hooks {
                let theirs = event.organisation.is_instance() || event.organisation == *organisation;
                let wanted = kinds.is_empty() || kinds.iter().any(|it| it == kind);
                if !(theirs && wanted) {
                    continue;
                }
                let payload = json!({"id": seq, "kind": kind, "at": self.now, "object": event.object, "data": event.data});
                deliveries.push(vec![
                    organisation.as_str().into(),
                    DeliveryId::fresh().as_str().into(),
                    hook.into(),
                    seq.into(),
                    kind.into(),
                    payload.to_string().into(),
                    "pending".into(),
                    0.into(),
                    self.now.into(),
                    self.now.into(),
                ]);
            }
            rows.push(vec![
                seq.into(),
                event.organisation.as_str().into(),
                self.now.into(),
                kind.into(),
                (&event.object).into(),
                data.into(),
            ]);
        }
        insert_many(&mut self.tx, "events", "seq, organisation, at, kind, object, data", "", rows).await?;
        let columns =
            "organisation, id, hook_id, event_seq, kind, payload, state, attempts, next_at, created_at";
        insert_many(&mut self.tx, "deliveries", columns, "", deliveries).await
    }
}

/// `rest` may be an `ON CONFLICT` clause.
pub(crate) async fn insert_many(
    tx: &mut Tx,
    table: &str,
    columns: &str,
    rest: &str,
    rows: Vec<Vec<Value>>,
) -> Result<()> {
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let mut sql = Sql::new(format!("INSERT INTO {table} ({columns}) VALUES "));
        for (at, row) in rows.by_ref().take(ROWS_AT_ONCE).enumerate() {
            sql = sql.push(if at > 0 { ", " } else { "" }).list(row);
        }
        tx.run(sql.push(rest)).await?;
    }
    Ok(())
}

/// What the hash of an audit entry covers beside its content and its predecessor.
pub(crate) struct Link<'a> {
    pub(crate) seq: i64,
    pub(crate) organisation: &'a str,
    pub(crate) at: Timestamp,
    pub(crate) who: &'a str,
    pub(crate) what: &'a str,
    pub(crate) object: &'a str,
}

impl Link<'_> {
    pub(crate) fn hash(&self, content_hash: &str, previous: &str) -> String {
        let at = self.at.as_microsecond();
        let link = json!([
            self.seq,
            self.organisation,
            at,
            self.who,
            self.what,
            self.object,
            content_hash,
            previous
        ]);
        token::sha256_hex(link.to_string().as_bytes())
    }
}

/// Salted, so that the hash that stays gives away nothing of what was erased.
pub(crate) fn content_hash(salt: &str, details: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(salt.as_bytes());
    hash.update(b"\n");
    hash.update(details.as_bytes());
    token::hex(&hash.finalize())
}

/// JSON with its keys in order, whatever the map behind it.
pub(crate) fn canonical(value: &Json) -> String {
    match value {
        Json::Object(map) => {
            let mut pairs: Vec<_> = map.iter().collect();
            pairs.sort_by_key(|(name, _)| *name);
            let pairs: Vec<_> = pairs
                .into_iter()
                .map(|(name, it)| format!("{}:{}", Json::from(name.as_str()), canonical(it)))
                .collect();
            format!("{{{}}}", pairs.join(","))
        }
        Json::Array(items) => format!("[{}]", items.iter().map(canonical).collect::<Vec<_>>().join(",")),
        other => other.to_string(),
    }
}
