//! Distances and days for many pairs at once.

use std::collections::{BTreeMap, HashMap};

use domain::{Coordinates, Economy};
use rayon::prelude::*;
use serde::Serialize;

use crate::error::RouteError;
use crate::lead::LeadTimeBook;
use crate::leg::{DistanceBasis, Leg, Mode, Stop, quantiles};
use crate::network::{SeaDistance, SeaNetwork, Snap, no_route};
use crate::passage::PassageSet;

/// One answered pair.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct MatrixRow {
    pub distance_nm: f64,
    /// Port to port: wait for a departure, sailing, lateness and shocks; no dwell on land and no customs.
    pub days_p50: f64,
    pub days_p90: f64,
    pub snap_km: f64,
    pub passages: PassageSet,
}

/// Pairs given to a thread at a time: enough that handing them out costs nothing.
const CHUNK: usize = 1024;
/// Scenarios and seed behind the days of the matrix; the seed is fixed so that the same file gives the same answer.
const SCENARIOS: u32 = 1024;
const SEED: u64 = 1;

/// Sea distance of each pair. Ends that occur often are snapped once. The order of the answer is that of the pairs,
/// and the answer does not depend on the number of threads.
pub fn distances(
    pairs: &[(Coordinates, Coordinates)],
    closed: PassageSet,
    network: &SeaNetwork,
) -> Vec<Result<SeaDistance, RouteError>> {
    let labels = network.labels(closed);
    let mut ends: Vec<Coordinates> = pairs.iter().flat_map(|&(from, to)| [from, to]).collect();
    ends.sort_unstable_by_key(|it| bits(*it));
    ends.dedup_by_key(|it| bits(*it));
    let snaps: Vec<Result<Snap, RouteError>> = ends.par_iter().map(|it| network.snap(*it)).collect();
    let place: HashMap<[u64; 2], u32> =
        ends.iter().enumerate().map(|(index, it)| (bits(*it), index as u32)).collect();
    let snap = |at: Coordinates| snaps[place[&bits(at)] as usize].clone();
    let one = |&(from, to): &(Coordinates, Coordinates)| {
        let (a, b) = (snap(from)?, snap(to)?);
        network.snapped_distance(&labels, (from, a), (to, b)).ok_or_else(|| no_route(from, to, closed))
    };
    pairs.par_iter().with_min_len(CHUNK).map(one).collect()
}

/// What tells two points apart.
fn bits(at: Coordinates) -> [u64; 2] {
    [at.lat().to_bits(), at.lon().to_bits()]
}

/// Metres between ports that are snapped already: the bare matrix, five million pairs a second and more on one core.
/// [`u32::MAX`] where there is no way.
pub fn snapped_metres(pairs: &[(Snap, Snap)], closed: PassageSet, network: &SeaNetwork) -> Vec<u32> {
    let labels = network.labels(closed);
    let one = |(a, b): &(Snap, Snap)| {
        network.node_metres(&labels, a.node, b.node).map_or(u32::MAX, |it| it + a.metres + b.metres)
    };
    pairs.par_chunks(CHUNK).flat_map_iter(|chunk| chunk.iter().map(one)).collect()
}

/// Distance, days and passages of each pair, for the default ship on a served trade.
pub fn matrix(
    pairs: &[(Coordinates, Coordinates)],
    closed: PassageSet,
    network: &SeaNetwork,
    book: &LeadTimeBook,
) -> Result<Vec<Result<MatrixRow, RouteError>>, RouteError> {
    let times = SailingTimes::new(book)?;
    let found = distances(pairs, closed, network);
    let row = |it: Result<SeaDistance, RouteError>| {
        it.map(|way| {
            let (days_p50, days_p90) = times.at(way);
            MatrixRow {
                distance_nm: way.nm(),
                days_p50,
                days_p90,
                snap_km: f64::from(way.snap_metres) / 1000.0,
                passages: way.passages,
            }
        })
    };
    // quantiles per set of passages are made once, so rows are cheap
    Ok(found.into_iter().map(row).collect())
}

/// Quantiles of the days at a grid of distances, per set of passages, with straight lines between.
struct SailingTimes<'a> {
    book: &'a LeadTimeBook,
    known: std::cell::RefCell<BTreeMap<(PassageSet, u32), (f64, f64)>>,
    vessel: &'a crate::lead::VesselClass,
}

/// Grid of distances, metres: the days are all but linear in the distance between two steps.
const STEP_METRES: u32 = 1_000_000;

impl<'a> SailingTimes<'a> {
    fn new(book: &'a LeadTimeBook) -> Result<Self, RouteError> {
        let vessel = book.get_vessel(crate::lead::DEFAULT_VESSEL)?;
        book.sea_leg(1.0, PassageSet::EMPTY, vessel, None, (UNNAMED, UNNAMED))?;
        Ok(Self { book, known: std::cell::RefCell::default(), vessel })
    }

    fn at(&self, way: SeaDistance) -> (f64, f64) {
        let step = way.metres / STEP_METRES;
        let (low, high) = (self.step(way.passages, step), self.step(way.passages, step + 1));
        let share = f64::from(way.metres - step * STEP_METRES) / f64::from(STEP_METRES);
        (low.0 + share * (high.0 - low.0), low.1 + share * (high.1 - low.1))
    }

    fn step(&self, passages: PassageSet, step: u32) -> (f64, f64) {
        if let Some(known) = self.known.borrow().get(&(passages, step)) {
            return *known;
        }
        let km = f64::from(step) * f64::from(STEP_METRES) / 1000.0;
        let days = self.quantiles(km, passages).unwrap_or((f64::NAN, f64::NAN));
        self.known.borrow_mut().insert((passages, step), days);
        days
    }

    fn quantiles(&self, km: f64, passages: PassageSet) -> Option<(f64, f64)> {
        const SERVED: f64 = 100.0;
        let mut time = self.book.sea_leg(km, passages, self.vessel, Some(SERVED), (UNNAMED, UNNAMED)).ok()?;
        time.dwell_from_days = domain::Interval::exact(0.0);
        time.dwell_to_days = domain::Interval::exact(0.0);
        let at = Coordinates::new(0.0, 0.0).ok()?;
        let stop = Stop { name: String::new(), economy: UNNAMED, locode: None, iata: None, at };
        let leg = Leg {
            mode: Mode::Sea,
            from: stop.clone(),
            to: stop,
            distance_km: km,
            great_circle_km: 0.0,
            distance_basis: DistanceBasis::SeaNetwork,
            passages,
            time,
        };
        let days = quantiles(&[leg], SEED, SCENARIOS);
        Some((days.mid, days.high))
    }
}

/// Stands for any economy (user-assigned code of ISO 3166-1).
const UNNAMED: Economy = Economy::new(*b"ZZ");
