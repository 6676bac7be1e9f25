//! The books `ports` and `airports`: places where goods change from land to ship or aircraft.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use domain::suggest::fold;
use domain::{Coordinates, Locode};

use super::wpi;
use crate::context::{About, Context, Error, Made};

const WPI: &str = "locations/world_port_index_UpdatedPub150.csv.zst";
const SEAROUTE: &str = "locations/searoute_ports.geojson.zst";
const LSCI: &str = "locations/unctad_port_lsci_quarterly.csv.zst";
const QUARTER: &str = "Q4 2024";
const AIRPORTS: &str = "locations/natural_earth/ne_10m_airports.json";
const COUNTRIES: &str = "locations/natural_earth/ne_110m_admin_0_countries.json.zst";

/// Country names of UNCTAD and NGA that the table of economies spells in another way.
const COUNTRY_WORDS: &[(&str, &str)] = &[
    ("Bahamas", "BS"),
    ("Benin", "BJ"),
    ("Brunei Darussalam", "BN"),
    ("Cambodia", "KH"),
    ("China, Hong Kong SAR", "HK"),
    ("China, Taiwan Province of", "TW"),
    ("Congo", "CG"),
    ("Cook Islands", "CK"),
    ("Cote d'Ivoire", "CI"),
    ("Dem. Rep. of the Congo", "CD"),
    ("Gambia", "GM"),
    ("Gibraltar", "GI"),
    ("Iran (Islamic Republic of)", "IR"),
    ("Mayotte", "YT"),
    ("Micronesia (Federated States of)", "FM"),
    ("Myanmar", "MM"),
    ("Netherlands (Kingdom of the)", "NL"),
    ("Palau", "PW"),
    ("Republic of Korea", "KR"),
    ("Russian Federation", "RU"),
    ("Saint Helena", "SH"),
    ("Saint Vincent and the Grenadines", "VC"),
    ("Seychelles", "SC"),
    ("Sint Maarten (Dutch part)", "SX"),
    ("Syrian Arab Republic", "SY"),
    ("Turkiye", "TR"),
    ("United Republic of Tanzania", "TZ"),
    ("United States Virgin Islands", "VI"),
    ("Venezuela (Bolivarian Rep. of)", "VE"),
    ("Viet Nam", "VN"),
    ("Wallis and Futuna Islands", "WF"),
    ("Bonaire, Sint Eustatius and Saba", "BQ"),
    ("Norfolk Island", "NF"),
];

/// Ports whose name in the connectivity index differs from that in the port lists.
const PORT_WORDS: &[(&str, &str)] = &[
    ("Malaysia, Port Klang", "MYPKG"),
    ("Belgium, Antwerp", "BEANR"),
    ("Morocco, Tanger Med", "MAPTM"),
    ("United States, New York/New Jersey", "USNYC"),
    ("Italy, Genoa", "ITGOA"),
    ("United Kingdom, London Gateway", "GBLGP"),
    ("Panama, Manzanillo (PA)", "PAMIT"),
    ("United Arab Emirates, Khalifa", "AEKHL"),
    ("France, Dunkirk", "FRDKK"),
    ("Romania, Constantza", "ROCND"),
    ("Egypt, El Sokhna", "EGSOK"),
    ("United States, Wilmington (US-NC)", "USILM"),
    ("Croatia, Rijeka", "HRRJK"),
    ("United States, Boston (US)", "USBOS"),
    ("Nigeria, Lekki", "NGLKK"),
    ("India, Kolkata (Calcutta)", "INCCU"),
    ("France, Marseilles", "FRMRS"),
    ("Saudi Arabia, King Abdullah", "SAKAC"),
    ("Spain, Castellon", "ESCAS"),
    ("Malaysia, Kuantan", "MYKUA"),
    ("Sweden, Helsinborg", "SEHEL"),
    ("China, Zhanjiang", "CNZHA"),
    ("China, Shanghai", "CNSHA"),
    ("China, Ningbo", "CNNGB"),
    ("United States, Portland (US-OR)", "USPDX"),
    ("Bulgaria, Bourgas", "BGBOJ"),
    ("United States, Freeport (US)", "USFPO"),
    ("United States, Wilmington (US-DE)", "USILG"),
];

