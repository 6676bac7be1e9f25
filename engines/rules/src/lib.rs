//! Rules of jurisdictions as prose that runs: one rule, one Markdown file, with dated parameters and examples.
//!
//! # A rulepack file
//! ````markdown
//! # Duty relief for small consignments in the United Kingdom
//!
//! ```toml
//! id = "customs.gb.de-minimis"
//! jurisdiction = "GB"            # ISO 3166 alpha-2, EU, or * for everywhere
//! kind = "de-minimis"
//! publisher = "HM Revenue & Customs"
//! from = "2021-01-01"            # the rule itself; left out: always
//!
//! [[parameter]]                  # a number (or a word) with the days it holds
//! name = "duty_relief"
//! value = "135"
//! unit = "GBP"
//! from = "2021-01-01"            # to = "..." where it has ended with nothing after it
//! reference = "..."              # the law; every parameter has one
//!
//! [[list]]                       # a set of words: members, codes
//! name = "members"
//! values = ["AT", "BE"]
//! reference = "..."
//!
//! [[row]]                        # a row of a table of the rule; any further keys are its cells
//! table = "controlled"
//! hs = "850511"
//! reference = "..."
//! ```
//!
//! ## What it says
//! ## Why
//! ## Reference
//! ## Examples
//! | on | expect |
//! |---|---|
//! | 2021-01-01 | 135 |
//! ````
//!
//! The headings stand in this order and all of them are there. The rows of the table under Examples are tests: the crate that owns the rule
//! says what its columns mean and runs them.
//!
//! `basis = "assumed"` on a parameter says that no law gives the number; `observed` is taken when nothing is said.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test that unwraps says what it expects"))]

mod examples;
mod read;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::{Basis, Date, Decimal, Evidence, Figure, Source};
use thiserror::Error;

pub use examples::Example;
pub use read::parse;

/// Longest rulepack that is read, in bytes; a rule that needs more is several rules.
pub const LONGEST_RULEPACK: usize = 256 * 1024;

/// Why a rulepack cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RuleError {
    #[error("PRP-1220: a rulepack of {length} bytes is too long; at most {LONGEST_RULEPACK}")]
    TooLong { length: usize },
    #[error(
        "PRP-1221: the rulepack lacks '{what}'; headings are '# title', a ```toml block, '## What it says', '## Why', '## Reference', '## Examples', in this order"
    )]
    Lacks { what: &'static str },
    #[error("PRP-1222: the toml block of the rulepack cannot be read: {why}")]
    Toml { why: String },
    #[error("PRP-1223: '{given}' in '{at}' of the rulepack is not a date; write YYYY-MM-DD")]
    Date { at: String, given: String },
    #[error("PRP-1224: '{name}' of the rulepack has two values on {on}")]
    Overlap { name: String, on: Date },
    #[error(
        "PRP-1225: '{name}' of the rulepack has no reference; every parameter rests on a law or says why it is assumed"
    )]
    NoReference { name: String },
    #[error("PRP-1226: line {line} of the examples has {given} cells; the header has {expected}")]
    Cells { line: usize, given: usize, expected: usize },
}

/// The days on which something holds; open where nothing is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Days {
    pub from: Option<Date>,
    /// The last day.
    pub to: Option<Date>,
}

impl Days {
    pub fn hold(self, on: Date) -> bool {
        self.from.is_none_or(|it| it <= on) && self.to.is_none_or(|it| on <= it)
    }
}

/// One value of a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    pub text: String,
    pub unit: Option<String>,
    pub days: Days,
    pub reference: String,
    pub basis: Basis,
}

/// One set of words of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    pub values: Vec<String>,
    pub days: Days,
    pub reference: String,
}

/// One row of a table of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub table: String,
    pub cells: BTreeMap<String, String>,
    pub days: Days,
    pub reference: String,
}

impl Row {
    /// The cell, or an empty text.
    pub fn cell(&self, name: &str) -> &str {
        self.cells.get(name).map_or("", String::as_str)
    }
}

/// One rule of one jurisdiction.
#[derive(Clone, Debug, PartialEq)]
pub struct Rulepack {
    pub id: String,
    pub title: String,
    /// ISO 3166 alpha-2, `EU`, or `*`.
    pub jurisdiction: String,
    pub kind: String,
    pub days: Days,
    pub what: String,
    pub why: String,
    pub reference: String,
    pub examples: Vec<Example>,
    pub source: Arc<Source>,
    pub(crate) parameters: BTreeMap<String, Vec<Value>>,
    pub(crate) lists: BTreeMap<String, Vec<List>>,
    pub(crate) rows: Vec<Row>,
}

