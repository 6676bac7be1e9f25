//! Dates and business calendars.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::economy::Economy;
use crate::error::DomainError;

/// Reads a date as ISO 8601 (2027-03-15). Two-digit years and slashes are refused: they mean different days to different people.
pub fn parse_date(text: &str) -> Result<Date, DomainError> {
    let text = text.trim();
    let refuse = || DomainError::Date { given: text.to_owned() };
    let shape = text.len() == 10 && text.as_bytes()[4] == b'-' && text.as_bytes()[7] == b'-';
    if !shape {
        return Err(refuse());
    }
    text.parse().map_err(|_| refuse())
}

/// The date `days` after `date` (before, when negative); stays within the years jiff can hold.
pub fn add_days(date: Date, days: i32) -> Date {
    date.saturating_add(days.days())
}

/// Days from `from` to `to`; negative when `to` is earlier.
pub fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// On which days an economy's offices and banks work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BusinessCalendar {
    weekend: Vec<Weekday>,
    holidays: BTreeSet<Date>,
}

impl BusinessCalendar {
    pub fn new(weekend: Vec<Weekday>, holidays: impl IntoIterator<Item = Date>) -> Self {
        Self { weekend, holidays: holidays.into_iter().collect() }
    }

    /// The weekend of an economy where it is not Saturday and Sunday; public holidays must be added from a book.
    pub fn weekend_of(economy: Economy) -> Self {
        // Friday and Saturday: Gulf states but the UAE (which moved to Saturday and Sunday in 2022), Egypt, Jordan, Iraq, Algeria, Bangladesh, Israel.
        const FRIDAY_SATURDAY: [&[u8; 2]; 14] = [
            b"SA", b"KW", b"QA", b"BH", b"OM", b"EG", b"JO", b"IQ", b"DZ", b"BD", b"IL", b"SD", b"LY", b"YE",
        ];
        let weekend = if FRIDAY_SATURDAY.iter().any(|it| economy == Economy::new(**it)) {
            vec![Weekday::Friday, Weekday::Saturday]
        } else if economy == Economy::new(*b"IR") {
            vec![Weekday::Thursday, Weekday::Friday]
        } else {
            vec![Weekday::Saturday, Weekday::Sunday]
        };
        Self::new(weekend, [])
    }

    pub fn is_open(&self, date: Date) -> bool {
        !self.weekend.contains(&date.weekday()) && !self.holidays.contains(&date)
    }

    /// The first open day on or after `date` (following business day convention).
    pub fn following(&self, date: Date) -> Date {
        // A calendar that is closed for a year on end is a mistake in its book; give the date back rather than spin.
        (0..366).map(|days| add_days(date, days)).find(|&it| self.is_open(it)).unwrap_or(date)
    }

    /// The date after `count` open days have passed, not counting `date` itself.
    pub fn add_business_days(&self, date: Date, count: u32) -> Date {
        (0..count).fold(date, |at, _| self.following(add_days(at, 1)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_iso_or_refused() {
        assert_eq!(parse_date("2027-03-15").unwrap().to_string(), "2027-03-15");
        for bad in ["15/03/27", "27-03-15", "2027-02-30", "2027-3-5", "soon", ""] {
            assert!(parse_date(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn days_are_counted_both_ways() {
        let (a, b) = (parse_date("2026-11-22").unwrap(), parse_date("2027-03-15").unwrap());
        assert_eq!(days_between(a, b), 113);
        assert_eq!(days_between(b, a), -113);
        assert_eq!(add_days(a, 113), b);
    }

    #[test]
    fn business_days_skip_weekends_and_holidays() {
        let christmas = parse_date("2026-12-25").unwrap();
        let london = BusinessCalendar::new(vec![Weekday::Saturday, Weekday::Sunday], [christmas]);
        assert_eq!(london.following(christmas).to_string(), "2026-12-28");
        assert_eq!(london.add_business_days(parse_date("2026-12-24").unwrap(), 2).to_string(), "2026-12-29");
        let riyadh = BusinessCalendar::weekend_of(Economy::new(*b"SA"));
        assert!(!riyadh.is_open(parse_date("2026-11-20").unwrap()));
        assert!(riyadh.is_open(parse_date("2026-11-22").unwrap()));
    }
}
