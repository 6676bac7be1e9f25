//! A plan that was accepted: its life, its papers, and a history that only grows.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::needs::no_such_answer;
use super::{Tenant, checked_json, checked_text, checked_title, edit, read_in};
use crate::change::Change;
use crate::error::{Error, Result};
use crate::event::EventKind;
use crate::ids::{AnswerId, DealEventId, DealId, PaperId};
use crate::page::{Page, Paged, fold};
use crate::role::{Permission, words};
use crate::sql::{Fields, Record};
use crate::token::sha256_hex;

pub const PAPER_LARGEST: u64 = 20 * 1024 * 1024;
const MEDIA_TYPE_LONGEST: usize = 200;

words! {
    DealState "state of a deal" {
        Draft "draft",
        Offered "offered",
        Agreed "agreed",
        Shipped "shipped",
        Cleared "cleared",
        Paid "paid",
        Closed "closed",
        Cancelled "cancelled",
    }
}

/// Which state may follow which.
const STEPS: &[(DealState, &[DealState])] = &[
    (DealState::Draft, &[DealState::Offered, DealState::Cancelled]),
    (DealState::Offered, &[DealState::Agreed, DealState::Cancelled]),
    (DealState::Agreed, &[DealState::Shipped, DealState::Cancelled]),
    (DealState::Shipped, &[DealState::Cleared, DealState::Cancelled]),
    (DealState::Cleared, &[DealState::Paid, DealState::Cancelled]),
    (DealState::Paid, &[DealState::Closed]),
    (DealState::Closed, &[]),
    (DealState::Cancelled, &[]),
];

/// The states that may follow.
pub fn steps(from: DealState) -> &'static [DealState] {
    STEPS.iter().find(|(state, _)| *state == from).map_or(&[], |(_, next)| next)
}

#[derive(Clone, Debug)]
pub struct NewDeal {
    pub title: String,
    pub answer_id: AnswerId,
    pub plan_id: String,
    /// The plan as it was accepted; the answer may be decided anew, this stays.
    pub plan: Json,
    pub dates: Option<Json>,
    pub people: Option<Json>,
}

#[derive(Clone, Debug, Default, Deserialize)]
pub struct DealPatch {
    pub title: Option<String>,
    pub dates: Option<Json>,
    pub people: Option<Json>,
}

/// What may be written into the history.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum DealStep {
    State {
        state: DealState,
        #[serde(default)]
        text: Option<String>,
    },
    Note {
        text: String,
    },
    Person {
        name: String,
        #[serde(default)]
        role: Option<String>,
        #[serde(default)]
        contact: Option<String>,
    },
    Date {
        name: String,
        /// ISO 8601.
        date: jiff::civil::Date,
        #[serde(default)]
        text: Option<String>,
    },
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Deal {
    pub id: DealId,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub version: i64,
    pub state: DealState,
    pub title: String,
    pub answer_id: AnswerId,
    pub plan_id: String,
    pub dates: Json,
    pub people: Json,
}

impl Record for Deal {
    const TABLE: &'static str = "deals";
    const WHAT: &'static str = "deal";
    const COLUMNS: &'static str =
        "id, created_at, updated_at, version, state, title, answer_id, plan_id, dates, people";

    fn read(fields: &mut Fields<'_>) -> Result<Self> {
        Ok(Self {
            id: fields.id()?,
            created_at: fields.time()?,
            updated_at: fields.time()?,
            version: fields.int()?,
            state: DealState::parse(&fields.text()?)?,
            title: fields.text()?,
            answer_id: fields.id()?,
            plan_id: fields.text()?,
            dates: fields.json()?,
            people: fields.json()?,
        })
    }

    fn key(&self) -> &str {
        self.id.as_str()
    }
}

/// One line of the history.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DealEntry {
    pub id: DealEventId,
    pub deal_id: DealId,
    pub at: Timestamp,
    pub who: String,
    pub kind: String,
    pub body: Json,
}

impl Record for DealEntry {
    const TABLE: &'static str = "deal_events";
    const WHAT: &'static str = "deal event";
    const COLUMNS: &'static str = "id, deal_id, at, who, kind, body";

