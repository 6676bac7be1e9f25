//! Quotes of suppliers: listed, written, changed, and as they enter scans.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use desk::quotes::Brought;
use domain::{Date, Finding, Need};
use market::quotes::{NoteKind, offers_for};
use serde::{Deserialize, Serialize};
use store::{Quote, QuoteFilter, QuoteId};
use utoipa::{IntoParams, ToSchema};

use super::quote::{self, FromSheet, KeptQuote, QuoteSent, QuoteText, header};
use crate::app::App;
use crate::hall::Hall;
use crate::lang::Language;
use crate::list::ListArgs;
use crate::problem::Problem;
use crate::reply::{Reply, json_entry};
use crate::take::{Args, Body, version};
use crate::who::Who;

/// What the organisation's quotes give for the goods of a need.
///
/// # Errors
/// The store does not answer.
pub async fn brought(app: &App, who: &Who, need: &Need) -> Result<Brought, Problem> {
    let kept = who.tenant(app).quotes_for_scan(&need.hs.to_string()).await?;
    if kept.is_empty() {
        return Ok(Brought::default());
    }
    let (hall, hs, today) = (app.hall().await?, need.hs, app.config().today());
    app.pool().run(move || as_offers(&hall, kept, hs, today)).await
}

/// Offers of kept quotes, sheet by sheet, with what is to be said of them.
fn as_offers(hall: &Hall, kept: Vec<Quote>, hs: domain::HsCode, today: Date) -> Brought {
    let mut by_sheet: BTreeMap<String, Vec<(usize, Vec<String>)>> = BTreeMap::new();
    for (at, it) in kept.into_iter().enumerate() {
        let Ok(kept) = serde_json::from_value::<KeptQuote>(it.quote) else { continue };
        let (name, line) = kept.sheet.map_or(("quotes".to_owned(), at + 1), |it| (it.name, it.line as usize));
        by_sheet.entry(name).or_default().push((line, kept.text.cells()));
    }
    let mut all = Brought::default();
    for (name, mut rows) in by_sheet {
        rows.sort();
        let lines: Vec<usize> = std::iter::once(0).chain(rows.iter().map(|it| it.0)).collect();
        let cells: Vec<Vec<String>> =
            std::iter::once(header()).chain(rows.into_iter().map(|it| it.1)).collect();
        let (quotes, report) = quote::judge(hall, &name, &cells, &lines, today);
        let offers = offers_for(&quotes, hs);
        let used = |line: usize| {
            quotes.iter().any(|it| it.line == line && !offers_for(std::slice::from_ref(it), hs).is_empty())
        };
        let notes = report.notes.iter().filter(|it| it.kind != NoteKind::Rejection && used(it.line));
        let findings = notes.map(|it| {
            let mut finding = it.finding.clone();
            finding.text = format!("{name}, line {}: {}", it.line, finding.text);
            finding
        });
        all.add(Brought { findings: findings.collect(), offers });
    }
    all
}

/// A quote.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Quote)]
pub struct QuoteItem {
    id: String,
    version: i64,
    #[serde(flatten)]
    text: QuoteText,
    /// Whether it is no longer valid today.
    expired: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false)]
    sheet: Option<FromSheet>,
    #[schema(format = DateTime)]
    updated_at: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false, schema_with = crate::openapi::findings)]
    findings: Vec<Finding>,
}

fn item(it: Quote, today: Date, findings: Vec<Finding>) -> QuoteItem {
    let kept = serde_json::from_value::<KeptQuote>(it.quote);
    let kept = kept.unwrap_or_else(|_| KeptQuote { text: QuoteText::default(), sheet: None });
    QuoteItem {
        id: it.id.to_string(),
        version: it.version,
        expired: kept.text.expired(today),
        text: kept.text,
        sheet: kept.sheet,
        updated_at: it.updated_at.to_string(),
        findings,
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub struct QuoteList {
    items: Vec<QuoteItem>,
    #[schema(required)]
    next: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false)]
    total: Option<i64>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct QuoteArgs {
    #[param(max_length = 200)]
    #[serde(default)]
    q: Option<String>,
    /// The code begins so.
    #[param(max_length = 12)]
    #[serde(default)]
    hs: Option<String>,
    #[param(max_length = 200)]
    #[serde(default)]
    supplier: Option<String>,
    #[serde(default)]
    cursor: Option<String>,
    #[param(minimum = 1, maximum = 500, default = 50)]
    #[serde(default)]
    limit: Option<usize>,
}

/// Quotes of the organisation, newest first
#[utoipa::path(get, path = "/quotes", tag = "quotes", params(QuoteArgs),
    responses((status = 200, description = "A page", body = QuoteList)))]
pub async fn list_quotes(
    State(app): State<App>,
    who: Who,
    Args(args): Args<QuoteArgs>,
) -> Result<Reply, Problem> {
    let page = ListArgs { q: args.q, cursor: args.cursor, limit: args.limit }.page()?;
    let filter = QuoteFilter { hs: args.hs, supplier: args.supplier, sheet: None };
    let found = who.tenant(&app).quotes(&filter, &page).await?;
    let today = app.config().today();
    let items = found.items.into_iter().map(|it| item(it, today, Vec::new())).collect();
    Reply::json(&QuoteList { items, next: found.next, total: found.total })
}

/// Writes a quote
#[utoipa::path(post, path = "/quotes", tag = "quotes", request_body = QuoteSent,
    responses((status = 201, description = "The quote as it was understood", body = QuoteItem)))]
