//! Cells as people and spreadsheets write them, to plain values. Every mending is told to the caller.

use domain::{Date, Decimal, HsCode};

use super::report::Repair;

/// Two-digit years below this belong to 2000-2079, the others to 1980-1999: trade data in files begin around 1980.
const PIVOT_YEAR: i16 = 80;

/// How a cell came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell<T> {
    /// Nothing there, or a mark for "not available".
    Missing,
    /// As written.
    Plain(T),
    /// Read after mending, for this reason.
    Mended(T, &'static str),
    /// Cannot be read, for this reason.
    Bad(&'static str),
}

impl<T> Cell<T> {
    pub fn value(self) -> Option<T> {
        match self {
            Self::Plain(value) | Self::Mended(value, _) => Some(value),
            Self::Missing | Self::Bad(_) => None,
        }
    }

    /// The value, with a mending noted in `repairs`; `Err` gives the reason for which there is none.
    pub fn take(
        self,
        column: &'static str,
        found: &str,
        repairs: &mut Vec<Repair>,
        show: impl FnOnce(&T) -> String,
    ) -> Result<T, &'static str> {
        match self {
            Self::Plain(value) => Ok(value),
            Self::Mended(value, reason) => {
                repairs.push(Repair { column, reason, found: found.to_owned(), to: show(&value) });
                Ok(value)
            }
            Self::Missing => Err("no value"),
            Self::Bad(reason) => Err(reason),
        }
    }
}

/// Marks for "not available" of the statistical offices.
pub fn is_missing(text: &str) -> bool {
    matches!(
        text.trim().to_ascii_lowercase().as_str(),
        "" | "n/a"
            | "na"
            | "n.a."
            | "nan"
            | "null"
            | "none"
            | ".."
            | "..."
            | ":"
            | "-"
            | "–"
            | "\\n"
            | "#n/a"
            | "x"
    )
}

/// A decimal number. Thousands separators (1,234.50; 1.234,50; 1 234,50; 1'234.50) and a decimal comma are mended.
/// A comma before exactly three digits separates thousands, any other comma is a decimal comma.
pub fn number(text: &str) -> Cell<Decimal> {
    let text = text.trim();
    if is_missing(text) {
        return Cell::Missing;
    }
    if let Some(plain) = plain_number(text) {
        return Cell::Plain(plain);
    }
    let negative = text.starts_with('(') && text.ends_with(')');
    let body: String = text
        .trim_matches(['(', ')'])
        .chars()
        .filter(|it| !matches!(it, ' ' | '\u{a0}' | '\u{202f}' | '\'' | '’'))
        .collect();
    let (commas, dots) = (body.matches(',').count(), body.matches('.').count());
    let last_comma = body.rfind(',').unwrap_or(0);
    let last_dot = body.rfind('.').unwrap_or(0);
    let (unified, reason) = match (commas, dots) {
        (0, 0 | 1) => (body, "thousands separators taken out"),
        (1.., 1..) if last_dot > last_comma && grouped(&body[..last_dot], ',') => {
            (body.replace(',', ""), "thousands separators taken out")
        }
        (1, _)
            if last_comma > last_dot
                && grouped(&body[..last_comma], '.')
                && (dots > 0 || !grouped(&body, ',')) =>
        {
            (body.replace('.', "").replace(',', "."), "decimal comma read")
        }
        (_, 0) if grouped(&body, ',') => (body.replace(',', ""), "thousands separators taken out"),
        (0, 2..) if grouped(&body, '.') => (body.replace('.', ""), "thousands separators taken out"),
        _ => return Cell::Bad("not a number"),
    };
    match plain_number(&unified) {
        Some(value) => Cell::Mended(if negative { -value } else { value }, reason),
        None => Cell::Bad("not a number"),
    }
}

/// Digits in groups of three after the first: 1,234,567. A text without separator is grouped.
fn grouped(text: &str, separator: char) -> bool {
    let digits = text.trim_start_matches(['-', '+']);
    let mut groups = digits.split(separator);
    let first = groups.next().unwrap_or("");
    let all_digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    let mut rest = groups.peekable();
    if rest.peek().is_none() {
        return all_digits(first);
    }
    all_digits(first) && first.len() <= 3 && rest.all(|it| it.len() == 3 && all_digits(it))
}

fn plain_number(text: &str) -> Option<Decimal> {
    if !text.bytes().all(|it| it.is_ascii_digit() || matches!(it, b'.' | b'-' | b'+' | b'e' | b'E')) {
        return None;
    }
    if let Ok(value) = text.parse::<Decimal>() {
        return Some(value);
    }
    if text.contains(['e', 'E']) {
        return Decimal::from_scientific(text).ok();
    }
    // More than 28 digits, as binary floats are printed: cut to what a decimal holds.
    let most = text.len().min(28);
    text.get(..most).filter(|it| it.contains('.')).and_then(|it| it.parse().ok())
}

