//! Forward rates by covered interest parity, and what it costs to know today what a foreign invoice will cost.

use domain::draw::inverse_normal;
use domain::{Basis, Currency, Date, Economy, Evidence, Figure, Finding, Interval, Money, Severity};
use serde::Serialize;

use crate::daycount::DayCount;
use crate::error::FinanceError;
use crate::interest::{InterestBook, InterestKind};
use crate::rates::RateBook;

/// Forward rate of one unit of the base currency in the quoted currency: F = S (1 + r_q t_q) / (1 + r_b t_b), simple interest
/// over each currency's own year fraction (covered interest parity; Hull, "Options, Futures, and Other Derivatives", ch. 5,
/// gives the continuous form F = S exp((r - r_f) T)).
#[inline]
pub fn covered_parity(spot: f64, quote_rate: f64, base_rate: f64, quote_years: f64, base_years: f64) -> f64 {
    spot * (1.0 + quote_rate * quote_years) / (1.0 + base_rate * base_years)
}

/// A rate after `years` when it moves as a lognormal martingale around `forward`: the `u` (0..1) quantile of
/// F exp(-v^2 t / 2 + v sqrt(t) z). Its mean is the forward, so a draw neither helps nor harms on average.
#[inline]
pub fn fx_draw(forward: f64, volatility: f64, years: f64, u: f64) -> f64 {
    let deviation = volatility * years.max(0.0).sqrt();
    forward * (deviation * inverse_normal(u) - deviation * deviation / 2.0).exp()
}

/// A forward rate, what it is made of, and what has to be said about it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ForwardAnswer {
    /// Units of the quoted currency for one of the base currency, today.
    pub spot: f64,
    pub forward: Figure<f64>,
    /// Forward less spot, as a share of spot: what forward cover adds (or saves) before the bank's spread.
    pub points_share: f64,
    pub kind: InterestKind,
    pub findings: Vec<Finding>,
}

/// The forward rate of `base` in `quote`, `days` after `on`. The economies serve only where no key rates are known.
///
/// # Errors
/// An exchange rate or a pair of like interest rates that is not known.
pub fn forward(
    base: (Currency, Option<Economy>),
    quote: (Currency, Option<Economy>),
    on: Date,
    days: f64,
    rates: &RateBook,
    interest: &InterestBook,
) -> Result<ForwardAnswer, FinanceError> {
    // The conversion of one unit is asked for its error; the rate itself is the unrounded one.
    rates.rate_date(base.0, quote.0, on)?;
    let spot = rates
        .rate(base.0, quote.0, on)
        .ok_or(FinanceError::NoInterestPair { base: base.0, quote: quote.0 })?;
    let (b, q, kind) = interest
        .pair(base, quote, on)
        .ok_or(FinanceError::NoInterestPair { base: base.0, quote: quote.0 })?;
    let (base_count, quote_count) = (DayCount::of(base.0), DayCount::of(quote.0));
    let value = covered_parity(
        spot,
        q.value.to_f64(),
        b.value.to_f64(),
        quote_count.years(days),
        base_count.years(days),
    );
    let because = Evidence::new(b.because.basis, &b.because.source)
        .at_best(q.because.basis)
        .at_best(Basis::Modelled)
        .stated(format!("{} {}, {} {}", base.0, b.value, quote.0, q.value))
        .formula(format!(
            "{spot:.6} x (1 + {} x {days:.0} {}) / (1 + {} x {days:.0} {})",
            q.value,
            quote_count.word(),
            b.value,
            base_count.word()
        ))
        .reference("Covered interest parity: F = S (1 + r_q t_q) / (1 + r_b t_b)");
    let mut findings: Vec<Finding> = rates.staleness(base.0, quote.0, on).into_iter().collect();
    if kind == InterestKind::Lending {
        let text = format!(
            "The forward rate {}/{} rests on lending rates, which hold banks' margins.",
            base.0, quote.0
        );
        findings.push(
            Finding::new(1513, Severity::Note, text)
                .hint("Ask a bank for a forward quote before relying on it."),
        );
    }
    Ok(ForwardAnswer {
        spot,
        forward: Figure::new(value, because),
        points_share: value / spot - 1.0,
        kind,
        findings,
    })
}

/// What to do about a foreign-currency invoice between today and its payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Hedge {
    /// Buy the currency when it is needed, at the rate of that day.
    None,
    /// Buy it forward today.
    ForwardCover,
}

impl Hedge {
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "no hedge",
            Self::ForwardCover => "forward cover",
        }
    }
}

