//! Tests of the engine. Tariff rows are invented unless a test says otherwise; cases that must hold cite their source.

mod answers;
mod cases;
mod examples;
mod many;
mod selection;

use std::fmt::Write as _;
use std::sync::Arc;

use domain::{Currency, Date, Decimal, Economy, Mode, Money, Quantity, Source};

use crate::book::{GROUPS_HEADER, MEASURES_HEADER, TariffBook};
use crate::expression::Rates;
use crate::origin::{Facts, MEMBERS_HEADER, OriginBook, RULES_HEADER, SCHEMES_HEADER};
use crate::question::DutyQuestion;
use crate::regime::CustomsBooks;

pub(super) fn source(title: &str, vintage: &str) -> Arc<Source> {
    Arc::new(Source {
        title: title.into(),
        publisher: "invented for a test".into(),
        vintage: vintage.into(),
        book: None,
        licence: None,
    })
}

pub(super) fn economy(code: &str) -> Economy {
    code.parse().unwrap()
}

pub(super) fn on(text: &str) -> Date {
    text.parse().unwrap()
}

pub(super) fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// A book of rows "hs,geo,kind,programme,expression", the rest of the columns empty unless written.
pub(super) fn tariff(jurisdiction: &str, rows: &[&str]) -> Arc<TariffBook> {
    let mut text = format!("{MEASURES_HEADER}\n");
    for row in rows {
        let commas = 11_usize.saturating_sub(row.matches(',').count());
        let _ = writeln!(text, "{row}{}", ",".repeat(commas));
    }
    let groups = format!("{GROUPS_HEADER}\nDEV,BD,,\nDEV,VN,2020-01-01,2025-12-31\n");
    Arc::new(TariffBook::from_csv(economy(jurisdiction), &text, &groups, source("tariff", "2026")).unwrap())
}

pub(super) fn origin_book() -> Arc<OriginBook> {
    let schemes = format!(
        "{SCHEMES_HEADER}\n\
         japan,GB,UK-Japan agreement,2021-01-01,,no,Statement on origin; Importer's knowledge,CEPA\n\
         eu,GB,UK-EU agreement,2021-01-01,,no,Statement on origin,TCA\n\
         dcts-ldcs,GB,Comprehensive preferences,2023-06-19,,yes,Origin declaration,SI 2023/561\n"
    );
    let members = format!("{MEMBERS_HEADER}\njapan,JP,,\neu,DE,,\ndcts-ldcs,BD,,\n");
    let rules = format!(
        "{RULES_HEADER}\n\
         japan,8502000000,8518999999,1,CTH,,Change of heading\n\
         japan,8502000000,8518999999,2,MAXNOM,50,At most 50% of the ex-works price\n\
         eu,8502000000,8518999999,1,CTH,,Change of heading\n"
    );
    Arc::new(OriginBook::from_csv(&schemes, &members, &rules, source("origin", "2026")).unwrap())
}

pub(super) fn books(tariffs: impl IntoIterator<Item = Arc<TariffBook>>) -> CustomsBooks {
    CustomsBooks::new(tariffs, Rates::default(), origin_book())
}

pub(super) fn facts(text: &str) -> Facts {
    text.split(';').filter_map(|it| it.split_once('=')).map(|(a, b)| (a.into(), b.into())).collect()
}

pub(super) fn money(amount: &str, code: &str) -> Money {
    Money::parse(amount, code.parse().unwrap()).unwrap()
}

/// A line by sea on 1 June 2026 with nothing but a price; freight, insurance and inland carriage are nothing.
pub(super) fn ask<'a>(
    importer: &str,
    origin: &str,
    hs: &str,
    price: Money,
    facts: &'a Facts,
) -> DutyQuestion<'a> {
    let zero = Money::zero(price.currency());
    DutyQuestion {
        importer: economy(importer),
        origin: economy(origin),
        dispatched_from: economy(origin),
        hs: hs.parse().unwrap(),
        on: on("2026-06-01"),
        mode: Some(Mode::Sea),
        price,
        freight_to_border: Some(zero),
        insurance: Some(zero),
        freight_inland: Some(zero),
        consignment: None,
        quantity: None,
        net_kg: None,
        measures: &[],
        facts,
    }
}

pub(super) fn quantity(text: &str) -> Quantity {
    text.parse().unwrap()
}

pub(super) const GBP: Currency = Currency::GBP;
