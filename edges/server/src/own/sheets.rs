//! Sheets of quotes: sent, mapped by hand, judged, accepted.

use std::collections::BTreeMap;

use axum::extract::{Path, Request, State};
use serde::{Deserialize, Serialize};
use store::{Sheet, SheetId, SheetState};
use utoipa::ToSchema;

use super::quote::{self, SheetReport};
use super::sheet::{Grid, SheetColumn};
use crate::app::App;
use crate::hall::Hall;
use crate::list::ListArgs;
use crate::problem::Problem;
use crate::reply::Reply;
use crate::take::{Args, Body, whole};
use crate::upload;
use crate::who::Who;

/// A quotation of a supplier is no larger.
const MOST: usize = 20 << 20;

/// A field that a column may be.
#[derive(Debug, Serialize, ToSchema)]
pub struct SheetField {
    field: &'static str,
    needed: bool,
    what: &'static str,
}

/// Fields with what they hold; a row without one that is needed is rejected.
const FIELDS: [(&str, bool, &str); 14] = [
    ("supplier", false, "name of the supplier"),
    ("hs", false, "HS code, 6 to 10 digits"),
    ("goods", false, "what the goods are, in words"),
    ("price", true, "price of a unit"),
    ("unit", true, "unit of the price: kg, t, pcs, 100 kg"),
    ("currency", true, "currency of the price: USD, CNY"),
    ("incoterm", true, "rule of delivery: FOB, EXW, CIF"),
    ("place", false, "named place of the rule: Ningbo"),
    ("country", true, "country of the supplier, unless the place says it"),
    ("lead_time", false, "days or weeks until the goods are ready"),
    ("minimum", false, "least quantity of an order, with its unit"),
    ("valid_until", false, "last day on which the price holds"),
    ("certificates", false, "certificates, with semicolons between them"),
    ("unit_weight", false, "kilograms of one unit"),
];

/// A sheet of quotes.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = QuoteSheet)]
pub struct SheetItem {
    id: String,
    name: String,
    /// mapping, checked or accepted.
    state: &'static str,
    #[schema(format = DateTime)]
    created_at: String,
    rows: usize,
    columns: Vec<SheetColumn>,
    fields: Vec<SheetField>,
    /// By field, the column that is it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false)]
    mapping: Option<BTreeMap<String, String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false)]
    report: Option<SheetReport>,
}

/// What is kept beside the bytes of a sheet.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Beside {
    rows: usize,
    columns: Vec<SheetColumn>,
    #[serde(default)]
    report: Option<SheetReport>,
}

fn item(sheet: Sheet) -> SheetItem {
    let beside: Beside = sheet.report.and_then(|it| serde_json::from_value(it).ok()).unwrap_or_default();
    let fields = FIELDS.iter().map(|it| SheetField { field: it.0, needed: it.1, what: it.2 });
    SheetItem {
        id: sheet.id.to_string(),
        name: sheet.name,
        state: match sheet.state {
            SheetState::New => "mapping",
            SheetState::Mapped => "checked",
            SheetState::Accepted => "accepted",
        },
        created_at: sheet.created_at.to_string(),
        rows: beside.rows,
        columns: beside.columns,
        fields: fields.collect(),
        mapping: sheet.mapping.and_then(|it| serde_json::from_value(it).ok()),
        report: beside.report,
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub struct SheetList {
    items: Vec<SheetItem>,
    #[schema(required)]
    next: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false)]
    total: Option<i64>,
}

/// Sheets of quotes, newest first
#[utoipa::path(get, path = "/quote-sheets", tag = "quotes", params(ListArgs),
    responses((status = 200, description = "A page", body = SheetList)))]
pub async fn list_sheets(
    State(app): State<App>,
    who: Who,
    Args(args): Args<ListArgs>,
) -> Result<Reply, Problem> {
    let found = who.tenant(&app).sheets(&args.page()?).await?;
    let items = found.items.into_iter().map(item).collect();
    Reply::json(&SheetList { items, next: found.next, total: found.total })
}

/// Sends a sheet of quotes: CSV or a workbook
///
/// Which column is what is guessed from the headers (English or Chinese) and judged at once; `PUT .../mapping` says otherwise, and
/// `POST .../accept` stores the quotes that stand.
#[utoipa::path(post, path = "/quote-sheets", tag = "quotes",
    params(("X-File-Name" = String, Header, description = "Percent-encoded")),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 201, description = "The sheet with its columns and the first report", body = SheetItem)))]
pub async fn add_sheet(State(app): State<App>, who: Who, request: Request) -> Result<Reply, Problem> {
    let name = upload::file_name(request.headers())?;
    let bytes = whole(request, MOST).await?.to_vec();
    let (hall, today) = (app.hall().await?, app.config().today());
    let (given, sent) = (name.clone(), bytes.clone());
    let read = move || {
        let grid = Grid::read(&hall, &given, sent)?;
        let mapping = grid.guessed(&hall);
        let report = judged(&hall, &grid, &given, &mapping, today)?;
        Ok::<_, Problem>(beside(&hall, &grid, Some(report)))
    };
    let beside = app.pool().run(read).await??;
    let report = serde_json::to_value(&beside).unwrap_or_default();
    let sheet = who.tenant(&app).add_sheet(&name, bytes, Some(report)).await?;
    let at = format!("/api/v1/quote-sheets/{}", sheet.id);
    Reply::created(&item(sheet), &at)
}

