//! Keys for programs. The secret is shown once and kept as a hash.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;

use super::{Tenant, checked_title};
use crate::error::{Error, Result};
use crate::event::EventKind;
use crate::ids::ApiKeyId;
use crate::page::{Page, Paged};
use crate::role::{Permission, Role};
use crate::sql::{Fields, Record};
use crate::token;

pub(crate) const KEY_PREFIX: &str = "ppk_";

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ApiKey {
    pub id: ApiKeyId,
    pub created_at: Timestamp,
    pub created_by: String,
    pub name: String,
    /// How the secret begins.
    pub hint: String,
    pub role: Role,
    pub last_used_at: Option<Timestamp>,
    pub expires_at: Option<Timestamp>,
}

impl Record for ApiKey {
    const TABLE: &'static str = "api_keys";
    const WHAT: &'static str = "API key";
    const COLUMNS: &'static str = "id, created_at, created_by, name, hint, role, last_used_at, expires_at";

    fn read(fields: &mut Fields<'_>) -> Result<Self> {
        Ok(Self {
            id: fields.id()?,
            created_at: fields.time()?,
            created_by: fields.text()?,
            name: fields.text()?,
            hint: fields.text()?,
            role: Role::parse(&fields.text()?)?,
            last_used_at: fields.opt_time()?,
            expires_at: fields.opt_time()?,
        })
    }

    fn key(&self) -> &str {
        self.id.as_str()
    }
}

impl Tenant {
    /// The key and its secret, which is kept nowhere. Nobody can make a key that may more than they may.
    pub async fn add_api_key(
        &self,
        name: &str,
        role: Role,
        expires_at: Option<Timestamp>,
    ) -> Result<(ApiKey, String)> {
        self.who.must(Permission::EditKeys)?;
        if role > self.who.role() {
            return Err(Error::Forbidden { role: self.who.role(), permission: Permission::EditKeys });
        }
        let name = checked_title("name", name)?;
        let secret = format!("{KEY_PREFIX}{}", token::token()?);
        let mut change = self.change(Permission::EditKeys).await?;
        let key = ApiKey {
            id: ApiKeyId::fresh(),
            created_at: change.now,
            created_by: self.who.trace(),
            name,
            hint: secret[..KEY_PREFIX.len() + 6].to_owned(),
            role,
            last_used_at: None,
            expires_at,
        };
        let fields = vec![
            ("id", key.id.as_str().into()),
            ("created_at", key.created_at.into()),
            ("created_by", (&key.created_by).into()),
            ("name", (&key.name).into()),
            ("hint", (&key.hint).into()),
            ("role", role.as_str().into()),
            ("secret_hash", token::token_hash(&secret).into()),
            ("expires_at", expires_at.into()),
        ];
        change.run(self.scope.insert("api_keys", fields)).await?;
        let object = format!("key/{}", key.id);
        change.audit("key.added", &object, json!({"role": role}));
        change.event(EventKind::Firm, object, json!({"what": "key added"}));
        change.commit().await?;
        Ok((key, secret))
    }

    pub async fn api_keys(&self, page: &Page) -> Result<Paged<ApiKey>> {
        self.who.must(Permission::EditKeys)?;
        self.page(&Page { q: None, ..page.clone() }, |sql| sql).await
    }

    pub async fn delete_api_key(&self, id: &ApiKeyId) -> Result<()> {
        let mut change = self.change(Permission::EditKeys).await?;
        if change.run(self.scope.delete("api_keys").and_id(id.as_str())).await? == 0 {
            return Err(Error::not_found("API key", id));
        }
        change.audit("key.deleted", format!("key/{id}"), json!({}));
        change.event(EventKind::Firm, format!("key/{id}"), json!({"what": "key deleted"}));
        change.commit().await
    }
}
