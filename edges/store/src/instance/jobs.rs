//! Jobs are leased: whoever has the lease works, and whoever dies loses it to another. At least once, so every step
//! of a job must bear being done twice.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value as Json, json};

use crate::change::Change;
use crate::db::Kind;
use crate::error::{Error, Result};
use crate::event::EventKind;
use crate::ids::{ApiKeyId, JobId, OrganisationId, PersonId};
use crate::role::Role;
use crate::scope::Scope;
use crate::sql::{Fields, Record as _, Row, Sql};
use crate::store::Store;
use crate::tenant::{Job, NewJob, Progress};
use crate::who::Who;

/// A job that took so many workers down with it is not tried again.
pub const JOB_ATTEMPTS: i64 = 5;
const ONCE_LONGEST: usize = 300;

/// A job to work on, until `until` unless a heartbeat comes.
#[derive(Clone, Debug)]
pub struct Lease {
    pub job: Job,
    /// On whose behalf the work is done.
    pub who: Who,
    /// Where the last worker got to.
    pub step: Option<Json>,
    pub until: Timestamp,
    owner: String,
}

/// What a worker learns from its heartbeat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beat {
    GoOn,
    /// Somebody cancelled the job: stop, and call `cancelled`.
    Stop,
}

/// Whether a job that failed is tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    Never,
    After(Duration),
}

pub(crate) async fn enqueue(change: &mut Change, who: &Who, new: NewJob) -> Result<(Job, bool)> {
    let once = new.once.map(|once| format!("{}/{}/{once}", who.organisation(), new.kind));
    if once.as_ref().is_some_and(|once| once.len() > ONCE_LONGEST) {
        return Err(Error::invalid("once", format!("it is longer than {ONCE_LONGEST} bytes")));
    }
    let scope = Scope::new(who.organisation().clone());
    let id = JobId::fresh();
    let fields = vec![
        ("id", id.as_str().into()),
        ("created_at", change.now.into()),
        ("updated_at", change.now.into()),
        ("kind", (&new.kind).into()),
        ("once", once.clone().into()),
        ("state", "queued".into()),
        ("asked_by", who.trace().into()),
        ("role", who.role().as_str().into()),
        ("input", (&new.input).into()),
        ("attempts", 0.into()),
        ("cancel", false.into()),
        ("not_before", new.not_before.unwrap_or(change.now).into()),
    ];
    let fresh = change.run(scope.insert("jobs", fields).push(" ON CONFLICT (once) DO NOTHING")).await? == 1;
    let sql = scope.select(Job::COLUMNS, Job::TABLE);
    let sql = match once.filter(|_| !fresh) {
        Some(once) => sql.and("once = ", once),
        None => sql.and_id(id.as_str()),
    };
    let row = change.row(sql).await?.ok_or_else(|| Error::not_found("job", &id))?;
    let job = Job::read(&mut row.fields())?;
    if fresh {
        change.audit("job.added", format!("job/{id}"), json!({"kind": new.kind}));
        change.event(EventKind::Job, format!("job/{id}"), json!({"state": "queued", "kind": new.kind}));
    }
    Ok((job, fresh))
}

const LEASED: &str = "id, created_at, updated_at, kind, state, input, progress, result, problem, attempts, cancel, \
                      organisation, asked_by, role, step, lease_until, lease_owner";

fn read_lease(row: &Row) -> Result<Lease> {
    let mut fields = row.fields();
    let job = Job::read(&mut fields)?;
    let who = asker(&mut fields)?;
    let step = fields.opt_json()?;
    Ok(Lease { job, who, step, until: fields.time()?, owner: fields.text()? })
}

fn asker(fields: &mut Fields<'_>) -> Result<Who> {
    let organisation: OrganisationId = fields.id()?;
    let by = fields.opt_text()?.unwrap_or_default();
    let role = Role::parse(&fields.text()?)?;
    Ok(match by.split_once('/') {
        Some(("person", id)) => Who::person(organisation, PersonId::parse(id)?, role),
        Some(("key", id)) => Who::key(organisation, ApiKeyId::parse(id)?, role),
        _ => Who::system(organisation),
    })
}

