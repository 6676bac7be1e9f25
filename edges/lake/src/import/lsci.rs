//! Liner shipping connectivity (UNCTADstat), quarterly: by economy and by port.

use std::collections::BTreeMap;

use domain::{Basis, Decimal, Economy, EconomyBook};

use super::clean::{self, Cell};
use super::report::Repair;
use super::sheet::{Row, Sheet, may, must};
use super::{About, Draft, Glimpse, Imported, Importer, Input, Kind, Options, Score, Tally, imported};
use crate::csv_text::Table;
use crate::error::LakeError;

pub const COUNTRIES: Importer = Importer {
    kind: Kind::CountryConnectivity,
    name: "connectivity",
    what: "liner shipping connectivity index by economy, quarterly (UNCTADstat)",
    guess: guess_countries,
    import: import_countries,
};

pub const PORTS: Importer = Importer {
    kind: Kind::PortConnectivity,
    name: "port-connectivity",
    what: "liner shipping connectivity index by port, quarterly (UNCTADstat)",
    guess: guess_ports,
    import: import_ports,
};

const ABOUT: About = About {
    title: "Liner shipping connectivity index, quarterly",
    publisher: "UNCTAD (UNCTADstat, after MDS Transmodal)",
    licence: "UNCTAD reuse with attribution",
    licence_url: Some("https://unctadstat.unctad.org"),
    basis: Basis::Observed,
    how: "Index as published (first quarter of 2023 = 100 for the average of economies since the revision of 2024, maximum of 2006 \
= 100 before), by quarter. Quarters without a value are left out and counted.",
};

const ECONOMY_NAMES: &[&str] = &["economy_label", "Economy Label", "Economy"];
const PORT_NAMES: &[&str] = &["port_label", "Port Label", "Port"];
const QUARTER_NAMES: &[&str] = &["quarter_label", "Quarter Label", "Quarter"];
const VALUE_NAMES: &[&str] = &[
    "index_value",
    "index_label",
    "Index Value",
    "Index (average Q1 2023=100)",
    "Index (maximum 2006=100)",
    "Index",
    "Value",
];

fn guess_countries(file: &Glimpse<'_>) -> Score {
    guess_by(file, &["economylabel"])
}

fn guess_ports(file: &Glimpse<'_>) -> Score {
    guess_by(file, &["portlabel"])
}

fn guess_by(file: &Glimpse<'_>, who: &[&str]) -> Score {
    let index = file.header.iter().any(|it| it.starts_with("index"));
    if file.has_columns(who) && file.has_columns(&["quarter_label"]) && index { 95 } else { 0 }
}

fn import_countries(input: &Input, options: &Options) -> Result<Imported, LakeError> {
    import_as(&COUNTRIES, input, options, ECONOMY_NAMES, "connectivity", |name, economies| {
        find_economy(name, economies).map(|it| (it, String::new()))
    })
}

fn import_ports(input: &Input, options: &Options) -> Result<Imported, LakeError> {
    import_as(&PORTS, input, options, PORT_NAMES, "port-connectivity", |name, economies| {
        // "China, Hong Kong SAR, Hong Kong": the longest beginning that is an economy; the rest is the port.
        name.rmatch_indices(", ").find_map(|(at, separator)| {
            Some((find_economy(&name[..at], economies)?, name[at + separator.len()..].to_owned()))
        })
    })
}

type Who = (Economy, String);
/// Year and quarter, 1 to 4.
type Quarter = (i16, i8);

