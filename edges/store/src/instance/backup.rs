//! One compressed file that either database can be restored from, taken while the server runs: lines of JSON,
//!
//! ```text
//! {"periplus_backup": 1, "layout": 1, "made_at": "...", "from": "sqlite"}
//! {"table": "needs", "columns": ["organisation", "id", ...]}
//! ["018f...", "018f...", ...]                                   one row
//! {"end": "needs", "rows": 1, "sha256": "..."}                  over the rows above
//! {"done": true, "rows": 1}
//! ```
//!
//! Sessions and half-done logins are left out: restoring must sign nobody in. Sealed values stay sealed, so the key
//! must be kept apart from the backup, and is needed with it.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use sha2::{Digest as _, Sha256};

use crate::change::insert_many;
use crate::db::{Kind, Tx};
use crate::error::{Error, Result};
use crate::migrate::{LAYOUT, layout};
use crate::sql::{Fields, Sql, Value};
use crate::store::{Options, Store};
use crate::tables::{Held, Owner, Shape, Table, tables};
use crate::token::hex;

const FORM: i64 = 1;
const LEVEL: i32 = 6;
const NOT_KEPT: &[&str] = &["sessions", "oidc_logins"];
/// Rows read at once; papers and answers are megabytes each.
const ROWS: i64 = 100;
/// A paper of 20 MiB in base64, or the largest answer, with room to spare.
const LINE_LONGEST: u64 = 512 * 1024 * 1024;
/// Rows put in at once, and how many bytes they may have together.
const BATCH_ROWS: usize = 200;
const BATCH_BYTES: usize = 4 * 1024 * 1024;

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BackupReport {
    pub path: PathBuf,
    pub layout: i64,
    pub tables: usize,
    pub rows: u64,
    pub bytes: u64,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    periplus_backup: i64,
    layout: i64,
    made_at: jiff::Timestamp,
    from: String,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Line {
    Row(Vec<Json>),
    Begin { table: String, columns: Vec<String> },
    End { end: String, rows: u64, sha256: String },
    Done { done: bool, rows: u64 },
}

fn kept() -> impl Iterator<Item = &'static Table> {
    tables().iter().filter(|it| !NOT_KEPT.contains(&it.name))
}

impl Store {
    /// The state of one moment, while others go on writing. The file appears under its name when it is whole.
    pub async fn backup(&self, path: &Path) -> Result<BackupReport> {
        let beside = beside(path);
        let mut out = Out::create(&beside)?;
        let mut tx = self.db().snapshot().await?;
        let from = if self.kind() == Kind::Sqlite { "sqlite" } else { "postgres" };
        let head = Head {
            periplus_backup: FORM,
            layout: layout(&mut tx).await?,
            made_at: self.now(),
            from: from.to_owned(),
        };
        let layout = head.layout;
        out = out.write(vec![json!(head)]).await?;
        let mut rows = 0;
        for table in kept() {
            let (next, count) = dump(&mut tx, table, out).await?;
            (out, rows) = (next, rows + count);
        }
        out = out.write(vec![json!({"done": true, "rows": rows})]).await?;
        out.finish(path).await?;
        let bytes = std::fs::metadata(path).map_err(io("look at", path))?.len();
        Ok(BackupReport { path: path.to_owned(), layout, tables: kept().count(), rows, bytes })
    }

    /// A copy of the SQLite file as it is at this moment; nothing on PostgreSQL, which has `pg_basebackup`.
    pub async fn copy_sqlite(&self, path: &Path) -> Result<Option<BackupReport>> {
        let beside = beside(path);
        let name = beside.to_str().ok_or_else(|| Error::invalid("path", "it is not Unicode"))?;
        if !self.db().vacuum_into(name).await? {
            return Ok(None);
        }
        settle(&beside, path)?;
        let bytes = std::fs::metadata(path).map_err(io("look at", path))?.len();
        Ok(Some(BackupReport {
            path: path.to_owned(),
            layout: LAYOUT,
            tables: tables().len(),
            rows: 0,
            bytes,
        }))
    }

