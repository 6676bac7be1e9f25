//! Parameters of lead times: dated tables, each row with its basis and source.

use std::collections::BTreeMap;

use domain::{Basis, Economy, Interval};

use crate::error::RouteError;
use crate::leg::{BorderTime, CorridorShock, LegTime, Mode, corridor};
use crate::network::data_rows;
use crate::passage::{Passage, PassageSet};

/// A row of `parameters.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    pub value: Interval,
    pub unit: String,
    pub basis: Basis,
    pub source: String,
}

/// Size and speed of a class of ships.
#[derive(Clone, Debug, PartialEq)]
pub struct VesselClass {
    pub key: String,
    pub name: String,
    pub length_m: f64,
    pub beam_m: f64,
    pub draft_m: f64,
    pub speed_kn: Interval,
    pub source: String,
}

/// The largest ship that a passage takes.
#[derive(Clone, Debug, PartialEq)]
pub struct PassageLimit {
    pub passage: Passage,
    pub length_m: f64,
    pub beam_m: f64,
    pub draft_m: f64,
    pub valid_from: String,
    pub source: String,
}

/// Days from the port or border to the premises of the consignee and back, medians of the World Bank's surveys.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct BorderDays {
    pub export_median: Option<f64>,
    pub import_median: Option<f64>,
}

#[derive(Clone, Debug, Default)]
pub struct LeadTimeBook {
    parameters: BTreeMap<String, Parameter>,
    vessels: Vec<VesselClass>,
    limits: Vec<PassageLimit>,
    borders: BTreeMap<Economy, BorderDays>,
    shocks: BTreeMap<Passage, CorridorShock>,
    landmasses: BTreeMap<Economy, (String, bool)>,
}

/// The CSV texts of the book.
#[derive(Clone, Copy, Debug)]
pub struct LeadTimeTables<'a> {
    /// `key,low,mid,high,unit,basis,source`
    pub parameters: &'a str,
    /// `class,name,length_m,beam_m,draft_m,speed_low_kn,speed_mid_kn,speed_high_kn,basis,source`
    pub vessels: &'a str,
    /// `passage,length_m,beam_m,draft_m,valid_from,basis,source`; an empty cell is no limit
    pub limits: &'a str,
    /// `economy,export_days,import_days,year`
    pub borders: &'a str,
    /// `passage,share_of_weeks,mean_delay_days,basis,source`
    pub shocks: &'a str,
    /// `economy,landmass,rail`
    pub landmasses: &'a str,
}

/// The ship that is meant when none is named: too large for Kiel and Corinth, small enough for all other canals.
pub const DEFAULT_VESSEL: &str = "panamax";

/// Canals for small ships that stay out of a route unless a small ship is asked for.
pub const SMALL_SHIP_CANALS: PassageSet = PassageSet::EMPTY.with(Passage::Kiel).with(Passage::Corinth);

/// What is shut when a question says nothing: the Arctic, and the canals for small ships.
pub const DEFAULT_CLOSED: PassageSet = PassageSet::ARCTIC.union(SMALL_SHIP_CANALS);

impl LeadTimeBook {
    pub fn from_csv(tables: LeadTimeTables<'_>) -> Result<Self, RouteError> {
        let mut book = Self::default();
        for row in rows("lead time parameters", tables.parameters, 7) {
            let row = row?;
            let value = Interval::new(row.number(1)?, row.number(2)?, row.number(3)?);
            let parameter = Parameter { value, unit: row.text(4), basis: row.basis(5)?, source: row.text(6) };
            book.parameters.insert(row.text(0), parameter);
        }
        for row in rows("vessel classes", tables.vessels, 10) {
            let row = row?;
            book.vessels.push(VesselClass {
                key: row.text(0),
                name: row.text(1),
                length_m: row.number(2)?,
                beam_m: row.number(3)?,
                draft_m: row.number(4)?,
                speed_kn: Interval::new(row.number(5)?, row.number(6)?, row.number(7)?),
                source: row.text(9),
            });
        }
        for row in rows("passage limits", tables.limits, 7) {
            let row = row?;
            let limit = |at: usize| row.known(at).map(|it| it.unwrap_or(f64::INFINITY));
            book.limits.push(PassageLimit {
                passage: row.text(0).parse()?,
                length_m: limit(1)?,
                beam_m: limit(2)?,
                draft_m: limit(3)?,
                valid_from: row.text(4),
                source: row.text(6),
            });
        }
        for row in rows("border days", tables.borders, 4) {
            let row = row?;
            let days = BorderDays { export_median: row.known(1)?, import_median: row.known(2)? };
            book.borders.insert(row.text(0).parse()?, days);
        }
        for row in rows("passage shocks", tables.shocks, 5) {
            let row = row?;
            let passage: Passage = row.text(0).parse()?;
            let shock = CorridorShock {
                corridor: corridor(passage),
                share_of_weeks: row.number(1)?,
                mean_delay_days: row.number(2)?,
                basis: row.basis(3)?,
            };
            book.shocks.insert(passage, shock);
        }
        for row in rows("landmasses", tables.landmasses, 3) {
            let row = row?;
            book.landmasses.insert(row.text(0).parse()?, (row.text(1), row.text(2) == "y"));
        }
        Ok(book)
    }

