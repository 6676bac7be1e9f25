//! Tariffs and duties.

use std::collections::BTreeMap;

use ::customs::{CustomsBooks, DutyAnswer, DutyQuestion, PreferenceState, duty, jurisdiction_of};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use desk::sheet::{Cell, Kind, Sheet};
use desk::show::sources::Sources;
use domain::{CostKind, Date, Economy, Evidence, Finding, Mode, Money};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{bad, day, economy, goods};
use crate::app::App;
use crate::hall::Hall;
use crate::lang::{Language, with_words};
use crate::problem::Problem;
use crate::reply::Reply;
use crate::tables::Shape;
use crate::take::{Args, Body};
use crate::who::Who;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TariffArgs {
    /// Only the rates that apply to goods of this origin.
    #[param(max_length = 80, example = "CN")]
    #[serde(default)]
    origin: Option<String>,
    #[param(value_type = Option<String>, format = Date)]
    #[serde(default)]
    as_of: Option<Date>,
    #[param(inline, schema_with = crate::openapi::shapes)]
    #[serde(default)]
    format: Option<String>,
}

/// One measure of a tariff.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeasureItem {
    /// Empty: all goods.
    hs: String,
    measure: String,
    /// "*" for everyone, an economy, or a group of them.
    geo: String,
    programme: String,
    rate: String,
    #[schema(required)]
    from_day: Option<String>,
    #[schema(required)]
    to_day: Option<String>,
    condition: String,
    reference: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Tariff {
    importer: String,
    hs: String,
    #[schema(format = Date)]
    as_of: String,
    items: Vec<MeasureItem>,
    /// Measures of these goods that are in force on other days.
    other_days: usize,
    #[schema(schema_with = crate::openapi::source)]
    source: std::sync::Arc<domain::Source>,
}

/// The lines of a tariff under a code, with all their rates
#[utoipa::path(get, path = "/tariffs/{importer}/{hs}", tag = "words",
    params(("importer" = String, Path, description = "An economy, or EU", example = "GB"), ("hs" = String, Path, example = "850511"), TariffArgs),
    responses((status = 200, description = "Measures in force", content(
        (Tariff = "application/json"), (String = "text/csv"),
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (Vec<u8> = "application/vnd.apache.parquet"), (Vec<u8> = "application/vnd.apache.arrow.stream"))),
        (status = 406, description = "No such format", body = crate::problem::Written),
        (status = 422, description = "The code or economy is none", body = crate::problem::Written),
        (status = 424, description = "No such tariff is loaded", body = crate::problem::Written)))]
pub async fn get_tariff(
    State(app): State<App>,
    _who: Who,
    language: Language,
    headers: HeaderMap,
    Path((importer, hs)): Path<(String, String)>,
    Args(args): Args<TariffArgs>,
) -> Result<Reply, Problem> {
    let shape = Shape::asked(args.format.as_deref(), &headers)?;
    let (hall, on) = (app.hall().await?, day(&app, args.as_of));
    let found = app.pool().run(move || tariff(&hall, &importer, &hs, args.origin.as_deref(), on)).await??;
    if shape == Shape::Json {
        return Reply::json(&found);
    }
    let entry = with_words(language.words, None, |words| shape.entry(&sheet(&found, words), words))?;
    Ok(Reply::of(entry).attachment(&format!("tariff.{}", shape.word())))
}

/// The importing economy; the European Union is one here.
fn importer_of(hall: &Hall, word: &str) -> Result<Economy, Problem> {
    if word.eq_ignore_ascii_case("EU") {
        return Ok(Economy::new(*b"EU"));
    }
    economy(hall, word)
}

