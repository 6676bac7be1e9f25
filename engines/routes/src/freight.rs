//! What carriage costs: benchmarks per container, truck load, tonne or kilogram, as wide ranges. They are not quotes.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::table::{TableError, each_row};
use domain::{Basis, Evidence, Figure, Interval, Mode, Source};

use crate::error::RouteError;

/// Rates in US dollars by name.
#[derive(Clone, Debug)]
pub struct FreightBook {
    rows: BTreeMap<String, (Interval, String)>,
    source: Arc<Source>,
    basis: Basis,
}

/// A cost in US dollars and how it came about.
#[derive(Clone, Debug, PartialEq)]
pub struct Carriage {
    pub usd: Interval,
    /// "3 TEU x (420 + 0.07 x 19600 km)"
    pub formula: String,
}

/// One tariff of a mode: units of so many tonnes at a price, or by the tonne.
#[derive(Clone, Copy, Debug)]
struct Scheme {
    /// Name of the rows: `sea_teu` reads `sea_teu_fixed`, `sea_teu_km` and `sea_teu_payload`.
    name: &'static str,
    unit: &'static str,
    /// Whole units are paid (containers, trucks), or any share of one (tonnes).
    whole: bool,
}

const SEA_TEU: Scheme = Scheme { name: "sea_teu", unit: "TEU", whole: true };
const SEA_LCL: Scheme = Scheme { name: "sea_lcl", unit: "t (LCL)", whole: false };
const SEA_BULK: Scheme = Scheme { name: "sea_bulk", unit: "t (bulk)", whole: false };
const AIR: Scheme = Scheme { name: "air", unit: "t (air)", whole: false };
const ROAD_FTL: Scheme = Scheme { name: "road_ftl", unit: "truck", whole: true };
const ROAD_LTL: Scheme = Scheme { name: "road_ltl", unit: "t (part load)", whole: false };
const RAIL_TEU: Scheme = Scheme { name: "rail_teu", unit: "TEU by rail", whole: true };

impl Scheme {
    /// What may be chosen between on a mode; the cheapest is taken.
    fn of(mode: Mode, class: &str) -> &'static [Self] {
        match (mode, class) {
            (Mode::Sea, "bulk") => &[SEA_BULK],
            (Mode::Sea, _) => &[SEA_TEU, SEA_LCL],
            (Mode::Air, _) => &[AIR],
            (Mode::Road, _) => &[ROAD_FTL, ROAD_LTL],
            (Mode::Rail, _) => &[RAIL_TEU],
        }
    }

    const ALL: [Self; 7] = [SEA_TEU, SEA_LCL, SEA_BULK, AIR, ROAD_FTL, ROAD_LTL, RAIL_TEU];
}

impl FreightBook {
    /// Reads `name,low,mid,high,unit,why`.
    ///
    /// # Errors
    /// A row that cannot be read, or a rate that is missing.
    pub fn from_csv(text: &str, basis: Basis, source: Arc<Source>) -> Result<Self, RouteError> {
        let mut rows = BTreeMap::new();
        let count = each_row(text, &["name", "low", "mid", "high", "why"], |row| {
            rows.insert(
                row.text(0).to_owned(),
                (Interval::new(row.get(1)?, row.get(2)?, row.get(3)?), row.text(4).to_owned()),
            );
            Ok::<(), TableError>(())
        })
        .map_err(|error| RouteError::Table {
            table: "freight rates",
            line: error.line,
            why: error.why,
        })?;
        let names = Scheme::ALL.iter().flat_map(|it| {
            ["fixed", "km", "payload", "least", "terminal"].map(|part| format!("{}_{part}", it.name))
        });
        match names.into_iter().find(|it| !rows.contains_key(it)) {
            Some(missing) => {
                let why = format!("there is no row '{missing}'");
                Err(RouteError::Table { table: "freight rates", line: count + 1, why })
            }
            None => Ok(Self { rows, source, basis }),
        }
    }

    fn range(&self, scheme: Scheme, part: &str) -> Interval {
        self.rows.get(&format!("{}_{part}", scheme.name)).map(|it| it.0).unwrap_or_default()
    }

