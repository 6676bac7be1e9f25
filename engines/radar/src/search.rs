//! The search over complete plans, in numbers only: prune per slot, then by lane, then against the front.
//!
//! A lane is one offer by one route. On it lie trunks (contract rule x cargo cover), each with a cost that does not
//! depend on how it is paid; on each trunk hang the money choices (payment x finance x hedge), whose cost is linear in
//! the invoice. So a money choice that is no better in its fixed part, its share of the invoice, its days and its
//! exposure is beaten on every trunk of the lane, and is dropped once for all of them.
//!
//! Plans of one offer share its price, known or not, so between them a lower cost is a lower cost. Between offers it is one
//! only beyond what is not known of the prices: a plan beats a plan of another offer when it costs less even with its own price
//! at the high end (P90) and the other's at the low (P10). For quotes the ends are the same.
//!
//! What is dropped early is dropped for a reason that holds in the whole set: dominance passes from a plan to whatever dominates
//! that plan, so the result does not depend on the order of the lanes or the number of threads.

use rayon::prelude::*;

use crate::front::{Point, Tolerance, beaten_by, clearly_dominates, front};

/// A contract rule and a cargo cover on a lane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trunk {
    pub terms: u16,
    pub cover: u16,
    /// Minor units, rounded line by line, without the money choices; a lower bound when not `exact`.
    pub cost: i64,
    pub exact: bool,
    /// What the person pays the other side (or is paid), minor units.
    pub invoice: f64,
    /// Money at risk that the cover leaves open, minor units.
    pub exposure: f64,
}

/// A way to pay, to finance and to hedge, on one lane. Parts are shares of the invoice unless they say minor units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MoneyChoice {
    pub payment: u16,
    pub finance: u16,
    pub hedge: u16,
    /// Bank charges that do not depend on the amount, minor units.
    pub bank_fixed: f64,
    pub bank_share: f64,
    pub financing_share: f64,
    pub hedging_share: f64,
    /// Added to the lane's days: to open a credit, to wait for an advance.
    pub lead_days: i32,
    pub exposure_share: f64,
    pub exact: bool,
}

impl MoneyChoice {
    /// Cost on an invoice, minor units: each line rounded by itself, as the landed cost shows it.
    #[inline]
    pub fn cost(&self, invoice: f64) -> i64 {
        (self.bank_fixed + self.bank_share * invoice).round() as i64
            + (self.financing_share * invoice).round() as i64
            + (self.hedging_share * invoice).round() as i64
    }

    /// No worse on any invoice of any trunk.
    fn covers(&self, other: &Self) -> bool {
        self.exact
            && self.bank_fixed <= other.bank_fixed
            && self.bank_share <= other.bank_share
            && self.financing_share <= other.financing_share
            && self.hedging_share <= other.hedging_share
            && self.lead_days <= other.lead_days
            && self.exposure_share <= other.exposure_share
    }
}

/// One offer by one route, ready to search.
#[derive(Clone, Debug, PartialEq)]
pub struct Lane {
    pub offer: u16,
    pub route: u16,
    /// How much less and more the goods cost at P10 and P90 of their price, minor units.
    pub cheaper_by: i64,
    pub dearer_by: i64,
    /// Median days from the answer to arrival before the lead of a money choice, hundredths.
    pub days: i32,
    /// Greatest lead of a money choice that still arrives in time, hundredths; `None` without a deadline.
    pub latest_lead: Option<i32>,
    pub trunks: Vec<Trunk>,
    pub money: Vec<MoneyChoice>,
}

impl Lane {
    /// How many plans it stands for.
    pub fn plans(&self) -> u64 {
        self.trunks.len() as u64 * self.money.len() as u64
    }
}

/// A plan found: positions in its lane, and where it stands on the axes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    pub lane: u32,
    pub trunk: u16,
    pub money: u16,
    pub point: Point,
}

/// What became of the plans of one lane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LaneTally {
    pub late: u64,
    pub over_limit: u64,
    pub dominated: u64,
    /// One of the plans that beat the dominated ones: (lane, trunk, money).
    pub by: Option<(u32, u16, u16)>,
}

/// Limits of the search.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SearchLimits {
    pub tolerance: Tolerance,
    /// Dearest landed cost allowed, minor units.
    pub cost_at_most: Option<i64>,
    /// Most plans to look at; lanes beyond it are not enumerated.
    pub plans_at_most: u64,
}

