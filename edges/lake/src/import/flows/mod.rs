//! Yearly bilateral trade flows: CEPII BACI, UN Comtrade in its three layouts, plain tables of exporter and importer,
//! as CSV, workbook or Parquet; found by the header.
//!
//! One row in the book is one flow of goods in a year: summed over months and national lines, never over repeated reports.

mod codes;
mod columns;
mod parquet;
mod settle;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use domain::{Basis, Decimal, EconomyBook, Finding, HsCode, Severity};
use market::FlowBook;

use super::clean::{self, Cell};
use super::report::Repair;
use super::sheet::{Row, Sheet};
use super::text::Text;
use super::{
    About, Draft, Glimpse, Imported, Importer, Input, Kind, Options, Score, Tally, imported, workbook,
};
use crate::error::LakeError;

pub use codes::baci_economies;
use codes::{Codes, Partner};
use columns::{Ends, Layout, Period, Publisher};
use settle::{Direction, Reported};

pub(super) const IMPORTER: Importer = Importer {
    kind: Kind::Flows,
    name: "flows",
    what: "yearly bilateral trade (CEPII BACI, UN Comtrade legacy, Plus or API, exporter-importer tables; CSV, XLSX, Parquet)",
    guess,
    import,
};

/// A year of BACI has some 11 million flows; a file with more is not one that fits the memory of a laptop.
const MOST_FLOWS: usize = 12_000_000;

/// CEPII's terms, for the bundled book as well.
pub const BACI: About = About {
    title: "BACI: international trade database at the product level",
    publisher: "CEPII",
    licence: "Etalab Open Licence 2.0",
    licence_url: Some("https://www.etalab.gouv.fr/licence-ouverte-open-licence"),
    basis: Basis::Observed,
    how: "Values are reconciled by CEPII from the reports of both partners and stated free on board at the exporter's border; \
thousands of US dollars are turned into dollars and tonnes into kilograms. A quantity that the source does not state, or states as \
zero, is unknown. 'Other Asia, nes' (490) is taken for Taiwan, as the United Nations explain it; other areas not elsewhere specified \
are kept under ZZ, so that world totals stay whole.",
};
const COMTRADE: About = About {
    title: "UN Comtrade",
    publisher: "United Nations Statistics Division",
    licence: "UN Comtrade terms of use (no redistribution of extracts)",
    licence_url: Some("https://comtradeplus.un.org/"),
    basis: Basis::Observed,
    how: "Exporters' reports, free on board; where the exporter reports nothing, the importer's report as it stands, which most \
economies value with insurance and freight. The two sides are not reconciled. Totals over partners, breakdowns by customs procedure, \
transport or second partner, and partial flows (re-exports, inward processing) are left out, and so are repeated rows.",
};
const PLAIN: About = About {
    title: "Trade flows of a file",
    publisher: "not stated by the file",
    licence: "not stated by the file",
    licence_url: None,
    basis: Basis::Observed,
    how: "Values are taken as US dollars free on board at the exporter's border; a quantity that is missing or zero is unknown.",
};

fn guess(file: &Glimpse<'_>) -> Score {
    if file.input.is_parquet() {
        return match parquet::header(file.input) {
            Ok(header) if columns::find(&header).is_some() => 90,
            _ => 0,
        };
    }
    let delimiter = char::from(super::sheet::find_delimiter(&file.head));
    let first = file.head.lines().next().unwrap_or("").trim_start_matches('\u{feff}');
    let header: Vec<String> =
        first.split(delimiter).map(|it| it.trim_matches(['"', ' ']).to_owned()).collect();
    if columns::find(&header).is_some() { 90 } else { 0 }
}

fn import(input: &Input, options: &Options) -> Result<Imported, LakeError> {
    let economies = options.need_economies(input, "flows name economies by number or by three letters")?;
    let read = read(input, options, economies)?;
    let vintage = read.book.list_goods().iter().flat_map(|it| read.book.list_years(*it)).max();
    let vintage = vintage.map(|it| it.to_string()).unwrap_or_default();
    let tables = vec![("flows.csv".to_owned(), read.book.to_csv())];
    let draft = Draft { book: "flows", about: read.about, vintage: &vintage, tables };
    let mut made = imported(&IMPORTER, input, options, draft, &read.tally)?;
    made.report.encoding = read.encoding;
    made.report.findings.extend(read.findings);
    Ok(made)
}

