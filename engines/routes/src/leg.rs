//! One stretch of the way: what carries the goods from where to where, how far, through what, and how long it may take.

use domain::{Coordinates, Economy, Evidence, Locode, Mode};
use serde::{Deserialize, Serialize};

use crate::lead::LegTime;
use crate::passage::PassageSet;

/// What a leg is to the whole way; it decides who pays for it under an Incoterm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// From the supplier to the port, airport or terminal of departure.
    PreCarriage,
    Main,
    /// From the port, airport or terminal of arrival to the place of delivery.
    OnCarriage,
}

/// An end of a leg.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stop {
    pub name: String,
    pub economy: Economy,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locode: Option<Locode>,
    pub at: Coordinates,
}

/// A leg with its distance and the distribution of its days.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Leg {
    pub mode: Mode,
    pub role: Role,
    /// Class of vehicle, as the books of lead times, freight and emissions name it: "container", "bulk", "hgv", "freighter", "train".
    pub class: String,
    pub from: Stop,
    pub to: Stop,
    /// Distance that is travelled: shortest feasible for sea, great circle times a factor where no network is loaded.
    pub distance_km: f64,
    pub great_circle_km: f64,
    pub passages: PassageSet,
    pub time: LegTime,
    /// Way-points of the path, for maps; empty is a straight line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub path: Vec<Coordinates>,
    /// What stands behind the distance.
    pub because: Evidence,
}