fn until(now: Timestamp, lease: Duration) -> Result<Timestamp> {
    let lease =
        SignedDuration::try_from(lease).map_err(|error| Error::invalid("lease", error.to_string()))?;
    now.checked_add(lease).map_err(|error| Error::invalid("lease", error.to_string()))
}

fn may_be_leased(sql: Sql, now: Timestamp, kinds: &[&str]) -> Sql {
    sql.push("kind IN ")
        .list(kinds.iter().copied())
        .push(" AND ((state = 'queued' AND not_before <= ")
        .bind(now)
        .push(") OR (state = 'running' AND lease_until < ")
        .bind(now)
        .push("))")
}

impl Store {
    /// A job of the instance itself, which every organisation's work may rest on; `once` makes it fire once however
    /// many processes ask.
    pub async fn add_instance_job(&self, new: NewJob) -> Result<Job> {
        let who = Who::system(OrganisationId::instance());
        let mut change = Change::begin(self, &who).await?;
        let (job, fresh) = enqueue(&mut change, &who, new).await?;
        if fresh {
            change.commit().await?;
        }
        Ok(job)
    }

    /// The oldest job that nobody works on, or whose worker fell silent. Two callers never get the same one.
    pub async fn lease_next(&self, kinds: &[&str], owner: &str, lease: Duration) -> Result<Option<Lease>> {
        if kinds.is_empty() {
            return Ok(None);
        }
        let now = self.now();
        // Looking is cheap and takes no lock; most of the time there is nothing to do.
        let look = may_be_leased(Sql::new("SELECT 1 FROM jobs WHERE "), now, kinds).push(" LIMIT 1");
        if self.db().row(look).await?.is_none() {
            return Ok(None);
        }
        self.give_up_exhausted(kinds, now).await?;
        let sql = Sql::new("UPDATE jobs SET state = 'running', attempts = attempts + 1, lease_owner = ")
            .bind(owner)
            .push(", lease_until = ")
            .bind(until(now, lease)?)
            .push(", updated_at = ")
            .bind(now)
            .push(" WHERE id = (SELECT id FROM jobs WHERE ");
        let sql = may_be_leased(sql, now, kinds).push(" ORDER BY id LIMIT 1");
        let locked = if self.kind() == Kind::Postgres { " FOR UPDATE SKIP LOCKED" } else { "" };
        let sql = sql.push(locked).push(") RETURNING ").push(LEASED);
        self.db().write(sql).await?.first().map(read_lease).transpose()
    }

    async fn give_up_exhausted(&self, kinds: &[&str], now: Timestamp) -> Result<()> {
        let worn = Sql::new("SELECT organisation, id FROM jobs WHERE ");
        let worn =
            may_be_leased(worn, now, kinds).push(" AND state = 'running'").and("attempts >= ", JOB_ATTEMPTS);
        for row in self.db().rows(worn).await? {
            let mut fields = row.fields();
            let (organisation, id): (OrganisationId, JobId) = (fields.id()?, fields.id()?);
            let mut change = Change::begin_as(self, &organisation, "system".to_owned()).await?;
            let problem = json!({"code": "PRP-2108", "title": "Given up",
                "detail": format!("{JOB_ATTEMPTS} workers began it and none ended it")});
            let set =
                vec![("state", "failed".into()), ("problem", (&problem).into()), ("updated_at", now.into())];
            let sql = Scope::new(organisation.clone()).update("jobs", set).and_id(id.as_str());
            if change.run(sql.push(" AND state = 'running'").and("lease_until < ", now)).await? == 1 {
                change.audit("job.failed", format!("job/{id}"), problem);
                change.event(EventKind::Job, format!("job/{id}"), json!({"state": "failed"}));
                change.commit().await?;
            }
        }
        Ok(())
    }

