//! `radar why-not`: what became of the plans that are not shown.

use std::collections::BTreeMap;

use domain::Mode;
use domain::deal::{Assessment, Deals, Drop, DropReason};
use serde::Serialize;

use crate::fault::{Exit, Fault};
use crate::screen::{Page, Role};
use crate::show::figures::grouped_real;
use crate::show::scan::without_codes;
use crate::words::Words;

/// What was asked and what is known of it.
#[derive(Clone, Debug, Serialize)]
pub struct WhyNot<'a> {
    pub asked: &'a str,
    /// Plans that are shown after all.
    pub shown: Vec<&'a str>,
    pub drops: Vec<&'a Drop>,
}

impl WhyNot<'_> {
    /// The same of the answer in a person's language: asked for in English, read in that.
    #[must_use]
    pub fn told_in<'b>(&'b self, english: &Deals, spoken: &'b Deals) -> WhyNot<'b> {
        let places: BTreeMap<*const Drop, &Drop> =
            english.drops.iter().map(std::ptr::from_ref).zip(&spoken.drops).collect();
        let drops =
            self.drops.iter().filter_map(|it| places.get(&std::ptr::from_ref(*it)).copied()).collect();
        WhyNot { asked: self.asked, shown: self.shown.clone(), drops }
    }
}

