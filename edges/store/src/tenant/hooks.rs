//! Web addresses that are told what happens.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Value as Json, json};

use super::{Tenant, checked_json};
use crate::error::{Error, Result};
use crate::event::EventKind;
use crate::ids::{DeliveryId, HookId};
use crate::page::{Page, Paged};
use crate::role::{Permission, words};
use crate::sql::{Fields, Record};
use crate::token;

const URL_LONGEST: usize = 2_000;
/// Each event is written once per hook.
const HOOKS_MOST: i64 = 50;

words! {
    DeliveryState "state of a delivery" {
        Pending "pending",
        Done "done",
        Dead "dead",
    }
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hook {
    pub id: HookId,
    pub created_at: Timestamp,
    pub url: String,
    /// Empty: all.
    pub kinds: Vec<EventKind>,
    pub paused: bool,
}

impl Record for Hook {
    const TABLE: &'static str = "webhooks";
    const WHAT: &'static str = "webhook";
    const COLUMNS: &'static str = "id, created_at, url, kinds, paused";

    fn read(fields: &mut Fields<'_>) -> Result<Self> {
        Ok(Self {
            id: fields.id()?,
            created_at: fields.time()?,
            url: fields.text()?,
            kinds: fields.json()?,
            paused: fields.flag()?,
        })
    }

    fn key(&self) -> &str {
        self.id.as_str()
    }
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Delivery {
    pub id: DeliveryId,
    pub hook_id: HookId,
    pub event_id: i64,
    pub kind: String,
    pub state: DeliveryState,
    pub attempts: i64,
    pub next_at: Timestamp,
    pub last_status: Option<i64>,
    pub last_error: Option<String>,
    pub created_at: Timestamp,
    pub done_at: Option<Timestamp>,
}

impl Record for Delivery {
    const TABLE: &'static str = "deliveries";
    const WHAT: &'static str = "delivery";
    const COLUMNS: &'static str = "id, hook_id, event_seq, kind, state, attempts, next_at, last_status, last_error, \
                                   created_at, done_at";

    fn read(fields: &mut Fields<'_>) -> Result<Self> {
        Ok(Self {
            id: fields.id()?,
            hook_id: fields.id()?,
            event_id: fields.int()?,
            kind: fields.text()?,
            state: DeliveryState::parse(&fields.text()?)?,
            attempts: fields.int()?,
            next_at: fields.time()?,
            last_status: fields.opt_int()?,
            last_error: fields.opt_text()?,
            created_at: fields.time()?,
            done_at: fields.opt_time()?,
        })
    }

    fn key(&self) -> &str {
        self.id.as_str()
    }
}

pub(crate) fn hook_place(organisation: &str, hook: &str) -> String {
    format!("{organisation}/webhook/{hook}")
}

impl Tenant {
    /// The hook and the secret with which its calls are signed. Whether the address may be called at all is the
    /// caller's to check, at every call.
    pub async fn add_hook(&self, url: &str, kinds: &[EventKind]) -> Result<(Hook, String)> {
        if url.len() > URL_LONGEST || url.chars().any(|it| it.is_whitespace() || it.is_control()) {
            return Err(Error::invalid("url", "it is too long, or no address"));
        }
        if !(url.starts_with("https://") || url.starts_with("http://")) {
            return Err(Error::invalid("url", "it must begin with https:// or http://"));
        }
        let secret = format!("pps_{}", token::token()?);
        let mut change = self.change(Permission::EditHooks).await?;
        let held = change.row(self.scope.select("COUNT(*)", "webhooks")).await?;
        if held.map_or(Ok(0), |row| row.fields().int())? >= HOOKS_MOST {
            return Err(Error::invalid("webhook", format!("there are {HOOKS_MOST} already")));
        }
        let hook = Hook {
            id: HookId::fresh(),
            created_at: change.now,
            url: url.to_owned(),
            kinds: kinds.to_vec(),
            paused: false,
        };
        let place = hook_place(self.scope.organisation().as_str(), hook.id.as_str());
        let fields = vec![
            ("id", hook.id.as_str().into()),
            ("created_at", hook.created_at.into()),
            ("url", url.into()),
            ("kinds", checked_json("kinds", &json!(kinds))?.into()),
            ("paused", false.into()),
            ("sealed", self.store.key().seal(&place, secret.as_bytes())?.into()),
        ];
        change.run(self.scope.insert("webhooks", fields)).await?;
        let object = format!("webhook/{}", hook.id);
        change.audit("webhook.added", &object, json!({"url": url}));
        change.event(EventKind::Firm, object, json!({"what": "webhook added"}));
        change.commit().await?;
        Ok((hook, secret))
    }

    pub async fn hooks(&self, page: &Page) -> Result<Paged<Hook>> {
        self.page(&Page { q: None, ..page.clone() }, |sql| sql).await
    }

    pub async fn hook(&self, id: &HookId) -> Result<Hook> {
        self.get(id.as_str()).await
    }

    /// Its deliveries go with it.
    pub async fn delete_hook(&self, id: &HookId) -> Result<()> {
        let mut change = self.change(Permission::EditHooks).await?;
        if change.run(self.scope.delete("webhooks").and_id(id.as_str())).await? == 0 {
            return Err(Error::not_found("webhook", id));
        }
        change.audit("webhook.deleted", format!("webhook/{id}"), json!({}));
        change.event(EventKind::Firm, format!("webhook/{id}"), json!({"what": "webhook deleted"}));
        change.commit().await
    }

    pub async fn deliveries(&self, hook: &HookId, page: &Page) -> Result<Paged<Delivery>> {
        self.get::<Hook>(hook.as_str()).await?;
        self.page(&Page { q: None, ..page.clone() }, |sql| sql.and("hook_id = ", hook.as_str())).await
    }

    /// What was given up.
    pub async fn dead_deliveries(&self, page: &Page) -> Result<Paged<Delivery>> {
        self.page(&Page { q: None, ..page.clone() }, |sql| sql.and("state = ", "dead")).await
    }

    pub async fn delivery_payload(&self, id: &DeliveryId) -> Result<Json> {
        self.who.must(Permission::Read)?;
        let row = self.store.db().row(self.scope.select("payload", "deliveries").and_id(id.as_str())).await?;
        row.ok_or_else(|| Error::not_found("delivery", id))?.fields().json()
    }

    pub async fn retry_delivery(&self, id: &DeliveryId) -> Result<Delivery> {
        let mut change = self.change(Permission::EditHooks).await?;
        let fields =
            vec![("state", "pending".into()), ("attempts", 0.into()), ("next_at", change.now.into())];
        let sql = self.scope.update("deliveries", fields).and_id(id.as_str()).and("state = ", "dead");
        if change.run(sql).await? == 0 {
            return Err(Error::not_found("dead delivery", id));
        }
        change.audit("delivery.retried", format!("delivery/{id}"), json!({}));
        change.commit().await?;
        self.get(id.as_str()).await
    }
}
