//! Plans, their assessment, and the answer to a need. Plain data with a schema version; the radar fills it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::basis::Evidence;
use crate::economy::Economy;
use crate::finding::Finding;
use crate::hash::ContentHash;
use crate::incoterm::Incoterm;
use crate::money::Money;
use crate::need::{Mode, Need};
use crate::place::{Coordinates, Locode};
use crate::total::{CostLine, Total};

/// Version of the JSON that [`Deals`] is written in. It changes when a reader would have to.
pub const SCHEMA: &str = "periplus.deals/1";

/// One choice for every slot: indices into the dossier. A plan leaves nothing open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Plan {
    pub offer: u16,
    /// Index among the routes of that offer.
    pub route: u16,
    pub terms: u16,
    pub payment: u16,
    pub finance: u16,
    pub hedge: u16,
    pub cover: u16,
}

/// One stretch of the way, as people and maps read it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LegView {
    pub mode: Mode,
    pub from: Stop,
    pub to: Stop,
    pub distance_km: f64,
    /// Names of the passages it uses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub passages: Vec<String>,
    /// P10, P50 and P90 of the days this leg takes, waiting and handling included.
    pub days: [f64; 3],
    /// Kilograms CO2e, well to wake; `None` when no factor is known.
    pub co2e_kg: Option<f64>,
    /// Way-points for a map, [longitude, latitude].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub path: Vec<[f64; 2]>,
    pub because: Evidence,
}

/// An end of a leg.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stop {
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locode: Option<Locode>,
    pub at: Coordinates,
}

/// When the goods arrive, over the shared scenarios.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Arrival {
    pub p10: Date,
    pub p50: Date,
    pub p90: Date,
    /// Days from the date of the answer, for the same three.
    pub days: [f64; 3],
    /// Share of scenarios that arrive by the deadline, percent; `None` without a deadline.
    pub on_time_percent: Option<f64>,
    /// How many scenarios this rests on.
    pub scenarios: u32,
}

/// What the plan emits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Carbon {
    /// Kilograms CO2e of the transport, well to wake; `None` when one leg is unknown.
    pub transport_kg: Option<f64>,
    pub transport_range_kg: Option<(f64, f64)>,
    /// Kilograms CO2e of the goods up to the gate, where a factor is known.
    pub product_kg: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transport_because: Option<Evidence>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product_because: Option<Evidence>,
}

/// What a preference under a trade agreement would save, and what has to be proved for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PreferenceView {
    pub scheme: String,
    pub rate: String,
    pub state: String,
    pub saving: Option<Money>,
    pub rule_of_origin: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub must_prove: Vec<String>,
}

/// The value of one figure at which another plan takes over.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Threshold {
    /// "price", "freight", "duty", "exchange_rate", "deadline".
    pub figure: String,
    /// In words: "goods price of China above 27.10 USD/kg (+12.4 %)".
    pub text: String,
    /// Relative change, percent, for figures; days for dates.
    pub change: f64,
    /// The plan that is first beyond it.
    pub then: String,
}

/// The missing or loose fact that is worth most to know.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    pub text: String,
    /// Whom to ask.
    pub ask: String,
    /// Expected gain of knowing before choosing; `None` when the fact decides whether there is a total at all.
    pub worth: Option<Money>,
}

