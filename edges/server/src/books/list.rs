//! Which books are in force, and what stands behind each.

use std::sync::Arc;

use axum::extract::{Path, State};
use desk::books::{age_days, old_after};
use domain::Date;
use lake::books::{BUNDLED, BookStatus, Health, Origin, SourceToml};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::edition::{self, Edition};
use crate::app::App;
use crate::hall::Hall;
use crate::problem::Problem;
use crate::reply::Reply;
use crate::take::Args;
use crate::who::Who;

/// A book in a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BookItem {
    name: String,
    title: String,
    publisher: String,
    edition: String,
    vintage: String,
    /// What the figures speak of: the vintage.
    as_of: String,
    licence: String,
    #[schema(required)]
    licence_url: Option<String>,
    /// observed, benchmark, modelled or assumed.
    basis: String,
    rows: u64,
    bytes: u64,
    imported: bool,
    #[schema(required)]
    imported_at: Option<String>,
    /// How many editions are kept, the one in force counted.
    editions: usize,
    /// ok, old, damaged or missing.
    health: &'static str,
    health_text: String,
    #[schema(required)]
    age_days: Option<i32>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct BookList {
    items: Vec<BookItem>,
}

/// A file from which a book was made.
#[derive(Debug, Serialize, ToSchema)]
pub struct BookInput {
    file: String,
    sha256: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false)]
    publisher: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false)]
    licence: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct BookTable {
    file: String,
    rows: u64,
    columns: Vec<String>,
}

/// A book in full.
#[derive(Debug, Serialize, ToSchema)]
pub struct Book {
    #[serde(flatten)]
    item: BookItem,
    /// How it was made and what was left out.
    how: String,
    made_by: String,
    inputs: Vec<BookInput>,
    tables: Vec<BookTable>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct BookArgs {
    /// Words in its name, title or publisher.
    #[param(max_length = 200)]
    #[serde(default)]
    q: Option<String>,
}

/// Books without which no need can be answered.
const NEEDED: [&str; 7] = ["economies", "flows", "hs", "places", "ports", "rates", "sea-network"];

/// Books in force
#[utoipa::path(get, path = "/books", tag = "books", params(BookArgs),
    responses((status = 200, description = "Books", body = BookList)))]
pub async fn list_books(
    State(app): State<App>,
    _who: Who,
    Args(args): Args<BookArgs>,
) -> Result<Reply, Problem> {
    let hall = app.hall().await?;
    let today = app.config().today();
    let q = args.q.unwrap_or_default().to_lowercase();
    let mut items = app.pool().run(move || items(&hall, today)).await?;
    let has = |it: &BookItem| {
        [&it.name, &it.title, &it.publisher].iter().any(|text| text.to_lowercase().contains(&q))
    };
    items.retain(has);
    Reply::json(&BookList { items })
}

fn items(hall: &Hall, today: Date) -> Vec<BookItem> {
    let library = &hall.room.library;
    let status = hall.book_status();
    let mut items: Vec<BookItem> = status
        .iter()
        .map(|it| item(it, library.source_toml(&it.book).ok(), imported_at(hall, &it.book), today))
        .collect();
    for name in NEEDED.iter().filter(|it| !library.has(it)) {
        items.push(missing(name));
    }
    items
}

fn item(
    status: &BookStatus,
    source: Option<SourceToml>,
    imported_at: Option<String>,
    today: Date,
) -> BookItem {
    let age = age_days(&status.vintage, today);
    let old = age.is_some_and(|days| days > old_after(&status.book));
    let (health, health_text) = match &status.health {
        Health::Damaged(why) => ("damaged", why.clone()),
        _ if old => ("old", format!("its figures are {} days old", age.unwrap_or_default())),
        Health::Sound => ("ok", "every table is what its source says".to_owned()),
        Health::Unchecked => ("ok", String::new()),
    };
    BookItem {
        name: status.book.clone(),
        title: status.title.clone(),
        publisher: status.publisher.clone(),
        edition: status.edition.clone(),
        vintage: status.vintage.clone(),
        as_of: status.vintage.clone(),
        licence: status.licence.clone(),
        licence_url: source.as_ref().and_then(|it| it.licence_url.clone()),
        basis: source.map(|it| it.basis.word().to_owned()).unwrap_or_default(),
        rows: status.rows,
        bytes: status.bytes,
        imported: status.origin == Origin::Imported,
        imported_at: imported_at.filter(|_| status.origin == Origin::Imported),
        editions: 1 + status.older.len(),
        health,
        health_text,
        age_days: age,
    }
}

