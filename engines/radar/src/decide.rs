//! From a dossier to deals: propose, prune, rank, sample, assess, check. Pure; read it from top to bottom.

use std::collections::BTreeMap;

use domain::calendar::days_between;
use domain::deal::{self, Counts, Deals, Drop, DropReason, Plan};
use domain::{DomainError, Finding, Incoterm, Money, Severity};
use finance::Hedge;
use rayon::prelude::*;
use thiserror::Error;

use crate::assess;
use crate::check::{self, Broken};
use crate::cost::{self, Cover, Factors};
use crate::dossier::{Dossier, Supply, Way};
use crate::explain;
use crate::facts::{Facts, FactsError};
use crate::lanes::{self, Out, Prepared};
use crate::money::{self, Desk, Funding};
use crate::ocba::{self, Drawn};
use crate::rank::{self, Scale, Standing};
use crate::relax;
use crate::sample::{self, LaneClock};
use crate::search::{self, Candidate, Found, Lane, SearchLimits};

/// A dossier that gives no answer: that is a fault, not an answer of "no plan".
#[derive(Debug, Error)]
pub enum DecideError {
    #[error(transparent)]
    Facts(#[from] FactsError),
    #[error(transparent)]
    Domain(#[from] DomainError),
    /// PRP-1803
    #[error("PRP-1803: the dossier cannot be hashed: {0}")]
    Hash(#[from] serde_json::Error),
    /// PRP-1804
    #[error("PRP-1804: an answer broke its own invariants, which is a fault of Periplus; please report the dossier. Broken: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Broken(Vec<Broken>),
}

/// Decides, and checks the answer by the independent invariants.
///
/// # Errors
/// The dossier is incomplete, or the answer broke an invariant.
pub fn decide(dossier: &Dossier) -> Result<Deals, DecideError> {
    let deals = decide_unchecked(dossier, true)?;
    let broken = check::check(dossier, &deals);
    if broken.is_empty() { Ok(deals) } else { Err(DecideError::Broken(broken)) }
}

/// As [`decide`], without the check and, when asked, without looking for relaxations (which decide again).
pub(crate) fn decide_unchecked(dossier: &Dossier, with_relaxations: bool) -> Result<Deals, DecideError> {
    let facts = Facts::open(dossier)?;
    let desks = lanes::desks(&facts, |economy| dossier.currencies.get(&economy).copied());
    let prepared = lanes::prepare(&facts, &desks);
    let (open, outs): (Vec<&Prepared>, Vec<&Prepared>) = prepared.iter().partition(|it| it.out.is_none());
    let lanes: Vec<Lane> = open.iter().map(|it| it.lane.clone()).collect();
    let found = search::search(&lanes, &limits(dossier));
    let board = Board { facts: &facts, desks: &desks, open: &open };
    let ranked = board.rank(&found.kept);
    let drops = board.drops(&outs, &found, &ranked);
    let drawn = board.draw(&ranked);
    let plans = board.assess(&ranked, &drawn)?;
    let counts = board.counts(&prepared, &found, &drops, plans.len());
    let mut deals = Deals {
        schema: deal::SCHEMA.to_owned(),
        need: dossier.need.clone(),
        as_of: dossier.as_of,
        seed: dossier.seed,
        dossier: dossier.hash()?,
        counts,
        plans,
        drops,
        findings: dossier.findings.clone(),
        questions: Vec::new(),
        relaxations: Vec::new(),
        missing: Vec::new(),
        draws: drawn.iter().map(|it| it.costs.len() as u64).sum(),
    };
    deals.findings.extend(large_and_absent(&deals, dossier));
    deals.missing = missing(&deals, dossier);
    explain::thresholds(&board, &ranked, &mut deals);
    deals.questions = explain::questions(&board, &ranked, &drawn, &deals);
    if deals.plans.is_empty() && with_relaxations {
        deals.relaxations = relax::relaxations(dossier, &board)?;
    }
    Ok(deals)
}

fn limits(dossier: &Dossier) -> SearchLimits {
    let need = &dossier.need;
    let most = need.limits.landed_at_most.filter(|it| it.currency() == need.currency);
    SearchLimits {
        tolerance: dossier.settings.tolerance(),
        cost_at_most: most.map(Money::minor),
        plans_at_most: dossier.settings.plans_at_most,
    }
}

/// A supplier (or market) that holds much of the world's trade and is not on the page is said by itself, with the reason.
fn large_and_absent(deals: &Deals, dossier: &Dossier) -> Option<Finding> {
    let offers = dossier.supplies.iter().map(|it| (&it.offer, it.economy_name.as_str()));
    let (offer, name) = offers.max_by_key(|it| it.0.world_share.map_or(0, |it| it.0))?;
    let share = offer.world_share.filter(|it| it.0 >= LARGE_SHARE_PPM)?;
    let shown = deals.plans.iter().any(|it| it.origin == offer.economy || it.destination == offer.economy);
    if shown || deals.plans.is_empty() {
        return None;
    }
    let reason =
        deals.drops.iter().filter(|it| it.origin == Some(offer.economy)).max_by_key(|it| it.count)?;
    let percent = share.to_f64() * 100.0;
    let text = format!(
        "{name} holds {percent:.0} % of the world's trade in these goods and is not among the plans: {}",
        reason.text
    );
    Some(Finding::new(1844, Severity::Note, text).hint(format!("periplus radar why-not {}", offer.economy)))
}

/// Facts that were looked for and not found: what was missed in gathering, and what makes totals lower bounds.
fn missing(deals: &Deals, dossier: &Dossier) -> Vec<String> {
    let mut all = dossier.missing.clone();
    for plan in &deals.plans {
        if let domain::Total::AtLeast { unknown, .. } = &plan.landed {
            all.extend(unknown.iter().map(|line| format!("{line} ({})", plan.origin)));
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    all.retain(|it| seen.insert(it.clone()));
    all
}

/// What money costs by the year where no rate is known, to price time.
const PRICE_OF_TIME: f64 = 0.08;
/// From this share of the world's trade on, an economy is expected on the page.
const LARGE_SHARE_PPM: i64 = 200_000;

/// Everything worked out for a dossier, for those who rank, assess and explain.
#[derive(Clone, Copy)]
pub(crate) struct Board<'b> {
    pub(crate) facts: &'b Facts<'b>,
    pub(crate) desks: &'b [Desk],
    /// Lanes that were searched, in the order of the search.
    pub(crate) open: &'b [&'b Prepared],
}

/// A candidate with its choices resolved.
#[derive(Clone, Copy)]
pub(crate) struct Chosen<'b> {
    pub(crate) candidate: Candidate,
    pub(crate) prepared: &'b Prepared,
    pub(crate) supply: &'b Supply,
    pub(crate) way: &'b Way,
    pub(crate) desk: &'b Desk,
    pub(crate) rule: Incoterm,
    pub(crate) cover: Cover,
    pub(crate) option: &'b payments::PaymentOption,
    pub(crate) funding: Funding,
    pub(crate) hedge: Hedge,
    pub(crate) invoice: f64,
}

/// A candidate with its place in the order.
pub(crate) struct Placed<'b> {
    pub(crate) chosen: Chosen<'b>,
    pub(crate) standing: Standing,
    pub(crate) score: f64,
    pub(crate) parts: BTreeMap<String, f64>,
}

/// The candidates in order, and what became of each.
pub(crate) struct Ranked<'b> {
    pub(crate) all: Vec<Placed<'b>>,
    pub(crate) scale: Scale,
    /// Indices into `all` that are shown, and how many look-alikes each speaks for.
    pub(crate) shown: Vec<(usize, u64)>,
    /// For each of `all`.
    pub(crate) fate: Vec<Fate>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    Shown,
    /// Folded under this index of `all`.
    Under(usize),
    Beyond,
}

