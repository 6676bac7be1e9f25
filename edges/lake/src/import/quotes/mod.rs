//! Quotations of suppliers, as CSV or workbook: read into offers, with a report on every row. What the rows mean is decided
//! by [`market::quotes`]; here files become rows.

use domain::{Basis, Date, EconomyBook};
use market::quotes::{
    Fate, FindPlace, NoteKind, Quote, Report, Table, known_columns, parse, parse_with, to_rows,
};

use super::report::{self, RowIssue};
use super::text::decode;
use super::{
    About, Draft, Glimpse, Imported, Importer, Input, Kind, Options, Score, Tally, imported, workbook,
};
use crate::csv_text;
use crate::error::LakeError;

pub(super) const IMPORTER: Importer = Importer {
    kind: Kind::Quotes,
    name: "quotes",
    what: "quotations of your suppliers (CSV or XLSX; headers in English or Chinese)",
    guess,
    import,
};

/// Headers that must be understood, the price among them, before a table is taken for quotations.
const LEAST_COLUMNS: usize = 4;
/// More rows than a person gathers; a longer table is something else, or an attack.
const MOST_ROWS: usize = 100_000;
/// How many notes on rows are shown; the rows are all counted.
const MOST_NOTES: usize = 200;
/// Sheets of a workbook that are looked through for a table of quotations.
const MOST_SHEETS: usize = 20;

const ABOUT: About = About {
    title: "Quotations",
    publisher: "the person's suppliers",
    licence: "the person's own, not for redistribution",
    licence_url: None,
    basis: Basis::Observed,
    how: "Each row is one quotation as the supplier stated it. Rows without price, unit, currency, rule of delivery or country are \
rejected and counted; repeated rows count once.",
};

fn guess(file: &Glimpse<'_>) -> Score {
    if file.input.is_parquet() || file.input.is_tar() {
        return 0;
    }
    let known = if file.input.is_workbook() {
        sheets(file.input).iter().map(|it| known_columns(&it.0)).max().unwrap_or(0)
    } else {
        split(&file.head).1
    };
    // Six understood headers are surer than any layout of statistics; four may be a coincidence.
    match known {
        0..LEAST_COLUMNS => 0,
        4..=5 => 60,
        _ => 85,
    }
}

fn import(input: &Input, options: &Options) -> Result<Imported, LakeError> {
    let economies = options.need_economies(input, "quotations name countries")?;
    let read = read(input, options, economies, today(options))?;
    let mut tally = Tally::default();
    tell(&read.report, &mut tally);
    let mut table = csv_text::Table::bare();
    for row in to_rows(&read.quotes) {
        table.row(row);
    }
    let vintage = today(options).to_string();
    let tables = vec![("quotes.csv".to_owned(), table.finish())];
    let draft = Draft { book: "quotes", about: &ABOUT, vintage: &vintage, tables };
    let mut made = imported(&IMPORTER, input, options, draft, &tally)?;
    made.report.rows = issues(&read.report);
    made.report.findings = read.findings();
    made.report.encoding = read.encoding;
    Ok(made)
}

/// The day on which the file was had decides which quotations have expired; without one, today in UTC.
fn today(options: &Options) -> Date {
    let stated = options.retrieved.as_deref().and_then(|it| domain::calendar::parse_date(it).ok());
    stated.unwrap_or_else(|| jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date())
}

/// Quotations as read.
#[derive(Debug)]
pub struct ReadQuotes {
    pub quotes: Vec<Quote>,
    pub report: Report,
    pub encoding: String,
    decoding: Vec<domain::Finding>,
}

impl ReadQuotes {
    /// About the file: how it was decoded, what its table lacks, and what is to know of rows that were taken.
    pub fn findings(&self) -> Vec<domain::Finding> {
        let remarks = self.report.notes.iter().filter(|it| it.kind == NoteKind::Remark).map(|it| {
            let mut finding = it.finding.clone();
            finding.text = format!("line {}: {}", it.line, finding.text);
            finding
        });
        self.decoding.iter().chain(&self.report.findings).cloned().chain(remarks).collect()
    }
}

/// Reads a file of quotations. `today` decides which have expired.
///
/// # Errors
/// When the file cannot be decoded or opened, or is too long. A table without use gives no quotes, and a finding.
pub fn read(
    input: &Input,
    options: &Options,
    economies: &EconomyBook,
    today: Date,
) -> Result<ReadQuotes, LakeError> {
    read_with(input, options, economies, &|_| None, today)
}

