//! Who could supply a good, and who could take it: candidates from trade flows, with capacity evidence, share, growth
//! and a benchmark price that is an interval and not a quote. Whoever is not a candidate is named with the reason.

use std::collections::BTreeMap;
use std::fmt;

use domain::{
    Basis, Currency, Economy, EconomyBook, Evidence, Finding, HsCode, Incoterm, Interval, Offer, Ppm,
    Severity,
};
use serde::Serialize;

use crate::band::{Benchmark, Field, Rung};
use crate::error::MarketError;
use crate::flows::{Flow, FlowBook, Side, Slice, Tally, UNSPECIFIED};
use crate::measures::{growth, hhi, hhi_normalised, share};

/// The largest part of an economy's yearly trade in the goods that one need may be. Assumed: beyond half of what a whole
/// economy ships or takes in a year, past trade is no evidence that the need can be met.
pub const MOST_OF_YEARLY_TRADE: f64 = 0.5;
/// Imports of the same goods as a part of exports from which an exporter may be passing on what others made.
/// Assumed: no line is agreed on. A finding only, nobody is dropped for it.
pub const ENTREPOT_RATIO: f64 = 0.75;

/// Who could supply `hs` to `importer`?
#[derive(Clone, Debug)]
pub struct OriginQuestion {
    pub hs: HsCode,
    pub importer: Economy,
    /// Latest year in the book when `None`.
    pub year: Option<u16>,
    /// How much is needed; `None` leaves capacity untested.
    pub quantity_kg: Option<f64>,
    /// Only these economies; empty means any.
    pub only: Vec<Economy>,
    pub never: Vec<Economy>,
}

/// Which economy could take `hs` from `exporter`?
#[derive(Clone, Debug)]
pub struct MarketQuestion {
    pub hs: HsCode,
    pub exporter: Economy,
    pub year: Option<u16>,
    pub quantity_kg: Option<f64>,
    pub only: Vec<Economy>,
    pub never: Vec<Economy>,
}

/// The goods' world trade in the year, and its change since the earliest year in the book.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct World {
    pub hs: HsCode,
    pub year: u16,
    /// Earliest year with flows of the goods, when it is another.
    pub base_year: Option<u16>,
    pub trade: Tally,
    pub growth: Option<Ppm>,
    pub exporters: usize,
    pub importers: usize,
    /// Concentration of exporters: raw (1/n to 1) and normalised (0 to 1).
    pub exporter_hhi: Option<f64>,
    pub exporter_hhi_normalised: Option<f64>,
}

/// One economy that could supply or take the goods.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Candidate {
    /// As the radar takes it; its price is the benchmark's, its `economy` the origin or the market.
    pub offer: Offer,
    /// Its trade with the world on its side.
    pub trade: Tally,
    /// Its recorded flow with the one who asks: `None` when none is recorded.
    pub with_asker: Option<Flow>,
    /// Concentration of its suppliers (a market) or of its customers (an origin).
    pub partner_hhi: Option<f64>,
    pub partner_hhi_normalised: Option<f64>,
    /// Its largest partner and that partner's share.
    pub largest_partner: Option<(Economy, Ppm)>,
    /// What the price rests on; `None` when there is no price.
    pub benchmark: Option<Benchmark>,
    pub findings: Vec<Finding>,
}

/// Why an economy that trades the goods is not a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DropReason {
    /// It is the one who asks: supply within an economy is not in trade data.
    Itself,
    /// Not among the economies that the question admits.
    NotAdmitted,
    /// Among those that the question refuses.
    Refused,
    /// Not an economy: origin or destination is not specified.
    NotSpecified,
    /// Capacity evidence: its yearly trade is too small for the need. Kilograms.
    Capacity { yearly_kg: f64, needed_kg: f64 },
    /// The same by value: recorded masses can be wrong where recorded values are not. US dollars, the need at the world's median
    /// unit value.
    Worth { yearly_usd: i64, needed_usd: f64 },
}

