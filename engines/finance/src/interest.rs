//! What money costs by the year: lending rates of economies (World Bank) and key rates of central banks.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::table::{TableError, each_row};
use domain::{Basis, Currency, Date, Decimal, Economy, Evidence, Figure, Finding, Ppm, Severity, Source};
use serde::Serialize;

use crate::error::FinanceError;

/// Indicator of the World Development Indicators: lending interest rate, percent a year.
const LENDING: &str = "fr.inr.lend";
/// A lending rate of more than three years ago is of another interest-rate cycle.
pub const FRESH_YEARS: i16 = 3;
/// A key rate is in force until the next decision; with none in the book for two years the book, not the bank, stands still.
const KEY_RATE_FRESH_YEARS: i16 = 2;
/// Assumed margin of a working-capital loan to a smaller firm over the key rate, ppm: low, middle, high.
/// No open source gives it by economy; the range spans what prime-based overdrafts and trade loans usually bear.
const MARGIN: [i64; 3] = [15_000, 35_000, 60_000];
/// Assumed half-width of the range around a fresh lending rate, ppm: it is the rate of prime borrowers in many economies.
const SPREAD: i64 = 20_000;
/// Assumed half-width when the lending rate is older than [`FRESH_YEARS`], ppm.
const STALE_SPREAD: i64 = 40_000;

/// Economies whose money is the euro (Croatia since 2023, Bulgaria since 2026), and from when
/// it counts here: all before 2023 alike.
const EURO_AREA: [(&str, i16); 21] = [
    ("AT", 0),
    ("BE", 0),
    ("CY", 0),
    ("DE", 0),
    ("EE", 0),
    ("ES", 0),
    ("FI", 0),
    ("FR", 0),
    ("GR", 0),
    ("HR", 2023),
    ("IE", 0),
    ("IT", 0),
    ("LT", 0),
    ("LU", 0),
    ("LV", 0),
    ("MT", 0),
    ("NL", 0),
    ("PT", 0),
    ("SI", 0),
    ("SK", 0),
    ("BG", 2026),
];

/// Which kind of rate it is. Kinds do not mix in a forward rate: a lending rate holds a bank's margin, a key rate does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum InterestKind {
    KeyRate,
    Lending,
}

#[derive(Clone, Debug)]
struct KeyRate {
    from: Date,
    rate: Ppm,
    name: String,
    reference: String,
}

/// Interest rates by economy and year, and key rates by currency and date.
#[derive(Clone, Debug)]
pub struct InterestBook {
    lending: BTreeMap<Economy, BTreeMap<i16, Ppm>>,
    key_rates: BTreeMap<Currency, Vec<KeyRate>>,
    source: Arc<Source>,
    key_source: Option<Arc<Source>>,
}

/// A yearly rate with its range and what has to be said about it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct InterestAnswer {
    pub rate: Figure<Ppm>,
    pub range: (Ppm, Ppm),
    pub findings: Vec<Finding>,
}

impl InterestBook {
    /// Reads `indicator,economy,year,value` (ISO 3166 alpha-2, percent a year) and keeps the lending rates; other indicators
    /// of the same book are passed over.
    ///
    /// # Errors
    /// A row of the lending rate that cannot be read.
    pub fn from_csv(text: &str, source: Arc<Source>) -> Result<Self, FinanceError> {
        let mut lending: BTreeMap<Economy, BTreeMap<i16, Ppm>> = BTreeMap::new();
        each_row(text, &["indicator", "economy", "year", "value"], |row| {
            if row.text(0).eq_ignore_ascii_case(LENDING) {
                lending
                    .entry(row.get(1)?)
                    .or_default()
                    .insert(row.get(2)?, Ppm((row.get::<f64>(3)? * 1e4).round() as i64));
            }
            Ok::<(), TableError>(())
        })?;
        Ok(Self { lending, key_rates: BTreeMap::new(), source, key_source: None })
    }

    /// Adds `currency,from,rate_percent,name,reference`: key rates of central banks with the day they took effect.
    ///
    /// # Errors
    /// A row that cannot be read.
    pub fn with_key_rates(mut self, text: &str, source: Arc<Source>) -> Result<Self, FinanceError> {
        each_row(text, &["currency", "from", "rate_percent", "name", "reference"], |row| {
            let percent: Decimal = row.get(2)?;
            let rate = Ppm::from_percent(percent)
                .ok_or_else(|| row.refuse(2, &"not a percentage of four decimals"))?;
            let (name, reference) = (row.text(3).to_owned(), row.text(4).to_owned());
            self.key_rates.entry(row.get(0)?).or_default().push(KeyRate {
                from: row.get(1)?,
                rate,
                name,
                reference,
            });
            Ok::<(), TableError>(())
        })?;
        for rates in self.key_rates.values_mut() {
            rates.sort_by_key(|it| it.from);
        }
        self.key_source = Some(source);
        Ok(self)
    }

    /// The key rate of a currency in force on `on`; `None` when none is known of the last two years.
    pub fn key_rate(&self, currency: Currency, on: Date) -> Option<Figure<Ppm>> {
        let source = self.key_source.as_ref()?;
        let rates = self.key_rates.get(&currency)?;
        let it = &rates[rates.partition_point(|it| it.from <= on).checked_sub(1)?];
        (on.year() - it.from.year() <= KEY_RATE_FRESH_YEARS).then(|| {
            let because = Evidence::new(Basis::Assumed, source)
                .stated(format!("{} {} from {}", it.name, it.rate, it.from))
                .reference(it.reference.clone());
            Figure::new(it.rate, because)
        })
    }