    /// Fills a new or empty database of either kind, in one transaction: all of it or nothing.
    pub async fn restore(options: Options, path: &Path) -> Result<(Self, BackupReport)> {
        let store = Self::open_bare(options).await?;
        let report = store.fill(path).await?;
        store.check_key().await?;
        store.local().await?;
        Ok((store, report))
    }

    async fn fill(&self, path: &Path) -> Result<BackupReport> {
        let mut lines = Lines::open(path)?;
        let head: Head = serde_json::from_slice(&lines.next()?.ok_or_else(cut)?)
            .map_err(|error| Error::Backup(format!("its first line: {error}")))?;
        if head.periplus_backup != FORM || head.layout != LAYOUT {
            return Err(Error::Backup(format!(
                "it has form {} and layout {}; this program reads form {FORM} and layout {LAYOUT}",
                head.periplus_backup, head.layout
            )));
        }
        let mut tx = self.db().begin().await?;
        empty(&mut tx).await?;
        let mut rows = 0;
        let mut wanted = kept().peekable();
        loop {
            let line = lines.next()?.ok_or_else(cut)?;
            match parse(&line)? {
                Line::Begin { table, columns } => {
                    let known = wanted.next().filter(|it| it.name == table && named(it, &columns));
                    let known = known
                        .ok_or_else(|| Error::Backup(format!("table `{table}` is not expected there")))?;
                    let (next, count) = load(&mut tx, known, lines).await?;
                    (lines, rows) = (next, rows + count);
                }
                Line::Done { done: true, rows: told } if told == rows && wanted.peek().is_none() => break,
                _ => return Err(Error::Backup("a line is not where it belongs".to_owned())),
            }
        }
        self.same_key(&mut tx).await?;
        tx.commit().await?;
        let bytes = std::fs::metadata(path).map_err(io("look at", path))?.len();
        Ok(BackupReport { path: path.to_owned(), layout: LAYOUT, tables: kept().count(), rows, bytes })
    }

    async fn same_key(&self, tx: &mut Tx) -> Result<()> {
        let row = tx.row(Sql::new("SELECT value FROM instance WHERE name = 'key_fingerprint'")).await?;
        let Some(row) = row else { return Ok(()) };
        let (found, mine) = (row.fields().text()?, self.key().fingerprint());
        if found == mine {
            return Ok(());
        }
        Err(Error::Key(format!(
            "the secrets in the backup were sealed with the key {found}; this one is {mine}"
        )))
    }
}

fn cut() -> Error {
    Error::Backup("it ends in the middle".to_owned())
}

fn parse(line: &[u8]) -> Result<Line> {
    serde_json::from_slice(line).map_err(|error| Error::Backup(format!("a line: {error}")))
}

fn named(table: &Table, columns: &[String]) -> bool {
    table.columns.iter().map(|(name, _)| *name).eq(columns.iter().map(String::as_str))
}

/// Nothing but what a new database has; and that goes, since the backup brings its own.
async fn empty(tx: &mut Tx) -> Result<()> {
    for table in tables() {
        let row = tx.row(Sql::new(format!("SELECT COUNT(*) FROM {}", table.name))).await?;
        let rows = row.map_or(Ok(0), |row| row.fields().int())?;
        let born_with = i64::from(matches!(table.name, "heads" | "organisations"));
        if rows > born_with {
            return Err(Error::NotEmpty { table: table.name, rows });
        }
    }
    for table in ["heads", "organisations"] {
        tx.run(Sql::new(format!("DELETE FROM {table}"))).await?;
    }
    Ok(())
}

/// Every column that orders a table is its own, or the organisation before it.
fn order(table: &Table) -> Vec<(&'static str, Shape)> {
    let whole = table.owner == Owner::Tenant && table.key != ["seq"];
    let organisation = if whole { Some("organisation") } else { None };
    organisation
        .into_iter()
        .chain(table.key.iter().copied())
        .filter_map(|key| table.columns.iter().find(|(name, _)| *name == key).copied())
        .collect()
}

