//! World Development Indicators of the World Bank: the long layout (one row for each economy and year, the indicator in the
//! file's name) and the layout of the World Bank's own downloads (one column for each year, lines of title above the header;
//! CSV or workbook).

use std::collections::BTreeMap;

use domain::{Basis, Decimal, Economy, EconomyBook};

use super::clean::{self, Cell};
use super::report::Repair;
use super::sheet::{Row, Sheet, find_column, may, must};
use super::text::{Text, decode};
use super::{
    About, Draft, Glimpse, Imported, Importer, Input, Kind, Options, Score, Tally, imported, workbook,
};
use crate::csv_text::Table;
use crate::error::LakeError;

const KIND: &str = "world-bank";

pub const IMPORTER: Importer = Importer {
    kind: Kind::WorldBank,
    name: KIND,
    what: "a World Development Indicator (lending rates, lead times, logistics performance; CSV or workbook)",
    guess,
    import,
};

pub const ABOUT: About = About {
    title: "World Development Indicators",
    publisher: "World Bank",
    licence: "CC BY 4.0",
    licence_url: Some("https://creativecommons.org/licenses/by/4.0/"),
    basis: Basis::Observed,
    how: "One row for each indicator, economy and year, as published. Aggregates (regions, income groups) are left out and counted.",
};

/// Values of indicators: code in lower case, economy, year.
pub type Values = BTreeMap<(String, Economy, i16), Decimal>;

/// Codes of aggregates in the World Bank's lists ("Arab World", "Low income"): no economies.
const AGGREGATES: &str = "AFE AFR AFW ARB CAA CEA CEB CEU CLA CME CSA CSS EAP EAR EAS ECA ECS EMU EUU FCS FXS HIC HPC IBB IBD IBT \
IDA IDB IDX INX LAC LCN LDC LIC LMC LMY LTE MDE MEA MIC MNA NAC NAF NRS NXS OED OSS PRE PSS PST RRS SAS SSA SSF SST SXZ TEA TEC TLA \
TMN TSA TSS UMC WLD XZN";

fn guess(file: &Glimpse<'_>) -> Score {
    if file.has_columns(&["Country Name", "Country Code", "Year", "Value"]) {
        return 90;
    }
    let own_layout = file.head.lines().take(6).any(|line| {
        let key = super::sheet::header_key(line);
        key.starts_with("countrynamecountrycodeindicatorname")
    });
    if own_layout {
        return 95;
    }
    let workbook = file.input.is_workbook()
        && workbook::sheet_names(file.input)
            .is_ok_and(|it| it.iter().any(|name| name == "Metadata - Countries"));
    if workbook { 90 } else { 0 }
}

fn import(input: &Input, options: &Options) -> Result<Imported, LakeError> {
    let economies =
        options.need_economies(input, "it turns the World Bank's three-letter codes into economies")?;
    let mut tally = Tally::default();
    let text = sheet_text(input, options)?;
    let encoding = text.clone();
    let values = read(input, text, options.indicator.as_deref(), economies, &mut tally)?;
    let newest = values.keys().map(|(_, _, year)| *year).max().map_or_else(String::new, |it| it.to_string());
    let draft = Draft { book: "wdi", about: &ABOUT, vintage: &newest, tables: tables(&values) };
    let mut made = imported(&IMPORTER, input, options, draft, &tally)?.read_as(&encoding);
    // Each file is one indicator of many.
    made.keeps_others = true;
    Ok(made)
}

/// The file as text; of a workbook, its sheet "Data".
pub fn sheet_text<'a>(input: &'a Input, options: &Options) -> Result<Text<'a>, LakeError> {
    if !input.is_workbook() {
        return decode(input, options.encoding.as_deref());
    }
    let named = workbook::worksheet(input, Some("Data"));
    let sheet = named.or_else(|_| workbook::worksheet(input, None))?;
    Ok(Text { text: workbook::as_csv(&sheet).into(), encoding: "workbook", findings: Vec::new() })
}

/// One table for each indicator: `fr.inr.lend.csv`.
pub fn tables(values: &Values) -> Vec<(String, String)> {
    let mut by_indicator: BTreeMap<&str, Table> = BTreeMap::new();
    for ((indicator, economy, year), value) in values {
        let table = by_indicator
            .entry(indicator)
            .or_insert_with(|| Table::new(&["indicator", "economy", "year", "value"]));
        table.row([
            indicator.as_str(),
            economy.code(),
            &year.to_string(),
            &value.round_dp(6).normalize().to_string(),
        ]);
    }
    by_indicator.into_iter().map(|(name, table)| (format!("{name}.csv"), table.finish())).collect()
}

/// Reads either layout.
pub fn read(
    input: &Input,
    text: Text<'_>,
    indicator: Option<&str>,
    economies: &EconomyBook,
    tally: &mut Tally,
) -> Result<Values, LakeError> {
    let skipped = title_lines(&text.text);
    let body = Text { text: skip_lines(&text.text, skipped).to_owned().into(), ..text };
    let sheet = Sheet::of_text(KIND, &input.given, body)?;
    let mut reader = Reader { economies, tally, skipped: skipped as u64, values: Values::new() };
    if find_column(sheet.header(), &["Indicator Code"]).is_some() {
        reader.wide(&sheet)?;
    } else {
        let indicator = indicator.map(str::to_lowercase).or_else(|| indicator_of(&input.name));
        reader.long(&sheet, input, indicator)?;
    }
    Ok(reader.values)
}

