//! Tables of a book, page by page, and whole for other programs.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use desk::sheet::{Cell, Column, Kind, Sheet};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::app::App;
use crate::hall::Hall;
use crate::lang::{Language, with_words};
use crate::list::{self, Cursor};
use crate::problem::Problem;
use crate::reply::{Entry, Reply};
use crate::tables::Shape;
use crate::take::Args;
use crate::who::Who;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RowArgs {
    /// Words that the rows hold.
    #[param(max_length = 200)]
    #[serde(default)]
    q: Option<String>,
    #[serde(default)]
    cursor: Option<String>,
    #[param(minimum = 1, maximum = 500, default = 50)]
    #[serde(default)]
    limit: Option<usize>,
    /// json is a page; csv, xlsx, parquet and arrow are the whole table (what the filter lets through).
    #[param(inline, schema_with = crate::openapi::shapes)]
    #[serde(default)]
    format: Option<String>,
}

/// A page of a table.
#[derive(Debug, Serialize, ToSchema)]
pub struct TablePage {
    header: Vec<String>,
    /// Rows, cell by cell, in the order of the header.
    items: Vec<Vec<String>>,
    #[schema(required)]
    next: Option<String>,
    /// Rows that the filter lets through.
    total: usize,
}

/// A workbook holds no more rows (and the header).
const XLSX_ROWS: usize = 1_048_575;
/// No table is sent whole in formats that are made in memory beyond this.
const ROWS: usize = 3_000_000;

/// A table of a book
#[utoipa::path(get, path = "/books/{name}/tables/{file}", tag = "books",
    params(("name" = String, Path, example = "rates"), ("file" = String, Path, example = "rates.csv"), RowArgs),
    responses((status = 200, description = "A page, or the whole table", content(
        (TablePage = "application/json"), (String = "text/csv"),
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (Vec<u8> = "application/vnd.apache.parquet"), (Vec<u8> = "application/vnd.apache.arrow.stream"))),
        (status = 406, description = "No such format", body = crate::problem::Written),
        (status = 422, description = "The table is too large for this format", body = crate::problem::Written)))]
pub async fn get_table(
    State(app): State<App>,
    _who: Who,
    language: Language,
    headers: HeaderMap,
    Path((name, file)): Path<(String, String)>,
    Args(args): Args<RowArgs>,
) -> Result<Reply, Problem> {
    let shape = Shape::asked(args.format.as_deref(), &headers)?;
    let limit = list::limit(args.limit)?;
    let from = Cursor::offset(args.cursor.as_deref())?;
    let hall = app.hall().await?;
    let q = args.q.unwrap_or_default().to_lowercase();
    if shape == Shape::Json {
        let page = app.pool().run(move || page(&hall, &name, &file, &q, from, limit)).await??;
        return Reply::json(&page);
    }
    let as_name = format!("{}.{}", file.rsplit_once('.').map_or(file.as_str(), |it| it.0), shape.word());
    let whole = move || whole(&hall, &name, &file, &q, shape, language);
    let entry = app.heavy().run(whole).await??;
    Ok(Reply::of(entry).attachment(&as_name))
}

fn page(
    hall: &Arc<Hall>,
    book: &str,
    file: &str,
    q: &str,
    from: usize,
    limit: usize,
) -> Result<TablePage, Problem> {
    let text = hall.room.library.table(book, file)?;
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|it| unreadable(&it))?.iter().map(str::to_owned).collect();
    let mut record = csv::StringRecord::new();
    let (mut items, mut total) = (Vec::new(), 0_usize);
    while reader.read_record(&mut record).map_err(|it| unreadable(&it))? {
        if !holds(&record, q) {
            continue;
        }
        if total >= from && items.len() < limit {
            items.push(record.iter().map(str::to_owned).collect());
        }
        total += 1;
    }
    let end = from + items.len();
    let next = (end < total && !items.is_empty()).then(|| Cursor(end.to_string()).write());
    Ok(TablePage { header, items, next, total })
}

fn holds(record: &csv::StringRecord, q: &str) -> bool {
    q.is_empty() || record.iter().any(|it| it.to_lowercase().contains(q))
}

fn unreadable(error: &csv::Error) -> Problem {
    Problem::internal(&format!("a table in force cannot be read: {error}"))
}

fn whole(
    hall: &Arc<Hall>,
    book: &str,
    file: &str,
    q: &str,
    shape: Shape,
    language: Language,
) -> Result<Entry, Problem> {
    let text = hall.room.library.table(book, file)?;
    if shape == Shape::Csv && q.is_empty() {
        // As it is: nothing is read into cells and written again.
        return Ok(Entry::new(shape.kind(), text.into_owned()));
    }
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let names: Vec<String> =
        reader.headers().map_err(|it| unreadable(&it))?.iter().map(str::to_owned).collect();
    let columns = names.iter().map(|it| Column { key: it.clone(), title: it.clone(), kind: Kind::Text });
    let mut sheet = Sheet::new("table", columns.collect());
    let most = if shape == Shape::Xlsx { XLSX_ROWS } else { ROWS };
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(|it| unreadable(&it))? {
        if !holds(&record, q) {
            continue;
        }
        if sheet.rows.len() == most {
            return Err(Problem::refused(
                "format",
                &format!("more than {most} rows; ask for csv, or filter with q"),
            ));
        }
        let cell = |at| Cell::text(record.get(at).unwrap_or_default());
        sheet.rows.push((0..names.len()).map(cell).collect());
    }
    with_words(language.words, None, |words| shape.entry(&sheet, words))
}
