//! `route find|matrix`.

use std::fmt::Write as _;

use std::borrow::Cow;

use domain::{Coordinates, Mode, Place, Quantity};
use lake::Library;
use routes::{
    AirportBook, FreightBook, LeadTimeBook, LeadTimeTables, MatrixRow, PassageSet, PortBook, RouteAnswer,
    RouteBooks, RouteError, RouteOption, RouteQuestion, SeaNetwork, alternatives, matrix,
};
use serde_json::json;

use crate::args::{Format, Route};
use crate::books::place_book;
use crate::books::{self, refused, table};
use crate::fault::{Exit, Fault, RowFault};
use crate::noun::{Desk, library};
use crate::progress;
use crate::screen::Role;
use crate::sheet::{Cell, Column, Kind, Sheet};
use crate::show::figures::{days, grouped_real};

pub fn run(desk: &mut Desk<'_>, verb: &Route) -> Result<Exit, Fault> {
    match verb {
        Route::Find { from, to, shut, mass, modes } => find(desk, from, to, shut, mass, modes),
        Route::Matrix { pairs, shut } => pairs_matrix(desk, pairs, shut),
    }
}

fn fault(error: &RouteError) -> Fault {
    let exit = match error {
        RouteError::Table { .. } => Exit::DataMissing,
        RouteError::NoRoute { .. } | RouteError::UnknownPlace { .. } => Exit::NotFound,
        _ => Exit::BadInput,
    };
    Fault::said(exit, &error.to_string())
}

fn network(library: &Library) -> Result<SeaNetwork, Fault> {
    let (nodes, edges) =
        (table(library, "sea-network", "nodes.csv")?.0, table(library, "sea-network", "edges.csv")?.0);
    SeaNetwork::from_csv(&nodes, &edges).map_err(|it| refused("sea-network", &it))
}

fn lead_times(library: &Library) -> Result<LeadTimeBook, Fault> {
    let text = |file| table(library, "lead-times", file).map(|it| it.0);
    let texts: [Cow<'_, str>; 6] = [
        text("parameters.csv")?,
        text("vessels.csv")?,
        text("limits.csv")?,
        text("borders.csv")?,
        text("shocks.csv")?,
        text("landmasses.csv")?,
    ];
    let [parameters, vessels, limits, borders, shocks, landmasses] = &texts;
    LeadTimeBook::from_csv(LeadTimeTables { parameters, vessels, limits, borders, shocks, landmasses })
        .map_err(|it| refused("lead-times", &it))
}

fn closed(shut: &[String]) -> Result<PassageSet, Fault> {
    let parse = |set: PassageSet, text: &String| PassageSet::parse(text).map(|it| set.union(it));
    shut.iter().try_fold(PassageSet::EMPTY, parse).map_err(|it| fault(&it))
}

/// A mode by its English word.
pub fn mode_of(word: &str) -> Result<Mode, Fault> {
    let wanted = word.trim().to_ascii_lowercase();
    Mode::ALL
        .into_iter()
        .find(|it| it.word() == wanted)
        .ok_or_else(|| Fault::ours(Exit::Usage, 1929, &[("given", word)]))
}

fn find(
    desk: &mut Desk<'_>,
    from: &str,
    to: &str,
    shut: &[String],
    mass: &str,
    modes: &[String],
) -> Result<Exit, Fault> {
    let format = desk.format_among(&[
        Format::Table,
        Format::Json,
        Format::Jsonl,
        Format::Csv,
        Format::Parquet,
        Format::Xlsx,
    ])?;
    let modes = modes.iter().map(|it| mode_of(it)).collect::<Result<Vec<_>, _>>()?;
    let closed = closed(shut)?;
    let mass_kg = mass_of(mass)?;
    let library = library(desk)?;
    let economies = books::economies(&library)?;
    let places = place_book(&library)?;
    let mut resolve = |text: &str| -> Result<Place, Fault> {
        let found = places
            .resolve(text, &economies, &[])
            .map_err(|it| Fault::said(Exit::BadInput, &it.to_string()))?;
        for finding in &found.findings {
            let text = crate::screen::clean::line(&finding.text).into_owned();
            let _ = writeln!(desk.err, "{}: {text}", finding.code);
        }
        Ok(found.place)
    };
    let (origin, destination) = (resolve(from)?, resolve(to)?);
    let ports =
        PortBook::from_csv(&table(&library, "ports", "ports.csv")?.0).map_err(|it| refused("ports", &it))?;
    let airports = AirportBook::from_csv(&table(&library, "airports", "airports.csv")?.0)
        .map_err(|it| refused("airports", &it))?;
    let freight = FreightBook::from_csv(&table(&library, "freight-rates", "rates.csv")?.0)
        .map_err(|it| refused("freight-rates", &it))?;
    let (network, lead) = (network(&library)?, lead_times(&library)?);
    let books =
        RouteBooks { network: &network, ports: &ports, airports: &airports, lead: &lead, freight: &freight };
    let question = RouteQuestion {
        origin,
        destination,
        mass_kg,
        closed,
        vessel: None,
        as_of: desk.settings.as_of.to_string(),
    };
    let mut answer = alternatives(&question, books).map_err(|it| fault(&it))?;
    if !modes.is_empty() {
        answer.options.retain(|it| it.legs.iter().any(|leg| modes.contains(&leg.mode)));
    }
    match format {
        Format::Table => {
            let page = find_page(desk, &question, &answer, mass);
            desk.print_page(&page)?;
        }
        Format::Json => desk.print_json(&json!({
            "schema": "periplus.routes/1", "from": question.origin, "to": question.destination,
            "mass_kg": mass_kg, "shut": closed.keys(), "answer": answer,
        }))?,
        _ => {
            let sheet = find_sheet(desk, &answer);
            desk.print_sheet(&sheet)?
        }
    }
    Ok(if answer.options.is_empty() { Exit::NotFound } else { Exit::Ok })
}

