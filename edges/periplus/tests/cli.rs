//! The binary as people and scripts meet it: exit codes, stdout for data, stderr for talk.
#![allow(clippy::unwrap_used, reason = "a test that unwraps says what it expects")]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder of its own for a test, removed when dropped.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("periplus-bin-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        std::fs::write(self.0.join(name), bytes).unwrap();
    }

    fn run(&self, args: &[&str]) -> Done {
        let output = self.command(args).output().unwrap();
        Done::of(&output)
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_periplus"));
        command
            .args(args)
            .current_dir(&self.0)
            .env_clear()
            .env("PERIPLUS_DATA_DIR", self.0.join("data"))
            .env("HOME", &self.0)
            .env("PERIPLUS_AS_OF", "2026-11-22")
            .stdin(Stdio::null());
        command
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

struct Done {
    code: i32,
    out: String,
    err: String,
}

impl Done {
    fn of(output: &Output) -> Self {
        Self {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout.clone()).unwrap(),
            err: String::from_utf8(output.stderr.clone()).unwrap(),
        }
    }

    fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|it| panic!("{it}: {}\n{}", self.out, self.err))
    }
}

fn deal(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deals").join(name).display().to_string()
}

const MAGNETS: &str = "buy 5 t HS 850511 to Birmingham, GB DAP by 2027-03-15 in GBP";

