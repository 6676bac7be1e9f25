//! Watches: answers that are looked at again when a book changes, and alerts that say what is different.

pub mod order;
pub mod sweep;

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use domain::deal::Deals;
use jiff::Timestamp;
use order::{Kept, Question, Saved};
use radar::Dossier;
use radar::rests::Prints;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use store::{Alert, AlertId, NewWatch, Page, Tenant, Watch, WatchId, WatchPatch};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::firm::version_of;
use super::list::{Listed, Sift, page};
use super::who::Who;
use crate::app::App;
use crate::problem::Problem;
use crate::reply::{Reply, json_entry};
use crate::take::{Args, Body};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, add))
        .routes(routes!(get, change, delete))
        .routes(routes!(list_alerts))
        .routes(routes!(see))
}

/// A watch as it is shown.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Watch)]
pub struct View {
    id: String,
    version: i64,
    title: String,
    sentence: String,
    answer_id: String,
    #[schema(required)]
    plan: Option<String>,
    #[schema(pattern = "^(active|paused)$")]
    state: &'static str,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(required, value_type = Option<String>, format = DateTime)]
    swept_at: Option<Timestamp>,
    /// Alerts that nobody has seen yet.
    unseen: i64,
}

async fn view(tenant: &Tenant, it: Watch) -> Result<View, Problem> {
    let unseen = tenant.alerts(true, Some(&it.id), &Page::first(1)).await?;
    let unseen = unseen.total.unwrap_or(unseen.items.len() as i64);
    Ok(View {
        id: it.id.to_string(),
        version: it.version,
        title: it.title,
        sentence: it.saved["sentence"].as_str().unwrap_or_default().to_owned(),
        answer_id: it.answer_id.to_string(),
        plan: it.plan_id,
        state: if it.paused { "paused" } else { "active" },
        created_at: it.created_at,
        swept_at: it.swept_at,
        unseen,
    })
}

async fn reply(tenant: &Tenant, it: Watch) -> Result<Reply, Problem> {
    let version = it.version;
    Ok(Reply::of(json_entry(&view(tenant, it).await?)?.with_version(version)))
}

/// What can be said of a watch.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum WatchState {
    Active,
    Paused,
}

/// Watches, newest first
#[utoipa::path(get, operation_id = "list_watches", path = "/watches", tag = "watches", params(("limit" = Option<u32>, Query, minimum = 1, maximum = 500), ("cursor" = Option<String>, Query, max_length = 512),
    ("q" = Option<String>, Query, max_length = 200), ("state" = Option<WatchState>, Query)),
    responses((status = 200, description = "Watches", body = Listed<View>)))]
async fn list(
    State(app): State<App>,
    who: Who,
    Args(sift): Args<Sift<WatchState>>,
) -> Result<Reply, Problem> {
    let tenant = who.tenant(&app);
    let paused = sift.state.as_ref().map(|it| matches!(it, WatchState::Paused));
    let found = tenant.watches(&page(&sift.query())?).await?;
    let mut items = Vec::with_capacity(found.items.len());
    for it in found.items.into_iter().filter(|it| paused.is_none_or(|paused| it.paused == paused)) {
        items.push(view(&tenant, it).await?);
    }
    let total = if paused.is_some() { None } else { found.total };
    Reply::json(&Listed { items, next: found.next, total })
}

/// What is to be watched.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewWatch)]
pub struct New {
    answer_id: String,
    /// One plan of the answer; its whole order when left out.
    #[schema(max_length = 100)]
    #[serde(default)]
    plan: Option<String>,
    #[schema(max_length = 300)]
    #[serde(default)]
    title: Option<String>,
}

/// What of an answer a watch needs.
#[derive(Deserialize)]
struct Part {
    sentence: String,
    deals: Deals,
}

/// Watch an answer
///
/// When a book on which the answer rests gets a new edition, the need is asked again; an alert is given only if order or feasibility
/// of what is watched changed.
#[utoipa::path(post, operation_id = "add_watch", path = "/watches", tag = "watches", request_body = New,
    responses((status = 201, description = "The watch", body = View)))]
async fn add(State(app): State<App>, who: Who, Body(new): Body<New>) -> Result<Reply, Problem> {
    let tenant = who.tenant(&app);
    let id = crate::answers::stored(&app, &who, &new.answer_id).await?;
    let (body, dossier) = (tenant.answer_body(&id).await?, tenant.answer_dossier(&id).await?);
    let hall = app.hall().await?;
    let plan = new.plan.clone();
    let made = app.pool().run(move || -> Result<_, Problem> {
        let unreadable =
            |it: serde_json::Error| Problem::internal(&format!("a kept answer cannot be read: {it}"));
        let part: Part = serde_json::from_slice(&body).map_err(unreadable)?;
        let dossier: Dossier = serde_json::from_slice(&dossier).map_err(unreadable)?;
        let saved = saved(&part, &dossier, plan.as_deref())?;
        Ok((part.sentence, saved, Prints::new(&hall.room.library).of_dossier(&dossier)))
    });
    let (sentence, saved, rests_on) = made.await??;
    let short: String = sentence.chars().take(200).collect();
    let title = new.title.filter(|it| !it.trim().is_empty()).unwrap_or(short);
    let saved = serde_json::to_value(saved).map_err(|it| Problem::internal(&it.to_string()))?;
    let watch =
        tenant.add_watch(NewWatch { title, answer_id: id, plan_id: new.plan, saved, rests_on }).await?;
    let at = format!("/api/v1/watches/{}", watch.id);
    Reply::created(&view(&tenant, watch).await?, &at)
}

