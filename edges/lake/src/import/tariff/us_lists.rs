//! Lists of goods that owe additional duties of the United States, or are exempt from them: Section 301, Section 232, and the
//! annexes of exempt products.

use std::borrow::Cow;

use domain::{Basis, Date, HsCode};

use super::codes::line_code;
use super::measure::{Measure, MeasureKind, measures_csv, tidy};
use crate::error::LakeError;
use crate::import::sheet::{Row, Sheet, may, must};
use crate::import::text::{Text, decode};
use crate::import::{
    About, Draft, Glimpse, Imported, Importer, Input, Kind, Options, Score, Tally, clean, imported,
};

pub const SECTION_301: Importer = Importer {
    kind: Kind::UsSection301,
    name: "us-section-301",
    what: "Section 301 product lists (China): HTS-8 with list or chapter 99 heading",
    guess: guess_301,
    import: import_301,
};

pub const SECTION_232: Importer = Importer {
    kind: Kind::UsSection232,
    name: "us-section-232",
    what: "Section 232 product lists (steel, aluminium and derivatives)",
    guess: guess_232,
    import: import_232,
};

pub const EXEMPT: Importer = Importer {
    kind: Kind::UsExemptProducts,
    name: "us-exempt-products",
    what: "products exempt from the duties under IEEPA (Annex II, or the annex of an order on one country)",
    guess: guess_exempt,
    import: import_exempt,
};

const fn about(title: &'static str, how: &'static str) -> About {
    About {
        title,
        publisher: "United States Trade Representative, Bureau of Industry and Security, USITC",
        licence: "US public domain (17 U.S.C. 105); compilations under MIT",
        licence_url: None,
        basis: Basis::Observed,
        how,
    }
}

/// Programme of all Section 301 rows on China: a later heading displaces an earlier one on the same line.
pub const PROGRAMME_301: &str = "301";
pub const PROGRAMME_RECIPROCAL: &str = "IEEPA-reciprocal";
/// 40 % on Brazil under Executive Order 14323.
pub const PROGRAMME_BRAZIL: &str = "IEEPA-BR";
/// The last day on which duties under IEEPA were collected: Learning Resources v. Trump was decided on 2026-02-20, CBP
/// stopped on 2026-02-24.
pub const IEEPA_END: Date = Date::constant(2026, 2, 23);

/// One heading of chapter 99 for a time: what it adds.
#[derive(Clone, Copy, Debug)]
struct Step {
    heading: &'static str,
    from: Date,
    to: Option<Date>,
    rate: &'static str,
}

const fn step(heading: &'static str, from: (i16, i8, i8), rate: &'static str) -> Step {
    Step { heading, from: Date::constant(from.0, from.1, from.2), to: None, rate }
}

/// What each heading of Section 301 adds, and when. HTSUS chapter 99, subchapter III, U.S. notes 20 and 31; 89 FR 76581 for the
/// increases from 2024-09-27. 9903.88.16 (list 4B) was suspended before it began (84 FR 69447).
const STEPS_301: [Step; 17] = [
    step("9903.88.01", (2018, 7, 6), "25%"),
    step("9903.88.02", (2018, 8, 23), "25%"),
    Step { to: Some(Date::constant(2019, 5, 9)), ..step("9903.88.03", (2018, 9, 24), "10%") },
    step("9903.88.03", (2019, 5, 10), "25%"),
    step("9903.88.04", (2019, 5, 10), "25%"),
    step("9903.88.15", (2020, 2, 14), "7.5%"),
    step("9903.91.01", (2024, 9, 27), "25%"),
    step("9903.91.02", (2024, 9, 27), "50%"),
    step("9903.91.03", (2024, 9, 27), "100%"),
    Step { to: Some(Date::constant(2025, 12, 31)), ..step("9903.91.04", (2025, 1, 1), "25%") },
    step("9903.91.05", (2025, 1, 1), "50%"),
    step("9903.91.06", (2026, 1, 1), "25%"),
    step("9903.91.07", (2026, 1, 1), "50%"),
    step("9903.91.08", (2026, 1, 1), "100%"),
    step("9903.91.11", (2025, 1, 1), "25%"),
    step("9903.92.10", (2024, 9, 27), "25%"),
    // Kept for its dates only: nothing was ever collected under it.
    step("9903.88.16", (2019, 12, 15), ""),
];

fn guess_301(glimpse: &Glimpse<'_>) -> Score {
    let tracker = glimpse.has_columns(&["hts8", "list", "ch99_code"]);
    let plain = glimpse.has_columns(&["HTS_Code", "List"]) && !glimpse.has_columns(&["Rate_UK"]);
    if tracker {
        95
    } else if plain {
        80
    } else {
        0
    }
}