/// A file of flows as read.
#[derive(Debug)]
pub struct ReadFlows {
    pub book: Arc<FlowBook>,
    pub about: &'static About,
    pub tally: Tally,
    pub findings: Vec<Finding>,
    pub encoding: String,
}

/// Reads a file of flows in any of the layouts.
pub fn read(input: &Input, options: &Options, economies: &EconomyBook) -> Result<ReadFlows, LakeError> {
    let sheet = sheet(input, options)?;
    let layout = columns::find(sheet.header()).ok_or_else(|| LakeError::MissingColumns {
        file: input.given.clone(),
        kind: IMPORTER.name.to_owned(),
        missing: "exporter, importer, goods code, value".to_owned(),
        looked_for: columns::LOOKED_FOR.to_owned(),
        found: sheet.header().join(", "),
    })?;
    let about = match layout.publisher {
        Publisher::Cepii => &BACI,
        Publisher::Comtrade => &COMTRADE,
        Publisher::Unknown => &PLAIN,
    };
    let fallback_year = match layout.period {
        Period::Missing => Some(year_of_file(input, options)?),
        Period::Year { .. } => None,
    };
    let mut reader = Reader {
        layout: &layout,
        header: sheet.header(),
        codes: Codes::new(economies),
        fallback_year,
        tally: Tally::default(),
        reported: Vec::new(),
        notes: Notes::default(),
    };
    for row in sheet.rows() {
        reader.take(&row?);
        if reader.reported.len() > MOST_FLOWS {
            return Err(LakeError::TooLarge {
                file: input.given.clone(),
                limit: MOST_FLOWS as u64,
                why: "flows; split it by year".to_owned(),
            });
        }
    }
    let Reader { mut tally, reported, notes, .. } = reader;
    let mut findings = sheet.text().findings.clone();
    let flows = settle::settle(reported, &mut tally, &mut findings);
    findings.extend(notes.findings());
    let source = Arc::new(domain::Source {
        title: about.title.to_owned(),
        publisher: about.publisher.to_owned(),
        vintage: options.vintage.clone().unwrap_or_default(),
        book: None,
        licence: Some(about.licence.to_owned()),
    });
    let encoding = sheet.text().encoding.to_owned();
    Ok(ReadFlows { book: FlowBook::new(flows, source), about, tally, findings, encoding })
}

fn sheet<'a>(input: &'a Input, options: &Options) -> Result<Sheet<'a>, LakeError> {
    let table = if input.is_parquet() {
        Some((parquet::as_csv(input)?, "Parquet"))
    } else if input.is_workbook() {
        Some((workbook::as_csv(&workbook::worksheet(input, None)?), "workbook"))
    } else {
        None
    };
    match table {
        None => Sheet::read(IMPORTER.name, input, options.encoding.as_deref()),
        Some((text, encoding)) => {
            let text = Text { text: Cow::Owned(text), encoding, findings: Vec::new() };
            Sheet::of_text(IMPORTER.name, &input.given, text)
        }
    }
}

/// The year of a file without a column for it: as the person says, else the one in the file's name.
fn year_of_file(input: &Input, options: &Options) -> Result<u16, LakeError> {
    let stated = options.vintage.as_deref().and_then(|it| it.get(..4)).and_then(|it| it.parse().ok());
    let digits = input.given.split(|it: char| !it.is_ascii_digit());
    let mut named = digits.filter(|it| it.len() == 4).filter_map(|it| it.parse().ok());
    stated.or_else(|| named.find(|it| (1962..=2100).contains(it))).ok_or_else(|| LakeError::Form {
        file: input.given.clone(),
        kind: IMPORTER.name.to_owned(),
        why: "it has no year column and no year in its name; say the year with --vintage".to_owned(),
    })
}

/// What the rows say together.
#[derive(Debug, Default)]
struct Notes {
    /// Flows without a quantity, by why.
    unweighed: BTreeMap<&'static str, u64>,
    unspecified: u64,
}

