//! Where engines' books are read from, seen from the pure side: named tables with their sources. The lake implements it
//! over bundled and imported editions; tests implement it over a few lines of text.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::basis::{Basis, Source};

/// A source of book tables. What is not there is `None`; the asker decides what that means.
pub trait Shelf {
    /// Text of a table of a book: `table("tariff-us", "measures.csv")`.
    fn table(&self, book: &str, file: &str) -> Option<Cow<'_, str>>;
    /// Names of the tables of a book, sorted: imports lay some over others (`measures.csv`, `measures-301.csv`).
    fn list_tables(&self, book: &str) -> Vec<String>;
    /// What the book was made from.
    fn source(&self, book: &str) -> Option<Arc<Source>>;
    /// How well the book's figures are known.
    fn basis(&self, book: &str) -> Option<Basis>;
}

/// A shelf with some tables of its own before another shelf: invented data of a scenario, a what-if.
pub struct Overlay<'s> {
    under: &'s (dyn Shelf + Sync),
    tables: BTreeMap<(String, String), String>,
    sources: BTreeMap<String, (Arc<Source>, Basis)>,
}

impl<'s> Overlay<'s> {
    pub fn new(under: &'s (dyn Shelf + Sync)) -> Self {
        Self { under, tables: BTreeMap::new(), sources: BTreeMap::new() }
    }

    /// Puts a table in front. Its book then says that it comes from `source`, on `basis`.
    #[must_use]
    pub fn with(mut self, book: &str, file: &str, text: &str, source: &Arc<Source>, basis: Basis) -> Self {
        self.tables.insert((book.to_owned(), file.to_owned()), text.to_owned());
        self.sources.insert(book.to_owned(), (Arc::clone(source), basis));
        self
    }
}

impl Shelf for Overlay<'_> {
    fn table(&self, book: &str, file: &str) -> Option<Cow<'_, str>> {
        match self.tables.get(&(book.to_owned(), file.to_owned())) {
            Some(text) => Some(Cow::Borrowed(text)),
            None => self.under.table(book, file),
        }
    }

    fn list_tables(&self, book: &str) -> Vec<String> {
        let own = self.tables.keys().filter(|(name, _)| name == book).map(|(_, file)| file.clone());
        let mut all: Vec<String> = self.under.list_tables(book).into_iter().chain(own).collect();
        all.sort();
        all.dedup();
        all
    }

    fn source(&self, book: &str) -> Option<Arc<Source>> {
        self.sources.get(book).map(|it| Arc::clone(&it.0)).or_else(|| self.under.source(book))
    }

    fn basis(&self, book: &str) -> Option<Basis> {
        self.sources.get(book).map(|it| it.1).or_else(|| self.under.basis(book))
    }
}

impl std::fmt::Debug for Overlay<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Overlay").field("tables", &self.tables.keys()).finish_non_exhaustive()
    }
}
