//! `radar why-not`: what became of the plans that are not shown.

use domain::Mode;
use domain::deal::{Assessment, Deals, Drop};
use serde::Serialize;

use crate::fault::{Exit, Fault};
use crate::screen::{Page, Role};
use crate::show::figures::grouped_real;
use crate::words::Words;

/// What was asked and what is known of it.
#[derive(Clone, Debug, Serialize)]
pub struct WhyNot<'a> {
    pub asked: &'a str,
    /// Plans that are shown after all.
    pub shown: Vec<&'a str>,
    pub drops: Vec<&'a Drop>,
}

/// Drops that speak of an economy, a mode, a passage, a reason or a plan; all of them for an empty question.
pub fn find<'a>(deals: &'a Deals, asked: &'a str) -> Result<WhyNot<'a>, Fault> {
    let wanted = asked.trim();
    if wanted.is_empty() {
        return Ok(WhyNot { asked, shown: Vec::new(), drops: deals.drops.iter().collect() });
    }
    let shown: Vec<&str> =
        deals.plans.iter().filter(|it| plan_matches(it, wanted)).map(|it| it.id.as_str()).collect();
    let mut drops: Vec<&Drop> = deals.drops.iter().filter(|it| drop_matches(it, wanted)).collect();
    drops.sort_by_key(|it| (it.reason, std::cmp::Reverse(it.count)));
    if shown.is_empty() && drops.is_empty() {
        let known = known(deals);
        return Err(Fault::ours(Exit::NotFound, 1909, &[("asked", wanted), ("known", &known)]));
    }
    Ok(WhyNot { asked, shown, drops })
}

fn plan_matches(plan: &Assessment, wanted: &str) -> bool {
    plan.id.eq_ignore_ascii_case(wanted)
        || economy_matches(plan.origin, wanted)
        || mode_of(wanted).is_some_and(|it| plan.modes.contains(&it))
        || plan.legs.iter().flat_map(|it| &it.passages).any(|it| it.eq_ignore_ascii_case(wanted))
}

fn drop_matches(drop: &Drop, wanted: &str) -> bool {
    let reason = wanted.to_ascii_lowercase().replace(['-', ' '], "_");
    let words =
        || [drop.route.as_deref(), drop.choice.as_deref(), Some(drop.text.as_str())].into_iter().flatten();
    drop.reason.word() == reason
        || drop.origin.is_some_and(|it| economy_matches(it, wanted))
        || id_matches(drop, wanted)
        || words().any(|it| has_word(it, wanted))
}

/// "CN-sea-2": the same economy, and a route that names the mode.
fn id_matches(drop: &Drop, wanted: &str) -> bool {
    let mut parts = wanted.split('-');
    let (Some(economy), Some(mode)) = (parts.next(), parts.next()) else { return false };
    let route = drop.route.as_deref().or(drop.choice.as_deref());
    drop.origin.is_some_and(|it| economy_matches(it, economy)) && route.is_none_or(|it| has_word(it, mode))
}

fn economy_matches(economy: domain::Economy, wanted: &str) -> bool {
    wanted.parse::<domain::Economy>().is_ok_and(|it| it == economy)
        || economy.to_string().eq_ignore_ascii_case(wanted)
}

fn mode_of(word: &str) -> Option<Mode> {
    Mode::ALL.into_iter().find(|it| it.word().eq_ignore_ascii_case(word))
}

fn has_word(text: &str, wanted: &str) -> bool {
    let wanted = domain::suggest::fold(wanted);
    let folded = format!(" {} ", domain::suggest::fold(text));
    !wanted.is_empty() && folded.contains(&format!(" {wanted} "))
}

/// What one may ask about: origins and reasons that occur.
fn known(deals: &Deals) -> String {
    let mut out: Vec<String> = Vec::new();
    let origins = deals.drops.iter().filter_map(|it| it.origin).map(|it| it.to_string());
    let reasons = deals.drops.iter().map(|it| it.reason.word().to_owned());
    for word in origins.chain(reasons) {
        if !out.contains(&word) {
            out.push(word);
        }
    }
    if out.is_empty() { "-".to_owned() } else { out.join(", ") }
}

/// The page: by reason, with counts.
pub fn page(deals: &Deals, it: &WhyNot<'_>, words: &Words, width: usize) -> Page {
    let mut page = Page::new(width);
    if !it.shown.is_empty() {
        let list = it.shown.join(&words.get("list-comma"));
        page.text(Role::Good, 0, 2, &words.with("why-not-shown", &[("plans", &list)]));
    }
    let mut reason = None;
    for drop in &it.drops {
        if reason != Some(drop.reason) {
            reason = Some(drop.reason);
            page.text(Role::Title, 0, 0, &words.term("drop", drop.reason.word()));
        }
        let mut lead = vec![format!("{} ×", grouped_real(drop.count as f64, 0))];
        lead.extend(drop.origin.map(|it| it.to_string()));
        lead.extend(drop.route.clone());
        lead.extend(drop.choice.clone());
        let mut text = format!("{}{}{}", lead.join(" "), words.get("colon"), drop.text);
        if let Some(by) = &drop.by {
            text.push_str(&words.with("beaten-by", &[("plan", by)]));
        }
        page.text(Role::Plain, 2, 4, &text);
    }
    if it.asked.trim().is_empty() && deals.counts.not_enumerated > 0 {
        let count = grouped_real(deals.counts.not_enumerated as f64, 0);
        page.text(Role::Dim, 0, 2, &format!("{count} {}", words.get("drop-not-enumerated")));
    }
    page
}
