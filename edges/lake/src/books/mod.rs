//! The library: which edition of which book is in force, bundled with the binary or imported into the data folder.
//!
//! On disk: `DATA/books/NAME/EDITION/{*.csv, source.toml}` and `DATA/books/NAME/current`, a list of editions of which the
//! first is in force and the others are what a rollback goes back to. `current` changes by atomic rename, last of all, so
//! that whatever fails before leaves the old book in force.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use domain::{Basis, ContentHash, EconomyBook, Finding, Severity, Shelf, Source};
use serde::Serialize;

use crate::error::LakeError;
use crate::import::{Imported, Options};

mod bundled;
mod shelf;
pub mod source;
#[cfg(test)]
mod tests;

pub use source::{InputRef, SourceToml, TableRef};

/// Where an edition comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    Bundled,
    Imported,
}

/// Whether the files of an edition are what `source.toml` says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "state", content = "why")]
pub enum Health {
    Sound,
    /// The files are there; their hashes were not looked at.
    Unchecked,
    Damaged(String),
}

/// One book as `data status` shows it.
#[derive(Clone, Debug, Serialize)]
pub struct BookStatus {
    pub book: String,
    pub edition: String,
    pub origin: Origin,
    pub title: String,
    pub publisher: String,
    pub licence: String,
    pub vintage: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retrieved: Option<String>,
    pub tables: usize,
    pub rows: u64,
    pub bytes: u64,
    pub health: Health,
    /// Editions a rollback can go back to, the bundled one included.
    pub older: Vec<String>,
}

/// What an installation did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Installed {
    pub book: String,
    pub edition: String,
    /// Edition that was in force before, if any.
    pub before: Option<String>,
    /// Whether the very same tables were in force already; nothing was written then.
    pub unchanged: bool,
    /// Rows of the edition that was in force before, and of the one that is now.
    pub rows_before: u64,
    pub rows: u64,
    /// What a person should know about the change: a book that has become much smaller.
    pub findings: Vec<Finding>,
}

/// The books of one run. The choice of editions is read once, when opened, so that a run sees one state.
#[derive(Debug)]
pub struct Library {
    data_dir: Option<PathBuf>,
    /// Editions of each imported book, the one in force first.
    imported: BTreeMap<String, Vec<String>>,
    /// What kept a table from being read through [`Shelf`], which can only say that it is not there.
    faults: Mutex<Vec<String>>,
}

/// Name under which the bundled edition of a book is shown.
pub const BUNDLED: &str = "bundled";

impl Library {
    /// Only what the binary carries.
    pub fn bundled() -> Self {
        Self { data_dir: None, imported: BTreeMap::new(), faults: Mutex::default() }
    }

    /// The bundled books and those imported into `data_dir`, which need not exist.
    pub fn open(data_dir: &Path) -> Result<Self, LakeError> {
        let imported = shelf::read_pointers(data_dir)?;
        Ok(Self { data_dir: Some(data_dir.to_owned()), imported, faults: Mutex::default() })
    }

    pub fn data_dir(&self) -> Option<&Path> {
        self.data_dir.as_deref()
    }

