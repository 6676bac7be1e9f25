//! When nothing stands: the smallest changes of the need that would make a plan possible. Each is proved by deciding the
//! changed need, not guessed.

use domain::calendar::{add_days, days_between};
use domain::deal::{Deals, Relaxation};
use domain::{Limits, Mode, Money, Need, Total};

use crate::decide::{Board, DecideError, decide_unchecked};
use crate::dossier::Dossier;
use crate::lanes;
use crate::rank;

/// Relaxations of a need that has no plan, smallest of each kind.
pub(crate) fn relaxations(dossier: &Dossier, board: &Board<'_>) -> Result<Vec<Relaxation>, DecideError> {
    let mut all = Vec::new();
    all.extend(later(dossier, board)?);
    all.extend(dearer(dossier)?);
    all.extend(more_carbon(dossier)?);
    all.extend(less_certain(dossier)?);
    all.extend(split(dossier, board));
    all.extend(excluded(dossier));
    Ok(all)
}

fn best(deals: &Deals) -> Option<(Total, domain::Date)> {
    deals.plans.first().map(|it| (it.landed.clone(), it.arrival.p50))
}

fn proved(kind: &str, text: String, deals: &Deals, need: Need) -> Option<Relaxation> {
    let (landed, arrives) = best(deals)?;
    Some(Relaxation {
        kind: kind.to_owned(),
        text,
        landed: Some(landed),
        arrives_p50: Some(arrives),
        need: Some(need),
    })
}

/// The need with other limits.
fn with_limits(need: &Need, change: impl FnOnce(&mut Limits)) -> Need {
    let mut need = need.clone();
    change(&mut need.limits);
    need
}

/// The earliest deadline that some lane keeps.
fn later(dossier: &Dossier, board: &Board<'_>) -> Result<Option<Relaxation>, DecideError> {
    let Some(deadline) = dossier.need.deadline else { return Ok(None) };
    let share = dossier.need.limits.on_time_at_least.map_or(0.5, domain::Ppm::to_f64);
    let soonest = board
        .open
        .iter()
        .filter_map(|it| {
            let lead = it.lane.money.iter().map(|choice| choice.lead_days).min()?;
            Some(rank::quantile(&it.days, share) + f64::from(lead) / 100.0)
        })
        .min_by(f64::total_cmp);
    let Some(days) = soonest else { return Ok(None) };
    // Whole days, and one more where rounding to hundredths would cut it short.
    let mut date = add_days(dossier.as_of, days.ceil() as i32);
    for _ in 0..2 {
        let mut changed = dossier.clone();
        changed.need.deadline = Some(date);
        let deals = decide_unchecked(&changed, false)?;
        if !deals.plans.is_empty() {
            let more = days_between(deadline, date);
            let text = format!("a deadline of {date}, {more} days later");
            return Ok(proved("deadline", text, &deals, changed.need));
        }
        date = add_days(date, 1);
    }
    Ok(None)
}

fn dearer(dossier: &Dossier) -> Result<Option<Relaxation>, DecideError> {
    let Some(limit) = dossier.need.limits.landed_at_most else { return Ok(None) };
    let mut changed = dossier.clone();
    changed.need.limits.landed_at_most = None;
    let deals = decide_unchecked(&changed, false)?;
    let cheapest = deals.plans.iter().map(|it| it.landed.bound()).min_by_key(|it| it.minor());
    Ok(cheapest.and_then(|least| {
        let need = with_limits(&changed.need, |it| it.landed_at_most = Some(least));
        proved("limit", format!("a limit of cost of {least} instead of {limit}"), &deals, need)
    }))
}

fn more_carbon(dossier: &Dossier) -> Result<Option<Relaxation>, DecideError> {
    let Some(limit) = dossier.need.limits.co2e_kg_at_most else { return Ok(None) };
    let mut changed = dossier.clone();
    changed.need.limits.co2e_kg_at_most = None;
    let deals = decide_unchecked(&changed, false)?;
    let least = deals.plans.iter().filter_map(|it| it.carbon.transport_kg).min_by(f64::total_cmp);
    Ok(least.and_then(|kg| {
        let need = with_limits(&changed.need, |it| it.co2e_kg_at_most = Some(kg.ceil() as u64));
        let text = format!("a limit of carbon of {:.0} kg CO2e instead of {limit}", kg.ceil());
        proved("limit", text, &deals, need)
    }))
}

