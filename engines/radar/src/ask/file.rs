//! Needs in files: TOML, JSON, a sentence, or a Markdown page with a fenced block named `need` that holds one of these.

use std::collections::BTreeMap;

use domain::quantity::plain_number;
use domain::{
    Currency, Date, Direction, DomainError, Economy, Incoterm, Limits, Mode, Money, Need, Place, Ppm,
    Quantity, Unit, Wishes,
};
use routes::Passage;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::parse::{code_of, currency_of, deadline_of, dot_thousands, parse, positive};
use super::words::EXAMPLE;
use super::{AskBooks, AskError, Asked, MAX_FILE_BYTES, Span};

/// As a person writes it; the form that programs write ([`Need`] as JSON) is read as well.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    /// A sentence; what the other fields say is added to it.
    #[serde(default)]
    need: Option<String>,
    #[serde(default)]
    direction: Option<Direction>,
    #[serde(default)]
    hs: Option<Either<i64>>,
    #[serde(default)]
    goods: Option<String>,
    #[serde(default)]
    quantity: Option<Either<Quantity>>,
    #[serde(default)]
    place: Option<Either<Place>>,
    #[serde(default)]
    incoterm: Option<String>,
    #[serde(default)]
    currency: Option<String>,
    #[serde(default)]
    deadline: Option<String>,
    #[serde(default)]
    limits: WrittenLimits,
    #[serde(default)]
    wishes: Option<Wishes>,
    #[serde(default)]
    facts: BTreeMap<String, String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct WrittenLimits {
    landed_at_most: Option<Either<Money>>,
    on_time_at_least: Option<Either<i64>>,
    co2e_at_most: Option<String>,
    co2e_kg_at_most: Option<u64>,
    origins_only: Vec<String>,
    origins_never: Vec<String>,
    modes_only: Vec<String>,
    passages_shut: Vec<String>,
}

/// Words, or the value itself.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Either<T> {
    Words(String),
    Value(T),
}

/// Reads a need file. Which form it has is seen from its text.
pub fn read(text: &str, books: &AskBooks<'_>, today: Date) -> Result<Asked, AskError> {
    if text.len() > MAX_FILE_BYTES {
        return Err(AskError::TooLong {
            size: format!("{} bytes", text.len()),
            limit: MAX_FILE_BYTES.to_string(),
        });
    }
    let text = text.trim_start_matches('\u{feff}');
    let (block, first_line) = block(text)?;
    if block.trim().is_empty() {
        return Err(AskError::Empty { example: EXAMPLE });
    }
    let shift = |line: usize| if line == 0 { 0 } else { line + first_line };
    let head = block.trim_start();
    if head.starts_with('{') {
        let written: Written =
            json(block).map_err(|(line, why)| AskError::File { line: shift(line), why })?;
        return settle(written, &Lines { text: block, first_line }, books, today);
    }
    if looks_like_toml(head) {
        let written: Written =
            toml_text(block).map_err(|(line, why)| AskError::File { line: shift(line), why })?;
        return settle(written, &Lines { text: block, first_line }, books, today);
    }
    parse(block.trim(), books, today)
}

/// The fenced block named `need`, with the number of lines before it; the whole text when it is no Markdown page.
fn block(text: &str) -> Result<(&str, usize), AskError> {
    let mut start = None;
    let mut at = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let fence = line.trim();
        match start {
            None if fence == "```need" || fence == "```toml need" => {
                start = Some((at + line.len(), number + 1))
            }
            Some((from, before)) if fence == "```" => return Ok((&text[from..at], before)),
            _ => {}
        }
        at += line.len();
    }
    match start {
        Some((_, before)) => {
            Err(AskError::File { line: before, why: "the block ```need is not closed with ```".to_owned() })
        }
        None if text.trim_start().starts_with("# ") => {
            Err(AskError::File { line: 0, why: "the page has no block that begins with ```need".to_owned() })
        }
        None => Ok((text, 0)),
    }
}

/// A first line such as `quantity = "5 t"`, `[limits]` or a comment.
fn looks_like_toml(head: &str) -> bool {
    let line = head
        .lines()
        .find(|it| !it.trim().is_empty() && !it.trim_start().starts_with('#'))
        .unwrap_or_default();
    let key = line.split('=').next().unwrap_or_default().trim();
    let named = !key.is_empty()
        && key.chars().all(|it| it.is_ascii_alphanumeric() || matches!(it, '_' | '.' | '-' | '"'));
    line.trim_start().starts_with('[') || (line.contains('=') && named)
}

fn json<T: DeserializeOwned>(text: &str) -> Result<T, (usize, String)> {
    serde_json::from_str(text).map_err(|error| (error.line(), error.to_string()))
}

fn toml_text<T: DeserializeOwned>(text: &str) -> Result<T, (usize, String)> {
    toml::from_str(text).map_err(|error: toml::de::Error| {
        let line = error.span().map_or(0, |it| text[..it.start.min(text.len())].lines().count().max(1));
        (line, error.message().to_owned())
    })
}

