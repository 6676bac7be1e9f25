//! Distances and days for many pairs at once.

use std::collections::{BTreeSet, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

use domain::{Coordinates, Economy};
use rayon::prelude::*;
use serde::Serialize;

use crate::error::RouteError;
use crate::lead::{LeadTimeBook, VesselClass};
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
    let ends = Ends::of(pairs, network);
    let found = ends.found(pairs, closed, network);
    let one = |(number, way): (usize, &Option<SeaDistance>)| {
        way.ok_or_else(|| ends.why_none(number, pairs[number], closed))
    };
    found.par_iter().enumerate().with_min_len(CHUNK).map(one).collect()
}

/// The ends of pairs, each point snapped once.
struct Ends {
    /// By pair: the places of its two ends in `snaps`.
    places: Vec<(u32, u32)>,
    snaps: Vec<Result<Snap, RouteError>>,
}

impl Ends {
    fn of(pairs: &[(Coordinates, Coordinates)], network: &SeaNetwork) -> Self {
        // Looked into, never gone through, so its order plays no part.
        let mut known: HashMap<(u64, u64), u32, BuildHasherDefault<Mix>> = HashMap::default();
        let mut points = Vec::new();
        let mut place = |at: Coordinates| {
            *known.entry((at.lat().to_bits(), at.lon().to_bits())).or_insert_with(|| {
                points.push(at);
                points.len() as u32 - 1
            })
        };
        let places = pairs.iter().map(|&(from, to)| (place(from), place(to))).collect();
        Self { places, snaps: points.par_iter().map(|it| network.snap(*it)).collect() }
    }

    /// The way of each pair, where there is one.
    fn found(
        &self,
        pairs: &[(Coordinates, Coordinates)],
        closed: PassageSet,
        network: &SeaNetwork,
    ) -> Vec<Option<SeaDistance>> {
        let labels = network.labels(closed);
        let one = |(&(from, to), &(a, b)): (&(Coordinates, Coordinates), &(u32, u32))| {
            let snap = |place: u32| self.snaps[place as usize].as_ref().ok().copied();
            network.snapped_distance(&labels, (from, snap(a)?), (to, snap(b)?))
        };
        pairs.par_iter().zip(&self.places).with_min_len(CHUNK).map(one).collect()
    }

    fn why_none(
        &self,
        number: usize,
        (from, to): (Coordinates, Coordinates),
        closed: PassageSet,
    ) -> RouteError {
        let (a, b) = self.places[number];
        let error = |place: u32| self.snaps[place as usize].as_ref().err().cloned();
        error(a).or_else(|| error(b)).unwrap_or_else(|| no_route(from, to, closed))
    }
}

/// Hashes the bits of coordinates: two multiplications, as the usual hash costs more than all else. Nobody gains by
/// making its keys collide but for slowing down their own table.
#[derive(Default)]
struct Mix(u64);

impl Hasher for Mix {
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u64(u64::from(byte));
        }
    }

    fn write_u64(&mut self, word: u64) {
        let mixed = (self.0.rotate_left(26) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = mixed ^ (mixed >> 32);
    }

    fn finish(&self) -> u64 {
        self.0
    }
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
    let ends = Ends::of(pairs, network);
    let found = ends.found(pairs, closed, network);
    let times = SailingTimes::of(&found, book)?;
    let row = |(number, way): (usize, &Option<SeaDistance>)| {
        let way = way.ok_or_else(|| ends.why_none(number, pairs[number], closed))?;
        let (days_p50, days_p90) = times.at(way);
        Ok(MatrixRow {
            distance_nm: way.nm(),
            days_p50,
            days_p90,
            snap_km: f64::from(way.snap_metres) / 1000.0,
            passages: way.passages,
        })
    };
    Ok(found.par_iter().enumerate().with_min_len(CHUNK).map(row).collect())
}

/// Quantiles of the days at a grid of distances, per set of passages, with straight lines between.
struct SailingTimes {
    /// By set of passages, ascending: P50 and P90 at each step of the grid that a way lies beside.
    known: Vec<(PassageSet, Vec<(f64, f64)>)>,
}

/// Grid of distances, metres: the days are all but linear in the distance between two steps.
const STEP_METRES: u32 = 1_000_000;

impl SailingTimes {
    /// The grid for these ways: each step is worked out once.
    fn of(ways: &[Option<SeaDistance>], book: &LeadTimeBook) -> Result<Self, RouteError> {
        let vessel = book.get_vessel(crate::lead::DEFAULT_VESSEL)?;
        book.sea_leg(1.0, PassageSet::EMPTY, vessel, None, (UNNAMED, UNNAMED))?;
        let beside = |part: &[Option<SeaDistance>]| {
            let steps = part.iter().flatten().map(|it| (it.passages, it.metres / STEP_METRES));
            steps.flat_map(|(set, step)| [(set, step), (set, step + 1)]).collect::<BTreeSet<_>>()
        };
        let needed = ways.par_chunks(64 * CHUNK).map(beside).reduce(BTreeSet::new, |mut all, part| {
            all.extend(part);
            all
        });
        let days = |(set, step): (PassageSet, u32)| {
            let km = f64::from(step) * f64::from(STEP_METRES) / 1000.0;
            (set, step, quantiles_of(km, set, vessel, book).unwrap_or(UNKNOWN))
        };
        let made: Vec<_> = needed.into_iter().collect::<Vec<_>>().into_par_iter().map(days).collect();
        let mut known: Vec<(PassageSet, Vec<(f64, f64)>)> = Vec::new();
        for (set, step, days) in made {
            if known.last().is_none_or(|(last, _)| *last != set) {
                known.push((set, Vec::new()));
            }
            let Some((_, steps)) = known.last_mut() else { continue };
            steps.resize(step as usize, UNKNOWN);
            steps.push(days);
        }
        Ok(Self { known })
    }

    fn at(&self, way: SeaDistance) -> (f64, f64) {
        let step = (way.metres / STEP_METRES) as usize;
        let place = self.known.binary_search_by_key(&way.passages, |it| it.0);
        let steps = place.map_or(&[][..], |it| &self.known[it].1);
        let days = |step: usize| steps.get(step).copied().unwrap_or(UNKNOWN);
        let (low, high) = (days(step), days(step + 1));
        let share = f64::from(way.metres % STEP_METRES) / f64::from(STEP_METRES);
        (low.0 + share * (high.0 - low.0), low.1 + share * (high.1 - low.1))
    }
}

const UNKNOWN: (f64, f64) = (f64::NAN, f64::NAN);

/// P50 and P90 of the days over so many kilometres.
fn quantiles_of(
    km: f64,
    passages: PassageSet,
    vessel: &VesselClass,
    book: &LeadTimeBook,
) -> Option<(f64, f64)> {
    const SERVED: f64 = 100.0;
    let mut time = book.sea_leg(km, passages, vessel, Some(SERVED), (UNNAMED, UNNAMED)).ok()?;
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

/// Stands for any economy (user-assigned code of ISO 3166-1).
const UNNAMED: Economy = Economy::new(*b"ZZ");