/// Costs, days and scores of a shown plan, one for each of its scenarios.
pub(crate) struct Draw {
    pub(crate) costs: Vec<f64>,
    pub(crate) days: Vec<f64>,
    pub(crate) scores: Vec<f64>,
}

impl Chosen<'_> {
    pub(crate) fn plan(&self) -> Plan {
        let lane = &self.prepared.lane;
        let choice = &lane.money[usize::from(self.candidate.money)];
        let trunk = &lane.trunks[usize::from(self.candidate.trunk)];
        Plan {
            offer: lane.offer,
            route: lane.route,
            terms: trunk.terms,
            payment: choice.payment,
            finance: choice.finance,
            hedge: choice.hedge,
            cover: trunk.cover,
        }
    }

    /// What look-alikes share: supplier or economy, corridor and payment family.
    fn group(&self) -> (String, String, &'static str) {
        (self.supply.offer.id.clone(), self.way.corridor.clone(), money::family(self.option.terms))
    }

    pub(crate) fn money(&self) -> &search::MoneyChoice {
        &self.prepared.lane.money[usize::from(self.candidate.money)]
    }

    /// "CN sea:CNSHA-GBFXT": what is shared by all plans of a lane.
    pub(crate) fn lane_name(&self) -> String {
        format!(
            "{} by {}",
            self.supply.offer.firm.as_deref().unwrap_or(&self.supply.economy_name),
            self.way.name()
        )
    }
}

