//! Watches looked at again after a book changed. The sweep itself is a job with `once`; what it finds is written in
//! batches, and an alert exists once per watch and edition whoever finds it again.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};

use crate::change::Change;
use crate::error::Result;
use crate::event::EventKind;
use crate::ids::{AlertId, OrganisationId, WatchId};
use crate::sql::{Record as _, Sql, Value};
use crate::store::Store;
use crate::tenant::{Alert, Watch};
use crate::who::Who;

const BATCH_MOST: u32 = 2_000;
/// Of one statement; see `change`.
const ROWS_AT_ONCE: usize = 32;

/// A watch with the organisation it belongs to.
#[derive(Clone, Debug)]
pub struct SweepWatch {
    /// To read its answer through `Store::tenant`.
    pub who: Who,
    pub watch: Watch,
}

/// What is to be said about a watch.
#[derive(Clone, Debug)]
pub struct Found {
    pub kind: String,
    pub before: Json,
    pub after: Json,
    pub delta: Json,
}

/// What a sweep learned of one watch.
#[derive(Clone, Debug)]
pub struct Swept {
    pub watch: SweepWatch,
    /// How it is saved from now on; nothing when it stays.
    pub saved: Option<Json>,
    pub rests_on: Option<BTreeMap<String, String>>,
    pub found: Option<Found>,
}

impl Store {
    /// Watches that are not paused and rest on `book`, of all organisations, in a stable order; `after` is the last
    /// one of the batch before.
    pub async fn watches_on(
        &self,
        book: &str,
        after: Option<&WatchId>,
        limit: u32,
    ) -> Result<Vec<SweepWatch>> {
        let mut sql =
            Sql::new(format!("SELECT {}, organisation FROM watches WHERE paused = 0", Watch::COLUMNS));
        if let Some(after) = after {
            sql = sql.and("id > ", after.as_str());
        }
        // The prints are a flat object; the name in quotes with its colon stands there only as a key.
        let key = format!("{}:", Json::from(book));
        sql = sql.and("rests_on LIKE ", crate::page::like(&key)).push(" ESCAPE '!'");
        let sql = sql.push(" ORDER BY id LIMIT ").bind(i64::from(limit.clamp(1, BATCH_MOST)));
        let rows = self.db().rows(sql).await?;
        rows.iter()
            .map(|row| {
                let mut fields = row.fields();
                let watch = Watch::read(&mut fields)?;
                Ok(SweepWatch { who: Who::system(fields.id()?), watch })
            })
            .collect()
    }

    /// One batch in one transaction; the alerts that are new.
    pub async fn record_sweep(&self, book: &str, edition: &str, batch: Vec<Swept>) -> Result<Vec<Alert>> {
        let who = Who::system(OrganisationId::instance());
        let mut change = Change::begin(self, &who).await?;
        let there = still_there(&mut change, &batch).await?;
        update_watches(&mut change, &batch).await?;
        let mut made = BTreeMap::new();
        let mut rows = Vec::new();
        for swept in &batch {
            let Some(found) = swept.found.as_ref().filter(|_| there.contains(&swept.watch.watch.id)) else {
                continue;
            };
            let alert = Alert {
                id: AlertId::fresh(),
                watch_id: swept.watch.watch.id.clone(),
                at: change.now,
                book: book.to_owned(),
                edition: edition.to_owned(),
                kind: found.kind.clone(),
                before: found.before.clone(),
                after: found.after.clone(),
                delta: found.delta.clone(),
                seen_at: None,
            };
            rows.push(vec![
                swept.watch.who.organisation().as_str().into(),
                alert.id.as_str().into(),
                alert.watch_id.as_str().into(),
                alert.at.into(),
                book.into(),
                edition.into(),
                (&alert.kind).into(),
                (&alert.before).into(),
                (&alert.after).into(),
                (&alert.delta).into(),
            ]);
            made.insert(alert.id.to_string(), (swept.watch.who.organisation().clone(), alert));
        }
        let new = insert_alerts(&mut change, rows).await?;
        let mut alerts = Vec::new();
        for (_, (organisation, alert)) in made.into_iter().filter(|(id, _)| new.contains(id)) {
            let object = format!("alert/{}", alert.id);
            let told = json!({"watch": alert.watch_id, "book": book, "edition": edition, "kind": alert.kind});
            change.audit_for(&organisation, "alert.raised", &object, told);
            change.event_for(&organisation, EventKind::Alert, object, json!(alert));
            alerts.push(alert);
        }
        change.commit_unaudited().await?;
        Ok(alerts)
    }
}

/// Watches of the batch that were not deleted meanwhile.
async fn still_there(change: &mut Change, batch: &[Swept]) -> Result<BTreeSet<WatchId>> {
    let mut there = BTreeSet::new();
    for some in batch.chunks(ROWS_AT_ONCE) {
        let sql = Sql::new("SELECT id FROM watches WHERE id IN ")
            .list(some.iter().map(|it| it.watch.watch.id.as_str()));
        for row in change.rows(sql).await? {
            there.insert(row.fields().id()?);
        }
    }
    Ok(there)
}

/// Many rows in one statement: both databases call the columns of VALUES `column1` and so on.
async fn update_watches(change: &mut Change, batch: &[Swept]) -> Result<()> {
    let changed: Vec<_> = batch.iter().filter(|it| it.saved.is_some() || it.rests_on.is_some()).collect();
    for some in changed.chunks(ROWS_AT_ONCE) {
        let mut sql = Sql::new("UPDATE watches SET swept_at = ").bind(change.now).push(
            ", saved = COALESCE(v.column3, watches.saved), rests_on = COALESCE(v.column4, watches.rests_on) \
             FROM (VALUES ",
        );
        for (at, swept) in some.iter().enumerate() {
            sql = sql.push(if at > 0 { ", " } else { "" }).list([
                swept.watch.who.organisation().as_str().into(),
                swept.watch.watch.id.as_str().into(),
                Value::from(swept.saved.as_ref()),
                Value::Text(swept.rests_on.as_ref().map(|it| json!(it).to_string())),
            ]);
        }
        let sql = sql.push(") AS v WHERE watches.organisation = v.column1 AND watches.id = v.column2");
        change.run(sql).await?;
    }
    Ok(())
}

/// Those that were not there before.
async fn insert_alerts(change: &mut Change, rows: Vec<Vec<Value>>) -> Result<BTreeSet<String>> {
    let mut new = BTreeSet::new();
    let columns = "organisation, id, watch_id, created_at, book, edition, kind, was, becomes, delta";
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let mut sql = Sql::new(format!("INSERT INTO alerts ({columns}) VALUES "));
        for (at, row) in rows.by_ref().take(ROWS_AT_ONCE).enumerate() {
            sql = sql.push(if at > 0 { ", " } else { "" }).list(row);
        }
        let sql = sql.push(" ON CONFLICT (organisation, watch_id, book, edition) DO NOTHING RETURNING id");
        for row in change.rows(sql).await? {
            new.insert(row.fields().text()?);
        }
    }
    Ok(new)
}