    fn read(fields: &mut Fields<'_>) -> Result<Self> {
        Ok(Self {
            id: fields.id()?,
            deal_id: fields.id()?,
            at: fields.time()?,
            who: fields.text()?,
            kind: fields.text()?,
            body: fields.json()?,
        })
    }

    fn key(&self) -> &str {
        self.id.as_str()
    }
}

#[derive(Clone, Debug)]
pub struct NewPaper {
    pub name: String,
    pub media_type: String,
    pub bytes: Vec<u8>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Paper {
    pub id: PaperId,
    pub deal_id: DealId,
    pub created_at: Timestamp,
    pub name: String,
    pub media_type: String,
    pub size: i64,
    pub sha256: String,
}

impl Record for Paper {
    const TABLE: &'static str = "deal_papers";
    const WHAT: &'static str = "paper";
    const COLUMNS: &'static str = "id, deal_id, created_at, name, media_type, size, sha256";

    fn read(fields: &mut Fields<'_>) -> Result<Self> {
        Ok(Self {
            id: fields.id()?,
            deal_id: fields.id()?,
            created_at: fields.time()?,
            name: fields.text()?,
            media_type: fields.text()?,
            size: fields.int()?,
            sha256: fields.text()?,
        })
    }

    fn key(&self) -> &str {
        self.id.as_str()
    }
}

impl Tenant {
    pub async fn add_deal(&self, new: NewDeal) -> Result<Deal> {
        let title = checked_title("title", &new.title)?;
        let plan_id = checked_title("plan", &new.plan_id)?;
        let (dates, people) = (object("dates", new.dates)?, list("people", new.people)?);
        let plan = checked_json("plan", &new.plan)?;
        let mut change = self.change(Permission::EditDeals).await?;
        let deal = Deal {
            id: DealId::fresh(),
            created_at: change.now,
            updated_at: change.now,
            version: 1,
            state: DealState::Draft,
            title,
            answer_id: new.answer_id,
            plan_id,
            dates,
            people,
        };
        let fields = vec![
            ("id", deal.id.as_str().into()),
            ("created_at", deal.created_at.into()),
            ("updated_at", deal.updated_at.into()),
            ("version", deal.version.into()),
            ("state", deal.state.as_str().into()),
            ("title", (&deal.title).into()),
            ("search", searched(&deal.title, &deal.people).into()),
            ("answer_id", deal.answer_id.as_str().into()),
            ("plan_id", (&deal.plan_id).into()),
            ("dates", (&deal.dates).into()),
            ("people", (&deal.people).into()),
            ("plan", plan.into()),
        ];
        no_such_answer(change.run(self.scope.insert("deals", fields)).await, Some(&deal.answer_id))?;
        self.history_line(&mut change, &deal.id, "state", json!({"to": deal.state})).await?;
        self.deal_told(change, &deal, "deal.added").await?;
        Ok(deal)
    }

    pub async fn deals(&self, state: Option<DealState>, page: &Page) -> Result<Paged<Deal>> {
        self.page(page, |sql| match state {
            Some(state) => sql.and("state = ", state.as_str()),
            None => sql,
        })
        .await
    }

    pub async fn deal(&self, id: &DealId) -> Result<Deal> {
        self.get(id.as_str()).await
    }

    /// The plan as it was accepted.
    pub async fn deal_plan(&self, id: &DealId) -> Result<Json> {
        self.who.must(Permission::Read)?;
        let row = self.store.db().row(self.scope.select("plan", "deals").and_id(id.as_str())).await?;
        row.ok_or_else(|| Error::not_found("deal", id))?.fields().json()
    }

