//! Transport emissions by ISO 14083:2023: for each transport chain element (TCE), transport activity in tonne-kilometres times the
//! emission intensity of its transport operation category (TOC), well-to-tank and tank-to-wheel/wake kept apart and then summed.
//!
//! Distances. ISO 14083 takes transport activity over the shortest feasible distance (SFD) or the great-circle distance (GCD); an
//! intensity that was made over actually travelled kilometres is brought to them by a distance adjustment factor (DAF). Here the
//! adjustment is applied to the kilometres, once, and only where convention of factor and kind of distance differ:
//! - a factor by actual kilometres (ships, lorries, trains) with a shortest feasible distance is raised by the DAF of the
//!   mode (15 % at sea, by the GLEC Framework v3.0; 5 % on road, assumed; none by rail);
//! - the air factors of DESNZ are by great-circle kilometres and already hold an uplift of 8 % (workbook, "Freighting goods",
//!   FAQ); the 95 km that ISO 14083 and the EU ETS add to a great circle would count detours twice and is not added.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::table::{TableError, each_row};
use domain::{Basis, Evidence, Figure, Finding, Interval, Mode, Severity, Source};
use serde::Serialize;

use crate::CarbonError;

/// Default distance adjustment of sea transport, GLEC Framework v3.0.
pub const SEA_DAF: f64 = 1.15;
/// Distance adjustment of road transport. The GLEC Framework is understood to take 5 %, but its text was not at hand to check;
/// a leg that needs it is therefore marked as assumed.
pub const ROAD_DAF: f64 = 1.05;
/// Detours that the air factors of DESNZ already hold ("Freighting goods", FAQ on the distance uplift).
pub const AIR_UPLIFT_IN_FACTOR: f64 = 1.08;

/// Over which kilometres a factor was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DistanceConvention {
    /// Kilometres really travelled.
    Actual,
    /// Great-circle kilometres, detours inside the factor.
    GreatCircle,
}

impl std::str::FromStr for DistanceConvention {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "actual" => Ok(Self::Actual),
            "gcd" => Ok(Self::GreatCircle),
            _ => Err("not 'actual' or 'gcd'"),
        }
    }
}

/// What a distance of a leg is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DistanceKind {
    /// Measured, or a network's path meant to be what is driven.
    Actual,
    /// Shortest feasible distance: the network's shortest path.
    ShortestFeasible,
}

/// Emission intensity of one transport operation category.
#[derive(Clone, Debug, PartialEq)]
pub struct Factor {
    pub mode: Mode,
    /// `type/size`, as `container-ship/average`.
    pub class: String,
    /// Kilograms CO2e per tonne-kilometre, tank to wheel or wake.
    pub ttw: f64,
    /// Well to tank.
    pub wtt: f64,
    pub convention: DistanceConvention,
    /// Well-to-wheel of the least and the most emitting class of the same type, over this one's; (1, 1) for a class by itself.
    pub spread: (f64, f64),
    pub note: String,
}

impl Factor {
    /// Well to wheel or wake, kilograms CO2e per tonne-kilometre.
    pub fn wtw(&self) -> f64 {
        self.ttw + self.wtt
    }
}

/// Freight factors by mode and class.
#[derive(Clone, Debug)]
pub struct TransportBook {
    factors: BTreeMap<Mode, Vec<Factor>>,
    basis: Basis,
    source: Arc<Source>,
}

impl TransportBook {
    /// Reads `mode,class,ttw_kg_tkm,wtt_kg_tkm,distance_convention,note`.
    ///
    /// # Errors
    /// A row that cannot be read, a factor below zero, or a class that stands twice.
    pub fn from_csv(text: &str, basis: Basis, source: Arc<Source>) -> Result<Self, CarbonError> {
        let columns = ["mode", "class", "ttw_kg_tkm", "wtt_kg_tkm", "distance_convention", "note"];
        let mut factors: BTreeMap<Mode, Vec<Factor>> = BTreeMap::new();
        each_row(text, &columns, |row| {
            let mode = Mode::ALL.into_iter().find(|it| it.word() == row.text(0));
            let mode = mode.ok_or_else(|| row.refuse(0, &"not sea, air, rail or road"))?;
            let (ttw, wtt): (f64, f64) = (row.get(2)?, row.get(3)?);
            if !(ttw.is_finite() && wtt.is_finite() && ttw >= 0.0 && wtt >= 0.0) {
                return Err(row.refuse(2, &"a factor must be a number of at least zero"));
            }
            let class = row.text(1).to_owned();
            let known = factors.entry(mode).or_default();
            if known.iter().any(|it| it.class == class) {
                return Err(row.refuse(1, &"this class stands twice"));
            }
            let (convention, note) = (row.get(4)?, row.text(5).to_owned());
            known.push(Factor { mode, class, ttw, wtt, convention, spread: (1.0, 1.0), note });
            Ok::<(), TableError>(())
        })?;
        for known in factors.values_mut() {
            known.sort_by(|a, b| a.class.cmp(&b.class));
            spread_averages(known);
        }
        Ok(Self { factors, basis, source })
    }

