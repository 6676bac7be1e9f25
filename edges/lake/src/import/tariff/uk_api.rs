//! One commodity of the UK Trade Tariff (API v2): every import measure, laid over the book in force. Both forms are read: JSON:API
//! (`data` and `included`) and the resolved form of the duty calculator.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use domain::{Basis, Economy, HsCode};
use serde_json::{Map, Value};

use super::json::{list, parse, text};
use super::measure::{Measure, MeasureKind, Member, groups_csv, measures_csv, tidy};
use crate::error::LakeError;
use crate::import::text::decode;
use crate::import::{
    About, Draft, Glimpse, Imported, Importer, Input, Kind, Options, Score, Tally, clean, imported,
};

pub const IMPORTER: Importer = Importer {
    kind: Kind::UkCommodity,
    name: "uk-commodity",
    what: "one commodity of the UK Trade Tariff API v2 (JSON): all import measures, laid over the tariff in force",
    guess,
    import,
};

const ABOUT: About = About {
    title: "UK Trade Tariff, one commodity",
    publisher: "HM Revenue and Customs",
    licence: "Open Government Licence v3.0",
    licence_url: Some("https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"),
    basis: Basis::Observed,
    how: "Every import measure of the commodity that is a duty, tax, restriction or prohibition, with its origins, days, order number and \
          additional code. Export measures and surveillance are set aside. Duties that hang on a condition of the measure are named in the note.",
};

/// How deep relationships of JSON:API are followed: measure, area, member.
const DEEPEST: u8 = 3;

fn guess(glimpse: &Glimpse<'_>) -> Score {
    let start = String::from_utf8_lossy(glimpse.input.head(1 << 20));
    let measures = start.contains("\"import_measures\"") && start.contains("\"measure_type\"");
    let is_json = glimpse.head.trim_start().starts_with('{');
    match (is_json, measures, start.contains("\"goods_nomenclature_item_id\"")) {
        (true, true, true) => 95,
        (true, true, false) => 70,
        _ => 0,
    }
}

/// Measures of one commodity and the areas they name.
#[derive(Debug, Default)]
pub struct Commodity {
    pub code: Option<HsCode>,
    /// `uk`, or `xi` for Northern Ireland.
    pub territory: String,
    pub measures: Vec<Measure>,
    pub members: Vec<Member>,
}

fn import(input: &Input, options: &Options) -> Result<Imported, LakeError> {
    let decoded = decode(input, options.encoding.as_deref())?;
    let mut tally = Tally::default();
    let commodity = read(&input.given, &decoded.text, &mut tally)?;
    let code = commodity.code.map_or_else(String::new, |it| it.to_string());
    let book = if commodity.territory == "xi" { "tariff-xi" } else { "tariff-gb" };
    let newest = commodity.measures.iter().filter_map(|it| it.from).max();
    let vintage = newest.map_or_else(|| "2021".to_owned(), |it| it.to_string());
    let tables = vec![
        (format!("measures-{code}.csv"), measures_csv(commodity.measures)),
        (format!("groups-{code}.csv"), groups_csv(commodity.members)),
    ];
    let draft = Draft { book, about: &ABOUT, vintage: &vintage, tables };
    let mut made = imported(&IMPORTER, input, options, draft, &tally)?.read_as(&decoded);
    made.keeps_others = true;
    Ok(made)
}

/// Reads a commodity document. `line` in the report is the running number of the measure.
pub fn read(file: &str, json: &str, tally: &mut Tally) -> Result<Commodity, LakeError> {
    let document = parse(file, json, IMPORTER.name)?;
    let form = |why: &str| LakeError::Form {
        file: file.to_owned(),
        kind: IMPORTER.name.to_owned(),
        why: why.to_owned(),
    };
    let document = if document["included"].is_array() { resolved(&document) } else { document };
    let given = text(&document["goods_nomenclature_item_id"]);
    let code =
        commodity_code(&given).ok_or_else(|| form("it has no goods_nomenclature_item_id of ten digits"))?;
    if !document["import_measures"].is_array() {
        return Err(form("it has no list named import_measures"));
    }
    let measures = list(&document["import_measures"]);
    let unit = measures.iter().find(|it| text(&it["measure_type"]["measure_type_series_id"]) == "O");
    let unit = unit.map(|it| text(&it["duty_expression"]["base"]).into_owned()).unwrap_or_default();
    let source = text(&document["meta"]["duty_calculator"]["source"]);
    let mut commodity =
        Commodity { code: Some(code), territory: source.into_owned(), ..Commodity::default() };
    for (index, measure) in measures.iter().enumerate() {
        add(measure, index as u64 + 1, code, &unit, &mut commodity, tally);
    }
    Ok(commodity)
}

