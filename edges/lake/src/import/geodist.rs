//! Bilateral distances and ties of CEPII GeoDist (`dist_cepii`, CSV or the native xls).

use std::collections::BTreeMap;

use domain::{Basis, Decimal, Economy, EconomyBook};

use super::clean::{self, Cell};
use super::report::Repair;
use super::sheet::{Row, Sheet, may, must};
use super::{
    About, Draft, Glimpse, Imported, Importer, Input, Kind, Options, Score, Tally, imported, wdi, workbook,
};
use crate::csv_text::Table;
use crate::error::LakeError;

pub const IMPORTER: Importer = Importer {
    kind: Kind::GeoDist,
    name: "geodist",
    what: "bilateral distances and ties of CEPII GeoDist (dist_cepii, CSV or xls)",
    guess,
    import,
};

const ABOUT: About = About {
    title: "GeoDist (dist_cepii)",
    publisher: "CEPII (Mayer and Zignago 2011)",
    licence: "Etalab 2.0",
    licence_url: Some("https://www.etalab.gouv.fr/licence-ouverte-open-licence"),
    basis: Basis::Modelled,
    how: "Kilometres between most populous cities (km), and weighted by the population of agglomerations (km_weighted, empty where \
CEPII has none); common border, common official language, ever in colonial relation. Both directions as published. Territories that \
are no longer in ISO 3166 are left out and counted.",
};

fn guess(file: &Glimpse<'_>) -> Score {
    if file.has_columns(&["iso_o", "iso_d", "dist"]) {
        return 95;
    }
    let workbook = file.input.is_workbook()
        && workbook::sheet_names(file.input)
            .is_ok_and(|it| it.iter().any(|name| name.contains("dist_cepii")));
    if workbook { 95 } else { 0 }
}

/// Codes that CEPII took from an older ISO 3166.
fn today(alpha3: &str) -> &str {
    match alpha3 {
        "ROM" => "ROU",
        "ZAR" => "COD",
        "TMP" => "TLS",
        "PAL" => "PSE",
        "YUG" => "SRB",
        other => other,
    }
}

fn import(input: &Input, options: &Options) -> Result<Imported, LakeError> {
    let economies = options.need_economies(input, "it turns three-letter codes into economies")?;
    let text = wdi::sheet_text(input, options)?;
    let sheet = Sheet::of_text("geodist", &input.given, text)?;
    let columns = sheet.columns([
        must(&["iso_o"]),
        must(&["iso_d"]),
        must(&["dist"]),
        may(&["distw"]),
        may(&["contig"]),
        may(&["comlang_off"]),
        may(&["colony"]),
    ])?;
    let mut tally = Tally::default();
    let mut pairs: BTreeMap<(Economy, Economy), [String; 5]> = BTreeMap::new();
    for row in sheet.rows() {
        let row = row?;
        if !row.fits(&mut tally) {
            continue;
        }
        let mut repairs = Vec::new();
        match read_row(&row, columns, economies, &mut repairs) {
            Err((column, reason, cell)) => tally.reject(row.line, column, reason, row.get(cell)),
            Ok((key, _)) if pairs.contains_key(&key) => {
                tally.set_aside(row.line, "iso_d", "duplicate pair", row.find(columns[1]));
            }
            Ok((key, cells)) => {
                pairs.insert(key, cells);
                tally.take(row.line, &mut repairs);
            }
        }
    }
    let mut table =
        Table::new(&["from", "to", "km", "km_weighted", "border", "common_language", "colonial_tie"]);
    for ((from, to), cells) in &pairs {
        table.row([from.code(), to.code()].into_iter().chain(cells.iter().map(String::as_str)));
    }
    let tables = vec![("geodist.csv".to_owned(), table.finish())];
    let draft = Draft { book: "geodist", about: &ABOUT, vintage: "2011", tables };
    imported(&IMPORTER, input, options, draft, &tally).map(|it| it.read_as(sheet.text()))
}

type CellFault = (&'static str, &'static str, usize);

fn read_row(
    row: &Row,
    [from, to, km, weighted, border, language, colony]: [Option<usize>; 7],
    economies: &EconomyBook,
    repairs: &mut Vec<Repair>,
) -> Result<((Economy, Economy), [String; 5]), CellFault> {
    let economy = |column: Option<usize>, name| {
        let code = today(row.find(column));
        economies.find_alpha3(code).ok_or((name, "not an economy of ISO 3166 today", column.unwrap_or(0)))
    };
    let pair = (economy(from, "iso_o")?, economy(to, "iso_d")?);
    let text = row.find(km);
    let distance = clean::number(text).take("dist", text, repairs, Decimal::to_string);
    let distance = distance.map_err(|it| ("dist", it, km.unwrap_or(0)))?;
    let flag = |column| if row.find(column) == "1" { "1" } else { "0" }.to_owned();
    let weighted = match clean::number(row.find(weighted)) {
        Cell::Plain(value) | Cell::Mended(value, _) => value.round_dp(1).normalize().to_string(),
        Cell::Missing | Cell::Bad(_) => String::new(),
    };
    let km = distance.round_dp(1).normalize().to_string();
    Ok((pair, [km, weighted, flag(border), flag(language), flag(colony)]))
}
