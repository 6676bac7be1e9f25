//! Books from the lake as engines read them. Only what a command needs is opened.

use std::borrow::Cow;
use std::fmt::Display;
use std::path::Path;
use std::sync::Arc;

use customs::classify::Nomenclature;
use customs::{CustomsBooks, OriginBook, Rates, TariffBook};
use domain::{Basis, Currency, Date, Decimal, Economy, EconomyBook, Source};
use finance::RateBook;
use lake::import::tariff::measure::join_tables;
use lake::{LakeError, Library};
use market::FlowBook;
use routes::places::PlaceBook;

use crate::fault::{Exit, Fault};

/// Opens the library: bundled books and those imported into the data folder.
pub fn open(data_dir: &Path) -> Result<Library, Fault> {
    Library::open(data_dir).map_err(|it| lake_fault(&it))
}

/// A fault of the lake with the exit code that its kind has in the contract.
pub fn lake_fault(error: &LakeError) -> Fault {
    use std::io::ErrorKind::{NotFound, PermissionDenied};
    let exit = match error {
        LakeError::Read { source, .. } if source.kind() == NotFound => Exit::NotFound,
        LakeError::Read { source, .. } | LakeError::Write { source, .. }
            if source.kind() == PermissionDenied =>
        {
            Exit::Denied
        }
        LakeError::NoBook { .. } | LakeError::NoTable { .. } | LakeError::NothingOlder { .. } => {
            Exit::NotFound
        }
        LakeError::Locked { .. } | LakeError::Write { .. } => Exit::Internal,
        other if other.is_bad_input() => Exit::BadInput,
        _ => Exit::DataMissing,
    };
    Fault::said(exit, &error.to_string())
}

/// A book that is there and cannot be read by its engine.
pub fn refused(book: &str, error: &impl Display) -> Fault {
    let text = error.to_string();
    if text.starts_with("PRP-") {
        return Fault::said(Exit::DataMissing, &text);
    }
    lake_fault(&LakeError::Refused { book: book.to_owned(), why: text })
}

/// Text of a table, with the source and basis of its book.
pub fn table(
    library: &Library,
    book: &str,
    file: &str,
) -> Result<(Cow<'static, str>, Arc<Source>, Basis), Fault> {
    let text = library.table(book, file).map_err(|it| missing(book, &it))?;
    let source = library.source(book).map_err(|it| missing(book, &it))?;
    let basis = library.source_toml(book).map_err(|it| missing(book, &it))?.basis;
    Ok((text, source, basis))
}

/// A book that a command cannot do without is missing data, not a thing that was asked for and not found.
fn missing(book: &str, error: &LakeError) -> Fault {
    match error {
        LakeError::NoBook { .. } | LakeError::NoTable { .. } => {
            Fault::ours(Exit::DataMissing, 1915, &[("book", book)])
        }
        other => lake_fault(other),
    }
}

pub fn economies(library: &Library) -> Result<Arc<EconomyBook>, Fault> {
    let (text, _, _) = table(library, "economies", "economies.csv")?;
    EconomyBook::from_csv(&text).map_err(|it| refused("economies", &it))
}

/// The name of an economy in the person's language.
pub fn economy_name(book: &EconomyBook, economy: Economy, lang: crate::words::Lang) -> String {
    let own = book.find(economy).and_then(|it| crate::words::own_name(it, lang));
    own.map_or_else(|| book.name(economy), str::to_owned)
}

/// An economy by code or by name in any language of the table.
pub fn economy(book: &EconomyBook, word: &str) -> Result<Economy, Fault> {
    book.get_word(word).map_err(|it| Fault::said(Exit::BadInput, &it.to_string()))
}

pub fn flows(library: &Library) -> Result<Arc<FlowBook>, Fault> {
    let (text, source, _) = table(library, "flows", "flows.csv")?;
    FlowBook::from_csv(&text, source).map_err(|it| refused("flows", &it))
}

pub fn rates(library: &Library) -> Result<Arc<RateBook>, Fault> {
    let (text, source, _) = table(library, "rates", "rates.csv")?;
    RateBook::from_csv(&text, source).map_err(|it| refused("rates", &it))
}

/// Tariffs of the named jurisdictions (all when empty) with rates of exchange on `on` and rules of origin.
pub fn customs(library: &Library, only: &[Economy], on: Date) -> Result<CustomsBooks, Fault> {
    let wanted = |it: &&(String, Economy)| only.is_empty() || only.contains(&it.1);
    let books = tariff_books(library);
    let books: Vec<&(String, Economy)> = books.iter().filter(wanted).collect();
    // Tariffs are the largest tables; each is read on its own thread.
    let tariffs = std::thread::scope(|scope| {
        let running: Vec<_> = books.iter().map(|it| scope.spawn(|| tariff(library, &it.0, it.1))).collect();
        running
            .into_iter()
            .map(|it| it.join().unwrap_or_else(|_| Err(broken_thread())))
            .collect::<Result<Vec<_>, _>>()
    })?;
    let exchange = rates(library).map_or_else(|_| Rates::default(), |book| exchange_rates(&book, on));
    Ok(CustomsBooks::new(tariffs, exchange, Arc::new(origin_rules(library)?)))
}

fn broken_thread() -> Fault {
    Fault::ours(Exit::Internal, 1900, &[("why", "a thread that read a tariff ended early")])
}

/// Books named `tariff-XX` with their jurisdictions.
pub fn tariff_books(library: &Library) -> Vec<(String, Economy)> {
    let names = library.names().into_iter();
    names.filter_map(|it| Some((it.clone(), it.strip_prefix("tariff-")?.parse().ok()?))).collect()
}