/// The plans that stand, and the account of the others.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// In order of (cost, days, third, lane, trunk, money).
    pub kept: Vec<Candidate>,
    /// By lane.
    pub tallies: Vec<LaneTally>,
    pub not_enumerated: u64,
}

/// Searches all lanes. kept + late + over limit + dominated + not enumerated = all plans of the lanes.
pub fn search(lanes: &[Lane], limits: &SearchLimits) -> Found {
    let (within, not_enumerated) = enumerable(lanes, limits.plans_at_most);
    let mut first = 0;
    let offers: Vec<(u32, &[Lane])> = lanes[..within]
        .chunk_by(|a, b| a.offer == b.offer)
        .map(|lanes| {
            let at = first;
            first += lanes.len() as u32;
            (at, lanes)
        })
        .collect();
    let parts: Vec<(Vec<Candidate>, Vec<LaneTally>)> =
        offers.par_iter().map(|(first, lanes)| search_offer(*first, lanes, limits)).collect();
    let mut kept = Vec::new();
    let mut tallies = Vec::with_capacity(lanes.len());
    for (found, tally) in parts {
        kept.extend(found);
        tallies.extend(tally);
    }
    tallies.resize(lanes.len(), LaneTally::default());
    let kept = settle(lanes, &kept, &mut tallies, limits.tolerance);
    Found { kept, tallies, not_enumerated }
}

/// How many whole lanes fit under the limit, and how many plans the rest would have had.
fn enumerable(lanes: &[Lane], most: u64) -> (usize, u64) {
    let mut plans = 0;
    let within = lanes
        .iter()
        .take_while(|lane| {
            plans += lane.plans();
            plans <= most
        })
        .count();
    (within, lanes[within..].iter().map(Lane::plans).sum())
}

fn search_offer(first: u32, lanes: &[Lane], limits: &SearchLimits) -> (Vec<Candidate>, Vec<LaneTally>) {
    let mut kept: Vec<Candidate> = Vec::new();
    let mut tallies = vec![LaneTally::default(); lanes.len()];
    let mut settled = 0;
    for (offset, lane) in lanes.iter().enumerate() {
        let number = first + offset as u32;
        let tally = &mut tallies[offset];
        let choices = choices_worth_looking_at(lane, number, tally);
        for at in 0..lane.trunks.len() {
            for &money in &choices {
                let candidate = candidate(lane, number, at as u16, money);
                if limits.cost_at_most.is_some_and(|most| candidate.point.cost > most) {
                    tally.over_limit += 1;
                } else {
                    kept.push(candidate);
                }
            }
        }
        // Thin out whenever the pile has doubled: amortised, and the front keeps what later lanes are measured against.
        if kept.len() > 256 && kept.len() > 2 * settled {
            kept = settle_within(&kept, first, &mut tallies, limits.tolerance);
            settled = kept.len();
        }
    }
    (settle_within(&kept, first, &mut tallies, limits.tolerance), tallies)
}

/// The money choices of a lane that arrive in time and that no other choice covers.
fn choices_worth_looking_at(lane: &Lane, number: u32, tally: &mut LaneTally) -> Vec<u16> {
    let trunks = lane.trunks.len() as u64;
    let in_time = |it: &MoneyChoice| lane.latest_lead.is_none_or(|latest| it.lead_days <= latest);
    let mut choices: Vec<u16> = Vec::with_capacity(lane.money.len());
    for (at, choice) in lane.money.iter().enumerate() {
        if !in_time(choice) {
            tally.late += trunks;
            continue;
        }
        // Of two that cover each other the first stands, so that one always does.
        let covered = lane.money.iter().enumerate().find(|(other, it)| {
            *other != at && in_time(it) && it.covers(choice) && (!choice.covers(it) || *other < at)
        });
        match covered {
            Some((by, _)) => {
                tally.dominated += trunks;
                if trunks > 0 {
                    tally.by.get_or_insert((number, 0, by as u16));
                }
            }
            None => choices.push(at as u16),
        }
    }
    choices
}

/// The plan at a position of a lane.
pub fn candidate(lane: &Lane, number: u32, at: u16, money: u16) -> Candidate {
    let trunk = &lane.trunks[usize::from(at)];
    let choice = &lane.money[usize::from(money)];
    let point = Point {
        cost: trunk.cost + choice.cost(trunk.invoice),
        days: lane.days + choice.lead_days,
        third: (trunk.exposure + choice.exposure_share * trunk.invoice).round() as i64,
        exact: trunk.exact && choice.exact,
    };
    Candidate { lane: number, trunk: at, money, point }
}

