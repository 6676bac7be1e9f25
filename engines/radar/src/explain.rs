//! What would change the answer: thresholds at which another plan takes over, and the question that is worth most.

use std::collections::BTreeMap;

use domain::calendar::days_between;
use domain::deal::{Assessment, Deals, Question, Threshold};
use domain::{CostLine, Money};

use crate::cost::Factors;
use crate::decide::{Board, Draw, Ranked, names};

/// More questions than this are a questionnaire.
const ASKED_AT_MOST: usize = 5;
/// A change beyond this, up or down, is not reported: the world would be another.
const WIDEST_CHANGE: f64 = 1.0;

/// For each shown plan: at what price, freight, duty, exchange rate or date another shown plan costs less, all else equal. Costs are
/// straight lines in each factor but for rounding and least charges, so the crossing of two lines is exact to the last unit.
pub(crate) fn thresholds(board: &Board<'_>, ranked: &Ranked<'_>, deals: &mut Deals) {
    let names = names(ranked);
    let Some(&(first, _)) = ranked.shown.first() else { return };
    let best = &ranked.all[first].chosen;
    let line = |at: usize, factors: Factors| board.cost(&ranked.all[at].chosen, factors) as f64;
    let bumped: [(&str, Factors); 2] = [
        ("price", Factors { goods: 1.1, ..Factors::MIDDLE }),
        ("freight", Factors { freight: 1.1, ..Factors::MIDDLE }),
    ];
    let base = line(first, Factors::MIDDLE);
    let mut found: Vec<Threshold> = Vec::new();
    for (place, &(at, _)) in ranked.shown.iter().enumerate().skip(1) {
        let other = &ranked.all[at].chosen;
        if !best.candidate.point.exact || !other.candidate.point.exact {
            continue;
        }
        let gap = line(at, Factors::MIDDLE) - base;
        for (figure, factors) in bumped {
            let slope = (line(first, factors) - base) / 0.1;
            // Only the first plan's own figure moves: its price, its freight.
            let change = gap / slope;
            if slope.abs() > 0.0 && change.is_finite() && change > 0.0 && change <= WIDEST_CHANGE {
                found.push(threshold(figure, change, best.supply.economy_name.as_str(), &names[place]));
            }
        }
        if let Some(it) =
            duty_threshold(deals.plans.first(), gap, best.supply.economy_name.as_str(), &names[place])
        {
            found.push(it);
        }
    }
    found.extend(deadline_threshold(deals));
    // For each figure the nearest crossing is the one that matters.
    let mut nearest: BTreeMap<String, Threshold> = BTreeMap::new();
    for it in found {
        match nearest.get(&it.figure) {
            Some(old) if old.change.abs() <= it.change.abs() => {}
            _ => {
                nearest.insert(it.figure.clone(), it);
            }
        }
    }
    if let Some(plan) = deals.plans.first_mut() {
        plan.thresholds = nearest.into_values().collect();
    }
    others_take_over(board, ranked, deals, &names);
}

fn threshold(figure: &str, change: f64, whose: &str, then: &str) -> Threshold {
    let percent = change * 100.0;
    Threshold {
        figure: figure.to_owned(),
        text: format!("{figure} of {whose} up by {percent:.1} %: then {then} costs less"),
        change: (percent * 100.0).round() / 100.0,
        then: then.to_owned(),
    }
}

/// How many percentage points of duty more on the first plan make another cheaper.
fn duty_threshold(first: Option<&Assessment>, gap: f64, whose: &str, then: &str) -> Option<Threshold> {
    let goods =
        first?.lines.iter().find(|it| it.kind == domain::CostKind::Goods)?.amount?.minor().abs() as f64;
    let points = gap / goods;
    (points > 0.0 && points <= WIDEST_CHANGE).then(|| Threshold {
        figure: "duty".to_owned(),
        text: format!(
            "duty on {whose} up by {:.1} points of the goods' value: then {then} costs less",
            points * 100.0
        ),
        change: (points * 10_000.0).round() / 100.0,
        then: then.to_owned(),
    })
}

/// The deadline before which the first plan's median is late, and who is then first.
fn deadline_threshold(deals: &Deals) -> Option<Threshold> {
    let first = deals.plans.first()?;
    let faster = deals.plans.iter().skip(1).find(|it| it.arrival.p50 < first.arrival.p50)?;
    let days = days_between(deals.as_of, first.arrival.p50);
    Some(Threshold {
        figure: "deadline".to_owned(),
        text: format!(
            "a deadline before {}: then {} is in time and this is not",
            first.arrival.p50, faster.id
        ),
        change: f64::from(days),
        then: faster.id.clone(),
    })
}