impl fmt::Display for DropReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Itself => f.write_str("it is the asking economy itself"),
            Self::NotAdmitted => f.write_str("not among the economies asked for"),
            Self::Refused => f.write_str("among the economies refused"),
            Self::NotSpecified => f.write_str("an area that the source does not specify"),
            Self::Capacity { yearly_kg, needed_kg } => write!(
                f,
                "capacity evidence: {needed_kg:.0} kg is more than {:.0} % of its yearly {yearly_kg:.0} kg",
                MOST_OF_YEARLY_TRADE * 100.0
            ),
            Self::Worth { yearly_usd, needed_usd } => write!(
                f,
                "capacity evidence: the need is worth {needed_usd:.0} USD at the world's median price, more than {:.0} % of its yearly {yearly_usd} USD",
                MOST_OF_YEARLY_TRADE * 100.0
            ),
        }
    }
}

/// An economy that was considered and is not a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Dropped {
    pub economy: Economy,
    pub reason: DropReason,
    pub trade: Tally,
}

/// Candidates and dropped together are all economies with recorded trade on the side that was asked for.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OriginAnswer {
    pub world: World,
    /// Largest exporter first.
    pub candidates: Vec<Candidate>,
    pub dropped: Vec<Dropped>,
}

/// As [`OriginAnswer`], largest importer first.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MarketAnswer {
    pub world: World,
    pub candidates: Vec<Candidate>,
    pub dropped: Vec<Dropped>,
}

impl OriginAnswer {
    pub fn offers(&self) -> Vec<Offer> {
        self.candidates.iter().map(|it| it.offer.clone()).collect()
    }
}

impl MarketAnswer {
    pub fn offers(&self) -> Vec<Offer> {
        self.candidates.iter().map(|it| it.offer.clone()).collect()
    }
}

/// Bands on so many flows or more are taken as they are; thinner ones are drawn towards the world's.
pub const ENOUGH_FLOWS: usize = 30;
/// From the logarithm of P90 / P10 to a standard deviation, for a normal distribution.
const TENTHS_APART: f64 = 2.563_103_131;

/// The factor by which a thin benchmark is drawn towards the world's median: partial pooling of logarithms, each mean weighing
/// as its precision (Gelman and Hill 2007, Data Analysis Using Regression and Multilevel Models, equation 12.1). Five odd flows
/// then no longer pass for a price level.
fn pooling(benchmark: &Benchmark, world: Option<&Benchmark>) -> f64 {
    let Some(world) = world else { return 1.0 };
    let (own, all) = (benchmark.usd_per_kg, world.usd_per_kg);
    let flows = match benchmark.rung {
        Rung::Own => benchmark.band.flows,
        Rung::OwnMean => 1,
        Rung::Region | Rung::World => return 1.0,
    };
    if flows >= ENOUGH_FLOWS || own.mid <= 0.0 || all.low <= 0.0 {
        return 1.0;
    }
    let spread = |it: Interval| (it.high / it.low.max(f64::MIN_POSITIVE)).ln() / TENTHS_APART;
    let between = spread(all).powi(2);
    let within = spread(own).max(spread(all) / 2.0).powi(2) / flows as f64;
    if between + within <= 0.0 {
        return 1.0;
    }
    let pooled = (own.mid.ln() * between + all.mid.ln() * within) / (between + within);
    pooled.exp() / own.mid
}

/// Whether an economy's trade on the other side is so large that part of what it ships may have been made elsewhere.
fn ships_on(trade: &Tally, opposite: Option<&Tally>) -> bool {
    let opposite = opposite.map_or(0, |it| it.usd);
    trade.usd > 0 && opposite as f64 >= ENTREPOT_RATIO * trade.usd as f64
}

