//! Payment paths: by which system money moves, and how long it takes.

use domain::{Basis, Currency, Date, Economy, Interval};
use finance::ChargeKind;
use serde::{Deserialize, Serialize};

use crate::regions;

/// By which system a payment moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Path {
    /// SEPA credit transfer, pacs.008 in euro.
    Sepa,
    /// Correspondent banks, pacs.008 under CBPR+ (MT103 until November 2025).
    Correspondent,
    /// Cross-Border Interbank Payment System, renminbi.
    Cips,
    /// Both banks in one economy, in its own currency.
    Domestic,
}

/// A path with the reason it does not serve, if it does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route {
    pub path: Path,
    pub obstacle: Option<&'static str>,
}

/// The sides of a payment.
#[derive(Clone, Copy, Debug)]
pub struct Sides {
    pub buyer: Economy,
    pub seller: Economy,
    pub buyer_currency: Option<Currency>,
    pub seller_currency: Option<Currency>,
    pub on: Date,
}

impl Path {
    pub fn word(self) -> &'static str {
        match self {
            Self::Sepa => "sepa",
            Self::Correspondent => "correspondent",
            Self::Cips => "cips",
            Self::Domestic => "domestic",
        }
    }

    /// What moves, in the words of the trade.
    pub fn description(self) -> &'static str {
        match self {
            Self::Sepa => "SEPA credit transfer (ISO 20022 pacs.008)",
            Self::Correspondent => "correspondent banks over Swift (pacs.008 under CBPR+, formerly MT103)",
            Self::Cips => "renminbi through CIPS participants (pacs.008)",
            Self::Domestic => "domestic transfer",
        }
    }

    pub fn charge(self) -> ChargeKind {
        match self {
            Self::Sepa => ChargeKind::SepaTransfer,
            Self::Correspondent => ChargeKind::CorrespondentTransfer,
            Self::Cips => ChargeKind::CipsTransfer,
            Self::Domestic => ChargeKind::DomesticTransfer,
        }
    }

    /// Business days from the buyer's order to the seller's account: how well known, and by what. The law bounds SEPA and domestic
    /// payments; for the others no open statistic by corridor is loaded, so the range is assumed.
    pub fn business_days(self) -> (Interval, Basis, &'static str) {
        match self {
            Self::Sepa | Self::Domestic => (
                Interval { low: 0.0, mid: 1.0, high: 1.0 },
                Basis::Benchmark,
                "Directive (EU) 2015/2366, article 83(1): by the end of the following business day",
            ),
            Self::Correspondent => (Interval { low: 0.0, mid: 1.0, high: 4.0 }, Basis::Assumed, "assumed"),
            Self::Cips => (Interval { low: 0.0, mid: 1.0, high: 2.0 }, Basis::Assumed, "assumed"),
        }
    }
}

/// Every path that could be meant for a payment in `currency`, with what stands against it.
pub fn routes(currency: Currency, sides: &Sides) -> Vec<Route> {
    if let Some(obstacle) = currency_obstacle(currency, sides) {
        return vec![Route { path: Path::Correspondent, obstacle: Some(obstacle) }];
    }
    let serve = |path| Route { path, obstacle: None };
    let domestic = sides.buyer == sides.seller && sides.buyer_currency == Some(currency);
    if domestic {
        return vec![serve(Path::Domestic)];
    }
    let both_in_sepa = regions::in_sepa(sides.buyer, sides.on) && regions::in_sepa(sides.seller, sides.on);
    if currency == Currency::EUR && both_in_sepa {
        let dearer = Some("SEPA reaches both banks for less");
        return vec![serve(Path::Sepa), Route { path: Path::Correspondent, obstacle: dearer }];
    }
    if currency == Currency::EUR {
        let outside = Some("one of the two banks is outside SEPA");
        return vec![Route { path: Path::Sepa, obstacle: outside }, serve(Path::Correspondent)];
    }
    if currency == Currency::CNY {
        return vec![serve(Path::Cips), serve(Path::Correspondent)];
    }
    vec![serve(Path::Correspondent)]
}

fn currency_obstacle(currency: Currency, sides: &Sides) -> Option<&'static str> {
    let of_buyer = sides.buyer_currency == Some(currency);
    let of_seller = sides.seller_currency == Some(currency);
    if of_buyer && of_seller {
        return None;
    }
    if !regions::deliverable(currency) {
        return Some("the currency is not delivered outside its own economy");
    }
    let foreign = !of_buyer && !of_seller && !regions::is_vehicle(currency);
    foreign.then_some("the currency is neither side's, and third parties do not invoice in it")
}
