//! Deals: plans that were accepted, step by step, with a history that only grows.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use domain::deal::Assessment;
use domain::{Date, Total};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use store::{Deal, DealEntry, DealId, DealPatch, DealState, DealStep, NewDeal, Page};
use utoipa::{IntoParams, ToSchema};

use super::needs::{check_title, state_of};
use super::papers::{PaperItem, paper_items};
use crate::answers;
use crate::app::App;
use crate::list::{Cursor, ListArgs};
use crate::problem::Problem;
use crate::reply::{Reply, json_entry};
use crate::take::{Args, Body, version};
use crate::who::Who;

/// A deal in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct DealItem {
    id: String,
    title: String,
    /// draft, offered, agreed, shipped, cleared, paid, closed or cancelled.
    state: &'static str,
    #[schema(schema_with = crate::openapi::total)]
    landed: Total,
    #[schema(value_type = String, format = Date)]
    arrival_p50: Date,
    origin: String,
    destination: String,
    supplier: String,
    sentence: String,
    #[schema(format = DateTime)]
    updated_at: String,
}

/// A date of a deal.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DealDate {
    /// offer_valid, signed, cargo_ready, departure, arrival, clearance, payment_due, or other words.
    #[schema(min_length = 1, max_length = 200)]
    what: String,
    #[schema(value_type = String, format = Date)]
    date: Date,
}

/// Somebody who has to do with a deal.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DealPerson {
    /// Its place in the list; given by the server.
    #[serde(default)]
    #[schema(required = false)]
    id: String,
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    #[serde(default)]
    #[schema(max_length = 200)]
    role: Option<String>,
    #[serde(default)]
    #[schema(max_length = 200)]
    contact: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct DealNote {
    #[schema(format = DateTime)]
    at: String,
    by: String,
    text: String,
}

/// A deal in full.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Deal)]
pub struct DealFull {
    #[serde(flatten)]
    item: DealItem,
    version: i64,
    /// States that may follow.
    next: Vec<&'static str>,
    answer_id: String,
    plan_id: String,
    #[schema(schema_with = crate::openapi::need)]
    need: Value,
    /// As it was agreed to; never changed.
    #[schema(schema_with = crate::openapi::plan)]
    plan: Value,
    dates: Vec<DealDate>,
    people: Vec<DealPerson>,
    papers: Vec<PaperItem>,
    notes: Vec<DealNote>,
    #[schema(format = DateTime)]
    created_at: String,
}

/// What is kept of an accepted plan.
#[derive(Debug, Serialize, Deserialize)]
struct Accepted {
    sentence: String,
    need: Value,
    plan: Value,
}

/// What lists show of it.
#[derive(Debug, Deserialize)]
struct Head {
    landed: Total,
    arrival: HeadArrival,
    origin: String,
    destination: String,
    #[serde(default)]
    labels: std::collections::BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
struct HeadArrival {
    p50: Date,
}

fn accepted(plan: Value) -> Result<Accepted, Problem> {
    serde_json::from_value(plan).map_err(|it| Problem::internal(&format!("a kept deal cannot be read: {it}")))
}

fn item(deal: &Deal, accepted: &Accepted) -> Result<DealItem, Problem> {
    let head = Head::deserialize(&accepted.plan);
    let head = head.map_err(|it| Problem::internal(&format!("a kept plan cannot be read: {it}")))?;
    Ok(DealItem {
        id: deal.id.to_string(),
        title: deal.title.clone(),
        state: deal.state.as_str(),
        landed: head.landed,
        arrival_p50: head.arrival.p50,
        origin: head.origin,
        destination: head.destination,
        supplier: head.labels.get("supplier").cloned().unwrap_or_default(),
        sentence: accepted.sentence.clone(),
        updated_at: deal.updated_at.to_string(),
    })
}

#[derive(Debug, Serialize, ToSchema)]
pub struct DealList {
    items: Vec<DealItem>,
    #[schema(required)]
    next: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false)]
    total: Option<i64>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DealArgs {
    #[param(max_length = 200)]
    #[serde(default)]
    q: Option<String>,
    #[param(inline, schema_with = crate::openapi::deal_states)]
    #[serde(default)]
    state: Option<String>,
    #[serde(default)]
    cursor: Option<String>,
    #[param(minimum = 1, maximum = 500, default = 50)]
    #[serde(default)]
    limit: Option<usize>,
}

