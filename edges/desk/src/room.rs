//! Books opened once and shared by any number of scans. A room is never changed: when a book is, a new room is opened.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use ::radar::ask::Asked;
use ::radar::{Afresh, Books, Dossier, FindWays, Opened};
use domain::deal::Deals;
use domain::{Date, HsCode, Need};
use lake::Library;
use routes::{RouteAnswer, RouteBooks, RouteError, RouteQuestion};

use crate::fault::Fault;
use crate::quotes::Brought;
use crate::scan::{Manner, NeedText, Tables, decided, gather_fault, gathered, understand};

/// Flows of at most so many goods are kept open: a table of one subheading is some hundred kilobytes.
const GOODS_KEPT: usize = 256;

/// What scans share: the library as it stood when the room was opened, and its books as engines read them.
pub struct Room {
    pub library: Library,
    pub tables: Tables,
    /// Everything but flows.
    base: Opened,
    goods: Mutex<BTreeMap<HsCode, Arc<Opened>>>,
    ways: Ways,
}

impl std::fmt::Debug for Room {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Room").finish_non_exhaustive()
    }
}

impl Room {
    /// Opens the books of a library, the largest beside each other.
    ///
    /// # Errors
    /// A book without which nothing can be said is missing or cannot be read.
    pub fn open(library: Library) -> Result<Self, Fault> {
        let (base, tables) = std::thread::scope(|scope| {
            let base = scope.spawn(|| no_goods().map(|hs| Opened::from_shelf(&library, hs)));
            let tables = Tables::open(&library);
            (base.join(), tables)
        });
        let base = base.map_err(|_| broken("a thread that opened books ended early"))??;
        let base = base.map_err(|it| gather_fault(&it))?;
        Ok(Self { tables: tables?, base, goods: Mutex::default(), ways: Ways::default(), library })
    }

    /// What a person's words mean as a need.
    ///
    /// # Errors
    /// As [`understand`].
    pub fn read_need(&self, text: &NeedText, as_of: Date) -> Result<Asked, Fault> {
        understand(&self.library, &self.tables, text, as_of)
    }

    /// The books with the flows of these goods, opened at most once.
    ///
    /// # Errors
    /// The flows cannot be read.
    pub fn opened(&self, hs: HsCode) -> Result<Arc<Opened>, Fault> {
        let subheading = hs.subheading().unwrap_or(hs);
        if let Some(found) = self.goods().get(&subheading) {
            return Ok(Arc::clone(found));
        }
        let opened = self.base.for_goods(&self.library, subheading).map_err(|it| gather_fault(&it))?;
        let opened = Arc::new(opened);
        let mut goods = self.goods();
        if goods.len() >= GOODS_KEPT {
            goods.clear();
        }
        goods.insert(subheading, Arc::clone(&opened));
        Ok(opened)
    }

    /// Gathers the dossier of a need.
    ///
    /// # Errors
    /// The need lacks something, or a book does.
    pub fn gather(&self, need: &Need, mut brought: Brought, manner: &Manner) -> Result<Dossier, Fault> {
        let opened = self.opened(need.hs)?;
        let books = Books { ways: &self.ways, ..opened.books(&self.library) };
        gathered(books, need, &mut brought, manner)
    }

    /// Gathers and decides.
    ///
    /// # Errors
    /// As [`Self::gather`].
    pub fn scan(&self, need: &Need, brought: Brought, manner: &Manner) -> Result<(Dossier, Deals), Fault> {
        let dossier = self.gather(need, brought, manner)?;
        let deals = decided(&dossier)?;
        Ok((dossier, deals))
    }

    /// Books with networks and places, for questions that are about no goods.
    pub fn base(&self) -> &Opened {
        &self.base
    }

    fn goods(&self) -> std::sync::MutexGuard<'_, BTreeMap<HsCode, Arc<Opened>>> {
        // A map of finished values is whole even if a thread ended early.
        self.goods.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Questions about ways that are remembered: a changed deadline or currency asks the same ones again.
const WAYS_KEPT: usize = 8_192;

/// Ways between places as found before in the same books.
#[derive(Debug, Default)]
struct Ways(Mutex<BTreeMap<String, Arc<RouteAnswer>>>);

impl FindWays for Ways {
    fn find_ways(
        &self,
        question: &RouteQuestion,
        books: RouteBooks<'_>,
    ) -> Result<Arc<RouteAnswer>, RouteError> {
        let key = format!("{question:?}");
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = known().get(&key) {
            return Ok(Arc::clone(found));
        }
        let found = Afresh.find_ways(question, books)?;
        let mut known = known();
        if known.len() >= WAYS_KEPT {
            known.clear();
        }
        known.insert(key, Arc::clone(&found));
        Ok(found)
    }
}

/// A code that no row of trade has: the room opens without flows.
fn no_goods() -> Result<HsCode, Fault> {
    "000000".parse::<HsCode>().or_else(|_| "999999".parse()).map_err(|_| broken("no code is free"))
}

fn broken(why: &str) -> Fault {
    Fault::ours(crate::Exit::Internal, 1900, &[("why", why)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_room_answers_as_often_as_it_is_asked_and_says_the_same() {
        let room = Room::open(Library::bundled()).unwrap();
        let text = NeedText {
            words: "buy 5 t HS 850511 to Birmingham DAP by 2027-03-15 in GBP".to_owned(),
            is_file: false,
        };
        let as_of: Date = "2026-11-22".parse().unwrap();
        let asked = room.read_need(&text, as_of).unwrap();
        let manner = Manner { as_of, seed: 1, settings: ::radar::Settings::default() };
        let (first, deals) = room.scan(&asked.need, Brought::default(), &manner).unwrap();
        let (second, again) = room.scan(&asked.need, Brought::default(), &manner).unwrap();
        assert_eq!(first.hash().unwrap(), second.hash().unwrap());
        assert_eq!(deals, again);
        assert!(!deals.plans.is_empty());
    }
}
