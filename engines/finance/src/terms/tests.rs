use domain::{Basis, Evidence, Figure, Money, Ppm};

use super::*;
use crate::rates::tests::source;

fn question(amount: &str, code: &str, terms: PaymentTerms) -> TermsQuestion {
    let rate = |ppm| Figure::new(Ppm(ppm), Evidence::new(Basis::Benchmark, &source("rates")));
    TermsQuestion {
        invoice: Money::parse(amount, code.parse().unwrap()).unwrap(),
        terms,
        days_to_ship: 30.0,
        days_in_transit: 40.0,
        buyer_rate: rate(60_000),
        buyer_rate_range: (Ppm(40_000), Ppm(80_000)),
        seller_rate: Some(rate(50_000)),
    }
}

const FULL: PaymentTerms = PaymentTerms::Advance { share: Ppm(1_000_000) };

/// 100,000 x 6 % x 70 days: 1,150.68 by 365 (sterling), 1,166.67 by 360 (dollar).
#[test]
fn the_money_market_of_the_currency_counts_the_days() {
    let check = |code: &str, expect: &str| {
        let answer = cost_of_terms(&question("100000.00", code, FULL)).unwrap();
        assert_eq!(answer.financing.value.to_string(), expect);
    };
    check("GBP", "1150.68 GBP");
    check("AUD", "1150.68 AUD");
    check("USD", "1166.67 USD");
    check("EUR", "1166.67 EUR");
}

#[test]
fn days_follow_from_the_terms() {
    let check = |terms: PaymentTerms, buyer: f64, seller: f64, cost: &str, risk: CreditRisk| {
        let answer = cost_of_terms(&question("36000.00", "USD", terms)).unwrap();
        assert!((answer.buyer_cash_days - buyer).abs() < 1e-9, "{terms}: {}", answer.buyer_cash_days);
        assert!((answer.seller_credit_days - seller).abs() < 1e-9, "{terms}: {}", answer.seller_credit_days);
        assert_eq!(answer.financing.value.to_string(), cost, "{terms}");
        assert_eq!(answer.who_bears_credit_risk, risk);
    };
    let credit = |tenor, confirmed| PaymentTerms::LetterOfCredit { tenor, confirmed };
    check(FULL, 70.0, -30.0, "420.00 USD", CreditRisk::BuyerOnSeller);
    // 30 % for 70 days and 70 % for 40: 49 days in the mean.
    check(PaymentTerms::Advance { share: Ppm(300_000) }, 49.0, -9.0, "294.00 USD", CreditRisk::BuyerOnSeller);
    check(credit(Tenor::Sight, false), 28.0, 12.0, "168.00 USD", CreditRisk::SellerOnIssuingBank);
    check(
        credit(Tenor::Usance { days: 90 }, true),
        -50.0,
        90.0,
        "0.00 USD",
        CreditRisk::SellerOnConfirmingBank,
    );
    check(PaymentTerms::DocumentsAgainstPayment, 26.0, 14.0, "156.00 USD", CreditRisk::SellerOnBuyerTakingUp);
    check(
        PaymentTerms::DocumentsAgainstAcceptance { days: 60 },
        -34.0,
        74.0,
        "0.00 USD",
        CreditRisk::SellerOnBuyer,
    );
    check(PaymentTerms::OpenAccount { days: 30 }, 10.0, 30.0, "60.00 USD", CreditRisk::SellerOnBuyer);
}

#[test]
fn credit_that_the_seller_gives_is_priced_when_his_rate_is_known() {
    let mut asked = question("36000.00", "USD", PaymentTerms::OpenAccount { days: 60 });
    let answer = cost_of_terms(&asked).unwrap();
    assert_eq!(answer.supplier_credit.unwrap().value.to_string(), "300.00 USD"); // 36,000 x 5 % x 60 / 360
    asked.seller_rate = None;
    assert_eq!(cost_of_terms(&asked).unwrap().supplier_credit, None, "unknown is not zero");
}

#[test]
fn evidence_is_modelled_and_shows_its_numbers() {
    let answer = cost_of_terms(&question("100000.00", "USD", FULL)).unwrap();
    let because = answer.financing.because;
    assert_eq!(because.basis, Basis::Modelled);
    assert_eq!(because.formula.unwrap(), "100000.00 USD x 6 % x 70.0 days / 360 = 1166.67 USD");
    assert_eq!(answer.financing_range.0.to_string(), "777.78 USD");
}

#[test]
fn names_are_stable() {
    let ids: Vec<String> = PaymentTerms::USUAL.iter().map(|it| it.id()).collect();
    let expect =
        ["advance-100", "advance-30", "lc-sight-confirmed", "lc-sight", "lc-90", "dp", "da-60", "open-60"];
    assert_eq!(ids, expect);
    assert_eq!(PaymentTerms::USUAL[4].to_string(), "letter of credit, usance 90 days");
}

proptest::proptest! {
    /// Longer at sea never makes money that is out cheaper; twice the invoice costs twice; the scalar is the full answer.
    #[test]
    fn cost_grows_with_days_and_scales_with_the_amount(
        which in 0_usize..8, ship in 0.0_f64..120.0, transit in 0.0_f64..120.0, more in 0.0_f64..60.0, minor in 1_i64..1_000_000_000,
    ) {
        let terms = PaymentTerms::USUAL[which];
        let cost = |amount: f64, transit: f64| terms_cost_scalar(amount, terms, ship, transit, 0.07, 360.0);
        proptest::prop_assert!(cost(1e6, transit + more) >= cost(1e6, transit));
        proptest::prop_assert!((cost(2e6, transit) - 2.0 * cost(1e6, transit)).abs() < 1e-6);
        let mut asked = question("1.00", "USD", terms);
        asked.invoice = Money::from_minor(minor, domain::Currency::USD);
        (asked.days_to_ship, asked.days_in_transit) = (ship, transit);
        let full = cost_of_terms(&asked).unwrap();
        let scalar = terms_cost_scalar(asked.invoice.to_f64(), terms, ship, transit, 0.06, 360.0);
        proptest::prop_assert_eq!(full.financing.value, Money::from_f64(scalar, domain::Currency::USD).unwrap());
    }
}
