//! A table of figures that can be written in every format: one definition, seven writers.

use std::fmt::Write as _;

use std::io::{self, Write};

use domain::{Date, Money};
use rust_decimal::Decimal;

use crate::fault::{Exit, Fault};
use crate::screen::grid::{Grid, Head};
use crate::screen::{Page, Role, clean};
use crate::words::Words;

mod parquet;
mod xlsx;

/// How an answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Table,
    Json,
    Jsonl,
    Csv,
    Parquet,
    Xlsx,
    Html,
    /// Only for papers: a table of figures has no pages.
    Pdf,
}

impl Format {
    pub const ALL: [Self; 8] =
        [Self::Table, Self::Json, Self::Jsonl, Self::Csv, Self::Parquet, Self::Xlsx, Self::Html, Self::Pdf];

    pub fn word(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Parquet => "parquet",
            Self::Xlsx => "xlsx",
            Self::Html => "html",
            Self::Pdf => "pdf",
        }
    }

    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.word() == word)
    }

    /// Bytes that would upset a terminal.
    pub fn is_binary(self) -> bool {
        matches!(self, Self::Parquet | Self::Xlsx | Self::Pdf)
    }
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    /// Text that is never broken on a screen.
    Code,
    Whole,
    /// A float shown with this many decimals on a screen, in full elsewhere.
    Real(usize),
    Exact,
    Day,
}

/// A column: `key` names it in files, `title` on a screen.
#[derive(Clone, Debug)]
pub struct Column {
    pub key: String,
    pub title: String,
    pub kind: Kind,
}

/// One value. Unknown is said, not left out.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Text(String),
    Whole(i64),
    Real(f64),
    Exact(Decimal),
    Day(Date),
    Unknown,
}

impl Cell {
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub fn maybe<T>(value: Option<T>, cell: impl FnOnce(T) -> Self) -> Self {
        value.map_or(Self::Unknown, cell)
    }

    pub fn money(money: Money) -> Self {
        Self::Exact(money.to_decimal())
    }

    /// For CSV and JSON lines of text.
    fn written(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Whole(value) => value.to_string(),
            Self::Real(value) => real(*value),
            Self::Exact(value) => value.to_string(),
            Self::Day(day) => day.to_string(),
            Self::Unknown => "unknown".to_owned(),
        }
    }

    fn json(&self) -> serde_json::Value {
        use serde_json::Value;
        match self {
            Self::Text(text) => Value::from(text.as_str()),
            Self::Whole(value) => Value::from(*value),
            Self::Real(value) => Value::from(*value),
            Self::Exact(value) => Value::from(value.to_string()),
            Self::Day(day) => Value::from(day.to_string()),
            Self::Unknown => Value::Null,
        }
    }
}

/// A table written as text into a file is not broken.
const FILE_WIDTH: usize = 100_000;

/// The shortest text that reads back as the same float.
fn real(value: f64) -> String {
    format!("{value}")
}

/// Columns and rows with a name.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Of the JSON schema and the file: `suppliers`.
    pub name: &'static str,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Cell>>,
    /// What a reader must know: shown below the table and kept in JSON.
    pub notes: Vec<String>,
}

impl Sheet {
    pub fn new(name: &'static str, columns: Vec<Column>) -> Self {
        Self { name, columns, rows: Vec::new(), notes: Vec::new() }
    }

    /// Columns whose titles are the words `col-<key>`.
    pub fn with_keys(name: &'static str, words: &Words, columns: &[(&str, Kind)]) -> Self {
        let column = |(key, kind): &(&str, Kind)| Column {
            key: (*key).to_owned(),
            title: words.term("col", key),
            kind: *kind,
        };
        Self::new(name, columns.iter().map(column).collect())
    }

    /// The table in a format for files and programs, as bytes. A `Table` is for a screen: see [`Self::page`].
    ///
    /// # Errors
    /// The writer of a binary format fails; PRP-1912 for PDF, which is for papers.
    pub fn bytes(&self, format: Format, words: &Words) -> Result<Vec<u8>, Fault> {
        let mut out = Vec::new();
        match format {
            Format::Table => self.page(words, FILE_WIDTH).write(false, &mut out)?,
            Format::Json => out.extend_from_slice(format!("{:#}\n", self.json()).as_bytes()),
            Format::Jsonl => self.write_jsonl(&mut out)?,
            Format::Csv => self.write_csv(false, &mut out)?,
            Format::Parquet => out = parquet::bytes(self)?,
            Format::Xlsx => out = xlsx::bytes(self, words)?,
            Format::Html => out.extend_from_slice(self.html(words).as_bytes()),
            Format::Pdf => {
                let known = "table, json, jsonl, csv, parquet, xlsx, html";
                return Err(Fault::ours(Exit::Usage, 1912, &[("format", format.word()), ("known", known)]));
            }
        }
        Ok(out)
    }