/// Drops that speak of an economy, a mode, a passage, a reason or a plan; all of them for an empty question.
pub fn find<'a>(deals: &'a Deals, asked: &'a str, words: &Words) -> Result<WhyNot<'a>, Fault> {
    let wanted = asked.trim();
    if wanted.is_empty() {
        return Ok(WhyNot { asked, shown: Vec::new(), drops: deals.drops.iter().collect() });
    }
    let shown: Vec<&str> =
        deals.plans.iter().filter(|it| plan_matches(it, wanted)).map(|it| it.id.as_str()).collect();
    let mut drops: Vec<&Drop> = deals.drops.iter().filter(|it| drop_matches(it, wanted)).collect();
    drops.sort_by_key(|it| (it.reason, std::cmp::Reverse(it.count)));
    if shown.is_empty() && drops.is_empty() {
        return Err(unknown(deals, wanted, words));
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
    // The words of a drop may name another way that beats it; a mode is asked of the way itself.
    let text = Some(drop.text.as_str()).filter(|_| mode_of(wanted).is_none() || drop.route.is_none());
    let words = || [drop.route.as_deref(), drop.choice.as_deref(), text].into_iter().flatten();
    drop.reason.word() == reason
        || reason_word(drop) == reason
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

/// What one may ask about: the nearest thing that occurs, the reasons, and how many economies.
fn unknown(deals: &Deals, wanted: &str, words: &Words) -> Fault {
    let mut reasons: Vec<String> = Vec::new();
    let mut origins: Vec<domain::Economy> = Vec::new();
    for drop in &deals.drops {
        let reason = drop.reason.word().to_owned();
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
        origins.extend(drop.origin.filter(|it| !origins.contains(it)));
    }
    let mut candidates = reasons.clone();
    // A code of two letters is near to anything.
    candidates.extend(origins.iter().map(|it| words.economy_name(*it)).filter(|it| it.chars().count() > 2));
    candidates.extend(Mode::ALL.iter().map(|it| it.word().to_owned()));
    candidates.extend(deals.plans.iter().map(|it| it.id.clone()));
    let near = domain::suggest::nearest(wanted, candidates.iter().map(String::as_str)).unwrap_or("none");
    let known = if reasons.is_empty() { "-".to_owned() } else { reasons.join(", ") };
    let args =
        [("asked", wanted), ("nearest", near), ("known", &known), ("count", &origins.len().to_string())];
    Fault::ours(Exit::NotFound, 1909, &args)
}

/// Rows under a reason: fewer the more reasons there are, so that a page stays a screen.
fn rows_shown(reasons: usize) -> usize {
    match reasons {
        0 | 1 => 12,
        2 | 3 => 4,
        _ => 2,
    }
}

/// Drops that are told in one line: how many combinations, whose, by which ways and choices, and the words of the most frequent.
struct Row<'a> {
    count: u64,
    origin: Option<domain::Economy>,
    routes: Vec<&'a str>,
    choices: Vec<&'a str>,
    first: &'a Drop,
}

/// The page: one heading for each reason with its sum, under it the rows that count most. `all` shows every row.
pub fn page(deals: &Deals, it: &WhyNot<'_>, words: &Words, width: usize, all: bool) -> Page {
    let mut page = Page::new(width);
    if !it.shown.is_empty() {
        let list = it.shown.join(&words.get("list-comma"));
        page.text(Role::Good, 0, 2, &words.with("why-not-shown", &[("plans", &list)]));
    }
    let mut reasons: Vec<(&'static str, Vec<&Drop>)> = Vec::new();
    for drop in &it.drops {
        let reason = reason_word(drop);
        match reasons.iter_mut().find(|(word, _)| *word == reason) {
            Some((_, drops)) => drops.push(drop),
            None => reasons.push((reason, vec![drop])),
        }
    }
    let sum = |drops: &[&Drop]| drops.iter().map(|it| it.count).sum::<u64>();
    reasons.sort_by_key(|(word, drops)| (std::cmp::Reverse(sum(drops)), *word));
    // Where all speak of one economy its ways are told apart; else economies are.
    let one_origin = it.drops.iter().all(|drop| drop.origin == it.drops[0].origin);
    let limit = if all { usize::MAX } else { rows_shown(reasons.len()) };
    let mut hidden = false;
    for (reason, drops) in &reasons {
        let count = grouped_real(sum(drops) as f64, 0);
        let title = format!("{count} {}", words.term("drop", reason));
        let rows = rows(drops, one_origin || all);
        // What all rows say is said once.
        let same =
            rows.iter().all(|it| it.first.text == rows[0].first.text).then(|| told(rows[0].first, words));
        let same = same.filter(|_| rows.len() > 1);
        match &same {
            Some(text) => page.text(Role::Title, 0, 2, &format!("{title}{}{text}", words.get("colon"))),
            None => page.text(Role::Title, 0, 2, &title),
        }
        for row in rows.iter().take(limit) {
            let name = row.origin.filter(|_| !one_origin).map(|it| words.economy_name(it));
            page.text(Role::Plain, 2, 4, &row_words(row, name, same.is_some(), words));
        }
        let left: Vec<&Row<'_>> = rows.iter().skip(limit).collect();
        if !left.is_empty() {
            hidden = true;
            let count = grouped_real(left.iter().map(|it| it.count).sum::<u64>() as f64, 0);
            let args = [("rows", left.len().to_string()), ("count", count)];
            let args: Vec<(&str, &str)> = args.iter().map(|(key, value)| (*key, value.as_str())).collect();
            let key = if one_origin { "why-not-more-ways" } else { "why-not-more-economies" };
            page.text(Role::Dim, 2, 4, &words.with(key, &args));
        }
    }
    if it.asked.trim().is_empty() && deals.counts.not_enumerated > 0 {
        let count = grouped_real(deals.counts.not_enumerated as f64, 0);
        page.text(Role::Dim, 0, 2, &format!("{count} {}", words.get("drop-not-enumerated")));
    }
    if hidden {
        page.blank();
        page.text(Role::Dim, 0, 2, &words.get("why-not-all"));
    }
    page
}

/// The reason as a heading. A way for which nothing but slower ones were left out is not beaten by a plan: it was not kept.
pub fn reason_word(drop: &Drop) -> &'static str {
    match drop.reason {
        DropReason::Dominated if drop.by.is_none() => "route_not_kept",
        reason => reason.word(),
    }
}

/// Drops of one reason by economy, or, `fine`, by economy, way and words; the most combinations first.
fn rows<'a>(drops: &[&'a Drop], fine: bool) -> Vec<Row<'a>> {
    let mut rows: Vec<Row<'a>> = Vec::new();
    let same = |row: &Row<'_>, drop: &Drop| {
        row.origin == drop.origin && (!fine || (row.first.route == drop.route && row.first.text == drop.text))
    };
    for drop in drops {
        match rows.iter_mut().find(|it| same(it, drop)) {
            Some(row) => {
                row.count += drop.count;
                if drop.count > row.first.count {
                    row.first = drop;
                }
                note(&mut row.routes, drop.route.as_deref());
                note(&mut row.choices, drop.choice.as_deref());
            }
            None => rows.push(Row {
                count: drop.count,
                origin: drop.origin,
                routes: drop.route.as_deref().into_iter().collect(),
                choices: drop.choice.as_deref().into_iter().collect(),
                first: drop,
            }),
        }
    }
    rows.sort_by_key(|it| (std::cmp::Reverse(it.count), it.origin));
    rows
}

