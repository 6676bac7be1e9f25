//! Long work: leased from the store, done step by step, and gone on with after a crash by whoever is there.

use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use desk::words::Words;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use store::{Beat, Job, JobId, JobState, Lease, NewJob, Progress, Retry};
use tokio::sync::watch;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::list::{Listed, Sift, page};
use super::who::{Way, Who};
use super::{events, watch as watches};
use crate::app::App;
use crate::problem::Problem;
use crate::reply::Reply;
use crate::take::Args;

/// A worker that falls silent for so long has lost its job.
const LEASE: Duration = Duration::from_secs(30);
const BEAT: Duration = Duration::from_secs(5);
/// Between looks when nothing wakes us: a lease runs out by itself.
const LOOK: Duration = Duration::from_secs(2);
/// How long a job may take to come to a place where it can stop.
const LEAVE: Duration = Duration::from_secs(8);

pub const SWEEP: &str = "sweep";
pub const SCAN: &str = "scan";
const KINDS: &[&str] = &[SWEEP, SCAN];

const GO_ON: u8 = 0;
const STOP: u8 = 1;
const LEAVING: u8 = 2;

/// What a job sees of the worker that runs it.
#[derive(Clone, Debug)]
pub struct Control(Arc<Inside>);

#[derive(Debug)]
struct Inside {
    state: AtomicU8,
    now: Mutex<(Option<Progress>, Option<Json>)>,
    begun_at: Option<Json>,
}

/// How a job ended that did not come to its end.
#[derive(Debug)]
pub enum Ended {
    /// Somebody cancelled it.
    Cancelled,
    /// The process ends; another goes on with it.
    Left,
    Failed(Problem),
}

impl From<Problem> for Ended {
    fn from(problem: Problem) -> Self {
        Self::Failed(problem)
    }
}

impl From<store::Error> for Ended {
    fn from(error: store::Error) -> Self {
        Self::Failed(error.into())
    }
}

impl Control {
    fn new(begun_at: Option<Json>) -> Self {
        Self(Arc::new(Inside { state: AtomicU8::new(GO_ON), now: Mutex::default(), begun_at }))
    }

    /// Where the last worker got to.
    pub fn step(&self) -> Option<Json> {
        self.0.begun_at.clone()
    }

    /// # Errors
    /// The job is to stop here.
    pub fn go_on(&self) -> Result<(), Ended> {
        match self.0.state.load(Ordering::Relaxed) {
            GO_ON => Ok(()),
            STOP => Err(Ended::Cancelled),
            _ => Err(Ended::Left),
        }
    }

    /// How far it got; goes into the store with the next heartbeat.
    pub fn at(&self, done: i64, total: i64, what: &str, step: &Json) {
        let progress = Progress { done, total, what: what.to_owned() };
        *self.0.now.lock().unwrap_or_else(PoisonError::into_inner) = (Some(progress), Some(step.clone()));
    }

