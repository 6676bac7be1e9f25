//! An answer in another language than the engines' English.

use desk::phrases::{Phrasebook, localise};

use super::document::{self, Document};
use crate::hall::Hall;
use crate::lang::{Language, with_words};

/// The document with everything in it that a person reads put into their language.
pub fn document(english: &Document, language: Language, hall: &Hall) -> Document {
    let mut out = english.clone();
    let book = &hall.room.tables.economies;
    with_words(language.words, Some(book), |words| {
        localise(&mut out.deals, words);
        let book = Phrasebook::of(words.lang);
        for finding in &mut out.findings {
            finding.text = book.say(&finding.text, words).into_owned();
            finding.hint = finding.hint.take().map(|it| book.say(&it, words).into_owned());
        }
    });
    out.sentence = document::sentence(&out.deals.need, language);
    if out.sample {
        out.text.clone_from(&out.sentence);
    }
    out.names = document::names(&out.deals, book, language);
    out
}
