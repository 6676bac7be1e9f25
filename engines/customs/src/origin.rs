//! Rules of origin: which agreements may lower a duty, what their rules ask, and whether the declared facts meet them.
//!
//! # Layout
//! Three texts of comma-separated values, UTF-8, with a header line.
//!
//! - `schemes.csv`: `scheme,importer,title,from,to,unilateral,proofs,reference`. `scheme` is the `programme` of the preference rows in the
//!   tariff book. `importer` is `GB`, `EU`, `US`, ... `unilateral` is `yes` or `no`. `proofs` are joined by `; `: any one of them will do.
//! - `members.csv`: `scheme,economy,from,to`.
//! - `rules.csv`: `scheme,first,last,alternative,tests,percent,text`. `first` and `last` are ten digits, both included. Any one `alternative`
//!   (1, 2, ...) of a range meets the rule. `tests` are joined by a blank, all of them asked: `WO` wholly obtained, `CC` `CTH` `CTSH` change of
//!   chapter, heading, subheading, `MAXNOM` at most `percent` of the ex-works price from materials without origin, `RVC` at least `percent`
//!   of regional value; anything else has no test of its own. `text` is what the source says, as plain text.
//!
//! # Facts
//! `origin.wholly_obtained` (yes/no), `origin.change` (none, CTSH, CTH, CC), `origin.nonoriginating_percent`, `origin.rvc_percent`,
//! `origin.rule_met` (yes/no: the product rule as a whole, for rules that have no test), `origin.direct_transport` (yes/no).

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use domain::{Date, Decimal, Economy, HsCode, Source};

use crate::book::{BookError, check_header, day, days};
use crate::csv;

pub const SCHEMES_HEADER: &str = "scheme,importer,title,from,to,unilateral,proofs,reference";
pub const MEMBERS_HEADER: &str = "scheme,economy,from,to";
pub const RULES_HEADER: &str = "scheme,first,last,alternative,tests,percent,text";

/// An agreement or unilateral scheme under which a territory grants preference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scheme {
    pub code: String,
    pub importer: Economy,
    pub title: String,
    pub unilateral: bool,
    /// Any one of them proves origin.
    pub proofs: Vec<String>,
    pub reference: String,
    from: i32,
    to: i32,
    members: Vec<(Economy, i32, i32)>,
    rules: Vec<Rule>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Rule {
    first: u64,
    last: u64,
    alternative: u32,
    tests: Vec<Test>,
    text: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Test {
    WhollyObtained,
    Change(Level),
    AtMostNonOriginating(Decimal),
    AtLeastRegional(Decimal),
    /// A rule that facts cannot test one by one, or whose threshold is not given.
    Other,
}

/// How far the code of materials without origin changes. The order is from least to most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    None,
    Subheading,
    Heading,
    Chapter,
}

/// All schemes, immutable, from one source.
#[derive(Clone, Debug)]
pub struct OriginBook {
    schemes: BTreeMap<String, Scheme>,
    source: Arc<Source>,
}

/// How declared facts stand to the rule of origin of one scheme for one product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OriginTest {
    pub verdict: Verdict,
    /// The rule in words; alternatives joined by "or". Empty when no rule is loaded for the product.
    pub rule: String,
    /// Facts that would decide it, when the declared ones do not.
    pub ask: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Met,
    NotMet,
    /// The declared facts do not say.
    Open,
    /// No rule is loaded for the product.
    NoRule,
}

/// The facts a person has declared.
pub type Facts = BTreeMap<String, String>;

/// Whether a yes/no fact is declared. Words other than yes and no are taken as not declared.
pub fn yes_no(facts: &Facts, name: &str) -> Option<bool> {
    match facts.get(name)?.trim().to_ascii_lowercase().as_str() {
        "yes" | "true" | "y" | "1" => Some(true),
        "no" | "false" | "n" | "0" => Some(false),
        _ => None,
    }
}

impl OriginBook {
    /// A book without schemes.
    pub fn empty(source: Arc<Source>) -> Self {
        Self { schemes: BTreeMap::new(), source }
    }

