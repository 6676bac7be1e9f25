//! Chores of the repository: making the bundled books again from official files, and the house rules.
//!
//! `cargo run -p xtask -- books [--check] [NAME...]` makes books; with `--check` it only says which would change.
//! `cargo run -p xtask -- tidy` runs the house rules.

use std::process::{Command, ExitCode};

use xtask::{Context, Error, MAKERS, Made};

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["books", rest @ ..] => books(rest),
        ["tidy"] => tidy(),
        _ => {
            tell("usage: xtask books [--check] [NAME...] | xtask tidy");
            tell(&format!("books: {}", MAKERS.iter().map(|it| it.0).collect::<Vec<_>>().join(", ")));
            ExitCode::from(2)
        }
    }
}

#[expect(clippy::print_stderr, reason = "a chore talks on stderr")]
fn tell(text: &str) {
    eprintln!("{text}");
}

fn books(words: &[&str]) -> ExitCode {
    let check = words.contains(&"--check");
    let names: Vec<_> = words.iter().filter(|it| !it.starts_with("--")).collect();
    let cx = Context::find();
    if let Some(unknown) = names.iter().find(|it| !MAKERS.iter().any(|(name, _)| name == **it)) {
        tell(&format!("there is no maker of '{unknown}'"));
        return ExitCode::from(2);
    }
    let mut faults = 0;
    for (name, maker) in MAKERS.iter().filter(|(name, _)| names.is_empty() || names.contains(&name)) {
        match maker(&cx)
            .and_then(|made| made.iter().map(|it| settle(&cx, it, check)).sum::<Result<usize, Error>>())
        {
            Ok(changed) if check && changed > 0 => faults += 1,
            Ok(_) => {}
            Err(error) => {
                tell(&format!("{name}: {error}"));
                faults += 1;
            }
        }
    }
    if faults == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Writes the book, or says that it would change. Returns 1 when it changed.
fn settle(cx: &Context, made: &Made, check: bool) -> Result<usize, Error> {
    let changed = cx.differs(made)?;
    let word = match (changed, check) {
        (false, _) => "unchanged",
        (true, true) => "WOULD CHANGE",
        (true, false) => "written",
    };
    if changed && !check {
        cx.write(made)?;
    }
    let rows: u64 = made.source.tables.iter().map(|it| it.rows).sum();
    let bytes: usize = made.tables.iter().map(|(_, text)| text.len()).sum();
    tell(&format!("{:<24} {rows:>8} rows {bytes:>9} bytes  {word}", made.book));
    Ok(usize::from(changed))
}

fn tidy() -> ExitCode {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    match Command::new(cargo).args(["test", "-p", "xtask", "--test", "tidy"]).status() {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}
