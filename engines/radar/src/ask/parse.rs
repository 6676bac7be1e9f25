//! A sentence to a need. Each pass claims the tokens it understands; what nobody claims is goods, a place, or told as
//! not understood.

mod dates;
mod finish;

use customs::classify::{Match, clear};
use domain::quantity::plain_number;
use domain::suggest::nearest;
use domain::{
    Currency, Date, Decimal, Direction, DomainError, Economy, Finding, HsCode, Incoterm, Limits, Mode, Money,
    Need, Place, Ppm, Quantity, Severity, Unit, Wishes,
};
use jiff::ToSpan;
use routes::Passage;
use routes::places::{PlaceError, Resolved};

use super::error::{AskError, Candidate};
use super::lex::{Kind, Token, lex};
use super::words::{
    AFTER_ORIGIN, AND, AT, AT_LEAST, AT_MOST, AVOID, AVOID_WEAKLY, BUY, BY_DATE, BY_MODE, CARBON, DATE_END,
    EXAMPLE, FILLERS, FROM, HS, LANDED, MAJOR_CODES, MODES, MONTHS, NOT_MODE, ON_TIME, ONLY, ONLY_FROM,
    OR_LESS, PAY, PAY_END, PLACE_LEAD, SELL, SHUT, SPANS, TO, WEIGHED, WEIGHING, WISHES, WITHIN, WITHIN_END,
};
use super::{AskBooks, Asked, MAX_CHARS, Span};

/// Names of economies, passages and places have at most so many tokens (a Chinese character is one).
const MAX_NAME_TOKENS: usize = 9;
/// How many candidate goods an error or a finding lists.
const LISTED: usize = 4;

/// Reads a sentence. `today` decides what is past and what "in 12 weeks" means.
pub fn parse(text: &str, books: &AskBooks<'_>, today: Date) -> Result<Asked, AskError> {
    let chars = text.chars().count();
    if chars > MAX_CHARS {
        return Err(AskError::TooLong { size: format!("{chars} characters"), limit: MAX_CHARS.to_string() });
    }
    let mut ask = Ask::new(text, *books, today);
    if ask.tokens.is_empty() {
        return Err(AskError::Empty { example: EXAMPLE });
    }
    ask.everywhere(Ask::quoted_and_facts)?;
    ask.everywhere(Ask::code)?;
    // Days first: in "2027-03-15 GBP" the day is no amount of money.
    ask.everywhere(Ask::deadline)?;
    ask.everywhere(Ask::limit)?;
    ask.everywhere(Ask::wish)?;
    ask.everywhere(Ask::quantity)?;
    ask.find_direction();
    ask.everywhere(Ask::mode)?;
    ask.everywhere(Ask::passage_or_origin)?;
    ask.everywhere(Ask::currency)?;
    ask.everywhere(Ask::incoterm)?;
    ask.everywhere(Ask::place)?;
    ask.everywhere(Ask::bare_code)?;
    ask.finish()
}

type Step = Result<Option<usize>, AskError>;

struct Ask<'a> {
    sentence: &'a str,
    books: AskBooks<'a>,
    today: Date,
    tokens: Vec<Token>,
    taken: Vec<bool>,
    /// Where the code and the quantity stand: the name of the goods is beside one of them.
    beside_goods: Vec<(usize, usize)>,
    understood: Vec<(usize, Span)>,
    findings: Vec<Finding>,
    direction: Option<Direction>,
    quoted: Option<String>,
    hs: Option<HsCode>,
    quantity: Option<Quantity>,
    place: Option<Place>,
    incoterm: Option<Incoterm>,
    currency: Option<Currency>,
    deadline: Option<Date>,
    limits: Limits,
    wishes: Option<Wishes>,
    facts: std::collections::BTreeMap<String, String>,
}

impl<'a> Ask<'a> {
    fn new(sentence: &'a str, books: AskBooks<'a>, today: Date) -> Self {
        let tokens = lex(sentence);
        let taken = vec![false; tokens.len()];
        Self {
            sentence,
            books,
            today,
            tokens,
            taken,
            beside_goods: Vec::new(),
            understood: Vec::new(),
            findings: Vec::new(),
            direction: None,
            quoted: None,
            hs: None,
            quantity: None,
            place: None,
            incoterm: None,
            currency: None,
            deadline: None,
            limits: Limits::default(),
            wishes: None,
            facts: std::collections::BTreeMap::new(),
        }
    }

    /// Tries a rule at every free token from left to right.
    fn everywhere(&mut self, rule: fn(&mut Self, usize) -> Step) -> Result<(), AskError> {
        let mut at = 0;
        while at < self.tokens.len() {
            let next = if self.taken[at] { None } else { rule(self, at)? };
            at = next.filter(|&it| it > at).unwrap_or(at + 1);
        }
        Ok(())
    }

