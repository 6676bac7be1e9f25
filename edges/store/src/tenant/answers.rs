//! What the radar answered: a summary for lists, the whole answer and its dossier compressed.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Value as Json, json};

use super::{Tenant, checked_json, checked_text};
use crate::error::{Error, Result};
use crate::event::EventKind;
use crate::ids::AnswerId;
use crate::pack::{pack, unpack};
use crate::page::{Page, Paged, fold};
use crate::role::Permission;
use crate::sql::{Fields, Record};

#[derive(Clone, Debug, Default)]
pub struct NewAnswer {
    /// Given when the body already names it; fresh otherwise.
    pub id: Option<AnswerId>,
    pub text: String,
    pub sentence: String,
    pub plans: i64,
    /// What a list shows of the best plan.
    pub best: Option<Json>,
    pub sample: bool,
    /// JSON, as the API gives it.
    pub body: Vec<u8>,
    pub dossier: Vec<u8>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AnswerRow {
    pub id: AnswerId,
    pub created_at: Timestamp,
    pub created_by: String,
    pub text: String,
    pub sentence: String,
    pub plans: i64,
    pub best: Option<Json>,
    pub sample: bool,
}

impl Record for AnswerRow {
    const TABLE: &'static str = "answers";
    const WHAT: &'static str = "answer";
    const COLUMNS: &'static str = "id, created_at, created_by, text, sentence, plans, best, sample";

    fn read(fields: &mut Fields<'_>) -> Result<Self> {
        Ok(Self {
            id: fields.id()?,
            created_at: fields.time()?,
            created_by: fields.text()?,
            text: fields.text()?,
            sentence: fields.text()?,
            plans: fields.int()?,
            best: fields.opt_json()?,
            sample: fields.flag()?,
        })
    }

    fn key(&self) -> &str {
        self.id.as_str()
    }
}

impl AnswerId {
    /// For a body that names its answer before it is stored.
    pub fn new() -> Self {
        Self::fresh()
    }
}

impl Default for AnswerId {
    fn default() -> Self {
        Self::fresh()
    }
}

impl Tenant {
    pub async fn add_answer(&self, new: NewAnswer) -> Result<AnswerRow> {
        self.who.must(Permission::Scan)?;
        let text = checked_text("need", &new.text)?;
        let sentence = checked_text("sentence", &new.sentence)?;
        let best = new.best.as_ref().map(|best| checked_json("best plan", best)).transpose()?;
        let (body, dossier) = packed(new.body, new.dossier).await?;
        let mut change = self.change(Permission::Scan).await?;
        let row = AnswerRow {
            id: new.id.unwrap_or_default(),
            created_at: change.now,
            created_by: self.who.trace(),
            text,
            sentence,
            plans: new.plans,
            best: new.best,
            sample: new.sample,
        };
        let fields = vec![
            ("id", row.id.as_str().into()),
            ("created_at", row.created_at.into()),
            ("created_by", (&row.created_by).into()),
            ("text", (&row.text).into()),
            ("sentence", (&row.sentence).into()),
            ("search", fold(&format!("{} {}", row.text, row.sentence)).into()),
            ("plans", row.plans.into()),
            ("best", best.into()),
            ("sample", row.sample.into()),
            ("body", body.into()),
            ("dossier", dossier.into()),
        ];
        let inserted = change.run(self.scope.insert("answers", fields)).await;
        if inserted.as_ref().is_err_and(Error::is_unique) {
            return Err(Error::Taken { what: "answer", value: row.id.to_string() });
        }
        inserted?;
        let object = format!("answer/{}", row.id);
        change.audit("answer.added", &object, json!({"plans": row.plans, "sample": row.sample}));
        change.event(EventKind::Answer, object, json!({"what": "added", "plans": row.plans}));
        change.commit().await?;
        Ok(row)
    }

    pub async fn answers(&self, page: &Page) -> Result<Paged<AnswerRow>> {
        self.page(page, |sql| sql).await
    }

    pub async fn answer(&self, id: &AnswerId) -> Result<AnswerRow> {
        self.get(id.as_str()).await
    }

    /// The newest bundled sample that was answered for this organisation.
    pub async fn sample_answer(&self) -> Result<Option<AnswerRow>> {
        let sql = self.all::<AnswerRow>().push(" AND sample = 1 ORDER BY id DESC LIMIT 1");
        Ok(self.list(sql).await?.into_iter().next())
    }

    /// The answer as JSON.
    pub async fn answer_body(&self, id: &AnswerId) -> Result<Vec<u8>> {
        self.unpacked("body", id).await
    }

    /// What the answer was decided from, as JSON.
    pub async fn answer_dossier(&self, id: &AnswerId) -> Result<Vec<u8>> {
        self.unpacked("dossier", id).await
    }

    async fn unpacked(&self, column: &'static str, id: &AnswerId) -> Result<Vec<u8>> {
        self.who.must(Permission::Read)?;
        let row = self.store.db().row(self.scope.select(column, "answers").and_id(id.as_str())).await?;
        let bytes = row.ok_or_else(|| Error::not_found("answer", id))?.fields().bytes()?;
        aside(move || unpack("answer", &bytes)).await
    }

    /// Refused while a deal or a watch rests on it; needs forget it.
    pub async fn delete_answer(&self, id: &AnswerId) -> Result<()> {
        let mut change = self.change(Permission::Scan).await?;
        let forget = self.scope.update_by("needs", "answer_id = NULL, version = version + 1");
        change.run(forget.and("answer_id = ", id.as_str())).await?;
        let deleted = change.run(self.scope.delete("answers").and_id(id.as_str())).await;
        if deleted.as_ref().is_err_and(Error::is_foreign_key) {
            return Err(Error::InUse { what: "answer", id: id.to_string(), by: "a deal or a watch" });
        }
        if deleted? == 0 {
            return Err(Error::not_found("answer", id));
        }
        change.audit("answer.deleted", format!("answer/{id}"), json!({}));
        change.event(EventKind::Answer, format!("answer/{id}"), json!({"what": "deleted"}));
        change.commit().await
    }
}

async fn packed(body: Vec<u8>, dossier: Vec<u8>) -> Result<(Vec<u8>, Vec<u8>)> {
    aside(move || Ok((pack("answer", &body)?, pack("dossier", &dossier)?))).await
}

/// Megabytes of compression do not belong on the threads that serve requests.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|error| Error::unreadable("an answer", error))?
}
