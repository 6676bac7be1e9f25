//! Lists of the store as pages of the API.

use serde::{Deserialize, Serialize};
use store::{Page, Paged};
use utoipa::{IntoParams, ToSchema};

use crate::problem::Problem;

/// How a list is asked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Query {
    /// How many.
    #[param(minimum = 1, maximum = 500)]
    pub limit: Option<u32>,
    /// Where the page before ended.
    #[param(max_length = 512)]
    pub cursor: Option<String>,
    /// Words that must occur.
    #[param(max_length = 200)]
    pub q: Option<String>,
    /// Read by the guard; part of every address.
    #[param(ignore)]
    #[serde(rename = "lang")]
    #[expect(dead_code, reason = "the guard reads it")]
    language: Option<String>,
}

/// A page of a list whose things have states, or were seen or not.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sift<S> {
    pub limit: Option<u32>,
    pub cursor: Option<String>,
    pub q: Option<String>,
    pub state: Option<S>,
    pub unseen: Option<bool>,
    pub watch: Option<String>,
    #[serde(rename = "lang")]
    language: Option<String>,
}

impl<S> Sift<S> {
    pub fn query(&self) -> Query {
        Query {
            limit: self.limit,
            cursor: self.cursor.clone(),
            q: self.q.clone(),
            language: self.language.clone(),
        }
    }
}

/// The page that was asked for.
///
/// # Errors
/// The limit is out of bounds.
pub fn page(query: &Query) -> Result<Page, Problem> {
    let limit = match query.limit {
        None => 0,
        Some(it @ 1..=500) => it,
        Some(_) => return Err(Problem::address("limit", "must be 1 to 500")),
    };
    let q = query.q.clone().filter(|it| !it.trim().is_empty());
    Ok(Page { limit, cursor: query.cursor.clone(), q })
}

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Listed<T> {
    pub items: Vec<T>,
    /// The cursor of the next page.
    #[schema(required)]
    pub next: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<i64>,
}

impl<T> Listed<T> {
    pub fn of(page: Paged<T>) -> Self {
        Self { items: page.items, next: page.next, total: page.total }
    }
}
