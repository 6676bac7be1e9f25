//! Needs that are kept: what somebody wants, and what became of it.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use serde::{Deserialize, Serialize};
use store::{Need, NeedId, NeedPatch, NeedState, NewNeed};
use utoipa::{IntoParams, ToSchema};

use crate::answers;
use crate::app::App;
use crate::list::ListArgs;
use crate::problem::Problem;
use crate::reply::{Reply, json_entry};
use crate::take::{Args, Body, version};
use crate::who::Who;

/// A need that is kept.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = KeptNeed)]
pub struct NeedItem {
    id: String,
    version: i64,
    title: String,
    text: String,
    /// open, answered, dealt or dropped.
    state: &'static str,
    #[schema(required)]
    answer_id: Option<String>,
    #[schema(format = DateTime)]
    created_at: String,
    #[schema(format = DateTime)]
    updated_at: String,
}

fn item(it: Need) -> NeedItem {
    NeedItem {
        id: it.id.to_string(),
        version: it.version,
        title: it.title,
        text: it.text,
        state: it.state.as_str(),
        answer_id: it.answer_id.map(|it| it.to_string()),
        created_at: it.created_at.to_string(),
        updated_at: it.updated_at.to_string(),
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub struct NeedList {
    items: Vec<NeedItem>,
    #[schema(required)]
    next: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false)]
    total: Option<i64>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct NeedArgs {
    #[param(max_length = 200)]
    #[serde(default)]
    q: Option<String>,
    #[param(inline, schema_with = crate::openapi::need_states)]
    #[serde(default)]
    state: Option<String>,
    #[serde(default)]
    cursor: Option<String>,
    #[param(minimum = 1, maximum = 500, default = 50)]
    #[serde(default)]
    limit: Option<usize>,
}

/// A state by its word, in a query.
pub(super) fn state_of<T>(
    word: Option<&str>,
    known: &[&str],
    parse: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, Problem> {
    let Some(word) = word.filter(|it| !it.is_empty()) else { return Ok(None) };
    let refuse = || Problem::address("state", &format!("'{word}' is none of {}", known.join(", ")));
    parse(word).map(Some).ok_or_else(refuse)
}

fn state(word: Option<&str>) -> Result<Option<NeedState>, Problem> {
    state_of(word, &crate::openapi::NEED_STATES, |it| NeedState::parse(it).ok())
}

/// Needs of the organisation, newest first
#[utoipa::path(get, path = "/needs", tag = "needs", params(NeedArgs),
    responses((status = 200, description = "A page", body = NeedList)))]
pub async fn list_needs(
    State(app): State<App>,
    who: Who,
    Args(args): Args<NeedArgs>,
) -> Result<Reply, Problem> {
    let page = ListArgs { q: args.q, cursor: args.cursor, limit: args.limit }.page()?;
    let found = who.tenant(&app).needs(state(args.state.as_deref())?, &page).await?;
    let items = found.items.into_iter().map(item).collect();
    Reply::json(&NeedList { items, next: found.next, total: found.total })
}

/// A need to keep.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NeedSent {
    #[schema(min_length = 1, max_length = 2000)]
    text: String,
    /// The beginning of the text when left out.
    #[schema(min_length = 1, max_length = 200)]
    #[serde(default)]
    title: Option<String>,
    /// The answer that it has already.
    #[serde(default)]
    answer_id: Option<String>,
}

/// No need is longer.
const TEXT_CHARS: usize = 2_000;

/// Keeps a need
#[utoipa::path(post, path = "/needs", tag = "needs", request_body = NeedSent,
    responses((status = 201, description = "The need", body = NeedItem)))]
