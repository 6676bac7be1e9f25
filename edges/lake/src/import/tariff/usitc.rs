//! Files of the United States International Trade Commission: the tariff database in its native CSV layout, extracts of it,
//! and the same records as JSON segments in a tar archive.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use domain::{Basis, Date, Decimal, HsCode};
use serde_json::Value;

use super::codes::{heading_exists, line_code};
use super::measure::{Measure, MeasureKind, Member, groups_csv, measures_csv, members_of, tidy};
use crate::csv_text::Table;
use crate::error::LakeError;
use crate::import::report::Repair;
use crate::import::sheet::{Row, Sheet, find_column};
use crate::import::{
    About, Draft, Glimpse, Imported, Importer, Input, Kind, Options, Score, Tally, clean, imported,
    tar_members,
};

pub const DATABASE: Importer = Importer {
    kind: Kind::UsTariffDatabase,
    name: "us-tariff",
    what: "USITC tariff database (CSV): column 1 general, special and column 2 rates by HTS-8",
    guess: guess_database,
    import: import_database,
};

pub const SEGMENTS: Importer = Importer {
    kind: Kind::UsTariffSegments,
    name: "us-tariff-segments",
    what: "USITC tariff database as JSON segments in a tar archive",
    guess: guess_segments,
    import: import_segments,
};

const ABOUT: About = About {
    title: "Harmonized Tariff Schedule of the United States, tariff database",
    publisher: "United States International Trade Commission",
    licence: "US public domain (17 U.S.C. 105)",
    licence_url: None,
    basis: Basis::Observed,
    how: "One row per HTS-8 line and rate: column 1 general, column 2 and each special programme with its rate. \
          GSP (A, A*, A+) is left out: it lapsed on 2020-12-31. Headings of chapters 98 and 99 are provisions, not goods, and have a table of their own.",
};

/// The last day that the database writes for "no end".
const NO_END: Date = Date::constant(2050, 12, 31);
/// The same through a clock that was some hours off, as some extracts have it.
const NO_END_SHIFTED: Date = Date::constant(2050, 12, 30);
/// Book that these files make.
const BOOK: &str = "tariff-us";
/// Group of the economies to which column 2 applies.
pub const COLUMN_2: &str = "COL2";
/// Origins to which column 1 general applies.
pub const COLUMN_1_GEO: &str = "*!COL2";

/// A special programme of HTSUS general note 3(c).
#[derive(Clone, Copy, Debug)]
pub struct Programme {
    /// Prefix of its columns in the database.
    prefix: &'static str,
    /// Symbol of the "Special" column.
    pub symbol: &'static str,
    /// In the `programme` column of the book.
    pub name: &'static str,
    pub geo: &'static str,
    pub reference: &'static str,
    to: Option<Date>,
}

const fn programme(
    prefix: &'static str,
    symbol: &'static str,
    name: &'static str,
    geo: &'static str,
    reference: &'static str,
) -> Programme {
    Programme { prefix, symbol, name, geo, reference, to: None }
}

