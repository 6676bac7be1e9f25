//! `radar scan`: read the need, gather, decide, print, keep.

use std::io::Read as _;

use ::desk::quotes::{self, Brought};
use ::desk::scan::{Manner, NeedText, Tables, decided, gather_fault, gathered, settings_block, understand};
use ::radar::ask;
use ::radar::{Dossier, Opened};
use domain::{Date, HsCode};
use lake::import::quotes::ReadQuotes;
use lake::{Input, Library};

use crate::answer::{self, Answer, SCHEMA, Written};
use crate::args::Format;
use crate::books::{lake_fault, table};
use crate::fault::{Exit, Fault};
use crate::noun::{Desk, library, plan};
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

pub fn run(desk: &mut Desk<'_>, asked: &Asked<'_>) -> Result<Exit, Fault> {
    let text = need_text(desk, asked.need)?;
    let manner = manner(desk, asked, &text)?;
    let library = library(desk)?;
    let tables = Tables::open(&library)?;
    let understood = understand(&library, &tables, &text, manner.as_of)?;
    tell_understood(desk, &understood);
    let hs = understood.need.hs;
    let mut brought = imported_quotes(desk, &library, &tables, hs, manner.as_of)?;
    for file in asked.quotes {
        brought.add(read_quotes(desk, file, &tables, hs, manner.as_of)?);
    }
    let message = desk.words.get("gathering");
    let dossier = progress::during(desk.around, &message, || {
        let opened = Opened::from_shelf(&library, hs).map_err(|it| gather_fault(&it))?;
        gathered(opened.books(&library), &understood.need, &mut brought, &manner)
    })?;
    tell_faults(desk, &library);
    let message = desk.words.get("deciding");
    let deals = progress::during(desk.around, &message, || decided(&dossier))?;
    let effort = desk.clock.stop(desk.settings.watts_per_core);
    let answer = Answer { schema: SCHEMA.to_owned(), deals, effort: Some(effort) };
    let how = serde_json::json!({ "text": text.words, "understood": understood.understood, "findings": understood.findings });
    keep(desk, asked, &answer, &how, &dossier)?;
    print(desk, asked, &answer, &how, &dossier)?;
    Ok(if answer.deals.plans.is_empty() { Exit::NoFeasiblePlan } else { Exit::Ok })
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

/// What was understood is talk; what was doubtful is told in any case.
fn tell_understood(desk: &mut Desk<'_>, asked: &ask::Asked) {
    let spans: Vec<String> =
        asked.understood.iter().map(|it| format!("{} = {}", it.text, desk.words.say(&it.meaning))).collect();
    let text = desk.words.with("understood", &[("spans", &spans.join("; "))]);
    desk.say(&text);
    if desk.settings.format == Format::Json {
        return;
    }
    for finding in &asked.findings {
        let text = crate::screen::clean::line(&desk.words.say(&finding.text)).into_owned();
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

/// Quotes that were imported before, under the name of their book.
fn imported_quotes(
    desk: &mut Desk<'_>,
    library: &Library,
    tables: &Tables,
    hs: HsCode,
    as_of: Date,
) -> Result<Brought, Fault> {
    if !library.has("quotes") {
        return Ok(Brought::default());
    }
    let text = table(library, "quotes", "quotes.csv")?.0;
    let input = Input::new("quotes.csv", text.into_owned().into_bytes()).map_err(|it| lake_fault(&it))?;
    let read = quotes::read(&input, tables, as_of)?;
    let brought = quotes::brought_from_before(&read, "quotes", hs);
    tell_quotes(desk, "quotes", &read, brought.offers.len());
    Ok(brought)
}

/// A file named for this need: that nothing in it can be used is a fault, and what is left out stands on the answer.
fn read_quotes(
    desk: &mut Desk<'_>,
    file: &str,
    tables: &Tables,
    hs: HsCode,
    as_of: Date,
) -> Result<Brought, Fault> {
    let mut input = Input::open(&desk.around.path(file)).map_err(|it| lake_fault(&it))?;
    file.clone_into(&mut input.given);
    let read = quotes::read(&input, tables, as_of)?;
    let brought = quotes::brought(&read, file, hs)?;
    tell_quotes(desk, file, &read, brought.offers.len());
    Ok(brought)
}

fn tell_quotes(desk: &mut Desk<'_>, file: &str, read: &ReadQuotes, used: usize) {
    let (usable, all) = (read.quotes.len().to_string(), read.report.rows.to_string());
    let args = [("path", file), ("used", &used.to_string()), ("usable", &usable), ("all", &all)];
    let text = desk.words.with("quotes-read", &args);
    let _ = writeln!(desk.err, "{}", crate::screen::clean::line(&text));
    for note in &read.report.notes {
        let text = desk.words.say(&note.finding.text);
        let text = format!("{} {text}", note.finding.code);
        let text = desk.words.with("at-line", &[("line", &note.line.to_string()), ("text", &text)]);
        let _ = writeln!(desk.err, "  {}", crate::screen::clean::line(&text));
    }
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
    // Papers say themselves what they say in a language.
    let whole = answer;
    let answer = &*desk.spoken(answer, desk.settings.format);
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
        Format::Html | Format::Pdf | Format::Xlsx => {
            plan::write_export(desk, whole, None, desk.settings.format, None)
        }
        Format::Csv | Format::Jsonl | Format::Parquet => {
            let sheet = show::table::plans(&answer.deals, &desk.words);
            desk.print_sheet(&sheet)
        }
    }
}