/// Deals of the organisation, newest first
#[utoipa::path(get, path = "/deals", tag = "deals", params(DealArgs),
    responses((status = 200, description = "A page", body = DealList)))]
pub async fn list_deals(
    State(app): State<App>,
    who: Who,
    Args(args): Args<DealArgs>,
) -> Result<Reply, Problem> {
    let page = ListArgs { q: args.q, cursor: args.cursor, limit: args.limit }.page()?;
    let known = crate::openapi::DEAL_STATES;
    let state = state_of(args.state.as_deref(), &known, |it| DealState::parse(it).ok())?;
    let tenant = who.tenant(&app);
    let found = tenant.deals(state, &page).await?;
    let mut items = Vec::new();
    for deal in &found.items {
        items.push(item(deal, &accepted(tenant.deal_plan(&deal.id).await?)?)?);
    }
    Reply::json(&DealList { items, next: found.next, total: found.total })
}

/// A plan that is accepted.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DealSent {
    answer_id: String,
    /// Its id within the answer.
    #[schema(example = "CN-sea-1")]
    plan: String,
    #[schema(min_length = 1, max_length = 200)]
    #[serde(default)]
    title: Option<String>,
}

/// Accepts a plan: a deal begins as a draft
#[utoipa::path(post, path = "/deals", tag = "deals", request_body = DealSent,
    responses((status = 201, description = "The deal", body = DealFull)))]
pub async fn add_deal(
    State(app): State<App>,
    who: Who,
    Body(sent): Body<DealSent>,
) -> Result<Reply, Problem> {
    check_title(sent.title.as_deref())?;
    let document = answers::document(&app, &who, &sent.answer_id).await?;
    let plan = document.plan(&sent.plan).ok_or_else(|| answers::list::no_plan(&document, &sent.plan))?;
    let json =
        |it: &dyn Fn() -> serde_json::Result<Value>| it().map_err(|it| Problem::internal(&it.to_string()));
    let kept = Accepted {
        sentence: document.sentence.clone(),
        need: json(&|| serde_json::to_value(&document.deals.need))?,
        plan: json(&|| serde_json::to_value(plan))?,
    };
    let new = NewDeal {
        title: sent.title.unwrap_or_else(|| title(plan, &document.sentence)),
        answer_id: answers::stored(&app, &who, &sent.answer_id).await?,
        plan_id: plan.id.clone(),
        plan: json(&|| serde_json::to_value(&kept))?,
        dates: None,
        people: None,
    };
    let made = who.tenant(&app).add_deal(new).await?;
    let at = format!("/api/v1/deals/{}", made.id);
    Reply::created(&full(&app, &who, made).await?, &at)
}

fn title(plan: &Assessment, sentence: &str) -> String {
    let short: String = sentence.chars().take(120).collect();
    format!("{}: {short}", plan.id)
}

/// One deal
#[utoipa::path(get, path = "/deals/{id}", tag = "deals", params(("id" = String, Path)),
    responses((status = 200, description = "The deal", body = DealFull)))]
pub async fn get_deal(State(app): State<App>, who: Who, Path(id): Path<String>) -> Result<Reply, Problem> {
    let deal = who.tenant(&app).deal(&DealId::parse(&id)?).await?;
    shown(&app, &who, deal).await
}

async fn shown(app: &App, who: &Who, deal: Deal) -> Result<Reply, Problem> {
    let version = deal.version;
    Ok(Reply::of(json_entry(&full(app, who, deal).await?)?.with_version(version)))
}

/// Notes shown with a deal; all are in its history.
const NOTES: u32 = 500;

