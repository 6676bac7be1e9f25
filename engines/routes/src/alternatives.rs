//! Sets of alternative routes between two places: by sea through several ports, with and without transshipment and with
//! a canal avoided, by air, by road and by rail where land joins the two.

use domain::place::EARTH_RADIUS_KM;
use domain::{Coordinates, Economy, Interval, Place};
use serde::Serialize;

use crate::error::RouteError;
use crate::freight::{FreightBook, freight_cost_usd};
use crate::lead::{DEFAULT_VESSEL, LeadTimeBook, VesselClass};
use crate::leg::{DistanceBasis, Leg, Mode, Stop, passages, quantiles};
use crate::network::SeaNetwork;
use crate::passage::{Passage, PassageSet};
use crate::ports::{Airport, AirportBook, HarbourSize, Port, PortBook};

/// From where to where, and what is shut.
#[derive(Clone, Debug)]
pub struct RouteQuestion {
    pub origin: Place,
    pub destination: Place,
    /// Mass of the goods, kg: decides between part loads and full containers.
    pub mass_kg: f64,
    /// Passages shut on top of the Arctic.
    pub closed: PassageSet,
    /// Class of ship; the default when none.
    pub vessel: Option<String>,
    /// YYYY-MM-DD; decides which size limits of canals are in force.
    pub as_of: String,
}

/// The books that routes are made from.
#[derive(Clone, Copy, Debug)]
pub struct RouteBooks<'a> {
    pub network: &'a SeaNetwork,
    pub ports: &'a PortBook,
    pub airports: &'a AirportBook,
    pub lead: &'a LeadTimeBook,
    pub freight: &'a FreightBook,
}

/// One complete way from origin to destination.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RouteOption {
    /// Stops and modes in short: `road-CNSHA-sea-GBFXT-road`; a closure asked for is added as `/no-suez`.
    pub id: String,
    pub legs: Vec<Leg>,
    pub distance_km: f64,
    pub passages: PassageSet,
    /// P10, P50 and P90 of the days over [`SCENARIOS`] draws of a fixed seed.
    pub days: Interval,
    /// US dollars for the mass asked about; assumed rates.
    pub freight_usd: Interval,
}

/// What was left out, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Dropped {
    pub what: String,
    pub reason: String,
    /// There is such a way, but better ones were kept; otherwise there is none.
    pub exists: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct RouteAnswer {
    /// Soonest first.
    pub options: Vec<RouteOption>,
    pub dropped: Vec<Dropped>,
}

/// Ports looked at on each side: enough for a main hub, a near port and one in a neighbour.
const PORTS_PER_END: usize = 3;
/// Direct sea options kept: more would differ by hours.
const SEA_OPTIONS: usize = 4;
/// Farther inland than this no port is looked for.
const INLAND_LIMIT_KM: f64 = 2_500.0;
/// Ports abroad are looked at within this distance of a known place.
const NEAR_PORT_KM: f64 = 600.0;
/// An end nearer than this to its port or airport needs no leg of its own.
const NO_LEG_KM: f64 = 5.0;
/// Hubs tried for transshipment.
const TRANSSHIPMENT_HUBS: usize = 12;
/// A detour by a hub longer than this share of the direct way is not offered.
const TRANSSHIPMENT_DETOUR: f64 = 1.25;
const AIRPORT_KM: f64 = 500.0;
/// A port farther from the lanes lies up a river for barges. Hamburg and Antwerp are within.
const LANE_WITHIN_METRES: u32 = 60_000;
/// Bounds of the Caspian Sea, degrees.
const CASPIAN_LAT: std::ops::Range<f64> = 36.0..47.5;
const CASPIAN_LON: std::ops::Range<f64> = 46.5..55.0;
const ROAD_LIMIT_KM: f64 = 3_500.0;
const RAIL_RANGE_KM: std::ops::Range<f64> = 500.0..12_000.0;
/// Draws behind the quantiles of an option.
pub const SCENARIOS: u32 = 128;
const SEED: u64 = 1;

