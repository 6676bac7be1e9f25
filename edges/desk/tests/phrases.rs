//! Everything that an answer says is said in every complete language: all pages of `deals/` are decided and put into Chinese, and
//! no sentence may stay English.
#![allow(clippy::unwrap_used, reason = "a test that unwraps says what it expects")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use desk::phrases::localise;
use desk::scan::Tables;
use desk::words::{Lang, Words};
use domain::deal::Deals;
use domain::{Basis, Evidence, Overlay, Source};
use lake::Library;
use radar::Opened;
use testkit::Scenario;

fn deals_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deals")
}

fn pages() -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = std::fs::read_dir(deals_folder())
        .unwrap()
        .map(|it| it.unwrap().path())
        .filter(|it| it.extension().is_some_and(|it| it == "md") && !it.ends_with("README.md"))
        .collect();
    all.sort();
    all
}

fn decide(library: &Library, tables: &Tables, scenario: &Scenario) -> Deals {
    let mut block: toml::Table = scenario.settings.parse().unwrap();
    let as_of =
        block.remove("as_of").map_or_else(|| "2026-11-22".to_owned(), |it| it.as_str().unwrap().to_owned());
    let as_of = domain::calendar::parse_date(&as_of).unwrap();
    let seed = block.remove("seed").map_or(1, |it| u64::try_from(it.as_integer().unwrap()).unwrap());
    let settings = block.try_into().unwrap();
    let need = radar::ask::read(&scenario.need, &tables.ask(), as_of).unwrap().need;
    let invented = Arc::new(Source {
        title: "Invented".to_owned(),
        publisher: "Periplus".to_owned(),
        vintage: "2026".to_owned(),
        book: None,
        licence: None,
    });
    let mut shelf = Overlay::new(library);
    for (book, file, text) in &scenario.tables {
        shelf = shelf.with(book, file, text, &invented, Basis::Assumed);
    }
    let opened = Opened::from_shelf(&shelf, need.hs).unwrap();
    let dossier = radar::gather(&need, &[], opened.books(&shelf), &settings, as_of, seed).unwrap();
    radar::decide(&dossier).unwrap()
}

/// Formulas whose words, other than units and codes, are English.
fn english_formulas(deals: &Deals) -> BTreeSet<String> {
    let of = |it: &Evidence| it.formula.clone();
    let lines = deals.plans.iter().flat_map(|it| &it.lines).filter_map(|it| of(&it.because));
    let legs = deals.plans.iter().flat_map(|it| &it.legs).filter_map(|it| of(&it.because));
    let carbon = deals.plans.iter().filter_map(|it| it.carbon.transport_because.as_ref().and_then(of));
    let english = |it: &String| {
        let words = it.split(|it: char| !it.is_ascii_alphabetic());
        words
            .filter(|it| it.len() > 2 && it.bytes().all(|it| it.is_ascii_lowercase()))
            .any(|it| !matches!(it, "max" | "min" | "sqrt"))
    };
    lines.chain(legs).chain(carbon).filter(english).collect()
}

#[test]
fn no_sentence_of_an_answer_stays_english() {
    let library = Library::bundled();
    let tables = Tables::open(&library).unwrap();
    let mut chinese = Words::new(Lang::Zh);
    chinese.know_economies(Arc::clone(&tables.economies));
    let mut kept = BTreeSet::new();
    for page in pages() {
        let scenario = Scenario::parse(&std::fs::read_to_string(&page).unwrap()).unwrap();
        let english = decide(&library, &tables, &scenario);
        let mut deals = english.clone();
        assert!(localise(&mut deals, &Words::english()).0.is_empty());
        assert_eq!(deals, english, "English is what the engines speak");
        kept.extend(localise(&mut deals, &chinese).0);
        kept.extend(english_formulas(&deals));
        assert_eq!(deals.plans.len(), english.plans.len());
        for (said, meant) in deals.plans.iter().zip(&english.plans) {
            assert_eq!(
                (&said.id, &said.per_unit, &said.arrival),
                (&meant.id, &meant.per_unit, &meant.arrival)
            );
            assert_eq!(said.labels["route"], meant.labels["route"], "programs go by it");
        }
    }
    let kept: Vec<String> = kept.into_iter().collect();
    assert!(
        kept.is_empty(),
        "{} sentences are not in locales/*/phrases.ftl:\n{}",
        kept.len(),
        kept.join("\n")
    );
}
