//! Carbon intensity of electricity by economy and year: Our World in Data (after Ember) and Ember's yearly release.

use std::collections::BTreeMap;

use domain::{Basis, Decimal, Economy, EconomyBook};

use super::clean;
use super::report::Repair;
use super::sheet::{Row, Sheet, may, must};
use super::{About, Draft, Glimpse, Imported, Importer, Input, Kind, Options, Score, Tally, imported};
use crate::csv_text::Table;
use crate::error::LakeError;

pub const IMPORTER: Importer = Importer {
    kind: Kind::GridIntensity,
    name: "grid-intensity",
    what: "carbon intensity of electricity (Ember yearly release, Our World in Data)",
    guess,
    import,
};

pub const ABOUT: About = About {
    title: "Carbon intensity of electricity generation",
    publisher: "Ember; Our World in Data",
    licence: "CC BY 4.0",
    licence_url: Some("https://creativecommons.org/licenses/by/4.0/"),
    basis: Basis::Observed,
    how: "Grams of CO2 equivalent emitted for each kWh generated, by economy and year, as published (generation-based, life-cycle \
factors as Ember applies them). Aggregates (continents, unions, income groups) are left out and counted.",
};

/// Grams of CO2 equivalent a kWh.
pub type Intensities = BTreeMap<(Economy, i16), Decimal>;

fn guess(file: &Glimpse<'_>) -> Score {
    let owid = file.has_columns(&["Entity", "Code", "Year"])
        && file.header.iter().any(|it| it.contains("carbonintensity") || it.contains("co2intensity"));
    let ember = file.has_columns(&["Area", "Year", "Variable", "Unit", "Value"]);
    if owid || ember { 95 } else { 0 }
}

fn import(input: &Input, options: &Options) -> Result<Imported, LakeError> {
    let economies = options.need_economies(input, "it turns three-letter codes into economies")?;
    let sheet = Sheet::read("grid-intensity", input, options.encoding.as_deref())?;
    let mut tally = Tally::default();
    let all = read(&sheet, economies, &mut tally)?;
    let newest = all.keys().map(|(_, year)| *year).max().map_or_else(String::new, |it| it.to_string());
    let tables = vec![("grid.csv".to_owned(), grid_csv(&all))];
    let draft = Draft { book: "grid", about: &ABOUT, vintage: &newest, tables };
    imported(&IMPORTER, input, options, draft, &tally).map(|it| it.read_as(sheet.text()))
}

/// The table of the book `grid`.
pub fn grid_csv(all: &Intensities) -> String {
    let mut table = Table::new(&["economy", "year", "g_per_kwh"]);
    for ((economy, year), grams) in all {
        table.row([economy.code(), &year.to_string(), &grams.normalize().to_string()]);
    }
    table.finish()
}

/// Reads either layout.
pub fn read(sheet: &Sheet<'_>, economies: &EconomyBook, tally: &mut Tally) -> Result<Intensities, LakeError> {
    let columns = sheet.columns([
        must(&["Code", "Country code", "ISO 3 code"]),
        must(&["Year"]),
        must(&[
            "carbon_intensity",
            "Carbon intensity of electricity - gCO2/kWh",
            "Carbon intensity of electricity generation - gCO2/kWh",
            "co2_intensity",
            "Value",
        ]),
        may(&["Variable"]),
    ])?;
    let [code, year, value, variable] = columns;
    let at = [code, year, value].map(Option::unwrap_or_default);
    let mut all = Intensities::new();
    for row in sheet.rows() {
        let row = row?;
        if !row.fits(tally) {
            continue;
        }
        if variable.is_some_and(|it| !row.get(it).eq_ignore_ascii_case("CO2 intensity")) {
            tally.set_aside(row.line, "Variable", "another variable than CO2 intensity", row.find(variable));
            continue;
        }
        let alpha3 = row.get(at[0]);
        if alpha3.is_empty() || (alpha3.starts_with("OWID_") && alpha3 != "OWID_KOS") {
            tally.set_aside(row.line, "Code", "an aggregate of economies", alpha3);
            continue;
        }
        let mut repairs = Vec::new();
        match read_row(&row, at, economies, &mut repairs) {
            Err((column, reason, cell)) => tally.reject(row.line, column, reason, row.get(cell)),
            Ok((key, _)) if all.contains_key(&key) => {
                tally.set_aside(row.line, "Year", "duplicate of economy and year", row.get(at[1]));
            }
            Ok((key, grams)) => {
                all.insert(key, grams);
                tally.take(row.line, &mut repairs);
            }
        }
    }
    Ok(all)
}

type CellFault = (&'static str, &'static str, usize);

fn read_row(
    row: &Row,
    [code, year, value]: [usize; 3],
    economies: &EconomyBook,
    repairs: &mut Vec<Repair>,
) -> Result<((Economy, i16), Decimal), CellFault> {
    let alpha3 = row.get(code);
    let economy = match alpha3 {
        "OWID_KOS" | "XKX" => "XK".parse().ok(),
        _ => economies.find_alpha3(alpha3),
    };
    let economy = economy.ok_or(("Code", "not an economy of ISO 3166", code))?;
    let when = clean::year(row.get(year)).take("Year", row.get(year), repairs, i16::to_string);
    let when = when.map_err(|it| ("Year", it, year))?;
    let text = row.get(value);
    let grams = clean::number(text)
        .take("value", text, repairs, Decimal::to_string)
        .map_err(|it| ("value", it, value))?;
    if grams.is_sign_negative() || grams > Decimal::from(5000) {
        return Err(("value", "not a carbon intensity in g/kWh", value));
    }
    Ok(((economy, when), grams))
}
