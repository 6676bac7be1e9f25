//! A scan inside the process: opening books, gathering, deciding.

use std::time::Instant;

use domain::calendar::parse_date;
use lake::Library;
use radar::ask::{self, AskBooks};
use radar::{Opened, Settings};

pub(crate) fn run() {
    let text = std::env::var("NEED").unwrap_or_else(|_| {
        "buy 5 t of permanent magnets HS 850511 to Birmingham DAP within 12 weeks in GBP".to_owned()
    });
    let today = parse_date("2026-11-22").unwrap();
    let start = Instant::now();
    let library = Library::open(std::path::Path::new("/nonexistent/periplus")).unwrap();
    let table = |book: &str, file: &str| library.table(book, file).unwrap();
    let economies = domain::EconomyBook::from_csv(&table("economies", "economies.csv")).unwrap();
    let places = routes::places::PlaceBook::from_csv(&table("places", "places.csv")).unwrap();
    let places = places.with_names(&table("places", "names_zh.csv")).unwrap();
    let nomenclature = customs::classify::Nomenclature::from_csv(&table("hs", "hs2022.csv")).unwrap();
    println!("ask books   {:?}", start.elapsed());
    let step = Instant::now();
    let asked = ask::parse(
        &text,
        &AskBooks { economies: &economies, places: &places, nomenclature: &nomenclature },
        today,
    )
    .unwrap();
    println!("ask         {:?}", step.elapsed());
    let step = Instant::now();
    let opened = Opened::from_shelf(&library, asked.need.hs).unwrap();
    println!("open        {:?}", step.elapsed());
    let step = Instant::now();
    let dossier =
        radar::gather(&asked.need, &[], opened.books(&library), &Settings::default(), today, 1).unwrap();
    println!(
        "gather      {:?} ({} supplies, {} ways)",
        step.elapsed(),
        dossier.supplies.len(),
        dossier.supplies.iter().map(|it| it.ways.len()).sum::<usize>()
    );
    let step = Instant::now();
    let deals = radar::decide(&dossier).unwrap();
    println!("decide      {:?}", step.elapsed());
    let step = Instant::now();
    radar::gather(&asked.need, &[], opened.books(&library), &Settings::default(), today, 1).unwrap();
    println!("gather again {:?}", step.elapsed());
    let step = Instant::now();
    radar::decide(&dossier).unwrap();
    println!("decide again {:?}", step.elapsed());
    let step = Instant::now();
    dossier.hash().unwrap();
    println!("hash        {:?}", step.elapsed());
    println!("counts {:?}", deals.counts);
    for plan in &deals.plans {
        println!(
            "{:>2} {:<14} {:?} {} {:?} {:?} first {:.0} % {} | {} | {}",
            plan.rank,
            plan.id,
            plan.landed,
            plan.arrival.p50,
            plan.arrival.days,
            plan.cost_range,
            plan.first_percent,
            plan.labels["route"],
            plan.labels["payment"],
            plan.labels["hedge"]
        );
    }
    if std::env::var("LINES").is_ok() {
        for line in &deals.plans[0].lines {
            println!(
                "  {:<60} {:?} {:?} {} {:?}",
                line.label, line.amount, line.range, line.because.basis, line.because.formula
            );
        }
        for it in &deals.plans[0].findings {
            println!("  {:?} {} {}", it.severity, it.code, it.text);
        }
        for it in &deals.questions {
            println!("  ? {} {:?}", it.text, it.worth);
        }
        for p in &deals.plans {
            for it in &p.thresholds {
                println!("  ~ {}", it.text);
            }
        }
        for it in &deals.relaxations {
            println!("  > {} {}", it.kind, it.text);
        }
    }
    println!(
        "dossier {} bytes, answer {} bytes",
        dossier.to_bytes().unwrap().len(),
        serde_json::to_vec(&deals).unwrap().len()
    );
}
