//! Freight cost of a leg, as a range: there is no open book of rates, so the parameters are assumptions and say so.

use std::collections::BTreeMap;

use domain::{Basis, Interval};
use serde::Serialize;

use crate::error::RouteError;
use crate::lead::rows;
use crate::leg::{Leg, Mode};

/// How a shipment is charged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tariff {
    /// Full container, per twenty-foot unit.
    SeaContainer,
    /// Less than a container, per revenue tonne.
    SeaPart,
    /// Per kilogram.
    Air,
    /// Full truck.
    RoadTruck,
    /// Part of a truck, per tonne.
    RoadPart,
    /// Full container by rail, per twenty-foot unit.
    RailContainer,
}

/// A row of `rates.csv`: US dollars per charged unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Rate {
    pub fixed: Interval,
    pub per_km: Interval,
    /// Least charge for a shipment.
    pub least: Interval,
    pub basis: Basis,
    pub source: String,
}

/// Freight rates by tariff.
#[derive(Clone, Debug, Default)]
pub struct FreightBook {
    rates: BTreeMap<Tariff, Rate>,
}

/// What a leg costs, and how it was charged.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FreightCost {
    /// US dollars for the whole shipment.
    pub usd: Interval,
    pub tariff: Tariff,
    /// Containers, trucks, revenue tonnes or kilograms charged.
    pub units: f64,
    pub basis: Basis,
    /// "2 x (600 + 19,570 km x 0.09) USD"
    pub formula: String,
}

/// Payload that a twenty-foot container carries in practice, kg: road weight limits bind before the box does. Assumed.
pub const CONTAINER_PAYLOAD_KG: f64 = 21_000.0;
/// Payload of a full truck, kg. Assumed.
pub const TRUCK_PAYLOAD_KG: f64 = 24_000.0;
/// Revenue tonnes per tonne of part loads: general cargo stows at about two cubic metres a tonne. Assumed.
pub const REVENUE_TONNES_PER_TONNE: f64 = 2.0;

impl FreightBook {
    /// Columns `tariff,fixed_low,fixed_mid,fixed_high,km_low,km_mid,km_high,least_low,least_mid,least_high,basis,source`.
    pub fn from_csv(text: &str) -> Result<Self, RouteError> {
        let mut rates = BTreeMap::new();
        for row in rows("freight rates", text, 12) {
            let row = row?;
            let tariff = match row.text(0).as_str() {
                "sea-container" => Tariff::SeaContainer,
                "sea-part" => Tariff::SeaPart,
                "air" => Tariff::Air,
                "road-truck" => Tariff::RoadTruck,
                "road-part" => Tariff::RoadPart,
                "rail-container" => Tariff::RailContainer,
                other => return Err(row.bad(format!("'{other}' is not a tariff"))),
            };
            let interval = |at: usize| {
                Ok::<_, RouteError>(Interval::new(row.number(at)?, row.number(at + 1)?, row.number(at + 2)?))
            };
            let rate = Rate {
                fixed: interval(1)?,
                per_km: interval(4)?,
                least: interval(7)?,
                basis: row.basis(10)?,
                source: row.text(11),
            };
            rates.insert(tariff, rate);
        }
        Ok(Self { rates })
    }

    pub fn get(&self, tariff: Tariff) -> Result<&Rate, RouteError> {
        self.rates.get(&tariff).ok_or_else(|| RouteError::Table {
            table: "freight rates",
            line: 0,
            why: format!("no row for {tariff:?}"),
        })
    }

    fn charge(&self, tariff: Tariff, units: f64, km: f64) -> Result<FreightCost, RouteError> {
        let rate = self.get(tariff)?;
        let each = rate.fixed.plus(rate.per_km.scale(km)).scale(units);
        let least = rate.least;
        let usd = Interval::new(each.low.max(least.low), each.mid.max(least.mid), each.high.max(least.high));
        let formula = format!(
            "max({:.0}, {units} x ({} + {km:.0} km x {})) USD at the middle rate",
            least.mid, rate.fixed.mid, rate.per_km.mid
        );
        Ok(FreightCost { usd, tariff, units, basis: rate.basis, formula })
    }
}

/// Cost of moving `mass_kg` over a leg: the cheaper, at the middle rate, of the whole container or truck and the part
/// load where the mode has both.
pub fn freight_cost_usd(leg: &Leg, mass_kg: f64, book: &FreightBook) -> Result<FreightCost, RouteError> {
    let km = leg.distance_km;
    let tonnes = mass_kg / 1000.0;
    let (whole, part) = match leg.mode {
        Mode::Air => return book.charge(Tariff::Air, mass_kg, km),
        Mode::Rail => {
            return book.charge(Tariff::RailContainer, (mass_kg / CONTAINER_PAYLOAD_KG).ceil().max(1.0), km);
        }
        Mode::Sea => (
            book.charge(Tariff::SeaContainer, (mass_kg / CONTAINER_PAYLOAD_KG).ceil().max(1.0), km)?,
            book.charge(Tariff::SeaPart, tonnes * REVENUE_TONNES_PER_TONNE, km)?,
        ),
        Mode::Road => (
            book.charge(Tariff::RoadTruck, (mass_kg / TRUCK_PAYLOAD_KG).ceil().max(1.0), km)?,
            book.charge(Tariff::RoadPart, tonnes, km)?,
        ),
    };
    Ok(if part.usd.mid < whole.usd.mid { part } else { whole })
}
