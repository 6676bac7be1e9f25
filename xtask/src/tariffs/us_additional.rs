//! Additional duties of the United States that files at hand do not spell out by line: who owes which heading of chapter 99, and when.
//! Every row here is dated and has its heading or notice; what is not known is written as unknown, never as nothing.

use std::collections::BTreeSet;

use domain::{Date, HsCode};
use lake::import::tariff::measure::{Measure, MeasureKind, Member, members_of};
use lake::import::tariff::us_lists::{IEEPA_END, PROGRAMME_BRAZIL, PROGRAMME_RECIPROCAL, RECIPROCAL_FROM};
use lake::import::tariff::usitc::Provision;

use crate::context::Error;

const fn day(year: i16, month: i8, day: i8) -> Date {
    Date::constant(year, month, day)
}

/// Programmes of Section 232: goods under them owe no reciprocal duty, nor those of 2026 (U.S. notes 2(v), 50(a)(vi), 52(f)).
const METALS: &str = "232-steel 232-aluminium";
const METALS_OR_USMCA: &str = "232-steel 232-aluminium USMCA";
const EU_27: [&str; 27] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT",
    "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
];
/// U.S. note 52, headings 9903.05.20 to 9903.05.84: 10 % and 12.5 % on top, and totals of 10 % and 12.5 % with column 1 in them.
const GROUPS: [(&str, &[&str]); 4] = [
    (
        "FL-10",
        &[
            "AR", "BD", "CA", "EC", "GB", "GT", "HN", "ID", "IN", "JO", "KH", "LK", "MX", "MY", "PK", "SV",
            "TT",
        ],
    ),
    (
        "FL-12",
        &[
            "AE", "AO", "AU", "BH", "BR", "BS", "CL", "CN", "CO", "CR", "DO", "DZ", "EG", "GY", "HK", "IL",
            "IQ", "KW", "KZ", "LY", "MA", "NG", "NI", "NO", "NZ", "OM", "PE", "PH", "QA", "RU", "SA", "SG",
            "TH", "TR", "UY", "VE", "VN", "ZA",
        ],
    ),
    ("FL-TOTAL-12", &["CH", "JP", "KR"]),
    ("CN-HK", &["CN", "HK"]),
];

pub(super) fn groups() -> Vec<Member> {
    let mut members = members_of(&GROUPS);
    members.extend(members_of(&[("EU-27", &EU_27)]));
    members.extend(EU_27.iter().chain(&["TW"]).map(|it| Member::new("FL-TOTAL-10", it)));
    let all: Vec<_> =
        members.iter().filter(|it| it.group.starts_with("FL-")).map(|it| it.economy.clone()).collect();
    members.extend(all.iter().map(|it| Member::new("FL-ALL", it)));
    members
}

/// Reciprocal duties by economy from 2025-08-07 (Executive Order 14326, Annex I), headings 9903.02.02 onwards in the order of that
/// annex. The rate is that of the schedule.
const RECIPROCAL: [(&str, &str); 65] = [
    ("02", "AF"),
    ("03", "DZ"),
    ("04", "AO"),
    ("05", "BD"),
    ("06", "BO"),
    ("07", "BA"),
    ("08", "BW"),
    ("09", "BR"),
    ("10", "BN"),
    ("11", "KH"),
    ("12", "CM"),
    ("13", "TD"),
    ("14", "CR"),
    ("15", "CI"),
    ("16", "CD"),
    ("17", "EC"),
    ("18", "GQ"),
    ("21", "FK"),
    ("22", "FJ"),
    ("23", "GH"),
    ("24", "GY"),
    ("25", "IS"),
    ("26", "IN"),
    ("27", "ID"),
    ("28", "IQ"),
    ("29", "IL"),
    ("31", "JO"),
    ("32", "KZ"),
    ("33", "LA"),
    ("34", "LS"),
    ("35", "LY"),
    ("36", "LI"),
    ("37", "MG"),
    ("38", "MW"),
    ("39", "MY"),
    ("40", "MU"),
    ("41", "MD"),
    ("42", "MZ"),
    ("43", "MM"),
    ("44", "NA"),
    ("45", "NR"),
    ("46", "NZ"),
    ("47", "NI"),
    ("48", "NG"),
    ("49", "MK"),
    ("50", "NO"),
    ("51", "PK"),
    ("52", "PG"),
    ("53", "PH"),
    ("54", "RS"),
    ("55", "ZA"),
    ("57", "LK"),
    ("58", "CH"),
    ("60", "TW"),
    ("61", "TH"),
    ("62", "TT"),
    ("63", "TN"),
    ("64", "TR"),
    ("65", "UG"),
    ("66", "GB"),
    ("67", "VU"),
    ("68", "VE"),
    ("69", "VN"),
    ("70", "ZM"),
    ("71", "ZW"),
];
const RECIPROCAL_NOTE: &str = "exempt products loaded for the bundled goods only";
/// Economies whose duty was a total of 15 % with column 1 in it.
const TOTAL_15: [(&str, &str); 3] = [("EU-27", "9903.02.20"), ("JP", "9903.02.73"), ("KR", "9903.02.80")];