/// Programmes of the database with the general note each rests on. AGOA: the last day is that of HTSUS 9819.11.03.
pub const PROGRAMMES: [Programme; 19] = [
    programme("usmca", "S", "USMCA", "USMCA", "HTSUS GN 11"),
    programme("australia", "AU", "FTA-AU", "AU", "HTSUS GN 28"),
    programme("bahrain", "BH", "FTA-BH", "BH", "HTSUS GN 30"),
    programme("chile", "CL", "FTA-CL", "CL", "HTSUS GN 26"),
    programme("colombia", "CO", "FTA-CO", "CO", "HTSUS GN 34"),
    programme("dr_cafta", "P", "CAFTA-DR", "CAFTA-DR", "HTSUS GN 29"),
    programme("dr_cafta_plus", "P+", "CAFTA-DR", "CAFTA-DR", "HTSUS GN 29"),
    programme("israel_fta", "IL", "FTA-IL", "IL", "HTSUS GN 8"),
    programme("japan", "JP", "FTA-JP", "JP", "HTSUS GN 36"),
    programme("jordan", "JO", "FTA-JO", "JO", "HTSUS GN 18"),
    programme("korea", "KR", "KORUS", "KR", "HTSUS GN 33"),
    programme("morocco", "MA", "FTA-MA", "MA", "HTSUS GN 27"),
    programme("nepal", "NP", "NEPAL", "NP", "HTSUS GN 3(c)"),
    programme("oman", "OM", "FTA-OM", "OM", "HTSUS GN 31"),
    programme("panama", "PA", "FTA-PA", "PA", "HTSUS GN 35"),
    programme("peru", "PE", "FTA-PE", "PE", "HTSUS GN 32"),
    programme("singapore", "SG", "FTA-SG", "SG", "HTSUS GN 25"),
    programme("cbi", "E", "CBERA", "CBERA", "HTSUS GN 7"),
    Programme {
        prefix: "agoa",
        symbol: "D",
        name: "AGOA",
        geo: "AGOA",
        reference: "HTSUS GN 16",
        to: Some(Date::constant(2025, 9, 30)),
    },
];

/// Members of the groups that the programmes name, and of column 2 (HTSUS general note 3(b); Public Law 117-110 for Russia
/// and Belarus). AGOA as of 2025.
const GROUPS: [(&str, &[&str]); 4] = [
    ("USMCA", &["CA", "MX"]),
    ("CAFTA-DR", &["CR", "DO", "GT", "HN", "NI", "SV"]),
    (
        "CBERA",
        &[
            "AG", "AW", "BB", "BS", "BZ", "CW", "DM", "GD", "GY", "HT", "JM", "KN", "LC", "MS", "TT", "VC",
            "VG",
        ],
    ),
    (
        "AGOA",
        &[
            "AO", "BJ", "BW", "CD", "CG", "CI", "CV", "DJ", "GH", "GM", "GW", "KE", "KM", "LR", "LS", "MG",
            "MR", "MU", "MW", "MZ", "NA", "NG", "RW", "SC", "SL", "SN", "ST", "SZ", "TD", "TG", "TZ", "ZA",
            "ZM",
        ],
    ),
];

/// `groups.csv` rows of the United States.
pub fn us_groups() -> Vec<Member> {
    let mut members = members_of(&GROUPS);
    let suspended = Some(Date::constant(2022, 4, 9));
    for (economy, from) in [("CU", None), ("KP", None), ("RU", suspended), ("BY", suspended)] {
        members.push(Member::new(COLUMN_2, economy).between(from, None));
    }
    members
}

/// One record of the database, wherever it comes from.
trait Record {
    /// The value of a column, empty when there is none.
    fn get(&self, column: &str) -> Cow<'_, str>;
}

/// A record of a segment.
#[derive(serde::Deserialize)]
#[serde(transparent)]
struct Entry(BTreeMap<String, Value>);

impl Record for Entry {
    fn get(&self, column: &str) -> Cow<'_, str> {
        match self.0.get(column) {
            Some(Value::String(text)) => Cow::Borrowed(text.trim()),
            Some(Value::Number(number)) => Cow::Owned(number.to_string()),
            _ => Cow::Borrowed(""),
        }
    }
}

struct SheetRecord<'a> {
    columns: &'a BTreeMap<String, usize>,
    row: &'a Row,
}

impl Record for SheetRecord<'_> {
    fn get(&self, column: &str) -> Cow<'_, str> {
        Cow::Borrowed(self.columns.get(column).map_or("", |&at| self.row.get(at)))
    }
}

fn guess_database(glimpse: &Glimpse<'_>) -> Score {
    if glimpse.has_columns(&["hts8", "mfn_text_rate"]) { 95 } else { 0 }
}

fn guess_segments(glimpse: &Glimpse<'_>) -> Score {
    let start = glimpse.input.head(2 << 20);
    let text = String::from_utf8_lossy(start);
    match (glimpse.input.is_tar(), text.contains("\"hts8\"") && text.contains("\"mfn_text_rate\"")) {
        (true, true) => 95,
        (false, true) => 60,
        _ => 0,
    }
}

