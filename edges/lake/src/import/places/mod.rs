//! UN/LOCODE: the code list parts that UNECE publishes (CSV in Latin-1 without a header, one part for each third of the
//! alphabet) and the same list with a header as datahub republishes it.

use std::collections::BTreeMap;

use domain::{Basis, Coordinates, Locode};

use super::sheet::{Row, Sheet};
use super::{About, Draft, Glimpse, Imported, Importer, Input, Kind, Options, Score, Tally, imported};
use crate::csv_text::Table;
use crate::error::LakeError;

#[cfg(test)]
mod tests;

pub(super) const IMPORTER: Importer = Importer {
    kind: Kind::Places,
    name: "unlocode",
    what: "UN/LOCODE code list of UNECE (2024-2 UNLOCODE CodeListPart1.csv, code-list.csv)",
    guess,
    import,
};

/// The publisher and its terms, for the bundled book as well.
pub const ABOUT: About = About {
    title: "UN/LOCODE, code for trade and transport locations",
    publisher: "UNECE",
    licence: "UN/LOCODE, free re-use",
    licence_url: Some("https://unece.org/trade/cefact/UNLOCODE-Download"),
    basis: Basis::Observed,
    how: "Places that serve trade: a port, a rail terminal with coordinates, a road terminal with coordinates, an airport or an inland \
terminal. Left out and counted: headings of countries, entries marked for removal or rejected, places of postal exchange or fixed \
installations only, road and rail terminals without coordinates, and unverified entries that are road terminals only. Rank: one point \
for each of port, rail, airport, inland terminal, and one when the entry is approved by an authority (status A-).",
};

/// One usable entry of the list.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub locode: Locode,
    pub name: String,
    pub at: Option<Coordinates>,
    /// Digits of the function classifier: 1 port, 2 rail, 3 road, 4 airport, 5 postal exchange, 6 inland terminal, 7 fixed installation.
    pub functions: String,
    /// Where it differs from the last three letters of the code.
    pub iata: String,
    pub rank: u8,
}

/// What a file of UN/LOCODE holds.
#[derive(Clone, Debug, Default)]
pub struct Entries {
    pub entries: Vec<Entry>,
    /// Other names ("Lisbon = Lisboa"): economy, other name, name in the list.
    pub references: Vec<(String, String, String)>,
}

/// Where the columns are.
struct Layout {
    change: usize,
    country: usize,
    place: usize,
    name: usize,
    function: usize,
    status: usize,
    iata: usize,
    coordinates: usize,
    header: bool,
}

/// As UNECE publishes it, without a header.
const NATIVE: Layout = Layout {
    change: 0,
    country: 1,
    place: 2,
    name: 3,
    function: 6,
    status: 7,
    iata: 9,
    coordinates: 10,
    header: false,
};

fn guess(file: &Glimpse<'_>) -> Score {
    if file.has_columns(&["Country", "Location", "Name", "Function", "Status", "Coordinates"]) {
        return 95;
    }
    let native = file.head.lines().take(20).filter(|line| is_native(line)).count();
    if native >= 1 && (file.name.contains("locode") || native >= 5) { 90 } else { 0 }
}

/// `,"GB","BHM","Birmingham",...`: eleven commas or more, the second cell two capital letters.
fn is_native(line: &str) -> bool {
    let cells: Vec<&str> = line.split(',').map(|it| it.trim_matches(['"', ' '])).collect();
    let country = cells.get(1).copied().unwrap_or_default();
    cells.len() >= 11 && country.len() == 2 && country.bytes().all(|it| it.is_ascii_uppercase())
}

fn import(input: &Input, options: &Options) -> Result<Imported, LakeError> {
    let sheet = Sheet::read(IMPORTER.name, input, options.encoding.as_deref())?;
    let mut tally = Tally::default();
    let found = read(&sheet, &mut tally)?;
    let span = found.entries.first().zip(found.entries.last());
    let part = span.map_or_else(String::new, |(first, last)| {
        format!("-{}-{}", first.locode.economy(), last.locode.economy()).to_lowercase()
    });
    let tables = vec![(format!("unlocode{part}.csv"), places_csv(&found.entries))];
    let draft = Draft { book: "places", about: &ABOUT, vintage: "", tables };
    let mut book = imported(&IMPORTER, input, options, draft, &tally)?.read_as(sheet.text());
    book.keeps_others = true;
    Ok(book)
}

/// The table of the book `places`, sorted by code.
pub fn places_csv(entries: &[Entry]) -> String {
    let mut table = Table::new(&["locode", "name", "lat", "lon", "functions", "rank"]);
    let sorted: BTreeMap<Locode, &Entry> = entries.iter().map(|it| (it.locode, it)).collect();
    for entry in sorted.values() {
        let (lat, lon) = entry.at.map_or_else(Default::default, |it| (degrees(it.lat()), degrees(it.lon())));
        let rank = entry.rank.to_string();
        table.row([entry.locode.code(), &entry.name, &lat, &lon, &entry.functions, &rank]);
    }
    table.finish()
}