fn import_301(input: &Input, options: &Options) -> Result<Imported, LakeError> {
    const ABOUT: About = about(
        "Section 301 lists of products of China",
        "One row per HTS-8 line and heading of chapter 99. List 4B is set aside: it was suspended before it began.",
    );
    let sheet = Sheet::read(SECTION_301.name, input, options.encoding.as_deref())?;
    let mut tally = Tally::default();
    let measures = read_301(&sheet, &mut tally)?;
    let tables = vec![("measures-301.csv".to_owned(), measures_csv(measures))];
    let draft = Draft { book: "tariff-us", about: &ABOUT, vintage: "2025", tables };
    Ok(lay_over(imported(&SECTION_301, input, options, draft, &tally)?, &sheet))
}

/// The import adds a table to the book in force instead of replacing it.
fn lay_over(mut made: Imported, sheet: &Sheet<'_>) -> Imported {
    made.keeps_others = true;
    made.read_as(sheet.text())
}

/// Reads either layout: with the heading of chapter 99, or with the number of the list alone.
pub fn read_301(sheet: &Sheet<'_>, tally: &mut Tally) -> Result<Vec<Measure>, LakeError> {
    let [code, list, heading] =
        sheet.columns([must(&["hts8", "HTS_Code"]), must(&["list"]), may(&["ch99_code"])])?;
    let (code, list) = (code.unwrap_or_default(), list.unwrap_or_default());
    let mut measures = Vec::new();
    let mut repairs = Vec::new();
    for row in sheet.rows() {
        let row = row?;
        let given = row.get(code);
        let hs = match line_code(given, "hts8", &mut repairs) {
            Ok(hs) => hs,
            Err(reason) => {
                tally.reject(row.line, "hts8", reason, given);
                continue;
            }
        };
        let wanted = match row.find(heading) {
            "" => heading_of_list(row.get(list)),
            stated => stated,
        };
        let steps: Vec<_> = STEPS_301.iter().filter(|it| it.heading == wanted).collect();
        match steps.first() {
            None => tally.reject(row.line, "list", "an unknown list or heading", row.get(list)),
            Some(first) if first.rate.is_empty() => {
                tally.set_aside(row.line, "list", "list 4B was suspended before it began", given);
            }
            Some(_) => {
                measures.extend(steps.into_iter().map(|it| additional_301(hs, it)));
                tally.take(row.line, &mut repairs);
            }
        }
        repairs.clear();
    }
    Ok(measures)
}

fn heading_of_list(list: &str) -> &'static str {
    match list.trim().to_ascii_lowercase().as_str() {
        "1" => "9903.88.01",
        "2" => "9903.88.02",
        "3" => "9903.88.03",
        "4a" => "9903.88.15",
        "4b" => "9903.88.16",
        _ => "",
    }
}

fn additional_301(hs: HsCode, step: &Step) -> Measure {
    Measure::new(Some(hs), MeasureKind::Additional, step.rate)
        .programme(PROGRAMME_301)
        .geo("CN")
        .between(Some(step.from), step.to)
        .reference(reference(step.heading))
}

fn reference(heading: &str) -> Cow<'static, str> {
    Cow::Owned(format!("HTSUS {heading}"))
}

fn guess_232(glimpse: &Glimpse<'_>) -> Score {
    let enhanced = glimpse.has_columns(&["HTS_Code", "Section", "Rate_General", "Rate_UK"]);
    let derivative = glimpse.has_columns(&["hts_prefix", "ch99_code", "derivative_type"]);
    if enhanced || derivative { 95 } else { 0 }
}

fn import_232(input: &Input, options: &Options) -> Result<Imported, LakeError> {
    const ABOUT: About = about(
        "Section 232 lists of steel, aluminium and derivative products",
        "One row per heading or line and origin. The rates are those of the proclamations in force from 2025-06-04 to 2026-04-05; \
         from 2026-04-06 the annexes of the April 2026 proclamation decide, which these files do not hold.",
    );
    let sheet = Sheet::read(SECTION_232.name, input, options.encoding.as_deref())?;
    let mut tally = Tally::default();
    let measures = read_232(&sheet, &mut tally)?;
    let table = if is_derivative(&sheet) { "measures-232-derivatives.csv" } else { "measures-232.csv" };
    let tables = vec![(table.to_owned(), measures_csv(measures))];
    let draft = Draft { book: "tariff-us", about: &ABOUT, vintage: "2025", tables };
    Ok(lay_over(imported(&SECTION_232, input, options, draft, &tally)?, &sheet))
}