/// What a file of the database holds.
#[derive(Debug, Default)]
pub struct Database {
    pub measures: Vec<Measure>,
    /// Provisions of chapter 99 with their rates and days: what additional duties rest on.
    pub provisions: Vec<Provision>,
}

/// A heading of chapter 99 over some days.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Provision {
    /// As the schedule prints it: `9903.88.03`.
    pub heading: String,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub text: String,
}

fn import_database(input: &Input, options: &Options) -> Result<Imported, LakeError> {
    let sheet = Sheet::read(DATABASE.name, input, options.encoding.as_deref())?;
    let mut tally = Tally::default();
    let database = read_sheet(&sheet, &mut tally)?;
    let vintage = newest(&database.provisions);
    let draft = Draft { book: BOOK, about: &ABOUT, vintage: &vintage, tables: tables_of(database) };
    let mut made = imported(&DATABASE, input, options, draft, &tally)?.read_as(sheet.text());
    made.keeps_others = true;
    Ok(made)
}

/// Special programmes have a table of their own: files of column 1 do not have them. Additional duties of chapter 99 have theirs, too.
pub const SPECIAL_TABLE: &str = "measures-special.csv";

/// A file of chapters 98 and 99 alone has provisions and no lines of goods; then only their table is made.
fn tables_of(database: Database) -> Vec<(String, String)> {
    let mut tables = Vec::new();
    if !database.measures.is_empty() {
        let (special, general): (Vec<Measure>, Vec<Measure>) =
            database.measures.into_iter().partition(|it| it.kind == MeasureKind::Preference);
        tables.push(("measures.csv".to_owned(), measures_csv(general)));
        // A file of column 1 alone must not drop the special programmes in force.
        if !special.is_empty() {
            tables.push((SPECIAL_TABLE.to_owned(), measures_csv(special)));
        }
        tables.push(("groups.csv".to_owned(), groups_csv(us_groups())));
    }
    if !database.provisions.is_empty() {
        tables.push(("provisions.csv".to_owned(), provisions_csv(database.provisions)));
    }
    tables
}

/// Headings of chapters 98 and 99: `heading,from,to,text`.
fn provisions_csv(mut provisions: Vec<Provision>) -> String {
    provisions.sort();
    let day = |it: Option<Date>| it.map_or_else(String::new, |it| it.to_string());
    let mut table = Table::new(&["heading", "from", "to", "text"]);
    for it in &provisions {
        table.row([it.heading.as_str(), &day(it.from), &day(it.to), &it.text]);
    }
    table.finish()
}

/// The latest day on which a provision came into force: no file of the database says when it was drawn.
fn newest(provisions: &[Provision]) -> String {
    provisions.iter().filter_map(|it| it.from).max().map_or_else(|| "2025".to_owned(), |it| it.to_string())
}

/// Reads the native layout and extracts of it: any CSV with the columns `hts8` and `mfn_text_rate`.
pub fn read_database(input: &Input, tally: &mut Tally) -> Result<Database, LakeError> {
    read_sheet(&Sheet::read(DATABASE.name, input, None)?, tally)
}

fn read_sheet(sheet: &Sheet<'_>, tally: &mut Tally) -> Result<Database, LakeError> {
    use crate::import::sheet::{may, must};
    sheet.columns([must(&["hts8", "HTS Number"]), must(&["mfn_text_rate"]), may(&["begin_effect_date"])])?;
    let columns = column_names(sheet);
    let rows = sheet.rows().collect::<Result<Vec<_>, _>>()?;
    let shifted = is_shifted(
        rows.iter().map(|row| SheetRecord { columns: &columns, row }.get("end_effective_date").into_owned()),
    );
    let mut database = Database::default();
    for row in &rows {
        let record = SheetRecord { columns: &columns, row };
        add_record(&record, row.line, shifted, None, &mut database, tally);
    }
    Ok(database)
}

