//! The question whether goods may go from here to there, and its answer.

use std::collections::BTreeMap;

use domain::{Date, Economy, Finding, HsCode, Mode, Party, Severity};
use serde::{Deserialize, Serialize};

use crate::rule::{ComplianceBook, Condition, Rule, Shipment, plain};

/// One trade to be looked at.
#[derive(Clone, Copy, Debug)]
pub struct TradeQuestion<'q> {
    pub hs: HsCode,
    pub origin: Economy,
    /// Where the goods are shipped from; the origin when they come straight.
    pub dispatched_from: Economy,
    pub via: &'q [Economy],
    pub destination: Economy,
    /// Modes of the legs.
    pub modes: &'q [Mode],
    pub on: Date,
    pub parties: &'q [Party],
    /// What the person declares, by name.
    pub facts: &'q BTreeMap<String, String>,
}

/// What came of the watch lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Screening {
    /// No list is loaded. Never to be read as clear.
    NotScreened,
}

/// The gravest that was found. There is no "clear" while parties are not screened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Check,
    LicenceNeeded,
    Prohibited,
}

/// A rule that bites.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    /// Identity of the rulepack.
    pub rule: String,
    pub kind: String,
    pub severity: Severity,
    /// The fact that would settle it, when nobody has stated it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing_fact: Option<String>,
}

/// Findings, heaviest first, and what they come to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ComplianceAnswer {
    pub outcome: Outcome,
    pub screened: Screening,
    pub hits: Vec<Hit>,
    pub findings: Vec<Finding>,
}

impl ComplianceAnswer {
    /// Whether the plan ends here.
    pub fn is_prohibited(&self) -> bool {
        self.outcome == Outcome::Prohibited
    }
}

/// Every rule that is about this trade on this day. An unknown fact counts as the rule says for it, never as passed.
pub fn check_trade(question: &TradeQuestion<'_>, book: &ComplianceBook) -> ComplianceAnswer {
    let shipment = Shipment {
        hs: question.hs,
        origin: question.origin,
        dispatched_from: question.dispatched_from,
        via: question.via,
        destination: question.destination,
        modes: question.modes,
        on: question.on,
    };
    let mut found: Vec<(Hit, Finding)> = book
        .list_rules()
        .iter()
        .filter(|rule| rule.applies(&shipment))
        .filter_map(|rule| judge(rule, question.facts))
        .collect();
    found.sort_by(|a, b| (b.1.severity, &a.0.rule, &a.1).cmp(&(a.1.severity, &b.0.rule, &b.1)));
    let worst = found.iter().map(|it| it.1.severity).max();
    let (hits, mut findings): (Vec<Hit>, Vec<Finding>) = found.into_iter().unzip();
    findings.push(not_screened(question.parties));
    ComplianceAnswer { outcome: outcome(worst), screened: Screening::NotScreened, hits, findings }
}

fn outcome(worst: Option<Severity>) -> Outcome {
    match worst {
        Some(Severity::Prohibited) => Outcome::Prohibited,
        Some(Severity::Barrier) => Outcome::LicenceNeeded,
        _ => Outcome::Check,
    }
}

fn judge(rule: &Rule, facts: &BTreeMap<String, String>) -> Option<(Hit, Finding)> {
    let Some(condition) = &rule.condition else {
        return Some(hit(rule, rule.severity, &rule.text, rule.hint.clone(), None));
    };
    match facts.get(&condition.fact).map(|it| plain(it)) {
        Some(value) if value == condition.unless => {
            let text = if condition.then_text.is_empty() { &rule.text } else { &condition.then_text };
            condition.then.map(|severity| hit(rule, severity, text, rule.hint.clone(), None))
        }
        Some(_) => Some(hit(rule, rule.severity, &rule.text, rule.hint.clone(), None)),
        None => {
            Some(hit(rule, condition.unknown, &rule.text, Some(ask(rule, condition)), Some(&condition.fact)))
        }
    }
}

/// The hint of a rule whose fact nobody stated names the fact first.
fn ask(rule: &Rule, condition: &Condition) -> String {
    let declare = format!("Declare the fact {} = {} if that is so.", condition.fact, condition.unless);
    rule.hint.as_ref().map_or_else(|| declare.clone(), |hint| format!("{declare} {hint}"))
}

fn hit(
    rule: &Rule,
    severity: Severity,
    text: &str,
    hint: Option<String>,
    missing: Option<&str>,
) -> (Hit, Finding) {
    let mut finding = Finding::new(rule.code, severity, text).reference(rule.reference.clone());
    finding.hint = hint;
    let hit = Hit {
        rule: rule.pack.id.clone(),
        kind: rule.pack.kind.clone(),
        severity,
        missing_fact: missing.map(str::to_owned),
    };
    (hit, finding)
}

fn not_screened(parties: &[Party]) -> Finding {
    let who = match parties {
        [] => "No party is named, and none is screened".to_owned(),
        some => {
            format!("Not screened: {}", some.iter().map(|it| it.name.as_str()).collect::<Vec<_>>().join(", "))
        }
    };
    Finding::new(1701, Severity::Caution, format!("{who} against sanctions lists; no list is loaded."))
        .hint("Screen seller, buyer, banks, carrier and vessel before anything is signed.")
}

#[cfg(test)]
mod tests;
