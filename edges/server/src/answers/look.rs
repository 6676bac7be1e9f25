//! Looking into an answer: what fell away, why not, its dossier, whether it can be repeated, what changed.

use axum::extract::{Path, State};
use bytes::Bytes;
use desk::show::{diff as differences, why as figures, why_not as reasons};
use domain::Evidence;
use domain::deal::{Deals, Drop};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::AnswerId;
use utoipa::{IntoParams, ToSchema};

use super::{Document, document, localised, made_once};
use crate::app::App;
use crate::lang::{Language, with_words};
use crate::list::{self, Cursor};
use crate::problem::Problem;
use crate::reply::{Entry, HTML, JSON, Reply};
use crate::take::Args;
use crate::who::Who;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DropArgs {
    /// A reason, as `deadline` or `dominated`.
    #[param(inline, schema_with = crate::openapi::reasons)]
    #[serde(default)]
    reason: Option<String>,
    /// Words in its text, route or economy.
    #[param(max_length = 200)]
    #[serde(default)]
    q: Option<String>,
    #[serde(default)]
    cursor: Option<String>,
    #[param(minimum = 1, maximum = 500, default = 50)]
    #[serde(default)]
    limit: Option<usize>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct DropList<'d> {
    #[schema(schema_with = crate::openapi::drops)]
    items: Vec<&'d Drop>,
    #[schema(required)]
    next: Option<String>,
    /// Drops that the filter lets through; each stands for `count` combinations.
    total: usize,
}

