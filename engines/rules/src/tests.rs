use domain::Date;

use crate::{RuleBook, RuleError, Trace, parse};

fn on(text: &str) -> Date {
    text.parse().unwrap()
}

fn pack(head: &str) -> String {
    format!(
        "# Fee\n\n```toml\nid = \"x.fee\"\njurisdiction = \"US\"\nkind = \"fee\"\npublisher = \"CBP\"\n{head}\n```\n\n\
         ## What it says\nA fee.\n\n## Why\nCosts.\n\n## Reference\nLaw 1.\n\n## Examples\n\n| on | minimum |\n|---|---|\n| 2025-10-01 | 33.58 |\n"
    )
}

const MINIMUM: &str = "
[[parameter]]
name = \"minimum\"
value = \"32.71\"
unit = \"USD\"
from = \"2024-10-01\"
reference = \"notice of 2024\"
[[parameter]]
name = \"minimum\"
value = \"33.58\"
unit = \"USD\"
from = \"2025-10-01\"
reference = \"notice of 2025\"
";

#[test]
fn the_day_decides_which_value_holds() {
    let pack = parse(&pack(MINIMUM)).unwrap();
    let check = |day: &str, expect: Option<&str>| {
        let found = pack.param("minimum", on(day)).map(|it| it.value.to_string());
        assert_eq!(found.as_deref(), expect, "{day}");
    };
    check("2024-09-30", None);
    check("2024-10-01", Some("32.71"));
    check("2025-09-30", Some("32.71"));
    check("2025-10-01", Some("33.58"));
    check("2031-01-01", Some("33.58"));
    let because = pack.param("minimum", on("2025-10-01")).unwrap().because;
    assert_eq!(because.reference.as_deref(), Some("notice of 2025"));
    assert_eq!(because.stated.as_deref(), Some("minimum = 33.58 USD"));
}

#[test]
fn lookups_leave_a_trace_even_when_nothing_is_found() {
    let pack = parse(&pack(MINIMUM)).unwrap();
    let mut trace = Trace::default();
    trace.param(&pack, "minimum", on("2020-01-01"));
    trace.param(&pack, "minimum", on("2026-01-01"));
    let found: Vec<bool> = trace.steps.iter().map(|it| it.found.is_some()).collect();
    assert_eq!(found, [false, true]);
}

#[test]
fn prose_and_examples_are_kept() {
    let pack = parse(&pack(MINIMUM)).unwrap();
    assert_eq!((pack.title.as_str(), pack.what.as_str(), pack.why.as_str()), ("Fee", "A fee.", "Costs."));
    assert_eq!(pack.examples.len(), 1);
    assert_eq!(pack.examples[0].cell("minimum"), "33.58");
    assert_eq!(pack.examples[0].line, pack_line("| 2025-10-01 | 33.58 |"));
}

fn pack_line(row: &str) -> usize {
    pack(MINIMUM).lines().position(|it| it == row).unwrap() + 1
}

#[test]
fn lists_and_rows_are_dated_too() {
    let pack = parse(&pack(
        "[[list]]\nname = \"members\"\nvalues = [\"AT\"]\nto = \"2020-01-31\"\nreference = \"a\"\n\
         [[row]]\ntable = \"controlled\"\nhs = \"850511\"\nfrom = \"2025-04-04\"\nreference = \"b\"\n",
    ))
    .unwrap();
    assert!(pack.list("members", on("2020-01-31")).is_some());
    assert!(pack.list("members", on("2020-02-01")).is_none());
    assert_eq!(pack.rows("controlled", on("2025-04-03")).count(), 0);
    assert_eq!(pack.rows("controlled", on("2025-04-04")).next().unwrap().cell("hs"), "850511");
}

#[test]
fn bad_rulepacks_say_why() {
    let check = |text: &str, expect: &str| {
        let error = parse(text).unwrap_err().to_string();
        assert!(error.contains(expect), "{error}");
    };
    check("", "lacks '# title'");
    check("# T\n", "lacks '```toml'");
    check(&pack("nonsense = "), "cannot be read");
    check(&pack("colour = \"red\""), "unknown field");
    check(&pack("from = \"01/02/21\""), "'01/02/21' in 'x.fee'");
    check(&pack("[[parameter]]\nname = \"a\"\nvalue = \"1\"\n"), "'a' of the rulepack has no reference");
    check(
        &pack(
            "[[parameter]]\nname = \"a\"\nvalue = \"1\"\nreference = \"r\"\n[[parameter]]\nname = \"a\"\nvalue = \"2\"\nreference = \"r\"\n",
        ),
        "'a' of the rulepack has two values",
    );
    check(&pack(MINIMUM).replace("## Why\n", ""), "lacks '## Why'");
    check(&pack(MINIMUM).replace("| 2025-10-01 | 33.58 |", ""), "lacks 'a row under ## Examples'");
    check(
        &pack(MINIMUM).replace("| 2025-10-01 | 33.58 |", "| 2025-10-01 |"),
        "has 1 cells; the header has 2",
    );
}

#[test]
fn a_book_finds_rules_and_names_the_bad_file() {
    let text = pack("from = \"2020-01-01\"");
    let book = RuleBook::read([("fee.md", text.as_str())]).unwrap();
    assert!(book.of("US", "fee", on("2020-01-01")).is_some());
    assert!(book.of("US", "fee", on("2019-12-31")).is_none());
    assert!(book.of("GB", "fee", on("2020-01-01")).is_none());
    assert!(book.find("x.fee").is_some());
    let (name, error) = RuleBook::read([("bad.md", "")]).unwrap_err();
    assert_eq!((name.as_str(), error), ("bad.md", RuleError::Lacks { what: "# title" }));
}