impl Notes {
    fn findings(self) -> Vec<Finding> {
        let mut findings = Vec::new();
        let unweighed: u64 = self.unweighed.values().sum();
        if unweighed > 0 {
            let why: Vec<String> =
                self.unweighed.iter().map(|(why, rows)| format!("{why}: {rows}")).collect();
            let text = format!("the quantity of {unweighed} rows is unknown ({})", why.join(", "));
            findings.push(Finding::new(1440, Severity::Note, text));
        }
        if self.unspecified > 0 {
            let text = format!(
                "{} rows name an area not elsewhere specified; they count in world totals and are nobody's origin or market",
                self.unspecified
            );
            findings.push(Finding::new(1441, Severity::Note, text));
        }
        findings
    }
}

struct Reader<'a> {
    layout: &'a Layout,
    header: &'a [String],
    codes: Codes<'a>,
    fallback_year: Option<u16>,
    tally: Tally,
    reported: Vec<Reported>,
    notes: Notes,
}

/// Exporter and importer, each with the number of its code, and whose report it is.
type Pair = ((domain::Economy, u16), (domain::Economy, u16), Direction);

/// Why a row is not taken: whether it is set aside, its column, and the reason.
struct Fault {
    aside: bool,
    column: Option<usize>,
    reason: &'static str,
}

fn reject(column: usize, reason: &'static str) -> Fault {
    Fault { aside: false, column: Some(column), reason }
}

fn aside(column: usize, reason: &'static str) -> Fault {
    Fault { aside: true, column: Some(column), reason }
}

