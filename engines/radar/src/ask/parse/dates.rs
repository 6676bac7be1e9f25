//! Days as people say them: 2027-03-15, "15 March", 3月15日, and what is refused.

use super::{Ask, AskError, Date, Day, Decimal, Kind, MONTHS, SPANS, Token, no_such_day};

impl Ask<'_> {
    /// A date in any form that is taken, or the error for one that is not.
    pub(super) fn date(&self, at: usize) -> Option<(usize, Result<Day, AskError>)> {
        let numeric = self.numeric_date(at).map(|(next, it)| (next, it.map(Day::said)));
        numeric.or_else(|| self.han_date(at)).or_else(|| self.named_date(at))
    }

    pub(super) fn numeric_date(&self, at: usize) -> Option<(usize, Result<Date, AskError>)> {
        let text = &self.free(at).filter(|it| it.kind == Kind::Number)?.text;
        let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
        let [a, b, c] = parts.as_slice() else { return None };
        let short = |it: &str| (1..=2).contains(&it.len());
        let refuse = |why| Some((at + 1, Err(AskError::Date { given: text.clone(), why })));
        if a.is_empty() || !parts.iter().all(|it| it.bytes().all(|it| it.is_ascii_digit())) {
            return None;
        }
        match (a.len(), b.len(), c.len()) {
            (4, 1..=2, 1..=2) if text.contains('.') => None,
            (4, 2, 2) if text.contains('-') => Some((at + 1, text.parse().map_err(|_| no_such_day(text)))),
            (4, 1..=2, 1..=2) if text.contains('-') => refuse("month and day need two digits"),
            (4, 1..=2, 1..=2) => refuse("slashes are read differently in different countries"),
            (1..=2, 1..=2, 4) => refuse("day and month may be the other way round"),
            (1..=2, 1..=2, 2) if short(a) => refuse("a year of two digits may be another century"),
            _ => None,
        }
    }

    /// 2027年3月15日, 3月15日.
    pub(super) fn han_date(&self, at: usize) -> Option<(usize, Result<Day, AskError>)> {
        let (after, first) = self.number(at)?;
        let first = first.ok()?;
        let with_year = self.phrase(after, "年");
        let (month_at, year) = with_year.map_or((at, None), |it| (it, Some(first)));
        let (after, month) = self.number(month_at)?;
        let day_at = self.phrase(after, "月")?;
        let (after, day) = self.number(day_at)?;
        let end = self.any(after, &["日", "号"])?;
        let given = self.slice(at, end).to_owned();
        let small = |it: Decimal| i8::try_from(it).ok();
        let day = month.ok().and_then(small).zip(day.ok().and_then(small));
        let Some(year) = year else {
            let next = day.and_then(|(month, day)| self.next_day(month, day));
            return Some((end, next.ok_or_else(|| no_such_day(&given))));
        };
        if year < Decimal::from(1000) {
            return Some((
                end,
                Err(AskError::Date { given, why: "a year of two digits may be another century" }),
            ));
        }
        let date = i16::try_from(year)
            .ok()
            .zip(day)
            .and_then(|(year, (month, day))| Date::new(year, month, day).ok());
        Some((end, date.map(Day::said).ok_or_else(|| no_such_day(&given))))
    }

    /// The next such day after today, by the calendar: 29 February waits for a leap year.
    pub(super) fn next_day(&self, month: i8, day: i8) -> Option<Day> {
        /// Between leap years there are eight years at most (1896 to 1904).
        const YEARS: i16 = 8;
        let mut days =
            (0..=YEARS).filter_map(|it| Date::new(self.today.year().checked_add(it)?, month, day).ok());
        days.find(|it| *it > self.today).map(|date| Day { date, year_taken: true })
    }

    /// 15 March 2027, March 15, 2027, 15 March.
    pub(super) fn named_date(&self, at: usize) -> Option<(usize, Result<Day, AskError>)> {
        let month = |at: usize| {
            let word = self.free(at).filter(|it| it.kind == Kind::Word)?;
            let index = MONTHS.iter().position(|it| {
                *it == word.key || (word.key.len() >= 3 && word.key.len() <= 4 && it.starts_with(&word.key))
            })?;
            Some(index as i8 + 1)
        };
        let day = |at: usize| {
            let text = &self.free(at).filter(|it| it.kind == Kind::Number)?.text;
            let day: i8 = text.parse().ok().filter(|it| (1..=31).contains(it))?;
            Some((self.skip(at + 1, &["st", "nd", "rd", "th"]), day))
        };
        let (after, month, day) = if let Some((next, found)) = day(at) {
            (self.skip(next, &["of"]) + 1, month(self.skip(next, &["of"]))?, found)
        } else {
            let (next, found) = day(at + 1)?;
            (next, month(at)?, found)
        };
        let Some(end) = self.year_end(after) else {
            let given = self.slice(at, after).to_owned();
            return Some((after, self.next_day(month, day).ok_or_else(|| no_such_day(&given))));
        };
        let (given, year) = (self.slice(at, end).to_owned(), &self.tokens[end - 1].text);
        if year.len() != 4 {
            return Some((
                end,
                Err(AskError::Date { given, why: "a year of two digits may be another century" }),
            ));
        }
        let date = year.parse().ok().and_then(|year| Date::new(year, month, day).ok());
        Some((end, date.map(Day::said).ok_or_else(|| no_such_day(&given))))
    }

    /// The token after a year of four or two digits at `at`; what follows it tells a year from "15 March, 20 t".
    pub(super) fn year_end(&self, at: usize) -> Option<usize> {
        let at = if self.mark(at, ",") { at + 1 } else { at };
        let digits = |it: &&Token| {
            it.kind == Kind::Number
                && matches!(it.text.len(), 2 | 4)
                && it.text.bytes().all(|it| it.is_ascii_digit())
        };
        let number = self.free(at).filter(digits)?;
        let counts = self.unit(at + 1).is_some()
            || self.keyed(at + 1, SPANS).is_some()
            || self.mark(at + 1, "%")
            || (number.text.len() == 2 && self.number(at + 1).is_some());
        (!counts).then_some(at + 1)
    }
}