    fn take(&self) -> (Option<Progress>, Option<Json>) {
        std::mem::take(&mut *self.0.now.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn tell(&self, state: u8) {
        self.0.state.fetch_max(state, Ordering::Relaxed);
    }
}

/// One worker: leases, works, and looks again, until told to stop.
pub async fn work(app: App, mut stop: watch::Receiver<bool>) {
    let platform = app.platform().clone();
    let mut wakes = platform.store().subscribe();
    let owner = uuid::Uuid::now_v7().to_string();
    while !super::is_told(&stop) {
        match platform.store().lease_next(KINDS, &owner, LEASE).await {
            Ok(Some(lease)) => {
                one(&app, lease, stop.clone()).await;
                continue;
            }
            Ok(None) => {}
            Err(error) => drop(crate::log::failure(&format!("leasing a job: {error}"))),
        }
        tokio::select! {
            () = super::told(&mut stop) => return,
            _ = wakes.next() => {}
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

async fn one(app: &App, mut lease: Lease, mut stop: watch::Receiver<bool>) {
    let control = Control::new(lease.step.clone());
    let mut work = tokio::spawn(run(app.clone(), lease.clone(), control.clone()));
    let mut beat = tokio::time::interval(BEAT);
    beat.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    beat.tick().await;
    let mut leave_at = None;
    let ended = loop {
        tokio::select! {
            done = &mut work => break done.unwrap_or_else(|it| {
                Err(Ended::Failed(Problem::internal(&format!("a job ended early: {it}"))))
            }),
            _ = beat.tick() => {
                if !beat_once(app, &mut lease, &control).await {
                    work.abort();
                    return;
                }
            }
            () = super::told(&mut stop), if leave_at.is_none() => {
                control.tell(LEAVING);
                leave_at = Some(tokio::time::Instant::now() + LEAVE);
            }
            () = until(leave_at) => {
                work.abort();
                break Err(Ended::Left);
            }
        }
    };
    if let Err(error) = end(app, &mut lease, &control, ended).await {
        crate::log::failure(&format!("the end of the job {} was not noted: {error}", lease.job.id));
    }
}

async fn until(at: Option<tokio::time::Instant>) {
    match at {
        Some(at) => tokio::time::sleep_until(at).await,
        None => std::future::pending().await,
    }
}

/// Whether the job is still ours. A store that does not answer for a moment is no reason to stop: the lease lasts longer.
async fn beat_once(app: &App, lease: &mut Lease, control: &Control) -> bool {
    let (progress, step) = control.take();
    match app.platform().store().heartbeat(lease, LEASE, progress.as_ref(), step.as_ref()).await {
        Ok(Beat::GoOn) => true,
        Ok(Beat::Stop) => {
            control.tell(STOP);
            true
        }
        Err(store::Error::LeaseLost { .. }) => false,
        Err(error) => {
            crate::log::failure(&format!("a heartbeat: {error}"));
            true
        }
    }
}

async fn end(
    app: &App,
    lease: &mut Lease,
    control: &Control,
    ended: Result<Json, Ended>,
) -> Result<(), store::Error> {
    let (store, metrics) = (app.platform().store(), app.platform().metrics());
    // What was done since the last heartbeat is not done again.
    let (progress, step) = control.take();
    if progress.is_some() || step.is_some() {
        store.heartbeat(lease, LEASE, progress.as_ref(), step.as_ref()).await?;
    }
    match ended {
        Ok(result) => {
            metrics.jobs_done.fetch_add(1, Ordering::Relaxed);
            store.finish_job(lease, &result).await
        }
        Err(Ended::Cancelled) => store.job_cancelled(lease).await,
        Err(Ended::Left) => store.release_job(lease).await,
        Err(Ended::Failed(problem)) => {
            metrics.jobs_failed.fetch_add(1, Ordering::Relaxed);
            let again = if problem.status().is_server_error() {
                Retry::After(Duration::from_secs(5))
            } else {
                Retry::Never
            };
            let written = problem.written(&Words::english(), &format!("/api/v1/jobs/{}", lease.job.id));
            store.fail_job(lease, &json!(written), again).await
        }
    }
}

async fn run(app: App, lease: Lease, control: Control) -> Result<Json, Ended> {
    let unreadable =
        |it: serde_json::Error| Problem::internal(&format!("the input of a job cannot be read: {it}"));
    match lease.job.kind.as_str() {
        SWEEP => {
            let input = serde_json::from_value(lease.job.input.clone()).map_err(unreadable)?;
            watches::sweep::run(&app, input, &control).await
        }
        SCAN => {
            let who = Who::new(lease.who.clone(), Way::Work);
            super::later::scan(&app, &who, lease.job.input.clone(), &control).await
        }
        other => Err(Problem::internal(&format!("nobody knows how to do a job of kind {other}")).into()),
    }
}

/// Work to be done later, as it is shown.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Job)]
pub struct JobView {
    pub id: String,
    pub kind: String,
    #[schema(pattern = "^(queued|running|done|failed|cancelled)$")]
    pub state: &'static str,
    pub progress: ProgressView,
    /// Where its result is; or the result itself, where it has no address.
    #[schema(required, value_type = Option<Object>)]
    pub result: Option<Json>,
    #[schema(required, value_type = Option<Object>)]
    pub problem: Option<Json>,
    pub attempts: i64,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Timestamp,
}

/// How far it got. `total` is 0 where it is not known beforehand.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Progress)]
pub struct ProgressView {
    pub done: i64,
    pub total: i64,
    pub what: String,
}

impl From<Job> for JobView {
    fn from(it: Job) -> Self {
        let progress = it.progress.unwrap_or_default();
        Self {
            id: it.id.to_string(),
            kind: it.kind,
            state: it.state.as_str(),
            progress: ProgressView { done: progress.done, total: progress.total, what: progress.what },
            result: it.result,
            problem: it.problem,
            attempts: it.attempts,
            created_at: it.created_at,
            updated_at: it.updated_at,
        }
    }
}

/// `202 Accepted` with the address of the job.
pub async fn later(app: &App, who: &Who, kind: &str, input: Json) -> Result<Reply, Problem> {
    let new = NewJob { kind: kind.to_owned(), input, ..NewJob::default() };
    let job = who.tenant(app).add_job(new).await?;
    let at = format!("/api/v1/jobs/{}", job.id);
    Ok(Reply::created(&JobView::from(job), &at)?.status(StatusCode::ACCEPTED))
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(get, cancel))
}

/// What can be said of a job.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = JobState)]
pub enum StateOf {
    Queued,
    Running,
    Done,
    Failed,
    Cancelled,
}

/// Jobs, newest first
#[utoipa::path(get, operation_id = "list_jobs", path = "/jobs", tag = "jobs", params(("limit" = Option<u32>, Query, minimum = 1, maximum = 500), ("cursor" = Option<String>, Query, max_length = 512),
    ("state" = Option<StateOf>, Query, description = "Only those in this state")),
    responses((status = 200, description = "Jobs", body = Listed<JobView>)))]
async fn list(State(app): State<App>, who: Who, Args(sift): Args<Sift<StateOf>>) -> Result<Reply, Problem> {
    let state =
        sift.state.as_ref().map(|it| JobState::parse(&format!("{it:?}").to_lowercase())).transpose()?;
    let found = who.tenant(&app).jobs(state, &page(&sift.query())?).await?;
    Reply::json(&Listed::of(found.map(JobView::from)))
}

/// A job
#[utoipa::path(get, operation_id = "get_job", path = "/jobs/{id}", tag = "jobs", params(("id" = String, Path)),
    responses((status = 200, description = "The job", body = JobView)))]
