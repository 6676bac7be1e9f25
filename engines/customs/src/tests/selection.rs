//! Which rows of a tariff apply.

use domain::CostKind;

use super::{ask, books, facts, money, on, tariff};
use crate::book::{GROUPS_HEADER, MEASURES_HEADER, TariffBook};
use crate::duty;

/// Duties of 1,000 GBP of goods, as "kind amount" joined by a comma.
fn duties(rows: &[&str], origin: &str, hs: &str, declared: &str, day: &str) -> String {
    let books = books([tariff("GB", rows)]);
    let facts = facts(declared);
    let mut question = ask("GB", origin, hs, money("1000", "GBP"), &facts);
    question.on = on(day);
    let answer = duty(&question, &books);
    let lines = answer.lines.iter().filter(|it| it.kind != CostKind::Tax);
    let words: Vec<String> = lines
        .map(|it| {
            format!(
                "{:?} {}",
                it.kind,
                it.amount.map_or("?".into(), |it| it.to_decimal().normalize().to_string())
            )
        })
        .collect();
    words.join(", ")
}

fn check(rows: &[&str], origin: &str, hs: &str, declared: &str, expect: &str) {
    assert_eq!(duties(rows, origin, hs, declared, "2026-06-01"), expect, "{origin} {hs} {declared}");
}

#[test]
fn the_longest_code_and_the_day_decide() {
    let rows = [
        "8505,*,mfn,,8%",
        "85051100,*,mfn,,2%,,,2025-12-31",
        "85051100,*,mfn,,3%,,2026-01-01",
        "8505110010,*,mfn,,4%",
    ];
    check(&rows, "CN", "85051100", "", "Duty 30");
    check(&rows, "CN", "8505110010", "", "Duty 40");
    check(&rows, "CN", "8505110099", "", "Duty 30");
    check(&rows, "CN", "85052000", "", "Duty 80");
    assert_eq!(duties(&rows, "CN", "85051100", "", "2025-12-31"), "Duty 20");
}

#[test]
fn additional_duties_add_up_and_exempt_products_are_left_out() {
    let rows = [
        "85051100,*,mfn,,2%",
        "85052000,*,mfn,,2%",
        "*,*!JP,additional,reciprocal,10%",
        "*,CN,additional,reciprocal,34%",
        "85052000,*,additional,reciprocal,Free",
        "8505,CN,additional,301-3,25%",
        "85051100,CN,antidumping,AD1,5 GBP/DTN,,,,producer=A1",
        "85051100,CN,antidumping,AD1,30%",
    ];
    check(&rows, "KR", "85051100", "", "Duty 20, AdditionalDuty 100");
    check(&rows, "JP", "85051100", "", "Duty 20");
    check(&rows, "CN", "85052000", "", "Duty 20, AdditionalDuty 250");
    check(
        &rows,
        "CN",
        "85051100",
        "producer=B2",
        "Duty 20, AntiDumping 300, AdditionalDuty 250, AdditionalDuty 340",
    );
    check(
        &rows,
        "CN",
        "85051100",
        "producer=A1",
        "Duty 20, AntiDumping ?, AdditionalDuty 250, AdditionalDuty 340",
    );
}

#[test]
fn a_programme_displaces_another() {
    let rows = [
        "7201,*,mfn,,Free",
        "7202,*,mfn,,Free",
        "*,*,additional,reciprocal,10%,,,,,232-steel",
        "7201,*,additional,232-steel,50%",
    ];
    check(&rows, "KR", "7201", "", "Duty 0, AdditionalDuty 500");
    check(&rows, "KR", "7202", "", "Duty 0, AdditionalDuty 100");
}

/// Executive Order "Implementing the United States-Japan Agreement" of 4 September 2025: 15 % in all where the duty of column 1 is less, nothing on top where it is more.
#[test]
fn a_total_duty_has_the_base_duty_in_it() {
    let total = "*,JP,additional,reciprocal,15% with the duty of column 1 in it";
    check(&["8505,*,mfn,,2%", total], "JP", "8505", "", "Duty 20, AdditionalDuty 130");
    check(&["8505,*,mfn,,20%", total], "JP", "8505", "", "Duty 200");
    check(&["8505,*,mfn,,2%", total], "KR", "8505", "", "Duty 20");
}

#[test]
fn groups_have_members_with_dates() {
    let rows = ["85051100,*,mfn,,8%", "85051100,DEV!BD,safeguard,S,1%"];
    assert_eq!(duties(&rows, "VN", "85051100", "", "2025-12-31"), "Duty 80, AdditionalDuty 10");
    assert_eq!(duties(&rows, "VN", "85051100", "", "2026-01-01"), "Duty 80");
    assert_eq!(duties(&rows, "BD", "85051100", "", "2025-12-31"), "Duty 80");
}

