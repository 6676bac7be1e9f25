//! From what a person writes to one place: code, name, name with its economy, or a pair of degrees.

use domain::suggest::fold;
use domain::{Coordinates, DomainError, Economy, EconomyBook, Finding, Locode, Place, Severity};
use thiserror::Error;

use super::book::{PlaceBook, PlaceRow};

/// A place so many points of rank above all its namesakes is meant when nothing else is said: the harbour of Rotterdam
/// and not Rotterdam, New York. The points themselves are in the table.
pub const DOMINANCE: u8 = 6;
/// The currency decides for a place that is at most so many points lighter than its heaviest namesake: pounds mean
/// Birmingham in England and dollars the one in Alabama, while no currency moves the harbour of Rotterdam to New York.
const HINT_REACH: u8 = 9;
/// Namesakes in one economy no further apart than this are one place with two codes (a city and its harbour).
const SAME_PLACE_KM: f64 = 60.0;
/// How many candidates an error lists; the rest are counted.
const LISTED: usize = 6;
/// A name of a place is shorter than this.
const MAX_CHARS: usize = 120;
/// Postal codes of the states of the United States that people write after a city.
const US_STATES: &str = "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR \
PA RI SC SD TN TX UT VT VA WA WV WI WY DC PR";

/// Why a text is not one place.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PlaceError {
    /// PRP-1120
    #[error("PRP-1120: no place called '{given}' is known{}; write its UN/LOCODE (for example GBBHM), 'name, economy', or its coordinates (52.48,-1.9)", did_you_mean(.nearest))]
    Unknown { given: String, nearest: Vec<String> },
    /// PRP-1121
    #[error("PRP-1121: '{given}' could be {}{}; write the UN/LOCODE, or the economy after the name: '{example}'", .candidates.join("; "), and_more(*.more))]
    Ambiguous { given: String, candidates: Vec<String>, more: usize, example: String },
    /// PRP-1122
    #[error("PRP-1122: '{given}' is a whole economy; name a place in it{}", such_as(.places))]
    WholeEconomy { given: String, places: Vec<String> },
    /// PRP-1123
    #[error("PRP-1123: no place is named; write for example 'Birmingham, GB', GBBHM or 52.48,-1.9")]
    Empty,
    /// PRP-1124
    #[error("PRP-1124: the name of a place has {chars} characters, more than {limit}; write its UN/LOCODE")]
    TooLong { chars: usize, limit: usize },
    /// PRP-1125
    #[error(
        "PRP-1125: the table of places cannot be read, line {line}: {why}; rebuild it with 'xtask books places'"
    )]
    Table { line: usize, why: String },
    /// PRP-1008, with what was likely meant.
    #[error(
        "PRP-1008: '{given}' is not a point on Earth: latitude comes first, and the two look swapped; did you mean '{meant}'?"
    )]
    Swapped { given: String, meant: String },
    #[error(transparent)]
    Domain(#[from] DomainError),
}

fn did_you_mean(nearest: &[String]) -> String {
    if nearest.is_empty() { String::new() } else { format!("; did you mean {}?", nearest.join(" or ")) }
}

fn and_more(more: usize) -> String {
    if more == 0 { String::new() } else { format!("; and {more} more") }
}

fn such_as(places: &[String]) -> String {
    if places.is_empty() { String::new() } else { format!(", for example {}", places.join(", ")) }
}

/// A place with what there is to say about how it was chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolved {
    pub place: Place,
    pub findings: Vec<Finding>,
}

impl From<PlaceRow<'_>> for Resolved {
    fn from(row: PlaceRow<'_>) -> Self {
        Self { place: row.place(), findings: Vec::new() }
    }
}

impl PlaceBook {
    /// The one place that `text` means. `hints` are economies that the rest of the question speaks of (those whose
    /// currency is paid in): a namesake there is meant when it is not much lighter than the heaviest, and that is a finding.
    pub fn resolve(
        &self,
        text: &str,
        economies: &EconomyBook,
        hints: &[Economy],
    ) -> Result<Resolved, PlaceError> {
        let text = text.trim().trim_matches([',', '.', ';', '，', '。', '；']).trim();
        if text.is_empty() {
            return Err(PlaceError::Empty);
        }
        let chars = text.chars().count();
        if chars > MAX_CHARS {
            return Err(PlaceError::TooLong { chars, limit: MAX_CHARS });
        }
        self.recognise(text, economies, hints).unwrap_or_else(|| Err(self.unknown(text, economies)))
    }

