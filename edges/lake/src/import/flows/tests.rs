use std::fs;
use std::path::PathBuf;

use super::*;
use crate::import::guess as guess_kind;
use crate::import::report::Fate;

/// CEPII's country file, and one or two rows that tests need.
const CODES: &str = "country_code,country_name,country_iso2,country_iso3
156,China,CN,CHN\n643,Russian Federation,RU,RUS\n826,United Kingdom,GB,GBR\n842,USA,US,USA\n392,Japan,JP,JPN
276,Germany,DE,DEU\n280,Fed. Rep. of Germany,DE,DEU\n516,Namibia,,NAM\n490,\"Other Asia, nes\",,S19\n";

fn options(codes: &str) -> Options {
    Options { economies: Some(baci_economies(codes)), ..Options::default() }
}

fn read_text(name: &str, text: &str) -> ReadFlows {
    let input = Input::new(name, text.as_bytes().to_vec()).unwrap();
    let options = options(CODES);
    read(&input, &options, options.economies.as_ref().unwrap()).unwrap()
}

/// The book as text, and accepted, repaired, set aside, rejected.
fn check(name: &str, text: &str, book: &str, counts: [u64; 4]) -> ReadFlows {
    let got = read_text(name, text);
    assert_eq!(got.book.to_csv(), book, "{name}");
    assert_eq!(counts_of(&got.tally), counts, "{name}: {}", got.tally.reasons());
    got
}

fn counts_of(tally: &Tally) -> [u64; 4] {
    [tally.accepted(), tally.count(Fate::Repaired), tally.count(Fate::SetAside), tally.count(Fate::Rejected)]
}

#[test]
fn baci_as_cepii_writes_it() {
    let got = check(
        "BACI_HS17_Y2023_V202501.csv",
        "t,i,j,k,v,q\n2023,156,643,10620,48.641,3.124\n2023,156,842,850511,1.927,          NA\n2023,280,516,850511,2,0\n\
         2023,490,826,850511,0.5,0.001\n2023,697,826,850511,1,1\n",
        "hs,exporter,importer,usd_2023,kg_2023\n010620,CN,RU,48641,3124\n850511,CN,US,1927,\n,DE,NA,2000,\n,TW,GB,500,1\n,ZZ,GB,1000,1000\n",
        [4, 1, 0, 0],
    );
    let texts: Vec<&str> = got.findings.iter().map(|it| it.text.as_str()).collect();
    assert_eq!(texts[0], "the quantity of 2 rows is unknown (not stated: 1, zero: 1)");
    assert!(texts[1].starts_with("1 rows name an area not elsewhere specified"), "{texts:?}");
}

#[test]
fn pairs_with_letters_take_their_year_from_the_name() {
    check(
        "baci_crm_2022.csv",
        "i,j,cmd,value\nCHN,GBR,850511,235.0\nS19,NAM,850511,7\n",
        "hs,exporter,importer,usd_2022\n850511,CN,GB,235\n,TW,NA,7\n",
        [2, 0, 0, 0],
    );
    let input = Input::new("flows.csv", b"i,j,cmd,value\nCHN,GBR,850511,235.0\n".to_vec()).unwrap();
    let error = import(&input, &options(CODES)).unwrap_err().to_string();
    assert!(error.contains("no year column and no year in its name"), "{error}");
}

#[test]
fn plain_tables_and_national_lines() {
    check(
        "mine.csv",
        "year;exporter;importer;hs;value_usd;kg\n2024;China;GB;85051110;\"1,000\";10\n2024;CN;GBR;85051190;500;5\n2024;CN;JP;8505;9;\n",
        "hs,exporter,importer,usd_2024,kg_2024\n8505,CN,JP,9,\n850511,CN,GB,1500,15\n",
        [2, 1, 0, 0],
    );
}

const PLUS: &str = "TypeCode,FreqCode,RefYear,RefMonth,Period,ReporterCode,FlowCode,PartnerCode,Partner2Code,CmdCode,CustomsCode,MosCode,MotCode,NetWgt,PrimaryValue";

