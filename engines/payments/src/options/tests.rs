use std::sync::Arc;

use domain::Ppm;

use super::*;

fn source() -> Arc<Source> {
    ours("books of the tests")
}

fn charges() -> ChargeBook {
    let text = include_str!("../../../../books/bank-charges/charges.csv");
    ChargeBook::from_csv(text, Basis::Assumed, source()).unwrap()
}

fn rates() -> Arc<RateBook> {
    let text = "date,currency,units_per_eur\n2026-11-20,USD,1.2\n2026-11-20,GBP,0.8\n2026-11-20,CNY,8.0\n";
    RateBook::from_csv(text, source()).unwrap()
}

fn code(text: &str) -> Currency {
    text.parse().unwrap()
}

struct Case {
    buyer: &'static str,
    seller: &'static str,
    own: [&'static str; 2],
    currencies: Vec<Currency>,
    terms: Vec<PaymentTerms>,
}

impl Case {
    fn new(buyer: &'static str, seller: &'static str, own: [&'static str; 2], currencies: &[&str]) -> Self {
        let currencies = currencies.iter().map(|it| code(it)).collect();
        Self { buyer, seller, own, currencies, terms: PaymentTerms::USUAL.to_vec() }
    }

    fn ask(&self) -> PaymentAnswer {
        let question = PaymentQuestion {
            buyer: self.buyer.parse().unwrap(),
            seller: self.seller.parse().unwrap(),
            buyer_currency: Some(code(self.own[0])),
            seller_currency: Some(code(self.own[1])),
            currencies: &self.currencies,
            terms: &self.terms,
            amount: Money::parse("100000.00", Currency::EUR).unwrap(),
            incoterm: Incoterm::Fob,
            days_to_ship: 30.0,
            on: parse_date("2026-11-22").unwrap(),
        };
        options(&question, &charges(), &rates())
    }

    fn ids(&self) -> Vec<String> {
        self.ask().options.into_iter().map(|it| it.id).collect()
    }
}

const OPEN: PaymentTerms = PaymentTerms::OpenAccount { days: 60 };

#[test]
fn the_path_follows_from_currency_and_sides() {
    let check = |buyer, seller, own: [&'static str; 2], currency: &str, expect: &[&str]| {
        let case = Case { terms: vec![OPEN], ..Case::new(buyer, seller, own, &[currency]) };
        assert_eq!(case.ids(), expect, "{buyer} {seller} {currency}");
    };
    check("NL", "DE", ["EUR", "EUR"], "EUR", &["open-60.eur.sepa"]);
    check("GB", "DE", ["GBP", "EUR"], "EUR", &["open-60.eur.sepa"]);
    check("NL", "CL", ["EUR", "CLP"], "EUR", &["open-60.eur.correspondent"]);
    check("GB", "CN", ["GBP", "CNY"], "CNY", &["open-60.cny.cips", "open-60.cny.correspondent"]);
    check("GB", "CN", ["GBP", "CNY"], "USD", &["open-60.usd.correspondent"]);
    check("US", "US", ["USD", "USD"], "USD", &["open-60.usd.domestic"]);
}

#[test]
fn what_does_not_work_is_dropped_with_its_reason() {
    let check = |currency: &str, expect: &str| {
        let answer = Case { terms: vec![OPEN], ..Case::new("MA", "CN", ["MAD", "CNY"], &[currency]) }.ask();
        assert_eq!(answer.dropped[0].reason, expect);
        assert!(answer.options.iter().all(|it| it.path != answer.dropped[0].path));
    };
    check("MAD", "the currency is not delivered outside its own economy");
    check("SEK", "the currency is neither side's, and third parties do not invoice in it");
    check("EUR", "one of the two banks is outside SEPA");
}

#[test]
fn proposed_and_dropped_are_all_in_any_order_of_input() {
    let mut case = Case::new("NL", "CN", ["EUR", "CNY"], &["EUR", "USD", "CNY", "SEK"]);
    let first = case.ask();
    // EUR: SEPA dropped; USD: one; CNY: two; SEK: dropped. By eight terms.
    assert_eq!((first.options.len(), first.dropped.len()), (8 * 4, 8 * 2));
    case.currencies.reverse();
    case.terms.reverse();
    case.terms.push(OPEN);
    assert_eq!(case.ask(), first);
}

#[test]
fn charges_are_ranges_that_add_up_by_hand() {
    let case = Case {
        terms: vec![PaymentTerms::LetterOfCredit { tenor: Tenor::Sight, confirmed: false }],
        ..Case::new("GB", "CN", ["GBP", "CNY"], &["USD"])
    };
    let option = case.ask().options.remove(0);
    let charges = option.bank_charges.unwrap();
    // EUR 120 + 30 + 35 at 1.2, and 0.25 % of 120,000 USD for one begun quarter (42 days).
    assert!((charges.value.mid - (185.0 * 1.2 + 300.0)).abs() < 1e-6, "{:?}", charges.value);
    assert!(charges.value.low < charges.value.mid && charges.value.mid < charges.value.high);
    assert_eq!(charges.because.basis, Basis::Assumed);
    let amount = option.amount.unwrap();
    let scalar = bank_charge_scalar(&option.buyer_sheet.unwrap(), amount.to_f64());
    assert_eq!(
        bank_charge(&option.buyer_sheet.unwrap(), amount).unwrap(),
        Money::from_f64(scalar, Currency::USD).unwrap()
    );
    assert!((scalar - charges.value.mid).abs() < 1e-12);
    assert!((option.fx_margin.unwrap().value.mid - 0.005).abs() < 1e-12, "the buyer buys dollars");
}

#[test]
fn two_tranches_are_two_transfers_and_confirmation_is_the_seller_s() {
    let charge = |terms| {
        let case = Case { terms: vec![terms], ..Case::new("GB", "CN", ["GBP", "CNY"], &["USD"]) };
        let option = case.ask().options.remove(0);
        (option.buyer_sheet.unwrap().fixed.mid, option.seller_sheet.unwrap().share.mid)
    };
    let full = charge(PaymentTerms::Advance { share: Ppm(1_000_000) }).0;
    assert!((charge(PaymentTerms::Advance { share: Ppm(300_000) }).0 - 2.0 * full).abs() < 1e-9);
    let credit = |confirmed| charge(PaymentTerms::LetterOfCredit { tenor: Tenor::Sight, confirmed }).1;
    assert!((credit(true) - credit(false) - 0.0035).abs() < 1e-12);
}

#[test]
fn an_unknown_rate_leaves_charges_unknown_and_says_which_fact_lacks() {
    let case = Case { terms: vec![OPEN], ..Case::new("CH", "DE", ["CHF", "EUR"], &["CHF"]) };
    let option = case.ask().options.remove(0);
    assert_eq!((option.amount, option.bank_charges, option.buyer_sheet), (None, None, None));
    assert!(option.findings.iter().any(|it| it.text.contains("'fx.eur.chf'")), "{:?}", option.findings);
}

#[test]
fn what_banks_mind_is_said() {
    let severity = |seller: &'static str| {
        let case = Case { terms: vec![OPEN], ..Case::new("GB", seller, ["GBP", "USD"], &["USD"]) };
        case.ask().options[0].findings.iter().map(|it| it.severity).max()
    };
    assert_eq!(severity("KP"), Some(Severity::Barrier));
    assert_eq!(severity("RU"), Some(Severity::Caution));
    assert_eq!(severity("US"), Some(Severity::Note));
}

proptest::proptest! {
    /// A larger invoice never costs less at the bank; the variable part of twice the amount is twice as much.
    #[test]
    fn charges_grow_with_the_amount(which in 0_usize..8, amount in 1.0_f64..1e8, ship in 0.0_f64..200.0) {
        let sheet = buyer_sheet(
            PaymentTerms::USUAL[which], Path::Correspondent, ship, Currency::USD, parse_date("2026-11-22").unwrap(), &charges(), &rates(),
        ).unwrap();
        let at = |amount| bank_charge_scalar(&sheet, amount);
        proptest::prop_assert!(at(2.0 * amount) >= at(amount));
        let fixed = at(0.0);
        proptest::prop_assert!((at(2.0 * amount) - fixed - 2.0 * (at(amount) - fixed)).abs() < 1e-6);
    }
}
