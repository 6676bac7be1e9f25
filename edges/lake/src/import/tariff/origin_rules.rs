//! UK rules of origin as HMRC publishes them for the online tariff: the schemes with their economies and proofs, and one file of
//! product rules for each scheme.

use std::collections::BTreeSet;

use domain::{Basis, Economy};
use serde_json::Value;

use super::json::{list, parse, text};
use super::measure::tidy;
use crate::csv_text::Table;
use crate::error::LakeError;
use crate::import::report::Repair;
use crate::import::text::decode;
use crate::import::{
    About, Draft, Glimpse, Imported, Importer, Input, Kind, Options, Score, Tally, imported,
};

pub const SCHEMES: Importer = Importer {
    kind: Kind::UkOriginSchemes,
    name: "uk-origin-schemes",
    what: "UK preferential schemes (roo_schemes_uk.json): economies and proofs of origin",
    guess: guess_schemes,
    import: import_schemes,
};

pub const RULES: Importer = Importer {
    kind: Kind::UkOriginRules,
    name: "uk-origin-rules",
    what: "UK product-specific rules of origin of one scheme (JSON); the scheme is the name of the file",
    guess: guess_rules,
    import: import_rules,
};

/// Publisher and licence, for the maker of the bundled book too.
pub const ABOUT: About = About {
    title: "UK rules of origin",
    publisher: "HM Revenue and Customs; Department for Business and Trade",
    licence: "Open Government Licence v3.0",
    licence_url: Some("https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"),
    basis: Basis::Observed,
    how: "One row per scheme, economy and product rule. Classes of rules that the source leaves empty are read from its standard \
          sentences; a threshold is kept only when the rule names one.",
};
const BOOK: &str = "origin-rules-gb";
/// Headers of the three tables, as `customs::origin` reads them.
pub const SCHEMES_HEADER: [&str; 8] =
    ["scheme", "importer", "title", "from", "to", "unilateral", "proofs", "reference"];
pub const MEMBERS_HEADER: [&str; 4] = ["scheme", "economy", "from", "to"];
pub const RULES_HEADER: [&str; 7] = ["scheme", "first", "last", "alternative", "tests", "percent", "text"];

/// A scheme with its economies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scheme {
    pub code: String,
    pub title: String,
    pub from: String,
    pub to: String,
    pub unilateral: bool,
    pub proofs: Vec<String>,
    pub reference: String,
    pub economies: BTreeSet<String>,
}

fn guess_schemes(glimpse: &Glimpse<'_>) -> Score {
    if glimpse.head.contains("\"scheme_code\"") && glimpse.head.contains("\"proofs\"") { 95 } else { 0 }
}

fn import_schemes(input: &Input, options: &Options) -> Result<Imported, LakeError> {
    let decoded = decode(input, options.encoding.as_deref())?;
    let mut tally = Tally::default();
    let schemes = read_schemes(&input.given, &decoded.text, &mut tally)?;
    let tables = vec![
        ("schemes.csv".to_owned(), schemes_csv(&schemes)),
        ("members.csv".to_owned(), members_csv(&schemes)),
    ];
    let draft = Draft { book: BOOK, about: &ABOUT, vintage: "2026-08", tables };
    let mut made = imported(&SCHEMES, input, options, draft, &tally)?.read_as(&decoded);
    made.keeps_others = true;
    Ok(made)
}

/// `line` in the report is the running number of the scheme.
pub fn read_schemes(file: &str, json: &str, tally: &mut Tally) -> Result<Vec<Scheme>, LakeError> {
    let document = parse(file, json, SCHEMES.name)?;
    if !document["schemes"].is_array() {
        return Err(form(file, SCHEMES.name, "it has no list named schemes"));
    }
    let mut schemes = Vec::new();
    for (index, entry) in list(&document["schemes"]).iter().enumerate() {
        let line = index as u64 + 1;
        let code = text(&entry["scheme_code"]).into_owned();
        let economies: BTreeSet<String> =
            list(&entry["countries"]).iter().filter_map(|it| economy(&text(it))).collect();
        if code.is_empty() || economies.is_empty() {
            tally.reject(line, "countries", "no scheme code or no economies", &text(&entry["title"]));
            continue;
        }
        let proofs = list(&entry["proofs"]).iter().map(|it| tidy(&text(&it["summary"])).replace(';', ","));
        let link = list(&entry["links"]).first().map(|it| text(&it["url"]).into_owned());
        schemes.push(Scheme {
            code,
            title: tidy(&text(&entry["title"])),
            from: text(&entry["validity_start_date"]).into_owned(),
            to: text(&entry["validity_end_date"]).into_owned(),
            unilateral: entry["unilateral"].as_bool().unwrap_or(false),
            proofs: proofs.filter(|it| !it.is_empty()).collect(),
            reference: link.unwrap_or_else(|| tidy(&text(&entry["ord"]["ord_title"]))),
            economies,
        });
        tally.accept();
    }
    Ok(schemes)
}

