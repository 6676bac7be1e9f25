//! Gathering: from a need and the books on the shelf to a dossier that holds all that deciding may look at.
//! Pure over its arguments; reading the shelf is the lake's business.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::deal::{Drop, DropReason};
use domain::{
    Basis, Date, Direction, Economy, EconomyBook, Finding, HsCode, Need, Offer, Place, Severity, Shelf,
    Source,
};
use market::{FlowBook, MarketError, MarketQuestion, OriginQuestion};
use rayon::prelude::*;
use routes::{
    FreightBook, Passage, PassageSet, RouteAnswer, RouteBooks, RouteError, RouteOption, RouteQuestion,
};
use thiserror::Error;

use crate::cost;
use crate::dossier::{self, Dossier, Extract, Role, Supply, Way, WayLeg};
use crate::facts;
use crate::settings::Settings;

/// A need for which no dossier can be gathered. Unlike "no plan", this is something to mend first.
#[derive(Debug, Error)]
pub enum GatherError {
    /// PRP-1850
    #[error("PRP-1850: {hs} has fewer than six digits; trade is recorded by subheading, so give six or more")]
    ShortCode { hs: HsCode },
    /// PRP-1851
    #[error("PRP-1851: the mass of {quantity} is not known; give a mass, or the fact goods.kg_per_unit")]
    NoMass { quantity: String },
    /// PRP-1852
    #[error(
        "PRP-1852: the deadline {deadline} is not after {as_of}; give a later one, or an earlier --as-of"
    )]
    PastDeadline { deadline: Date, as_of: Date },
    /// PRP-1853
    #[error("PRP-1853: the book {book} has no table {file}; run `periplus doctor`")]
    NoTable { book: String, file: String },
    /// PRP-1854
    #[error("PRP-1854: the book {book} cannot be read: {why}; run `periplus data verify`")]
    Unreadable { book: String, why: String },
    #[error(transparent)]
    Route(#[from] RouteError),
    #[error(transparent)]
    Market(#[from] MarketError),
}

/// What is gathered from.
#[derive(Clone, Copy)]
pub struct Books<'b> {
    pub shelf: &'b (dyn Shelf + Sync),
    pub economies: &'b EconomyBook,
    pub flows: &'b FlowBook,
    pub routes: RouteBooks<'b>,
    pub freight: &'b FreightBook,
    /// Who finds the ways between two places: [`Afresh`], or one who remembers.
    pub ways: &'b dyn FindWays,
}

/// Finds the ways between two places. The same question over the same books must get the same answer.
pub trait FindWays: Sync {
    /// # Errors
    /// As [`routes::alternatives`].
    fn find_ways(
        &self,
        question: &RouteQuestion,
        books: RouteBooks<'_>,
    ) -> Result<Arc<RouteAnswer>, RouteError>;
}

/// Every question is worked out anew.
#[derive(Clone, Copy, Debug)]
pub struct Afresh;

impl FindWays for Afresh {
    fn find_ways(
        &self,
        question: &RouteQuestion,
        books: RouteBooks<'_>,
    ) -> Result<Arc<RouteAnswer>, RouteError> {
        routes::alternatives(question, books).map(Arc::new)
    }
}

impl std::fmt::Debug for Books<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Books").finish_non_exhaustive()
    }
}

/// Tables taken as they are: they are small, and every plan may need any row.
const WHOLE: &[(&str, &str)] = facts::NEEDED;

