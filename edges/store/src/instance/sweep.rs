//! Watches looked at again after a book changed. The sweep itself is a job with `once`; what it finds is written in
//! batches, and an alert exists once per watch and edition whoever finds it again.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};

use crate::change::Change;
use crate::error::Result;
use crate::event::EventKind;
use crate::ids::{AlertId, OrganisationId, WatchId};
use crate::sql::{Record as _, Sql};
use crate::store::Store;
use crate::tenant::{Alert, Watch};
use crate::who::Who;

const BATCH_MOST: u32 = 2_000;

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
        let mut made = BTreeMap::new();
        let mut rows = Vec::new();
        for swept in &batch {
            update_watch(&mut change, swept).await?;
            let Some(found) = &swept.found else { continue };
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

async fn update_watch(change: &mut Change, swept: &Swept) -> Result<()> {
    if swept.saved.is_none() && swept.rests_on.is_none() {
        return Ok(());
    }
    let mut set = vec![("swept_at", change.now.into())];
    if let Some(saved) = &swept.saved {
        set.push(("saved", saved.into()));
    }
    if let Some(rests_on) = &swept.rests_on {
        set.push(("rests_on", (&json!(rests_on)).into()));
    }
    let scope = crate::scope::Scope::new(swept.watch.who.organisation().clone());
    change.run(scope.update("watches", set).and_id(swept.watch.watch.id.as_str())).await.map(drop)
}

/// Those that were not there before. A watch that was deleted meanwhile gets none.
async fn insert_alerts(change: &mut Change, rows: Vec<Vec<crate::sql::Value>>) -> Result<BTreeSet<String>> {
    let mut new = BTreeSet::new();
    let columns = "organisation, id, watch_id, created_at, book, edition, kind, was, becomes, delta";
    for row in rows {
        let [organisation, _, watch, ..] = row.as_slice() else { continue };
        let there = Sql::new("SELECT 1 FROM watches WHERE organisation = ")
            .bind(organisation.clone())
            .and("id = ", watch.clone());
        if change.row(there).await?.is_none() {
            continue;
        }
        let sql = Sql::new(format!("INSERT INTO alerts ({columns}) VALUES ")).list(row);
        let sql = sql.push(" ON CONFLICT (organisation, watch_id, book, edition) DO NOTHING RETURNING id");
        if let Some(row) = change.row(sql).await? {
            new.insert(row.fields().text()?);
        }
    }
    Ok(new)
}
