//! The command line of Periplus: `periplus <noun> <verb>`. Data goes to stdout, talk to stderr.
//!
//! Everything a command may look at comes in through [`Surroundings`], so that a test can run any command in
//! process and a snapshot does not depend on the machine.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test that unwraps says what it expects"))]
#![cfg_attr(test, allow(clippy::needless_raw_string_hashes, reason = "snapshots are written with them"))]

use std::ffi::OsString;
use std::io::{self, Write};

use clap::{CommandFactory as _, FromArgMatches as _};

pub mod answer;
pub mod args;
pub mod around;
pub mod noun;
pub mod progress;
pub mod settings;
mod tell;

#[cfg(test)]
mod tests;

pub use around::Surroundings;
pub use desk::fault::{Exit, Fault};
use desk::{books, effort, fault, screen, sheet, show, words};

use args::Cli;
use noun::Desk;

/// Runs one command line and returns its exit code. Nothing is read but what `around` and the named files hold.
pub fn run(
    args: impl IntoIterator<Item = OsString>,
    around: &Surroundings,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> u8 {
    let args: Vec<OsString> = args.into_iter().collect();
    let wants_json = args.iter().any(|it| it == "--json" || it == "--format=json");
    match try_run(&args, around, out, err) {
        Ok(exit) => exit.code(),
        Err(Stop::Reader) => Exit::Ok.code(),
        Err(Stop::Fault(fault, words)) => {
            let _ = tell::print(&fault, &words, around, wants_json, err);
            fault.exit.code()
        }
    }
}

/// A failure to hand over the last bytes is a failure, unless the reader has simply gone (`periplus ... | head`).
pub fn after_flush(code: u8, flushed: &io::Result<()>) -> u8 {
    match flushed {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Exit::Internal.code(),
        _ => code,
    }
}

/// Why a command line ended early.
enum Stop {
    /// The reader of stdout has gone: not an error.
    Reader,
    Fault(Box<Fault>, Box<words::Words>),
}

fn try_run(
    args: &[OsString],
    around: &Surroundings,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Exit, Stop> {
    let clock = effort::Clock::start();
    let early = around.words();
    let cli = match parse(args, around) {
        Ok(cli) => cli,
        Err(error) => return clap_says(&error, around, early, out),
    };
    let settings = match settings::Settings::load(&cli.global, around) {
        Ok(settings) => settings,
        Err(fault) => return Err(Stop::Fault(Box::new(fault), Box::new(early))),
    };
    let words = words::Words::new(settings.lang);
    if !settings.lang.complete() && !matches!(settings.format, args::Format::Json | args::Format::Jsonl) {
        let _ = writeln!(err, "{}", words.get("stands-in"));
    }
    let mut desk = Desk { around, settings, words, global: &cli.global, clock, out, err };
    match noun::run(&mut desk, &cli.command) {
        Ok(exit) => Ok(exit),
        Err(fault) if fault.reader_gone => Err(Stop::Reader),
        Err(fault) => Err(Stop::Fault(Box::new(fault), Box::new(desk.words))),
    }
}

fn parse(args: &[OsString], around: &Surroundings) -> Result<Cli, clap::Error> {
    let color = if around.wants_color(true) { clap::ColorChoice::Auto } else { clap::ColorChoice::Never };
    let mut command = Cli::command().color(color);
    if let Some(width) = around.terminal_width {
        command = command.term_width(width.clamp(40, 120));
    }
    Cli::from_arg_matches(&command.try_get_matches_from(args)?)
}

/// Help and version are answers; everything else is a misuse, in our own form.
fn clap_says(
    error: &clap::Error,
    around: &Surroundings,
    words: words::Words,
    out: &mut dyn Write,
) -> Result<Exit, Stop> {
    let rendered = error.render();
    if !error.use_stderr() {
        let text = if around.wants_color(true) { rendered.ansi().to_string() } else { rendered.to_string() };
        let _ = out.write_all(text.as_bytes());
        return Ok(Exit::Ok);
    }
    Err(Stop::Fault(Box::new(Fault::usage(&rendered.to_string())), Box::new(words)))
}
