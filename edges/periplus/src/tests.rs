//! Tests of whole commands, run in process: pages at 80 and 160 columns in both languages, exports, broken inputs.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use domain::deal::Deals;
use expect_test::{ExpectFile, expect, expect_file};

use crate::answer::{SCHEMA, Written};
use crate::effort::Effort;
use crate::show;
use crate::words::{Lang, Words};
use crate::{Surroundings, run};
use testkit::fixture;

/// A folder of its own for a test, removed when dropped.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("periplus-cli-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path.display().to_string()
    }

    /// Keeps an answer as the last one.
    pub(crate) fn keep(&self, deals: &Deals) {
        self.write("data/answers/last.json", answer_text(deals));
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub(crate) fn answer_text(deals: &Deals) -> String {
    let effort = effort();
    let dossier: Option<&serde_json::Value> = None;
    serde_json::to_string_pretty(&Written {
        schema: SCHEMA,
        deals,
        effort: Some(&effort),
        asked: None,
        dossier,
    })
    .unwrap()
}

fn effort() -> Effort {
    Effort {
        seconds: 0.12,
        cpu_seconds: Some(0.2),
        energy_joules: Some(2.0),
        watts_per_core: 10.0,
        energy_basis: "assumed".into(),
    }
}

/// What a command did.
pub(crate) struct Done {
    pub(crate) code: u8,
    pub(crate) out: Vec<u8>,
    pub(crate) err: String,
}

impl Done {
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.out).unwrap()
    }
}

/// Runs a command in a folder of its own, on no terminal, in English, 80 columns.
pub(crate) fn periplus(folder: &Folder, args: &[&str]) -> Done {
    periplus_with(folder, args, &[])
}

pub(crate) fn periplus_with(folder: &Folder, args: &[&str], env: &[(&str, &str)]) -> Done {
    let mut all: BTreeMap<String, String> =
        [("PERIPLUS_DATA_DIR".to_owned(), folder.path().join("data").display().to_string())].into();
    all.extend(env.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())));
    let around = Surroundings {
        env: all,
        cwd: folder.path().to_owned(),
        today: "2026-11-22".parse().unwrap(),
        out_is_terminal: false,
        err_is_terminal: false,
        terminal_width: None,
    };
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let args = std::iter::once("periplus").chain(args.iter().copied()).map(Into::into);
    let code = run(args, &around, &mut out, &mut err);
    Done { code, out, err: String::from_utf8(err).unwrap() }
}

fn widest(text: &str) -> usize {
    text.lines().map(crate::screen::wrap::width).max().unwrap_or(0)
}

/// An answer as it is shown in a language.
fn spoken(deals: &Deals, words: &Words) -> Deals {
    let mut spoken = deals.clone();
    ::desk::phrases::localise(&mut spoken, words);
    spoken
}

fn scan_page(deals: &Deals, lang: Lang, width: usize) -> String {
    let words = Words::new(lang);
    let text = show::scan::page(&spoken(deals, &words), Some(&effort()), &words, width, false).to_plain();
    assert!(widest(&text) <= width, "{} > {width}:\n{text}", widest(&text));
    text
}

#[test]
fn ranked_plans_fit_80_and_160_columns_in_both_languages() {
    let check =
        |lang, width, expect: ExpectFile| expect.assert_eq(&scan_page(&fixture::deals(), lang, width));
    check(Lang::En, 80, expect_file!["../tests/golden/scan_en_80.txt"]);
    check(Lang::En, 160, expect_file!["../tests/golden/scan_en_160.txt"]);
    check(Lang::Zh, 80, expect_file!["../tests/golden/scan_zh_80.txt"]);
    check(Lang::Zh, 160, expect_file!["../tests/golden/scan_zh_160.txt"]);
}

#[test]
fn without_a_plan_the_smallest_changes_are_named() {
    let check = |lang, expect: ExpectFile| expect.assert_eq(&scan_page(&fixture::none_feasible(), lang, 80));
    check(Lang::En, expect_file!["../tests/golden/none_en_80.txt"]);
    check(Lang::Zh, expect_file!["../tests/golden/none_zh_80.txt"]);
}

