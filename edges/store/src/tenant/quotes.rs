//! What suppliers offered, as observed facts for scans.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::{Tenant, checked_json, checked_text, checked_title, edit, read_in};
use crate::change::Change;
use crate::error::{Error, Result};
use crate::event::EventKind;
use crate::ids::{QuoteId, SheetId};
use crate::page::{Page, Paged, fold, like};
use crate::role::Permission;
use crate::scope::Scope;
use crate::sql::{Fields, Record, Sql};

/// A sheet of more lines is not a supplier's quote.
const QUOTES_AT_ONCE: usize = 50_000;
/// What one scan looks at.
const QUOTES_OF_A_SCAN: i64 = 10_000;

/// `quote` is the offer as the market engine reads it; the columns beside it serve search and lists.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct NewQuote {
    pub hs: String,
    pub supplier: String,
    /// ISO 3166 alpha-2.
    pub economy: String,
    pub quote: Json,
}

#[derive(Clone, Debug, Default)]
pub struct QuoteFilter {
    /// The HS code begins with it.
    pub hs: Option<String>,
    pub supplier: Option<String>,
    pub sheet: Option<SheetId>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Quote {
    pub id: QuoteId,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub version: i64,
    pub sheet_id: Option<SheetId>,
    pub hs: String,
    pub supplier: String,
    pub economy: String,
    pub quote: Json,
}

impl Record for Quote {
    const TABLE: &'static str = "quotes";
    const WHAT: &'static str = "quote";
    const COLUMNS: &'static str =
        "id, created_at, updated_at, version, sheet_id, hs, supplier, economy, quote";

    fn read(fields: &mut Fields<'_>) -> Result<Self> {
        Ok(Self {
            id: fields.id()?,
            created_at: fields.time()?,
            updated_at: fields.time()?,
            version: fields.int()?,
            sheet_id: fields.opt_id()?,
            hs: fields.text()?,
            supplier: fields.text()?,
            economy: fields.text()?,
            quote: fields.json()?,
        })
    }

    fn key(&self) -> &str {
        self.id.as_str()
    }
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Supplier {
    pub name: String,
    pub economy: String,
    pub quotes: i64,
    pub last: Timestamp,
    pub hs: Vec<String>,
}

impl Tenant {
    pub async fn add_quote(&self, new: NewQuote) -> Result<Quote> {
        let quotes = checked_quotes(vec![new])?;
        let mut change = self.change(Permission::EditQuotes).await?;
        let ids = insert_quotes(&mut change, &self.scope, None, quotes).await?;
        let id = ids.into_iter().next().ok_or_else(|| Error::not_found("quote", "new"))?;
        let quote = read_in(&mut change, &self.scope, id.as_str()).await?;
        told(&mut change, &id, "quote.added");
        change.commit().await?;
        Ok(quote)
    }

    pub async fn quotes(&self, filter: &QuoteFilter, page: &Page) -> Result<Paged<Quote>> {
        self.page(page, |sql| filtered(sql.push(" AND deleted_at IS NULL"), filter)).await
    }

    pub async fn quote(&self, id: &QuoteId) -> Result<Quote> {
        let sql = self.all::<Quote>().push(" AND deleted_at IS NULL").and_id(id.as_str());
        self.list(sql).await?.into_iter().next().ok_or_else(|| Error::not_found("quote", id))
    }

    /// What a scan of goods under `hs` may use: newest first, of that code or of one that contains it.
    pub async fn quotes_for_scan(&self, hs: &str) -> Result<Vec<Quote>> {
        let heading: String = hs.chars().take(4).collect();
        let filter = QuoteFilter { hs: Some(heading), ..QuoteFilter::default() };
        let sql = filtered(self.all::<Quote>().push(" AND deleted_at IS NULL"), &filter);
        self.list(sql.push(" ORDER BY id DESC LIMIT ").bind(QUOTES_OF_A_SCAN)).await
    }

    pub async fn update_quote(&self, id: &QuoteId, version: i64, new: NewQuote) -> Result<Quote> {
        let new = checked(new)?;
        let mut change = self.change(Permission::EditQuotes).await?;
        self.alive(&mut change, id).await?;
        let fields = vec![
            ("search", searched(&new).into()),
            ("hs", new.hs.into()),
            ("supplier", new.supplier.into()),
            ("economy", new.economy.into()),
            ("quote", (&new.quote).into()),
        ];
        let quote = edit(&mut change, &self.scope, id.as_str(), version, fields).await?;
        told(&mut change, id, "quote.changed");
        change.commit().await?;
        Ok(quote)
    }

    /// It no longer shows and enters no scan; answers that used it keep what they used.
    pub async fn delete_quote(&self, id: &QuoteId) -> Result<()> {
        let mut change = self.change(Permission::EditQuotes).await?;
        self.alive(&mut change, id).await?;
        let fields = vec![("deleted_at", change.now.into())];
        change.run(self.scope.update("quotes", fields).and_id(id.as_str())).await?;
        told(&mut change, id, "quote.deleted");
        change.commit().await
    }

