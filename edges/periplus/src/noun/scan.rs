//! `radar scan`: read the need, gather, decide, print, keep.

use std::io::Read as _;
use std::sync::Arc;

use ::radar::ask::{self, AskBooks, AskError};
use ::radar::{DecideError, Dossier, GatherError, Opened, decide, gather};
use customs::classify::Nomenclature;
use domain::{Date, EconomyBook, Finding, HsCode, Offer, Severity};
use lake::import::quotes::ReadQuotes;
use lake::{Input, Library};
use market::quotes::{Fate, NoteKind, offers_for};
use routes::RouteError;
use routes::places::PlaceBook;

use crate::answer::{self, Answer, SCHEMA, Written};
use crate::args::Format;
use crate::books::{self, lake_fault, refused, table};
use crate::fault::{Exit, Fault, RowFault};
use crate::noun::{Desk, plan};
use crate::settings::Origin;
use crate::{progress, show};

/// What was asked on the command line.
#[derive(Debug)]
pub struct Asked<'a> {
    pub need: &'a [String],
    pub quotes: &'a [String],
    pub plans: Option<usize>,
    pub out: Option<&'a str>,
    pub dossier: bool,
}

/// How a scan is to be done: flags and settings, and what a scenario file says where they say nothing.
#[derive(Debug)]
struct Manner {
    as_of: Date,
    seed: u64,
    settings: ::radar::Settings,
}

pub fn run(desk: &mut Desk<'_>, asked: &Asked<'_>) -> Result<Exit, Fault> {
    let text = need_text(desk, asked.need)?;
    let manner = manner(desk, asked, &text)?;
    let library = books::library(desk)?;
    let (tables, understood) = understand(&library, &text, manner.as_of)?;
    tell_understood(desk, &understood);
    let for_goods = ForGoods { tables: &tables, hs: understood.need.hs, as_of: manner.as_of };
    let mut brought = imported_quotes(desk, &library, &for_goods)?;
    for file in asked.quotes {
        brought.add(read_quotes(desk, file, &for_goods)?);
    }
    let message = desk.words.get("gathering");
    let dossier = progress::during(desk.around, &message, || {
        let opened = Opened::from_shelf(&library, understood.need.hs)?;
        let books = opened.books(&library);
        let need = &understood.need;
        let mut dossier = gather(need, &brought.offers, books, &manner.settings, manner.as_of, manner.seed)?;
        dossier.findings.append(&mut brought.findings);
        Ok(dossier)
    })
    .map_err(|it: GatherError| gather_fault(&it))?;
    tell_faults(desk, &library);
    let message = desk.words.get("deciding");
    let deals =
        progress::during(desk.around, &message, || decide(&dossier)).map_err(|it| decide_fault(&it))?;
    let effort = desk.clock.stop(desk.settings.watts_per_core);
    let answer = Answer { schema: SCHEMA.to_owned(), deals, effort: Some(effort) };
    let how = serde_json::json!({ "text": text.words, "understood": understood.understood, "findings": understood.findings });
    keep(desk, asked, &answer, &how, &dossier)?;
    print(desk, asked, &answer, &how, &dossier)?;
    Ok(if answer.deals.plans.is_empty() { Exit::NoFeasiblePlan } else { Exit::Ok })
}

/// The need as written, and whether in a file.
#[derive(Debug)]
struct NeedText {
    words: String,
    is_file: bool,
}

fn need_text(desk: &Desk<'_>, need: &[String]) -> Result<NeedText, Fault> {
    let words = need.join(" ");
    if words == "-" {
        let mut text = String::new();
        let read = std::io::stdin().take(ask::MAX_FILE_BYTES as u64 + 1).read_to_string(&mut text);
        read.map_err(|it| Fault::ours(Exit::BadInput, 1916, &[("path", "stdin"), ("why", &it.to_string())]))?;
        let is_file = text.contains('\n') && text.trim().lines().count() > 1;
        return Ok(NeedText { words: text, is_file });
    }
    let path = desk.around.path(&words);
    let looks_like_file = ["md", "toml", "json", "txt"].iter().any(|it| words.ends_with(&format!(".{it}")));
    if !looks_like_file && !path.is_file() {
        return Ok(NeedText { words, is_file: false });
    }
    let refuse = |why: String| {
        let exit = if path.exists() { Exit::BadInput } else { Exit::NotFound };
        Fault::ours(exit, 1916, &[("path", &words), ("why", &why)])
    };
    let bytes = std::fs::read(&path).map_err(|it| refuse(it.to_string()))?;
    // The lake knows the encodings in which offices write text.
    let input = Input::new(&words, bytes).map_err(|it| lake_fault(&it))?;
    let text = lake::import::text::decode(&input, None).map_err(|it| lake_fault(&it))?;
    Ok(NeedText { words: text.text.into_owned(), is_file: true })
}

