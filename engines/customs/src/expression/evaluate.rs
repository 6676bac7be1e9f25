//! From [`Expression`] and goods to an amount of duty.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use domain::{Currency, Date, Decimal, Quantity, Source, Unit};

use super::{Bound, Coin, Expression, Measure, Per, Season, Sum, Term};

/// Customs exchange rates, each with its source.
#[derive(Clone, Debug, Default)]
pub struct Rates {
    rates: BTreeMap<(Currency, Currency), (Decimal, Arc<Source>)>,
}

impl Rates {
    /// Adds a published rate: one `from` is `rate` of `to`. A rate that is not more than nothing is left out.
    #[must_use]
    pub fn with(mut self, from: Currency, to: Currency, rate: Decimal, source: &Arc<Source>) -> Self {
        if rate > Decimal::ZERO {
            self.rates.insert((from, to), (rate, Arc::clone(source)));
        }
        self
    }

    /// The amount in another currency, not rounded: times the published rate, or divided by it where it is published the other way
    /// round. `None`: no rate is loaded, or the amount is too large.
    pub fn convert(&self, amount: Decimal, from: Currency, to: Currency) -> Option<Decimal> {
        if from == to {
            return Some(amount);
        }
        match self.rates.get(&(from, to)) {
            Some((rate, _)) => amount.checked_mul(*rate),
            None => amount.checked_div(self.rates.get(&(to, from))?.0),
        }
    }

    /// The rate as published ("0.8571 GBP per EUR") with its source.
    pub fn find(&self, from: Currency, to: Currency) -> Option<(String, &Arc<Source>)> {
        let words =
            |rate: &Decimal, of: Currency, per: Currency| format!("{} {of} per {per}", rate.normalize());
        self.rates
            .get(&(from, to))
            .map(|(rate, source)| (words(rate, to, from), source))
            .or_else(|| self.rates.get(&(to, from)).map(|(rate, source)| (words(rate, from, to), source)))
    }
}

/// What a duty is counted on.
#[derive(Clone, Copy, Debug)]
pub struct Goods<'a> {
    /// Customs value in `money`; `None` when it is not known.
    pub value: Option<Decimal>,
    /// Money in which the duty is counted.
    pub money: Currency,
    pub quantity: Option<Quantity>,
    pub net_kg: Option<Decimal>,
    /// Supplementary quantities.
    pub measures: &'a [(Unit, Decimal)],
    pub facts: &'a BTreeMap<String, String>,
    /// Money of the territory: what "$" and "cents" of its tariff mean.
    pub home: Currency,
    pub rates: &'a Rates,
    pub on: Date,
}

/// The fact without which a duty cannot be counted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Missing {
    CustomsValue,
    Quantity(&'static str),
    Rate(Currency, Currency),
    Fact(String),
    /// A component that is in no text, such as the agricultural component EA.
    Component(String),
    /// The text has more than one rate, or none, for the month.
    Season,
    /// A number too large to hold.
    Overflow,
}

impl std::fmt::Display for Missing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::CustomsValue => write!(f, "the customs value"),
            Self::Quantity(unit) => write!(f, "the quantity in {unit}"),
            Self::Rate(from, to) => write!(f, "the customs exchange rate from {from} to {to}"),
            Self::Fact(name) => write!(f, "the fact `{name}`"),
            Self::Component(name) => write!(f, "the component {name}, which another table gives"),
            Self::Season => write!(f, "which of the seasonal rates holds in this month"),
            Self::Overflow => write!(f, "a number small enough to count with"),
        }
    }
}

impl Expression {
    /// The duty in `goods.money`, not rounded. Never less than nothing.
    pub fn evaluate(&self, goods: &Goods<'_>) -> Result<Decimal, Missing> {
        if let Some(share) = self.share {
            if share.is_zero() {
                return Ok(Decimal::ZERO);
            }
            return times(goods.value.ok_or(Missing::CustomsValue)?, share);
        }
        let mut duty = add_up(self.first_of(goods.on)?, goods)?;
        for (bound, sum) in &self.bounds {
            let other = add_up(sum, goods)?;
            duty = match bound {
                Bound::Min => duty.max(other),
                Bound::Max => duty.min(other),
            };
        }
        Ok(duty.max(Decimal::ZERO))
    }

    /// The formula with its numbers, as in "1200.00 GBP x 13.8 % MIN 100 dtn x 13 GBP". Empty when nothing is owed.
    pub fn formula(&self, goods: &Goods<'_>) -> String {
        let mut out = String::new();
        let Ok(first) = self.first_of(goods.on) else { return out };
        write_sum(&mut out, first, goods);
        for (bound, sum) in &self.bounds {
            out.push_str(if *bound == Bound::Min { " MIN " } else { " MAX " });
            write_sum(&mut out, sum, goods);
        }
        out
    }

    fn first_of(&self, on: Date) -> Result<&Sum, Missing> {
        if self.seasons.is_empty() {
            return Ok(&self.first);
        }
        let mut covering = self.seasons.iter().filter(|it| covers(it, on.month()));
        match (covering.next(), covering.next()) {
            (Some(season), None) => Ok(&season.sum),
            _ => Err(Missing::Season),
        }
    }
}

/// Whether the month is of the season, which may run over the new year.
fn covers(season: &Season, month: i8) -> bool {
    if season.from <= season.to {
        (season.from..=season.to).contains(&month)
    } else {
        month >= season.from || month <= season.to
    }
}

fn times(a: Decimal, b: Decimal) -> Result<Decimal, Missing> {
    a.checked_mul(b).ok_or(Missing::Overflow)
}

