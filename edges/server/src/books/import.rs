//! A file of somebody else into a book: looked at first, then put in force; a failure leaves the old book.

use std::collections::BTreeMap;
use std::path::Path;

use axum::extract::{Request, State};
use axum::http::HeaderMap;
use domain::Finding;
use lake::import::report::Fate;
use lake::import::{self, ImportReport, Imported, Input};
use lake::{LakeError, Library, Options};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::diff::{Difference, between};
use super::edition::Edition;
use crate::app::App;
use crate::problem::{Problem, Row};
use crate::reply::Reply;
use crate::take::Args;
use crate::upload;
use crate::who::Who;

/// The largest file that is taken: a year of the world's trade has some 300 MB plain and a tenth of that packed.
const MOST: u64 = 256 << 20;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ImportArgs {
    /// Only say what would happen.
    #[param(default = false)]
    #[serde(default)]
    dry_run: Option<bool>,
}

/// What a person says about a file.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Said {
    pub name: String,
    pub kind: Option<String>,
    pub vintage: Option<String>,
    pub economy: Option<String>,
    pub encoding: Option<String>,
}

impl Said {
    fn of(headers: &HeaderMap) -> Result<Self, Problem> {
        Ok(Self {
            name: upload::file_name(headers)?,
            kind: upload::text(headers, "x-kind")?,
            vintage: upload::text(headers, "x-vintage")?,
            economy: upload::text(headers, "x-economy")?,
            encoding: upload::text(headers, "x-encoding")?,
        })
    }
}

/// One row that was not simply taken.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportRow {
    line: u64,
    column: String,
    /// repaired, set_aside or rejected.
    fate: &'static str,
    reason: String,
    found: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false)]
    repaired_to: Option<String>,
}

/// How many rows met one fate for one reason.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportReason {
    fate: &'static str,
    reason: String,
    rows: u64,
}

/// What an import did, or would do. `read = accepted + repaired + set_aside + rejected`.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportAnswer {
    kind: String,
    book: String,
    edition: String,
    /// Whether the very same tables are in force already.
    unchanged: bool,
    dry_run: bool,
    read: u64,
    accepted: u64,
    repaired: u64,
    set_aside: u64,
    rejected: u64,
    reasons: Vec<ImportReason>,
    rows: Vec<ImportRow>,
    #[schema(schema_with = crate::openapi::findings)]
    findings: Vec<Finding>,
    difference: Difference,
}

/// Imports a file into a book
///
/// The body is the file, plain or packed (zip, gzip, zstd). What it is is guessed unless `X-Kind` says it. With `dry_run=true`
/// nothing changes, and the report says what would.
#[utoipa::path(post, path = "/books/import", tag = "books",
    params(ImportArgs, ("X-File-Name" = String, Header, description = "Percent-encoded"), ("X-Kind" = Option<String>, Header),
        ("X-Vintage" = Option<String>, Header), ("X-Economy" = Option<String>, Header), ("X-Encoding" = Option<String>, Header)),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, description = "Every row accounted for", body = ImportAnswer),
        (status = 409, description = "Another change is under way", body = crate::problem::Written),
        (status = 422, description = "Nothing of the file can be used", body = crate::problem::Written)))]
pub async fn import_book(
    State(app): State<App>,
    who: Who,
    Args(args): Args<ImportArgs>,
    request: Request,
) -> Result<Reply, Problem> {
    let said = Said::of(request.headers())?;
    let file = upload::to_file(&app, request, MOST).await?;
    let dry_run = args.dry_run.unwrap_or(false);
    let answer = import_file(&app, &who, said, file, dry_run).await?;
    Reply::json(&answer)
}

/// Imports an uploaded file; also for work in the background.
///
/// # Errors
/// The file cannot be used, or the book cannot be written.
pub async fn import_file(
    app: &App,
    who: &Who,
    said: Said,
    file: upload::Uploaded,
    dry_run: bool,
) -> Result<ImportAnswer, Problem> {
    let _turn = app.turn().await;
    let dir = app.config().data_dir.clone();
    let work = move || import(&dir, &said, &file, dry_run);
    let (answer, installed) = app.heavy().run(work).await??;
    if let Some(done) = installed.filter(|it| !it.unchanged) {
        super::change::changed(app, who, &done).await?;
    }
    Ok(answer)
}

