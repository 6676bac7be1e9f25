//! From text to [`Expression`]. Runs over the text once, without recursion.

use domain::{Currency, Decimal};

use super::units::find_per;
use super::{Bound, Coin, Expression, ExpressionError, LONGEST_TEXT, MOST_TERMS, Season, Sum, Term};

/// Words that say that nothing is owed, in lower case.
const FREE: &[&str] = &["free", "no additional duty", "nil", "exempt"];
/// Words after which a duty on top is written, in lower case.
const ON_TOP: &[&str] = &[
    "the duty provided in the applicable subheading",
    "the duty rate provided in the applicable subheading",
    "the rate applicable in the absence of this subheading",
];
/// How the total duty of the agreements of the United States of 2025 is written in books (15 % in all for the European Union, Japan, ...).
const TOTAL: &str = " with the duty of column 1 in it";
const COMPONENTS: &[&str] = &["EA", "ADSZ", "ADFM", "AD S/Z", "AD F/M"];
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Reads the duty text of a tariff. Never panics and never takes longer than the length of the text allows;
/// what is not in the grammar is an error that says from where on.
pub fn parse_expression(text: &str) -> Result<Expression, ExpressionError> {
    if text.len() > LONGEST_TEXT {
        return Err(ExpressionError::TooLong { length: text.len() });
    }
    let text = plain(text);
    if let Some(total) = text.strip_suffix(TOTAL) {
        let (first, bounds) = read_sums(total)?;
        return Ok(Expression { total: true, ..finish(first, bounds, Vec::new(), true) });
    }
    if text.is_empty() {
        return Err(ExpressionError::Empty);
    }
    if is_free(&text) {
        return Ok(finish(Vec::new(), Vec::new(), Vec::new(), false));
    }
    if let Some(rest) = on_top(&text) {
        if rest.is_empty() {
            return Ok(finish(Vec::new(), Vec::new(), Vec::new(), true));
        }
        let (first, bounds) = read_sums(rest)?;
        return Ok(finish(first, bounds, Vec::new(), true));
    }
    if text.contains('(') {
        return read_seasons(&text).map(|seasons| finish(Vec::new(), Vec::new(), seasons, false));
    }
    let (first, bounds) = read_sums(&text)?;
    Ok(finish(first, bounds, Vec::new(), false))
}

fn finish(first: Sum, bounds: Vec<(Bound, Sum)>, seasons: Vec<Season>, on_top: bool) -> Expression {
    let share = match first.as_slice() {
        [] if seasons.is_empty() => Some(Decimal::ZERO),
        [(false, Term::Percent { percent, of: None })] if bounds.is_empty() => {
            percent.checked_mul(Decimal::new(1, 2))
        }
        _ => None,
    };
    Expression { first, bounds, seasons, on_top, total: false, share }
}

/// Blanks of every kind become one blank; zero-width marks and a final dot go.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars().filter(|it| !matches!(it, '\u{200b}' | '\u{feff}')) {
        if !letter.is_whitespace() {
            out.push(letter);
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.trim().trim_end_matches('.').trim_end().to_owned()
}

fn is_free(text: &str) -> bool {
    FREE.iter().any(|it| text.eq_ignore_ascii_case(it))
}

fn on_top(text: &str) -> Option<&str> {
    ON_TOP.iter().find_map(|words| strip_word(text, words)).map(str::trim_start)
}

/// `text` after `word`, whatever its capitals.
fn strip_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let head = text.get(..word.len())?;
    head.eq_ignore_ascii_case(word).then(|| &text[word.len()..])
}

/// A term as written, before bare numbers have found their unit.
enum Draft {
    Done(Term),
    /// A number alone.
    Bare(Decimal),
    /// An amount of money without "per".
    Coin(Decimal, Coin),
}

/// Joins sums and terms.
enum Joint {
    Plus,
    Minus,
    Bound(Bound),
}

fn read_sums(text: &str) -> Result<(Sum, Vec<(Bound, Sum)>), ExpressionError> {
    let mut drafts: Vec<(Joint, Draft)> = Vec::new();
    let mut rest = text;
    let mut joint = Joint::Plus;
    if let Some((first, after)) = read_joint(rest) {
        (joint, rest) = (first, after);
    }
    loop {
        if drafts.len() == MOST_TERMS {
            return Err(ExpressionError::TooManyTerms);
        }
        let (draft, after) = read_term(rest)?;
        drafts.push((joint, draft));
        let after = after.trim_start();
        if after.is_empty() {
            return settle(drafts);
        }
        (joint, rest) = read_joint(after).ok_or_else(|| unseen(after))?;
    }
}

fn unseen(at: &str) -> ExpressionError {
    ExpressionError::Unseen { at: at.chars().take(80).collect() }
}

