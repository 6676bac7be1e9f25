//! The store: one database, its key, its clock, and the wake-ups of those who follow it.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::json;
use sqlx::postgres::{PgListener, PgPool};
use tokio::sync::watch;

use crate::change::Change;
use crate::db::{self, Db, Kind, Tx};
use crate::error::{Error, Result};
use crate::event::{EventKind, Wakes};
use crate::ids::{OrganisationId, PersonId};
use crate::migrate;
use crate::role::Role;
use crate::scope::Scope;
use crate::seal::{KEY_FILE, KEY_VARIABLE, Key};
use crate::sql::{Sql, insert};
use crate::tenant::Tenant;
use crate::who::Who;

const CHANNEL: &str = "periplus_events";
/// How soon a process sees what another one wrote into the same SQLite file.
const LOOK_EVERY: Duration = Duration::from_millis(500);
/// After the connection that listens was lost.
const LISTEN_AGAIN: Duration = Duration::from_secs(1);

pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// How to open a store.
#[derive(Clone)]
pub struct Options {
    place: String,
    key_dir: Option<PathBuf>,
    key: Option<String>,
    clock: Clock,
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options").field("place", &db::redacted(&self.place)).finish_non_exhaustive()
    }
}

impl Options {
    /// A path of an SQLite file (`store.db`, `sqlite:store.db`) or a `postgres://` URL.
    pub fn new(place: impl Into<String>) -> Self {
        Self { place: place.into(), key_dir: None, key: None, clock: Arc::new(Timestamp::now) }
    }

    /// Where the key file is; beside the SQLite file unless said otherwise.
    #[must_use]
    pub fn key_dir(mut self, dir: impl Into<PathBuf>) -> Self {
        self.key_dir = Some(dir.into());
        self
    }

    /// 64 hexadecimal digits; goes before `PERIPLUS_SECRET_KEY` and the file.
    #[must_use]
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }

    #[must_use]
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    fn find_key(&self) -> Result<Key> {
        if let Some(key) = &self.key {
            return Key::parse(key);
        }
        if let Ok(key) = std::env::var(KEY_VARIABLE) {
            return Key::parse(&key);
        }
        let dir = match &self.key_dir {
            Some(dir) => dir.clone(),
            None if db::is_postgres(&self.place) => {
                return Err(Error::Key(format!(
                    "set {KEY_VARIABLE}, or name a data folder, when the store is PostgreSQL"
                )));
            }
            None => {
                let path = Path::new(self.place.strip_prefix("sqlite:").unwrap_or(&self.place));
                path.parent().map(Path::to_path_buf).unwrap_or_default()
            }
        };
        Key::from_file(&dir.join(KEY_FILE))
    }
}

/// Cheap to clone; all clones are one store.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    db: Db,
    place: String,
    key: Key,
    clock: Clock,
    wake: watch::Sender<i64>,
    follower: tokio::task::AbortHandle,
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.follower.abort();
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Store").field(&self.place()).finish()
    }
}

impl Store {
    /// Opens, brings the layout up to date, and makes the local organisation with its admin at the first time.
    pub async fn open(place: &str) -> Result<Self> {
        Self::open_with(Options::new(place)).await
    }

    pub async fn open_with(options: Options) -> Result<Self> {
        let store = Self::open_bare(options).await?;
        store.check_key().await?;
        store.local().await?;
        Ok(store)
    }

    /// Without the local organisation: for restoring into.
    pub(crate) async fn open_bare(options: Options) -> Result<Self> {
        if !db::is_postgres(&options.place) {
            make_folder(&options.place)?;
        }
        let key = options.find_key()?;
        let db = Db::open(&options.place).await?;
        migrate::migrate(&db).await?;
        let (wake, _) = watch::channel(last_event(&db).await?);
        let follower = tokio::spawn(follow(db.clone(), wake.clone())).abort_handle();
        let place = db::redacted(&options.place);
        Ok(Self(Arc::new(Inner { db, place, key, clock: options.clock, wake, follower })))
    }

    /// Everything that belongs to the organisation of `who`, and nothing else.
    pub fn tenant(&self, who: &Who) -> Tenant {
        Tenant::new(self.clone(), who.clone())
    }

    /// Yields whenever something happened, in this process or another one on the same database.
    pub fn subscribe(&self) -> Wakes {
        Wakes(self.0.wake.subscribe())
    }

    pub fn kind(&self) -> Kind {
        self.0.db.kind()
    }

