//! Reading and writing the folder of editions. Everything that touches the disk for books is here.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::{SourceToml, compare, no_table};
use crate::error::LakeError;
use crate::import::Imported;

/// How long an import waits for another one to end.
const LOCK_WAIT: Duration = Duration::from_secs(20);
const LOCK_POLL: Duration = Duration::from_millis(50);
/// Imported editions of a book that are kept: the one in force and what rollbacks can go back to.
const KEPT_EDITIONS: usize = 5;

fn books_dir(data_dir: &Path) -> PathBuf {
    data_dir.join("books")
}

pub(super) fn edition_dir(data_dir: &Path, book: &str, edition: &str) -> PathBuf {
    books_dir(data_dir).join(book).join(edition)
}

fn reading(path: &Path) -> impl FnOnce(std::io::Error) -> LakeError + '_ {
    |source| LakeError::Read { path: path.to_owned(), source }
}

fn writing<'a>(what: &'static str, path: &'a Path) -> impl FnOnce(std::io::Error) -> LakeError + 'a {
    move |source| LakeError::Write { what, path: path.to_owned(), source }
}

/// Editions of each imported book, the one in force first. A folder that is not there holds none.
pub(super) fn read_pointers(data_dir: &Path) -> Result<BTreeMap<String, Vec<String>>, LakeError> {
    let books = books_dir(data_dir);
    let entries = match fs::read_dir(&books) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(BTreeMap::new()),
        entries => entries.map_err(reading(&books))?,
    };
    let mut pointers = BTreeMap::new();
    for entry in entries {
        let path = entry.map_err(reading(&books))?.path();
        let current = path.join("current");
        let text = match fs::read_to_string(&current) {
            // A plain file beside the books, or a book that was rolled back to the bundled edition.
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => continue,
            text => text.map_err(reading(&current))?,
        };
        let stack: Vec<_> = text.lines().filter(|it| is_plain_name(it)).map(str::to_owned).collect();
        if let (Some(name), false) = (path.file_name(), stack.is_empty()) {
            pointers.insert(name.to_string_lossy().into_owned(), stack);
        }
    }
    Ok(pointers)
}

/// Names of books and editions never lead out of their folder.
fn is_plain_name(name: &str) -> bool {
    let plain = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '_' | '.');
    !name.is_empty() && !name.starts_with('.') && name.chars().all(plain)
}

pub(super) fn read_source(folder: &Path) -> Result<SourceToml, LakeError> {
    let path = folder.join("source.toml");
    let text = fs::read_to_string(&path).map_err(reading(&path))?;
    SourceToml::parse(&path.display().to_string(), &text)
}

pub(super) fn read_table(book: &str, folder: &Path, file: &str) -> Result<String, LakeError> {
    let source = read_source(folder)?;
    let table =
        source.tables.iter().find(|it| it.file == file).ok_or_else(|| no_table(book, file, &source))?;
    let path = folder.join(file);
    let bytes = fs::read(&path).map_err(reading(&path))?;
    compare(book, table, &bytes)?;
    String::from_utf8(bytes).map_err(|error| LakeError::Table {
        book: book.to_owned(),
        table: file.to_owned(),
        line: 0,
        why: error.to_string(),
    })
}

pub(super) fn size(path: &Path) -> Result<u64, LakeError> {
    fs::metadata(path).map(|it| it.len()).map_err(reading(path))
}

pub(super) fn read_history(data_dir: &Path, book: &str) -> Result<Vec<String>, LakeError> {
    let path = books_dir(data_dir).join(book).join("history");
    match fs::read_to_string(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        text => Ok(text.map_err(reading(&path))?.lines().map(str::to_owned).collect()),
    }
}

/// Held while editions change; released when dropped or when the process ends, however it ends.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