/// As [`read`], with a way to find the country of a seller's place where no cell says it.
///
/// # Errors
/// As [`read`].
pub fn read_with(
    input: &Input,
    options: &Options,
    economies: &EconomyBook,
    find_place: FindPlace<'_>,
    today: Date,
) -> Result<ReadQuotes, LakeError> {
    let (rows, lines, encoding, decoding) = if input.is_workbook() {
        let best = sheets(input).into_iter().max_by_key(|it| known_columns(&it.0));
        let sheet = workbook::worksheet(input, None)?;
        let (rows, first) = best.unwrap_or((sheet.rows, sheet.first_row));
        let lines = (first..first + rows.len()).collect();
        (rows, lines, "workbook".to_owned(), Vec::new())
    } else {
        let text = decode(input, options.encoding.as_deref())?;
        let (delimiter, _) = split(&text.text);
        let (rows, lines) = rows_of(&text.text, delimiter);
        (rows, lines, text.encoding.to_owned(), text.findings)
    };
    if rows.len() > MOST_ROWS {
        return Err(LakeError::TooLarge {
            file: input.given.clone(),
            limit: MOST_ROWS as u64,
            why: "rows of quotations; split the file".to_owned(),
        });
    }
    let table = Table { name: &input.given, rows: &rows, lines: &lines };
    let (quotes, report) = parse_with(&table, economies, find_place, today);
    Ok(ReadQuotes { quotes, report, encoding, decoding })
}

/// Reads the table of the book `quotes` back. `name` is cited as the source of each offer.
pub fn read_book(name: &str, text: &str, economies: &EconomyBook, today: Date) -> (Vec<Quote>, Report) {
    let (rows, lines) = rows_of(text, b',');
    parse(&Table { name, rows: &rows, lines: &lines }, economies, today)
}

/// Rows and first row of each sheet; one that cannot be read is left out.
fn sheets(input: &Input) -> Vec<(Vec<Vec<String>>, usize)> {
    let names = workbook::sheet_names(input).unwrap_or_default();
    let read = |name: &String| workbook::worksheet(input, Some(name)).ok().map(|it| (it.rows, it.first_row));
    names.iter().take(MOST_SHEETS).filter_map(read).collect()
}

/// The delimiter under which most headers are understood, and how many are.
fn split(text: &str) -> (u8, usize) {
    const HEAD_LINES: usize = 40;
    let head: String = text.lines().take(HEAD_LINES).flat_map(|it| [it, "\n"]).collect();
    let mut best = (b',', 0);
    for delimiter in [b',', b';', b'\t', b'|'] {
        let known = known_columns(&rows_of(&head, delimiter).0);
        if known > best.1 {
            best = (delimiter, known);
        }
    }
    best
}

/// Cells and line numbers. Decoded text has no record that cannot be read; should one come, the table ends there.
fn rows_of(text: &str, delimiter: u8) -> (Vec<Vec<String>>, Vec<usize>) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let records = reader.into_records().map_while(Result::ok).take(MOST_ROWS + 1);
    records
        .map(|it| {
            let line = it.position().map_or(0, csv::Position::line) as usize;
            (it.iter().map(str::to_owned).collect(), line)
        })
        .unzip()
}

fn tell(report: &Report, tally: &mut Tally) {
    for (line, fate) in &report.fates {
        let wanted = match fate {
            Fate::Repaired => NoteKind::Repair,
            _ => NoteKind::Rejection,
        };
        let note = report.notes.iter().find(|it| it.line == *line && it.kind == wanted);
        let (column, found) = note.map_or(("", ""), |it| (it.column.as_str(), it.found.as_str()));
        let reason = note.map_or("", |it| general(&it.finding.code.0));
        match fate {
            Fate::Accepted => tally.accept(),
            Fate::Repaired => tally.repair(*line as u64, column, reason, found, ""),
            Fate::Duplicate => tally.set_aside(*line as u64, column, reason, found),
            Fate::Rejected => tally.reject(*line as u64, column, reason, found),
        }
    }
}

/// The general reason for counting; each row's own words are in its issue.
fn general(code: &str) -> &'static str {
    match code {
        "PRP-1311" => "a repeated row",
        "PRP-1312" => "no goods code or description that can be read",
        "PRP-1313" => "leading zero of the goods code put back",
        "PRP-1314" => "no price that can be read",
        "PRP-1315" => "separators of the price made plain",
        "PRP-1316" => "no currency that is known",
        "PRP-1317" => "no unit that is known",
        "PRP-1318" => "no Incoterms rule that is known",
        "PRP-1319" => "no country that is known",
        "PRP-1320" => "a lead time that cannot be read",
        "PRP-1321" => "a validity that cannot be read for sure",
        "PRP-1323" => "a minimum order without a unit, or that cannot be read",
        "PRP-1324" => "a weight of one unit that cannot be read",
        _ => "other",
    }
}

/// Repairs and rejections with their own words and the way to mend them.
fn issues(read: &Report) -> Vec<RowIssue> {
    let fate_of = |line: usize| read.fates.iter().find(|it| it.0 == line).map(|it| it.1);
    let notes = read.notes.iter().filter(|it| it.kind != NoteKind::Remark).take(MOST_NOTES);
    notes
        .map(|note| {
            let hint = note.finding.hint.as_deref().map(|it| format!("; {it}")).unwrap_or_default();
            RowIssue {
                line: note.line as u64,
                fate: match fate_of(note.line) {
                    Some(Fate::Duplicate) => report::Fate::SetAside,
                    Some(Fate::Rejected) => report::Fate::Rejected,
                    _ => report::Fate::Repaired,
                },
                column: note.column.clone(),
                reason: format!("{}{hint}", note.finding.text),
                found: note.found.clone(),
                repaired_to: None,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests;