/// Gathers the dossier of a need. `quotes` are the person's own offers for these goods.
///
/// # Errors
/// The need lacks something, names an unknown passage, or the shelf lacks a book without which nothing can be said.
pub fn gather(
    need: &Need,
    quotes: &[Offer],
    books: Books<'_>,
    settings: &Settings,
    as_of: Date,
    seed: u64,
) -> Result<Dossier, GatherError> {
    let hs = need.hs.subheading().ok_or(GatherError::ShortCode { hs: need.hs })?;
    if let Some(deadline) = need.deadline.filter(|it| *it <= as_of) {
        return Err(GatherError::PastDeadline { deadline, as_of });
    }
    let mass_kg = mass(need)?;
    let closed = closed(need)?;
    let mut need = need.clone();
    need.facts = cost::with_defaults(&need.facts);
    let found = offers(&need, hs, mass_kg, books)?;
    let mut drops = found.drops;
    let (offers, economy_findings): (Vec<Offer>, Vec<Vec<Finding>>) =
        found.offers.into_iter().chain(quotes.iter().map(|it| (it.clone(), Vec::new()))).unzip();
    let ways: Vec<(Vec<Way>, Vec<Drop>)> =
        offers.par_iter().map(|offer| ways(&need, offer, mass_kg, closed, as_of, books)).collect();
    let mut supplies = Vec::new();
    for ((offer, findings), (ways, lost)) in offers.into_iter().zip(economy_findings).zip(ways) {
        drops.extend(lost);
        if !ways.is_empty() {
            supplies.push(Supply {
                economy_name: books.economies.name(offer.economy),
                offer,
                ways,
                findings,
            });
        }
    }
    let importers = importers(&need, &supplies);
    let mut missing = Vec::new();
    let tables = tables(&need, &importers, books, as_of, &mut missing)?;
    let currencies = supplies
        .iter()
        .map(|it| it.offer.economy)
        .chain([need.place.economy])
        .filter_map(|it| Some((it, books.economies.find(it)?.currency?)))
        .collect();
    Ok(Dossier {
        schema: dossier::SCHEMA.to_owned(),
        as_of,
        seed,
        settings: settings.clone(),
        mass_kg,
        supplies,
        currencies,
        tables,
        network: books.shelf.source("sea-network").unwrap_or_else(|| unnamed("sea network")),
        drops,
        findings: assumptions_made(&need).into_iter().chain(unknown_facts(&need)).collect(),
        missing,
        need,
    })
}

fn unnamed(what: &str) -> Arc<Source> {
    Arc::new(Source {
        title: what.to_owned(),
        publisher: "unknown".to_owned(),
        vintage: String::new(),
        book: None,
        licence: None,
    })
}

/// Kilograms of the need: by its unit, or by the declared mass of one unit.
fn mass(need: &Need) -> Result<f64, GatherError> {
    if let Some(kilograms) = need.quantity.kilograms() {
        return Ok(kilograms);
    }
    let each = need
        .facts
        .get("goods.kg_per_unit")
        .and_then(|it| it.parse::<f64>().ok())
        .filter(|it| it.is_finite() && *it > 0.0);
    let count: Option<f64> = need.quantity.amount.try_into().ok();
    each.zip(count)
        .map(|(each, count)| each * count)
        .ok_or_else(|| GatherError::NoMass { quantity: need.quantity.to_string() })
}

fn closed(need: &Need) -> Result<PassageSet, RouteError> {
    need.limits
        .passages_shut
        .iter()
        .try_fold(PassageSet::EMPTY, |set, word| Ok(set.with(word.parse::<Passage>()?)))
}

fn assumptions_made(need: &Need) -> Vec<Finding> {
    let vat = need.facts.get("buyer.vat_registered").is_some_and(|it| it == "yes");
    vat.then(|| {
        Finding::new(1841, Severity::Note, "The buyer is taken to be registered for VAT, so import VAT comes back and is not in the landed cost.")
            .hint("Declare buyer.vat_registered = no if it is not.")
    })
    .into_iter()
    .collect()
}

/// Facts that customs, the radar and needs know, beside those that rulepacks of compliance ask for.
const KNOWN_FACTS: &[&str] = &[
    "buyer.vat_registered",
    "goods.alcohol_percent",
    "goods.kg_per_unit",
    "goods.sugar_percent",
    "incoterm.place",
    "market.only",
    "origin.change",
    "origin.direct_transport",
    "origin.nonoriginating_percent",
    "origin.rule_met",
    "origin.rvc_percent",
    "origin.wholly_obtained",
];

