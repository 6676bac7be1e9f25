use std::collections::BTreeMap;

use domain::calendar::parse_date;
use domain::{Economy, PartyRole};
use rules::{Example, RuleBook};

use super::*;
use crate::{ComplianceError, rulepacks, shipped};

/// An owned question, so that tests can write one in a line.
struct Asked {
    hs: HsCode,
    origin: Economy,
    dispatched: Economy,
    via: Vec<Economy>,
    destination: Economy,
    modes: Vec<Mode>,
    on: Date,
    facts: BTreeMap<String, String>,
}

impl Asked {
    fn new(on: &str, hs: &str, origin: &str, destination: &str) -> Self {
        Self {
            hs: hs.parse().unwrap(),
            origin: origin.parse().unwrap(),
            dispatched: origin.parse().unwrap(),
            via: Vec::new(),
            destination: destination.parse().unwrap(),
            modes: vec![Mode::Sea],
            on: parse_date(on).unwrap(),
            facts: BTreeMap::new(),
        }
    }

    fn of(example: &Example) -> Self {
        let cell = |name| example.cell(name);
        let mut asked = Self::new(cell("on"), cell("hs"), cell("origin"), cell("to"));
        if !cell("shipped").is_empty() {
            asked.dispatched = cell("shipped").parse().unwrap();
        }
        asked.via = cell("via").split_ascii_whitespace().map(|it| it.parse().unwrap()).collect();
        asked.modes = vec![Mode::ALL.into_iter().find(|it| it.word() == cell("mode")).unwrap()];
        for fact in cell("facts").split(';').filter(|it| !it.trim().is_empty()) {
            let (name, value) = fact.split_once('=').unwrap();
            asked.facts.insert(name.trim().to_owned(), value.trim().to_owned());
        }
        asked
    }

    fn ask(&self, book: &ComplianceBook) -> ComplianceAnswer {
        let question = TradeQuestion {
            hs: self.hs,
            origin: self.origin,
            dispatched_from: self.dispatched,
            via: &self.via,
            destination: self.destination,
            modes: &self.modes,
            on: self.on,
            parties: &[],
            facts: &self.facts,
        };
        check_trade(&question, book)
    }
}

fn worst(answer: &ComplianceAnswer) -> &'static str {
    match answer.hits.iter().map(|it| it.severity).max() {
        None => "-",
        Some(Severity::Note) => "note",
        Some(Severity::Caution) => "caution",
        Some(Severity::Barrier) => "barrier",
        Some(Severity::Prohibited) => "prohibited",
    }
}

/// Every rulepack's examples, each asked of its own pack alone.
#[test]
fn the_examples_of_every_rulepack_run() {
    for (file, text) in rulepacks() {
        let rules =
            RuleBook::read([(*file, *text)]).unwrap_or_else(|(file, error)| panic!("{file}: {error}"));
        let book = ComplianceBook::from_rules(&rules).unwrap();
        for example in &rules.list_all()[0].examples {
            let found = Asked::of(example).ask(&book);
            assert_eq!(
                worst(&found),
                example.cell("expect"),
                "{file}, line {}: {:?}",
                example.line,
                found.hits
            );
        }
    }
}

#[test]
fn every_file_of_the_folder_is_shipped() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rulepacks/compliance");
    let mut found = Vec::new();
    for jurisdiction in std::fs::read_dir(&folder).unwrap() {
        let jurisdiction = jurisdiction.unwrap();
        for file in std::fs::read_dir(jurisdiction.path()).unwrap() {
            let (folder, file) = (jurisdiction.file_name(), file.unwrap().file_name());
            found.push(format!("{}/{}", folder.to_string_lossy(), file.to_string_lossy()));
        }
    }
    found.sort();
    let listed: Vec<&str> = rulepacks().iter().map(|it| it.0).collect();
    assert_eq!(listed, found);
}

