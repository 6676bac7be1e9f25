//! Euro foreign exchange reference rates of the European Central Bank: the wide history (`eurofxref-hist.csv`, one column
//! for each currency), the daily file, and SDMX CSV of the data set EXR.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Basis, Currency, Date, Decimal};

use super::clean::{self, Cell};
use super::report::Repair;
use super::sheet::{Row, Sheet, must};
use super::{About, Draft, Glimpse, Imported, Importer, Input, Kind, Options, Score, Tally, imported};
use crate::csv_text::Table;
use crate::error::LakeError;

pub(super) const IMPORTER: Importer = Importer {
    kind: Kind::EcbRates,
    name: "ecb-rates",
    what: "euro reference rates of the ECB (eurofxref-hist.zip, eurofxref.csv, SDMX CSV of EXR)",
    guess,
    import,
};

/// The publisher and its terms, for the bundled book as well.
pub const ABOUT: About = About {
    title: "Euro foreign exchange reference rates",
    publisher: "European Central Bank",
    licence: "ECB free reuse with attribution",
    licence_url: Some("https://www.ecb.europa.eu/services/using-our-site/disclaimer/html/index.en.html"),
    basis: Basis::Observed,
    how: "One row for each day and currency: how many units one euro buys. Days and currencies for which the ECB states N/A, and \
currencies that ISO 4217 no longer lists, are left out and counted.",
};

/// Rates by day and currency, in units for one euro.
pub type Rates = BTreeMap<(Date, Currency), Decimal>;

fn guess(file: &Glimpse<'_>) -> Score {
    if file.has_columns(&["Date", "USD", "JPY", "GBP"]) {
        return 95;
    }
    if file.has_columns(&["CURRENCY", "CURRENCY_DENOM", "TIME_PERIOD", "OBS_VALUE"]) {
        return 95;
    }
    if file.name.starts_with("eurofxref") { 60 } else { 0 }
}

fn import(input: &Input, options: &Options) -> Result<Imported, LakeError> {
    let sheet = Sheet::read("ecb-rates", input, options.encoding.as_deref())?;
    let mut tally = Tally::default();
    let rates = read(&sheet, &mut tally)?;
    let vintage = rates.keys().next_back().map_or_else(String::new, |(date, _)| date.to_string());
    let tables = vec![("rates.csv".to_owned(), rates_csv(&rates))];
    let draft = Draft { book: "rates", about: &ABOUT, vintage: &vintage, tables };
    imported(&IMPORTER, input, options, draft, &tally).map(|it| it.read_as(sheet.text()))
}

/// Reads either layout.
pub fn read(sheet: &Sheet<'_>, tally: &mut Tally) -> Result<Rates, LakeError> {
    if sheet.header().iter().any(|it| it.eq_ignore_ascii_case("OBS_VALUE")) {
        return read_sdmx(sheet, tally);
    }
    read_wide(sheet, tally)
}

/// The table of the book `rates`: newest day last.
pub fn rates_csv(rates: &Rates) -> String {
    let mut table = Table::new(&["date", "currency", "units_per_eur"]);
    for ((date, currency), units) in rates {
        table.row([&date.to_string(), currency.code(), &units.normalize().to_string()]);
    }
    table.finish()
}

fn read_wide(sheet: &Sheet<'_>, tally: &mut Tally) -> Result<Rates, LakeError> {
    let [date_column, _] = sheet.columns([must(&["Date"]), must(&["USD"])])?;
    let date_column = date_column.unwrap_or(0);
    let currencies: Vec<_> = sheet
        .header()
        .iter()
        .enumerate()
        .filter_map(|(at, name)| Some((at, name.parse::<Currency>().ok()?)))
        .collect();
    let mut rates = Rates::new();
    let mut seen = BTreeSet::new();
    for row in sheet.rows() {
        let row = row?;
        if !row.fits(tally) {
            continue;
        }
        let mut repairs = Vec::new();
        match wide_row(&row, date_column, &currencies, &mut repairs) {
            Err((column, reason)) => {
                let at = sheet.header().iter().position(|it| it == column).unwrap_or(0);
                tally.reject(row.line, column, reason, row.get(at));
            }
            Ok((date, _)) if !seen.insert(date) => {
                tally.set_aside(row.line, "Date", "duplicate day", &date.to_string());
            }
            Ok((date, values)) => {
                rates.extend(values.into_iter().map(|(currency, units)| ((date, currency), units)));
                tally.take(row.line, &mut repairs);
            }
        }
    }
    Ok(rates)
}

