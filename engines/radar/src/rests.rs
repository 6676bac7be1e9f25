//! What an answer rests on: for each book, a short print of the rows of it that a need's dossier would carry. When a book gets a
//! new edition, an answer whose print of it is the same need not be decided again.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::{Arc, Mutex, PoisonError};

use domain::{ContentHash, Currency, Date, HsCode, Need, Shelf};

use crate::dossier::Dossier;
use crate::gather;

/// Books that gathering walks through without taking rows of them along.
const WALKED: &[&str] =
    &["economies", "flows", "sea-network", "ports", "airports", "lead-times", "freight-rates"];

/// The print of a book that is not there. One that comes later is then a change.
const ABSENT: &str = "-";

/// Prints over one shelf. Each table is read at most once, whatever the number of needs.
pub struct Prints<'s> {
    shelf: &'s (dyn Shelf + Sync),
    by_goods: Mutex<BTreeMap<String, Option<Arc<ByGoods>>>>,
    by_currency: Mutex<BTreeMap<(String, Currency, i16), String>>,
    whole: Mutex<BTreeMap<String, String>>,
}

impl std::fmt::Debug for Prints<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Prints").finish_non_exhaustive()
    }
}

/// Rows of a book by the code of their goods.
#[derive(Debug)]
struct ByGoods {
    /// Headers, and tables that every need takes whole.
    rest: String,
    codes: BTreeMap<String, String>,
}

impl<'s> Prints<'s> {
    pub fn new(shelf: &'s (dyn Shelf + Sync)) -> Self {
        Self { shelf, by_goods: Mutex::default(), by_currency: Mutex::default(), whole: Mutex::default() }
    }

    /// Prints of all books on which the answer to a dossier rests.
    pub fn of_dossier(&self, dossier: &Dossier) -> BTreeMap<String, String> {
        let of_tables = dossier.tables.keys().filter_map(|it| it.split('/').next()).map(str::to_owned);
        let walked = WALKED.iter().map(|it| (*it).to_owned());
        // A tariff that is not loaded yet is missed: the day it comes, the answer changes.
        let tariffs = gather::importers(&dossier.need, &dossier.supplies).into_iter().map(|it| {
            let territory = customs::jurisdiction_of(it, dossier.as_of, &customs::shipped());
            tariff(territory.code())
        });
        let books: std::collections::BTreeSet<String> = of_tables.chain(walked).chain(tariffs).collect();
        books.into_iter().map(|it| (it.clone(), self.of(&it, &dossier.need, dossier.as_of))).collect()
    }

    /// The print of the rows of one book that a need takes.
    pub fn of(&self, book: &str, need: &Need, as_of: Date) -> String {
        if book.starts_with("tariff-") {
            return self.by_goods(book).map_or_else(absent, |it| it.tariff_print(need.hs));
        }
        match book {
            "flows" => {
                let hs = need.hs.subheading().unwrap_or(need.hs).to_string();
                self.by_goods(book).map_or_else(absent, |it| it.exact_print(&hs))
            }
            "rates" => self.rates(need.currency, as_of),
            _ => self.whole(book),
        }
    }

    fn by_goods(&self, book: &str) -> Option<Arc<ByGoods>> {
        // Held while the table is read: all who wait want this very table.
        let mut all = self.by_goods.lock().unwrap_or_else(PoisonError::into_inner);
        match all.entry(book.to_owned()) {
            Entry::Occupied(found) => found.get().clone(),
            Entry::Vacant(place) => place.insert(ByGoods::read(self.shelf, book).map(Arc::new)).clone(),
        }
    }

    fn rates(&self, currency: Currency, as_of: Date) -> String {
        let mut all = self.by_currency.lock().unwrap_or_else(PoisonError::into_inner);
        let key = ("rates".to_owned(), currency, as_of.year());
        let kept = all.entry(key).or_insert_with(|| match self.shelf.table("rates", "rates.csv") {
            Some(text) => print(&gather::trimmed_rates(&text, currency, as_of)),
            None => absent(),
        });
        kept.clone()
    }

    fn whole(&self, book: &str) -> String {
        let mut all = self.whole.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = all.entry(book.to_owned()).or_insert_with(|| {
            let mut text = String::new();
            for name in self.shelf.list_tables(book) {
                let table = self.shelf.table(book, &name);
                text.push_str(&name);
                text.push(' ');
                text.push_str(&table.map_or_else(absent, |it| print(&it)));
                text.push('\n');
            }
            if text.is_empty() { absent() } else { print(&text) }
        });
        kept.clone()
    }
}

fn tariff(territory: &str) -> String {
    format!("tariff-{}", territory.to_lowercase())
}

fn absent() -> String {
    ABSENT.to_owned()
}

/// 96 bits: enough that no two editions are taken for each other, short enough for ten thousand rows.
fn print(text: &str) -> String {
    ContentHash::of(text.as_bytes()).hex()[..24].to_owned()
}