    pub async fn update_deal(&self, id: &DealId, version: i64, patch: DealPatch) -> Result<Deal> {
        let mut change = self.change(Permission::EditDeals).await?;
        let old: Deal = read_in(&mut change, &self.scope, id.as_str()).await?;
        let title = patch.title.map_or(Ok(old.title.clone()), |title| checked_title("title", &title))?;
        let dates = patch.dates.map_or(Ok(old.dates.clone()), |dates| object("dates", Some(dates)))?;
        let people = patch.people.map_or(Ok(old.people.clone()), |people| list("people", Some(people)))?;
        let fields = vec![
            ("search", searched(&title, &people).into()),
            ("title", title.into()),
            ("dates", (&dates).into()),
            ("people", (&people).into()),
        ];
        let deal: Deal = edit(&mut change, &self.scope, id.as_str(), version, fields).await?;
        for (kind, before, after) in [
            ("title", Json::from(old.title), Json::from(deal.title.as_str())),
            ("date", old.dates, deal.dates.clone()),
            ("person", old.people, deal.people.clone()),
        ] {
            if before != after {
                self.history_line(&mut change, id, kind, json!({"before": before, "after": after})).await?;
            }
        }
        self.deal_told(change, &deal, "deal.changed").await?;
        Ok(deal)
    }

    /// Takes a step or notes something; the deal as it then is.
    pub async fn add_deal_step(&self, id: &DealId, step: DealStep) -> Result<Deal> {
        let mut change = self.change(Permission::EditDeals).await?;
        let old: Deal = read_in(&mut change, &self.scope, id.as_str()).await?;
        let (kind, body, fields) = decide(&old, step)?;
        let deal: Deal = edit(&mut change, &self.scope, id.as_str(), old.version, fields).await?;
        self.history_line(&mut change, id, kind, body).await?;
        self.deal_told(change, &deal, "deal.stepped").await?;
        Ok(deal)
    }

    /// Newest first; nothing in it is ever changed.
    pub async fn deal_history(&self, id: &DealId, page: &Page) -> Result<Paged<DealEntry>> {
        self.get::<Deal>(id.as_str()).await?;
        self.page(page, |sql| sql.and("deal_id = ", id.as_str())).await
    }

    pub async fn add_paper(&self, deal: &DealId, new: NewPaper) -> Result<Paper> {
        let name = checked_title("name of the paper", &new.name)?;
        let media_type = checked_title("media type", &new.media_type)?;
        if media_type.len() > MEDIA_TYPE_LONGEST || !media_type.is_ascii() {
            return Err(Error::invalid("media type", "it is not one"));
        }
        let size = new.bytes.len() as u64;
        if size > PAPER_LARGEST {
            return Err(Error::TooLarge { what: "the paper", found: size, limit: PAPER_LARGEST });
        }
        let mut change = self.change(Permission::EditDeals).await?;
        let held: Deal = read_in(&mut change, &self.scope, deal.as_str()).await?;
        let paper = Paper {
            id: PaperId::fresh(),
            deal_id: deal.clone(),
            created_at: change.now,
            name,
            media_type,
            size: size as i64,
            sha256: sha256_hex(&new.bytes),
        };
        let fields = vec![
            ("id", paper.id.as_str().into()),
            ("deal_id", deal.as_str().into()),
            ("created_at", paper.created_at.into()),
            ("name", (&paper.name).into()),
            ("media_type", (&paper.media_type).into()),
            ("size", paper.size.into()),
            ("sha256", (&paper.sha256).into()),
            ("bytes", new.bytes.into()),
        ];
        change.run(self.scope.insert("deal_papers", fields)).await?;
        let body = json!({"paper": paper.id, "name": paper.name, "sha256": paper.sha256, "size": paper.size});
        self.history_line(&mut change, deal, "paper", body).await?;
        self.deal_told(change, &held, "deal.paper-added").await?;
        Ok(paper)
    }

    pub async fn papers(&self, deal: &DealId) -> Result<Vec<Paper>> {
        self.get::<Deal>(deal.as_str()).await?;
        self.list(self.all::<Paper>().and("deal_id = ", deal.as_str()).push(" ORDER BY id LIMIT 1000")).await
    }

    pub async fn paper(&self, deal: &DealId, paper: &PaperId) -> Result<(Paper, Vec<u8>)> {
        let found: Paper = self.get(paper.as_str()).await?;
        if found.deal_id != *deal {
            return Err(Error::not_found("paper", paper));
        }
        let row =
            self.store.db().row(self.scope.select("bytes", "deal_papers").and_id(paper.as_str())).await?;
        let bytes = row.ok_or_else(|| Error::not_found("paper", paper))?.fields().bytes()?;
        Ok((found, bytes))
    }