/// Codes of the World Port Index that UN/LOCODE has replaced.
const RECODED: &[(&str, &str)] = &[("CNSGH", "CNSHA"), ("CNNBO", "CNNGB")];

/// Ports that neither list places: from the port authority's own published position, to a hundredth of a degree.
const PLACED: &[(&str, &str, f64, f64)] = &[
    ("MAPTM", "Tanger Med", 35.89, -5.5),
    ("AEKHL", "Khalifa Port", 24.81, 54.65),
    ("GBLGP", "London Gateway", 51.5, 0.45),
    ("SAKAC", "King Abdullah Port", 22.52, 39.09),
    ("NGLKK", "Lekki", 6.43, 3.99),
    ("PAMIT", "Manzanillo (Panama)", 9.36, -79.88),
    ("CNSHA", "Shanghai", 31.23, 121.49),
    ("CNYSN", "Yangshan", 30.62, 122.07),
];

#[derive(Default)]
struct Row {
    name: String,
    at: Option<Coordinates>,
    size: &'static str,
    draft_m: f64,
    container: bool,
    lsci: Option<f64>,
    rank: usize,
}

pub fn ports(cx: &Context) -> Result<Vec<Made>, Error> {
    let mut book = cx.draft("ports");
    let (list, _) = wpi::read(&book.text(WPI)?)?;
    let mut rows: BTreeMap<Locode, Row> = BTreeMap::new();
    let mut words: BTreeMap<(String, String), Locode> = BTreeMap::new();
    let mut without_code = 0;
    for port in &list {
        let code = RECODED.iter().find(|it| it.0 == port.locode).map_or(port.locode.as_str(), |it| it.1);
        let Ok(locode) = code.parse::<Locode>() else {
            without_code += 1;
            continue;
        };
        for word in [&port.name, &port.alternate] {
            words.entry((locode.economy().code().to_owned(), fold(word))).or_insert(locode);
        }
        let row = rows.entry(locode).or_default();
        let size = size_word(&port.size);
        if row.name.is_empty() || size_rank(size) > size_rank(row.size) {
            let depth = if port.channel_depth_m > 0.0 { port.channel_depth_m } else { port.cargo_depth_m };
            let draft_m = if port.max_draft_m > 0.0 { port.max_draft_m } else { depth };
            *row = Row {
                name: port.name.clone(),
                at: Some(port.at),
                size,
                draft_m,
                container: port.container,
                ..Row::default()
            };
        }
    }
    let file: serde_json::Value = serde_json::from_str(&book.text(SEAROUTE)?)?;
    for feature in file["features"].as_array().ok_or("searoute ports: no features")? {
        let (properties, point) = (&feature["properties"], &feature["geometry"]["coordinates"]);
        let (Some(code), Some(name)) = (properties["port"].as_str(), properties["name"].as_str()) else {
            continue;
        };
        let Ok(locode) = code.parse::<Locode>() else { continue };
        words.entry((locode.economy().code().to_owned(), fold(name))).or_insert(locode);
        let place =
            point[1].as_f64().zip(point[0].as_f64()).and_then(|(lat, lon)| Coordinates::new(lat, lon).ok());
        let row = rows.entry(locode).or_default();
        if row.at.is_none() && place.is_some() {
            *row = Row { name: name.to_owned(), at: place, ..Row::default() };
        }
    }
    for &(code, name, lat, lon) in PLACED {
        let locode: Locode = code.parse()?;
        words.entry((locode.economy().code().to_owned(), fold(name))).or_insert(locode);
        let row = rows.entry(locode).or_default();
        if row.at.is_none() {
            *row = Row { name: name.to_owned(), at: Some(Coordinates::new(lat, lon)?), ..Row::default() };
        }
    }
    let countries = country_words(&list);
    let (joined, unjoined) = join_lsci(&book.text(LSCI)?, &countries, &words, &mut rows);
    let mut by_score: Vec<(Locode, f64)> =
        rows.iter().filter_map(|(code, row)| Some((*code, row.lsci?))).collect();
    by_score.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    for (rank, (code, _)) in by_score.iter().enumerate() {
        if let Some(row) = rows.get_mut(code) {
            row.rank = rank + 1;
        }
    }
    let mut table = String::from("locode,name,lat,lon,size,draft_m,container,lsci,rank\n");
    for (code, row) in &rows {
        let Some(at) = row.at else { continue };
        let number = |value: f64| if value > 0.0 { format!("{value}") } else { String::new() };
        let name = row.name.replace([',', '"'], " ");
        let rank = if row.rank > 0 { row.rank.to_string() } else { String::new() };
        let _ = writeln!(
            table,
            "{code},{name},{:.4},{:.4},{},{},{},{},{rank}",
            at.lat(),
            at.lon(),
            row.size,
            number(row.draft_m),
            if row.container { "y" } else { "" },
            row.lsci.map(number).unwrap_or_default(),
        );
    }
    book.table("ports.csv", table);
    book.input_terms(WPI, "US National Geospatial-Intelligence Agency", "public domain");
    book.input_terms(SEAROUTE, "searoute-py (G. Halili)", "Apache-2.0");
    book.input_terms(LSCI, "UNCTAD", "free re-use with attribution");
    let how = format!(
        "Ports of the World Port Index that have a UN/LOCODE ({without_code} rows have none and are left out), completed by the \
         searoute port list and {} ports placed by hand. Draught is the largest vessel's where stated, else the channel's or the \
         pier's depth. Liner connectivity is UNCTAD's port index of {QUARTER}, joined by country and name: {joined} ports joined, \
         {unjoined} of the index not found under the same name and left out.",
        PLACED.len()
    );
    Ok(vec![book.finish(&About {
        title: "Sea ports and their liner connectivity",
        publisher: "Periplus, from NGA, searoute-py and UNCTAD",
        licence: "Apache-2.0; liner connectivity: UNCTAD, free re-use with attribution",
        licence_url: None,
        vintage: "2024-12",
        basis: domain::Basis::Observed,
        how: &how,
    })])
}

