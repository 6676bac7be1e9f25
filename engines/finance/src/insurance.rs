//! Cargo insurance by the Institute Cargo Clauses: premium as a range of the insured value.

use std::sync::Arc;

use domain::incoterm::InsuranceDuty;
use domain::table::{TableError, each_row};
use domain::{Basis, Date, Evidence, Figure, Finding, Incoterm, Interval, Mode, Money, Severity, Source};
use serde::Serialize;

use crate::error::FinanceError;

/// Incoterms 2020, CIF A5 and CIP A5: the insurance covers, at a minimum, the price of the contract plus ten percent.
pub const INSURED_SHARE: f64 = 1.10;

/// Institute Cargo Clauses (2009): (A) all risks with exclusions, (C) named major casualties only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Clauses {
    A,
    C,
}

impl Clauses {
    pub fn word(self) -> &'static str {
        match self {
            Self::A => "ICC (A)",
            Self::C => "ICC (C)",
        }
    }

    /// The least cover that a rule of Incoterms 2020 obliges the seller to buy; `None` when it obliges nobody.
    pub fn least_under(incoterm: Incoterm) -> Option<Self> {
        match incoterm.insurance_duty() {
            InsuranceDuty::None => None,
            InsuranceDuty::ClausesC => Some(Self::C),
            InsuranceDuty::ClausesA => Some(Self::A),
        }
    }
}

impl std::str::FromStr for Clauses {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "A" => Ok(Self::A),
            "C" => Ok(Self::C),
            _ => Err("not 'A' or 'C'"),
        }
    }
}

#[derive(Clone, Debug)]
struct Rate {
    clauses: Clauses,
    mode: Mode,
    since: Date,
    share: Interval,
    note: String,
}

/// Premium rates by clauses, mode and date.
#[derive(Clone, Debug)]
pub struct InsuranceBook {
    rates: Vec<Rate>,
    basis: Basis,
    source: Arc<Source>,
}

fn mode(text: &str) -> Option<Mode> {
    Mode::ALL.into_iter().find(|it| it.word() == text)
}

impl InsuranceBook {
    /// Reads `clauses,mode,since,low_percent,mid_percent,high_percent,note`: percent of the insured value.
    ///
    /// # Errors
    /// A row that cannot be read.
    pub fn from_csv(text: &str, basis: Basis, source: Arc<Source>) -> Result<Self, FinanceError> {
        let columns = ["clauses", "mode", "since", "low_percent", "mid_percent", "high_percent", "note"];
        let mut rates = Vec::new();
        each_row(text, &columns, |row| {
            let mode = mode(row.text(1)).ok_or_else(|| row.refuse(1, &"not sea, air, rail or road"))?;
            let (low, mid, high): (f64, f64, f64) = (row.get(3)?, row.get(4)?, row.get(5)?);
            if !(0.0 < low && low <= mid && mid <= high) {
                return Err(row.refuse(3, &"low, middle and high must rise from above zero"));
            }
            let share = Interval { low, mid, high }.scale(0.01);
            rates.push(Rate {
                clauses: row.get(0)?,
                mode,
                since: row.get(2)?,
                share,
                note: row.text(6).to_owned(),
            });
            Ok::<(), TableError>(())
        })?;
        rates.sort_by_key(|it| (it.clauses, it.mode, it.since));
        Ok(Self { rates, basis, source })
    }

    /// Share of the insured value.
    ///
    /// # Errors
    /// The book has no rate for these clauses and this mode so early.
    pub fn rate(&self, clauses: Clauses, mode: Mode, on: Date) -> Result<Figure<Interval>, FinanceError> {
        let end = self.rates.partition_point(|it| (it.clauses, it.mode, it.since) <= (clauses, mode, on));
        let found = end
            .checked_sub(1)
            .map(|at| &self.rates[at])
            .filter(|it| it.clauses == clauses && it.mode == mode);
        let it = found.ok_or_else(|| FinanceError::NoCharge {
            what: format!("premium for {} by {mode}", clauses.word()),
            on,
            book: self.source.title.clone(),
        })?;
        Ok(Figure::new(it.share, Evidence::new(self.basis, &self.source).stated(it.note.clone())))
    }
}

/// What is insured, by which clauses.
#[derive(Clone, Copy, Debug)]
pub struct InsuranceQuestion {
    /// Price of the contract under CIF or CIP; price plus carriage under the other rules.
    pub value: Money,
    pub clauses: Clauses,
    pub mode: Mode,
    pub incoterm: Incoterm,
    pub on: Date,
}

/// The insured value and the premium with its range.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct InsuranceAnswer {
    pub insured: Money,
    pub premium: Figure<Money>,
    pub range: (Money, Money),
    pub findings: Vec<Finding>,
}

/// Premium on `value` at `rate` of the insured value, in the same unit. No allocation.
#[inline]
pub fn premium_scalar(value: f64, rate: f64) -> f64 {
    value * INSURED_SHARE * rate
}

/// The premium for cover of 110 % of the value.
///
/// # Errors
/// No rate in the book, or an amount that cannot be held.
pub fn premium(question: &InsuranceQuestion, book: &InsuranceBook) -> Result<InsuranceAnswer, FinanceError> {
    let rate = book.rate(question.clauses, question.mode, question.on)?;
    let currency = question.value.currency();
    let value = question.value.to_f64();
    let at = |rate: f64| Money::from_f64(premium_scalar(value, rate), currency);
    let insured = Money::from_f64(value * INSURED_SHARE, currency)?;
    let middle = at(rate.value.mid)?;
    let because = rate
        .because
        .formula(format!("{} x 110 % x {:.3} % = {middle}", question.value, rate.value.mid * 100.0))
        .reference("Incoterms 2020 CIF A5 and CIP A5 (price plus 10 %); Institute Cargo Clauses 2009");
    Ok(InsuranceAnswer {
        insured,
        premium: Figure::new(middle, because),
        range: (at(rate.value.low)?, at(rate.value.high)?),
        findings: short_cover(question).into_iter().collect(),
    })
}

/// Clauses below what the rule obliges the seller to buy.
fn short_cover(question: &InsuranceQuestion) -> Option<Finding> {
    let least = Clauses::least_under(question.incoterm)?;
    (least == Clauses::A && question.clauses == Clauses::C).then(|| {
        let text =
            format!("{} asks for ICC (A); ICC (C) covers less than the seller owes.", question.incoterm);
        Finding::new(1516, Severity::Caution, text).reference("Incoterms 2020, CIP A5")
    })
}

#[cfg(test)]
mod tests;
