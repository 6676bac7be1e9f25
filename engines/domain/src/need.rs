//! The need: what a person wants bought or sold, validated.

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::currency::Currency;
use crate::economy::Economy;
use crate::hs::HsCode;
use crate::incoterm::Incoterm;
use crate::money::Money;
use crate::place::Place;
use crate::quantity::Quantity;
use crate::rate::Ppm;

/// Whether goods are looked for or a market for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    Buy,
    Sell,
}

/// How goods travel on the main leg.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    Sea,
    Air,
    Rail,
    Road,
}

impl Mode {
    pub const ALL: [Self; 4] = [Self::Sea, Self::Air, Self::Rail, Self::Road];

    pub fn word(self) -> &'static str {
        match self {
            Self::Sea => "sea",
            Self::Air => "air",
            Self::Rail => "rail",
            Self::Road => "road",
        }
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// A validated wish. Everything a person may say about a deal before there is one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Need {
    pub direction: Direction,
    pub hs: HsCode,
    /// What the goods are, in the person's words or the nomenclature's.
    #[serde(default)]
    pub goods: String,
    pub quantity: Quantity,
    /// Where a buyer wants the goods; where a seller has them.
    pub place: Place,
    /// The rule of delivery at (buy) or from (sell) the place. `None`: the radar proposes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incoterm: Option<Incoterm>,
    /// The currency in which the person pays or is paid, and reads costs.
    pub currency: Currency,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Date>,
    #[serde(default)]
    pub limits: Limits,
    #[serde(default)]
    pub wishes: Wishes,
    /// What the person declares and could prove, by name: "origin.wholly_obtained" = "yes", "buyer.vat_registered" = "no".
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<String, String>,
}

/// Hard limits: a plan beyond one of them is dropped, with that reason.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub landed_at_most: Option<Money>,
    /// Least acceptable chance of arriving by the deadline; without it, a plan is late when its median is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_time_at_least: Option<Ppm>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub co2e_kg_at_most: Option<u64>,
    /// Empty means any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub origins_only: Vec<Economy>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub origins_never: Vec<Economy>,
    /// Empty means any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub modes_only: Vec<Mode>,
    /// Names of passages that are shut for this need, on top of the defaults ("Suez").
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub passages_shut: Vec<String>,
}

/// How the person weighs cost, arrival, carbon, resilience and cash; each 0..=100, cost and arrival 50 when nothing is said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Wishes {
    pub cost: u8,
    pub arrival: u8,
    pub carbon: u8,
    pub resilience: u8,
    pub cash: u8,
}

impl Default for Wishes {
    fn default() -> Self {
        Self { cost: 50, arrival: 50, carbon: 0, resilience: 0, cash: 0 }
    }
}
