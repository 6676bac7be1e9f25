//! What changed between two editions of a book, row by row.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::{Path, State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::edition::Edition;
use crate::app::App;
use crate::hall::Hall;
use crate::problem::Problem;
use crate::reply::Reply;
use crate::take::Args;
use crate::who::Who;

/// Rows that are shown; all are counted.
const SHOWN: usize = 200;
/// Columns that may make up a key.
const KEY_COLUMNS: usize = 6;

/// A row that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct RowChange {
    table: String,
    /// added, removed or changed.
    change: &'static str,
    key: String,
    #[schema(required)]
    before: Option<Vec<String>>,
    #[schema(required)]
    after: Option<Vec<String>>,
}

/// How two editions differ.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Difference {
    #[serde(skip_serializing_if = "String::is_empty")]
    #[schema(required = false)]
    pub book: String,
    pub from: String,
    pub to: String,
    added: u64,
    removed: u64,
    changed: u64,
    /// Columns of the first table that differs.
    header: Vec<String>,
    /// The first rows that differ.
    rows: Vec<RowChange>,
    /// How many more rows differ.
    more: u64,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct EditionArgs {
    /// The earlier edition; the one before the one in force when left out.
    #[param(max_length = 120)]
    #[serde(default)]
    from: Option<String>,
    /// The later edition; the one in force when left out.
    #[param(max_length = 120)]
    #[serde(default)]
    to: Option<String>,
}

/// What changed between two editions of a book
#[utoipa::path(get, path = "/books/{name}/diff", tag = "books", params(("name" = String, Path, example = "rates"), EditionArgs),
    responses((status = 200, description = "Rows added, removed and changed", body = Difference),
        (status = 409, description = "The book has one edition only", body = crate::problem::Written)))]
pub async fn diff_editions(
    State(app): State<App>,
    _who: Who,
    Path(name): Path<String>,
    Args(args): Args<EditionArgs>,
) -> Result<Reply, Problem> {
    let hall = app.hall().await?;
    let found = app.heavy().run(move || differ(&hall, &name, args)).await??;
    Reply::json(&found)
}

fn differ(hall: &Hall, book: &str, args: EditionArgs) -> Result<Difference, Problem> {
    let library = &hall.room.library;
    let names = super::edition::names(library, book)?;
    let to = args.to.unwrap_or_else(|| names.first().cloned().unwrap_or_default());
    let before = || names.get(1).cloned();
    let only_one = || {
        let has = "it has one edition".to_owned();
        Problem::from(lake::LakeError::NothingOlder { book: book.to_owned(), has })
    };
    let from = args.from.or_else(before).ok_or_else(only_one)?;
    let (from, to) = (Edition::find(library, book, &from)?, Edition::find(library, book, &to)?);
    let tables = |it: &Edition<'_>| -> Result<BTreeMap<String, String>, Problem> {
        let source = it.source()?;
        source
            .tables
            .into_iter()
            .map(|table| Ok((table.file.clone(), it.table(&table.file)?.into_owned())))
            .collect()
    };
    let mut found = between(&tables(&from)?, &tables(&to)?);
    (found.book, found.from, found.to) = (book.to_owned(), from.name, to.name);
    Ok(found)
}

/// What differs between two sets of tables, by file name.
pub fn between(from: &BTreeMap<String, String>, to: &BTreeMap<String, String>) -> Difference {
    let mut found = Difference::default();
    let files: BTreeSet<&String> = from.keys().chain(to.keys()).collect();
    let nothing = String::new();
    for file in files {
        let (old, new) = (from.get(file).unwrap_or(&nothing), to.get(file).unwrap_or(&nothing));
        if old != new {
            differ_table(file, old, new, &mut found);
        }
    }
    found
}

/// Rows of a table with the blanks filled that say "as above".
fn rows(text: &str, fills: bool) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut all =
        reader.records().filter_map(Result::ok).map(|it| it.iter().map(str::to_owned).collect::<Vec<_>>());
    let header = all.next().unwrap_or_default();
    let mut rows: Vec<Vec<String>> = all.collect();
    if fills {
        fill(&mut rows);
    }
    (header, rows)
}

/// The book of flows leaves codes out where they are the same as in the row before.
fn fill(rows: &mut [Vec<String>]) {
    for at in 1..rows.len() {
        let (before, from) = rows.split_at_mut(at);
        let (Some(last), Some(row)) = (before.last(), from.first_mut()) else { continue };
        for (cell, above) in row.iter_mut().zip(last) {
            if !cell.is_empty() {
                break;
            }
            cell.clone_from(above);
        }
    }
}

