//! From Markdown to [`Rulepack`].

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::{Basis, Date, Source};
use serde::Deserialize;

use crate::{Days, LONGEST_RULEPACK, List, Row, RuleError, Rulepack, Value, examples};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    id: String,
    jurisdiction: String,
    kind: String,
    publisher: String,
    #[serde(default)]
    from: Option<String>,
    #[serde(default)]
    to: Option<String>,
    #[serde(default)]
    parameter: Vec<WrittenParameter>,
    #[serde(default)]
    list: Vec<WrittenList>,
    #[serde(default)]
    row: Vec<BTreeMap<String, String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenParameter {
    name: String,
    value: String,
    unit: Option<String>,
    from: Option<String>,
    to: Option<String>,
    #[serde(default)]
    reference: String,
    basis: Option<Basis>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenList {
    name: String,
    values: Vec<String>,
    from: Option<String>,
    to: Option<String>,
    #[serde(default)]
    reference: String,
}

/// Reads one rulepack. See the crate for the layout.
pub fn parse(text: &str) -> Result<Rulepack, RuleError> {
    if text.len() > LONGEST_RULEPACK {
        return Err(RuleError::TooLong { length: text.len() });
    }
    let text = text.replace("\r\n", "\n");
    let title =
        text.lines().find_map(|it| it.strip_prefix("# ")).ok_or(RuleError::Lacks { what: "# title" })?;
    let title = title.trim().to_owned();
    let (_, after) = text.split_once("\n```toml\n").ok_or(RuleError::Lacks { what: "```toml" })?;
    let (block, body) = after.split_once("\n```").ok_or(RuleError::Lacks { what: "the end of ```toml" })?;
    let head: Head = toml::from_str(block).map_err(|error| RuleError::Toml { why: error.to_string() })?;

    let (_, body) = section(body, "## What it says")?;
    let (what, body) = section(body, "## Why")?;
    let (why, body) = section(body, "## Reference")?;
    let (reference, shown) = section(body, "## Examples")?;
    let first = text[..text.len() - shown.len()].lines().count() + 1;
    let examples = examples::read(shown, first)?;
    if examples.is_empty() {
        return Err(RuleError::Lacks { what: "a row under ## Examples" });
    }
    make(head, title, &Sections { what, why, reference }, examples)
}

struct Sections<'a> {
    what: &'a str,
    why: &'a str,
    reference: &'a str,
}

/// What stands before a heading, and after it.
fn section<'a>(text: &'a str, heading: &'static str) -> Result<(&'a str, &'a str), RuleError> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.trim_end() == heading {
            return Ok((text[..at].trim(), &text[at + line.len()..]));
        }
        at += line.len();
    }
    Err(RuleError::Lacks { what: heading })
}

fn make(
    head: Head,
    title: String,
    sections: &Sections<'_>,
    examples: Vec<examples::Example>,
) -> Result<Rulepack, RuleError> {
    let days = read_days(&head.id, head.from.as_deref(), head.to.as_deref())?;
    let parameters = parameters(head.parameter)?;
    let lists = lists(head.list)?;
    let rows = head.row.into_iter().map(row).collect::<Result<_, _>>()?;
    let vintage = days.from.map_or_else(|| "undated".to_owned(), |it| it.to_string());
    let source = Source {
        title: title.clone(),
        publisher: head.publisher,
        vintage,
        book: Some(format!("rulepack {}", head.id)),
        licence: None,
    };
    Ok(Rulepack {
        id: head.id,
        title,
        jurisdiction: head.jurisdiction,
        kind: head.kind,
        days,
        what: sections.what.to_owned(),
        why: sections.why.to_owned(),
        reference: sections.reference.to_owned(),
        examples,
        source: Arc::new(source),
        parameters,
        lists,
        rows,
    })
}

fn read_days(at: &str, from: Option<&str>, to: Option<&str>) -> Result<Days, RuleError> {
    let read = |text: Option<&str>| {
        text.map(|it| {
            domain::calendar::parse_date(it)
                .map_err(|_| RuleError::Date { at: at.to_owned(), given: it.to_owned() })
        })
        .transpose()
    };
    Ok(Days { from: read(from)?, to: read(to)? })
}

fn parameters(written: Vec<WrittenParameter>) -> Result<BTreeMap<String, Vec<Value>>, RuleError> {
    let mut all: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for it in written {
        refuse_without_reference(&it.name, &it.reference)?;
        let days = read_days(&it.name, it.from.as_deref(), it.to.as_deref())?;
        all.entry(it.name).or_default().push(Value {
            text: it.value,
            unit: it.unit,
            days,
            reference: it.reference,
            basis: it.basis.unwrap_or(Basis::Observed),
        });
    }
    for (name, values) in &mut all {
        values.sort_by_key(|it| it.days.from);
        close(values, |it| &mut it.days);
        refuse_overlap(name, values.iter().map(|it| it.days))?;
    }
    Ok(all)
}

fn lists(written: Vec<WrittenList>) -> Result<BTreeMap<String, Vec<List>>, RuleError> {
    let mut all: BTreeMap<String, Vec<List>> = BTreeMap::new();
    for it in written {
        refuse_without_reference(&it.name, &it.reference)?;
        let days = read_days(&it.name, it.from.as_deref(), it.to.as_deref())?;
        all.entry(it.name).or_default().push(List { values: it.values, days, reference: it.reference });
    }
    for (name, values) in &mut all {
        values.sort_by_key(|it| it.days.from);
        close(values, |it| &mut it.days);
        refuse_overlap(name, values.iter().map(|it| it.days))?;
    }
    Ok(all)
}

/// A value without a last day ends the day before the next one starts.
fn close<T>(values: &mut [T], days: impl Fn(&mut T) -> &mut Days) {
    for at in 1..values.len() {
        let next = days(&mut values[at]).from;
        let this = days(&mut values[at - 1]);
        if this.to.is_none() {
            this.to = next.filter(|next| this.from.is_none_or(|from| from < *next)).map(day_before);
        }
    }
}

fn day_before(date: Date) -> Date {
    domain::calendar::add_days(date, -1)
}

/// `days` are sorted by their first day.
fn refuse_overlap(name: &str, days: impl Iterator<Item = Days>) -> Result<(), RuleError> {
    let mut last: Option<Days> = None;
    for these in days {
        let starts = these.from.unwrap_or(Date::MIN);
        if let Some(before) = last {
            if before.to.is_none_or(|to| to >= starts) {
                return Err(RuleError::Overlap { name: name.to_owned(), on: starts });
            }
        }
        last = Some(these);
    }
    Ok(())
}

fn refuse_without_reference(name: &str, reference: &str) -> Result<(), RuleError> {
    if reference.trim().is_empty() { Err(RuleError::NoReference { name: name.to_owned() }) } else { Ok(()) }
}

fn row(mut cells: BTreeMap<String, String>) -> Result<Row, RuleError> {
    let table = cells.remove("table").ok_or(RuleError::Lacks { what: "table of a [[row]]" })?;
    let reference = cells.remove("reference").unwrap_or_default();
    refuse_without_reference(&table, &reference)?;
    let (from, to) = (cells.remove("from"), cells.remove("to"));
    let days = read_days(&table, from.as_deref(), to.as_deref())?;
    Ok(Row { table, cells, days, reference })
}
