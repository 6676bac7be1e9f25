//! Ways between two places.

use axum::extract::State;
use axum::http::HeaderMap;
use desk::sheet::{Cell, Kind, Sheet};
use domain::{Date, Interval, Mode, Place, Quantity};
use routes::{PassageSet, RouteError, RouteOption, RouteQuestion, alternatives};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{bad, day};
use crate::app::App;
use crate::hall::Hall;
use crate::lang::{Language, with_words};
use crate::problem::Problem;
use crate::reply::Reply;
use crate::tables::Shape;
use crate::take::Args;
use crate::who::Who;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct WayArgs {
    /// A place, as `Shanghai`, `CNSHA` or `Birmingham, GB`.
    #[param(min_length = 1, max_length = 200, example = "CNSHA")]
    from: String,
    #[param(min_length = 1, max_length = 200, example = "GBBHM")]
    to: String,
    /// Passages that are shut, with commas between them.
    #[param(max_length = 400, example = "Suez")]
    #[serde(default)]
    shut: Option<String>,
    #[param(minimum = 0.001, maximum = 1_000_000, default = 20)]
    #[serde(default)]
    tonnes: Option<f64>,
    /// Only ways with one of these modes, with commas between them.
    #[param(
        max_length = 40,
        pattern = "^(sea|air|rail|road)(,(sea|air|rail|road)){0,3}$",
        example = "sea,rail"
    )]
    #[serde(default)]
    modes: Option<String>,
    #[param(value_type = Option<String>, format = Date)]
    #[serde(default)]
    as_of: Option<Date>,
    #[param(inline, schema_with = crate::openapi::shapes)]
    #[serde(default)]
    format: Option<String>,
}

/// P10, P50 and P90, or least, middle and most.
#[derive(Debug, Serialize, ToSchema)]
pub struct Band {
    low: f64,
    mid: f64,
    high: f64,
}