/// Ten digits; the last two are cut when they are zeros, so that the measure covers the line of eight digits.
fn commodity_code(given: &str) -> Option<HsCode> {
    let code: HsCode = given.parse().ok()?;
    if code.digits() == 10 && given.ends_with("00") { code.cut(8) } else { Some(code) }
}

/// The resolved form of a JSON:API document.
fn resolved(document: &Value) -> Value {
    let key = |it: &Value| (text(&it["type"]).into_owned(), text(&it["id"]).into_owned());
    let index: BTreeMap<_, _> = list(&document["included"]).iter().map(|it| (key(it), it)).collect();
    let mut out = inline(&document["data"], &index, 0);
    out["meta"] = document["data"]["meta"].clone();
    out
}

type Index<'a> = BTreeMap<(String, String), &'a Value>;

/// The attributes of a resource with its relationships in their place.
fn inline(resource: &Value, index: &Index<'_>, depth: u8) -> Value {
    let mut out = resource["attributes"].as_object().cloned().unwrap_or_default();
    out.entry("id").or_insert_with(|| resource["id"].clone());
    let empty = Map::new();
    for (name, relation) in resource["relationships"].as_object().unwrap_or(&empty) {
        if depth < DEEPEST {
            out.insert(name.clone(), related(&relation["data"], index, depth + 1));
        }
    }
    Value::Object(out)
}

fn related(data: &Value, index: &Index<'_>, depth: u8) -> Value {
    let find = |it: &Value| {
        let key = (text(&it["type"]).into_owned(), text(&it["id"]).into_owned());
        index.get(&key).map_or_else(|| it.clone(), |found| inline(found, index, depth))
    };
    match data {
        Value::Array(items) => Value::Array(items.iter().map(find).collect()),
        Value::Object(_) => find(data),
        _ => Value::Null,
    }
}

fn add(measure: &Value, line: u64, code: HsCode, unit: &str, commodity: &mut Commodity, tally: &mut Tally) {
    let kind_id = text(&measure["measure_type"]["id"]);
    let series = text(&measure["measure_type"]["measure_type_series_id"]);
    let description = tidy(&text(&measure["measure_type"]["description"]));
    let Some((kind, end_use)) = kind_of(&kind_id, &series) else {
        return tally.set_aside(
            line,
            "measure_type",
            "a measure that is no duty, tax or restriction",
            &description,
        );
    };
    let duty = tidy(&text(&measure["duty_expression"]["base"]));
    let is_ban = matches!(kind, MeasureKind::Restriction | MeasureKind::Prohibition);
    if duty.is_empty() && !is_ban {
        return tally.reject(line, "duty_expression", "no rate", &description);
    }
    let from = clean::date(&text(&measure["effective_start_date"])).value();
    let to = clean::date(&text(&measure["effective_end_date"])).value();
    if from.zip(to).is_some_and(|(from, to)| from > to) {
        return tally.reject(line, "effective_end_date", "ends before it begins", &description);
    }
    let area = area_of(measure, commodity);
    let (geo, duty) = match (area, kind) {
        (Area::Known(geo), _) => (geo, duty),
        (Area::WithoutMembers(_), MeasureKind::Preference | MeasureKind::Quota | MeasureKind::Suspension) => {
            return tally.set_aside(
                line,
                "geographical_area",
                "the members of the area are not in the file",
                &description,
            );
        }
        // Better an unknown duty for all origins than none for those that owe it.
        (Area::WithoutMembers(area), _) => {
            ("*".to_owned(), format!("{duty} for area {area} (members not in the file)"))
        }
    };
    let row = Measure::new(Some(code), kind, if is_ban { String::new() } else { duty })
        .programme(programme(measure, kind, &kind_id))
        .geo(geo)
        .unit(if kind == MeasureKind::Mfn { unit } else { "" })
        .between(from, to)
        .condition(condition(measure, kind, end_use))
        .reference(legal_act(measure))
        .note(note(measure, kind, &description));
    commodity.measures.push(row);
    tally.accept();
}

