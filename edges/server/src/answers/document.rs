//! An answer as it is sent and kept.

use std::collections::{BTreeMap, BTreeSet};

use desk::effort::Effort;
use domain::deal::{Assessment, Deals};
use domain::{EconomyBook, Finding, Need};
use radar::Dossier;
use radar::ask;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::hall::{BookRef, Hall};
use crate::lang::Language;

/// A part of a sentence and how it was understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Understood {
    pub text: String,
    #[serde(rename = "as")]
    pub meaning: String,
}

/// Names of what an answer speaks of, in the person's language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Names {
    /// By ISO 3166 code.
    pub economies: BTreeMap<String, String>,
}

/// An answer: what was asked, how it was understood, and the deals.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    pub id: String,
    pub created_at: String,
    /// Whether it answers the bundled need and not one of the person's.
    pub sample: bool,
    pub text: String,
    pub sentence: String,
    pub understood: Vec<Understood>,
    pub findings: Vec<Finding>,
    pub deals: Deals,
    pub effort: Effort,
    pub books: Vec<BookRef>,
    pub quotes_used: usize,
    /// What was changed before deciding, when something was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub what_if: Option<radar::WhatIf>,
    pub names: Names,
}

/// The first plan of an answer, for lists.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Best {
    pub id: String,
    #[schema(schema_with = crate::openapi::total)]
    pub landed: domain::Total,
    #[schema(value_type = String, format = Date)]
    pub arrival_p50: domain::Date,
}

/// An answer in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AnswerItem {
    pub id: String,
    #[schema(format = DateTime)]
    pub created_at: String,
    pub sentence: String,
    pub plans: usize,
    pub best: Option<Best>,
    pub sample: bool,
}

impl Document {
    /// What lists show of the first plan.
    pub fn best(&self) -> Option<Best> {
        self.deals.plans.first().map(|it| Best {
            id: it.id.clone(),
            landed: it.landed.clone(),
            arrival_p50: it.arrival.p50,
        })
    }

    /// A plan by its id, whatever the case of its letters.
    pub fn plan(&self, id: &str) -> Option<&Assessment> {
        self.deals.plans.iter().find(|it| it.id.eq_ignore_ascii_case(id))
    }
}

/// A need as a sentence in the person's language.
pub fn sentence(need: &Need, language: Language) -> String {
    let lang = match language.words {
        desk::words::Lang::Zh => ask::Lang::Zh,
        _ => ask::Lang::En,
    };
    ask::say(need, lang)
}

/// Names of all economies of the deals.
pub fn names(deals: &Deals, book: &EconomyBook, language: Language) -> Names {
    let mut all = BTreeSet::new();
    all.insert(deals.need.place.economy);
    all.extend(deals.plans.iter().flat_map(|it| [it.origin, it.destination]));
    all.extend(deals.drops.iter().filter_map(|it| it.origin));
    let name = |it| desk::books::economy_name(book, it, language.words);
    Names { economies: all.into_iter().map(|it| (it.code().to_owned(), name(it))).collect() }
}

/// Books that a dossier rests on, in the order of their names.
pub fn books(dossier: &Dossier, hall: &Hall) -> Vec<BookRef> {
    /// Read in gathering; their rows are in the dossier as offers and ways.
    const WALKED: [&str; 6] = ["economies", "flows", "sea-network", "ports", "airports", "lead-times"];
    let of_tables = dossier.tables.keys().filter_map(|it| it.split('/').next());
    let all: BTreeSet<&str> = of_tables.chain(WALKED).collect();
    all.into_iter().filter_map(|it| hall.cited(it).cloned()).collect()
}
