use std::fmt::Write as _;
use std::sync::Arc;

use domain::calendar::parse_date;
use domain::{Basis, Currency, Date, Money, Source};

use super::*;

pub(crate) fn source(title: &str) -> Arc<Source> {
    Arc::new(Source {
        title: title.into(),
        publisher: "test".into(),
        vintage: "2026".into(),
        book: None,
        licence: None,
    })
}

/// Rows of eurofxref-hist.csv for 10 and 13 April 2026, and the last rouble rate of the ECB.
pub(crate) fn ecb() -> Arc<RateBook> {
    let text = "date,currency,units_per_eur\n2026-04-10,USD,1.1711\n2026-04-13,USD,1.1684\n2026-04-13,GBP,0.87058\n\
                2026-04-13,CNY,7.9827\n2026-04-13,JPY,186.75\n2022-03-01,RUB,117.201\n";
    RateBook::from_csv(text, source("ECB euro reference rates")).unwrap()
}

fn day(text: &str) -> Date {
    parse_date(text).unwrap()
}

fn money(amount: &str, code: &str) -> Money {
    Money::parse(amount, code.parse().unwrap()).unwrap()
}

#[test]
fn amounts_are_converted_through_the_euro() {
    let check = |amount: &str, from: &str, to: &str, on: &str, expect: &str| {
        let figure = ecb().convert(money(amount, from), to.parse().unwrap(), day(on)).unwrap();
        assert_eq!(figure.value.to_string(), expect);
        assert_eq!(figure.because.basis, Basis::Observed);
    };
    check("1000.00", "EUR", "USD", "2026-04-13", "1168.40 USD");
    check("1000.00", "EUR", "USD", "2026-04-12", "1171.10 USD"); // Sunday: Friday's rate
    check("1000.00", "USD", "EUR", "2026-04-13", "855.87 EUR"); // 1000 / 1.1684
    check("100000.00", "CNY", "GBP", "2026-04-13", "10905.83 GBP"); // x 0.87058 / 7.9827
    check("100.00", "GBP", "JPY", "2026-04-13", "21451 JPY");
    check("5.00", "CHF", "CHF", "2026-04-13", "5.00 CHF");
}

#[test]
fn the_date_of_the_rate_is_in_the_evidence() {
    let figure = ecb().convert(money("1.00", "EUR"), Currency::USD, day("2026-04-12")).unwrap();
    assert_eq!(figure.because.stated.unwrap(), "EUR 1 = 1 EUR = 1.1711 USD on 2026-04-10");
}

#[test]
fn what_the_book_lacks_is_an_error_that_names_the_fact() {
    let check = |from: &str, on: &str, expect: &str| {
        let error = ecb().convert(money("1.00", from), Currency::EUR, day(on)).unwrap_err();
        assert_eq!(error.to_string(), expect);
        assert!(error.missing_fact().is_some());
        assert_eq!(ecb().rate(from.parse().unwrap(), Currency::EUR, day(on)), None, "never a guess");
    };
    check(
        "MAD",
        "2026-04-13",
        "PRP-1501: no exchange rate for MAD in 'ECB euro reference rates'; state one as fact 'fx.eur.mad' (units of MAD for one EUR) with its date and source",
    );
    check(
        "USD",
        "1998-12-31",
        "PRP-1502: the exchange rates of USD in 'ECB euro reference rates' begin on 2026-04-10, after 1998-12-31; load an older edition with `periplus data import`",
    );
    check(
        "RUB",
        "2026-04-13",
        "PRP-1503: the last exchange rate of RUB in 'ECB euro reference rates' is of 2022-03-01, too old to use on 2026-04-13; state one as fact 'fx.eur.rub'",
    );
}

