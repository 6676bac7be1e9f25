//! An answer in another language than the engines' English.

use desk::words::Words;
use domain::deal::Deals;

use super::document::{self, Document};
use crate::hall::Hall;
use crate::lang::{Language, with_words};

/// The document with everything in it that a person reads put into their language.
pub fn document(english: &Document, language: Language, hall: &Hall) -> Document {
    let mut out = english.clone();
    let book = &hall.room.tables.economies;
    with_words(language.words, Some(book), |words| deals(&mut out.deals, words));
    out.sentence = document::sentence(&out.deals.need, language);
    out.names = document::names(&out.deals, book, language);
    out
}

/// The words of the engines within an answer: labels of plans.
pub fn deals(deals: &mut Deals, words: &Words) {
    for plan in &mut deals.plans {
        for key in ["payment", "finance", "hedge", "cover", "terms"] {
            if let Some(label) = plan.labels.get_mut(key) {
                *label = words.choice(label);
            }
        }
        if let Some(economy) = plan.labels.get("economy").and_then(|it| words.economy(it)) {
            plan.labels.insert("economy".to_owned(), economy);
        }
    }
}
