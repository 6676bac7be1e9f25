//! Statements with their values, and rows read field by field. The same text serves both databases.

use std::fmt::Write as _;

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use sqlx::Row as _;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;

use crate::error::{Error, Result};
use crate::ids::Id;

/// What a column can hold. Nothing is nothing of a kind: PostgreSQL wants to know which.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Text(Option<String>),
    Int(Option<i64>),
    Bytes(Option<Vec<u8>>),
}

impl From<&str> for Value {
    fn from(it: &str) -> Self {
        Self::Text(Some(it.to_owned()))
    }
}
impl From<String> for Value {
    fn from(it: String) -> Self {
        Self::Text(Some(it))
    }
}
impl From<&String> for Value {
    fn from(it: &String) -> Self {
        Self::Text(Some(it.clone()))
    }
}
impl From<Option<String>> for Value {
    fn from(it: Option<String>) -> Self {
        Self::Text(it)
    }
}
impl From<i64> for Value {
    fn from(it: i64) -> Self {
        Self::Int(Some(it))
    }
}
impl From<Option<i64>> for Value {
    fn from(it: Option<i64>) -> Self {
        Self::Int(it)
    }
}
impl From<bool> for Value {
    fn from(it: bool) -> Self {
        Self::Int(Some(i64::from(it)))
    }
}
impl From<Timestamp> for Value {
    fn from(it: Timestamp) -> Self {
        Self::Int(Some(it.as_microsecond()))
    }
}
impl From<Option<Timestamp>> for Value {
    fn from(it: Option<Timestamp>) -> Self {
        Self::Int(it.map(Timestamp::as_microsecond))
    }
}
impl From<Vec<u8>> for Value {
    fn from(it: Vec<u8>) -> Self {
        Self::Bytes(Some(it))
    }
}
impl From<&serde_json::Value> for Value {
    fn from(it: &serde_json::Value) -> Self {
        Self::Text(Some(it.to_string()))
    }
}
impl From<Option<&serde_json::Value>> for Value {
    fn from(it: Option<&serde_json::Value>) -> Self {
        Self::Text(it.map(ToString::to_string))
    }
}

/// A statement under construction; its text is made of constants of this crate and `$n` alone.
#[derive(Clone, Debug)]
pub(crate) struct Sql {
    pub(crate) text: String,
    pub(crate) values: Vec<Value>,
}

impl Sql {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), values: Vec::new() }
    }

    pub(crate) fn push(mut self, text: &str) -> Self {
        self.text.push_str(text);
        self
    }

    pub(crate) fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        let _ = write!(self.text, "${}", self.values.len());
        self
    }

    /// `.and("state = ", "open")`
    pub(crate) fn and(self, test: &str, value: impl Into<Value>) -> Self {
        self.push(" AND ").push(test).bind(value)
    }

    pub(crate) fn and_id(self, id: &str) -> Self {
        self.and("id = ", id)
    }

    pub(crate) fn list<V: Into<Value>>(mut self, values: impl IntoIterator<Item = V>) -> Self {
        self = self.push("(");
        for (at, value) in values.into_iter().enumerate() {
            if at > 0 {
                self = self.push(", ");
            }
            self = self.bind(value);
        }
        self.push(")")
    }

    /// PostgreSQL's text cannot hold a NUL; refuse it on both, so that what one keeps the other keeps too.
    pub(crate) fn checked(self) -> Result<Self> {
        let bad = self.values.iter().any(|it| matches!(it, Value::Text(Some(text)) if text.contains('\0')));
        if bad { Err(Error::invalid("text", "it contains a NUL character")) } else { Ok(self) }
    }
}

/// `INSERT INTO t (a, b) VALUES ($1, $2)`
pub(crate) fn insert(table: &str, fields: Vec<(&'static str, Value)>) -> Sql {
    let names: Vec<_> = fields.iter().map(|(name, _)| *name).collect();
    Sql::new(format!("INSERT INTO {table} ({}) VALUES ", names.join(", ")))
        .list(fields.into_iter().map(|(_, value)| value))
}

#[derive(Debug)]
pub(crate) enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

impl Row {
    pub(crate) fn fields(&self) -> Fields<'_> {
        Fields { row: self, at: 0 }
    }
}

/// Reads the fields of a row in the order in which they were selected.
#[derive(Debug)]
pub(crate) struct Fields<'r> {
    row: &'r Row,
    at: usize,
}

macro_rules! take {
    ($self:ident, $kind:ty) => {{
        let at = $self.at;
        $self.at += 1;
        match $self.row {
            Row::Sqlite(row) => row.try_get::<$kind, _>(at),
            Row::Postgres(row) => row.try_get::<$kind, _>(at),
        }
        .map_err(|error| Error::unreadable(format!("column {at}"), error))
    }};
}

impl Fields<'_> {
    pub(crate) fn text(&mut self) -> Result<String> {
        take!(self, String)
    }
    pub(crate) fn opt_text(&mut self) -> Result<Option<String>> {
        take!(self, Option<String>)
    }
    pub(crate) fn int(&mut self) -> Result<i64> {
        take!(self, i64)
    }
    pub(crate) fn opt_int(&mut self) -> Result<Option<i64>> {
        take!(self, Option<i64>)
    }
    pub(crate) fn bytes(&mut self) -> Result<Vec<u8>> {
        take!(self, Vec<u8>)
    }
    pub(crate) fn opt_bytes(&mut self) -> Result<Option<Vec<u8>>> {
        take!(self, Option<Vec<u8>>)
    }
    pub(crate) fn flag(&mut self) -> Result<bool> {
        Ok(self.int()? != 0)
    }
    pub(crate) fn time(&mut self) -> Result<Timestamp> {
        time(self.int()?)
    }
    pub(crate) fn opt_time(&mut self) -> Result<Option<Timestamp>> {
        self.opt_int()?.map(time).transpose()
    }
    pub(crate) fn json<T: DeserializeOwned>(&mut self) -> Result<T> {
        let at = self.at;
        serde_json::from_str(&self.text()?).map_err(|error| Error::unreadable(format!("column {at}"), error))
    }
    pub(crate) fn opt_json<T: DeserializeOwned>(&mut self) -> Result<Option<T>> {
        let at = self.at;
        let Some(text) = self.opt_text()? else { return Ok(None) };
        serde_json::from_str(&text)
            .map(Some)
            .map_err(|error| Error::unreadable(format!("column {at}"), error))
    }
    pub(crate) fn id<T: Id>(&mut self) -> Result<T> {
        self.text().map(T::trusted)
    }
    pub(crate) fn opt_id<T: Id>(&mut self) -> Result<Option<T>> {
        Ok(self.opt_text()?.map(T::trusted))
    }
}

pub(crate) fn time(micros: i64) -> Result<Timestamp> {
    Timestamp::from_microsecond(micros).map_err(|error| Error::unreadable("a time", error))
}

/// A type that is read from a row of one table.
pub(crate) trait Record: Sized {
    const TABLE: &'static str;
    const WHAT: &'static str;
    const COLUMNS: &'static str;
    fn read(fields: &mut Fields<'_>) -> Result<Self>;
    fn key(&self) -> &str;
}
