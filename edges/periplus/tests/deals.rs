//! Every page of `deals/` is run: its need over the bundled books, or over the invented tables it brings, and its
//! expectations against the answer. The invariants of `radar::check` are part of every decision, and here every answer is
//! decided twice, on one thread and on many, to the same bytes.
#![allow(clippy::unwrap_used, reason = "a test that unwraps says what it expects")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use desk::books::{nomenclature, place_book};
use domain::deal::{Assessment, Deals};
use domain::{Basis, Overlay, Shelf, Source};
use lake::Library;
use radar::ask::{self, AskBooks};
use radar::{Dossier, Opened};
use testkit::{Expect, Scenario};

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn pages() -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = std::fs::read_dir(workspace().join("deals"))
        .unwrap()
        .map(|it| it.unwrap().path())
        .filter(|it| {
            it.extension().is_some_and(|it| it == "md") && it.file_name().is_some_and(|it| it != "README.md")
        })
        .collect();
    all.sort();
    all
}

/// The dossier of a scenario.
fn dossier(library: &Library, scenario: &Scenario) -> Dossier {
    let economies =
        domain::EconomyBook::from_csv(&library.table("economies", "economies.csv").unwrap()).unwrap();
    let (places, nomenclature) = (place_book(library).unwrap(), nomenclature(library).unwrap());
    let mut block: toml::Table = scenario.settings.parse().unwrap();
    let as_of =
        block.remove("as_of").map_or_else(|| "2026-11-22".to_owned(), |it| it.as_str().unwrap().to_owned());
    let as_of = domain::calendar::parse_date(&as_of).unwrap();
    let seed = block.remove("seed").map_or(1, |it| it.as_integer().unwrap() as u64);
    let settings = block.try_into().unwrap();
    let books = AskBooks { economies: &economies, places: &places, nomenclature: &nomenclature };
    let need = ask::read(&scenario.need, &books, as_of).unwrap().need;
    let invented = Arc::new(Source {
        title: format!("Invented for the scenario '{}'", scenario.title),
        publisher: "Periplus".to_owned(),
        vintage: "2026".to_owned(),
        book: None,
        licence: None,
    });
    let mut shelf = Overlay::new(library);
    for (book, file, text) in &scenario.tables {
        shelf = shelf.with(book, file, text, &invented, Basis::Assumed);
    }
    gather(&shelf, &need, &settings, as_of, seed)
}

fn gather(
    shelf: &(dyn Shelf + Sync),
    need: &domain::Need,
    settings: &radar::Settings,
    as_of: domain::Date,
    seed: u64,
) -> Dossier {
    let opened = Opened::from_shelf(shelf, need.hs).unwrap();
    radar::gather(need, &[], opened.books(shelf), settings, as_of, seed).unwrap()
}

fn on_threads(threads: usize, dossier: &Dossier) -> Deals {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    pool.install(|| radar::decide(dossier)).unwrap()
}