/// Flags and settings first; a `settings` block of a scenario file speaks where they do not.
fn manner(desk: &Desk<'_>, asked: &Asked<'_>, text: &NeedText) -> Result<Manner, Fault> {
    let mut block = settings_block(&text.words).unwrap_or_default();
    let silent = |key: &str| desk.settings.entries[key].origin == Origin::BuiltIn;
    let mut take = |key: &str| block.remove(key).filter(|_| silent(key));
    let refuse = |why: String| Fault::ours(Exit::BadInput, 1904, &[("path", "```settings"), ("why", &why)]);
    let as_of = match take("as_of") {
        Some(value) => {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            text.parse().map_err(|_| refuse(format!("as_of = {text}: YYYY-MM-DD")))?
        }
        None => desk.settings.as_of,
    };
    let seed = match take("seed") {
        Some(value) => value
            .as_integer()
            .and_then(|it| u64::try_from(it).ok())
            .ok_or_else(|| refuse(format!("seed = {value}")))?,
        None => desk.settings.seed,
    };
    let named_shortlist = block.contains_key("shortlist");
    let mut settings: ::radar::Settings =
        block.try_into().map_err(|it: toml::de::Error| refuse(it.message().to_owned()))?;
    match asked.plans {
        Some(plans) => settings.shortlist = plans.max(1),
        None if !named_shortlist || !silent("plans") => settings.shortlist = desk.settings.plans,
        None => {}
    }
    Ok(Manner { as_of, seed, settings })
}

/// The first fenced block of kind `settings` in a Markdown file.
fn settings_block(text: &str) -> Option<toml::Table> {
    let (_, rest) = text.split_once("```settings\n")?;
    let (block, _) = rest.split_once("\n```")?;
    block.parse().ok()
}

/// The tables of words, which quotes need as well as the sentence.
#[derive(Debug)]
struct Tables {
    economies: Arc<EconomyBook>,
    places: PlaceBook,
}

/// Places, goods and economies are read beside each other: they are the largest tables of words.
fn understand(library: &Library, text: &NeedText, as_of: Date) -> Result<(Tables, ask::Asked), Fault> {
    let (places, others) = std::thread::scope(|scope| {
        let places = scope.spawn(|| place_book(library));
        let others = books::economies(library).and_then(|it| Ok((it, nomenclature(library)?)));
        (places.join(), others)
    });
    let ended = |_| Fault::ours(Exit::Internal, 1900, &[("why", "a thread that read places ended early")]);
    let places = places.map_err(ended)??;
    let (economies, nomenclature) = others?;
    let tables = AskBooks { economies: &economies, places: &places, nomenclature: &nomenclature };
    let asked = if text.is_file {
        ask::read(&text.words, &tables, as_of)
    } else {
        ask::parse(&text.words, &tables, as_of)
    };
    let asked = asked.map_err(|mut it: AskError| {
        let flows = library.table("flows", "flows.csv").unwrap_or_default();
        it.with_trade_first(|hs| traded_rows(&flows, hs));
        Fault::said(Exit::BadInput, &it.to_string())
    })?;
    Ok((Tables { economies, places }, asked))
}

/// How many rows of trade the table of flows has for the goods: the code stands in the first of its rows only.
fn traded_rows(flows: &str, hs: HsCode) -> usize {
    let wanted = hs.subheading().unwrap_or(hs).to_string();
    let begins = |line: &&str| line.split(',').next() == Some(wanted.as_str());
    let mut lines = flows.lines().skip_while(|it| !begins(it));
    usize::from(lines.next().is_some()) + lines.take_while(|it| it.starts_with(',') || begins(it)).count()
}

/// Places with their names in other languages.
pub fn place_book(library: &Library) -> Result<PlaceBook, Fault> {
    let files = library.tables("places").map_err(|it| lake_fault(&it))?;
    // `places_own.csv` corrects rows when the book is made; its layout is another.
    let wanted = files.iter().filter(|it| *it != "places_own.csv");
    let texts =
        wanted.map(|it| table(library, "places", it).map(|it| it.0)).collect::<Result<Vec<_>, _>>()?;
    PlaceBook::from_tables(texts.iter().map(AsRef::as_ref)).map_err(|it| refused("places", &it))
}