    /// As [`Self::resolve`], with `None` for what is no place at all; cheap, for trying which part of a sentence is a place.
    pub fn recognise(
        &self,
        text: &str,
        economies: &EconomyBook,
        hints: &[Economy],
    ) -> Option<Result<Resolved, PlaceError>> {
        if let Some(pair) = degrees(text) {
            return Some(self.at_point(text, pair));
        }
        if let Some(row) = text.parse::<Locode>().ok().and_then(|it| self.find(it)) {
            // "Paris" could be read as PA RIS: a code in small letters counts only when nothing has that name.
            if text.chars().all(|it| !it.is_lowercase()) || !self.has_name(text) {
                return Some(Ok(row.into()));
            }
        }
        let named = self.list_named(text);
        if !named.is_empty() {
            return Some(choose(text, &named, economies, hints));
        }
        self.with_economy(text, economies)
    }

    fn at_point(&self, text: &str, (lat, lon): (f64, f64)) -> Result<Resolved, PlaceError> {
        if lat.abs() > 90.0 && lat.abs() <= 180.0 && lon.abs() <= 90.0 {
            return Err(PlaceError::Swapped { given: text.to_owned(), meant: format!("{lon},{lat}") });
        }
        let at = Coordinates::new(lat, lon)?;
        let (near, km) =
            self.nearest_to(at).ok_or(PlaceError::Unknown { given: text.to_owned(), nearest: Vec::new() })?;
        let economy = near.locode.economy();
        let say = format!(
            "{text} is taken to lie in {economy}, as {} ({}), {km:.0} km away, does",
            near.name, near.locode
        );
        let name = format!("{},{}", at.lat(), at.lon());
        Ok(Resolved {
            place: Place { name, economy, locode: None, at: Some(at) },
            findings: vec![
                Finding::new(1126, Severity::Note, say)
                    .hint("if the border is near, write the UN/LOCODE of the place instead"),
            ],
        })
    }

    /// "Birmingham, GB", "Birmingham UK", "伯明翰，英国", "英国伯明翰", "Los Angeles, CA".
    fn with_economy(&self, text: &str, economies: &EconomyBook) -> Option<Result<Resolved, PlaceError>> {
        for (name, qualifier) in splits(text) {
            let meant = meant(qualifier, economies);
            let within: Vec<PlaceRow<'_>> = match name.parse::<Locode>().ok().and_then(|it| self.find(it)) {
                Some(row) => vec![row],
                None => self.list_named(name),
            }
            .into_iter()
            .filter(|it| meant.contains(&it.locode.economy()))
            .collect();
            if within.is_empty() {
                continue;
            }
            if let Some(row) = dominant(&within) {
                return Some(Ok((*row).into()));
            }
            // Within one economy the weightiest is meant when it weighs more at all; a tie is for the person to break.
            if within[0].rank > within[1].rank {
                let mut resolved = Resolved::from(within[0]);
                let say = format!(
                    "'{text}' is taken as {}; {} other places there have that name",
                    resolved.place,
                    within.len() - 1
                );
                resolved.findings.push(
                    Finding::new(1127, Severity::Note, say).hint("to mean another, write its UN/LOCODE"),
                );
                return Some(Ok(resolved));
            }
            return Some(Err(ambiguous(text, &within, economies)));
        }
        None
    }

    fn unknown(&self, text: &str, economies: &EconomyBook) -> PlaceError {
        if let Some(economy) = economies.find_word(text) {
            let places = self.list_of(economy, 4);
            return PlaceError::WholeEconomy {
                given: text.to_owned(),
                places: places.iter().map(|it| format!("{} ({})", it.name, it.locode)).collect(),
            };
        }
        let mut nearest = self.list_like(text, 3);
        if nearest.is_empty() {
            nearest = splits(text)
                .into_iter()
                .map(|(name, _)| self.list_like(name, 3))
                .find(|it| !it.is_empty())
                .unwrap_or_default();
        }
        PlaceError::Unknown {
            given: text.to_owned(),
            nearest: nearest.iter().map(|it| it.place().to_string()).collect(),
        }
    }
}

fn ambiguous(text: &str, named: &[PlaceRow<'_>], economies: &EconomyBook) -> PlaceError {
    let tell = |row: &PlaceRow<'_>| {
        format!(
            "{} in {} ({}; {})",
            row.name,
            economies.name(row.locode.economy()),
            row.locode,
            row.functions.words()
        )
    };
    let first = named[0];
    let alone = named.iter().filter(|it| it.locode.economy() == first.locode.economy()).count() == 1;
    PlaceError::Ambiguous {
        given: text.to_owned(),
        candidates: named.iter().take(LISTED).map(tell).collect(),
        more: named.len().saturating_sub(LISTED),
        example: if alone {
            format!("{}, {}", first.name, first.locode.economy())
        } else {
            first.locode.to_string()
        },
    }
}

