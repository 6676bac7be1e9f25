//! The book `places`: ports, airports, rail, road and inland terminals of the world with codes, names and coordinates.

use std::collections::{BTreeMap, BTreeSet};

use domain::csv::records;
use domain::suggest::fold;
use domain::{Basis, Coordinates, Economy, Locode};
use lake::csv_text::Table;
use lake::import::places::{Entry, places_csv, read};
use lake::import::sheet::Sheet;
use lake::import::{Options, Tally};
use serde_json::Value;

use crate::context::{About, Context, Draft, Error, Made};

const PARTS: [&str; 2] =
    ["locations/unlocode_2024-2_CodeListPart2.csv.zst", "locations/unlocode_2024-2_CodeListPart3.csv.zst"];
const ALIAS: &str = "locations/unlocode_datahub/alias.csv";
const SEAROUTE: &str = "locations/searoute_ports.geojson.zst";
const SEA_PORTS: &str = "locations/sea-ports_unlocs.json.zst";
const WPI: &str = "locations/world_port_index_UpdatedPub150.csv.zst";
const AIRPORTS: &str = "locations/natural_earth/ne_10m_airports.json";
const COUNTRIES: &str = "macro/country-codes.csv";
/// Our own lists, kept in the folder of the book, read and written back.
const OWN_PLACES: &str = "places_own.csv";
const NAMES_ZH: &str = "names_zh.csv";
const NAMES_EN: &str = "names_own.csv";
/// The first economy that parts 2 and 3 of UN/LOCODE cover.
const FIRST_LISTED: Economy = Economy::new(*b"GA");
/// An airport belongs to the city of its code when it is no further from it than this.
const AIRPORT_KM: f64 = 90.0;
/// Two sources that put one port further apart than this do not speak of one place.
const SAME_PORT_KM: f64 = 60.0;
const CAPITAL_POINTS: u8 = 5;
/// For the ports and cities that our own lists of names call major by naming them.
const MAJOR_POINTS: u8 = 5;

/// Places by code while the book is made.
type Places = BTreeMap<Locode, Entry>;

/// What was left out, for the book's own account of itself.
#[derive(Default)]
struct LeftOut {
    unknown_ports: usize,
    far_ports: usize,
    inland_ports: usize,
    own_without_airport: Vec<String>,
    listed: String,
    small: usize,
}

pub fn run(cx: &Context) -> Result<Vec<Made>, Error> {
    let mut book = cx.draft("places");
    let mut left = LeftOut::default();
    let mut names: BTreeSet<(Locode, String)> = BTreeSet::new();
    let mut references = Vec::new();
    let mut places = listed(&mut book, &mut references, &mut left)?;
    let airports = airports(&book.text(AIRPORTS)?)?;
    own_places(&cx.book_text("places", OWN_PLACES)?, &airports, &mut places, &mut left)?;
    for port in ports(&mut book)? {
        take_port(port, &mut places, &mut names, &mut left);
    }
    take_airports(&airports, &mut places);
    take_capitals(&book.text(COUNTRIES)?, &mut places);
    let aliases = book.text(ALIAS)?;
    let headed = records(&aliases).skip(1).filter_map(|(_, cells)| {
        let (other, name) = cells.get(1)?.split_once(" = ")?;
        Some((cells.first()?.to_string(), other.to_owned(), name.to_owned()))
    });
    references.extend(headed);
    take_references(references, &places, &mut names);
    let mut major = BTreeSet::new();
    for file in [NAMES_EN, NAMES_ZH] {
        let (text, found) = own_names(&cx.book_text("places", file)?, file, &places)?;
        names.retain(|it| !found.contains(it));
        major.extend(found.iter().map(|it| it.0));
        book.table(file, text);
    }
    for locode in major {
        if let Some(entry) = places.get_mut(&locode) {
            entry.rank += MAJOR_POINTS;
        }
    }
    former_names(&mut places, &mut names);
    left.small = thin(&mut places);
    names.retain(|(locode, name)| places.get(locode).is_some_and(|it| fold(&it.name) != fold(name)));
    let sorted: Vec<Entry> = places.into_values().collect();
    book.table("places.csv", places_csv(&sorted));
    book.table("names.csv", names_csv(&names));
    book.table(OWN_PLACES, cx.book_text("places", OWN_PLACES)?);
    terms(&mut book);
    Ok(vec![book.finish(&about(&how(&left)))])
}

