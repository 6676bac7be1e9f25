//! The two databases behind one face: read, or begin a transaction, run, commit.

use std::path::Path;
use std::str::FromStr as _;
use std::time::Duration;

use sqlx::pool::PoolOptions;
use sqlx::postgres::{PgConnectOptions, PgPool};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqliteSynchronous};
use sqlx::{AssertSqlSafe, Connection as _, Postgres, Sqlite, Transaction};

use crate::error::{Error, Result};
use crate::sql::{Row, Sql, Value};

/// Readers of the embedded database: WAL lets them run beside the writer.
const SQLITE_READERS: u32 = 4;
/// One writer: SQLite has one anyway, and waiting in our own queue is fairer than its busy handler.
const SQLITE_WRITERS: u32 = 1;
const POSTGRES_CONNECTIONS: u32 = 10;
/// Another process may hold the embedded database's write lock that long.
const BUSY: Duration = Duration::from_secs(15);
const ACQUIRE: Duration = Duration::from_secs(30);
/// More statements than this program has; they stay prepared.
const STATEMENTS: usize = 256;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Sqlite,
    Postgres,
}

#[derive(Clone, Debug)]
pub(crate) enum Db {
    Sqlite { read: SqlitePool, write: SqlitePool, options: Box<SqliteConnectOptions> },
    Postgres(PgPool),
}

#[derive(Debug)]
pub(crate) enum Tx {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// Binds the values one by one; both databases' queries have the same methods and no common trait for them.
macro_rules! query {
    ($sql:expr) => {{
        let sql: Sql = $sql.checked()?;
        let mut query = sqlx::query(AssertSqlSafe(sql.text));
        for value in sql.values {
            query = match value {
                Value::Text(it) => query.bind(it),
                Value::Int(it) => query.bind(it),
                Value::Bytes(it) => query.bind(it),
            };
        }
        query
    }};
}

impl Db {
    pub(crate) async fn open(place: &str) -> Result<Self> {
        let wrap = |source: sqlx::Error| Error::Open { place: redacted(place), source: Box::new(source) };
        if is_postgres(place) {
            return postgres(place).await.map_err(wrap);
        }
        sqlite(Path::new(place.strip_prefix("sqlite:").unwrap_or(place))).await.map_err(wrap)
    }

    pub(crate) fn kind(&self) -> Kind {
        match self {
            Self::Sqlite { .. } => Kind::Sqlite,
            Self::Postgres(_) => Kind::Postgres,
        }
    }

    /// A transaction that will write. SQLite takes its write lock at once, so that it never has to upgrade.
    pub(crate) async fn begin(&self) -> Result<Tx> {
        Ok(match self {
            Self::Sqlite { write, .. } => Tx::Sqlite(write.begin_with("BEGIN IMMEDIATE").await?),
            Self::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        })
    }

    /// A transaction that sees one moment for as long as it lasts, and writes nothing.
    pub(crate) async fn snapshot(&self) -> Result<Tx> {
        Ok(match self {
            Self::Sqlite { read, .. } => Tx::Sqlite(read.begin().await?),
            Self::Postgres(pool) => {
                Tx::Postgres(pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?)
            }
        })
    }

    pub(crate) async fn rows(&self, sql: Sql) -> Result<Vec<Row>> {
        Ok(match self {
            Self::Sqlite { read, .. } => {
                query!(sql).fetch_all(read).await?.into_iter().map(Row::Sqlite).collect()
            }
            Self::Postgres(pool) => {
                query!(sql).fetch_all(pool).await?.into_iter().map(Row::Postgres).collect()
            }
        })
    }

    pub(crate) async fn row(&self, sql: Sql) -> Result<Option<Row>> {
        Ok(self.rows(sql).await?.into_iter().next())
    }

    /// One statement that is its own transaction, outside the audit trail: housekeeping only.
    pub(crate) async fn write(&self, sql: Sql) -> Result<Vec<Row>> {
        Ok(match self {
            Self::Sqlite { write, .. } => {
                query!(sql).fetch_all(write).await?.into_iter().map(Row::Sqlite).collect()
            }
            Self::Postgres(_) => self.rows(sql).await?,
        })
    }

    /// Writes all of an SQLite database, as it is at this moment, into a new file; whether this is one.
    pub(crate) async fn vacuum_into(&self, path: &str) -> Result<bool> {
        let Self::Sqlite { options, .. } = self else { return Ok(false) };
        // A connection of its own: neither the writer nor a reader is kept from its work.
        let mut connection = sqlx::SqliteConnection::connect_with(options).await?;
        sqlx::query("VACUUM INTO $1").bind(path).execute(&mut connection).await?;
        connection.close().await?;
        Ok(true)
    }