/// Where a field stands, for errors about its value.
struct Lines<'a> {
    text: &'a str,
    first_line: usize,
}

impl Lines<'_> {
    fn at<T, E: Into<AskError>>(&self, key: &str, value: Result<T, E>) -> Result<T, AskError> {
        value.map_err(|error| {
            let source = Box::new(error.into());
            let begins = |line: &str| {
                let rest = line.trim_start().trim_start_matches('"');
                rest.strip_prefix(key)
                    .is_some_and(|it| it.trim_start_matches('"').trim_start().starts_with(['=', ':']))
            };
            match self.text.lines().position(begins) {
                Some(index) => AskError::At { line: self.first_line + index + 1, source },
                None => *source,
            }
        })
    }
}

fn settle(written: Written, lines: &Lines<'_>, books: &AskBooks<'_>, today: Date) -> Result<Asked, AskError> {
    let sentence = written.need.as_deref().map(|it| lines.at("need", parse(it, books, today))).transpose()?;
    let (base, mut understood, mut findings) = match sentence {
        Some(it) => (Some(it.need), it.understood, it.findings),
        None => (None, Vec::new(), Vec::new()),
    };
    let mut tell = |key: &str, value: &dyn std::fmt::Display| {
        understood.push(Span { text: key.to_owned(), meaning: value.to_string() });
    };
    let currency = match &written.currency {
        Some(word) => Some(lines.at("currency", Currency::from_word(word))?),
        None => base.as_ref().map(|it| it.currency),
    };
    let quantity = match written.quantity {
        Some(Either::Words(text)) => Some(lines.at("quantity", quantity_of(&text))?),
        Some(Either::Value(it)) => Some(it),
        None => base.as_ref().map(|it| it.quantity),
    };
    let place = match written.place {
        Some(Either::Words(text)) => {
            let hints: Vec<Economy> = books
                .economies
                .list_all()
                .iter()
                .filter(|it| currency.is_some() && it.currency == currency)
                .map(|it| it.economy)
                .collect();
            let found = lines.at("place", books.places.resolve(&text, books.economies, &hints))?;
            findings.extend(found.findings);
            Some(found.place)
        }
        Some(Either::Value(it)) => Some(it),
        None => base.as_ref().map(|it| it.place.clone()),
    };
    let said = match written.hs {
        Some(Either::Words(text)) => Some(text),
        Some(Either::Value(number)) => Some(number.to_string()),
        None => None,
    };
    let said = match said {
        Some(text) => {
            let checked = lines.at("hs", books.nomenclature.check_text(&text))?;
            findings.extend(checked.findings);
            Some(checked.hs)
        }
        None => base.as_ref().map(|it| it.hs),
    };
    let goods = written.goods.or_else(|| base.as_ref().map(|it| it.goods.clone())).unwrap_or_default();
    let mut what = Vec::new();
    if quantity.is_none() {
        what.push("how much (quantity = \"5 t\")");
    }
    if said.is_none() && goods.trim().is_empty() {
        what.push("what (hs = \"850511\" or goods = \"permanent magnets\")");
    }
    if place.is_none() {
        what.push("where (place = \"Birmingham, GB\")");
    }
    let (Some(quantity), Some(place), true) = (quantity, place, what.is_empty()) else {
        return Err(AskError::Missing { what, example: EXAMPLE });
    };
    lines.at("quantity", positive(quantity))?;
    let (hs, about_goods) =
        lines.at(if said.is_some() { "hs" } else { "goods" }, code_of(said, &goods, books))?;
    findings.extend(about_goods);
    let (currency, about_currency) = currency_of(currency, &place, books);
    findings.extend(about_currency);
    let deadline = match &written.deadline {
        Some(text) => {
            let (day, about) = lines.at("deadline", deadline_of(text, books, today))?;
            findings.extend(about);
            Some(day)
        }
        None => base.as_ref().and_then(|it| it.deadline),
    };
    let incoterm = match &written.incoterm {
        Some(text) => Some(lines.at("incoterm", text.parse::<Incoterm>())?),
        None => base.as_ref().and_then(|it| it.incoterm),
    };
    let goods = if goods.trim().is_empty() {
        books.nomenclature.describe(hs).unwrap_or_default().to_owned()
    } else {
        goods
    };
    let limits =
        limits(written.limits, base.as_ref().map(|it| it.limits.clone()).unwrap_or_default(), lines, books)?;
    tell("quantity", &quantity);
    tell("hs", &hs);
    tell("place", &place);
    tell("currency", &currency);
    let mut facts = base.as_ref().map(|it| it.facts.clone()).unwrap_or_default();
    facts.extend(written.facts);
    let direction = written.direction.or(base.as_ref().map(|it| it.direction)).unwrap_or(Direction::Buy);
    let wishes = written.wishes.or(base.map(|it| it.wishes)).unwrap_or_default();
    Ok(Asked {
        need: Need {
            direction,
            hs,
            goods,
            quantity,
            place,
            incoterm,
            currency,
            deadline,
            limits,
            wishes,
            facts,
        },
        understood,
        findings,
    })
}