fn about(how: &str) -> About<'_> {
    About {
        title: "Ports, airports and terminals of the world",
        publisher: "UNECE; searoute-py; marchah/sea-ports; NGA; Natural Earth",
        licence: "UN/LOCODE free re-use; Apache-2.0; MIT; public domain",
        licence_url: Some("https://unece.org/trade/cefact/UNLOCODE-Download"),
        vintage: "2024-12",
        basis: Basis::Observed,
        how,
    }
}

fn terms(book: &mut Draft<'_>) {
    for part in PARTS {
        book.input_terms(part, "UNECE", "UN/LOCODE free re-use");
    }
    book.input_terms(ALIAS, "UNECE via datahub", "PDDL");
    book.input_terms(SEAROUTE, "searoute-py (genthalili)", "Apache-2.0");
    book.input_terms(SEA_PORTS, "marchah/sea-ports", "MIT");
    book.input_terms(WPI, "National Geospatial-Intelligence Agency (US), World Port Index", "public domain");
    book.input_terms(AIRPORTS, "Natural Earth", "public domain");
    book.input_terms(COUNTRIES, "Datopian", "PDDL");
}

fn how(left: &LeftOut) -> String {
    format!(
        "UN/LOCODE 2024-2, parts 2 and 3 (economies GA to ZW): ports, airports, inland terminals, and rail and road terminals with \
coordinates; left out: {}. Part 1 of UN/LOCODE (AD to FR) was not at hand: for those economies the book has the ports of searoute-py, \
sea-ports and the World Port Index that carry a UN/LOCODE, and a list of our own of inland cities with the coordinates of their main \
airport (Natural Earth) or, for eighteen of them, of the city itself to 0.01 degree; other inland places of AD to FR are missing, and so are their functions other than port and airport. Import \
part 1 to fill this. Ports of those sources whose code UN/LOCODE 2024-2 does not have: {} left out; whose position differs by more than \
{SAME_PORT_KM} km: {} kept with the position of UN/LOCODE; that are in searoute-py or sea-ports only and no port in UN/LOCODE: {} left out. Cities of our own list without airport in Natural Earth: {}. Road and rail \
terminals that are not approved by an authority and have no other function, thinned out to keep the book small: {} left out. Coordinates to \
0.01 degree. Rank: one point each for port, rail, airport, inland terminal and approval by an authority; World Port Index harbour large \
10, medium 7, small 4, very small 1; airport 10 less its Natural Earth scale rank; capital {CAPITAL_POINTS}; a place in \
names_own.csv or names_zh.csv, our own choice of major ports and cities, {MAJOR_POINTS}. names.csv: other names from \
UN/LOCODE and from the port lists. names_own.csv, names_zh.csv and places_own.csv: lists of our own.",
        left.listed,
        left.unknown_ports,
        left.far_ports,
        left.inland_ports,
        if left.own_without_airport.is_empty() {
            "none".to_owned()
        } else {
            left.own_without_airport.join(", ")
        },
        left.small,
    )
}

/// Parts 2 and 3 of UN/LOCODE.
fn listed(
    book: &mut Draft<'_>,
    references: &mut Vec<(String, String, String)>,
    left: &mut LeftOut,
) -> Result<Places, Error> {
    let mut places = Places::new();
    let mut tally = Tally::default();
    for part in PARTS {
        let input = book.input(part)?;
        let sheet = Sheet::read("unlocode", &input, Options::default().encoding.as_deref())?;
        let found = read(&sheet, &mut tally)?;
        references.extend(found.references);
        places.extend(found.entries.into_iter().map(|it| (it.locode, it)));
    }
    left.listed = tally.reasons();
    Ok(places)
}

