//! Lists come in pages; a cursor is the last identifier seen, so that pages neither skip nor repeat.

use serde::Serialize;

use crate::error::{Error, Result};
use crate::sql::{Record, Row, Sql};

pub const PAGE: u32 = 50;
pub const PAGE_MOST: u32 = 500;
/// Longer than any search a person types.
const SEARCH_LONGEST: usize = 200;
const SEARCH_WORDS: usize = 8;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// 0 means the usual number.
    pub limit: u32,
    pub cursor: Option<String>,
    /// Every word must occur.
    pub q: Option<String>,
}

impl Page {
    pub fn first(limit: u32) -> Self {
        Self { limit, ..Self::default() }
    }

    #[must_use]
    pub fn after(&self, cursor: impl Into<String>) -> Self {
        Self { cursor: Some(cursor.into()), ..self.clone() }
    }

    pub fn search(q: impl Into<String>) -> Self {
        Self { q: Some(q.into()), ..Self::default() }
    }

    pub(crate) fn size(&self) -> usize {
        (if self.limit == 0 { PAGE } else { self.limit.min(PAGE_MOST) }) as usize
    }

    /// A cursor that is a number, for lists in order of a sequence.
    pub(crate) fn number(&self) -> Result<Option<i64>> {
        let Some(cursor) = &self.cursor else { return Ok(None) };
        cursor.parse().map(Some).map_err(|_| bad_cursor(cursor))
    }

    /// Newest first, one more than asked for, so that it is known whether more follow.
    pub(crate) fn newest_first(&self, mut sql: Sql) -> Result<Sql> {
        if let Some(cursor) = &self.cursor {
            crate::ids::JobId::parse(cursor).map_err(|_| bad_cursor(cursor))?;
            sql = sql.and("id < ", cursor);
        }
        Ok(sql.push(" ORDER BY id DESC LIMIT ").bind(self.size() as i64 + 1))
    }

    pub(crate) fn words(&self, mut sql: Sql) -> Result<Sql> {
        let Some(q) = &self.q else { return Ok(sql) };
        if q.chars().count() > SEARCH_LONGEST {
            return Err(Error::invalid("search", format!("it is longer than {SEARCH_LONGEST} characters")));
        }
        for word in fold(q).split_whitespace().take(SEARCH_WORDS) {
            sql = sql.and("search LIKE ", like(word)).push(" ESCAPE '!'");
        }
        Ok(sql)
    }
}

fn bad_cursor(cursor: &str) -> Error {
    Error::Cursor(cursor.chars().take(80).collect())
}

/// How text is kept for searching: lower case, single blanks.
pub(crate) fn fold(text: &str) -> String {
    text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(crate) fn like(word: &str) -> String {
    format!("%{}%", word.replace('!', "!!").replace('%', "!%").replace('_', "!_"))
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Paged<T> {
    pub items: Vec<T>,
    /// The cursor of the next page.
    pub next: Option<String>,
    /// How many there are in all; counted for the first page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<i64>,
}

impl<T> Paged<T> {
    pub fn map<U>(self, map: impl FnMut(T) -> U) -> Paged<U> {
        Paged { items: self.items.into_iter().map(map).collect(), next: self.next, total: self.total }
    }
}

pub(crate) fn paged<R: Record>(rows: &[Row], size: usize, total: Option<i64>) -> Result<Paged<R>> {
    let items = rows.iter().take(size).map(|row| R::read(&mut row.fields())).collect::<Result<Vec<R>>>()?;
    let next = if rows.len() > size { items.last().map(|it| it.key().to_owned()) } else { None };
    Ok(Paged { items, next, total })
}