    /// Says that the worker lives and how far it got; `step` is handed to whoever goes on after a crash.
    pub async fn heartbeat(
        &self,
        lease: &mut Lease,
        for_: Duration,
        progress: Option<&Progress>,
        step: Option<&Json>,
    ) -> Result<Beat> {
        let until = until(self.now(), for_)?;
        let mut set = vec![("lease_until", until.into())];
        if let Some(progress) = progress {
            set.push(("progress", (&json!(progress)).into()));
        }
        if let Some(step) = step {
            set.push(("step", step.into()));
        }
        let data = progress.map(|progress| json!({"state": "running", "progress": progress}));
        let row = self.end_or_go_on(lease, set, data, None).await?;
        lease.until = until;
        lease.step = step.cloned().or(lease.step.take());
        Ok(if row { Beat::Stop } else { Beat::GoOn })
    }

    pub async fn finish_job(&self, lease: &Lease, result: &Json) -> Result<()> {
        let set = vec![("state", "done".into()), ("result", result.into())];
        let data = json!({"state": "done", "result": result});
        self.end_or_go_on(lease, set, Some(data), Some("job.done")).await.map(drop)
    }

    pub async fn fail_job(&self, lease: &Lease, problem: &Json, retry: Retry) -> Result<()> {
        let again = match retry {
            Retry::After(wait) if lease.job.attempts < JOB_ATTEMPTS => Some(until(self.now(), wait)?),
            _ => None,
        };
        let state = if again.is_some() { "queued" } else { "failed" };
        let mut set = vec![("state", state.into()), ("problem", problem.into())];
        if let Some(again) = again {
            set.push(("not_before", again.into()));
        }
        let data = json!({"state": state, "problem": problem});
        self.end_or_go_on(lease, set, Some(data), Some("job.failed")).await.map(drop)
    }

    /// After [`Beat::Stop`].
    pub async fn job_cancelled(&self, lease: &Lease) -> Result<()> {
        let set = vec![("state", "cancelled".into())];
        self.end_or_go_on(lease, set, Some(json!({"state": "cancelled"})), Some("job.stopped"))
            .await
            .map(drop)
    }

    /// At shutdown: another worker may have it at once, and the attempt does not count.
    pub async fn release_job(&self, lease: &Lease) -> Result<()> {
        let set = vec![("state", "queued".into()), ("attempts", (lease.job.attempts - 1).into())];
        self.end_or_go_on(lease, set, Some(json!({"state": "queued"})), Some("job.released")).await.map(drop)
    }

    /// Whether the job was cancelled. Owner and attempt together name the lease: a worker that was thought dead
    /// cannot write over the one that took its place.
    async fn end_or_go_on(
        &self,
        lease: &Lease,
        mut set: Vec<(&'static str, crate::sql::Value)>,
        told: Option<Json>,
        audited: Option<&'static str>,
    ) -> Result<bool> {
        let organisation = lease.who.organisation();
        let mut change = Change::begin_as(self, organisation, lease.who.trace()).await?;
        set.push(("updated_at", change.now.into()));
        let sql = Scope::new(organisation.clone())
            .update("jobs", set)
            .and_id(lease.job.id.as_str())
            .and("lease_owner = ", &lease.owner)
            .and("attempts = ", lease.job.attempts)
            .push(" AND state = 'running' RETURNING cancel");
        let lost = || Error::LeaseLost { job: lease.job.id.to_string(), owner: lease.owner.clone() };
        let cancel = change.row(sql).await?.ok_or_else(lost)?.fields().flag()?;
        let object = format!("job/{}", lease.job.id);
        if let Some(data) = told {
            change.event(EventKind::Job, &object, data);
        }
        if let Some(what) = audited {
            change.audit(what, object, json!({"attempt": lease.job.attempts}));
        }
        change.commit_unaudited().await?;
        Ok(cancel)
    }
}