fn form(file: &str, kind: &str, why: &str) -> LakeError {
    LakeError::Form { file: file.to_owned(), kind: kind.to_owned(), why: why.to_owned() }
}

/// The list names groups beside their members ("EU", "andean"); Serbia is XS.
fn economy(code: &str) -> Option<String> {
    match code {
        "EU" => None,
        "XS" => Some("RS".to_owned()),
        _ => code.parse::<Economy>().ok().filter(|it| it.code() == code).map(|it| it.to_string()),
    }
}

/// `schemes.csv`.
pub fn schemes_csv(schemes: &[Scheme]) -> String {
    let mut table = Table::new(&SCHEMES_HEADER);
    for it in schemes {
        let unilateral = if it.unilateral { "yes" } else { "no" };
        let proofs = it.proofs.join("; ");
        table.row([&it.code, "GB", &it.title, &it.from, &it.to, unilateral, &proofs, &it.reference]);
    }
    table.finish()
}

/// `members.csv`.
pub fn members_csv(schemes: &[Scheme]) -> String {
    let mut table = Table::new(&MEMBERS_HEADER);
    for scheme in schemes {
        for economy in &scheme.economies {
            table.row([scheme.code.as_str(), economy, "", ""]);
        }
    }
    table.finish()
}

/// One product rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Ten digits, both included.
    pub first: String,
    pub last: String,
    pub alternative: u32,
    pub tests: String,
    pub percent: String,
    pub text: String,
}

fn guess_rules(glimpse: &Glimpse<'_>) -> Score {
    let head = &glimpse.head;
    if head.contains("\"rule_sets\"") && head.contains("\"rules\"") { 95 } else { 0 }
}

fn import_rules(input: &Input, options: &Options) -> Result<Imported, LakeError> {
    let decoded = decode(input, options.encoding.as_deref())?;
    let mut tally = Tally::default();
    let scheme = input.name.trim_end_matches(".json").to_lowercase();
    let rules = read_rules(&input.given, &decoded.text, &mut tally)?;
    let mut table = Table::new(&RULES_HEADER);
    push_rules(&mut table, &scheme, &rules);
    let tables = vec![(format!("rules-{scheme}.csv"), table.finish())];
    let draft = Draft { book: BOOK, about: &ABOUT, vintage: "2026-08", tables };
    let mut made = imported(&RULES, input, options, draft, &tally)?.read_as(&decoded);
    made.keeps_others = true;
    Ok(made)
}

/// Adds the rules of a scheme to `rules.csv`.
pub fn push_rules(table: &mut Table, scheme: &str, rules: &[Rule]) {
    for it in rules {
        let alternative = it.alternative.to_string();
        table.row([scheme, &it.first, &it.last, &alternative, &it.tests, &it.percent, &it.text]);
    }
}

/// `line` in the report is the running number of the rule.
pub fn read_rules(file: &str, json: &str, tally: &mut Tally) -> Result<Vec<Rule>, LakeError> {
    let document = parse(file, json, RULES.name)?;
    if !document["rule_sets"].is_array() {
        return Err(form(file, RULES.name, "it has no list named rule_sets"));
    }
    let mut rules = Vec::new();
    let mut line = 0;
    for set in list(&document["rule_sets"]) {
        let (first, last) = (text(&set["min"]), text(&set["max"]));
        let is_code = |it: &str| it.len() == 10 && it.bytes().all(|it| it.is_ascii_digit());
        let mut alternative = 0;
        for entry in list(&set["rules"]) {
            line += 1;
            if !is_code(&first) || !is_code(&last) || first > last {
                tally.reject(line, "min", "no range of ten digits", &text(&set["heading"]));
                continue;
            }
            if set["valid"] == Value::Bool(false) || entry["import"] == Value::Bool(false) {
                tally.set_aside(line, "import", "a rule that is not for imports", &text(&set["heading"]));
                continue;
            }
            if text(&entry["operator"]) != "and" || alternative == 0 {
                alternative += 1;
            }
            rules.push(rule(entry, (&first, &last), alternative, line, tally));
        }
    }
    Ok(rules)
}

