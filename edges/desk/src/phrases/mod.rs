//! The phrasebook: what engines say in English, and how the same is said in other languages.
//!
//! Engines speak English, in whole sentences with figures in them. `locales/en/phrases.ftl` lists those sentences with slots for
//! what changes; `locales/<lang>/phrases.ftl` says each again. A text is taken apart by the sentence that it is, what stands in
//! its slots is translated where it is a phrase or a name itself, and the same key is said in the other language. Figures, dates
//! and codes are never touched. A text that no sentence fits stays as it is.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use fluent_syntax::ast::Entry;

use crate::words::{Lang, Words, value_of};

mod localise;
mod pattern;

pub use localise::{Kept, localise};

use pattern::{Kind, Pattern, Slot};

/// The English sentences: what is recognised.
const ENGLISH: &str = include_str!("../../../../locales/en/phrases.ftl");

/// Sentences within sentences go no deeper.
const DEPTH: u8 = 5;
/// Longer texts are no sentences of an engine.
const LONGEST: usize = 16_384;

/// The English sentences, ready to be recognised.
#[derive(Debug)]
struct Sentences {
    patterns: Vec<Pattern>,
    by_key: BTreeMap<String, usize>,
    /// Patterns by the first word of every text that fits.
    by_word: BTreeMap<String, Vec<usize>>,
    /// Patterns that begin with a slot.
    open: Vec<usize>,
}

impl Sentences {
    fn get() -> &'static Self {
        static READY: OnceLock<Sentences> = OnceLock::new();
        READY.get_or_init(|| {
            let (sentences, _) = Self::of(ENGLISH);
            sentences
        })
    }

    /// The sentences of a file, and what of it could not be used.
    fn of(text: &str) -> (Self, Vec<String>) {
        let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(kept, _)| kept);
        let mut wrong = Vec::new();
        let mut patterns = Vec::new();
        for entry in resource.entries() {
            let Entry::Message(message) = entry else { continue };
            let Some(value) = &message.value else { continue };
            match Pattern::of_message(message.id.name, value) {
                Ok(pattern) => patterns.push(pattern),
                Err(why) => wrong.push(why),
            }
        }
        // Of two that fit, the one with more words of its own is meant.
        patterns.sort_by(|a, b| b.weight.cmp(&a.weight).then_with(|| a.key.cmp(&b.key)));
        let mut all = Self { patterns, by_key: BTreeMap::new(), by_word: BTreeMap::new(), open: Vec::new() };
        for (at, pattern) in all.patterns.iter().enumerate() {
            all.by_key.insert(pattern.key.clone(), at);
            match pattern.first_word() {
                Some(word) => all.by_word.entry(word.to_owned()).or_default().push(at),
                None => all.open.push(at),
            }
        }
        (all, wrong)
    }

    /// Patterns that may fit, the most telling first.
    fn candidates(&self, text: &str) -> Vec<usize> {
        let word = text.split(' ').next().unwrap_or(text);
        let begun = self.by_word.get(word).map_or(&[][..], Vec::as_slice);
        let mut all: Vec<usize> = begun.iter().chain(&self.open).copied().collect();
        all.sort_unstable();
        all
    }
}

/// The sentences of one language.
pub struct Phrasebook {
    lang: Lang,
    bundle: FluentBundle<FluentResource>,
    /// What this language says itself. A sentence that it lacks stays English as a whole, not half.
    own: BTreeSet<String>,
}

impl fmt::Debug for Phrasebook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Phrasebook({}, {} sentences)", self.lang.code(), self.own.len())
    }
}

