//! Cases that must hold, each with its source.

use domain::{CostKind, Currency, Mode, Money};

use super::{ask, books, dec, facts, money, origin_book, source, tariff};
use crate::expression::Rates;
use crate::question::DutyAnswer;
use crate::{CustomsBooks, duty};

pub(super) fn amount(answer: &DutyAnswer, kind: CostKind) -> Option<String> {
    answer.lines.iter().find(|it| it.kind == kind).and_then(|it| it.amount).map(|it| it.to_string())
}

fn sum(answer: &DutyAnswer) -> String {
    let zero = Money::zero(answer.lines[0].amount.unwrap().currency());
    let total = answer.lines.iter().fold(zero, |sum, it| sum.checked_add(it.amount.unwrap()).unwrap());
    total.to_string()
}

/// Australian Border Force, "Cost of importing goods" (abf.gov.au), the worked example: USD 1274 at 0.91, duty 5 %, transport and
/// insurance AUD 130.
#[test]
fn the_australian_example_comes_to_230() {
    let rates =
        Rates::default().with("AUD".parse().unwrap(), Currency::USD, dec("0.91"), &source("ABF", "2026"));
    let value = rates.convert(dec("1274"), Currency::USD, "AUD".parse().unwrap()).unwrap();
    let price = Money::from_decimal(value, "AUD".parse().unwrap()).unwrap();
    assert_eq!(price.to_string(), "1400.00 AUD");
    let books = CustomsBooks::new([tariff("AU", &["39269090,*,mfn,,5%"])], rates, origin_book());
    let facts = facts("");
    let mut question = ask("AU", "US", "39269090", price, &facts);
    question.freight_to_border = Some(money("120", "AUD"));
    question.insurance = Some(money("10", "AUD"));
    let answer = duty(&question, &books);
    assert_eq!(answer.customs_value.as_ref().unwrap().value.to_string(), "1400.00 AUD");
    assert_eq!(amount(&answer, CostKind::Duty).as_deref(), Some("70.00 AUD"));
    assert_eq!(amount(&answer, CostKind::Tax).as_deref(), Some("160.00 AUD"));
    let tax = &answer.lines[1];
    assert_eq!(tax.because.formula.as_deref(), Some("1600.00 AUD x 10 % = 160.00 AUD"));
    assert_eq!(sum(&answer), "230.00 AUD");
}

/// Value Added Tax Act 1994, section 21: value 10,150, duty at 10 %, incidental costs 500.
#[test]
fn the_british_example_comes_to_2333() {
    let books = books([tariff("GB", &["85051100,*,mfn,,10%"])]);
    let facts = facts("");
    let mut question = ask("GB", "CN", "85051100", money("10000", "GBP"), &facts);
    question.freight_to_border = Some(money("130", "GBP"));
    question.insurance = Some(money("20", "GBP"));
    question.freight_inland = Some(money("500", "GBP"));
    let answer = duty(&question, &books);
    assert_eq!(answer.customs_value.as_ref().unwrap().value.to_string(), "10150.00 GBP");
    assert_eq!(amount(&answer, CostKind::Duty).as_deref(), Some("1015.00 GBP"));
    assert_eq!(answer.lines[0].because.formula.as_deref(), Some("10150.00 GBP x 10 % = 1015.00 GBP"));
    assert_eq!(amount(&answer, CostKind::Tax).as_deref(), Some("2333.00 GBP"));
    assert_eq!(answer.lines[1].because.formula.as_deref(), Some("11665.00 GBP x 20 % = 2333.00 GBP"));
    assert!(answer.lines[1].recoverable);
}

/// github.com/trade-tariff/trade-tariff-duty-calculator, spec/services/expression_evaluators/vat_spec.rb: 8 % of 1000 of duty and 30 of
/// customs value.
#[test]
fn the_tax_case_of_the_uk_duty_calculator_comes_to_82_40() {
    let books = books([tariff("GB", &["85051100,*,mfn,,1000 GBP/p/st", "85051100,*,vat,reduced,8.00 %"])]);
    let facts = facts("");
    let mut question = ask("GB", "CN", "85051100", money("10", "GBP"), &facts);
    question.freight_to_border = Some(money("10", "GBP"));
    question.insurance = Some(money("10", "GBP"));
    question.quantity = Some(super::quantity("1 pcs"));
    let answer = duty(&question, &books);
    assert_eq!(amount(&answer, CostKind::Duty).as_deref(), Some("1000.00 GBP"));
    assert_eq!(amount(&answer, CostKind::Tax).as_deref(), Some("82.40 GBP"));
}