impl Band {
    pub fn of(it: &Interval) -> Self {
        Self { low: it.low, mid: it.mid, high: it.high }
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub struct WayLeg {
    mode: &'static str,
    from: String,
    to: String,
    distance_km: f64,
    passages: Vec<&'static str>,
}

/// One way from door to door.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Way)]
pub struct WayItem {
    id: String,
    /// In words.
    way: String,
    distance_km: f64,
    passages: Vec<&'static str>,
    days: Band,
    /// For the mass that was asked about; assumed rates.
    freight_usd: Band,
    legs: Vec<WayLeg>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct LeftOut {
    what: String,
    reason: String,
    /// There is such a way, but better ones were kept.
    exists: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Ways {
    #[schema(schema_with = crate::openapi::place)]
    from: Place,
    #[schema(schema_with = crate::openapi::place)]
    to: Place,
    mass_kg: f64,
    shut: Vec<&'static str>,
    /// Soonest first.
    options: Vec<WayItem>,
    dropped: Vec<LeftOut>,
}

/// Ways between two places, soonest first
#[utoipa::path(get, path = "/routes", tag = "words", params(WayArgs),
    responses((status = 200, description = "Ways, and what was left out", content(
        (Ways = "application/json"), (String = "text/csv"),
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (Vec<u8> = "application/vnd.apache.parquet"), (Vec<u8> = "application/vnd.apache.arrow.stream"))),
        (status = 404, description = "There is no way", body = crate::problem::Written),
        (status = 406, description = "No such format", body = crate::problem::Written),
        (status = 422, description = "A place or passage is not known", body = crate::problem::Written)))]
pub async fn find_ways(
    State(app): State<App>,
    _who: Who,
    language: Language,
    headers: HeaderMap,
    Args(args): Args<WayArgs>,
) -> Result<Reply, Problem> {
    let shape = Shape::asked(args.format.as_deref(), &headers)?;
    let (hall, on) = (app.hall().await?, day(&app, args.as_of));
    let ways = app.pool().run(move || find(&hall, &args, on)).await??;
    if shape == Shape::Json {
        return Reply::json(&ways);
    }
    let entry = with_words(language.words, None, |words| shape.entry(&sheet(&ways, words), words))?;
    Ok(Reply::of(entry).attachment(&format!("ways.{}", shape.word())))
}

fn find(hall: &Hall, args: &WayArgs, on: Date) -> Result<Ways, Problem> {
    let tonnes = args.tonnes.unwrap_or(20.0);
    if !(0.001..=1_000_000.0).contains(&tonnes) {
        return Err(Problem::address("tonnes", "must be 0.001 to 1000000"));
    }
    let modes = modes(args.modes.as_deref().unwrap_or_default())?;
    let closed = PassageSet::parse(args.shut.as_deref().unwrap_or_default()).map_err(|it| fault(&it))?;
    let (from, to) = (place(hall, "from", &args.from)?, place(hall, "to", &args.to)?);
    let question = RouteQuestion {
        origin: from.clone(),
        destination: to.clone(),
        mass_kg: tonnes * 1_000.0,
        closed,
        vessel: None,
        as_of: on.to_string(),
    };
    let books = hall.room.base().books(&hall.room.library).routes;
    let mut answer = alternatives(&question, books).map_err(|it| fault(&it))?;
    if !modes.is_empty() {
        answer.options.retain(|it| it.legs.iter().any(|leg| modes.contains(&leg.mode)));
    }
    let left_out =
        answer.dropped.into_iter().map(|it| LeftOut { what: it.what, reason: it.reason, exists: it.exists });
    Ok(Ways {
        from,
        to,
        mass_kg: question.mass_kg,
        shut: closed.iter().map(routes::Passage::name).collect(),
        options: answer.options.iter().map(item).collect(),
        dropped: left_out.collect(),
    })
}

fn item(it: &RouteOption) -> WayItem {
    let leg = |leg: &routes::Leg| WayLeg {
        mode: leg.mode.word(),
        from: leg.from.name.clone(),
        to: leg.to.name.clone(),
        distance_km: leg.distance_km,
        passages: leg.passages.iter().map(routes::Passage::name).collect(),
    };
    let legs: Vec<WayLeg> = it.legs.iter().map(leg).collect();
    let first = legs.first().map_or_else(String::new, |it| it.from.clone());
    let way = legs.iter().fold(first, |text, leg| format!("{text} –{}→ {}", leg.mode, leg.to));
    WayItem {
        id: it.id.clone(),
        way,
        distance_km: it.distance_km,
        passages: it.passages.iter().map(routes::Passage::name).collect(),
        days: Band::of(&it.days),
        freight_usd: Band::of(&it.freight_usd),
        legs,
    }
}

fn modes(text: &str) -> Result<Vec<Mode>, Problem> {
    let words = text.split(',').map(str::trim).filter(|it| !it.is_empty());
    let mode = |word: &str| Mode::ALL.into_iter().find(|it| it.word() == word.to_lowercase());
    let read = |word| {
        mode(word)
            .ok_or_else(|| Problem::address("modes", &format!("'{word}' is none of sea, air, rail, road")))
    };
    words.map(read).collect()
}

fn place(hall: &Hall, what: &str, text: &str) -> Result<Place, Problem> {
    if text.chars().count() > 200 {
        return Err(Problem::address(what, "must have 1 to 200 characters"));
    }
    let tables = &hall.room.tables;
    let found = tables.places.resolve(text, &tables.economies, &[]);
    let found = found.map_err(|it| desk::Fault::said(desk::Exit::BadInput, &it.to_string()))?;
    Ok(found.place)
}

fn fault(error: &RouteError) -> Problem {
    let exit = match error {
        RouteError::Table { .. } => desk::Exit::DataMissing,
        RouteError::NoRoute { .. } | RouteError::UnknownPlace { .. } => desk::Exit::NotFound,
        _ => desk::Exit::BadInput,
    };
    desk::Fault::said(exit, &error.to_string()).into()
}

fn sheet(ways: &Ways, words: &desk::words::Words) -> Sheet {
    let columns = [
        ("way", Kind::Text),
        ("km", Kind::Real(0)),
        ("days_p10", Kind::Real(1)),
        ("days_p50", Kind::Real(1)),
        ("days_p90", Kind::Real(1)),
        ("freight_usd", Kind::Real(0)),
        ("passages", Kind::Text),
    ];
    let mut sheet = Sheet::with_keys("routes", words, &columns);
    for it in &ways.options {
        sheet.rows.push(vec![
            Cell::text(&it.way),
            Cell::Real(it.distance_km),
            Cell::Real(it.days.low),
            Cell::Real(it.days.mid),
            Cell::Real(it.days.high),
            Cell::Real(it.freight_usd.mid),
            Cell::text(it.passages.join(", ")),
        ]);
    }
    sheet
}

/// "20 t" as kilograms.
pub(super) fn kilograms(text: &str) -> Result<Option<Quantity>, Problem> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(bad)
}
