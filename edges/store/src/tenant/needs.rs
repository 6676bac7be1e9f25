//! What somebody wishes to buy or sell, and what became of it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Tenant, checked_text, checked_title, edit, read_in, short};
use crate::change::Change;
use crate::error::{Error, Result};
use crate::event::EventKind;
use crate::ids::{AnswerId, NeedId};
use crate::page::{Page, Paged, fold};
use crate::role::{Permission, words};
use crate::sql::{Fields, Record};

words! {
    NeedState "state of a need" {
        Open "open",
        Answered "answered",
        Dealt "dealt",
        Dropped "dropped",
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
pub struct NewNeed {
    pub text: String,
    pub title: Option<String>,
    pub answer_id: Option<AnswerId>,
}

#[derive(Clone, Debug, Default, Deserialize)]
pub struct NeedPatch {
    pub title: Option<String>,
    pub text: Option<String>,
    pub state: Option<NeedState>,
    pub answer_id: Option<AnswerId>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Need {
    pub id: NeedId,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub version: i64,
    pub state: NeedState,
    pub title: String,
    pub text: String,
    pub answer_id: Option<AnswerId>,
}

impl Record for Need {
    const TABLE: &'static str = "needs";
    const WHAT: &'static str = "need";
    const COLUMNS: &'static str = "id, created_at, updated_at, version, state, title, text, answer_id";

    fn read(fields: &mut Fields<'_>) -> Result<Self> {
        Ok(Self {
            id: fields.id()?,
            created_at: fields.time()?,
            updated_at: fields.time()?,
            version: fields.int()?,
            state: NeedState::parse(&fields.text()?)?,
            title: fields.text()?,
            text: fields.text()?,
            answer_id: fields.opt_id()?,
        })
    }

    fn key(&self) -> &str {
        self.id.as_str()
    }
}

impl Tenant {
    pub async fn add_need(&self, new: NewNeed) -> Result<Need> {
        let text = checked_text("need", &new.text)?;
        let title = checked_title("title", &new.title.unwrap_or_else(|| short(&text)))?;
        let mut change = self.change(Permission::EditNeeds).await?;
        let need = Need {
            id: NeedId::fresh(),
            created_at: change.now,
            updated_at: change.now,
            version: 1,
            state: if new.answer_id.is_some() { NeedState::Answered } else { NeedState::Open },
            title,
            text,
            answer_id: new.answer_id,
        };
        let fields = vec![
            ("id", need.id.as_str().into()),
            ("created_at", need.created_at.into()),
            ("updated_at", need.updated_at.into()),
            ("version", need.version.into()),
            ("state", need.state.as_str().into()),
            ("title", (&need.title).into()),
            ("text", (&need.text).into()),
            ("search", fold(&format!("{} {}", need.title, need.text)).into()),
            ("answer_id", need.answer_id.as_ref().map(ToString::to_string).into()),
        ];
        let inserted = change.run(self.scope.insert("needs", fields)).await;
        no_such_answer(inserted, need.answer_id.as_ref())?;
        self.told(change, &need, "need.added").await?;
        Ok(need)
    }

    pub async fn needs(&self, state: Option<NeedState>, page: &Page) -> Result<Paged<Need>> {
        self.page(page, |sql| match state {
            Some(state) => sql.and("state = ", state.as_str()),
            None => sql,
        })
        .await
    }

    pub async fn need(&self, id: &NeedId) -> Result<Need> {
        self.get(id.as_str()).await
    }

    pub async fn update_need(&self, id: &NeedId, version: i64, patch: NeedPatch) -> Result<Need> {
        let mut change = self.change(Permission::EditNeeds).await?;
        let old: Need = read_in(&mut change, &self.scope, id.as_str()).await?;
        let title = patch.title.map_or(Ok(old.title), |title| checked_title("title", &title))?;
        let text = patch.text.map_or(Ok(old.text), |text| checked_text("need", &text))?;
        let answer_id = patch.answer_id.or(old.answer_id);
        let fields = vec![
            ("search", fold(&format!("{title} {text}")).into()),
            ("title", title.into()),
            ("text", text.into()),
            ("state", patch.state.unwrap_or(old.state).as_str().into()),
            ("answer_id", answer_id.as_ref().map(ToString::to_string).into()),
        ];
        let edited = edit::<Need>(&mut change, &self.scope, id.as_str(), version, fields).await;
        let need = no_such_answer(edited, answer_id.as_ref())?;
        self.told(change, &need, "need.changed").await?;
        Ok(need)
    }

    pub async fn delete_need(&self, id: &NeedId) -> Result<()> {
        let mut change = self.change(Permission::EditNeeds).await?;
        if change.run(self.scope.delete("needs").and_id(id.as_str())).await? == 0 {
            return Err(Error::not_found("need", id));
        }
        change.audit("need.deleted", format!("need/{id}"), json!({}));
        change.event(EventKind::Need, format!("need/{id}"), json!({"what": "deleted"}));
        change.commit().await
    }

    async fn told(&self, mut change: Change, need: &Need, what: &'static str) -> Result<()> {
        let object = format!("need/{}", need.id);
        change.audit(what, &object, json!({"state": need.state, "version": need.version}));
        change.event(EventKind::Need, object, json!({"state": need.state, "version": need.version}));
        change.commit().await
    }
}

/// The reference is checked by the database, together with the organisation.
pub(super) fn no_such_answer<T>(result: Result<T>, answer: Option<&AnswerId>) -> Result<T> {
    match (result, answer) {
        (Err(error), Some(answer)) if error.is_foreign_key() => Err(Error::not_found("answer", answer)),
        (result, _) => result,
    }
}
