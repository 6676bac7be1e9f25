//! What stands beside the API: whether the server lives, what it speaks, what a code means, and who asks.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use desk::explain;
use desk::screen::clean;
use serde::Serialize;
use std::fmt::Write as _;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::lang::{Language, with_words};
use crate::problem::Problem;
use crate::reply::{Entry, HTML, Reply, TEXT};

pub(crate) fn routes() -> axum::Router<App> {
    use axum::routing::get;
    axum::Router::new()
        .route("/healthz", get(healthz))
        .route("/readyz", get(readyz))
        .route("/api/openapi.json", get(openapi))
        .route("/errors/{code}", get(error_page))
}

pub(crate) fn api() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_codes)).routes(routes!(get_code))
}

/// The process runs.
async fn healthz() -> Reply {
    Reply::of(Entry::new(TEXT, "ok\n"))
}

/// The books are open and the store answers.
async fn readyz(State(app): State<App>) -> Reply {
    let not_yet =
        |text: &'static str| Reply::of(Entry::new(TEXT, text)).status(StatusCode::SERVICE_UNAVAILABLE);
    match app.is_ready() {
        Some(Ok(())) if app.platform().store().ping().await.is_ok() => Reply::of(Entry::new(TEXT, "ready\n")),
        Some(Ok(())) => not_yet("the store does not answer\n"),
        Some(Err(_)) => not_yet("a book cannot be opened\n"),
        None => not_yet("books are being opened\n"),
    }
}

async fn openapi(State(app): State<App>) -> Result<Reply, Problem> {
    let spec = app.spec().ok_or_else(|| Problem::internal("the API was not described"))?;
    Ok(Reply::shared(std::sync::Arc::clone(&spec.entry)))
}

/// The page to which the `type` of a problem leads.
async fn error_page(language: Language, Path(code): Path<String>) -> Result<Reply, Problem> {
    let found = explain::find(&code).ok_or_else(|| Problem::not_found("code", &code))?;
    let mut body = format!("<h1>{} {}</h1>", clean::html(found.code), clean::html(found.title));
    for part in found.text.split("\n\n").chain(found.mend) {
        let _ = write!(body, "<p>{}</p>", clean::html(part));
    }
    let title = format!("{} {}", found.code, found.title);
    let page = with_words(language.words, None, |words| desk::html::page(words, &title, &body));
    Ok(Reply::of(Entry::new(HTML, page)))
}

/// What a code means.
#[derive(Debug, Serialize, ToSchema)]
#[expect(clippy::struct_field_names, reason = "the names of the API")]
pub struct Code {
    #[schema(example = "PRP-1203")]
    code: &'static str,
    title: &'static str,
    text: &'static str,
    /// How to mend it.
    #[schema(required)]
    mend: Option<&'static str>,
}

/// A code in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct CodeItem {
    code: &'static str,
    title: &'static str,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct CodeList {
    items: Vec<CodeItem>,
}

/// All codes of errors and findings
#[utoipa::path(get, path = "/explain", tag = "words", responses((status = 200, description = "Codes, in order", body = CodeList)))]
async fn list_codes() -> Result<Reply, Problem> {
    let items = explain::entries().iter().map(|it| CodeItem { code: it.code, title: it.title });
    Reply::json(&CodeList { items: items.collect() })
}

/// What an error or finding means and how to mend it
#[utoipa::path(get, path = "/explain/{code}", tag = "words", params(("code" = String, Path, description = "PRP-1203, or 1203")),
    responses((status = 200, description = "The code", body = Code)))]
async fn get_code(Path(code): Path<String>) -> Result<Reply, Problem> {
    let it = explain::find(&code).ok_or_else(|| Problem::not_found("code", &code))?;
    Reply::json(&Code { code: it.code, title: it.title, text: it.text, mend: it.mend })
}
