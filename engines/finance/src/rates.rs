//! Exchange rates by day against the euro, and what follows from them: cross rates, conversion, volatility.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::table::{Row, TableError, each_row};
use domain::{Basis, Currency, Date, Evidence, Figure, Finding, Money, Severity, Source};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::error::FinanceError;

/// The ECB publishes on every TARGET day; its longest closure, Easter, is four days. Older than a week is stale.
pub const STALE_AFTER_DAYS: i32 = 7;
/// A rate older than this is not used at all: the ECB ended the rouble in 2022, and its last rate says nothing about today.
pub const TOO_OLD_AFTER_DAYS: i32 = 400;
/// Daily returns that a volatility looks back on: a year of trading.
const VOLATILITY_WINDOW: usize = 252;
/// Fewer returns than a quarter of trading give a volatility that is mostly noise (its relative error is 1 / sqrt(2 n)).
const VOLATILITY_LEAST: usize = 60;
/// Trading days of a year, by which daily volatility is annualised (Hull, "Options, Futures, and Other Derivatives", ch. 15).
const TRADING_DAYS: f64 = 252.0;

/// Units of a currency for one euro, by date.
#[derive(Clone, Debug, Default)]
struct Series {
    dates: Vec<Date>,
    exact: Vec<Decimal>,
    fast: Vec<f64>,
}

impl Series {
    /// Place of the last rate on or before `on`.
    fn at(&self, on: Date) -> Option<usize> {
        self.dates.partition_point(|it| *it <= on).checked_sub(1)
    }

    fn insert(&mut self, date: Date, units: Decimal, fast: f64) {
        let place = self.dates.partition_point(|it| *it < date);
        if self.dates.get(place) == Some(&date) {
            self.exact[place] = units;
            self.fast[place] = fast;
            return;
        }
        self.dates.insert(place, date);
        self.exact.insert(place, units);
        self.fast.insert(place, fast);
    }
}

/// A rate that a person states where the book has none: `units` of `quote` for one `base`.
#[derive(Clone, Debug)]
pub struct StatedRate {
    pub base: Currency,
    pub quote: Currency,
    pub units: Decimal,
    pub on: Date,
    pub source: Arc<Source>,
}

/// Euro reference rates. A cross rate goes through the euro.
#[derive(Clone, Debug)]
pub struct RateBook {
    series: BTreeMap<Currency, Series>,
    stated: BTreeMap<Currency, Arc<Source>>,
    source: Arc<Source>,
}

/// One side of a cross rate.
#[derive(Clone, Copy)]
struct Leg {
    exact: Decimal,
    fast: f64,
    /// `None` for the euro itself.
    date: Option<Date>,
}

const EURO: Leg = Leg { exact: Decimal::ONE, fast: 1.0, date: None };

impl RateBook {
    /// Reads `date,currency,units_per_eur` (ISO 8601 date, ISO 4217 code, decimal); rows in any order.
    ///
    /// # Errors
    /// A row that cannot be read, or a rate that is not more than zero.
    pub fn from_csv(text: &str, source: Arc<Source>) -> Result<Arc<Self>, FinanceError> {
        let mut rows: BTreeMap<Currency, Vec<(Date, Decimal, f64)>> = BTreeMap::new();
        let mut memory = Memory::default();
        each_row(text, &["date", "currency", "units_per_eur"], |row| {
            let fast: f64 = row.get(2)?;
            if !(fast.is_finite() && fast > 0.0) {
                return Err(row.refuse(2, &"a rate must be more than zero"));
            }
            let (date, currency) = memory.read(row)?;
            rows.entry(currency).or_default().push((date, row.get(2)?, fast));
            Ok::<(), TableError>(())
        })?;
        let series = rows.into_iter().map(|(currency, rows)| (currency, in_order(rows))).collect();
        Ok(Arc::new(Self { series, stated: BTreeMap::new(), source }))
    }

    /// The same book with a stated rate added; it counts for its date and the following days, before the book's own older ones.
    ///
    /// # Errors
    /// A rate that is not more than zero; a `base` that the book does not know either.
    pub fn with_stated(&self, rate: &StatedRate) -> Result<Arc<Self>, FinanceError> {
        if rate.units <= Decimal::ZERO {
            return Err(FinanceError::RateNotPositive {
                currency: rate.quote,
                given: rate.units.to_string(),
            });
        }
        let base = self.leg(rate.base, rate.on)?;
        let overflow = domain::DomainError::Overflow { what: "exchange rate" };
        let units = base.exact.checked_mul(rate.units).ok_or(overflow)?;
        let mut book = self.clone();
        let fast = units.to_f64().unwrap_or(0.0);
        book.series.entry(rate.quote).or_default().insert(rate.on, units, fast);
        book.stated.insert(rate.quote, Arc::clone(&rate.source));
        Ok(Arc::new(book))
    }