/// The price of an offer: the benchmark, pooled when it is thin; and not below the world's median where the economy ships on
/// what others made, because then its unit values do not say what its own producers ask. With the words for the evidence.
fn offer_price(
    benchmark: &Benchmark,
    world: Option<&Benchmark>,
    ships_on: bool,
    side: Side,
) -> (Interval, Evidence) {
    let median = world.map_or(0.0, |it| it.usd_per_kg.mid);
    let pooled = benchmark.usd_per_kg.scale(pooling(benchmark, world));
    let floor = if ships_on && pooled.mid > 0.0 && pooled.mid < median { median / pooled.mid } else { 1.0 };
    // A thin market that pays more than nine tenths of the world's trade pays for a grade, not for the goods.
    let ceiling = world.map_or(f64::INFINITY, |it| it.usd_per_kg.high);
    let thin = benchmark.rung == Rung::OwnMean || benchmark.band.flows < ENOUGH_FLOWS;
    let floor =
        if side == Side::Importer && thin && pooled.mid > ceiling { ceiling / pooled.mid } else { floor };
    let price = pooled.scale(floor);
    let factor = price.mid / benchmark.usd_per_kg.mid;
    let because = benchmark.because.clone();
    if (factor - 1.0).abs() < 0.005 {
        return (price, because);
    }
    let words = because.formula.clone().unwrap_or_default();
    let why = if floor > 1.0 { "it ships on what others made" } else { "it rests on few flows" };
    let told =
        format!("{words}; x {factor:.3}, drawn towards the world's median {median:.2} USD/kg because {why}");
    (price, because.at_best(Basis::Modelled).formula(told))
}

/// Every economy that exports the goods, as an offer FOB at its border in US dollars.
///
/// # Errors
/// [`MarketError::NoFlows`] when the book has no flows of the goods (in that year).
pub fn candidate_origins(
    question: &OriginQuestion,
    book: &FlowBook,
    economies: &EconomyBook,
) -> Result<OriginAnswer, MarketError> {
    let sweep = Sweep {
        side: Side::Exporter,
        asker: question.importer,
        quantity_kg: question.quantity_kg,
        only: &question.only,
        never: &question.never,
    };
    let (world, candidates, dropped) = sweep.run(question.hs, question.year, book, economies)?;
    Ok(OriginAnswer { world, candidates, dropped })
}

/// Every economy that imports the goods, with what it pays.
///
/// The price is what its suppliers were paid at *their* borders (BACI values flows FOB at the exporter): what a seller
/// may hope to receive at his own border, before freight. It is not the price at the market.
///
/// # Errors
/// [`MarketError::NoFlows`] when the book has no flows of the goods (in that year).
pub fn candidate_markets(
    question: &MarketQuestion,
    book: &FlowBook,
    economies: &EconomyBook,
) -> Result<MarketAnswer, MarketError> {
    let sweep = Sweep {
        side: Side::Importer,
        asker: question.exporter,
        quantity_kg: question.quantity_kg,
        only: &question.only,
        never: &question.never,
    };
    let (world, candidates, dropped) = sweep.run(question.hs, question.year, book, economies)?;
    Ok(MarketAnswer { world, candidates, dropped })
}

/// World trade of the goods in `year`, or in the latest year of the book.
///
/// # Errors
/// [`MarketError::NoFlows`] when the book has no flows of the goods (in that year).
pub fn world(hs: HsCode, year: Option<u16>, book: &FlowBook) -> Result<World, MarketError> {
    let (year, base_year) = years(hs, year, book)?;
    let slice = book.slice(hs, year);
    let exporters = slice.tallies(Side::Exporter);
    let values = || exporters.values().map(|it| it.usd);
    let trade = slice.total();
    let base = base_year.map(|it| (it, book.slice(hs, it).total().usd));
    Ok(World {
        hs,
        year,
        base_year,
        trade,
        growth: base.and_then(|(from, usd)| growth(usd, trade.usd, year - from)),
        exporters: exporters.len(),
        importers: slice.tallies(Side::Importer).len(),
        exporter_hhi: hhi(values()),
        exporter_hhi_normalised: hhi_normalised(values()),
    })
}