/// Great circle to real distance by mode, percent, and how far off nine in ten are. Roads: circuity of 1.2 to 1.4 in
/// most countries; rail about the same with fewer ways; aircraft fly 3 to 8 % more than the great circle. Assumed.
const fn factor(mode: Mode) -> (u16, u16) {
    match mode {
        Mode::Sea => (100, 3),
        Mode::Air => (105, 5),
        Mode::Road => (130, 25),
        Mode::Rail => (135, 25),
    }
}

/// An end of the route with the places it can be reached through.
struct End<'a> {
    stop: Stop,
    /// Whether the place itself is known, not only its economy.
    placed: bool,
    ports: Vec<(&'a Port, f64)>,
    airport: Option<(&'a Airport, f64)>,
}

/// All sensible ways, and what was left out. An error only for what makes the question senseless; that one mode has no
/// way is said in `dropped`.
pub fn alternatives(question: &RouteQuestion, books: RouteBooks<'_>) -> Result<RouteAnswer, RouteError> {
    let vessel = books.lead.get_vessel(question.vessel.as_deref().unwrap_or(DEFAULT_VESSEL))?;
    let closed = books.lead.closed_for(question.closed, Some(vessel), &question.as_of);
    let mut cx = Search { question, books, vessel, answer: RouteAnswer::default() };
    let from = cx.end(&question.origin, false)?;
    let to = cx.end(&question.destination, true)?;
    cx.by_sea(&from, &to, closed)?;
    cx.by_air(&from, &to)?;
    cx.by_land(&from, &to, Mode::Road)?;
    cx.by_land(&from, &to, Mode::Rail)?;
    let mut answer = cx.answer;
    answer.options.sort_by(|a, b| a.days.mid.total_cmp(&b.days.mid).then(a.id.cmp(&b.id)));
    answer.options.dedup_by(|a, b| a.id == b.id);
    Ok(answer)
}

struct Search<'a> {
    question: &'a RouteQuestion,
    books: RouteBooks<'a>,
    vessel: &'a VesselClass,
    answer: RouteAnswer,
}

impl<'a> Search<'a> {
    fn drop(&mut self, what: impl Into<String>, reason: impl Into<String>) {
        self.answer.dropped.push(Dropped { what: what.into(), reason: reason.into(), exists: false });
    }

    fn set_aside(&mut self, what: impl Into<String>, reason: impl Into<String>) {
        self.answer.dropped.push(Dropped { what: what.into(), reason: reason.into(), exists: true });
    }