fn less_certain(dossier: &Dossier) -> Result<Option<Relaxation>, DecideError> {
    let Some(wanted) = dossier.need.limits.on_time_at_least else { return Ok(None) };
    let mut changed = dossier.clone();
    changed.need.limits.on_time_at_least = None;
    let deals = decide_unchecked(&changed, false)?;
    let most = deals.plans.iter().filter_map(|it| it.arrival.on_time_percent).max_by(f64::total_cmp);
    Ok(most.and_then(|percent| {
        // Asked without a least chance: the share of another set of draws may lie a little below this one.
        let text = format!("{percent:.0} % certainty of being on time instead of {wanted}");
        proved("certainty", text, &deals, changed.need.clone())
    }))
}

/// Part by the fastest way, rest by the cheapest: the part that can be there by the deadline (or sooner than all by one way), and
/// when and at what cost the rest follows. With a limit of cost, the part is as large as the limit allows.
fn split(dossier: &Dossier, board: &Board<'_>) -> Option<Relaxation> {
    let deadline = dossier.need.deadline?;
    // Ways that the need's modes exclude are not in this dossier; what there is beside the sea decides.
    let days = |it: &lanes::Prepared| rank::quantile(&it.days, 0.5);
    let cost = |it: &lanes::Prepared| it.lane.trunks.iter().map(|trunk| trunk.cost).min().unwrap_or(i64::MAX);
    let fast = board
        .open
        .iter()
        .filter(|it| it.way(board.facts).main_mode() == Mode::Air)
        .min_by(|a, b| days(a).total_cmp(&days(b)));
    let slow = board
        .open
        .iter()
        .filter(|it| it.way(board.facts).main_mode() != Mode::Air)
        .min_by_key(|it| cost(it))?;
    let arrives = |it: &lanes::Prepared| add_days(dossier.as_of, days(it).ceil() as i32);
    let currency = dossier.need.currency;
    let Some(fast) = fast else {
        let soonest = board.open.iter().min_by(|a, b| days(a).total_cmp(&days(b)))?;
        return Some(Relaxation {
            kind: "split".to_owned(),
            text: format!(
                "allow air for a part: by sea alone the first goods are there on {}, not by {deadline}; the rest may follow by sea on {}",
                arrives(soonest),
                arrives(slow)
            ),
            landed: None,
            arrives_p50: Some(arrives(slow)),
            need: None,
        });
    };
    let share = match dossier.need.limits.landed_at_most {
        Some(limit) if cost(fast) > limit.minor() && cost(fast) > cost(slow) => {
            ((limit.minor() - cost(slow)) as f64 / (cost(fast) - cost(slow)) as f64).clamp(0.0, 1.0)
        }
        _ => 0.3,
    };
    let total = (share * cost(fast) as f64 + (1.0 - share) * cost(slow) as f64).round() as i64;
    let part = dossier.mass_kg * share;
    Some(Relaxation {
        kind: "split".to_owned(),
        text: format!(
            "{part:.0} kg by air from {}, there on {}; the other {:.0} kg by {} from {}, there on {}; about {} before payment",
            fast.supply(board.facts).economy_name,
            arrives(fast),
            dossier.mass_kg - part,
            slow.way(board.facts).main_mode(),
            slow.supply(board.facts).economy_name,
            arrives(slow),
            Money::from_minor(total, currency)
        ),
        landed: None,
        arrives_p50: Some(arrives(slow)),
        need: None,
    })
}

/// What the person or a law excluded that would otherwise be there.
fn excluded(dossier: &Dossier) -> Vec<Relaxation> {
    let limits = &dossier.need.limits;
    let mut all = Vec::new();
    let mut add = |kind: &str, text: String, change: fn(&mut Limits)| {
        let need = Some(with_limits(&dossier.need, change));
        all.push(Relaxation { kind: kind.to_owned(), text, landed: None, arrives_p50: None, need });
    };
    if !limits.origins_only.is_empty() || !limits.origins_never.is_empty() {
        add("origin", "admit the economies that the need leaves out".to_owned(), |it| {
            it.origins_only.clear();
            it.origins_never.clear();
        });
    }
    if !limits.modes_only.is_empty() {
        let words: Vec<&str> = limits.modes_only.iter().map(|it| it.word()).collect();
        add("mode", format!("admit other modes than {}", words.join(", ")), |it| it.modes_only.clear());
    }
    if !limits.passages_shut.is_empty() {
        add("passage", format!("open {}", limits.passages_shut.join(", ")), |it| it.passages_shut.clear());
    }
    all
}