/// The year to answer for and, when the book has an earlier one, the earliest.
fn years(hs: HsCode, asked: Option<u16>, book: &FlowBook) -> Result<(u16, Option<u16>), MarketError> {
    const NAMED: usize = 40;
    let known = book.list_years(hs);
    let none = || {
        let goods = book.list_goods();
        let names: Vec<String> = goods.iter().take(NAMED).map(HsCode::to_string).collect();
        let known = if known.is_empty() {
            (!names.is_empty()).then(|| names.join(" "))
        } else {
            Some(known.iter().map(u16::to_string).collect::<Vec<_>>().join(" "))
        };
        MarketError::NoFlows { hs, year: asked, known }
    };
    let year = match asked {
        Some(year) => *known.iter().find(|it| **it == year).ok_or_else(none)?,
        None => *known.last().ok_or_else(none)?,
    };
    let base = known.first().copied().filter(|it| *it < year);
    Ok((year, base))
}

/// A walk over all economies on one side of the goods' trade.
struct Sweep<'a> {
    side: Side,
    asker: Economy,
    quantity_kg: Option<f64>,
    only: &'a [Economy],
    never: &'a [Economy],
}

/// What every candidate is compared with.
struct Ground<'a> {
    world: &'a World,
    base: Option<(u16, BTreeMap<Economy, Tally>)>,
    opposite: BTreeMap<Economy, Tally>,
    field: Field<'a>,
}