async fn full(app: &App, who: &Who, deal: Deal) -> Result<DealFull, Problem> {
    let tenant = who.tenant(app);
    let kept = accepted(tenant.deal_plan(&deal.id).await?)?;
    let papers = paper_items(&tenant, &deal.id).await?;
    let history = tenant.deal_history(&deal.id, &Page::first(NOTES)).await?;
    let notes = history.items.iter().filter(|it| it.kind == "note").map(|it| DealNote {
        at: it.at.to_string(),
        by: it.who.clone(),
        text: it.body["text"].as_str().unwrap_or_default().to_owned(),
    });
    Ok(DealFull {
        item: item(&deal, &kept)?,
        version: deal.version,
        next: store::steps(deal.state).iter().map(|it| it.as_str()).collect(),
        answer_id: deal.answer_id.to_string(),
        plan_id: deal.plan_id,
        need: kept.need,
        plan: kept.plan,
        dates: dates(&deal.dates),
        people: people(&deal.people),
        papers,
        notes: notes.collect(),
        created_at: deal.created_at.to_string(),
    })
}

fn dates(kept: &Value) -> Vec<DealDate> {
    let pairs = kept.as_object().into_iter().flatten();
    let read = |(what, date): (&String, &Value)| {
        Some(DealDate { what: what.clone(), date: date.as_str()?.parse().ok()? })
    };
    let mut all: Vec<DealDate> = pairs.filter_map(read).collect();
    all.sort_by(|a, b| a.date.cmp(&b.date).then(a.what.cmp(&b.what)));
    all
}

fn people(kept: &Value) -> Vec<DealPerson> {
    let all = kept.as_array().into_iter().flatten().enumerate();
    let text = |it: &Value, name: &str| it[name].as_str().map(str::to_owned);
    all.map(|(at, it)| DealPerson {
        id: at.to_string(),
        name: text(it, "name").unwrap_or_default(),
        role: text(it, "role"),
        contact: text(it, "contact"),
    })
    .collect()
}

/// Changes of a deal; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DealChange {
    /// The version that is changed, when `If-Match` does not say it.
    #[serde(default)]
    version: Option<i64>,
    #[schema(min_length = 1, max_length = 200)]
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    dates: Option<Vec<DealDate>>,
    #[serde(default)]
    people: Option<Vec<DealPerson>>,
}

/// Changes title, dates or people of a deal
#[utoipa::path(patch, path = "/deals/{id}", tag = "deals", params(("id" = String, Path), ("If-Match" = Option<String>, Header)),
    request_body = DealChange,
    responses((status = 200, description = "The deal as it is now", body = DealFull),
        (status = 412, description = "It was changed in the meantime", body = crate::problem::Written),
        (status = 428, description = "Which version is changed is not said", body = crate::problem::Written)))]
pub async fn change_deal(
    State(app): State<App>,
    who: Who,
    Path(id): Path<String>,
    headers: HeaderMap,
    Body(sent): Body<DealChange>,
) -> Result<Reply, Problem> {
    let (id, version) = (DealId::parse(&id)?, version(&headers, sent.version)?);
    check_title(sent.title.as_deref())?;
    let dates = sent.dates.map(|all| {
        let pairs = all.into_iter().map(|it| (it.what, Value::from(it.date.to_string())));
        Value::Object(pairs.collect::<Map<String, Value>>())
    });
    let person = |it: DealPerson| json!({ "name": it.name, "role": it.role, "contact": it.contact });
    let people = sent.people.map(|all| Value::Array(all.into_iter().map(person).collect()));
    let patch = DealPatch { title: sent.title, dates, people };
    let changed = who.tenant(&app).update_deal(&id, version, patch).await?;
    shown(&app, &who, changed).await
}

/// What happens to a deal.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub enum DealEvent {
    /// The next step of its life.
    State {
        #[schema(schema_with = crate::openapi::deal_states)]
        to: String,
        #[serde(default)]
        text: Option<String>,
    },
    Note {
        #[schema(min_length = 1, max_length = 4000)]
        text: String,
    },
    Person {
        #[schema(min_length = 1, max_length = 200)]
        name: String,
        #[serde(default)]
        role: Option<String>,
        #[serde(default)]
        contact: Option<String>,
    },
    Date {
        #[schema(min_length = 1, max_length = 200)]
        what: String,
        #[schema(value_type = String, format = Date)]
        date: Date,
    },
}

