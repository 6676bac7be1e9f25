//! `radar diff`: what changed between two answers.

use domain::deal::{Assessment, Deals};
use serde::Serialize;

use crate::screen::{Page, Role};
use crate::show::figures::{Ledger, kind_word, money};
use crate::words::Words;

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// "need", "as_of", "plan", "rank", "landed", "line", "arrival", "counts".
    pub what: &'static str,
    /// The plan it concerns.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<String>,
    /// The line, for lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<String>,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// All differences, the answer first, then plan by plan in the order of the new ranking.
pub fn changes(before: &Deals, after: &Deals, words: &Words) -> Vec<Change> {
    let mut out = Vec::new();
    let mut push = |what, plan: Option<&str>, line: Option<String>, a: Option<String>, b: Option<String>| {
        if a != b {
            out.push(Change { what, plan: plan.map(str::to_owned), line, before: a, after: b });
        }
    };
    let need = |it: &Deals| Some(crate::show::scan::need_words(&it.need, words));
    push("need", None, None, need(before), need(after));
    push("as_of", None, None, Some(before.as_of.to_string()), Some(after.as_of.to_string()));
    push("seed", None, None, Some(before.seed.to_string()), Some(after.seed.to_string()));
    push("combinations", None, None, Some(before.counts.all.to_string()), Some(after.counts.all.to_string()));
    for now in &after.plans {
        let Some(then) = before.plans.iter().find(|it| it.id == now.id) else {
            push("plan", Some(&now.id), None, None, Some(Ledger::of(after).total(&now.landed, words, money)));
            continue;
        };
        push("rank", Some(&now.id), None, Some(then.rank.to_string()), Some(now.rank.to_string()));
        let landed = |deals: &Deals, it: &Assessment| Some(Ledger::of(deals).total(&it.landed, words, money));
        push("landed", Some(&now.id), None, landed(before, then), landed(after, now));
        for (label, a, b) in lines(then, now, words) {
            push("line", Some(&now.id), Some(label), a, b);
        }
        let arrival = |it: &Assessment| Some(it.arrival.p50.to_string());
        push("arrival", Some(&now.id), None, arrival(then), arrival(now));
    }
    for then in before.plans.iter().filter(|it| after.plans.iter().all(|now| now.id != it.id)) {
        push("plan", Some(&then.id), None, Some(Ledger::of(before).total(&then.landed, words, money)), None);
    }
    out
}

type Pair = (String, Option<String>, Option<String>);

/// Sums by kind of cost and label, before and after.
fn lines(then: &Assessment, now: &Assessment, words: &Words) -> Vec<Pair> {
    let mut out: Vec<Pair> = Vec::new();
    let key = |it: &domain::CostLine| format!("{}: {}", kind_word(it.kind), it.label);
    let figure = |it: &domain::CostLine| Some(it.amount.map_or_else(|| words.get("unknown"), money));
    for line in &then.lines {
        out.push((key(line), figure(line), None));
    }
    for line in &now.lines {
        match out.iter_mut().find(|it| it.0 == key(line) && it.2.is_none()) {
            Some(pair) => pair.2 = figure(line),
            None => out.push((key(line), None, figure(line))),
        }
    }
    out
}

pub fn page(changes: &[Change], words: &Words, width: usize) -> Page {
    let mut page = Page::new(width);
    if changes.is_empty() {
        page.text(Role::Good, 0, 0, &words.get("no-change"));
        return page;
    }
    let mut plan: Option<&str> = None;
    for change in changes {
        if change.plan.as_deref() != plan {
            plan = change.plan.as_deref();
            page.text(Role::Title, 0, 0, plan.unwrap_or(""));
        }
        let side = |it: &Option<String>| it.clone().unwrap_or_else(|| words.get("not-there"));
        let what = change.line.clone().unwrap_or_else(|| words.term("change", change.what));
        let text = format!("{what}{}{} → {}", words.get("colon"), side(&change.before), side(&change.after));
        page.text(Role::Plain, 2, 4, &text);
    }
    page
}