/// A foreign-currency payment in `days`, seen from the payer's `home` currency.
#[derive(Clone, Debug)]
pub struct HedgeQuestion<'q> {
    pub exposure: Money,
    pub home: Currency,
    /// Economies of the exposure's currency and of the payer, used where no key rates are known.
    pub exposure_economy: Option<Economy>,
    pub home_economy: Option<Economy>,
    pub on: Date,
    pub days: f64,
    /// The bank's spread on a forward over its mid rate, as a share of the amount.
    pub spread: &'q Figure<Interval>,
}

/// One way to deal with the exposure. Costs are against converting the amount at today's rate; negative is a gain.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HedgeOption {
    pub hedge: Hedge,
    /// In major units of the home currency. Without a hedge it is the forward points alone: what the market expects to lose
    /// or win, while the range is the P10 and P90 of the rate itself. `None` when it is not known.
    pub cost: Option<Figure<Interval>>,
    /// Days during which the home-currency cost of the invoice can still move.
    pub exposure_days: f64,
    pub findings: Vec<Finding>,
}

/// Cost of forward cover in the currency of `amount`: points and spread as shares of it.
#[inline]
pub fn forward_cover_scalar(amount: f64, points_share: f64, spread_share: f64) -> f64 {
    amount * (points_share + spread_share)
}

/// No hedge and, when currencies differ, forward cover. What cannot be computed has no cost, and a finding says which fact lacks.
pub fn hedge_options(
    question: &HedgeQuestion<'_>,
    rates: &RateBook,
    interest: &InterestBook,
) -> Vec<HedgeOption> {
    let currency = question.exposure.currency();
    if currency == question.home {
        let because = Evidence::new(Basis::Observed, rates.source()).formula("invoice in the home currency");
        let cost = Some(Figure::new(Interval::exact(0.0), because));
        return vec![HedgeOption { hedge: Hedge::None, cost, exposure_days: 0.0, findings: Vec::new() }];
    }
    let base = (currency, question.exposure_economy);
    let quote = (question.home, question.home_economy);
    let answer = forward(base, quote, question.on, question.days, rates, interest);
    vec![open_position(question, rates, answer.as_ref()), forward_cover(question, answer)]
}

fn open_position(
    question: &HedgeQuestion<'_>,
    rates: &RateBook,
    forward: Result<&ForwardAnswer, &FinanceError>,
) -> HedgeOption {
    let (from, home) = (question.exposure.currency(), question.home);
    let mut findings = Vec::new();
    let cost = match (rates.rate(from, home, question.on), rates.fx_vol(from, home, question.on)) {
        (Some(spot), Ok(volatility)) => {
            let expected = forward.map_or(spot, |it| it.forward.value);
            let years = question.days / 365.0;
            let amount = question.exposure.to_f64();
            let at = |u: f64| amount * (fx_draw(expected, volatility.value, years, u) - spot);
            let interval = Interval { low: at(0.1), mid: amount * (expected - spot), high: at(0.9) };
            let because = volatility.because.formula(format!(
                "{} x (rate in {:.0} days - {spot:.6}), volatility {:.1} % a year",
                question.exposure,
                question.days,
                volatility.value * 100.0
            ));
            Some(Figure::new(interval, because))
        }
        (_, Err(error)) => {
            findings.push(unknown(&error));
            None
        }
        (None, Ok(_)) => None,
    };
    let text = format!("The cost in {home} moves with {from} for {:.0} days.", question.days);
    findings.push(Finding::new(1514, Severity::Note, text));
    HedgeOption { hedge: Hedge::None, cost, exposure_days: question.days, findings }
}

fn forward_cover(question: &HedgeQuestion<'_>, forward: Result<ForwardAnswer, FinanceError>) -> HedgeOption {
    let answer = match forward {
        Ok(answer) => answer,
        Err(error) => {
            let findings = vec![unknown(&error)];
            return HedgeOption { hedge: Hedge::ForwardCover, cost: None, exposure_days: 0.0, findings };
        }
    };
    let amount = question.exposure.to_f64() * answer.spot;
    let at = |spread: f64| forward_cover_scalar(amount, answer.points_share, spread);
    let spread = question.spread.value;
    let interval = Interval::new(at(spread.low), at(spread.mid), at(spread.high));
    let because = answer.forward.because.clone().at_best(question.spread.because.basis).formula(format!(
        "{} x {:.6} x (points {:.4} % + spread {:.2} %)",
        question.exposure,
        answer.spot,
        answer.points_share * 100.0,
        spread.mid * 100.0
    ));
    let cost = Some(Figure::new(interval, because));
    HedgeOption { hedge: Hedge::ForwardCover, cost, exposure_days: 0.0, findings: answer.findings }
}

/// What is not known is said, with its fact.
fn unknown(error: &FinanceError) -> Finding {
    Finding::new(1515, Severity::Caution, format!("The cost of the currency risk is not known: {error}"))
}

#[cfg(test)]
mod tests;