fn tariff(hall: &Hall, importer: &str, hs: &str, origin: Option<&str>, on: Date) -> Result<Tariff, Problem> {
    let importer = importer_of(hall, importer)?;
    let origin = origin.map(|it| economy(hall, it)).transpose()?;
    let hs = goods(hs)?;
    let books = hall.customs(jurisdiction_of(importer, on, &::customs::shipped()), on)?;
    let tariff = books.find_tariff(importer, on).ok_or_else(|| no_tariff(hall, importer))?;
    let in_force =
        |from: Option<Date>, to: Option<Date>| from.is_none_or(|it| it <= on) && to.is_none_or(|it| on <= it);
    let of_origin = |geo: &str| origin.is_none_or(|it| geo == "*" || geo == it.code() || geo.len() != 2);
    let mut other_days = 0;
    let mut items = Vec::new();
    for it in tariff.measures(hs) {
        if !in_force(it.from, it.to) {
            other_days += 1;
            continue;
        }
        if of_origin(it.geo) {
            items.push(MeasureItem {
                measure: it.kind.word().to_owned(),
                geo: it.geo.to_owned(),
                programme: it.programme.to_owned(),
                rate: it.expression.text.to_string(),
                from_day: it.from.map(|it| it.to_string()),
                to_day: it.to.map(|it| it.to_string()),
                condition: it.condition.to_owned(),
                reference: it.reference.to_owned(),
                hs: it.hs,
            });
        }
    }
    if items.is_empty() {
        let (hs, importer, date) = (hs.to_string(), importer.to_string(), on.to_string());
        let args = [("hs", hs.as_str()), ("importer", &importer), ("date", &date)];
        return Err(desk::Fault::ours(desk::Exit::NotFound, 1926, &args).into());
    }
    let source = std::sync::Arc::clone(tariff.source());
    Ok(Tariff {
        importer: importer.to_string(),
        hs: hs.to_string(),
        as_of: on.to_string(),
        items,
        other_days,
        source,
    })
}

fn no_tariff(hall: &Hall, importer: Economy) -> Problem {
    let all = desk::books::tariff_books(&hall.room.library);
    let known = all.iter().map(|it| it.1.code().to_owned()).collect::<Vec<_>>().join(", ");
    desk::Fault::ours(desk::Exit::DataMissing, 1925, &[("importer", importer.code()), ("known", &known)])
        .into()
}

fn sheet(found: &Tariff, words: &desk::words::Words) -> Sheet {
    let columns = [
        ("hs", Kind::Code),
        ("measure", Kind::Code),
        ("geo", Kind::Code),
        ("programme", Kind::Code),
        ("rate", Kind::Text),
        ("from_day", Kind::Code),
        ("to_day", Kind::Code),
        ("condition", Kind::Text),
        ("reference", Kind::Text),
    ];
    let mut sheet = Sheet::with_keys("tariff", words, &columns);
    for it in &found.items {
        let day = |it: &Option<String>| Cell::text(it.clone().unwrap_or_default());
        sheet.rows.push(vec![
            Cell::text(&it.hs),
            Cell::text(&it.measure),
            Cell::text(&it.geo),
            Cell::text(&it.programme),
            Cell::text(&it.rate),
            day(&it.from_day),
            day(&it.to_day),
            Cell::text(&it.condition),
            Cell::text(&it.reference),
        ]);
    }
    sheet.notes.push(Sources::words(&found.source));
    sheet
}

/// A consignment.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Consignment {
    /// An economy by code or name.
    #[schema(example = "GB", max_length = 80)]
    importer: String,
    #[schema(example = "CN", max_length = 80)]
    origin: String,
    #[schema(example = "8505110090", max_length = 20)]
    hs: String,
    /// The customs value, with what it takes in of carriage and insurance.
    #[schema(schema_with = crate::openapi::money)]
    value: Money,
    #[schema(example = "5 t", max_length = 40)]
    #[serde(default)]
    quantity: Option<String>,
    #[schema(schema_with = crate::openapi::maybe_mode)]
    #[serde(default)]
    mode: Option<Mode>,
    /// What can be proved, by name: "origin.wholly_obtained" = "yes".
    #[serde(default)]
    facts: BTreeMap<String, String>,
    #[schema(value_type = Option<String>, format = Date)]
    #[serde(default)]
    as_of: Option<Date>,
}

/// One duty, fee or tax.
#[derive(Debug, Serialize, ToSchema)]
pub struct DutyLine {
    #[schema(value_type = String)]
    kind: CostKind,
    label: String,
    #[schema(schema_with = crate::openapi::maybe_money)]
    amount: Option<Money>,
    /// Not rounded.
    #[schema(required)]
    exact: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, schema_with = crate::openapi::two_moneys)]
    range: Option<(Money, Money)>,
    recoverable: bool,
    #[schema(schema_with = crate::openapi::evidence)]
    because: Evidence,
}