    /// Names of all books, sorted.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = bundled::names().into_iter().map(str::to_owned).collect();
        names.extend(self.imported.keys().cloned());
        names.sort();
        names.dedup();
        names
    }

    /// Whether there is a book of this name, bundled or imported.
    pub fn has(&self, book: &str) -> bool {
        self.imported.contains_key(book) || bundled::find(book, "source.toml").is_some()
    }

    /// Name of the edition in force: `2026-04-13-1a2b3c4d5e6f`.
    pub fn edition(&self, book: &str) -> Result<String, LakeError> {
        match self.folder(book) {
            Some((edition, _)) => Ok(edition.to_owned()),
            None => Ok(self.source_toml(book)?.edition()),
        }
    }

    /// `source.toml` of the edition in force.
    pub fn source_toml(&self, book: &str) -> Result<SourceToml, LakeError> {
        match self.folder(book) {
            Some((_, folder)) => shelf::read_source(&folder),
            None => bundled_source(book).unwrap_or_else(|| Err(self.no_book(book))),
        }
    }

    /// The source as evidence cites it.
    pub fn source(&self, book: &str) -> Result<Arc<Source>, LakeError> {
        let toml = self.source_toml(book)?;
        Ok(toml.cited(&format!("{book} {}", toml.edition())))
    }

    /// Text of a table of the edition in force. An imported one is compared with its hash on the way.
    pub fn table(&self, book: &str, file: &str) -> Result<Cow<'static, str>, LakeError> {
        if let Some((_, folder)) = self.folder(book) {
            return shelf::read_table(book, &folder, file).map(Cow::Owned);
        }
        if let Some(text) = bundled::find(book, file) {
            return Ok(Cow::Borrowed(text));
        }
        let source = self.source_toml(book)?;
        Err(no_table(book, file, &source))
    }

    /// File names of the tables of the edition in force.
    pub fn tables(&self, book: &str) -> Result<Vec<String>, LakeError> {
        Ok(self.source_toml(book)?.tables.into_iter().map(|it| it.file).collect())
    }

    /// What an importer may need to know from other books: names and codes of economies.
    pub fn options(&self) -> Options {
        let economies = self.table("economies", "economies.csv").ok();
        let economies = economies.and_then(|it| EconomyBook::from_csv(&it).ok());
        Options { economies, ..Options::default() }
    }

    /// All books with what is known of them; hashes are not looked at.
    pub fn status(&self) -> Vec<BookStatus> {
        self.names().iter().map(|book| self.status_of(book, false)).collect()
    }

    /// As [`Self::status`], with every table compared with its hash.
    pub fn verify(&self) -> Vec<BookStatus> {
        self.names().iter().map(|book| self.status_of(book, true)).collect()
    }

    /// One book with what is known of it; with `check`, after every table was compared with its hash.
    pub fn status_of(&self, book: &str, check: bool) -> BookStatus {
        let origin = if self.imported.contains_key(book) { Origin::Imported } else { Origin::Bundled };
        let mut status = BookStatus {
            book: book.to_owned(),
            edition: self.edition(book).unwrap_or_default(),
            origin,
            title: String::new(),
            publisher: String::new(),
            licence: String::new(),
            vintage: String::new(),
            retrieved: None,
            tables: 0,
            rows: 0,
            bytes: 0,
            health: Health::Unchecked,
            older: self.older(book),
        };
        match self.source_toml(book) {
            Ok(source) => self.fill(&mut status, source, check),
            Err(error) => status.health = Health::Damaged(error.to_string()),
        }
        status
    }

    fn fill(&self, status: &mut BookStatus, source: SourceToml, check: bool) {
        status.tables = source.tables.len();
        status.rows = source.tables.iter().map(|it| it.rows).sum();
        for table in &source.tables {
            match self.table_bytes(&status.book, table, check) {
                Ok(bytes) => status.bytes += bytes,
                Err(error) => status.health = Health::Damaged(error.to_string()),
            }
        }
        if check && status.health == Health::Unchecked {
            status.health = Health::Sound;
        }
        status.title = source.title;
        status.publisher = source.publisher;
        status.licence = source.licence;
        status.vintage = source.vintage;
        status.retrieved = source.retrieved;
    }

    /// Size of a table; with `check`, after its hash was compared.
    fn table_bytes(&self, book: &str, table: &TableRef, check: bool) -> Result<u64, LakeError> {
        if let Some((_, folder)) = self.folder(book).filter(|_| !check) {
            return shelf::size(&folder.join(&table.file));
        }
        let text = self.table(book, &table.file)?;
        if check {
            compare(book, table, text.as_bytes())?;
        }
        Ok(text.len() as u64)
    }

    fn older(&self, book: &str) -> Vec<String> {
        let Some(stack) = self.imported.get(book) else { return Vec::new() };
        let mut older: Vec<_> = stack.iter().skip(1).cloned().collect();
        if bundled::find(book, "source.toml").is_some() {
            older.push(BUNDLED.to_owned());
        }
        older
    }

    /// What was installed and rolled back, oldest first: one line each, as it was written then.
    pub fn history(&self, book: &str) -> Result<Vec<String>, LakeError> {
        if !self.has(book) {
            return Err(self.no_book(book));
        }
        self.data_dir.as_ref().map_or_else(|| Ok(Vec::new()), |it| shelf::read_history(it, book))
    }

    /// Writes the book and puts it in force, last of all and at once. Whatever fails leaves the old book in force.
    pub fn install(&mut self, made: Imported) -> Result<Installed, LakeError> {
        let data_dir = self.writable_dir()?;
        let _lock = shelf::lock(&data_dir)?;
        // What is in force may have changed since this library was opened.
        self.imported = shelf::read_pointers(&data_dir)?;
        let made = if made.keeps_others { self.with_others(made)? } else { made };
        let edition = made.source.edition();
        let before = self.has(&made.book).then(|| self.edition(&made.book)).transpose()?;
        let rows_before = self.rows(&made.book);
        let rows = made.source.tables.iter().map(|it| it.rows).sum();
        let same = self.imported.get(&made.book).and_then(|it| it.first()) == Some(&edition)
            && matches!(self.status_of(&made.book, true).health, Health::Sound);
        if !same {
            let stack = shelf::write_edition(&data_dir, &made, &edition, self.imported.get(&made.book))?;
            self.imported.insert(made.book.clone(), stack);
        }
        let findings = shrunk(&made.book, rows_before, rows).into_iter().collect();
        Ok(Installed { book: made.book, edition, before, unchanged: same, rows_before, rows, findings })
    }

    /// Rows of all tables of the edition in force; 0 when there is none or it cannot be read.
    fn rows(&self, book: &str) -> u64 {
        self.source_toml(book).map_or(0, |it| it.tables.iter().map(|it| it.rows).sum())
    }

    /// Adds the tables in force that `made` does not bring itself.
    fn with_others(&self, mut made: Imported) -> Result<Imported, LakeError> {
        if !self.has(&made.book) {
            return Ok(made);
        }
        let old = self.source_toml(&made.book)?;
        if is_laid_over(&made, &old) {
            made.source = remain(&old, made.source);
        }
        for table in old.tables {
            if made.tables.iter().any(|(file, _)| *file == table.file) {
                continue;
            }
            let text = self.table(&made.book, &table.file)?.into_owned();
            made.tables.push((table.file.clone(), text));
            made.source.tables.push(table);
        }
        made.tables.sort();
        made.source.tables.sort_by(|left, right| left.file.cmp(&right.file));
        for input in old.inputs {
            if !made.source.inputs.iter().any(|it| it.file == input.file) {
                made.source.inputs.push(input);
            }
        }
        Ok(made)
    }

    /// Puts the edition before the one in force in force again.
    pub fn rollback(&mut self, book: &str) -> Result<Installed, LakeError> {
        let data_dir = self.writable_dir()?;
        let _lock = shelf::lock(&data_dir)?;
        self.imported = shelf::read_pointers(&data_dir)?;
        if !self.has(book) {
            return Err(self.no_book(book));
        }
        let before = self.edition(book).ok();
        let rows_before = self.rows(book);
        let nothing = |has: &str| LakeError::NothingOlder { book: book.to_owned(), has: has.to_owned() };
        let Some(stack) = self.imported.get(book) else {
            return Err(nothing("the bundled edition is in force"));
        };
        if stack.len() == 1 && bundled::find(book, "source.toml").is_none() {
            return Err(nothing("it was imported once and is not bundled"));
        }
        let rest: Vec<_> = stack.iter().skip(1).cloned().collect();
        shelf::point(&data_dir, book, &rest, "rolled back to")?;
        if rest.is_empty() {
            self.imported.remove(book);
        } else {
            self.imported.insert(book.to_owned(), rest);
        }
        Ok(Installed {
            book: book.to_owned(),
            edition: self.edition(book)?,
            before,
            unchanged: false,
            rows_before,
            rows: self.rows(book),
            findings: Vec::new(),
        })
    }

    fn writable_dir(&self) -> Result<PathBuf, LakeError> {
        self.data_dir.clone().ok_or_else(|| LakeError::Write {
            what: "find a data folder to write to; set PERIPLUS_DATA_DIR instead of",
            path: PathBuf::from("(none)"),
            source: std::io::ErrorKind::NotFound.into(),
        })
    }

    /// Edition in force and its folder, when imported.
    fn folder(&self, book: &str) -> Option<(&str, PathBuf)> {
        let edition = self.imported.get(book)?.first()?;
        let folder = shelf::edition_dir(self.data_dir.as_deref()?, book, edition);
        Some((edition, folder))
    }

    fn no_book(&self, book: &str) -> LakeError {
        let names = self.names();
        let nearest = domain::suggest::nearest(book, names.iter().map(String::as_str));
        LakeError::NoBook {
            book: book.to_owned(),
            hint: nearest.map(|it| format!("; did you mean {it}?")).unwrap_or_default(),
        }
    }
}