/// Takes a step, or notes something
#[utoipa::path(post, path = "/deals/{id}/events", tag = "deals", params(("id" = String, Path)), request_body = DealEvent,
    responses((status = 201, description = "The deal as it is now", body = DealFull),
        (status = 409, description = "This step does not follow; those that may are in the message", body = crate::problem::Written)))]
pub async fn add_event(
    State(app): State<App>,
    who: Who,
    Path(id): Path<String>,
    Body(sent): Body<DealEvent>,
) -> Result<Reply, Problem> {
    let id = DealId::parse(&id)?;
    let step = match sent {
        DealEvent::State { to, text } => DealStep::State { state: DealState::parse(&to)?, text },
        DealEvent::Note { text } => DealStep::Note { text },
        DealEvent::Person { name, role, contact } => DealStep::Person { name, role, contact },
        DealEvent::Date { what, date } => DealStep::Date { name: what, date, text: None },
    };
    let deal = who.tenant(&app).add_deal_step(&id, step).await?;
    let at = format!("/api/v1/deals/{id}/history");
    Reply::created(&full(&app, &who, deal).await?, &at)
}

/// A line of a deal's history.
#[derive(Debug, Serialize, ToSchema)]
pub struct HistoryLine {
    /// Counted from the beginning.
    seq: i64,
    #[schema(format = DateTime)]
    at: String,
    by: String,
    /// state, note, person, date, paper or title.
    kind: String,
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, schema_with = crate::openapi::anything)]
    before: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, schema_with = crate::openapi::anything)]
    after: Option<Value>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct History {
    items: Vec<HistoryLine>,
    #[schema(required)]
    next: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false)]
    total: Option<i64>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct HistoryArgs {
    #[serde(default)]
    cursor: Option<String>,
    #[param(minimum = 1, maximum = 500, default = 50)]
    #[serde(default)]
    limit: Option<usize>,
}

/// What happened to a deal, the newest first; nothing in it is ever changed
#[utoipa::path(get, path = "/deals/{id}/history", tag = "deals", params(("id" = String, Path), HistoryArgs),
    responses((status = 200, description = "A page", body = History)))]
pub async fn history(
    State(app): State<App>,
    who: Who,
    Path(id): Path<String>,
    Args(args): Args<HistoryArgs>,
) -> Result<Reply, Problem> {
    let id = DealId::parse(&id)?;
    // The cursor carries the number of the next line, which only the first page can count.
    let place = args.cursor.as_deref().map(Cursor::read).transpose()?;
    let bad = || Problem::ours(axum::http::StatusCode::UNPROCESSABLE_ENTITY, 2014, &[]);
    let (cursor, top) = match &place {
        None => (None, None),
        Some(Cursor(text)) => {
            let (after, top) = text.split_once(' ').ok_or_else(bad)?;
            (Some(after.to_owned()), Some(top.parse::<i64>().map_err(|_| bad())?))
        }
    };
    let page = ListArgs { q: None, cursor, limit: args.limit }.page()?;
    let found = who.tenant(&app).deal_history(&id, &page).await?;
    let top = top.or(found.total).unwrap_or(found.items.len() as i64);
    let items: Vec<HistoryLine> = (0..).zip(found.items).map(|(at, it)| line(top - at, it)).collect();
    let next = found.next.map(|it| Cursor(format!("{it} {}", top - items.len() as i64)).write());
    Reply::json(&History { items, next, total: found.total })
}

fn line(seq: i64, it: DealEntry) -> HistoryLine {
    let body = &it.body;
    let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
    let value = |name: &str| Some(body[name].clone()).filter(|it| !it.is_null());
    let (words, before, after) = match it.kind.as_str() {
        "state" => (text("text"), value("from"), value("to")),
        "person" if body.get("name").is_some() => {
            let role = body["role"].as_str().map(|it| format!(" ({it})")).unwrap_or_default();
            (format!("{}{role}", text("name")), None, None)
        }
        "date" if body.get("name").is_some() => (text("name"), None, value("date")),
        "paper" => (text("name"), None, value("sha256")),
        "note" => (text("text"), None, None),
        _ => (String::new(), value("before"), value("after")),
    };
    HistoryLine { seq, at: it.at.to_string(), by: it.who, kind: it.kind, text: words, before, after }
}
