//! Importers: an official file in, a book in our own compact layout out. Bundled and imported books share that layout,
//! so one reader serves both. To add an importer: a variant of [`Kind`] and a row of [`IMPORTERS`].

use std::sync::Arc;

use domain::EconomyBook;

use crate::books::SourceToml;
use crate::books::source::{InputRef, TableRef};
use crate::error::LakeError;

pub mod clean;
pub mod ecb;
pub mod flows;
pub mod geodist;
pub mod grid;
pub mod input;
pub mod lsci;
pub mod openflights;
pub mod places;
pub mod portwatch;
pub mod quotes;
pub mod report;
pub mod sheet;
pub mod tariff;
#[cfg(test)]
mod tests;
pub mod text;
pub mod wdi;
pub mod workbook;

pub use input::{Input, Member, tar_members, zip_members};
pub use report::{ImportReport, Tally};

/// How sure an importer is that a file is its own: 0 no, 100 certain.
pub type Score = u8;
/// A guess below this is no guess.
const LEAST_SCORE: Score = 40;
/// How much of a file the guessing looks at.
pub const GUESS_BYTES: usize = 16 << 10;

/// Every kind of official file that can be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    EcbRates,
    WorldBank,
    GridIntensity,
    Airports,
    AirRoutes,
    Chokepoints,
    CountryConnectivity,
    PortConnectivity,
    GeoDist,
    Places,
    Flows,
    Quotes,
    UsTariffDatabase,
    UsTariffSegments,
    UsSection301,
    UsSection232,
    UsExemptProducts,
    UkgtAndCet,
    AuSchedule3,
    AuAgreements,
    UkCommodity,
    UkOriginSchemes,
    UkOriginRules,
}

/// One importer.
#[derive(Clone, Copy, Debug)]
pub struct Importer {
    pub kind: Kind,
    /// As on the command line: `ecb-rates`.
    pub name: &'static str,
    /// One line for `data import --help`.
    pub what: &'static str,
    pub guess: fn(&Glimpse<'_>) -> Score,
    pub import: fn(&Input, &Options) -> Result<Imported, LakeError>,
}

/// All importers. Order settles equal guesses: the first wins.
pub const IMPORTERS: &[Importer] = &[
    ecb::IMPORTER,
    wdi::IMPORTER,
    grid::IMPORTER,
    openflights::AIRPORTS,
    openflights::ROUTES,
    portwatch::IMPORTER,
    lsci::COUNTRIES,
    lsci::PORTS,
    geodist::IMPORTER,
    places::IMPORTER,
    flows::IMPORTER,
    quotes::IMPORTER,
    tariff::usitc::DATABASE,
    tariff::usitc::SEGMENTS,
    tariff::us_lists::SECTION_301,
    tariff::us_lists::SECTION_232,
    tariff::us_lists::EXEMPT,
    tariff::ukgt::IMPORTER,
    tariff::australia::SCHEDULE_3,
    tariff::australia::AGREEMENTS,
    tariff::uk_api::IMPORTER,
    tariff::origin_rules::SCHEMES,
    tariff::origin_rules::RULES,
];

/// What guessing sees of a file: its name and its beginning as text (empty for workbooks and Parquet).
#[derive(Debug)]
pub struct Glimpse<'a> {
    pub input: &'a Input,
    /// Lower case, folders and compression suffixes off.
    pub name: String,
    pub head: String,
    /// Cells of the first line, lower case, letters and digits only.
    pub header: Vec<String>,
}

impl<'a> Glimpse<'a> {
    fn of(input: &'a Input) -> Self {
        let binary = input.is_workbook() || input.is_parquet() || input.is_tar();
        let head = if binary { String::new() } else { head_text(input) };
        let delimiter = char::from(sheet::find_delimiter(&head));
        let header = first_line(&head).split(delimiter).map(sheet::header_key).collect::<Vec<_>>();
        Self { input, name: input.name.to_lowercase(), head, header }
    }

    /// Whether the first line has all these column names (compared like [`sheet::header_key`]).
    pub fn has_columns(&self, names: &[&str]) -> bool {
        names.iter().all(|name| self.header.contains(&sheet::header_key(name)))
    }
}

/// Lines end with LF, CR LF, or CR alone (old spreadsheets).
fn first_line(text: &str) -> &str {
    text.split(['\n', '\r']).next().unwrap_or("")
}

fn head_text(input: &Input) -> String {
    let head = input.head(GUESS_BYTES);
    text::decode_bytes(&input.given, head, None)
        .map(|it| it.text.into_owned())
        .or_else(|_| {
            text::decode_bytes(&input.given, head, Some("windows-1252")).map(|it| it.text.into_owned())
        })
        .unwrap_or_default()
}

/// What a person may say about a file besides its kind.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// WHATWG label that overrides the detected encoding.
    pub encoding: Option<String>,
    /// Vintage, when the file does not say it.
    pub vintage: Option<String>,
    /// Day on which the file was had, for `source.toml`.
    pub retrieved: Option<String>,
    /// Economy whose tariff it is, where the file does not say.
    pub economy: Option<domain::Economy>,
    /// Code of the indicator, where neither the file nor its name says (`fr.inr.lend`).
    pub indicator: Option<String>,
    /// Names and codes of economies. Importers that need them fail with PRP-1427 without.
    pub economies: Option<Arc<EconomyBook>>,
}

