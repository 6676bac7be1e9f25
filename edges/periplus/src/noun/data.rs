//! `data import|status|verify|rollback|pull`.

use std::fmt::Write as _;

use lake::books::{BookStatus, Health, Installed};
use lake::import::{self, ImportReport, Input, report::Fate};
use lake::{LakeError, Library, Options, pull};
use serde::Serialize;

use crate::args::{Data, Format};
use crate::books::{self, lake_fault};
use crate::fault::{Exit, Fault, RowFault};
use crate::noun::{Desk, library};
use crate::progress;
use crate::screen::{Page, Role};
use crate::sheet::{Cell, Kind, Sheet};
use crate::show::figures::grouped_real;
use crate::show::scan::finding_line;
use crate::words::Words;

pub fn run(desk: &mut Desk<'_>, verb: &Data) -> Result<Exit, Fault> {
    match verb {
        Data::Import { what, encoding, vintage, economy } => {
            let said =
                Said { encoding: encoding.clone(), vintage: vintage.clone(), economy: economy.clone() };
            import_files(desk, what, &said)
        }
        Data::Status => status(desk),
        Data::Verify { book } => verify(desk, book.as_deref()),
        Data::Rollback { book } => rollback(desk, book),
        Data::Pull { kind } => pull_files(desk, kind.as_deref()),
    }
}

/// What the person says about a file.
struct Said {
    encoding: Option<String>,
    vintage: Option<String>,
    economy: Option<String>,
}

/// The report of an import with what became of the book.
#[derive(Debug, Serialize)]
struct Done {
    #[serde(flatten)]
    report: ImportReport,
    installed: Installed,
}

fn import_files(desk: &mut Desk<'_>, what: &[String], said: &Said) -> Result<Exit, Fault> {
    let format = desk.format_among(&[Format::Table, Format::Json, Format::Jsonl])?;
    let mut library = library(desk)?;
    let (kind, files) = kind_and_files(desk, what)?;
    let options = options(&library, said)?;
    let mut all = Vec::new();
    for file in files {
        let path = desk.around.path(file);
        let message = desk.words.with("importing", &[("path", file)]);
        let done = progress::during(desk.around, &message, || {
            let mut input = Input::open(&path)?;
            file.clone_into(&mut input.given);
            let made = import::import(kind, &input, &options)?;
            let report = made.report.clone();
            Ok((report, library.install(made)?))
        });
        let (report, installed) = done.map_err(|it: LakeError| lake_fault(&it))?;
        all.push(Done { report, installed });
    }
    print_imports(desk, &all, format)?;
    Ok(Exit::Ok)
}

/// The first word is a kind when it is one and no file has that name.
fn kind_and_files<'a>(desk: &Desk<'_>, what: &'a [String]) -> Result<(Option<&'a str>, &'a [String]), Fault> {
    match what {
        [kind, files @ ..] if !files.is_empty() && !desk.around.path(kind).exists() => {
            import::find_importer(kind).map_err(|it| lake_fault(&it).at(Exit::Usage))?;
            Ok((Some(kind), files))
        }
        [kind] if !desk.around.path(kind).exists() && import::find_importer(kind).is_ok() => {
            Err(Fault::usage("a kind is given and no file\n\nperiplus data import KIND FILE"))
        }
        files => Ok((None, files)),
    }
}

fn options(library: &Library, said: &Said) -> Result<Options, Fault> {
    let mut options = library.options();
    options.encoding.clone_from(&said.encoding);
    options.vintage.clone_from(&said.vintage);
    if let Some(word) = &said.economy {
        options.economy = Some(books::economy(&*books::economies(library)?, word)?);
    }
    Ok(options)
}