/// A table with those that imports laid over it, under one header: `rules.csv` and `rules-cptpp.csv`.
fn laid_over(library: &Library, book: &str, stem: &str) -> Result<String, Fault> {
    let (first, over) = (format!("{stem}.csv"), format!("{stem}-"));
    let mut text = table(library, book, &first)?.0.into_owned();
    for name in
        library.tables(book).map_err(|it| missing(book, &it))?.iter().filter(|it| it.starts_with(&over))
    {
        let more = table(library, book, name)?.0;
        text.push_str(more.split_once('\n').map_or("", |(_, body)| body));
    }
    Ok(text)
}

fn tariff(library: &Library, book: &str, jurisdiction: Economy) -> Result<Arc<TariffBook>, Fault> {
    let (_, source, _) = table(library, book, "measures.csv")?;
    // Imports lay tables over the base: Section 301 lists, the measures of one commodity.
    let names = library.tables(book).map_err(|it| missing(book, &it))?;
    let texts = names
        .iter()
        .map(|it| Ok((it.as_str(), table(library, book, it)?.0)))
        .collect::<Result<Vec<_>, Fault>>()?;
    let (measures, groups) = join_tables(texts.iter().map(|(name, text)| (*name, text.as_ref())));
    let made = TariffBook::from_csv(jurisdiction, &measures, &groups, source);
    made.map(Arc::new).map_err(|it| refused(book, &it))
}

/// Rates of every currency of the book against the euro, and of all against each other through it.
fn exchange_rates(book: &RateBook, on: Date) -> Rates {
    let all = book.list_currencies();
    let mut rates = Rates::default();
    for &from in &all {
        for &to in all.iter().filter(|it| **it > from) {
            rates = with_rate(rates, book, from, to, on);
        }
    }
    rates
}

fn with_rate(rates: Rates, book: &RateBook, from: Currency, to: Currency, on: Date) -> Rates {
    match book.rate(from, to, on).and_then(|it| Decimal::try_from(it).ok()) {
        Some(rate) => rates.with(from, to, rate.round_dp(8), book.source()),
        None => rates,
    }
}

/// All books of rules of origin; an empty book when none is loaded.
fn origin_rules(library: &Library) -> Result<OriginBook, Fault> {
    const BOOK: &str = "origin-rules-gb";
    if !library.has(BOOK) {
        return Ok(OriginBook::empty(nothing("rules of origin")));
    }
    let (schemes, source, _) = table(library, BOOK, "schemes.csv")?;
    let (members, _, _) = table(library, BOOK, "members.csv")?;
    let rules = laid_over(library, BOOK, "rules")?;
    OriginBook::from_csv(&schemes, &members, &rules, source).map_err(|it| refused(BOOK, &it))
}

fn nothing(what: &str) -> Arc<Source> {
    Arc::new(Source {
        title: format!("no {what} loaded"),
        publisher: "Periplus".to_owned(),
        vintage: String::new(),
        book: None,
        licence: None,
    })
}

/// Places with their names in other languages.
pub fn place_book(library: &Library) -> Result<PlaceBook, Fault> {
    let files = library.tables("places").map_err(|it| lake_fault(&it))?;
    // `places_own.csv` corrects rows when the book is made; its layout is another.
    let wanted = files.iter().filter(|it| *it != "places_own.csv");
    let texts =
        wanted.map(|it| table(library, "places", it).map(|it| it.0)).collect::<Result<Vec<_>, _>>()?;
    PlaceBook::from_tables(texts.iter().map(AsRef::as_ref)).map_err(|it| refused("places", &it))
}

/// The Harmonized System with other names of goods.
pub fn nomenclature(library: &Library) -> Result<Nomenclature, Fault> {
    let text = |file| table(library, "hs", file).map(|it| it.0);
    let made = Nomenclature::from_csv(&text("hs2022.csv")?)
        .and_then(|it| match library.table("hs", "search_terms.csv") {
            Ok(terms) => it.with_names(&terms),
            Err(_) => Ok(it),
        })
        .and_then(|it| match library.table("hs", "names_own.csv") {
            Ok(names) => it.with_names(&names),
            Err(_) => Ok(it),
        })
        .and_then(|it| match library.table("hs", "ended_2017.csv") {
            Ok(ended) => it.with_ended(&ended),
            Err(_) => Ok(it),
        });
    made.map_err(|it| refused("hs", &it))
}

/// Days after which the figures of a book are old, by the beginning of its name; others after three years.
const OLD_AFTER_DAYS: &[(&str, i32)] = &[("rates", 45), ("tariff-", 400), ("key-rates", 400)];

/// Days after which the figures of a book are old.
pub fn old_after(book: &str) -> i32 {
    OLD_AFTER_DAYS.iter().find(|it| book.starts_with(it.0)).map_or(3 * 365, |it| it.1)
}

/// Days since the end of the period that a vintage names (YYYY, YYYY-MM or YYYY-MM-DD); `None` for other texts.
pub fn age_days(vintage: &str, on: Date) -> Option<i32> {
    let whole = match vintage.len() {
        4 => format!("{vintage}-12-31"),
        7 => format!("{vintage}-28"),
        _ => vintage.get(..10)?.to_owned(),
    };
    let day: Date = whole.parse().ok()?;
    // A month that is not over yet is of today.
    on.since(day).ok().map(|it| it.get_days().max(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_counted_from_the_end_of_what_a_vintage_names() {
        let on: Date = "2026-11-22".parse().unwrap();
        for (vintage, expect) in [
            ("2026-11-20", Some(2)),
            ("2025", Some(326)),
            ("2026-10", Some(25)),
            ("2026-11", Some(0)),
            ("January", None),
        ] {
            assert_eq!(age_days(vintage, on), expect, "{vintage}");
        }
    }
}
