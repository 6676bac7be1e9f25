use super::super::clean::{Cell, date, hs, number, year};

#[test]
fn numbers_come_out_of_every_habit_of_writing_them() {
    let check = |text: &str, expect: &str| {
        let shown = match number(text) {
            Cell::Plain(value) => value.to_string(),
            Cell::Mended(value, reason) => format!("{value} ({reason})"),
            Cell::Missing => "missing".to_owned(),
            Cell::Bad(reason) => reason.to_owned(),
        };
        assert_eq!(shown, expect, "{text}");
    };
    check("1234.50", "1234.50");
    check("-3", "-3");
    check("1.5e3", "1500");
    check("1,234.50", "1234.50 (thousands separators taken out)");
    check("1,234,567", "1234567 (thousands separators taken out)");
    check("1.234.567", "1234567 (thousands separators taken out)");
    check("1.234,50", "1234.50 (decimal comma read)");
    check("12,5", "12.5 (decimal comma read)");
    check("1,234", "1234 (thousands separators taken out)");
    check("1 234,5", "1234.5 (decimal comma read)");
    check("1'234.5", "1234.5 (thousands separators taken out)");
    check("1\u{202f}234", "1234 (thousands separators taken out)");
    check("(1,200)", "-1200 (thousands separators taken out)");
    check("N/A", "missing");
    check("..", "missing");
    check("", "missing");
    check("1,23,4", "not a number");
    check("12kg", "not a number");
    check("1.2.3", "not a number");
    check("3.33333333333333333333333333333333", "3.3333333333333333333333333333");
}

#[test]
fn days_come_out_of_every_habit_of_writing_them() {
    let check = |text: &str, expect: &str| {
        let shown = match date(text) {
            Cell::Plain(value) => value.to_string(),
            Cell::Mended(value, reason) => format!("{value} ({reason})"),
            Cell::Missing => "missing".to_owned(),
            Cell::Bad(reason) => reason.to_owned(),
        };
        assert_eq!(shown, expect, "{text}");
    };
    check("2026-04-13", "2026-04-13");
    check("2026-04-13T00:00:00", "2026-04-13");
    check("20260413", "2026-04-13");
    check("2026/4/3", "2026-04-03");
    check("13 April 2026", "2026-04-13");
    check("April 13, 2026", "2026-04-13");
    check("13-Apr-26", "2026-04-13 (two-digit year read)");
    check("31/12/99", "1999-12-31 (two-digit year read)");
    check("13.04.2026", "2026-04-13");
    check("4/13/2026", "2026-04-13");
    check("3/4/2026", "2026-04-03 (day and month could be either way round; read as day/month)");
    check("4/4/2026", "2026-04-04");
    check("30/02/2026", "not a day of the calendar");
    check("next week", "not a date");
    check("", "missing");
}

#[test]
fn years_and_goods_codes_are_mended() {
    assert_eq!(year("24"), Cell::Mended(2024, "two-digit year read"));
    assert_eq!(year("2024"), Cell::Plain(2024));
    assert_eq!(year("204"), Cell::Bad("not a year"));
    let mended = |text| match hs(text, 6) {
        Cell::Mended(code, reason) => format!("{code} ({reason})"),
        other => format!("{other:?}"),
    };
    assert_eq!(mended("10121"), "010121 (leading zero of the HS code put back)");
    assert_eq!(mended("850511.0"), "850511 (decimal point of a spreadsheet taken off the HS code)");
    assert_eq!(mended("8505.11"), "Plain(850511)");
    assert_eq!(mended("8505"), "Bad(\"an HS code of another length\")");
}