/// Terminals of road and rail only that no authority has approved go, to keep the table small; says how many.
fn thin(places: &mut Places) -> usize {
    let before = places.len();
    places.retain(|_, it| {
        it.rank >= 2 || it.functions.contains(['1', '4', '6']) || (it.functions.contains('2') && it.rank >= 1)
    });
    before - places.len()
}

struct Airport {
    iata: String,
    at: Coordinates,
    points: u8,
}

fn airports(text: &str) -> Result<Vec<Airport>, Error> {
    let all: Value = serde_json::from_str(text)?;
    let features = all["features"].as_array().ok_or("airports: no features")?;
    let mut found: Vec<Airport> = features
        .iter()
        .filter_map(|it| {
            let about = &it["properties"];
            let iata = about["iata_code"].as_str()?.to_owned();
            let military =
                about["type"].as_str().is_none_or(|it| it.contains("military") || it == "spaceport");
            let rank = about["scalerank"].as_u64()?.min(9) as u8;
            (iata.len() == 3 && !military).then_some(())?;
            Some(Airport { iata, at: lon_lat(&it["geometry"]["coordinates"])?, points: 10 - rank })
        })
        .collect();
    found.sort_by(|a, b| a.iata.cmp(&b.iata));
    Ok(found)
}

fn lon_lat(pair: &Value) -> Option<Coordinates> {
    Coordinates::new(pair[1].as_f64()?, pair[0].as_f64()?).ok()
}

/// `locode,name,iata,lat,lon`: inland cities of economies whose part of UN/LOCODE is missing, and cities for which it gives no
/// coordinates. They lie where their airport does, or where our list puts them.
fn own_places(
    text: &str,
    airports: &[Airport],
    places: &mut Places,
    left: &mut LeftOut,
) -> Result<(), Error> {
    for (line, cells) in records(text).skip(1) {
        let refuse = |why: &str| format!("{OWN_PLACES}, line {line}: {why}");
        let [code, name, iata, lat, lon] = cells.as_slice() else {
            return Err(refuse("not five cells").into());
        };
        let locode: Locode = code.parse().map_err(|error: domain::DomainError| refuse(&error.to_string()))?;
        let own =
            lat.parse().ok().zip(lon.parse().ok()).and_then(|(lat, lon)| Coordinates::new(lat, lon).ok());
        let airport = airports.binary_search_by(|it| it.iata.as_str().cmp(iata)).ok();
        let Some(at) = own.or(airport.map(|it| airports[it].at)) else {
            left.own_without_airport.push(name.to_string());
            continue;
        };
        let functions = if airport.is_some() { "4" } else { "" };
        let entry = places.entry(locode).or_insert_with(|| Entry {
            locode,
            name: name.to_string(),
            at: None,
            functions: functions.to_owned(),
            iata: iata.to_string(),
            rank: 2,
        });
        entry.at.get_or_insert(at);
    }
    Ok(())
}

struct Port {
    locode: Locode,
    names: Vec<String>,
    at: Coordinates,
    points: u8,
    /// Whether the list says of itself that this is a harbour; the two others also hold inland cities.
    surveyed: bool,
}

fn ports(book: &mut Draft<'_>) -> Result<Vec<Port>, Error> {
    let mut found = Vec::new();
    let sea_ports: BTreeMap<String, Value> = serde_json::from_str(&book.text(SEA_PORTS)?)?;
    for (code, it) in &sea_ports {
        found.extend(port(&Value::from(code.as_str()), &[&it["city"], &it["name"]], &it["coordinates"]));
    }
    let searoute: Value = serde_json::from_str(&book.text(SEAROUTE)?)?;
    for it in searoute["features"].as_array().ok_or("searoute ports: no features")? {
        let about = &it["properties"];
        found.extend(port(&about["port"], &[&about["name"]], &it["geometry"]["coordinates"]));
    }
    found.extend(world_port_index(&book.text(WPI)?));
    Ok(found)
}