/// The exporter's report goes before the importer's; totals, breakdowns, parts and repetitions are set aside.
#[test]
fn comtrade_plus_reports_become_flows() {
    let rows = "C,A,2023,52,2023,156,X,826,0,850511,C00,0,0,10,100
C,A,2023,52,2023,156,X,826,0,850511,C00,0,0,10,100
C,A,2023,52,2023,156,X,826,0,850511,C00,0,2100,4,40
C,A,2023,52,2023,156,X,0,0,850511,C00,0,0,99,990
C,A,2023,52,2023,826,M,156,0,850511,C00,0,0,11,120
C,A,2023,52,2023,826,M,392,0,850511,C00,0,0,3,60
C,A,2023,52,2023,156,RX,826,0,850511,C00,0,0,1,5
C,A,2023,52,2023,156,X,899,0,TOTAL,C00,0,0,1,5
C,A,2023,52,2023,156,X,899,0,850511,C00,0,0,-2,5
C,A,2023,52,2023,999,X,826,0,850511,C00,0,0,1,5";
    let got = check(
        "TradeData.csv",
        &format!("{PLUS}\n{rows}\n"),
        "hs,exporter,importer,usd_2023,kg_2023\n850511,CN,GB,100,10\n,,ZZ,5,\n,JP,GB,60,3\n",
        [3, 0, 6, 1],
    );
    assert_eq!(got.about.publisher, "United Nations Statistics Division");
    assert!(
        got.findings.iter().any(|it| it.text.starts_with("1 of 3 rows are importers' reports")),
        "{:?}",
        got.findings
    );
}

#[test]
fn months_are_summed_and_a_part_of_a_year_is_said() {
    let got = check(
        "monthly.csv",
        "ref_year,ref_month,reporter_code,flow_code,partner_code,cmd_code,net_wgt,primary_value\n\
         2023,1,156,X,826,850511,1.5,10\n2023,2,156,X,826,850511,2,20\n",
        "hs,exporter,importer,usd_2023,kg_2023\n850511,CN,GB,30,3.5\n",
        [2, 0, 0, 0],
    );
    assert!(
        got.findings
            .iter()
            .any(|it| it.text == "2023 has 2 months of twelve: its yearly figures are parts of a year")
    );
}

/// As in narrow extracts: the total and its parts under one key.
#[test]
fn the_largest_of_several_values_is_the_total() {
    check(
        "comtrade_2024.csv",
        "reporter,partner,cmd,flow,value,netwgt\n156,826,850511,X,70,7\n156,826,850511,X,100,10\n156,826,850511,X,30,3\n156,826,850511,X,100,10\n",
        "hs,exporter,importer,usd_2024,kg_2024\n850511,CN,GB,100,10\n",
        [1, 0, 3, 0],
    );
}

/// Column, reason and what was found, of rows that are not taken.
#[test]
fn bad_rows_are_rejected_with_their_reason() {
    let reason = |row: &str| {
        let got = read_text("x.csv", &format!("t,i,j,k,v,q\n2023,156,826,850511,1,1\n{row}\n"));
        assert_eq!(got.book.len(), 1, "{row}");
        got.tally.reasons()
    };
    for (row, expect) in [
        ("20x3,156,826,850511,1,1", "not a year (1 rows)"),
        ("23,156,826,850511,1,1", "not a year (1 rows)"),
        ("2023,999,826,850511,1,1", "a country code that the table of economies does not have (1 rows)"),
        ("2023,156,826,8505111,1,1", "an HS code of another length (1 rows)"),
        ("2023,156,826,,1,1", "no goods code (1 rows)"),
        ("2023,156,826,850511,NaN,1", "no value (1 rows)"),
        ("2023,156,826,850511,-5,1", "a value below zero (1 rows)"),
        ("2023,156,826,850511,0,1", "a value of zero (1 rows)"),
        ("2023,156,826,850511,one,1", "not a number (1 rows)"),
        ("2023,156,156,850511,1,1", "exporter and importer are the same economy (1 rows)"),
        ("2023,156,826", "the row is cut short (1 rows)"),
        ("2023,156,826,850511,1,1", "a repeated row (1 rows)"),
    ] {
        assert_eq!(reason(row), expect, "{row}");
    }
}

