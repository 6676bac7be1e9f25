//! Cells of quotations as people write them, to plain values.

use domain::calendar::parse_date;
use domain::quantity::plain_number;
use domain::{Currency, Date, Decimal, Interval, Locode, Quantity, Unit};

/// A cell without surrounding blanks and without the apostrophe by which spreadsheets force text.
pub(super) fn bare(cell: &str) -> &str {
    cell.trim_matches(|it: char| it.is_whitespace() || it == '\u{feff}').trim_start_matches('\'')
}

/// A number as it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Amount {
    Plain(Decimal),
    /// Thousands separators were taken out.
    Grouped(Decimal),
    /// A decimal comma became a point: "38,90", "1.250,00".
    Comma(Decimal),
    Bad(&'static str),
}

/// Reads a number. A comma before exactly three digits separates thousands; the only comma of a number, with one, two or
/// more than three digits behind it, cannot, so it parts decimals.
pub(super) fn amount(text: &str) -> Amount {
    let text = text.trim().replace('\u{a0}', " ");
    if text.is_empty() || !text.contains(|it: char| it.is_ascii_digit()) {
        return Amount::Bad("it is not a number");
    }
    if let Ok(plain) = text.parse::<Decimal>() {
        return Amount::Plain(plain);
    }
    match plain_number(&text) {
        Some(number) => Amount::Grouped(number),
        None if text.contains(',') => {
            decimal_comma(&text).map_or(Amount::Bad("a comma may mean thousands or decimals"), Amount::Comma)
        }
        None if text.contains(['-', '–', '~']) => Amount::Bad("it is a range; quote one price per row"),
        None => Amount::Bad("it is not a plain number"),
    }
}

/// The number with a decimal comma, where it can have no other meaning.
fn decimal_comma(text: &str) -> Option<Decimal> {
    let (whole, decimals) = text.split_once(',')?;
    let digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    let groups: Vec<&str> = whole.split(['.', ' ']).collect();
    let grouped = groups.len() > 1;
    let sound = digits(decimals)
        && groups.iter().all(|it| digits(it))
        && groups[1..].iter().all(|it| it.len() == 3)
        && (!grouped || groups[0].len() <= 3)
        // "1.250,000" has two separators: the last one parts decimals. "1,250" has one and may be a thousand.
        && (decimals.len() != 3 || grouped);
    sound.then(|| format!("{}.{decimals}", groups.concat()).parse().ok()).flatten()
}

/// Whether a number with one separator before three digits could be either a thousand or decimals: "1,250", "1.250".
pub(super) fn three_after_one_mark(text: &str) -> bool {
    let mut parts = text.trim().split(['.', ',']);
    let (first, last, more) = (parts.next(), parts.next(), parts.next());
    let leads = first.is_some_and(|it| (1..=3).contains(&it.len()) && !it.starts_with('0'));
    leads && last.is_some_and(|it| it.len() == 3) && more.is_none()
}

/// "USD 1,250/MT", "$12.50 per kg", "Price (USD/kg)" in its parts; a part that is not there is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PriceWords {
    pub(super) number: String,
    pub(super) currency: String,
    pub(super) unit: String,
}

pub(super) fn price_words(text: &str) -> PriceWords {
    let lower = text.to_lowercase();
    let (head, unit) = split_unit(text, &lower);
    let is_number = |it: char| {
        it.is_ascii_digit() || matches!(it, '.' | ',' | ' ' | '\u{a0}' | '-' | '+' | '–' | '~' | '_')
    };
    let start = head.find(|it: char| it.is_ascii_digit());
    let (number, around) = match start {
        None => (String::new(), head.to_owned()),
        Some(start) => {
            let sign = head[..start].trim_end().ends_with(['-', '+']);
            let from = if sign { head[..start].trim_end().len() - 1 } else { start };
            let len = head[start..].find(|it| !is_number(it)).unwrap_or(head.len() - start);
            (head[from..start + len].trim().to_owned(), format!("{} {}", &head[..from], &head[start + len..]))
        }
    };
    PriceWords { number, currency: currency_word(&around), unit: unit_word(unit) }
}

/// What stands before and after "/" or "per".
fn split_unit<'a>(text: &'a str, lower: &str) -> (&'a str, &'a str) {
    for mark in ["/", " per ", "每"] {
        let at = lower
            .find(mark)
            .filter(|it| text.is_char_boundary(*it) && text.is_char_boundary(it + mark.len()));
        if let Some(at) = at {
            return (&text[..at], &text[at + mark.len()..]);
        }
    }
    (text, "")
}

/// The word among these that is a currency; else the only word there is, so that it can be refused by name.
fn currency_word(text: &str) -> String {
    let cleaned: String = text
        .chars()
        .map(|it| if matches!(it, '(' | ')' | '（' | '）' | '[' | ']' | ':' | '：') { ' ' } else { it })
        .collect();
    cleaned
        .split_whitespace()
        .find(|it| Currency::from_word(it).is_ok())
        .map(str::to_owned)
        .unwrap_or_default()
}

fn unit_word(text: &str) -> String {
    let end = text.find([')', '）', ']', '(', '（']).unwrap_or(text.len());
    text[..end].trim().to_owned()
}

/// The unit that a header gives for its column: "MOQ (kg)", "起订量（吨）", "MOQ kg". Empty when there is none.
pub(super) fn header_unit(header: &str) -> &str {
    let bracketed = header.split_once(['(', '（', '[']).map(|it| it.1.trim_end_matches([')', '）', ']']));
    let last = bracketed.or_else(|| header.split_whitespace().last()).unwrap_or_default().trim();
    if last.parse::<Unit>().is_ok() { last } else { "" }
}