#[test]
fn a_plan_is_shown_line_by_line() {
    let deals = fixture::deals();
    let check = |index: usize, lang, width, explain, expect: ExpectFile| {
        let words = Words::new(lang);
        let deals = spoken(&deals, &words);
        let text = show::plan::page(&deals, &deals.plans[index], &words, width, explain).to_plain();
        assert!(widest(&text) <= width, "{} > {width}:\n{text}", widest(&text));
        expect.assert_eq(&text);
    };
    check(0, Lang::En, 80, true, expect_file!["../tests/golden/plan_en_80.txt"]);
    check(1, Lang::En, 160, false, expect_file!["../tests/golden/plan_en_160.txt"]);
    check(0, Lang::Zh, 80, false, expect_file!["../tests/golden/plan_zh_80.txt"]);
    check(1, Lang::Zh, 160, true, expect_file!["../tests/golden/plan_zh_160.txt"]);
}

/// The JSON of the fixture is a contract: readers of schema periplus.answer/1 parse this very text.
#[test]
fn the_json_of_an_answer_is_stable() {
    expect_file!["../tests/golden/answer.json"].assert_eq(&answer_text(&fixture::deals()));
    expect_file!["../tests/golden/none.json"].assert_eq(&answer_text(&fixture::none_feasible()));
}

#[test]
fn pages_hold_at_any_width() {
    for width in [40, 57, 80, 99, 139, 140, 200] {
        for lang in Lang::ALL {
            scan_page(&fixture::deals(), lang, width.max(60));
        }
    }
}

