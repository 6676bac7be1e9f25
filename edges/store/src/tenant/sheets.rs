//! A supplier's file as it came, with the mapping a person gave its columns.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Value as Json, json};

use super::quotes::{NewQuote, checked_quotes, insert_quotes};
use super::{Tenant, checked_json, checked_title, edit, read_in};
use crate::error::{Error, Result};
use crate::event::EventKind;
use crate::ids::{QuoteId, SheetId};
use crate::page::{Page, Paged, fold};
use crate::role::{Permission, words};
use crate::sql::{Fields, Record};

pub const SHEET_LARGEST: u64 = 20 * 1024 * 1024;

words! {
    SheetState "state of a quote sheet" {
        New "new",
        Mapped "mapped",
        Accepted "accepted",
    }
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sheet {
    pub id: SheetId,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub version: i64,
    pub name: String,
    pub state: SheetState,
    pub mapping: Option<Json>,
    pub report: Option<Json>,
    pub size: i64,
}

impl Record for Sheet {
    const TABLE: &'static str = "quote_sheets";
    const WHAT: &'static str = "quote sheet";
    const COLUMNS: &'static str = "id, created_at, updated_at, version, name, state, mapping, report, size";

    fn read(fields: &mut Fields<'_>) -> Result<Self> {
        Ok(Self {
            id: fields.id()?,
            created_at: fields.time()?,
            updated_at: fields.time()?,
            version: fields.int()?,
            name: fields.text()?,
            state: SheetState::parse(&fields.text()?)?,
            mapping: fields.opt_json()?,
            report: fields.opt_json()?,
            size: fields.int()?,
        })
    }

    fn key(&self) -> &str {
        self.id.as_str()
    }
}

impl Tenant {
    pub async fn add_sheet(&self, name: &str, bytes: Vec<u8>, report: Option<Json>) -> Result<Sheet> {
        let name = checked_title("name of the file", name)?;
        let size = bytes.len() as u64;
        if size > SHEET_LARGEST {
            return Err(Error::TooLarge { what: "the sheet", found: size, limit: SHEET_LARGEST });
        }
        let packed = report.as_ref().map(|report| checked_json("report", report)).transpose()?;
        let mut change = self.change(Permission::EditQuotes).await?;
        let sheet = Sheet {
            id: SheetId::fresh(),
            created_at: change.now,
            updated_at: change.now,
            version: 1,
            name,
            state: SheetState::New,
            mapping: None,
            report,
            size: size as i64,
        };
        let fields = vec![
            ("id", sheet.id.as_str().into()),
            ("created_at", sheet.created_at.into()),
            ("updated_at", sheet.updated_at.into()),
            ("version", sheet.version.into()),
            ("name", (&sheet.name).into()),
            ("search", fold(&sheet.name).into()),
            ("state", sheet.state.as_str().into()),
            ("report", packed.into()),
            ("size", sheet.size.into()),
            ("bytes", bytes.into()),
        ];
        change.run(self.scope.insert("quote_sheets", fields)).await?;
        let object = format!("quote-sheet/{}", sheet.id);
        change.audit("quote-sheet.added", &object, json!({"size": size}));
        change.event(EventKind::Quotes, object, json!({"what": "sheet added"}));
        change.commit().await?;
        Ok(sheet)
    }

    pub async fn sheets(&self, page: &Page) -> Result<Paged<Sheet>> {
        self.page(page, |sql| sql).await
    }

    pub async fn sheet(&self, id: &SheetId) -> Result<Sheet> {
        self.get(id.as_str()).await
    }

    pub async fn sheet_bytes(&self, id: &SheetId) -> Result<Vec<u8>> {
        self.who.must(Permission::Read)?;
        let row = self.store.db().row(self.scope.select("bytes", "quote_sheets").and_id(id.as_str())).await?;
        row.ok_or_else(|| Error::not_found("quote sheet", id))?.fields().bytes()
    }

    pub async fn map_sheet(&self, id: &SheetId, mapping: &Json, report: &Json) -> Result<Sheet> {
        let fields = vec![
            ("mapping", checked_json("mapping", mapping)?.into()),
            ("report", checked_json("report", report)?.into()),
            ("state", SheetState::Mapped.as_str().into()),
        ];
        let mut change = self.change(Permission::EditQuotes).await?;
        let old: Sheet = read_in(&mut change, &self.scope, id.as_str()).await?;
        not_accepted(&old)?;
        let sheet = edit(&mut change, &self.scope, id.as_str(), old.version, fields).await?;
        change.audit("quote-sheet.mapped", format!("quote-sheet/{id}"), json!({}));
        change.event(EventKind::Quotes, format!("quote-sheet/{id}"), json!({"what": "sheet mapped"}));
        change.commit().await?;
        Ok(sheet)
    }

    /// All quotes of the sheet, or none; once.
    pub async fn accept_sheet(&self, id: &SheetId, quotes: Vec<NewQuote>) -> Result<Vec<QuoteId>> {
        let quotes = checked_quotes(quotes)?;
        let mut change = self.change(Permission::EditQuotes).await?;
        let old: Sheet = read_in(&mut change, &self.scope, id.as_str()).await?;
        not_accepted(&old)?;
        let fields = vec![("state", SheetState::Accepted.as_str().into())];
        edit::<Sheet>(&mut change, &self.scope, id.as_str(), old.version, fields).await?;
        let ids = insert_quotes(&mut change, &self.scope, Some(id), quotes).await?;
        let object = format!("quote-sheet/{id}");
        change.audit("quote-sheet.accepted", &object, json!({"quotes": ids.len()}));
        change.event(EventKind::Quotes, object, json!({"what": "sheet accepted", "quotes": ids.len()}));
        change.commit().await?;
        Ok(ids)
    }
}

fn not_accepted(sheet: &Sheet) -> Result<()> {
    if sheet.state != SheetState::Accepted {
        return Ok(());
    }
    Err(Error::invalid("quote sheet", "its quotes were accepted already; edit them, or send the file anew"))
}
