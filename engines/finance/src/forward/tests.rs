use domain::calendar::parse_date;
use domain::{Basis, Currency, Date, Evidence, Figure, Interval, Money};

use super::*;
use crate::interest::tests::book as interest;
use crate::rates::tests::{ecb, source};

fn on() -> Date {
    parse_date("2026-04-14").unwrap()
}

/// Hull, "Options, Futures, and Other Derivatives", example of forward contracts on currencies: two-year rates of 5 % in Australia
/// and 7 % in the United States, continuously compounded, spot 0.6200 USD: the two-year forward is 0.6453.
#[test]
fn covered_parity_gives_the_textbook_forward() {
    let simple = |continuous: f64, years: f64| ((continuous * years).exp() - 1.0) / years;
    let found = covered_parity(0.62, simple(0.07, 2.0), simple(0.05, 2.0), 2.0, 2.0);
    assert!((found - 0.6453).abs() < 5e-5, "{found}");
}

/// Each side counts days its own way: sterling by 365, the dollar by 360.
#[test]
fn a_forward_uses_each_currency_s_own_days() {
    let answer =
        forward((Currency::USD, None), (Currency::GBP, None), on(), 90.0, &ecb(), &interest()).unwrap();
    let spot = 0.87058 / 1.1684;
    let expect = spot * (1.0 + 0.0375 * 90.0 / 365.0) / (1.0 + 0.0375 * 90.0 / 360.0);
    assert!((answer.forward.value - expect).abs() < 1e-12);
    assert!((answer.points_share - (expect / spot - 1.0)).abs() < 1e-12);
    assert_eq!(answer.kind, InterestKind::KeyRate);
    assert_eq!(answer.forward.because.basis, Basis::Assumed, "as weak as the key rates behind it");
}

#[test]
fn kinds_of_interest_do_not_mix() {
    let cn = (Currency::CNY, Some("CN".parse().unwrap()));
    let gb = (Currency::GBP, Some("GB".parse().unwrap()));
    let error = forward(cn, gb, on(), 90.0, &ecb(), &interest()).unwrap_err();
    assert!(
        error.to_string().starts_with("PRP-1505"),
        "a lending rate beside a key rate is no pair: {error}"
    );
    let error = forward(("MAD".parse().unwrap(), None), gb, on(), 90.0, &ecb(), &interest()).unwrap_err();
    assert!(error.to_string().starts_with("PRP-1501"), "{error}");
}

#[test]
fn draws_have_the_forward_as_their_mean() {
    let n = 4000;
    let mean = (0..n).map(|it| fx_draw(1.2, 0.1, 0.5, (f64::from(it) + 0.5) / f64::from(n))).sum::<f64>()
        / f64::from(n);
    assert!((mean - 1.2).abs() < 1e-4, "{mean}");
    assert!((fx_draw(1.2, 0.1, 0.0, 0.9) - 1.2).abs() < 1e-12, "nothing moves in no time");
    assert!(fx_draw(1.2, 0.1, 0.5, 0.1) < fx_draw(1.2, 0.1, 0.5, 0.9));
}

fn question(spread: &Figure<Interval>, code: &str) -> Vec<HedgeOption> {
    let question = HedgeQuestion {
        exposure: Money::parse("100000.00", code.parse().unwrap()).unwrap(),
        home: Currency::GBP,
        exposure_economy: None,
        home_economy: None,
        on: on(),
        days: 90.0,
        spread,
    };
    hedge_options(&question, &ecb(), &interest())
}

#[test]
fn forward_cover_costs_points_and_spread_and_ends_the_exposure() {
    let spread =
        Figure::new(Interval::new(0.001, 0.004, 0.01), Evidence::new(Basis::Assumed, &source("charges")));
    let options = question(&spread, "USD");
    let cover = options.iter().find(|it| it.hedge == Hedge::ForwardCover).unwrap();
    let cost = cover.cost.as_ref().unwrap();
    let spot = 0.87058 / 1.1684;
    let points = (1.0 + 0.0375 * 90.0 / 365.0) / (1.0 + 0.0375 * 90.0 / 360.0) - 1.0;
    assert!((cost.value.mid - 100_000.0 * spot * (points + 0.004)).abs() < 1e-6);
    assert!(cover.exposure_days < f64::EPSILON);
    let open = options.iter().find(|it| it.hedge == Hedge::None).unwrap();
    assert!((open.exposure_days - 90.0).abs() < f64::EPSILON);
    assert!(open.cost.is_none(), "two days of rates are no volatility");
    assert!(open.findings.iter().any(|it| it.text.contains("PRP-1506")));
}

#[test]
fn the_home_currency_needs_no_hedge_and_an_unknown_one_has_no_cost() {
    let spread = Figure::new(Interval::exact(0.01), Evidence::new(Basis::Assumed, &source("charges")));
    let options = question(&spread, "GBP");
    assert_eq!(options.len(), 1);
    assert_eq!(options[0].cost.as_ref().unwrap().value, Interval::exact(0.0));
    let options = question(&spread, "MAD");
    assert_eq!(options.len(), 2);
    assert!(options.iter().all(|it| it.cost.is_none() && !it.findings.is_empty()));
}