fn note<'a>(list: &mut Vec<&'a str>, text: Option<&'a str>) {
    if let Some(text) = text.filter(|it| !list.contains(it)) {
        list.push(text);
    }
}

/// A drop's own words, without what stands before them: its reason, its economy, the codes of what it quotes.
fn told(drop: &Drop, words: &Words) -> String {
    let text = without_codes(&drop.text);
    let english = words.economy_name_en(drop.origin);
    let own = drop.origin.map(|it| words.economy_name(it)).unwrap_or_default();
    let named = [(&english, ": ".to_owned()), (&own, words.get("colon"))];
    let named = named.iter().filter(|it| !it.0.is_empty());
    let text = named
        .map(|(name, colon)| format!("{name}{colon}"))
        .find_map(|it| text.strip_prefix(&it))
        .unwrap_or(&text);
    let text = text.strip_prefix(&words.get("beaten-lead")).unwrap_or(text);
    match (&drop.by, &drop.route) {
        // The way stands before it; what beats it there are other terms.
        (Some(by), Some(route))
            if by.ends_with(route.as_str()) && (by.starts_with(&english) || by.starts_with(&own)) =>
        {
            text.replacen(by.as_str(), &words.get("same-way"), 1)
        }
        _ => text.to_owned(),
    }
}

/// "China × 1,234: sea Ningbo - Felixstowe: 66 days ...; and 5 other ways".
fn row_words(row: &Row<'_>, name: Option<String>, said: bool, words: &Words) -> String {
    let drop = row.first;
    let count = grouped_real(row.count as f64, 0);
    let mut lead = name.map_or_else(|| format!("{count} ×"), |name| format!("{name} × {count}"));
    // What the text says itself is not said before it.
    let told = told(drop, words);
    let route = drop.route.as_deref().filter(|it| !told.contains(it));
    let choice = match row.choices.as_slice() {
        [only] => Some((*only).to_owned()).filter(|it| !drop.text.contains(it)),
        [] => None,
        many => Some(words.with("why-not-choices", &[("count", &many.len().to_string())])),
    };
    let parts: Vec<String> = route.map(str::to_owned).into_iter().chain(choice).collect();
    if !parts.is_empty() {
        lead.push_str(&words.get("colon"));
        lead.push_str(&parts.join(&words.get("list-clause")));
    }
    let mut text = if said { lead } else { format!("{lead}{}{told}", words.get("colon")) };
    if let Some(by) = drop.by.as_deref().filter(|it| !drop.text.contains(it)) {
        text.push_str(&words.with("beaten-by", &[("plan", by)]));
    }
    if row.routes.len() > 1 {
        let others = (row.routes.len() - 1).to_string();
        text.push_str(&words.with("why-not-other-ways", &[("count", &others)]));
    }
    text
}
