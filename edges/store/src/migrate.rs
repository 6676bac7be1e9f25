//! Layouts of the database, numbered and embedded; each is applied once, in a transaction, under a lock.

use crate::db::{Db, Kind, Tx};
use crate::error::{Error, Result};
use crate::sql::Sql;

const LAYOUTS: &[&str] = &[include_str!("migrations/0001_begin.sql")];

/// Any number that no other program locks in this database.
const LOCK: i64 = 0x7065_7269_706C_7573;

/// The newest layout that this program knows.
pub const LAYOUT: i64 = LAYOUTS.len() as i64;

pub(crate) async fn migrate(db: &Db) -> Result<()> {
    let mut tx = db.begin().await?;
    if db.kind() == Kind::Postgres {
        tx.rows(Sql::new("SELECT pg_advisory_xact_lock(").bind(LOCK).push(")")).await?;
    }
    tx.script(dialect(
        db.kind(),
        "CREATE TABLE IF NOT EXISTS layouts (number BIGINT PRIMARY KEY, text_hash TEXT NOT NULL);",
    ))
    .await?;
    let found = layout(&mut tx).await?;
    if found > LAYOUT {
        return Err(Error::NewerLayout { found, known: LAYOUT });
    }
    for (at, text) in LAYOUTS.iter().enumerate().skip(found as usize) {
        tx.script(dialect(db.kind(), text)).await?;
        let hash = crate::token::sha256_hex(text.as_bytes());
        let number = at as i64 + 1;
        tx.run(
            Sql::new("INSERT INTO layouts (number, text_hash) VALUES ")
                .list([number.into(), crate::sql::Value::from(hash)]),
        )
        .await?;
    }
    tx.commit().await
}

pub(crate) async fn layout(tx: &mut Tx) -> Result<i64> {
    let row = tx.row(Sql::new("SELECT COALESCE(MAX(number), 0) FROM layouts")).await?;
    row.map_or(Ok(0), |row| row.fields().int())
}

/// One text, two databases.
fn dialect(kind: Kind, text: &str) -> String {
    let mut out = String::new();
    let mut only = None;
    for line in text.lines() {
        match line.trim() {
            "-- only sqlite" => only = Some(Kind::Sqlite),
            "-- only postgres" => only = Some(Kind::Postgres),
            "-- end" => only = None,
            _ if only.is_some_and(|it| it != kind) => {}
            _ if line.trim_start().starts_with("--") => {}
            _ if kind == Kind::Postgres && only.is_none() => {
                out.push_str(&line.replace(" TEXT", " TEXT COLLATE \"C\"").replace(" BLOB", " BYTEA"));
                out.push('\n');
            }
            _ => {
                out.push_str(line);
                out.push('\n');
            }
        }
    }
    out
}