    pub async fn suppliers(&self, page: &Page) -> Result<Paged<Supplier>> {
        self.who.must(Permission::Read)?;
        let columns = "supplier, economy, COUNT(*), MAX(updated_at)";
        let mut sql = page.words(self.scope.select(columns, "quotes").push(" AND deleted_at IS NULL"))?;
        if let Some(cursor) = &page.cursor {
            let (supplier, economy) =
                cursor.rsplit_once('|').ok_or_else(|| Error::Cursor(cursor.chars().take(80).collect()))?;
            sql = sql.push(" AND (supplier, economy) > ").list([supplier, economy]);
        }
        let sql = sql.push(" GROUP BY supplier, economy ORDER BY supplier, economy LIMIT ");
        let rows = self.store.db().rows(sql.bind(page.size() as i64 + 1)).await?;
        let mut items = Vec::new();
        for row in rows.iter().take(page.size()) {
            let mut fields = row.fields();
            let (name, economy) = (fields.text()?, fields.text()?);
            let (quotes, last) = (fields.int()?, fields.time()?);
            let hs = self.codes_of(&name, &economy).await?;
            items.push(Supplier { name, economy, quotes, last, hs });
        }
        let more = rows.len() > page.size();
        let next = items.last().filter(|_| more).map(|it| format!("{}|{}", it.name, it.economy));
        Ok(Paged { items, next, total: None })
    }

    async fn codes_of(&self, supplier: &str, economy: &str) -> Result<Vec<String>> {
        let sql = self
            .scope
            .select("DISTINCT hs", "quotes")
            .push(" AND deleted_at IS NULL")
            .and("supplier = ", supplier)
            .and("economy = ", economy)
            .push(" ORDER BY hs LIMIT 100");
        self.store.db().rows(sql).await?.iter().map(|row| row.fields().text()).collect()
    }

    async fn alive(&self, change: &mut Change, id: &QuoteId) -> Result<()> {
        let sql = self.scope.select("id", "quotes").and_id(id.as_str()).push(" AND deleted_at IS NULL");
        change.row(sql).await?.map(drop).ok_or_else(|| Error::not_found("quote", id))
    }
}

fn filtered(mut sql: Sql, filter: &QuoteFilter) -> Sql {
    if let Some(hs) = &filter.hs {
        let begins = like(hs);
        sql = sql.and("hs LIKE ", &begins[1..]).push(" ESCAPE '!'");
    }
    if let Some(supplier) = &filter.supplier {
        sql = sql.and("supplier = ", supplier);
    }
    match &filter.sheet {
        Some(sheet) => sql.and("sheet_id = ", sheet.as_str()),
        None => sql,
    }
}

fn told(change: &mut Change, id: &QuoteId, what: &'static str) {
    change.audit(what, format!("quote/{id}"), json!({}));
    change.event(EventKind::Quotes, format!("quote/{id}"), json!({"what": what}));
}

fn checked(new: NewQuote) -> Result<NewQuote> {
    if !(2..=12).contains(&new.hs.len()) || !new.hs.bytes().all(|it| it.is_ascii_digit()) {
        return Err(Error::invalid("HS code", "2 to 12 digits are wanted"));
    }
    checked_text("quote", &checked_json("quote", &new.quote)?)?;
    let supplier = checked_title("supplier", &new.supplier)?;
    let economy = checked_title("economy", &new.economy)?;
    Ok(NewQuote { supplier, economy, ..new })
}

pub(super) fn checked_quotes(quotes: Vec<NewQuote>) -> Result<Vec<NewQuote>> {
    if quotes.len() > QUOTES_AT_ONCE {
        return Err(Error::invalid("quotes", format!("{} at once; at most {QUOTES_AT_ONCE}", quotes.len())));
    }
    quotes.into_iter().map(checked).collect()
}

pub(super) async fn insert_quotes(
    change: &mut Change,
    scope: &Scope,
    sheet: Option<&SheetId>,
    quotes: Vec<NewQuote>,
) -> Result<Vec<QuoteId>> {
    let now = change.now;
    let ids: Vec<_> = quotes.iter().map(|_| QuoteId::fresh()).collect();
    let rows = ids.iter().zip(quotes).map(|(id, new)| {
        vec![
            scope.organisation().as_str().into(),
            id.as_str().into(),
            now.into(),
            now.into(),
            1.into(),
            sheet.map(ToString::to_string).into(),
            searched(&new).into(),
            new.hs.into(),
            new.supplier.into(),
            new.economy.into(),
            (&new.quote).into(),
        ]
    });
    let columns =
        "organisation, id, created_at, updated_at, version, sheet_id, search, hs, supplier, economy, quote";
    change.insert_many("quotes", columns, rows.collect()).await?;
    Ok(ids)
}

fn searched(new: &NewQuote) -> String {
    let product = new.quote.get("product").and_then(Json::as_str).unwrap_or_default();
    fold(&format!("{} {} {} {product}", new.supplier, new.economy, new.hs))
}
