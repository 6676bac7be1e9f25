//! Long work that an organisation asked for. Workers lease it through the instance.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::{Tenant, checked_json, checked_title};
use crate::error::{Error, Result};
use crate::event::EventKind;
use crate::ids::JobId;
use crate::instance::enqueue;
use crate::page::{Page, Paged};
use crate::role::{Permission, words};
use crate::sql::{Fields, Record};

words! {
    JobState "state of a job" {
        Queued "queued",
        Running "running",
        Done "done",
        Failed "failed",
        Cancelled "cancelled",
    }
}

#[derive(Clone, Debug, Default)]
pub struct NewJob {
    pub kind: String,
    pub input: Json,
    /// Two jobs with the same word are one: the second finds the first.
    pub once: Option<String>,
    pub not_before: Option<Timestamp>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    pub done: i64,
    pub total: i64,
    pub what: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Job {
    pub id: JobId,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub kind: String,
    pub state: JobState,
    pub input: Json,
    pub progress: Option<Progress>,
    pub result: Option<Json>,
    pub problem: Option<Json>,
    pub attempts: i64,
    /// Somebody asked that it stop.
    pub cancel: bool,
}

impl Record for Job {
    const TABLE: &'static str = "jobs";
    const WHAT: &'static str = "job";
    const COLUMNS: &'static str =
        "id, created_at, updated_at, kind, state, input, progress, result, problem, attempts, cancel";

    fn read(fields: &mut Fields<'_>) -> Result<Self> {
        Ok(Self {
            id: fields.id()?,
            created_at: fields.time()?,
            updated_at: fields.time()?,
            kind: fields.text()?,
            state: JobState::parse(&fields.text()?)?,
            input: fields.json()?,
            progress: fields.opt_json()?,
            result: fields.opt_json()?,
            problem: fields.opt_json()?,
            attempts: fields.int()?,
            cancel: fields.flag()?,
        })
    }

    fn key(&self) -> &str {
        self.id.as_str()
    }
}

impl Tenant {
    pub async fn add_job(&self, new: NewJob) -> Result<Job> {
        checked_title("kind of the job", &new.kind)?;
        checked_json("input of the job", &new.input)?;
        let mut change = self.change(Permission::RunJobs).await?;
        let (job, fresh) = enqueue(&mut change, &self.who, new).await?;
        if fresh {
            change.commit().await?;
        }
        Ok(job)
    }

    pub async fn jobs(&self, state: Option<JobState>, page: &Page) -> Result<Paged<Job>> {
        let page = Page { q: None, ..page.clone() };
        self.page(&page, |sql| match state {
            Some(state) => sql.and("state = ", state.as_str()),
            None => sql,
        })
        .await
    }

    pub async fn job(&self, id: &JobId) -> Result<Job> {
        self.get(id.as_str()).await
    }

    /// A queued job is cancelled at once; a running one is told so at its next heartbeat. A job that has ended
    /// stays as it is.
    pub async fn cancel_job(&self, id: &JobId) -> Result<Job> {
        let mut change = self.change(Permission::RunJobs).await?;
        let queued =
            vec![("state", "cancelled".into()), ("cancel", true.into()), ("updated_at", change.now.into())];
        let running = vec![("cancel", true.into()), ("updated_at", change.now.into())];
        let hits = change
            .run(self.scope.update("jobs", queued).and_id(id.as_str()).push(" AND state = 'queued'"))
            .await?
            + change
                .run(self.scope.update("jobs", running).and_id(id.as_str()).push(" AND state = 'running'"))
                .await?;
        if hits > 0 {
            change.audit("job.cancelled", format!("job/{id}"), json!({}));
            change.event(EventKind::Job, format!("job/{id}"), json!({"what": "cancelled"}));
            change.commit().await?;
        } else {
            drop(change);
        }
        self.find(id.as_str()).await?.ok_or_else(|| Error::not_found("job", id))
    }
}