fn print_imports(desk: &mut Desk<'_>, all: &[Done], format: Format) -> Result<(), Fault> {
    match (format, all) {
        (Format::Json, [one]) => desk.print_json(one),
        (Format::Json, many) => {
            desk.print_json(&serde_json::json!({ "schema": "periplus.imports/1", "imports": many }))
        }
        (Format::Jsonl, many) => many.iter().try_for_each(|it| {
            let text = serde_json::to_string(it).unwrap_or_default();
            Ok(writeln!(desk.out, "{}", crate::screen::clean::json(&text))?)
        }),
        (_, many) => {
            let mut page = desk.page();
            for done in many {
                import_page(&mut page, done, &desk.words);
            }
            desk.print_page(&page)
        }
    }
}

/// How many rows of a report are shown on a screen; JSON has all samples, and every reason is counted in both.
const ROWS_SHOWN: usize = 12;
/// Rows shown that say the same.
const SAMPLES_OF_REASON: usize = 2;

fn import_page(page: &mut Page, done: &Done, words: &Words) {
    let report = &done.report;
    let number = |value: u64| grouped_real(value as f64, 0);
    let args = [("file", report.source_file.as_str()), ("kind", &report.kind), ("book", &report.book)];
    page.text(Role::Title, 0, 2, &words.with("import-title", &args));
    let counts = [
        ("read", number(report.rows_read)),
        ("accepted", number(report.accepted)),
        ("repaired", number(report.repaired)),
        ("aside", number(report.set_aside)),
        ("rejected", number(report.rejected)),
    ];
    let args: Vec<(&str, &str)> = counts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    page.text(Role::Plain, 2, 4, &words.with("import-counts", &args));
    for reason in &report.reasons {
        let text = format!(
            "{} × {}{}{}",
            number(reason.rows),
            fate(reason.fate, words),
            words.get("colon"),
            reason.reason
        );
        page.text(if reason.fate == Fate::Rejected { Role::Warn } else { Role::Dim }, 4, 6, &text);
    }
    let mut seen: Vec<(&str, usize)> = Vec::new();
    let mut sample = |reason| {
        if let Some(it) = seen.iter_mut().find(|it| it.0 == reason) {
            it.1 += 1;
            return it.1 <= SAMPLES_OF_REASON;
        }
        seen.push((reason, 1));
        true
    };
    for row in report.rows.iter().filter(|row| sample(&row.reason)).take(ROWS_SHOWN) {
        let mut text = format!("{} {}{}{}", words.get("line"), row.line, words.get("colon"), row.reason);
        if !row.column.is_empty() {
            let _ = write!(text, " [{}]", row.column);
        }
        if !row.found.is_empty() {
            let _ = write!(text, " '{}'", row.found);
        }
        if let Some(to) = &row.repaired_to {
            let _ = write!(text, " → '{to}'");
        }
        page.text(Role::Dim, 6, 8, &text);
    }
    report.findings.iter().for_each(|finding| finding_line(page, 2, finding, words));
    let key = if done.installed.unchanged { "import-unchanged" } else { "import-installed" };
    let before = done.installed.before.as_deref().unwrap_or("-");
    let args =
        [("book", done.installed.book.as_str()), ("edition", &done.installed.edition), ("before", before)];
    page.text(Role::Good, 2, 4, &words.with(key, &args));
}

fn fate(fate: Fate, words: &Words) -> String {
    words.get(match fate {
        Fate::Repaired => "fate-repaired",
        Fate::SetAside => "fate-set-aside",
        Fate::Rejected => "fate-rejected",
    })
}

const STATUS: &[(&str, Kind)] = &[
    ("book", Kind::Code),
    ("vintage", Kind::Code),
    ("origin_of_book", Kind::Code),
    ("rows", Kind::Whole),
    ("health", Kind::Text),
    ("title", Kind::Text),
];
const STATUS_FULL: &[(&str, Kind)] = &[
    ("publisher", Kind::Text),
    ("licence", Kind::Text),
    ("edition", Kind::Code),
    ("tables", Kind::Whole),
    ("kilobytes", Kind::Whole),
    ("older", Kind::Text),
];