fn differ_table(file: &str, old: &str, new: &str, found: &mut Difference) {
    let fills = file == "flows.csv";
    let ((old_header, old), (new_header, new)) = (rows(old, fills), rows(new, fills));
    let keys = key_columns(&old, &new);
    let (old, new) = without_common(old, new);
    let header = if new_header.is_empty() { old_header } else { new_header };
    if found.header.is_empty() {
        found.header = header;
    }
    let mut old: BTreeMap<String, Vec<Vec<String>>> = by_key(old, keys);
    let push = |found: &mut Difference, change, key: &str, before: Option<Vec<String>>, after| {
        match change {
            "added" => found.added += 1,
            "removed" => found.removed += 1,
            _ => found.changed += 1,
        }
        if found.rows.len() < SHOWN {
            let (table, key) = (file.to_owned(), key.to_owned());
            found.rows.push(RowChange { table, change, key, before, after });
        } else {
            found.more += 1;
        }
    };
    for (key, rows) in by_key(new, keys) {
        let mut befores = old.remove(&key).unwrap_or_default().into_iter();
        for row in rows {
            match befores.next() {
                Some(before) => push(found, "changed", &key, Some(before), Some(row)),
                None => push(found, "added", &key, None, Some(row)),
            }
        }
        befores.for_each(|row| push(found, "removed", &key, Some(row), None));
    }
    for (key, rows) in old {
        for row in rows {
            push(found, "removed", &key, Some(row), None);
        }
    }
}

/// Rows of each side that the other does not have; a row that is there twice counts twice.
fn without_common(
    mut old: Vec<Vec<String>>,
    mut new: Vec<Vec<String>>,
) -> (Vec<Vec<String>>, Vec<Vec<String>>) {
    old.sort();
    new.sort();
    let (mut only_old, mut only_new) = (Vec::new(), Vec::new());
    let (mut a, mut b) = (old.into_iter().peekable(), new.into_iter().peekable());
    loop {
        let order = match (a.peek(), b.peek()) {
            (None, None) => return (only_old, only_new),
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (Some(x), Some(y)) => x.cmp(y),
        };
        match order {
            std::cmp::Ordering::Less => only_old.extend(a.next()),
            std::cmp::Ordering::Greater => only_new.extend(b.next()),
            std::cmp::Ordering::Equal => {
                a.next();
                b.next();
            }
        }
    }
}

/// How many first columns tell the rows apart: the fewest that do so in both editions; all of them when none do, so that nothing
/// is called changed that is not.
fn key_columns(old: &[Vec<String>], new: &[Vec<String>]) -> usize {
    let unique = |rows: &[Vec<String>], columns: usize| {
        let mut keys: Vec<&[String]> = rows.iter().map(|it| &it[..columns.min(it.len())]).collect();
        keys.sort_unstable();
        keys.windows(2).all(|pair| pair[0] != pair[1])
    };
    (1..=KEY_COLUMNS).find(|it| unique(new, *it) && unique(old, *it)).unwrap_or(usize::MAX)
}

fn by_key(rows: Vec<Vec<String>>, columns: usize) -> BTreeMap<String, Vec<Vec<String>>> {
    let mut all: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
    for row in rows {
        let key = row[..columns.min(row.len())].join(" · ");
        all.entry(key).or_default().push(row);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(old: &str, new: &str, expect: (u64, u64, u64)) -> Difference {
        let of = |text: &str| BTreeMap::from([("flows.csv".to_owned(), text.to_owned())]);
        let found = between(&of(old), &of(new));
        assert_eq!((found.added, found.removed, found.changed), expect, "{old} {new}");
        found
    }

    #[test]
    fn rows_are_matched_by_the_columns_that_tell_them_apart() {
        let found = check("k,v\na,1\nb,2\nc,3\n", "k,v\nb,2\na,9\nd,4\n", (1, 1, 1));
        let changed = found.rows.iter().find(|it| it.change == "changed").unwrap();
        assert_eq!((changed.key.as_str(), changed.before.as_ref().unwrap()[1].as_str()), ("a", "1"));
        check("k,v\n", "k,v\na,1\n", (1, 0, 0));
        check("k,v\na,1\na,2\n", "k,v\na,1\na,3\n", (1, 1, 0));
        check("k,v\na,1\n\"a\",1\n", "k,v\na,1\n", (0, 1, 0));
        check("k,v\na,1\n", "k,v\na,1\n", (0, 0, 0));
    }

    #[test]
    fn a_code_that_is_left_out_is_that_of_the_row_before() {
        check("hs,from,usd\n85,CN,1\n,DE,2\n", "hs,from,usd\n85,DE,2\n,CN,1\n", (0, 0, 0));
    }

    /// Whatever the two are, what is added less what is removed is the growth.
    #[test]
    fn nothing_is_lost_in_counting() {
        let text = |seed: u64| {
            let row = |at: u64| format!("{},{},{}\n", at * seed % 7, at * seed % 11, at * seed % 5);
            std::iter::once("a,b,c\n".to_owned()).chain((0..seed % 40).map(row)).collect::<String>()
        };
        for (a, b) in (1..60).flat_map(|a| [(a, a + 1), (a, a * 3), (a * 5, a)]) {
            let of = |it| BTreeMap::from([("t.csv".to_owned(), text(it))]);
            let found = between(&of(a), &of(b));
            assert_eq!(
                found.added as i64 - found.removed as i64,
                (b % 40) as i64 - (a % 40) as i64,
                "{a} {b}"
            );
        }
    }
}