    pub fn source(&self) -> &Arc<Source> {
        &self.source
    }

    /// The factor of a class; `None` when the book has none. No allocation.
    pub fn find(&self, mode: Mode, class: &str) -> Option<&Factor> {
        let known = self.factors.get(&mode)?;
        known.binary_search_by(|it| it.class.as_str().cmp(class)).ok().map(|at| &known[at])
    }

    /// Every class of a mode, in order.
    pub fn list_classes(&self, mode: Mode) -> impl Iterator<Item = &str> {
        self.factors.get(&mode).into_iter().flatten().map(|it| it.class.as_str())
    }
}

/// An average class ranges over the classes of its type: a shipment's own ship or lorry is one of them.
fn spread_averages(known: &mut [Factor]) {
    let kind = |class: &str| class.split('/').next().unwrap_or_default().to_owned();
    let totals: Vec<(String, f64)> = known.iter().map(|it| (kind(&it.class), it.wtw())).collect();
    for factor in known.iter_mut().filter(|it| it.class.contains("/average") && it.wtw() > 0.0) {
        let own = kind(&factor.class);
        let same = totals.iter().filter(|it| it.0 == own).map(|it| it.1 / factor.wtw());
        factor.spread = same.fold((1.0, 1.0), |(low, high), it| (it.min(low), it.max(high)));
    }
}

/// One leg of a chain: a transport chain element.
#[derive(Clone, Debug)]
pub struct LegQuestion<'q> {
    pub mode: Mode,
    pub class: &'q str,
    pub mass_kg: f64,
    /// Kilometres of the way; `None` when nobody knows.
    pub distance_km: Option<f64>,
    pub distance_kind: DistanceKind,
    pub great_circle_km: Option<f64>,
    pub label: &'q str,
}

/// Emissions of one leg, kilograms CO2e.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LegAnswer {
    pub label: String,
    /// Kilometres that the factor was applied to, adjustment included.
    pub distance_km: Option<f64>,
    pub ttw_kg: Option<f64>,
    pub wtt_kg: Option<f64>,
    pub total_kg: Option<Figure<f64>>,
    /// Least and most emitting class of the same type.
    pub range_kg: Option<Interval>,
}

/// Emissions of a chain. A leg that is not known makes the sums `None`; what is known stands in `at_least_kg`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CarbonAnswer {
    pub legs: Vec<LegAnswer>,
    pub ttw_kg: Option<f64>,
    pub wtt_kg: Option<f64>,
    pub total_kg: Option<Figure<f64>>,
    pub at_least_kg: f64,
    pub range_kg: Option<Interval>,
    pub findings: Vec<Finding>,
}

/// Kilometres for the factor, from what is known of the leg; `None` when the kind it needs is not known.
#[inline]
pub fn adjusted_km(
    mode: Mode,
    convention: DistanceConvention,
    distance_km: Option<f64>,
    kind: DistanceKind,
    great_circle_km: Option<f64>,
) -> Option<f64> {
    match (convention, kind) {
        (DistanceConvention::Actual, DistanceKind::Actual) => distance_km,
        (DistanceConvention::Actual, DistanceKind::ShortestFeasible) => distance_km.map(|it| it * daf(mode)),
        (DistanceConvention::GreatCircle, kind) => great_circle_km.or_else(|| match kind {
            DistanceKind::Actual => distance_km.map(|it| it / AIR_UPLIFT_IN_FACTOR),
            DistanceKind::ShortestFeasible => distance_km,
        }),
    }
}

#[inline]
fn daf(mode: Mode) -> f64 {
    match mode {
        Mode::Sea => SEA_DAF,
        Mode::Road => ROAD_DAF,
        Mode::Air | Mode::Rail => 1.0,
    }
}

/// Tank-to-wheel and well-to-tank kilograms CO2e of a mass over adjusted kilometres. No allocation.
#[inline]
pub fn leg_scalar(mass_kg: f64, adjusted_km: f64, factor: &Factor) -> (f64, f64) {
    let activity = mass_kg / 1000.0 * adjusted_km;
    (activity * factor.ttw, activity * factor.wtt)
}