/// A preference under an agreement.
#[derive(Debug, Serialize, ToSchema)]
pub struct DutyPreference {
    scheme: String,
    title: String,
    rate: String,
    #[schema(schema_with = crate::openapi::maybe_money)]
    saved: Option<Money>,
    rule_of_origin: String,
    must_prove: Vec<String>,
    ask: Vec<String>,
    /// claimed, provable, not_met or unknown.
    state: &'static str,
    reference: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Duties {
    importer: String,
    origin: String,
    hs: String,
    #[schema(format = Date)]
    as_of: String,
    #[schema(schema_with = crate::openapi::maybe_money)]
    customs_value: Option<Money>,
    lines: Vec<DutyLine>,
    preferences: Vec<DutyPreference>,
    #[schema(schema_with = crate::openapi::findings)]
    findings: Vec<Finding>,
}

/// Duty, additional duties, tax and fees on a consignment
#[utoipa::path(post, path = "/duties", tag = "words", request_body = Consignment,
    responses((status = 200, description = "What is owed; an unknown amount is null", body = Duties),
        (status = 424, description = "No such tariff is loaded", body = crate::problem::Written)))]
pub async fn reckon_duty(
    State(app): State<App>,
    _who: Who,
    Body(sent): Body<Consignment>,
) -> Result<Reply, Problem> {
    let (hall, on) = (app.hall().await?, day(&app, sent.as_of));
    let duties = app.pool().run(move || reckon(&hall, &sent, on)).await??;
    Reply::json(&duties)
}

/// No consignment has more to prove.
const FACTS: usize = 200;

fn reckon(hall: &Hall, sent: &Consignment, on: Date) -> Result<Duties, Problem> {
    if sent.facts.len() > FACTS {
        return Err(Problem::refused("facts", &format!("more than {FACTS}")));
    }
    let (importer, origin) = (importer_of(hall, &sent.importer)?, economy(hall, &sent.origin)?);
    let books: std::sync::Arc<CustomsBooks> =
        hall.customs(jurisdiction_of(importer, on, &::customs::shipped()), on)?;
    let quantity = super::ways::kilograms(sent.quantity.as_deref().unwrap_or_default())?;
    let zero = Money::zero(sent.value.currency());
    let question = DutyQuestion {
        importer,
        origin,
        dispatched_from: origin,
        hs: sent.hs.parse().map_err(bad)?,
        on,
        mode: sent.mode,
        price: sent.value,
        // The value is the customs value: what it takes in of carriage and insurance is in it already.
        freight_to_border: Some(zero),
        insurance: Some(zero),
        freight_inland: Some(zero),
        consignment: None,
        quantity,
        net_kg: quantity.and_then(|it| it.to(domain::Unit::Kilogram).ok()).map(|it| it.amount),
        measures: &[],
        facts: &sent.facts,
    };
    Ok(written(&question, duty(&question, &books)))
}

fn written(question: &DutyQuestion<'_>, answer: DutyAnswer) -> Duties {
    let lines = answer.lines.into_iter().map(|it| DutyLine {
        kind: it.kind,
        label: it.label,
        amount: it.amount,
        exact: it.exact.map(|it| it.to_string()),
        range: it.range,
        recoverable: it.recoverable,
        because: it.because,
    });
    let preferences = answer.preferences.into_iter().map(|it| DutyPreference {
        scheme: it.scheme,
        title: it.title,
        rate: it.rate,
        saved: it.saved,
        rule_of_origin: it.rule_of_origin,
        must_prove: it.must_prove,
        ask: it.ask,
        state: state_word(it.state),
        reference: it.reference,
    });
    Duties {
        importer: question.importer.to_string(),
        origin: question.origin.to_string(),
        hs: question.hs.to_string(),
        as_of: question.on.to_string(),
        customs_value: answer.customs_value.map(|it| it.value),
        lines: lines.collect(),
        preferences: preferences.collect(),
        findings: answer.findings,
    }
}

fn state_word(state: PreferenceState) -> &'static str {
    match state {
        PreferenceState::Claimed => "claimed",
        PreferenceState::Provable => "provable",
        PreferenceState::NotMet => "not_met",
        PreferenceState::Unknown => "unknown",
    }
}
