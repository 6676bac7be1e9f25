use std::collections::BTreeMap;
use std::sync::Arc;

use domain::{Currency, Decimal, Quantity, Source, Unit};

use super::{ExpressionError, Goods, Missing, Rates, parse_expression};

fn source() -> Arc<Source> {
    Arc::new(Source {
        title: "Customs exchange rates".into(),
        publisher: "HMRC".into(),
        vintage: "2021".into(),
        book: None,
        licence: None,
    })
}

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// Evaluates with a value, a quantity and facts ("name=value" joined by ;).
fn try_duty(
    text: &str,
    value: &str,
    quantity: &str,
    facts: &str,
    home: Currency,
    on: &str,
) -> Result<Decimal, String> {
    let facts: BTreeMap<String, String> =
        facts.split(';').filter_map(|it| it.split_once('=')).map(|(a, b)| (a.into(), b.into())).collect();
    let rates = Rates::default().with(Currency::EUR, Currency::GBP, dec("0.8571"), &source());
    let quantity: Option<Quantity> = (!quantity.is_empty()).then(|| quantity.parse().unwrap());
    let goods = Goods {
        value: (!value.is_empty()).then(|| dec(value)),
        quantity,
        net_kg: None,
        measures: &[],
        facts: &facts,
        home,
        money: home,
        rates: &rates,
        on: on.parse().unwrap(),
    };
    let expression = parse_expression(text).map_err(|it| it.to_string())?;
    expression.evaluate(&goods).map_err(|it| it.to_string())
}

fn check(text: &str, value: &str, quantity: &str, facts: &str, home: Currency, expect: &str) {
    let found = try_duty(text, value, quantity, facts, home, "2026-06-15");
    assert_eq!(found.map(|it| it.normalize().to_string()).as_deref(), Ok(expect), "{text}");
}

/// github.com/trade-tariff/trade-tariff-duty-calculator, spec/services/expression_evaluators: compound, sucrose, alcohol volume,
/// measure unit. The compound spec counts one decitonne (8.00); here it is a hundred.
#[test]
fn the_cases_of_the_uk_duty_calculator_hold() {
    let gbp = Currency::GBP;
    check("13.8 % MIN 13 MAX 15 - 7 GBP/DTN", "1200", "100 dtn", "", gbp, "800");
    check(
        "13.80 % MIN 13.00 GBP / 100 kg MAX 15.00 GBP / 100 kg - 7.00 GBP / 100 kg",
        "1200",
        "10000 kg",
        "",
        gbp,
        "800",
    );
    check("0.30 GBP / 100 kg/net/%sacchar.", "", "16320 kg", "goods.sugar_percent=80", gbp, "3916.8");
    check("0.50 GBP / % vol/hl", "", "45 l", "goods.alcohol_percent=40", gbp, "9");
    check("0.50 GBP/% vol/hl + 2.60 GBP/hl", "", "45 l", "goods.alcohol_percent=40", gbp, "10.17");
    check("35.10 EUR / 100 kg", "", "100 dtn", "", gbp, "3008.421");
}