fn mass_of(text: &str) -> Result<f64, Fault> {
    let quantity: Quantity =
        text.parse().map_err(|it: domain::DomainError| Fault::said(Exit::BadInput, &it.to_string()))?;
    quantity.kilograms().ok_or_else(|| Fault::ours(Exit::BadInput, 1930, &[("given", text)]))
}

fn way(option: &RouteOption) -> String {
    let mut text = String::new();
    for (index, leg) in option.legs.iter().enumerate() {
        if index == 0 {
            text.push_str(&leg.from.name);
        }
        let _ = write!(text, " –{}→ {}", leg.mode.word(), leg.to.name);
    }
    text
}

/// Nautical miles of the legs at sea; `None` for a way without any.
fn nm_at_sea(option: &RouteOption) -> Option<f64> {
    let legs = option.legs.iter().filter(|it| it.mode == Mode::Sea);
    let nm: f64 = legs.map(|it| it.distance_km / KM_PER_NM).sum();
    (nm > 0.0).then_some(nm)
}

/// The international nautical mile.
const KM_PER_NM: f64 = 1.852;

/// The way of the same modes, through no other passages, that is no slower and no dearer and on one of the two better.
fn beaten_by<'a>(option: &RouteOption, all: &'a [RouteOption]) -> Option<&'a RouteOption> {
    let modes = |it: &RouteOption| {
        let mut modes: Vec<Mode> =
            it.legs.iter().map(|leg| leg.mode).filter(|it| *it != Mode::Road).collect();
        modes.sort();
        modes.dedup();
        modes
    };
    let (days, freight) = (option.days.mid, option.freight_usd.mid);
    all.iter().find(|it| {
        let better = it.days.mid < days || it.freight_usd.mid < freight;
        let no_worse = it.days.mid <= days && it.freight_usd.mid <= freight;
        better
            && no_worse
            && modes(it) == modes(option)
            && it.passages.iter().all(|passage| option.passages.contains(passage))
    })
}

fn find_sheet(desk: &Desk<'_>, answer: &RouteAnswer) -> Sheet {
    let columns = [
        ("way", Kind::Text),
        ("km", Kind::Real(0)),
        ("days_p10", Kind::Real(1)),
        ("days_p50", Kind::Real(1)),
        ("days_p90", Kind::Real(1)),
        ("freight_usd_p50", Kind::Real(0)),
        ("passages", Kind::Text),
        ("id", Kind::Code),
        ("nm_sea", Kind::Real(0)),
        ("beaten_by", Kind::Code),
    ];
    let mut sheet = Sheet::with_keys("routes", &desk.words, &columns);
    for it in &answer.options {
        sheet.rows.push(vec![
            Cell::text(way(it)),
            Cell::Real(it.distance_km),
            Cell::Real(it.days.low),
            Cell::Real(it.days.mid),
            Cell::Real(it.days.high),
            Cell::Real(it.freight_usd.mid),
            Cell::text(it.passages.keys()),
            Cell::text(&it.id),
            Cell::maybe(nm_at_sea(it), Cell::Real),
            Cell::text(beaten_by(it, &answer.options).map_or("", |it| &it.id)),
        ]);
    }
    sheet
}

