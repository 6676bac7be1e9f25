//! What all requests share.

use std::sync::{Arc, OnceLock};

use axum::http::Method;
use bytes::Bytes;
use desk::Fault;
use desk::room::Room;
use lake::Library;
use tokio::sync::watch;

use crate::answers::Document;
use crate::cache::Cache;
use crate::config::Config;
use crate::hall::Hall;
use crate::openapi::{Rule, Spec};
use crate::platform::Platform;
use crate::pool::Pool;
use crate::problem::Problem;
use crate::reply::Entry;

/// Bytes of answers and plans that are kept ready to send.
const REPLY_BYTES: usize = 64 << 20;
/// Answers kept parsed, by the size of their JSON; parsed they take some four times that.
const DOCUMENT_BYTES: usize = 16 << 20;

/// The answered sample need.
#[derive(Clone, Debug)]
pub(crate) struct Sample {
    pub(crate) document: Arc<Document>,
    pub(crate) dossier: Bytes,
}

/// Shared by all requests; cloning it is cheap.
#[derive(Clone, Debug)]
pub struct App(Arc<Inside>);

#[derive(Debug)]
struct Inside {
    config: Config,
    pool: Pool,
    /// Work that takes seconds: imports, whole tables. One at a time, so that scans keep their cores.
    heavy: Pool,
    /// Changes of books take turns.
    turn: tokio::sync::Mutex<()>,
    hall: watch::Sender<Option<Result<Arc<Hall>, Fault>>>,
    replies: Cache<Entry>,
    documents: Cache<Document>,
    platform: Platform,
    spec: OnceLock<Spec>,
    sample: watch::Sender<Option<Result<Sample, Problem>>>,
}

impl App {
    pub fn new(config: Config, platform: Platform) -> Self {
        let pool = config.cores.map_or_else(Pool::of_machine, Pool::new);
        Self(Arc::new(Inside {
            config,
            pool,
            heavy: Pool::new(1),
            turn: tokio::sync::Mutex::default(),
            hall: watch::Sender::new(None),
            replies: Cache::new(REPLY_BYTES),
            documents: Cache::new(DOCUMENT_BYTES),
            platform,
            spec: OnceLock::new(),
            sample: watch::Sender::new(None),
        }))
    }

    pub fn config(&self) -> &Config {
        &self.0.config
    }

    pub fn pool(&self) -> &Pool {
        &self.0.pool
    }

    pub fn heavy(&self) -> &Pool {
        &self.0.heavy
    }

    /// Waits until no other change of books is under way.
    pub async fn turn(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.0.turn.lock().await
    }

    pub fn replies(&self) -> &Cache<Entry> {
        &self.0.replies
    }

    pub fn documents(&self) -> &Cache<Document> {
        &self.0.documents
    }

    /// Who may come in, what is stored, and what goes on in the background.
    pub fn platform(&self) -> &Platform {
        &self.0.platform
    }

    /// The books as they stand; waits while they are opened for the first time.
    ///
    /// # Errors
    /// A book without which nothing can be said is missing or damaged.
    pub async fn hall(&self) -> Result<Arc<Hall>, Problem> {
        if let Some(ready) = self.0.hall.borrow().as_ref() {
            return ready.clone().map_err(Problem::from);
        }
        let mut ready = self.0.hall.subscribe();
        let ready =
            ready.wait_for(Option::is_some).await.map_err(|_| Problem::internal("the server ends"))?;
        match ready.as_ref() {
            Some(ready) => ready.clone().map_err(Problem::from),
            None => Err(Problem::internal("the books were not opened")),
        }
    }

    /// Whether the books are open.
    pub fn is_ready(&self) -> Option<Result<(), Fault>> {
        self.0.hall.borrow().as_ref().map(|it| it.as_ref().map(|_| ()).map_err(Clone::clone))
    }

    /// Whether the books in force have this edition of one.
    pub(crate) fn has_edition(&self, book: &str, edition: &str) -> bool {
        let hall = self.0.hall.borrow().clone();
        hall.is_some_and(|it| it.is_ok_and(|it| it.room.library.edition(book).is_ok_and(|it| it == edition)))
    }

    /// Opens the library as it now stands on disk and puts it in the place of the one before. What runs goes on with the books
    /// that it began with. A library that cannot be opened leaves the one before.
    ///
    /// # Errors
    /// A book cannot be read.
    pub fn reopen(&self) -> Result<Arc<Hall>, Fault> {
        let opened = desk::books::open(&self.0.config.data_dir).and_then(open_hall);
        let before = self.0.hall.borrow().clone();
        match (opened, before) {
            (Ok(hall), _) => {
                let hall = Arc::new(hall);
                self.0.hall.send_replace(Some(Ok(Arc::clone(&hall))));
                Ok(hall)
            }
            (Err(fault), Some(Ok(_))) => Err(fault),
            (Err(fault), _) => {
                self.0.hall.send_replace(Some(Err(fault.clone())));
                Err(fault)
            }
        }
    }

    /// The answer to the bundled need; waits while it is made.
    ///
    /// # Errors
    /// It could not be made.
    pub async fn sample(&self) -> Result<Arc<Document>, Problem> {
        Ok(self.made_sample().await?.document)
    }

    /// The dossier of the sample's answer.
    ///
    /// # Errors
    /// As [`Self::sample`].
    pub async fn sample_dossier(&self) -> Result<Bytes, Problem> {
        Ok(self.made_sample().await?.dossier)
    }

    async fn made_sample(&self) -> Result<Sample, Problem> {
        let mut ready = self.0.sample.subscribe();
        let ready =
            ready.wait_for(Option::is_some).await.map_err(|_| Problem::internal("the server ends"))?;
        ready.clone().unwrap_or_else(|| Err(Problem::internal("no sample was made")))
    }

    pub(crate) fn set_sample(&self, made: Result<Sample, Problem>) {
        self.0.sample.send_replace(Some(made));
    }

    pub(crate) fn set_spec(&self, spec: Spec) {
        // Set once, when the routes are put together.
        let _ = self.0.spec.set(spec);
    }

    pub(crate) fn spec(&self) -> Option<&Spec> {
        self.0.spec.get()
    }

    /// What a query of this route may hold; `None` for what is not part of the API.
    pub(crate) fn query(&self, path: &str, method: &Method) -> Option<&[Rule]> {
        let method = if *method == Method::HEAD { &Method::GET } else { method };
        self.spec()?.query(path, method.as_str())
    }
}

fn open_hall(library: Library) -> Result<Hall, Fault> {
    Room::open(library).map(Hall::new)
}
