//! Sign-in, permissions, limits, events, jobs, watches and hooks: what a firm needs around the radar.
//!
//! ```text
//! request ─ gate (who, from where, may they, how often) ─ idempotency ─ handler
//! store ── events ─► fan ─► streams          (follow)
//!      ├── jobs ───► workers ─► scans, imports, sweeps
//!      └── calls ──► hooks ─► outside        (public addresses alone)
//! ```

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::extract::State;
use axum::http::header;
use serde_json::json;
use store::{Event, EventKind, NewJob, Store, Tenant};
use tokio::sync::watch as signal;
use tokio::task::JoinHandle;
use utoipa_axum::router::OpenApiRouter;

mod door;
pub mod events;
pub mod fault;
pub mod firm;
pub mod gate;
pub mod hooks;
pub mod idempotency;
pub mod jobs;
pub mod keeper;
mod later;
pub mod limit;
pub mod list;
pub mod mcp;
pub mod metrics;
mod oidc;
pub mod outside;
pub mod permit;
pub mod session;
pub mod settings;
pub mod watch;
mod who;

use limit::Limiter;
use metrics::Metrics;
use outside::{Outside, Reach};
pub use settings::{OidcSettings, Settings};
pub use store::Error as RoleError;
pub use who::{Who, who};

use crate::app::App;
use crate::problem::Problem;
use crate::reply::{Entry, Reply};

/// Shared by all requests and workers; cloning it is cheap.
#[derive(Clone)]
pub struct Platform(Arc<Inside>);

struct Inside {
    store: Store,
    settings: Settings,
    /// Works without a login, for this machine alone.
    local: Option<store::Who>,
    has_logins: AtomicBool,
    limits: Limits,
    metrics: Metrics,
    hooks: Outside,
    known: door::Known,
    fan: events::Fan,
    oidc: Option<oidc::Provider>,
}

/// Buckets of all kinds.
#[derive(Debug)]
pub struct Limits {
    pub known: Limiter,
    pub unknown: Limiter,
    pub account: Limiter,
    pub door: Limiter,
}

impl fmt::Debug for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Platform")
            .field("store", &self.0.store)
            .field("settings", &self.0.settings)
            .finish_non_exhaustive()
    }
}

impl Platform {
    /// `loopback`: only this machine reaches the server, so that it may work without a login.
    ///
    /// # Errors
    /// The store does not answer, or off loopback nobody could sign in.
    pub async fn open(store: Store, settings: Settings, loopback: bool) -> Result<Self, Problem> {
        let has_logins = store.has_logins().await? || settings.oidc.is_some();
        let local = if loopback { Some(store.local().await?) } else { None };
        let limits = Limits {
            known: Limiter::new(settings.rate),
            unknown: Limiter::new(settings.rate_unknown),
            account: Limiter::new(settings.rate_account),
            door: Limiter::new(settings.rate_door),
        };
        let reach = Reach { loopback: settings.hooks_to_loopback, private: false };
        let hooks = Outside::new(reach).map_err(|it| Problem::internal(&it.to_string()))?;
        let oidc = settings.oidc.clone().map(oidc::Provider::new).transpose();
        let oidc = oidc.map_err(|it| oidc::unusable(&it.to_string()))?;
        Ok(Self(Arc::new(Inside {
            store,
            local,
            has_logins: AtomicBool::new(has_logins),
            limits,
            metrics: Metrics::default(),
            hooks,
            known: door::Known::default(),
            fan: events::Fan::default(),
            oidc,
            settings,
        })))
    }

    pub fn store(&self) -> &Store {
        &self.0.store
    }

    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    pub fn metrics(&self) -> &Metrics {
        &self.0.metrics
    }

    pub fn limits(&self) -> &Limits {
        &self.0.limits
    }

    pub(crate) fn hooks(&self) -> &Outside {
        &self.0.hooks
    }

    /// Everything of the organisation of whoever asks.
    pub fn tenant(&self, who: &Who) -> Tenant {
        self.0.store.tenant(who.inner())
    }

    /// Whoever sits at this machine, as long as nobody has a login.
    pub(crate) fn local(&self) -> Option<&store::Who> {
        self.0.local.as_ref().filter(|_| !self.0.has_logins.load(Ordering::Relaxed))
    }

    /// Whoever sits at this machine, for tests that act without a request.
    #[doc(hidden)]
    pub fn local_for_tests(&self) -> Who {
        let who = self.0.local.clone();
        Who::new(who.unwrap_or_else(|| unreachable!("tests run on loopback")), who::Way::Local)
    }

