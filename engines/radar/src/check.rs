//! The independent checker: numbered invariants over a dossier and its answer. It shares no code with `cost`, `search` or
//! `assess`; it runs in tests and on every answer.

use std::fmt;

use domain::deal::{Assessment, Deals};
use domain::incoterm::Party;
use domain::{CostKind, Direction, Incoterm, Money, Total};
use serde::Serialize;

use crate::dossier::Dossier;

/// An invariant that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Broken {
    /// "PL-1"
    pub invariant: &'static str,
    pub plan: Option<String>,
    pub text: String,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.plan {
            Some(plan) => write!(f, "{} ({plan}): {}", self.invariant, self.text),
            None => write!(f, "{}: {}", self.invariant, self.text),
        }
    }
}

/// All invariants, with what they say; printed by `doctor` and the documentation.
pub const INVARIANTS: &[(&str, &str)] = &[
    ("PL-1", "the landed cost is the sum of its lines that do not come back"),
    ("PL-2", "an unknown line forbids an exact total, and only an unknown line does"),
    ("PL-3", "each line is paid by the side that the Incoterm says"),
    ("PL-4", "every line has a source, and a computed one its formula or what the source states"),
    (
        "PL-5",
        "dates do not run backwards: P10 is not after P50, nor P50 after P90, and none is before the answer",
    ),
    ("PL-6", "legs join: each begins where the one before ends"),
    ("PL-7", "amounts are in the currency of the need"),
    ("PL-8", "the range of a line holds its amount"),
    ("PL-9", "a plan within the limits of the need: cost, carbon, origins, modes, passages"),
    ("AN-1", "kept + dropped + not enumerated = all"),
    ("AN-2", "ranks count from 1 without gaps, and names are unique"),
    ("AN-3", "shares of first places lie between 0 and 100 and sum to 100"),
    ("AN-4", "every drop has a reason in words"),
    ("AN-5", "exact totals come before lower bounds"),
];

/// Checks an answer against its dossier. Empty is good.
pub fn check(dossier: &Dossier, deals: &Deals) -> Vec<Broken> {
    let mut broken = Vec::new();
    for plan in &deals.plans {
        check_plan(dossier, plan, &mut |invariant, text| {
            broken.push(Broken { invariant, plan: Some(plan.id.clone()), text });
        });
    }
    check_answer(deals, &mut |invariant, text| broken.push(Broken { invariant, plan: None, text }));
    broken
}

type Report<'r> = dyn FnMut(&'static str, String) + 'r;

fn check_plan(dossier: &Dossier, plan: &Assessment, report: &mut Report<'_>) {
    total(plan, report);
    payers(plan, report);
    evidence(plan, report);
    dates(dossier, plan, report);
    legs(plan, report);
    currencies(dossier, plan, report);
    limits(dossier, plan, report);
}

fn total(plan: &Assessment, report: &mut Report<'_>) {
    let mut sum: i128 = 0;
    let mut unknown = 0;
    for line in &plan.lines {
        if line.recoverable {
            continue;
        }
        match line.amount {
            Some(amount) => sum += i128::from(amount.minor()),
            None => unknown += 1,
        }
    }
    let (stated, exact) = match &plan.landed {
        Total::Exactly(money) => (money.minor(), true),
        Total::AtLeast { known, .. } => (known.minor(), false),
    };
    if i128::from(stated) != sum {
        report("PL-1", format!("the lines sum to {sum}, the total says {stated}"));
    }
    if exact == (unknown > 0) {
        report("PL-2", format!("{unknown} unknown lines, exact is {exact}"));
    }
}

/// Who pays what under each rule, written down a second time: the column of the first task that is the buyer's.
fn seller_pays(rule: Incoterm, kind: CostKind) -> Option<bool> {
    let step = match kind {
        CostKind::OriginCarriage | CostKind::ExportClearance => 1,
        CostKind::OriginTerminal => 2,
        CostKind::MainCarriage => 3,
        CostKind::DestinationTerminal | CostKind::DestinationCarriage => 4,
        CostKind::ImportClearance
        | CostKind::Duty
        | CostKind::AdditionalDuty
        | CostKind::AntiDumping
        | CostKind::CustomsFee
        | CostKind::Tax => 5,
        CostKind::Insurance => {
            return Some(matches!(
                rule,
                Incoterm::Cif | Incoterm::Cip | Incoterm::Dap | Incoterm::Dpu | Incoterm::Ddp
            ));
        }
        _ => return None,
    };
    let reach = match rule {
        Incoterm::Exw => 0,
        Incoterm::Fca | Incoterm::Fas => 1,
        Incoterm::Fob => 2,
        Incoterm::Cfr | Incoterm::Cif | Incoterm::Cpt | Incoterm::Cip => 3,
        Incoterm::Dap | Incoterm::Dpu => 4,
        Incoterm::Ddp => 5,
    };
    Some(step <= reach)
}