#[test]
fn united_states_texts_are_read() {
    let usd = Currency::USD;
    check("Free", "1000", "", "", usd, "0");
    check("2.1%", "1000", "", "", usd, "21");
    check("6.8¢/kg + 3.4%", "1000", "100 kg", "", usd, "40.8");
    check("46.3 cents/kg + 14.9%", "1000", "100 kg", "", usd, "195.3");
    check("1 cents each + 2.8%", "1000", "50 pcs", "", usd, "28.5");
    check("$1.646/kg", "", "2 t", "", usd, "3292");
    check("37.2¢/pf.liter", "", "100 l", "goods.alcohol_percent=40", usd, "29.76");
    check("4.4 cents/liter + 31.4 cents/pf. liter", "", "100 l", "goods.alcohol_percent=50", usd, "35.8");
    check("2.8 cents/doz.", "", "36 pcs", "", usd, "0.084");
    check("33 1/3%", "300", "", "", usd, "99.99999999999999999999999999");
    check("10% with the duty of column 1 in it", "300", "", "", usd, "30");
    check("$0.015/pfl", "", "100 l", "goods.alcohol_percent=40", usd, "1.2");
    check("14 cents/gross + 4.3%", "100", "288 pcs", "", usd, "4.58");
    check("89.6 cents/1000", "", "2000 pcs", "", usd, "1.792");
    check("11.3 cents/kg +1.7%", "100", "10 kg", "", usd, "2.83");
    check("16.7 cents/kg+ 5.7%", "100", "10 kg", "", usd, "7.37");
    check("5.25 cents/bbl", "", "158987.294928 l", "", usd, "52.5");
    check("$2,445.26/kg", "", "2 kg", "", usd, "4890.52");
    check("1.7 cents/kg on lead content", "", "1 t", "quantity.kg on lead content=10", usd, "0.17");
    check(
        "40 cents each + 6% on the case + 5.3% on the battery",
        "",
        "10 pcs",
        "value.case=100;value.battery=10",
        usd,
        "10.53",
    );
    check("The duty provided in the applicable subheading + 25%", "1000", "", "", usd, "250");
    check("The duty provided in the applicable subheading", "1000", "", "", usd, "0");
    check(
        "The duty provided in the applicable subheading + a duty of 50% upon the value of the aluminum content",
        "1000",
        "",
        "value.aluminum content=200",
        usd,
        "100",
    );
}

#[test]
fn australian_european_and_british_texts_are_read() {
    let aud: Currency = "AUD".parse().unwrap();
    check("\u{200b}Free", "1000", "", "", aud, "0");
    check("5%", "1400", "", "", aud, "70");
    check("5%, and $107.99/L of alcohol", "100", "10 l", "goods.alcohol_percent=40", aud, "436.96");
    check(
        "$10.57/L of alcohol, calculated on that alcohol content by which the percentage by volume of alcohol of the goods exceeds 1.15",
        "",
        "100 l",
        "goods.alcohol_percent=5.15",
        aud,
        "42.28",
    );
    check("5%, or, if lower, $0.45/kg TSS", "100", "", "quantity.kg tss=4", aud, "1.8");
    let eur = Currency::EUR;
    check("41.2 EUR/100 kg", "", "1 t", "", eur, "412");
    check("10.2 + 93.1 EUR/100 kg", "1000", "100 kg", "", eur, "195.1");
    check("12 MIN 2 EUR/100 kg", "10", "100 kg", "", eur, "2");
    check("4.5 MIN 0.3 EUR/p/st MAX 0.8 EUR/p/st", "1000", "10 pcs", "", eur, "8");
    check("11.2 MIN 22 EUR MAX 56 EUR/100 kg", "1000", "100 kg", "", eur, "56");
    check("9.1 + 45.1 EUR/100 kg MAX 18.9 + 16.5 EUR/100 kg", "100", "100 kg", "", eur, "35.4");
    check("52 EUR/1000 p/st", "", "500 pcs", "", eur, "26");
    check("1.3 EUR/% vol/hl MIN 7.2 EUR/hl", "", "100 l", "goods.alcohol_percent=4", eur, "7.2");
    check("32.72 GBP/100kg", "", "1 t", "", Currency::GBP, "327.2");
    check("41.29 GBP/1000p/st", "", "1000 pcs", "", Currency::GBP, "41.29");
    check("0.31 GBP/100kg/%sacchar.", "", "100 kg", "goods.sugar_percent=90", Currency::GBP, "27.9");
    check("8.00% + 2.22 GBP/msq", "100", "10 m2", "", Currency::GBP, "30.2");
}

#[test]
fn the_month_decides_a_seasonal_rate() {
    let text = "4.00% (JAN-MAR), 0.00% (APR-JUL), 8.00% (AUG-DEC)";
    let at = |on| try_duty(text, "100", "", "", Currency::GBP, on).map(|it| it.normalize().to_string());
    assert_eq!(at("2026-02-01"), Ok("4".into()));
    assert_eq!(at("2026-05-01"), Ok("0".into()));
    assert_eq!(at("2026-12-31"), Ok("8".into()));
    let overlap = "14.00% (JUN-FEB), 0.00% (FEB-JUN)";
    let at = |on| try_duty(overlap, "100", "", "", Currency::GBP, on);
    assert_eq!(at("2026-12-01"), Ok(dec("14.0000")));
    assert_eq!(at("2026-02-10"), Err("which of the seasonal rates holds in this month".into()));
}