/// The Harmonized System with other names of goods.
pub fn nomenclature(library: &Library) -> Result<Nomenclature, Fault> {
    let text = |file| table(library, "hs", file).map(|it| it.0);
    let made = Nomenclature::from_csv(&text("hs2022.csv")?)
        .and_then(|it| match library.table("hs", "search_terms.csv") {
            Ok(terms) => it.with_names(&terms),
            Err(_) => Ok(it),
        })
        .and_then(|it| match library.table("hs", "names_own.csv") {
            Ok(names) => it.with_names(&names),
            Err(_) => Ok(it),
        })
        .and_then(|it| match library.table("hs", "ended_2017.csv") {
            Ok(ended) => it.with_ended(&ended),
            Err(_) => Ok(it),
        });
    made.map_err(|it| refused("hs", &it))
}

/// What was understood is talk; what was doubtful is told in any case.
fn tell_understood(desk: &mut Desk<'_>, asked: &ask::Asked) {
    let spans: Vec<String> =
        asked.understood.iter().map(|it| format!("{} = {}", it.text, it.meaning)).collect();
    let text = desk.words.with("understood", &[("spans", &spans.join("; "))]);
    desk.say(&text);
    if desk.settings.format == Format::Json {
        return;
    }
    for finding in &asked.findings {
        let text = crate::screen::clean::line(&finding.text).into_owned();
        let _ = writeln!(
            desk.err,
            "{} {}: {text}",
            show::figures::severity_mark(finding.severity).0,
            finding.code
        );
    }
}

/// Books that are there and could not be read.
fn tell_faults(desk: &mut Desk<'_>, library: &Library) {
    for fault in library.faults() {
        let _ = writeln!(desk.err, "! {}", crate::screen::clean::line(&fault));
    }
}

/// What quotes are read for.
struct ForGoods<'a> {
    tables: &'a Tables,
    hs: HsCode,
    as_of: Date,
}

/// Offers of quotes, with what is to be said of them on the answer.
#[derive(Debug, Default)]
struct Brought {
    offers: Vec<Offer>,
    findings: Vec<Finding>,
}

impl Brought {
    fn add(&mut self, mut more: Self) {
        self.offers.append(&mut more.offers);
        self.findings.append(&mut more.findings);
    }
}

/// Quotes that were imported before, under the name of their book. That none is for these goods is no news.
fn imported_quotes(desk: &mut Desk<'_>, library: &Library, wanted: &ForGoods<'_>) -> Result<Brought, Fault> {
    if !library.has("quotes") {
        return Ok(Brought::default());
    }
    let text = table(library, "quotes", "quotes.csv")?.0;
    let input = Input::new("quotes.csv", text.into_owned().into_bytes()).map_err(|it| lake_fault(&it))?;
    let read = quotes_in(&input, wanted)?;
    let offers = offers_for(&read.quotes, wanted.hs);
    tell_quotes(desk, "quotes", &read, offers.len());
    let findings = if offers.is_empty() { Vec::new() } else { remarks(&read, "quotes", wanted.hs) };
    Ok(Brought { offers, findings })
}

/// A file named for this need: that nothing in it can be used is a fault, and what is left out stands on the answer.
fn read_quotes(desk: &mut Desk<'_>, file: &str, wanted: &ForGoods<'_>) -> Result<Brought, Fault> {
    let mut input = Input::open(&desk.around.path(file)).map_err(|it| lake_fault(&it))?;
    file.clone_into(&mut input.given);
    let read = quotes_in(&input, wanted)?;
    if read.quotes.is_empty() {
        return Err(no_usable_quote(file, &read));
    }
    let offers = offers_for(&read.quotes, wanted.hs);
    tell_quotes(desk, file, &read, offers.len());
    let mut findings = remarks(&read, file, wanted.hs);
    if offers.is_empty() {
        let text =
            format!("none of the {} usable quotes of {file} is for HS {}", read.quotes.len(), wanted.hs);
        let hint = "check the HS codes of the file, or leave the code out where the description is enough";
        findings.push(Finding::new(1326, Severity::Caution, text).hint(hint));
    }
    let rejected = read.report.rejected;
    if rejected > 0 {
        let lines: Vec<String> =
            rejections(&read).map(|it| format!("line {}: {}", it.line, it.text)).collect();
        let text =
            format!("{rejected} of {} rows of {file} were not used: {}", read.report.rows, lines.join("; "));
        findings.push(Finding::new(1328, Severity::Caution, text).hint("mend these rows and ask again"));
    }
    Ok(Brought { offers, findings })
}

