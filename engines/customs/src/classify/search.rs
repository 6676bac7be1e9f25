//! Text search over the nomenclature: BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009)
//! over words of a subheading, its heading, its chapter and its other names, each with a weight.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use domain::HsCode;
use domain::suggest::fold;
use serde::Serialize;

use super::nomenclature::{Nomenclature, beyond};

/// Saturation of repeated words and weight of the length of a text, as Robertson and Zaragoza recommend (k1 1.2 to 2, b 0.5 to 0.8).
const K1: f64 = 1.2;
const B: f64 = 0.5;
/// Words of a text beyond this many are not looked at.
const MAX_WORDS: usize = 40;
/// A match is taken without asking when it scores this much ...
pub const CLEAR_SCORE: f64 = 0.5;
/// ... and this much more than the next one.
pub const CLEAR_LEAD: f64 = 0.1;

/// How much a word counts, by where it stands.
#[derive(Clone, Copy)]
enum Field {
    Own,
    Heading,
    Chapter,
    Name,
    HeadingName,
}

impl Field {
    fn weight(self) -> f32 {
        match self {
            Self::Own => 1.0,
            Self::Heading => 0.5,
            Self::Chapter => 0.2,
            Self::Name => 1.2,
            Self::HeadingName => 0.4,
        }
    }
}

/// After these words a description says what is *not* meant, or is meant only by the way, and what its words then count.
const TURNS: [(&str, f32); 5] =
    [("other than", -0.4), ("excluding", -0.4), ("except", -0.4), ("whether or not", 0.15), ("n.e.c.", 1.0)];
const STOP: &str = "a an and or of the in for with to from by on as at nec nes n e c s not other than their its thereof whether \
which such including excluding kind kinds used use item heading headings no some please grade quality new best";

/// One candidate code for a text.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Match {
    pub hs: HsCode,
    pub description: String,
    /// 0 to 1: 1 is the exact name.
    pub score: f64,
    /// What in the text led here.
    pub why: String,
}

/// Words of one text, by number, with what each counts.
type Bag = BTreeMap<u32, f32>;

/// A word counts where it says most: once in the name and once in the description is not twice the goods.
fn raise(bag: &mut Bag, word: u32, weight: f32) {
    let slot = bag.entry(word).or_insert(0.0);
    *slot = slot.max(weight);
}

/// The match to take without asking, when the first is good and well ahead of the second.
pub fn clear(matches: &[Match]) -> Option<&Match> {
    let first = matches.first()?;
    let second = matches.get(1).map_or(0.0, |it| it.score);
    (first.score >= CLEAR_SCORE && first.score - second >= CLEAR_LEAD).then_some(first)
}

/// Postings of every word over all subheadings.
#[derive(Debug)]
pub(super) struct Index {
    codes: Vec<HsCode>,
    lengths: Vec<f32>,
    mean_length: f64,
    ids: BTreeMap<String, u32>,
    /// By word: (subheading, weight), in the order of subheadings.
    postings: Vec<Vec<(u32, f32)>>,
    /// Folded name to the codes that have it.
    exact: BTreeMap<String, Vec<HsCode>>,
}

impl Index {
    pub(super) fn of(all: &Nomenclature) -> Self {
        let codes: Vec<HsCode> =
            all.list_all().map(|it| it.0).filter(|it| it.digits() == 6 && !beyond(*it)).collect();
        let mut names: BTreeMap<HsCode, Vec<&str>> = BTreeMap::new();
        let mut exact: BTreeMap<String, Vec<HsCode>> = BTreeMap::new();
        for (name, hs) in all.list_names() {
            names.entry(*hs).or_default().push(name);
            let same = exact.entry(normal(name)).or_default();
            if !same.contains(hs) {
                same.push(*hs);
            }
        }
        let mut index = Self {
            codes,
            lengths: Vec::new(),
            mean_length: 1.0,
            ids: BTreeMap::new(),
            postings: Vec::new(),
            exact,
        };
        // Chapters and headings are read once, not again for each of their subheadings.
        let mut wide: BTreeMap<HsCode, Bag> = BTreeMap::new();
        for (hs, description) in all.list_all().filter(|it| it.0.digits() < 6) {
            let mut bag = Bag::new();
            index.put(&mut bag, description, if hs.digits() == 2 { Field::Chapter } else { Field::Heading });
            for name in names.get(&hs).into_iter().flatten() {
                index.put(&mut bag, name, Field::HeadingName);
            }
            wide.insert(hs, bag);
        }
        for at in 0..index.codes.len() {
            index.add(at, all, &names, &wide);
        }
        let total: f64 = index.lengths.iter().map(|it| f64::from(*it)).sum();
        index.mean_length = (total / index.lengths.len().max(1) as f64).max(f64::EPSILON);
        index
    }

