//! The engines over the bundled books.

use std::sync::Arc;

use domain::{Basis, Economy, Mode, Source};

use super::*;

fn source() -> Arc<Source> {
    Arc::new(Source {
        title: "book".into(),
        publisher: "publisher".into(),
        vintage: "2024".into(),
        book: None,
        licence: None,
    })
}

fn factors() -> TransportBook {
    let text = include_str!("../../../books/freight-factors/factors.csv");
    TransportBook::from_csv(text, Basis::Benchmark, source()).unwrap()
}

/// DESNZ 2024 v1.1, sheets "Freighting goods" (TTW) and "WTT- delivery vehs & freight" (WTT), read by eye.
#[test]
fn factors_are_the_workbook_s() {
    let book = factors();
    let check = |mode, class, ttw: f64, wtt: f64| {
        let factor = book.find(mode, class).unwrap_or_else(|| panic!("{class}"));
        assert!((factor.ttw - ttw).abs() < 1e-9 && (factor.wtt - wtt).abs() < 1e-9, "{class}: {factor:?}");
    };
    check(Mode::Sea, "container-ship/average", 0.01612, 0.00365);
    check(Mode::Sea, "container-ship/8000-plus-teu", 0.01265, 0.00287);
    check(Mode::Sea, "bulk-carrier/average", 0.00353, 0.0008);
    check(Mode::Sea, "general-cargo/average", 0.01321, 0.003);
    check(Mode::Air, "freight-flight-long-haul-to-from-uk/with-rf", 1.09904, 0.13516);
    check(Mode::Air, "freight-flight-international-to-from-non-uk/without-rf", 0.64875, 0.13516);
    check(Mode::Road, "hgv-all-hgvs/average-laden", 0.09752, 0.02359);
    check(Mode::Rail, "freight-train/average", 0.02779, 0.00691);
}

/// Sea emits less than rail, rail less than road, road less than air, per tonne-kilometre.
#[test]
fn modes_are_in_the_known_order() {
    let book = factors();
    let wtw = |mode, class| book.find(mode, class).map(Factor::wtw).unwrap_or(f64::NAN);
    let all = [
        wtw(Mode::Sea, "container-ship/average"),
        wtw(Mode::Rail, "freight-train/average"),
        wtw(Mode::Road, "hgv-articulated-over-33t/average-laden"),
        wtw(Mode::Air, "freight-flight-long-haul-to-from-uk/with-rf"),
    ];
    assert!(all.is_sorted_by(|a, b| a < b), "{all:?}");
}

#[test]
fn goods_of_the_sample_needs_have_a_footprint_and_others_none() {
    let text = include_str!("../../../books/product-carbon/factors.csv");
    let book = ProductCarbonBook::from_csv(text, Basis::Benchmark, source()).unwrap();
    let known =
        |hs: &str| product(hs.parse().unwrap(), Economy::new(*b"CN"), Some(1000.0), &book).kg.is_some();
    for hs in ["850511", "283691", "280469", "740311", "850760"] {
        assert!(known(hs), "{hs}");
    }
    for hs in ["280429", "260600", "950300"] {
        assert!(!known(hs), "{hs}");
    }
}

#[test]
fn grids_are_known_by_economy() {
    let text = include_str!("../../../books/grid/grid.csv");
    let book = GridBook::from_csv(text, Basis::Observed, source()).unwrap();
    let on = domain::calendar::parse_date("2026-11-22").unwrap();
    let grams = |code: &[u8; 2]| book.intensity(Economy::new(*code), on).map(|it| it.value);
    assert!(grams(b"NO").unwrap() < 60.0 && grams(b"IN").unwrap() > 500.0);
    assert_eq!(grams(b"AQ"), None);
}