impl Options {
    /// The table of economies, or the error that says it is needed.
    pub fn need_economies(&self, input: &Input, why: &str) -> Result<&EconomyBook, LakeError> {
        self.economies.as_deref().ok_or_else(|| LakeError::NeedsBook {
            file: input.given.clone(),
            book: "economies".to_owned(),
            why: why.to_owned(),
        })
    }
}

/// A book made from a file: its tables, its source, and what was done with each row.
#[derive(Clone, Debug)]
pub struct Imported {
    /// Name of the book: `rates`, `tariff-us`.
    pub book: String,
    /// File name and CSV text.
    pub tables: Vec<(String, String)>,
    pub source: SourceToml,
    pub report: ImportReport,
    /// Whether tables of the edition in force that this import does not make stay (one file of several was imported).
    pub keeps_others: bool,
}

/// What an importer knows of its source besides the file.
#[derive(Clone, Copy, Debug)]
pub struct About {
    pub title: &'static str,
    pub publisher: &'static str,
    pub licence: &'static str,
    pub licence_url: Option<&'static str>,
    pub basis: domain::Basis,
    pub how: &'static str,
}

/// A book as an importer has made it.
#[derive(Clone, Debug)]
pub struct Draft<'a> {
    /// Name of the book: `rates`, `tariff-us`.
    pub book: &'a str,
    pub about: &'a About,
    /// What the file says of its date; a vintage given by the person goes before it.
    pub vintage: &'a str,
    /// File name and CSV text.
    pub tables: Vec<(String, String)>,
}

/// Puts a book together from tables and tally; refuses one without rows, so that the old book stays in force.
pub fn imported(
    importer: &Importer,
    input: &Input,
    options: &Options,
    draft: Draft<'_>,
    tally: &Tally,
) -> Result<Imported, LakeError> {
    if tally.rows_read() == 0 {
        return Err(LakeError::NoRows { file: input.given.clone() });
    }
    if tally.usable() == 0 {
        return Err(LakeError::AllRejected { file: input.given.clone(), reasons: tally.reasons() });
    }
    let source = SourceToml {
        title: draft.about.title.to_owned(),
        publisher: draft.about.publisher.to_owned(),
        licence: draft.about.licence.to_owned(),
        licence_url: draft.about.licence_url.map(str::to_owned),
        vintage: options.vintage.clone().unwrap_or_else(|| draft.vintage.to_owned()),
        retrieved: options.retrieved.clone(),
        basis: draft.about.basis,
        made_by: format!("periplus data import {}", importer.name),
        how: draft.about.how.to_owned(),
        inputs: vec![InputRef {
            file: input.given.clone(),
            sha256: input.sha256.hex().to_owned(),
            publisher: None,
            licence: None,
        }],
        tables: draft.tables.iter().map(|(file, text)| TableRef::of(file, text)).collect(),
    };
    let report = ImportReport::new(importer.name, draft.book, input, tally);
    Ok(Imported { book: draft.book.to_owned(), tables: draft.tables, source, report, keeps_others: false })
}

impl Imported {
    /// Adds what decoding had to say.
    #[must_use]
    pub fn read_as(mut self, text: &text::Text<'_>) -> Self {
        text.encoding.clone_into(&mut self.report.encoding);
        self.report.findings.extend(text.findings.iter().cloned());
        self
    }
}

/// The importer of a kind by its name on the command line.
pub fn find_importer(name: &str) -> Result<&'static Importer, LakeError> {
    let wanted = name.trim().to_lowercase();
    IMPORTERS.iter().find(|it| it.name == wanted).ok_or_else(|| {
        let nearest = domain::suggest::nearest(&wanted, IMPORTERS.iter().map(|it| it.name));
        LakeError::KindName {
            given: name.to_owned(),
            known: known_kinds(),
            hint: nearest.map(|it| format!("; did you mean {it}?")).unwrap_or_default(),
        }
    })
}

/// "ecb-rates, world-bank, ..."
pub fn known_kinds() -> String {
    IMPORTERS.iter().map(|it| it.name).collect::<Vec<_>>().join(", ")
}

/// The importer that is surest of this file.
pub fn guess(input: &Input) -> Result<&'static Importer, LakeError> {
    let glimpse = Glimpse::of(input);
    let mut best: Option<(Score, &'static Importer)> = None;
    for importer in IMPORTERS {
        let score = (importer.guess)(&glimpse);
        if score >= LEAST_SCORE && best.is_none_or(|(it, _)| score > it) {
            best = Some((score, importer));
        }
    }
    best.map(|(_, it)| it).ok_or_else(|| LakeError::UnknownKind {
        file: input.given.clone(),
        seen: seen(&glimpse),
        known: known_kinds(),
    })
}

fn seen(glimpse: &Glimpse<'_>) -> String {
    if glimpse.input.is_workbook() {
        return "a workbook".to_owned();
    }
    if glimpse.input.is_parquet() {
        return "a Parquet file".to_owned();
    }
    let line: String = first_line(&glimpse.head).chars().take(100).collect();
    format!("its first line is '{}'", line.trim())
}

/// Imports `input` as `kind`, guessed when left out. Pure: nothing is written.
pub fn import(kind: Option<&str>, input: &Input, options: &Options) -> Result<Imported, LakeError> {
    let importer = match kind {
        Some(name) => find_importer(name)?,
        None => guess(input)?,
    };
    (importer.import)(input, options)
}