/// The part of a text of the schedule that comes on top: "... + 25%".
fn on_top(text: &str) -> Option<&str> {
    text.rsplit_once('+').map(|(_, rate)| rate.trim())
}

fn rate_of<'a>(provisions: &'a [Provision], heading: &str, on: Date) -> Result<&'a str, Error> {
    provisions
        .iter()
        .filter(|it| {
            it.heading == heading && it.from.is_none_or(|from| from <= on) && it.to.is_none_or(|to| on <= to)
        })
        .find_map(|it| on_top(&it.text))
        .ok_or_else(|| format!("the schedule has no rate of {heading} on {on}").into())
}

/// Heading, programme, origins, first and last day, condition.
type Order<'o> = (&'o str, &'static str, &'static str, Date, Option<Date>, &'static str);

fn additional(
    expression: &str,
    programme: &'static str,
    geo: &'static str,
    from: Date,
    to: Option<Date>,
) -> Measure {
    Measure::new(None, MeasureKind::Additional, expression)
        .programme(programme)
        .geo(geo)
        .between(Some(from), to)
}

/// Duties under the International Emergency Economic Powers Act while they were collected.
pub(super) fn under_ieepa(
    provisions: &[Provision],
    annex_ii: &BTreeSet<HsCode>,
) -> Result<Vec<Measure>, Error> {
    let end = Some(IEEPA_END);
    let second = day(2025, 8, 7);
    let recip = |rate: &str, geo: &'static str, from, to, heading: &str| {
        additional(rate, PROGRAMME_RECIPROCAL, geo, from, to)
            .unless(METALS)
            .reference(format!("HTSUS {heading}"))
            .note(RECIPROCAL_NOTE)
    };
    let base = rate_of(provisions, "9903.01.25", second)?;
    let mut out = vec![recip(base, "*!CA!MX!COL2", RECIPROCAL_FROM, end, "9903.01.25")];
    for (number, economy) in RECIPROCAL {
        let heading = format!("9903.02.{number}");
        out.push(recip(rate_of(provisions, &heading, second)?, economy, second, end, &heading));
    }
    for (geo, heading) in TOTAL_15 {
        out.push(recip("15% with the duty of column 1 in it", geo, second, end, heading));
    }
    out.push(recip("125%", "CN-HK", day(2025, 4, 10), Some(day(2025, 5, 13)), "9903.01.63"));

    let orders: [Order<'_>; 8] = [
        ("9903.01.20", "IEEPA-fentanyl", "CN-HK", day(2025, 2, 4), Some(day(2025, 3, 3)), ""),
        ("9903.01.24", "IEEPA-fentanyl", "CN-HK", day(2025, 3, 4), Some(day(2025, 11, 9)), ""),
        ("9903.01.24", "IEEPA-fentanyl", "CN-HK", day(2025, 11, 10), end, ""),
        ("9903.01.10", "IEEPA-fentanyl", "CA", day(2025, 3, 4), Some(day(2025, 7, 31)), METALS_OR_USMCA),
        ("9903.01.10", "IEEPA-fentanyl", "CA", day(2025, 8, 1), end, METALS_OR_USMCA),
        ("9903.01.01", "IEEPA-fentanyl", "MX", day(2025, 3, 4), end, METALS_OR_USMCA),
        ("9903.01.77", PROGRAMME_BRAZIL, "BR", day(2025, 8, 6), end, METALS),
        ("9903.01.84", "IEEPA-IN", "IN", day(2025, 8, 27), end, METALS),
    ];
    for (heading, programme, geo, from, to, unless) in orders {
        let rate = rate_of(provisions, heading, from)?;
        out.push(
            additional(rate, programme, geo, from, to).unless(unless).reference(format!("HTSUS {heading}")),
        );
    }
    out.extend(exempt_under_ieepa(annex_ii)?);
    Ok(out)
}

/// Bundled goods on the list of products exempt from Section 122 (proclamation of 2026-02-20, Annex II); 8505.11.00 only in part.
const EXEMPT_122: [&str; 28] = [
    "25049000", "25101000", "25111010", "25111050", "25292200", "26020000", "26060000", "27011200",
    "28042900", "28048000", "28220000", "28369100", "28369200", "71101100", "71102100", "72029340",
    "72029380", "74031100", "75021000", "81032000", "81041100", "81082000", "81101000", "81129210",
    "81129230", "81129240", "81129260", "81129265",
];
/// Bundled goods that the annex to Executive Order 14323 exempted from the 40 % on Brazil.
const ANNEX_BRAZIL: [&str; 2] = ["28046910", "28046950"];

fn codes(list: &[&str]) -> Result<Vec<HsCode>, Error> {
    list.iter().map(|it| it.parse().map_err(|error| format!("{it}: {error}").into())).collect()
}