fn missing(name: &str) -> BookItem {
    BookItem {
        name: name.to_owned(),
        title: name.to_owned(),
        publisher: String::new(),
        edition: String::new(),
        vintage: String::new(),
        as_of: String::new(),
        licence: String::new(),
        licence_url: None,
        basis: String::new(),
        rows: 0,
        bytes: 0,
        imported: false,
        imported_at: None,
        editions: 0,
        health: "missing",
        health_text: "no need can be answered without it".to_owned(),
        age_days: None,
    }
}

/// When the edition in force was put there, from the history that the library keeps.
fn imported_at(hall: &Hall, book: &str) -> Option<String> {
    let lines = hall.room.library.history(book).ok()?;
    lines.last()?.split_once(' ').map(|it| it.0.to_owned())
}

/// One book with what stands behind it
#[utoipa::path(get, path = "/books/{name}", tag = "books", params(("name" = String, Path, example = "rates")),
    responses((status = 200, description = "The book", body = Book)))]
pub async fn get_book(State(app): State<App>, _who: Who, Path(name): Path<String>) -> Result<Reply, Problem> {
    let (hall, today) = (app.hall().await?, app.config().today());
    let book = app.pool().run(move || book(&hall, &name, today)).await??;
    Reply::json(&book)
}

fn book(hall: &Hall, name: &str, today: Date) -> Result<Book, Problem> {
    let library = &hall.room.library;
    let source = library.source_toml(name)?;
    let status = library.status_of(name, false);
    let inputs = source.inputs.iter().map(|it| BookInput {
        file: it.file.clone(),
        sha256: it.sha256.clone(),
        publisher: it.publisher.clone(),
        licence: it.licence.clone(),
    });
    let tables = source.tables.iter().map(|it| {
        let columns = library.table(name, &it.file).map(|text| header(&text)).unwrap_or_default();
        BookTable { file: it.file.clone(), rows: it.rows, columns }
    });
    Ok(Book {
        how: source.how.clone(),
        made_by: source.made_by.clone(),
        inputs: inputs.collect(),
        tables: tables.collect(),
        item: item(&status, Some(source), imported_at(hall, name), today),
    })
}

/// The names of the columns of a table.
pub fn header(text: &str) -> Vec<String> {
    let line = text.lines().next().unwrap_or_default();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(line.as_bytes());
    let mut record = csv::StringRecord::new();
    match reader.read_record(&mut record) {
        Ok(true) => record.iter().map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

/// An edition of a book.
#[derive(Debug, Serialize, ToSchema)]
pub struct EditionItem {
    edition: String,
    vintage: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false)]
    retrieved: Option<String>,
    rows: u64,
    in_force: bool,
    imported: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false)]
    file: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct EditionList {
    items: Vec<EditionItem>,
    /// What was installed and rolled back, oldest first.
    history: Vec<String>,
}

/// Editions of a book, the one in force first
#[utoipa::path(get, path = "/books/{name}/editions", tag = "books", params(("name" = String, Path, example = "rates")),
    responses((status = 200, description = "Editions", body = EditionList)))]
pub async fn list_editions(
    State(app): State<App>,
    _who: Who,
    Path(name): Path<String>,
) -> Result<Reply, Problem> {
    let hall = app.hall().await?;
    let list = app.pool().run(move || editions(&hall, &name)).await??;
    Reply::json(&list)
}

fn editions(hall: &Arc<Hall>, book: &str) -> Result<EditionList, Problem> {
    let library = &hall.room.library;
    let names = edition::names(library, book)?;
    let imported = library.status_of(book, false).origin == Origin::Imported;
    let mut items = Vec::new();
    for (at, name) in names.iter().enumerate() {
        let source = Edition::find(library, book, name)?.source()?;
        items.push(EditionItem {
            edition: name.clone(),
            rows: source.tables.iter().map(|it| it.rows).sum(),
            file: source.inputs.first().map(|it| it.file.clone()),
            vintage: source.vintage,
            retrieved: source.retrieved,
            in_force: at == 0,
            imported: if at == 0 { imported } else { name != BUNDLED },
        });
    }
    Ok(EditionList { items, history: library.history(book)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_read_with_its_quotes() {
        assert_eq!(header("a,\"b,c\",d\n1,2,3"), ["a", "b,c", "d"]);
    }
}
