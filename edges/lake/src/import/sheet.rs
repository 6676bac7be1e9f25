//! Delimited text with a header: finds the delimiter and the columns, hands out rows with their line numbers.

use csv::{ReaderBuilder, StringRecord};
use domain::{Finding, Severity};

use super::text::{Text, decode};
use super::{Input, Tally, workbook};
use crate::error::LakeError;

/// One column an importer wants: what it calls it and the headers under which publishers print it.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    pub names: &'static [&'static str],
    pub required: bool,
}

/// A column that must be there, under any of these headers (compared without case, spaces, `_`, `-` and `.`).
pub const fn must(names: &'static [&'static str]) -> Wanted {
    Wanted { names, required: true }
}

/// A column that may be there.
pub const fn may(names: &'static [&'static str]) -> Wanted {
    Wanted { names, required: false }
}

/// A cell that spans more lines than this is a quotation mark that was never closed, not a cell.
const MAX_LINES_IN_CELL: usize = 200;

/// Text with a header line.
#[derive(Debug)]
pub struct Sheet<'a> {
    file: String,
    kind: &'static str,
    text: Text<'a>,
    delimiter: u8,
    header: Vec<String>,
}

/// One row: its line in the file and its cells.
#[derive(Clone, Debug)]
pub struct Row {
    pub line: u64,
    cells: StringRecord,
    /// Whether there is something in cells beyond the header's.
    overlong: bool,
}

impl Row {
    /// The cell of a column found by [`Sheet::columns`], trimmed; empty when the row is too short.
    pub fn get(&self, column: usize) -> &str {
        self.cells.get(column).unwrap_or("").trim()
    }

    /// As [`Self::get`] for a column that need not be there.
    pub fn find(&self, column: Option<usize>) -> &str {
        column.map_or("", |it| self.get(it))
    }

    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Rejects a row with more cells than the header, which a separator outside quotes (1,234) has shifted; `false` then.
    pub fn fits(&self, tally: &mut Tally) -> bool {
        if self.overlong {
            let all = self.cells().collect::<Vec<_>>().join(",");
            tally.reject(self.line, "", "more cells than the header has (a separator outside quotes?)", &all);
        }
        !self.overlong
    }

    pub fn is_empty(&self) -> bool {
        self.cells.iter().all(|it| it.trim().is_empty())
    }

    pub fn cells(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().map(str::trim)
    }
}

impl<'a> Sheet<'a> {
    /// Decodes `input` (of a workbook, its first sheet) and reads its header.
    pub fn read(kind: &'static str, input: &'a Input, encoding: Option<&str>) -> Result<Self, LakeError> {
        let text = if input.is_workbook() {
            let sheet = workbook::worksheet(input, None)?;
            Text { text: workbook::as_csv(&sheet).into(), encoding: "workbook", findings: Vec::new() }
        } else {
            decode(input, encoding)?
        };
        Self::of_text(kind, &input.given, text)
    }

    /// As [`Self::read`], for text already decoded.
    pub fn of_text(kind: &'static str, file: &str, text: Text<'a>) -> Result<Self, LakeError> {
        let delimiter = find_delimiter(&text.text);
        let mut sheet = Self { file: file.to_owned(), kind, text, delimiter, header: Vec::new() };
        let header = sheet.raw_rows().next().transpose()?.map(|it| it.cells);
        let names = header.iter().flat_map(|it| it.iter());
        sheet.header = names.map(|it| it.trim_matches(['\u{feff}', ' ']).to_owned()).collect();
        sheet.note_cut_end();
        Ok(sheet)
    }

    /// A last line without line end and with too few cells is what a broken-off download leaves.
    fn note_cut_end(&mut self) {
        let text = self.text.text.as_ref();
        if text.ends_with(['\n', '\r']) {
            return;
        }
        let last = text.rsplit(['\n', '\r']).next().unwrap_or("");
        let cells = outside_quotes(last, self.delimiter) + 1;
        if cells >= self.header.len() {
            return;
        }
        let told = format!("the last line has {cells} cells where the header has {}", self.header.len());
        self.text.findings.push(
            Finding::new(1433, Severity::Caution, told)
                .hint("the file may be cut short; compare its size with the publisher's"),
        );
    }

    pub fn header(&self) -> &[String] {
        &self.header
    }