fn is_derivative(sheet: &Sheet<'_>) -> bool {
    crate::import::sheet::find_column(sheet.header(), &["derivative_type"]).is_some()
}

/// Proclamations 10947 of 2025-06-03: 50 % from 2025-06-04, 25 % for the United Kingdom.
pub const FROM_50: Date = Date::constant(2025, 6, 4);
/// The day before the annexes of April 2026 took over.
pub const END_50: Date = Date::constant(2026, 4, 5);
/// First day of the annexes of April 2026.
pub const ANNEXES: Date = Date::constant(2026, 4, 6);
/// What a row says whose rate after 2026-04-05 is not in any file at hand.
pub const ANNEX_UNKNOWN: &str = "rate of the annexes of April 2026 (not loaded)";

/// Reads either layout: lists with rates, or derivative products with heading and day.
pub fn read_232(sheet: &Sheet<'_>, tally: &mut Tally) -> Result<Vec<Measure>, LakeError> {
    if is_derivative(sheet) { read_derivatives(sheet, tally) } else { read_metals(sheet, tally) }
}

fn programme_232(metal: &str) -> Option<&'static str> {
    let metal = metal.to_ascii_lowercase();
    [("steel", "232-steel"), ("alumin", "232-aluminium"), ("copper", "232-copper")]
        .into_iter()
        .find(|(word, _)| metal.contains(word))
        .map(|(_, programme)| programme)
}

fn read_metals(sheet: &Sheet<'_>, tally: &mut Tally) -> Result<Vec<Measure>, LakeError> {
    let [code, section, general, uk, kind, headings] = sheet.columns([
        must(&["HTS_Code"]),
        must(&["Section"]),
        must(&["Rate_General"]),
        must(&["Rate_UK"]),
        may(&["Product_Type"]),
        may(&["Chapter_99_Codes"]),
    ])?;
    let [code, section, general, uk] = [code, section, general, uk].map(Option::unwrap_or_default);
    let mut measures = Vec::new();
    for row in sheet.rows() {
        let row = row?;
        let given = row.get(code);
        if given.starts_with('#') {
            tally.set_aside(row.line, "HTS_Code", "a comment", given);
            continue;
        }
        let Ok(hs) = given.parse::<HsCode>() else {
            tally.reject(row.line, "HTS_Code", "not an HS code", given);
            continue;
        };
        if hs.chapter() == 99 {
            tally.set_aside(row.line, "HTS_Code", "chapters 98 and 99 are provisions, not goods", given);
            continue;
        }
        let Some(programme) = programme_232(row.get(section)).or_else(|| programme_232(row.find(kind)))
        else {
            tally.reject(row.line, "Section", "neither steel nor aluminium nor copper", row.get(section));
            continue;
        };
        let rates = [general, uk].map(|it| clean::number(row.get(it).trim_end_matches('%')).value());
        let [Some(general_rate), Some(uk_rate)] = rates else {
            tally.reject(row.line, "Rate_General", "not a number", row.get(general));
            continue;
        };
        let reference = format!("HTSUS {}", row.find(headings).replace(',', " "));
        for (geo, rate) in [("*", general_rate), ("GB", uk_rate)] {
            measures.push(
                Measure::new(Some(hs), MeasureKind::Additional, format!("{rate}%"))
                    .programme(programme)
                    .geo(geo)
                    .between(Some(FROM_50), Some(END_50))
                    .reference(reference.trim_end().to_owned()),
            );
        }
        tally.accept();
    }
    Ok(measures)
}

/// Derivative products: 9903.81.89, .90, .93 and 9903.85.04, .07 add to the whole value; 9903.81.91 and 9903.85.08 to the
/// value of the metal, which the entry must state.
fn read_derivatives(sheet: &Sheet<'_>, tally: &mut Tally) -> Result<Vec<Measure>, LakeError> {
    let [code, heading, metal, from] = sheet.columns([
        must(&["hts_prefix"]),
        must(&["ch99_code"]),
        must(&["derivative_type"]),
        may(&["effective_date"]),
    ])?;
    let [code, heading, metal] = [code, heading, metal].map(Option::unwrap_or_default);
    let mut measures = Vec::new();
    for row in sheet.rows() {
        let row = row?;
        let given = row.get(code);
        let Ok(hs) = given.parse::<HsCode>() else {
            tally.reject(row.line, "hts_prefix", "not an HS code", given);
            continue;
        };
        let Some(programme) = programme_232(row.get(metal)) else {
            tally.reject(
                row.line,
                "derivative_type",
                "neither steel nor aluminium nor copper",
                row.get(metal),
            );
            continue;
        };
        let on_content = matches!(row.get(heading), "9903.81.91" | "9903.85.08");
        let share = if programme == "232-steel" {
            " upon the value of the steel content"
        } else {
            " upon the value of the aluminum content"
        };
        let share = if on_content { share } else { "" };
        let from = clean::date(row.find(from)).value().map_or(FROM_50, |it| it.max(FROM_50));
        for (geo, rate) in [("*", "50%"), ("GB", "25%")] {
            measures.push(
                Measure::new(Some(hs), MeasureKind::Additional, format!("{rate}{share}"))
                    .programme(programme)
                    .geo(geo)
                    .between(Some(from), Some(END_50))
                    .reference(reference(row.get(heading))),
            );
        }
        tally.accept();
    }
    Ok(measures)
}