async fn get(State(app): State<App>, who: Who, Path(id): Path<String>) -> Result<Reply, Problem> {
    Reply::json(&JobView::from(who.tenant(&app).job(&JobId::parse(&id)?).await?))
}

/// Cancel a job
///
/// A queued job is cancelled at once, a running one at the next place where it can stop.
#[utoipa::path(delete, operation_id = "cancel_job", path = "/jobs/{id}", tag = "jobs", params(("id" = String, Path)),
    responses((status = 200, description = "The job as it is now", body = JobView)))]
async fn cancel(State(app): State<App>, who: Who, Path(id): Path<String>) -> Result<Reply, Problem> {
    Reply::json(&JobView::from(who.tenant(&app).cancel_job(&JobId::parse(&id)?).await?))
}

/// `GET /jobs/{id}/events`: how it is now, then what happens to it, until it ends.
pub async fn stream(State(app): State<App>, who: Who, Path(id): Path<String>) -> Result<Response, Problem> {
    let id = JobId::parse(&id)?;
    // The number before the state: what happens between the two is told twice rather than never.
    let now = app.platform().store().last_event().await?;
    let job = who.tenant(&app).job(&id).await?;
    let over = !matches!(job.state, JobState::Queued | JobState::Running);
    let first = format!("event: job\ndata: {}\n\n", json!(JobView::from(job)));
    if over {
        return Ok(events::only(first));
    }
    events::open(&app, &who, Some(now), Some(format!("job/{id}")), Some(first.into())).await
}