/// The columns of the database and where this file has them; some extracts rename a few.
fn column_names(sheet: &Sheet<'_>) -> BTreeMap<String, usize> {
    const RENAMED: [(&str, &[&str]); 2] =
        [("quantity_1_code", &["quantity1_code"]), ("quantity_2_code", &["quantity2_code"])];
    let mut columns: BTreeMap<_, _> =
        sheet.header().iter().enumerate().map(|(at, name)| (name.to_lowercase(), at)).collect();
    for (name, others) in RENAMED {
        if let Some(at) = find_column(sheet.header(), others) {
            columns.entry(name.to_owned()).or_insert(at);
        }
    }
    columns
}

/// Whether the days of a file are all one early: the last day of the database, 31 December 2050, is then the 30th.
fn is_shifted(ends: impl Iterator<Item = String>) -> bool {
    let mut short = 0_u32;
    let mut full = 0_u32;
    for end in ends {
        match clean::date(&end).value() {
            Some(NO_END) => full += 1,
            Some(NO_END_SHIFTED) => short += 1,
            _ => {}
        }
    }
    short > 0 && full == 0
}

/// The day of a cell. American order of day and month, two-digit years as the database writes them (1988-2050).
fn us_date(text: &str, shifted: bool) -> Option<Date> {
    let date = match text.split('/').collect::<Vec<_>>().as_slice() {
        [month, day, year] => {
            let year: i16 = year.get(..year.len().min(4))?.parse().ok()?;
            // The database begins in 1989; 50 is the year 2050 of "no end".
            let year = if year >= 100 { year } else { year + if year > 80 { 1900 } else { 2000 } };
            Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()?
        }
        _ => clean::date(text).value()?,
    };
    Some(if shifted { domain::calendar::add_days(date, 1) } else { date })
}

/// `mended`: the code when the caller has already mended it.
fn add_record(
    record: &impl Record,
    line: u64,
    shifted: bool,
    mended: Option<HsCode>,
    database: &mut Database,
    tally: &mut Tally,
) {
    let mut repairs = Vec::new();
    let given = record.get("hts8");
    let code = match mended {
        Some(code) => {
            repairs.push(Repair {
                column: "hts8",
                reason: "leading zero of the HS code put back",
                found: given.to_string(),
                to: code.to_string(),
            });
            code
        }
        None => match line_code(&given, "hts8", &mut repairs) {
            Ok(code) => code,
            Err(reason) => return tally.reject(line, "hts8", reason, &given),
        },
    };
    let text = tidy(&record.get("mfn_text_rate"));
    let from = us_date(&record.get("begin_effect_date"), shifted);
    let to = us_date(&record.get("end_effective_date"), shifted).filter(|it| *it != NO_END);
    if shifted {
        repairs.push(Repair {
            column: "end_effective_date",
            reason: "days are one early throughout the file; put right",
            found: record.get("end_effective_date").into_owned(),
            to: to.map_or_else(|| NO_END.to_string(), |it| it.to_string()),
        });
    }
    if code.chapter() >= 98 {
        if text.is_empty() {
            return tally.set_aside(
                line,
                "mfn_text_rate",
                "a provision of chapter 98 or 99 without a rate",
                &given,
            );
        }
        database.provisions.push(Provision { heading: code.dotted(), from, to, text });
        return tally.take(line, &mut repairs);
    }
    if text.is_empty() {
        return tally.reject(line, "mfn_text_rate", "no rate", &given);
    }
    if from.zip(to).is_some_and(|(from, to)| from > to) {
        return tally.reject(line, "end_effective_date", "ends before it begins", &given);
    }
    let unit = record.get("quantity_1_code");
    let unit = if unit == "NA" { Cow::Borrowed("") } else { unit };
    let mfn = Measure::new(Some(code), MeasureKind::Mfn, text).geo(COLUMN_1_GEO).unit(unit).between(from, to);
    database.measures.extend(column_2(record, code, from, to));
    database.measures.extend(PROGRAMMES.iter().filter_map(|it| special(record, it, &mfn)));
    database.measures.push(mfn);
    tally.take(line, &mut repairs);
}