fn size_word(text: &str) -> &'static str {
    match text {
        "Large" => "L",
        "Medium" => "M",
        "Small" => "S",
        "Very Small" => "V",
        _ => "",
    }
}

fn size_rank(word: &str) -> usize {
    ["", "V", "S", "M", "L"].iter().position(|it| *it == word).unwrap_or(0)
}

/// Country names to the country most of its ports' codes begin with.
fn country_words(ports: &[wpi::WpiPort]) -> BTreeMap<String, String> {
    let mut counts: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for port in ports {
        if let Ok(locode) = port.locode.parse::<Locode>() {
            *counts
                .entry(fold(&port.country))
                .or_default()
                .entry(locode.economy().code().to_owned())
                .or_default() += 1;
        }
    }
    let most =
        |it: BTreeMap<String, usize>| it.into_iter().max_by_key(|(_, count)| *count).map(|(code, _)| code);
    let mut words: BTreeMap<String, String> =
        counts.into_iter().filter_map(|(word, it)| Some((word, most(it)?))).collect();
    words.extend(COUNTRY_WORDS.iter().map(|(word, code)| (fold(word), (*code).to_owned())));
    words
}

fn join_lsci(
    text: &str,
    countries: &BTreeMap<String, String>,
    words: &BTreeMap<(String, String), Locode>,
    rows: &mut BTreeMap<Locode, Row>,
) -> (usize, usize) {
    let (mut joined, mut unjoined) = (0, 0);
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    for record in reader.records().filter_map(Result::ok) {
        let cell = |index: usize| record.get(index).unwrap_or("").trim();
        let (label, Ok(score)) = (cell(0), cell(2).parse::<f64>()) else { continue };
        if cell(1) != QUARTER {
            continue;
        }
        let by_hand = PORT_WORDS.iter().find(|it| it.0 == label).and_then(|it| it.1.parse::<Locode>().ok());
        let by_name = || {
            let (country, port) = label.rsplit_once(", ")?;
            let economy = countries.get(&fold(country))?;
            let plain = port.split(" (").next().unwrap_or(port);
            let spellings = [port, plain].into_iter().chain(plain.split('/'));
            spellings.into_iter().find_map(|it| words.get(&(economy.clone(), fold(it)))).copied()
        };
        match by_hand.or_else(by_name).and_then(|code| rows.get_mut(&code)) {
            Some(row) => {
                row.lsci = Some(row.lsci.map_or(score, |it| it.max(score)));
                joined += 1;
            }
            None => unjoined += 1,
        }
    }
    (joined, unjoined)
}

