//! The Australian Customs Tariff: Schedule 3 (rates by classification) and Schedules 4 to 16 (concessions and agreements), as JSON.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Basis, Date, HsCode};
use serde_json::Value;

use super::json::{list, parse, text};
use super::measure::{Measure, MeasureKind, Member, groups_csv, measures_csv, members_of, tidy};
use crate::error::LakeError;
use crate::import::report::Repair;
use crate::import::text::decode;
use crate::import::{
    About, Draft, Glimpse, Imported, Importer, Input, Kind, Options, Score, Tally, imported,
};

pub const SCHEDULE_3: Importer = Importer {
    kind: Kind::AuSchedule3,
    name: "au-schedule-3",
    what: "Australian Customs Tariff Schedule 3 (JSON): general and staged rates by classification",
    guess: guess_3,
    import: import_3,
};

pub const AGREEMENTS: Importer = Importer {
    kind: Kind::AuAgreements,
    name: "au-agreements",
    what: "Australian Customs Tariff Schedules 4A to 16 (JSON): what is not free under each agreement",
    guess: guess_agreements,
    import: import_agreements,
};

const fn about(title: &'static str, how: &'static str) -> About {
    About {
        title,
        publisher: "Australian Border Force",
        licence: "CC BY 4.0",
        licence_url: Some("https://creativecommons.org/licenses/by/4.0/"),
        basis: Basis::Observed,
        how,
    }
}

/// Economies that Schedule 3 names by themselves (two letters as in Schedule 1 of the Act), and the Forum Islands.
const PLACES: [(&str, &str); 6] =
    [("CA", "CA"), ("MY", "MY"), ("NZ", "NZ"), ("PG", "PG"), ("SG", "SG"), ("FI", "AU-FI")];
/// Classes of developing economies whose members are not in the file (Schedule 1 of the Customs Tariff Act 1995).
const CLASSES: [&str; 6] = ["DCS", "DCT", "LDC", "DC", "DTC", "DCT;"];

/// Groups that the books of Australia name. Forum Islands: Schedule 1 of the Customs Tariff Act 1995.
const GROUPS: [(&str, &[&str]); 6] = [
    ("AU-FI", &["CK", "FJ", "FM", "KI", "MH", "NR", "NU", "SB", "TO", "TV", "VU", "WS"]),
    ("AANZFTA", &["BN", "ID", "KH", "LA", "MM", "MY", "NZ", "PH", "SG", "TH", "VN"]),
    ("CPTPP", &["BN", "CA", "CL", "GB", "JP", "MX", "MY", "NZ", "PE", "SG", "VN"]),
    ("PACER-PLUS", &["CK", "KI", "NU", "NZ", "SB", "TO", "TV", "VU", "WS"]),
    ("RCEP", &["BN", "CN", "ID", "JP", "KH", "KR", "LA", "MM", "MY", "NZ", "PH", "SG", "TH", "VN"]),
    ("ACI-FTA", &["CL"]),
];

/// `groups.csv` rows of Australia.
pub fn au_groups() -> Vec<Member> {
    members_of(&GROUPS)
}

fn guess_3(glimpse: &Glimpse<'_>) -> Score {
    let head = &glimpse.head;
    if head.contains("\"referenceNumber\"") && head.contains("\"statisticalCode\"") { 95 } else { 0 }
}

fn import_3(input: &Input, options: &Options) -> Result<Imported, LakeError> {
    const ABOUT: About = about(
        "Australian Customs Tariff, Schedule 3",
        "General rate of each classification of eight digits, with its staged rates as dated rows, and the rates it names for single \
         economies. Rates for classes of developing economies (DCS, DCT, DC, LDC) stand in the note: their members are not in the file. \
         The list of economies of the agreements is from the Act.",
    );
    let text = decode(input, options.encoding.as_deref())?;
    let mut tally = Tally::default();
    let measures = read_schedule_3(&input.given, &text.text, &mut tally)?;
    let tables = vec![
        ("measures.csv".to_owned(), measures_csv(measures)),
        ("groups.csv".to_owned(), groups_csv(au_groups())),
    ];
    let draft = Draft { book: "tariff-au", about: &ABOUT, vintage: "2026-04", tables };
    Ok(imported(&SCHEDULE_3, input, options, draft, &tally)?.read_as(&text))
}