fn column_2(record: &impl Record, code: HsCode, from: Option<Date>, to: Option<Date>) -> Option<Measure> {
    let text = tidy(&record.get("col2_text_rate"));
    let is_rate = !text.is_empty();
    is_rate.then(|| Measure::new(Some(code), MeasureKind::Mfn, text).geo(COLUMN_2).between(from, to))
}

/// The special rate of a line under a programme, when the line is in it. A rate of a kind that the file does not spell out is
/// kept as what it is: unknown.
fn special(record: &impl Record, programme: &Programme, mfn: &Measure) -> Option<Measure> {
    let indicator = record.get(&format!("{}_indicator", programme.prefix));
    if indicator.is_empty() {
        return None;
    }
    let to = [mfn.to, programme.to].into_iter().flatten().min();
    let text = special_text(record, programme.prefix, &mfn.unit);
    let note = if indicator == programme.symbol { String::new() } else { format!("symbol {indicator}") };
    let from = mfn.from.filter(|from| to.is_none_or(|to| *from <= to));
    Some(
        Measure::new(mfn.hs, MeasureKind::Preference, text)
            .programme(programme.name)
            .geo(programme.geo)
            .between(from, to)
            .reference(programme.reference)
            .note(note),
    )
}

/// Rate types of the database: 0 free, 1 and 2 so much per first or second unit, 4 and 5 the same with an ad valorem part, 7 ad
/// valorem; others are combinations that only the printed schedule spells out.
fn special_text(record: &impl Record, prefix: &str, unit: &str) -> String {
    const UNSTATED: &str = "special rate not stated in the file";
    let field = |name: &str| record.get(&format!("{prefix}_{name}"));
    let number = |name: &str| field(name).parse::<Decimal>().ok();
    let kind = field("rate_type_code").parse::<Decimal>().ok();
    let unit_1 = unit.to_lowercase();
    let unit_2 = record.get("quantity_2_code").to_lowercase();
    let percent = || number("ad_val_rate").map(|it| format!("{}%", (it * Decimal::ONE_HUNDRED).normalize()));
    let per = |unit: &str| number("specific_rate").map(|it| format!("${}/{unit}", it.normalize()));
    let text = match kind.and_then(|it| u32::try_from(it).ok()) {
        Some(0) => Some("Free".to_owned()),
        Some(1) if !unit_1.is_empty() => per(&unit_1),
        Some(2) if !unit_2.is_empty() => per(&unit_2),
        Some(4) if !unit_1.is_empty() => {
            per(&unit_1).zip(percent()).map(|(it, percent)| format!("{it} + {percent}"))
        }
        Some(5) if !unit_2.is_empty() => {
            per(&unit_2).zip(percent()).map(|(it, percent)| format!("{it} + {percent}"))
        }
        Some(7) => percent(),
        // Programmes whose every line is free have no rate columns (Israel, AGOA, Nepal).
        None if matches!(prefix, "israel_fta" | "agoa" | "nepal") => Some("Free".to_owned()),
        // The Caribbean Basin programme has rates without their type.
        None => match (number("ad_val_rate"), number("specific_rate")) {
            (Some(share), Some(amount)) if share.is_zero() && amount.is_zero() => Some("Free".to_owned()),
            (Some(_), Some(amount)) if amount.is_zero() => percent(),
            _ => None,
        },
        _ => None,
    };
    text.unwrap_or_else(|| UNSTATED.to_owned())
}

#[derive(serde::Deserialize)]
struct Segment {
    count: Option<usize>,
    entries: Vec<Entry>,
}

