//! Legs of a route and what is known of the time they take.

pub use domain::Mode;
use domain::draw::{Draws, Purpose, key};
use domain::{Basis, Coordinates, Economy, Interval, Locode};
use serde::{Deserialize, Serialize};

use crate::passage::{Passage, PassageSet};

/// An end of a leg.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stop {
    pub name: String,
    pub economy: Economy,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locode: Option<Locode>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub iata: Option<String>,
    pub at: Coordinates,
}

impl Stop {
    /// A short key for ids and for random numbers: UN/LOCODE, IATA code, else the name.
    pub fn key(&self) -> String {
        match (&self.locode, &self.iata) {
            (Some(locode), _) => locode.to_string(),
            (None, Some(iata)) => iata.clone(),
            (None, None) => format!("{}:{}", self.economy, self.name),
        }
    }
}

/// How a distance was found, and how far off it may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DistanceBasis {
    /// Shortest way on the sea network; within 3 % of published distances for 99 % of pairs.
    SeaNetwork,
    /// Great circle times a factor of the mode, where no network is loaded.
    GreatCircleTimesFactor {
        factor_percent: u16,
        /// Nine in ten real distances lie within this many percent. Assumed.
        error_percent: u16,
    },
}

impl DistanceBasis {
    pub fn basis(self) -> Basis {
        Basis::Modelled
    }
}

/// A border on the way: green, or inspected with a probability.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BorderTime {
    pub economy: Economy,
    pub green_days: Interval,
    pub inspected_days: Interval,
    pub inspected_share: f64,
}

/// A disturbance that all who use a corridor suffer together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CorridorShock {
    /// Passage key or another name of the corridor; the same key is the same event in a scenario.
    pub corridor: String,
    pub share_of_weeks: f64,
    pub mean_delay_days: f64,
    pub basis: Basis,
}

/// Lead time of one leg as a distribution: wait for the departure, travel, dwell at both ends, border, lateness, and
/// the shocks of its corridors.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LegTime {
    /// Days between departures; the wait is uniform between none and all of it, half of it on average.
    pub headway_days: f64,
    pub travel_days: Interval,
    pub dwell_from_days: Interval,
    pub dwell_to_days: Interval,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub border: Option<BorderTime>,
    pub on_time_share: f64,
    /// Mean delay when late; Erlang of two phases.
    pub late_mean_days: f64,
    pub shocks: Vec<CorridorShock>,
    /// The weakest basis of its parameters.
    pub basis: Basis,
}

/// One movement by one mode.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Leg {
    pub mode: Mode,
    pub from: Stop,
    pub to: Stop,
    pub distance_km: f64,
    pub great_circle_km: f64,
    pub distance_basis: DistanceBasis,
    pub passages: PassageSet,
    pub time: LegTime,
}

impl Leg {
    fn key(&self) -> String {
        format!("{}:{}-{}", self.mode, self.from.key(), self.to.key())
    }
}

/// Keys of a leg's draws, worked out once: the port for dwell, the border for inspection, the corridor for shocks, the leg for
/// the rest. So plans that share a port, a border or a canal share its fate in the same scenario.
#[derive(Clone, Debug)]
pub struct Sampler<'l> {
    time: &'l LegTime,
    leg: u64,
    from: u64,
    to: u64,
    border: u64,
    shocks: Vec<u64>,
}

impl<'l> Sampler<'l> {
    pub fn new(leg: &'l Leg) -> Self {
        Self {
            time: &leg.time,
            leg: key(&leg.key()),
            from: key(&leg.from.key()),
            to: key(&leg.to.key()),
            border: leg.time.border.as_ref().map_or(0, |it| key(it.economy.code())),
            shocks: leg.time.shocks.iter().map(|it| key(&it.corridor)).collect(),
        }
    }

    /// Days that the leg takes in a scenario.
    pub fn days(&self, draws: Draws, scenario: u32) -> f64 {
        let time = self.time;
        let of = |purpose, key: u64| draws.uniform(scenario, purpose, key);
        let wait = time.headway_days * of(Purpose::Schedule, self.leg);
        let travel = time.travel_days.quantile(of(Purpose::Travel, self.leg));
        let dwell_from = time.dwell_from_days.quantile(of(Purpose::DwellOut, self.from));
        let dwell_to = time.dwell_to_days.quantile(of(Purpose::DwellIn, self.to));
        let late = of(Purpose::OnTime, self.leg) >= time.on_time_share;
        // Erlang with two phases: two exponentials of half the mean.
        let delay = if late {
            -0.5 * time.late_mean_days
                * (of(Purpose::LegDelay, self.leg) * of(Purpose::LegDelayMore, self.leg)).ln()
        } else {
            0.0
        };
        let border = time.border.as_ref().map_or(0.0, |it| {
            let inspected = of(Purpose::Inspection, self.border) < it.inspected_share;
            let days = if inspected { it.inspected_days } else { it.green_days };
            days.quantile(of(Purpose::Border, self.border))
        });
        let shocks: f64 =
            time.shocks.iter().zip(&self.shocks).map(|(it, key)| shock_days(it, *key, draws, scenario)).sum();
        wait + travel + dwell_from + dwell_to + border + delay + shocks
    }
}

/// Whether the corridor is struck, and then an exponential delay; the same for all who use it.
fn shock_days(shock: &CorridorShock, key: u64, draws: Draws, scenario: u32) -> f64 {
    if !is_struck(shock, draws, scenario) {
        return 0.0;
    }
    -shock.mean_delay_days * draws.uniform(scenario, Purpose::CorridorDelay, key).ln()
}

/// Whether a corridor is struck in a scenario.
pub fn is_struck(shock: &CorridorShock, draws: Draws, scenario: u32) -> bool {
    draws.uniform(scenario, Purpose::Corridor, key(&shock.corridor)) < shock.share_of_weeks
}

/// Days that a leg takes in a scenario. For many scenarios make a [`Sampler`] once.
pub fn sample_leg_days(leg: &Leg, draws: Draws, scenario: u32) -> f64 {
    Sampler::new(leg).days(draws, scenario)
}

/// Days that all legs take in a scenario.
pub fn sample_days(legs: &[Leg], draws: Draws, scenario: u32) -> f64 {
    legs.iter().map(|it| sample_leg_days(it, draws, scenario)).sum()
}

/// P10, P50 and P90 of the days over `scenarios` draws (nearest rank).
pub fn quantiles(legs: &[Leg], seed: u64, scenarios: u32) -> Interval {
    let samplers: Vec<Sampler<'_>> = legs.iter().map(Sampler::new).collect();
    let draws = Draws::new(seed);
    let sum = |scenario| samplers.iter().map(|it| it.days(draws, scenario)).sum::<f64>();
    let mut days: Vec<f64> = (0..scenarios.max(1)).map(sum).collect();
    days.sort_by(f64::total_cmp);
    let rank = |share: f64| days[((share * days.len() as f64).ceil() as usize).clamp(1, days.len()) - 1];
    Interval { low: rank(0.1), mid: rank(0.5), high: rank(0.9) }
}

/// Passages of all legs.
pub fn passages(legs: &[Leg]) -> PassageSet {
    legs.iter().fold(PassageSet::EMPTY, |set, leg| set.union(leg.passages))
}

/// Corridor name of a passage.
pub fn corridor(passage: Passage) -> String {
    passage.key().to_owned()
}
