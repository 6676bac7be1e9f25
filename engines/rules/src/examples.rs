//! The tables under "Examples".

use std::collections::BTreeMap;

use crate::RuleError;

/// One row of an example table, by the name of its column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// Line within the file, from 1.
    pub line: usize,
    pub cells: BTreeMap<String, String>,
}

impl Example {
    /// The cell, or an empty text.
    pub fn cell(&self, name: &str) -> &str {
        self.cells.get(name).map_or("", String::as_str)
    }
}

/// Reads every table of a section; `first` is the line the section starts on.
pub(crate) fn read(section: &str, first: usize) -> Result<Vec<Example>, RuleError> {
    let mut header: Option<Vec<String>> = None;
    let mut examples = Vec::new();
    for (offset, text) in section.lines().enumerate() {
        let Some(cells) = cells(text) else {
            header = None;
            continue;
        };
        if cells.iter().all(|it| it.chars().all(|it| matches!(it, '-' | ':'))) {
            continue;
        }
        let Some(names) = &header else {
            header = Some(cells);
            continue;
        };
        let line = first + offset;
        if names.len() != cells.len() {
            return Err(RuleError::Cells { line, given: cells.len(), expected: names.len() });
        }
        examples.push(Example { line, cells: names.iter().cloned().zip(cells).collect() });
    }
    Ok(examples)
}

/// The cells of a line of a table; a backslash before a bar keeps it.
fn cells(text: &str) -> Option<Vec<String>> {
    let inner = text.trim().strip_prefix('|')?;
    let inner = inner.strip_suffix('|').unwrap_or(inner).replace("\\|", "\u{1}");
    Some(inner.split('|').map(|it| it.trim().replace('\u{1}', "|")).collect())
}