    /// Where it is, without passwords.
    pub fn place(&self) -> &str {
        &self.0.place
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<()> {
        self.db().rows(Sql::new("SELECT 1")).await.map(drop)
    }

    /// Waits for what is under way and closes. Dropping the last clone closes too, without waiting.
    pub async fn close(&self) {
        self.0.follower.abort();
        self.db().close().await;
    }

    /// The organisation and its admin for a program on loopback without a login.
    pub async fn local(&self) -> Result<Who> {
        if let Some(who) = self.find_local().await? {
            return Ok(who);
        }
        self.make_local().await?;
        self.find_local().await?.ok_or_else(|| Error::not_found("organisation", "local"))
    }

    async fn find_local(&self) -> Result<Option<Who>> {
        let sql = Sql::new(
            "SELECT m.organisation, m.person_id FROM instance i JOIN memberships m ON m.organisation = i.value \
             WHERE i.name = 'local_organisation' AND m.person_id = \
             (SELECT value FROM instance WHERE name = 'local_person')",
        );
        let Some(row) = self.db().row(sql).await? else { return Ok(None) };
        let mut fields = row.fields();
        Ok(Some(Who::person(fields.id()?, fields.id()?, Role::Admin)))
    }

    async fn make_local(&self) -> Result<()> {
        let (organisation, person) = (OrganisationId::fresh(), PersonId::fresh());
        let mut change = Change::begin_as(self, &organisation, "system".to_owned()).await?;
        for (name, value) in
            [("local_organisation", organisation.as_str()), ("local_person", person.as_str())]
        {
            let sql = insert("instance", vec![("name", name.into()), ("value", value.into())])
                .push(" ON CONFLICT (name) DO NOTHING");
            if change.run(sql).await? == 0 {
                return Ok(());
            }
        }
        let now = change.now;
        for table in ["organisations", "people"] {
            let id = if table == "people" { person.as_str() } else { organisation.as_str() };
            let mut fields = vec![
                ("id", id.into()),
                ("created_at", now.into()),
                ("updated_at", now.into()),
                ("version", 1.into()),
                ("name", "Local".into()),
            ];
            if table == "people" {
                fields.push(("state", "active".into()));
            }
            change.run(insert(table, fields)).await?;
        }
        let member = vec![
            ("person_id", person.as_str().into()),
            ("created_at", now.into()),
            ("role", Role::Admin.as_str().into()),
        ];
        change.run(Scope::new(organisation.clone()).insert("memberships", member)).await?;
        change.audit("organisation.created", format!("organisation/{organisation}"), json!({"local": true}));
        change.event(EventKind::Firm, format!("organisation/{organisation}"), json!({"what": "created"}));
        change.commit().await
    }

    /// Processes that share a database must share the key; a wrong one is found at the start, not months later.
    pub(crate) async fn check_key(&self) -> Result<()> {
        let mine = self.key().fingerprint();
        let fields = vec![("name", "key_fingerprint".into()), ("value", (&mine).into())];
        self.db().write(insert("instance", fields).push(" ON CONFLICT (name) DO NOTHING")).await?;
        let sql = Sql::new("SELECT value FROM instance WHERE name = 'key_fingerprint'");
        let found = match self.db().row(sql).await? {
            Some(row) => row.fields().text()?,
            None => mine.clone(),
        };
        if found == mine {
            return Ok(());
        }
        Err(Error::Key(format!("the secrets here were sealed with the key {found}; this one is {mine}")))
    }

    pub(crate) fn db(&self) -> &Db {
        &self.0.db
    }

    pub(crate) fn key(&self) -> &Key {
        &self.0.key
    }

    pub(crate) fn now(&self) -> Timestamp {
        let now = (self.0.clock)();
        Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
    }

    pub(crate) async fn notify(&self, tx: &mut Tx, last: i64) -> Result<()> {
        if self.kind() == Kind::Sqlite {
            return Ok(());
        }
        let sql = Sql::new("SELECT CAST(pg_notify(")
            .bind(CHANNEL)
            .push(", ")
            .bind(last.to_string())
            .push(") AS TEXT)");
        tx.rows(sql).await.map(drop)
    }

    pub(crate) fn wake(&self, last: i64) {
        raise(&self.0.wake, last);
    }
}

fn raise(wake: &watch::Sender<i64>, last: i64) {
    wake.send_if_modified(|seen| {
        let newer = last > *seen;
        *seen = last.max(*seen);
        newer
    });
}

fn make_folder(place: &str) -> Result<()> {
    let path = Path::new(place.strip_prefix("sqlite:").unwrap_or(place));
    let Some(dir) = path.parent().filter(|dir| !dir.as_os_str().is_empty()) else { return Ok(()) };
    std::fs::create_dir_all(dir)
        .map_err(|source| Error::Io { what: format!("create the folder {}", dir.display()), source })
}

async fn last_event(db: &Db) -> Result<i64> {
    let row = db.row(Sql::new("SELECT events FROM heads WHERE name = 'chain'")).await?;
    row.map_or(Ok(0), |row| row.fields().int())
}

async fn follow(db: Db, wake: watch::Sender<i64>) {
    match &db {
        Db::Sqlite { .. } => look(&db, &wake).await,
        Db::Postgres(pool) => loop {
            let _ = listen(pool, &db, &wake).await;
            tokio::time::sleep(LISTEN_AGAIN).await;
        },
    }
}

/// Another process may write into the same file, and SQLite tells nobody.
async fn look(db: &Db, wake: &watch::Sender<i64>) {
    let mut beat = tokio::time::interval(LOOK_EVERY);
    beat.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        beat.tick().await;
        if let Ok(last) = last_event(db).await {
            raise(wake, last);
        }
    }
}

async fn listen(pool: &PgPool, db: &Db, wake: &watch::Sender<i64>) -> Result<()> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen(CHANNEL).await?;
    loop {
        // What came while nobody listened.
        raise(wake, last_event(db).await?);
        // Nothing: the connection was lost and is made anew at the next call.
        while let Some(heard) = listener.try_recv().await? {
            if let Ok(last) = heard.payload().parse() {
                raise(wake, last);
            }
        }
    }
}