/// A complete, judged plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Assessment {
    /// Stable within the answer and short enough to say: "CN-sea-1".
    pub id: String,
    pub plan: Plan,
    pub rank: u32,
    pub origin: Economy,
    pub destination: Economy,
    /// Names for the choices: supplier or economy, route, terms, payment, finance, hedge, cover.
    pub labels: BTreeMap<String, String>,
    pub incoterm: Incoterm,
    pub modes: Vec<Mode>,
    pub lines: Vec<CostLine>,
    /// Cost to have the goods at the place (buy), or the negative of what is left of the price (sell).
    pub landed: Total,
    /// Per unit of the need's quantity.
    pub per_unit: Money,
    /// Landed cost with the goods at their mean price (Swanson's rule): what the profile weighs. `None` when a line is unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<Money>,
    /// P10 and P90 of the landed cost over the scenarios.
    pub cost_range: Option<(Money, Money)>,
    /// Mean of the worst tenth of the scenarios less the middle (conditional value at risk).
    pub cost_at_risk: Option<Money>,
    pub legs: Vec<LegView>,
    pub arrival: Arrival,
    pub carbon: Carbon,
    /// Money at risk that the choices of payment, hedge and cover leave open, modelled.
    pub exposure: Money,
    /// The person's own cash before the goods arrive, money times days / 30.
    pub cash_month: Money,
    pub preferences: Vec<PreferenceView>,
    pub findings: Vec<Finding>,
    /// Share of the shared scenarios in which this plan is first, percent.
    pub first_percent: f64,
    /// How many plans this one speaks for (look-alikes folded under it).
    pub look_alikes: u64,
    pub thresholds: Vec<Threshold>,
    /// Score of the explicit profile and its parts by axis: 0 is the best seen on every axis, 1 the middle of the plans compared.
    pub score: f64,
    pub score_parts: BTreeMap<String, f64>,
    /// Places on all axes (cost, arrival, carbon, resilience, cash), on the same scale and without weights: with other weights, the
    /// weighted mean of these is the score.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub axes: BTreeMap<String, f64>,
}

/// Why plans are not in the answer, by reason, with enough to ask "why not".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Drop {
    pub reason: DropReason,
    /// What all of them share: the economy, and where it is one, the route and the choice.
    pub origin: Option<Economy>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub route: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choice: Option<String>,
    /// In words, with the figures.
    pub text: String,
    /// How many combinations fall under it.
    pub count: u64,
    /// The plan that beats them, when one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

/// The reasons for which a plan is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DropReason {
    /// The person excluded it.
    Excluded,
    /// A law forbids it.
    Prohibited,
    /// No way from there to here with the passages and modes allowed.
    NoRoute,
    /// Nothing says that so much could be had from there.
    Capacity,
    /// Money cannot go that way.
    NoPath,
    /// Cannot be there in time.
    Deadline,
    /// Above a limit of cost or carbon.
    OverLimit,
    /// Another plan is at least as good on every axis and better on one.
    Dominated,
    /// Folded under the best plan of the same origin, corridor and payment family.
    LookAlike,
    /// Kept, but beyond the number of plans asked for.
    BeyondShortlist,
}

impl DropReason {
    pub fn word(self) -> &'static str {
        match self {
            Self::Excluded => "excluded",
            Self::Prohibited => "prohibited",
            Self::NoRoute => "no_route",
            Self::Capacity => "capacity",
            Self::NoPath => "no_path",
            Self::Deadline => "deadline",
            Self::OverLimit => "over_limit",
            Self::Dominated => "dominated",
            Self::LookAlike => "look_alike",
            Self::BeyondShortlist => "beyond_shortlist",
        }
    }
}

/// kept + dropped + not enumerated = all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub all: u64,
    pub kept: u64,
    pub dropped: BTreeMap<String, u64>,
    pub not_enumerated: u64,
    /// Origins considered, and routes among them.
    pub origins: u64,
    pub routes: u64,
}

/// A smallest change of the need that makes a plan possible.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Relaxation {
    /// "deadline", "limit", "mode", "origin", "passage", "quantity", "split".
    pub kind: String,
    pub text: String,
    /// What the best plan then costs and when it arrives.
    pub landed: Option<Total>,
    pub arrives_p50: Option<Date>,
    /// The need so changed, ready to be asked; `None` where it takes two needs to say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub need: Option<Need>,
}

/// The answer to a need.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Deals {
    pub schema: String,
    pub need: Need,
    pub as_of: Date,
    pub seed: u64,
    /// Hash of the dossier it was decided from.
    pub dossier: ContentHash,
    pub counts: Counts,
    pub plans: Vec<Assessment>,
    pub drops: Vec<Drop>,
    pub findings: Vec<Finding>,
    pub questions: Vec<Question>,
    /// Only when there is no plan.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relaxations: Vec<Relaxation>,
    /// Facts that were looked for and not found.
    pub missing: Vec<String>,
    /// Draws made in all, of the shared scenarios.
    pub draws: u64,
}
