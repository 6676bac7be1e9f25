//! Pages of lists: a limit, and a cursor that says where the page before ended.

use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::problem::Problem;

/// Items on a page when nothing is said, and at most.
pub const USUAL: usize = 50;
pub const MOST: usize = 500;

/// A page of a list that can be searched.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListArgs {
    /// Words that the items hold.
    #[param(max_length = 200)]
    #[serde(default)]
    pub q: Option<String>,
    /// Where the page before ended: its `next`.
    #[serde(default)]
    pub cursor: Option<String>,
    #[param(minimum = 1, maximum = 500, default = 50)]
    #[serde(default)]
    pub limit: Option<usize>,
}

impl ListArgs {
    /// As the store reads it.
    ///
    /// # Errors
    /// The limit is none.
    pub fn page(&self) -> Result<store::Page, Problem> {
        let limit = u32::try_from(limit(self.limit)?).unwrap_or(u32::MAX);
        let q = self.q.clone().filter(|it| !it.trim().is_empty());
        Ok(store::Page { limit, cursor: self.cursor.clone(), q })
    }
}

/// The limit that was asked for.
///
/// # Errors
/// It is none.
pub fn limit(asked: Option<usize>) -> Result<usize, Problem> {
    match asked.unwrap_or(USUAL) {
        it @ 1..=MOST => Ok(it),
        _ => Err(Problem::address("limit", &format!("must be 1 to {MOST}"))),
    }
}

/// A place in a list, opaque to the client: hexadecimal, so that it needs no escape anywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor(pub String);

/// No place in a list is longer.
const LONGEST: usize = 512;

impl Cursor {
    pub fn write(&self) -> String {
        use std::fmt::Write as _;
        self.0.bytes().fold(String::with_capacity(self.0.len() * 2), |mut out, byte| {
            let _ = write!(out, "{byte:02x}");
            out
        })
    }

    /// # Errors
    /// We wrote no such cursor.
    pub fn read(text: &str) -> Result<Self, Problem> {
        let refuse = || Problem::ours(StatusCode::UNPROCESSABLE_ENTITY, 2014, &[]);
        if text.len() > LONGEST
            || !text.len().is_multiple_of(2)
            || !text.bytes().all(|it| it.is_ascii_hexdigit())
        {
            return Err(refuse());
        }
        let bytes = text.as_bytes().chunks(2).map(|pair| {
            let pair = std::str::from_utf8(pair).ok()?;
            u8::from_str_radix(pair, 16).ok()
        });
        let bytes: Option<Vec<u8>> = bytes.collect();
        bytes.and_then(|it| String::from_utf8(it).ok()).map(Self).ok_or_else(refuse)
    }

    /// A place that is a number: how many came before.
    ///
    /// # Errors
    /// It is no number.
    pub fn offset(asked: Option<&str>) -> Result<usize, Problem> {
        let Some(text) = asked else { return Ok(0) };
        let place = Self::read(text)?;
        place.0.parse().map_err(|_| Problem::ours(StatusCode::UNPROCESSABLE_ENTITY, 2014, &[]))
    }
}

/// A page out of all: its items, and the cursor of the next.
pub fn page<T>(all: impl Iterator<Item = T>, from: usize, limit: usize) -> (Vec<T>, Option<String>) {
    let mut rest = all.skip(from);
    let items: Vec<T> = rest.by_ref().take(limit).collect();
    let next = rest.next().is_some().then(|| Cursor((from + items.len()).to_string()).write());
    (items, next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_back_and_others_are_refused() {
        for place in ["", "0", "0199-ab", "上海/3"] {
            assert_eq!(Cursor::read(&Cursor(place.to_owned()).write()).unwrap().0, place);
        }
        for bad in ["x", "zz", "ff", "0", "%00", &"0".repeat(600)] {
            assert_eq!(Cursor::read(bad).unwrap_err().code(), "PRP-2014", "{bad}");
        }
    }

    /// Whatever the limit, the pages together are the list, in order, with nothing twice.
    #[test]
    fn pages_together_are_the_list() {
        for (length, limit) in [(0, 1), (1, 1), (7, 3), (9, 3), (10, 500)] {
            let (mut all, mut from) = (Vec::new(), 0);
            loop {
                let (items, next) = page(0..length, from, limit);
                assert!(items.len() <= limit);
                all.extend(items);
                match next {
                    None => break,
                    Some(cursor) => from = Cursor::offset(Some(&cursor)).unwrap(),
                }
            }
            assert_eq!(all, (0..length).collect::<Vec<_>>(), "{length} by {limit}");
        }
    }
}