fn port(code: &Value, names: &[&Value], pair: &Value) -> Option<Port> {
    let locode = code.as_str()?.parse().ok()?;
    let names =
        names.iter().filter_map(|it| it.as_str()).map(plain_name).filter(|it| !it.is_empty()).collect();
    Some(Port { locode, names, at: lon_lat(pair)?, points: 0, surveyed: false })
}

/// Names in capitals are written small; double blanks and stray signs go.
fn plain_name(name: &str) -> String {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let bad =
        name.chars().any(|it| matches!(it, '\u{fffd}' | '¸' | '[' | '|' | '"')) || name.chars().count() > 60;
    if bad {
        return String::new();
    }
    if name.chars().any(char::is_lowercase) {
        return name;
    }
    let mut start = true;
    name.chars()
        .map(|it| {
            let letter = if start { it } else { it.to_ascii_lowercase() };
            start = !it.is_alphabetic() && it != '\'';
            letter
        })
        .collect()
}

/// Rows in which a name with commas has pushed the later columns to the right are read from the right:
/// the position is the last pair of numbers, the size of the harbour the only cell that says one.
fn world_port_index(text: &str) -> Vec<Port> {
    let mut found = Vec::new();
    for (_, cells) in records(text).skip(1) {
        let code = cells.iter().skip(4).take(3).find_map(|it| {
            let it = it.trim();
            (it.len() == 6 && it.as_bytes()[2] == b' ').then(|| it.parse::<Locode>().ok()).flatten()
        });
        let numbers: Vec<&str> = cells.iter().map(|it| it.trim()).filter(|it| !it.is_empty()).collect();
        let (Some(locode), [.., lat, lon]) = (code, numbers.as_slice()) else { continue };
        let at =
            lat.parse().ok().zip(lon.parse().ok()).and_then(|(lat, lon)| Coordinates::new(lat, lon).ok());
        let size = cells.iter().skip(20).find_map(|it| match it.trim() {
            "Large" => Some(10),
            "Medium" => Some(7),
            "Small" => Some(4),
            "Very Small" => Some(1),
            _ => None,
        });
        let names: Vec<String> =
            cells.get(3).map(|it| plain_name(it)).filter(|it| !it.is_empty()).into_iter().collect();
        if let Some(at) = at {
            found.push(Port { locode, names, at, points: size.unwrap_or(0), surveyed: true });
        }
    }
    found
}

/// Adds what a port list says of a place, or the place where UN/LOCODE is missing.
fn take_port(port: Port, places: &mut Places, names: &mut BTreeSet<(Locode, String)>, left: &mut LeftOut) {
    let covered = port.locode.economy() >= FIRST_LISTED;
    if covered && !places.contains_key(&port.locode) {
        left.unknown_ports += 1;
        return;
    }
    if covered && !port.surveyed && !places[&port.locode].functions.contains('1') {
        left.inland_ports += 1;
        return;
    }
    let Some(first) = port.names.first().cloned() else { return };
    let entry = places.entry(port.locode).or_insert_with(|| Entry {
        locode: port.locode,
        name: first,
        at: None,
        functions: "1".to_owned(),
        iata: String::new(),
        rank: 1,
    });
    let at = *entry.at.get_or_insert(port.at);
    if at.great_circle_km(port.at) > SAME_PORT_KM {
        left.far_ports += 1;
        return;
    }
    if !entry.functions.contains('1') {
        entry.functions.insert(0, '1');
        entry.rank += 1;
    }
    // The World Port Index lists several harbours under one code; the largest counts.
    entry.rank = entry.rank.max(port.points + if covered { 2 } else { 1 });
    names.extend(port.names.into_iter().map(|it| (port.locode, it)));
}