fn saved(part: &Part, dossier: &Dossier, plan: Option<&str>) -> Result<Saved, Problem> {
    let order = Kept::order(&part.deals);
    let plan = match plan {
        None => None,
        Some(id) => {
            let found = order.iter().find(|it| it.id.eq_ignore_ascii_case(id));
            Some(found.ok_or_else(|| Problem::not_found("plan", id))?.key.clone())
        }
    };
    Ok(Saved {
        question: Question {
            need: part.deals.need.clone(),
            settings: dossier.settings.clone(),
            seed: dossier.seed,
            use_quotes: true,
        },
        as_of: dossier.as_of,
        plan,
        sentence: part.sentence.clone(),
        order,
        why: None,
    })
}

/// A watch
#[utoipa::path(get, operation_id = "get_watch", path = "/watches/{id}", tag = "watches", params(("id" = String, Path)),
    responses((status = 200, description = "The watch", body = View)))]
async fn get(State(app): State<App>, who: Who, Path(id): Path<String>) -> Result<Reply, Problem> {
    let tenant = who.tenant(&app);
    let watch = tenant.watch(&WatchId::parse(&id)?).await?;
    reply(&tenant, watch).await
}

/// A change of a watch.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WatchPatch)]
pub struct Patch {
    #[schema(max_length = 300)]
    #[serde(default)]
    title: Option<String>,
    #[schema(pattern = "^(active|paused)$")]
    #[serde(default)]
    state: Option<String>,
    #[serde(default)]
    version: Option<i64>,
}

/// Pause, go on with, or rename a watch
#[utoipa::path(patch, operation_id = "change_watch", path = "/watches/{id}", tag = "watches", params(("id" = String, Path)), request_body = Patch,
    responses((status = 200, description = "The watch", body = View)))]
async fn change(
    State(app): State<App>,
    who: Who,
    Path(id): Path<String>,
    headers: HeaderMap,
    Body(patch): Body<Patch>,
) -> Result<Reply, Problem> {
    let tenant = who.tenant(&app);
    let paused = match patch.state.as_deref() {
        None => None,
        Some("active") => Some(false),
        Some("paused") => Some(true),
        Some(_) => return Err(Problem::refused("state", "active or paused is expected")),
    };
    let version = version_of(&headers, patch.version)?;
    let watch = tenant
        .update_watch(&WatchId::parse(&id)?, version, WatchPatch { title: patch.title, paused })
        .await?;
    reply(&tenant, watch).await
}

/// End a watch
///
/// Its alerts go with it.
#[utoipa::path(delete, operation_id = "delete_watch", path = "/watches/{id}", tag = "watches", params(("id" = String, Path)),
    responses((status = 204, description = "Ended")))]
async fn delete(State(app): State<App>, who: Who, Path(id): Path<String>) -> Result<Reply, Problem> {
    who.tenant(&app).delete_watch(&WatchId::parse(&id)?).await?;
    Ok(Reply::nothing())
}

/// An alert as it is shown.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Alert)]
pub struct AlertView {
    id: String,
    watch_id: String,
    #[schema(required)]
    watch_title: Option<String>,
    #[schema(required)]
    answer_id: Option<String>,
    #[schema(required)]
    plan: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// The book that changed.
    book: String,
    edition: String,
    #[schema(pattern = "^(order|feasibility)$")]
    kind: String,
    #[schema(value_type = Object)]
    before: Json,
    #[schema(value_type = Object)]
    after: Json,
    #[schema(value_type = Vec<Object>)]
    delta: Json,
    seen: bool,
}

pub(super) async fn alert_view(tenant: &Tenant, it: Alert) -> AlertView {
    let watch = tenant.watch(&it.watch_id).await.ok();
    AlertView {
        id: it.id.to_string(),
        watch_id: it.watch_id.to_string(),
        watch_title: watch.as_ref().map(|it| it.title.clone()),
        answer_id: watch.as_ref().map(|it| it.answer_id.to_string()),
        plan: watch.and_then(|it| it.plan_id),
        at: it.at,
        book: it.book,
        edition: it.edition.split('@').next().unwrap_or_default().to_owned(),
        kind: it.kind,
        before: it.before,
        after: it.after,
        delta: it.delta,
        seen: it.seen_at.is_some(),
    }
}

/// Alerts, newest first
#[utoipa::path(get, operation_id = "list_alerts", path = "/alerts", tag = "watches", params(("limit" = Option<u32>, Query, minimum = 1, maximum = 500), ("cursor" = Option<String>, Query, max_length = 512),
    ("unseen" = Option<bool>, Query), ("watch" = Option<String>, Query, max_length = 64)),
    responses((status = 200, description = "Alerts", body = Listed<AlertView>)))]
async fn list_alerts(
    State(app): State<App>,
    who: Who,
    Args(sift): Args<Sift<WatchState>>,
) -> Result<Reply, Problem> {
    let tenant = who.tenant(&app);
    let watch = sift.watch.as_deref().map(WatchId::parse).transpose()?;
    let found = tenant.alerts(sift.unseen.unwrap_or(false), watch.as_ref(), &page(&sift.query())?).await?;
    let mut items = Vec::with_capacity(found.items.len());
    for it in found.items {
        items.push(alert_view(&tenant, it).await);
    }
    Reply::json(&Listed { items, next: found.next, total: found.total })
}

/// Say that an alert was seen
#[utoipa::path(post, operation_id = "see_alert", path = "/alerts/{id}/seen", tag = "watches", params(("id" = String, Path)),
    responses((status = 200, description = "The alert", body = AlertView)))]
async fn see(State(app): State<App>, who: Who, Path(id): Path<String>) -> Result<Reply, Problem> {
    let tenant = who.tenant(&app);
    let alert = tenant.see_alert(&AlertId::parse(&id)?).await?;
    Reply::json(&alert_view(&tenant, alert).await)
}