/// Lines above the header: the World Bank prints the data source and the day of the last update there.
fn title_lines(text: &str) -> usize {
    text.lines().take(10).position(|it| super::sheet::header_key(it).starts_with("countryname")).unwrap_or(0)
}

fn skip_lines(text: &str, lines: usize) -> &str {
    let mut rest = text;
    for _ in 0..lines {
        rest = rest.split_once('\n').map_or("", |(_, after)| after);
    }
    rest
}

/// `fr.inr.lend.csv` and `API_FR.INR.LEND_DS2_en_csv_v2_1.csv` name their indicator.
fn indicator_of(name: &str) -> Option<String> {
    let stem = name.to_lowercase();
    let stem = stem.strip_prefix("api_").unwrap_or(&stem);
    let stem = stem.split("_ds2").next()?;
    let stem = stem.strip_suffix(".csv").unwrap_or(stem);
    let parts = stem.split('.').count();
    let plain = stem.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'.');
    (plain && (3..=6).contains(&parts)).then(|| stem.to_owned())
}

struct Reader<'a> {
    economies: &'a EconomyBook,
    tally: &'a mut Tally,
    skipped: u64,
    values: Values,
}

impl Reader<'_> {
    fn long(&mut self, sheet: &Sheet<'_>, input: &Input, indicator: Option<String>) -> Result<(), LakeError> {
        let [code, year, value, _] = sheet.columns([
            must(&["Country Code", "iso3"]),
            must(&["Year", "Date"]),
            must(&["Value"]),
            may(&["Country Name"]),
        ])?;
        let (code, year, value) = (code.unwrap_or(0), year.unwrap_or(0), value.unwrap_or(0));
        let Some(indicator) = indicator else {
            return Err(LakeError::Form {
                file: input.given.clone(),
                kind: KIND.to_owned(),
                why: "neither a column nor its name says which indicator it is; name the file as the indicator's code, for \
example fr.inr.lend.csv, or give --indicator"
                    .to_owned(),
            });
        };
        for row in sheet.rows() {
            let row = row?;
            if !row.fits(self.tally) {
                continue;
            }
            let mut repairs = Vec::new();
            let Some(economy) = self.economy(&row, code) else { continue };
            let when = clean::year(row.get(year)).take("Year", row.get(year), &mut repairs, i16::to_string);
            match when {
                Err(reason) => self.tally.reject(row.line + self.skipped, "Year", reason, row.get(year)),
                Ok(when) => self.put(&row, (indicator.clone(), economy, when), row.get(value), &mut repairs),
            }
        }
        Ok(())
    }

    fn wide(&mut self, sheet: &Sheet<'_>) -> Result<(), LakeError> {
        let [code, indicator] = sheet.columns([must(&["Country Code"]), must(&["Indicator Code"])])?;
        let (code, indicator) = (code.unwrap_or(0), indicator.unwrap_or(0));
        let years: Vec<(usize, i16)> = sheet
            .header()
            .iter()
            .enumerate()
            .filter_map(|(at, name)| Some((at, name.trim_start_matches("YR").get(..4)?.parse().ok()?)))
            .collect();
        for row in sheet.rows() {
            let row = row?;
            if !row.fits(self.tally) {
                continue;
            }
            let Some(economy) = self.economy(&row, code) else { continue };
            let name = row.get(indicator).to_lowercase();
            let filled: Vec<_> = years.iter().filter(|(at, _)| !clean::is_missing(row.get(*at))).collect();
            if filled.is_empty() {
                self.tally.set_aside(row.line + self.skipped, "", "no value in any year", row.get(code));
            }
            for (at, year) in filled {
                self.put(&row, (name.clone(), economy, *year), row.get(*at), &mut Vec::new());
            }
        }
        Ok(())
    }

    /// The economy of a row; `None` after the row was counted.
    fn economy(&mut self, row: &Row, code: usize) -> Option<Economy> {
        let alpha3 = row.get(code).to_uppercase();
        if AGGREGATES.split(' ').any(|it| it == alpha3) {
            self.tally.set_aside(
                row.line + self.skipped,
                "Country Code",
                "an aggregate of economies",
                &alpha3,
            );
            return None;
        }
        // The World Bank's own codes where they differ from ISO 3166.
        let iso = match alpha3.as_str() {
            "XKX" => return "XK".parse().ok(),
            "CHI" => "GGY",
            other => other,
        };
        let found = self.economies.find_alpha3(iso);
        if found.is_none() {
            self.tally.reject(row.line + self.skipped, "Country Code", "not an economy of ISO 3166", &alpha3);
        }
        found
    }

    fn put(&mut self, row: &Row, key: (String, Economy, i16), text: &str, repairs: &mut Vec<Repair>) {
        let line = row.line + self.skipped;
        let value = match clean::number(text) {
            Cell::Missing => return self.tally.set_aside(line, "Value", "no value", text),
            cell => cell.take("Value", text, repairs, Decimal::to_string),
        };
        match value {
            Err(reason) => self.tally.reject(line, "Value", reason, text),
            Ok(_) if self.values.contains_key(&key) => {
                self.tally.set_aside(line, "Year", "duplicate of economy and year", &key.2.to_string());
            }
            Ok(value) => {
                self.values.insert(key, value);
                self.tally.take(line, repairs);
            }
        }
    }
}