fn quotes_in(input: &Input, wanted: &ForGoods<'_>) -> Result<ReadQuotes, Fault> {
    let Tables { economies, places } = wanted.tables;
    let find = |text: &str| places.resolve(text, economies, &[]).ok().map(|it| it.place);
    lake::import::quotes::read_with(input, &lake::Options::default(), economies, &find, wanted.as_of)
        .map_err(|it| lake_fault(&it))
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

fn tell_quotes(desk: &mut Desk<'_>, file: &str, read: &ReadQuotes, used: usize) {
    let (usable, all) = (read.quotes.len().to_string(), read.report.rows.to_string());
    let args = [("path", file), ("used", &used.to_string()), ("usable", &usable), ("all", &all)];
    let text = desk.words.with("quotes-read", &args);
    let _ = writeln!(desk.err, "{}", crate::screen::clean::line(&text));
    for note in &read.report.notes {
        let text = crate::screen::clean::line(&note.finding.text).into_owned();
        let _ = writeln!(desk.err, "  line {}: {} {text}", note.line, note.finding.code);
    }
}

/// What cannot be gathered is the need's fault, or that of the books.
fn gather_fault(error: &GatherError) -> Fault {
    let exit = match error {
        GatherError::NoTable { .. } | GatherError::Unreadable { .. } | GatherError::Market(_) => {
            Exit::DataMissing
        }
        GatherError::Route(RouteError::Table { .. }) => Exit::DataMissing,
        _ => Exit::BadInput,
    };
    Fault::said(exit, &error.to_string())
}

/// A dossier that gives no answer.
pub fn decide_fault(error: &DecideError) -> Fault {
    let exit = match error {
        DecideError::Facts(_) => Exit::DataMissing,
        _ => Exit::Internal,
    };
    Fault::said(exit, &error.to_string())
}

/// Keeps the answer with its dossier. That the last answer cannot be kept is told and does not spoil the answer.
fn keep(
    desk: &mut Desk<'_>,
    asked: &Asked<'_>,
    answer: &Answer,
    how: &serde_json::Value,
    dossier: &Dossier,
) -> Result<(), Fault> {
    let whole = Written {
        schema: SCHEMA,
        deals: &answer.deals,
        effort: answer.effort.as_ref(),
        asked: Some(how),
        dossier: Some(dossier),
    };
    let bytes = serde_json::to_vec(&whole)
        .map_err(|it| Fault::ours(Exit::Internal, 1911, &[("path", "answer"), ("why", &it.to_string())]))?;
    if let Err(fault) = answer::write_whole(&answer::last_path(desk), &bytes) {
        let why = fault.words(&desk.words).0;
        let text = desk.words.with("not-kept", &[("why", &why)]);
        let _ = writeln!(desk.err, "! {}", crate::screen::clean::line(&text));
    }
    match asked.out {
        Some(path) => answer::write_whole(&desk.around.path(path), &bytes),
        None => Ok(()),
    }
}

fn print(
    desk: &mut Desk<'_>,
    asked: &Asked<'_>,
    answer: &Answer,
    how: &serde_json::Value,
    dossier: &Dossier,
) -> Result<(), Fault> {
    match desk.settings.format {
        Format::Json => {
            let dossier = asked.dossier.then_some(dossier);
            let value = Written {
                schema: SCHEMA,
                deals: &answer.deals,
                effort: answer.effort.as_ref(),
                asked: Some(how),
                dossier,
            };
            desk.print_json(&value)
        }
        Format::Table => {
            let width = desk.settings.width;
            let page = show::scan::page(
                &answer.deals,
                answer.effort.as_ref(),
                &desk.words,
                width,
                desk.global.explain,
            );
            desk.print_page(&page)
        }
        Format::Html | Format::Xlsx => plan::write_export(desk, answer, None, desk.settings.format, None),
        Format::Csv | Format::Jsonl | Format::Parquet => {
            show::table::plans(&answer.deals, &desk.words).print(desk)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_trade_are_counted_under_their_code() {
        let flows =
            "hs,exporter,importer,usd\n850510,AE,BH,1\n850511,AE,BH,3\n,AF,CN,4\n,,DE,4\n850519,AE,BH,5\n";
        let check = |hs: &str, expect| assert_eq!(traded_rows(flows, hs.parse().unwrap()), expect, "{hs}");
        check("850511", 3);
        check("850519", 1);
        check("850520", 0);
    }
}
