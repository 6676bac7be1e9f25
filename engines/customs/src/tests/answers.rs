//! What an answer says besides its amounts.

use domain::{Basis, CostKind, Decimal, Money, Severity};

use super::{ask, books, facts, money, on, tariff};
use crate::question::{DutyAnswer, PreferenceState};
use crate::regime::Regime;
use crate::{duty, duty_amounts};

fn has(answer: &DutyAnswer, code: &str, words: &str) {
    let found = answer
        .findings
        .iter()
        .find(|it| it.code.0 == code)
        .unwrap_or_else(|| panic!("no {code}: {:#?}", answer.findings));
    assert!(found.text.contains(words), "{}", found.text);
}

#[test]
fn a_country_without_tariff_leaves_the_duty_unknown_and_names_what_is_missing() {
    let facts = facts("");
    let answer = duty(&ask("MA", "CN", "850760", money("1000", "MAD"), &facts), &books([]));
    assert_eq!(answer.customs_value.as_ref().unwrap().value.to_string(), "1000.00 MAD", "the rule is known");
    assert_eq!(answer.lines[0].kind, CostKind::Duty);
    assert_eq!(answer.lines[0].amount, None);
    has(&answer, "PRP-1230", "tariff of MA not loaded");
    let hint = answer.findings.iter().find(|it| it.code.0 == "PRP-1230").unwrap().hint.as_deref();
    assert_eq!(hint, Some("`periplus data import FILE`"));
    let tax = answer.lines.iter().find(|it| it.kind == CostKind::Tax).unwrap();
    assert_eq!(tax.amount, None, "whether there is a tax is not known either");
    let nowhere = duty(&ask("BR", "CN", "850760", money("1000", "USD"), &facts), &books([]));
    assert_eq!(nowhere.customs_value, None);
    has(&nowhere, "PRP-1231", "no rule of BR is loaded");
}

#[test]
fn a_duty_text_nobody_has_seen_is_quoted_and_never_zero() {
    let facts = facts("");
    let books = books([tariff("GB", &["85051100,*,mfn,,12 % per phase of the moon"])]);
    let answer = duty(&ask("GB", "CN", "850511", money("1000", "GBP"), &facts), &books);
    assert_eq!(answer.lines[0].amount, None);
    assert_eq!(answer.lines[1].amount, None, "the tax is charged on the duty");
    has(&answer, "PRP-1233", "the tariff of GB says '12 % per phase of the moon' of 8505.11.00");
}

#[test]
fn a_code_the_tariff_does_not_have_suggests_the_nearest_lines() {
    let facts = facts("");
    let books = books([tariff("GB", &["85051100,*,mfn,,2%", "85052000,*,mfn,,2%"])]);
    let answer = duty(&ask("GB", "CN", "850599", money("1000", "GBP"), &facts), &books);
    has(&answer, "PRP-1232", "has no line for 8505.99");
    let hint = answer.findings.iter().find(|it| it.code.0 == "PRP-1232").unwrap().hint.clone();
    assert_eq!(hint.as_deref(), Some("nearest lines: 85051100, 85052000"));
}

#[test]
fn what_a_duty_lacks_is_named() {
    let facts = facts("");
    let books = books([tariff("GB", &["22042100,*,mfn,,0.5 GBP/% vol/hl", "85051100,*,mfn,,2%"])]);
    let answer = duty(&ask("GB", "CL", "22042100", money("1000", "GBP"), &facts), &books);
    has(&answer, "PRP-1234", "it takes the quantity in l");
    let mut question = ask("GB", "CL", "85051100", money("1000", "GBP"), &facts);
    question.insurance = None;
    let answer = duty(&question, &books);
    has(&answer, "PRP-1234", "The customs value is not known: it takes the insurance");
    assert!(answer.lines.iter().all(|it| it.amount.is_none()));
}

#[test]
fn a_free_line_owes_nothing_even_when_the_value_is_not_known() {
    let facts = facts("");
    let books = books([tariff("GB", &["85051100,*,mfn,,Free"])]);
    let mut question = ask("GB", "CL", "85051100", money("1000", "GBP"), &facts);
    question.freight_to_border = None;
    let answer = duty(&question, &books);
    assert_eq!(answer.lines[0].amount.map(Money::is_zero), Some(true));
    assert_eq!(answer.lines[1].amount, None);
}