pub async fn add_need(
    State(app): State<App>,
    who: Who,
    Body(sent): Body<NeedSent>,
) -> Result<Reply, Problem> {
    check_text(&sent.text)?;
    check_title(sent.title.as_deref())?;
    let answer_id = match &sent.answer_id {
        Some(id) => Some(answers::stored(&app, &who, id).await?),
        None => None,
    };
    let new = NewNeed { text: sent.text, title: sent.title, answer_id };
    let made = who.tenant(&app).add_need(new).await?;
    let at = format!("/api/v1/needs/{}", made.id);
    Reply::created(&item(made), &at)
}

/// No title is longer.
const TITLE_CHARS: usize = 200;

/// # Errors
/// A title that is there is empty or too long.
pub(super) fn check_title(title: Option<&str>) -> Result<(), Problem> {
    match title.map(|it| it.trim().chars().count()) {
        None | Some(1..=TITLE_CHARS) => Ok(()),
        Some(_) => Err(Problem::refused("title", &format!("must have 1 to {TITLE_CHARS} characters"))),
    }
}

fn check_text(text: &str) -> Result<(), Problem> {
    match text.trim().chars().count() {
        0 => Err(Problem::refused("text", "it is empty")),
        1..=TEXT_CHARS => Ok(()),
        _ => Err(Problem::refused("text", &format!("more than {TEXT_CHARS} characters"))),
    }
}

/// One need
#[utoipa::path(get, path = "/needs/{id}", tag = "needs", params(("id" = String, Path)),
    responses((status = 200, description = "The need", body = NeedItem)))]
pub async fn get_need(State(app): State<App>, who: Who, Path(id): Path<String>) -> Result<Reply, Problem> {
    shown(who.tenant(&app).need(&NeedId::parse(&id)?).await?)
}

fn shown(need: Need) -> Result<Reply, Problem> {
    let version = need.version;
    Ok(Reply::of(json_entry(&item(need))?.with_version(version)))
}

/// Changes of a need.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NeedChange {
    /// The version that is changed, when `If-Match` does not say it.
    #[serde(default)]
    version: Option<i64>,
    #[schema(schema_with = crate::openapi::maybe_need_state)]
    #[serde(default)]
    state: Option<String>,
    #[schema(min_length = 1, max_length = 200)]
    #[serde(default)]
    title: Option<String>,
    #[schema(min_length = 1, max_length = 2000)]
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    answer_id: Option<String>,
}

/// Changes a need
#[utoipa::path(patch, path = "/needs/{id}", tag = "needs", params(("id" = String, Path), ("If-Match" = Option<String>, Header)),
    request_body = NeedChange,
    responses((status = 200, description = "The need as it is now", body = NeedItem),
        (status = 412, description = "It was changed in the meantime", body = crate::problem::Written),
        (status = 428, description = "Which version is changed is not said", body = crate::problem::Written)))]
pub async fn change_need(
    State(app): State<App>,
    who: Who,
    Path(id): Path<String>,
    headers: HeaderMap,
    Body(sent): Body<NeedChange>,
) -> Result<Reply, Problem> {
    let (id, version) = (NeedId::parse(&id)?, version(&headers, sent.version)?);
    sent.text.as_deref().map_or(Ok(()), check_text)?;
    check_title(sent.title.as_deref())?;
    let answer_id = match &sent.answer_id {
        Some(id) => Some(answers::stored(&app, &who, id).await?),
        None => None,
    };
    let word = sent.state.as_deref();
    let state = word.map(|it| NeedState::parse(it).map_err(Problem::from)).transpose()?;
    let patch = NeedPatch { title: sent.title, text: sent.text, state, answer_id };
    shown(who.tenant(&app).update_need(&id, version, patch).await?)
}

/// Throws a need away
#[utoipa::path(delete, path = "/needs/{id}", tag = "needs", params(("id" = String, Path)),
    responses((status = 204, description = "It is gone")))]
pub async fn delete_need(State(app): State<App>, who: Who, Path(id): Path<String>) -> Result<Reply, Problem> {
    who.tenant(&app).delete_need(&NeedId::parse(&id)?).await?;
    Ok(Reply::nothing())
}