/// Reads Schedule 3. `line` in the report is the running number of the classification.
pub fn read_schedule_3(file: &str, json: &str, tally: &mut Tally) -> Result<Vec<Measure>, LakeError> {
    let document = parse(file, json, SCHEDULE_3.name)?;
    if !document.is_array() {
        return Err(LakeError::Form {
            file: file.to_owned(),
            kind: SCHEDULE_3.name.to_owned(),
            why: "it is not a list of sections".to_owned(),
        });
    }
    let mut measures = Vec::new();
    let mut seen = BTreeSet::new();
    let headings =
        list(&document).iter().flat_map(|it| list(&it["chapters"])).flat_map(|it| list(&it["headings"]));
    for (index, entry) in headings.flat_map(|it| list(&it["classifications"])).enumerate() {
        classification(entry, index as u64 + 1, &mut seen, &mut measures, tally);
    }
    Ok(measures)
}

fn classification(
    entry: &Value,
    line: u64,
    seen: &mut BTreeSet<HsCode>,
    measures: &mut Vec<Measure>,
    tally: &mut Tally,
) {
    const COLUMN: &str = "referenceNumber";
    let given = text(&entry[COLUMN]);
    let stated = text(&entry["dutyRate"]);
    let rate = tidy(&stated);
    let digits: String = tidy(&given).chars().filter(char::is_ascii_digit).collect();
    if digits.len() != 8 {
        let (reason, is_rate) = ("a heading without a rate", !rate.is_empty());
        return if is_rate && !rate.contains("TCOs") {
            tally.reject(line, COLUMN, "a rate for a code that has not eight digits", &given);
        } else {
            tally.set_aside(line, COLUMN, reason, &given);
        };
    }
    let Ok(hs) = digits.parse::<HsCode>() else {
        return tally.reject(line, COLUMN, "not an HS code", &given);
    };
    if rate.is_empty() || seen.contains(&hs) {
        return tally.set_aside(line, COLUMN, "a statistical line of a classification already read", &given);
    }
    seen.insert(hs);
    let mut repairs = Vec::new();
    if digits != given.replace('.', "") {
        repairs.push(Repair {
            column: COLUMN,
            reason: "marks and invisible characters taken off the code",
            found: given.to_string(),
            to: digits,
        });
    } else if rate != stated {
        repairs.push(Repair {
            column: "dutyRate",
            reason: "invisible characters taken out of the rate",
            found: stated.to_string(),
            to: rate.clone(),
        });
    }
    let unit = tidy(&text(&entry["unit"]));
    let unit = if unit.starts_with("..") || unit.contains("Other") { String::new() } else { unit };
    for stage in stages(&rate) {
        measures.extend(stage_measures(hs, &stage, &unit));
    }
    tally.take(line, &mut repairs);
}

/// A rate with its days: "5% From 1 July 2018 2.5%" has two.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stage<'a> {
    from: Option<Date>,
    to: Option<Date>,
    text: &'a str,
}

fn stages(rate: &str) -> Vec<Stage<'_>> {
    let mut starts: Vec<(usize, usize, Option<Date>)> = vec![(0, 0, None)];
    for (at, _) in rate.match_indices("From") {
        if let Some((length, date)) = read_from(&rate[at..]) {
            starts.push((at, at + length, Some(date)));
        }
    }
    let mut out = Vec::new();
    for (index, &(_, body, from)) in starts.iter().enumerate() {
        let next = starts.get(index + 1);
        let text = rate[body..next.map_or(rate.len(), |it| it.0)].trim().trim_start_matches(':').trim();
        let to = next.and_then(|it| it.2).map(|it| domain::calendar::add_days(it, -1));
        if !text.is_empty() {
            out.push(Stage { from, to, text });
        }
    }
    out
}

/// "From 1 July 2018", with or without blanks: its length and the day.
fn read_from(text: &str) -> Option<(usize, Date)> {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let mut rest = text.strip_prefix("From")?.trim_start();
    let digits = |it: &str| it.bytes().take_while(u8::is_ascii_digit).count();
    let length = digits(rest);
    let day: i8 = rest.get(..length)?.parse().ok()?;
    rest = rest[length..].trim_start();
    let (month, name) = MONTHS.iter().enumerate().find(|(_, name)| rest.starts_with(**name))?;
    rest = rest[name.len()..].trim_start();
    let year: i16 = rest.get(..4).filter(|it| digits(it) == 4)?.parse().ok()?;
    let date = Date::new(year, month as i8 + 1, day).ok()?;
    Some((text.len() - rest.len() + 4, date))
}