/// A declared fact that nobody asks for is most likely misspelt: the rule it was meant for will take it as not declared.
fn unknown_facts(need: &Need) -> Vec<Finding> {
    let shipped = compliance::shipped();
    let asked = shipped.iter().flat_map(|it| it.list_facts());
    let known: Vec<&str> = KNOWN_FACTS.iter().copied().chain(asked).collect();
    need.facts
        .keys()
        // A tariff's own conditions (end_use, producer) have no dot.
        .filter(|name| name.contains('.') && !known.contains(&name.as_str()))
        .map(|name| {
            let near = domain::suggest::nearest(name, known.iter().copied());
            let near = near.map(|it| format!("; did you mean {it}?")).unwrap_or_default();
            Finding::new(
                1845,
                Severity::Caution,
                format!("No rule asks for the fact {name}, so it changes nothing{near}"),
            )
            .hint(format!("Facts that are asked for: {}.", known.join(", ")))
        })
        .collect()
}

struct FoundOffers {
    offers: Vec<(Offer, Vec<Finding>)>,
    drops: Vec<Drop>,
}

fn offers(need: &Need, hs: HsCode, mass_kg: f64, books: Books<'_>) -> Result<FoundOffers, GatherError> {
    let never = need.limits.origins_never.clone();
    let only = match need.direction {
        Direction::Buy => need.limits.origins_only.clone(),
        Direction::Sell => markets_asked_for(need),
    };
    let place = need.place.economy;
    let (candidates, dropped) = match need.direction {
        Direction::Buy => {
            let question =
                OriginQuestion { hs, importer: place, year: None, quantity_kg: Some(mass_kg), only, never };
            let answer = market::candidate_origins(&question, books.flows, books.economies)?;
            (answer.candidates, answer.dropped)
        }
        Direction::Sell => {
            let question =
                MarketQuestion { hs, exporter: place, year: None, quantity_kg: Some(mass_kg), only, never };
            let answer = market::candidate_markets(&question, books.flows, books.economies)?;
            (answer.candidates, answer.dropped)
        }
    };
    let drops = dropped
        .iter()
        .map(|it| Drop {
            reason: match it.reason {
                market::DropReason::Capacity { .. } | market::DropReason::Worth { .. } => {
                    DropReason::Capacity
                }
                _ => DropReason::Excluded,
            },
            origin: Some(it.economy),
            route: None,
            choice: None,
            text: format!("{}: {}", books.economies.name(it.economy), it.reason),
            count: 1,
            by: None,
        })
        .collect();
    Ok(FoundOffers { offers: candidates.into_iter().map(|it| (it.offer, it.findings)).collect(), drops })
}