    fn add(
        &mut self,
        at: usize,
        all: &Nomenclature,
        names: &BTreeMap<HsCode, Vec<&str>>,
        wide: &BTreeMap<HsCode, Bag>,
    ) {
        let hs = self.codes[at];
        let mut bag = Bag::new();
        for name in names.get(&hs).into_iter().flatten() {
            self.put(&mut bag, name, Field::Name);
        }
        for wider in [hs.cut(4), hs.cut(2)].into_iter().flatten() {
            for (&word, &weight) in wide.get(&wider).into_iter().flatten() {
                raise(&mut bag, word, weight);
            }
        }
        let own: Vec<(u32, f32)> = weighted(all.describe_exactly(hs).unwrap_or_default())
            .into_iter()
            .map(|(word, weight)| (self.id(word), weight))
            .collect();
        for &(word, weight) in own.iter().filter(|it| it.1 > 0.0) {
            raise(&mut bag, word, weight * Field::Own.weight());
        }
        for &(word, weight) in own.iter().filter(|it| it.1 < 0.0) {
            // What the description shuts out is shut out, whatever the heading says.
            if !own.iter().any(|it| it.0 == word && it.1 > 0.0) {
                bag.insert(word, weight);
            }
        }
        // Other names do not make goods longer: a subheading with many names is not the less likely for it.
        self.lengths.push(own.len() as f32);
        for (word, weight) in bag {
            self.postings[word as usize].push((at as u32, weight));
        }
    }

    fn put(&mut self, bag: &mut Bag, text: &str, field: Field) {
        for (word, weight) in weighted(text).into_iter().filter(|it| it.1 > 0.0) {
            let word = self.id(word);
            raise(bag, word, weight * field.weight());
        }
    }

    fn id(&mut self, word: String) -> u32 {
        let next = self.postings.len() as u32;
        let id = *self.ids.entry(word).or_insert(next);
        if id == next {
            self.postings.push(Vec::new());
        }
        id
    }

    fn of_word(&self, word: &str) -> &[(u32, f32)] {
        self.ids.get(word).and_then(|&it| self.postings.get(it as usize)).map_or(&[], Vec::as_slice)
    }