/// Reads what joins two terms.
fn read_joint(text: &str) -> Option<(Joint, &str)> {
    const WORDS: [&str; 12] = [
        ", or, if lower,",
        ", but not less than",
        ", but not more than",
        "but not less than",
        "but not more than",
        ", and",
        "MIN ",
        "MAX ",
        "plus ",
        "minus ",
        "+",
        "-",
    ];
    let text = text.trim_start();
    let (at, rest) =
        WORDS.iter().enumerate().find_map(|(at, word)| strip_word(text, word).map(|rest| (at, rest)))?;
    let joint = match at {
        0 | 2 | 4 | 7 => Joint::Bound(Bound::Max),
        1 | 3 | 6 => Joint::Bound(Bound::Min),
        9 | 11 => Joint::Minus,
        _ => Joint::Plus,
    };
    Some((joint, rest.trim_start()))
}

/// Where the phrase that `text` starts with ends: before the next joint or at the end.
fn end_of_phrase(text: &str) -> usize {
    let bytes = text.as_bytes();
    if read_joint(text).is_some() {
        return 0;
    }
    for at in 0..bytes.len() {
        if !text.is_char_boundary(at) {
            continue;
        }
        let joined = match bytes[at] {
            b'+' => true,
            b' ' => {
                let next = text[at..].trim_start();
                next.starts_with("- ") || !next.starts_with('-') && read_joint(next).is_some()
            }
            b',' => read_joint(&text[at..]).is_some(),
            _ => false,
        };
        if joined {
            return at;
        }
    }
    bytes.len()
}

fn read_term(text: &str) -> Result<(Draft, &str), ExpressionError> {
    let text = text.trim_start();
    let text = strip_word(text, "a duty of ").unwrap_or(text).trim_start();
    if let Some(word) = COMPONENTS.iter().find(|word| strip_word(text, word).is_some()) {
        let after = &text[word.len()..];
        if after.is_empty() || after.starts_with([' ', '+']) {
            return Ok((Draft::Done(Term::Component((*word).into())), after));
        }
    }
    let (sign, rest) = match text.chars().next() {
        Some('$') => (Some(Coin::Home), &text[1..]),
        Some('£') => (Some(Coin::Of(Currency::GBP)), &text['£'.len_utf8()..]),
        Some('€') => (Some(Coin::Of(Currency::EUR)), &text['€'.len_utf8()..]),
        _ => (None, text),
    };
    let (number, rest) = read_number(rest).ok_or_else(|| unseen(text))?;
    if let Some(coin) = sign {
        return read_amount(number, coin, rest);
    }
    let rest = rest.trim_start();
    let (number, rest) = add_fraction(number, rest);
    if let Some(after) = strip_word(rest, "percent").or_else(|| rest.strip_prefix('%')) {
        return read_percent(number, after);
    }
    if let Some(after) =
        strip_word(rest, "cents").or_else(|| strip_word(rest, "cent")).or_else(|| rest.strip_prefix('¢'))
    {
        let amount = number.checked_mul(Decimal::new(1, 2)).ok_or_else(|| unseen(text))?;
        return read_amount(amount, Coin::Home, after);
    }
    if let Some(currency) = rest.get(..3).filter(|it| it.bytes().all(|it| it.is_ascii_uppercase())) {
        if let Ok(currency) = currency.parse() {
            return read_amount(number, Coin::Of(currency), &rest[3..]);
        }
    }
    Ok((Draft::Bare(number), rest))
}

/// Digits with a decimal point; commas only between groups of three.
fn read_number(text: &str) -> Option<(Decimal, &str)> {
    let end = text
        .bytes()
        .enumerate()
        .position(|(at, it)| !(it.is_ascii_digit() || it == b'.' || it == b',' && is_thousand(text, at)))
        .unwrap_or(text.len());
    let digits: String = text[..end].chars().filter(|it| *it != ',').collect();
    if !digits.starts_with(|it: char| it.is_ascii_digit()) {
        return None;
    }
    Some((digits.parse().ok()?, &text[end..]))
}

/// "33 1/3%": the third is kept to as many decimals as a number can have.
fn add_fraction(number: Decimal, text: &str) -> (Decimal, &str) {
    let read = || {
        let (fraction, rest) = text.split_at(text.find('%')?);
        let (top, bottom) = fraction.trim_end().split_once('/')?;
        let digit = |it: &str| it.parse::<u8>().ok().filter(|it| (1..=99).contains(it)).map(Decimal::from);
        Some((number.checked_add(digit(top)?.checked_div(digit(bottom)?)?)?, rest))
    };
    read().unwrap_or((number, text))
}

fn is_thousand(text: &str, comma: usize) -> bool {
    let group = text.as_bytes().get(comma + 1..comma + 4);
    let next = text.as_bytes().get(comma + 4);
    comma > 0
        && group.is_some_and(|it| it.iter().all(u8::is_ascii_digit))
        && !next.is_some_and(u8::is_ascii_digit)
}

