//! From the dossier to lanes: every offer by every way, with its costs, its days over the first scenarios, and the money
//! choices on it. Numbers only; words come with `assess`.

use carbon::{CarbonAnswer, DistanceKind, LegQuestion};
use compliance::{ComplianceAnswer, TradeQuestion};
use domain::calendar::days_between;
use domain::{Currency, Direction, Economy, Finding, Incoterm, Mode, Severity};
use rayon::prelude::*;

use crate::cost::{self, Cover, Factors, Ground, Parts};
use crate::dossier::{Supply, Way};
use crate::facts::Facts;
use crate::money::{self, Desk, Funding};
use crate::rank::quantile;
use crate::sample::LaneClock;
use crate::search::{Lane, Trunk};
use crate::settings::ThirdAxis;

/// A lane with what was worked out for it.
#[derive(Debug)]
pub struct Prepared {
    pub supply: usize,
    pub way: usize,
    pub ground: Ground,
    /// Rules of delivery proposed, in the order of `Trunk::terms`.
    pub rules: Vec<Incoterm>,
    pub lane: Lane,
    /// Days before the lead of the terms of payment, over the first scenarios, sorted.
    pub days: Vec<f64>,
    pub transit_days: f64,
    pub carbon: CarbonAnswer,
    pub compliance: Vec<Finding>,
    /// Set when the whole lane is out before the search.
    pub out: Option<Out>,
}

/// Why a lane is out.
#[derive(Clone, Debug, PartialEq)]
pub enum Out {
    Prohibited(String),
    Carbon { kg: f64, most: u64 },
    Capacity(String),
}

impl Prepared {
    pub fn supply<'d>(&self, facts: &Facts<'d>) -> &'d Supply {
        &facts.dossier.supplies[self.supply]
    }

    pub fn way<'d>(&self, facts: &Facts<'d>) -> &'d Way {
        &facts.dossier.supplies[self.supply].ways[self.way]
    }
}

/// The rules of Incoterms 2020 that are proposed for a way. A rule in the need settles it; a quote under a rule that obliges the
/// seller to more is taken as it stands. For containers and air the ICC advises the rules for any mode.
pub fn rules(facts: &Facts<'_>, supply: &Supply) -> Vec<Incoterm> {
    let need = &facts.dossier.need;
    let quoted = supply.offer.firm.is_some() && need.direction == Direction::Buy;
    let duties = |rule: Incoterm| Incoterm::ALL.iter().position(|it| *it == rule);
    match need.incoterm {
        Some(rule) if quoted && duties(supply.offer.incoterm) > duties(rule) => vec![supply.offer.incoterm],
        Some(rule) => vec![rule],
        None if quoted => vec![supply.offer.incoterm],
        None => vec![Incoterm::Fca, Incoterm::Cip, Incoterm::Dap],
    }
}

/// Covers that a rule leaves open: where the seller must insure, not less than the rule asks.
pub fn covers(rule: Incoterm) -> &'static [Cover] {
    match finance::Clauses::least_under(rule) {
        Some(finance::Clauses::A) => &[Cover::ClausesA],
        Some(finance::Clauses::C) => &[Cover::ClausesA, Cover::ClausesC],
        None => &Cover::ALL,
    }
}

/// Prepares all lanes, in the order of the dossier.
pub fn prepare(facts: &Facts<'_>, desks: &[Desk]) -> Vec<Prepared> {
    let all: Vec<(usize, usize)> = facts
        .dossier
        .supplies
        .iter()
        .enumerate()
        .flat_map(|(supply, it)| (0..it.ways.len()).map(move |way| (supply, way)))
        .collect();
    all.into_par_iter().map(|(supply, way)| lane(facts, &desks[supply], supply, way)).collect()
}

/// The desks of all supplies.
pub fn desks(facts: &Facts<'_>, currency_of: impl Fn(Economy) -> Option<Currency> + Sync) -> Vec<Desk> {
    facts.dossier.supplies.par_iter().map(|it| money::desk(facts, it, &currency_of)).collect()
}