    /// Reads a book from its three texts. See the module for the layout.
    pub fn from_csv(
        schemes: &str,
        members: &str,
        rules: &str,
        source: Arc<Source>,
    ) -> Result<Self, BookError> {
        let mut book = Self { schemes: read_schemes(schemes)?, source };
        book.read_members(members)?;
        book.read_rules(rules)?;
        for scheme in book.schemes.values_mut() {
            scheme.members.sort_unstable();
            scheme.rules.sort_by_key(|it| (it.first, it.last, it.alternative));
        }
        Ok(book)
    }

    pub fn source(&self) -> &Arc<Source> {
        &self.source
    }

    pub fn find(&self, scheme: &str) -> Option<&Scheme> {
        self.schemes.get(scheme)
    }

    pub fn list_all(&self) -> impl Iterator<Item = &Scheme> {
        self.schemes.values()
    }

    /// Schemes under which `importer` may grant preference to goods of `origin` on a day, by code.
    pub fn of(&self, importer: Economy, origin: Economy, on: Date) -> impl Iterator<Item = &Scheme> {
        let day = day(on);
        self.schemes.values().filter(move |it| it.importer == importer && it.covers(origin, day))
    }

    fn read_members(&mut self, text: &str) -> Result<(), BookError> {
        const FILE: &str = "members.csv";
        each(FILE, text, MEMBERS_HEADER, |fields| {
            let [scheme, economy, from, to] = fields else { return Err("it must have 4 columns") };
            let economy = economy.parse().map_err(|_| "the economy must be two letters of ISO 3166")?;
            let (from, to) = days(from, to).ok_or("dates must be YYYY-MM-DD or empty, in order")?;
            let scheme = self.schemes.get_mut(scheme.as_ref()).ok_or("the scheme is not in schemes.csv")?;
            scheme.members.push((economy, from, to));
            Ok(())
        })
    }

    fn read_rules(&mut self, text: &str) -> Result<(), BookError> {
        const FILE: &str = "rules.csv";
        each(FILE, text, RULES_HEADER, |fields| {
            let [scheme, first, last, alternative, tests, percent, text] = fields else {
                return Err("it must have 7 columns");
            };
            let bound = |it: &str| it.parse::<u64>().ok().filter(|_| it.len() == 10);
            let (Some(first), Some(last)) = (bound(first), bound(last)) else {
                return Err("first and last must be ten digits");
            };
            let alternative = alternative.parse().map_err(|_| "the alternative must be a number")?;
            let percent = match percent.as_ref() {
                "" => None,
                it => Some(it.parse().map_err(|_| "percent must be a number or empty")?),
            };
            let tests = tests.split_ascii_whitespace().map(|it| read_test(it, percent, text)).collect();
            let scheme = self.schemes.get_mut(scheme.as_ref()).ok_or("the scheme is not in schemes.csv")?;
            scheme.rules.push(Rule { first, last, alternative, tests, text: text.to_string() });
            Ok(())
        })
    }
}

