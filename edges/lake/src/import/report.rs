//! What an import did with every row. Nothing is dropped in silence.

use std::collections::BTreeMap;

use domain::{ContentHash, Finding};
use serde::Serialize;

/// How many rows of each reason are shown; all are counted.
const SAMPLES_PER_REASON: u64 = 5;
/// How many rows are shown altogether.
const MAX_SAMPLES: usize = 200;

/// What happened to a row that was not simply taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// Taken after something in it was mended.
    Repaired,
    /// Sound, but not for this book: a duplicate, an aggregate, a value marked as missing.
    SetAside,
    /// Not usable.
    Rejected,
}

/// One row that was not simply taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RowIssue {
    /// Line in the file, the header being line 1.
    pub line: u64,
    pub fate: Fate,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub column: String,
    pub reason: String,
    /// What the file says.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub found: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repaired_to: Option<String>,
}

/// How many rows met one fate for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReasonCount {
    pub fate: Fate,
    pub reason: String,
    pub rows: u64,
}

/// Running count of rows. `read = accepted + repaired + set aside + rejected`, by construction.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    accepted: u64,
    counts: BTreeMap<(Fate, &'static str), u64>,
    samples: Vec<RowIssue>,
}

impl Tally {
    /// A row taken as it is.
    pub fn accept(&mut self) {
        self.accepted += 1;
    }

    /// A row that cannot be used. `reason` is general ("not a number"); `found` is what this row says.
    pub fn reject(&mut self, line: u64, column: &str, reason: &'static str, found: &str) {
        self.note(Fate::Rejected, line, column, reason, found, None);
    }

    /// A sound row that does not belong in the book.
    pub fn set_aside(&mut self, line: u64, column: &str, reason: &'static str, found: &str) {
        self.note(Fate::SetAside, line, column, reason, found, None);
    }

    /// A row taken after something was mended. Call once for a row, with its first mending.
    pub fn repair(&mut self, line: u64, column: &str, reason: &'static str, found: &str, to: &str) {
        self.note(Fate::Repaired, line, column, reason, found, Some(to.to_owned()));
    }

    /// Accepts the row, or counts it as repaired when something in it was.
    pub fn take(&mut self, line: u64, repairs: &mut Vec<Repair>) {
        match repairs.first() {
            None => self.accept(),
            Some(first) => self.repair(line, first.column, first.reason, &first.found, &first.to),
        }
        repairs.clear();
    }

    fn note(
        &mut self,
        fate: Fate,
        line: u64,
        column: &str,
        reason: &'static str,
        found: &str,
        to: Option<String>,
    ) {
        let count = self.counts.entry((fate, reason)).or_insert(0);
        *count += 1;
        if *count <= SAMPLES_PER_REASON && self.samples.len() < MAX_SAMPLES {
            self.samples.push(RowIssue {
                line,
                fate,
                column: column.to_owned(),
                reason: reason.to_owned(),
                found: shortened(found),
                repaired_to: to,
            });
        }
    }

    pub fn accepted(&self) -> u64 {
        self.accepted
    }

    /// Rows that met `fate`.
    pub fn count(&self, fate: Fate) -> u64 {
        self.counts.iter().filter(|((it, _), _)| *it == fate).map(|(_, rows)| rows).sum()
    }

    /// Rows that went into the book, mended or not.
    pub fn usable(&self) -> u64 {
        self.accepted + self.count(Fate::Repaired)
    }

    pub fn rows_read(&self) -> u64 {
        self.accepted + self.counts.values().sum::<u64>()
    }

    /// "not a number (12 rows), ...": the reasons for which rows were not taken, most frequent first.
    pub fn reasons(&self) -> String {
        let mut reasons: Vec<_> =
            self.counts.iter().filter(|((fate, _), _)| *fate != Fate::Repaired).collect();
        reasons.sort_by(|left, right| right.1.cmp(left.1).then(left.0.cmp(right.0)));
        let words: Vec<_> =
            reasons.iter().map(|((_, reason), rows)| format!("{reason} ({rows} rows)")).collect();
        if words.is_empty() { "there are none".to_owned() } else { words.join(", ") }
    }
}

fn shortened(text: &str) -> String {
    const MOST: usize = 120;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    text.chars().take(MOST).chain(['…']).collect()
}

/// Something mended in a row: which column, why, from what, to what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    pub column: &'static str,
    pub reason: &'static str,
    pub found: String,
    pub to: String,
}

/// The report of one import. Rows are `accepted + repaired + set_aside + rejected = rows_read`.
#[derive(Clone, Debug, Serialize)]
pub struct ImportReport {
    pub schema: &'static str,
    /// Name of the importer: `ecb-rates`.
    pub kind: String,
    /// Book it makes: `rates`.
    pub book: String,
    pub source_file: String,
    /// Of the file as given.
    pub sha256: ContentHash,
    pub encoding: String,
    pub rows_read: u64,
    /// Taken as they are.
    pub accepted: u64,
    /// Taken after something was mended.
    pub repaired: u64,
    /// Sound but not for this book: duplicates, aggregates, values marked as missing.
    pub set_aside: u64,
    pub rejected: u64,
    /// Every reason with its number of rows.
    pub reasons: Vec<ReasonCount>,
    /// The first rows of each reason.
    pub rows: Vec<RowIssue>,
    pub findings: Vec<Finding>,
}

impl ImportReport {
    /// Name and version of the shape of this report.
    pub const SCHEMA: &'static str = "periplus.import/1";

    pub fn new(kind: &str, book: &str, input: &super::Input, tally: &Tally) -> Self {
        let mut rows = tally.samples.clone();
        rows.sort_by(|left, right| (left.line, &left.reason).cmp(&(right.line, &right.reason)));
        Self {
            schema: Self::SCHEMA,
            kind: kind.to_owned(),
            book: book.to_owned(),
            source_file: input.given.clone(),
            sha256: input.sha256.clone(),
            encoding: String::new(),
            rows_read: tally.rows_read(),
            accepted: tally.accepted,
            repaired: tally.count(Fate::Repaired),
            set_aside: tally.count(Fate::SetAside),
            rejected: tally.count(Fate::Rejected),
            reasons: tally
                .counts
                .iter()
                .map(|((fate, reason), rows)| ReasonCount {
                    fate: *fate,
                    reason: (*reason).to_owned(),
                    rows: *rows,
                })
                .collect(),
            rows,
            findings: Vec::new(),
        }
    }
}