type Done = (ImportAnswer, Option<lake::books::Installed>);

fn import(dir: &Path, said: &Said, file: &upload::Uploaded, dry_run: bool) -> Result<Done, Problem> {
    let mut library = Library::open(dir)?;
    let options = options(&library, said)?;
    let input = Input::new(&said.name, file.read()?)?;
    let made = import::import(said.kind.as_deref(), &input, &options).map_err(|it| unusable(&it))?;
    drop(input);
    let report = made.report.clone();
    let edition = made.source.edition();
    let difference = difference(&library, &made, &edition);
    let same = library.has(&made.book) && library.edition(&made.book)? == edition;
    let installed = if dry_run { None } else { Some(library.install(made)?) };
    let mut answer = answer(report, edition, difference, dry_run);
    answer.unchanged = installed.as_ref().map_or(same, |it| it.unchanged);
    if let Some(done) = &installed {
        answer.edition.clone_from(&done.edition);
        answer.findings.extend(done.findings.iter().cloned());
    }
    Ok((answer, installed))
}

fn options(library: &Library, said: &Said) -> Result<Options, Problem> {
    let mut options = library.options();
    options.encoding.clone_from(&said.encoding);
    options.vintage.clone_from(&said.vintage);
    if let Some(word) = &said.economy {
        options.economy = Some(desk::books::economy(&*desk::books::economies(library)?, word)?);
    }
    Ok(options)
}

/// A file of which nothing can be used; its reasons as rows.
fn unusable(error: &LakeError) -> Problem {
    let problem = Problem::from(desk::books::lake_fault(error));
    match error {
        LakeError::AllRejected { reasons, .. } => {
            let rows = reasons.split(", ").map(|it| Row { line: 0, column: None, text: it.to_owned() });
            problem.with_rows(rows.collect())
        }
        _ => problem,
    }
}

/// Against the edition in force: the tables that the file brings.
fn difference(library: &Library, made: &Imported, edition: &str) -> Difference {
    let new: BTreeMap<String, String> = made.tables.iter().cloned().collect();
    let mut old = BTreeMap::new();
    let mut from = String::new();
    if library.has(&made.book) {
        from = library.edition(&made.book).unwrap_or_default();
        let whole = || library.tables(&made.book).unwrap_or_default();
        let files: Vec<String> = if made.keeps_others { new.keys().cloned().collect() } else { whole() };
        let found = Edition::find(library, &made.book, &from);
        for file in files {
            if let Some(text) = found.as_ref().ok().and_then(|it| it.table(&file).ok()) {
                old.insert(file, text.into_owned());
            }
        }
    }
    let mut found = between(&old, &new);
    (found.book, found.from, found.to) = (made.book.clone(), from, edition.to_owned());
    found
}

fn answer(report: ImportReport, edition: String, difference: Difference, dry_run: bool) -> ImportAnswer {
    let rows = report.rows.into_iter().map(|it| ImportRow {
        line: it.line,
        column: it.column,
        fate: fate(it.fate),
        reason: it.reason,
        found: it.found,
        repaired_to: it.repaired_to,
    });
    let reasons = report.reasons.into_iter().map(|it| ImportReason {
        fate: fate(it.fate),
        reason: it.reason,
        rows: it.rows,
    });
    ImportAnswer {
        kind: report.kind,
        book: report.book,
        edition,
        unchanged: false,
        dry_run,
        read: report.rows_read,
        accepted: report.accepted,
        repaired: report.repaired,
        set_aside: report.set_aside,
        rejected: report.rejected,
        reasons: reasons.collect(),
        rows: rows.collect(),
        findings: report.findings,
        difference,
    }
}

fn fate(fate: Fate) -> &'static str {
    match fate {
        Fate::Repaired => "repaired",
        Fate::SetAside => "set_aside",
        Fate::Rejected => "rejected",
    }
}
