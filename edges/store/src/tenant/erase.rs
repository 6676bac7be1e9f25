//! Taking away what belongs to an organisation or a person. The audit chain keeps its hashes and says that, when and
//! by whom something was erased; what it told of is gone.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::json;

use super::Tenant;
use super::people::delete_homeless;
use crate::error::{Error, Result};
use crate::ids::PersonId;
use crate::role::Permission;
use crate::sql::Sql;
use crate::tables::{Owner, tables};

pub(crate) const ORGANISATION_ERASED: &str = "organisation.erased";
pub(crate) const PERSON_ERASED: &str = "person.erased";

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Erased {
    /// How many rows went, of which table.
    pub rows: BTreeMap<&'static str, u64>,
}

impl Tenant {
    /// Everything of this organisation. `confirm` must be its name.
    pub async fn erase_organisation(&self, confirm: &str) -> Result<Erased> {
        if self.organisation().await?.name != confirm {
            return Err(Error::invalid("confirmation", "it is not the organisation's name"));
        }
        let id = self.scope.organisation().clone();
        if id.is_instance() {
            return Err(Error::invalid("organisation", "the instance itself cannot be erased"));
        }
        let mut change = self.change(Permission::Erase).await?;
        let people = change.rows(self.scope.select("person_id", "memberships")).await?;
        let people = people.iter().map(|row| row.fields().id()).collect::<Result<Vec<PersonId>>>()?;
        let mut erased = Erased::default();
        for table in tables().iter().rev().filter(|it| it.owner == Owner::Tenant && it.name != "audit") {
            // A deal takes its history and papers with it: the history lets nobody delete a line of a deal that stands.
            if table.name == "deal_events" {
                continue;
            }
            erased.rows.insert(table.name, change.run(self.scope.delete(table.name)).await?);
        }
        for person in &people {
            delete_homeless(&mut change, person).await?;
        }
        let local = "DELETE FROM instance WHERE name = 'local_person' AND EXISTS \
                     (SELECT 1 FROM instance l WHERE l.name = 'local_organisation' AND l.value = ";
        change.run(Sql::new(local).bind(id.as_str()).push(")")).await?;
        let sql = Sql::new("DELETE FROM instance WHERE name = 'local_organisation' AND value = ");
        change.run(sql.bind(id.as_str())).await?;
        change.run(Sql::new("DELETE FROM organisations WHERE id = ").bind(id.as_str())).await?;
        change.audit(ORGANISATION_ERASED, format!("organisation/{id}"), json!({"rows": erased.rows}));
        change.commit().await?;
        self.store.db().scrub().await?;
        Ok(erased)
    }

    /// A person of this organisation: name, e-mail, password, sessions, memberships, and what the trail told of them.
    /// Their identifier stays where they acted; it no longer leads to anybody.
    pub async fn erase_person(&self, id: &PersonId) -> Result<()> {
        let mut change = self.change(Permission::Erase).await?;
        self.member_in(&mut change, id).await?;
        change.run(self.scope.delete("memberships").and("person_id = ", id.as_str())).await?;
        self.admin_left(&mut change).await?;
        delete_homeless(&mut change, id).await?;
        let object = format!("person/{id}");
        let told =
            self.scope.delete("audit_details").push(" AND seq IN (SELECT seq FROM audit WHERE object = ");
        change.run(told.bind(&object).push(")")).await?;
        change.audit(PERSON_ERASED, object, json!({}));
        change.commit().await?;
        self.store.db().scrub().await
    }
}