/// What a measure type of the TARIC is, and whether it is for goods with an end use. Types as in the tables of the UK and EU tariffs.
fn kind_of(id: &str, series: &str) -> Option<(MeasureKind, bool)> {
    let duty = match (series, id) {
        ("A", _) => (MeasureKind::Prohibition, false),
        ("B", _) => (MeasureKind::Restriction, false),
        ("P", _) => (MeasureKind::Vat, false),
        ("Q", _) => (MeasureKind::Excise, false),
        (_, "103") => (MeasureKind::Mfn, false),
        (_, "105") => (MeasureKind::Mfn, true),
        (_, "106" | "141" | "142") => (MeasureKind::Preference, false),
        (_, "145") => (MeasureKind::Preference, true),
        (_, "112" | "116") => (MeasureKind::Suspension, false),
        (_, "115" | "117" | "119") => (MeasureKind::Suspension, true),
        (_, "122" | "143" | "147") => (MeasureKind::Quota, false),
        (_, "123" | "146") => (MeasureKind::Quota, true),
        (_, "551" | "552") => (MeasureKind::AntiDumping, false),
        (_, "553" | "554") => (MeasureKind::Countervailing, false),
        (_, "695") => (MeasureKind::Additional, false),
        (_, "696") => (MeasureKind::Safeguard, false),
        _ => return None,
    };
    Some(duty)
}

enum Area {
    Known(String),
    WithoutMembers(String),
}

/// The `geo` column of a measure; members of a group of areas are written down on the way.
fn area_of(measure: &Value, commodity: &mut Commodity) -> Area {
    let area = &measure["geographical_area"];
    let id = text(&area["id"]).into_owned();
    let base = match (id.as_str(), economy(&id)) {
        ("1011" | "1008" | "", _) => "*".to_owned(),
        (_, Some(code)) => code,
        (_, None) => {
            let children: BTreeSet<String> = list(&area["children_geographical_areas"])
                .iter()
                .filter_map(|it| economy(&text(&it["id"])))
                .collect();
            if children.is_empty() {
                return Area::WithoutMembers(id);
            }
            let group = format!("AREA-{}", id.to_ascii_uppercase());
            commodity.members.extend(children.iter().map(|it| Member::new(&group, it)));
            group
        }
    };
    let excluded: BTreeSet<String> =
        list(&measure["excluded_countries"]).iter().filter_map(|it| economy(&text(&it["id"]))).collect();
    Area::Known(excluded.iter().fold(base, |geo, it| format!("{geo}!{it}")))
}

/// ISO code of an area of the tariff. Serbia is XS in the customs union's tables; EU is a group of economies.
fn economy(id: &str) -> Option<String> {
    match id {
        "EU" => None,
        "XS" => Some("RS".to_owned()),
        _ => id.parse::<Economy>().ok().filter(|it| it.code() == id).map(|it| it.code().to_owned()),
    }
}

/// Schemes of preference by area of the tariff; the names are those of the rules of origin.
const SCHEMES: [(&str, &str); 36] = [
    ("1013", "eu"),
    ("1033", "cariforum"),
    ("1034", "esa"),
    ("1035", "sacum"),
    ("2005", "dcts-ldcs"),
    ("2020", "dcts-general-enhanced"),
    ("2027", "dcts-general-enhanced"),
    ("2080", "oct"),
    ("AL", "albania"),
    ("AU", "australia"),
    ("CA", "canada"),
    ("CI", "cotedivoire"),
    ("CL", "chile"),
    ("CM", "cameroon"),
    ("EG", "egypt"),
    ("FO", "faroe-islands"),
    ("GE", "georgia"),
    ("GH", "ghana"),
    ("IL", "israel"),
    ("IN", "india"),
    ("JO", "jordan"),
    ("JP", "japan"),
    ("KE", "kenya"),
    ("KR", "south-korea"),
    ("LB", "lebanon"),
    ("MA", "morocco"),
    ("MD", "moldova"),
    ("MX", "mexico"),
    ("NZ", "new-zealand"),
    ("SG", "singapore"),
    ("TN", "tunisia"),
    ("TR", "turkey"),
    ("UA", "ukraine"),
    ("VN", "vietnam"),
    ("XK", "kosovo"),
    ("XS", "serbia"),
];