pub async fn add_quote(
    State(app): State<App>,
    who: Who,
    Body(sent): Body<QuoteSent>,
) -> Result<Reply, Problem> {
    let (hall, today) = (app.hall().await?, app.config().today());
    let (new, findings) =
        app.pool().run(move || quote::judge_one(&hall, &sent.into(), None, today)).await??;
    let made = who.tenant(&app).add_quote(new).await?;
    let at = format!("/api/v1/quotes/{}", made.id);
    Reply::created(&item(made, today, findings), &at)
}

/// One quote
#[utoipa::path(get, path = "/quotes/{id}", tag = "quotes", params(("id" = String, Path)),
    responses((status = 200, description = "The quote", body = QuoteItem)))]
pub async fn get_quote(State(app): State<App>, who: Who, Path(id): Path<String>) -> Result<Reply, Problem> {
    let found = who.tenant(&app).quote(&QuoteId::parse(&id)?).await?;
    shown(&app, found, Vec::new())
}

fn shown(app: &App, quote: Quote, findings: Vec<Finding>) -> Result<Reply, Problem> {
    let version = quote.version;
    let entry = json_entry(&item(quote, app.config().today(), findings))?;
    Ok(Reply::of(entry.with_version(version)))
}

/// Changes of a quote: fields that are there replace those that were; null takes one away.
#[derive(Debug, Deserialize, ToSchema)]
pub struct QuoteChange {
    /// The version that is changed, when `If-Match` does not say it.
    #[serde(default)]
    version: Option<i64>,
    #[serde(flatten)]
    #[schema(value_type = QuoteText)]
    fields: serde_json::Map<String, serde_json::Value>,
}

/// Changes a quote
#[utoipa::path(patch, path = "/quotes/{id}", tag = "quotes", params(("id" = String, Path), ("If-Match" = Option<String>, Header)),
    request_body = QuoteChange,
    responses((status = 200, description = "The quote as it is now", body = QuoteItem),
        (status = 412, description = "It was changed in the meantime", body = crate::problem::Written),
        (status = 428, description = "Which version is changed is not said", body = crate::problem::Written)))]
pub async fn change_quote(
    State(app): State<App>,
    who: Who,
    _language: Language,
    Path(id): Path<String>,
    headers: HeaderMap,
    Body(sent): Body<QuoteChange>,
) -> Result<Reply, Problem> {
    let (id, version) = (QuoteId::parse(&id)?, version(&headers, sent.version)?);
    let tenant = who.tenant(&app);
    let old: KeptQuote = serde_json::from_value(tenant.quote(&id).await?.quote)
        .map_err(|it| Problem::internal(&format!("a kept quote cannot be read: {it}")))?;
    let mut merged = serde_json::to_value(&old.text).unwrap_or_default();
    for (name, value) in sent.fields {
        merged[&name] = value;
    }
    let text: QuoteSent = crate::take::read_json(merged.to_string().as_bytes())?;
    let (hall, today) = (app.hall().await?, app.config().today());
    let judged = app.pool().run(move || quote::judge_one(&hall, &text.into(), old.sheet, today)).await?;
    let (new, findings) = judged?;
    let changed = tenant.update_quote(&id, version, new).await?;
    shown(&app, changed, findings)
}

/// Throws a quote away
#[utoipa::path(delete, path = "/quotes/{id}", tag = "quotes", params(("id" = String, Path)),
    responses((status = 204, description = "It enters no scan any more")))]
pub async fn delete_quote(
    State(app): State<App>,
    who: Who,
    Path(id): Path<String>,
) -> Result<Reply, Problem> {
    who.tenant(&app).delete_quote(&QuoteId::parse(&id)?).await?;
    Ok(Reply::nothing())
}

/// A supplier: those whose quotes name it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Supplier)]
pub struct Supplying {
    name: String,
    economy: String,
    economy_name: String,
    quotes: i64,
    /// Quotes that are no longer valid.
    expired: i64,
    /// When the last quote came.
    #[schema(format = DateTime)]
    last: String,
    hs: Vec<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct SupplierList {
    items: Vec<Supplying>,
    #[schema(required)]
    next: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false)]
    total: Option<i64>,
}

/// Suppliers whose quotes are kept
#[utoipa::path(get, path = "/suppliers", tag = "quotes", params(ListArgs),
    responses((status = 200, description = "A page", body = SupplierList)))]
pub async fn list_supplying(
    State(app): State<App>,
    who: Who,
    language: Language,
    Args(args): Args<ListArgs>,
) -> Result<Reply, Problem> {
    let tenant = who.tenant(&app);
    let found = tenant.suppliers(&args.page()?).await?;
    let (hall, today) = (app.hall().await?, app.config().today());
    let economies = &hall.room.tables.economies;
    let mut items = Vec::new();
    for it in found.items {
        let filter = QuoteFilter { supplier: Some(it.name.clone()), ..QuoteFilter::default() };
        let own = tenant.quotes(&filter, &store::Page::first(500)).await?;
        let expired = own.items.into_iter().filter(|quote| quote.economy == it.economy);
        let expired = expired.filter(|it| item(it.clone(), today, Vec::new()).expired).count() as i64;
        let economy_name =
            it.economy.parse().map(|it| desk::books::economy_name(economies, it, language.words));
        items.push(Supplying {
            economy_name: economy_name.unwrap_or_else(|_| it.economy.clone()),
            name: it.name,
            economy: it.economy,
            quotes: it.quotes,
            expired,
            last: it.last.to_string(),
            hs: it.hs,
        });
    }
    Reply::json(&SupplierList { items, next: found.next, total: found.total })
}
