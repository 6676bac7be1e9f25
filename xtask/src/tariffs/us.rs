//! The book `tariff-us`: column 1 general of every line, column 2 and the special programmes where the files have them, and the
//! additional duties of chapter 99.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Date, HsCode};
use lake::import::Tally;
use lake::import::sheet::Sheet;
use lake::import::tariff::measure::{Measure, MeasureKind, groups_csv, measures_csv};
use lake::import::tariff::roll_up::roll_up;
use lake::import::tariff::us_lists::{
    ANNEX_UNKNOWN, ANNEXES, PROGRAMME_301, read_232, read_301, read_exempt, uncommented,
};
use lake::import::tariff::usitc::{
    COLUMN_1_GEO, COLUMN_2, Database, PROGRAMMES, SPECIAL_TABLE, read_database, read_segments, us_groups,
};

use super::us_additional;
use crate::context::{About, Context, Draft, Error, Made};

const MFN: &str = "tariffs/us_hts8_mfn_2025_2026.csv.zst";
const SEGMENTS: &str = "tariffs/us_tariff_database_segments_2025.tar.zst";
const LISTS_301: &str = "tariffs/us_tracker/s301_product_lists.csv";
const METALS_232: &str = "tariffs/us_section232_enhanced.csv";
const DERIVATIVES_232: &str = "tariffs/us_tracker/s232_derivative_products.csv";
const EXEMPT: &str = "tariffs/us_tracker/ieepa_exempt_products.csv";
const EXEMPT_BRAZIL: &str = "tariffs/us_tracker/country_eo_exempt_products.csv";

/// Chapters whose column 2 rates are bundled: those of the bundled goods.
const COLUMN_2_CHAPTERS: std::ops::RangeInclusive<u8> = 25..=29;
/// Days before this one are left out of column 1: the schedule has had its present lines since the HS edition of 2022.
const LINES_SINCE: Date = Date::constant(2022, 1, 27);

/// Headings that the list of Section 232 metals has and the proclamations do not: pig iron, ferro-alloys, reduced iron, scrap and
/// powders of steel (Proclamation 9705 begins at 7206.10), scrap and powders of aluminium (Proclamation 9704 names 7601, 7604-7609).
const NOT_IN_232: [&str; 7] = ["7201", "7202", "7203", "7204", "7205", "7602", "7603"];

fn table_of(measure: &Measure) -> &'static str {
    match (measure.kind, measure.programme.as_ref()) {
        (MeasureKind::Mfn, _) => "measures.csv",
        (MeasureKind::Preference, _) => SPECIAL_TABLE,
        (_, PROGRAMME_301) => "measures-301.csv",
        _ => "measures-additional.csv",
    }
}

pub(super) fn run(cx: &Context) -> Result<Made, Error> {
    let mut book = cx.draft("tariff-us");
    let mut tally = Tally::default();
    let general = read_database(&book.input(MFN)?, &mut tally)?;
    let segments = read_segments(&book.input(SEGMENTS)?, &mut Tally::default())?;
    let lines: BTreeSet<HsCode> = general.measures.iter().filter_map(|it| it.hs).collect();
    let free: BTreeSet<HsCode> =
        general.measures.iter().filter(|it| it.expression == "Free").filter_map(|it| it.hs).collect();

    let annex_ii = exempt_lines(&mut book, EXEMPT, &lines)?;
    let bundled: BTreeSet<HsCode> = annex_ii.iter().copied().filter(|it| is_bundled(*it)).collect();
    let mut doubtful = exempt_lines(&mut book, EXEMPT_BRAZIL, &lines)?;
    doubtful.extend(annex_ii);
    let mut measures = kept_segments(segments, &lines);
    measures.extend(printed_special_rates());
    measures.extend(section_301(&mut book, &lines)?);
    measures.extend(section_232(&mut book)?);
    measures.extend(us_additional::under_ieepa(&general.provisions, &bundled)?);
    measures.extend(us_additional::section_122()?);
    measures.extend(us_additional::section_301_of_2026(&doubtful));
    measures.extend(us_additional::silicon_orders()?);
    measures.push(column_2_unknown());
    let mut measures = roll_up(measures, &lines, &free);
    measures.extend(general.measures.into_iter().filter(|it| it.geo == COLUMN_1_GEO).map(since_2022));
    // One table for each source, under the names that its import writes: a newer edition of one leaves the others in force.
    let mut by_table: BTreeMap<&str, Vec<Measure>> = BTreeMap::new();
    for measure in measures {
        by_table.entry(table_of(&measure)).or_default().push(measure);
    }
    for (table, measures) in by_table {
        book.table(table, measures_csv(measures));
    }
    book.table("groups.csv", groups_csv(us_groups()));
    book.table("groups-additional.csv", groups_csv(us_additional::groups()));
    terms(&mut book);
    let how = format!(
        "{HOW} {} The list of exempt products is used for the doubt it casts only; see the notes of the rows.",
        super::counted(&tally)
    );
    Ok(book.finish(&About {
        title: "Harmonized Tariff Schedule of the United States, with additional duties",
        publisher: "United States International Trade Commission",
        licence: "US public domain (17 U.S.C. 105); lists compiled under MIT",
        licence_url: None,
        vintage: "2026-02",
        basis: domain::Basis::Observed,
        how: &how,
    }))
}