/// Markets that a seller names ("sell ... to Germany" is the fact market.only = DE), beside those of the limits.
fn markets_asked_for(need: &Need) -> Vec<Economy> {
    let named = need.facts.get("market.only").map_or("", String::as_str);
    let named = named.split(',').filter_map(|it| it.parse::<Economy>().ok());
    let mut all: Vec<Economy> = need.limits.origins_only.iter().copied().chain(named).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The ways between an offer and the place of the need, and those that are not there.
fn ways(
    need: &Need,
    offer: &Offer,
    mass_kg: f64,
    closed: PassageSet,
    as_of: Date,
    books: Books<'_>,
) -> (Vec<Way>, Vec<Drop>) {
    let there = offer.place.clone().unwrap_or_else(|| Place {
        name: books.economies.name(offer.economy),
        economy: offer.economy,
        locode: None,
        at: None,
    });
    let (origin, destination) = match need.direction {
        Direction::Buy => (there, need.place.clone()),
        Direction::Sell => (need.place.clone(), there),
    };
    let drop = |reason: DropReason, route: Option<String>, text: String| Drop {
        reason,
        origin: Some(offer.economy),
        route,
        choice: offer.firm.clone(),
        text,
        count: 1,
        by: None,
    };
    let question =
        RouteQuestion { origin, destination, mass_kg, closed, vessel: None, as_of: as_of.to_string() };
    let answer = match books.ways.find_ways(&question, books.routes) {
        Ok(answer) => answer,
        Err(error) => return (Vec::new(), vec![drop(DropReason::NoRoute, None, error.to_string())]),
    };
    let mut drops: Vec<Drop> = answer
        .dropped
        .iter()
        .map(|it| drop(not_a_way(it.exists), Some(it.what.clone()), it.reason.clone()))
        .collect();
    let mut kept = Vec::new();
    for option in &answer.options {
        let way = way(option);
        let mode = way.main_mode();
        if need.limits.modes_only.is_empty() || need.limits.modes_only.contains(&mode) {
            kept.push(way);
        } else {
            drops.push(drop(
                DropReason::Excluded,
                Some(way.key),
                format!("by {mode}, which the need does not allow"),
            ));
        }
    }
    if kept.is_empty() && drops.is_empty() {
        drops.push(drop(DropReason::NoRoute, None, "no way is known".to_owned()));
    }
    (kept, drops)
}

/// A way that better ones stand in for is beaten; one that is not there is no route.
fn not_a_way(exists: bool) -> DropReason {
    if exists { DropReason::Dominated } else { DropReason::NoRoute }
}

fn way(option: &RouteOption) -> Way {
    let main = |mode: domain::Mode| mode != domain::Mode::Road;
    let first = option.legs.iter().position(|it| main(it.mode));
    let last = option.legs.iter().rposition(|it| main(it.mode));
    let role = |at: usize| match (first, last) {
        (Some(first), _) if at < first => Role::PreCarriage,
        (_, Some(last)) if at > last => Role::OnCarriage,
        _ => Role::Main,
    };
    let legs: Vec<WayLeg> =
        option.legs.iter().cloned().enumerate().map(|(at, leg)| WayLeg { role: role(at), leg }).collect();
    let mut way = Way { key: option.id.clone(), corridor: String::new(), legs };
    let passages = way.passages();
    way.corridor =
        std::iter::once(way.main_mode().word().to_owned()).chain(passages).collect::<Vec<_>>().join(" ");
    way
}

pub(crate) fn importers(need: &Need, supplies: &[Supply]) -> Vec<Economy> {
    let mut all: Vec<Economy> = match need.direction {
        Direction::Buy => vec![need.place.economy],
        Direction::Sell => supplies.iter().map(|it| it.offer.economy).collect(),
    };
    all.sort_unstable();
    all.dedup();
    all
}

fn tables(
    need: &Need,
    importers: &[Economy],
    books: Books<'_>,
    as_of: Date,
    missing: &mut Vec<String>,
) -> Result<BTreeMap<String, Extract>, GatherError> {
    let shelf = books.shelf;
    let mut tables = BTreeMap::new();
    for &(book, file) in WHOLE {
        let extract = whole(shelf, book, file)
            .ok_or_else(|| GatherError::NoTable { book: book.to_owned(), file: file.to_owned() })?;
        tables.insert(facts::key((book, file)), extract);
    }
    for &(book, file) in facts::WELCOME {
        if let Some(extract) = joined(shelf, book, file, &|line| welcome_row(file, line, need, importers)) {
            tables.insert(facts::key((book, file)), extract);
        }
    }
    for importer in importers {
        let territory = customs::jurisdiction_of(*importer, as_of, &customs::shipped());
        let book = format!("tariff-{}", territory.code().to_lowercase());
        match joined(shelf, &book, "measures.csv", &|line| covers(line, need.hs)) {
            Some(extract) => {
                tables.insert(facts::key((&book, "measures.csv")), extract);
                if let Some(groups) = joined(shelf, &book, "groups.csv", &|_| true) {
                    tables.insert(facts::key((&book, "groups.csv")), groups);
                }
            }
            None => missing.push(format!(
                "tariff of {territory} is not loaded; load it with `periplus data import FILE`"
            )),
        }
    }
    trim_rates(&mut tables, need, as_of);
    missing.sort();
    missing.dedup();
    Ok(tables)
}

fn whole(shelf: &dyn Shelf, book: &str, file: &str) -> Option<Extract> {
    let text = shelf.table(book, file)?.into_owned();
    Some(Extract { source: shelf.source(book)?, basis: shelf.basis(book).unwrap_or(Basis::Assumed), text })
}

/// The rows that `keep` admits of a table and of those that imports laid over it (`measures.csv` and `measures-301.csv`), under one
/// header. `None`: the book has no such table.
fn joined(shelf: &dyn Shelf, book: &str, file: &str, keep: &dyn Fn(&str) -> bool) -> Option<Extract> {
    let stem = file.strip_suffix(".csv").unwrap_or(file);
    let over = format!("{stem}-");
    let mut text = String::new();
    for name in shelf.list_tables(book).iter().filter(|it| *it == file || it.starts_with(&over)) {
        let table = shelf.table(book, name)?;
        let mut lines = table.split_inclusive('\n');
        let header = lines.next().unwrap_or_default();
        if text.is_empty() {
            text.push_str(header);
        }
        for line in lines.filter(|it| keep(it)) {
            text.push_str(line);
        }
        // A table whose last line is not ended must not run into the next.
        if !text.ends_with('\n') {
            text.push('\n');
        }
    }
    let source = shelf.source(book).filter(|_| !text.is_empty())?;
    Some(Extract { source, basis: shelf.basis(book).unwrap_or(Basis::Assumed), text })
}

/// Whether the code in the first cell of a row is of the need's goods: above them, below them or the same; `*` is all goods.
pub(crate) fn covers(line: &str, hs: HsCode) -> bool {
    let code = line.split(',').next().unwrap_or_default();
    if code == "*" {
        return true;
    }
    let wanted = hs.to_string();
    code.starts_with(&wanted) || wanted.starts_with(code)
}

fn welcome_row(file: &str, line: &str, need: &Need, importers: &[Economy]) -> bool {
    match file {
        // indicator,economy,year,value: the place of the need borrows; the euro area stands in for its members.
        "fr.inr.lend.csv" => {
            let economy = line.split(',').nth(1).unwrap_or_default();
            economy == need.place.economy.code()
                || need.currency == domain::Currency::EUR
                || importers.iter().any(|it| it.code() == economy)
        }
        _ => true,
    }
}

/// What volatility looks back on, and some more.
const YEARS_KEPT: i16 = 2;

/// Keeps of the exchange rates what the need takes.
fn trim_rates(tables: &mut BTreeMap<String, Extract>, need: &Need, as_of: Date) {
    let Some(extract) = tables.get_mut(&facts::key(("rates", "rates.csv"))) else { return };
    extract.text = trimmed_rates(&extract.text, need.currency, as_of);
}

/// Exchange rates of the need's currency, the US dollar and the currencies of duties, and of the past what volatility takes:
/// `units_per_eur` rows of the last years.
pub(crate) fn trimmed_rates(text: &str, currency: domain::Currency, as_of: Date) -> String {
    let from = format!("{:04}", as_of.year() - YEARS_KEPT);
    let wanted = ["USD", "EUR", "GBP", "AUD", "CNY", currency.code()];
    let mut lines = text.split_inclusive('\n');
    let mut kept = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        let mut cells = line.split(',');
        let (date, code) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
        if date >= from.as_str() && wanted.contains(&code) {
            kept.push_str(line);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_fact_is_told_with_the_nearest() {
        let need: Need = serde_json::from_value(serde_json::json!({
            "direction": "buy", "hs": "850511", "quantity": { "amount": "5", "unit": "t" },
            "place": { "name": "Birmingham", "economy": "GB" }, "currency": "GBP",
            "facts": { "goods.contains_dysprosium_terbum": "no", "origin.rule_met": "yes" },
        }))
        .unwrap();
        let findings = unknown_facts(&need);
        assert_eq!(findings.len(), 1);
        assert!(
            findings[0].text.ends_with("did you mean goods.contains_dysprosium_terbium?"),
            "{}",
            findings[0].text
        );
    }
}