impl Reader<'_> {
    fn take(&mut self, row: &Row) {
        let mut repairs = Vec::new();
        match self.reported(row, &mut repairs) {
            // Counted when duplicates are known.
            Ok(mut reported) => {
                reported.repair = repairs.into_iter().next().map(Box::new);
                self.reported.push(reported);
            }
            Err(fault) => {
                let column = fault.column.and_then(|it| self.header.get(it)).map_or("", String::as_str);
                let found = row.find(fault.column);
                if fault.aside {
                    self.tally.set_aside(row.line, column, fault.reason, found);
                } else {
                    self.tally.reject(row.line, column, fault.reason, found);
                }
            }
        }
    }

    fn reported(&mut self, row: &Row, repairs: &mut Vec<Repair>) -> Result<Reported, Fault> {
        let layout = self.layout;
        if row.len() < self.header.len().min(layout.width()) {
            return Err(Fault { aside: false, column: None, reason: "the row is cut short" });
        }
        for (column, totals) in &layout.breakdowns {
            if !totals.iter().any(|it| row.get(*column).eq_ignore_ascii_case(it)) {
                return Err(aside(*column, "a breakdown of another row"));
            }
        }
        let (year, month) = self.period(row)?;
        let hs = self.goods(row, repairs)?;
        let ((exporter, from), (importer, to), direction) = self.ends(row)?;
        let usd = self.value(row, repairs)?;
        let kg = self.quantity(row);
        if exporter == importer {
            let reason = "exporter and importer are the same economy";
            return Err(Fault { aside: true, column: None, reason });
        }
        self.notes.unspecified += u64::from([exporter, importer].contains(&market::UNSPECIFIED));
        let (line, codes) = (row.line, (from, to));
        Ok(Reported { line, year, month, hs, exporter, importer, codes, direction, usd, kg, repair: None })
    }

    fn period(&self, row: &Row) -> Result<(u16, u8), Fault> {
        let (column, month_column) = match self.layout.period {
            Period::Missing => return Ok((self.fallback_year.unwrap_or_default(), 0)),
            Period::Year { year, month } => (year, month),
        };
        let text = row.get(column);
        let digits = text.strip_suffix(".0").unwrap_or(text);
        // A period of Comtrade is a year or year and month (202401).
        let year: u16 =
            digits.get(..4).and_then(|it| it.parse().ok()).ok_or_else(|| reject(column, "not a year"))?;
        if !(1900..=2100).contains(&year) || !matches!(digits.len(), 4 | 6) {
            return Err(reject(column, "not a year"));
        }
        let month = match (digits.get(4..6), month_column) {
            (Some(month), _) => month.parse().unwrap_or(0),
            (None, Some(at)) => row.get(at).parse().unwrap_or(0),
            (None, None) => 0,
        };
        // Comtrade writes 52 and more for "the whole year".
        Ok((year, if month > 12 { 0 } else { month }))
    }

    fn goods(&self, row: &Row, repairs: &mut Vec<Repair>) -> Result<HsCode, Fault> {
        let column = self.layout.hs;
        let text = row.get(column);
        let code = match text.parse::<HsCode>() {
            Ok(code) => code,
            Err(_) => match clean::hs(text, 6) {
                Cell::Plain(code) => code,
                Cell::Mended(code, reason) => {
                    repairs.push(Repair {
                        column: "goods",
                        reason,
                        found: text.to_owned(),
                        to: code.to_string(),
                    });
                    code
                }
                Cell::Missing => return Err(reject(column, "no goods code")),
                Cell::Bad(_) if text.chars().any(char::is_alphabetic) => {
                    return Err(aside(column, "not a code of the HS (a total, or another nomenclature)"));
                }
                Cell::Bad(reason) => return Err(reject(column, reason)),
            },
        };
        Ok(code)
    }

    fn ends(&mut self, row: &Row) -> Result<Pair, Fault> {
        match self.layout.ends {
            Ends::Dyad { exporter, importer } => {
                Ok((self.partner(row, exporter)?, self.partner(row, importer)?, Direction::Dyad))
            }
            Ends::Report { reporter, partner, flow } => {
                let direction = Direction::of(row.get(flow)).ok_or_else(|| {
                    aside(flow, "part of another flow (re-exports, domestic exports, processing)")
                })?;
                let (own, other) = (self.partner(row, reporter)?, self.partner(row, partner)?);
                Ok(match direction {
                    Direction::Import => (other, own, direction),
                    _ => (own, other, direction),
                })
            }
        }
    }

    /// The economy and the number of its code in this file.
    fn partner(&mut self, row: &Row, column: usize) -> Result<(domain::Economy, u16), Fault> {
        match self.codes.find(row.get(column)) {
            (Partner::Economy(economy), code) => Ok((economy, code)),
            (Partner::Total, _) => Err(aside(column, "a total over partners (the world or a group)")),
            (Partner::Unknown, _) => {
                Err(reject(column, "a country code that the table of economies does not have"))
            }
        }
    }

    fn value(&self, row: &Row, repairs: &mut Vec<Repair>) -> Result<i64, Fault> {
        let (column, scale) = self.layout.value;
        let value = clean::number(row.get(column))
            .take("value", row.get(column), repairs, Decimal::to_string)
            .map_err(|reason| reject(column, reason))?;
        if value < Decimal::ZERO {
            return Err(reject(column, "a value below zero"));
        }
        if value.is_zero() {
            return Err(aside(column, "a value of zero"));
        }
        let usd = value.checked_mul(Decimal::from(scale)).map(|it| it.round());
        usd.and_then(|it| i64::try_from(it).ok()).ok_or_else(|| reject(column, "a value too large to hold"))
    }

    /// Unknown is not zero: what is missing, zero, negative or no number is unknown, and counted.
    fn quantity(&mut self, row: &Row) -> Option<f64> {
        let (column, scale) = self.layout.quantity?;
        let (known, why) = match clean::number(row.get(column)) {
            Cell::Plain(it) | Cell::Mended(it, _) if it > Decimal::ZERO => (Some(it), ""),
            Cell::Plain(it) | Cell::Mended(it, _) if it < Decimal::ZERO => (None, "below zero"),
            Cell::Plain(_) | Cell::Mended(..) => (None, "zero"),
            Cell::Missing => (None, "not stated"),
            Cell::Bad(_) => (None, "not a number"),
        };
        if known.is_none() {
            *self.notes.unweighed.entry(why).or_insert(0) += 1;
        }
        known.and_then(|it| it.checked_mul(Decimal::from(scale))).and_then(|it| f64::try_from(it).ok())
    }
}

#[cfg(test)]
mod tests;