/// Airports give points, and coordinates where UN/LOCODE has none.
fn take_airports(airports: &[Airport], places: &mut Places) {
    for airport in airports {
        let by_code = |it: &Entry| {
            it.iata == airport.iata || (it.iata.is_empty() && it.locode.code()[2..] == airport.iata)
        };
        let near = |it: &Entry| it.at.is_some_and(|at| at.great_circle_km(airport.at) <= AIRPORT_KM);
        let economy = || {
            let far = |it: &&Entry| it.at.map_or(f64::MAX, |at| at.great_circle_km(airport.at));
            places.values().min_by(|a, b| far(a).total_cmp(&far(b))).map(|it| it.locode.economy())
        };
        let known: Vec<Locode> =
            places.values().filter(|it| by_code(it) && near(it)).map(|it| it.locode).collect();
        let known = if known.is_empty() {
            let economy = economy();
            let lost = |it: &&Entry| by_code(it) && it.at.is_none() && Some(it.locode.economy()) == economy;
            places.values().filter(lost).map(|it| it.locode).collect()
        } else {
            known
        };
        for locode in known {
            let Some(entry) = places.get_mut(&locode) else { continue };
            entry.at.get_or_insert(airport.at);
            entry.rank += airport.points;
            if !entry.functions.contains('4') {
                entry.functions.push('4');
                entry.functions = sorted(&entry.functions);
            }
        }
    }
}

fn sorted(digits: &str) -> String {
    digits.chars().collect::<BTreeSet<char>>().into_iter().collect()
}

fn take_capitals(text: &str, places: &mut Places) {
    let mut all = records(text);
    let Some((_, header)) = all.next() else { return };
    let column = |name: &str| header.iter().position(|it| it == name);
    let (Some(code), Some(capital)) = (column("ISO3166-1-Alpha-2"), column("Capital")) else { return };
    for (_, cells) in all {
        let (Some(code), Some(capital)) = (cells.get(code), cells.get(capital)) else { continue };
        let Ok(economy) = code.parse::<Economy>() else { continue };
        let name = fold(capital);
        let of = |it: &&mut Entry| it.locode.economy() == economy && fold(&it.name) == name;
        let best = places.values_mut().filter(of).max_by_key(|it| (it.rank, std::cmp::Reverse(it.locode)));
        if let Some(entry) = best {
            entry.rank += CAPITAL_POINTS;
        }
    }
}

/// "Mumbai (ex Bombay)" is Mumbai, and has another name.
fn former_names(places: &mut Places, names: &mut BTreeSet<(Locode, String)>) {
    for entry in places.values_mut() {
        let Some((name, former)) = entry.name.split_once(" (ex ") else { continue };
        names.insert((entry.locode, former.trim_end_matches(')').to_owned()));
        entry.name = name.to_owned();
    }
}

/// "Lisbon = Lisboa" names the weightiest place called Lisboa in that economy.
fn take_references(
    references: Vec<(String, String, String)>,
    places: &Places,
    names: &mut BTreeSet<(Locode, String)>,
) {
    for (economy, other, name) in references {
        let wanted = fold(&name);
        let of = |it: &&Entry| it.locode.economy().code() == economy && fold(&it.name) == wanted;
        if let Some(entry) =
            places.values().filter(of).max_by_key(|it| (it.rank, std::cmp::Reverse(it.locode)))
        {
            names.insert((entry.locode, other));
        }
    }
}

/// One of our own lists of names; a code that the book does not have is an error, so that a slip is seen.
fn own_names(text: &str, file: &str, places: &Places) -> Result<(String, BTreeSet<(Locode, String)>), Error> {
    let mut found = BTreeSet::new();
    let mut unknown = Vec::new();
    for (line, cells) in records(text).skip(1) {
        let [code, name] = cells.as_slice() else {
            return Err(format!("{file}, line {line}: not two cells").into());
        };
        let locode: Locode = code.parse().map_err(|error| format!("{file}, line {line}: {error}"))?;
        if !places.contains_key(&locode) {
            unknown.push(format!("{locode} {name}"));
        }
        found.insert((locode, name.to_string()));
    }
    if !unknown.is_empty() {
        return Err(format!("{file}: not in the book: {}", unknown.join(", ")).into());
    }
    Ok((names_csv(&found), found))
}

fn names_csv(names: &BTreeSet<(Locode, String)>) -> String {
    let mut table = Table::new(&["locode", "name"]);
    for (locode, name) in names {
        table.row([locode.code(), name.as_str()]);
    }
    table.finish()
}
