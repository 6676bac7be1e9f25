//! What a watch has to say: once per watch and edition of a book.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Value as Json, json};

use super::Tenant;
use crate::error::{Error, Result};
use crate::event::EventKind;
use crate::ids::{AlertId, WatchId};
use crate::page::{Page, Paged};
use crate::role::Permission;
use crate::sql::{Fields, Record};

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Alert {
    pub id: AlertId,
    pub watch_id: WatchId,
    pub at: Timestamp,
    pub book: String,
    pub edition: String,
    pub kind: String,
    pub before: Json,
    pub after: Json,
    pub delta: Json,
    pub seen_at: Option<Timestamp>,
}

impl Record for Alert {
    const TABLE: &'static str = "alerts";
    const WHAT: &'static str = "alert";
    const COLUMNS: &'static str =
        "id, watch_id, created_at, book, edition, kind, was, becomes, delta, seen_at";

    fn read(fields: &mut Fields<'_>) -> Result<Self> {
        Ok(Self {
            id: fields.id()?,
            watch_id: fields.id()?,
            at: fields.time()?,
            book: fields.text()?,
            edition: fields.text()?,
            kind: fields.text()?,
            before: fields.json()?,
            after: fields.json()?,
            delta: fields.json()?,
            seen_at: fields.opt_time()?,
        })
    }

    fn key(&self) -> &str {
        self.id.as_str()
    }
}

impl Tenant {
    pub async fn alerts(&self, unseen: bool, watch: Option<&WatchId>, page: &Page) -> Result<Paged<Alert>> {
        let page = Page { q: None, ..page.clone() };
        self.page(&page, |mut sql| {
            if unseen {
                sql = sql.push(" AND seen_at IS NULL");
            }
            match watch {
                Some(watch) => sql.and("watch_id = ", watch.as_str()),
                None => sql,
            }
        })
        .await
    }

    pub async fn alert(&self, id: &AlertId) -> Result<Alert> {
        self.get(id.as_str()).await
    }

    /// Saying so twice changes nothing.
    pub async fn see_alert(&self, id: &AlertId) -> Result<Alert> {
        let mut change = self.change(Permission::EditWatches).await?;
        let fields = vec![("seen_at", change.now.into())];
        let sql = self.scope.update("alerts", fields).and_id(id.as_str()).push(" AND seen_at IS NULL");
        if change.run(sql).await? > 0 {
            change.audit("alert.seen", format!("alert/{id}"), json!({}));
            change.event(EventKind::Alert, format!("alert/{id}"), json!({"what": "seen"}));
            change.commit().await?;
        } else {
            drop(change);
        }
        self.find(id.as_str()).await?.ok_or_else(|| Error::not_found("alert", id))
    }
}