impl ByGoods {
    fn read(shelf: &dyn Shelf, book: &str) -> Option<Self> {
        let tables = shelf.list_tables(book);
        let main = if book == "flows" { "flows" } else { "measures" };
        let (mut rest, mut rows) = (String::new(), BTreeMap::<String, String>::new());
        let mut found = false;
        for name in &tables {
            let text = shelf.table(book, name)?;
            let stem = name.strip_suffix(".csv").unwrap_or(name);
            if stem != main && !stem.starts_with(&format!("{main}-")) {
                rest.push_str(&text);
                continue;
            }
            found = true;
            let mut lines = text.lines();
            rest.push_str(lines.next().unwrap_or_default());
            rest.push('\n');
            let mut code = "";
            for line in lines {
                let first = line.split(',').next().unwrap_or_default();
                // Flows leave the code out where it is the same as in the row before.
                code = if first.is_empty() { code } else { first };
                let all = rows.entry(code.to_owned()).or_default();
                all.push_str(line);
                all.push('\n');
            }
        }
        let codes = rows.into_iter().map(|(code, text)| (code, print(&text))).collect();
        found.then(|| Self { rest: print(&rest), codes })
    }

    /// The rows above the code, below it, of it, and of all goods: as [`gather::covers`] takes them.
    fn tariff_print(&self, hs: HsCode) -> String {
        let wanted = hs.to_string();
        let mut text = self.rest.clone();
        let mut add = |code: &str, print: &str| {
            text.push_str(code);
            text.push(' ');
            text.push_str(print);
            text.push('\n');
        };
        for length in 0..wanted.len() {
            let above = if length == 0 { "*" } else { &wanted[..length] };
            if let Some(print) = self.codes.get(above) {
                add(above, print);
            }
        }
        for (code, print) in self.codes.range(wanted.clone()..).take_while(|it| it.0.starts_with(&wanted)) {
            add(code, print);
        }
        print(&text)
    }

    fn exact_print(&self, code: &str) -> String {
        print(&format!("{} {}", self.rest, self.codes.get(code).map_or(ABSENT, String::as_str)))
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use domain::{Basis, Source};

    use super::*;

    struct One(BTreeMap<(&'static str, &'static str), String>);

    impl Shelf for One {
        fn table(&self, book: &str, file: &str) -> Option<Cow<'_, str>> {
            self.0.iter().find(|it| it.0.0 == book && it.0.1 == file).map(|it| it.1.as_str().into())
        }
        fn list_tables(&self, book: &str) -> Vec<String> {
            self.0.keys().filter(|it| it.0 == book).map(|it| it.1.to_owned()).collect()
        }
        fn source(&self, _: &str) -> Option<Arc<Source>> {
            None
        }
        fn basis(&self, _: &str) -> Option<Basis> {
            None
        }
    }

    fn need(hs: &str) -> Need {
        serde_json::from_value(serde_json::json!({
            "direction": "buy", "hs": hs, "quantity": { "amount": "5", "unit": "t" },
            "place": { "name": "Birmingham", "economy": "GB" }, "currency": "GBP",
        }))
        .unwrap()
    }

    const MEASURES: &str =
        "hs,geo,kind\n*,*,vat\n85,*,mfn\n850511,*,mfn\n8505110010,CN,add\n850519,*,mfn\n8506,*,mfn\n";

    /// Whatever row is changed: the print changes exactly when the row is one that a dossier of the need would carry.
    #[test]
    fn a_print_changes_when_the_extract_does_and_not_otherwise() {
        let as_of: Date = "2026-11-22".parse().unwrap();
        for hs in ["850511", "8505110010", "850519", "8506", "950300"] {
            let need = need(hs);
            let print = |measures: &str| {
                let tables = [(("tariff-gb", "measures.csv"), measures.to_owned())];
                Prints::new(&One(tables.into())).of("tariff-gb", &need, as_of)
            };
            for line in MEASURES.lines().skip(1) {
                let changed = MEASURES.replace(line, &format!("{line},changed"));
                let taken = gather::covers(line, need.hs);
                assert_eq!(print(MEASURES) != print(&changed), taken, "{hs}: {line}");
            }
            let more = format!("{MEASURES}{hs}99,*,quota\n");
            assert_ne!(print(MEASURES), print(&more), "{hs}: a row that is new");
        }
    }

    #[test]
    fn an_overlay_counts_and_a_book_that_comes_is_a_change() {
        let (need, as_of) = (need("850511"), "2026-11-22".parse().unwrap());
        let of = |tables: &[((&'static str, &'static str), &str)]| {
            let tables = tables.iter().map(|(key, text)| (*key, (*text).to_owned())).collect();
            Prints::new(&One(tables)).of("tariff-gb", &need, as_of)
        };
        let base = (("tariff-gb", "measures.csv"), MEASURES);
        let over = (("tariff-gb", "measures-301.csv"), "hs,geo,kind\n850511,CN,add\n");
        let other = (("tariff-gb", "measures-301.csv"), "hs,geo,kind\n0101,CN,add\n");
        assert_ne!(of(&[base]), of(&[base, over]));
        assert_ne!(of(&[base, other]), of(&[base, over]));
        assert_eq!(of(&[]), ABSENT);
        assert_ne!(of(&[]), of(&[base]));
    }

    #[test]
    fn flows_of_other_goods_do_not_matter() {
        let as_of = "2026-11-22".parse().unwrap();
        let of = |flows: &str| {
            let tables = [(("flows", "flows.csv"), flows.to_owned())];
            Prints::new(&One(tables.into())).of("flows", &need("85051100"), as_of)
        };
        let base = "hs,exporter,importer,usd\n850511,AE,BH,3\n,AF,CN,4\n850519,AE,BH,5\n";
        assert_eq!(of(base), of(&base.replace("BH,5", "BH,6")));
        assert_ne!(of(base), of(&base.replace("CN,4", "CN,9")), "a row that repeats the code");
    }
}
