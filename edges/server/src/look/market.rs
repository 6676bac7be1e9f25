//! Who supplies the world, and at what unit values.

use ::market::{MarketError, price, suppliers};
use axum::extract::State;
use axum::http::HeaderMap;
use desk::sheet::{Cell, Kind, Sheet};
use desk::show::sources::Sources;
use domain::{Evidence, Ppm, Source};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};

use super::ways::Band;
use super::{economy, subheading};
use crate::app::App;
use crate::hall::Hall;
use crate::lang::{Language, with_words};
use crate::problem::Problem;
use crate::reply::Reply;
use crate::tables::Shape;
use crate::take::Args;
use crate::who::Who;

fn fault(error: &MarketError) -> Problem {
    let exit = match error {
        MarketError::NoTrade { .. } => desk::Exit::NotFound,
        _ => desk::Exit::DataMissing,
    };
    desk::Fault::said(exit, &error.to_string()).into()
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SupplierArgs {
    /// HS code, 6 digits.
    #[param(example = "850511", max_length = 20)]
    hs: String,
    /// As seen from this importing economy.
    #[param(example = "GB", max_length = 80)]
    #[serde(default)]
    importer: Option<String>,
    #[param(inline, schema_with = crate::openapi::shapes)]
    #[serde(default)]
    format: Option<String>,
}

/// An economy that supplies the goods.
#[derive(Debug, Serialize, ToSchema)]
pub struct SupplierEconomy {
    economy: String,
    name: String,
    usd: i64,
    #[schema(required)]
    tonnes: Option<f64>,
    #[schema(required)]
    share_percent: Option<f64>,
    #[schema(required)]
    world_share_percent: Option<f64>,
    /// A year, since the earliest year in the book.
    #[schema(required)]
    growth_percent: Option<f64>,
    #[schema(required)]
    usd_per_kg: Option<f64>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct SupplierEconomies {
    hs: String,
    year: u16,
    #[schema(required)]
    importer: Option<String>,
    total_usd: i64,
    /// Herfindahl-Hirschman index, 1/n to 1.
    #[schema(required)]
    hhi: Option<f64>,
    items: Vec<SupplierEconomy>,
    #[schema(schema_with = crate::openapi::source)]
    source: Arc<Source>,
}

/// Economies that supply goods, largest first
#[utoipa::path(get, path = "/markets/suppliers", tag = "words", params(SupplierArgs),
    responses((status = 200, description = "Suppliers", content(
        (SupplierEconomies = "application/json"), (String = "text/csv"),
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (Vec<u8> = "application/vnd.apache.parquet"), (Vec<u8> = "application/vnd.apache.arrow.stream"))),
        (status = 404, description = "No trade is recorded", body = crate::problem::Written),
        (status = 406, description = "No such format", body = crate::problem::Written),
        (status = 422, description = "The code or economy is none", body = crate::problem::Written),
        (status = 424, description = "No flows are loaded", body = crate::problem::Written)))]
pub async fn list_suppliers(
    State(app): State<App>,
    _who: Who,
    language: Language,
    headers: HeaderMap,
    Args(args): Args<SupplierArgs>,
) -> Result<Reply, Problem> {
    let shape = Shape::asked(args.format.as_deref(), &headers)?;
    let hall = app.hall().await?;
    let found = app.pool().run(move || find_suppliers(&hall, &args, language)).await??;
    if shape == Shape::Json {
        return Reply::json(&found);
    }
    let entry = with_words(language.words, None, |words| shape.entry(&sheet(&found, words), words))?;
    Ok(Reply::of(entry).attachment(&format!("suppliers.{}", shape.word())))
}

fn find_suppliers(
    hall: &Hall,
    args: &SupplierArgs,
    language: Language,
) -> Result<SupplierEconomies, Problem> {
    let hs = subheading(&args.hs)?;
    let importer = args.importer.as_deref().map(|it| economy(hall, it)).transpose()?;
    let opened = hall.room.opened(hs)?;
    let answer = suppliers(hs, None, importer, &opened.flows).map_err(|it| fault(&it))?;
    let percent = |it: Ppm| it.to_f64() * 100.0;
    let items = answer.suppliers.iter().map(|it| SupplierEconomy {
        economy: it.economy.code().to_owned(),
        name: desk::books::economy_name(&hall.room.tables.economies, it.economy, language.words),
        usd: it.trade.usd,
        tonnes: it.trade.kg().map(|it| it / 1_000.0),
        share_percent: it.share.map(percent),
        world_share_percent: it.world_share.map(percent),
        growth_percent: it.growth.map(percent),
        usd_per_kg: it.mean_usd_per_kg,
    });
    Ok(SupplierEconomies {
        hs: hs.to_string(),
        year: answer.year,
        importer: importer.map(|it| it.code().to_owned()),
        total_usd: answer.total.usd,
        hhi: answer.hhi,
        items: items.collect(),
        source: Arc::clone(opened.flows.source()),
    })
}