async fn dump(tx: &mut Tx, table: &'static Table, mut out: Out) -> Result<(Out, u64)> {
    let names: Vec<_> = table.columns.iter().map(|(name, _)| *name).collect();
    out = out.write(vec![json!({"table": table.name, "columns": names})]).await?;
    let order = order(table);
    let ordered: Vec<_> = order.iter().map(|(name, _)| *name).collect();
    let ordered = ordered.join(", ");
    let (mut count, mut after) = (0, None::<Vec<Value>>);
    out.hash = Sha256::new();
    loop {
        let mut sql = Sql::new(format!("SELECT {ordered}, {} FROM {}", names.join(", "), table.name));
        if let Some(after) = after.take() {
            sql = sql.push(&format!(" WHERE ({ordered}) > ")).list(after);
        }
        let rows = tx.rows(sql.push(&format!(" ORDER BY {ordered} LIMIT ")).bind(ROWS)).await?;
        let mut lines = Vec::with_capacity(rows.len());
        for row in &rows {
            let mut fields = row.fields();
            let key = order.iter().map(|(_, shape)| read(*shape, &mut fields)).collect::<Result<Vec<_>>>()?;
            after = Some(key);
            let values = table.columns.iter().map(|(_, shape)| read(*shape, &mut fields).map(to_json));
            lines.push(Json::Array(values.collect::<Result<Vec<_>>>()?));
        }
        count += lines.len() as u64;
        out = out.write(lines).await?;
        if (rows.len() as i64) < ROWS {
            break;
        }
    }
    let sha256 = hex(&std::mem::take(&mut out.hash).finalize());
    out = out.write(vec![json!({"end": table.name, "rows": count, "sha256": sha256})]).await?;
    Ok((out, count))
}

async fn load(tx: &mut Tx, table: &'static Table, mut lines: Lines) -> Result<(Lines, u64)> {
    let names: Vec<_> = table.columns.iter().map(|(name, _)| *name).collect();
    let names = names.join(", ");
    let (mut count, mut hash) = (0_u64, Sha256::new());
    let (mut batch, mut bytes) = (Vec::new(), 0);
    loop {
        let line = lines.next()?.ok_or_else(cut)?;
        match parse(&line)? {
            Line::Row(values) => {
                hash.update(&line);
                hash.update(b"\n");
                count += 1;
                bytes += line.len();
                batch.push(to_values(table, values)?);
                if batch.len() >= BATCH_ROWS || bytes >= BATCH_BYTES {
                    insert_many(tx, table.name, &names, "", std::mem::take(&mut batch)).await?;
                    bytes = 0;
                }
            }
            Line::End { end, rows, sha256 } if end == table.name => {
                if rows != count || sha256 != hex(&hash.finalize()) {
                    return Err(Error::Backup(format!(
                        "the rows of `{end}` do not have the sum that is told of them"
                    )));
                }
                insert_many(tx, table.name, &names, "", batch).await?;
                return Ok((lines, count));
            }
            _ => return Err(Error::Backup(format!("a line in `{}` is not a row", table.name))),
        }
    }
}

fn read(shape: Shape, fields: &mut Fields<'_>) -> Result<Value> {
    Ok(match shape {
        Shape::Text | Shape::Json | Shape::Hidden(Held::Text) => fields.opt_text()?.into(),
        Shape::Int | Shape::Time => fields.opt_int()?.into(),
        Shape::Bytes | Shape::Packed | Shape::Hidden(Held::Bytes) => Value::Bytes(fields.opt_bytes()?),
    })
}

fn to_json(value: Value) -> Json {
    match value {
        Value::Text(it) => json!(it),
        Value::Int(it) => json!(it),
        Value::Bytes(it) => json!(it.map(|bytes| BASE64.encode(bytes))),
    }
}