type Fault<'a> = (&'a str, &'static str);

fn wide_row<'a>(
    row: &Row,
    date_column: usize,
    currencies: &'a [(usize, Currency)],
    repairs: &mut Vec<Repair>,
) -> Result<(Date, Vec<(Currency, Decimal)>), Fault<'a>> {
    let text = row.get(date_column);
    let date = clean::date(text).take("Date", text, repairs, Date::to_string).map_err(|it| ("Date", it))?;
    let mut values = Vec::new();
    for (at, currency) in currencies {
        let text = row.get(*at);
        if matches!(clean::number(text), Cell::Missing) {
            continue;
        }
        let units = positive(text, repairs).map_err(|it| (currency.code(), it))?;
        values.push((*currency, units));
    }
    if values.is_empty() {
        return Err(("Date", "a day without any rate"));
    }
    Ok((date, values))
}

fn positive(text: &str, repairs: &mut Vec<Repair>) -> Result<Decimal, &'static str> {
    let units = clean::number(text).take("rate", text, repairs, Decimal::to_string)?;
    if units > Decimal::ZERO { Ok(units) } else { Err("a rate that is not above zero") }
}

fn read_sdmx(sheet: &Sheet<'_>, tally: &mut Tally) -> Result<Rates, LakeError> {
    let columns = sheet.columns([
        must(&["CURRENCY"]),
        must(&["CURRENCY_DENOM"]),
        must(&["TIME_PERIOD"]),
        must(&["OBS_VALUE"]),
    ])?;
    let [currency, denominator, period, value] = columns.map(Option::unwrap_or_default);
    let mut rates = Rates::new();
    for row in sheet.rows() {
        let row = row?;
        if !row.fits(tally) {
            continue;
        }
        if row.get(denominator) != "EUR" {
            tally.set_aside(
                row.line,
                "CURRENCY_DENOM",
                "a rate that is not against the euro",
                row.get(denominator),
            );
            continue;
        }
        if row.get(currency).parse::<Currency>().is_err() {
            tally.set_aside(row.line, "CURRENCY", "not a currency of ISO 4217 today", row.get(currency));
            continue;
        }
        if clean::is_missing(row.get(value)) {
            tally.set_aside(row.line, "OBS_VALUE", "no value", row.get(value));
            continue;
        }
        let mut repairs = Vec::new();
        match sdmx_row(&row, [currency, period, value], &mut repairs) {
            Err((column, reason, at)) => tally.reject(row.line, column, reason, row.get(at)),
            Ok((key, _)) if rates.contains_key(&key) => {
                tally.set_aside(row.line, "TIME_PERIOD", "duplicate day", row.get(period));
            }
            Ok((key, units)) => {
                rates.insert(key, units);
                tally.take(row.line, &mut repairs);
            }
        }
    }
    Ok(rates)
}

/// Column, reason, and where the cell is.
type CellFault = (&'static str, &'static str, usize);

fn sdmx_row(
    row: &Row,
    [currency, period, value]: [usize; 3],
    repairs: &mut Vec<Repair>,
) -> Result<((Date, Currency), Decimal), CellFault> {
    let code = row.get(currency).parse().map_err(|_| ("CURRENCY", "not a currency of ISO 4217", currency))?;
    let date = period_end(row.get(period)).ok_or(("TIME_PERIOD", "not a day or month", period))?;
    let units = positive(row.get(value), repairs).map_err(|it| ("OBS_VALUE", it, value))?;
    Ok(((date, code), units))
}

/// A day as it is; a month (2026-03) as its last day, since monthly rates are averages known only then.
fn period_end(text: &str) -> Option<Date> {
    if let Cell::Plain(date) = clean::date(text) {
        return Some(date);
    }
    let first: Date = format!("{text}-01").parse().ok()?;
    Some(first.last_of_month())
}