#[test]
fn help_is_an_answer_and_a_misspelt_command_is_misuse() {
    let folder = Folder::new("help");
    let help = folder.run(&["--help"]);
    assert_eq!(help.code, 0);
    assert!(help.out.contains("Examples:") && help.err.is_empty());
    for (noun, verb) in [
        ("radar", "scan"),
        ("radar", "why-not"),
        ("plan", "show"),
        ("tariff", "duty"),
        ("route", "matrix"),
        ("market", "price"),
        ("data", "import"),
        ("config", "show"),
    ] {
        let help = folder.run(&[noun, verb, "--help"]);
        let shows_examples = noun == "config" || help.out.contains("Examples:");
        assert!(help.code == 0 && shows_examples, "{noun} {verb}: {}", help.out);
    }
    let wrong = folder.run(&["radra"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.out.is_empty() && wrong.err.contains("error: PRP-1901"), "{}", wrong.err);
}

#[test]
fn a_scan_is_ranked_kept_and_verified() {
    let folder = Folder::new("scan");
    let scan = folder.run(&["radar", "scan", MAGNETS, "--json", "--out", "answer.json"]);
    assert_eq!(scan.code, 0, "{}", scan.err);
    let answer = scan.json();
    assert_eq!(answer["schema"], "periplus.answer/1");
    let deals = &answer["deals"];
    let counts = &deals["counts"];
    let dropped: u64 = counts["dropped"].as_object().unwrap().values().map(|it| it.as_u64().unwrap()).sum();
    let sum = counts["kept"].as_u64().unwrap() + dropped + counts["not_enumerated"].as_u64().unwrap();
    assert_eq!(Some(sum), counts["all"].as_u64(), "kept + dropped + not enumerated = all");
    assert!(answer["effort"]["seconds"].as_f64().unwrap() > 0.0);
    assert_eq!(answer["effort"]["energy_basis"], "assumed");
    let first = deals["plans"][0]["id"].as_str().unwrap();

    let verified = folder.run(&["plan", "verify", "answer.json"]);
    assert_eq!(verified.code, 0, "{}", verified.err);
    let last = folder.run(&["plan", "show", first, "--json"]);
    assert_eq!(last.json()["plan"]["id"], first);
    let why = folder.run(&["radar", "why", &format!("{first}.landed")]);
    assert!(why.code == 0 && why.out.contains("Landed cost"), "{}", why.err);

    let same = folder.run(&["radar", "scan", MAGNETS, "--json"]);
    assert_eq!(same.json()["deals"], *deals, "same need, same day, same seed: same deals");
    let changed = folder.run(&["radar", "diff", "answer.json"]);
    assert_eq!((changed.code, changed.out.as_str()), (0, "Nothing changed.\n"));

    let forged = std::fs::read_to_string(folder.0.join("answer.json")).unwrap().replacen(
        "\"rank\":1",
        "\"rank\":3",
        1,
    );
    folder.write("forged.json", forged);
    let forged = folder.run(&["plan", "verify", "forged.json"]);
    assert_eq!(forged.code, 10, "{}", forged.err);
    assert!(
        forged.err.contains("PRP-1920") && forged.out.contains("/plans/0/rank"),
        "{} {}",
        forged.out,
        forged.err
    );
}

#[test]
fn why_not_fits_a_screen_and_names_what_is_near() {
    let folder = Folder::new("why-not");
    assert_eq!(folder.run(&["radar", "scan", MAGNETS, "--format", "csv"]).code, 0);
    for asked in ["", "CN", "sea"] {
        let done = folder.run(&["radar", "why-not", asked, "--width", "80"]);
        let lines: Vec<&str> = done.out.lines().collect();
        assert!(done.code == 0 && lines.len() <= 48, "{asked}: {} lines\n{}", lines.len(), done.out);
        let mut heads: Vec<&str> =
            lines.iter().copied().filter(|it| it.starts_with(|it: char| it.is_ascii_digit())).collect();
        let count = heads.len();
        heads.sort_unstable();
        heads.dedup();
        assert!(count > 1 && heads.len() == count, "{asked}: headings repeat\n{}", done.out);
        let whole = folder.run(&["radar", "why-not", asked, "--width", "80", "--verbose"]);
        assert!(whole.out.lines().count() > lines.len(), "{asked}: --verbose shows more");
    }
    let near = folder.run(&["radar", "why-not", "domnated"]);
    assert!(near.code == 3 && near.err.contains("nearest: dominated"), "{}", near.err);
    let nothing = folder.run(&["radar", "why-not", "nonsense"]);
    assert!(
        nothing.code == 3 && nothing.err.lines().count() == 2 && nothing.err.len() < 400,
        "{}",
        nothing.err
    );
}

#[test]
fn a_seller_reads_net_proceeds_without_a_minus() {
    let folder = Folder::new("sell");
    let scan = folder.run(&["radar", "scan", &deal("copper-which-market.md"), "--width", "80"]);
    assert_eq!(scan.code, 0, "{}", scan.err);
    let proceeds: Vec<&str> =
        scan.out.lines().filter(|it| it.trim_start().starts_with("Net proceeds")).collect();
    assert!(!proceeds.is_empty() && !scan.out.contains("Landed"), "{}", scan.out);
    assert!(proceeds.iter().all(|it| !it.contains('-') && it.contains("USD/t")), "{proceeds:?}");
    assert!(
        scan.out.contains("no tariff for ") && scan.out.contains("ordered by the profile"),
        "{}",
        scan.out
    );
    let plan = folder.run(&["plan", "show", "1", "--width", "80"]);
    assert!(plan.out.contains("Net proceeds, USD"), "{}", plan.out);
    let rows = folder.run(&["radar", "scan", &deal("copper-which-market.md"), "--format", "csv"]);
    let mut rows = csv::Reader::from_reader(rows.out.as_bytes());
    let at = rows.headers().unwrap().iter().position(|it| it == "net_proceeds").unwrap();
    let first: f64 = rows.records().next().unwrap().unwrap()[at].parse().unwrap();
    assert!(first > 0.0, "{first}");
}

#[test]
fn ways_say_nautical_miles_and_leave_out_what_is_beaten() {
    let folder = Folder::new("find");
    let page = folder.run(&["route", "find", "CNSHA", "NLRTM", "--width", "80"]);
    assert_eq!(page.code, 0, "{}", page.err);
    assert!(
        page.out.contains("nm by") && page.out.contains("Every passage is taken as open"),
        "{}",
        page.out
    );
    assert!(page.out.contains("no sooner and no") && page.out.contains("Left out"), "{}", page.out);
    let rows = folder.run(&["route", "find", "CNSHA", "NLRTM", "--format", "csv"]);
    assert!(rows.out.lines().next().unwrap().ends_with("nm_sea,beaten_by"), "{}", rows.out);
}

#[test]
fn no_feasible_plan_is_an_answer_with_exit_code_5() {
    let folder = Folder::new("none");
    let done = folder.run(&["radar", "scan", &deal("deadline-too-tight.md"), "--json"]);
    assert_eq!(done.code, 5, "{}", done.err);
    let deals = &done.json()["deals"];
    assert!(deals["plans"].as_array().unwrap().is_empty());
    assert!(!deals["relaxations"].as_array().unwrap().is_empty());
    let shown = folder.run(&["plan", "show"]);
    assert_eq!(shown.code, 5);
}

#[test]
fn plans_come_in_every_format() {
    let folder = Folder::new("formats");
    for (format, begins) in [
        ("csv", "rank,plan,origin"),
        ("jsonl", "{\"rank\":1"),
        ("html", "<!doctype html>"),
        ("json", "{"),
        ("parquet", "PAR1"),
        ("xlsx", "PK"),
        ("pdf", "%PDF-1.7"),
    ] {
        let output = folder.command(&["radar", "scan", MAGNETS, "--format", format]).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{format}: {}", String::from_utf8_lossy(&output.stderr));
        let head =
            String::from_utf8_lossy(&output.stdout[..begins.len().min(output.stdout.len())]).into_owned();
        let keys_sorted = format == "jsonl" && head.starts_with('{');
        assert!(head == begins || keys_sorted, "{format}: {head}");
    }
}

#[test]
fn bad_needs_say_what_and_how_to_mend_it() {
    let folder = Folder::new("needs");
    let check = |need: &str, code: i32, expect: &[&str]| {
        let done = folder.run(&["radar", "scan", need]);
        assert_eq!(done.code, code, "{need}: {}", done.err);
        assert!(done.out.is_empty());
        assert!(expect.iter().all(|it| done.err.contains(it)), "{need}: {}", done.err);
    };
    check("buy 5 HS 850511 to Birmingham, GB", 4, &["error: PRP-", "hint: "]);
    check("buy 5 t HS 850511 to Birmingam", 4, &["Birmingham"]);
    check("buy 5 t HS 850550 to GBBHM", 4, &["PRP-1280"]);
    check("buy 5 t HS 850511 to 121.5,31.2", 4, &["swapped"]);
    check("buy 5 t HS 850511 to GBBHM by 2020-01-01", 4, &["2020-01-01"]);
    check("buy 5 t HS 850511 to GBBHM by 15/03/27", 4, &["YYYY-MM-DD"]);
    check("buy 5 t HS 850511 to GBBHM, Suze shut", 4, &["suez"]);
    check("nowhere.md", 3, &["PRP-1916"]);
}

#[test]
fn a_need_in_chinese_is_answered_in_chinese() {
    let folder = Folder::new("chinese");
    let done = folder.run(&[
        "radar",
        "scan",
        "采购5吨永磁体 HS 850511 运到伯明翰 DAP 2027-03-15前 英镑支付",
        "--lang",
        "zh",
    ]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(done.out.contains("到岸成本") && done.out.contains("规划估算，不是裁定"), "{}", done.out);
}

#[test]
fn a_failed_import_leaves_the_old_book_in_force() {
    let folder = Folder::new("import");
    let before = folder.run(&["data", "status", "--json"]).out;
    for (name, bytes) in
        [("empty.csv", &b""[..]), ("noise.csv", b"\x00\xff\xfe\x01garbage"), ("odd.csv", b"a,b\n1,2\n")]
    {
        folder.write(name, bytes);
        let done = folder.run(&["data", "import", name, "--json"]);
        assert_eq!(done.code, 4, "{name}: {}", done.err);
        let problem: serde_json::Value = serde_json::from_str(&done.err).unwrap();
        assert!(problem["code"].as_str().unwrap().starts_with("PRP-14"), "{problem}");
    }
    assert_eq!(folder.run(&["data", "status", "--json"]).out, before);
    let missing = folder.run(&["data", "import", "nowhere.csv"]);
    assert_eq!(missing.code, 3, "{}", missing.err);
}

#[test]
fn rates_are_imported_used_and_rolled_back() {
    let folder = Folder::new("rates");
    folder.write("eurofxref-hist.csv", "Date,USD,GBP,\n2026-11-20,1.1000,0.8500,\n2026-11-19,1.1010,N/A,\n");
    let done = folder.run(&["data", "import", "ecb-rates", "eurofxref-hist.csv", "--json"]);
    assert_eq!(done.code, 0, "{}", done.err);
    let report = done.json();
    assert_eq!(report["schema"], "periplus.import/1");
    assert!(report["accepted"].as_u64().unwrap() > 0, "{report}");
    assert_eq!(report["installed"]["book"], "rates");
    assert_eq!(folder.run(&["data", "verify", "rates"]).code, 0);
    assert_eq!(folder.run(&["data", "rollback", "rates"]).code, 0);
    let again = folder.run(&["data", "rollback", "rates"]);
    assert_eq!(again.code, 3, "{}", again.err);
}

#[test]
fn the_network_is_not_used_when_forbidden() {
    let done = Folder::new("offline").run(&["data", "pull", "--offline"]);
    assert_eq!(done.code, 7, "{}", done.err);
}

#[test]
fn duties_of_a_file_keep_bad_rows_with_their_reason() {
    let folder = Folder::new("duty");
    folder.write(
        "lines.csv",
        "importer,origin,hs,value,currency,quantity,unit,date\nGB,CN,8505110090,10000,GBP,500,kg,2026-11-22\nGB,CN,=cmd(),10000,GBP,,,\n",
    );
    let done = folder.run(&["tariff", "duty", "--lines", "lines.csv", "--format", "csv"]);
    assert_eq!(done.code, 4, "{}", done.err);
    let rows: Vec<&str> = done.out.lines().collect();
    assert_eq!(rows.len(), 3, "{}", done.out);
    assert!(rows[2].contains("PRP-1251") && !rows[2].contains(",=cmd"), "{}", rows[2]);
    assert!(done.err.contains("line 3"), "{}", done.err);
    folder.write("short.csv", "importer,origin\nGB,CN\n");
    let short = folder.run(&["tariff", "duty", "--lines", "short.csv"]);
    assert!(short.code == 4 && short.err.contains("hs"), "{}", short.err);
}

#[test]
fn a_tariff_that_is_not_loaded_is_missing_data() {
    let folder = Folder::new("tariff");
    let duty = folder.run(&[
        "tariff",
        "duty",
        "--importer",
        "MA",
        "--origin",
        "CN",
        "--hs",
        "850760",
        "--value",
        "1000 EUR",
    ]);
    assert_eq!(duty.code, 6, "{}", duty.err);
    assert!(duty.out.contains("unknown"), "{}", duty.out);
    let get = folder.run(&["tariff", "get", "MA", "850760"]);
    assert_eq!(get.code, 6);
    assert!(get.err.contains("PRP-1925"), "{}", get.err);
}

#[test]
fn a_matrix_adds_columns_and_keeps_what_was_there() {
    let folder = Folder::new("matrix");
    folder.write(
        "pairs.csv",
        "name,a_lat,a_lon,b_lat,b_lon\nSHA-RTM,31.23,121.49,51.95,4.05\nSUV-HNL,-18.13,178.42,21.3,-157.87\n",
    );
    let done = folder.run(&["route", "matrix", "--pairs", "pairs.csv", "--format", "csv"]);
    assert_eq!(done.code, 0, "{}", done.err);
    let mut rows = csv::Reader::from_reader(done.out.as_bytes());
    assert_eq!(
        rows.headers().unwrap(),
        vec![
            "name",
            "a_lat",
            "a_lon",
            "b_lat",
            "b_lon",
            "distance_nm",
            "days_p50",
            "days_p90",
            "snap_km",
            "passages"
        ]
    );
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    let nm: f64 = rows[0][5].parse().unwrap();
    assert!((nm / 10_600.0 - 1.0).abs() < 0.03, "Shanghai - Rotterdam by Suez: {nm}");
    assert_eq!(&rows[1][1], "-18.13", "a negative latitude is a number, not a formula");
    let shut = folder.run(&["route", "matrix", "--pairs", "pairs.csv", "--format", "csv", "--shut", "Suze"]);
    assert!(shut.code == 4 && shut.err.contains("PRP-1101"), "{}", shut.err);
    folder.write("bad.csv", "lat,lon\n1,2\n");
    let bad = folder.run(&["route", "matrix", "--pairs", "bad.csv"]);
    assert!(bad.code == 4 && bad.err.contains("PRP-1917"), "{}", bad.err);
}

#[test]
fn doctor_finds_the_bundled_books() {
    let done = Folder::new("doctor").run(&["doctor", "--json"]);
    assert_eq!(done.code, 0, "{}\n{}", done.out, done.err);
    let report = done.json();
    assert!(report["rows"].as_array().unwrap().iter().all(|it| it["state"] != "fail"), "{report}");
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let folder = Folder::new("pipe");
    let mut child =
        folder.command(&["explain"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_need_may_come_from_stdin() {
    let folder = Folder::new("stdin");
    let mut child = folder
        .command(&["radar", "scan", "-", "--format", "csv"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(MAGNETS.as_bytes()).unwrap();
    let done = Done::of(&child.wait_with_output().unwrap());
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(done.out.starts_with("rank,plan"), "{}", done.out);
}