/// The general rate of a stage, and the rates for single economies. Classes of economies go into the note.
fn stage_measures(hs: HsCode, stage: &Stage<'_>, unit: &str) -> Vec<Measure> {
    let (general, others) = split_rates(stage.text);
    let classes: Vec<_> = others
        .iter()
        .filter(|(who, _)| who.split('/').any(|it| CLASSES.contains(&it.trim())))
        .map(|(who, rate)| format!("{who} {rate}"))
        .collect();
    let reference = "Customs Tariff Act 1995 Sch. 3";
    let mut out = vec![
        Measure::new(Some(hs), MeasureKind::Mfn, general)
            .unit(unit)
            .between(stage.from, stage.to)
            .note(classes.join(" ")),
    ];
    for (who, rate) in others {
        for (_, geo) in PLACES.iter().filter(|(code, _)| who.split('/').any(|it| it.trim() == *code)) {
            out.push(
                Measure::new(Some(hs), MeasureKind::Preference, rate)
                    .programme("SCHEDULE-3")
                    .geo(*geo)
                    .between(stage.from, stage.to)
                    .reference(reference),
            );
        }
    }
    out
}

/// "5% DCS4% CAFree" is the general rate and those of DCS and CA. A code is capitals, alone or joined by slashes, that are known.
fn split_rates(text: &str) -> (&str, Vec<(&str, &str)>) {
    let mut marks: Vec<(usize, usize)> = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let opens = at == 0 || !bytes[at - 1].is_ascii_uppercase();
        match code_at(&text[at..]).filter(|_| opens && text.is_char_boundary(at)) {
            Some(length) => {
                marks.push((at, at + length));
                at += length;
            }
            None => at += text[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
    let end = marks.first().map_or(text.len(), |it| it.0);
    let rates = marks.iter().enumerate().map(|(index, &(start, body))| {
        let stop = marks.get(index + 1).map_or(text.len(), |it| it.0);
        (text[start..body].trim(), text[body..stop].trim().trim_start_matches(';'))
    });
    (text[..end].trim(), rates.collect())
}

/// Length of the code or codes at the start of `text`, when what follows is a rate.
fn code_at(text: &str) -> Option<usize> {
    let span = text.bytes().take_while(|it| it.is_ascii_uppercase() || matches!(it, b'/' | b' ')).count();
    // "CAFree": the F of Free belongs to the rate.
    let span = if text[span..].starts_with("ree") { span.saturating_sub(1) } else { span };
    let codes = text[..span].trim_end();
    let is_known = |it: &str| PLACES.iter().any(|(code, _)| *code == it) || CLASSES.contains(&it);
    let all_known = !codes.is_empty() && codes.split('/').all(|it| is_known(it.trim()));
    let rest = text[codes.len()..].trim_start().trim_start_matches(';');
    let is_rate = rest.starts_with("Free") || rest.starts_with(|it: char| it.is_ascii_digit() || it == '$');
    (all_known && is_rate).then_some(codes.len())
}

fn guess_agreements(glimpse: &Glimpse<'_>) -> Score {
    if glimpse.head.contains("\"ftaName\"") && glimpse.head.contains("\"schedule\"") { 95 } else { 0 }
}

/// An agreement of the Customs Tariff Act 1995: its schedule, the name of its rows, and who may claim it from when. The days are
/// those of entry into force for Australia.
#[derive(Clone, Copy, Debug)]
struct Agreement {
    schedule: &'static str,
    programme: &'static str,
    geo: &'static str,
    from: Date,
}

const fn agreement(
    schedule: &'static str,
    programme: &'static str,
    geo: &'static str,
    (year, month, day): (i16, i8, i8),
) -> Agreement {
    Agreement { schedule, programme, geo, from: Date::constant(year, month, day) }
}

const AGREEMENT_LIST: [Agreement; 18] = [
    agreement("Schedule 4A", "SAFTA", "SG", (2003, 7, 28)),
    agreement("Schedule 5", "AUSFTA", "US", (2005, 1, 1)),
    agreement("Schedule 6", "TAFTA", "TH", (2005, 1, 1)),
    agreement("Schedule 6A", "PAFTA", "PE", (2020, 2, 11)),
    agreement("Schedule 7", "ACI-FTA", "CL", (2009, 3, 6)),
    agreement("Schedule 8", "AANZFTA", "AANZFTA", (2010, 1, 1)),
    agreement("Schedule 8A", "PACER-PLUS", "PACER-PLUS", (2020, 12, 13)),
    agreement("Schedule 8B", "CPTPP", "CPTPP", (2018, 12, 30)),
    agreement("Schedule 9", "MAFTA", "MY", (2013, 1, 1)),
    agreement("Schedule 9A", "IA-CEPA", "ID", (2020, 7, 5)),
    agreement("Schedule 10", "KAFTA", "KR", (2014, 12, 12)),
    agreement("Schedule 10A", "AI-ECTA", "IN", (2022, 12, 29)),
    agreement("Schedule 11", "JAEPA", "JP", (2015, 1, 15)),
    agreement("Schedule 12", "ChAFTA", "CN", (2015, 12, 20)),
    agreement("Schedule 13", "A-HKFTA", "HK", (2020, 1, 17)),
    agreement("Schedule 14", "RCEP", "RCEP", (2022, 1, 1)),
    agreement("Schedule 15", "A-UKFTA", "GB", (2023, 5, 31)),
    agreement("Schedule 16", "UAE-CEPA", "AE", (2025, 10, 1)),
];

fn import_agreements(input: &Input, options: &Options) -> Result<Imported, LakeError> {
    const ABOUT: About = about(
        "Australian Customs Tariff, Schedules 4A to 16",
        "Originating goods of a partner are free unless its schedule lists the classification (Customs Tariff Act 1995, section 16); so \
         each agreement has a row for all goods at Free, and a row for each listed classification. Schedule 4 (concessions) is set aside.",
    );
    let text = decode(input, options.encoding.as_deref())?;
    let mut tally = Tally::default();
    let measures = read_agreements(&input.given, &text.text, &mut tally)?;
    let tables = vec![
        ("measures-agreements.csv".to_owned(), measures_csv(measures)),
        ("groups-agreements.csv".to_owned(), groups_csv(au_groups())),
    ];
    let draft = Draft { book: "tariff-au", about: &ABOUT, vintage: "2026-04", tables };
    let mut made = imported(&AGREEMENTS, input, options, draft, &tally)?.read_as(&text);
    made.keeps_others = true;
    Ok(made)
}

/// Reads Schedules 4 to 16. `line` in the report is the running number of the entry.
pub fn read_agreements(file: &str, json: &str, tally: &mut Tally) -> Result<Vec<Measure>, LakeError> {
    let document = parse(file, json, AGREEMENTS.name)?;
    let Some(schedules) = document.as_object() else {
        return Err(LakeError::Form {
            file: file.to_owned(),
            kind: AGREEMENTS.name.to_owned(),
            why: "it is not an object of schedules".to_owned(),
        });
    };
    let known: BTreeMap<_, _> = AGREEMENT_LIST.iter().map(|it| (it.schedule, it)).collect();
    let mut measures = Vec::new();
    let mut line = 0;
    for (name, entries) in schedules {
        let agreement = known.get(name.as_str());
        measures.extend(agreement.map(|it| free_under(it)));
        for entry in list(entries) {
            line += 1;
            match agreement {
                Some(agreement) => listed(entry, line, agreement, &mut measures, tally),
                None => {
                    tally.set_aside(line, "schedule", "a schedule of concessions, not of an agreement", name)
                }
            }
        }
    }
    Ok(measures)
}

fn free_under(agreement: &Agreement) -> Measure {
    Measure::new(None, MeasureKind::Preference, "Free")
        .programme(agreement.programme)
        .geo(agreement.geo)
        .between(Some(agreement.from), None)
        .reference(format!(
            "Customs Tariff Act 1995 s 16 and {}",
            agreement.schedule.replace("Schedule", "Sch.")
        ))
}

fn listed(entry: &Value, line: u64, agreement: &Agreement, measures: &mut Vec<Measure>, tally: &mut Tally) {
    let description = tidy(&text(&entry["description"]));
    let given = text(&entry["hsCode"]);
    let digits: String = given.chars().take_while(|it| it.is_ascii_digit() || *it == '.').collect();
    let Ok(hs) = digits.parse::<HsCode>() else {
        return tally.reject(line, "hsCode", "not an HS code", &given);
    };
    let stated = text(&entry["dutyRate"]);
    let rate = tidy(&stated).replace(" /", "/");
    // Of a classification with several rates only the first line has the day; the description has it then.
    let dated = stages(&rate);
    let day = read_from(description.find("From").map_or("", |at| &description[at..])).map(|it| it.1);
    let geo = if description.contains("United Kingdom") && agreement.programme == "CPTPP" {
        "GB"
    } else {
        agreement.geo
    };
    if dated.is_empty() {
        return tally.reject(line, "dutyRate", "no rate", &given);
    }
    let mut repairs = Vec::new();
    if given.len() > 10 {
        repairs.push(Repair {
            column: "hsCode",
            reason: "marks and invisible characters taken off the code",
            found: given.to_string(),
            to: hs.to_string(),
        });
    }
    for stage in dated {
        measures.push(
            Measure::new(Some(hs), MeasureKind::Preference, stage.text)
                .programme(agreement.programme)
                .geo(geo)
                .between(Some(stage.from.or(day).unwrap_or(agreement.from)), stage.to),
        );
    }
    tally.take(line, &mut repairs);
}