fn add_up(sum: &Sum, goods: &Goods<'_>) -> Result<Decimal, Missing> {
    let mut total = Decimal::ZERO;
    for (negative, term) in sum {
        let amount = term.evaluate(goods)?;
        let next = if *negative { total.checked_sub(amount) } else { total.checked_add(amount) };
        total = next.ok_or(Missing::Overflow)?;
    }
    Ok(total)
}

impl Term {
    fn evaluate(&self, goods: &Goods<'_>) -> Result<Decimal, Missing> {
        match self {
            Self::Percent { percent, of } => {
                let value = match of {
                    None => goods.value.ok_or(Missing::CustomsValue)?,
                    Some(part) => goods.fact(&format!("value.{part}"))?,
                };
                times(times(value, *percent)?, Decimal::new(1, 2))
            }
            Self::Amount { amount, coin, per } => {
                let count = goods.count(per)?;
                goods.convert(times(*amount, count)?, *coin)
            }
            Self::Component(name) => Err(Missing::Component(name.to_string())),
        }
    }
}

impl Goods<'_> {
    fn fact(&self, name: &str) -> Result<Decimal, Missing> {
        let missing = || Missing::Fact(name.to_owned());
        let value: Decimal =
            self.facts.get(name).ok_or_else(missing)?.trim().parse().map_err(|_| missing())?;
        if value.is_sign_negative() { Err(missing()) } else { Ok(value) }
    }

    fn coin(&self, coin: Coin) -> Currency {
        match coin {
            Coin::Home => self.home,
            Coin::Of(currency) => currency,
        }
    }

    fn convert(&self, amount: Decimal, coin: Coin) -> Result<Decimal, Missing> {
        let from = self.coin(coin);
        self.rates.convert(amount, from, self.money).ok_or(Missing::Rate(from, self.money))
    }

    /// How many of `per` the goods are.
    fn count(&self, per: &Per) -> Result<Decimal, Missing> {
        let amount = match &per.measure {
            Measure::Of(unit) => self.in_unit(*unit)?,
            Measure::LitrePercentAlcohol => {
                times(self.in_unit(Unit::Litre)?, self.fact("goods.alcohol_percent")?)?
            }
            Measure::LitreAlcohol { over } => {
                let strength = (self.fact("goods.alcohol_percent")? - over).max(Decimal::ZERO);
                times(times(self.in_unit(Unit::Litre)?, strength)?, Decimal::new(1, 2))?
            }
            Measure::ProofLitre => times(
                times(self.in_unit(Unit::Litre)?, self.fact("goods.alcohol_percent")?)?,
                Decimal::new(2, 2),
            )?,
            Measure::KilogramPercentSugar => {
                times(self.in_unit(Unit::Kilogram)?, self.fact("goods.sugar_percent")?)?
            }
            Measure::Named(name) => self.fact(&format!("quantity.{name}"))?,
        };
        amount.checked_div(per.count).ok_or(Missing::Overflow)
    }

    /// The quantity in a unit: as declared in it, else net mass, else converted from the quantity of the line.
    fn in_unit(&self, unit: Unit) -> Result<Decimal, Missing> {
        if let Some((_, amount)) = self.measures.iter().find(|(it, _)| *it == unit) {
            return Ok(*amount);
        }
        let mass = self.net_kg.map(|kg| Quantity::new(kg, Unit::Kilogram));
        let stated = self.measures.iter().map(|(unit, amount)| Quantity::new(*amount, *unit));
        mass.into_iter()
            .chain(self.quantity)
            .chain(stated)
            .find_map(|it| it.to(unit).ok())
            .map(|it| it.amount)
            .ok_or(Missing::Quantity(unit.symbol()))
    }
}

fn write_sum(out: &mut String, sum: &Sum, goods: &Goods<'_>) {
    for (at, (negative, term)) in sum.iter().enumerate() {
        match (at, negative) {
            (0, false) => {}
            (_, false) => out.push_str(" + "),
            (_, true) => out.push_str(" - "),
        }
        write_term(out, term, goods);
    }
}

/// Writing to a string does not fail, so the results are let go.
fn write_term(out: &mut String, term: &Term, goods: &Goods<'_>) {
    let unknown = || "?".to_owned();
    let number = |it: Decimal| it.normalize().to_string();
    match term {
        Term::Percent { percent, of: None } => {
            let value = goods.value.map_or_else(unknown, |it| it.to_string());
            let _ = write!(out, "{value} {} x {} %", goods.money, percent.normalize());
        }
        Term::Percent { percent, of: Some(part) } => {
            let value = goods.fact(&format!("value.{part}")).map_or_else(|_| unknown(), number);
            let _ = write!(out, "{value} {} ({part}) x {} %", goods.money, percent.normalize());
        }
        Term::Amount { amount, coin, per } => {
            let count = goods.count(per).map_or_else(|_| unknown(), number);
            let coin = goods.coin(*coin);
            let _ = write!(out, "{count} x {} {coin} per {}", amount.normalize(), per);
            if let Some((rate, _)) = goods.rates.find(coin, goods.money).filter(|_| coin != goods.money) {
                let _ = write!(out, " at {rate}");
            }
        }
        Term::Component(name) => out.push_str(name),
    }
}

impl std::fmt::Display for Per {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.count != Decimal::ONE {
            write!(f, "{} ", self.count.normalize())?;
        }
        match &self.measure {
            Measure::Of(unit) => f.write_str(unit.symbol()),
            Measure::LitrePercentAlcohol => f.write_str("l x % vol"),
            Measure::LitreAlcohol { over } if over.is_zero() => f.write_str("l of alcohol"),
            Measure::LitreAlcohol { over } => write!(f, "l of alcohol over {over} % vol"),
            Measure::ProofLitre => f.write_str("proof l"),
            Measure::KilogramPercentSugar => f.write_str("kg x % sugar"),
            Measure::Named(name) => f.write_str(name),
        }
    }
}
