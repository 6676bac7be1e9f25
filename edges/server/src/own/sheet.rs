//! A sheet of quotes as it lies in a file: rows of text, its header, and which column is what.

use std::collections::BTreeMap;

use lake::import::{Input, text, workbook};
use market::quotes::{Table, known_columns, parse};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::quote::COLUMNS;
use crate::hall::Hall;
use crate::problem::Problem;

/// Rows of a sheet with their lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grid {
    pub rows: Vec<Vec<String>>,
    pub lines: Vec<usize>,
    /// Where the header is.
    pub header: usize,
}

/// A column of a sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SheetColumn {
    pub name: String,
    /// The first cells that are not empty.
    pub sample: Vec<String>,
    /// The field that it seems to be.
    #[schema(required)]
    pub guess: Option<String>,
}

/// Rows and columns of a quotation at most.
const MOST_ROWS: usize = 50_000;
const MOST_COLUMNS: usize = 200;
/// Letterheads come before headers.
const HEADER_WITHIN: usize = 25;
const SAMPLES: usize = 3;
const SAMPLE_CHARS: usize = 80;
const SHEETS: usize = 20;

impl Grid {
    /// Reads a file: CSV under the delimiter that makes most of it, or the sheet of a workbook that is most like a quotation.
    ///
    /// # Errors
    /// It is no table, or too long.
    pub fn read(hall: &Hall, name: &str, bytes: Vec<u8>) -> Result<Self, Problem> {
        let input = Input::new(name, bytes)?;
        let mut grid = if input.is_workbook() { of_workbook(&input)? } else { of_text(&input)? };
        if grid.rows.len() > MOST_ROWS || grid.rows.iter().any(|it| it.len() > MOST_COLUMNS) {
            return Err(Problem::refused(
                "the file",
                &format!("more than {MOST_ROWS} rows or {MOST_COLUMNS} columns"),
            ));
        }
        grid.header = grid.find_header(hall);
        if grid.rows.len() < grid.header + 2 {
            return Err(Problem::refused("the file", "it has no header with rows below it"));
        }
        Ok(grid)
    }

    /// The row among the first that names most fields; else the first with two cells.
    fn find_header(&self, hall: &Hall) -> usize {
        let head = self.rows.iter().take(HEADER_WITHIN);
        let known = head.clone().map(|it| guesses(hall, it).len());
        let best = known.enumerate().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0)));
        let two = |it: &Vec<String>| it.iter().filter(|it| !it.trim().is_empty()).count() >= 2;
        match best {
            Some((at, 2..)) => at,
            _ => head.enumerate().find(|it| two(it.1)).map_or(0, |it| it.0),
        }
    }

    fn names(&self) -> &[String] {
        self.rows.get(self.header).map(Vec::as_slice).unwrap_or_default()
    }

    /// Body rows.
    pub fn body(&self) -> usize {
        let body = self.rows.iter().skip(self.header + 1);
        body.filter(|it| it.iter().any(|it| !it.trim().is_empty())).count()
    }

    pub fn columns(&self, hall: &Hall) -> Vec<SheetColumn> {
        let guesses = guesses(hall, self.names());
        let of_column = |(at, name): (usize, &String)| {
            let cells = self.rows.iter().skip(self.header + 1).filter_map(|it| it.get(at));
            let cells = cells.map(|it| it.trim()).filter(|it| !it.is_empty()).take(SAMPLES);
            SheetColumn {
                name: name.trim().to_owned(),
                sample: cells.map(|it| it.chars().take(SAMPLE_CHARS).collect()).collect(),
                guess: guesses.iter().find(|it| it.0 == name.trim()).map(|it| it.1.clone()),
            }
        };
        self.names().iter().enumerate().filter(|it| !it.1.trim().is_empty()).map(of_column).collect()
    }

    /// The guess of every column as a mapping; the first of several that seem the same.
    pub fn guessed(&self, hall: &Hall) -> BTreeMap<String, String> {
        let mut all = BTreeMap::new();
        for column in self.columns(hall) {
            if let Some(field) = column.guess {
                all.entry(field).or_insert(column.name);
            }
        }
        all
    }

    /// The rows under our own header as a mapping says; and by our column, the sheet's own name of it. What stands in brackets in
    /// a header ("price (USD/kg)") goes along, because it says unit and currency.
    ///
    /// # Errors
    /// The mapping names a field or column that is not there.
    pub fn mapped(&self, mapping: &BTreeMap<String, String>) -> Result<Mapped, Problem> {
        let mut chosen = Vec::new();
        for (field, name) in mapping {
            let column = COLUMNS.iter().find(|it| it.1 == field).ok_or_else(|| {
                let known = COLUMNS.map(|it| it.1).join(", ");
                Problem::refused(&format!("mapping.{field}"), &format!("not a field; known: {known}"))
            })?;
            let at = self.names().iter().position(|it| it.trim() == name.trim()).ok_or_else(|| {
                Problem::refused(&format!("mapping.{field}"), &format!("the sheet has no column '{name}'"))
            })?;
            let bracket = name.find(['(', '（', '[']).map(|it| &name[it..]).unwrap_or_default();
            chosen.push((at, format!("{} {bracket}", column.0).trim().to_owned(), name.clone()));
        }
        let header = chosen.iter().map(|it| it.1.clone()).collect();
        let body = self.rows.iter().skip(self.header + 1);
        let cells =
            |row: &Vec<String>| chosen.iter().map(|it| row.get(it.0).cloned().unwrap_or_default()).collect();
        let rows = std::iter::once(header).chain(body.map(cells)).collect();
        let lines = self.lines.get(self.header..).unwrap_or_default().to_vec();
        let names = chosen.into_iter().map(|it| (it.1, it.2)).collect();
        Ok(Mapped { rows, lines, names })
    }
}

