//! The search over complete plans, on lanes drawn at random but of the shape that the radar proposes.

use domain::{Draws, Purpose};
use radar::front::Tolerance;
use radar::search::{Found, Lane, MoneyChoice, SearchLimits, Trunk, search};

use crate::report::{Report, Target, plain};
use crate::timing::{median_of, timed};

const LIMITS: SearchLimits = SearchLimits {
    tolerance: Tolerance { cost_ppm: 10_000, days: 100, third_ppm: 10_000 },
    cost_at_most: None,
    plans_at_most: u64::MAX,
};

/// How many of each.
#[derive(Clone, Copy, Debug)]
struct Shape {
    offers: u16,
    routes: u16,
    terms: u16,
    covers: u16,
    payments: u16,
}

/// Ways to fund and to hedge, as the radar has them.
const FUNDINGS: u16 = 2;
const HEDGES: u16 = 2;

const SMALL: Shape = Shape { offers: 50, routes: 5, terms: 5, covers: 2, payments: 10 };
const LARGE: Shape = Shape { offers: 1000, routes: 10, terms: 5, covers: 5, payments: 10 };

/// How the ways to pay stand to each other.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Money {
    /// As banks price them: fees, days and risk drawn apart, so that some are covered by others.
    Drawn,
    /// The worst case: each is dearer and safer than the one before, so that none is covered.
    Ladder,
}

fn lanes(shape: Shape, kind: Money) -> Vec<Lane> {
    let draws = Draws::new(1);
    let at = |number: u32, purpose: Purpose, key: u32| draws.uniform(number, purpose, u64::from(key));
    let lane = |offer: u16, route: u16| {
        let number = u32::from(offer) * u32::from(shape.routes) + u32::from(route);
        let goods = 10_000_000.0 * (0.3 * draws.normal(u32::from(offer), Purpose::GoodsPrice, 0)).exp();
        // Every second offer is a quote; the others are benchmarks with a spread.
        let spread = if offer.is_multiple_of(2) {
            0.0
        } else {
            0.05 + 0.2 * at(u32::from(offer), Purpose::GoodsPrice, 1)
        };
        let speed = at(number, Purpose::FreightLane, 0);
        let freight = goods * 0.08 * (1.2 - speed) * (0.5 + at(number, Purpose::FreightLane, 1));
        let trunk = |place: u16| {
            let (terms, cover) = (place / shape.covers, place % shape.covers);
            let key = u32::from(place);
            let insured = f64::from(cover) / f64::from(shape.covers);
            let handling = 0.01 * goods * at(number, Purpose::CargoLoss, key);
            Trunk {
                terms,
                cover,
                cost: (goods * (1.0 + 0.004 * insured) + freight + handling).round() as i64,
                exact: at(number, Purpose::CargoLoss, 1000 + key) > 0.1,
                invoice: goods + freight * f64::from(terms) / f64::from(shape.terms),
                exposure: goods * 0.02 * (1.0 - insured),
            }
        };
        let choice = |place: u16| {
            let (payment, rest) = (place / (FUNDINGS * HEDGES), place % (FUNDINGS * HEDGES));
            let (finance, hedge) = (rest / HEDGES, rest % HEDGES);
            let offer = u32::from(offer);
            let draw = |purpose, key: u16| at(offer, purpose, u32::from(key));
            let step = f64::from(place) / f64::from(shape.payments * FUNDINGS * HEDGES);
            let drawn = kind == Money::Drawn;
            MoneyChoice {
                payment,
                finance,
                hedge,
                bank_fixed: if drawn { 20_000.0 * draw(Purpose::Counterparty, payment) } else { 0.0 },
                bank_share: if drawn {
                    0.006 * draw(Purpose::Counterparty, 100 + payment)
                } else {
                    0.03 * step
                },
                financing_share: if drawn {
                    0.01 * draw(Purpose::WorldPrice, payment * FUNDINGS + finance)
                } else {
                    0.0
                },
                hedging_share: if drawn { 0.003 * f64::from(hedge) } else { 0.0 },
                lead_days: if drawn { (draw(Purpose::LeadTime, payment) * 4.0) as i32 * 250 } else { 0 },
                exposure_share: if drawn {
                    0.3 * draw(Purpose::Counterparty, 200 + payment) + 0.05 * f64::from(1 - hedge)
                } else {
                    0.3 * (1.0 - step)
                },
                exact: true,
            }
        };
        Lane {
            offer,
            route,
            cheaper_by: (goods * spread) as i64,
            dearer_by: (goods * spread * 1.3) as i64,
            days: (6000.0 - 4500.0 * speed) as i32 + (1000.0 * at(number, Purpose::Schedule, 0)) as i32,
            latest_lead: offer.is_multiple_of(3).then_some(800),
            trunks: (0..shape.terms * shape.covers).map(trunk).collect(),
            money: (0..shape.payments * FUNDINGS * HEDGES).map(choice).collect(),
        }
    };
    (0..shape.offers)
        .flat_map(|offer| (0..shape.routes).map(move |route| (offer, route)))
        .map(|(o, r)| lane(o, r))
        .collect()
}

fn accounted(lanes: &[Lane], found: &Found) -> u64 {
    let all: u64 = lanes.iter().map(Lane::plans).sum();
    let dropped: u64 = found.tallies.iter().map(|it| it.late + it.over_limit + it.dominated).sum();
    assert_eq!(found.kept.len() as u64 + dropped + found.not_enumerated, all, "plans are lost");
    assert_eq!(found.not_enumerated, 0, "plans were not looked at");
    all
}

pub(crate) fn run(report: &mut Report) {
    report.command("`radar::search::search` on lanes drawn with seed 1 (offers x routes x terms x covers x payments x funding x hedge)");
    let kinds = [(Money::Drawn, ""), (Money::Ladder, ", no way to pay covered by another")];
    for (kind, words) in kinds {
        let small = lanes(SMALL, kind);
        let all = accounted(&small, &search(&small, &LIMITS));
        let ms = 1e3 * median_of(11, || search(&small, &LIMITS));
        report.add(
            &format!("decide, {} combinations{words}", plain(all as f64)),
            ms,
            "ms",
            Target::AtMost(50.0),
        );
        let large = lanes(LARGE, kind);
        let (first, found) = timed(|| search(&large, &LIMITS));
        let all = accounted(&large, &found);
        let seconds = if first > 10.0 { first } else { median_of(3, || search(&large, &LIMITS)) };
        report.add(
            &format!("decide, {} combinations{words}", plain(all as f64)),
            seconds,
            "s",
            Target::AtMost(2.0),
        );
        report.note(format!(
            "Of {} combinations{words}, {} stand; all others are counted as late or dominated.",
            plain(all as f64),
            found.kept.len()
        ));
    }
}