    async fn history_line(
        &self,
        change: &mut Change,
        deal: &DealId,
        kind: &'static str,
        body: Json,
    ) -> Result<()> {
        let body = checked_json("history", &body)?;
        let fields = vec![
            ("id", DealEventId::fresh().as_str().into()),
            ("deal_id", deal.as_str().into()),
            ("at", change.now.into()),
            ("who", self.who.trace().into()),
            ("kind", kind.into()),
            ("body", body.into()),
        ];
        change.run(self.scope.insert("deal_events", fields)).await.map(drop)
    }

    async fn deal_told(&self, mut change: Change, deal: &Deal, what: &'static str) -> Result<()> {
        let object = format!("deal/{}", deal.id);
        let data = json!({"state": deal.state, "version": deal.version});
        change.audit(what, &object, data.clone());
        change.event(EventKind::Deal, object, data);
        change.commit().await
    }
}

type Decided = (&'static str, Json, Vec<(&'static str, crate::sql::Value)>);

/// What a step does to a deal; pure.
fn decide(deal: &Deal, step: DealStep) -> Result<Decided> {
    match step {
        DealStep::State { state, text } => {
            let text = text.map(|text| checked_text("note", &text)).transpose()?;
            let may = steps(deal.state);
            if !may.contains(&state) {
                let may: Vec<_> = may.iter().map(|it| it.as_str()).collect();
                let may = if may.is_empty() { "nothing more".to_owned() } else { may.join(", ") };
                return Err(Error::Step { from: deal.state.as_str(), to: state.to_string(), may });
            }
            let body = json!({"from": deal.state, "to": state, "text": text});
            Ok(("state", body, vec![("state", state.as_str().into())]))
        }
        DealStep::Note { text } => {
            let text = checked_text("note", &text)?;
            if text.trim().is_empty() {
                return Err(Error::invalid("note", "it is empty"));
            }
            Ok(("note", json!({"text": text}), Vec::new()))
        }
        DealStep::Person { name, role, contact } => {
            let person = json!({
                "name": checked_title("name", &name)?,
                "role": role.map(|it| checked_title("role", &it)).transpose()?,
                "contact": contact.map(|it| checked_title("contact", &it)).transpose()?,
            });
            let mut people = deal.people.as_array().cloned().unwrap_or_default();
            people.push(person.clone());
            let people = list("people", Some(Json::Array(people)))?;
            let search = searched(&deal.title, &people);
            Ok(("person", person, vec![("people", (&people).into()), ("search", search.into())]))
        }
        DealStep::Date { name, date, text } => {
            let name = checked_title("name of the date", &name)?;
            let text = text.map(|text| checked_text("note", &text)).transpose()?;
            let mut dates = deal.dates.as_object().cloned().unwrap_or_default();
            dates.insert(name.clone(), Json::from(date.to_string()));
            let dates = object("dates", Some(Json::Object(dates)))?;
            let body = json!({"name": name, "date": date.to_string(), "text": text});
            Ok(("date", body, vec![("dates", (&dates).into())]))
        }
    }
}

fn object(what: &'static str, json: Option<Json>) -> Result<Json> {
    let json = json.unwrap_or_else(|| json!({}));
    checked_json(what, &json)?;
    if json.is_object() {
        Ok(json)
    } else {
        Err(Error::invalid(what, "an object is wanted: {\"name\": \"date\"}"))
    }
}

fn list(what: &'static str, json: Option<Json>) -> Result<Json> {
    let json = json.unwrap_or_else(|| json!([]));
    checked_json(what, &json)?;
    if json.is_array() { Ok(json) } else { Err(Error::invalid(what, "a list is wanted")) }
}

fn searched(title: &str, people: &Json) -> String {
    let names = people.as_array().into_iter().flatten().filter_map(|it| it.get("name")?.as_str());
    fold(&std::iter::once(title).chain(names).collect::<Vec<_>>().join(" "))
}
