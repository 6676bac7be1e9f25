//! Airports and air routes of OpenFlights (`airports.dat`, `routes.dat`, without header). ODbL 1.0: imported by the person
//! who has them, never bundled.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Basis, Coordinates};

use super::sheet::{Row, Sheet};
use super::{About, Draft, Glimpse, Imported, Importer, Input, Kind, Options, Score, Tally, imported};
use crate::csv_text::Table;
use crate::error::LakeError;

pub const AIRPORTS: Importer = Importer {
    kind: Kind::Airports,
    name: "airports",
    what: "airports of OpenFlights (airports.dat)",
    guess: guess_airports,
    import: import_airports,
};

pub const ROUTES: Importer = Importer {
    kind: Kind::AirRoutes,
    name: "air-routes",
    what: "air routes of OpenFlights (routes.dat)",
    guess: guess_routes,
    import: import_routes,
};

const ABOUT: About = About {
    title: "OpenFlights airports",
    publisher: "OpenFlights",
    licence: "ODbL 1.0",
    licence_url: Some("https://openflights.org/data"),
    basis: Basis::Observed,
    how: "Airports that have an IATA code, with coordinates.",
};

const ROUTES_ABOUT: About = About {
    title: "OpenFlights routes",
    how: "Direct scheduled routes by pair of airports with the number of airlines that flew them in June 2014, the last month that \
OpenFlights had; later routes are not in it. Codeshares and routes with stops are left out and counted.",
    ..ABOUT
};

/// Columns of `airports.dat`: id, name, city, country, IATA, ICAO, latitude, longitude, ...
const AIRPORT_COLUMNS: usize = 14;
/// Columns of `routes.dat`: airline, id, from, id, to, id, codeshare, stops, equipment.
const ROUTE_COLUMNS: usize = 9;

fn is_code(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|it| it.is_ascii_uppercase() || it.is_ascii_digit())
}

fn first_row(file: &Glimpse<'_>) -> Vec<String> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(file.head.as_bytes());
    reader
        .records()
        .next()
        .and_then(Result::ok)
        .map_or_else(Vec::new, |it| it.iter().map(str::to_owned).collect())
}

fn guess_airports(file: &Glimpse<'_>) -> Score {
    let row = first_row(file);
    let fits = row.len() == AIRPORT_COLUMNS && row[0].parse::<u32>().is_ok() && row[6].parse::<f64>().is_ok();
    if fits && is_code(&row[5], 4) { 95 } else { 0 }
}

fn guess_routes(file: &Glimpse<'_>) -> Score {
    let row = first_row(file);
    if row.len() == ROUTE_COLUMNS && is_code(&row[2], 3) && is_code(&row[4], 3) { 90 } else { 0 }
}

fn import_airports(input: &Input, options: &Options) -> Result<Imported, LakeError> {
    let economies = options.need_economies(input, "it turns OpenFlights' names into economies")?;
    let sheet = Sheet::read("airports", input, options.encoding.as_deref())?;
    let mut tally = Tally::default();
    let mut all: BTreeMap<String, [String; 6]> = BTreeMap::new();
    for row in sheet.rows_without_header() {
        let row = row?;
        let iata = row.get(4);
        if row.len() < 8 {
            tally.reject(row.line, "", "too few cells", &row.len().to_string());
        } else if !is_code(iata, 3) {
            tally.set_aside(row.line, "IATA", "an airport without IATA code", row.get(1));
        } else if all.contains_key(iata) {
            tally.set_aside(row.line, "IATA", "duplicate IATA code", iata);
        } else if let Some((lat, lon)) = coordinates(&row) {
            // An economy that cannot be told is left empty: the place is still a place.
            let economy = economies.find_word(row.get(3)).map_or_else(String::new, |it| it.to_string());
            let icao = if is_code(row.get(5), 4) { row.get(5) } else { "" };
            let cells = [icao.to_owned(), row.get(1).to_owned(), row.get(2).to_owned(), economy, lat, lon];
            all.insert(iata.to_owned(), cells);
            tally.accept();
        } else {
            tally.reject(row.line, "latitude", "not a point on Earth", row.get(6));
        }
    }
    let mut table = Table::new(&["iata", "icao", "name", "city", "economy", "lat", "lon"]);
    for (iata, cells) in &all {
        table.row(std::iter::once(iata).chain(cells));
    }
    let tables = vec![("airports.csv".to_owned(), table.finish())];
    let draft = Draft { book: "openflights-airports", about: &ABOUT, vintage: "unknown", tables };
    imported(&AIRPORTS, input, options, draft, &tally).map(|it| it.read_as(sheet.text()))
}

/// To four decimals, some 11 m.
fn coordinates(row: &Row) -> Option<(String, String)> {
    let (lat, lon) = (row.get(6).parse::<f64>().ok()?, row.get(7).parse::<f64>().ok()?);
    Coordinates::new(lat, lon).ok()?;
    Some((format!("{lat:.4}"), format!("{lon:.4}")))
}

fn import_routes(input: &Input, options: &Options) -> Result<Imported, LakeError> {
    let sheet = Sheet::read("air-routes", input, options.encoding.as_deref())?;
    let mut tally = Tally::default();
    let mut pairs: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for row in sheet.rows_without_header() {
        let row = row?;
        let (from, to) = (row.get(2), row.get(4));
        if row.len() < 8 || !is_code(from, 3) || !is_code(to, 3) {
            tally.reject(row.line, "airport", "not a pair of IATA codes", from);
        } else if row.get(6) == "Y" {
            tally.set_aside(row.line, "codeshare", "a codeshare", row.get(0));
        } else if row.get(7) != "0" {
            tally.set_aside(row.line, "stops", "a route with stops", row.get(7));
        } else if pairs.entry((from.to_owned(), to.to_owned())).or_default().insert(row.get(0).to_owned()) {
            tally.accept();
        } else {
            tally.set_aside(row.line, "airline", "duplicate route", row.get(0));
        }
    }
    let mut table = Table::new(&["from", "to", "airlines"]);
    for ((from, to), airlines) in &pairs {
        table.row([from, to, &airlines.len().to_string()]);
    }
    let tables = vec![("air-routes.csv".to_owned(), table.finish())];
    let draft = Draft { book: "openflights-routes", about: &ROUTES_ABOUT, vintage: "2014-06", tables };
    imported(&ROUTES, input, options, draft, &tally).map(|it| it.read_as(sheet.text()))
}