#[test]
fn a_file_without_use_is_an_error() {
    let error = |text: &str| {
        let input = Input::new("x_2024.csv", text.as_bytes().to_vec()).unwrap();
        import(&input, &options(CODES)).unwrap_err().to_string()
    };
    assert!(error("a,b,c\n1,2,3\n").contains("t,i,j,k,v,q (BACI)"), "{}", error("a,b,c\n1,2,3\n"));
    let all = error("t,i,j,k,v,q\n2023,999,826,850511,1,1\n");
    assert!(all.contains("a country code that the table of economies does not have (1 rows)"), "{all}");
    let input = Input::new("x.csv", b"t,i,j,k,v,q\n".to_vec()).unwrap();
    assert!(import(&input, &Options::default()).unwrap_err().to_string().contains("PRP-1427"));
}

/// A file of the folder of official files, when this machine has it.
fn shared(file: &str) -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = std::env::var_os("PERIPLUS_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
    let path = folder.join("data").join(file);
    if fs::exists(&path).unwrap_or(false) {
        return Some(path);
    }
    assert!(std::env::var_os("CI").is_none(), "{} is missing", path.display());
    None
}

/// Guessed and read: flows in the book; accepted, repaired, set aside, rejected; reasons.
fn check_file(file: &str, flows: usize, counts: [u64; 4], reasons: &str) {
    let Some(path) = shared(file) else { return };
    let economies =
        EconomyBook::from_csv(include_str!("../../../../../books/economies/economies.csv")).unwrap();
    let options = Options { economies: Some(economies), ..Options::default() };
    let input = Input::open(&path).unwrap();
    assert_eq!(guess_kind(&input).unwrap().name, "flows", "{file}");
    let got = read(&input, &options, options.economies.as_ref().unwrap()).unwrap();
    assert_eq!((got.book.len(), counts_of(&got.tally)), (flows, counts), "{file}: {}", got.tally.reasons());
    assert_eq!(got.tally.reasons(), reasons, "{file}");
}

#[test]
fn shared_baci_files() {
    check_file("trade/baci_hs17_2024_crm.parquet", 21_723, [21_723, 0, 0, 0], "there are none");
    check_file("trade/baci_crm_2022.csv.zst", 23_167, [23_167, 0, 0, 0], "there are none");
    check_file("trade/BACI_HS17_RUS_CHN_2017_2023.csv.zst", 43_494, [41_377, 2_117, 0, 0], "there are none");
}

#[test]
fn shared_comtrade_files() {
    check_file(
        "trade/ComtradePlus_HS8542_monthly_2024.csv.zst",
        3_604,
        [10_593, 0, 252, 0],
        "a total over partners (the world or a group) (252 rows)",
    );
    check_file("trade/ComtradePlus_HS8542_extra_20240729.csv", 110, [1_009, 0, 0, 0], "there are none");
    // Totals to the world only: nothing for a book of pairs, and said so.
    check_file(
        "trade/India_total_exports_comtrade_legacy.csv.zst",
        0,
        [0, 0, 6_354, 0],
        "a total over partners (the world or a group) (6353 rows), not a code of the HS (a total, or another nomenclature) (1 rows)",
    );
    check_file(
        "trade/comtrade_monthly_fish/comtrade_030214_2022.csv.zst",
        892,
        [6_129, 0, 5_018, 0],
        "the importer's report of a flow that its exporter reports (3281 rows), part of another flow (re-exports, domestic exports, processing) (1719 rows), exporter and importer are the same economy (18 rows)",
    );
    check_file(
        "trade/comtrade_raw_crm_2022.csv.gz",
        23_748,
        [23_759, 0, 142_857, 0],
        "a repeated row (70902 rows), a total over partners (the world or a group) (40491 rows), the importer's report of a flow that its exporter reports (22163 rows), a smaller value for the same flow; the largest is kept as its total (8779 rows), exporter and importer are the same economy (522 rows)",
    );
}