fn settle_within(
    kept: &[Candidate],
    first: u32,
    tallies: &mut [LaneTally],
    tolerance: Tolerance,
) -> Vec<Candidate> {
    thin(kept, tolerance, |loser, by| {
        let tally = &mut tallies[(loser.lane - first) as usize];
        tally.dominated += 1;
        tally.by.get_or_insert((by.lane, by.trunk, by.money));
    })
}

/// The round between offers; the order of what is kept is fixed here.
fn settle(
    lanes: &[Lane],
    kept: &[Candidate],
    tallies: &mut [LaneTally],
    tolerance: Tolerance,
) -> Vec<Candidate> {
    let moved = |it: &Candidate, by: i64| Point { cost: it.point.cost + by, ..it.point };
    let dear: Vec<Point> = kept.iter().map(|it| moved(it, lanes[it.lane as usize].dearer_by)).collect();
    let members = front(&dear);
    let mut stand = Vec::with_capacity(kept.len());
    for it in kept {
        let lane = &lanes[it.lane as usize];
        let cheap = moved(it, -lane.cheaper_by);
        let by = members.iter().take_while(|&&member| dear[member].cost <= cheap.cost).find(|&&member| {
            lanes[kept[member].lane as usize].offer != lane.offer
                && clearly_dominates(&dear[member], &cheap, tolerance)
        });
        match by {
            Some(&member) => {
                let by = &kept[member];
                tallies[it.lane as usize].dominated += 1;
                tallies[it.lane as usize].by = Some((by.lane, by.trunk, by.money));
            }
            None => stand.push(*it),
        }
    }
    stand.sort_unstable_by_key(|it| {
        (it.point.cost, it.point.days, it.point.third, it.lane, it.trunk, it.money)
    });
    stand
}

fn thin(
    kept: &[Candidate],
    tolerance: Tolerance,
    mut lost: impl FnMut(&Candidate, &Candidate),
) -> Vec<Candidate> {
    let points: Vec<Point> = kept.iter().map(|it| it.point).collect();
    let beaten = beaten_by(&points, tolerance);
    for (loser, by) in kept.iter().zip(&beaten) {
        if let Some(by) = by {
            lost(loser, &kept[*by]);
        }
    }
    kept.iter().zip(&beaten).filter(|(_, by)| by.is_none()).map(|(it, _)| *it).collect()
}

#[cfg(test)]
mod tests {
    use domain::{Draws, Purpose};
    use proptest::prelude::*;

    use super::*;

    const LIMITS: SearchLimits = SearchLimits {
        tolerance: Tolerance { cost_ppm: 10_000, days: 100, third_ppm: 10_000 },
        cost_at_most: None,
        plans_at_most: u64::MAX,
    };

    fn lanes(seed: u64, n: u32) -> Vec<Lane> {
        let draws = Draws::new(seed);
        let of = |lane: u32, key: u64, below: u64| draws.bits(lane, Purpose::GoodsPrice, key) % below;
        (0..n)
            .map(|lane| Lane {
                offer: (lane / 3) as u16,
                route: (lane % 3) as u16,
                cheaper_by: of(lane / 3, 100, 9_000) as i64,
                dearer_by: of(lane / 3, 101, 15_000) as i64,
                days: 2_000 + of(lane, 1, 4_000) as i32,
                latest_lead: (of(lane, 2, 3) == 0).then(|| of(lane, 3, 1_500) as i32),
                trunks: (0..3)
                    .map(|at| Trunk {
                        terms: at,
                        cover: 0,
                        cost: 100_000 + of(lane, 10 + u64::from(at), 60_000) as i64,
                        exact: of(lane, 20 + u64::from(at), 9) != 0,
                        invoice: 90_000.0 + of(lane, 30 + u64::from(at), 9_000) as f64,
                        exposure: of(lane, 40 + u64::from(at), 400) as f64,
                    })
                    .collect(),
                money: (0..8)
                    .map(|at| MoneyChoice {
                        payment: at,
                        finance: 0,
                        hedge: 0,
                        bank_fixed: of(lane, 50 + u64::from(at), 300) as f64,
                        bank_share: of(lane, 60 + u64::from(at), 30) as f64 / 1e4,
                        financing_share: of(lane, 70 + u64::from(at), 300) as f64 / 1e4,
                        hedging_share: 0.0,
                        lead_days: of(lane, 80 + u64::from(at), 4) as i32 * 500,
                        exposure_share: of(lane, 90 + u64::from(at), 50) as f64 / 1e3,
                        exact: true,
                    })
                    .collect(),
            })
            .collect()
    }

