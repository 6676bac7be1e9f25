//! Tables of lines.

use std::fmt::Write as _;

use super::{books, on, tariff};
use crate::lines::{LineReader, OUT_HEADER, duty_lines, split};

fn all() -> crate::CustomsBooks {
    books([
        tariff("GB", &["85051100,*,mfn,,2%", "01012100,*,mfn,,Free", "0702,*,mfn,,see note"]),
        tariff("US", &["28046910,*,mfn,,5.3%", "28046950,*,mfn,,5.5%", "2804,CN,additional,301-1,25%"]),
    ])
}

const HEADER: &str = "importer,origin,hs,value,currency,quantity,unit,date\n";

fn check(row: &str, expect: &str) {
    let report = duty_lines(&format!("{HEADER}{row}\n"), on("2026-06-01"), &all()).unwrap();
    let line = report.csv.lines().nth(1).unwrap();
    assert_eq!(line, expect);
}

#[test]
fn each_line_gets_its_duty_tax_basis_and_expression() {
    assert!(duty_lines(HEADER, on("2026-06-01"), &all()).unwrap().csv.starts_with(OUT_HEADER));
    check(
        "GB,CN,85051100,1000,GBP,5,t,2026-06-01",
        "2,GB,CN,85051100,1000,GBP,2026-06-01,20.00,204.00,0.00,observed,2%,",
    );
    check(
        "US,CN,280469,10000,USD,,,2026-06-01",
        "2,US,CN,280469,10000,USD,2026-06-01,3050.00,0.00,47.14,assumed,5.5%; 25% [301-1],PRP-1238: 28046950 of 2 lines taken",
    );
    check(
        "GB,FR,8505110000,\"1,000.50\",,,,",
        "2,GB,FR,8505110000,\"1,000.50\",,,20.01,204.10,0.00,observed,2%,",
    );
}

#[test]
fn rows_that_cannot_be_read_stay_with_their_reason() {
    check(
        "GB,CN,85051100,NaN,GBP,,,",
        "2,GB,CN,85051100,NaN,GBP,,,,,,,PRP-1251: value: 'NaN' is not an amount; write digits with a decimal point",
    );
    check(
        "GB,CN,85051100,1000,GBP,5,,",
        "2,GB,CN,85051100,1000,GBP,,,,,,,PRP-1251: unit: a quantity has no unit; write for example kg or pcs",
    );
    check(
        "GB,CN,85051100,1000,GBP,,,01/06/26",
        "2,GB,CN,85051100,1000,GBP,01/06/26,,,,,,\"PRP-1251: date: PRP-1013: '01/06/26' is not a date; write it as YYYY-MM-DD, for example 2027-03-15\"",
    );
    check(
        "GB,MA,0702,1000,GBP,,,",
        "2,GB,MA,0702,1000,GBP,,,,0.00,unknown,see note,\"PRP-1233: Third-country duty 0702 is not known: the tariff of GB says 'see note' of 0702, which cannot be counted (PRP-1204: the duty text cannot be read from 'see note' on)\"",
    );
    check(
        "BR,CN,85051100,1000,USD,,,",
        "2,BR,CN,85051100,1000,USD,,,,0.00,unknown,,PRP-1230: Duty 8505.11.00 is not known: tariff of BR not loaded",
    );
}

#[test]
fn a_lost_leading_zero_is_mended_and_told() {
    let report = duty_lines(&format!("{HEADER}GB,CN,1012100,10,GBP,,,\n"), on("2026-06-01"), &all()).unwrap();
    assert_eq!(report.findings[0].1.text, "'1012100' is read as 01012100: a leading zero was lost");
    assert_eq!(report.unknown, 0);
}

#[test]
fn a_table_without_a_needed_column_is_refused() {
    let error = duty_lines("importer,hs\nGB,8505\n", on("2026-06-01"), &all()).unwrap_err();
    assert_eq!(error.text, "The table has no column origin, value; its header is 'importer,hs'");
}

#[test]
fn parts_give_the_same_as_the_whole() {
    let mut text = HEADER.to_owned();
    for row in 0..97 {
        let _ = write!(text, "GB,CN,85051100,{row}.5,GBP,,,\nGB,CN,bad,1,GBP,,,\n");
    }
    let whole = duty_lines(&text, on("2026-06-01"), &all()).unwrap();
    let (reader, body) = LineReader::of(&text, on("2026-06-01")).unwrap();
    for parts in [1, 2, 3, 7, 500] {
        let pieces = split(body, 2, parts);
        assert_eq!(pieces.iter().map(|(_, it)| it.len()).sum::<usize>(), body.len());
        let mut report = crate::LineReport { csv: format!("{OUT_HEADER}\n"), ..Default::default() };
        for (line, piece) in pieces {
            report.append(reader.run(piece, line, &all()));
        }
        assert_eq!(report, whole, "{parts}");
    }
}