const HOW: &str = "Column 1 general of all HTS-8 lines of chapters 1 to 97 with their days from 2022-01-27 on (a day early throughout the file; put \
    right). Special programmes of chapters 10 to 69 and column 2 of chapters 25 to 29 from the tariff database of 2025-07-01; codes that lost their leading zero \
    put right; headings stand for their lines where all agree. For 7403.11.00 and 8505.11.00 the special column is that of the printed \
    schedule. Additional duties: Section 301 on China by line (lists as compiled from the USITC reference \"China Tariffs\"; an older \
    compilation that also has 2804.69 and 8505.11 on list 3 follows the proposed list and is not used); Section 232 on steel and aluminium \
    to 2026-04-05, from when the annexes of April 2026 decide, which are not at hand (unknown); duties under IEEPA to 2026-02-23, with the exempt \
    products of the bundled goods only; Section 122 from 2026-02-24 to 2026-07-23, likewise; Section 301 on forced labour from 2026-07-24 \
    (91 FR 47318) and on Brazil from 2026-07-22 (FR Doc. 2026-14542), where products that earlier lists exempted are unknown, as the lists of U.S. \
    notes 50 and 52 are not at hand. Rates and days of 2026 after the Yale Budget Lab tariff-rate-tracker, config/policy_params.yaml of \
    2026-08. Not covered: trade remedies (anti-dumping and countervailing duties depend on the producer; only the existence of the orders on \
    silicon metal is noted), exclusions, Section 232 on copper products, vehicles, timber and semiconductors, Section 338 on Canada, GSP (lapsed \
    2020-12-31), AGOA, column 2 and special programmes of the other chapters.";

fn terms(book: &mut Draft<'_>) {
    for file in [LISTS_301, DERIVATIVES_232, EXEMPT, EXEMPT_BRAZIL] {
        book.input_terms(file, "Yale Budget Lab, from USITC, USTR and Federal Register", "MIT");
    }
}

/// Column 2 and special programmes of lines that the schedule still has. Programmes that have ended are left out.
fn kept_segments(segments: Database, lines: &BTreeSet<HsCode>) -> Vec<Measure> {
    let is_kept = |it: &Measure| {
        let special = it.kind == MeasureKind::Preference && it.to.is_none();
        let second = it.kind == MeasureKind::Mfn
            && it.geo == COLUMN_2
            && it.hs.is_some_and(|hs| COLUMN_2_CHAPTERS.contains(&hs.chapter()));
        (special || second) && it.hs.is_some_and(|hs| lines.contains(&hs))
    };
    // The programme says which general note it rests on.
    let undated = |it: Measure| it.between(None, None).reference("");
    segments.measures.into_iter().filter(is_kept).map(undated).collect()
}

