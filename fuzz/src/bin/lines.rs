//! Lines for duty from any text, under the bundled tariffs: every row comes out once.
#![no_main]

use std::sync::{Arc, LazyLock};

use customs::{CustomsBooks, OriginBook, Rates, TariffBook, duty_lines};
use domain::{Date, Economy};
use libfuzzer_sys::fuzz_target;

static BOOKS: LazyLock<(CustomsBooks, Date)> = LazyLock::new(|| {
    let library = lake::Library::bundled();
    let tariff = |code: &[u8; 2], book: &str| {
        let (measures, groups) =
            (library.table(book, "measures.csv").unwrap(), library.table(book, "groups.csv").unwrap());
        let source = library.source(book).unwrap();
        Arc::new(TariffBook::from_csv(Economy::new(*code), &measures, &groups, source).unwrap())
    };
    let origin = OriginBook::empty(library.source("tariff-gb").unwrap());
    let tariffs = [tariff(b"GB", "tariff-gb"), tariff(b"US", "tariff-us")];
    let books = CustomsBooks::new(tariffs, Rates::default(), Arc::new(origin));
    (books, domain::calendar::parse_date("2026-11-22").unwrap())
});

fuzz_target!(|text: &str| {
    let (books, on) = &*BOOKS;
    let Ok(report) = duty_lines(text, *on, books) else { return };
    let mut out = domain::csv::records(&report.csv);
    let (mut fields, mut rows) = (Vec::new(), 0);
    while out.read(&mut fields).is_some() {
        rows += 1;
        assert_eq!(fields.len(), customs::lines::OUT_HEADER.split(',').count(), "columns are lost");
    }
    assert_eq!(rows, report.rows + 1, "rows are lost");
});