    fn units(&self, scheme: Scheme, mass_kg: f64) -> f64 {
        let units = mass_kg / 1000.0 / self.range(scheme, "payload").mid;
        if scheme.whole { units.ceil().max(1.0) } else { units }
    }

    /// Carriage of `mass_kg` over `distance_km`: units x (fixed + km rate x distance), at least the least charge; of the
    /// ways a mode offers (full or part load) the one with the lower middle.
    pub fn carriage(&self, mode: Mode, class: &str, mass_kg: f64, distance_km: f64) -> Carriage {
        self.cheapest(mode, class, |scheme| {
            let units = self.units(scheme, mass_kg);
            let (fixed, km, least) =
                (self.range(scheme, "fixed"), self.range(scheme, "km"), self.range(scheme, "least"));
            let at = |fixed: f64, km: f64, least: f64| (units * (fixed + km * distance_km)).max(least);
            let usd = Interval::new(
                at(fixed.low, km.low, least.low),
                at(fixed.mid, km.mid, least.mid),
                at(fixed.high, km.high, least.high),
            );
            let formula = format!(
                "{units:.2} {} x ({} + {} x {distance_km:.0} km), at least {} USD",
                scheme.unit, fixed.mid, km.mid, least.mid
            );
            Carriage { usd, formula }
        })
    }

    /// Handling at one terminal.
    pub fn terminal(&self, mode: Mode, class: &str, mass_kg: f64) -> Carriage {
        self.cheapest(mode, class, |scheme| {
            let units = self.units(scheme, mass_kg);
            let rate = self.range(scheme, "terminal");
            Carriage {
                usd: rate.scale(units),
                formula: format!("{units:.2} {} x {} USD", scheme.unit, rate.mid),
            }
        })
    }

    fn cheapest(&self, mode: Mode, class: &str, cost: impl Fn(Scheme) -> Carriage) -> Carriage {
        Scheme::of(mode, class)
            .iter()
            .map(|&it| cost(it))
            .min_by(|a, b| a.usd.mid.total_cmp(&b.usd.mid))
            .unwrap_or_else(|| Carriage { usd: Interval::default(), formula: String::new() })
    }

    /// A cost as a figure with its evidence.
    pub fn figure(&self, carriage: &Carriage, mode: Mode) -> Figure<Interval> {
        let name = Scheme::of(mode, "").first().map_or("", |it| it.name);
        let why = self.rows.get(&format!("{name}_km")).map_or("", |it| it.1.as_str());
        Figure::new(
            carriage.usd,
            Evidence::new(self.basis, &self.source).stated(why.to_owned()).formula(carriage.formula.clone()),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book() -> FreightBook {
        let source = Source {
            title: "t".into(),
            publisher: "p".into(),
            vintage: "2026".into(),
            book: None,
            licence: None,
        };
        FreightBook::from_csv(
            include_str!("../../../books/freight-rates/freight-rates.csv"),
            Basis::Assumed,
            Arc::new(source),
        )
        .unwrap()
    }

    #[test]
    fn more_goods_and_longer_ways_never_cost_less() {
        let book = book();
        for mode in Mode::ALL {
            let mut last = 0.0;
            for mass in [50.0, 500.0, 5_000.0, 21_000.0, 100_000.0, 1_000_000.0] {
                let usd = book.carriage(mode, "", mass, 5_000.0).usd;
                assert!(usd.mid >= last && usd.low <= usd.mid && usd.mid <= usd.high, "{mode} {mass}");
                assert!(book.carriage(mode, "", mass, 9_000.0).usd.mid >= usd.mid);
                last = usd.mid;
            }
        }
    }

    #[test]
    fn small_lots_go_as_part_loads_and_big_ones_in_containers() {
        let book = book();
        assert!(book.carriage(Mode::Sea, "container", 1_000.0, 15_000.0).formula.contains("LCL"));
        assert!(book.carriage(Mode::Sea, "container", 20_000.0, 15_000.0).formula.contains("1.00 TEU"));
    }

    #[test]
    fn a_small_parcel_pays_the_least_charge() {
        let book = book();
        let least = book.range(AIR, "least").mid;
        assert!((book.carriage(Mode::Air, "", 1.0, 100.0).usd.mid - least).abs() < 1e-9);
    }
}