    fn slice(&self, from: usize, to: usize) -> &'a str {
        let (Some(first), Some(last)) =
            (self.tokens.get(from), to.checked_sub(1).and_then(|it| self.tokens.get(it)))
        else {
            return "";
        };
        self.sentence.get(first.start..last.end).unwrap_or_default()
    }

    fn take(&mut self, from: usize, to: usize, meaning: impl Into<String>) {
        self.taken[from..to].fill(true);
        self.understood.push((from, Span { text: self.slice(from, to).to_owned(), meaning: meaning.into() }));
    }

    fn free(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at).filter(|_| !self.taken[at])
    }

    fn mark(&self, at: usize, mark: &str) -> bool {
        self.free(at).is_some_and(|it| it.kind == Kind::Mark && it.text == mark)
    }

    /// The token after `phrase`, when it stands at `at` and is free.
    fn phrase(&self, at: usize, phrase: &str) -> Option<usize> {
        let mut index = at;
        for word in phrase.split(' ') {
            if word.chars().any(super::lex::is_han) {
                let mut letters = word.chars().peekable();
                while let Some(&letter) = letters.peek() {
                    let token = self.free(index)?;
                    let same =
                        token.kind != Kind::Quoted && token.key.chars().all(|it| letters.next() == Some(it));
                    if !same || token.key.is_empty() {
                        return None;
                    }
                    let _ = letter;
                    index += 1;
                }
            } else {
                let token = self.free(index)?;
                if token.kind == Kind::Quoted || token.key != word {
                    return None;
                }
                index += 1;
            }
        }
        Some(index)
    }

    fn any(&self, at: usize, phrases: &[&str]) -> Option<usize> {
        phrases.iter().filter_map(|it| self.phrase(at, it)).max()
    }

    /// As [`Self::any`], or `at` itself: for words that may be left out.
    fn skip(&self, at: usize, phrases: &[&str]) -> usize {
        self.any(at, phrases).unwrap_or(at)
    }

    fn keyed<T: Copy>(&self, at: usize, phrases: &[(&str, T)]) -> Option<(usize, T)> {
        phrases.iter().filter_map(|(it, value)| Some((self.phrase(at, it)?, *value))).max_by_key(|it| it.0)
    }

    // ---- numbers, units, money, dates

    /// A plain number with an optional multiplier: 5, 1,000, 2.5, 5万, 3 thousand. `Err` when it is a number and not plain.
    fn number(&self, at: usize) -> Option<(usize, Result<Decimal, DomainError>)> {
        let token = self.free(at)?;
        if token.kind == Kind::Han {
            return self.han_number(at).map(|(next, it)| (next, Ok(it)));
        }
        if token.kind != Kind::Number {
            return None;
        }
        let mut text = token.text.clone();
        let mut next = at + 1;
        let group = |it: &Token| {
            it.kind == Kind::Number && it.text.len() == 3 && it.text.bytes().all(|it| it.is_ascii_digit())
        };
        while text.len() <= 12
            && !text.contains(['.', ','])
            && self.free(next).is_some_and(group)
            && text.len() <= 3 * (next - at)
        {
            text.push_str(&self.tokens[next].text);
            next += 1;
        }
        let refuse = || DomainError::Amount { given: token.text.clone(), why: "it is not a plain number" };
        let Some(number) = plain_number(&text) else { return Some((next, Err(refuse()))) };
        let scale = [
            ("万", 10_000),
            ("千", 1_000),
            ("百", 100),
            ("亿", 100_000_000),
            ("thousand", 1_000),
            ("million", 1_000_000),
        ];
        let (next, by) = self.keyed(next, &scale).unwrap_or((next, 1_i64));
        Some((next, number.checked_mul(Decimal::from(by)).ok_or(DomainError::Overflow { what: "number" })))
    }

    /// 五, 十二, 三百, 两万: up to 99,999,999.
    fn han_number(&self, at: usize) -> Option<(usize, Decimal)> {
        let (mut total, mut section, mut digit, mut next) = (0_i64, 0_i64, 0_i64, at);
        while let Some(token) = self.free(next).filter(|it| it.kind == Kind::Han) {
            let letter = token.text.chars().next()?;
            if let Some(value) = "零一二三四五六七八九".chars().position(|it| it == letter) {
                digit = value as i64;
            } else if letter == '两' {
                digit = 2;
            } else if let Some(power) = "十百千".chars().position(|it| it == letter) {
                section += digit.max(1) * 10_i64.pow(power as u32 + 1);
                digit = 0;
            } else if letter == '万' && next > at {
                total += (section + digit) * 10_000;
                (section, digit) = (0, 0);
            } else {
                break;
            }
            next += 1;
            if next - at > 12 {
                break;
            }
        }
        (next > at).then(|| (next, Decimal::from(total + section + digit)))
    }

    /// The longest unit at `at`: "t", "metric tons", 公吨.
    fn unit(&self, at: usize) -> Option<(usize, Unit)> {
        (1..=3).rev().find_map(|count| {
            let end = at + count;
            let plain =
                (at..end).all(|it| self.free(it).is_some_and(|it| matches!(it.kind, Kind::Word | Kind::Han)));
            let text = plain.then(|| self.slice(at, end))?;
            text.parse().ok().map(|it| (end, it))
        })
    }

    /// A currency by code in capitals, sign or word. `asked` takes small letters for the major codes too.
    fn currency_at(&self, at: usize, asked: bool) -> Option<(usize, Currency)> {
        let token = self.free(at)?;
        if token.kind == Kind::Han {
            return (1..=4).rev().find_map(|count| {
                let end = at + count;
                (at..end).all(|it| self.free(it).is_some_and(|it| it.kind == Kind::Han)).then_some(())?;
                Currency::from_word(self.slice(at, end)).ok().map(|it| (end, it))
            });
        }
        let us_dollars = ["us dollars", "us dollar", "us $"].iter().find_map(|it| self.phrase(at, it));
        if let Some(end) = us_dollars {
            return Some((end, Currency::USD));
        }
        let code = token.text.len() == 3 && token.text.bytes().all(|it| it.is_ascii_alphabetic());
        let capitals = token.text.bytes().all(|it| it.is_ascii_uppercase());
        if code && !capitals && !(asked && MAJOR_CODES.contains(&token.key.as_str())) && token.key != "yen" {
            return None;
        }
        let plural = token.key.strip_suffix('s').filter(|it| it.len() > 3);
        let found = Currency::from_word(&token.key).ok().or_else(|| Currency::from_word(plural?).ok())?;
        Some((at + 1, found))
    }

    /// "200000 GBP", "GBP 200000", "£200,000", 20万英镑.
    fn money(&self, at: usize) -> Option<(usize, Result<Money, AskError>)> {
        let before = self.currency_at(at, true);
        let start = before.map_or(at, |it| it.0);
        let (next, number) = self.number(start)?;
        let (next, currency) = before.map(|it| (next, it.1)).or_else(|| self.currency_at(next, true))?;
        let text = self.tokens.get(start).map_or("", |it| it.text.as_str());
        // A currency with three decimals is written with them: 1.250 KWD is no thousand.
        let dotted = dot_thousands(text, currency.code()).filter(|_| currency.minor_digits() != 3);
        let money = dotted.map_or(Ok(()), Err).and_then(|()| number.map_err(AskError::from)).and_then(|it| {
            let positive = it > Decimal::ZERO;
            let digits = it.normalize().scale() <= currency.minor_digits();
            match (positive, digits) {
                (true, true) => Ok(Money::from_decimal(it, currency)?),
                (false, _) => Err(refused(it, "a limit must be more than nothing", "at most 200000 GBP")),
                (_, false) => {
                    Err(refused(it, "it has more decimals than the currency", "at most 200000 GBP"))
                }
            }
        });
        Some((next, money))
    }

    // ---- rules, in the order of `parse`

    fn quoted_and_facts(&mut self, at: usize) -> Step {
        let token = &self.tokens[at];
        if token.kind == Kind::Word && self.mark(at + 1, "=") {
            let Some(value) = self.free(at + 2) else { return Ok(None) };
            let (key, value) = (token.text.clone(), value.text.clone());
            self.take(at, at + 3, format!("declared: {key} is {value}"));
            self.facts.insert(key, value);
            return Ok(Some(at + 3));
        }
        if token.kind != Kind::Quoted || token.text.trim().is_empty() {
            return Ok(None);
        }
        let text = token.text.clone();
        if let Some(first) = &self.quoted {
            return Err(AskError::Twice { what: "goods", first: first.clone(), second: text });
        }
        self.take(at, at + 1, "goods");
        self.quoted = Some(text);
        Ok(Some(at + 1))
    }

    fn code(&mut self, at: usize) -> Step {
        let joined = self.tokens[at]
            .key
            .strip_prefix("hs")
            .filter(|it| it.len() >= 2 && it.bytes().all(|it| it.is_ascii_digit() || it == b'.'));
        let (text, end) = if let Some(digits) = joined {
            (digits.to_owned(), at + 1)
        } else {
            let Some(mut next) = self.any(at, HS) else { return Ok(None) };
            while [":", "#"].iter().any(|it| self.mark(next, it))
                || self.phrase(next, "no").is_some()
                || self.phrase(next, "code").is_some()
            {
                next += 1;
            }
            let Some(token) = self.free(next).filter(|it| it.kind == Kind::Number) else {
                return Ok(None);
            };
            let text = token.text.clone();
            // "HS 8505 11" is one code.
            let more = self
                .free(next + 1)
                .filter(|it| it.kind == Kind::Number && it.text.len() == 2 && text.len() == 4);
            match more {
                Some(more) => (format!("{text}{}", more.text), next + 2),
                None => (text, next + 1),
            }
        };
        self.set_code(&text, at, end)
    }

    fn set_code(&mut self, text: &str, at: usize, end: usize) -> Step {
        let checked = self.books.nomenclature.check_text(text)?;
        if let Some(first) = self.hs.filter(|it| *it != checked.hs) {
            return Err(AskError::Twice {
                what: "HS code",
                first: first.to_string(),
                second: text.to_owned(),
            });
        }
        let described = self.books.nomenclature.describe(checked.hs).unwrap_or_default().to_owned();
        self.take(at, end, format!("HS {}: {described}", checked.hs));
        self.beside_goods.push((at, end));
        self.findings.extend(checked.findings);
        self.hs = Some(checked.hs);
        Ok(Some(end))
    }

    /// Six, eight or ten digits that nothing else has claimed, and that are a code.
    fn bare_code(&mut self, at: usize) -> Step {
        let token = &self.tokens[at];
        let digits = token.text.bytes().filter(u8::is_ascii_digit).count();
        let plain = token.kind == Kind::Number
            && matches!(digits, 6 | 8 | 10)
            && !token.text.contains([',', '-', '/', '_']);
        let hs = token
            .text
            .parse::<HsCode>()
            .ok()
            .filter(|it| plain && self.books.nomenclature.check(*it).is_ok());
        if hs.is_none() || self.hs.is_some() {
            return Ok(None);
        }
        let text = token.text.clone();
        self.set_code(&text, at, at + 1)
    }

    fn limit(&mut self, at: usize) -> Step {
        if let Some(end) = self.on_time(at)? {
            return Ok(Some(end));
        }
        if let Some(end) = self.carbon(at)? {
            return Ok(Some(end));
        }
        let lead = self.skip(at, LANDED);
        let said = self.any(lead, AT_MOST);
        let mut start = self.skip(said.unwrap_or(lead), LANDED);
        start = self.skip(start, &["of", "is"]);
        let Some((next, money)) = self.money(start) else {
            let next = said.and_then(|_| self.number(start)).map(|it| it.0);
            let unknown = next.filter(|&it| self.unit(it).is_none()).and_then(|it| self.unknown_capitals(it));
            return unknown.map_or(Ok(None), Err);
        };
        let after = self.skip(next, LANDED);
        let or_less = self.any(after, OR_LESS);
        if said.is_none() && or_less.is_none() && start != at {
            return Ok(None);
        }
        let money = money?;
        let end = self.skip(or_less.unwrap_or(after), LANDED);
        if let Some(first) = self.limits.landed_at_most {
            return Err(AskError::Twice {
                what: "limit of cost",
                first: first.to_string(),
                second: money.to_string(),
            });
        }
        if said.is_none() && or_less.is_none() {
            self.findings.push(
                Finding::new(
                    1834,
                    Severity::Caution,
                    format!("{money} is taken as the most that the goods may cost landed"),
                )
                .hint(format!("write 'at most {money}' to say so")),
            );
        }
        self.take(at, end, format!("landed cost at most {money}"));
        self.limits.landed_at_most = Some(money);
        Ok(Some(end))
    }

    /// "at least 90 % on time", "准时率至少90%".
    fn on_time(&mut self, at: usize) -> Step {
        let before = self.any(at, ON_TIME);
        let mut next = self.skip(before.unwrap_or(at), &["of", "is"]);
        next = self.skip(next, AT_LEAST);
        next = self.skip(next, &["of"]);
        let Some((after, number)) = self.number(next) else { return Ok(None) };
        if !(self.mark(after, "%") || self.phrase(after, "percent").is_some()) {
            return Ok(None);
        }
        let behind =
            self.any(self.skip(after + 1, &["chance of arriving", "likely", "chance", "的概率"]), ON_TIME);
        if before.is_none() && behind.is_none() {
            return Ok(None);
        }
        let end = behind.unwrap_or(after + 1);
        let percent = number?;
        let share = Ppm::from_percent(percent)
            .filter(|it| (0..=1_000_000).contains(&it.0))
            .ok_or_else(|| refused(percent, "a chance goes from 0 to 100 %", "at least 90 % on time"))?;
        self.take(at, end, format!("on time in at least {share} of cases"));
        self.limits.on_time_at_least = Some(share);
        Ok(Some(end))
    }

    /// "at most 5 t CO2e", "碳排放不超过5吨".
    fn carbon(&mut self, at: usize) -> Step {
        let before = self.any(at, CARBON);
        let Some(start) = self.any(before.unwrap_or(at), AT_MOST) else { return Ok(None) };
        let Some((next, number)) = self.number(start) else { return Ok(None) };
        let Some((after, unit)) = self.unit(next) else { return Ok(None) };
        let dotted = dot_thousands(&self.tokens[start].text, unit.symbol());
        let behind = self.any(self.skip(after, &["of", "的"]), CARBON);
        if before.is_none() && behind.is_none() {
            return Ok(None);
        }
        if let Some(error) = dotted {
            return Err(error);
        }
        let end = behind.unwrap_or(after);
        let amount = Quantity::new(number?, unit).to(Unit::Kilogram)?.amount;
        let kilograms = u64::try_from(amount.trunc())
            .map_err(|_| refused(amount, "a mass of carbon cannot be negative", "at most 5 t CO2e"))?;
        self.take(at, end, format!("at most {kilograms} kg CO2e"));
        self.limits.co2e_kg_at_most = Some(kilograms);
        Ok(Some(end))
    }

    fn deadline(&mut self, at: usize) -> Step {
        let led = self.any(at, BY_DATE);
        if let Some((next, date)) = self.date(led.unwrap_or(at)) {
            let end = self.skip(next, DATE_END);
            let day = date?;
            if day.year_taken {
                self.findings.push(
                    Finding::new(
                        1837,
                        Severity::Note,
                        format!("'{}' is taken as {}, the next such day", self.slice(at, end), day.date),
                    )
                    .hint("write the year to say so, for example 2027-03-15"),
                );
            }
            return self.set_deadline(at, end, day.date);
        }
        if let Some(given) = led.and_then(|it| self.day_and_month(it)) {
            return Err(AskError::Date { given, why: "day and month may be the other way round" });
        }
        let within = self.any(at, WITHIN).or_else(|| self.any(at, AT_MOST));
        let Some((next, number)) = self.number(within.unwrap_or(at)) else { return Ok(None) };
        let Some((next, days)) = self.keyed(next, SPANS) else { return Ok(None) };
        let end = self.skip(next, WITHIN_END);
        let given = self.slice(at, end).to_owned();
        let number = number?;
        let count =
            i32::try_from(number).ok().filter(|it| (1..=3_650).contains(it) && number.fract().is_zero());
        let count = count
            .ok_or_else(|| refused(number, "a span of time is a whole number, at least 1", "in 12 weeks"))?;
        let span = if days == 30 { count.months() } else { (count * days).days() };
        let date =
            self.today.checked_add(span).map_err(|_| AskError::Date { given, why: "it is too far off" })?;
        self.set_deadline(at, end, date)
    }

    /// "15/3" and "03-15" after a word that leads to a day.
    fn day_and_month(&self, at: usize) -> Option<String> {
        let text = &self.free(at).filter(|it| it.kind == Kind::Number)?.text;
        let (a, b) = text.split_once(['/', '-'])?;
        let small = |it: &str| it.parse::<u8>().is_ok_and(|it| (1..=31).contains(&it));
        (small(a) && small(b) && self.unit(at + 1).is_none()).then(|| text.clone())
    }

    fn set_deadline(&mut self, at: usize, end: usize, date: Date) -> Step {
        if date < self.today {
            return Err(AskError::PastDeadline { given: date, today: self.today });
        }
        if let Some(first) = self.deadline.filter(|it| *it != date) {
            return Err(AskError::Twice {
                what: "deadline",
                first: first.to_string(),
                second: date.to_string(),
            });
        }
        self.take(at, end, format!("deadline {date}"));
        self.deadline = Some(date);
        Ok(Some(end))
    }

    fn wish(&mut self, at: usize) -> Step {
        if let Some(mut next) = self.any(at, WEIGHING) {
            let mut wishes = Wishes { cost: 0, arrival: 0, carbon: 0, resilience: 0, cash: 0 };
            let mut end = None;
            loop {
                while [",", ":"].iter().any(|it| self.mark(next, it)) || self.phrase(next, "and").is_some() {
                    next += 1;
                }
                let Some((after, which)) = self.keyed(next, WEIGHED) else { break };
                let Some((after, number)) = self.number(after) else { break };
                let number = number?;
                let weight = u8::try_from(number).ok().filter(|it| *it <= 100 && number.fract().is_zero());
                *weight_of(&mut wishes, which) = weight.ok_or_else(|| {
                    refused(
                        number,
                        "a weight is a whole number from 0 to 100",
                        "weighing cost 70, arrival 30",
                    )
                })?;
                next = after;
                end = Some(after);
            }
            let Some(end) = end else { return Ok(None) };
            self.take(at, end, "weights of the ranking");
            self.wishes = Some(wishes);
            return Ok(Some(end));
        }
        let Some((end, which)) = self.keyed(at, WISHES) else { return Ok(None) };
        let mut wishes = self.wishes.clone().unwrap_or(Wishes { cost: 25, arrival: 25, ..Wishes::default() });
        *weight_of(&mut wishes, which) = 100;
        self.take(at, end, "a wish for the ranking");
        self.wishes = Some(wishes);
        Ok(Some(end))
    }

    fn quantity(&mut self, at: usize) -> Step {
        let Some((next, number)) = self.number(at) else { return Ok(None) };
        let Some((end, unit)) = self.unit(next) else { return Ok(None) };
        if let Some(error) = dot_thousands(&self.tokens[at].text, unit.symbol()) {
            return Err(error);
        }
        let amount = number?;
        positive(Quantity::new(amount, unit))?;
        let quantity = Quantity::new(amount, unit);
        if let Some(first) = self.quantity.filter(|it| *it != quantity) {
            return Err(AskError::Twice {
                what: "quantity",
                first: first.to_string(),
                second: quantity.to_string(),
            });
        }
        self.take(at, end, format!("quantity {quantity}"));
        self.beside_goods.push((at, end));
        self.quantity = Some(quantity);
        Ok(Some(end))
    }

    /// The first word that says buy or sell; later ones ("only from Japan 采购") belong to other rules.
    fn find_direction(&mut self) {
        for at in 0..self.tokens.len() {
            for (words, direction) in [(BUY, Direction::Buy), (SELL, Direction::Sell)] {
                if let Some(end) = self.any(at, words) {
                    self.take(at, end, if direction == Direction::Buy { "buy" } else { "sell" });
                    self.direction = Some(direction);
                    return;
                }
            }
        }
    }

    fn sells(&self) -> bool {
        self.direction == Some(Direction::Sell)
    }

    #[expect(clippy::unnecessary_wraps, reason = "a rule, as the others that can fail")]
    fn mode(&mut self, at: usize) -> Step {
        let (start, never) = self.any(at, NOT_MODE).map_or((at, false), |it| (it, true));
        let only = self.any(start, ONLY);
        let by = self.any(self.skip(only.unwrap_or(start), &["from"]), BY_MODE);
        let mut next = by.or(only).unwrap_or(start);
        let (mut modes, mut enough, mut end) = (Vec::new(), by.is_some() || only.is_some(), None);
        while let Some((after, letter, alone)) = self.mode_word(next) {
            enough |= alone;
            modes.push(mode_of(letter));
            end = Some(after);
            next = self.skip(after, AND);
            next = self.skip(next, BY_MODE);
        }
        let Some(end) = end else { return Ok(None) };
        let after = self.skip(self.skip(end, &["freight", "shipping", "transport", "运输"]), &["only"]);
        if !enough && after == end {
            return Ok(None);
        }
        modes.sort();
        modes.dedup();
        let kept: Vec<Mode> = if never {
            let all = if self.limits.modes_only.is_empty() {
                Mode::ALL.to_vec()
            } else {
                self.limits.modes_only.clone()
            };
            all.into_iter().filter(|it| !modes.contains(it)).collect()
        } else {
            modes
        };
        let words: Vec<&str> = kept.iter().map(|it| it.word()).collect();
        self.take(at, after, format!("main leg by {} only", words.join(" or ")));
        self.limits.modes_only = kept;
        Ok(Some(after))
    }

    fn mode_word(&self, at: usize) -> Option<(usize, char, bool)> {
        MODES
            .iter()
            .filter_map(|(it, mode, alone)| Some((self.phrase(at, it)?, *mode, *alone)))
            .max_by_key(|it| it.0)
    }

    fn passage_or_origin(&mut self, at: usize) -> Step {
        if let Some(start) = self.any(at, ONLY_FROM) {
            return self.only_from(at, start, true);
        }
        let (strong, weak) = (self.any(at, AVOID), self.any(at, AVOID_WEAKLY));
        if let Some(start) = strong.max(weak) {
            let start = self.skip(start, &["the", "goods from", "origin", "from", "从", "经"]);
            if let Some((next, passages)) = self.list(start, |text| text.parse::<Passage>().ok()) {
                let end = self.skip(next, SHUT);
                let say = if end == next { "avoid" } else { "shut" };
                return Ok(Some(self.shut(at, end, &passages, say)));
            }
            if let Some((next, economies)) = self.economies(start) {
                let end = self.skip(next, AFTER_ORIGIN);
                let end = self.skip(end, AFTER_ORIGIN);
                return Ok(Some(self.never_from(at, end, economies)));
            }
            if strong.is_some() && self.free(start).is_some() && self.mode_word(start).is_none() {
                return Err(self.unknown_avoid(start));
            }
            if strong.is_some() {
                return Ok(None);
            }
        }
        if let Some((next, passages)) = self.list(at, |text| text.parse::<Passage>().ok()) {
            if let Some(end) = self.any(self.skip(next, &["canal", "strait"]), SHUT) {
                return Ok(Some(self.shut(at, end, &passages, "shut")));
            }
            return Ok(None);
        }
        if let Some(end) = self.any(at, SHUT) {
            return self.misspelt_passage(at, end);
        }
        if let Some(start) = self.any(at, FROM).filter(|_| !self.sells()) {
            return self.only_from(at, start, false);
        }
        Ok(None)
    }

    /// "Suze shut": the words before it are no passage, so the nearest is named.
    fn misspelt_passage(&mut self, at: usize, end: usize) -> Step {
        let wordy = |it: &usize| self.free(*it).is_some_and(|it| matches!(it.kind, Kind::Word | Kind::Han));
        let start = (0..at).rev().take(4).take_while(wordy).last();
        let Some(start) = start.filter(|_| end > at) else { return Ok(None) };
        let start = self.skip(start, &["with", "and", "the", "if"]);
        match self.slice(start, at).parse::<Passage>() {
            Ok(passage) => Ok(Some(self.shut(start, end, &[passage], "shut"))),
            Err(error) => Err(error.into()),
        }
    }

    fn shut(&mut self, at: usize, end: usize, passages: &[Passage], say: &str) -> usize {
        let names: Vec<&str> = passages.iter().map(|it| it.name()).collect();
        self.take(at, end, format!("{say}: {}", names.join(", ")));
        for passage in passages {
            let key = passage.key().to_owned();
            if !self.limits.passages_shut.contains(&key) {
                self.limits.passages_shut.push(key);
            }
        }
        end
    }

    fn never_from(&mut self, at: usize, end: usize, economies: Vec<Economy>) -> usize {
        let names: Vec<String> = economies.iter().map(|&it| self.books.economies.name(it)).collect();
        self.take(at, end, format!("not from {}", names.join(", ")));
        for economy in economies {
            if !self.limits.origins_never.contains(&economy) {
                self.limits.origins_never.push(economy);
            }
        }
        end
    }

    /// "only from Japan or Germany"; a bare "from Japan" in a purchase means the same and is told.
    fn only_from(&mut self, at: usize, start: usize, said: bool) -> Step {
        let start = self.skip(start, &["the"]);
        let (next, economies) = match self.economies(start) {
            Some(found) => found,
            None => match self.place_at(start).filter(|_| !said) {
                Some((next, place)) => (next, vec![place?.place.economy]),
                None if said && self.free(start).is_some() && self.mode_word(start).is_none() => {
                    return Err(self
                        .books
                        .economies
                        .get_word(self.words_at(start))
                        .err()
                        .map_or_else(|| self.unknown_avoid(start), AskError::from));
                }
                None => return Ok(None),
            },
        };
        let end = self.skip(self.skip(next, AFTER_ORIGIN), AFTER_ORIGIN);
        let told = said || self.slice(next, end).to_lowercase().contains("only");
        let names: Vec<String> = economies.iter().map(|&it| self.books.economies.name(it)).collect();
        if !told {
            self.findings.push(
                Finding::new(
                    1833,
                    Severity::Note,
                    format!("'{}' is taken as only from {}", self.slice(at, next), names.join(" or ")),
                )
                .hint("leave it out to compare all origins"),
            );
        }
        self.take(at, end, format!("only from {}", names.join(" or ")));
        for economy in economies {
            if !self.limits.origins_only.contains(&economy) {
                self.limits.origins_only.push(economy);
            }
        }
        Ok(Some(end))
    }

    fn economies(&self, at: usize) -> Option<(usize, Vec<Economy>)> {
        let find = |text: &str| {
            // Two and three small letters are words ("in", "no", "and"), not codes of economies.
            let plain = text.is_ascii() && text.len() <= 3 && !text.bytes().all(|it| it.is_ascii_uppercase());
            let spoken = matches!(text.to_lowercase().as_str(), "uk" | "usa" | "uae" | "drc");
            if plain && !spoken { None } else { self.books.economies.find_word(text) }
        };
        self.list(at, find)
    }

    /// One or more names joined by "and", "or", commas; each as long as it can be.
    fn list<T: PartialEq>(&self, at: usize, find: impl Fn(&str) -> Option<T>) -> Option<(usize, Vec<T>)> {
        let mut found = Vec::new();
        let (mut next, mut end) = (at, None);
        loop {
            let start = self.skip(next, &["the"]);
            let longest = (start + 1..=start + MAX_NAME_TOKENS).rev().find_map(|stop| {
                let fits = (start..stop)
                    .all(|it| self.free(it).is_some_and(|it| matches!(it.kind, Kind::Word | Kind::Han)));
                fits.then(|| find(self.slice(start, stop)))?.map(|it| (stop, it))
            });
            let Some((stop, one)) = longest else { break };
            if !found.contains(&one) {
                found.push(one);
            }
            end = Some(stop);
            let joined = self.any(stop, AND);
            next = self.skip(joined.unwrap_or(stop), AND);
            if joined.is_none() {
                break;
            }
        }
        end.map(|it| (it, found))
    }

    fn unknown_avoid(&self, at: usize) -> AskError {
        let given = self.words_at(at).to_owned();
        let rows = self.books.economies.list_all();
        let economies = rows.iter().flat_map(|it| [it.name_en.as_str(), it.name_zh.as_str()]);
        let passages = Passage::ALL.iter().flat_map(|it| [it.name(), it.name_zh(), it.key()]);
        let near = nearest(&given, economies.chain(passages)).map(str::to_owned);
        AskError::UnknownAvoid { given, nearest: near }
    }

    /// The words from `at` to the next mark, number or keyword: what an error quotes.
    fn words_at(&self, at: usize) -> &'a str {
        let plain = |it: usize| self.free(it).is_some_and(|it| matches!(it.kind, Kind::Word | Kind::Han));
        let keyword = |it: usize| {
            it > at
                && [BY_DATE, WITHIN, PAY, TO, FROM, AVOID, ONLY_FROM]
                    .iter()
                    .any(|words| self.any(it, words).is_some())
        };
        let limit = if self.free(at).is_some_and(|it| it.kind == Kind::Han) { 8 } else { 4 };
        let mut end = at + 1;
        while end < at + limit && plain(end) && !keyword(end) {
            end += 1;
        }
        self.slice(at, end.min(self.tokens.len()))
    }

    fn currency(&mut self, at: usize) -> Step {
        let pay = self.any(at, PAY);
        let start = pay.unwrap_or(at);
        let after_number = at > 0 && self.free(at - 1).is_some_and(|it| it.kind == Kind::Number);
        let Some((next, currency)) = self.currency_at(start, pay.is_some()) else {
            return if pay.is_some() { self.no_currency(at, start).map_or(Ok(None), Err) } else { Ok(None) };
        };
        let end = self.skip(next, PAY_END);
        let signed = self.tokens[start].kind == Kind::Mark;
        let lone = self.tokens[start].kind == Kind::Han && end == next && pay.is_none() && end - start < 2;
        if after_number || lone || signed {
            return Ok(None);
        }
        if let Some(first) = self.currency.filter(|it| *it != currency) {
            return Err(AskError::Twice {
                what: "currency",
                first: first.to_string(),
                second: currency.to_string(),
            });
        }
        self.take(at, end, format!("pay in {currency}"));
        self.currency = Some(currency);
        Ok(Some(end))
    }

    /// "in XYZ", "pay in XYZ": three capitals where a currency is due, that are no currency, economy, rule or place.
    fn no_currency(&self, at: usize, start: usize) -> Option<AskError> {
        let spoken = self.slice(at, start).chars().any(|it| it.is_lowercase() || super::lex::is_han(it));
        self.unknown_capitals(start).filter(|_| spoken)
    }

    fn unknown_capitals(&self, at: usize) -> Option<AskError> {
        let token = self.free(at).filter(|it| it.kind == Kind::Word)?;
        if token.text.len() != 3 || !token.text.bytes().all(|it| it.is_ascii_uppercase()) {
            return None;
        }
        let text = &token.text;
        let other = text.parse::<Incoterm>().is_ok()
            || self.books.economies.find_word(text).is_some()
            || self.books.places.has_name(text);
        if other {
            return None;
        }
        Currency::from_word(text).err().map(AskError::from)
    }

    fn incoterm(&mut self, at: usize) -> Step {
        let Ok(term) = self.tokens[at].text.parse::<Incoterm>() else { return Ok(None) };
        if self.tokens[at].kind != Kind::Word {
            return Ok(None);
        }
        if let Some(first) = self.incoterm.filter(|it| *it != term) {
            return Err(AskError::Twice {
                what: "Incoterm",
                first: first.to_string(),
                second: term.to_string(),
            });
        }
        self.take(at, at + 1, format!("Incoterms 2020 {term}"));
        self.incoterm = Some(term);
        let start = self.skip(self.skip(at + 1, TO), PLACE_LEAD);
        let Some((next, found)) = self.place_at(start) else { return Ok(Some(at + 1)) };
        let at_origin = matches!(term, Incoterm::Exw | Incoterm::Fca | Incoterm::Fas | Incoterm::Fob);
        if at_origin == self.sells() {
            self.set_place(at + 1, next, found?)?;
        } else {
            self.named_place(term, at + 1, next, found?);
        }
        Ok(Some(next))
    }

    /// The place after an Incoterm that lies at the other party's end: kept as a declared fact.
    fn named_place(&mut self, term: Incoterm, at: usize, end: usize, found: Resolved) {
        let place = found.place;
        self.findings.extend(found.findings);
        let (key, say) = if self.sells() {
            ("market.only", "only there a market is looked for")
        } else {
            ("incoterm.place", "only its economy is looked at for origins")
        };
        if !self.sells() && !self.limits.origins_only.contains(&place.economy) {
            self.limits.origins_only.push(place.economy);
        }
        let value = if self.sells() {
            place.economy.to_string()
        } else {
            place.locode.map_or_else(|| place.name.clone(), |it| it.to_string())
        };
        self.findings.push(Finding::new(
            1836,
            Severity::Note,
            format!("{term} {place} names a place of the other party: {say}"),
        ));
        self.take(at, end, format!("named place {place}"));
        self.facts.insert(key.to_owned(), value);
    }

    fn place(&mut self, at: usize) -> Step {
        let alone = self.tokens[at].text.len() == 5
            && self.tokens[at].text.bytes().all(|it| it.is_ascii_uppercase() || it.is_ascii_digit());
        let (lead, words) = if self.sells() { (self.any(at, FROM), FROM) } else { (self.any(at, TO), TO) };
        if let Some(market) = self.any(at, TO).filter(|_| self.sells()) {
            return Ok(self.market(at, market));
        }
        let Some(start) = lead.or(alone.then_some(at)) else { return Ok(None) };
        let start = self.skip(start, PLACE_LEAD);
        if let Some((next, found)) = self.place_at(start) {
            return self.set_place(at, next, found?).map(Some);
        }
        let han = self.free(at).is_none_or(|it| it.kind == Kind::Han) && words == TO && start - at <= 1;
        let wordy = self.free(start).is_some_and(|it| matches!(it.kind, Kind::Word | Kind::Han))
            && self.any(start, BUY).or_else(|| self.any(start, SELL)).is_none();
        if lead.is_none() || han || !wordy || self.phrase(start, "be").is_some() || self.place.is_some() {
            return Ok(None);
        }
        let text = self.words_at(start);
        self.books
            .places
            .resolve(text, self.books.economies, &self.hints())
            .map(|_| None)
            .map_err(AskError::from)
    }

    /// A seller's "to Germany" or "to Hamburg" limits the market.
    fn market(&mut self, at: usize, start: usize) -> Option<usize> {
        let found = self.economies(start).or_else(|| {
            let (next, place) = self.place_at(start)?;
            Some((next, vec![place.ok()?.place.economy]))
        });
        let (next, economies) = found?;
        let codes: Vec<String> = economies.iter().map(ToString::to_string).collect();
        self.take(at, next, format!("only markets: {}", codes.join(", ")));
        self.facts.insert("market.only".to_owned(), codes.join(","));
        Some(next)
    }

    fn set_place(&mut self, at: usize, end: usize, found: Resolved) -> Result<usize, AskError> {
        if let Some(first) = self.place.as_ref().filter(|it| **it != found.place) {
            return Err(AskError::Twice {
                what: "place",
                first: first.to_string(),
                second: found.place.to_string(),
            });
        }
        self.take(at, end, format!("place {}", found.place));
        self.findings.extend(found.findings);
        self.place = Some(found.place);
        Ok(end)
    }

    /// The longest run of tokens from `at` that is a place, an economy with places to choose from, or several places.
    fn place_at(&self, at: usize) -> Option<(usize, Result<Resolved, PlaceError>)> {
        let hints = self.hints();
        let mut longest = at;
        while longest < at + MAX_NAME_TOKENS && self.free(longest).is_some_and(|it| it.kind != Kind::Quoted) {
            longest += 1;
        }
        (at + 1..=longest).rev().find_map(|end| {
            let last = &self.tokens[end - 1];
            if last.kind == Kind::Mark && last.text != ")" {
                return None;
            }
            let text = self.slice(at, end);
            if let Some(found) = self.books.places.recognise(text, self.books.economies, &hints) {
                return Some((end, found));
            }
            let whole = self.economies(at).filter(|(stop, _)| *stop == end && end > at)?;
            let _ = whole;
            Some((end, self.books.places.resolve(text, self.books.economies, &hints)))
        })
    }

    /// Economies whose currency is paid in.
    fn hints(&self) -> Vec<Economy> {
        let Some(currency) = self.currency else { return Vec::new() };
        self.books
            .economies
            .list_all()
            .iter()
            .filter(|it| it.currency == Some(currency))
            .map(|it| it.economy)
            .collect()
    }
}