/// Reads every record under a checked header.
fn each(
    file: &'static str,
    text: &str,
    header: &'static str,
    mut take: impl FnMut(&[Cow<'_, str>]) -> Result<(), &'static str>,
) -> Result<(), BookError> {
    let mut records = csv::records(text);
    let mut fields = Vec::new();
    records.read(&mut fields);
    check_header(file, &fields, header)?;
    while let Some(line) = records.read(&mut fields) {
        take(&fields).map_err(|why| BookError::Row { file, line, given: fields.join(","), why })?;
    }
    Ok(())
}

fn read_schemes(text: &str) -> Result<BTreeMap<String, Scheme>, BookError> {
    let mut schemes = BTreeMap::new();
    each("schemes.csv", text, SCHEMES_HEADER, |fields| {
        let [code, importer, title, from, to, unilateral, proofs, reference] = fields else {
            return Err("it must have 8 columns");
        };
        let (from, to) = days(from, to).ok_or("dates must be YYYY-MM-DD or empty, in order")?;
        let scheme = Scheme {
            code: code.to_string(),
            importer: importer.parse().map_err(|_| "the importer must be two letters")?,
            title: title.to_string(),
            unilateral: unilateral == "yes",
            proofs: proofs.split("; ").filter(|it| !it.is_empty()).map(str::to_owned).collect(),
            reference: reference.to_string(),
            from,
            to,
            members: Vec::new(),
            rules: Vec::new(),
        };
        match schemes.insert(code.to_string(), scheme) {
            None => Ok(()),
            Some(_) => Err("the scheme is there twice"),
        }
    })?;
    Ok(schemes)
}

fn read_test(word: &str, percent: Option<Decimal>, text: &str) -> Test {
    // "Change of heading except from ..." cannot be tested by the level of the change alone.
    let excepted = text.contains("except");
    match word {
        "WO" => Test::WhollyObtained,
        "CC" if !excepted => Test::Change(Level::Chapter),
        "CTH" if !excepted => Test::Change(Level::Heading),
        "CTSH" if !excepted => Test::Change(Level::Subheading),
        "MAXNOM" => percent.map_or(Test::Other, Test::AtMostNonOriginating),
        "RVC" => percent.map_or(Test::Other, Test::AtLeastRegional),
        _ => Test::Other,
    }
}

impl Scheme {
    fn covers(&self, origin: Economy, day: i32) -> bool {
        self.from <= day
            && day <= self.to
            && self.members.iter().any(|&(it, from, to)| it == origin && from <= day && day <= to)
    }

    /// Tests the declared facts against the rule for a product: the narrowest range that covers the code.
    pub fn test(&self, hs: HsCode, facts: &Facts) -> OriginTest {
        let rules = self.rules_of(hs);
        let rule = rules.iter().map(|it| it.text.as_str()).collect::<Vec<_>>().join(" or ");
        if yes_no(facts, "origin.wholly_obtained") == Some(true) {
            return OriginTest { verdict: Verdict::Met, rule, ask: Vec::new() };
        }
        if let Some(met) = yes_no(facts, "origin.rule_met") {
            let verdict = if met { Verdict::Met } else { Verdict::NotMet };
            return OriginTest { verdict, rule, ask: Vec::new() };
        }
        if rules.is_empty() {
            return OriginTest { verdict: Verdict::NoRule, rule, ask: vec!["origin.rule_met".into()] };
        }
        let mut ask = Vec::new();
        let verdicts: Vec<Option<bool>> = rules.iter().map(|it| it.test(facts, &mut ask)).collect();
        let verdict = if verdicts.contains(&Some(true)) {
            Verdict::Met
        } else if verdicts.contains(&None) {
            Verdict::Open
        } else {
            Verdict::NotMet
        };
        ask.sort_unstable();
        ask.dedup();
        if verdict != Verdict::Open {
            ask.clear();
        }
        OriginTest { verdict, rule, ask }
    }

    fn rules_of(&self, hs: HsCode) -> Vec<&Rule> {
        let low = hs.padded();
        let high = low + 10_u64.pow(10 - hs.digits() as u32) - 1;
        let covering = || self.rules.iter().filter(|it| it.first <= low && high <= it.last);
        let Some(width) = covering().map(|it| it.last - it.first).min() else { return Vec::new() };
        covering().filter(|it| it.last - it.first == width).collect()
    }
}

impl Rule {
    /// `None`: the facts do not say; the ones that would are put into `ask`.
    fn test(&self, facts: &Facts, ask: &mut Vec<String>) -> Option<bool> {
        let mut known = true;
        for test in &self.tests {
            match test.run(facts) {
                Ok(true) => {}
                Ok(false) => return Some(false),
                Err(name) => {
                    ask.push(name.to_owned());
                    known = false;
                }
            }
        }
        if self.tests.is_empty() {
            ask.push("origin.rule_met".to_owned());
        }
        (known && !self.tests.is_empty()).then_some(true)
    }
}

impl Test {
    fn run(&self, facts: &Facts) -> Result<bool, &'static str> {
        let number = |name: &'static str| -> Result<Decimal, &'static str> {
            facts.get(name).and_then(|it| it.trim().parse().ok()).ok_or(name)
        };
        match self {
            Self::WhollyObtained => yes_no(facts, "origin.wholly_obtained").ok_or("origin.wholly_obtained"),
            Self::Change(level) => {
                let declared = facts.get("origin.change").and_then(|it| read_level(it));
                declared.map(|it| it >= *level).ok_or("origin.change")
            }
            Self::AtMostNonOriginating(most) => Ok(number("origin.nonoriginating_percent")? <= *most),
            Self::AtLeastRegional(least) => Ok(number("origin.rvc_percent")? >= *least),
            Self::Other => Err("origin.rule_met"),
        }
    }
}

fn read_level(text: &str) -> Option<Level> {
    match text.trim().to_ascii_uppercase().as_str() {
        "NONE" | "NO" => Some(Level::None),
        "CTSH" => Some(Level::Subheading),
        "CTH" => Some(Level::Heading),
        "CC" => Some(Level::Chapter),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book() -> OriginBook {
        let source = Arc::new(Source {
            title: "Rules of origin".into(),
            publisher: "HMRC".into(),
            vintage: "2026-08".into(),
            book: None,
            licence: None,
        });
        OriginBook::from_csv(
            &format!("{SCHEMES_HEADER}\njapan,GB,UK/Japan,2021-01-01,,no,Statement on origin; Importer's knowledge,CEPA\n"),
            &format!("{MEMBERS_HEADER}\njapan,JP,,\n"),
            &format!(
                "{RULES_HEADER}\n\
                 japan,8502000000,8518999999,1,CTH,,Change of heading\n\
                 japan,8502000000,8518999999,2,MAXNOM,50,At most 50% of the ex-works price\n\
                 japan,8502000000,8518999999,3,RVC,55,At least 55% regional value\n\
                 japan,8507000000,8507999999,1,CTH,,Change of heading except from 8548\n\
                 japan,0101000000,0106999999,1,WO,,Wholly obtained\n"
            ),
            source,
        )
        .unwrap()
    }

    fn check(hs: &str, facts: &str, expect: Verdict, ask: &[&str]) {
        let facts: Facts =
            facts.split(';').filter_map(|it| it.split_once('=')).map(|(a, b)| (a.into(), b.into())).collect();
        let book = book();
        let found = book.find("japan").unwrap().test(hs.parse().unwrap(), &facts);
        assert_eq!(found.verdict, expect, "{hs} {facts:?}");
        assert_eq!(found.ask, ask, "{hs} {facts:?}");
    }

    #[test]
    fn declared_facts_meet_the_rule_or_not() {
        check("850511", "origin.change=CTH", Verdict::Met, &[]);
        check("850511", "origin.change=CC", Verdict::Met, &[]);
        check("850511", "origin.nonoriginating_percent=50", Verdict::Met, &[]);
        check(
            "850511",
            "origin.nonoriginating_percent=50.1;origin.change=CTSH;origin.rvc_percent=54",
            Verdict::NotMet,
            &[],
        );
        check(
            "850511",
            "origin.nonoriginating_percent=60",
            Verdict::Open,
            &["origin.change", "origin.rvc_percent"],
        );
        check("850511", "origin.wholly_obtained=yes", Verdict::Met, &[]);
        check("850760", "origin.change=CTH", Verdict::Open, &["origin.rule_met"]);
        check("850760", "origin.rule_met=yes", Verdict::Met, &[]);
        check("010121", "origin.wholly_obtained=no", Verdict::NotMet, &[]);
        check("700100", "", Verdict::NoRule, &["origin.rule_met"]);
    }

    #[test]
    fn a_scheme_covers_its_members_on_its_days() {
        let book = book();
        let count = |origin: &str, on: &str| {
            book.of(Economy::new(*b"GB"), origin.parse().unwrap(), on.parse().unwrap()).count()
        };
        assert_eq!(count("JP", "2021-01-01"), 1);
        assert_eq!(count("JP", "2020-12-31"), 0);
        assert_eq!(count("CN", "2021-01-01"), 0);
    }
}