    /// After an erasure: nothing of it stays in SQLite's log. PostgreSQL's own vacuum and WAL recycling do the same
    /// in their time.
    pub(crate) async fn scrub(&self) -> Result<()> {
        let Self::Sqlite { write, .. } = self else { return Ok(()) };
        sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(write).await?;
        Ok(())
    }

    pub(crate) async fn close(&self) {
        match self {
            Self::Sqlite { read, write, .. } => {
                read.close().await;
                write.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

impl Tx {
    pub(crate) async fn rows(&mut self, sql: Sql) -> Result<Vec<Row>> {
        Ok(match self {
            Self::Sqlite(tx) => {
                query!(sql).fetch_all(&mut **tx).await?.into_iter().map(Row::Sqlite).collect()
            }
            Self::Postgres(tx) => {
                query!(sql).fetch_all(&mut **tx).await?.into_iter().map(Row::Postgres).collect()
            }
        })
    }

    pub(crate) async fn row(&mut self, sql: Sql) -> Result<Option<Row>> {
        Ok(self.rows(sql).await?.into_iter().next())
    }

    /// How many rows were touched.
    pub(crate) async fn run(&mut self, sql: Sql) -> Result<u64> {
        Ok(match self {
            Self::Sqlite(tx) => query!(sql).execute(&mut **tx).await?.rows_affected(),
            Self::Postgres(tx) => query!(sql).execute(&mut **tx).await?.rows_affected(),
        })
    }

    /// Several statements of our own at once, for layouts.
    pub(crate) async fn script(&mut self, text: String) -> Result<()> {
        match self {
            Self::Sqlite(tx) => sqlx::raw_sql(AssertSqlSafe(text)).execute(&mut **tx).await.map(drop)?,
            Self::Postgres(tx) => sqlx::raw_sql(AssertSqlSafe(text)).execute(&mut **tx).await.map(drop)?,
        }
        Ok(())
    }

    pub(crate) async fn commit(self) -> Result<()> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }
}

pub(crate) fn is_postgres(place: &str) -> bool {
    place.starts_with("postgres://") || place.starts_with("postgresql://")
}

/// A URL without what may be secret in it.
pub(crate) fn redacted(place: &str) -> String {
    let Some((scheme, rest)) = place.split_once("://") else { return place.to_owned() };
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    let host = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
    format!("{scheme}://{host}")
}

async fn sqlite(path: &Path) -> Result<Db, sqlx::Error> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // FULL: a commit that was acknowledged outlives the loss of power, not only of the process.
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(BUSY)
        .foreign_keys(true)
        .statement_cache_capacity(STATEMENTS)
        .pragma("journal_size_limit", "67108864")
        .pragma("secure_delete", "ON")
        .pragma("trusted_schema", "OFF");
    let write = PoolOptions::<Sqlite>::new()
        .min_connections(SQLITE_WRITERS)
        .max_connections(SQLITE_WRITERS)
        .acquire_timeout(ACQUIRE)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(options.clone())
        .await?;
    let read = PoolOptions::<Sqlite>::new()
        .max_connections(SQLITE_READERS)
        .acquire_timeout(ACQUIRE)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(options.clone().pragma("query_only", "ON"))
        .await?;
    Ok(Db::Sqlite { read, write, options: Box::new(options) })
}

async fn postgres(url: &str) -> Result<Db, sqlx::Error> {
    let options = PgConnectOptions::from_str(url)?
        .application_name("periplus")
        .statement_cache_capacity(STATEMENTS)
        .options([("lock_timeout", "15000"), ("idle_in_transaction_session_timeout", "600000")]);
    // The pool would try again for half a minute; whoever starts the program should hear at once what is wrong.
    sqlx::PgConnection::connect_with(&options).await?.close().await?;
    let pool = PoolOptions::<Postgres>::new()
        .max_connections(POSTGRES_CONNECTIONS)
        .acquire_timeout(ACQUIRE)
        .connect_with(options)
        .await?;
    Ok(Db::Postgres(pool))
}

#[cfg(test)]
mod tests {
    use super::redacted;

    #[test]
    fn an_error_never_shows_a_password() {
        let check = |place: &str, shown: &str| assert_eq!(redacted(place), shown);
        check("postgres://me:secret@db.example/periplus?password=x", "postgres://db.example/periplus");
        check("postgres:///periplus?host=/run&user=me", "postgres:///periplus");
        check("/var/lib/periplus/store.db", "/var/lib/periplus/store.db");
    }
}