#[test]
fn preferences_say_what_they_save_and_what_must_be_proved() {
    let books = books([tariff("GB", &["85051100,*,mfn,,2%", "85051100,JP,preference,japan,Free"])]);
    let check = |origin: &str, declared: &str, state, saved: Option<&str>| {
        let facts = facts(declared);
        let answer = duty(&ask("GB", origin, "85051100", money("1000", "GBP"), &facts), &books);
        let preference = &answer.preferences[0];
        assert_eq!(preference.state, state, "{origin} {declared}");
        assert_eq!(preference.saved.map(|it| it.to_string()).as_deref(), saved);
        preference.clone()
    };
    let open = check("JP", "", PreferenceState::Provable, Some("20.00 GBP"));
    assert_eq!(open.rule_of_origin, "Change of heading or At most 50% of the ex-works price");
    assert_eq!(open.ask, ["origin.change", "origin.nonoriginating_percent"]);
    assert_eq!(open.must_prove[0], "proof of origin: Statement on origin or Importer's knowledge");
    check("JP", "origin.change=CTH", PreferenceState::Claimed, Some("20.00 GBP"));
    let not = "origin.change=none;origin.nonoriginating_percent=80";
    check("JP", not, PreferenceState::NotMet, Some("20.00 GBP"));
    check("DE", "", PreferenceState::Provable, Some("20.00 GBP"));
    let facts = facts("");
    let answer = duty(&ask("GB", "CN", "85051100", money("1000", "GBP"), &facts), &books);
    assert_eq!(answer.preferences, []);
}

#[test]
fn an_agreement_whose_rate_is_not_loaded_is_told_without_a_saving() {
    let books = books([tariff("GB", &["85051100,*,mfn,,2%"])]);
    let facts = facts("origin.change=CTH");
    let answer = duty(&ask("GB", "JP", "85051100", money("1000", "GBP"), &facts), &books);
    let preference = &answer.preferences[0];
    assert_eq!((preference.state, preference.saved), (PreferenceState::Unknown, None));
    assert_eq!(preference.rate, "not loaded");
    assert_eq!(answer.lines[0].amount.unwrap().to_string(), "20.00 GBP", "and the duty stays");
}

#[test]
fn a_short_code_says_which_line_was_taken() {
    let books = books([tariff("GB", &["28046910,*,mfn,,5.3%", "28046950,*,mfn,,5.5%"])]);
    let facts = facts("");
    let answer = duty(&ask("GB", "NO", "280469", money("1000", "GBP"), &facts), &books);
    has(&answer, "PRP-1238", "2804.69.10 53 GBP, 2804.69.50 55 GBP; 2804.69.50 is taken, which owes most");
    assert_eq!(answer.lines[0].because.basis, Basis::Assumed);
    let (low, high) = answer.lines[0].range.unwrap();
    assert_eq!((low.to_string(), high.to_string()), ("53.00 GBP".into(), "55.00 GBP".into()));
}

#[test]
fn a_registered_buyer_gets_the_tax_back_and_is_told_so() {
    let books = books([tariff("GB", &["85051100,*,mfn,,2%"])]);
    let tax = |declared: &str| {
        let facts = facts(declared);
        let answer = duty(&ask("GB", "CN", "85051100", money("1000", "GBP"), &facts), &books);
        let told = answer.findings.iter().any(|it| it.code.0 == "PRP-1244");
        (answer.lines[1].recoverable, told)
    };
    assert_eq!(tax(""), (true, true));
    assert_eq!(tax("buyer.vat_registered=yes"), (true, false));
    assert_eq!(tax("buyer.vat_registered=no"), (false, false));
}

#[test]
fn papers_and_bans_are_findings() {
    let books = books([tariff(
        "GB",
        &[
            "9302,*,mfn,,2%",
            "9302,*,restriction,licence,,,,,,,Firearms Act,Import licence",
            "9302,RU,prohibition,ban,,,,,,,,",
        ],
    )]);
    let facts = facts("");
    let weight = |origin: &str| {
        duty(&ask("GB", origin, "9302", money("1000", "GBP"), &facts), &books).findings[0].severity
    };
    assert_eq!(weight("US"), Severity::Barrier);
    assert_eq!(weight("RU"), Severity::Prohibited);
}

#[test]
fn small_consignments_are_relieved_only_when_their_worth_is_given() {
    let books = books([tariff("GB", &["85051100,*,mfn,,2%"])]);
    let facts = facts("");
    let mut question = ask("GB", "CN", "85051100", money("100", "GBP"), &facts);
    let answer = duty(&question, &books);
    assert_eq!(answer.lines[0].amount.unwrap().to_string(), "2.00 GBP");
    has(&answer, "PRP-1246", "at most 135 GBP would be free");
    question.consignment = Some(question.price);
    let answer = duty(&question, &books);
    assert_eq!(answer.lines[0].amount.unwrap().to_string(), "0.00 GBP");
    assert_eq!(answer.lines[1].amount.unwrap().to_string(), "20.00 GBP", "the tax is due all the same");
}

