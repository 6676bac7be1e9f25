//! Unit-value bands: what a kilogram was worth at the exporter's border, as P10, P50 and P90, with odd values set aside.
//! A band is a benchmark over past flows of mixed grades. It is not a quote.

use std::fmt::Write as _;
use std::sync::Arc;

use domain::{Basis, Economy, EconomyBook, Evidence, Interval, Source};
use serde::Serialize;

use crate::flows::{Flow, Side, Tally};
use crate::measures::{modified_z_scores, weighted_quantile};

/// |modified z| above which a log unit value is set aside: the cut that Iglewicz and Hoaglin (1993) recommend.
pub const OUTLIER_Z: f64 = 3.5;
/// Fewer flows than this show no spread worth the name, and no outliers: with four, one odd value moves the median itself.
pub const LEAST_FLOWS: usize = 5;
const REFERENCE: &str = "Iglewicz and Hoaglin (1993), How to Detect and Handle Outliers: modified z-score";

/// P10, P50 and P90 of unit values, each flow weighing as much as its value.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Band {
    /// USD per kilogram, FOB.
    pub usd_per_kg: Interval,
    /// Flows that the band rests on.
    pub flows: usize,
    /// Flows set aside as outliers, and their value.
    pub outliers: usize,
    pub outliers_usd: i64,
    /// Flows without a known quantity, which can say nothing.
    pub unweighed: usize,
}

/// The band of the flows' unit values; `None` when fewer than `least` flows have one.
pub fn unit_value_band(flows: &[Flow], least: usize) -> Option<Band> {
    let weighed: Vec<(f64, i64)> =
        flows.iter().filter_map(|it| it.unit_value().map(|value| (value, it.usd))).collect();
    if weighed.len() < least.max(1) {
        return None;
    }
    let logs: Vec<f64> = weighed.iter().map(|it| it.0.ln()).collect();
    let scores = if weighed.len() >= LEAST_FLOWS { modified_z_scores(&logs) } else { vec![0.0; logs.len()] };
    let is_odd = |index: usize| scores[index].abs() > OUTLIER_Z;
    let outliers: Vec<i64> =
        (0..weighed.len()).filter(|&it| is_odd(it)).map(|index| weighed[index].1).collect();
    let mut kept: Vec<(f64, f64)> = (0..weighed.len())
        .filter(|&it| !is_odd(it))
        .map(|index| (weighed[index].0, weighed[index].1 as f64))
        .collect();
    let low = weighted_quantile(&mut kept, 0.1)?;
    let mid = weighted_quantile(&mut kept, 0.5)?;
    let high = weighted_quantile(&mut kept, 0.9)?;
    Some(Band {
        usd_per_kg: Interval::new(low, mid, high),
        flows: kept.len(),
        outliers: outliers.len(),
        outliers_usd: outliers.iter().sum(),
        unweighed: flows.len() - weighed.len(),
    })
}

/// Whose flows a benchmark price rests on, from best to weakest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rung {
    /// The band of the economy's own flows.
    Own,
    /// The economy's mean unit value, with the spread of the world's flows: too few own flows for a band.
    OwnMean,
    /// The band of the economies of its region.
    Region,
    /// The band of all flows.
    World,
}

/// A benchmark price with the rung it stands on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Benchmark {
    pub usd_per_kg: Interval,
    pub rung: Rung,
    /// The band it was taken from (the world's, for the spread, on [`Rung::OwnMean`]).
    pub band: Band,
    pub because: Evidence,
}

/// What benchmarks are sought in: all flows of the goods in a year.
#[derive(Clone, Copy, Debug)]
pub struct Field<'a> {
    pub flows: &'a [Flow],
    pub side: Side,
    pub economies: &'a EconomyBook,
    pub source: &'a Arc<Source>,
    pub year: u16,
}

impl Field<'_> {
    /// The best benchmark there is for `economy`, given its own flows: own band, own mean, region, world, or nothing.
    pub fn benchmark(&self, economy: Economy, own: &[Flow]) -> Option<Benchmark> {
        self.own_band(own)
            .or_else(|| self.own_mean(own))
            .or_else(|| self.regional_band(economy))
            .or_else(|| self.world_band())
    }

    /// The band of all flows.
    pub fn world_band(&self) -> Option<Benchmark> {
        let band = unit_value_band(self.flows, LEAST_FLOWS)?;
        let words = format!("{}; no flow of its own has a known quantity", describe(&band, "the world's"));
        Some(self.rung(Rung::World, band.usd_per_kg, band, Basis::Modelled, &words))
    }

    fn own_band(&self, own: &[Flow]) -> Option<Benchmark> {
        let band = unit_value_band(own, LEAST_FLOWS)?;
        let words = describe(&band, "its");
        Some(self.rung(Rung::Own, band.usd_per_kg, band, Basis::Benchmark, &words))
    }

    fn own_mean(&self, own: &[Flow]) -> Option<Benchmark> {
        let tally = Tally::of(own);
        let mean = tally.unit_value()?;
        let band = unit_value_band(self.flows, LEAST_FLOWS)?;
        let world = band.usd_per_kg;
        let price = Interval::new(mean * world.low / world.mid, mean, mean * world.high / world.mid);
        let words = format!(
            "mean unit value {} USD / {} kg = {mean:.4} over {} flows of known quantity (too few for a band of their own), spread as {}",
            tally.weighed_usd,
            tally.weighed_kg,
            tally.flows - tally.unweighed_flows,
            describe(&band, "the world's"),
        );
        Some(self.rung(Rung::OwnMean, price, band, Basis::Modelled, &words))
    }

    fn regional_band(&self, economy: Economy) -> Option<Benchmark> {
        let region = &self.economies.find(economy)?.region;
        if region.is_empty() {
            return None;
        }
        let near: Vec<Flow> = self
            .flows
            .iter()
            .filter(|it| self.economies.find(it.party(self.side)).is_some_and(|row| row.region == *region))
            .copied()
            .collect();
        let band = unit_value_band(&near, LEAST_FLOWS)?;
        let words =
            format!("{}; no flow of its own has a known quantity", describe(&band, &format!("{region}'s")));
        Some(self.rung(Rung::Region, band.usd_per_kg, band, Basis::Modelled, &words))
    }

    fn rung(&self, rung: Rung, price: Interval, band: Band, basis: Basis, words: &str) -> Benchmark {
        let because = Evidence::new(basis, self.source)
            .formula(format!("{words}; {} flows valued FOB at the exporter's border", self.year))
            .reference(REFERENCE);
        Benchmark { usd_per_kg: price, rung, band, because }
    }
}

fn describe(band: &Band, whose: &str) -> String {
    let mut words = format!("value-weighted P10, P50, P90 of {whose} {} unit values in USD/kg", band.flows);
    if band.outliers > 0 {
        let _ = write!(
            words,
            ", {} outliers (|modified z| of the logarithm > {OUTLIER_Z}) worth {} USD set aside",
            band.outliers, band.outliers_usd
        );
    }
    if band.unweighed > 0 {
        let _ = write!(words, ", {} without quantity left out", band.unweighed);
    }
    words
}

#[cfg(test)]
mod tests;