/// A day. Reads 2026-04-13, 2026-04-13T00:00:00, 20260413, 2026/04/13, 13 April 2026, 13-Apr-26, 13/04/2026,
/// 13.04.2026 and 4/13/2026. Two-digit years and an order of day and month that had to be guessed are mendings.
pub fn date(text: &str) -> Cell<Date> {
    let text = text.trim();
    if is_missing(text) {
        return Cell::Missing;
    }
    let day_part = text.split(['T', ' ']).next().filter(|it| it.len() == 10).unwrap_or(text);
    if let Ok(date) = day_part.parse::<Date>() {
        return Cell::Plain(date);
    }
    let parts: Vec<_> = text.split(['-', '/', '.', ' ', ',']).filter(|it| !it.is_empty()).collect();
    match parts.as_slice() {
        [whole] if whole.len() == 8 => {
            whole.parse::<u32>().ok().and_then(compact).map_or(BAD_DATE, Cell::Plain)
        }
        [year, month, day] if year.len() == 4 => {
            made(year.parse().ok(), month_of(month), day.parse().ok(), None)
        }
        [first, second, third] => day_month_year(first, second, third),
        _ => BAD_DATE,
    }
}

const BAD_DATE: Cell<Date> = Cell::Bad("not a date");

fn compact(number: u32) -> Option<Date> {
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
    Date::new(year as i16, month as i8, day as i8).ok()
}

fn day_month_year(first: &str, second: &str, third: &str) -> Cell<Date> {
    let Some((year, short)) = year_of(third) else { return BAD_DATE };
    let short = short.then_some("two-digit year read");
    if let (Ok(day), Some(month)) = (first.parse::<i8>(), named_month(second)) {
        return made(Some(year), Some(month), Some(day), short);
    }
    if let (Some(month), Ok(day)) = (named_month(first), second.parse::<i8>()) {
        return made(Some(year), Some(month), Some(day), short);
    }
    let (Ok(one), Ok(two)) = (first.parse::<i8>(), second.parse::<i8>()) else { return BAD_DATE };
    match (one, two) {
        (13.., 1..=12) => made(Some(year), Some(two), Some(one), short),
        (1..=12, 13..) => made(Some(year), Some(one), Some(two), short),
        (one, two) if one == two => made(Some(year), Some(one), Some(two), short),
        _ => made(
            Some(year),
            Some(two),
            Some(one),
            Some("day and month could be either way round; read as day/month"),
        ),
    }
}

fn made(year: Option<i16>, month: Option<i8>, day: Option<i8>, mended: Option<&'static str>) -> Cell<Date> {
    let (Some(year), Some(month), Some(day)) = (year, month, day) else { return BAD_DATE };
    match (Date::new(year, month, day), mended) {
        (Ok(date), None) => Cell::Plain(date),
        (Ok(date), Some(reason)) => Cell::Mended(date, reason),
        (Err(_), _) => Cell::Bad("not a day of the calendar"),
    }
}

/// The year and whether it was written with two digits.
fn year_of(text: &str) -> Option<(i16, bool)> {
    let year: i16 = text.parse().ok()?;
    match text.len() {
        4 => Some((year, false)),
        2 => Some((year + if year < PIVOT_YEAR { 2000 } else { 1900 }, true)),
        _ => None,
    }
}

fn month_of(text: &str) -> Option<i8> {
    text.parse().ok().or_else(|| named_month(text))
}

fn named_month(text: &str) -> Option<i8> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let lower = text.to_lowercase();
    let start = lower.get(..3)?;
    if lower.bytes().any(|it| it.is_ascii_digit()) {
        return None;
    }
    MONTHS.iter().position(|it| *it == start).map(|it| it as i8 + 1)
}

/// A year of four digits, or two (mended).
pub fn year(text: &str) -> Cell<i16> {
    let text = text.trim();
    if is_missing(text) {
        return Cell::Missing;
    }
    match year_of(text) {
        Some((year @ 1900..=2100, false)) => Cell::Plain(year),
        Some((year, true)) => Cell::Mended(year, "two-digit year read"),
        _ => Cell::Bad("not a year"),
    }
}

/// A goods code of exactly `digits`, of which spreadsheets may have eaten the leading zero or added ".0".
pub fn hs(text: &str, digits: usize) -> Cell<HsCode> {
    let text = text.trim().trim_start_matches('\'');
    if is_missing(text) {
        return Cell::Missing;
    }
    let whole = text.strip_suffix(".0").filter(|it| it.bytes().all(|it| it.is_ascii_digit())).unwrap_or(text);
    let bare: String = whole.chars().filter(|it| !matches!(it, '.' | ' ')).collect();
    let padded = if bare.len() + 1 == digits { format!("0{bare}") } else { bare.clone() };
    if padded.len() != digits {
        return Cell::Bad("an HS code of another length");
    }
    match padded.parse::<HsCode>() {
        Err(_) => Cell::Bad("not an HS code"),
        Ok(code) if padded != bare => Cell::Mended(code, "leading zero of the HS code put back"),
        Ok(code) if whole != text => {
            Cell::Mended(code, "decimal point of a spreadsheet taken off the HS code")
        }
        Ok(code) => Cell::Plain(code),
    }
}
