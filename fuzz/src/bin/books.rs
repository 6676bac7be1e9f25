//! Tables of books from any text: the first byte chooses the book.
#![no_main]

use std::sync::{Arc, LazyLock};

use domain::{Economy, EconomyBook, Source};
use libfuzzer_sys::fuzz_target;

static SOURCE: LazyLock<Arc<Source>> = LazyLock::new(|| {
    Arc::new(Source {
        title: "fuzz".to_owned(),
        publisher: "fuzz".to_owned(),
        vintage: "2026".to_owned(),
        book: None,
        licence: None,
    })
});

/// Two halves at the first line of dashes; the whole and nothing where there is none.
fn halves(text: &str) -> (&str, &str) {
    text.split_once("---\n").unwrap_or((text, ""))
}

fuzz_target!(|bytes: &[u8]| {
    let [choice, rest @ ..] = bytes else { return };
    let Ok(text) = std::str::from_utf8(rest) else { return };
    let (first, second) = halves(text);
    let source = Arc::clone(&SOURCE);
    match choice % 9 {
        0 => {
            if let Ok(book) = customs::TariffBook::from_csv(Economy::new(*b"GB"), first, second, source) {
                for hs in ["850511", "28369100", "0101"] {
                    assert!(book.measures(hs.parse().unwrap()).count() <= book.len());
                }
                let _ = book.list_unread();
            }
        }
        1 => {
            let Ok(book) = routes::places::PlaceBook::from_csv(first) else { return };
            let Ok(book) = book.with_names(second) else { return };
            assert_eq!(book.list_all().count(), book.len());
            let _ = book.list_named("rotterdam");
        }
        2 => {
            let Ok(book) = market::FlowBook::from_csv(text, Arc::clone(&source)) else { return };
            let again = market::FlowBook::from_csv(&book.to_csv(), source).unwrap();
            assert!(again.iter().eq(book.iter()), "written and read, another book");
        }
        3 => {
            let (members, rules) = halves(second);
            if let Ok(book) = customs::OriginBook::from_csv(first, members, rules, source) {
                let _ = book.list_all().count();
            }
        }
        4 => {
            let Ok(network) = routes::SeaNetwork::from_csv(first, second) else { return };
            let ends =
                [(51.9, 4.1), (-37.0, 174.8)].map(|(lat, lon)| domain::Coordinates::new(lat, lon).unwrap());
            let shut = routes::PassageSet::EMPTY;
            let by_labels = network.distance(ends[0], ends[1], shut).ok();
            assert_eq!(
                by_labels.map(|it| it.metres),
                network.distance_by_tree(ends[0], ends[1], shut).ok().map(|it| it.metres)
            );
            if let (Some(way), Ok(path)) = (by_labels, network.path(ends[0], ends[1], shut)) {
                assert!((way.nm() - path.distance_nm).abs() < 1e-6, "path and distance differ");
            }
        }
        5 => {
            let _ = routes::PortBook::from_csv(text);
        }
        6 => {
            let _ = EconomyBook::from_csv(text);
        }
        7 => {
            let _ = routes::FreightBook::from_csv(text);
        }
        _ => {
            let _ = routes::AirportBook::from_csv(text);
        }
    }
});