    pub(super) fn search(&self, all: &Nomenclature, text: &str, at_most: usize) -> Vec<Match> {
        let exact = self.exact.get(&normal(text));
        let mut words: Vec<String> = Vec::new();
        for (word, _) in weighted(text).into_iter().take(MAX_WORDS) {
            if !words.contains(&word) {
                words.push(word);
            }
        }
        let (scores, best) = self.score(&words);
        let mut found: Vec<(f64, HsCode)> = scores
            .iter()
            .enumerate()
            .filter(|(_, score)| **score > 0.0)
            .map(|(at, score)| (0.95 * score / best, self.codes[at]))
            .collect();
        for &hs in exact.into_iter().flatten() {
            // A name of a heading says nothing of which of its subheadings is meant.
            for row in &mut found {
                if hs == row.1 {
                    row.0 = 1.0;
                } else if hs.covers(row.1) {
                    row.0 = (row.0 + 0.2).min(0.9);
                }
            }
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        found.truncate(at_most);
        found.into_iter().map(|(score, hs)| self.tell(all, text, &words, score, hs)).collect()
    }

    /// Score of every subheading, and the highest that a text of these words could have.
    fn score(&self, words: &[String]) -> (Vec<f64>, f64) {
        let mut scores = vec![0.0; self.codes.len()];
        let mut best = f64::EPSILON;
        let all = self.codes.len() as f64;
        for word in words {
            let postings = self.of_word(word);
            let with = postings.len() as f64;
            let rarity = ((all - with + 0.5) / (with + 0.5) + 1.0).ln();
            let top = f64::from(Field::Name.weight());
            best += rarity * top * (K1 + 1.0) / (top + K1 * (1.0 - B));
            for &(at, weight) in postings {
                let length = f64::from(self.lengths[at as usize]) / self.mean_length;
                let weight = f64::from(weight);
                scores[at as usize] += rarity * weight * (K1 + 1.0) / (weight + K1 * (1.0 - B + B * length));
            }
        }
        (scores, best)
    }

    fn tell(&self, all: &Nomenclature, text: &str, words: &[String], score: f64, hs: HsCode) -> Match {
        let why = if score >= 1.0 {
            format!("'{}' is a name of it", text.trim())
        } else {
            let position = self.codes.binary_search(&hs).unwrap_or_default() as u32;
            let hit = |word: &&String| self.of_word(word).binary_search_by_key(&position, |it| it.0).is_ok();
            let hits: Vec<&str> = words.iter().filter(hit).map(String::as_str).collect();
            format!("{} of {} words: {}", hits.len(), words.len(), hits.join(", "))
        };
        Match {
            hs,
            description: all.describe(hs).unwrap_or_default().to_owned(),
            score: (score * 1000.0).round() / 1000.0,
            why,
        }
    }
}

/// A name for comparing: folded words without endings, in order.
fn normal(text: &str) -> String {
    weighted(text).into_iter().map(|it| it.0).collect::<Vec<_>>().join(" ")
}

/// The words of a text with their weights: endings off, stop words out, Chinese in pairs of characters.
fn weighted(text: &str) -> Vec<(String, f32)> {
    let lower = text.to_lowercase();
    let turns = TURNS.iter().filter_map(|(it, counts)| lower.find(it).map(|at| (at, *counts)));
    let (turn, counts) = turns.filter(|it| it.0 > 0).min_by_key(|it| it.0).unwrap_or((lower.len(), 1.0));
    let mut words = Vec::new();
    for (part, weight) in [(&lower[..turn], 1.0), (&lower[turn..], counts)] {
        for word in fold(part).split(' ') {
            push_word(&mut words, word, weight);
        }
    }
    words
}

fn push_word(words: &mut Vec<(String, f32)>, word: &str, weight: f32) {
    let mut han: Vec<char> = Vec::new();
    let mut latin = String::new();
    for letter in word.chars() {
        if is_han(letter) {
            push_latin(words, &mut latin, weight);
            han.push(letter);
        } else {
            push_han(words, &mut han, weight);
            latin.push(letter);
        }
    }
    push_latin(words, &mut latin, weight);
    push_han(words, &mut han, weight);
}

fn is_stop(word: &str) -> bool {
    static SET: LazyLock<BTreeSet<&str>> = LazyLock::new(|| STOP.split_ascii_whitespace().collect());
    SET.contains(word)
}

fn push_latin(words: &mut Vec<(String, f32)>, word: &mut String, weight: f32) {
    if !word.is_empty() && !is_stop(word) {
        words.push((stem(word), weight));
    }
    word.clear();
}

fn push_han(words: &mut Vec<(String, f32)>, han: &mut Vec<char>, weight: f32) {
    if let [only] = han.as_slice() {
        words.push((only.to_string(), weight));
    }
    words.extend(han.windows(2).map(|it| (it.iter().collect(), weight)));
    han.clear();
}

fn is_han(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// Takes the ending of a plural off: batteries, boxes, magnets.
fn stem(word: &str) -> String {
    if word.len() > 4 {
        if let Some(root) = word.strip_suffix("ies") {
            return format!("{root}y");
        }
        for ending in ["sses", "shes", "ches", "xes", "zes"] {
            if word.ends_with(ending) {
                return word[..word.len() - 2].to_owned();
            }
        }
    }
    match word.strip_suffix('s') {
        Some(root) if root.len() > 2 && !root.ends_with(['s', 'u', 'i']) => root.to_owned(),
        _ => word.to_owned(),
    }
}