impl<'b> Board<'b> {
    pub(crate) fn choose(&self, candidate: Candidate) -> Chosen<'b> {
        let prepared = self.open[candidate.lane as usize];
        let supply = &self.facts.dossier.supplies[prepared.supply];
        let desk = &self.desks[prepared.supply];
        let choice = &prepared.lane.money[usize::from(candidate.money)];
        let trunk = &prepared.lane.trunks[usize::from(candidate.trunk)];
        Chosen {
            candidate,
            prepared,
            supply,
            way: &supply.ways[prepared.way],
            desk,
            rule: prepared.rules[usize::from(trunk.terms)],
            cover: Cover::ALL[usize::from(trunk.cover)],
            option: &desk.options[usize::from(choice.payment)],
            funding: Funding::ALL[usize::from(choice.finance)],
            hedge: desk.hedges[usize::from(choice.hedge)],
            invoice: trunk.invoice,
        }
    }

    fn standing(&self, chosen: &Chosen<'_>) -> Standing {
        let point = chosen.candidate.point;
        let lane = &chosen.prepared.lane;
        let trunk = &lane.trunks[usize::from(chosen.candidate.trunk)];
        let choice = chosen.money();
        let exposure = self.exposure(chosen, trunk.cover);
        let cash = lanes::cash_months(
            self.facts,
            chosen.desk,
            chosen.prepared,
            choice.payment,
            choice.finance,
            chosen.invoice,
        );
        [
            point.exact.then(|| self.expected_cost(chosen) as f64),
            Some(self.arrival_axis(chosen, &chosen.prepared.days, f64::from(choice.lead_days) / 100.0)),
            chosen.prepared.carbon.total_kg.as_ref().map(|it| it.value),
            Some(exposure),
            Some(cash),
        ]
    }

    /// What the profile weighs of the arrival. With a deadline it is the chance of missing it, percent: to be there weeks before is
    /// worth nothing by itself. Without one, time is worth its interest: the median of the days at what money costs, minor units.
    fn arrival_axis(&self, chosen: &Chosen<'_>, days: &[f64], lead: f64) -> f64 {
        let dossier = self.facts.dossier;
        match dossier.need.deadline {
            None => {
                let rate = money::yearly_rate(self.facts, chosen.desk, Funding::Own).unwrap_or(PRICE_OF_TIME);
                (rank::quantile(days, 0.5) + lead) / 365.0 * rate * chosen.invoice
            }
            Some(deadline) => {
                let allowed = f64::from(days_between(dossier.as_of, deadline));
                let late = days.iter().filter(|it| **it + lead > allowed).count();
                100.0 * late as f64 / days.len().max(1) as f64
            }
        }
    }

    /// Cost with the goods' price at its mean by Swanson's rule, 0.3 P10 + 0.4 P50 + 0.3 P90 (Hurst, Brown and Swanson 2000): what
    /// the profile weighs, because the middle of a skewed range says too little of what the goods will cost.
    fn expected_cost(&self, chosen: &Chosen<'_>) -> i64 {
        let ratio = chosen
            .supply
            .offer
            .price_per_kg
            .filter(|it| it.mid > 0.0)
            .map_or(1.0, |price| (0.3 * price.low + 0.4 * price.mid + 0.3 * price.high) / price.mid);
        self.cost(chosen, Factors { goods: ratio, ..Factors::MIDDLE })
    }

    /// Money at risk that the choices leave open, minor units; the same whatever the third axis is.
    pub(crate) fn exposure(&self, chosen: &Chosen<'_>, cover: u16) -> f64 {
        let cover = Cover::ALL[usize::from(cover)];
        let parts = lanes::middle(self.facts, &chosen.prepared.ground, cover);
        let to_ship = money::lead_days(self.facts, chosen.supply).value.mid;
        let (_, open) = money::hedging_share(self.facts, chosen.supply, chosen.option, chosen.hedge, to_ship);
        let share = open + money::credit_exposure(self.facts, chosen.option.terms);
        lanes::cargo_exposure(self.facts, &parts, cover) + share * chosen.invoice
    }

    /// Places the plans that stand by the profile, folds look-alikes, and cuts the list. Exact totals come before lower bounds.
    fn rank(&self, kept: &[Candidate]) -> Ranked<'b> {
        let settings = &self.facts.dossier.settings;
        let wishes = &self.facts.dossier.need.wishes;
        let with_standing: Vec<(Chosen<'b>, Standing)> = kept
            .par_iter()
            .map(|&it| {
                let chosen = self.choose(it);
                let standing = self.standing(&chosen);
                (chosen, standing)
            })
            .collect();
        let scale = Scale::of(with_standing.iter().map(|it| &it.1));
        let timeless = self.facts.dossier.need.deadline.is_none();
        let scale = if timeless { scale.with_arrival_as_cost() } else { scale };
        let mut all: Vec<Placed<'b>> = with_standing
            .into_iter()
            .map(|(chosen, standing)| {
                let (score, parts) = rank::score(&standing, &scale, wishes);
                Placed { chosen, standing, score, parts }
            })
            .collect();
        all.sort_by(|a, b| {
            let exact = |it: &Placed<'_>| !it.chosen.candidate.point.exact;
            exact(a)
                .cmp(&exact(b))
                .then(a.score.total_cmp(&b.score))
                .then(a.chosen.candidate.point.cost.cmp(&b.chosen.candidate.point.cost))
                .then(a.chosen.plan().cmp(&b.chosen.plan()))
        });
        let keys: Vec<_> = all.iter().map(|it| it.chosen.group()).collect();
        let (firsts, under) = rank::fold_groups(&keys);
        let mut fate: Vec<Fate> = under.into_iter().map(|it| it.map_or(Fate::Beyond, Fate::Under)).collect();
        // The cheapest, the soonest and the best of the largest supplier are always on the page, whatever the profile says: a
        // reader asks for them first.
        let exact_first = |it: &&(usize, u64)| !all[it.0].chosen.candidate.point.exact;
        let point = |it: &&(usize, u64)| all[it.0].chosen.candidate.point;
        let cheapest = firsts.iter().min_by_key(|it| (exact_first(it), point(it).cost)).map(|it| it.0);
        let soonest = firsts.iter().min_by_key(|it| (exact_first(it), point(it).days)).map(|it| it.0);
        let share = |it: &&(usize, u64)| all[it.0].chosen.supply.offer.world_share.map_or(0, |it| it.0);
        let most = firsts.iter().map(|it| share(&it)).max().unwrap_or(0);
        let largest = firsts.iter().find(|it| most >= LARGE_SHARE_PPM && share(it) == most).map(|it| it.0);
        let wanted: Vec<usize> = cheapest.into_iter().chain(soonest).chain(largest).collect();
        // A plan far dearer than the cheapest is on the page only when it is one of those.
        let dearest = cheapest.map_or(i64::MAX, |it| {
            let cost = all[it].chosen.candidate.point.cost;
            cost.saturating_add((cost.unsigned_abs() as f64 * settings.shown_within.to_f64()) as i64)
        });
        // Of one origin, plans by different corridors are shown; another way to pay for the same corridor is one question away.
        let mut by_origin: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let mut shown = Vec::new();
        for &(first, look_alikes) in &firsts {
            let chosen = &all[first].chosen;
            let corridors = by_origin.entry(chosen.supply.offer.id.as_str()).or_default();
            let corridor = chosen.way.corridor.as_str();
            if corridors.contains(&corridor) {
                continue;
            }
            let still_wanted = wanted.iter().filter(|it| **it > first).count();
            let room =
                shown.len() + still_wanted < settings.shortlist && corridors.len() < settings.per_origin;
            let sensible = chosen.candidate.point.cost <= dearest;
            if wanted.contains(&first) || (room && sensible) {
                corridors.push(corridor);
                fate[first] = Fate::Shown;
                shown.push((first, look_alikes));
            }
        }
        Ranked { all, scale, shown, fate }
    }

    /// Draws the scenarios of the shown plans: all get the first ones; the rest of the budget goes to where the order is in doubt.
    fn draw(&self, ranked: &Ranked<'b>) -> Vec<Draw> {
        let settings = &self.facts.dossier.settings;
        let (first, most) =
            (settings.scenarios_first.max(2), settings.scenarios.max(settings.scenarios_first).max(2));
        let draws: Vec<Draw> = self.draw_up_to(ranked, &vec![first; ranked.shown.len()]);
        let drawn: Vec<Drawn> = draws.iter().map(summary).collect();
        let budget = most.saturating_mul(drawn.len() as u32) / 2;
        let wanted: Vec<u32> =
            ocba::allocate(&drawn, budget).into_iter().map(|it| it.clamp(first, most)).collect();
        self.draw_up_to(ranked, &wanted)
    }

    fn draw_up_to(&self, ranked: &Ranked<'b>, counts: &[u32]) -> Vec<Draw> {
        ranked
            .shown
            .par_iter()
            .zip(counts)
            .map(|(&(at, _), &count)| {
                let placed = &ranked.all[at];
                let mut draw = Draw { costs: Vec::new(), days: Vec::new(), scores: Vec::new() };
                let clock = LaneClock::new(self.facts, placed.chosen.supply, placed.chosen.way);
                for scenario in 0..count {
                    let (cost, days) = self.scenario(&placed.chosen, &clock, scenario);
                    let mut standing = placed.standing;
                    standing[0] = standing[0].map(|_| cost);
                    standing[1] = Some(self.arrival_axis(&placed.chosen, &[days], 0.0));
                    draw.scores
                        .push(rank::score(&standing, &ranked.scale, &self.facts.dossier.need.wishes).0);
                    draw.costs.push(cost);
                    draw.days.push(days);
                }
                draw
            })
            .collect()
    }

    /// Cost (minor units, a lower bound when a part is unknown) and days of a plan in one scenario.
    fn scenario(&self, chosen: &Chosen<'_>, clock: &LaneClock<'_>, scenario: u32) -> (f64, f64) {
        let facts = self.facts;
        let to_ship = money::lead_days(facts, chosen.supply).value.mid;
        let open = sample::open_position(facts, chosen.option, chosen.hedge, to_ship);
        let factors = sample::factors(facts, chosen.supply, chosen.way, open, scenario);
        let days = clock.days(scenario) + f64::from(chosen.money().lead_days) / 100.0;
        (self.cost(chosen, factors) as f64, days)
    }

    /// Cost of a plan under factors, minor units.
    pub(crate) fn cost(&self, chosen: &Chosen<'_>, factors: Factors) -> i64 {
        let parts = cost::parts(self.facts, &chosen.prepared.ground, chosen.cover, factors);
        parts.sum().0 + chosen.money().cost(parts.invoice(chosen.rule) as f64)
    }

    fn assess(&self, ranked: &Ranked<'b>, drawn: &[Draw]) -> Result<Vec<deal::Assessment>, DomainError> {
        let scores: Vec<Vec<f64>> = drawn.iter().map(|it| it.scores.clone()).collect();
        let firsts = rank::first_percent(&scores);
        let names = names(ranked);
        ranked
            .shown
            .iter()
            .enumerate()
            .map(|(place, &(at, look_alikes))| {
                let seat = assess::Seat {
                    id: names[place].clone(),
                    rank: place as u32 + 1,
                    first_percent: firsts[place],
                    look_alikes,
                };
                assess::assess(self, &ranked.all[at], &ranked.scale, &drawn[place], seat)
            })
            .collect()
    }

    /// Why the plans that are not shown are not: by lane, and by plan where the plans of a lane part ways.
    fn drops(&self, outs: &[&Prepared], found: &Found, ranked: &Ranked<'b>) -> Vec<Drop> {
        let mut drops = self.facts.dossier.drops.clone();
        drops.extend(self.desks.iter().enumerate().flat_map(|(at, desk)| self.no_path(at, desk)));
        drops.extend(outs.iter().map(|it| self.out(it)));
        for (lane, tally) in found.tallies.iter().enumerate() {
            let prepared = self.open[lane];
            drops.extend((tally.late > 0).then(|| self.late(prepared, tally.late)));
            drops.extend((tally.over_limit > 0).then(|| self.over_limit(prepared, tally.over_limit)));
            drops.extend((tally.dominated > 0).then(|| self.dominated(prepared, tally)));
        }
        drops.extend(self.folded(ranked));
        drops
    }

    fn lane_drop(&self, prepared: &Prepared, reason: DropReason, text: String, count: u64) -> Drop {
        let supply = prepared.supply(self.facts);
        Drop {
            reason,
            origin: Some(supply.offer.economy),
            route: Some(prepared.way(self.facts).name()),
            choice: supply.offer.firm.clone(),
            text,
            count,
            by: None,
        }
    }

    fn no_path<'a>(&'a self, at: usize, desk: &'a Desk) -> impl Iterator<Item = Drop> + 'a {
        let supply = &self.facts.dossier.supplies[at];
        desk.dropped.iter().map(move |it| Drop {
            reason: DropReason::NoPath,
            origin: Some(supply.offer.economy),
            route: None,
            choice: Some(format!("{} in {}", it.terms, it.currency)),
            text: it.reason.clone(),
            // A way to pay that was never a choice: it counts once, not once for every route.
            count: 1,
            by: None,
        })
    }

    fn out(&self, prepared: &Prepared) -> Drop {
        let plans = prepared.lane.plans();
        match prepared.out.as_ref() {
            Some(Out::Prohibited(text)) => {
                self.lane_drop(prepared, DropReason::Prohibited, text.clone(), plans)
            }
            Some(Out::Carbon { kg, most }) => {
                let text = format!("{kg:.0} kg CO2e, the limit is {most}");
                self.lane_drop(prepared, DropReason::OverLimit, text, plans)
            }
            Some(Out::Capacity(text)) => self.lane_drop(prepared, DropReason::Capacity, text.clone(), plans),
            None => self.lane_drop(prepared, DropReason::Dominated, String::new(), 0),
        }
    }

    fn late(&self, prepared: &Prepared, count: u64) -> Drop {
        let dossier = self.facts.dossier;
        let days = rank::quantile(&prepared.days, 0.5);
        let allowed = dossier.need.deadline.map_or(0, |it| days_between(dossier.as_of, it));
        let share = dossier.need.limits.on_time_at_least.map_or(0.5, domain::Ppm::to_f64) * 100.0;
        let lead = prepared.lane.money.iter().map(|it| it.lead_days).min().unwrap_or(0);
        let needed = rank::quantile(&prepared.days, share / 100.0) + f64::from(lead) / 100.0;
        let text = if needed > f64::from(allowed) {
            format!("{needed:.0} days in {share:.0} % of cases (middle {days:.0}); {allowed} days are left")
        } else {
            format!(
                "{needed:.0} days with the quickest terms of payment are in time, {allowed} days being left; terms that start later (a letter of credit to open, an advance to wait for) are not"
            )
        };
        self.lane_drop(prepared, DropReason::Deadline, text, count)
    }

    fn over_limit(&self, prepared: &Prepared, count: u64) -> Drop {
        let least = prepared.lane.trunks.iter().map(|it| it.cost).min().unwrap_or(0);
        let currency = self.facts.dossier.need.currency;
        let text = format!("costs {} or more before payment", Money::from_minor(least, currency));
        self.lane_drop(prepared, DropReason::OverLimit, text, count)
    }

    fn dominated(&self, prepared: &Prepared, tally: &search::LaneTally) -> Drop {
        let by = tally.by.map(|(lane, trunk, money)| self.choose(self.candidate(lane, trunk, money)));
        let text = match &by {
            Some(by) => format!(
                "beaten on every axis, by {} with {} (cost {}, {:.0} days)",
                by.lane_name(),
                by.option.terms,
                Money::from_minor(by.candidate.point.cost, self.facts.dossier.need.currency),
                f64::from(by.candidate.point.days) / 100.0
            ),
            None => "beaten on every axis".to_owned(),
        };
        let mut drop = self.lane_drop(prepared, DropReason::Dominated, text, tally.dominated);
        drop.by = by.map(|it| it.lane_name());
        drop
    }

    /// The candidate at a position, with its point worked out anew.
    pub(crate) fn candidate(&self, lane: u32, trunk: u16, money: u16) -> Candidate {
        search::candidate(&self.open[lane as usize].lane, lane, trunk, money)
    }

    fn folded(&self, ranked: &Ranked<'b>) -> Vec<Drop> {
        let names = names(ranked);
        let name_of =
            |at: usize| ranked.shown.iter().position(|it| it.0 == at).map(|place| names[place].clone());
        let mut groups: BTreeMap<(DropReason, usize, Option<String>), (u64, String)> = BTreeMap::new();
        for (placed, fate) in ranked.all.iter().zip(&ranked.fate) {
            let lane = placed.chosen.candidate.lane as usize;
            let (key, text) = match *fate {
                Fate::Shown => continue,
                Fate::Under(first) if name_of(first).is_some() => {
                    let by = name_of(first);
                    let text = format!(
                        "like {}: same supplier, corridor and kind of payment",
                        by.clone().unwrap_or_default()
                    );
                    ((DropReason::LookAlike, lane, by), text)
                }
                Fate::Under(_) | Fate::Beyond => {
                    let text = "stands, but others come first; ask for more plans or more for each origin"
                        .to_owned();
                    ((DropReason::BeyondShortlist, lane, None), text)
                }
            };
            groups.entry(key).or_insert((0, text)).0 += 1;
        }
        groups
            .into_iter()
            .map(|((reason, lane, by), (count, text))| Drop {
                by,
                ..self.lane_drop(self.open[lane], reason, text, count)
            })
            .collect()
    }

    fn counts(&self, prepared: &[Prepared], found: &Found, drops: &[Drop], kept: usize) -> Counts {
        let mut dropped: BTreeMap<String, u64> = BTreeMap::new();
        for drop in drops {
            *dropped.entry(drop.reason.word().to_owned()).or_default() += drop.count;
        }
        let supplies = &self.facts.dossier.supplies;
        // Counted from what went in, not from what came out: `check` compares the two.
        let plans: u64 = prepared.iter().map(|it| it.lane.plans()).sum();
        let before: u64 = self.facts.dossier.drops.iter().map(|it| it.count).sum();
        let paths: u64 = self.desks.iter().map(|it| it.dropped.len() as u64).sum();
        let kept = kept as u64;
        Counts {
            all: plans + before + paths,
            kept,
            dropped,
            not_enumerated: found.not_enumerated,
            origins: supplies.len() as u64,
            routes: supplies.iter().map(|it| it.ways.len() as u64).sum(),
        }
    }
}

fn summary(draw: &Draw) -> Drawn {
    let n = draw.scores.len() as f64;
    let mean = draw.scores.iter().sum::<f64>() / n;
    let variance = draw.scores.iter().map(|it| (it - mean).powi(2)).sum::<f64>() / (n - 1.0).max(1.0);
    Drawn { mean, deviation: variance.sqrt(), count: draw.scores.len() as u32 }
}

/// Names of the shown plans: supplier or economy, mode, and a number: "CN-sea-1".
pub(crate) fn names(ranked: &Ranked<'_>) -> Vec<String> {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    ranked
        .shown
        .iter()
        .map(|&(at, _)| {
            let chosen = &ranked.all[at].chosen;
            let stem = format!("{}-{}", chosen.supply.offer.id.replace(':', ""), chosen.way.main_mode());
            let count = seen.entry(stem.clone()).or_default();
            *count += 1;
            format!("{stem}-{count}")
        })
        .collect()
}