impl Sweep<'_> {
    fn run(
        &self,
        hs: HsCode,
        year: Option<u16>,
        book: &FlowBook,
        economies: &EconomyBook,
    ) -> Result<(World, Vec<Candidate>, Vec<Dropped>), MarketError> {
        let world = world(hs, year, book)?;
        let slice = book.slice(hs, world.year);
        let all: Vec<Flow> = slice.iter().collect();
        let ground = Ground {
            base: world.base_year.map(|it| (it, book.slice(hs, it).tallies(self.side))),
            opposite: slice.tallies(self.opposite()),
            field: Field { flows: &all, side: self.side, economies, source: book.source(), year: world.year },
            world: &world,
        };
        let (candidates, dropped) = self.sort_out(&slice, &ground);
        Ok((world, candidates, dropped))
    }

    fn sort_out(&self, slice: &Slice<'_>, ground: &Ground<'_>) -> (Vec<Candidate>, Vec<Dropped>) {
        let mut candidates = Vec::new();
        let mut dropped = Vec::new();
        let world_price = ground.field.world_band().map(|it| it.usd_per_kg.mid);
        for (economy, flows) in slice.by(self.side) {
            let trade = Tally::of(&flows);
            match self.drop_reason(economy, &trade, world_price) {
                Some(reason) => dropped.push(Dropped { economy, reason, trade }),
                None => candidates.push(self.candidate(economy, &flows, trade, ground)),
            }
        }
        candidates.sort_by(|a, b| b.trade.usd.cmp(&a.trade.usd).then(a.offer.economy.cmp(&b.offer.economy)));
        dropped.sort_by(|a, b| b.trade.usd.cmp(&a.trade.usd).then(a.economy.cmp(&b.economy)));
        (candidates, dropped)
    }

    fn drop_reason(&self, economy: Economy, trade: &Tally, world_price: Option<f64>) -> Option<DropReason> {
        if economy == UNSPECIFIED {
            return Some(DropReason::NotSpecified);
        }
        if economy == self.asker {
            return Some(DropReason::Itself);
        }
        if self.never.contains(&economy) {
            return Some(DropReason::Refused);
        }
        if !self.only.is_empty() && !self.only.contains(&economy) {
            return Some(DropReason::NotAdmitted);
        }
        let needed_kg = self.quantity_kg?;
        // Unknown capacity is not small capacity: without a known quantity only the value can say that it is too small.
        if let Some(yearly_kg) = trade.kg_extrapolated().filter(|it| needed_kg > it * MOST_OF_YEARLY_TRADE) {
            return Some(DropReason::Capacity { yearly_kg, needed_kg });
        }
        let (needed_usd, yearly_usd) = (needed_kg * world_price?, trade.usd);
        (needed_usd > yearly_usd as f64 * MOST_OF_YEARLY_TRADE)
            .then_some(DropReason::Worth { yearly_usd, needed_usd })
    }

    fn candidate(&self, economy: Economy, flows: &[Flow], trade: Tally, ground: &Ground<'_>) -> Candidate {
        let benchmark = ground.field.benchmark(economy, flows);
        let partners = || flows.iter().map(|it| it.usd);
        let opposite = self.opposite();
        let largest =
            flows.iter().max_by(|a, b| a.usd.cmp(&b.usd).then(b.party(opposite).cmp(&a.party(opposite))));
        Candidate {
            offer: Self::offer(economy, &trade, benchmark.as_ref(), ground),
            trade,
            with_asker: flows.iter().find(|it| it.party(opposite) == self.asker).copied(),
            partner_hhi: hhi(partners()),
            partner_hhi_normalised: hhi_normalised(partners()),
            largest_partner: largest
                .and_then(|it| share(it.usd, trade.usd).map(|share| (it.party(opposite), share))),
            findings: self.findings(economy, &trade, benchmark.as_ref(), ground),
            benchmark,
        }
    }

    fn offer(economy: Economy, trade: &Tally, benchmark: Option<&Benchmark>, ground: &Ground<'_>) -> Offer {
        let shipped_on =
            ground.field.side == Side::Exporter && ships_on(trade, ground.opposite.get(&economy));
        let priced = benchmark
            .map(|it| offer_price(it, ground.field.world_band().as_ref(), shipped_on, ground.field.side));
        let because = priced.as_ref().map_or_else(
            || {
                Evidence::new(Basis::Benchmark, ground.field.source)
                    .formula("no flow of the goods has a known quantity: the price is unknown")
            },
            |it| it.1.clone(),
        );
        let before =
            ground.base.as_ref().and_then(|(year, tallies)| Some((*year, tallies.get(&economy)?.usd)));
        Offer {
            id: economy.to_string(),
            firm: None,
            economy,
            place: None,
            price_per_kg: priced.as_ref().map(|it| it.0),
            currency: Currency::USD,
            incoterm: Incoterm::Fob,
            lead_days: None,
            minimum_kg: None,
            valid_until: None,
            yearly_kg: trade.kg(),
            world_share: share(trade.usd, ground.world.trade.usd),
            growth: before.and_then(|(from, usd)| growth(usd, trade.usd, ground.world.year - from)),
            certificates: Vec::new(),
            because,
        }
    }

    fn findings(
        &self,
        economy: Economy,
        trade: &Tally,
        benchmark: Option<&Benchmark>,
        ground: &Ground<'_>,
    ) -> Vec<Finding> {
        let mut findings = Vec::new();
        let opposite = ground.opposite.get(&economy).map_or(0, |it| it.usd);
        if self.side == Side::Exporter && ships_on(trade, ground.opposite.get(&economy)) {
            findings.push(
                Finding::new(
                    1304,
                    Severity::Caution,
                    format!(
                        "{economy} imports these goods for {opposite} USD and exports them for {} USD: part of what it ships may have been made elsewhere",
                        trade.usd
                    ),
                )
                .hint("ask the supplier for the producer and proof of origin; duty follows origin, not the port of loading"),
            );
        }
        match benchmark {
            None => findings.push(Finding::new(
                1305,
                Severity::Caution,
                format!("no quantity is known for {economy}'s trade in these goods nor for anyone's: there is no benchmark price"),
            ).hint("bring a quote")),
            Some(it) if it.because.basis > Basis::Benchmark => findings.push(Finding::new(
                1305,
                Severity::Note,
                format!("the benchmark price of {economy} is modelled: too few of its own flows have a known quantity"),
            ).hint("bring a quote")),
            Some(_) => {}
        }
        if self.quantity_kg.is_some() && trade.kg().is_none() {
            findings.push(Finding::new(
                1306,
                Severity::Caution,
                format!("the yearly quantity of {economy} is unknown, so its capacity is not tested"),
            ));
        }
        findings
    }

    fn opposite(&self) -> Side {
        match self.side {
            Side::Exporter => Side::Importer,
            Side::Importer => Side::Exporter,
        }
    }
}

#[cfg(test)]
mod tests;