/// Emissions of a transport chain, leg by leg.
pub fn transport(legs: &[LegQuestion<'_>], book: &TransportBook) -> CarbonAnswer {
    let mut findings = Vec::new();
    let legs: Vec<LegAnswer> = legs.iter().map(|leg| one_leg(leg, book, &mut findings)).collect();
    if legs.is_empty() {
        findings.push(Finding::new(
            1603,
            Severity::Caution,
            "No leg is given, so the emissions are not known.",
        ));
    }
    // A chain without legs is unknown, not free of emissions.
    let sum = |of: &dyn Fn(&LegAnswer) -> Option<f64>| {
        legs.iter().map(of).sum::<Option<f64>>().filter(|_| !legs.is_empty())
    };
    let value = sum(&|leg| leg.total_kg.as_ref().map(|it| it.value));
    let total_kg = value.map(|value| {
        let weakest = legs.iter().filter_map(|leg| leg.total_kg.as_ref()).map(|it| it.because.basis).max();
        let because = Evidence::new(book.basis, &book.source)
            .at_best(weakest.unwrap_or(Basis::Modelled))
            .formula(format!("sum of {} legs = {value:.1} kg CO2e", legs.len()))
            .reference("ISO 14083:2023, transport chain = sum of its elements, WTT + TTW");
        Figure::new(value, because)
    });
    let range = |of: &dyn Fn(&Interval) -> f64| sum(&|leg| leg.range_kg.as_ref().map(of));
    let range_kg = range(&|it| it.low).zip(range(&|it| it.mid)).zip(range(&|it| it.high));
    let hubs = "Terminals and warehouses (hub operations of ISO 14083) are not counted: no factor for them is loaded.";
    findings
        .push(Finding::new(1604, Severity::Note, hubs).reference("ISO 14083:2023, hub operation category"));
    CarbonAnswer {
        ttw_kg: sum(&|leg| leg.ttw_kg),
        wtt_kg: sum(&|leg| leg.wtt_kg),
        at_least_kg: legs.iter().filter_map(|leg| leg.total_kg.as_ref()).map(|it| it.value).sum(),
        range_kg: range_kg.map(|((low, mid), high)| Interval { low, mid, high }),
        total_kg,
        legs,
        findings,
    }
}

fn one_leg(leg: &LegQuestion<'_>, book: &TransportBook, findings: &mut Vec<Finding>) -> LegAnswer {
    let unknown = |km| LegAnswer {
        label: leg.label.to_owned(),
        distance_km: km,
        ttw_kg: None,
        wtt_kg: None,
        total_kg: None,
        range_kg: None,
    };
    let Some(factor) = book.find(leg.mode, leg.class) else {
        findings.push(no_factor(leg, book));
        return unknown(leg.distance_km);
    };
    let km =
        adjusted_km(leg.mode, factor.convention, leg.distance_km, leg.distance_kind, leg.great_circle_km);
    let Some(km) = km.filter(|it| it.is_finite() && *it >= 0.0) else {
        let text = format!("The distance of '{}' is not known, so its emissions are not.", leg.label);
        findings.push(Finding::new(1602, Severity::Caution, text));
        return unknown(None);
    };
    let (ttw, wtt) = leg_scalar(leg.mass_kg, km, factor);
    let total = ttw + wtt;
    let (low, high) = factor.spread;
    LegAnswer {
        label: leg.label.to_owned(),
        distance_km: Some(km),
        ttw_kg: Some(ttw),
        wtt_kg: Some(wtt),
        total_kg: Some(Figure::new(total, evidence(leg, factor, km, total, book))),
        range_kg: Some(Interval { low: total * low, mid: total, high: total * high }),
    }
}

fn no_factor(leg: &LegQuestion<'_>, book: &TransportBook) -> Finding {
    let text = format!(
        "No factor is known for '{}' by {}, so the emissions of '{}' are not.",
        leg.class, leg.mode, leg.label
    );
    let classes: Vec<&str> = book.list_classes(leg.mode).collect();
    let hint = domain::suggest::nearest(leg.class, classes.iter().copied()).map_or_else(
        || format!("Known classes: {}.", classes.join(", ")),
        |it| format!("Did you mean '{it}'?"),
    );
    Finding::new(1601, Severity::Caution, text).hint(hint)
}

fn evidence(leg: &LegQuestion<'_>, factor: &Factor, km: f64, total: f64, book: &TransportBook) -> Evidence {
    let adjusted = match (factor.convention, leg.distance_kind) {
        (DistanceConvention::Actual, DistanceKind::ShortestFeasible) if daf(leg.mode) > 1.0 => {
            format!("SFD {:.0} km x DAF {}", leg.distance_km.unwrap_or(0.0), daf(leg.mode))
        }
        (DistanceConvention::Actual, _) => format!("{km:.0} km"),
        (DistanceConvention::GreatCircle, _) => format!("GCD {km:.0} km, 8 % uplift in the factor"),
    };
    let road_daf = leg.mode == Mode::Road && leg.distance_kind == DistanceKind::ShortestFeasible;
    Evidence::new(book.basis, &book.source)
        .at_best(if road_daf { Basis::Assumed } else { Basis::Modelled })
        .stated(format!("{}: TTW {} + WTT {} kg CO2e/tkm", factor.class, factor.ttw, factor.wtt))
        .formula(format!(
            "{:.3} t x {adjusted} x {:.5} = {total:.1} kg CO2e",
            leg.mass_kg / 1000.0,
            factor.wtw()
        ))
        .reference("ISO 14083:2023; distance adjustment of GLEC Framework v3.0")
}

#[cfg(test)]
mod tests;
