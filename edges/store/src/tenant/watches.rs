//! An answer that is kept under watch: its saved order, and the prints of what it rests on.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::needs::no_such_answer;
use super::{Tenant, checked_json, checked_title, edit, read_in};
use crate::change::Change;
use crate::error::{Error, Result};
use crate::event::EventKind;
use crate::ids::{AnswerId, WatchId};
use crate::page::{Page, Paged, fold};
use crate::role::Permission;
use crate::sql::{Fields, Record};

#[derive(Clone, Debug)]
pub struct NewWatch {
    pub title: String,
    pub answer_id: AnswerId,
    pub plan_id: Option<String>,
    /// The order and feasibility that are watched.
    pub saved: Json,
    /// For every book the answer rests on, a print of the rows that it used.
    pub rests_on: BTreeMap<String, String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
pub struct WatchPatch {
    pub title: Option<String>,
    pub paused: Option<bool>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Watch {
    pub id: WatchId,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub version: i64,
    pub title: String,
    pub answer_id: AnswerId,
    pub plan_id: Option<String>,
    pub saved: Json,
    pub rests_on: BTreeMap<String, String>,
    pub paused: bool,
    pub swept_at: Option<Timestamp>,
}

impl Record for Watch {
    const TABLE: &'static str = "watches";
    const WHAT: &'static str = "watch";
    const COLUMNS: &'static str = "id, created_at, updated_at, version, title, answer_id, plan_id, saved, rests_on, \
                                   paused, swept_at";

    fn read(fields: &mut Fields<'_>) -> Result<Self> {
        Ok(Self {
            id: fields.id()?,
            created_at: fields.time()?,
            updated_at: fields.time()?,
            version: fields.int()?,
            title: fields.text()?,
            answer_id: fields.id()?,
            plan_id: fields.opt_text()?,
            saved: fields.json()?,
            rests_on: fields.json()?,
            paused: fields.flag()?,
            swept_at: fields.opt_time()?,
        })
    }

    fn key(&self) -> &str {
        self.id.as_str()
    }
}

impl Tenant {
    pub async fn add_watch(&self, new: NewWatch) -> Result<Watch> {
        let title = checked_title("title", &new.title)?;
        let saved = checked_json("order", &new.saved)?;
        let rests_on = checked_json("prints", &json!(new.rests_on))?;
        let mut change = self.change(Permission::EditWatches).await?;
        let watch = Watch {
            id: WatchId::fresh(),
            created_at: change.now,
            updated_at: change.now,
            version: 1,
            title,
            answer_id: new.answer_id,
            plan_id: new.plan_id,
            saved: new.saved,
            rests_on: new.rests_on,
            paused: false,
            swept_at: None,
        };
        let fields = vec![
            ("id", watch.id.as_str().into()),
            ("created_at", watch.created_at.into()),
            ("updated_at", watch.updated_at.into()),
            ("version", watch.version.into()),
            ("title", (&watch.title).into()),
            ("search", fold(&watch.title).into()),
            ("answer_id", watch.answer_id.as_str().into()),
            ("plan_id", watch.plan_id.clone().into()),
            ("saved", saved.into()),
            ("rests_on", rests_on.into()),
            ("paused", watch.paused.into()),
        ];
        no_such_answer(change.run(self.scope.insert("watches", fields)).await, Some(&watch.answer_id))?;
        self.watch_told(change, &watch, "watch.added").await?;
        Ok(watch)
    }

    pub async fn watches(&self, page: &Page) -> Result<Paged<Watch>> {
        self.page(page, |sql| sql).await
    }

    pub async fn watch(&self, id: &WatchId) -> Result<Watch> {
        self.get(id.as_str()).await
    }

    pub async fn update_watch(&self, id: &WatchId, version: i64, patch: WatchPatch) -> Result<Watch> {
        let mut change = self.change(Permission::EditWatches).await?;
        let old: Watch = read_in(&mut change, &self.scope, id.as_str()).await?;
        let title = patch.title.map_or(Ok(old.title), |title| checked_title("title", &title))?;
        let fields = vec![
            ("search", fold(&title).into()),
            ("title", title.into()),
            ("paused", patch.paused.unwrap_or(old.paused).into()),
        ];
        let watch: Watch = edit(&mut change, &self.scope, id.as_str(), version, fields).await?;
        self.watch_told(change, &watch, "watch.changed").await?;
        Ok(watch)
    }

    /// Its alerts go with it.
    pub async fn delete_watch(&self, id: &WatchId) -> Result<()> {
        let mut change = self.change(Permission::EditWatches).await?;
        if change.run(self.scope.delete("watches").and_id(id.as_str())).await? == 0 {
            return Err(Error::not_found("watch", id));
        }
        change.audit("watch.deleted", format!("watch/{id}"), json!({}));
        change.event(EventKind::Watch, format!("watch/{id}"), json!({"what": "deleted"}));
        change.commit().await
    }

    async fn watch_told(&self, mut change: Change, watch: &Watch, what: &'static str) -> Result<()> {
        let object = format!("watch/{}", watch.id);
        let data = json!({"paused": watch.paused, "version": watch.version});
        change.audit(what, &object, data.clone());
        change.event(EventKind::Watch, object, data);
        change.commit().await
    }
}
