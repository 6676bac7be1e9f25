//! The one place where a statement on a tenant's rows begins: each carries the organisation.

use crate::ids::OrganisationId;
use crate::sql::{Sql, Value, insert};

#[derive(Clone, Debug)]
pub(crate) struct Scope(OrganisationId);

impl Scope {
    pub(crate) fn new(organisation: OrganisationId) -> Self {
        Self(organisation)
    }

    pub(crate) fn organisation(&self) -> &OrganisationId {
        &self.0
    }

    pub(crate) fn select(&self, columns: &str, table: &str) -> Sql {
        Sql::new(format!("SELECT {columns} FROM {table} WHERE {table}.organisation = ")).bind(self.0.as_str())
    }

    /// `join` begins with ` JOIN` and reaches only tables of the instance, or this organisation's by its own key.
    pub(crate) fn select_joined(&self, columns: &str, table: &str, join: &str) -> Sql {
        Sql::new(format!("SELECT {columns} FROM {table}{join} WHERE {table}.organisation = "))
            .bind(self.0.as_str())
    }

    /// What the organisation may see of what happened: its own and the instance's.
    pub(crate) fn select_with_instance(&self, columns: &str, table: &str) -> Sql {
        Sql::new(format!("SELECT {columns} FROM {table} WHERE {table}.organisation IN ('instance', "))
            .bind(self.0.as_str())
            .push(")")
    }

    pub(crate) fn insert(&self, table: &str, mut fields: Vec<(&'static str, Value)>) -> Sql {
        fields.insert(0, ("organisation", self.0.as_str().into()));
        insert(table, fields)
    }

    pub(crate) fn update(&self, table: &str, fields: Vec<(&'static str, Value)>) -> Sql {
        let mut sql = Sql::new(format!("UPDATE {table} SET "));
        for (at, (name, value)) in fields.into_iter().enumerate() {
            sql = sql.push(if at > 0 { ", " } else { "" }).push(name).push(" = ").bind(value);
        }
        sql.push(" WHERE organisation = ").bind(self.0.as_str())
    }

    /// An update whose new values are expressions without values of their own, as `version = version + 1`.
    pub(crate) fn update_by(&self, table: &str, expressions: &str) -> Sql {
        Sql::new(format!("UPDATE {table} SET {expressions} WHERE organisation = ")).bind(self.0.as_str())
    }

    pub(crate) fn delete(&self, table: &str) -> Sql {
        Sql::new(format!("DELETE FROM {table} WHERE organisation = ")).bind(self.0.as_str())
    }
}