fn payers(plan: &Assessment, report: &mut Report<'_>) {
    for line in &plan.lines {
        if let Some(seller) = seller_pays(plan.incoterm, line.kind) {
            if seller != (line.payer == Party::Seller) {
                report(
                    "PL-3",
                    format!("{} is paid by the {:?} under {}", line.label, line.payer, plan.incoterm),
                );
            }
        }
    }
}

fn evidence(plan: &Assessment, report: &mut Report<'_>) {
    for line in &plan.lines {
        let because = &line.because;
        if because.source.title.is_empty() || because.source.publisher.is_empty() {
            report("PL-4", format!("{} has no source", line.label));
        }
        if line.amount.is_some() && because.formula.is_none() && because.stated.is_none() {
            report("PL-4", format!("{} says neither formula nor source's words", line.label));
        }
        if let (Some(amount), Some((low, high))) = (line.amount, line.range) {
            if low.minor() > amount.minor() || high.minor() < amount.minor() {
                report("PL-8", format!("{}: {amount} is not between {low} and {high}", line.label));
            }
        }
    }
}

fn dates(dossier: &Dossier, plan: &Assessment, report: &mut Report<'_>) {
    let it = &plan.arrival;
    if it.p10 > it.p50 || it.p50 > it.p90 || it.p10 < dossier.as_of {
        report("PL-5", format!("{} {} {}", it.p10, it.p50, it.p90));
    }
}

fn legs(plan: &Assessment, report: &mut Report<'_>) {
    for pair in plan.legs.windows(2) {
        if pair[0].to.name != pair[1].from.name {
            report("PL-6", format!("{} is not {}", pair[0].to.name, pair[1].from.name));
        }
    }
    if plan.legs.is_empty() {
        report("PL-6", "no legs".to_owned());
    }
}

fn currencies(dossier: &Dossier, plan: &Assessment, report: &mut Report<'_>) {
    let currency = dossier.need.currency;
    let amounts = plan.lines.iter().filter_map(|it| it.amount).chain([
        plan.landed.bound(),
        plan.per_unit,
        plan.exposure,
    ]);
    if amounts.map(Money::currency).any(|it| it != currency) {
        report("PL-7", format!("not all amounts are in {currency}"));
    }
}

fn limits(dossier: &Dossier, plan: &Assessment, report: &mut Report<'_>) {
    let need = &dossier.need;
    let limits = &need.limits;
    if limits.landed_at_most.is_some_and(|most| plan.landed.bound().minor() > most.minor()) {
        report("PL-9", "above the limit of cost".to_owned());
    }
    if limits.co2e_kg_at_most.is_some_and(|most| plan.carbon.transport_kg.is_some_and(|kg| kg > most as f64))
    {
        report("PL-9", "above the limit of carbon".to_owned());
    }
    let other = if need.direction == Direction::Buy { plan.origin } else { plan.destination };
    let excluded = limits.origins_never.contains(&other)
        || (!limits.origins_only.is_empty() && !limits.origins_only.contains(&other));
    if excluded {
        report("PL-9", format!("{other} is excluded"));
    }
    let shut: Vec<String> = limits
        .passages_shut
        .iter()
        .filter_map(|it| it.parse::<routes::Passage>().ok())
        .map(|it| it.name().to_owned())
        .collect();
    if plan.legs.iter().flat_map(|it| &it.passages).any(|it| shut.contains(it)) {
        report("PL-9", "goes through a passage that is shut".to_owned());
    }
}

fn check_answer(deals: &Deals, report: &mut Report<'_>) {
    let counts = &deals.counts;
    let dropped: u64 = counts.dropped.values().sum();
    if counts.kept + dropped + counts.not_enumerated != counts.all {
        report(
            "AN-1",
            format!("{} + {dropped} + {} is not {}", counts.kept, counts.not_enumerated, counts.all),
        );
    }
    let mut names: Vec<&str> = deals.plans.iter().map(|it| it.id.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let in_order = deals.plans.iter().enumerate().all(|(at, it)| it.rank as usize == at + 1);
    if names.len() != deals.plans.len() || !in_order {
        report("AN-2", "ranks or names".to_owned());
    }
    let sum: f64 = deals.plans.iter().map(|it| it.first_percent).sum();
    if !deals.plans.is_empty() && (sum - 100.0).abs() > 1e-6 {
        report("AN-3", format!("first places sum to {sum}"));
    }
    if deals.drops.iter().any(|it| it.text.is_empty()) {
        report("AN-4", "a drop without words".to_owned());
    }
    if deals.plans.windows(2).any(|pair| !pair[0].landed.is_exact() && pair[1].landed.is_exact()) {
        report("AN-5", "a lower bound comes before an exact total".to_owned());
    }
}