fn programme(measure: &Value, kind: MeasureKind, kind_id: &str) -> Cow<'static, str> {
    let area = text(&measure["geographical_area"]["id"]);
    match kind {
        MeasureKind::Mfn => Cow::Borrowed(""),
        MeasureKind::Vat => vat_rate(measure, kind_id),
        MeasureKind::Quota => {
            let number = &measure["order_number"];
            let number = if number.is_object() { text(&number["number"]) } else { text(number) };
            let number = if number.is_empty() { text(&measure["order_number"]["id"]) } else { number };
            Cow::Owned(format!("{number}"))
        }
        MeasureKind::Preference => SCHEMES
            .iter()
            .find(|(id, _)| *id == area)
            .map_or_else(|| Cow::Owned(format!("{kind_id}-{area}")), |(_, scheme)| Cow::Borrowed(*scheme)),
        _ => Cow::Owned(format!("{kind_id}-{area}")),
    }
}

fn vat_rate(measure: &Value, kind_id: &str) -> Cow<'static, str> {
    let code = text(&measure["additional_code"]["code"]);
    Cow::Borrowed(match (kind_id, &*code) {
        ("VTZ", _) | (_, "VATZ") => "zero",
        ("VTA" | "VTE", _) | (_, "VATR" | "VATE") => "reduced",
        _ => "standard",
    })
}

fn condition(measure: &Value, kind: MeasureKind, end_use: bool) -> Cow<'static, str> {
    let code = text(&measure["additional_code"]["code"]);
    let of_a_producer =
        matches!(kind, MeasureKind::AntiDumping | MeasureKind::Countervailing) && !code.is_empty();
    match (of_a_producer, end_use) {
        (true, _) => Cow::Owned(format!("producer={code}")),
        (false, true) => Cow::Borrowed("end_use=yes"),
        (false, false) => Cow::Borrowed(""),
    }
}

fn legal_act(measure: &Value) -> String {
    let act = list(&measure["legal_acts"]).first().map(|it| text(&it["regulation_code"]).into_owned());
    act.unwrap_or_default()
}

fn note(measure: &Value, kind: MeasureKind, description: &str) -> String {
    let papers: BTreeSet<_> = list(&measure["measure_conditions"])
        .iter()
        .map(|it| text(&it["document_code"]).into_owned())
        .filter(|it| !it.is_empty())
        .collect();
    let papers = papers.into_iter().collect::<Vec<_>>().join(" ");
    let words = if kind == MeasureKind::Mfn { "" } else { description };
    match (words.is_empty(), papers.is_empty()) {
        (_, true) => words.to_owned(),
        (true, false) => format!("papers {papers}"),
        (false, false) => format!("{words}; papers {papers}"),
    }
}

/// Members of the areas of the UK tariff (`/geographical_areas`), as rows of `groups.csv`.
pub fn read_areas(file: &str, json: &str) -> Result<Vec<Member>, LakeError> {
    let document = parse(file, json, IMPORTER.name)?;
    let document = if document["included"].is_array() { areas_resolved(&document) } else { document };
    let mut members = Vec::new();
    for area in list(&document) {
        let id = text(&area["id"]);
        if economy(&id).is_some() {
            continue;
        }
        let group = format!("AREA-{}", id.to_ascii_uppercase());
        for child in list(&area["children_geographical_areas"]) {
            members.extend(economy(&text(&child["id"])).map(|it| Member::new(&group, &it)));
        }
    }
    Ok(members)
}

fn areas_resolved(document: &Value) -> Value {
    let key = |it: &Value| (text(&it["type"]).into_owned(), text(&it["id"]).into_owned());
    let index: BTreeMap<_, _> = list(&document["included"]).iter().map(|it| (key(it), it)).collect();
    Value::Array(list(&document["data"]).iter().map(|it| inline(it, &index, 0)).collect())
}