/// Two decimals: UN/LOCODE gives whole minutes (1.9 km), two decimals are 1.1 km.
fn degrees(it: f64) -> String {
    let text = format!("{it:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// Reads either layout. A later row for the same code replaces an earlier one and is counted as a duplicate.
pub fn read(sheet: &Sheet<'_>, tally: &mut Tally) -> Result<Entries, LakeError> {
    let layout = layout(sheet);
    let mut found = Entries::default();
    let mut seen: BTreeMap<Locode, usize> = BTreeMap::new();
    let header = usize::from(layout.header);
    for row in sheet.rows_without_header().skip(header) {
        let row = row?;
        if row.get(layout.change) == "=" {
            reference(&row, &layout, &mut found);
            tally.set_aside(row.line, "Change", "another name of an entry", row.get(layout.name));
            continue;
        }
        let Some(entry) = entry(&row, &layout, tally) else { continue };
        if let Some(&at) = seen.get(&entry.locode) {
            let why = "the code occurs twice; the first row is kept";
            tally.set_aside(row.line, "Location", why, entry.locode.code());
            debug_assert!(at < found.entries.len());
        } else {
            seen.insert(entry.locode, found.entries.len());
            found.entries.push(entry);
        }
    }
    Ok(found)
}

fn layout(sheet: &Sheet<'_>) -> Layout {
    let at = |name: &str| super::sheet::find_column(sheet.header(), &[name]);
    let named = || {
        Some(Layout {
            change: at("Change")?,
            country: at("Country")?,
            place: at("Location")?,
            name: at("Name")?,
            function: at("Function")?,
            status: at("Status")?,
            iata: at("IATA")?,
            coordinates: at("Coordinates")?,
            header: true,
        })
    };
    named().unwrap_or(NATIVE)
}

fn reference(row: &Row, layout: &Layout, found: &mut Entries) {
    if let Some((other, name)) = row.get(layout.name).split_once(" = ") {
        found.references.push((
            row.get(layout.country).to_owned(),
            other.trim().to_owned(),
            name.trim().to_owned(),
        ));
    }
}

/// One row as an entry; `None` when it was counted as set aside or rejected.
fn entry(row: &Row, layout: &Layout, tally: &mut Tally) -> Option<Entry> {
    let cell = |at: usize| row.get(at);
    let line = row.line;
    if cell(layout.place).is_empty() {
        tally.set_aside(line, "Location", "heading of a country", cell(layout.name));
        return None;
    }
    let code = format!("{}{}", cell(layout.country), cell(layout.place));
    let Ok(locode) = code.parse::<Locode>() else {
        tally.reject(line, "Location", "not a UN/LOCODE", &code);
        return None;
    };
    let name = cell(layout.name);
    if name.is_empty() || name.chars().count() > 100 {
        tally.reject(line, "Name", "the name is missing or longer than 100 characters", name);
        return None;
    }
    let status = cell(layout.status);
    if cell(layout.change).eq_ignore_ascii_case("x") || matches!(status, "XX" | "RR" | "UR") {
        tally.set_aside(line, "Status", "rejected or marked for removal", status);
        return None;
    }
    let functions: String = cell(layout.function).chars().filter(|it| ('1'..='7').contains(it)).collect();
    let serves = |digit: char| functions.contains(digit);
    let written = cell(layout.coordinates).trim_matches('"');
    let at = point(written);
    if at.is_none() && !written.is_empty() {
        // The entry is still good by name.
        tally.repair(line, "Coordinates", "coordinates that cannot be read are left out", written, "");
    }
    let hub = serves('1') || serves('4') || serves('6');
    let verified = !matches!(status, "RQ" | "QQ" | "");
    let why_not = match (hub, serves('2'), serves('3')) {
        (true, ..) => None,
        (_, true, _) | (_, _, true) if at.is_none() => Some("road or rail terminal without coordinates"),
        (_, true, _) => None,
        (_, _, true) if verified => None,
        (_, _, true) => Some("road terminal only, not verified"),
        _ => Some("no function that trade uses"),
    };
    let mended = at.is_none() && !written.is_empty();
    if let Some(reason) = why_not {
        if !mended {
            tally.set_aside(line, "Function", reason, cell(layout.function));
        }
        return None;
    }
    if !mended {
        tally.accept();
    }
    let approved = status.starts_with('A');
    let points = [serves('1'), serves('2'), serves('4'), serves('6'), approved];
    let rank = points.into_iter().map(u8::from).sum();
    Some(Entry { locode, name: name.to_owned(), at, functions, iata: cell(layout.iata).to_owned(), rank })
}

/// "5228N 00155W": degrees and minutes.
pub fn point(text: &str) -> Option<Coordinates> {
    let (lat, lon) = text.trim().split_once(' ')?;
    let lat = minutes(lat, 4, 'N', 'S')?;
    let lon = minutes(lon.trim(), 5, 'E', 'W')?;
    Coordinates::new(lat, lon).ok()
}

fn minutes(text: &str, digits: usize, plus: char, minus: char) -> Option<f64> {
    let side = text.chars().last()?;
    let number = text.strip_suffix(side)?;
    if number.len() != digits || !number.bytes().all(|it| it.is_ascii_digit()) {
        return None;
    }
    let (whole, part) = number.split_at(digits - 2);
    let part: f64 = part.parse().ok()?;
    let sign = if side == plus {
        1.0
    } else if side == minus {
        -1.0
    } else {
        return None;
    };
    (part < 60.0).then_some(sign * (whole.parse::<f64>().ok()? + part / 60.0))
}