fn read_percent(percent: Decimal, rest: &str) -> Result<(Draft, &str), ExpressionError> {
    const OF: [&str; 5] = ["on the value of the ", "upon the value of the ", "on the ", "on ", "of the "];
    const WHOLE: [&str; 3] = ["ad valorem", "ad val", "upon the value"];
    let phrase = rest.trim_start();
    let end = end_of_phrase(phrase);
    let (words, after) = phrase.split_at(end);
    let words = words.trim().trim_end_matches('.');
    if words.is_empty() || WHOLE.iter().any(|it| words.eq_ignore_ascii_case(it)) {
        return Ok((Draft::Done(Term::Percent { percent, of: None }), after));
    }
    let part = OF.iter().find_map(|it| strip_word(words, it)).ok_or_else(|| unseen(phrase))?;
    let letters = part.chars().all(|it| it.is_alphanumeric() || " ,.-".contains(it));
    if part.len() > 60 || !letters {
        return Err(unseen(phrase));
    }
    let of = Some(part.trim().to_lowercase().into());
    Ok((Draft::Done(Term::Percent { percent, of }), after))
}

fn read_amount(amount: Decimal, coin: Coin, rest: &str) -> Result<(Draft, &str), ExpressionError> {
    let rest = rest.trim_start();
    let per = rest
        .strip_prefix('/')
        .or_else(|| strip_word(rest, "per "))
        .or_else(|| rest.get(..4).filter(|it| it.eq_ignore_ascii_case("each")).map(|_| rest));
    let Some(phrase) = per else {
        return Ok((Draft::Coin(amount, coin), rest));
    };
    let (words, after) = phrase.split_at(end_of_unit(phrase));
    let per = find_per(words).ok_or_else(|| unseen(phrase))?;
    Ok((Draft::Done(Term::Amount { amount, coin, per }), after))
}

/// As [`end_of_phrase`], but the long words of the Australian beer duty have a comma of their own.
fn end_of_unit(phrase: &str) -> usize {
    const BEER: &str = "L of alcohol, calculated on that alcohol content";
    if phrase.trim_start().starts_with(BEER) { phrase.len() } else { end_of_phrase(phrase) }
}

/// Gives bare numbers their unit and cuts the terms into sums.
fn settle(drafts: Vec<(Joint, Draft)>) -> Result<(Sum, Vec<(Bound, Sum)>), ExpressionError> {
    let says_percent = drafts.iter().any(|(_, it)| matches!(it, Draft::Done(Term::Percent { .. })));
    let mut next: Option<(Coin, super::Per)> = None;
    let mut settled: Vec<(Joint, Term)> = Vec::with_capacity(drafts.len());
    for (joint, draft) in drafts.into_iter().rev() {
        let bare = |number: Decimal| ExpressionError::Bare { number: number.to_string() };
        let term = match draft {
            Draft::Done(term) => term,
            Draft::Bare(percent) if !says_percent => Term::Percent { percent, of: None },
            Draft::Bare(amount) => {
                let (coin, per) = next.clone().ok_or_else(|| bare(amount))?;
                Term::Amount { amount, coin, per }
            }
            Draft::Coin(amount, coin) => {
                let (_, per) = next.clone().filter(|(it, _)| *it == coin).ok_or_else(|| bare(amount))?;
                Term::Amount { amount, coin, per }
            }
        };
        if let Term::Amount { coin, per, .. } = &term {
            next = Some((*coin, per.clone()));
        }
        settled.push((joint, term));
    }
    let mut first = Sum::new();
    let mut bounds: Vec<(Bound, Sum)> = Vec::new();
    for (joint, term) in settled.into_iter().rev() {
        let negative = match joint {
            Joint::Plus => false,
            Joint::Minus => true,
            Joint::Bound(bound) => {
                bounds.push((bound, Sum::new()));
                false
            }
        };
        bounds.last_mut().map_or(&mut first, |(_, sum)| sum).push((negative, term));
    }
    Ok((first, bounds))
}

/// "14.00% (JUN-FEB), 0.00% (FEB-JUN)".
fn read_seasons(text: &str) -> Result<Vec<Season>, ExpressionError> {
    let mut seasons = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        if seasons.len() == MOST_TERMS {
            return Err(ExpressionError::TooManyTerms);
        }
        let (rate, after) = rest.split_once('(').ok_or_else(|| unseen(rest))?;
        let (months, after) = after.split_once(')').ok_or_else(|| unseen(rest))?;
        let (from, to) = months.split_once('-').unwrap_or((months, months));
        let (Some(from), Some(to)) = (month(from), month(to)) else {
            return Err(unseen(rest));
        };
        let (sum, bounds) = read_sums(rate.trim())?;
        if !bounds.is_empty() {
            return Err(unseen(rest));
        }
        seasons.push(Season { sum, from, to });
        rest = after.trim_start_matches([',', ' ']);
    }
    Ok(seasons)
}

fn month(text: &str) -> Option<i8> {
    let text = text.trim();
    MONTHS.iter().position(|it| text.eq_ignore_ascii_case(it)).map(|at| at as i8 + 1)
}