pub(super) fn lock(data_dir: &Path) -> Result<Lock, LakeError> {
    let books = books_dir(data_dir);
    fs::create_dir_all(&books).map_err(writing("make the folder", &books))?;
    let path = books.join(".lock");
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(writing("open the lock", &path))?;
    let until = Instant::now() + LOCK_WAIT;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(Lock { _file: file }),
            Err(TryLockError::WouldBlock) if Instant::now() < until => sleep(LOCK_POLL),
            Err(TryLockError::WouldBlock) => return Err(LakeError::Locked { path }),
            Err(TryLockError::Error(error)) => return Err(writing("lock", &path)(error)),
        }
    }
}

/// Writes the edition beside the others, then points to it. Returns the new stack of editions.
pub(super) fn write_edition(
    data_dir: &Path,
    made: &Imported,
    edition: &str,
    old: Option<&Vec<String>>,
) -> Result<Vec<String>, LakeError> {
    let book_dir = books_dir(data_dir).join(&made.book);
    let safe = is_plain_name(&made.book)
        && is_plain_name(edition)
        && made.tables.iter().all(|it| is_plain_name(&it.0));
    if !safe {
        return Err(writing("use the name", &book_dir)(ErrorKind::InvalidInput.into()));
    }
    let half_made = book_dir.join(format!(".half-made-{edition}"));
    let _ = fs::remove_dir_all(&half_made);
    fs::create_dir_all(&half_made).map_err(writing("make the folder", &half_made))?;
    for (file, text) in &made.tables {
        write_synced(&half_made.join(file), text)?;
    }
    write_synced(&half_made.join("source.toml"), &made.source.to_text()?)?;
    let report = serde_json::to_string_pretty(&made.report).unwrap_or_default();
    write_synced(&half_made.join("report.json"), &report)?;
    sync_dir(&half_made);
    let home = book_dir.join(edition);
    // The same edition from an earlier import holds the same tables, or is damaged: either way it is replaced.
    let _ = fs::remove_dir_all(&home);
    fs::rename(&half_made, &home).map_err(writing("put in place", &home))?;
    let mut stack = vec![edition.to_owned()];
    stack.extend(old.into_iter().flatten().filter(|it| *it != edition).cloned());
    let dropped = stack.split_off(stack.len().min(KEPT_EDITIONS));
    point(data_dir, &made.book, &stack, "installed")?;
    for edition in dropped {
        let _ = fs::remove_dir_all(book_dir.join(edition));
    }
    Ok(stack)
}

/// Puts the first edition of `stack` in force (the bundled one when empty), at once.
pub(super) fn point(data_dir: &Path, book: &str, stack: &[String], deed: &str) -> Result<(), LakeError> {
    let book_dir = books_dir(data_dir).join(book);
    let current = book_dir.join("current");
    if stack.is_empty() {
        fs::remove_file(&current).map_err(writing("remove", &current))?;
    } else {
        let next = book_dir.join(".current-next");
        write_synced(&next, &format!("{}\n", stack.join("\n")))?;
        fs::rename(&next, &current).map_err(writing("replace", &current))?;
    }
    sync_dir(&book_dir);
    let edition = stack.first().map_or(super::BUNDLED, String::as_str);
    append_history(&book_dir, deed, edition);
    Ok(())
}

/// The history is for people; a line that cannot be written changes nothing about what is in force.
fn append_history(book_dir: &Path, deed: &str, edition: &str) {
    let now = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ");
    if let Ok(mut file) = OpenOptions::new().create(true).append(true).open(book_dir.join("history")) {
        let _ = writeln!(file, "{now} {deed} {edition}");
    }
}

fn write_synced(path: &Path, text: &str) -> Result<(), LakeError> {
    let mut file = File::create(path).map_err(writing("write", path))?;
    file.write_all(text.as_bytes()).map_err(writing("write", path))?;
    file.sync_all().map_err(writing("write", path))
}

/// Makes renames last through a power cut where the platform can; elsewhere the rename alone has to do.
fn sync_dir(path: &Path) {
    if let Ok(folder) = File::open(path) {
        let _ = folder.sync_all();
    }
}