fn since_2022(it: Measure) -> Measure {
    let from = it.from.filter(|from| *from > LINES_SINCE);
    let to = it.to;
    it.between(from, to)
}

/// Column 2 applies to Cuba, North Korea, Russia and Belarus; where no file has its rate, it is unknown.
fn column_2_unknown() -> Measure {
    Measure::new(None, MeasureKind::Mfn, "column 2 rate (not loaded)")
        .geo(COLUMN_2)
        .reference("HTSUS GN 3(b)")
}

/// Two bundled goods lie outside the chapters of the segments. Their special column as printed: "Free (A,AU,B,BH,CL,CO,D,E,IL,JO,
/// JP,KR,MA,OM,P,PA,PE,S,SG)" for 8505.11.00 and the same without B and JP for 7403.11.00.
fn printed_special_rates() -> Vec<Measure> {
    let symbols = ["AU", "BH", "CL", "CO", "E", "IL", "JO", "KR", "MA", "OM", "P", "PA", "PE", "S", "SG"];
    let goods: Vec<HsCode> = ["74031100", "85051100"].iter().filter_map(|it| it.parse().ok()).collect();
    let free = |hs: HsCode, symbol: &str| {
        PROGRAMMES.iter().find(|it| it.symbol == symbol).map(|it| {
            Measure::new(Some(hs), MeasureKind::Preference, "Free")
                .programme(it.name)
                .geo(it.geo)
                .reference(it.reference)
                .note("special column as printed")
        })
    };
    goods.iter().flat_map(|hs| symbols.iter().filter_map(|it| free(*hs, it))).collect()
}

/// Codes of the lists that the schedule no longer has are left out, as are rates that ended before 2025.
fn section_301(book: &mut Draft<'_>, lines: &BTreeSet<HsCode>) -> Result<Vec<Measure>, Error> {
    const OLDEST_END: Date = Date::constant(2025, 1, 1);
    let input = book.input(LISTS_301)?;
    let sheet = Sheet::read("us-section-301", &input, None)?;
    let mut measures = read_301(&sheet, &mut Tally::default())?;
    measures
        .retain(|it| it.hs.is_some_and(|hs| lines.contains(&hs)) && it.to.is_none_or(|to| to >= OLDEST_END));
    Ok(measures)
}

fn section_232(book: &mut Draft<'_>) -> Result<Vec<Measure>, Error> {
    let mut measures = Vec::new();
    for file in [METALS_232, DERIVATIVES_232] {
        let input = book.input(file)?;
        let sheet = Sheet::read("us-section-232", &input, None)?;
        measures.extend(read_232(&sheet, &mut Tally::default())?);
    }
    let outside: Vec<HsCode> = NOT_IN_232.iter().filter_map(|it| it.parse().ok()).collect();
    measures.retain(|it| it.hs.is_some_and(|hs| !outside.contains(&hs)));
    let after: Vec<_> = measures
        .iter()
        .filter(|it| it.geo == "*")
        .map(|it| {
            let open = Measure { expression: ANNEX_UNKNOWN.to_owned(), ..it.clone() };
            open.between(Some(ANNEXES), None).reference("HTSUS 9903.82")
        })
        .collect();
    measures.extend(after);
    Ok(measures)
}

/// Lines that a list of 2025 exempted from a duty on all goods; whether the lists of 2026 do is not known.
fn exempt_lines(
    book: &mut Draft<'_>,
    file: &str,
    lines: &BTreeSet<HsCode>,
) -> Result<BTreeSet<HsCode>, Error> {
    let input = book.input(file)?;
    let sheet = uncommented(&input, None)?;
    let (_, measures) = read_exempt(&sheet, &mut Tally::default())?;
    Ok(measures.iter().filter_map(|it| it.hs?.cut(8)).filter(|it| lines.contains(it)).collect())
}

fn is_bundled(hs: HsCode) -> bool {
    hs.subheading().is_some_and(|it| super::BUNDLED_GOODS.contains(&it.to_string().as_str()))
}
