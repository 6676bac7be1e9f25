//! The organisations of an instance, for whoever runs it: never reached by a request.

use crate::error::{Error, Result};
use crate::ids::OrganisationId;
use crate::sql::{Fields, Sql};
use crate::store::Store;
use crate::tenant::Organisation;
use crate::who::Who;

const COLUMNS: &str = "SELECT id, created_at, version, name FROM organisations WHERE id <> 'instance'";

fn read(fields: &mut Fields<'_>) -> Result<Organisation> {
    Ok(Organisation {
        id: fields.id()?,
        created_at: fields.time()?,
        version: fields.int()?,
        name: fields.text()?,
    })
}

impl Store {
    /// Oldest first.
    pub async fn organisations(&self) -> Result<Vec<Organisation>> {
        let sql = Sql::new(format!("{COLUMNS} ORDER BY created_at, id"));
        self.db().rows(sql).await?.iter().map(|row| read(&mut row.fields())).collect()
    }

    /// On behalf of whoever runs the instance, in one organisation.
    pub async fn steward(&self, organisation: &OrganisationId) -> Result<Who> {
        let sql = Sql::new(COLUMNS).and("id = ", organisation.as_str());
        let row = self.db().row(sql).await?.ok_or_else(|| Error::not_found("organisation", organisation))?;
        Ok(Who::system(read(&mut row.fields())?.id))
    }
}