impl Rulepack {
    pub fn in_force(&self, on: Date) -> bool {
        self.days.hold(on)
    }

    /// The value of a parameter on a day.
    pub fn find_value(&self, name: &str, on: Date) -> Option<&Value> {
        self.parameters.get(name)?.iter().find(|it| it.days.hold(on))
    }

    /// The number of a parameter on a day, with its law. `None`: there is none that day, or it is a word.
    pub fn param(&self, name: &str, on: Date) -> Option<Figure<Decimal>> {
        let value = self.find_value(name, on)?;
        Some(Figure::new(value.text.parse().ok()?, self.evidence(name, value)))
    }

    /// The word of a parameter on a day, with its law.
    pub fn word(&self, name: &str, on: Date) -> Option<Figure<String>> {
        let value = self.find_value(name, on)?;
        Some(Figure::new(value.text.clone(), self.evidence(name, value)))
    }

    /// The list on a day.
    pub fn list(&self, name: &str, on: Date) -> Option<&List> {
        self.lists.get(name)?.iter().find(|it| it.days.hold(on))
    }

    /// The rows of a table on a day, in the order of the file.
    pub fn rows(&self, table: &str, on: Date) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |it| it.table == table && it.days.hold(on))
    }

    /// Every row of every table and day, for engines that prepare them once.
    pub fn all_rows(&self) -> &[Row] {
        &self.rows
    }

    /// Every parameter with its values, for help and documentation.
    pub fn parameters(&self) -> &BTreeMap<String, Vec<Value>> {
        &self.parameters
    }

    /// Evidence that rests on this rule as a whole.
    pub fn because(&self, reference: &str) -> Evidence {
        Evidence::new(Basis::Observed, &self.source).reference(reference)
    }

    fn evidence(&self, name: &str, value: &Value) -> Evidence {
        let unit = value.unit.as_deref().map(|it| format!(" {it}")).unwrap_or_default();
        Evidence::new(value.basis, &self.source)
            .stated(format!("{name} = {}{unit}", value.text))
            .reference(value.reference.as_str())
    }
}

/// The rules of a capability, found by jurisdiction and kind.
#[derive(Clone, Debug, Default)]
pub struct RuleBook {
    packs: Vec<Arc<Rulepack>>,
}

impl RuleBook {
    /// Reads rulepacks given with their names; the name is kept in the error.
    pub fn read<'a>(
        files: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, (String, RuleError)> {
        let read =
            |(name, text): (&str, &str)| parse(text).map(Arc::new).map_err(|error| (name.to_owned(), error));
        Ok(Self { packs: files.into_iter().map(read).collect::<Result<_, _>>()? })
    }

    pub fn list_all(&self) -> &[Arc<Rulepack>] {
        &self.packs
    }

    pub fn find(&self, id: &str) -> Option<&Arc<Rulepack>> {
        self.packs.iter().find(|it| it.id == id)
    }

    /// The rule of this kind that is in force in the jurisdiction on the day.
    pub fn of(&self, jurisdiction: &str, kind: &str, on: Date) -> Option<&Arc<Rulepack>> {
        self.packs.iter().find(|it| it.jurisdiction == jurisdiction && it.kind == kind && it.in_force(on))
    }

    /// All rules of this kind in force on the day, in any jurisdiction.
    pub fn of_kind<'a>(&'a self, kind: &'a str, on: Date) -> impl Iterator<Item = &'a Arc<Rulepack>> {
        self.packs.iter().filter(move |it| it.kind == kind && it.in_force(on))
    }
}

/// What was looked up to reach an answer, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trace {
    pub steps: Vec<Step>,
}

/// One lookup.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    pub rule: String,
    pub parameter: String,
    pub on: Date,
    /// `None`: the rule has no value that day.
    pub found: Option<Figure<Decimal>>,
}

impl Trace {
    /// [`Rulepack::param`], remembered.
    pub fn param(&mut self, pack: &Rulepack, name: &str, on: Date) -> Option<Figure<Decimal>> {
        let found = pack.param(name, on);
        self.steps.push(Step { rule: pack.id.clone(), parameter: name.to_owned(), on, found: found.clone() });
        found
    }
}