    pub fn text(&self) -> &Text<'a> {
        &self.text
    }

    /// Where each wanted column is. Misses are told with what was looked for and what was found.
    pub fn columns<const N: usize>(&self, wanted: [Wanted; N]) -> Result<[Option<usize>; N], LakeError> {
        let found = wanted.map(|it| find_column(&self.header, it.names));
        let missing: Vec<_> = wanted
            .iter()
            .zip(&found)
            .filter(|(it, at)| it.required && at.is_none())
            .map(|(it, _)| it)
            .collect();
        if missing.is_empty() {
            return Ok(found);
        }
        let list =
            |it: &mut dyn Iterator<Item = &&Wanted>| it.map(|it| it.names[0]).collect::<Vec<_>>().join(", ");
        Err(LakeError::MissingColumns {
            file: self.file.clone(),
            kind: self.kind.to_owned(),
            missing: list(&mut missing.iter()),
            looked_for: missing.iter().flat_map(|it| it.names.iter()).copied().collect::<Vec<_>>().join(", "),
            found: shortened_header(&self.header),
        })
    }

    /// All rows after the header; blank lines are skipped. A row that cannot be read (an open quote) ends the file.
    pub fn rows(&self) -> impl Iterator<Item = Result<Row, LakeError>> + '_ {
        self.raw_rows().skip(1).filter(|it| it.as_ref().map_or(true, |it| !it.is_empty()))
    }

    /// As [`Self::rows`], when the file has no header line; its first row then says nothing about the others' width.
    pub fn rows_without_header(&self) -> impl Iterator<Item = Result<Row, LakeError>> + '_ {
        self.raw_rows().filter(|it| it.as_ref().map_or(true, |it| !it.is_empty()))
    }

    fn raw_rows(&self) -> impl Iterator<Item = Result<Row, LakeError>> + '_ {
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.delimiter)
            .from_reader(self.text.text.as_bytes());
        reader.into_records().map(|record| {
            let cells = record.map_err(|error| LakeError::Form {
                file: self.file.clone(),
                kind: self.kind.to_owned(),
                why: error.to_string(),
            })?;
            let line = cells.position().map_or(0, csv::Position::line);
            if cells.as_slice().len() > MAX_LINES_IN_CELL
                && cells.as_slice().bytes().filter(|it| *it == b'\n').count() > MAX_LINES_IN_CELL
            {
                return Err(LakeError::Form {
                    file: self.file.clone(),
                    kind: self.kind.to_owned(),
                    why: format!(
                        "a quotation mark opened on line {line} is not closed; close it or take it out"
                    ),
                });
            }
            let width = self.header.len();
            let overlong = width > 0 && cells.iter().skip(width).any(|it| !it.trim().is_empty());
            Ok(Row { line, cells, overlong })
        })
    }
}

/// Enough of the header to recognise the file by.
fn shortened_header(header: &[String]) -> String {
    const MOST_CELLS: usize = 30;
    const MOST_LETTERS: usize = 40;
    let short = |it: &String| match it.char_indices().nth(MOST_LETTERS) {
        Some((at, _)) => format!("{}…", &it[..at]),
        None => it.clone(),
    };
    let shown: Vec<_> = header.iter().take(MOST_CELLS).map(short).collect();
    let more = header.len() - shown.len();
    if more == 0 { shown.join(", ") } else { format!("{}, and {more} more", shown.join(", ")) }
}

/// Header names compare without case, spaces and punctuation.
pub fn header_key(name: &str) -> String {
    name.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Position of the first column that has one of these names; earlier names win.
pub fn find_column(header: &[String], names: &[&str]) -> Option<usize> {
    let keys: Vec<_> = header.iter().map(|it| header_key(it)).collect();
    names.iter().find_map(|name| {
        let key = header_key(name);
        keys.iter().position(|it| *it == key)
    })
}

/// The delimiter that splits the first lines into most cells; comma when there is none.
pub fn find_delimiter(text: &str) -> u8 {
    let head: Vec<_> = text.split(['\n', '\r']).filter(|it| !it.is_empty()).take(5).collect();
    let score = |it: u8| {
        let counts: Vec<_> = head.iter().map(|line| outside_quotes(line, it)).collect();
        counts.iter().min().copied().unwrap_or(0) * 1000 + counts.first().copied().unwrap_or(0)
    };
    // The first of equals wins, so the comma comes first.
    let mut best = (score(b','), b',');
    for delimiter in [b';', b'\t', b'|'] {
        let points = score(delimiter);
        if points > best.0 {
            best = (points, delimiter);
        }
    }
    best.1
}

fn outside_quotes(line: &str, delimiter: u8) -> usize {
    let mut quoted = false;
    let mut count = 0;
    for byte in line.bytes() {
        if byte == b'"' {
            quoted = !quoted;
        } else if byte == delimiter && !quoted {
            count += 1;
        }
    }
    count
}