#[test]
fn magnets_from_china_need_a_licence_until_declared_free() {
    let book = shipped().unwrap();
    let mut asked = Asked::new("2026-11-22", "850511", "CN", "GB");
    let answer = asked.ask(&book);
    assert_eq!(answer.outcome, Outcome::LicenceNeeded);
    assert_eq!(answer.hits[0].rule, "compliance.cn.rare-earths");
    assert_eq!(answer.hits[0].missing_fact.as_deref(), Some("goods.contains_dysprosium_terbium"));
    let hint = answer.findings[0].hint.clone().unwrap();
    assert!(
        hint.starts_with("Declare the fact goods.contains_dysprosium_terbium = no if that is so."),
        "{hint}"
    );
    asked.facts.insert("goods.contains_dysprosium_terbium".to_owned(), "No".to_owned());
    assert_eq!(asked.ask(&book).outcome, Outcome::Check);
}

#[test]
fn nothing_is_clear_while_nobody_is_screened() {
    let book = shipped().unwrap();
    let quiet = Asked::new("2026-11-22", "283691", "CL", "NL");
    let answer = quiet.ask(&book);
    assert_eq!((answer.outcome, answer.screened), (Outcome::Check, Screening::NotScreened));
    assert!(answer.hits.is_empty());
    assert_eq!(answer.findings.len(), 1);
    assert_eq!(answer.findings[0].code.to_string(), "PRP-1701");
    let party =
        Party { name: "Acme".into(), role: PartyRole::Seller, economy: None, identifiers: Vec::new() };
    assert!(not_screened(&[party]).text.contains("Not screened: Acme"));
}

#[test]
fn findings_come_heaviest_first() {
    let answer = Asked::new("2026-11-22", "740311", "RU", "GB").ask(&shipped().unwrap());
    assert!(answer.is_prohibited());
    assert!(answer.hits.is_sorted_by(|a, b| a.severity >= b.severity));
}

/// Heading 8505 may be the controlled subheading; a national line below it is.
#[test]
fn shorter_and_longer_codes_are_covered() {
    let book = shipped().unwrap();
    let check = |hs: &str, expect: Outcome| {
        assert_eq!(Asked::new("2026-11-22", hs, "CN", "GB").ask(&book).outcome, expect, "{hs}");
    };
    check("8505", Outcome::LicenceNeeded);
    check("8505111000", Outcome::LicenceNeeded);
    check("850590", Outcome::Check);
}

#[test]
fn a_rulepack_that_cannot_be_used_says_why() {
    let text = |row: &str, kind: &str| {
        format!(
            "# T\n\n```toml\nid = \"x\"\njurisdiction = \"*\"\nkind = \"{kind}\"\npublisher = \"p\"\n[[row]]\ntable = \"applies\"\n\
             reference = \"r\"\ntext = \"t\"\n{row}\n```\n## What it says\n## Why\n## Reference\n## Examples\n| on |\n|---|\n| x |\n"
        )
    };
    let check = |row: &str, kind: &str, expect: &str| {
        let rules = RuleBook::read([("x.md", text(row, kind).as_str())]).unwrap();
        let ComplianceError::Rule { why, .. } = ComplianceBook::from_rules(&rules).unwrap_err();
        assert!(why.contains(expect), "{why}");
    };
    check("severity = \"grave\"", "embargo", "'grave' is not note, caution, barrier or prohibited");
    check("severity = \"note\"\nhs = \"85051\"", "embargo", "not an HS code");
    check("severity = \"note\"\nhs = \"85-8401\"", "embargo", "not a range of codes of one length");
    check("severity = \"note\"\norigin = \"China\"", "embargo", "not an economy");
    check("severity = \"note\"\nmode = \"ship\"", "embargo", "'ship' is not a mode");
    check("severity = \"note\"\nfact = \"f\"", "embargo", "needs 'unless' and 'unknown'");
    check("severity = \"note\"\ncolour = \"red\"", "embargo", "'colour' is not a cell");
    check("severity = \"note\"", "duty", "its kind 'duty' is not one of compliance");
}

/// Whatever is asked, a stated fact never makes the answer graver than the rule, and none is passed in silence.
#[test]
fn an_unknown_fact_is_never_silently_passed() {
    for rule in shipped().unwrap().list_rules() {
        if let Some(condition) = &rule.condition {
            assert!(condition.unknown >= condition.then.unwrap_or(Severity::Note), "{}", rule.pack.id);
            assert!(condition.unknown <= rule.severity, "{}", rule.pack.id);
        }
    }
}