#[test]
fn a_stated_rate_mends_a_missing_one_and_names_its_source() {
    let rate = StatedRate {
        base: Currency::EUR,
        quote: "MAD".parse().unwrap(),
        units: "10.8".parse().unwrap(),
        on: day("2026-04-13"),
        source: source("Bank's letter"),
    };
    let book = ecb().with_stated(&rate).unwrap();
    let figure = book.convert(money("108.00", "MAD"), Currency::USD, day("2026-04-14")).unwrap();
    assert_eq!(figure.value.to_string(), "11.68 USD");
    assert_eq!(figure.because.source.title, "Bank's letter");
    let through_dollars = StatedRate { base: Currency::USD, units: "10".parse().unwrap(), ..rate };
    let book = ecb().with_stated(&through_dollars).unwrap();
    let found = book.rate(Currency::EUR, "MAD".parse().unwrap(), day("2026-04-13")).unwrap();
    assert!((found - 11.684).abs() < 1e-9);
}

#[test]
fn a_rate_older_than_a_week_is_a_finding() {
    let age = |on: &str| ecb().staleness(Currency::USD, Currency::GBP, day(on)).map(|it| it.text);
    assert_eq!(age("2026-04-20"), None);
    assert_eq!(
        age("2026-04-21").unwrap(),
        "The exchange rate USD/GBP is of 2026-04-13, 8 days before 2026-04-21."
    );
    assert_eq!(ecb().staleness(Currency::USD, Currency::USD, day("2027-01-01")), None);
}

#[test]
fn bad_rows_say_where() {
    let check = |row: &str, expect: &str| {
        let text = format!("date,currency,units_per_eur\n{row}\n");
        let error = RateBook::from_csv(&text, source("x")).unwrap_err().to_string();
        assert!(error.contains("line 2") && error.contains(expect), "{error}");
    };
    check("2026-04-13,USD,0", "a rate must be more than zero");
    check("2026-04-13,USD,-1", "a rate must be more than zero");
    check("2026-04-13,USX,1", "not a currency");
    check("13/04/2026,USD,1", "column date");
    check("2026-04-13,USD,NaN", "column units_per_eur");
}

/// A path that goes up and down by the same factor has returns of +r and -r: their deviation is r sqrt(n / (n - 1)).
#[test]
fn volatility_is_the_annualised_deviation_of_log_returns() {
    let mut text = String::from("date,currency,units_per_eur\n");
    let start = day("2025-01-01");
    for index in 0..101 {
        let rate = if index % 2 == 0 { 1.0_f64 } else { 0.01_f64.exp() };
        let date = domain::calendar::add_days(start, index);
        writeln!(text, "{date},USD,{rate:.12}\n{date},GBP,0.8").unwrap();
    }
    let book = RateBook::from_csv(&text, source("made")).unwrap();
    let end = domain::calendar::add_days(start, 100);
    let expect = 0.01 * (100.0_f64 / 99.0).sqrt() * 252.0_f64.sqrt();
    for (from, to) in [("EUR", "USD"), ("USD", "EUR"), ("GBP", "USD"), ("USD", "GBP")] {
        let found = book.fx_vol(from.parse().unwrap(), to.parse().unwrap(), end).unwrap();
        assert!((found.value - expect).abs() < 1e-6, "{from}{to} {}", found.value);
        assert_eq!(found.because.basis, Basis::Modelled);
    }
    let early = domain::calendar::add_days(start, 30);
    let error = book.fx_vol(Currency::EUR, Currency::USD, early).unwrap_err().to_string();
    assert!(error.starts_with("PRP-1506: 30 daily rates of EUR and USD"), "{error}");
}

proptest::proptest! {
    /// Converting there and back loses no more than rounding on each way, and the fast rate agrees with the exact one.
    #[test]
    fn there_and_back_is_home(minor in 10_000_i64..1_000_000_000) {
        let book = ecb();
        let on = day("2026-04-13");
        let start = Money::from_minor(minor, Currency::USD);
        let there = book.convert(start, Currency::GBP, on).unwrap().value;
        let back = book.convert(there, Currency::USD, on).unwrap().value;
        proptest::prop_assert!((back.minor() - minor).abs() <= 1);
        let fast = start.to_f64() * book.rate(Currency::USD, Currency::GBP, on).unwrap();
        proptest::prop_assert!((fast - there.to_f64()).abs() <= 0.005_000_1);
    }
}