    pub fn page(&self, words: &Words, width: usize) -> Page {
        let mut page = Page::new(width);
        let heads = self.columns.iter().map(|column| match column.kind {
            Kind::Text => Head::text(&column.title),
            Kind::Code | Kind::Day => Head::code(&column.title),
            Kind::Whole | Kind::Real(_) | Kind::Exact => Head::number(&column.title),
        });
        let mut grid = Grid::new(heads.collect());
        for row in &self.rows {
            let cells = row.iter().zip(&self.columns).map(|(cell, column)| shown(cell, column.kind, words));
            grid.row(cells.collect());
        }
        grid.lay(&mut page, 0);
        for note in &self.notes {
            page.text(Role::Dim, 0, 2, note);
        }
        page
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::json!({
            "schema": format!("periplus.{}/1", self.name),
            "rows": self.rows.iter().map(|row| self.object(row)).collect::<Vec<_>>(),
            "notes": self.notes,
        })
    }

    fn object(&self, row: &[Cell]) -> serde_json::Value {
        let pairs = self.columns.iter().zip(row).map(|(column, cell)| (column.key.clone(), cell.json()));
        serde_json::Value::Object(pairs.collect())
    }

    pub fn write_jsonl(&self, out: &mut dyn Write) -> io::Result<()> {
        self.rows.iter().try_for_each(|row| writeln!(out, "{}", clean::json(&self.object(row).to_string())))
    }

    /// On a terminal control characters are taken out; in a file what was written is kept.
    pub fn write_csv(&self, terminal: bool, out: &mut dyn Write) -> Result<(), Fault> {
        let mut writer = csv::WriterBuilder::new().from_writer(out);
        let io_error = |error: csv::Error| match error.into_kind() {
            csv::ErrorKind::Io(error) => Fault::from(error),
            other => Fault::from(io::Error::other(format!("{other:?}"))),
        };
        writer
            .write_record(self.columns.iter().map(|it| clean::cell(&it.key).into_owned()))
            .map_err(io_error)?;
        for row in &self.rows {
            let cells = row.iter().map(|cell| match cell {
                Cell::Text(text) if terminal => clean::cell(&clean::line(text)).into_owned(),
                Cell::Text(text) => clean::cell(text).into_owned(),
                other => other.written(),
            });
            writer.write_record(cells).map_err(io_error)?;
        }
        Ok(writer.flush()?)
    }

    fn html(&self, words: &Words) -> String {
        let mut body = String::from("<table><thead><tr>");
        for column in &self.columns {
            let _ = write!(body, "<th>{}</th>", clean::html(&column.title));
        }
        body.push_str("</tr></thead><tbody>");
        for row in &self.rows {
            body.push_str("<tr>");
            for (cell, column) in row.iter().zip(&self.columns) {
                let class = if matches!(column.kind, Kind::Text | Kind::Code | Kind::Day) {
                    ""
                } else {
                    " class=\"n\""
                };
                let _ = write!(body, "<td{class}>{}</td>", clean::html(&shown(cell, column.kind, words).1));
            }
            body.push_str("</tr>");
        }
        body.push_str("</tbody></table>");
        for note in &self.notes {
            let _ = write!(body, "<p class=\"note\">{}</p>", clean::html(note));
        }
        crate::html::page(words, self.name, &body)
    }
}

fn shown(cell: &Cell, kind: Kind, words: &Words) -> (Role, String) {
    use crate::show::figures::{grouped, grouped_real};
    let text = match (cell, kind) {
        (Cell::Unknown, _) => return (Role::Warn, words.get("unknown")),
        (Cell::Real(value), Kind::Real(decimals)) => grouped_real(*value, decimals),
        (Cell::Exact(value), _) => grouped(*value),
        (Cell::Whole(value), _) => grouped(Decimal::from(*value)),
        (other, _) => other.written(),
    };
    (Role::Plain, text)
}
