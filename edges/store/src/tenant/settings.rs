//! Settings in the clear, secrets sealed.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::{Tenant, checked_json};
use crate::error::{Error, Result};
use crate::event::EventKind;
use crate::role::Permission;
use crate::sql::Value;

const NAME_LONGEST: usize = 100;
const SECRET_LARGEST: u64 = 64 * 1024;

impl Tenant {
    pub async fn settings(&self) -> Result<BTreeMap<String, Json>> {
        self.who.must(Permission::Read)?;
        let rows = self.store.db().rows(self.scope.select("name, value", "settings")).await?;
        rows.iter()
            .map(|row| {
                let mut fields = row.fields();
                Ok((fields.text()?, fields.json()?))
            })
            .collect()
    }

    pub async fn setting(&self, name: &str) -> Result<Option<Json>> {
        self.who.must(Permission::Read)?;
        let row = self.store.db().row(self.scope.select("value", "settings").and("name = ", name)).await?;
        row.map(|row| row.fields().json()).transpose()
    }

    pub async fn set_setting(&self, name: &str, value: &Json) -> Result<()> {
        let text = checked_json("setting", value)?;
        self.put("settings", "value", name, text.into(), "setting.set").await
    }

    /// For the server's own use; never shown to a client.
    pub async fn secret(&self, name: &str) -> Result<Option<Vec<u8>>> {
        self.who.must(Permission::EditSettings)?;
        let row = self.store.db().row(self.scope.select("sealed", "secrets").and("name = ", name)).await?;
        let Some(row) = row else { return Ok(None) };
        self.store.key().open(&self.secret_place(name), &row.fields().bytes()?).map(Some)
    }

    pub async fn set_secret(&self, name: &str, plain: &[u8]) -> Result<()> {
        let found = plain.len() as u64;
        if found > SECRET_LARGEST {
            return Err(Error::TooLarge { what: "the secret", found, limit: SECRET_LARGEST });
        }
        let sealed = self.store.key().seal(&self.secret_place(name), plain)?;
        self.put("secrets", "sealed", name, sealed.into(), "secret.set").await
    }

    pub async fn secret_names(&self) -> Result<Vec<String>> {
        self.who.must(Permission::EditSettings)?;
        let rows = self.store.db().rows(self.scope.select("name", "secrets").push(" ORDER BY name")).await?;
        rows.iter().map(|row| row.fields().text()).collect()
    }

    pub async fn delete_secret(&self, name: &str) -> Result<()> {
        let mut change = self.change(Permission::EditSettings).await?;
        if change.run(self.scope.delete("secrets").and("name = ", name)).await? == 0 {
            return Err(Error::not_found("secret", name));
        }
        change.audit("secret.deleted", format!("secret/{name}"), json!({}));
        change.event(EventKind::Firm, format!("secret/{name}"), json!({"what": "secret deleted"}));
        change.commit().await
    }

    fn secret_place(&self, name: &str) -> String {
        format!("{}/secret/{name}", self.scope.organisation())
    }

    async fn put(
        &self,
        table: &'static str,
        column: &'static str,
        name: &str,
        value: Value,
        what: &'static str,
    ) -> Result<()> {
        let good = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '_' | '.');
        if name.is_empty() || name.len() > NAME_LONGEST || !name.chars().all(good) {
            return Err(Error::invalid(
                "name",
                format!("1 to {NAME_LONGEST} letters, digits, `-`, `_`, `.`"),
            ));
        }
        let mut change = self.change(Permission::EditSettings).await?;
        let fields = vec![("name", name.into()), (column, value), ("updated_at", change.now.into())];
        let update = format!(
            " ON CONFLICT (organisation, name) DO UPDATE SET {column} = excluded.{column}, \
             updated_at = excluded.updated_at"
        );
        change.run(self.scope.insert(table, fields).push(&update)).await?;
        let object = format!("{table}/{name}");
        change.audit(what, &object, json!({}));
        change.event(EventKind::Firm, object, json!({"what": what}));
        change.commit().await
    }
}
