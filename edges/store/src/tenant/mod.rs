//! Everything that belongs to one organisation. Nothing here writes SQL of its own: statements begin in `scope`.

mod alerts;
mod answers;
mod deals;
mod erase;
mod export;
mod firm;
mod hooks;
mod idempotency;
mod jobs;
mod keys;
mod needs;
mod people;
mod quotes;
mod settings;
mod sheets;
mod trail;
mod watches;

pub use alerts::Alert;
pub use answers::{AnswerRow, NewAnswer};
pub use deals::{
    Deal, DealEntry, DealPatch, DealState, DealStep, NewDeal, NewPaper, PAPER_LARGEST, Paper, steps,
};
pub use erase::Erased;
pub use export::{EXPORTED, ExportPage};
pub use firm::Organisation;
pub use hooks::{Delivery, DeliveryState, Hook};
pub use idempotency::{Answered, Reservation};
pub use jobs::{Job, JobState, NewJob, Progress};
pub use keys::ApiKey;
pub use needs::{Need, NeedPatch, NeedState, NewNeed};
pub use people::{Member, NewPerson, PersonPatch, PersonState};
pub use quotes::{NewQuote, Quote, QuoteFilter, Supplier};
pub use sheets::{SHEET_LARGEST, Sheet, SheetState};
pub use trail::AuditEntry;
pub use watches::{NewWatch, Watch, WatchPatch};

pub(crate) use erase::{ORGANISATION_ERASED, PERSON_ERASED};
pub(crate) use hooks::hook_place;
pub(crate) use idempotency::after;
pub(crate) use keys::KEY_PREFIX;
pub(crate) use people::{checked_email, insert_organisation, insert_person};

use crate::change::Change;
use crate::error::{Error, Result};
use crate::page::{Page, Paged, paged};
use crate::role::Permission;
use crate::scope::Scope;
use crate::sql::{Record, Sql, Value};
use crate::store::Store;
use crate::who::Who;

const TITLE_LONGEST: usize = 300;
const TEXT_LONGEST: usize = 20_000;
/// Plans, orders, mappings and reports are some hundred kilobytes at most.
const JSON_LARGEST: u64 = 8 * 1024 * 1024;

/// Made by [`Store::tenant`].
#[derive(Clone, Debug)]
pub struct Tenant {
    store: Store,
    who: Who,
    scope: Scope,
}

impl Tenant {
    pub(crate) fn new(store: Store, who: Who) -> Self {
        let scope = Scope::new(who.organisation().clone());
        Self { store, who, scope }
    }

    pub fn who(&self) -> &Who {
        &self.who
    }

    pub fn store(&self) -> &Store {
        &self.store
    }

    async fn change(&self, permission: Permission) -> Result<Change> {
        self.who.must(permission)?;
        Change::begin(&self.store, &self.who).await
    }

    fn all<R: Record>(&self) -> Sql {
        self.scope.select(R::COLUMNS, R::TABLE)
    }

    async fn list<R: Record>(&self, sql: Sql) -> Result<Vec<R>> {
        self.who.must(Permission::Read)?;
        self.store.db().rows(sql).await?.iter().map(|row| R::read(&mut row.fields())).collect()
    }

    async fn find<R: Record>(&self, id: &str) -> Result<Option<R>> {
        Ok(self.list(self.all::<R>().and_id(id)).await?.into_iter().next())
    }

    async fn get<R: Record>(&self, id: &str) -> Result<R> {
        self.find(id).await?.ok_or_else(|| Error::not_found(R::WHAT, id))
    }

    /// `filter` adds tests to a statement that has a WHERE already.
    async fn page<R: Record>(&self, page: &Page, filter: impl Fn(Sql) -> Sql) -> Result<Paged<R>> {
        self.who.must(Permission::Read)?;
        let sql = page.newest_first(page.words(filter(self.all::<R>()))?)?;
        let rows = self.store.db().rows(sql).await?;
        let total = match &page.cursor {
            Some(_) => None,
            None if rows.len() <= page.size() => Some(rows.len() as i64),
            None => self.count(page.words(filter(self.scope.select("COUNT(*)", R::TABLE)))?).await?,
        };
        paged(&rows, page.size(), total)
    }

    async fn count(&self, sql: Sql) -> Result<Option<i64>> {
        self.store.db().row(sql).await?.map(|row| row.fields().int()).transpose()
    }
}

/// Changes one row of a known version and gives back how it now is.
async fn edit<R: Record>(
    change: &mut Change,
    scope: &Scope,
    id: &str,
    version: i64,
    mut fields: Vec<(&'static str, Value)>,
) -> Result<R> {
    fields.push(("version", (version + 1).into()));
    fields.push(("updated_at", change.now.into()));
    let sql = scope.update(R::TABLE, fields).and_id(id).and("version = ", version);
    if let Some(row) = change.row(sql.push(&format!(" RETURNING {}", R::COLUMNS))).await? {
        return R::read(&mut row.fields());
    }
    let found = change.row(scope.select("version", R::TABLE).and_id(id)).await?;
    let found = found.ok_or_else(|| Error::not_found(R::WHAT, id))?.fields().int()?;
    Err(Error::Conflict { what: R::WHAT, id: id.to_owned(), sent: version, found })
}

async fn read_in<R: Record>(change: &mut Change, scope: &Scope, id: &str) -> Result<R> {
    let row = change.row(scope.select(R::COLUMNS, R::TABLE).and_id(id)).await?;
    R::read(&mut row.ok_or_else(|| Error::not_found(R::WHAT, id))?.fields())
}

fn checked_title(what: &'static str, text: &str) -> Result<String> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > TITLE_LONGEST {
        return Err(Error::invalid(what, format!("it needs 1 to {TITLE_LONGEST} characters")));
    }
    if text.chars().any(char::is_control) {
        return Err(Error::invalid(what, "it contains control characters"));
    }
    Ok(text.to_owned())
}

fn checked_text(what: &'static str, text: &str) -> Result<String> {
    if text.chars().count() > TEXT_LONGEST {
        return Err(Error::invalid(what, format!("it is longer than {TEXT_LONGEST} characters")));
    }
    Ok(text.to_owned())
}

fn checked_json(what: &'static str, json: &serde_json::Value) -> Result<String> {
    let text = json.to_string();
    if text.len() as u64 > JSON_LARGEST {
        return Err(Error::TooLarge { what, found: text.len() as u64, limit: JSON_LARGEST });
    }
    Ok(text)
}

/// What is shown of a long text in a list of titles.
fn short(text: &str) -> String {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("...");
    line.chars().filter(|it| !it.is_control()).take(120).collect()
}