/// What is there but cannot be read is `None` too, and told by [`Library::faults`].
/// Whether an import lays tables over a book (`measures-301.csv`) and leaves its main ones (`measures.csv`) as they are.
fn is_laid_over(made: &Imported, old: &SourceToml) -> bool {
    let mut stems = made.tables.iter().filter_map(|(file, _)| Some(file.split_once('-')?.0));
    let main = |stem: &str| old.tables.iter().any(|it| it.file.strip_suffix(".csv") == Some(stem));
    stems.any(main) && made.tables.iter().all(|(file, _)| file.contains('-'))
}

/// A book that is laid over stays what it was, and of its own date: a list of one chapter does not make a tariff newer.
fn remain(old: &SourceToml, over: SourceToml) -> SourceToml {
    let how = format!("{} Laid over it: {} ({}, {}).", old.how, over.title, over.publisher, over.vintage);
    let old = old.clone();
    SourceToml {
        title: old.title,
        publisher: old.publisher,
        licence: old.licence,
        licence_url: old.licence_url,
        vintage: old.vintage,
        retrieved: old.retrieved,
        basis: old.basis,
        how,
        ..over
    }
}

impl Shelf for Library {
    fn table(&self, book: &str, file: &str) -> Option<Cow<'_, str>> {
        self.noted(Self::table(self, book, file))
    }

    fn list_tables(&self, book: &str) -> Vec<String> {
        let mut all = self.noted(self.tables(book)).unwrap_or_default();
        all.sort();
        all
    }

    fn source(&self, book: &str) -> Option<Arc<Source>> {
        self.noted(Self::source(self, book))
    }

    fn basis(&self, book: &str) -> Option<Basis> {
        self.noted(self.source_toml(book)).map(|it| it.basis)
    }
}