/// For the other plans: by how much their price must fall to cost less than the first.
fn others_take_over(board: &Board<'_>, ranked: &Ranked<'_>, deals: &mut Deals, names: &[String]) {
    let Some(&(first, _)) = ranked.shown.first() else { return };
    let base = board.cost(&ranked.all[first].chosen, Factors::MIDDLE) as f64;
    for (place, &(at, _)) in ranked.shown.iter().enumerate().skip(1) {
        let chosen = &ranked.all[at].chosen;
        if !chosen.candidate.point.exact {
            continue;
        }
        let own = board.cost(chosen, Factors::MIDDLE) as f64;
        let slope = (board.cost(chosen, Factors { goods: 1.1, ..Factors::MIDDLE }) as f64 - own) / 0.1;
        let change = (base - own) / slope;
        if (-WIDEST_CHANGE..0.0).contains(&change) {
            deals.plans[place].thresholds.push(Threshold {
                figure: "price".to_owned(),
                text: format!(
                    "price of {} down by {:.1} %: then it costs less than {}",
                    chosen.supply.economy_name,
                    -change * 100.0,
                    names[0]
                ),
                change: (change * 10_000.0).round() / 100.0,
                then: names[place].clone(),
            });
        }
    }
}

/// What to ask next: missing facts first, then the proof of origin that saves most, then the price whose knowledge is worth most
/// (expected value of perfect information on one figure: the mean gain of choosing after knowing it, over the shared scenarios).
pub(crate) fn questions(
    board: &Board<'_>,
    ranked: &Ranked<'_>,
    drawn: &[Draw],
    deals: &Deals,
) -> Vec<Question> {
    let mut all: Vec<Question> = deals
        .missing
        .iter()
        .map(|it| Question {
            text: format!("Find out: {it}"),
            ask: "the source of the missing fact".to_owned(),
            worth: None,
        })
        .collect();
    all.extend(deals.plans.iter().filter_map(proof));
    all.extend(price_questions(board, ranked, drawn));
    let worth = |it: &Question| it.worth.map_or(i64::MAX, Money::minor);
    all.sort_by_key(|it| std::cmp::Reverse(worth(it)));
    all.truncate(ASKED_AT_MOST);
    all
}

fn proof(plan: &Assessment) -> Option<Question> {
    let best = plan
        .preferences
        .iter()
        .filter(|it| it.state == "provable")
        .max_by_key(|it| it.saving.map(Money::minor))?;
    let saving = best.saving.filter(|it| it.minor() > 0)?;
    let supplier = plan.labels.get("supplier").cloned().unwrap_or_default();
    Some(Question {
        text: format!(
            "Can {supplier} prove origin under {}? It would save {saving} on {}.",
            best.scheme, plan.id
        ),
        ask: supplier,
        worth: Some(saving),
    })
}

fn price_questions(board: &Board<'_>, ranked: &Ranked<'_>, drawn: &[Draw]) -> Vec<Question> {
    let middles: Vec<f64> =
        drawn.iter().map(|it| it.costs.iter().sum::<f64>() / it.costs.len().max(1) as f64).collect();
    let Some(best) = middles.iter().copied().min_by(f64::total_cmp) else { return Vec::new() };
    let mut all = Vec::new();
    for (place, &(at, _)) in ranked.shown.iter().enumerate() {
        let chosen = &ranked.all[at].chosen;
        let quoted = chosen.supply.offer.firm.is_some();
        if quoted || !chosen.candidate.point.exact {
            continue;
        }
        let others = middles
            .iter()
            .enumerate()
            .filter(|(it, _)| *it != place)
            .map(|(_, cost)| *cost)
            .min_by(f64::total_cmp);
        let Some(others) = others else { continue };
        let known: f64 = drawn[place].costs.iter().map(|cost| cost.min(others)).sum::<f64>()
            / drawn[place].costs.len() as f64;
        let worth = best - known;
        if worth > 0.0 {
            let money = Money::from_minor(worth.round() as i64, board.facts.dossier.need.currency);
            all.push(Question {
                text: format!(
                    "Ask for a quote from {}: knowing the real price before choosing is worth about {money}.",
                    chosen.supply.economy_name
                ),
                ask: format!("suppliers in {}", chosen.supply.economy_name),
                worth: Some(money),
            });
        }
    }
    // One question an origin is enough.
    let mut seen = std::collections::BTreeSet::new();
    all.retain(|it| seen.insert(it.ask.clone()));
    all
}

/// The kind of a line as JSON writes it: "main_carriage".
pub fn kind_word(line: &CostLine) -> String {
    serde_json::to_value(line.kind).ok().and_then(|it| it.as_str().map(str::to_owned)).unwrap_or_default()
}