/// The code that was said, or the one that the name of the goods leads to.
pub(super) fn code_of(
    said: Option<HsCode>,
    goods: &str,
    books: &AskBooks<'_>,
) -> Result<(HsCode, Vec<Finding>), AskError> {
    if let Some(hs) = said {
        if hs.digits() >= 6 {
            return Ok((hs, Vec::new()));
        }
        let below = books.nomenclature.list_all().filter(|(it, _)| it.digits() == 6 && hs.covers(*it));
        let examples = below.take(LISTED).map(|(it, text)| format!("{it} ({text})")).collect();
        return Err(AskError::WideCode { given: hs.to_string(), examples });
    }
    let matches = books.nomenclature.classify(goods, LISTED);
    let Some(found) = clear(&matches) else {
        if matches.is_empty() {
            return Err(AskError::UnknownGoods { goods: goods.to_owned() });
        }
        let tell = |it: &Match| Candidate { hs: it.hs, description: it.description.clone() };
        return Err(AskError::UnclearGoods {
            goods: goods.to_owned(),
            candidates: matches.iter().map(tell).collect(),
        });
    };
    let others: Vec<String> =
        matches.iter().skip(1).map(|it| format!("{} ({:.2})", it.hs, it.score)).collect();
    let runners = if others.is_empty() { String::new() } else { format!("; next: {}", others.join(", ")) };
    let say = format!(
        "'{goods}' is taken as HS {} '{}', score {:.2} ({}){runners}",
        found.hs, found.description, found.score, found.why
    );
    let finding = Finding::new(1832, Severity::Caution, say)
        .hint("write the HS code to settle it; customs decides, not this search");
    Ok((found.hs, vec![finding]))
}

