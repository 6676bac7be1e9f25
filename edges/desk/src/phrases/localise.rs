//! A whole answer in a person's language.

use std::collections::{BTreeMap, BTreeSet};

use domain::deal::{Assessment, Carbon, Deals, Drop, LegView, PreferenceView};
use domain::{Evidence, Finding, Total};

use crate::words::{Lang, Words};

use super::Phrasebook;

/// Sentences that stayed English because the phrasebook does not know them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept(pub BTreeSet<String>);

/// Says in the language of `words` everything that a reader sees in an answer. Figures, codes, names of plans and words of sources
/// stay as they are, and so do keys by which programs go: `labels.route` and `labels.corridor`, figures of thresholds, states of
/// preferences.
pub fn localise(deals: &mut Deals, words: &Words) -> Kept {
    let mut teller =
        Teller { words, book: Phrasebook::of(words.lang), known: BTreeMap::new(), kept: BTreeSet::new() };
    if words.lang != Lang::En {
        teller.deals(deals);
    }
    Kept(teller.kept)
}

struct Teller<'a> {
    words: &'a Words,
    book: &'static Phrasebook,
    /// The same way and the same reason stand in many places.
    known: BTreeMap<String, Option<String>>,
    kept: BTreeSet<String>,
}

impl Teller<'_> {
    fn deals(&mut self, deals: &mut Deals) {
        self.findings(&mut deals.findings);
        deals.plans.iter_mut().for_each(|it| self.plan(it));
        deals.drops.iter_mut().for_each(|it| self.dropped(it));
        for question in &mut deals.questions {
            self.sentence(&mut question.text);
            self.name(&mut question.ask);
        }
        for relaxation in &mut deals.relaxations {
            self.sentence(&mut relaxation.text);
            if let Some(landed) = &mut relaxation.landed {
                self.total(landed);
            }
        }
        deals.missing.iter_mut().for_each(|it| self.sentence(it));
    }

    fn plan(&mut self, plan: &mut Assessment) {
        for (key, label) in &mut plan.labels {
            match key.as_str() {
                "route" | "corridor" | "terms" | "payment_currency" => {}
                "way" | "payment_path" => self.sentence(label),
                _ => self.name(label),
            }
        }
        for line in &mut plan.lines {
            self.sentence(&mut line.label);
            self.evidence(&mut line.because);
        }
        self.total(&mut plan.landed);
        plan.legs.iter_mut().for_each(|it| self.leg(it));
        self.carbon(&mut plan.carbon);
        plan.preferences.iter_mut().for_each(|it| self.preference(it));
        self.findings(&mut plan.findings);
        plan.thresholds.iter_mut().for_each(|it| self.sentence(&mut it.text));
    }

    fn leg(&mut self, leg: &mut LegView) {
        for stop in [&mut leg.from, &mut leg.to] {
            // What has a code is a port or a town; without one it may be the middle of an economy.
            if stop.locode.is_none() {
                self.name(&mut stop.name);
            }
        }
        leg.passages.iter_mut().for_each(|it| self.name(it));
        self.evidence(&mut leg.because);
    }

    fn carbon(&mut self, carbon: &mut Carbon) {
        for because in [&mut carbon.transport_because, &mut carbon.product_because].into_iter().flatten() {
            self.evidence(because);
        }
    }

    fn preference(&mut self, preference: &mut PreferenceView) {
        self.name(&mut preference.scheme);
        self.name(&mut preference.rate);
        preference.must_prove.iter_mut().for_each(|it| self.sentence(it));
    }

    fn dropped(&mut self, drop: &mut Drop) {
        self.sentence(&mut drop.text);
        for text in [&mut drop.route, &mut drop.choice, &mut drop.by].into_iter().flatten() {
            self.name(text);
        }
    }

    fn findings(&mut self, findings: &mut [Finding]) {
        for finding in findings {
            self.sentence(&mut finding.text);
            if let Some(hint) = &mut finding.hint {
                self.sentence(hint);
            }
        }
    }

    fn total(&mut self, total: &mut Total) {
        if let Total::AtLeast { unknown, .. } = total {
            for text in unknown {
                self.sentence(text);
            }
        }
    }

    /// Formulas are mostly figures; what the source literally says stays, but for the reasons of our own assumptions.
    fn evidence(&mut self, because: &mut Evidence) {
        for text in [&mut because.formula, &mut because.stated, &mut because.reference].into_iter().flatten()
        {
            self.name(text);
        }
    }

    /// What must be a sentence of an engine.
    fn sentence(&mut self, text: &mut String) {
        if !self.replace(text) && !text.is_empty() {
            self.kept.insert(text.clone());
        }
    }

    /// What may be a sentence, or else a name.
    fn name(&mut self, text: &mut String) {
        if !self.replace(text) {
            *text = super::name(text, self.words);
        }
    }

    fn replace(&mut self, text: &mut String) -> bool {
        if !self.known.contains_key(text.as_str()) {
            let said = self.book.find(text, self.words);
            self.known.insert(text.clone(), said);
        }
        match self.known.get(text.as_str()) {
            Some(Some(said)) => {
                said.clone_into(text);
                true
            }
            _ => false,
        }
    }
}