/// `annex_ii` are the bundled goods on Annex II of Executive Order 14257 as amended; those of India rest on the same list.
fn exempt_under_ieepa(annex_ii: &BTreeSet<HsCode>) -> Result<Vec<Measure>, Error> {
    let free = |hs, programme: &'static str| {
        Measure::new(Some(hs), MeasureKind::Additional, "Free")
            .programme(programme)
            .between(Some(RECIPROCAL_FROM), Some(IEEPA_END))
    };
    let mut out = Vec::new();
    for &hs in annex_ii {
        out.push(free(hs, PROGRAMME_RECIPROCAL).reference("HTSUS 9903.01.32").note("Annex II of EO 14257"));
        out.push(free(hs, "IEEPA-IN").geo("IN").reference("HTSUS 9903.01.86"));
    }
    for hs in codes(&ANNEX_BRAZIL)? {
        out.push(
            free(hs, PROGRAMME_BRAZIL).geo("BR").reference("HTSUS 9903.01.78").note("annex of EO 14323"),
        );
    }
    Ok(out)
}

/// Section 122 of the Trade Act of 1974: 10 % on all goods for 150 days. Of the bundled goods the following are on its list of exempt
/// products; 8505.11.00 only in part (8505.11.0070).
pub(super) fn section_122() -> Result<Vec<Measure>, Error> {
    let (from, to) = (day(2026, 2, 24), Some(day(2026, 7, 23)));
    let all = additional("10%", "122", "*", from, to)
        .unless(METALS_OR_USMCA)
        .reference("HTSUS 9903.03.01")
        .note("exempt products loaded for the bundled goods only");
    let exempt = |hs| {
        Measure { hs: Some(hs), expression: "Free".to_owned(), ..all.clone() }
            .note("on the list of exempt products")
    };
    let mut out: Vec<_> = codes(&EXEMPT_122)?.into_iter().map(exempt).collect();
    out.extend(codes(&["85051100"])?.into_iter().map(|hs| {
        Measure { hs: Some(hs), expression: "10% unless 8505.11.0070".to_owned(), ..all.clone() }
            .note("8505.11.0070 is exempt")
    }));
    out.push(all);
    Ok(out)
}

/// Section 301 on forced labour (91 FR 47318, from 2026-07-24) and on Brazil (FR Doc. 2026-14542, from 2026-07-22).
pub(super) fn section_301_of_2026(doubtful: &BTreeSet<HsCode>) -> Vec<Measure> {
    let from = day(2026, 7, 24);
    let labour = |rate: &str, geo: &'static str, unless: &'static str| {
        additional(rate, "301-forced-labour", geo, from, None)
            .unless(unless)
            .reference("HTSUS 9903.05.20-84, U.S. note 52")
    };
    let brazil = |rate: &str| {
        additional(rate, "301-BR", "BR", day(2026, 7, 22), None)
            .unless(METALS)
            .reference("HTSUS 9903.05.01, U.S. note 50")
    };
    let mut out = vec![
        labour("10%", "FL-10", METALS_OR_USMCA),
        labour("12.5%", "FL-12", METALS),
        labour("10% with the duty of column 1 in it", "FL-TOTAL-10", METALS),
        labour("12.5% with the duty of column 1 in it", "FL-TOTAL-12", METALS),
        brazil("25%"),
    ];
    for hs in doubtful {
        let unknown = labour("rate of the origin unless listed in note 52(b)", "FL-ALL", METALS_OR_USMCA);
        out.push(Measure { hs: Some(*hs), ..unknown }.reference("HTSUS 9903.05"));
        out.push(
            Measure { hs: Some(*hs), ..brazil("25% unless listed in note 50(a)") }.reference("HTSUS 9903.05"),
        );
    }
    out
}

/// Orders on silicon metal (2804.69). The duty depends on producer and exporter and is not loaded: it is unknown.
pub(super) fn silicon_orders() -> Result<Vec<Measure>, Error> {
    let orders = [
        (MeasureKind::AntiDumping, "CN", "A-570-806", Some(day(1991, 6, 10)), "anti-dumping order of 1991"),
        (MeasureKind::AntiDumping, "RU", "A-821-817", Some(day(2003, 3, 26)), "anti-dumping order of 2003"),
        (MeasureKind::AntiDumping, "BA", "silicon-metal-BA", None, "anti-dumping order of 2021"),
        (MeasureKind::AntiDumping, "IS", "silicon-metal-IS", None, "anti-dumping order of 2021"),
        (MeasureKind::AntiDumping, "MY", "silicon-metal-MY", None, "anti-dumping order of 2021"),
        (MeasureKind::Countervailing, "KZ", "silicon-metal-KZ", None, "countervailing order of 2021"),
    ];
    let hs: HsCode = "280469".parse()?;
    Ok(orders
        .into_iter()
        .map(|(kind, geo, programme, from, note)| {
            Measure::new(Some(hs), kind, "rate by producer and exporter (not loaded)")
                .programme(programme)
                .geo(geo)
                .between(from, None)
                .reference("order on silicon metal, US Department of Commerce")
                .note(note)
        })
        .collect())
}