fn import_as(
    importer: &'static Importer,
    input: &Input,
    options: &Options,
    names: &'static [&'static str],
    book: &str,
    who: fn(&str, &EconomyBook) -> Option<Who>,
) -> Result<Imported, LakeError> {
    let economies = options.need_economies(input, "it turns UNCTAD's names into economies")?;
    let sheet = Sheet::read(importer.name, input, options.encoding.as_deref())?;
    let [name, quarter, value, _] =
        sheet.columns([must(names), must(QUARTER_NAMES), must(VALUE_NAMES), may(&["MissingValue"])])?;
    let at = [name, quarter, value].map(Option::unwrap_or_default);
    let mut tally = Tally::default();
    let mut known: BTreeMap<String, Option<Who>> = BTreeMap::new();
    let mut all: BTreeMap<(Who, Quarter), Decimal> = BTreeMap::new();
    for row in sheet.rows() {
        let row = row?;
        if !row.fits(&mut tally) {
            continue;
        }
        if clean::is_missing(row.get(at[2])) {
            tally.set_aside(row.line, "index", "no value", row.get(at[2]));
            continue;
        }
        let label = row.get(at[0]);
        if !known.contains_key(label) {
            known.insert(label.to_owned(), who(label, economies));
        }
        let Some(Some(whose)) = known.get(label) else {
            tally.reject(row.line, names[0], "a name that is not in the table of economies", label);
            continue;
        };
        let mut repairs = Vec::new();
        match read_row(&row, at, &mut repairs) {
            Err((column, reason, cell)) => tally.reject(row.line, column, reason, row.get(cell)),
            Ok((when, _)) if all.contains_key(&(whose.clone(), when)) => {
                tally.set_aside(row.line, "quarter", "duplicate of name and quarter", label);
            }
            Ok((when, index)) => {
                all.insert((whose.clone(), when), index);
                tally.take(row.line, &mut repairs);
            }
        }
    }
    let newest = all.keys().map(|(_, it)| *it).max().map_or_else(String::new, quarter_text);
    let tables = vec![(format!("{book}.csv"), as_csv(&all))];
    let draft = Draft { book, about: &ABOUT, vintage: &newest, tables };
    imported(importer, input, options, draft, &tally).map(|it| it.read_as(sheet.text()))
}

fn as_csv(all: &BTreeMap<(Who, Quarter), Decimal>) -> String {
    let with_ports = all.keys().any(|((_, port), _)| !port.is_empty());
    if with_ports {
        let mut table = Table::new(&["economy", "port", "quarter", "index"]);
        for (((economy, port), when), index) in all {
            table.row([economy.code(), port, &quarter_text(*when), &index.normalize().to_string()]);
        }
        return table.finish();
    }
    let mut table = Table::new(&["economy", "quarter", "index"]);
    for (((economy, _), when), index) in all {
        table.row([economy.code(), &quarter_text(*when), &index.normalize().to_string()]);
    }
    table.finish()
}

fn quarter_text((year, quarter): Quarter) -> String {
    format!("{year}-Q{quarter}")
}

type CellFault = (&'static str, &'static str, usize);

fn read_row(
    row: &Row,
    [_, quarter, value]: [usize; 3],
    repairs: &mut Vec<Repair>,
) -> Result<(Quarter, Decimal), CellFault> {
    let when = quarter_of(row.get(quarter)).ok_or(("quarter", "not a quarter", quarter))?;
    let text = row.get(value);
    let index = clean::number(text)
        .take("index", text, repairs, Decimal::to_string)
        .map_err(|it| ("index", it, value))?;
    if index.is_sign_negative() { Err(("index", "less than none", value)) } else { Ok((when, index)) }
}

/// "Q4 2006", "2006Q4", "2006Q04", "2006-Q4".
fn quarter_of(text: &str) -> Option<Quarter> {
    let parts: Vec<&str> = text.split(['Q', 'q', ' ', '-']).filter(|it| !it.is_empty()).collect();
    let [one, two] = parts.as_slice() else { return None };
    let (year, quarter) = if one.len() == 4 { (one, two) } else { (two, one) };
    let quarter: i8 = quarter.parse().ok().filter(|it| (1..=4).contains(it))?;
    match clean::year(year) {
        Cell::Plain(year) => Some((year, quarter)),
        _ => None,
    }
}

/// UNCTAD writes "China, Hong Kong SAR" and "Bolivia (Plurinational State of)": tries the words around the comma as well,
/// but never the part before it alone, which may be another economy.
fn find_economy(name: &str, economies: &EconomyBook) -> Option<Economy> {
    let plain = name.split(" (").next().unwrap_or(name);
    let turned = name.split_once(", ").map(|(first, second)| format!("{second} {first}"));
    let second = name
        .split_once(", ")
        .map(|(_, second)| second.trim_end_matches(" SAR").trim_end_matches(" Province of"));
    [Some(name), turned.as_deref(), second, Some(plain).filter(|it| !it.contains(", "))]
        .into_iter()
        .flatten()
        .find_map(|it| economies.find_word(it))
}