fn find_page(
    desk: &Desk<'_>,
    question: &RouteQuestion,
    answer: &RouteAnswer,
    mass: &str,
) -> crate::screen::Page {
    use crate::screen::grid::{Grid, Head};
    let words = &desk.words;
    let mut page = desk.page();
    let (beaten, kept): (Vec<&RouteOption>, Vec<&RouteOption>) =
        answer.options.iter().partition(|it| beaten_by(it, &answer.options).is_some());
    let args = [
        ("from", question.origin.to_string()),
        ("to", question.destination.to_string()),
        ("count", kept.len().to_string()),
        ("mass", mass.to_owned()),
    ];
    let args: Vec<(&str, &str)> = args.iter().map(|(key, value)| (*key, value.as_str())).collect();
    page.text(Role::Title, 0, 2, &words.with("route-title", &args));
    page.blank();
    let title = |key: &str| words.term("col", key);
    let mut grid = Grid::new(vec![
        Head::text(title("way")),
        Head::number(title("km")),
        Head::number(title("nm_sea")),
        Head::number(title("days")),
        Head::number(title("freight")),
        Head::text(title("passages")),
    ]);
    for it in &kept {
        grid.plain(vec![
            way(it),
            grouped_real(it.distance_km, 0),
            nm_at_sea(it).map_or_else(String::new, |it| grouped_real(it, 0)),
            format!("{}–{}–{}", days(it.days.low), days(it.days.mid), days(it.days.high)),
            format!("{}–{}", grouped_real(it.freight_usd.low, 0), grouped_real(it.freight_usd.high, 0)),
            passage_names(it.passages, words),
        ]);
    }
    grid.lay(&mut page, 0);
    page.blank();
    let shut = passage_names(question.closed, words);
    let note = match shut.as_str() {
        "" => words.get("route-open"),
        shut => words.with("route-shut", &[("passages", shut)]),
    };
    page.text(Role::Dim, 0, 2, &note);
    if desk.global.explain {
        for option in &kept {
            page.text(Role::Title, 0, 2, &way(option));
            for leg in &option.legs {
                page.text(Role::Dim, 2, 4, &leg_words(leg));
            }
        }
    }
    if !answer.dropped.is_empty() || !beaten.is_empty() {
        page.blank();
        page.text(Role::Title, 0, 0, &words.get("route-dropped"));
        for it in beaten {
            let by = beaten_by(it, &answer.options).map(way).unwrap_or_default();
            let days = format!("{}–{}–{}", days(it.days.low), days(it.days.mid), days(it.days.high));
            let why = words.with("route-beaten", &[("by", &by)]);
            let text = format!("{} ({days} {}){}{why}", way(it), words.get("days"), words.get("colon"));
            page.text(Role::Dim, 2, 4, &text);
        }
        for it in &answer.dropped {
            page.text(Role::Dim, 2, 4, &format!("{}{}{}", it.what, words.get("colon"), it.reason));
        }
    }
    crate::show::scan::foot(&mut page, words, false);
    page
}

fn leg_words(leg: &routes::Leg) -> String {
    let nm = match leg.mode {
        Mode::Sea => format!(" ({} nm)", grouped_real(leg.distance_km / KM_PER_NM, 0)),
        _ => String::new(),
    };
    let km = grouped_real(leg.distance_km, 0);
    format!("{} {} – {}, {km} km{nm} [m]", leg.mode.word(), leg.from.name, leg.to.name)
}

fn passage_names(set: PassageSet, words: &crate::words::Words) -> String {
    let names: Vec<String> = set.iter().map(|it| passage_name(it, words.lang)).collect();
    names.join(&words.get("list-comma"))
}

fn passage_name(passage: routes::Passage, lang: crate::words::Lang) -> String {
    match lang {
        crate::words::Lang::Zh => passage.name_zh().to_owned(),
        _ => passage.name().to_owned(),
    }
}

const NEEDED: [&str; 4] = ["a_lat", "a_lon", "b_lat", "b_lon"];

/// A file of pairs: what it says, and the pairs that can be read.
struct Pairs {
    header: Vec<String>,
    rows: Vec<csv::StringRecord>,
    /// For each row its pair, or why there is none.
    read: Vec<Result<(Coordinates, Coordinates), String>>,
}

