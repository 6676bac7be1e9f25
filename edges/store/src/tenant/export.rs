//! All that an organisation has, table by table, as lines of JSON. Hashes of secrets and sealed values stay here.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Map, Value as Json, json};

use super::Tenant;
use crate::error::{Error, Result};
use crate::pack::unpack;
use crate::role::Permission;
use crate::sql::{Fields, Sql, time};
use crate::tables::{Owner, Shape, Table, tables};

/// Rows of one page; answers and papers are megabytes each.
const ROWS: i64 = 20;

/// Of this organisation's own tables, those that a person has a use for.
pub const EXPORTED: &[&str] = &[
    "memberships",
    "api_keys",
    "answers",
    "needs",
    "deals",
    "deal_events",
    "deal_papers",
    "watches",
    "alerts",
    "quote_sheets",
    "quotes",
    "jobs",
    "webhooks",
    "deliveries",
    "settings",
    "events",
    "audit",
    "audit_details",
];

#[derive(Clone, Debug, PartialEq)]
pub struct ExportPage {
    pub lines: Vec<String>,
    /// Hand it back for the next page; nothing when this was the last.
    pub next: Option<i64>,
}

impl Tenant {
    /// One page of one of [`EXPORTED`], or of `people`: those who belong to this organisation.
    pub async fn export_page(&self, table: &str, after: Option<i64>) -> Result<ExportPage> {
        self.who.must(Permission::Export)?;
        let offset = after.unwrap_or(0);
        if table == "people" {
            return self.export_people(offset).await;
        }
        let table = tables()
            .iter()
            .find(|it| it.name == table && it.owner == Owner::Tenant && EXPORTED.contains(&it.name))
            .ok_or_else(|| Error::not_found("table", table))?;
        let columns: Vec<_> = shown(table).map(|(name, _)| name).collect();
        let sql = self.scope.select(&columns.join(", "), table.name);
        let sql = sql.push(" ORDER BY ").push(&table.key.join(", "));
        let rows = self.store.db().rows(paged(sql, offset)).await?;
        let lines = rows.iter().map(|row| line(table, &mut row.fields())).collect::<Result<Vec<_>>>()?;
        Ok(page(lines, offset))
    }

    async fn export_people(&self, offset: i64) -> Result<ExportPage> {
        let sql = self.scope.select_joined(
            "p.id, p.email, p.name, p.state, memberships.role",
            "memberships",
            " JOIN people p ON p.id = memberships.person_id",
        );
        let rows = self.store.db().rows(paged(sql.push(" ORDER BY p.id"), offset)).await?;
        let lines = rows.iter().map(|row| {
            let mut fields = row.fields();
            let (id, email, name) = (fields.text()?, fields.opt_text()?, fields.text()?);
            let (state, role) = (fields.text()?, fields.text()?);
            Ok(json!({"id": id, "email": email, "name": name, "state": state, "role": role}).to_string())
        });
        let lines = lines.collect::<Result<Vec<_>>>()?;
        Ok(page(lines, offset))
    }
}

fn paged(sql: Sql, offset: i64) -> Sql {
    sql.push(" LIMIT ").bind(ROWS).push(" OFFSET ").bind(offset)
}

fn page(lines: Vec<String>, offset: i64) -> ExportPage {
    let next = if lines.len() as i64 == ROWS { Some(offset + ROWS) } else { None };
    ExportPage { lines, next }
}

fn shown(table: &Table) -> impl Iterator<Item = (&'static str, Shape)> {
    let hidden = |shape| matches!(shape, Shape::Hidden(_));
    table.columns.iter().copied().filter(move |(name, shape)| !hidden(*shape) && *name != "search")
}

fn line(table: &Table, fields: &mut Fields<'_>) -> Result<String> {
    let mut map = Map::new();
    for (name, shape) in shown(table) {
        map.insert(name.to_owned(), value(shape, fields)?);
    }
    Ok(Json::Object(map).to_string())
}

fn value(shape: Shape, fields: &mut Fields<'_>) -> Result<Json> {
    Ok(match shape {
        Shape::Text => json!(fields.opt_text()?),
        Shape::Int => json!(fields.opt_int()?),
        Shape::Time => json!(fields.opt_int()?.map(time).transpose()?),
        Shape::Json => fields.opt_json()?.unwrap_or_default(),
        Shape::Bytes => json!(fields.opt_bytes()?.map(|bytes| BASE64.encode(bytes))),
        Shape::Packed => match fields.opt_bytes()? {
            Some(bytes) => serde_json::from_slice(&unpack("answer", &bytes)?).unwrap_or_default(),
            None => Json::Null,
        },
        Shape::Hidden(_) => Json::Null,
    })
}