/// The currency that was said, or that of the economy of the place.
pub(super) fn currency_of(
    said: Option<Currency>,
    place: &Place,
    books: &AskBooks<'_>,
) -> (Currency, Option<Finding>) {
    if let Some(currency) = said {
        return (currency, None);
    }
    let home = books.economies.find(place.economy).and_then(|it| it.currency);
    let (currency, why) =
        home.map_or((Currency::USD, "no currency is known there"), |it| (it, "the currency of the place"));
    let say = format!("no currency is said: taken as {currency}, {why}");
    (currency, Some(Finding::new(1831, Severity::Note, say).hint("add for example 'in USD'")))
}

/// A day as it was said.
#[derive(Clone, Copy)]
struct Day {
    date: Date,
    /// Nothing said the year.
    year_taken: bool,
}

impl Day {
    fn said(date: Date) -> Self {
        Self { date, year_taken: false }
    }
}

fn refused(number: Decimal, why: &'static str, example: &'static str) -> AskError {
    AskError::Number { given: number.to_string(), why, example }
}

pub(super) fn positive(quantity: Quantity) -> Result<(), AskError> {
    if quantity.amount > Decimal::ZERO {
        return Ok(());
    }
    let given = quantity.to_string();
    Err(AskError::Number { given, why: "a quantity must be more than nothing", example: "5 t" })
}

