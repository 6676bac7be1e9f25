//! The engines over the bundled books.

use std::sync::Arc;

use domain::calendar::parse_date;
use domain::{Basis, Currency, Date, Economy, Incoterm, Mode, Money};

use super::*;
use crate::rates::tests::source;

fn rates() -> Arc<RateBook> {
    RateBook::from_csv(include_str!("../../../books/rates/rates.csv"), source("ECB")).unwrap()
}

fn interest() -> InterestBook {
    let wdi = include_str!("../../../books/wdi/fr.inr.lend.csv");
    let keys = include_str!("../../../books/key-rates/key-rates.csv");
    InterestBook::from_csv(wdi, source("WDI")).unwrap().with_key_rates(keys, source("keys")).unwrap()
}

fn charges() -> ChargeBook {
    let text = include_str!("../../../books/bank-charges/charges.csv");
    ChargeBook::from_csv(text, Basis::Assumed, source("charges")).unwrap()
}

fn day(text: &str) -> Date {
    parse_date(text).unwrap()
}

/// ECB euro reference rates of 13 April 2026: USD 1.1684, GBP 0.87058, CNY 7.9827.
#[test]
fn the_last_published_rates_are_in_the_book() {
    let check = |amount: &str, from: &str, to: &str, expect: &str| {
        let amount = Money::parse(amount, from.parse().unwrap()).unwrap();
        let found = rates().convert(amount, to.parse().unwrap(), day("2026-04-13")).unwrap();
        assert_eq!(found.value.to_string(), expect);
    };
    check("1000.00", "EUR", "USD", "1168.40 USD");
    check("798270.00", "CNY", "GBP", "87058.00 GBP");
}

#[test]
fn rates_of_april_are_stale_in_november_and_the_dirham_is_unknown() {
    let book = rates();
    let on = day("2026-11-22");
    assert!(book.staleness(Currency::GBP, Currency::CNY, on).is_some());
    let dirham = "MAD".parse().unwrap();
    assert_eq!(book.rate(Currency::EUR, dirham, on), None);
    let error = book.convert(Money::zero(Currency::EUR), dirham, on).unwrap_err();
    assert_eq!(error.missing_fact().as_deref(), Some("fx.eur.mad"));
}

/// Major currencies moved some 4 to 12 percent a year in the last decade.
#[test]
fn volatility_of_major_currencies_is_of_the_right_size() {
    for (from, to) in [("EUR", "USD"), ("USD", "GBP"), ("CNY", "GBP"), ("JPY", "EUR")] {
        let found = rates().fx_vol(from.parse().unwrap(), to.parse().unwrap(), day("2026-04-13")).unwrap();
        assert!((0.02..0.2).contains(&found.value), "{from}{to}: {}", found.value);
    }
}

#[test]
fn buyers_of_the_sample_needs_can_borrow_at_a_known_rate() {
    let interest = interest();
    for (economy, currency) in
        [("GB", "GBP"), ("NL", "EUR"), ("US", "USD"), ("CN", "CNY"), ("MA", "MAD"), ("AU", "AUD")]
    {
        let answer = interest
            .borrowing(economy.parse::<Economy>().unwrap(), currency.parse().unwrap(), day("2026-11-22"))
            .unwrap_or_else(|error| panic!("{economy}: {error}"));
        let percent = answer.rate.value.to_f64() * 100.0;
        assert!((2.0..12.0).contains(&percent), "{economy}: {percent}");
    }
}

#[test]
fn forwards_and_hedges_have_a_cost_where_both_rates_are_known() {
    let charges = charges();
    let spread = charges.share(ChargeKind::FxForwardMargin, day("2026-11-22")).unwrap();
    let question = HedgeQuestion {
        exposure: Money::parse("1000000.00", Currency::CNY).unwrap(),
        home: Currency::GBP,
        exposure_economy: "CN".parse().ok(),
        home_economy: "GB".parse().ok(),
        on: day("2026-11-22"),
        days: 90.0,
        spread: &spread,
    };
    let options = hedge_options(&question, &rates(), &interest());
    assert_eq!(options.len(), 2);
    for option in &options {
        let cost = option.cost.as_ref().unwrap_or_else(|| panic!("{:?}", option.findings)).value;
        assert!(cost.low < cost.high, "{cost:?}");
        assert!(option.findings.iter().all(|it| it.severity <= domain::Severity::Caution));
    }
}

#[test]
fn every_clause_and_mode_has_a_premium() {
    let text = include_str!("../../../books/cargo-insurance/rates.csv");
    let book = InsuranceBook::from_csv(text, Basis::Assumed, source("insurance")).unwrap();
    for clauses in [Clauses::A, Clauses::C] {
        for mode in Mode::ALL {
            let question = InsuranceQuestion {
                value: Money::parse("100000.00", Currency::USD).unwrap(),
                clauses,
                mode,
                incoterm: Incoterm::Cif,
                on: day("2026-11-22"),
            };
            let answer = premium(&question, &book).unwrap();
            assert!(answer.range.0.minor() < answer.premium.value.minor());
            assert!(answer.premium.value.minor() < answer.range.1.minor());
        }
    }
}
