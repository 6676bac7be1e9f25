//! Offers: who could supply (or take) the goods, at what price, on what evidence.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::basis::Evidence;
use crate::currency::Currency;
use crate::economy::Economy;
use crate::incoterm::Incoterm;
use crate::interval::Interval;
use crate::place::Place;
use crate::rate::Ppm;

/// One supplier's quote, or the benchmark of an economy's trade. A benchmark's price is an interval, not a quote.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Offer {
    /// Stable within a dossier: "CN" for a benchmark, "quote:3" for the third row of the person's file.
    pub id: String,
    /// Name of the supplier or buyer; `None` for a country benchmark.
    pub firm: Option<String>,
    /// Origin when goods are bought, market when they are sold.
    pub economy: Economy,
    /// Where the price applies, when stated more closely than the economy.
    pub place: Option<Place>,
    /// Major units of `currency` per kilogram (benchmarks and quotes by mass) under `incoterm`; `None` when unknown.
    pub price_per_kg: Option<Interval>,
    pub currency: Currency,
    /// The rule the price is stated under: FOB for export statistics, CIF for import statistics, as quoted otherwise.
    pub incoterm: Incoterm,
    /// Days from order to ready for carriage; `None` when nobody said.
    pub lead_days: Option<Interval>,
    pub minimum_kg: Option<f64>,
    pub valid_until: Option<Date>,
    /// What the economy shipped (or took) in a year, or what the firm can: evidence of capacity, kilograms.
    pub yearly_kg: Option<f64>,
    /// Share of the world's trade in the goods.
    pub world_share: Option<Ppm>,
    /// Yearly growth of that trade, where two years are known.
    pub growth: Option<Ppm>,
    /// Certificates and proofs the supplier says it has ("EUR.1", "ISO 9001").
    pub certificates: Vec<String>,
    pub because: Evidence,
}