/// "1.000" is a thousand in much of Europe and one elsewhere: three digits after every dot are asked about, not taken.
/// `None` when the number can mean one thing only. `what` is the unit or currency, for the message.
pub(super) fn dot_thousands(number: &str, what: &str) -> Option<AskError> {
    let mut groups = number.split('.');
    let first = groups.next()?;
    let groups: Vec<&str> = groups.collect();
    let digits = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    let leads = (1..=3).contains(&first.len()) && digits(first) && !first.starts_with('0');
    if !leads || groups.is_empty() || groups.iter().any(|it| it.len() != 3 || !digits(it)) {
        return None;
    }
    let whole = format!("{first}{} {what}", groups.concat());
    let decimal = match groups.as_slice() {
        // A decimal with three digits is written with four, so that it is none of thousands.
        [one] if one.trim_end_matches('0').is_empty() => format!("{first} {what}"),
        [one] if one.trim_end_matches('0').len() < 3 => {
            format!("{first}.{} {what}", one.trim_end_matches('0'))
        }
        [one] => format!("{first}.{one}0 {what}"),
        _ => format!("{},{} {what}", first, groups.join(",")),
    };
    Some(AskError::DotThousands { given: format!("{number} {what}"), whole, decimal })
}

fn no_such_day(given: &str) -> AskError {
    AskError::Date { given: given.to_owned(), why: "there is no such day" }
}

fn mode_of(letter: char) -> Mode {
    match letter {
        'a' => Mode::Air,
        'r' => Mode::Rail,
        'o' => Mode::Road,
        _ => Mode::Sea,
    }
}

fn weight_of(wishes: &mut Wishes, letter: char) -> &mut u8 {
    match letter {
        'c' => &mut wishes.cost,
        'a' => &mut wishes.arrival,
        'g' => &mut wishes.carbon,
        'r' => &mut wishes.resilience,
        _ => &mut wishes.cash,
    }
}

/// The deadline that a text by itself says: "2027-03-15", "12 weeks", "2027年3月15日", with what there is to say about it.
pub(super) fn deadline_of(
    text: &str,
    books: &AskBooks<'_>,
    today: Date,
) -> Result<(Date, Vec<Finding>), AskError> {
    let mut ask = Ask::new(text, *books, today);
    ask.everywhere(Ask::deadline)?;
    let why = "it is neither a day nor a span of time";
    let day = ask.deadline.ok_or_else(|| AskError::Date { given: text.to_owned(), why })?;
    Ok((day, ask.findings))
}