fn to_values(table: &Table, values: Vec<Json>) -> Result<Vec<Value>> {
    let wrong = || Error::Backup(format!("a row of `{}` does not have its columns", table.name));
    if values.len() != table.columns.len() {
        return Err(wrong());
    }
    let one = |(value, (_, shape)): (Json, &(&str, Shape))| match (shape, value) {
        (Shape::Text | Shape::Json | Shape::Hidden(Held::Text), Json::Null) => Some(Value::Text(None)),
        (Shape::Text | Shape::Json | Shape::Hidden(Held::Text), Json::String(it)) => {
            Some(Value::Text(Some(it)))
        }
        (Shape::Int | Shape::Time, Json::Null) => Some(Value::Int(None)),
        (Shape::Int | Shape::Time, Json::Number(it)) => it.as_i64().map(|it| Value::Int(Some(it))),
        (Shape::Bytes | Shape::Packed | Shape::Hidden(Held::Bytes), Json::Null) => Some(Value::Bytes(None)),
        (Shape::Bytes | Shape::Packed | Shape::Hidden(Held::Bytes), Json::String(it)) => {
            BASE64.decode(it).ok().map(|it| Value::Bytes(Some(it)))
        }
        _ => None,
    };
    values.into_iter().zip(table.columns).map(one).collect::<Option<Vec<_>>>().ok_or_else(wrong)
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    PathBuf::from(name)
}

fn io(what: &'static str, path: &Path) -> impl Fn(std::io::Error) -> Error {
    let path = path.display().to_string();
    move |source| Error::Io { what: format!("{what} {path}"), source }
}

/// Down on the disk, then under its name.
fn settle(beside: &Path, path: &Path) -> Result<()> {
    File::open(beside).and_then(|file| file.sync_all()).map_err(io("write", beside))?;
    std::fs::rename(beside, path).map_err(io("create", path))?;
    if let Some(dir) = path.parent().filter(|dir| !dir.as_os_str().is_empty()) {
        File::open(dir).and_then(|dir| dir.sync_all()).map_err(io("write", dir))?;
    }
    Ok(())
}

/// The file being written; compression happens aside from the threads that serve.
struct Out {
    path: PathBuf,
    encoder: zstd::stream::Encoder<'static, File>,
    hash: Sha256,
}

impl Out {
    fn create(path: &Path) -> Result<Self> {
        let mut options = File::options();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path).map_err(io("create", path))?;
        let mut encoder = zstd::stream::Encoder::new(file, LEVEL).map_err(io("create", path))?;
        encoder.include_checksum(true).map_err(io("create", path))?;
        Ok(Self { path: path.to_owned(), encoder, hash: Sha256::new() })
    }

    async fn write(mut self, lines: Vec<Json>) -> Result<Self> {
        aside(move || {
            for line in lines {
                let mut line = line.to_string();
                line.push('\n');
                self.hash.update(line.as_bytes());
                self.encoder.write_all(line.as_bytes()).map_err(io("write", &self.path))?;
            }
            Ok(self)
        })
        .await
    }

    async fn finish(self, path: &Path) -> Result<()> {
        let path = path.to_owned();
        aside(move || {
            self.encoder.finish().map_err(io("write", &self.path))?;
            settle(&self.path, &path)
        })
        .await
    }
}

async fn aside<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|error| Error::unreadable("a backup", error))?
}

struct Lines {
    reader: BufReader<zstd::stream::Decoder<'static, BufReader<File>>>,
}

impl Lines {
    fn open(path: &Path) -> Result<Self> {
        let file = File::open(path).map_err(io("open", path))?;
        let decoder = zstd::stream::Decoder::new(file).map_err(|error| Error::Backup(error.to_string()))?;
        Ok(Self { reader: BufReader::new(decoder) })
    }

    /// The next line without its end; bounded, since the file may come from anywhere.
    fn next(&mut self) -> Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        let read = (&mut self.reader).take(LINE_LONGEST).read_until(b'\n', &mut line);
        match read {
            Err(error) => Err(Error::Backup(error.to_string())),
            Ok(0) => Ok(None),
            Ok(_) if line.pop() == Some(b'\n') => Ok(Some(line)),
            Ok(_) => Err(cut()),
        }
    }
}