/// What fell away, and why
#[utoipa::path(get, path = "/answers/{id}/drops", tag = "radar", params(("id" = String, Path), DropArgs),
    responses((status = 200, description = "A page", body = DropList<'_>)))]
pub(super) async fn list_drops(
    State(app): State<App>,
    who: Who,
    language: Language,
    Path(id): Path<String>,
    Args(args): Args<DropArgs>,
) -> Result<Reply, Problem> {
    let limit = list::limit(args.limit)?;
    let from = Cursor::offset(args.cursor.as_deref())?;
    if let Some(reason) = args.reason.as_deref().filter(|it| !crate::openapi::REASONS.contains(it)) {
        let known = crate::openapi::REASONS.join(", ");
        return Err(Problem::address("reason", &format!("'{reason}' is none of {known}")));
    }
    let document = localised(&app, document(&app, &who, &id).await?, language).await?;
    let q = args.q.unwrap_or_default().to_lowercase();
    let wanted: Vec<&Drop> = document
        .deals
        .drops
        .iter()
        .filter(|it| args.reason.as_deref().is_none_or(|reason| it.reason.word() == reason))
        .filter(|it| q.is_empty() || holds(it, &q, &document))
        .collect();
    let (items, next) = list::page(wanted.iter().copied(), from, limit);
    Reply::json(&DropList { items, next, total: wanted.len() })
}

fn holds(drop: &Drop, q: &str, document: &Document) -> bool {
    let origin = drop.origin.map(|it| it.code().to_owned()).unwrap_or_default();
    let name = document.names.economies.get(&origin).cloned().unwrap_or_default();
    let texts = [
        Some(&drop.text),
        drop.route.as_ref(),
        drop.choice.as_ref(),
        drop.by.as_ref(),
        Some(&origin),
        Some(&name),
    ];
    texts.into_iter().flatten().any(|it| it.to_lowercase().contains(q))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct WhatArgs {
    /// An economy, mode, passage, reason or plan; everything when left out.
    #[param(max_length = 200, example = "DE")]
    #[serde(default)]
    what: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct WhyNot<'d> {
    asked: String,
    /// In words, as the command line says it.
    text: String,
    /// Plans that are shown after all.
    shown: Vec<&'d str>,
    #[schema(schema_with = crate::openapi::drops)]
    items: Vec<&'d Drop>,
}

/// Columns of the text of `why-not`.
const TEXT_WIDTH: usize = 100;

/// Why something is not among the plans
#[utoipa::path(get, path = "/answers/{id}/why-not", tag = "radar", params(("id" = String, Path), WhatArgs),
    responses((status = 200, description = "What became of it", body = WhyNot<'_>)))]
pub(super) async fn why_not(
    State(app): State<App>,
    who: Who,
    language: Language,
    Path(id): Path<String>,
    Args(args): Args<WhatArgs>,
) -> Result<Reply, Problem> {
    let document = document(&app, &who, &id).await?;
    let hall = app.hall().await?;
    let asked = args.what.unwrap_or_default();
    let run = move || {
        with_words(language.words, Some(&hall.room.tables.economies), |words| {
            let found = reasons::find(&document.deals, &asked, words)?;
            let mut text = Vec::new();
            reasons::page(&document.deals, &found, words, TEXT_WIDTH, true)
                .write(false, &mut text)
                .map_err(|it| Problem::internal(&it.to_string()))?;
            let text = String::from_utf8_lossy(&text).trim_end().to_owned();
            Reply::json(&WhyNot { asked: asked.clone(), text, shown: found.shown, items: found.drops })
        })
    };
    app.pool().run(run).await?
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FigureArgs {
    /// PLAN or PLAN.FIGURE, as `CN-sea-1.duty`; a plan alone gives all its figures.
    #[param(max_length = 200, example = "CN-sea-1.duty")]
    figure: String,
}

/// One figure with what stands behind it.
#[derive(Debug, Serialize, ToSchema)]
pub struct FigureWhy {
    figure: String,
    label: String,
    value: String,
    /// In words, where it is made of other figures rather than read from a source.
    made_of: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, schema_with = crate::openapi::evidence)]
    because: Option<Evidence>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct FigureWhys {
    plan: String,
    items: Vec<FigureWhy>,
}

/// Where a figure comes from: formula, source, vintage, reference
#[utoipa::path(get, path = "/answers/{id}/why", tag = "radar", params(("id" = String, Path), FigureArgs),
    responses((status = 200, description = "The figures asked for", body = FigureWhys)))]
pub(super) async fn why(
    State(app): State<App>,
    who: Who,
    language: Language,
    Path(id): Path<String>,
    Args(args): Args<FigureArgs>,
) -> Result<Reply, Problem> {
    let document = document(&app, &who, &id).await?;
    let hall = app.hall().await?;
    let run = move || {
        with_words(language.words, Some(&hall.room.tables.economies), |words| {
            let (plan, figure) = figures::find(&document.deals, &args.figure)?;
            let mut all = figures::figures(&document.deals, plan, words);
            if let Some(name) = figure {
                all = figures::of_name(all, plan, &name)?;
            }
            let item = |it: figures::Why| FigureWhy {
                figure: it.figure,
                label: it.label,
                value: it.value,
                made_of: it.made_of,
                because: it.because,
            };
            Reply::json(&FigureWhys { plan: plan.id.clone(), items: all.into_iter().map(item).collect() })
        })
    };
    app.pool().run(run).await?
}

/// The dossier of an answer as JSON.
async fn dossier(app: &App, who: &Who, id: &str) -> Result<Bytes, Problem> {
    if id == super::SAMPLE_ID {
        return app.sample_dossier().await;
    }
    Ok(who.tenant(app).answer_dossier(&AnswerId::parse(id)?).await?.into())
}

/// Everything that the answer was decided from
#[utoipa::path(get, path = "/answers/{id}/dossier", tag = "radar", params(("id" = String, Path)),
    responses((status = 200, description = "The dossier; its SHA-256 is `deals.dossier`", body = ref("#/components/schemas/Dossier"))))]
pub(super) async fn get_dossier(
    State(app): State<App>,
    who: Who,
    Path(id): Path<String>,
) -> Result<Reply, Problem> {
    Ok(Reply::of(Entry::new(JSON, dossier(&app, &who, &id).await?)))
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Verdict {
    /// Whether deciding again gives the same deals to the last digit.
    same: bool,
    /// SHA-256 of the dossier.
    dossier: String,
    plans: usize,
    /// Places that differ, as JSON pointers; the first twenty.
    differences: Vec<String>,
    /// How many places differ.
    count: usize,
}

/// Places listed; all are counted.
const DIFFERENCES_SHOWN: usize = 20;

/// Decides again from the dossier and compares
#[utoipa::path(post, path = "/answers/{id}/verify", tag = "radar", params(("id" = String, Path)),
    responses((status = 200, description = "Whether the same came out", body = Verdict)))]
pub(super) async fn verify(
    State(app): State<App>,
    who: Who,
    Path(id): Path<String>,
) -> Result<Reply, Problem> {
    let kept = document(&app, &who, &id).await?;
    let dossier = dossier(&app, &who, &id).await?;
    let verdict = app.pool().run(move || decide_again(&kept.deals, &dossier)).await??;
    Reply::json(&verdict)
}

fn decide_again(kept: &Deals, dossier: &Bytes) -> Result<Verdict, Problem> {
    let unreadable =
        |it: serde_json::Error| Problem::internal(&format!("a kept dossier cannot be read: {it}"));
    let dossier: radar::Dossier = serde_json::from_slice(dossier).map_err(unreadable)?;
    let again = desk::scan::decided(&dossier)?;
    let json = |it: &Deals| serde_json::to_value(it).map_err(unreadable);
    let mut differences = Vec::new();
    differ(&mut String::new(), &json(kept)?, &json(&again)?, &mut differences);
    let count = differences.len();
    differences.truncate(DIFFERENCES_SHOWN);
    let dossier = again.dossier.to_string();
    Ok(Verdict { same: count == 0, dossier, plans: again.plans.len(), differences, count })
}