/// From this width on, or in a file, all columns are given.
const FULL_FROM: usize = 140;

fn status(desk: &mut Desk<'_>) -> Result<Exit, Fault> {
    let library = library(desk)?;
    let all = library.status();
    if desk.settings.format == Format::Json {
        let notes = vec![desk.settings.data_dir.display().to_string()];
        desk.print_json(&serde_json::json!({ "schema": "periplus.books/1", "rows": all, "notes": notes }))?;
        return Ok(Exit::Ok);
    }
    {
        let sheet = status_sheet(desk, &all);
        desk.print_sheet(&sheet)?
    }
    Ok(Exit::Ok)
}

fn status_sheet(desk: &Desk<'_>, all: &[BookStatus]) -> Sheet {
    let full = desk.settings.format != Format::Table || desk.settings.width >= FULL_FROM;
    let columns: Vec<(&str, Kind)> =
        STATUS.iter().chain(STATUS_FULL.iter().filter(|_| full)).copied().collect();
    let mut sheet = Sheet::with_keys("books", &desk.words, &columns);
    for it in all {
        let mut row = vec![
            Cell::text(&it.book),
            Cell::text(&it.vintage),
            Cell::text(origin_word(it, &desk.words)),
            Cell::Whole(it.rows as i64),
            Cell::text(health_words(it, &desk.words)),
            Cell::text(&it.title),
        ];
        if full {
            row.push(Cell::text(&it.publisher));
            row.push(Cell::text(&it.licence));
            row.push(Cell::text(&it.edition));
            row.push(Cell::Whole(it.tables as i64));
            row.push(Cell::Whole(it.bytes.div_ceil(1000) as i64));
            row.push(Cell::text(it.older.join(" ")));
        }
        sheet.rows.push(row);
    }
    sheet.notes.push(desk.words.with("books-in", &[("path", &desk.settings.data_dir.display().to_string())]));
    sheet
}

fn origin_word(it: &BookStatus, words: &Words) -> String {
    words.get(match it.origin {
        lake::books::Origin::Bundled => "origin-bundled",
        lake::books::Origin::Imported => "origin-imported",
    })
}

fn health_words(it: &BookStatus, words: &Words) -> String {
    match &it.health {
        Health::Sound => words.get("health-sound"),
        // It is part of the program, and was checked when that was built.
        Health::Unchecked if it.origin == lake::books::Origin::Bundled => words.get("health-bundled"),
        Health::Unchecked => words.get("health-unchecked"),
        Health::Damaged(why) => words.with("health-damaged", &[("why", why)]),
    }
}

fn verify(desk: &mut Desk<'_>, book: Option<&str>) -> Result<Exit, Fault> {
    let library = library(desk)?;
    if let Some(book) = book {
        library.edition(book).map_err(|it| lake_fault(&it))?;
    }
    let message = desk.words.get("verifying");
    let mut all = progress::during(desk.around, &message, || library.verify());
    all.retain(|it| book.is_none_or(|book| it.book == book));
    if desk.settings.format == Format::Json {
        desk.print_json(&serde_json::json!({ "schema": "periplus.books/1", "rows": all, "notes": [] }))?;
    } else {
        {
            let sheet = status_sheet(desk, &all);
            desk.print_sheet(&sheet)?
        }
    }
    let bad: Vec<RowFault> = all
        .iter()
        .filter_map(|it| match &it.health {
            Health::Damaged(why) => Some(RowFault { line: 0, text: format!("{}: {why}", it.book) }),
            _ => None,
        })
        .collect();
    if bad.is_empty() {
        return Ok(Exit::Ok);
    }
    Err(Fault::ours(Exit::DataMissing, 1924, &[("count", &bad.len().to_string())]).rows(bad))
}