fn import_segments(input: &Input, options: &Options) -> Result<Imported, LakeError> {
    let mut tally = Tally::default();
    let database = read_segments(input, &mut tally)?;
    let draft = Draft { book: BOOK, about: &ABOUT, vintage: "2025-07-01", tables: tables_of(database) };
    let mut made = imported(&SEGMENTS, input, options, draft, &tally)?;
    made.keeps_others = true;
    Ok(made)
}

/// Reads a tar archive of segments, or one segment. `line` in the report is the running number of the entry.
pub fn read_segments(input: &Input, tally: &mut Tally) -> Result<Database, LakeError> {
    let members = if input.is_tar() {
        let mut members = tar_members(&input.given, &input.bytes)?;
        members.retain(|it| it.path.contains("tariff-"));
        members.sort_by(|left, right| left.path.cmp(&right.path));
        members.into_iter().map(|it| (it.path, it.bytes)).collect()
    } else {
        vec![(input.given.clone(), input.bytes.clone())]
    };
    let mut entries = Vec::new();
    for (path, bytes) in &members {
        entries.extend(segment(path, bytes)?.entries);
    }
    let lost = codes_with_lost_zero(entries.iter().map(|it| it.get("hts8").into_owned()));
    let mut database = Database::default();
    for (index, entry) in entries.iter().enumerate() {
        let mended = lost.get(entry.get("hts8").as_ref()).copied();
        add_record(entry, index as u64 + 1, false, mended, &mut database, tally);
    }
    Ok(database)
}

fn segment(path: &str, bytes: &[u8]) -> Result<Segment, LakeError> {
    let segment: Segment =
        serde_json::from_slice(bytes).map_err(|error| json_error(path, bytes, &error, SEGMENTS.name))?;
    match segment.count {
        Some(count) if count != segment.entries.len() => Err(LakeError::Form {
            file: path.to_owned(),
            kind: SEGMENTS.name.to_owned(),
            why: format!("it says {count} entries and has {}", segment.entries.len()),
        }),
        _ => Ok(segment),
    }
}

/// Truncated JSON is told apart from JSON of another shape.
pub fn json_error(path: &str, bytes: &[u8], error: &serde_json::Error, kind: &str) -> LakeError {
    if error.is_eof() {
        return LakeError::Truncated {
            file: path.to_owned(),
            why: error.to_string(),
            bytes: bytes.len() as u64,
        };
    }
    LakeError::Form { file: path.to_owned(), kind: kind.to_owned(), why: error.to_string() }
}

/// Codes that lost their leading zero and got one at the end instead (0511.10.00 as 51110000), by a rule of the nomenclature: what
/// is not divided further has no other code under it. 51110000 says that heading 5111 is not divided, and 5111.11.20 that it is.
fn codes_with_lost_zero(codes: impl Iterator<Item = String>) -> BTreeMap<String, HsCode> {
    let all: BTreeSet<String> =
        codes.filter(|it| it.len() == 8 && it.bytes().all(|it| it.is_ascii_digit())).collect();
    all.iter()
        .filter(|code| code.ends_with('0') && is_inconsistent(code, &all))
        .filter_map(|code| format!("0{}", &code[..7]).parse().ok().map(|mended| (code.clone(), mended)))
        .filter(|(_, mended)| heading_exists(*mended))
        .collect()
}

fn is_inconsistent(code: &str, all: &BTreeSet<String>) -> bool {
    if code.parse().is_ok_and(|it| !heading_exists(it)) {
        return true;
    }
    let subheading = &code[..6];
    let (one_dash, two_dash) = (&code[4..5], &code[5..6]);
    if one_dash == "0" && two_dash != "0" {
        return true;
    }
    let undivided = subheading.trim_end_matches('0').max(&code[..4]);
    let has_others = |prefix: &str, own: &str| {
        all.range(prefix.to_owned()..).take_while(|it| it.starts_with(prefix)).any(|it| !it.starts_with(own))
    };
    let subheading_conflicts = undivided.len() < 6 && has_others(&code[..undivided.len().max(4)], subheading);
    let line_conflicts = code.ends_with("00") && has_others(subheading, code);
    subheading_conflicts || line_conflicts
}
