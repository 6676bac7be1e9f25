//! The order of plans under watch, small enough to keep ten thousand of them, and what changed between two.

use std::collections::BTreeMap;

use domain::deal::{Assessment, Deals};
use domain::{CostKind, Date, Money, Need, Total};
use radar::Settings;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

/// More plans are shown by no usual scan; those beyond are not watched.
const PLANS_MOST: usize = 50;
/// Plans that an alert shows.
const SHOWN: usize = 5;

/// What a watch keeps: how to ask again, and what was answered last.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Saved {
    pub question: Question,
    pub as_of: Date,
    /// The plan that is watched, by its key; the whole order when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<String>,
    pub sentence: String,
    pub order: Vec<Kept>,
    /// Why there is no plan, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

/// A question that is asked again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    pub need: Need,
    pub settings: Settings,
    pub seed: u64,
    #[serde(default)]
    pub use_quotes: bool,
}

/// A plan in an order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// What stays the same from answer to answer: who, by which way, paid how.
    pub key: String,
    pub id: String,
    pub title: String,
    pub landed: Total,
    pub arrival: Date,
    /// Duties of all kinds; nothing when one of them is not known.
    pub duty: Option<Money>,
}

impl Kept {
    /// The plans of an answer, in their order.
    pub fn order(deals: &Deals) -> Vec<Self> {
        let mut seen: BTreeMap<String, u32> = BTreeMap::new();
        let plans = deals.plans.iter().take(PLANS_MOST);
        plans
            .map(|plan| {
                let stem = stem(plan);
                let count = seen.entry(stem.clone()).or_default();
                *count += 1;
                let key = if *count == 1 { stem } else { format!("{stem}#{count}") };
                Self {
                    key,
                    id: plan.id.clone(),
                    title: label(plan, "way").to_owned(),
                    landed: plan.landed.clone(),
                    arrival: plan.arrival.p50,
                    duty: duty(plan),
                }
            })
            .collect()
    }
}

fn label<'p>(plan: &'p Assessment, name: &str) -> &'p str {
    plan.labels.get(name).map_or("", String::as_str)
}

fn stem(plan: &Assessment) -> String {
    let parts = ["supplier", "route", "terms", "payment"].map(|it| label(plan, it));
    format!("{}>{}|{}", plan.origin, plan.destination, parts.join("|"))
}

fn duty(plan: &Assessment) -> Option<Money> {
    let duties = [CostKind::Duty, CostKind::AdditionalDuty, CostKind::AntiDumping];
    let mut sum = Money::zero(plan.landed.bound().currency());
    for line in plan.lines.iter().filter(|it| duties.contains(&it.kind)) {
        sum = sum.checked_add(line.amount?).ok()?;
    }
    Some(sum)
}

/// What is to be said of a watch.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    pub kind: &'static str,
    pub before: Json,
    pub after: Json,
    pub delta: Vec<Delta>,
}

/// One figure, before and after.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Delta {
    pub plan: String,
    pub figure: &'static str,
    pub before: Json,
    pub after: Json,
    pub text: String,
}

/// The order of today.
#[derive(Clone, Debug, PartialEq)]
pub struct Now {
    pub as_of: Date,
    pub order: Vec<Kept>,
    pub why: Option<String>,
}

/// What changed in order or feasibility; `None` when neither did, whatever the figures.
pub fn compare(saved: &Saved, now: &Now) -> Option<Change> {
    let rank = |order: &[Kept], key: &str| order.iter().position(|it| it.key == key);
    let watched: Vec<&str> = if let Some(key) = &saved.plan {
        vec![key]
    } else {
        let new = now.order.iter().filter(|it| rank(&saved.order, &it.key).is_none());
        saved.order.iter().chain(new).map(|it| it.key.as_str()).collect()
    };
    let moved: Vec<&str> =
        watched.iter().copied().filter(|key| rank(&saved.order, key) != rank(&now.order, key)).collect();
    if moved.is_empty() {
        return None;
    }
    let there = |key: &&&str| rank(&saved.order, key).is_some() != rank(&now.order, key).is_some();
    let feasibility = saved.order.is_empty() != now.order.is_empty() || moved.iter().any(|it| there(&it));
    let delta = moved.iter().take(SHOWN).flat_map(|key| deltas(&saved.order, &now.order, key)).collect();
    Some(Change {
        kind: if feasibility { "feasibility" } else { "order" },
        before: side(saved.as_of, &saved.order, saved.plan.as_deref(), saved.why.as_deref()),
        after: side(now.as_of, &now.order, saved.plan.as_deref(), now.why.as_deref()),
        delta,
    })
}