impl Phrasebook {
    /// The book of a language, made when it is first asked for.
    pub fn of(lang: Lang) -> &'static Self {
        static READY: [OnceLock<Phrasebook>; Lang::ALL.len()] = [const { OnceLock::new() }; Lang::ALL.len()];
        READY[lang as usize].get_or_init(|| Self::new(lang))
    }

    fn new(lang: Lang) -> Self {
        let mut bundle = FluentBundle::new_concurrent(vec![lang.identifier()]);
        // The marks show where an argument begins and ends; `seams` takes them out again.
        bundle.set_use_isolating(true);
        let mut own = BTreeSet::new();
        if let Some(text) = lang.phrases() {
            let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(kept, _)| kept);
            own.extend(resource.entries().filter_map(|it| match it {
                Entry::Message(message) => Some(message.id.name.to_owned()),
                _ => None,
            }));
            bundle.add_resource_overriding(resource);
        }
        Self { lang, bundle, own }
    }

    /// A sentence of an engine in this language; the sentence itself where nobody has translated it, and in English.
    pub fn say<'t>(&self, text: &'t str, words: &Words) -> Cow<'t, str> {
        self.find(text, words).map_or(Cow::Borrowed(text), Cow::Owned)
    }

    /// The same; `None` where the sentence is not known or not translated.
    pub fn find(&self, text: &str, words: &Words) -> Option<String> {
        if self.lang == Lang::En || text.len() > LONGEST {
            return None;
        }
        self.sentence(text, words, DEPTH)
    }

    fn sentence(&self, text: &str, words: &Words, depth: u8) -> Option<String> {
        let depth = depth.checked_sub(1)?;
        let sentences = Sentences::get();
        for at in sentences.candidates(text) {
            let pattern = &sentences.patterns[at];
            if !self.own.contains(&pattern.key) {
                continue;
            }
            let mut said = None;
            let mut accept = |taken: &pattern::Taken<'_, '_>| {
                said = self.render(&pattern.key, taken, words, depth);
                said.is_some()
            };
            if pattern.matches(text, &mut accept) {
                return said;
            }
        }
        let choice = words.choice(text);
        (choice != text).then_some(choice)
    }

    fn render(&self, key: &str, taken: &pattern::Taken<'_, '_>, words: &Words, depth: u8) -> Option<String> {
        let mut held = Vec::with_capacity(taken.len());
        for (slot, text) in taken {
            held.push((slot.name.as_str(), self.held(slot, text, words, depth)?));
        }
        let mut args = FluentArgs::with_capacity(held.len());
        for (name, text) in &held {
            args.set(*name, value_of(text));
        }
        let pattern = self.bundle.get_message(key)?.value()?;
        let mut errors = Vec::new();
        let said = self.bundle.format_pattern(pattern, Some(&args), &mut errors);
        errors.is_empty().then(|| seams(&said))
    }

    /// What stands in a slot, said in this language; `None` where it should be a sentence and is none.
    fn held(&self, slot: &Slot, text: &str, words: &Words, depth: u8) -> Option<String> {
        Some(match slot.kind {
            Kind::Number | Kind::Money | Kind::Date | Kind::Code | Kind::Quote => text.to_owned(),
            Kind::Mode => words.term("mode", text),
            Kind::Economy => economy(text, words),
            Kind::Name => name(text, words),
            Kind::Said => self.sentence(text, words, depth)?,
            Kind::List | Kind::Passages => self.listed(text, ", ", &words.get("list-comma"), words, depth),
            Kind::Semis => self.listed(text, "; ", &words.get("list-semicolon"), words, depth),
        })
    }

    fn listed(&self, text: &str, parted: &str, joined: &str, words: &Words, depth: u8) -> String {
        let one = |it: &str| self.sentence(it, words, depth).unwrap_or_else(|| name(it, words));
        text.split(parted).map(one).collect::<Vec<_>>().join(joined)
    }

    /// What stands in a slot of the sentence `key`, when `text` is that sentence in English or in this language.
    pub fn argument<'t>(&self, key: &str, name: &str, text: &'t str) -> Option<&'t str> {
        let sentences = Sentences::get();
        let english = sentences.by_key.get(key).map(|at| &sentences.patterns[*at])?;
        held_in(english, name, text).or_else(|| {
            let own = FluentResource::try_new(self.lang.phrases()?.to_owned()).ok()?;
            let ast = own.entries().find_map(|it| match it {
                Entry::Message(message) if message.id.name == key => message.value.as_ref(),
                _ => None,
            })?;
            held_in(&Pattern::of_message(key, ast).ok()?, name, text)
        })
    }
}

/// Takes out the marks around arguments. Where Chinese and a word of Latin letters or digits meet there, a blank parts them.
fn seams(marked: &str) -> String {
    let chinese = |it: char| ('\u{4e00}'..='\u{9fff}').contains(&it);
    let latin = |it: char| it.is_ascii_alphanumeric();
    let mut out = String::with_capacity(marked.len());
    let mut at_seam = false;
    for letter in marked.chars() {
        if matches!(letter, '\u{2068}' | '\u{2069}') {
            at_seam = true;
            continue;
        }
        let before = out.chars().next_back().filter(|_| at_seam);
        if before.is_some_and(|it| (chinese(it) && latin(letter)) || (latin(it) && chinese(letter))) {
            out.push(' ');
        }
        out.push(letter);
        at_seam = false;
    }
    out
}

/// What a slot holds when a text is taken apart.
fn held_in<'t>(pattern: &Pattern, name: &str, text: &'t str) -> Option<&'t str> {
    let mut held = None;
    pattern.matches(text, &mut |taken| {
        // Where Chinese and Latin meet, a blank was put.
        held = taken.iter().find(|it| it.0.name == name).map(|it| it.1.trim());
        held.is_some()
    });
    held
}

/// An economy that is given by name or code.
fn economy(text: &str, words: &Words) -> String {
    match text.parse::<domain::Economy>() {
        Ok(code) if code.code() == text => words.economy_name(code),
        _ => name(text, words),
    }
}

/// An economy, a mode, a passage or a choice in the language; other names are kept.
fn name(text: &str, words: &Words) -> String {
    if domain::Mode::ALL.iter().any(|it| it.word() == text) {
        return words.term("mode", text);
    }
    if let Some(known) = words.economy(text) {
        return known;
    }
    match text.parse::<routes::Passage>() {
        Ok(passage) if passage.name() == text => crate::show::scan::passage_name(text, words),
        _ => words.choice(text),
    }
}

#[cfg(test)]
mod tests;