    fn accounted(lanes: &[Lane], found: &Found) -> bool {
        let all: u64 = lanes.iter().map(Lane::plans).sum();
        let dropped: u64 = found.tallies.iter().map(|it| it.late + it.over_limit + it.dominated).sum();
        found.kept.len() as u64 + dropped + found.not_enumerated == all
    }

    /// What "beats" means, written down once more.
    fn beats(lanes: &[Lane], by: &Candidate, it: &Candidate) -> bool {
        let (one, two) = (&lanes[by.lane as usize], &lanes[it.lane as usize]);
        let (mut a, mut b) = (by.point, it.point);
        if one.offer != two.offer {
            a.cost += one.dearer_by;
            b.cost -= two.cheaper_by;
        }
        clearly_dominates(&a, &b, LIMITS.tolerance)
    }

    /// Every plan one by one, against every other.
    fn by_definition(lanes: &[Lane]) -> Vec<Candidate> {
        let mut all = Vec::new();
        for (number, lane) in lanes.iter().enumerate() {
            for at in 0..lane.trunks.len() {
                for money in 0..lane.money.len() {
                    if lane.latest_lead.is_none_or(|latest| lane.money[money].lead_days <= latest) {
                        all.push(candidate(lane, number as u32, at as u16, money as u16));
                    }
                }
            }
        }
        all.iter().filter(|it| !all.iter().any(|by| beats(lanes, by, it))).copied().collect()
    }

    proptest! {
        #[test]
        fn every_plan_is_kept_or_explained(seed in 0_u64..300, n in 1_u32..90, most in 0_u64..2_000) {
            let lanes = lanes(seed, n);
            let found = search(&lanes, &LIMITS);
            prop_assert!(accounted(&lanes, &found));
            let cut = search(&lanes, &SearchLimits { plans_at_most: most, cost_at_most: Some(120_000), ..LIMITS });
            prop_assert!(accounted(&lanes, &cut));
        }

        /// What the search keeps is on the front by definition, save for choices dropped as covered within their lane:
        /// those are no better than one that is kept or beaten.
        #[test]
        fn pruning_by_slot_loses_nothing_that_matters(seed in 0_u64..200, n in 1_u32..40) {
            let lanes = lanes(seed, n);
            let found = search(&lanes, &LIMITS).kept;
            let all = by_definition(&lanes);
            for kept in &found {
                prop_assert!(all.contains(kept));
            }
            for missed in all.iter().filter(|it| !found.contains(it)) {
                prop_assert!(found.iter().any(|it| it.point.cost <= missed.point.cost && it.point.days <= missed.point.days && it.point.third <= missed.point.third));
            }
        }

        #[test]
        fn the_order_of_lanes_does_not_matter(seed in 0_u64..100) {
            let lanes = lanes(seed, 70);
            let mut turned = lanes.clone();
            turned.reverse();
            turned.sort_by_key(|it| std::cmp::Reverse(it.offer));
            let points = |found: &Found| found.kept.iter().map(|it| (it.point.cost, it.point.days, it.point.third)).collect::<Vec<_>>();
            prop_assert_eq!(points(&search(&lanes, &LIMITS)), points(&search(&turned, &LIMITS)));
        }
    }

    #[test]
    fn one_thread_or_many_give_the_same() {
        let lanes = lanes(42, 400);
        let on = |threads| {
            rayon::ThreadPoolBuilder::new()
                .num_threads(threads)
                .build()
                .unwrap()
                .install(|| search(&lanes, &LIMITS))
        };
        assert_eq!(on(1), on(4));
    }

    #[test]
    fn a_cost_limit_is_counted_by_itself() {
        let lanes = lanes(3, 50);
        let found = search(&lanes, &SearchLimits { cost_at_most: Some(0), ..LIMITS });
        assert!(found.kept.is_empty());
        assert!(found.tallies.iter().map(|it| it.over_limit).sum::<u64>() > 0);
    }
}