fn beside(hall: &Hall, grid: &Grid, report: Option<SheetReport>) -> Beside {
    Beside { rows: grid.body(), columns: grid.columns(hall), report }
}

fn judged(
    hall: &Hall,
    grid: &Grid,
    name: &str,
    mapping: &BTreeMap<String, String>,
    today: domain::Date,
) -> Result<SheetReport, Problem> {
    let mapped = grid.mapped(mapping)?;
    let (quotes, report) = quote::judge(hall, name, &mapped.rows, &mapped.lines, today);
    let (_, remarks) = quote::kept(hall, &quotes, None);
    Ok(SheetReport::of(&report, &mapped.names, &remarks))
}

/// One sheet of quotes
#[utoipa::path(get, path = "/quote-sheets/{id}", tag = "quotes", params(("id" = String, Path)),
    responses((status = 200, description = "The sheet", body = SheetItem)))]
pub async fn get_sheet(State(app): State<App>, who: Who, Path(id): Path<String>) -> Result<Reply, Problem> {
    Reply::json(&item(who.tenant(&app).sheet(&SheetId::parse(&id)?).await?))
}

/// Which column is what.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// By field, the name of the column.
    mapping: BTreeMap<String, String>,
}

/// Says which column is what, and judges every row
#[utoipa::path(put, path = "/quote-sheets/{id}/mapping", tag = "quotes", params(("id" = String, Path)), request_body = Mapping,
    responses((status = 200, description = "What would be accepted, repaired and rejected", body = SheetReport)))]
pub async fn map_sheet(
    State(app): State<App>,
    who: Who,
    Path(id): Path<String>,
    Body(sent): Body<Mapping>,
) -> Result<Reply, Problem> {
    let (id, tenant) = (SheetId::parse(&id)?, who.tenant(&app));
    let (sheet, bytes) = (tenant.sheet(&id).await?, tenant.sheet_bytes(&id).await?);
    let (hall, today) = (app.hall().await?, app.config().today());
    let mapping = sent.mapping.clone();
    let work = move || {
        let grid = Grid::read(&hall, &sheet.name, bytes)?;
        let report = judged(&hall, &grid, &sheet.name, &mapping, today)?;
        Ok::<_, Problem>(beside(&hall, &grid, Some(report)))
    };
    let beside = app.pool().run(work).await??;
    let mapping = serde_json::to_value(&sent.mapping).unwrap_or_default();
    let report = serde_json::to_value(&beside).unwrap_or_default();
    tenant.map_sheet(&id, &mapping, &report).await?;
    Reply::json(&beside.report)
}

/// What became of the rows of a sheet.
#[derive(Debug, Serialize, ToSchema)]
pub struct SheetAccepted {
    stored: usize,
    left_out: usize,
}

/// Stores the quotes of a sheet that stand
#[utoipa::path(post, path = "/quote-sheets/{id}/accept", tag = "quotes", params(("id" = String, Path)),
    responses((status = 200, description = "How many are stored", body = SheetAccepted),
        (status = 422, description = "Nothing stands, or it was accepted already", body = crate::problem::Written)))]
pub async fn accept_sheet(
    State(app): State<App>,
    who: Who,
    Path(id): Path<String>,
) -> Result<Reply, Problem> {
    let (id, tenant) = (SheetId::parse(&id)?, who.tenant(&app));
    let (sheet, bytes) = (tenant.sheet(&id).await?, tenant.sheet_bytes(&id).await?);
    let (hall, today) = (app.hall().await?, app.config().today());
    let sheet_id = id.to_string();
    let work = move || {
        let grid = Grid::read(&hall, &sheet.name, bytes)?;
        let said = sheet.mapping.and_then(|it| serde_json::from_value(it).ok());
        let mapping = said.unwrap_or_else(|| grid.guessed(&hall));
        let mapped = grid.mapped(&mapping)?;
        let (quotes, report) = quote::judge(&hall, &sheet.name, &mapped.rows, &mapped.lines, today);
        let (kept, _) = quote::kept(&hall, &quotes, Some((&sheet_id, &sheet.name)));
        Ok::<_, Problem>((kept, report.rows))
    };
    let (kept, rows) = app.pool().run(work).await??;
    if kept.is_empty() {
        return Err(Problem::refused("the sheet", "no row of it can be used"));
    }
    let stored = tenant.accept_sheet(&id, kept.into_iter().map(|it| it.1).collect()).await?.len();
    Reply::json(&SheetAccepted { stored, left_out: rows - stored })
}