fn side(as_of: Date, order: &[Kept], plan: Option<&str>, why: Option<&str>) -> Json {
    let shown = |(at, it): (usize, &Kept)| {
        json!({ "id": it.id, "rank": at + 1, "title": it.title, "landed": it.landed, "arrival_p50": it.arrival,
            "duty": it.duty })
    };
    let mut side = json!({
        "as_of": as_of,
        "feasible": !order.is_empty(),
        "plans": order.iter().enumerate().take(SHOWN).map(shown).collect::<Vec<_>>(),
    });
    if let Some(key) = plan {
        let found = order.iter().enumerate().find(|it| it.1.key == key);
        side["plan"] = found.map_or(Json::Null, shown);
    }
    if let Some(why) = why {
        side["why"] = json!(why);
    }
    side
}

fn deltas(before: &[Kept], after: &[Kept], key: &str) -> Vec<Delta> {
    let find = |order: &[Kept]| {
        order.iter().enumerate().find(|it| it.1.key == key).map(|it| (it.0 + 1, it.1.clone()))
    };
    let (was, is) = (find(before), find(after));
    let Some(plan) = is.as_ref().or(was.as_ref()).map(|it| it.1.id.clone()) else { return Vec::new() };
    let mut all = Vec::new();
    let mut add =
        |figure: &'static str, before: Option<String>, after: Option<String>, values: (Json, Json)| {
            if before != after {
                let word = |it: Option<String>| it.unwrap_or_else(|| "none".to_owned());
                let text = format!("{plan}: {figure} {} → {}", word(before), word(after));
                all.push(Delta { plan: plan.clone(), figure, before: values.0, after: values.1, text });
            }
        };
    let rank = |it: &Option<(usize, Kept)>| it.as_ref().map(|it| it.0.to_string());
    add(
        "rank",
        rank(&was),
        rank(&is),
        (json!(was.as_ref().map(|it| it.0)), json!(is.as_ref().map(|it| it.0))),
    );
    let landed = |it: &Option<(usize, Kept)>| it.as_ref().map(|it| said(&it.1.landed));
    let totals = (
        json!(was.as_ref().map(|it| figure(&it.1.landed))),
        json!(is.as_ref().map(|it| figure(&it.1.landed))),
    );
    add("landed", landed(&was), landed(&is), totals);
    let arrival = |it: &Option<(usize, Kept)>| it.as_ref().map(|it| it.1.arrival.to_string());
    let dates = (json!(was.as_ref().map(|it| it.1.arrival)), json!(is.as_ref().map(|it| it.1.arrival)));
    add("arrival", arrival(&was), arrival(&is), dates);
    let duty = |it: &Option<(usize, Kept)>| it.as_ref().and_then(|it| it.1.duty).map(|it| it.to_string());
    let duties = (json!(was.as_ref().map(|it| it.1.duty)), json!(is.as_ref().map(|it| it.1.duty)));
    add("duty", duty(&was), duty(&is), duties);
    all
}

/// A total as money; one that is a lower bound as words, so that nobody takes it for a total.
fn figure(total: &Total) -> Json {
    match total {
        Total::Exactly(money) => json!(money),
        Total::AtLeast { .. } => json!(said(total)),
    }
}