#[test]
fn every_page_says_what_comes_out() {
    let library = Library::bundled();
    let pages = pages();
    assert!(pages.len() >= 15, "only {} scenarios", pages.len());
    let mut wrong = Vec::new();
    for page in pages {
        let name = page.file_name().unwrap().to_string_lossy().into_owned();
        let scenario = Scenario::parse(&std::fs::read_to_string(&page).unwrap())
            .unwrap_or_else(|why| panic!("{name}: {why}"));
        let dossier = dossier(&library, &scenario);
        let deals = on_threads(1, &dossier);
        let again = serde_json::from_slice::<Dossier>(&dossier.to_bytes().unwrap()).unwrap();
        assert_eq!(again.hash().unwrap(), dossier.hash().unwrap(), "{name}: a dossier read back is another");
        let bytes = |it: &Deals| serde_json::to_vec(it).unwrap();
        assert_eq!(bytes(&deals), bytes(&on_threads(4, &again)), "{name}: same dossier, other bytes");
        wrong.extend(mismatches(&scenario.expect, &deals).into_iter().map(|it| format!("{name}: {it}")));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn mismatches(expect: &Expect, deals: &Deals) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut ask = |holds: bool, text: String| {
        if !holds {
            wrong.push(text);
        }
    };
    let plans = &deals.plans;
    let exit = if plans.is_empty() { 5 } else { 0 };
    ask(expect.exit.is_none_or(|it| it == exit), format!("exit is {exit}"));
    ask(expect.plans_at_least.is_none_or(|it| plans.len() >= it), format!("{} plans", plans.len()));
    ask(expect.plans_at_most.is_none_or(|it| plans.len() <= it), format!("{} plans", plans.len()));
    let buying = deals.need.direction == domain::Direction::Buy;
    let other = |it: &Assessment| if buying { it.origin.to_string() } else { it.destination.to_string() };
    let origins: Vec<String> = plans.iter().map(other).collect();
    for origin in &expect.origins {
        ask(origins.contains(origin), format!("{origin} is not among {origins:?}"));
    }
    for origin in &expect.no_origins {
        ask(!origins.contains(origin), format!("{origin} is among {origins:?}"));
    }
    for (reason, least) in &expect.dropped {
        let count = deals.counts.dropped.get(reason).copied().unwrap_or(0);
        ask(count >= *least, format!("{count} dropped as {reason}, expected {least} or more"));
    }
    let codes: Vec<&str> = plans
        .iter()
        .flat_map(|it| &it.findings)
        .chain(&deals.findings)
        .map(|it| it.code.0.as_str())
        .collect();
    for code in &expect.findings {
        ask(codes.contains(&code.as_str()), format!("no finding {code}"));
    }
    if let Some(totals) = &expect.totals {
        let exact = totals == "exactly";
        ask(plans.iter().all(|it| it.landed.is_exact() == exact), format!("not all totals are {totals}"));
    }
    for words in &expect.missing {
        ask(
            deals.missing.iter().any(|it| it.contains(words)),
            format!("'{words}' is not in {:?}", deals.missing),
        );
    }
    let kinds: Vec<&str> = deals.relaxations.iter().map(|it| it.kind.as_str()).collect();
    for kind in &expect.relaxations {
        ask(kinds.contains(&kind.as_str()), format!("no relaxation {kind} in {kinds:?}"));
    }
    let used: Vec<&String> = plans.iter().flat_map(|it| &it.legs).flat_map(|it| &it.passages).collect();
    for passage in &expect.no_passages {
        ask(!used.contains(&passage), format!("a plan goes through {passage}"));
    }
    if let Some(first) = plans.first() {
        first_plan(expect, first, &other(first), &mut ask);
    }
    wrong
}

fn first_plan(expect: &Expect, first: &Assessment, origin: &str, ask: &mut dyn FnMut(bool, String)) {
    ask(expect.first_origin.as_ref().is_none_or(|it| it == origin), format!("the first is {origin}"));
    let mode = |it: &String| first.modes.iter().any(|mode| mode.word() == it);
    ask(expect.first_mode.as_ref().is_none_or(mode), format!("the first goes by {:?}", first.modes));
    let through: Vec<&String> = first.legs.iter().flat_map(|it| &it.passages).collect();
    for passage in &expect.passages {
        ask(through.contains(&passage), format!("the first goes through {through:?}, not {passage}"));
    }
    let lines: BTreeMap<String, String> = first
        .lines
        .iter()
        .map(|it| {
            (radar::explain::kind_word(it), format!("{} {:?} {:?}", it.label, it.amount, it.because.formula))
        })
        .collect();
    for (kind, words) in &expect.lines {
        let line = lines.get(kind).cloned().unwrap_or_default();
        ask(line.contains(words), format!("line {kind} is '{line}', expected '{words}'"));
    }
    let landed = first.landed.bound().to_f64();
    let within = |range: &(f64, f64), value: f64| range.0 <= value && value <= range.1;
    ask(expect.landed_between.is_none_or(|it| within(&it, landed)), format!("landed {landed}"));
    let days = first.arrival.days[1];
    ask(expect.days_p50_between.is_none_or(|it| within(&it, days)), format!("P50 after {days} days"));
}

/// With Suez and Bab-el-Mandeb shut, ships from Asia go round the Cape: more days, money and carbon, and another order.
#[test]
fn a_shut_canal_costs_days_money_and_carbon() {
    let library = Library::bundled();
    let page = std::fs::read_to_string(workspace().join("deals/suez-shut.md")).unwrap();
    let mut scenario = Scenario::parse(&page).unwrap();
    let shut = on_threads(2, &dossier(&library, &scenario));
    scenario.need = scenario.need.replace(", Suez shut, Bab-el-Mandeb shut", "");
    let open = on_threads(2, &dossier(&library, &scenario));
    let of_china = |deals: &Deals| deals.plans.iter().find(|it| it.origin.code() == "CN").cloned().unwrap();
    let (open_cn, shut_cn) = (of_china(&open), of_china(&shut));
    assert!(
        open_cn.legs.iter().any(|it| it.passages.iter().any(|it| it.contains("Suez"))),
        "{:?}",
        open_cn.legs
    );
    assert!(shut_cn.arrival.days[1] > open_cn.arrival.days[1] + 5.0);
    assert!(shut_cn.landed.bound().minor() > open_cn.landed.bound().minor());
    assert!(shut_cn.carbon.transport_kg.unwrap() > 1.15 * open_cn.carbon.transport_kg.unwrap());
    let order = |deals: &Deals| deals.plans.iter().map(|it| it.labels["route"].clone()).collect::<Vec<_>>();
    assert_ne!(order(&open), order(&shut));
}

/// Conservation and monotony on a real dossier: the order of offers does not matter, scaled prices scale the goods, and a dearer
/// tariff never lowers the landed cost.
#[test]
fn what_must_hold_of_any_answer_holds() {
    let library = Library::bundled();
    let page = std::fs::read_to_string(workspace().join("deals/lithium-rotterdam.md")).unwrap();
    let base = dossier(&library, &Scenario::parse(&page).unwrap());
    let deals = on_threads(2, &base);
    let brief = |it: &Deals| {
        it.plans.iter().map(|it| (it.id.clone(), it.landed.clone(), it.labels.clone())).collect::<Vec<_>>()
    };

    let mut turned = base.clone();
    turned.supplies.reverse();
    assert_eq!(brief(&on_threads(2, &turned)), brief(&deals), "the order of offers does not matter");

    let mut doubled = base.clone();
    for supply in &mut doubled.supplies {
        supply.offer.price_per_kg = supply.offer.price_per_kg.map(|it| it.scale(2.0));
    }
    let goods = |it: &Deals, origin: &str| {
        let plan = it.plans.iter().find(|it| it.origin.code() == origin)?;
        plan.lines.iter().find(|it| it.kind == domain::CostKind::Goods)?.amount
    };
    let twice = on_threads(2, &doubled);
    let mut compared = 0;
    for plan in &deals.plans {
        if let Some((once, twice)) = goods(&deals, plan.origin.code()).zip(goods(&twice, plan.origin.code()))
        {
            assert!((twice.minor() - 2 * once.minor()).abs() <= 2, "{once} {twice}");
            compared += 1;
        }
    }
    assert!(compared > 0);

    let mut dearer = base;
    let measures = dearer.tables.get_mut("tariff-eu/measures.csv").unwrap();
    assert!(measures.text.contains('%'), "{}", measures.text);
    measures.text = measures
        .text
        .lines()
        .map(|line| if line.contains(",mfn,") { line.replacen('%', "0%", 1) } else { line.to_owned() } + "\n")
        .collect();
    let after = on_threads(2, &dearer);
    for plan in &deals.plans {
        if let Some(same) = after.plans.iter().find(|it| it.labels == plan.labels) {
            assert!(same.landed.bound().minor() >= plan.landed.bound().minor());
        }
    }
}