    /// A parameter that the engine relies on; the table must have it.
    pub fn get(&self, key: &str) -> Result<&Parameter, RouteError> {
        self.parameters.get(key).ok_or_else(|| RouteError::Table {
            table: "lead time parameters",
            line: 0,
            why: format!("no row {key}"),
        })
    }

    pub fn list_parameters(&self) -> impl Iterator<Item = (&str, &Parameter)> {
        self.parameters.iter().map(|(key, it)| (key.as_str(), it))
    }

    pub fn list_vessels(&self) -> &[VesselClass] {
        &self.vessels
    }

    pub fn get_vessel(&self, word: &str) -> Result<&VesselClass, RouteError> {
        let wanted = domain::suggest::fold(word);
        let same = |it: &&VesselClass| {
            domain::suggest::fold(&it.key) == wanted || domain::suggest::fold(&it.name) == wanted
        };
        self.vessels.iter().find(same).ok_or_else(|| RouteError::UnknownVesselClass {
            given: word.trim().to_owned(),
            nearest: domain::suggest::nearest(word, self.vessels.iter().map(|it| it.key.as_str()))
                .map(str::to_owned),
            known: self.vessels.iter().map(|it| it.key.as_str()).collect::<Vec<_>>().join(", "),
        })
    }

    /// Passages that a ship is too long, too wide or too deep for, by the limits in force at `as_of` (YYYY-MM-DD).
    pub fn too_small_for(&self, vessel: &VesselClass, as_of: &str) -> PassageSet {
        let mut newest: BTreeMap<Passage, &PassageLimit> = BTreeMap::new();
        for limit in self.limits.iter().filter(|it| it.valid_from.as_str() <= as_of) {
            let kept = newest.entry(limit.passage).or_insert(limit);
            if kept.valid_from < limit.valid_from {
                *kept = limit;
            }
        }
        let refuses = |it: &&&PassageLimit| {
            vessel.length_m > it.length_m || vessel.beam_m > it.beam_m || vessel.draft_m > it.draft_m
        };
        newest.values().filter(refuses).map(|it| it.passage).collect()
    }

    /// What is shut for a question: the Arctic, what it closes itself, and what its ship cannot pass; without a ship
    /// the canals for small ships.
    pub fn closed_for(&self, closed: PassageSet, vessel: Option<&VesselClass>, as_of: &str) -> PassageSet {
        let by_size = vessel.map_or(SMALL_SHIP_CANALS, |it| self.too_small_for(it, as_of));
        PassageSet::ARCTIC.union(closed).union(by_size)
    }

    /// Landmass, and whether its railways carry goods across borders.
    pub fn landmass(&self, economy: Economy) -> Option<(&str, bool)> {
        self.landmasses.get(&economy).map(|(name, rail)| (name.as_str(), *rail))
    }

    pub fn border_days(&self, economy: Economy) -> BorderDays {
        self.borders.get(&economy).copied().unwrap_or_default()
    }

    /// Customs clearance on the way in: green, or inspected with a probability.
    pub fn border(&self, economy: Economy) -> Result<BorderTime, RouteError> {
        Ok(BorderTime {
            economy,
            green_days: self.get("border.green")?.value,
            inspected_days: self.get("border.inspected")?.value,
            inspected_share: self.get("border.inspected-share")?.value.mid,
        })
    }

    /// Days between departures for a port pair: of the worse connected of its two ports.
    pub fn headway_days(&self, lsci: Option<f64>) -> Result<f64, RouteError> {
        let key = match lsci {
            Some(score) if score >= 300.0 => "sea.headway.hub",
            Some(score) if score >= 60.0 => "sea.headway.served",
            Some(_) => "sea.headway.feeder",
            None => "sea.headway.unlisted",
        };
        Ok(self.get(key)?.value.mid)
    }