pub fn airports(cx: &Context) -> Result<Vec<Made>, Error> {
    let mut book = cx.draft("airports");
    let file: serde_json::Value = serde_json::from_str(&book.text(AIRPORTS)?)?;
    let areas: serde_json::Value = serde_json::from_str(&book.text(COUNTRIES)?)?;
    let areas = areas["features"].as_array().ok_or("countries: no features")?;
    let mut rows = BTreeMap::new();
    let (mut military, mut nowhere) = (0, 0);
    for feature in file["features"].as_array().ok_or("airports: no features")? {
        let (p, point) = (&feature["properties"], &feature["geometry"]["coordinates"]);
        let text = |key: &str| p[key].as_str().unwrap_or("").trim().replace([',', '"'], " ");
        let (Some(lat), Some(lon)) = (point[1].as_f64(), point[0].as_f64()) else { continue };
        let iata = text("iata_code");
        if text("type").contains("military") || text("type") == "spaceport" || iata.len() != 3 {
            military += 1;
            continue;
        }
        let Some(economy) = economy_at(areas, lat, lon) else {
            nowhere += 1;
            continue;
        };
        let scale = p["scalerank"].as_i64().unwrap_or(9);
        rows.entry(iata.clone())
            .or_insert_with(|| format!("{iata},{},{economy},{lat:.4},{lon:.4},{scale}\n", text("name")));
    }
    let table =
        rows.into_values().fold(String::from("iata,name,economy,lat,lon,scale\n"), |text, row| text + &row);
    book.table("airports.csv", table);
    let how = format!(
        "Civil airports with an IATA code ({military} without one or military left out); the economy is that of the 1:110m country \
         polygon around the airport or within 1.5 degrees of it ({nowhere} on small islands left out). Scale is Natural Earth's \
         rank, 2 for the greatest."
    );
    Ok(vec![book.finish(&About {
        title: "Airports",
        publisher: "Natural Earth",
        licence: "public domain",
        licence_url: Some("https://www.naturalearthdata.com/about/terms-of-use/"),
        vintage: "2024-01",
        basis: domain::Basis::Observed,
        how: &how,
    })])
}

/// Economy of the polygon that holds a point, else of the polygon with the nearest corner within 1.5 degrees.
fn economy_at(areas: &[serde_json::Value], lat: f64, lon: f64) -> Option<String> {
    let mut near: Option<(f64, String)> = None;
    for area in areas {
        let p = &area["properties"];
        let code = ["ISO_A2_EH", "ISO_A2", "iso_a2_eh", "iso_a2"].iter().filter_map(|key| p[*key].as_str());
        let Some(code) = code.into_iter().find(|it| it.len() == 2 && *it != "-9") else { continue };
        let shape = &area["geometry"];
        let parts: Vec<&serde_json::Value> = match shape["type"].as_str() {
            Some("Polygon") => vec![&shape["coordinates"]],
            _ => shape["coordinates"].as_array().into_iter().flatten().collect(),
        };
        for ring in parts.into_iter().filter_map(|it| it[0].as_array()) {
            let corners: Vec<(f64, f64)> =
                ring.iter().filter_map(|c| Some((c[0].as_f64()?, c[1].as_f64()?))).collect();
            let inside =
                corners.windows(2).filter(|side| crosses(side[0], side[1], lat, lon)).count() % 2 == 1;
            if inside {
                return Some(code.to_owned());
            }
            for (x, y) in corners {
                let off = (x - lon).hypot(y - lat);
                if off < 1.5 && near.as_ref().is_none_or(|it| off < it.0) {
                    near = Some((off, code.to_owned()));
                }
            }
        }
    }
    near.map(|it| it.1)
}

fn crosses(a: (f64, f64), b: (f64, f64), lat: f64, lon: f64) -> bool {
    (a.1 > lat) != (b.1 > lat) && lon < a.0 + (lat - a.1) / (b.1 - a.1) * (b.0 - a.0)
}