fn guess_exempt(glimpse: &Glimpse<'_>) -> Score {
    let first = glimpse.head.lines().find(|it| !it.starts_with('#')).unwrap_or("").trim().replace('"', "");
    if first == "hts10" {
        return 70;
    }
    if first.starts_with("ch99_code,hts10,effective_date_start") { 95 } else { 0 }
}

fn import_exempt(input: &Input, options: &Options) -> Result<Imported, LakeError> {
    const ABOUT: About = about(
        "Products exempt from the additional duties under IEEPA",
        "One row per exempt code, with the duty at nothing; a longer code displaces the duty on all goods.",
    );
    let sheet = uncommented(input, options.encoding.as_deref())?;
    let mut tally = Tally::default();
    let (table, measures) = read_exempt(&sheet, &mut tally)?;
    let tables = vec![(table.to_owned(), measures_csv(measures))];
    let draft = Draft { book: "tariff-us", about: &ABOUT, vintage: "2026-04", tables };
    Ok(lay_over(imported(&EXEMPT, input, options, draft, &tally)?, &sheet))
}

/// The sheet without the lines of comment at its head, which keep their numbers as blank lines.
pub fn uncommented<'a>(input: &'a Input, encoding: Option<&str>) -> Result<Sheet<'a>, LakeError> {
    let text = decode(input, encoding)?;
    let bare: String = text
        .text
        .lines()
        .map(|it| if it.starts_with('#') { "\n".to_owned() } else { format!("{it}\n") })
        .collect();
    let text = Text { text: Cow::Owned(bare), encoding: text.encoding, findings: text.findings };
    Sheet::of_text(EXEMPT.name, &input.given, text)
}

/// The name of the table and its rows.
pub fn read_exempt(sheet: &Sheet<'_>, tally: &mut Tally) -> Result<(&'static str, Vec<Measure>), LakeError> {
    let [code, heading, from, to, source] = sheet.columns([
        must(&["hts10"]),
        may(&["ch99_code"]),
        may(&["effective_date_start"]),
        may(&["effective_date_end"]),
        may(&["source"]),
    ])?;
    let code = code.unwrap_or_default();
    let mut measures = Vec::new();
    for row in sheet.rows() {
        let row = row?;
        let given = row.get(code);
        let Ok(hs) = given.parse::<HsCode>() else {
            tally.reject(row.line, "hts10", "not an HS code of up to ten digits", given);
            continue;
        };
        let Some(measure) = exemption(hs, &row, heading, source) else {
            tally.reject(row.line, "ch99_code", "an unknown heading", row.find(heading));
            continue;
        };
        let start = clean::date(row.find(from)).value().or(Some(RECIPROCAL_FROM));
        let end = clean::date(row.find(to)).value().unwrap_or(IEEPA_END).min(IEEPA_END);
        measures.push(measure.between(start, Some(end)));
        tally.accept();
    }
    let table = if heading.is_some() { "measures-ieepa-country.csv" } else { "measures-ieepa-exempt.csv" };
    Ok((table, measures))
}

/// First day of the reciprocal duties, Executive Order 14257.
pub const RECIPROCAL_FROM: Date = Date::constant(2025, 4, 5);

fn exemption(hs: HsCode, row: &Row, heading: Option<usize>, source: Option<usize>) -> Option<Measure> {
    let free = Measure::new(Some(hs), MeasureKind::Additional, "Free");
    match row.find(heading) {
        "" => Some(
            free.programme(PROGRAMME_RECIPROCAL)
                .reference("HTSUS 9903.01.32")
                .note("Annex II of EO 14257 as amended"),
        ),
        "9903.01.77" => Some(
            free.programme(PROGRAMME_BRAZIL)
                .geo("BR")
                .reference("HTSUS 9903.01.78")
                .note(tidy(row.find(source))),
        ),
        _ => None,
    }
}