    /// The last lending rate of an economy up to `on`, and its year.
    pub fn lending(&self, economy: Economy, on: Date) -> Option<(Figure<Ppm>, i16)> {
        let (&year, &rate) = self.lending.get(&economy)?.range(..=on.year()).next_back()?;
        let because = Evidence::new(Basis::Benchmark, &self.source)
            .stated(format!("lending interest rate of {economy}, {year}: {rate}"))
            .reference("World Development Indicators FR.INR.LEND");
        Some((Figure::new(rate, because), year))
    }

    /// What a firm of `economy` pays for working capital. In order: a lending rate of the last three years; the key rate of its
    /// `currency` plus an assumed margin; the mean of fresh lending rates in the euro area, when the currency is the euro;
    /// an older lending rate, with a wide range.
    ///
    /// # Errors
    /// None of them is known.
    pub fn borrowing(
        &self,
        economy: Economy,
        currency: Currency,
        on: Date,
    ) -> Result<InterestAnswer, FinanceError> {
        let lending = self.lending(economy, on);
        if let Some((rate, _)) = lending.clone().filter(|it| on.year() - it.1 <= FRESH_YEARS) {
            return Ok(InterestAnswer { range: around(rate.value, SPREAD), rate, findings: Vec::new() });
        }
        if let Some(key) = self.key_rate(currency, on) {
            return Ok(over_key_rate(&key, economy));
        }
        if let Some(answer) = self.euro_area(economy, currency, on) {
            return Ok(answer);
        }
        let (rate, year) = lending.ok_or(FinanceError::NoInterest { economy, currency })?;
        let finding = stale(economy, year, on);
        let rate = Figure::new(rate.value, rate.because.at_best(Basis::Assumed));
        Ok(InterestAnswer { range: around(rate.value, STALE_SPREAD), rate, findings: vec![finding] })
    }

    fn euro_area(&self, economy: Economy, currency: Currency, on: Date) -> Option<InterestAnswer> {
        if currency != Currency::EUR {
            return None;
        }
        let fresh = |code: &str| {
            let (rate, year) = self.lending(code.parse().ok()?, on)?;
            (on.year() - year <= FRESH_YEARS).then_some((code.to_owned(), rate.value))
        };
        let members: Vec<(String, Ppm)> =
            EURO_AREA.iter().filter(|it| it.1 <= on.year()).filter_map(|it| fresh(it.0)).collect();
        if members.is_empty() {
            return None;
        }
        let rate = Ppm(members.iter().map(|it| it.1.0).sum::<i64>() / members.len() as i64);
        let named: Vec<String> = members.iter().map(|(code, rate)| format!("{code} {rate}")).collect();
        let because = Evidence::new(Basis::Assumed, &self.source)
            .formula(format!("mean of {}", named.join(", ")))
            .reference(
                "One money market: a member of the euro area without a lending rate borrows like the others",
            );
        let text = format!(
            "No recent lending rate is known for {economy}; the mean of {} euro-area members is used.",
            members.len()
        );
        let findings = vec![Finding::new(1512, Severity::Note, text)];
        Some(InterestAnswer { rate: Figure::new(rate, because), range: around(rate, STALE_SPREAD), findings })
    }

    /// Two like rates for a forward: key rates of both currencies, or else lending rates of both economies, never one of each.
    pub(crate) fn pair(
        &self,
        base: (Currency, Option<Economy>),
        quote: (Currency, Option<Economy>),
        on: Date,
    ) -> Option<(Figure<Ppm>, Figure<Ppm>, InterestKind)> {
        if let (Some(b), Some(q)) = (self.key_rate(base.0, on), self.key_rate(quote.0, on)) {
            return Some((b, q, InterestKind::KeyRate));
        }
        let fresh = |economy: Option<Economy>| {
            self.lending(economy?, on).filter(|it| on.year() - it.1 <= FRESH_YEARS).map(|it| it.0)
        };
        Some((fresh(base.1)?, fresh(quote.1)?, InterestKind::Lending))
    }
}

fn around(rate: Ppm, half: i64) -> (Ppm, Ppm) {
    (Ppm((rate.0 - half).max(0)), Ppm(rate.0 + half))
}

fn over_key_rate(key: &Figure<Ppm>, economy: Economy) -> InterestAnswer {
    let at = |margin: i64| Ppm(key.value.0 + margin);
    let rate = at(MARGIN[1]);
    let because = key.because.clone().at_best(Basis::Assumed).formula(format!(
        "{} + {} assumed margin = {rate}",
        key.value,
        Ppm(MARGIN[1])
    ));
    let text = format!(
        "No recent lending rate is known for {economy}; the key rate plus an assumed margin is used."
    );
    let findings =
        vec![Finding::new(1512, Severity::Note, text).hint(format!(
            "State your own rate as fact 'interest.{}'.",
            economy.code().to_ascii_lowercase()
        ))];
    InterestAnswer { rate: Figure::new(rate, because), range: (at(MARGIN[0]), at(MARGIN[2])), findings }
}

fn stale(economy: Economy, year: i16, on: Date) -> Finding {
    let text = format!("The lending rate of {economy} is of {year}, {} years before {on}.", on.year() - year);
    Finding::new(1512, Severity::Caution, text)
        .hint(format!("State your own rate as fact 'interest.{}'.", economy.code().to_ascii_lowercase()))
}

#[cfg(test)]
pub(crate) mod tests;