fn sheet(found: &SupplierEconomies, words: &desk::words::Words) -> Sheet {
    let columns = [
        ("economy", Kind::Code),
        ("name", Kind::Text),
        ("usd", Kind::Whole),
        ("share_percent", Kind::Real(1)),
        ("world_share_percent", Kind::Real(1)),
        ("growth_percent", Kind::Real(1)),
        ("usd_per_kg", Kind::Real(2)),
        ("tonnes", Kind::Real(1)),
    ];
    let mut sheet = Sheet::with_keys("suppliers", words, &columns);
    for it in &found.items {
        let real = |it: Option<f64>| Cell::maybe(it, Cell::Real);
        sheet.rows.push(vec![
            Cell::text(&it.economy),
            Cell::text(&it.name),
            Cell::Whole(it.usd),
            real(it.share_percent),
            real(it.world_share_percent),
            real(it.growth_percent),
            real(it.usd_per_kg),
            real(it.tonnes),
        ]);
    }
    sheet.notes.push(Sources::words(&found.source));
    sheet
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PriceArgs {
    /// HS code, 6 digits.
    #[param(example = "850511", max_length = 20)]
    hs: String,
    #[param(example = "CN", max_length = 80)]
    #[serde(default)]
    exporter: Option<String>,
    #[param(example = "GB", max_length = 80)]
    #[serde(default)]
    importer: Option<String>,
}

/// What a kilogram was worth, FOB at the exporter's border.
#[derive(Debug, Serialize, ToSchema)]
pub struct Price {
    hs: String,
    year: u16,
    #[schema(required)]
    exporter: Option<String>,
    #[schema(required)]
    importer: Option<String>,
    trade_usd: i64,
    #[schema(required)]
    mean_usd_per_kg: Option<f64>,
    /// Null when no quantity is known anywhere.
    #[schema(required)]
    band: Option<PriceBand>,
    #[schema(schema_with = crate::openapi::source)]
    source: Arc<Source>,
}

/// The band of unit values, outliers set aside.
#[derive(Debug, Serialize, ToSchema)]
pub struct PriceBand {
    usd_per_kg: Band,
    flows: usize,
    outliers: usize,
    unweighed: usize,
    #[schema(schema_with = crate::openapi::evidence)]
    because: Evidence,
}

/// The band of unit values of goods
#[utoipa::path(get, path = "/markets/price", tag = "words", params(PriceArgs),
    responses((status = 200, description = "The band", body = Price),
        (status = 404, description = "No trade is recorded", body = crate::problem::Written),
        (status = 422, description = "The code or economy is none", body = crate::problem::Written),
        (status = 424, description = "No flows are loaded", body = crate::problem::Written)))]
pub async fn get_price(
    State(app): State<App>,
    _who: Who,
    Args(args): Args<PriceArgs>,
) -> Result<Reply, Problem> {
    let hall = app.hall().await?;
    let found = app.pool().run(move || find_price(&hall, &args)).await??;
    Reply::json(&found)
}

fn find_price(hall: &Hall, args: &PriceArgs) -> Result<Price, Problem> {
    let hs = subheading(&args.hs)?;
    let named = |word: &Option<String>| word.as_deref().map(|it| economy(hall, it)).transpose();
    let (exporter, importer) = (named(&args.exporter)?, named(&args.importer)?);
    let opened = hall.room.opened(hs)?;
    let answer =
        price(hs, None, exporter, importer, &opened.flows, &opened.economies).map_err(|it| fault(&it))?;
    let band = answer.benchmark.map(|it| PriceBand {
        usd_per_kg: Band::of(&it.usd_per_kg),
        flows: it.band.flows,
        outliers: it.band.outliers,
        unweighed: it.band.unweighed,
        because: it.because,
    });
    Ok(Price {
        hs: hs.to_string(),
        year: answer.year,
        exporter: exporter.map(|it| it.code().to_owned()),
        importer: importer.map(|it| it.code().to_owned()),
        trade_usd: answer.trade.usd,
        mean_usd_per_kg: answer.mean_usd_per_kg,
        band,
        source: Arc::clone(opened.flows.source()),
    })
}