/// "5 t", with the errors that a sentence gives for a negative one and for a dot that may part thousands.
fn quantity_of(text: &str) -> Result<Quantity, AskError> {
    let text = text.trim();
    let is_number = |it: char| it.is_ascii_digit() || matches!(it, '.' | ',' | '-' | '+');
    let (number, unit) = text.split_at(text.find(|it| !is_number(it)).unwrap_or(text.len()));
    if let Some(error) = dot_thousands(number, unit.trim()) {
        return Err(error);
    }
    if let (Some(amount), Ok(unit)) = (plain_number(number), unit.parse::<Unit>()) {
        positive(Quantity::new(amount, unit))?;
    }
    Ok(text.parse()?)
}

fn limits(
    written: WrittenLimits,
    base: Limits,
    lines: &Lines<'_>,
    books: &AskBooks<'_>,
) -> Result<Limits, AskError> {
    let mut limits = base;
    match written.landed_at_most {
        Some(Either::Words(text)) => limits.landed_at_most = Some(lines.at("landed_at_most", money(&text))?),
        Some(Either::Value(it)) => limits.landed_at_most = Some(it),
        None => {}
    }
    match written.on_time_at_least {
        Some(Either::Words(text)) => {
            limits.on_time_at_least = Some(lines.at("on_time_at_least", share(&text))?)
        }
        Some(Either::Value(ppm)) => {
            limits.on_time_at_least = Some(lines.at("on_time_at_least", within(Ppm(ppm), &ppm.to_string()))?)
        }
        None => {}
    }
    if let Some(text) = written.co2e_at_most {
        let mass = lines.at("co2e_at_most", quantity_of(&text).and_then(|it| Ok(it.to(Unit::Kilogram)?)))?;
        limits.co2e_kg_at_most = u64::try_from(mass.amount.trunc()).ok();
    }
    limits.co2e_kg_at_most = written.co2e_kg_at_most.or(limits.co2e_kg_at_most);
    let economy = |key: &str, word: &String| lines.at(key, books.economies.get_word(word));
    for word in &written.origins_only {
        limits.origins_only.push(economy("origins_only", word)?);
    }
    for word in &written.origins_never {
        limits.origins_never.push(economy("origins_never", word)?);
    }
    for word in &written.modes_only {
        let mode = Mode::ALL.into_iter().find(|it| it.word().eq_ignore_ascii_case(word.trim()));
        let unknown = || AskError::File {
            line: 0,
            why: format!("'{word}' is not a mode; one of sea, air, rail, road"),
        };
        limits.modes_only.push(lines.at("modes_only", mode.ok_or_else(unknown))?);
    }
    for word in &written.passages_shut {
        let passage: Passage = lines.at("passages_shut", word.parse::<Passage>())?;
        limits.passages_shut.push(passage.key().to_owned());
    }
    Ok(limits)
}

/// "200000 GBP" or "GBP 200,000".
fn money(text: &str) -> Result<Money, AskError> {
    let refuse = |why| DomainError::Amount { given: text.to_owned(), why };
    let (one, other) = text.trim().rsplit_once(' ').ok_or_else(|| refuse("it has no currency"))?;
    let (number, currency) = match (Currency::from_word(other), Currency::from_word(one)) {
        (Ok(currency), _) => (one, currency),
        (_, Ok(currency)) => (other, currency),
        (Err(error), _) => return Err(error.into()),
    };
    if let Some(error) =
        dot_thousands(number.trim(), currency.code()).filter(|_| currency.minor_digits() != 3)
    {
        return Err(error);
    }
    let amount = plain_number(number.trim()).ok_or_else(|| refuse("it is not a plain number"))?;
    Ok(Money::parse(&amount.to_string(), currency)?)
}

/// "90 %".
fn share(text: &str) -> Result<Ppm, DomainError> {
    let refuse = |why| DomainError::Amount { given: text.to_owned(), why };
    let number = text.trim().strip_suffix('%').ok_or_else(|| refuse("it has no % sign"))?;
    let percent = plain_number(number.trim()).ok_or_else(|| refuse("it is not a plain number"))?;
    within(Ppm::from_percent(percent).ok_or_else(|| refuse("it has too many decimals"))?, text)
}

fn within(share: Ppm, given: &str) -> Result<Ppm, DomainError> {
    if (0..=1_000_000).contains(&share.0) {
        return Ok(share);
    }
    Err(DomainError::Amount { given: given.to_owned(), why: "a chance goes from 0 to 100 %" })
}