#[test]
fn quotas_and_suspensions_are_used_when_they_may_be() {
    let rows =
        ["0702,*,mfn,,10%", "0702,*,quota,05.0006,2%", "0702,*,suspension,end-use,Free,,,,end_use=yes"];
    check(&rows, "MA", "0702", "", "Duty 100");
    check(&rows, "MA", "0702", "quota.05.0006=yes", "Duty 20");
    check(&rows, "MA", "0702", "end_use=yes", "Duty 0");
    check(&rows, "MA", "0702", "end_use=no", "Duty 100");
}

#[test]
fn a_preference_is_used_only_on_declared_facts() {
    let rows = ["85051100,*,mfn,,2%", "85051100,JP,preference,japan,Free"];
    check(&rows, "JP", "85051100", "", "Duty 20");
    check(&rows, "JP", "85051100", "origin.change=CTH", "Duty 0");
    check(&rows, "JP", "85051100", "origin.change=CTSH", "Duty 20");
    check(&rows, "JP", "85051100", "origin.change=CTSH;origin.nonoriginating_percent=50", "Duty 0");
    check(&rows, "JP", "85051100", "origin.change=CTH;origin.direct_transport=no", "Duty 20");
    check(&rows, "CN", "85051100", "origin.change=CTH", "Duty 20");
    // The agreement frees all goods, so no row is needed.
    check(&rows, "DE", "85051100", "origin.change=CTH", "Duty 0");
    check(&rows, "DE", "85051100", "", "Duty 20");
}

#[test]
fn a_short_code_takes_the_line_that_owes_most() {
    let rows = ["28046910,*,mfn,,5.3%", "28046950,*,mfn,,5.5%", "28046910,CN,additional,301-1,25%"];
    check(&rows, "NO", "280469", "", "Duty 55");
    check(&rows, "CN", "280469", "", "Duty 53, AdditionalDuty 250");
    check(&["28369100,*,mfn,,3.7%"], "CL", "283691", "", "Duty 37");
    check(&["28046910,*,mfn,,5.3%", "28046950,*,mfn,,See note 1"], "NO", "280469", "", "Duty ?");
}

#[test]
fn a_book_with_a_bad_row_is_refused_with_its_line() {
    let check = |measures: &str, groups: &str, expect: &str| {
        let source = super::source("t", "2026");
        let error =
            TariffBook::from_csv(super::economy("GB"), measures, groups, source).unwrap_err().to_string();
        assert_eq!(error, expect);
    };
    let row = |row: &str| format!("{MEASURES_HEADER}\n8505,*,mfn,,1%,,,,,,,\n{row}\n");
    let columns = format!("PRP-1201: measures.csv has the header 'a,b'; it must be '{MEASURES_HEADER}'");
    check("a,b\n", "", &columns);
    check(&row("850511"), "", "PRP-1202: measures.csv line 3: it must have 12 columns ('850511')");
    check(
        &row("85051,*,mfn,,1%,,,,,,,"),
        "",
        "PRP-1202: measures.csv line 3: its hs is not 2, 4, 6, 8 or 10 digits ('85051,*,mfn,,1%,,,,,,,')",
    );
    check(
        &row("8505,XYZ,mfn,,1%,,,,,,,"),
        "",
        "PRP-1202: measures.csv line 3: its geo is neither *, an economy nor a group of groups.csv ('8505,XYZ,mfn,,1%,,,,,,,')",
    );
    check(
        &row("8505,*,toll,,1%,,,,,,,"),
        "",
        "PRP-1202: measures.csv line 3: its kind is not known ('8505,*,toll,,1%,,,,,,,')",
    );
    check(
        &row("8505,*,mfn,,1%,,01/02/24,,,,,"),
        "",
        "PRP-1202: measures.csv line 3: dates must be YYYY-MM-DD or empty, in order ('8505,*,mfn,,1%,,01/02/24,,,,,')",
    );
    check(
        &row("8505,*,mfn,,,,,,,,,"),
        "",
        "PRP-1202: measures.csv line 3: it has no expression ('8505,*,mfn,,,,,,,,,')",
    );
    let groups = format!("{GROUPS_HEADER}\nEU,DE,,\n");
    check(
        &row("8505,*,mfn,,1%,,,,,,,"),
        &groups,
        "PRP-1202: groups.csv line 2: a group is named in capitals, digits and hyphens, and not with two letters ('EU,DE,,')",
    );
}

#[test]
fn the_order_of_rows_does_not_matter() {
    let mut rows = vec![
        "8505,*,mfn,,8%",
        "85051100,*,mfn,,3%",
        "*,*,additional,reciprocal,10%",
        "*,CN,additional,reciprocal,34%",
        "85051100,DEV,preference,p,1%",
    ];
    let before = duties(&rows, "CN", "85051100", "", "2026-06-01");
    rows.reverse();
    assert_eq!(duties(&rows, "CN", "85051100", "", "2026-06-01"), before);
}