/// As [`crate::expression`], through the whole engine: compound, sugar, alcohol and other money.
#[test]
fn the_duty_cases_of_the_uk_duty_calculator_hold() {
    let rates = Rates::default().with(Currency::EUR, super::GBP, dec("0.8571"), &source("HMRC", "2021"));
    let check = |expression: &str, price: &str, quantity: &str, declared: &str, expect: &str| {
        let row = format!("85051100,*,mfn,,{expression}");
        let books = CustomsBooks::new([tariff("GB", &[&row])], rates.clone(), origin_book());
        let facts = facts(declared);
        let mut question = ask("GB", "CN", "85051100", money(price, "GBP"), &facts);
        question.quantity = Some(super::quantity(quantity));
        let answer = duty(&question, &books);
        assert_eq!(answer.lines[0].exact.map(|it| it.normalize()), Some(dec(expect)), "{expression}");
    };
    check("13.8 % MIN 13 MAX 15 - 7 GBP/DTN", "1200", "100 dtn", "", "800");
    check("0.30 GBP/100 kg/net/%sacchar.", "1", "16320 kg", "goods.sugar_percent=80", "3916.8");
    check("0.50 GBP/% vol/hl", "1", "45 l", "goods.alcohol_percent=40", "9");
    check("35.10 EUR/100 kg", "1", "100 dtn", "", "3008.421");
}

/// 19 CFR 24.23 and 24.24; amounts of fiscal year 2026.
#[test]
fn united_states_fees_have_their_floor_cap_and_mode() {
    let books = books([tariff("US", &["85051100,*,mfn,,2.1%"])]);
    let facts = facts("");
    let fees = |price: &str, mode, day: &str| {
        let mut question = ask("US", "DE", "85051100", money(price, "USD"), &facts);
        question.mode = mode;
        question.on = super::on(day);
        let answer = duty(&question, &books);
        let fees = answer.lines.iter().filter(|it| it.kind == CostKind::CustomsFee);
        fees.map(|it| it.amount.map_or("?".into(), |it| it.to_decimal().to_string())).collect::<Vec<_>>()
    };
    assert_eq!(fees("1000", Some(Mode::Air), "2026-06-01"), ["33.58"]);
    assert_eq!(fees("1000000", Some(Mode::Air), "2026-06-01"), ["651.50"]);
    assert_eq!(fees("100000", Some(Mode::Sea), "2026-06-01"), ["125.00", "346.40"]);
    assert_eq!(fees("100000", None, "2026-06-01"), ["?", "346.40"]);
    assert_eq!(fees("1000", Some(Mode::Air), "2025-09-30"), ["32.71"]);
}

/// 19 U.S.C. 1401a(b)(4)(A) and regulation (EU) No 952/2013, article 71(1)(e): freight is in the value there and not here.
#[test]
fn freight_belongs_to_the_value_in_europe_and_not_in_america() {
    let books = books([tariff("US", &["85051100,*,mfn,,10%"]), tariff("EU", &["85051100,*,mfn,,10%"])]);
    let facts = facts("");
    let value = |importer: &str, freight| {
        let mut question = ask(importer, "CN", "85051100", money("1000", "EUR"), &facts);
        question.freight_to_border = freight;
        duty(&question, &books).customs_value.map(|it| it.value.to_string())
    };
    let freight = Some(money("200", "EUR"));
    assert_eq!(value("US", freight).as_deref(), Some("1000.00 EUR"));
    assert_eq!(value("US", None).as_deref(), Some("1000.00 EUR"));
    assert_eq!(value("NL", freight).as_deref(), Some("1200.00 EUR"));
    assert_eq!(value("NL", None), None);
}
