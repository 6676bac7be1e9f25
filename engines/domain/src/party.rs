//! Parties to a deal.

use serde::{Deserialize, Serialize};

use crate::economy::Economy;

/// What a party is to the deal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartyRole {
    Seller,
    Buyer,
    Carrier,
    Forwarder,
    Bank,
    Insurer,
    Vessel,
}

/// A firm, bank or vessel by name, with the identifiers that are known of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    pub name: String,
    pub role: PartyRole,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub economy: Option<Economy>,
    /// (kind, value): ("LEI", "5493..."), ("IMO", "9074729"), ("VAT", "GB...").
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub identifiers: Vec<(String, String)>,
}
