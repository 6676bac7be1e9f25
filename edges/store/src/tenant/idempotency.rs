//! The same request sent twice is done once: its answer is kept under the key the client gave.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value as Json;

use super::{Tenant, checked_json};
use crate::error::{Error, Result};
use crate::role::Permission;
use crate::sql::Value;
use crate::token;

const NAME_LONGEST: usize = 200;
const BODY_LARGEST: u64 = 8 * 1024 * 1024;
/// A request that takes longer has lost its process; another may take over.
const HELD: SignedDuration = SignedDuration::from_mins(5);
const KEPT: SignedDuration = SignedDuration::from_hours(24);

#[derive(Clone, Debug, PartialEq)]
pub struct Answered {
    pub status: i64,
    pub headers: Json,
    pub body: Vec<u8>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Reservation {
    /// Do it, and then `finish_request` or `abandon_request` with this holder.
    Mine(String),
    /// It is being done at this moment.
    UnderWay,
    /// It was done; this was the answer.
    Done(Answered),
    /// The key was used for another request.
    Differs,
}

impl Tenant {
    /// `request_hash` covers method, path and body.
    pub async fn reserve_request(&self, name: &str, request_hash: &str) -> Result<Reservation> {
        if name.is_empty() || name.len() > NAME_LONGEST {
            return Err(Error::invalid(
                "idempotency key",
                format!("1 to {NAME_LONGEST} characters are wanted"),
            ));
        }
        let mut change = self.change(Permission::Read).await?;
        let now = change.now;
        change.run(self.scope.delete("idempotency").and("name = ", name).and("expires_at <= ", now)).await?;
        let holder = token::token()?;
        let fields: Vec<(&'static str, Value)> = vec![
            ("name", name.into()),
            ("request_hash", request_hash.into()),
            ("holder", (&holder).into()),
            ("created_at", now.into()),
            ("expires_at", after(now, HELD)?.into()),
        ];
        let sql =
            self.scope.insert("idempotency", fields).push(" ON CONFLICT (organisation, name) DO NOTHING");
        if change.run(sql).await? == 1 {
            change.commit_unaudited().await?;
            return Ok(Reservation::Mine(holder));
        }
        let sql =
            self.scope.select("request_hash, status, headers, body", "idempotency").and("name = ", name);
        let Some(row) = change.row(sql).await? else { return Ok(Reservation::UnderWay) };
        let mut fields = row.fields();
        if fields.text()? != request_hash {
            return Ok(Reservation::Differs);
        }
        let Some(status) = fields.opt_int()? else { return Ok(Reservation::UnderWay) };
        let headers = fields.opt_json()?.unwrap_or_default();
        Ok(Reservation::Done(Answered { status, headers, body: fields.opt_bytes()?.unwrap_or_default() }))
    }

    pub async fn finish_request(&self, name: &str, holder: &str, answered: Answered) -> Result<()> {
        let found = answered.body.len() as u64;
        if found > BODY_LARGEST {
            return Err(Error::TooLarge { what: "the answer to a request", found, limit: BODY_LARGEST });
        }
        let change = self.change(Permission::Read).await?;
        let fields = vec![
            ("status", answered.status.into()),
            ("headers", checked_json("headers", &answered.headers)?.into()),
            ("body", answered.body.into()),
            ("expires_at", after(change.now, KEPT)?.into()),
        ];
        let sql = self.scope.update("idempotency", fields).and("name = ", name).and("holder = ", holder);
        self.held(change, sql).await
    }

    /// It failed before it did anything: the client may send it again.
    pub async fn abandon_request(&self, name: &str, holder: &str) -> Result<()> {
        let change = self.change(Permission::Read).await?;
        let sql = self.scope.delete("idempotency").and("name = ", name).and("holder = ", holder);
        self.held(change, sql.push(" AND status IS NULL")).await
    }

    async fn held(&self, mut change: crate::change::Change, sql: crate::sql::Sql) -> Result<()> {
        if change.run(sql).await? == 0 {
            return Err(Error::not_found("reserved request", "of this holder"));
        }
        change.commit_unaudited().await
    }
}

pub(crate) fn after(now: Timestamp, wait: SignedDuration) -> Result<Timestamp> {
    now.checked_add(wait).map_err(|error| Error::invalid("time", error.to_string()))
}
