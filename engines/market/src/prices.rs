//! Benchmark prices and suppliers of a good, for people who ask without a need.

use std::collections::BTreeMap;

use domain::{Economy, EconomyBook, HsCode, Ppm};
use serde::Serialize;

use crate::band::{Benchmark, Field};
use crate::candidates::world;
use crate::error::MarketError;
use crate::flows::{Flow, FlowBook, Side, Tally};
use crate::measures::{growth, hhi, hhi_normalised, share};

/// What a kilogram was worth, FOB at the exporter's border.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PriceAnswer {
    pub hs: HsCode,
    pub year: u16,
    pub origin: Option<Economy>,
    pub importer: Option<Economy>,
    /// Flows between the two (or of the one, or of all).
    pub trade: Tally,
    /// `None` when no quantity is known anywhere.
    pub benchmark: Option<Benchmark>,
    /// Mean unit value of the flows asked for, over known quantities: USD per kilogram.
    pub mean_usd_per_kg: Option<f64>,
}

/// The benchmark price of goods from `origin`, to `importer`, between both, or in all the world's trade.
///
/// # Errors
/// [`MarketError::NoFlows`] when the goods are not in the book; [`MarketError::NoTrade`] when the economy asked for has no
/// flow of them. A pair without a recorded flow is answered from the origin's other flows, with an empty `trade`.
pub fn price(
    hs: HsCode,
    year: Option<u16>,
    origin: Option<Economy>,
    importer: Option<Economy>,
    book: &FlowBook,
    economies: &EconomyBook,
) -> Result<PriceAnswer, MarketError> {
    let year = world(hs, year, book)?.year;
    let all: Vec<Flow> = book.slice(hs, year).iter().collect();
    let of = |side: Side, economy: Option<Economy>| -> Result<Vec<Flow>, MarketError> {
        let Some(economy) = economy else { return Ok(all.clone()) };
        let flows: Vec<Flow> = all.iter().filter(|it| it.party(side) == economy).copied().collect();
        if flows.is_empty() {
            return Err(MarketError::NoTrade { economy, hs, side: side.word(), year });
        }
        Ok(flows)
    };
    let sold = of(Side::Exporter, origin)?;
    let bought = of(Side::Importer, importer)?;
    let asked: Vec<Flow> =
        sold.iter().filter(|it| importer.is_none_or(|to| it.importer == to)).copied().collect();
    let side = if origin.is_some() { Side::Exporter } else { Side::Importer };
    let field = Field { flows: &all, side, economies, source: book.source(), year };
    let benchmark = match origin.or(importer) {
        None => field.world_band(),
        // One flow is no band: between two economies, the band is that of the origin.
        Some(economy) => field.benchmark(economy, if origin.is_some() { &sold } else { &bought }),
    };
    let trade = Tally::of(&asked);
    Ok(PriceAnswer { hs, year, origin, importer, trade, benchmark, mean_usd_per_kg: trade.unit_value() })
}

/// One supplier economy of an importer, or of the world.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Supplier {
    pub economy: Economy,
    pub trade: Tally,
    /// Of the importer's purchases, or of world exports.
    pub share: Option<Ppm>,
    /// Yearly growth since the earliest year in the book.
    pub growth: Option<Ppm>,
    /// Over known quantities, USD per kilogram FOB.
    pub mean_usd_per_kg: Option<f64>,
    /// Its share of all world exports of the goods.
    pub world_share: Option<Ppm>,
}

/// Suppliers, largest first, and how concentrated they are.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SuppliersAnswer {
    pub hs: HsCode,
    pub year: u16,
    pub base_year: Option<u16>,
    pub importer: Option<Economy>,
    pub total: Tally,
    pub suppliers: Vec<Supplier>,
    pub hhi: Option<f64>,
    pub hhi_normalised: Option<f64>,
}

/// Who supplies `importer` (all importers when `None`) with the goods.
///
/// # Errors
/// [`MarketError::NoFlows`] and, for an importer without recorded purchases, [`MarketError::NoTrade`].
pub fn suppliers(
    hs: HsCode,
    year: Option<u16>,
    importer: Option<Economy>,
    book: &FlowBook,
) -> Result<SuppliersAnswer, MarketError> {
    let world = world(hs, year, book)?;
    let year = world.year;
    let exports = book.slice(hs, year).tallies(Side::Exporter);
    let bought = purchases(book, hs, year, importer);
    if let (Some(economy), true) = (importer, bought.is_empty()) {
        return Err(MarketError::NoTrade { economy, hs, side: Side::Importer.word(), year });
    }
    let before = world.base_year.map(|it| (it, purchases(book, hs, it, importer)));
    let mut total = Tally::default();
    for flow in book.slice(hs, year).iter().filter(|it| importer.is_none_or(|to| it.importer == to)) {
        total.add(&flow);
    }
    let mut suppliers: Vec<Supplier> = bought
        .iter()
        .map(|(&economy, &trade)| Supplier {
            economy,
            trade,
            share: share(trade.usd, total.usd),
            growth: before
                .as_ref()
                .and_then(|(from, tallies)| growth(tallies.get(&economy)?.usd, trade.usd, year - from)),
            mean_usd_per_kg: trade.unit_value(),
            world_share: exports.get(&economy).and_then(|it| share(it.usd, world.trade.usd)),
        })
        .collect();
    suppliers.sort_by(|a, b| b.trade.usd.cmp(&a.trade.usd).then(a.economy.cmp(&b.economy)));
    Ok(SuppliersAnswer {
        hs,
        year,
        base_year: world.base_year,
        importer,
        total,
        hhi: hhi(bought.values().map(|it| it.usd)),
        hhi_normalised: hhi_normalised(bought.values().map(|it| it.usd)),
        suppliers,
    })
}

fn purchases(book: &FlowBook, hs: HsCode, year: u16, importer: Option<Economy>) -> BTreeMap<Economy, Tally> {
    let mut tallies: BTreeMap<Economy, Tally> = BTreeMap::new();
    for flow in book.slice(hs, year).iter().filter(|it| importer.is_none_or(|to| it.importer == to)) {
        tallies.entry(flow.exporter).or_default().add(&flow);
    }
    tallies
}

#[cfg(test)]
mod tests;