impl Library {
    /// Books and tables that are there but could not be read, each with what mends it. Books that do not exist are no fault.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = self.faults.lock().map(|it| it.clone()).unwrap_or_default();
        faults.sort();
        faults.dedup();
        faults
    }

    fn noted<T>(&self, read: Result<T, LakeError>) -> Option<T> {
        match read {
            Ok(value) => Some(value),
            Err(LakeError::NoBook { .. } | LakeError::NoTable { .. }) => None,
            Err(error) => {
                if let Ok(mut faults) = self.faults.lock() {
                    faults.push(error.to_string());
                }
                None
            }
        }
    }
}

fn bundled_source(book: &str) -> Option<Result<SourceToml, LakeError>> {
    let text = bundled::find(book, "source.toml")?;
    Some(SourceToml::parse(&format!("books/{book}/source.toml"), text))
}

/// An import replaces its book whole, so a file with a part of it leaves the rest out of answers.
fn shrunk(book: &str, before: u64, now: u64) -> Option<Finding> {
    (now < before / 2).then(|| {
        let told = format!("the book {book} now has {now} rows; the edition before had {before}");
        Finding::new(1434, Severity::Caution, told).hint(format!(
            "a file replaces the whole book; periplus data rollback {book} brings the rows back"
        ))
    })
}

fn no_table(book: &str, file: &str, source: &SourceToml) -> LakeError {
    LakeError::NoTable {
        book: book.to_owned(),
        file: file.to_owned(),
        tables: source.tables.iter().map(|it| it.file.as_str()).collect::<Vec<_>>().join(", "),
    }
}

fn compare(book: &str, table: &TableRef, bytes: &[u8]) -> Result<(), LakeError> {
    let found = ContentHash::of(bytes);
    if found.hex() == table.sha256 {
        return Ok(());
    }
    Err(LakeError::Corrupt {
        book: book.to_owned(),
        file: table.file.clone(),
        expected: table.sha256.get(..12).unwrap_or(&table.sha256).to_owned(),
        found: found.short().to_owned(),
    })
}

/// Where imported books are kept: `PERIPLUS_DATA_DIR`, else the platform's place for data of programs.
/// `None` when neither is known; then only bundled books can be read.
pub fn default_data_dir() -> Option<PathBuf> {
    let from = |name: &str| std::env::var_os(name).filter(|it| !it.is_empty()).map(PathBuf::from);
    if let Some(chosen) = from("PERIPLUS_DATA_DIR") {
        return Some(chosen);
    }
    if cfg!(windows) {
        return from("LOCALAPPDATA").map(|it| it.join("periplus"));
    }
    if cfg!(target_os = "macos") {
        return from("HOME").map(|it| it.join("Library/Application Support/periplus"));
    }
    from("XDG_DATA_HOME")
        .or_else(|| from("HOME").map(|it| it.join(".local/share")))
        .map(|it| it.join("periplus"))
}