fn lane(facts: &Facts<'_>, desk: &Desk, supply_at: usize, way_at: usize) -> Prepared {
    let supply = &facts.dossier.supplies[supply_at];
    let way = &supply.ways[way_at];
    let ground = cost::ground(facts, supply, way);
    let first = facts.dossier.settings.scenarios_first.max(1);
    let (days, transit_days) = LaneClock::new(facts, supply, way).first(first);
    let rules = rules(facts, supply);
    let carbon = emissions(facts, way);
    let compliance = compliance(facts, &ground, way);
    let money = money::choices(facts, supply, desk, transit_days);
    let (cheaper_by, dearer_by) = price_ends(facts, &ground);
    let mut lane = Lane {
        offer: supply_at as u16,
        route: way_at as u16,
        cheaper_by,
        dearer_by,
        days: centidays(quantile(&days, 0.5)),
        latest_lead: latest_lead(facts, &days),
        trunks: trunks(facts, &ground, &rules),
        money,
    };
    if facts.dossier.settings.third_axis == ThirdAxis::Carbon {
        carbon_as_third(&mut lane, &carbon);
    }
    let out = out(facts, supply, &compliance.findings, &carbon);
    Prepared {
        supply: supply_at,
        way: way_at,
        ground,
        rules,
        lane,
        days,
        transit_days,
        carbon,
        compliance: compliance.findings,
        out,
    }
}

/// How much less and more the goods cost at the ends of their price, minor units.
fn price_ends(facts: &Facts<'_>, ground: &Ground) -> (i64, i64) {
    let Some((price, rate)) = ground.goods.zip(ground.offer_rate) else { return (0, 0) };
    let of = |per_kg: f64| (per_kg * facts.dossier.mass_kg * rate).round() as i64;
    let (below, above) = (of(price.mid - price.low), of(price.high - price.mid));
    match facts.dossier.need.direction {
        Direction::Buy => (below, above),
        // A higher price is a lower net cost to who sells.
        Direction::Sell => (above, below),
    }
}

pub fn centidays(days: f64) -> i32 {
    (days * 100.0).round() as i32
}

fn latest_lead(facts: &Facts<'_>, days: &[f64]) -> Option<i32> {
    let need = &facts.dossier.need;
    let allowed = days_between(facts.dossier.as_of, need.deadline?);
    let share = need.limits.on_time_at_least.map_or(0.5, domain::Ppm::to_f64);
    Some(allowed * 100 - centidays(quantile(days, share.clamp(0.0, 1.0))))
}

/// Parts of the cost under a cover, at the middle.
pub fn middle(facts: &Facts<'_>, ground: &Ground, cover: Cover) -> Parts {
    cost::parts(facts, ground, cover, Factors::MIDDLE)
}

fn trunks(facts: &Facts<'_>, ground: &Ground, rules: &[Incoterm]) -> Vec<Trunk> {
    let by_cover = Cover::ALL.map(|cover| middle(facts, ground, cover));
    let mut all = Vec::with_capacity(rules.len() * 3);
    for (terms, &rule) in rules.iter().enumerate() {
        for &cover in covers(rule) {
            let parts = &by_cover[cover as usize];
            let (cost, exact) = parts.sum();
            all.push(Trunk {
                terms: terms as u16,
                cover: cover as u16,
                cost,
                exact,
                invoice: parts.invoice(rule) as f64,
                exposure: cargo_exposure(facts, parts, cover),
            });
        }
    }
    all
}

/// What a cover leaves open, minor units: expected loss on the voyage that nobody takes over.
pub fn cargo_exposure(facts: &Facts<'_>, parts: &Parts, cover: Cover) -> f64 {
    use crate::assumptions::Name;
    let value = cost::insured_value(parts).unwrap_or(0) as f64;
    let open = match cover {
        Cover::ClausesA => 0.0,
        Cover::ClausesC => 1.0 - facts.assumptions.get(Name::CoverCShare).mid,
        Cover::None => 1.0,
    };
    value * facts.assumptions.get(Name::CargoLoss).mid * open
}

fn carbon_as_third(lane: &mut Lane, carbon: &CarbonAnswer) {
    let grams = carbon.total_kg.as_ref().map_or(carbon.at_least_kg, |it| it.value) * 1000.0;
    for trunk in &mut lane.trunks {
        trunk.exposure = grams;
        trunk.exact &= carbon.total_kg.is_some();
    }
    for choice in &mut lane.money {
        choice.exposure_share = 0.0;
    }
}

