//! One module per noun; each command reads its books, asks an engine and prints.

use std::borrow::Cow;
use std::io::Write;

use clap::CommandFactory as _;
use lake::Library;

use crate::answer::Answer;
use crate::args::{Cli, Command, Config, Format, Global};
use crate::around::Surroundings;
use crate::effort::Clock;
use crate::fault::{Exit, Fault};
use crate::screen::{Page, clean};
use crate::settings::Settings;
use crate::sheet::Sheet;
use crate::words::{Lang, Words};

pub mod config;
pub mod data;
pub mod doctor;
pub mod explain;
pub mod market;
pub mod people;
pub mod plan;
pub mod radar;
pub mod route;
pub mod scan;
pub mod serve;
pub mod tariff;

/// What every command works with.
#[expect(missing_debug_implementations, reason = "it holds two writers")]
pub struct Desk<'a> {
    pub around: &'a Surroundings,
    pub settings: Settings,
    pub words: Words,
    pub global: &'a Global,
    /// Since the command began.
    pub clock: Clock,
    /// Data.
    pub out: &'a mut dyn Write,
    /// Talk.
    pub err: &'a mut dyn Write,
}

impl Desk<'_> {
    /// One JSON document on stdout.
    pub fn print_json<T: serde::Serialize>(&mut self, value: &T) -> Result<(), Fault> {
        let text = serde_json::to_string_pretty(value).map_err(|error| {
            Fault::ours(Exit::Internal, 1911, &[("path", "stdout"), ("why", &error.to_string())])
        })?;
        Ok(writeln!(self.out, "{}", clean::json(&text))?)
    }

    /// An answer as the person reads it: what engines say in English, said in the person's language. Formats for programs (JSON,
    /// CSV, Parquet) keep the English of the engines.
    pub fn spoken<'a>(&self, answer: &'a Answer, format: Format) -> Cow<'a, Answer> {
        let for_programs = matches!(format, Format::Json | Format::Jsonl | Format::Csv | Format::Parquet);
        if for_programs || self.words.lang == Lang::En {
            return Cow::Borrowed(answer);
        }
        let mut spoken = answer.clone();
        ::desk::phrases::localise(&mut spoken.deals, &self.words);
        Cow::Owned(spoken)
    }

    pub fn page(&self) -> Page {
        Page::new(self.settings.width)
    }

    pub fn print_page(&mut self, page: &Page) -> Result<(), Fault> {
        Ok(page.write(self.settings.paint(self.around), self.out)?)
    }

    /// Talk, only with -v.
    pub fn say(&mut self, text: &str) {
        if self.global.verbose > 0 {
            let _ = writeln!(self.err, "{}", clean::block(text));
        }
    }

    /// A table in the format in force, on stdout.
    pub fn print_sheet(&mut self, sheet: &Sheet) -> Result<(), Fault> {
        let format = self.settings.format;
        if format.is_binary() && self.around.out_is_terminal {
            return Err(Fault::ours(Exit::Usage, 1919, &[("format", format.word())]));
        }
        match format {
            Format::Table => {
                let page = sheet.page(&self.words, self.settings.width);
                self.print_page(&page)
            }
            Format::Json => self.print_json(&sheet.json()),
            Format::Jsonl => Ok(sheet.write_jsonl(self.out)?),
            // On a terminal control characters are taken out; in a file what was written is kept.
            Format::Csv => sheet.write_csv(self.around.out_is_terminal, self.out),
            Format::Parquet | Format::Xlsx | Format::Html | Format::Pdf => {
                Ok(self.out.write_all(&sheet.bytes(format, &self.words)?)?)
            }
        }
    }

    /// The format in force, when this command can write it.
    pub fn format_among(&self, able: &[Format]) -> Result<Format, Fault> {
        let format = self.settings.format;
        if able.contains(&format) {
            return Ok(format);
        }
        let known = able.iter().map(|it| it.word()).collect::<Vec<_>>().join(", ");
        Err(Fault::ours(Exit::Usage, 1912, &[("format", format.word()), ("known", &known)]))
    }
}

/// Opens the library: bundled books and those imported into the data folder.
pub fn library(desk: &Desk<'_>) -> Result<Library, Fault> {
    crate::books::open(&desk.settings.data_dir)
}

/// Runs one command.
pub fn run(desk: &mut Desk<'_>, command: &Command) -> Result<Exit, Fault> {
    if matches!(command, Command::Radar(_) | Command::Plan(_)) {
        // Names are a comfort: without the book the answer's own are shown.
        if let Ok(book) = library(desk).and_then(|it| crate::books::economies(&it)) {
            desk.words.know_economies(book);
        }
    }
    match command {
        Command::Radar(verb) => radar::run(desk, verb),
        Command::Plan(verb) => plan::run(desk, verb),
        Command::Tariff(verb) => tariff::run(desk, verb),
        Command::Route(verb) => route::run(desk, verb),
        Command::Market(verb) => market::run(desk, verb),
        Command::Data(verb) => data::run(desk, verb),
        Command::Serve(how) => serve::run(desk, how),
        Command::People(verb) => people::run(desk, verb),
        Command::Audit(verb) => people::audit(desk, verb),
        Command::Backup { out, store } => people::backup(desk, out, store.as_ref()),
        Command::Restore { file, store } => people::restore(desk, file, store.as_ref()),
        Command::Mcp { store } => people::mcp(desk, store.as_ref()),
        Command::Doctor => doctor::run(desk),
        Command::Explain { code } => explain::run(desk, code.as_deref()),
        Command::Config(Config::Show { origin }) => config::show(desk, *origin),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Cli::command(), "periplus", &mut script);
            desk.out.write_all(&script)?;
            Ok(Exit::Ok)
        }
    }
}
