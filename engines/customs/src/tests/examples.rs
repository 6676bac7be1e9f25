//! The examples of the rulepacks, run.

use domain::{CostKind, Currency, Money};
use rules::{Example, Rulepack};

use super::{ask, books, dec, economy, facts, on, tariff};
use crate::expression::Rates;
use crate::question::DutyQuestion;
use crate::regime::{CustomsBooks, Regime};
use crate::{duty, shipped};

#[test]
fn every_rulepack_is_read_and_its_examples_hold() {
    let shipped = shipped();
    assert_eq!(shipped.list_all().len(), crate::rulepacks().len(), "a rulepack cannot be read");
    for (path, text) in crate::rulepacks() {
        rules::parse(text).unwrap_or_else(|error| panic!("{path}: {error}"));
    }
    for pack in shipped.list_all() {
        for example in &pack.examples {
            run(pack, example);
        }
    }
}

#[test]
fn every_file_of_the_folder_is_shipped() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rulepacks/customs");
    let mut files = Vec::new();
    for jurisdiction in std::fs::read_dir(&folder).unwrap() {
        for file in std::fs::read_dir(jurisdiction.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            files.push(path.strip_prefix(&folder).unwrap().to_string_lossy().replace('\\', "/"));
        }
    }
    files.sort();
    let shipped: Vec<&str> = crate::rulepacks().iter().map(|(path, _)| *path).collect();
    assert_eq!(files, shipped);
}

fn run(pack: &Rulepack, example: &Example) {
    let place = format!("{} line {}", pack.id, example.line);
    match pack.kind.as_str() {
        "territory" => territory(example, &place),
        "valuation" => valuation(pack, example, &place),
        "tax" => tax(example, &place),
        "fee" => fee(pack, example, &place),
        "relief" => relief(pack, example, &place),
        "preference" => preference(pack, example, &place),
        other => panic!("{place}: nobody runs examples of the kind {other}"),
    }
}

fn territory(example: &Example, place: &str) {
    let regime = Regime::of(economy(example.cell("economy")), on(example.cell("on")), &books([]));
    assert_eq!(regime.jurisdiction().code(), example.cell("jurisdiction"), "{place}");
    let money = regime.money().map_or("-".to_owned(), |it| it.to_string());
    assert_eq!(money, example.cell("currency"), "{place}");
}

fn importer_of(pack: &Rulepack) -> &str {
    if pack.jurisdiction == "EU" { "NL" } else { &pack.jurisdiction }
}

fn cell_money(example: &Example, name: &str, currency: Currency) -> Option<Money> {
    let text = example.cell(name);
    (text != "?")
        .then(|| Money::from_decimal(dec(if text.is_empty() { "0" } else { text }), currency).unwrap())
}

fn valuation(pack: &Rulepack, example: &Example, place: &str) {
    let facts = facts("");
    let price = cell_money(example, "price", Currency::EUR).unwrap();
    let question = DutyQuestion {
        freight_to_border: cell_money(example, "freight", Currency::EUR),
        insurance: cell_money(example, "insurance", Currency::EUR),
        ..ask(importer_of(pack), "CN", "850511", price, &facts)
    };
    let value = duty(&question, &books([])).customs_value.map(|it| it.value.to_decimal().to_string());
    assert_eq!(value.as_deref().unwrap_or("?"), example.cell("customs value"), "{place}");
}

/// A duty as an amount: one piece at that much each.
fn tax(example: &Example, place: &str) {
    let facts = facts("");
    let importer = example.cell("economy");
    let day = on(example.cell("on"));
    let regime = Regime::of(economy(importer), day, &books([]));
    let currency = regime.money().unwrap_or(Currency::EUR);
    let row = format!("850511,*,mfn,,{} {currency} each", example.cell("duty"));
    let books = books([tariff(regime.jurisdiction().code(), &[&row])]);
    let question = DutyQuestion {
        on: day,
        quantity: Some(super::quantity("1 pcs")),
        freight_to_border: cell_money(example, "transport", currency),
        freight_inland: cell_money(example, "inland", currency),
        ..ask(importer, "CN", "850511", cell_money(example, "value", currency).unwrap(), &facts)
    };
    let answer = duty(&question, &books);
    let tax = answer.lines.iter().find(|it| it.kind == CostKind::Tax);
    let found = match tax {
        None => "none".to_owned(),
        Some(line) => line.amount.map_or("?".to_owned(), |it| it.to_decimal().to_string()),
    };
    // "-": the rule does not reach back to that day, so the tax is not known.
    let expect = if example.cell("tax") == "-" { "?" } else { example.cell("tax") };
    assert_eq!(found, expect, "{place}");
}

fn fee(pack: &Rulepack, example: &Example, place: &str) {
    let facts = facts("");
    let label = pack.word("label", on(example.cell("on"))).unwrap().value;
    let question = DutyQuestion {
        on: on(example.cell("on")),
        mode: domain::Mode::ALL.into_iter().find(|it| it.word() == example.cell("mode")),
        ..ask("US", "CN", "850511", cell_money(example, "value", Currency::USD).unwrap(), &facts)
    };
    let answer = duty(&question, &books([tariff("US", &["850511,*,mfn,,Free"])]));
    let fee = answer.lines.iter().find(|it| it.label == label);
    let found = fee.map_or("-".to_owned(), |it| it.amount.unwrap().to_decimal().to_string());
    assert_eq!(found, example.cell("fee"), "{place}");
}

fn relief(pack: &Rulepack, example: &Example, place: &str) {
    let facts = facts("");
    let importer = importer_of(pack);
    let day = on(example.cell("on"));
    let currency = Regime::of(economy(importer), day, &books([])).money().unwrap_or(super::GBP);
    let row = format!("{},*,mfn,,10%", example.cell("hs"));
    let origin = if example.cell("origin").is_empty() { "DE" } else { example.cell("origin") };
    let price = cell_money(example, "consignment", currency).unwrap();
    let question = DutyQuestion {
        on: day,
        consignment: Some(price),
        ..ask(importer, origin, example.cell("hs"), price, &facts)
    };
    let jurisdiction = Regime::of(economy(importer), day, &books([])).jurisdiction();
    let answer = duty(&question, &books([tariff(jurisdiction.code(), &[&row])]));
    let relieved = answer.lines[0].amount.unwrap().is_zero();
    assert_eq!(if relieved { "yes" } else { "no" }, example.cell("relieved"), "{place}");
}

fn preference(pack: &Rulepack, example: &Example, place: &str) {
    let facts = facts("");
    let day = on(example.cell("on"));
    let importer = importer_of(pack);
    let row = format!("{},*,mfn,,10%", example.cell("hs"));
    let jurisdiction = Regime::of(economy(importer), day, &books([])).jurisdiction();
    let books =
        CustomsBooks::new([tariff(jurisdiction.code(), &[&row])], Rates::default(), super::origin_book());
    let question = DutyQuestion {
        on: day,
        ..ask(importer, example.cell("origin"), example.cell("hs"), super::money("1000", "EUR"), &facts)
    };
    let answer = duty(&question, &books);
    let known = answer.preferences.iter().find(|it| it.saved.is_some());
    let found = known.map_or(("-", "-"), |it| (it.scheme.as_str(), it.rate.as_str()));
    assert_eq!(found, (example.cell("scheme"), example.cell("expression")), "{place}");
}
