//! Rulepacks of compliance, read once into rows that match without looking at text again.
//!
//! A rulepack's `applies` table says when a rule bites:
//! - `hs`: codes and ranges of headings ("7206-7229 7301"), left out for all goods; `except`: codes it leaves alone;
//! - `origin`, `dispatched`, `either` (origin or dispatched), `via`, `destination`: economies, `EU` for its members, left out for any;
//! - `mode`: modes of any leg, left out for any;
//! - `severity`: note, caution, barrier or prohibited; `text`: what is the case; `hint`: what mends it;
//! - `fact`: a name. With it, `unless` is the value that lowers the severity to `then` (with `then_text`), and `unknown` the severity
//!   when nobody has stated the fact. Any other stated value leaves the severity as it is.

use std::sync::Arc;

use domain::{Date, Economy, HsCode, Mode, Severity};
use rules::{Days, RuleBook, Rulepack};
use thiserror::Error;

/// A rulepack that cannot be used: which, where, why.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ComplianceError {
    #[error("PRP-1710: rulepack '{id}' cannot be used: {why}")]
    Rule { id: String, why: String },
}

/// Members of the European Union since 1 February 2020.
const EU: [&str; 27] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT",
    "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
];

/// Kinds of rules, their code and what they are called.
const KINDS: [(&str, u16); 6] = [
    ("embargo", 1702),
    ("import-prohibition", 1703),
    ("export-licence", 1704),
    ("export-prohibition", 1705),
    ("forced-labour", 1706),
    ("dangerous-goods", 1707),
];

/// A fact on which the severity depends.
#[derive(Clone, Debug)]
pub struct Condition {
    pub fact: String,
    pub unless: String,
    /// `None`: with that value there is nothing to say.
    pub then: Option<Severity>,
    pub then_text: String,
    pub unknown: Severity,
}

/// One row of a rulepack, ready to match.
#[derive(Clone, Debug)]
pub struct Rule {
    pub pack: Arc<Rulepack>,
    pub code: u16,
    days: Days,
    goods: Vec<(HsCode, HsCode)>,
    except: Vec<HsCode>,
    origin: Vec<Economy>,
    dispatched: Vec<Economy>,
    either: Vec<Economy>,
    via: Vec<Economy>,
    destination: Vec<Economy>,
    modes: Vec<Mode>,
    pub severity: Severity,
    pub text: String,
    pub hint: Option<String>,
    pub reference: String,
    pub condition: Option<Condition>,
}

/// What a rule is matched against.
#[derive(Clone, Copy, Debug)]
pub struct Shipment<'s> {
    pub hs: HsCode,
    pub origin: Economy,
    pub dispatched_from: Economy,
    pub via: &'s [Economy],
    pub destination: Economy,
    pub modes: &'s [Mode],
    pub on: Date,
}

impl Rule {
    /// Whether the rule is about this shipment on this day. No allocation.
    pub fn applies(&self, it: &Shipment<'_>) -> bool {
        let place = |places: &[Economy], economy: Economy| places.is_empty() || places.contains(&economy);
        self.pack.in_force(it.on)
            && self.days.hold(it.on)
            && place(&self.origin, it.origin)
            && place(&self.dispatched, it.dispatched_from)
            && (self.either.is_empty()
                || self.either.contains(&it.origin)
                || self.either.contains(&it.dispatched_from))
            && place(&self.destination, it.destination)
            && (self.via.is_empty() || it.via.iter().any(|economy| self.via.contains(economy)))
            && (self.modes.is_empty() || it.modes.iter().any(|mode| self.modes.contains(mode)))
            && self.covers(it.hs)
    }

    /// A code shorter than the rule's is covered too: what is not told apart may be the controlled part.
    fn covers(&self, hs: HsCode) -> bool {
        let inside = |(first, last): &(HsCode, HsCode)| {
            let digits = u8::try_from(first.digits().min(hs.digits())).unwrap_or(10);
            let cut = |code: HsCode| code.cut(digits).map(HsCode::padded);
            cut(*first) <= cut(hs) && cut(hs) <= cut(*last)
        };
        let excepted = self.except.iter().any(|it| it.covers(hs));
        !excepted && (self.goods.is_empty() || self.goods.iter().any(inside))
    }
}

/// All rules, in the order of their packs.
#[derive(Clone, Debug, Default)]
pub struct ComplianceBook {
    rules: Vec<Rule>,
}

