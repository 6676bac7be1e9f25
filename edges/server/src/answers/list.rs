//! Answers: listed, read, thrown away.

use axum::extract::{Path, State};
use domain::Need;
use domain::deal::Assessment;
use serde::Serialize;
use store::{AnswerId, AnswerRow};
use utoipa::ToSchema;

use super::document::AnswerItem;
use super::{document, made_once, whole};
use crate::app::App;
use crate::lang::Language;
use crate::list::ListArgs;
use crate::problem::Problem;
use crate::reply::{Reply, json_entry};
use crate::take::Args;
use crate::who::Who;

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct AnswerList {
    items: Vec<AnswerItem>,
    /// Hand this back as `cursor` for the page that follows; null at the end.
    #[schema(required)]
    next: Option<String>,
    /// How many there are; said with the first page.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false)]
    total: Option<i64>,
}

/// Answers of the organisation, newest first
#[utoipa::path(get, path = "/answers", tag = "radar", params(ListArgs),
    responses((status = 200, description = "A page", body = AnswerList)))]
pub(super) async fn list_answers(
    State(app): State<App>,
    who: Who,
    Args(args): Args<ListArgs>,
) -> Result<Reply, Problem> {
    let found = who.tenant(&app).answers(&args.page()?).await?;
    let items = found.items.into_iter().map(item).collect();
    Reply::json(&AnswerList { items, next: found.next, total: found.total })
}

fn item(row: AnswerRow) -> AnswerItem {
    AnswerItem {
        id: row.id.to_string(),
        created_at: row.created_at.to_string(),
        sentence: row.sentence,
        plans: usize::try_from(row.plans).unwrap_or(0),
        best: row.best.and_then(|it| serde_json::from_value(it).ok()),
        sample: row.sample,
    }
}

/// The answered sample need
#[utoipa::path(get, path = "/answers/sample", tag = "radar",
    responses((status = 200, description = "The answer", body = ref("#/components/schemas/Answer"))))]
pub(super) async fn get_sample(
    State(app): State<App>,
    who: Who,
    language: Language,
) -> Result<Reply, Problem> {
    made_once(&app, &who, super::SAMPLE_ID, "whole", language, whole).await.map(Reply::shared)
}

/// One answer
#[utoipa::path(get, path = "/answers/{id}", tag = "radar", params(("id" = String, Path)),
    responses((status = 200, description = "The answer", body = ref("#/components/schemas/Answer"))))]
pub(super) async fn get_answer(
    State(app): State<App>,
    who: Who,
    language: Language,
    Path(id): Path<String>,
) -> Result<Reply, Problem> {
    made_once(&app, &who, &id, "whole", language, whole).await.map(Reply::shared)
}

/// Throws an answer away
#[utoipa::path(delete, path = "/answers/{id}", tag = "radar", params(("id" = String, Path)),
    responses((status = 204, description = "It is gone")))]
pub(super) async fn delete_answer(
    State(app): State<App>,
    who: Who,
    Path(id): Path<String>,
) -> Result<Reply, Problem> {
    who.tenant(&app).delete_answer(&AnswerId::parse(&id)?).await?;
    let prefix = format!("{}/{id}", who.organisation());
    app.documents().forget(&prefix);
    app.replies().forget(&format!("{prefix}/"));
    Ok(Reply::nothing())
}

#[derive(Serialize)]
struct OnePlan<'d> {
    answer_id: &'d str,
    need: &'d Need,
    plan: &'d Assessment,
}

/// One plan of an answer
#[utoipa::path(get, path = "/answers/{id}/plans/{plan}", tag = "radar",
    params(("id" = String, Path), ("plan" = String, Path, description = "Its id, as CN-sea-1")),
    responses((status = 200, description = "The plan", body = ref("#/components/schemas/OnePlan"))))]
pub(super) async fn get_plan(
    State(app): State<App>,
    who: Who,
    language: Language,
    Path((id, plan)): Path<(String, String)>,
) -> Result<Reply, Problem> {
    let part = format!("plan/{}", plan.to_ascii_uppercase());
    if let Some(found) = app.replies().get(&super::key(&who, &id, &part, language)) {
        return Ok(Reply::shared(found));
    }
    // Whether there is one is asked before anything is kept under a name that a stranger chose.
    let english = document(&app, &who, &id).await?;
    if english.plan(&plan).is_none() {
        return Err(no_plan(&english, &plan));
    }
    drop(english);
    let made = made_once(&app, &who, &id, &part, language, move |document| {
        let Some(found) = document.plan(&plan) else { return Err(no_plan(document, &plan)) };
        json_entry(&OnePlan { answer_id: &document.id, need: &document.deals.need, plan: found })
    });
    made.await.map(Reply::shared)
}

/// PRP-1907, with the plans there are.
pub fn no_plan(document: &super::Document, plan: &str) -> Problem {
    match desk::answer::plan(&document.deals, plan) {
        Err(fault) => fault.into(),
        Ok(_) => Problem::not_found("plan", plan),
    }
}
