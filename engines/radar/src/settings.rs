//! How a scan is done: numbers that a person may set and that the dossier keeps, so that an answer can be recomputed.

use domain::Ppm;
use serde::{Deserialize, Serialize};

use crate::front::Tolerance;

/// The third axis of the front, beside cost and arrival.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ThirdAxis {
    /// Money at risk that payment, hedge and cover leave open.
    #[default]
    Exposure,
    /// Kilograms CO2e of the transport.
    Carbon,
}

/// Settings of a scan. All have defaults; unknown names are refused.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// How many plans are shown.
    pub shortlist: usize,
    /// How many of them may share an origin, so that one origin does not fill the list.
    pub per_origin: usize,
    /// Plans dearer than the cheapest by more than this are left out, save the soonest and the best of the largest supplier.
    pub shown_within: Ppm,
    /// Plans closer than this on cost (ppm), arrival (days) and the third axis (ppm of cost) count as alike.
    pub tolerance_cost: Ppm,
    pub tolerance_days: f64,
    pub tolerance_third: Ppm,
    pub third_axis: ThirdAxis,
    /// Shared scenarios drawn for every lane, and at most for a plan whose place is in doubt.
    pub scenarios_first: u32,
    pub scenarios: u32,
    /// Most complete plans to look at; the rest is counted as not enumerated.
    pub plans_at_most: u64,
    /// What the person's firm pays for money, percent a year; looked up by economy when not given.
    pub borrowing_percent: Option<f64>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            shortlist: 8,
            per_origin: 3,
            shown_within: Ppm(500_000),
            tolerance_cost: Ppm(10_000),
            tolerance_days: 1.0,
            tolerance_third: Ppm(2_500),
            third_axis: ThirdAxis::Exposure,
            scenarios_first: 64,
            scenarios: 256,
            plans_at_most: 20_000_000,
            borrowing_percent: None,
        }
    }
}

impl Settings {
    pub fn tolerance(&self) -> Tolerance {
        Tolerance {
            cost_ppm: self.tolerance_cost.0,
            days: (self.tolerance_days * 100.0).round() as i32,
            third_ppm: self.tolerance_third.0,
        }
    }
}