#[test]
fn why_says_formula_source_and_reference() {
    let folder = Folder::new("why");
    folder.keep(&fixture::deals());
    let done = periplus(&folder, &["radar", "why", "cn-sea-1.duty"]);
    assert_eq!(done.code, 0, "{}", done.err);
    expect![[r#"
        CN-sea-1.duty  Third-country duty 8505 11 00: 2,040.15 GBP
          Formula     97,150.00 GBP x 2.1 %
          Says        2.1%
          Basis       observed: stated by its source for this very case
          Source      Table of invented duties, Invented for tests, 2026-01; test 1; CC0
          Reference   Invented Tariff Act, article 7


        Planning estimate, not a ruling and not advice.
    "#]]
    .assert_eq(done.text());
    let list = periplus(&folder, &["radar", "why", "2"]);
    assert!(list.text().contains("radar why VN-sea-1."), "{}", list.text());
    assert!(list.text().contains("unknown"), "{}", list.text());
}

#[test]
fn why_not_finds_economies_modes_reasons_and_plans() {
    let folder = Folder::new("why-not");
    folder.keep(&fixture::deals());
    let check = |asked: &str, expect: &str| {
        let done = periplus(&folder, &["radar", "why-not", asked]);
        assert_eq!(done.code, 0, "{}", done.err);
        let text = done.text().split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(expect), "{asked}: {text}");
    };
    check("BR", "days late");
    check("air", "(beaten by CN-sea-1)");
    check("prohibited", "under embargo");
    check("JP-air-1", "dearer by 21 %");
    check("CN", "Shown in the answer: CN-sea-1");
    check("", "Japan × 3,504: air:JPNRT-GBLHR");
    let done = periplus(&folder, &["radar", "why-not", "FR"]);
    assert_eq!(done.code, 3);
    expect![[r#"
        error: PRP-1909: nothing in the answer speaks of 'FR'
        hint: one of the reasons deadline, dominated, prohibited; or one of 3 economies (name or code), a mode, a passage or a plan
    "#]]
    .assert_eq(&done.err);
}

#[test]
fn two_answers_differ_by_plan_and_line() {
    let folder = Folder::new("diff");
    let mut after = fixture::deals();
    after.plans.truncate(1);
    after.plans[0].lines[1].amount = Some(domain::Money::from_minor(300_000, domain::Currency::GBP));
    after.plans[0].landed = domain::Total::of(&after.plans[0].lines, domain::Currency::GBP).unwrap();
    folder.write("before.json", answer_text(&fixture::deals()));
    folder.keep(&after);
    let done = periplus(&folder, &["radar", "diff", "before.json"]);
    expect![[r#"
        CN-sea-1
          landed cost: 99,802.65 GBP → 100,652.65 GBP
          main_carriage: Freight of the main leg: 2,150.00 GBP → 3,000.00 GBP
        VN-sea-1
          plan: at least 101,762.50 GBP → not there
    "#]]
    .assert_eq(done.text());
}

#[test]
fn exports_escape_and_disarm() {
    let folder = Folder::new("export");
    let mut deals = fixture::deals();
    deals.plans[0].labels.insert("supplier".into(), "<script>alert(1)</script>".into());
    deals.plans[1].labels.insert("supplier".into(), "=HYPERLINK(\"http://x\")\u{1b}[2J".into());
    folder.keep(&deals);
    let html = periplus(&folder, &["plan", "export", "--format", "html"]);
    assert!(html.text().contains("&lt;script&gt;alert(1)"), "{}", html.text());
    assert!(!html.text().contains("<script"), "{}", html.text());
    assert!(!html.text().contains('\u{1b}'));
    let done = periplus(&folder, &["plan", "export", "--out", "plans.xlsx"]);
    assert_eq!(done.code, 0, "{}", done.err);
    let bytes = std::fs::read(folder.path().join("plans.xlsx")).unwrap();
    assert_eq!(&bytes[..2], b"PK");
    let shown = periplus(&folder, &["plan", "show", "2"]);
    assert!(!shown.text().contains('\u{1b}'), "{}", shown.text());
    let json = periplus(&folder, &["plan", "show", "2", "--json"]);
    assert!(json.text().contains("\\u001b"), "{}", json.text());
}

#[test]
fn broken_answers_say_what_and_where() {
    let folder = Folder::new("broken");
    let check = |bytes: &[u8], code: u8, expect: &str| {
        folder.write("a.json", bytes);
        let done = periplus(&folder, &["plan", "show", "--answer", "a.json"]);
        assert_eq!(done.code, code, "{}", done.err);
        assert!(done.err.contains(expect), "{}", done.err);
    };
    check(b"", 4, "PRP-1906");
    check(b"{\"schema\":\"periplus.answer/1\"", 4, "EOF while parsing");
    check(b"\xff\xfe\x00", 4, "stream did not contain valid UTF-8");
    check(
        b"{\"schema\":\"periplus.answer/9\",\"x\":1}",
        4,
        "schema periplus.answer/9, expected periplus.answer/1",
    );
    let none = periplus(&folder, &["plan", "show", "--answer", "nowhere.json"]);
    assert_eq!(none.code, 3);
    let last = periplus(&folder, &["plan", "show"]);
    assert_eq!(last.code, 3);
    expect![[r#"
        error: PRP-1905: there is no last answer
        hint: run periplus radar scan first, or name a file with --answer
    "#]]
    .assert_eq(&last.err);
}

#[test]
fn misuse_is_exit_2_with_a_hint() {
    let folder = Folder::new("usage");
    let check = |args: &[&str], expect: &str| {
        let done = periplus(&folder, args);
        assert_eq!(done.code, 2, "{args:?} {}", done.err);
        assert!(done.out.is_empty());
        assert!(done.err.contains(expect), "{}", done.err);
    };
    check(&["radar", "scna"], "PRP-1901: unrecognized subcommand 'scna'");
    check(&["doctor", "--format", "yaml"], "PRP-1903: setting format cannot be 'yaml' (flag --format)");
    check(&["doctor", "--as-of", "22/11/2026"], "expected: YYYY-MM-DD");
    check(&["doctor", "--width", "7"], "40 .. 400");
    check(&["doctor", "--lang", "xx"], "expected: en, zh");
    check(&["radar", "why", "x", "--format", "csv"], "PRP-1912");
    let json = periplus(&folder, &["doctor", "--json", "--width", "7"]);
    let problem: serde_json::Value = serde_json::from_str(&json.err).unwrap();
    assert_eq!(problem["code"], "PRP-1903");
    assert_eq!(problem["exit"], 2);
}

#[test]
fn settings_come_from_flag_env_file_and_default_in_that_order() {
    let folder = Folder::new("settings");
    folder.write("periplus.toml", "seed = 7\nwidth = 100\nplans = 3\n");
    folder.write("home/periplus/periplus.toml", "seed = 9\nwatts_per_core = 15\n");
    let home = folder.path().join("home").display().to_string();
    let env = [("XDG_CONFIG_HOME", home.as_str()), ("PERIPLUS_WIDTH", "120")];
    let done = periplus_with(&folder, &["config", "show", "--origin", "--json", "--lang", "en"], &env);
    assert_eq!(done.code, 0, "{}", done.err);
    let shown: serde_json::Value = serde_json::from_slice(&done.out).unwrap();
    let get = |key: &str| {
        let row = shown["rows"].as_array().unwrap().iter().find(|it| it["key"] == key).unwrap();
        (row["value"].as_str().unwrap().to_owned(), row["set_by"].as_str().unwrap().to_owned())
    };
    let local = folder.path().join("periplus.toml").display().to_string();
    assert_eq!(get("seed"), ("7".into(), format!("file {local}")));
    assert_eq!(get("width"), ("120".into(), "env PERIPLUS_WIDTH".into()));
    assert_eq!(get("lang"), ("en".into(), "flag --lang".into()));
    assert_eq!(get("watts_per_core"), ("15".into(), format!("file {home}/periplus/periplus.toml")));
    assert_eq!(get("color"), ("auto".into(), "built in".into()));
}

#[test]
fn a_misspelt_setting_is_named_with_the_nearest() {
    let folder = Folder::new("misspelt");
    folder.write("periplus.toml", "sead = 7\n");
    let done = periplus(&folder, &["doctor"]);
    assert_eq!(done.code, 4);
    assert!(
        done.err.contains("unknown setting 'sead'") && done.err.contains("nearest: seed"),
        "{}",
        done.err
    );
    folder.write("periplus.toml", "seed = = 7\n");
    assert!(periplus(&folder, &["doctor"]).err.contains("PRP-1904"));
}

#[test]
fn every_code_of_ours_is_explained() {
    let entries = desk::explain::entries();
    let mut codes: Vec<&str> = entries.iter().map(|it| it.code).collect();
    let count = codes.len();
    codes.dedup();
    assert_eq!(codes.len(), count, "a code is explained twice");
    let ours = include_str!("../../../locales/en/errors.ftl");
    for key in
        ours.lines().filter_map(|it| it.split_once(" =")).map(|it| it.0).filter(|it| !it.ends_with("-hint"))
    {
        assert!(codes.contains(&key.to_uppercase().as_str()), "docs/errors lacks {key}");
    }
    let folder = Folder::new("explain");
    let done = periplus(&folder, &["explain", "1905"]);
    assert!(done.text().starts_with("PRP-1905: "), "{}", done.text());
    let wrong = periplus(&folder, &["explain", "PRP-9999"]);
    assert_eq!(wrong.code, 3, "{}", wrong.err);
}

/// Codes that engines and the lake can say, found in their sources as `PRP-NNNN` or as the number given to a finding.
fn codes_in(folder: &Path, out: &mut std::collections::BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() && name != "tests" && name != "target" {
            codes_in(&path, out);
        } else if path.extension().is_some_and(|it| it == "rs") && !name.ends_with("tests.rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or("");
            for (mark, lead) in [("\"PRP-", ""), ("Finding::new(", ""), ("// PRP-", "")] {
                for part in text.split(mark).skip(1) {
                    let digits: String = part
                        .trim_start_matches(lead)
                        .trim_start()
                        .chars()
                        .take_while(char::is_ascii_digit)
                        .collect();
                    if digits.len() == 4 {
                        out.insert(format!("PRP-{digits}"));
                    }
                }
            }
        }
    }
}

#[test]
fn every_code_of_the_engines_is_explained() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut codes = std::collections::BTreeSet::new();
    codes_in(&root.join("engines"), &mut codes);
    codes_in(&root.join("edges/lake"), &mut codes);
    let explained = desk::explain::entries();
    let missing: Vec<&String> =
        codes.iter().filter(|code| explained.iter().all(|it| it.code != **code)).collect();
    assert!(codes.len() > 100, "only {} codes were found", codes.len());
    assert!(missing.is_empty(), "add a section to docs/errors for each of {missing:?}");
}

#[test]
fn totals_in_the_workbook_are_live_formulas() {
    use calamine::Reader as _;
    let folder = Folder::new("workbook");
    folder.keep(&fixture::deals());
    let done = periplus(&folder, &["plan", "export", "--out", "plans.xlsx"]);
    assert_eq!(done.code, 0, "{}", done.err);
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(folder.path().join("plans.xlsx")).unwrap();
    assert_eq!(book.sheet_names(), ["Plans", "CN-sea-1", "VN-sea-1", "Notes", "Sources"]);
    let formulas = book.worksheet_formula("CN-sea-1").unwrap();
    let sum = formulas.used_cells().map(|it| it.2.clone()).collect::<Vec<_>>();
    let live = |formula: &str| sum.iter().any(|it| it == formula);
    assert!(live("SUMIFS(B5:B9,E5:E9,0)"), "recoverable tax stays out: {sum:?}");
    assert!(live("ROUND(J7*K7,2)"), "duty is value times rate: {sum:?}");
    let lines = book.worksheet_range("CN-sea-1").unwrap();
    let column = |at: usize| (4..9).map(move |row| (row, at));
    let number = |at: (usize, usize)| lines.get(at).and_then(calamine::DataType::get_float);
    let total: f64 = column(1)
        .zip(column(4))
        .filter(|(_, recoverable)| number(*recoverable) == Some(0.0))
        .filter_map(|(amount, _)| number(amount))
        .sum();
    assert!((total - 99_802.65).abs() < 0.005, "{total}");
    assert!((number((9, 1)).unwrap() - 99_802.65).abs() < 0.005, "the cached value is the total");
    let unknown = book.worksheet_range("VN-sea-1").unwrap();
    assert_eq!(unknown.get((6, 1)).unwrap().to_string(), "unknown");
}

#[test]
fn tables_in_parquet_read_back() {
    use parquet::file::reader::{FileReader as _, SerializedFileReader};
    let folder = Folder::new("parquet");
    folder.keep(&fixture::deals());
    let done = periplus(&folder, &["radar", "why-not", "", "--format", "csv"]);
    assert!(done.text().starts_with("reason,count,origin"), "{}", done.text());
    let done = periplus(&folder, &["explain", "--format", "parquet"]);
    assert_eq!(done.code, 0, "{}", done.err);
    folder.write("codes.parquet", &done.out);
    let reader =
        SerializedFileReader::new(std::fs::File::open(folder.path().join("codes.parquet")).unwrap()).unwrap();
    let rows = reader.metadata().file_metadata().num_rows();
    assert_eq!(usize::try_from(rows).unwrap(), desk::explain::entries().len());
    let first = reader.get_row_iter(None).unwrap().next().unwrap().unwrap().to_string();
    assert!(first.contains("PRP-1001"), "{first}");
}

#[test]
fn a_binary_format_is_refused_on_a_terminal() {
    let folder = Folder::new("terminal");
    let around = Surroundings {
        env: [("PERIPLUS_DATA_DIR".to_owned(), folder.path().display().to_string())].into(),
        cwd: folder.path().to_owned(),
        today: "2026-11-22".parse().unwrap(),
        out_is_terminal: true,
        err_is_terminal: false,
        terminal_width: Some(80),
    };
    let run_with = |around: &Surroundings, args: &[&str]| {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let args = std::iter::once("periplus").chain(args.iter().copied()).map(Into::into);
        let code = run(args, around, &mut out, &mut err);
        (code, String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
    };
    let (code, out, err) = run_with(&around, &["explain", "--format", "parquet"]);
    assert!(code == 2 && out.is_empty() && err.contains("PRP-1919"), "{err}");
    let (_, painted, _) = run_with(&around, &["explain", "1905"]);
    assert!(painted.contains('\u{1b}'), "a terminal has colour");
    let mut plain = around.clone();
    plain.env.insert("NO_COLOR".into(), "1".into());
    let (_, unpainted, _) = run_with(&plain, &["explain", "1905"]);
    assert!(!unpainted.contains('\u{1b}'), "NO_COLOR is honoured");
    assert!(unpainted.starts_with("PRP-1905: There is no last answer"), "it reads without colour");
}