fn choose(
    text: &str,
    named: &[PlaceRow<'_>],
    economies: &EconomyBook,
    hints: &[Economy],
) -> Result<Resolved, PlaceError> {
    let hinted: Vec<PlaceRow<'_>> =
        named.iter().filter(|it| hints.contains(&it.locode.economy())).copied().collect();
    let heaviest = named.first().map_or(0, |it| it.rank);
    let by_hint = dominant(&hinted).filter(|it| it.rank.saturating_add(HINT_REACH) >= heaviest);
    let Some(row) = by_hint.or_else(|| dominant(named)) else {
        return Err(ambiguous(text, named, economies));
    };
    let mut resolved = Resolved::from(*row);
    let others = named.iter().filter(|it| !same_place(row, it)).count();
    if others > 0 {
        let (code, severity, why) = match by_hint {
            Some(_) => (1128, Severity::Caution, "because of the currency"),
            None => (1127, Severity::Note, "by far the weightiest in trade"),
        };
        let say = format!(
            "'{text}' is taken as {} in {}, {why}; {others} other {} that name",
            resolved.place,
            economies.name(row.locode.economy()),
            if others == 1 { "place has" } else { "places have" },
        );
        resolved.findings.push(
            Finding::new(code, severity, say)
                .hint(format!("to mean another, write for example '{text}, {}'", other_economy(named, row))),
        );
    }
    Ok(resolved)
}

/// The first of places sorted by weight, when it clearly outweighs every other or the others are the same place.
fn dominant<'r, 'a>(named: &'r [PlaceRow<'a>]) -> Option<&'r PlaceRow<'a>> {
    let first = named.first()?;
    let rival = named[1..].iter().find(|it| !same_place(first, it));
    match rival {
        None => Some(first),
        Some(rival) => (first.rank >= rival.rank.saturating_add(DOMINANCE)).then_some(first),
    }
}

fn same_place(a: &PlaceRow<'_>, b: &PlaceRow<'_>) -> bool {
    if a.locode == b.locode {
        return true;
    }
    a.locode.economy() == b.locode.economy()
        && matches!((a.at, b.at), (Some(a), Some(b)) if a.great_circle_km(b) <= SAME_PLACE_KM)
}

fn other_economy(named: &[PlaceRow<'_>], row: &PlaceRow<'_>) -> String {
    let other = named.iter().find(|it| it.locode.economy() != row.locode.economy());
    other.map_or_else(|| "GB".to_owned(), |it| it.locode.economy().to_string())
}

/// The economies that a qualifier may mean: a state of the United States is also looked for there.
fn meant(qualifier: &str, economies: &EconomyBook) -> Vec<Economy> {
    let mut meant: Vec<Economy> = economies.find_word(qualifier).into_iter().collect();
    let state = qualifier.trim().trim_matches(['(', ')', '.']);
    if US_STATES.split_ascii_whitespace().any(|it| it == state) {
        meant.push(Economy::new(*b"US"));
    }
    meant
}

/// Ways to read a text as a name and a qualifier: at a comma, at a bracket, before the last one to three words, and
/// for scripts without blanks at every character.
fn splits(text: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    for mark in [',', '，', '(', '（', '/'] {
        if let Some((name, rest)) = text.split_once(mark) {
            found.push((name.trim(), rest.trim().trim_matches([')', '）'])));
            found.push((rest.trim().trim_matches([')', '）']), name.trim()));
        }
    }
    let blanks: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).collect();
    for &at in blanks.iter().rev().take(3) {
        found.push((text[..at].trim(), text[at..].trim()));
    }
    if !text.is_ascii() && fold(text).chars().count() <= 24 {
        for (at, _) in text.char_indices().skip(1) {
            found.push((text[at..].trim(), text[..at].trim()));
            found.push((text[..at].trim(), text[at..].trim()));
        }
    }
    found.retain(|(name, rest)| !name.is_empty() && !rest.is_empty());
    found
}

/// A pair of numbers, whether or not they are on the Earth.
fn degrees(text: &str) -> Option<(f64, f64)> {
    let (lat, lon) = text.split_once([',', '，', ';', ' '])?;
    let number = |it: &str| it.trim().trim_end_matches('°').parse::<f64>().ok();
    Some((number(lat)?, number(lon.trim_start_matches([',', ' ']))?))
}
