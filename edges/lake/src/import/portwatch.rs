//! Daily transit calls at chokepoints (IMF PortWatch), for monitoring. IMF terms: imported by the person who has it, never bundled.

use std::collections::BTreeMap;

use domain::{Basis, Date, Decimal};

use super::clean;
use super::report::Repair;
use super::sheet::{Row, Sheet, may, must};
use super::{About, Draft, Glimpse, Imported, Importer, Input, Kind, Options, Score, Tally, imported};
use crate::csv_text::Table;
use crate::error::LakeError;

pub const IMPORTER: Importer = Importer {
    kind: Kind::Chokepoints,
    name: "chokepoints",
    what: "daily transit calls at chokepoints (IMF PortWatch)",
    guess,
    import,
};

const ABOUT: About = About {
    title: "PortWatch daily chokepoint transit calls",
    publisher: "IMF PortWatch",
    licence: "IMF terms, free use with attribution",
    licence_url: Some("https://portwatch.imf.org"),
    basis: Basis::Modelled,
    how: "Transit calls and trade capacity (t) estimated by PortWatch from ship positions, by day and passage, as published.",
};

fn guess(file: &Glimpse<'_>) -> Score {
    let named =
        file.has_columns(&["date", "chokepoint"]) || file.has_columns(&["date", "portname", "portid"]);
    if named && file.has_columns(&["n_total", "n_tanker", "capacity"]) { 95 } else { 0 }
}

fn import(input: &Input, options: &Options) -> Result<Imported, LakeError> {
    let sheet = Sheet::read("chokepoints", input, options.encoding.as_deref())?;
    let columns = sheet.columns([
        must(&["date"]),
        must(&["chokepoint", "portname"]),
        must(&["n_total"]),
        must(&["n_tanker"]),
        may(&["n_cargo"]),
        must(&["capacity"]),
    ])?;
    let at = columns.map(Option::unwrap_or_default);
    let mut tally = Tally::default();
    let mut days: BTreeMap<(Date, String), [Decimal; 4]> = BTreeMap::new();
    for row in sheet.rows() {
        let row = row?;
        if !row.fits(&mut tally) {
            continue;
        }
        let mut repairs = Vec::new();
        match read_row(&row, at, &mut repairs) {
            Err((column, reason, cell)) => tally.reject(row.line, column, reason, row.get(cell)),
            Ok((key, _)) if days.contains_key(&key) => {
                tally.set_aside(row.line, "date", "duplicate of day and passage", row.get(at[0]));
            }
            Ok((key, values)) => {
                days.insert(key, values);
                tally.take(row.line, &mut repairs);
            }
        }
    }
    let newest = days.keys().next_back().map_or_else(String::new, |(date, _)| date.to_string());
    let mut table = Table::new(&["date", "passage", "calls", "tanker_calls", "cargo_calls", "capacity_t"]);
    for ((date, passage), [calls, tankers, cargo, capacity]) in &days {
        table.row([
            &date.to_string(),
            passage,
            &calls.to_string(),
            &tankers.to_string(),
            &cargo.to_string(),
            &capacity.to_string(),
        ]);
    }
    let tables = vec![("chokepoints.csv".to_owned(), table.finish())];
    let draft = Draft { book: "chokepoints", about: &ABOUT, vintage: &newest, tables };
    imported(&IMPORTER, input, options, draft, &tally).map(|it| it.read_as(sheet.text()))
}

type CellFault = (&'static str, &'static str, usize);

fn read_row(
    row: &Row,
    [date, passage, total, tanker, cargo, capacity]: [usize; 6],
    repairs: &mut Vec<Repair>,
) -> Result<((Date, String), [Decimal; 4]), CellFault> {
    let day = clean::date(row.get(date)).take("date", row.get(date), repairs, Date::to_string);
    let day = day.map_err(|it| ("date", it, date))?;
    let name = passage_name(row.get(passage));
    if name.is_empty() {
        return Err(("passage", "no name", passage));
    }
    let mut values = [Decimal::ZERO; 4];
    for (value, (column, at)) in values.iter_mut().zip([
        ("n_total", total),
        ("n_tanker", tanker),
        ("n_cargo", cargo),
        ("capacity", capacity),
    ]) {
        let text = row.get(at);
        *value = clean::number(text)
            .take(column, text, repairs, Decimal::to_string)
            .map_err(|it| (column, it, at))?;
        if value.is_sign_negative() {
            return Err((column, "less than none", at));
        }
    }
    Ok(((day, name), values))
}

/// "Bab el-Mandeb Strait" and "bab_el_mandeb" to one word: `bab-el-mandeb`.
fn passage_name(text: &str) -> String {
    let lower = text.to_lowercase().replace(['_', ' '], "-");
    ["-strait", "-canal", "strait-of-"].iter().fold(lower, |name, it| name.replace(it, ""))
}