/// Where two JSON values differ.
fn differ(at: &mut String, left: &Value, right: &Value, out: &mut Vec<String>) {
    let mut step = |key: &str, left: &Value, right: &Value| {
        let length = at.len();
        at.push('/');
        at.push_str(key);
        differ(at, left, right, out);
        at.truncate(length);
    };
    match (left, right) {
        (Value::Object(a), Value::Object(b)) => {
            let mut keys: Vec<&String> = a.keys().chain(b.keys()).collect();
            keys.sort();
            keys.dedup();
            for key in keys {
                step(key, a.get(key).unwrap_or(&Value::Null), b.get(key).unwrap_or(&Value::Null));
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (index, (a, b)) in a.iter().zip(b).enumerate() {
                step(&index.to_string(), a, b);
            }
        }
        (a, b) if a != b => out.push(at.clone()),
        _ => {}
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DiffArgs {
    /// The later answer.
    to: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Change {
    /// need, as_of, plan, rank, landed, line, arrival or combinations.
    what: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false)]
    plan: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false)]
    line: Option<String>,
    #[schema(required)]
    before: Option<String>,
    #[schema(required)]
    after: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct AnswerDiff {
    from: String,
    to: String,
    changes: Vec<Change>,
}

/// What changed between two answers
#[utoipa::path(get, path = "/answers/{id}/diff", tag = "radar", params(("id" = String, Path), DiffArgs),
    responses((status = 200, description = "The differences, the answer's first, then plan by plan", body = AnswerDiff)))]
pub(super) async fn diff(
    State(app): State<App>,
    who: Who,
    language: Language,
    Path(id): Path<String>,
    Args(args): Args<DiffArgs>,
) -> Result<Reply, Problem> {
    let (before, after) = (document(&app, &who, &id).await?, document(&app, &who, &args.to).await?);
    let hall = app.hall().await?;
    let run = move || {
        with_words(language.words, Some(&hall.room.tables.economies), |words| {
            differences::changes(&before.deals, &after.deals, words)
        })
    };
    let changes = app.pool().run(run).await?.into_iter().map(|it| Change {
        what: it.what,
        plan: it.plan,
        line: it.line,
        before: it.before,
        after: it.after,
    });
    Reply::json(&AnswerDiff { from: id, to: args.to, changes: changes.collect() })
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PaperArgs {
    /// Only this plan; all when left out.
    #[serde(default)]
    plan: Option<String>,
    /// html, pdf or xlsx.
    #[param(inline, schema_with = crate::openapi::papers)]
    #[serde(default)]
    format: Option<String>,
}

const PDF: &str = "application/pdf";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The dossier as a document to hand on
#[utoipa::path(get, path = "/answers/{id}/paper", tag = "radar", params(("id" = String, Path), PaperArgs),
    responses((status = 200, description = "The document", content((String = "text/html"), (Vec<u8> = "application/pdf"),
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))))]
pub(super) async fn get_paper(
    State(app): State<App>,
    who: Who,
    language: Language,
    Path(id): Path<String>,
    Args(args): Args<PaperArgs>,
) -> Result<Reply, Problem> {
    let format = args.format.unwrap_or_else(|| "html".to_owned());
    if !crate::openapi::PAPERS.contains(&format.as_str()) {
        return Err(Problem::address("format", &format!("one of {}", crate::openapi::PAPERS.join(", "))));
    }
    let english = document(&app, &who, &id).await?;
    if let Some(plan) = args.plan.as_deref().filter(|it| english.plan(it).is_none()) {
        return Err(super::list::no_plan(&english, plan));
    }
    drop(english);
    let hall = app.hall().await?;
    let plan = args.plan.unwrap_or_default();
    let part = format!("paper/{format}/{}", plan.to_ascii_uppercase());
    let name = format!("periplus-{}.{format}", if plan.is_empty() { "plans" } else { &plan });
    let wanted = format.clone();
    let made = made_once(&app, &who, &id, &part, language, move |document| {
        with_words(language.words, Some(&hall.room.tables.economies), |words| {
            let only = document.plan(&plan);
            match wanted.as_str() {
                "pdf" => Ok(Entry::new(PDF, papers::pdf::answer(&document.deals, only, words)?)),
                "xlsx" => Ok(Entry::new(XLSX, papers::xlsx::answer(&document.deals, only, words)?)),
                _ => Ok(Entry::new(HTML, papers::html::answer(&document.deals, only, words).into_bytes())),
            }
        })
    });
    let reply = Reply::shared(made.await?);
    let reply = match format.as_str() {
        // The page has everything in it and may do nothing.
        "html" => reply.header(axum::http::header::CONTENT_SECURITY_POLICY, PAPER_CSP),
        _ => reply.attachment(&name),
    };
    Ok(reply)
}

const PAPER_CSP: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox";