fn rule(entry: &Value, (first, last): (&str, &str), alternative: u32, line: u64, tally: &mut Tally) -> Rule {
    let words = plain(&text(&entry["rule"]));
    let stated: Vec<String> = list(&entry["class"]).iter().map(|it| text(it).to_uppercase()).collect();
    let mut tests = stated.clone();
    if tests.is_empty() && is_change_of_heading(&words) {
        tests.push("CTH".to_owned());
    }
    // A second condition that the class does not name keeps the rule from being tested by halves.
    if words.contains("QVC") {
        tests.push("QVC".to_owned());
    }
    let names_change = !tests.iter().any(|it| matches!(it.as_str(), "CC" | "CTH" | "CTSH" | "WO"));
    if !tests.is_empty() && names_change && CHANGE_OF_HEADING.iter().any(|it| words.contains(it)) {
        // "However, materials of the same heading may be used": a tolerance that no test of ours knows.
        tests.push(if words.contains("However") { "TOLERANCE" } else { "CTH" }.to_owned());
    }
    let mut repairs = Vec::new();
    if tests != stated {
        repairs.push(Repair {
            column: "class",
            reason: "class of the rule read from its standard sentence",
            found: stated.join(" "),
            to: tests.join(" "),
        });
    }
    tally.take(line, &mut repairs);
    let is_share = tests.iter().any(|it| it == "MAXNOM" || it == "RVC");
    let percent = if is_share { only_percent(&words) } else { String::new() };
    Rule {
        first: first.to_owned(),
        last: last.to_owned(),
        alternative,
        tests: tests.join(" "),
        percent,
        text: shortened(words),
    }
}

/// The words of a change of heading inside a longer rule.
const CHANGE_OF_HEADING: [&str; 3] = [
    "classified within a heading other than that of the",
    "from materials of any heading, except that of the",
    "classified in a heading other than that of the",
];

fn is_change_of_heading(words: &str) -> bool {
    let words = words.trim_end_matches('.');
    [
        "Manufacture from materials of any heading, except that of the good",
        "Manufacture from materials of any heading, except that of the product",
    ]
    .contains(&words)
}

/// The percentage of the rule, when it names exactly one.
fn only_percent(words: &str) -> String {
    let mut found = BTreeSet::new();
    for (at, _) in words.match_indices('%') {
        let head = words[..at].trim_end();
        let start = head.rfind(|it: char| !it.is_ascii_digit() && it != '.').map_or(0, |it| it + 1);
        found.insert(head[start..].to_owned());
    }
    match found.pop_first() {
        Some(one) if found.is_empty() => one,
        _ => String::new(),
    }
}

/// The text without the marks of HTML and Markdown.
fn plain(marked: &str) -> String {
    let mut out = String::with_capacity(marked.len());
    let mut rest = marked;
    while let Some(letter) = rest.chars().next() {
        let next = match letter {
            '<' => rest.find('>').map(|end| &rest[end + 1..]),
            '[' => rest.find("](").and_then(|middle| {
                let after = rest[middle..].find(')')? + middle;
                out.push_str(&rest[1..middle]);
                Some(&rest[after + 1..])
            }),
            '*' => Some(&rest[1..]),
            _ => None,
        };
        rest = next.unwrap_or_else(|| {
            out.push(letter);
            &rest[letter.len_utf8()..]
        });
    }
    tidy(&out)
}

/// Standard explanations that follow an abbreviation are cut: the abbreviation says the same.
fn shortened(words: String) -> String {
    const CUT: [(&str, &str); 3] = [
        (
            "CTH: All non-originating materials used in the production of the good have undergone a change in tariff classification at the \
             4-digit level (tariff heading)",
            "CTH: change of tariff heading of all non-originating materials",
        ),
        (
            "CTSH: All non-originating materials used in the production of the good have undergone a change in tariff classification at the \
             6-digit level (tariff subheading)",
            "CTSH: change of tariff subheading of all non-originating materials",
        ),
        (
            "CC: All non-originating materials used in the production of the good have undergone a change in tariff classification at the \
             2-digit level (chapter)",
            "CC: change of chapter of all non-originating materials",
        ),
    ];
    CUT.iter().fold(words, |words, (long, short)| words.replace(long, short))
}