    fn end(&mut self, place: &Place, importing: bool) -> Result<End<'a>, RouteError> {
        let ports = self.books.ports;
        let own_port = place.locode.and_then(|it| ports.find(it));
        let at = place.at.or(own_port.map(|it| it.at));
        let candidates = self.ports_for(place.economy, at, importing)?;
        let fallback = || {
            let port = candidates.first().map(|it| it.0.at);
            port.or_else(|| self.greatest_airport(place.economy).map(|it| it.at))
        };
        let anchor =
            at.or_else(fallback).ok_or_else(|| RouteError::NoCoordinates { place: place.to_string() })?;
        let candidates = if candidates.is_empty() {
            self.ports_for(place.economy, Some(anchor), importing)?
        } else {
            candidates
        };
        let stop = Stop {
            name: place.name.clone(),
            economy: place.economy,
            locode: place.locode,
            iata: None,
            at: anchor,
        };
        let airport = self.books.airports.near(anchor, place.economy, AIRPORT_KM);
        Ok(End { stop, placed: at.is_some(), ports: candidates, airport })
    }

    fn greatest_airport(&self, economy: Economy) -> Option<&'a Airport> {
        let own = self.books.airports.list_all().iter().filter(|it| it.economy == economy);
        own.min_by(|a, b| a.scale.cmp(&b.scale).then(a.iata.cmp(&b.iata)))
    }

    fn joined_by_land(&self, a: Economy, b: Economy) -> bool {
        let mass = |it| self.books.lead.landmass(it).map(|it| it.0);
        a == b || mass(a).zip(mass(b)).is_some_and(|(x, y)| x == y)
    }

    /// Whether ocean ships call: near a shipping lane, and not on the Caspian, which ocean ships cannot reach.
    fn is_seaport(&self, port: &Port) -> bool {
        let (lat, lon) = (port.at.lat(), port.at.lon());
        let caspian = CASPIAN_LAT.contains(&lat) && CASPIAN_LON.contains(&lon);
        let near = self.books.network.snap(port.at).is_ok_and(|it| it.metres <= LANE_WITHIN_METRES);
        !caspian && near
    }

    /// Ports that carriers would use for a place, the likeliest first, with the distance to them.
    fn ports_for(
        &self,
        economy: Economy,
        at: Option<Coordinates>,
        _importing: bool,
    ) -> Result<Vec<(&'a Port, f64)>, RouteError> {
        let own =
            self.books.ports.hubs(economy).filter(|it| it.lsci.is_some() || it.size >= HarbourSize::Medium);
        let own: Vec<&Port> = own.take(12).collect();
        let own = if own.is_empty() { self.books.ports.hubs(economy).take(2).collect() } else { own };
        let own: Vec<&Port> = own.into_iter().filter(|it| self.is_seaport(it)).collect();
        let Some(at) = at else {
            return Ok(own.into_iter().take(PORTS_PER_END).map(|it| (it, 0.0)).collect());
        };
        let reach = if own.is_empty() { INLAND_LIMIT_KM } else { NEAR_PORT_KM };
        let abroad = self.books.ports.near(at, reach).into_iter().map(|it| it.0);
        let abroad = abroad.filter(|it| {
            it.lsci.is_some() && self.is_seaport(it) && self.joined_by_land(it.economy(), economy)
        });
        let mut weighed = Vec::new();
        for port in own.into_iter().chain(abroad) {
            let km = port.at.great_circle_km(at);
            if km > INLAND_LIMIT_KM
                || weighed.iter().any(|(_, it, _): &(f64, &Port, f64)| it.locode == port.locode)
            {
                continue;
            }
            let speed = self.books.lead.get("road.km-per-day")?.value.mid;
            let border_days = if port.economy() == economy { 0.0 } else { 2.0 };
            let days = km * 1.3 / speed + self.books.lead.headway_days(port.lsci)? / 2.0 + border_days;
            weighed.push((days, port, km));
        }
        weighed.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.locode.cmp(&b.1.locode)));
        weighed.truncate(PORTS_PER_END);
        Ok(weighed.into_iter().map(|(_, port, km)| (port, km)).collect())
    }

    fn by_sea(&mut self, from: &End<'a>, to: &End<'a>, closed: PassageSet) -> Result<(), RouteError> {
        if from.stop.economy == to.stop.economy && from.stop.at == to.stop.at {
            self.drop("sea", "origin and destination are the same place");
            return Ok(());
        }
        let mut found = Vec::new();
        for &(a, _) in &from.ports {
            for &(b, _) in to.ports.iter().filter(|it| it.0.locode != a.locode) {
                match self.sea_leg(a, b, closed) {
                    Ok(leg) => found.push((a, b, self.option(from, to, vec![leg], "")?)),
                    Err(error) => self.drop(format!("sea {}-{}", a.locode, b.locode), error.to_string()),
                }
            }
        }
        if from.ports.is_empty() || to.ports.is_empty() {
            self.drop("sea", "no port within reach of origin or destination");
        }
        found.sort_by(|a, b| a.2.days.mid.total_cmp(&b.2.days.mid).then(a.2.id.cmp(&b.2.id)));
        for (.., extra) in found.iter().skip(SEA_OPTIONS) {
            let reason =
                format!("{:.0} days, slower than the {SEA_OPTIONS} sea options kept", extra.days.mid);
            self.set_aside(extra.id.clone(), reason);
        }
        found.truncate(SEA_OPTIONS);
        if let Some((a, b, best)) = found.first() {
            let (a, b) = (*a, *b);
            let (km, used) = (best.distance_km, best.passages);
            self.avoiding(from, to, (a, b), used, closed)?;
            self.transshipped(from, to, (a, b), km, closed)?;
        }
        self.answer.options.extend(found.into_iter().map(|it| it.2));
        Ok(())
    }

    /// The way round when the canal that the best way uses is avoided.
    fn avoiding(
        &mut self,
        from: &End<'a>,
        to: &End<'a>,
        (a, b): (&'a Port, &'a Port),
        used: PassageSet,
        closed: PassageSet,
    ) -> Result<(), RouteError> {
        for canal in [Passage::Suez, Passage::BabElMandeb, Passage::Panama] {
            if !used.contains(canal) || (canal == Passage::BabElMandeb && used.contains(Passage::Suez)) {
                continue;
            }
            let shut = PassageSet::EMPTY.with(canal);
            let shut = if canal == Passage::Suez { shut.with(Passage::BabElMandeb) } else { shut };
            match self.sea_leg(a, b, closed.union(shut)) {
                Ok(leg) => {
                    let option = self.option(from, to, vec![leg], &format!("/no-{}", canal.key()))?;
                    self.answer.options.push(option);
                }
                Err(error) => {
                    self.drop(format!("sea {}-{} without {canal}", a.locode, b.locode), error.to_string())
                }
            }
        }
        Ok(())
    }

    /// The way by the hub with the least detour.
    fn transshipped(
        &mut self,
        from: &End<'a>,
        to: &End<'a>,
        (a, b): (&'a Port, &'a Port),
        direct_km: f64,
        closed: PassageSet,
    ) -> Result<(), RouteError> {
        let mut best: Option<(f64, Vec<Leg>)> = None;
        for hub in self.books.ports.best_connected(TRANSSHIPMENT_HUBS) {
            if hub.locode == a.locode || hub.locode == b.locode {
                continue;
            }
            let legs =
                self.sea_leg(a, hub, closed).and_then(|one| Ok(vec![one, self.sea_leg(hub, b, closed)?]));
            let Ok(legs) = legs else { continue };
            let km: f64 = legs.iter().map(|it| it.distance_km).sum();
            if legs.iter().all(|it| it.distance_km > 300.0) && best.as_ref().is_none_or(|it| km < it.0) {
                best = Some((km, legs));
            }
        }
        match best {
            Some((km, legs)) if km <= TRANSSHIPMENT_DETOUR * direct_km => {
                let option = self.option(from, to, legs, "")?;
                self.answer.options.push(option);
            }
            Some((km, _)) => self.set_aside(
                format!("transshipment {}-{}", a.locode, b.locode),
                format!(
                    "by way of the best of the great hubs it is {km:.0} km, over {TRANSSHIPMENT_DETOUR} times the direct way"
                ),
            ),
            None => self.drop(format!("transshipment {}-{}", a.locode, b.locode), "no hub lies between"),
        }
        Ok(())
    }

    fn sea_leg(&self, a: &Port, b: &Port, closed: PassageSet) -> Result<Leg, RouteError> {
        let way = self.books.network.distance_by_tree(a.at, b.at, closed)?;
        let worse = a.lsci.zip(b.lsci).map(|(x, y)| x.min(y));
        let mut time = self.books.lead.sea_leg(
            way.km(),
            way.passages,
            self.vessel,
            worse,
            (a.economy(), b.economy()),
        )?;
        if a.economy() != b.economy() {
            time.border = Some(self.books.lead.border(b.economy())?);
        }
        Ok(Leg {
            mode: Mode::Sea,
            from: port_stop(a),
            to: port_stop(b),
            distance_km: way.km(),
            great_circle_km: a.at.great_circle_km(b.at),
            distance_basis: DistanceBasis::SeaNetwork,
            passages: way.passages,
            time,
        })
    }

    fn by_air(&mut self, from: &End<'a>, to: &End<'a>) -> Result<(), RouteError> {
        let (Some((a, _)), Some((b, _))) = (from.airport, to.airport) else {
            self.drop("air", format!("no airport within {AIRPORT_KM} km of origin or destination"));
            return Ok(());
        };
        if a.iata == b.iata {
            self.drop("air", format!("both ends use the airport {}", a.iata));
            return Ok(());
        }
        let leg = self.straight_leg(Mode::Air, airport_stop(a), airport_stop(b))?;
        let option = self.option(from, to, vec![leg], "")?;
        self.answer.options.push(option);
        Ok(())
    }

    fn by_land(&mut self, from: &End<'a>, to: &End<'a>, mode: Mode) -> Result<(), RouteError> {
        let (a, b) = (from.stop.economy, to.stop.economy);
        let km = from.stop.at.great_circle_km(to.stop.at);
        let rails = |it| self.books.lead.landmass(it).is_some_and(|it| it.1);
        let reason = if !self.joined_by_land(a, b) {
            Some(format!("no land joins {a} and {b}"))
        } else if mode == Mode::Road && km > ROAD_LIMIT_KM {
            Some(format!("{km:.0} km, farther than trucks go ({ROAD_LIMIT_KM:.0} km)"))
        } else if mode == Mode::Rail && !RAIL_RANGE_KM.contains(&km) {
            Some(format!(
                "{km:.0} km is outside the range of rail ({:.0} to {:.0} km)",
                RAIL_RANGE_KM.start, RAIL_RANGE_KM.end
            ))
        } else if mode == Mode::Rail && !(rails(a) && rails(b)) {
            Some(format!("no through freight railway is known between {a} and {b}"))
        } else if km < 1.0 {
            Some("origin and destination are the same place".to_owned())
        } else {
            None
        };
        if let Some(reason) = reason {
            self.drop(mode.word(), reason);
            return Ok(());
        }
        let leg = self.straight_leg(mode, from.stop.clone(), to.stop.clone())?;
        let option = self.option(from, to, vec![leg], "")?;
        self.answer.options.push(option);
        Ok(())
    }

    /// A leg by great circle times the factor of its mode.
    fn straight_leg(&self, mode: Mode, from: Stop, to: Stop) -> Result<Leg, RouteError> {
        let great_circle_km = from.at.great_circle_km(to.at);
        debug_assert!(great_circle_km <= std::f64::consts::PI * EARTH_RADIUS_KM + 1.0);
        let (factor_percent, error_percent) = factor(mode);
        let distance_km = great_circle_km * f64::from(factor_percent) / 100.0;
        let mut time = self.books.lead.land_or_air_leg(mode, distance_km)?;
        if from.economy != to.economy {
            time.border = Some(self.books.lead.border(to.economy)?);
        }
        Ok(Leg {
            mode,
            from,
            to,
            distance_km,
            great_circle_km,
            distance_basis: DistanceBasis::GreatCircleTimesFactor { factor_percent, error_percent },
            passages: PassageSet::EMPTY,
            time,
        })
    }

    /// Adds the legs to the first port or airport and from the last one, and sums up.
    fn option(
        &self,
        from: &End<'_>,
        to: &End<'_>,
        main: Vec<Leg>,
        suffix: &str,
    ) -> Result<RouteOption, RouteError> {
        let mut legs = Vec::new();
        if let Some(first) = main.first().filter(|it| from.placed && apart(&from.stop, &it.from)) {
            legs.push(self.straight_leg(Mode::Road, from.stop.clone(), first.from.clone())?);
        }
        let last = main.last().filter(|it| to.placed && apart(&it.to, &to.stop)).map(|it| it.to.clone());
        legs.extend(main);
        if let Some(last) = last {
            legs.push(self.straight_leg(Mode::Road, last, to.stop.clone())?);
        }
        let mut freight = Interval::exact(0.0);
        for leg in &legs {
            freight = freight.plus(freight_cost_usd(leg, self.question.mass_kg, self.books.freight)?.usd);
        }
        Ok(RouteOption {
            id: id(&legs) + suffix,
            distance_km: legs.iter().map(|it| it.distance_km).sum(),
            passages: passages(&legs),
            days: quantiles(&legs, SEED, SCENARIOS),
            freight_usd: freight,
            legs,
        })
    }
}

fn apart(a: &Stop, b: &Stop) -> bool {
    a.at.great_circle_km(b.at) > NO_LEG_KM
}

/// `sea:CNSHA-GBFXT+road:GBFXT-GBBHM`
fn id(legs: &[Leg]) -> String {
    let word = |leg: &Leg| format!("{}:{}-{}", leg.mode, leg.from.key(), leg.to.key());
    legs.iter().map(word).collect::<Vec<_>>().join("+")
}

fn port_stop(port: &Port) -> Stop {
    Stop {
        name: port.name.clone(),
        economy: port.economy(),
        locode: Some(port.locode),
        iata: None,
        at: port.at,
    }
}

fn airport_stop(airport: &Airport) -> Stop {
    Stop {
        name: airport.name.clone(),
        economy: airport.economy,
        locode: None,
        iata: Some(airport.iata.clone()),
        at: airport.at,
    }
}
