//! The dossier: everything deciding may look at, gathered first. Its content hash is the identity of an answer; the same
//! dossier gives the same deals on any machine.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::deal::Drop;
use domain::{Basis, ContentHash, Currency, Date, Economy, Finding, Mode, Need, Offer, Source};
use routes::Leg;
use serde::{Deserialize, Serialize};

use crate::settings::Settings;

/// Version of the dossier's JSON.
pub const SCHEMA: &str = "periplus.dossier/1";

/// One need, the facts gathered for it, and how to judge them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dossier {
    pub schema: String,
    pub as_of: Date,
    pub seed: u64,
    pub need: Need,
    pub settings: Settings,
    /// Mass of the goods, kilograms.
    pub mass_kg: f64,
    /// Offers with the ways their goods can take. The order is fixed by `gather`.
    pub supplies: Vec<Supply>,
    /// Currencies of the economies in it.
    pub currencies: BTreeMap<Economy, Currency>,
    /// Extracts of the books that deciding needs, by "book/file".
    pub tables: BTreeMap<String, Extract>,
    /// What the distances of the ways rest on.
    pub network: Arc<Source>,
    /// What fell away while gathering.
    pub drops: Vec<Drop>,
    pub findings: Vec<Finding>,
    pub missing: Vec<String>,
}

/// An offer (or a market, when goods are sold) and the ways between it and the place of the need.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Supply {
    pub offer: Offer,
    /// Name of the economy, for people.
    pub economy_name: String,
    pub ways: Vec<Way>,
    pub findings: Vec<Finding>,
}

/// One way from door to door.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Way {
    /// Short and stable within its supply: "sea:CNSHA-GBFXT".
    pub key: String,
    /// What look-alikes share: mode and the passages or hub that matter.
    pub corridor: String,
    pub legs: Vec<WayLeg>,
}

/// What a leg is to the whole way; it decides who pays for it under an Incoterm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// From the supplier to the port, airport or terminal of departure.
    PreCarriage,
    Main,
    /// From the port, airport or terminal of arrival to the place of delivery.
    OnCarriage,
}

/// A leg with its role and its line on a map.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WayLeg {
    pub role: Role,
    pub leg: Leg,
}

impl Way {
    /// In words: "sea Ningbo - Felixstowe, road to Birmingham".
    pub fn name(&self) -> String {
        let mut words = String::new();
        for (at, WayLeg { leg, .. }) in self.legs.iter().enumerate() {
            let part = match at {
                0 => format!("{} {} - {}", leg.mode, leg.from.name, leg.to.name),
                _ => format!(", {} to {}", leg.mode, leg.to.name),
            };
            words.push_str(&part);
        }
        words
    }

    /// The mode of the main leg.
    pub fn main_mode(&self) -> Mode {
        self.main_leg().map_or(Mode::Road, |it| it.leg.mode)
    }

    /// The longest of the main legs.
    pub fn main_leg(&self) -> Option<&WayLeg> {
        let main = |it: &&WayLeg| it.role == Role::Main;
        self.legs.iter().filter(main).max_by(|a, b| a.leg.distance_km.total_cmp(&b.leg.distance_km))
    }

    /// Passages of all legs, by key.
    pub fn passages(&self) -> Vec<String> {
        let mut all: Vec<String> =
            self.legs.iter().flat_map(|it| it.leg.passages.iter()).map(|it| it.key().to_owned()).collect();
        all.sort();
        all.dedup();
        all
    }
}

/// Rows of a book's table that this dossier needs, in the book's own layout, with where they come from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Extract {
    pub source: Arc<Source>,
    pub basis: Basis,
    pub text: String,
}

impl Dossier {
    /// Canonical bytes: what is hashed and written to files.
    ///
    /// # Errors
    /// A figure that JSON cannot hold (not a number).
    pub fn to_bytes(&self) -> Result<Vec<u8>, serde_json::Error> {
        serde_json::to_vec(self)
    }

    /// SHA-256 over [`Self::to_bytes`].
    ///
    /// # Errors
    /// As [`Self::to_bytes`].
    pub fn hash(&self) -> Result<ContentHash, serde_json::Error> {
        Ok(ContentHash::of(&self.to_bytes()?))
    }
}