/// Emissions of a way, leg by leg.
pub fn emissions(facts: &Facts<'_>, way: &Way) -> CarbonAnswer {
    let labels: Vec<String> =
        way.legs.iter().map(|leg| format!("{} - {}", leg.leg.from.name, leg.leg.to.name)).collect();
    let questions: Vec<LegQuestion<'_>> = way
        .legs
        .iter()
        .zip(&labels)
        .map(|(it, label)| (&it.leg, label))
        .map(|(leg, label)| LegQuestion {
            mode: leg.mode,
            class: carbon_class(leg.mode, leg.distance_km),
            mass_kg: facts.dossier.mass_kg,
            distance_km: Some(leg.distance_km),
            distance_kind: if leg.mode == Mode::Road || leg.mode == Mode::Rail {
                DistanceKind::Actual
            } else {
                DistanceKind::ShortestFeasible
            },
            great_circle_km: Some(leg.great_circle_km),
            label,
        })
        .collect();
    carbon::transport(&questions, &facts.transport)
}

/// The class of the book of emission factors that stands for a vehicle of a leg.
pub fn carbon_class(mode: Mode, distance_km: f64) -> &'static str {
    /// Flights below this are short haul in the sense of the factors (DESNZ 2024: to and from Europe).
    const SHORT_HAUL_KM: f64 = 3_700.0;
    match mode {
        Mode::Sea => "container-ship/average",
        Mode::Air if distance_km < SHORT_HAUL_KM => "freight-flight-short-haul-to-from-uk/with-rf",
        Mode::Air => "freight-flight-long-haul-to-from-uk/with-rf",
        Mode::Rail => "freight-train/average",
        Mode::Road => "hgv-all-hgvs/average-laden",
    }
}

fn compliance(facts: &Facts<'_>, ground: &Ground, way: &Way) -> ComplianceAnswer {
    let need = &facts.dossier.need;
    let mut via: Vec<Economy> = way
        .legs
        .iter()
        .flat_map(|it| [it.leg.from.economy, it.leg.to.economy])
        .filter(|it| *it != ground.origin && *it != ground.importer)
        .collect();
    via.dedup();
    let modes: Vec<Mode> = way.legs.iter().map(|it| it.leg.mode).collect();
    compliance::check_trade(
        &TradeQuestion {
            hs: need.hs,
            origin: ground.origin,
            dispatched_from: ground.dispatched_from,
            via: &via,
            destination: ground.importer,
            on: facts.dossier.as_of,
            parties: &[],
            facts: &need.facts,
            modes: &modes,
        },
        &facts.rules,
    )
}

fn out(facts: &Facts<'_>, supply: &Supply, findings: &[Finding], carbon: &CarbonAnswer) -> Option<Out> {
    if let Some(finding) = findings.iter().find(|it| it.severity == Severity::Prohibited) {
        return Some(Out::Prohibited(format!("{}: {}", finding.code, finding.text)));
    }
    let mass = facts.dossier.mass_kg;
    if let Some(minimum) = supply.offer.minimum_kg.filter(|it| mass < *it) {
        return Some(Out::Capacity(format!("the minimum order is {minimum:.0} kg, the need {mass:.0} kg")));
    }
    let most = facts.dossier.need.limits.co2e_kg_at_most?;
    let kg = carbon.total_kg.as_ref().map_or(carbon.at_least_kg, |it| it.value);
    (kg > most as f64).then_some(Out::Carbon { kg, most })
}

/// Own money out before the goods are in: minor units times days / 30.
pub fn cash_months(
    facts: &Facts<'_>,
    desk: &Desk,
    prepared: &Prepared,
    payment: u16,
    finance: u16,
    invoice: f64,
) -> f64 {
    let supply = prepared.supply(facts);
    let to_ship = money::lead_days(facts, supply).value.mid;
    let terms = desk.options[usize::from(payment)].terms;
    let months = match facts.dossier.need.direction {
        Direction::Buy => finance::terms_cost_scalar(1.0, terms, to_ship, prepared.transit_days, 1.0, 30.0),
        Direction::Sell => finance::supplier_credit_scalar(1.0, terms, to_ship, 1.0, 30.0),
    };
    invoice * months * money::own_share(facts, Funding::ALL[usize::from(finance)])
}
