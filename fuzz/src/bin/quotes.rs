//! Tables of quotes from any text: every row has a fate, and what is read is written and read again.
#![no_main]

use std::sync::{Arc, LazyLock};

use domain::EconomyBook;
use libfuzzer_sys::fuzz_target;
use market::quotes::{Table, parse, to_rows};

static ECONOMIES: LazyLock<Arc<EconomyBook>> = LazyLock::new(|| {
    let table = lake::Library::bundled().table("economies", "economies.csv").unwrap();
    EconomyBook::from_csv(&table).unwrap()
});

fuzz_target!(|text: &str| {
    let mut records = domain::csv::records(text);
    let (mut fields, mut rows, mut lines) = (Vec::new(), Vec::new(), Vec::new());
    while let Some(line) = records.read(&mut fields) {
        rows.push(fields.iter().map(|it| it.to_string()).collect::<Vec<_>>());
        lines.push(line);
    }
    let today = domain::calendar::parse_date("2026-11-22").unwrap();
    let (quotes, report) = parse(&Table { name: "fuzz.csv", rows: &rows, lines: &lines }, &ECONOMIES, today);
    assert!(quotes.len() <= report.fates.len(), "quotes without a row");
    let written = to_rows(&quotes);
    let (again, _) = parse(&Table { name: "fuzz.csv", rows: &written, lines: &[] }, &ECONOMIES, today);
    assert_eq!(again.len(), quotes.len(), "written and read, not the same quotes");
});