    /// Somebody was added or taken away: what was known of sessions is forgotten, and whether a login is needed asked anew.
    pub(crate) async fn firm_changed(&self) {
        self.0.known.forget();
        if let Ok(found) = self.0.store.has_logins().await {
            self.0.has_logins.store(found || self.0.settings.oidc.is_some(), Ordering::Relaxed);
        }
    }

    /// Whether anybody could sign in: off loopback the server refuses to start without.
    pub fn has_logins(&self) -> bool {
        self.0.has_logins.load(Ordering::Relaxed)
    }

    pub(crate) fn fan(&self) -> &events::Fan {
        &self.0.fan
    }

    /// A book has another edition: everybody is told, and the watches that rest on it are looked at. However many processes
    /// say so, it happens once for each edition.
    ///
    /// # Errors
    /// The store does not answer.
    pub async fn book_changed(&self, book: &str, edition: &str, who: &Who) -> Result<(), Problem> {
        // A rollback brings an edition back: the moment tells it from the first time.
        let mark = format!("{edition}@{}", jiff::Timestamp::now().as_millisecond());
        let input = json!({ "book": book, "edition": edition, "mark": mark });
        let once = Some(format!("{book}/{mark}"));
        let new = NewJob { kind: jobs::SWEEP.to_owned(), input, once, not_before: None };
        self.0.store.add_instance_job(new).await?;
        let told = json!({ "book": book, "edition": edition });
        self.0.store.announce(EventKind::Book, &format!("book/{book}"), &who.inner().trace(), &told).await?;
        Ok(())
    }

    /// Another process imported a book: ours are opened anew.
    fn book_told(app: &App, event: &Event) {
        let edition = event.data["edition"].as_str().unwrap_or_default().to_owned();
        let (app, book) = (app.clone(), event.data["book"].as_str().unwrap_or_default().to_owned());
        tokio::task::spawn_blocking(move || {
            let stale = match app.is_ready() {
                Some(Ok(())) => !app.has_edition(&book, &edition),
                _ => false,
            };
            if stale && app.reopen().is_err() {
                crate::log::failure(&format!("the books cannot be opened after {book} changed"));
            }
        });
    }

    /// Starts what runs by itself; it ends when `stop` says so.
    pub fn begin(&self, app: &App, stop: &signal::Receiver<bool>) -> Vec<JoinHandle<()>> {
        let mut all = vec![tokio::spawn(events::follow(self.clone(), app.clone(), stop.clone()))];
        if self.0.settings.workers > 0 {
            all.push(tokio::spawn(hooks::work(self.clone(), stop.clone())));
            all.push(tokio::spawn(broom(self.clone(), stop.clone())));
        }
        all.extend((0..self.0.settings.workers).map(|_| tokio::spawn(jobs::work(app.clone(), stop.clone()))));
        all
    }
}

async fn told(stop: &mut signal::Receiver<bool>) {
    // A sender that is gone says the same.
    let _ = stop.wait_for(|it| *it).await;
}

fn is_told(stop: &signal::Receiver<bool>) -> bool {
    *stop.borrow()
}

/// Events that streams may come back for, and calls that were made, are kept so long.
const KEPT: std::time::Duration = std::time::Duration::from_hours(7 * 24);
const BROOM: std::time::Duration = std::time::Duration::from_hours(1);

async fn broom(platform: Platform, mut stop: signal::Receiver<bool>) {
    loop {
        tokio::select! {
            () = told(&mut stop) => return,
            () = tokio::time::sleep(BROOM) => {}
        }
        if let Err(error) = platform.store().trim(KEPT).await {
            crate::log::failure(&format!("sweeping out what is old: {error}"));
        }
    }
}

/// Routes of the API.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(session::routes())
        .merge(oidc::routes())
        .merge(firm::routes())
        .merge(watch::routes())
        .merge(jobs::routes())
}

/// Routes beside the API.
pub fn root_routes(app: &App) -> axum::Router<App> {
    use axum::routing::get;
    axum::Router::new()
        .route("/events", get(events::all))
        .route("/api/v1/jobs/{id}/events", get(jobs::stream))
        .route("/metrics", get(figures))
        .route_service("/mcp", mcp::service(app))
}

/// `GET /metrics`.
async fn figures(State(app): State<App>) -> Reply {
    let ready = f64::from(u8::from(matches!(app.is_ready(), Some(Ok(())))));
    let gauges = [
        ("periplus_ready", "Whether the books are open.", ready),
        ("periplus_deciding", "Scans that run or wait.", app.pool().inside() as f64),
    ];
    let text = app.platform().metrics().text(&gauges);
    let reply = Reply::of(Entry::new("text/plain; version=0.0.4; charset=utf-8", text));
    reply.header(header::CACHE_CONTROL, "no-store")
}