/// A sheet under our own header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapped {
    pub rows: Vec<Vec<String>>,
    pub lines: Vec<usize>,
    /// By our column, the sheet's own.
    pub names: BTreeMap<String, String>,
}

/// Which headers are which fields, as the market engine reads them.
fn guesses(hall: &Hall, row: &[String]) -> Vec<(String, String)> {
    let rows = [row.to_vec()];
    let table = Table { name: "", rows: &rows, lines: &[] };
    let today = domain::Date::constant(2000, 1, 1);
    let (_, report) = parse(&table, &hall.room.tables.economies, today);
    let of_field = |field| match serde_json::to_value(field) {
        Ok(serde_json::Value::String(word)) => match word.as_str() {
            "validity" => "valid_until".to_owned(),
            _ => word,
        },
        _ => String::new(),
    };
    report
        .columns
        .into_iter()
        .filter_map(|(name, field)| Some((name.trim().to_owned(), of_field(field?))))
        .collect()
}

fn of_workbook(input: &Input) -> Result<Grid, Problem> {
    let names = workbook::sheet_names(input)?;
    let sheets = names.iter().take(SHEETS).filter_map(|it| workbook::worksheet(input, Some(it)).ok());
    let best = sheets.filter(|it| !it.rows.is_empty()).max_by_key(|it| known_columns(&it.rows));
    let best = best.ok_or_else(|| Problem::refused("the file", "no sheet of the workbook has rows"))?;
    let lines = (best.first_row..best.first_row + best.rows.len()).collect();
    Ok(Grid { rows: best.rows, lines, header: 0 })
}

fn of_text(input: &Input) -> Result<Grid, Problem> {
    let text = text::decode(input, None)?;
    let text = text.text.strip_prefix('\u{feff}').unwrap_or(&text.text);
    let parted = [b',', b';', b'\t', b'|'].map(|it| of_delimiter(text, it));
    let width = |it: &Grid| it.rows.iter().take(HEADER_WITHIN).map(Vec::len).max().unwrap_or(0);
    let best = parted.into_iter().max_by_key(|it| (known_columns(&it.rows), width(it)));
    Ok(best.unwrap_or_default())
}

fn of_delimiter(text: &str, delimiter: u8) -> Grid {
    let reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let records = reader.into_records().map_while(Result::ok).take(MOST_ROWS + HEADER_WITHIN);
    let (rows, lines) = records
        .map(|it| {
            let line = it.position().map_or(0, csv::Position::line) as usize;
            (it.iter().map(str::to_owned).collect(), line)
        })
        .unzip();
    Grid { rows, lines, header: 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_mapped_by_hand_and_brackets_go_along() {
        let text = "A letter\n;;\nWho;What it costs (USD/kg);Code\nNingbo;31,5;850511\n";
        let mut grid = of_delimiter(text, b';');
        grid.header = grid.rows.iter().position(|it| it[0] == "Who").unwrap();
        let mapping = [("supplier", "Who"), ("price", "What it costs (USD/kg)"), ("hs", "Code")];
        let mapping = mapping.iter().map(|it| (it.0.to_owned(), it.1.to_owned())).collect();
        let mapped = grid.mapped(&mapping).unwrap();
        assert_eq!(mapped.rows[0], ["hs", "price (USD/kg)", "supplier"]);
        assert_eq!(mapped.rows[1], ["850511", "31,5", "Ningbo"]);
        assert_eq!(mapped.lines, [3, 4]);
        let wrong = [("colour".to_owned(), "Who".to_owned())].into();
        assert_eq!(grid.mapped(&wrong).unwrap_err().status(), 422);
        let absent = [("price".to_owned(), "Cost".to_owned())].into();
        assert_eq!(grid.mapped(&absent).unwrap_err().status(), 422);
    }
}
