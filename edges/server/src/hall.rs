//! The room of the desk with what the server looks up in it: books as they are cited, tariffs by day.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use customs::CustomsBooks;
use desk::Fault;
use desk::room::Room;
use domain::{Date, Economy};
use lake::books::BookStatus;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Tariffs of at most so many jurisdictions and days are kept open; the largest takes some tens of megabytes.
const TARIFFS_KEPT: usize = 8;

/// A book as an answer cites it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BookRef {
    pub name: String,
    pub title: String,
    pub vintage: String,
    pub publisher: String,
}

/// Tariffs of one jurisdiction as they were on a day.
type Opened = ((Economy, Date), Arc<CustomsBooks>);

/// Books in force, opened.
#[derive(Debug)]
pub struct Hall {
    pub room: Room,
    cited: BTreeMap<String, BookRef>,
    customs: Mutex<Vec<Opened>>,
    status: OnceLock<Vec<BookStatus>>,
}

impl Hall {
    pub fn new(room: Room) -> Self {
        let cited = room.library.names().into_iter().filter_map(|name| {
            let source = room.library.source_toml(&name).ok()?;
            let (title, vintage, publisher) = (source.title, source.vintage, source.publisher);
            Some((name.clone(), BookRef { name, title, vintage, publisher }))
        });
        Self { cited: cited.collect(), customs: Mutex::default(), status: OnceLock::new(), room }
    }

    /// A book as it is cited; `None` for one that is not there.
    pub fn cited(&self, name: &str) -> Option<&BookRef> {
        self.cited.get(name)
    }

    /// All books with what is known of them; hashes are not looked at. Asked once: a hall does not change.
    pub fn book_status(&self) -> &[BookStatus] {
        self.status.get_or_init(|| self.room.library.status())
    }

    /// The tariff of a jurisdiction with rates of exchange of a day and rules of origin.
    ///
    /// # Errors
    /// A book cannot be read.
    pub fn customs(&self, jurisdiction: Economy, on: Date) -> Result<Arc<CustomsBooks>, Fault> {
        let key = (jurisdiction, on);
        let kept = || self.customs.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, found)) = kept().iter().find(|it| it.0 == key) {
            return Ok(Arc::clone(found));
        }
        let opened = Arc::new(desk::books::customs(&self.room.library, &[jurisdiction], on)?);
        let mut all = kept();
        if all.len() >= TARIFFS_KEPT {
            all.remove(0);
        }
        all.push((key, Arc::clone(&opened)));
        Ok(opened)
    }
}