    /// Dwell in a port of an economy: its median of the World Bank's survey where there is one, with the spread of the
    /// general parameter.
    pub fn port_dwell(&self, economy: Economy, importing: bool) -> Result<Interval, RouteError> {
        let general = self.get(if importing { "sea.dwell.import" } else { "sea.dwell.export" })?.value;
        let days = self.border_days(economy);
        let surveyed = if importing { days.import_median } else { days.export_median };
        Ok(surveyed.map_or(general, |median| general.scale(median.clamp(1.0, 15.0) / general.mid)))
    }

    pub fn shocks(&self, passages: PassageSet) -> Vec<CorridorShock> {
        passages.iter().filter_map(|it| self.shocks.get(&it).cloned()).collect()
    }

    /// Lead time of a sea leg.
    pub fn sea_leg(
        &self,
        distance_km: f64,
        passages: PassageSet,
        vessel: &VesselClass,
        lsci: Option<f64>,
        (from, to): (Economy, Economy),
    ) -> Result<LegTime, RouteError> {
        const KM_PER_DAY_PER_KNOT: f64 = 24.0 * domain::place::NAUTICAL_MILE_KM;
        let days_at = |knots: f64| distance_km / (knots * KM_PER_DAY_PER_KNOT);
        let speed = vessel.speed_kn;
        let calls = self.get("sea.calls-on-the-way")?.value.scale((distance_km / 20_000.0).min(1.0));
        let sailing = Interval::new(days_at(speed.high), days_at(speed.mid), days_at(speed.low));
        Ok(LegTime {
            headway_days: self.headway_days(lsci)?,
            travel_days: sailing.plus(calls),
            dwell_from_days: self.port_dwell(from, false)?,
            dwell_to_days: self.port_dwell(to, true)?,
            border: None,
            on_time_share: self.get("sea.on-time")?.value.mid,
            late_mean_days: self.get("sea.late")?.value.mid,
            shocks: self.shocks(passages),
            basis: Basis::Assumed,
        })
    }

    /// Lead time of a leg by air, road or rail.
    pub fn land_or_air_leg(&self, mode: Mode, distance_km: f64) -> Result<LegTime, RouteError> {
        let get = |what: &str| self.get(&format!("{mode}.{what}")).map(|it| it.value);
        let speed = get("km-per-day")?;
        let travel =
            Interval::new(distance_km / speed.high, distance_km / speed.mid, distance_km / speed.low);
        Ok(LegTime {
            headway_days: get("headway")?.mid,
            travel_days: travel,
            dwell_from_days: get("dwell.export")?,
            dwell_to_days: get("dwell.import")?,
            border: None,
            on_time_share: get("on-time")?.mid,
            late_mean_days: get("late")?.mid,
            shocks: Vec::new(),
            basis: Basis::Assumed,
        })
    }
}

/// A row of a small table.
pub(crate) struct Row<'a> {
    table: &'static str,
    line: usize,
    cells: Vec<&'a str>,
}

/// Rows of a table with exactly `width` cells; the last cell may hold commas.
pub(crate) fn rows<'a>(
    table: &'static str,
    text: &'a str,
    width: usize,
) -> impl Iterator<Item = Result<Row<'a>, RouteError>> {
    data_rows(text).map(move |(line, row)| {
        let cells: Vec<&str> = row.splitn(width, ',').map(|it| it.trim().trim_matches('"')).collect();
        if cells.len() == width {
            Ok(Row { table, line, cells })
        } else {
            Err(RouteError::Table { table, line, why: format!("expected {width} cells") })
        }
    })
}

impl Row<'_> {
    pub(crate) fn text(&self, at: usize) -> String {
        self.cells[at].to_owned()
    }

    pub(crate) fn number(&self, at: usize) -> Result<f64, RouteError> {
        self.known(at)?.ok_or_else(|| self.bad(format!("cell {} is empty", at + 1)))
    }

    pub(crate) fn known(&self, at: usize) -> Result<Option<f64>, RouteError> {
        let cell = self.cells[at];
        if cell.is_empty() {
            return Ok(None);
        }
        cell.parse().map(Some).map_err(|_| self.bad(format!("'{cell}' is not a number")))
    }

    pub(crate) fn basis(&self, at: usize) -> Result<Basis, RouteError> {
        match self.cells[at] {
            "observed" => Ok(Basis::Observed),
            "benchmark" => Ok(Basis::Benchmark),
            "modelled" => Ok(Basis::Modelled),
            "assumed" => Ok(Basis::Assumed),
            other => Err(self.bad(format!("'{other}' is not a basis"))),
        }
    }

    pub(crate) fn bad(&self, why: String) -> RouteError {
        RouteError::Table { table: self.table, line: self.line, why }
    }
}
