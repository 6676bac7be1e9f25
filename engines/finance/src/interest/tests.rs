use domain::calendar::parse_date;
use domain::{Basis, Currency, Economy, Ppm};

use super::*;
use crate::rates::tests::source;

/// Rows of the World Development Indicators, edition of July 2026, and central banks' key rates.
pub(crate) fn book() -> InterestBook {
    let text = "indicator,economy,year,value\nfr.inr.lend,GB,2014,0.5\nfr.inr.lend,CN,2024,4.35\nfr.inr.lend,IT,2025,4.0730\n\
                fr.inr.lend,NL,2013,1.5\nfr.inr.lend,BG,2025,4.2358\nlp.lpi.ovrl.xq,CN,2022,3.7\nfr.inr.lend,AW,1987,10.3\n";
    let keys = "currency,from,rate_percent,name,reference\nGBP,2025-12-18,3.75,Bank Rate,MPC\nUSD,2025-12-11,3.75,upper bound,FOMC\n\
                GBP,2025-08-07,4.00,Bank Rate,MPC\n";
    InterestBook::from_csv(text, source("WDI")).unwrap().with_key_rates(keys, source("Key rates")).unwrap()
}

fn check(economy: &str, currency: &str, on: &str, rate: i64, basis: Basis, findings: usize) {
    let answer = book()
        .borrowing(economy.parse().unwrap(), currency.parse().unwrap(), parse_date(on).unwrap())
        .unwrap();
    assert_eq!(answer.rate.value, Ppm(rate), "{economy}");
    assert_eq!(answer.rate.because.basis, basis, "{economy}");
    assert_eq!(answer.findings.len(), findings, "{economy}");
    assert!(answer.range.0 < answer.rate.value && answer.rate.value < answer.range.1);
}

#[test]
fn a_fresh_lending_rate_is_a_benchmark() {
    check("CN", "CNY", "2026-11-22", 43_500, Basis::Benchmark, 0);
}

#[test]
fn an_old_one_gives_way_to_the_key_rate_plus_a_margin() {
    check("GB", "GBP", "2026-11-22", 37_500 + 35_000, Basis::Assumed, 1);
    check("GB", "GBP", "2025-10-01", 40_000 + 35_000, Basis::Assumed, 1); // the rate of its day
}

#[test]
fn a_member_of_the_euro_area_borrows_like_the_others() {
    check("NL", "EUR", "2026-11-22", i64::midpoint(40_730, 42_358), Basis::Assumed, 1);
    check("NL", "EUR", "2025-11-22", 40_730, Basis::Assumed, 1); // Bulgaria joins in 2026
}

#[test]
fn a_rate_of_another_age_is_said_to_be_one() {
    check("AW", "AWG", "2026-11-22", 103_000, Basis::Assumed, 1);
    let error = book()
        .borrowing(Economy::new(*b"MA"), "MAD".parse().unwrap(), parse_date("2026-11-22").unwrap())
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "PRP-1504: no interest rate is known for MA (currency MAD); state one as fact 'interest.ma', percent a year"
    );
    assert_eq!(error.missing_fact().as_deref(), Some("interest.ma"));
}

#[test]
fn no_rate_is_taken_from_the_future_nor_from_long_ago() {
    let on = |text| parse_date(text).unwrap();
    assert!(book().key_rate(Currency::GBP, on("2025-08-06")).is_none());
    assert!(book().key_rate(Currency::GBP, on("2029-01-01")).is_none());
    assert!(book().lending(Economy::new(*b"CN"), on("2023-12-31")).is_none());
}