    pub fn source(&self) -> &Arc<Source> {
        &self.source
    }

    /// Currencies with any rate, the euro included, in order of their codes.
    pub fn list_currencies(&self) -> Vec<Currency> {
        let mut all: Vec<Currency> = self.series.keys().copied().chain([Currency::EUR]).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The last day with a rate of any currency.
    pub fn last_date(&self) -> Option<Date> {
        self.series.values().filter_map(|it| it.dates.last().copied()).max()
    }

    /// Units of `to` for one `from` on the last published day up to `on`; `None` when unknown. No allocation.
    pub fn rate(&self, from: Currency, to: Currency, on: Date) -> Option<f64> {
        if from == to {
            return Some(1.0);
        }
        Some(self.find_leg(to, on)?.fast / self.find_leg(from, on)?.fast)
    }

    /// The day whose rate is used for the pair on `on`: the older of the two sides. `None` for one and the same currency.
    pub fn rate_date(&self, from: Currency, to: Currency, on: Date) -> Result<Option<Date>, FinanceError> {
        if from == to {
            return Ok(None);
        }
        let (a, b) = (self.leg(from, on)?, self.leg(to, on)?);
        Ok([a.date, b.date].into_iter().flatten().min())
    }

    /// The amount in another currency, rounded half away from zero to its minor unit, with the rate and its date as evidence.
    ///
    /// # Errors
    /// A currency that the book does not hold (MAD is not among the ECB's), or holds only long before `on`.
    pub fn convert(&self, amount: Money, to: Currency, on: Date) -> Result<Figure<Money>, FinanceError> {
        let from = amount.currency();
        if from == to {
            let because =
                Evidence::new(Basis::Observed, &self.source).formula(format!("{amount}, same currency"));
            return Ok(Figure::new(amount, because));
        }
        let (a, b) = (self.leg(from, on)?, self.leg(to, on)?);
        let overflow = domain::DomainError::Overflow { what: "converted amount" };
        let product = amount.to_decimal().checked_mul(b.exact).ok_or_else(|| overflow.clone())?;
        let value = Money::from_decimal(product.checked_div(a.exact).ok_or(overflow)?, to)?;
        let date = [a.date, b.date].into_iter().flatten().min().unwrap_or(on);
        let because = self
            .evidence(from, to)
            .stated(format!("EUR 1 = {} {from} = {} {to} on {date}", a.exact, b.exact))
            .formula(format!("{amount} x {} / {} = {value}", b.exact, a.exact));
        Ok(Figure::new(value, because))
    }

    /// A caution when the rate used on `on` is older than [`STALE_AFTER_DAYS`].
    pub fn staleness(&self, from: Currency, to: Currency, on: Date) -> Option<Finding> {
        let date = self.rate_date(from, to, on).ok()??;
        let age = domain::calendar::days_between(date, on);
        (age > STALE_AFTER_DAYS).then(|| {
            let text = format!("The exchange rate {from}/{to} is of {date}, {age} days before {on}.");
            Finding::new(1511, Severity::Caution, text)
                .hint("Load newer rates with `periplus data import rates FILE`, or state one as a fact.")
                .reference(self.source.title.clone())
        })
    }

    /// Standard deviation of daily log returns of the cross rate over the year before `on`, annualised.
    ///
    /// # Errors
    /// An unknown currency, or too few common days.
    pub fn fx_vol(&self, from: Currency, to: Currency, on: Date) -> Result<Figure<f64>, FinanceError> {
        if from == to {
            return Ok(Figure::new(
                0.0,
                Evidence::new(Basis::Observed, &self.source).formula("same currency"),
            ));
        }
        self.leg(from, on)?;
        self.leg(to, on)?;
        let path = self.cross_path(from, to, on);
        let returns: Vec<f64> = path.windows(2).map(|it| (it[1] / it[0]).ln()).collect();
        if returns.len() < VOLATILITY_LEAST {
            let (count, least) = (returns.len(), VOLATILITY_LEAST);
            return Err(FinanceError::TooFewRates { from, to, on, count, least });
        }
        let n = returns.len() as f64;
        let mean = returns.iter().sum::<f64>() / n;
        let variance = returns.iter().map(|it| (it - mean).powi(2)).sum::<f64>() / (n - 1.0);
        let value = (variance * TRADING_DAYS).sqrt();
        let because = self
            .evidence(from, to)
            .at_best(Basis::Modelled)
            .formula(format!("standard deviation of {n} daily log returns x sqrt({TRADING_DAYS})"))
            .reference("Hull, Options, Futures, and Other Derivatives, ch. 15: estimating volatility from historical data");
        Ok(Figure::new(value, because))
    }

    /// The cross rate on the last common days up to `on`, oldest first.
    fn cross_path(&self, from: Currency, to: Currency, on: Date) -> Vec<f64> {
        let euro = |it: Currency| it == Currency::EUR;
        let guide = if euro(from) { to } else { from };
        let Some(days) = self.series.get(&guide).map(|it| &it.dates) else { return Vec::new() };
        let end = days.partition_point(|it| *it <= on);
        let on_day = |currency: Currency, day: Date| {
            if euro(currency) {
                return Some(1.0);
            }
            let series = self.series.get(&currency)?;
            series.dates.binary_search(&day).ok().map(|at| series.fast[at])
        };
        let first = end.saturating_sub(VOLATILITY_WINDOW + 1);
        days[first..end].iter().filter_map(|&day| Some(on_day(to, day)? / on_day(from, day)?)).collect()
    }

    /// The rate in force, or nothing; no allocation either way.
    fn find_leg(&self, currency: Currency, on: Date) -> Option<Leg> {
        if currency == Currency::EUR {
            return Some(EURO);
        }
        let series = self.series.get(&currency)?;
        let at = series.at(on)?;
        let date = series.dates[at];
        let usable = domain::calendar::days_between(date, on) <= TOO_OLD_AFTER_DAYS;
        usable.then(|| Leg { exact: series.exact[at], fast: series.fast[at], date: Some(date) })
    }

    fn leg(&self, currency: Currency, on: Date) -> Result<Leg, FinanceError> {
        self.find_leg(currency, on).ok_or_else(|| self.why_not(currency, on))
    }

    /// Which fact lacks.
    fn why_not(&self, currency: Currency, on: Date) -> FinanceError {
        let book = self.source.title.clone();
        let Some(series) = self.series.get(&currency) else {
            return FinanceError::NoRate { currency, book };
        };
        match series.at(on) {
            None => {
                let first = series.dates.first().copied().unwrap_or(on);
                FinanceError::BeforeFirstRate { currency, on, first, book }
            }
            Some(at) => FinanceError::RateTooOld { currency, on, last: series.dates[at], book },
        }
    }

    /// A stated rate names who stated it.
    fn evidence(&self, from: Currency, to: Currency) -> Evidence {
        let source = self.stated.get(&from).or_else(|| self.stated.get(&to)).unwrap_or(&self.source);
        Evidence::new(Basis::Observed, source).reference(
            "Cross rate through the euro: units of the quoted currency over units of the given one",
        )
    }
}

/// Dates and currencies already read: thousands of rows repeat a few words, and books are read at every start.
#[derive(Default)]
struct Memory {
    date: Option<(String, Date)>,
    currencies: Vec<(String, Currency)>,
}

impl Memory {
    fn read(&mut self, row: &Row<'_, '_>) -> Result<(Date, Currency), TableError> {
        let date = match &self.date {
            Some((word, date)) if word == row.text(0) => *date,
            _ => {
                let date = row.get(0)?;
                self.date = Some((row.text(0).to_owned(), date));
                date
            }
        };
        if let Some((_, currency)) = self.currencies.iter().find(|it| it.0 == row.text(1)) {
            return Ok((date, *currency));
        }
        let currency = row.get(1)?;
        self.currencies.push((row.text(1).to_owned(), currency));
        Ok((date, currency))
    }
}

fn in_order(mut rows: Vec<(Date, Decimal, f64)>) -> Series {
    rows.sort_by_key(|row| row.0);
    rows.dedup_by_key(|row| row.0);
    let mut series = Series::default();
    for (date, exact, fast) in rows {
        series.dates.push(date);
        series.exact.push(exact);
        series.fast.push(fast);
    }
    series
}

#[cfg(test)]
pub(crate) mod tests;