#[test]
fn what_is_not_known_is_named() {
    let missing =
        |text, value, quantity| try_duty(text, value, quantity, "", Currency::GBP, "2026-06-15").unwrap_err();
    assert_eq!(missing("5%", "", ""), "the customs value");
    assert_eq!(missing("5 GBP/DTN", "10", "3 pcs"), "the quantity in kg");
    assert_eq!(missing("5 USD/kg", "10", "3 kg"), "the customs exchange rate from USD to GBP");
    assert_eq!(missing("0.5 GBP/% vol/hl", "10", "3 l"), "the fact `goods.alcohol_percent`");
    assert_eq!(missing("9 + EA MAX 18.7 +ADSZ", "10", ""), "the component EA, which another table gives");
    assert_eq!(missing("500%", "79228162514264337593543950335", ""), Missing::Overflow.to_string());
}

#[test]
fn texts_nobody_has_seen_are_errors_and_never_zero() {
    let check = |text: &str, at: &str| match parse_expression(text) {
        Err(ExpressionError::Unseen { at: found }) => assert_eq!(found, at, "{text}"),
        other => panic!("{text}: {other:?}"),
    };
    check("See additional U.S. note 1", "See additional U.S. note 1");
    check("EP", "EP");
    check("suspended", "suspended");
    check(
        "Free, under bond, as prescribed in U.S. note 2 to this subchapter",
        "Free, under bond, as prescribed in U.S. note 2 to this subchapter",
    );
    check("12 % per phase of the moon", "per phase of the moon");
    check("5 GBP/fathom", "fathom");
    check("40.00% + 96.09 GBP/hl16.3 GBP/100kg", "hl16.3 GBP/100kg");
    check(
        "3.6606 cents/kg less 0.020668 cents/kg for each degree under 100 degrees but not less than 3.143854 cents/kg",
        "kg less 0.020668 cents/kg for each degree under 100 degrees but not less than 3.",
    );
    check("5% DCS4% DCT5%", "DCS4% DCT5%");
    check("10 % +", "");
    assert_eq!(parse_expression("  "), Err(ExpressionError::Empty));
    assert_eq!(parse_expression("5 % - 3"), Err(ExpressionError::Bare { number: "3".into() }));
    assert!(matches!(parse_expression(&"9".repeat(500)), Err(ExpressionError::TooLong { .. })));
    assert_eq!(parse_expression(&"1 % + ".repeat(40)), Err(ExpressionError::TooManyTerms));
}

#[test]
fn a_formula_shows_its_numbers() {
    let facts = BTreeMap::new();
    let rates = Rates::default().with(Currency::EUR, Currency::GBP, dec("0.8571"), &source());
    let goods = Goods {
        value: Some(dec("1200.00")),
        quantity: Some(Quantity::new(dec("100"), Unit::Decitonne)),
        net_kg: None,
        measures: &[],
        facts: &facts,
        home: Currency::GBP,
        money: Currency::GBP,
        rates: &rates,
        on: "2026-01-01".parse().unwrap(),
    };
    let shown = |text| parse_expression(text).unwrap().formula(&goods);
    assert_eq!(shown("13.8 % MIN 13 GBP/DTN"), "1200.00 GBP x 13.8 % MIN 100 x 13 GBP per 100 kg");
    assert_eq!(shown("35.10 EUR/100 kg"), "100 x 35.1 EUR per 100 kg at 0.8571 GBP per EUR");
}

/// Whatever bytes come, reading ends and evaluating ends, in a value or in words.
#[test]
fn no_text_makes_it_fall_over() {
    let pieces = [
        "5", "%", "MIN ", "MAX ", "-", "+", " ", "GBP", "/", "kg", "(", ")", "JAN", "$", ",", ".", "é", "EA",
        "¢", "on the ",
    ];
    let mut seed = 1_u64;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..12 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(pieces[(seed >> 33) as usize % pieces.len()]);
        }
        if let Ok(duty) = try_duty(&text, "1000", "5 kg", "", Currency::GBP, "2026-01-01") {
            assert!(duty >= Decimal::ZERO, "{text}");
        }
    }
}
