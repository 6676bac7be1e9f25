//! Quotes of suppliers as offers for a need: what is used of a file, and what is to be said of the rest.

use domain::{Date, Finding, HsCode, Offer, Severity};
use lake::Input;
use lake::import::quotes::ReadQuotes;
use market::quotes::{Fate, NoteKind, offers_for};

use crate::books::lake_fault;
use crate::fault::{Exit, Fault, RowFault};
use crate::scan::Tables;

/// Offers of quotes, with what is to be said of them on the answer.
#[derive(Debug, Default)]
pub struct Brought {
    pub offers: Vec<Offer>,
    pub findings: Vec<Finding>,
}

impl Brought {
    pub fn add(&mut self, mut more: Self) {
        self.offers.append(&mut more.offers);
        self.findings.append(&mut more.findings);
    }
}

/// Reads a file of quotes: every row accepted, mended or rejected with its reason.
///
/// # Errors
/// The file is no table, or lacks the columns of a quote.
pub fn read(input: &Input, tables: &Tables, as_of: Date) -> Result<ReadQuotes, Fault> {
    let Tables { economies, places, .. } = tables;
    let find = |text: &str| places.resolve(text, economies, &[]).ok().map(|it| it.place);
    lake::import::quotes::read_with(input, &lake::Options::default(), economies, &find, as_of)
        .map_err(|it| lake_fault(&it))
}

/// What a file of quotes gives for the goods: its offers, and what stands on the answer because of it.
///
/// # Errors
/// No row of the file can be used.
pub fn brought(read: &ReadQuotes, file: &str, hs: HsCode) -> Result<Brought, Fault> {
    if read.quotes.is_empty() {
        return Err(no_usable_quote(file, read));
    }
    let offers = offers_for(&read.quotes, hs);
    let mut findings = remarks(read, file, hs);
    if offers.is_empty() {
        let text = format!("none of the {} usable quotes of {file} is for HS {hs}", read.quotes.len());
        let hint = "check the HS codes of the file, or leave the code out where the description is enough";
        findings.push(Finding::new(1326, Severity::Caution, text).hint(hint));
    }
    let rejected = read.report.rejected;
    if rejected > 0 {
        let lines: Vec<String> =
            rejections(read).map(|it| format!("line {}: {}", it.line, it.text)).collect();
        let text =
            format!("{rejected} of {} rows of {file} were not used: {}", read.report.rows, lines.join("; "));
        findings.push(Finding::new(1328, Severity::Caution, text).hint("mend these rows and ask again"));
    }
    Ok(Brought { offers, findings })
}

/// The same of quotes that were kept from before: that none is for these goods is no news.
pub fn brought_from_before(read: &ReadQuotes, name: &str, hs: HsCode) -> Brought {
    let offers = offers_for(&read.quotes, hs);
    let findings = if offers.is_empty() { Vec::new() } else { remarks(read, name, hs) };
    Brought { offers, findings }
}

/// What is wrong with the rows that were rejected, in the order of lines; as much as a person reads.
fn rejections(read: &ReadQuotes) -> impl Iterator<Item = RowFault> {
    const MOST: usize = 20;
    let rejected = |line: usize| read.report.fates.contains(&(line, Fate::Rejected));
    let notes = read.report.notes.iter().filter(move |it| it.kind != NoteKind::Repair && rejected(it.line));
    notes.take(MOST).map(|it| RowFault { line: it.line as u64, text: it.finding.text.clone() })
}

fn no_usable_quote(file: &str, read: &ReadQuotes) -> Fault {
    let mut rows: Vec<RowFault> = rejections(read).collect();
    let about = read.report.findings.iter().map(|it| RowFault { line: 0, text: it.text.clone() });
    rows.splice(0..0, about);
    let text = format!(
        "PRP-1327: no row of '{file}' can be used as a quote (rows: {}); mend what is listed, or leave the file out",
        read.report.rows
    );
    Fault::said(Exit::BadInput, &text).rows(rows)
}

/// What was taken for granted in the quotes that are used, or is to be known of them.
fn remarks(read: &ReadQuotes, file: &str, hs: HsCode) -> Vec<Finding> {
    let used = |line: usize| {
        let of_line = read.quotes.iter().filter(|it| it.line == line).cloned().collect::<Vec<_>>();
        !offers_for(&of_line, hs).is_empty()
    };
    let notes = read.report.notes.iter().filter(|it| it.kind != NoteKind::Rejection && used(it.line));
    notes
        .map(|it| {
            let mut finding = it.finding.clone();
            finding.text = format!("{file}, line {}: {}", it.line, finding.text);
            finding
        })
        .collect()
}