impl ComplianceBook {
    /// Reads the `applies` rows of every pack of a kind that this engine knows.
    ///
    /// # Errors
    /// A kind, code, economy, mode or severity that cannot be read.
    pub fn from_rules(book: &RuleBook) -> Result<Self, ComplianceError> {
        let mut rules = Vec::new();
        for pack in book.list_all() {
            let refuse = |why: String| ComplianceError::Rule { id: pack.id.clone(), why };
            let code = KINDS.iter().find(|it| it.0 == pack.kind).map(|it| it.1);
            let code =
                code.ok_or_else(|| refuse(format!("its kind '{}' is not one of compliance", pack.kind)))?;
            let before = rules.len();
            for row in pack.all_rows().iter().filter(|row| row.table == "applies") {
                rules.push(rule(pack, code, row).map_err(refuse)?);
            }
            if rules.len() == before {
                return Err(refuse("it has no row in the table 'applies'".to_owned()));
            }
        }
        Ok(Self { rules })
    }

    /// Names of the facts that some rule asks for.
    pub fn list_facts(&self) -> impl Iterator<Item = &str> {
        self.rules.iter().filter_map(|it| it.condition.as_ref().map(|it| it.fact.as_str()))
    }

    pub fn list_rules(&self) -> &[Rule] {
        &self.rules
    }
}

fn rule(pack: &Arc<Rulepack>, code: u16, row: &rules::Row) -> Result<Rule, String> {
    let known = [
        "hs",
        "except",
        "origin",
        "dispatched",
        "either",
        "via",
        "destination",
        "mode",
        "severity",
        "text",
        "hint",
        "fact",
        "unless",
        "then",
        "then_text",
        "unknown",
    ];
    if let Some(stray) = row.cells.keys().find(|it| !known.contains(&it.as_str())) {
        return Err(format!("'{stray}' is not a cell of 'applies'; known are {}", known.join(", ")));
    }
    if row.cell("text").is_empty() {
        return Err("a row has no text".to_owned());
    }
    Ok(Rule {
        pack: Arc::clone(pack),
        code,
        days: row.days,
        goods: row.cell("hs").split_ascii_whitespace().map(range).collect::<Result<_, _>>()?,
        except: words(row.cell("except"), |it| it.parse().map_err(|error| format!("{error}")))?,
        origin: economies(row.cell("origin"))?,
        dispatched: economies(row.cell("dispatched"))?,
        either: economies(row.cell("either"))?,
        via: economies(row.cell("via"))?,
        destination: economies(row.cell("destination"))?,
        modes: words(row.cell("mode"), mode)?,
        severity: severity(row.cell("severity"))?,
        text: row.cell("text").to_owned(),
        hint: Some(row.cell("hint").to_owned()).filter(|it| !it.is_empty()),
        reference: row.reference.clone(),
        condition: condition(row)?,
    })
}

fn condition(row: &rules::Row) -> Result<Option<Condition>, String> {
    if row.cell("fact").is_empty() {
        return Ok(None);
    }
    if row.cell("unless").is_empty() || row.cell("unknown").is_empty() {
        return Err(format!("fact '{}' needs 'unless' and 'unknown'", row.cell("fact")));
    }
    let then = match row.cell("then") {
        "" => None,
        word => Some(severity(word)?),
    };
    Ok(Some(Condition {
        fact: row.cell("fact").to_owned(),
        unless: plain(row.cell("unless")),
        then,
        then_text: row.cell("then_text").to_owned(),
        unknown: severity(row.cell("unknown"))?,
    }))
}

/// A declared value, so that "Yes", "true" and "yes" are one.
pub(crate) fn plain(value: &str) -> String {
    match value.trim().to_lowercase().as_str() {
        "true" | "1" | "y" | "是" => "yes".to_owned(),
        "false" | "0" | "n" | "否" => "no".to_owned(),
        other => other.to_owned(),
    }
}

fn words<T>(text: &str, read: impl Fn(&str) -> Result<T, String>) -> Result<Vec<T>, String> {
    text.split_ascii_whitespace().map(read).collect()
}

fn range(text: &str) -> Result<(HsCode, HsCode), String> {
    let read = |it: &str| it.parse::<HsCode>().map_err(|error| error.to_string());
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let (first, last) = (read(first)?, read(last)?);
    if first.digits() != last.digits() || first > last {
        return Err(format!("'{text}' is not a range of codes of one length"));
    }
    Ok((first, last))
}

fn economies(text: &str) -> Result<Vec<Economy>, String> {
    let mut all = Vec::new();
    for word in text.split_ascii_whitespace() {
        let members: &[&str] = if word == "EU" { &EU } else { std::slice::from_ref(&word) };
        for member in members {
            all.push(member.parse().map_err(|error| format!("{error}"))?);
        }
    }
    Ok(all)
}

fn mode(text: &str) -> Result<Mode, String> {
    Mode::ALL.into_iter().find(|it| it.word() == text).ok_or_else(|| format!("'{text}' is not a mode"))
}

pub(crate) fn severity(text: &str) -> Result<Severity, String> {
    match text {
        "note" => Ok(Severity::Note),
        "caution" => Ok(Severity::Caution),
        "barrier" => Ok(Severity::Barrier),
        "prohibited" => Ok(Severity::Prohibited),
        _ => Err(format!("'{text}' is not note, caution, barrier or prohibited")),
    }
}
