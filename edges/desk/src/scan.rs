//! From a sentence to an answer: read the need, gather, decide. What the command line and the server share.

use std::sync::Arc;

use ::radar::ask::{self, AskBooks, AskError};
use ::radar::{Books, DecideError, Dossier, GatherError, Settings, decide, gather};
use customs::classify::Nomenclature;
use domain::deal::Deals;
use domain::{Date, EconomyBook, HsCode, Need};
use lake::Library;
use routes::RouteError;
use routes::places::PlaceBook;

use crate::books::{self, nomenclature, place_book};
use crate::fault::{Exit, Fault};
use crate::quotes::Brought;

/// The tables that turn words into codes: those of the need, and of quotes.
#[derive(Debug)]
pub struct Tables {
    pub economies: Arc<EconomyBook>,
    pub places: PlaceBook,
    pub nomenclature: Nomenclature,
}

impl Tables {
    /// Places, goods and economies are read beside each other: they are the largest tables of words.
    ///
    /// # Errors
    /// A table is missing or cannot be read.
    pub fn open(library: &Library) -> Result<Self, Fault> {
        let (places, others) = std::thread::scope(|scope| {
            let places = scope.spawn(|| place_book(library));
            let others = books::economies(library).and_then(|it| Ok((it, nomenclature(library)?)));
            (places.join(), others)
        });
        let ended =
            |_| Fault::ours(Exit::Internal, 1900, &[("why", "a thread that read places ended early")]);
        let places = places.map_err(ended)??;
        let (economies, nomenclature) = others?;
        Ok(Self { economies, places, nomenclature })
    }

    pub fn ask(&self) -> AskBooks<'_> {
        AskBooks { economies: &self.economies, places: &self.places, nomenclature: &self.nomenclature }
    }
}

/// The need as written, and whether in a file.
#[derive(Clone, Debug)]
pub struct NeedText {
    pub words: String,
    pub is_file: bool,
}

/// What a person's words mean as a need.
///
/// # Errors
/// Something is missing, ambiguous or cannot be; the fault says what, and names candidates with the most traded first.
pub fn understand(
    library: &Library,
    tables: &Tables,
    text: &NeedText,
    as_of: Date,
) -> Result<ask::Asked, Fault> {
    let books = tables.ask();
    let asked = if text.is_file {
        ask::read(&text.words, &books, as_of)
    } else {
        ask::parse(&text.words, &books, as_of)
    };
    asked.map_err(|mut it: AskError| {
        let flows = library.table("flows", "flows.csv").unwrap_or_default();
        it.with_trade_first(|hs| traded_rows(&flows, hs));
        Fault::said(Exit::BadInput, &it.to_string())
    })
}

/// How a scan is to be done.
#[derive(Clone, Debug)]
pub struct Manner {
    pub as_of: Date,
    pub seed: u64,
    pub settings: Settings,
}

/// Gathers the dossier of a need from opened books; findings of quotes stand on it.
///
/// # Errors
/// The need lacks something, or the shelf lacks a book without which nothing can be said.
pub fn gathered(
    books: Books<'_>,
    need: &Need,
    brought: &mut Brought,
    manner: &Manner,
) -> Result<Dossier, Fault> {
    let gathered = gather(need, &brought.offers, books, &manner.settings, manner.as_of, manner.seed);
    let mut dossier = gathered.map_err(|it| gather_fault(&it))?;
    dossier.findings.append(&mut brought.findings);
    Ok(dossier)
}

/// Decides a dossier.
///
/// # Errors
/// A book in the dossier cannot be read.
pub fn decided(dossier: &Dossier) -> Result<Deals, Fault> {
    decide(dossier).map_err(|it| decide_fault(&it))
}

/// How many rows of trade the table of flows has for the goods: the code stands in the first of its rows only.
fn traded_rows(flows: &str, hs: HsCode) -> usize {
    let wanted = hs.subheading().unwrap_or(hs).to_string();
    let begins = |line: &&str| line.split(',').next() == Some(wanted.as_str());
    let mut lines = flows.lines().skip_while(|it| !begins(it));
    usize::from(lines.next().is_some()) + lines.take_while(|it| it.starts_with(',') || begins(it)).count()
}

/// The first fenced block of kind `settings` in a Markdown file.
pub fn settings_block(text: &str) -> Option<toml::Table> {
    let (_, rest) = text.split_once("```settings\n")?;
    let (block, _) = rest.split_once("\n```")?;
    block.parse().ok()
}

/// What cannot be gathered is the need's fault, or that of the books.
pub fn gather_fault(error: &GatherError) -> Fault {
    let exit = match error {
        GatherError::NoTable { .. } | GatherError::Unreadable { .. } | GatherError::Market(_) => {
            Exit::DataMissing
        }
        GatherError::Route(RouteError::Table { .. }) => Exit::DataMissing,
        _ => Exit::BadInput,
    };
    Fault::said(exit, &error.to_string())
}

/// A dossier that gives no answer.
pub fn decide_fault(error: &DecideError) -> Fault {
    let exit = match error {
        DecideError::Facts(_) => Exit::DataMissing,
        _ => Exit::Internal,
    };
    Fault::said(exit, &error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_trade_are_counted_under_their_code() {
        let flows =
            "hs,exporter,importer,usd\n850510,AE,BH,1\n850511,AE,BH,3\n,AF,CN,4\n,,DE,4\n850519,AE,BH,5\n";
        let check = |hs: &str, expect| assert_eq!(traded_rows(flows, hs.parse().unwrap()), expect, "{hs}");
        check("850511", 3);
        check("850519", 1);
        check("850520", 0);
    }
}