fn rollback(desk: &mut Desk<'_>, book: &str) -> Result<Exit, Fault> {
    let format = desk.format_among(&[Format::Table, Format::Json])?;
    let mut library = library(desk)?;
    let done = library.rollback(book).map_err(|it| lake_fault(&it))?;
    if format == Format::Json {
        desk.print_json(&serde_json::json!({ "schema": "periplus.rollback/1", "installed": done }))?;
    } else {
        let before = done.before.as_deref().unwrap_or("-");
        let args = [("book", done.book.as_str()), ("edition", &done.edition), ("before", before)];
        let text = desk.words.with("rolled-back", &args);
        let mut page = desk.page();
        page.text(Role::Good, 0, 2, &text);
        desk.print_page(&page)?;
    }
    Ok(Exit::Ok)
}

/// One address: what came of it.
#[derive(Debug, Serialize)]
struct Pulled {
    name: &'static str,
    url: &'static str,
    /// "installed", "unchanged", "by_hand", "failed".
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    report: Option<Done>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
}

fn pull_files(desk: &mut Desk<'_>, kind: Option<&str>) -> Result<Exit, Fault> {
    let format = desk.format_among(&[Format::Table, Format::Json])?;
    if desk.settings.offline {
        return Err(Fault::ours(Exit::Denied, 1922, &[("what", "periplus data pull")]));
    }
    let origins: Vec<&'static pull::Origin> = match kind {
        Some(name) => vec![pull::find_origin(name).map_err(|it| lake_fault(&it).at(Exit::NotFound))?],
        None => pull::ORIGINS.iter().collect(),
    };
    let mut library = library(desk)?;
    let mut all = Vec::new();
    let mut first_failure = None;
    for origin in origins {
        let (pulled, failure) = pull_one(desk, &mut library, origin);
        first_failure = first_failure.or(failure);
        all.push(pulled);
    }
    if format == Format::Json {
        desk.print_json(&serde_json::json!({ "schema": "periplus.pull/1", "rows": all }))?;
    } else {
        let sheet = pull_sheet(desk, &all);
        desk.print_sheet(&sheet)?;
    }
    match first_failure {
        // Files that a person must choose are no failure of a pull of everything.
        Some(fault) if kind.is_some() || all.iter().any(|it| it.state == "failed") => Err(fault),
        _ => Ok(Exit::Ok),
    }
}

fn pull_one(
    desk: &Desk<'_>,
    library: &mut Library,
    origin: &'static pull::Origin,
) -> (Pulled, Option<Fault>) {
    let message = desk.words.with("pulling", &[("path", origin.url)]);
    let done = progress::during(desk.around, &message, || {
        let input = pull::fetch(origin)?;
        let made = import::import(origin.kind, &input, &library.options())?;
        let report = made.report.clone();
        Ok(Done { report, installed: library.install(made)? })
    });
    let pulled = |state, report, why| Pulled { name: origin.name, url: origin.url, state, report, why };
    match done {
        Ok(done) => {
            let state = if done.installed.unchanged { "unchanged" } else { "installed" };
            (pulled(state, Some(done), None), None)
        }
        Err(error) => {
            let by_hand = matches!(error, LakeError::ByHand { .. });
            let state = if by_hand { "by_hand" } else { "failed" };
            (pulled(state, None, Some(error.to_string())), Some(lake_fault(&error)))
        }
    }
}

fn pull_sheet(desk: &Desk<'_>, all: &[Pulled]) -> Sheet {
    let columns = [("state", Kind::Code), ("kind", Kind::Code), ("text", Kind::Text)];
    let mut sheet = Sheet::with_keys("pull", &desk.words, &columns);
    for it in all {
        let text = match (&it.report, &it.why) {
            (Some(done), _) => format!("{} {}", done.installed.book, done.installed.edition),
            (_, why) => why.clone().unwrap_or_default(),
        };
        sheet.rows.push(vec![
            Cell::text(desk.words.term("pull", it.state)),
            Cell::text(it.name),
            Cell::text(text),
        ]);
    }
    sheet
}