fn said(total: &Total) -> String {
    match total {
        Total::Exactly(money) => money.to_string(),
        Total::AtLeast { known, .. } => format!("at least {known}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(plans: &[(&str, &str)]) -> Vec<Kept> {
        let plan = |(key, landed): &(&str, &str)| Kept {
            key: (*key).to_owned(),
            id: format!("{key}-1"),
            title: format!("by {key}"),
            landed: serde_json::from_value(json!({ "exactly": { "amount": landed, "currency": "GBP" } }))
                .unwrap(),
            arrival: "2027-01-20".parse().unwrap(),
            duty: None,
        };
        plans.iter().map(plan).collect()
    }

    fn saved(plan: Option<&str>, plans: &[(&str, &str)]) -> Saved {
        let need = json!({ "direction": "buy", "hs": "850511", "quantity": { "amount": "5", "unit": "t" },
            "place": { "name": "Birmingham", "economy": "GB" }, "currency": "GBP" });
        Saved {
            question: Question {
                need: serde_json::from_value(need).unwrap(),
                settings: Settings::default(),
                seed: 1,
                use_quotes: true,
            },
            as_of: "2026-11-22".parse().unwrap(),
            plan: plan.map(str::to_owned),
            sentence: "buy".to_owned(),
            order: order(plans),
            why: None,
        }
    }

    fn check(plan: Option<&str>, before: &[(&str, &str)], after: &[(&str, &str)], kind: Option<&str>) {
        let now = Now { as_of: "2026-11-23".parse().unwrap(), order: order(after), why: None };
        let found = compare(&saved(plan, before), &now);
        assert_eq!(found.as_ref().map(|it| it.kind), kind, "{plan:?} {before:?} {after:?}");
    }

    #[test]
    fn only_order_and_feasibility_count() {
        let base = [("rail", "100.00"), ("sea", "110.00"), ("air", "150.00")];
        check(None, &base, &base, None);
        check(None, &base, &[("rail", "101.00"), ("sea", "130.00"), ("air", "150.00")], None);
        check(None, &base, &[("sea", "100.00"), ("rail", "105.00"), ("air", "150.00")], Some("order"));
        check(None, &base, &[("rail", "100.00"), ("sea", "110.00")], Some("feasibility"));
        check(None, &base, &[], Some("feasibility"));
        check(None, &[], &base, Some("feasibility"));
        check(None, &[], &[], None);
        check(
            None,
            &base,
            &[("road", "90.00"), ("rail", "100.00"), ("sea", "110.00"), ("air", "1.00")],
            Some("feasibility"),
        );
        // One plan: what happens to the others does not matter as long as its own place stays.
        check(Some("rail"), &base, &[("rail", "100.00"), ("air", "110.00")], None);
        check(Some("sea"), &base, &[("sea", "100.00"), ("rail", "105.00"), ("air", "150.00")], Some("order"));
        check(Some("air"), &base, &[("rail", "100.00"), ("sea", "110.00")], Some("feasibility"));
    }

    #[test]
    fn an_alert_says_what_changed_by_how_much() {
        let now = Now {
            as_of: "2026-11-23".parse().unwrap(),
            order: order(&[("sea", "99.00"), ("rail", "105.00")]),
            why: None,
        };
        let change = compare(&saved(Some("rail"), &[("rail", "100.00"), ("sea", "110.00")]), &now).unwrap();
        let texts: Vec<&str> = change.delta.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(texts, ["rail-1: rank 1 → 2", "rail-1: landed 100.00 GBP → 105.00 GBP"]);
        assert_eq!(
            (change.before["plan"]["rank"].as_u64(), change.after["plan"]["rank"].as_u64()),
            (Some(1), Some(2))
        );
    }

    #[test]
    fn what_is_kept_of_a_watch_is_small() {
        let plans: Vec<(&str, &str)> = vec![("a long enough name of a plan by sea and road", "100.00"); 8];
        let text = serde_json::to_string(&saved(None, &plans)).unwrap();
        assert!(text.len() < 6_000, "{}", text.len());
        assert_eq!(serde_json::from_str::<Saved>(&text).unwrap(), saved(None, &plans));
    }
}
