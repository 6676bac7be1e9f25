//! A need from any text, as a sentence and as a file, with the bundled books; and what was understood, said back.
#![no_main]

use std::sync::{Arc, LazyLock};

use customs::classify::Nomenclature;
use domain::{Date, EconomyBook};
use libfuzzer_sys::fuzz_target;
use radar::ask::{AskBooks, Asked, Lang, MAX_CHARS, parse, read, say};
use routes::places::PlaceBook;

struct Desk {
    economies: Arc<EconomyBook>,
    places: PlaceBook,
    nomenclature: Nomenclature,
    today: Date,
}

static DESK: LazyLock<Desk> = LazyLock::new(|| {
    let library = lake::Library::bundled();
    let table = |book: &str, file: &str| library.table(book, file).unwrap();
    let places = PlaceBook::from_csv(&table("places", "places.csv")).unwrap();
    Desk {
        economies: EconomyBook::from_csv(&table("economies", "economies.csv")).unwrap(),
        places: places.with_names(&table("places", "names_zh.csv")).unwrap(),
        nomenclature: Nomenclature::from_csv(&table("hs", "hs2022.csv")).unwrap(),
        today: domain::calendar::parse_date("2026-11-22").unwrap(),
    }
});

fn check(asked: &Asked) {
    assert!(asked.need.quantity.amount > domain::Decimal::ZERO, "a need for nothing");
    for lang in [Lang::En, Lang::Zh] {
        assert!(!say(&asked.need, lang).is_empty());
    }
    assert!(serde_json::to_string(asked).is_ok());
}

fuzz_target!(|text: &str| {
    let desk = &*DESK;
    let books =
        AskBooks { economies: &desk.economies, places: &desk.places, nomenclature: &desk.nomenclature };
    let sentence: String = text.chars().take(MAX_CHARS).collect();
    for answer in [parse(&sentence, &books, desk.today), read(text, &books, desk.today)] {
        match answer {
            Ok(asked) => check(&asked),
            Err(error) => assert!(error.to_string().contains("PRP-"), "no code: {error}"),
        }
    }
});