#[test]
fn the_fast_way_gives_the_same_amounts() {
    let rows = [
        "28046910,*,mfn,,5.3%",
        "28046950,*,mfn,,5.5% + 1 cents/kg",
        "*,CN,additional,x,25%",
        "0101,*,mfn,,?",
    ];
    let books = books([tariff("US", &rows), tariff("GB", &["28046900,*,mfn,,2%"])]);
    for (importer, origin, hs, declared) in [
        ("US", "CN", "280469", ""),
        ("US", "NO", "28046910", ""),
        ("US", "CN", "0101", ""),
        ("GB", "DE", "280469", "origin.rule_met=yes"),
        ("GB", "DE", "280469", "buyer.vat_registered=no"),
        ("MA", "DE", "280469", ""),
    ] {
        let facts = facts(declared);
        let mut question = ask(importer, origin, hs, money("1000", "USD"), &facts);
        question.quantity = Some(super::quantity("3 t"));
        let regime = Regime::of(question.importer, question.on, &books);
        let fast = duty_amounts(&question, &regime, &books);
        let full = duty(&question, &books);
        let sum = |wanted: &dyn Fn(CostKind) -> bool| {
            full.lines
                .iter()
                .filter(|it| wanted(it.kind))
                .try_fold(Money::zero(fast.money), |sum, it| sum.checked_add(it.amount?).ok())
        };
        let is_duty = |it| matches!(it, CostKind::Duty | CostKind::AdditionalDuty | CostKind::AntiDumping);
        assert_eq!(fast.duty, sum(&is_duty), "{importer} {origin} {hs}");
        assert_eq!(fast.tax, sum(&|it| it == CostKind::Tax));
        assert_eq!(fast.fees, sum(&|it| it == CostKind::CustomsFee));
        assert_eq!(fast.customs_value, full.customs_value.map(|it| it.value));
    }
}

/// A higher rate never lowers what is owed, whatever the mix of minimum and maximum, preference and tax.
#[test]
fn a_higher_duty_never_lowers_the_landed_cost() {
    let owed = |rate: &str, extra: &str| {
        let rows = [
            format!("85051100,*,mfn,,{rate}"),
            "85051100,JP,preference,japan,4%".to_owned(),
            format!("*,*,additional,x,{extra}"),
        ];
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        let books = books([tariff("GB", &rows)]);
        let facts = facts("origin.change=CTH;buyer.vat_registered=no");
        let mut question = ask("GB", "JP", "85051100", money("1000", "GBP"), &facts);
        question.quantity = Some(super::quantity("1 t"));
        let answer = duty(&question, &books);
        answer.lines.iter().map(|it| it.amount.unwrap().minor()).sum::<i64>()
    };
    let mut last = 0;
    for tenth in 0..200 {
        let rate = Decimal::new(tenth, 1);
        let now = owed(&format!("{rate} % MIN 1 GBP/DTN MAX 12 GBP/DTN"), "1%");
        assert!(now >= last, "{rate}: {now} < {last}");
        last = now;
    }
    let mut last = 0;
    for percent in 0..50 {
        let now = owed("3%", &format!("{percent}%"));
        assert!(now >= last);
        last = now;
    }
}

#[test]
fn scaling_the_price_scales_an_ad_valorem_duty() {
    let books = books([tariff("GB", &["85051100,*,mfn,,2.5%"])]);
    let facts = facts("");
    let owed = |price: &str| {
        let answer = duty(&ask("GB", "CN", "85051100", money(price, "GBP"), &facts), &books);
        answer.lines.iter().map(|it| it.amount.unwrap().minor()).sum::<i64>()
    };
    assert_eq!(owed("10000"), 10 * owed("1000"));
}

#[test]
fn an_old_tariff_is_told() {
    let books = books([tariff("GB", &["85051100,*,mfn,,2%"])]);
    let facts = facts("");
    let mut question = ask("GB", "CN", "85051100", money("1000", "GBP"), &facts);
    question.on = on("2029-01-01");
    has(&duty(&question, &books), "PRP-1249", "The tariff of GB is of 2026; the day asked for is 2029-01-01");
}

#[test]
fn numbers_too_large_are_unknown_and_do_not_crash() {
    let books = books([tariff("GB", &["85051100,*,mfn,,99999999999%"])]);
    let facts = facts("");
    let price = Money::from_minor(i64::MAX, super::GBP);
    let answer = duty(&ask("GB", "CN", "85051100", price, &facts), &books);
    assert_eq!(answer.lines[0].amount, None);
}