fn pairs_matrix(desk: &mut Desk<'_>, file: &str, shut: &[String]) -> Result<Exit, Fault> {
    let pairs = read_pairs(desk, file)?;
    let closed = closed(shut)?;
    let library = library(desk)?;
    let (network, lead) = (network(&library)?, lead_times(&library)?);
    let closed = lead.closed_for(closed, None, &desk.settings.as_of.to_string());
    let known: Vec<(Coordinates, Coordinates)> =
        pairs.read.iter().filter_map(|it| it.as_ref().ok().copied()).collect();
    let message = desk.words.with("counting", &[("path", file)]);
    let found = progress::during(desk.around, &message, || matrix(&known, closed, &network, &lead))
        .map_err(|it| fault(&it))?;
    let mut found = found.into_iter();
    let answers: Vec<Result<MatrixRow, String>> = pairs
        .read
        .iter()
        .map(|it| match it {
            Ok(_) => found.next().map_or_else(|| Err(String::new()), |it| it.map_err(|it| it.to_string())),
            Err(why) => Err(why.clone()),
        })
        .collect();
    {
        let sheet = matrix_sheet(desk, &pairs, &answers);
        desk.print_sheet(&sheet)?
    }
    let rows: Vec<RowFault> = (2..)
        .zip(&answers)
        .filter_map(|(line, it)| it.as_ref().err().map(|why| RowFault { line, text: why.clone() }))
        .collect();
    if rows.is_empty() {
        return Ok(Exit::Ok);
    }
    let (bad, all) = (rows.len().to_string(), answers.len().to_string());
    Err(Fault::ours(Exit::BadInput, 1918, &[("bad", &bad), ("all", &all), ("path", file)]).rows(rows))
}

fn read_pairs(desk: &Desk<'_>, file: &str) -> Result<Pairs, Fault> {
    let path = desk.around.path(file);
    let input = lake::Input::open(&path).map_err(|it| books::lake_fault(&it))?;
    let text = lake::import::text::decode(&input, None).map_err(|it| books::lake_fault(&it))?;
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.text.as_bytes());
    let bad =
        |it: &csv::Error| Fault::ours(Exit::BadInput, 1916, &[("path", file), ("why", &it.to_string())]);
    let header: Vec<String> = reader.headers().map_err(|it| bad(&it))?.iter().map(str::to_owned).collect();
    let mut at = [0_usize; 4];
    for (slot, name) in at.iter_mut().zip(NEEDED) {
        *slot = header
            .iter()
            .position(|it| it.trim_start_matches('\u{feff}').eq_ignore_ascii_case(name))
            .ok_or_else(|| {
                let args = [
                    ("path", file),
                    ("missing", name),
                    ("looked", &NEEDED.join(", ")),
                    ("found", &header.join(", ")),
                ];
                Fault::ours(Exit::BadInput, 1917, &args)
            })?;
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        rows.push(record.map_err(|it| bad(&it))?);
    }
    let read = rows.iter().map(|row| pair(row, at)).collect();
    Ok(Pairs { header, rows, read })
}

fn pair(row: &csv::StringRecord, at: [usize; 4]) -> Result<(Coordinates, Coordinates), String> {
    let number = |slot: usize| -> Result<f64, String> {
        let text = row.get(at[slot]).unwrap_or("");
        text.parse().map_err(|_| format!("PRP-1931: {} '{text}' is not a number", NEEDED[slot]))
    };
    let point =
        |lat: usize, lon: usize| Coordinates::new(number(lat)?, number(lon)?).map_err(|it| it.to_string());
    Ok((point(0, 1)?, point(2, 3)?))
}

fn matrix_sheet(desk: &Desk<'_>, pairs: &Pairs, answers: &[Result<MatrixRow, String>]) -> Sheet {
    let carried =
        pairs.header.iter().map(|it| Column { key: it.clone(), title: it.clone(), kind: Kind::Code });
    let added = [
        ("distance_nm", Kind::Real(1)),
        ("days_p50", Kind::Real(2)),
        ("days_p90", Kind::Real(2)),
        ("snap_km", Kind::Real(2)),
        ("passages", Kind::Code),
    ];
    let added = added.iter().map(|(key, kind)| Column {
        key: (*key).to_owned(),
        title: desk.words.term("col", key),
        kind: *kind,
    });
    let any_bad = answers.iter().any(Result::is_err);
    let finding =
        Column { key: "finding".to_owned(), title: desk.words.term("col", "finding"), kind: Kind::Text };
    let mut sheet = Sheet::new("matrix", carried.chain(added).chain(any_bad.then_some(finding)).collect());
    let tidy = |value: f64, places: f64| Cell::Real((value * places).round() / places);
    for (row, answer) in pairs.rows.iter().zip(answers) {
        let mut cells: Vec<Cell> =
            (0..pairs.header.len()).map(|at| Cell::text(row.get(at).unwrap_or(""))).collect();
        match answer {
            Ok(it) => {
                cells.push(tidy(it.distance_nm, 100.0));
                cells.push(tidy(it.days_p50, 100.0));
                cells.push(tidy(it.days_p90, 100.0));
                cells.push(tidy(it.snap_km, 1000.0));
                cells.push(Cell::text(it.passages.keys()));
            }
            Err(_) => {
                cells.extend([Cell::Unknown, Cell::Unknown, Cell::Unknown, Cell::Unknown, Cell::Unknown])
            }
        }
        if any_bad {
            cells.push(Cell::text(answer.as_ref().err().map_or("", String::as_str)));
        }
        sheet.rows.push(cells);
    }
    sheet
}
