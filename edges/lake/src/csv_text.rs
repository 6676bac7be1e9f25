//! CSV as the books have it: UTF-8, comma, LF, quotes only where needed (RFC 4180 but for the line end).

use std::fmt::Display;

/// A table being written.
#[derive(Clone, Debug, Default)]
pub struct Table {
    text: String,
    rows: u64,
}

impl Table {
    pub fn new(header: &[&str]) -> Self {
        let mut table = Self::default();
        table.row(header);
        table.rows = 0;
        table
    }

    /// A table whose first row is whatever comes first.
    pub fn bare() -> Self {
        Self::default()
    }

    pub fn row<I>(&mut self, cells: I)
    where
        I: IntoIterator,
        I::Item: Display,
    {
        use std::fmt::Write as _;
        for (index, cell) in cells.into_iter().enumerate() {
            if index > 0 {
                self.text.push(',');
            }
            let start = self.text.len();
            // Writing to a String cannot fail.
            let _ = write!(self.text, "{cell}");
            quote_from(&mut self.text, start);
        }
        self.text.push('\n');
        self.rows += 1;
    }

    /// Rows written, the header not counted.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    pub fn finish(self) -> String {
        self.text
    }
}

fn quote_from(text: &mut String, start: usize) {
    let cell = &text[start..];
    let edge_space = cell.starts_with(' ') || cell.ends_with(' ');
    if !edge_space && !cell.contains([',', '"', '\n', '\r']) {
        return;
    }
    let quoted = format!("\"{}\"", cell.replace('"', "\"\""));
    text.replace_range(start.., &quoted);
}

/// Number of data rows of a table of ours: records less the header.
pub fn count_rows(text: &str) -> u64 {
    if !text.contains('"') {
        return (text.lines().count() as u64).saturating_sub(1);
    }
    let reader = csv::ReaderBuilder::new().has_headers(true).flexible(true).from_reader(text.as_bytes());
    reader.into_byte_records().count() as u64
}
