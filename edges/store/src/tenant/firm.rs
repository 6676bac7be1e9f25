//! The organisation itself.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;

use super::{Tenant, checked_title};
use crate::error::{Error, Result};
use crate::event::EventKind;
use crate::ids::OrganisationId;
use crate::role::Permission;
use crate::sql::Sql;

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Organisation {
    pub id: OrganisationId,
    pub created_at: Timestamp,
    pub version: i64,
    pub name: String,
}

impl Tenant {
    pub async fn organisation(&self) -> Result<Organisation> {
        let sql = Sql::new("SELECT id, created_at, version, name FROM organisations WHERE id = ");
        let row = self.store.db().row(sql.bind(self.scope.organisation().as_str())).await?;
        let row = row.ok_or_else(|| Error::not_found("organisation", self.scope.organisation()))?;
        let mut fields = row.fields();
        Ok(Organisation {
            id: fields.id()?,
            created_at: fields.time()?,
            version: fields.int()?,
            name: fields.text()?,
        })
    }

    pub async fn rename_organisation(&self, version: i64, name: &str) -> Result<Organisation> {
        let name = checked_title("name", name)?;
        let id = self.scope.organisation().clone();
        let mut change = self.change(Permission::EditSettings).await?;
        let sql = Sql::new("UPDATE organisations SET version = version + 1, updated_at = ")
            .bind(change.now)
            .push(", name = ")
            .bind(name)
            .push(" WHERE id = ")
            .bind(id.as_str())
            .and("version = ", version);
        if change.run(sql).await? == 0 {
            drop(change);
            let found = self.organisation().await?.version;
            return Err(Error::Conflict { what: "organisation", id: id.to_string(), sent: version, found });
        }
        change.audit("organisation.renamed", format!("organisation/{id}"), json!({}));
        change.event(EventKind::Firm, format!("organisation/{id}"), json!({"what": "renamed"}));
        change.commit().await?;
        self.organisation().await
    }
}