/// "kg" is one kilogram, "100 kg" a hundred of them, "MT" one tonne.
pub(super) fn unit(text: &str) -> Result<(Decimal, Unit), String> {
    let text = text.trim().trim_start_matches("per ").trim_start_matches('/').trim();
    match text.parse::<Unit>() {
        Ok(unit) => Ok((Decimal::ONE, unit)),
        Err(error) if !text.starts_with(|it: char| it.is_ascii_digit()) => Err(error.to_string()),
        Err(_) => text.parse::<Quantity>().map(|it| (it.amount, it.unit)).map_err(|it| it.to_string()),
    }
}

/// A quantity and, when something was taken for granted, what.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Minimum {
    pub(super) quantity: Quantity,
    pub(super) mended: Option<String>,
}

/// "500 kg"; a bare number takes the unit of its header, else the unit of the price, and says so.
pub(super) fn quantity(cell: &str, header_unit: &str, price_unit: Unit) -> Result<Minimum, String> {
    let number = amount(cell);
    let (Amount::Plain(amount) | Amount::Grouped(amount)) = number else {
        return cell
            .parse()
            .map(|quantity| Minimum { quantity, mended: None })
            .map_err(|it: domain::DomainError| it.to_string());
    };
    if amount <= Decimal::ZERO {
        return Err("it must be more than nothing".to_owned());
    }
    let named = header_unit.parse::<Unit>().ok();
    let quantity = Quantity::new(amount, named.unwrap_or(price_unit));
    let mended =
        named.is_none().then(|| format!("'{cell}' has no unit; taken as {quantity}, the unit of the price"));
    Ok(Minimum { quantity, mended })
}

/// Days from "30 days", "4-6 weeks", "45天", "6周", "2 months", "30". A bare number is days unless the header says weeks.
/// A month is 30 days.
pub(super) fn days(cell: &str, header: &str) -> Result<Interval, String> {
    let lower = cell.to_lowercase();
    let whole = format!("{lower} {}", header.to_lowercase());
    let has = |words: &[&str]| words.iter().any(|it| lower.contains(it));
    let per = if has(&["month", "月"]) {
        30.0
    } else if has(&["week", "周", "星期"])
        || (!has(&["day", "天", "日"]) && (whole.contains("week") || whole.contains('周')))
    {
        7.0
    } else {
        1.0
    };
    if has(&["stock", "现货"]) {
        return Ok(Interval::exact(0.0));
    }
    let numbers: Vec<f64> = lower
        .split(|it: char| !it.is_ascii_digit() && it != '.')
        .filter(|it| !it.is_empty())
        .map(str::parse)
        .collect::<Result<_, _>>()
        .map_err(|_| format!("cannot read '{cell}' as a time"))?;
    match numbers.as_slice() {
        [one] => Ok(Interval::exact(one * per)),
        [low, high] if low <= high => {
            Ok(Interval::new(low * per, f64::midpoint(*low, *high) * per, high * per))
        }
        _ => Err(format!("cannot read '{cell}' as a time")),
    }
}

/// A day and whether its writing was mended. Two-digit years, and days and months whose order cannot be known, are refused.
pub(super) fn date(cell: &str) -> Result<(Date, bool), String> {
    let day = cell.split(['T', ' ']).next().unwrap_or(cell);
    if let Ok(date) = parse_date(day) {
        return Ok((date, false));
    }
    let parts: Vec<&str> =
        cell.split(['-', '/', '.', '年', '月', '日', ' ']).filter(|it| !it.is_empty()).collect();
    let [first, second, third] = parts.as_slice() else {
        return Err(format!("'{cell}' is not a date"));
    };
    if first.len() == 4 {
        let iso = format!("{first}-{second:0>2}-{third:0>2}");
        return parse_date(&iso)
            .map(|it| (it, true))
            .map_err(|_| format!("'{cell}' is not a day of the calendar"));
    }
    Err(match third.len() {
        4 => format!("'{cell}' can be read with the day first or the month first"),
        _ => format!("'{cell}' has a year of two digits"),
    })
}

/// Certificates as separated by commas, semicolons, slashes or line ends.
pub(super) fn certificates(cell: &str) -> Vec<String> {
    let parts = cell.split([',', ';', '/', '\n', '、', '，', '；']);
    parts.map(str::trim).filter(|it| !it.is_empty() && *it != "-").map(str::to_owned).collect()
}

/// The UN/LOCODE in a text, and whether it is surely one: "Ningbo (CNNGB)" and "CN NGB" are; "CNNGB" alone could be a
/// town of five letters in capitals (TOKYO would be in Tonga), so something else has to agree with it.
pub(super) fn locode(text: &str) -> Option<(Locode, bool)> {
    let (inner, bracketed) = match text.rsplit_once('(') {
        Some((_, rest)) => (rest.trim_end_matches(')').trim(), true),
        None => (text.trim(), false),
    };
    let capitals = inner.chars().all(|it| it.is_ascii_uppercase() || it.is_ascii_digit() || it == ' ');
    let spaced = inner.find(' ') == Some(2) && inner.len() == 6;
    let locode = if capitals { inner.parse().ok() } else { None };
    locode.map(|it| (it, bracketed || spaced))
}
