//! How a fault is told: on stderr to a person, as one JSON object to a program.

use std::io::{self, Write};

use serde::Serialize;

use crate::around::Surroundings;
use crate::fault::{Fault, RowFault};
use crate::screen::clean;
use crate::words::Words;

/// How a fault is written for programs, on stderr, with `--json`.
#[derive(Serialize)]
struct Problem<'a> {
    schema: &'static str,
    r#type: String,
    code: &'a str,
    exit: u8,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    rows: &'a [RowFault],
}

/// How many rows of a report are printed for people; all are in the JSON.
const ROWS_SHOWN: usize = 20;

/// `error: PRP-....: what, where` and `hint: ...`, or one JSON object when programs listen.
pub(crate) fn print(
    fault: &Fault,
    words: &Words,
    around: &Surroundings,
    json: bool,
    err: &mut dyn Write,
) -> io::Result<()> {
    let (text, hint) = fault.words(words);
    if json {
        let problem = Problem {
            schema: "periplus.problem/1",
            r#type: format!("urn:periplus:error:{}", fault.code),
            code: &fault.code,
            exit: fault.exit.code(),
            title: &text,
            hint: hint.as_deref(),
            rows: &fault.rows,
        };
        return writeln!(err, "{}", serde_json::to_string(&problem).unwrap_or_default());
    }
    let (red, bold, reset) =
        if around.wants_color(false) { ("\u{1b}[1;31m", "\u{1b}[1m", "\u{1b}[0m") } else { ("", "", "") };
    writeln!(err, "{red}error{reset}: {}: {}", fault.code, clean::block(&text))?;
    for row in fault.rows.iter().take(ROWS_SHOWN) {
        match row.line {
            0 => writeln!(err, "  {}", clean::line(&words.say(&row.text)))?,
            line => {
                let args = [("line", line.to_string()), ("text", words.say(&row.text).into_owned())];
                let told = words.with("at-line", &[(args[0].0, &args[0].1), (args[1].0, &args[1].1)]);
                writeln!(err, "  {}", clean::line(&told))?;
            }
        }
    }
    if fault.rows.len() > ROWS_SHOWN {
        writeln!(err, "  ... {} more; --json has them all", fault.rows.len() - ROWS_SHOWN)?;
    }
    match hint {
        Some(hint) => writeln!(err, "{bold}hint{reset}: {}", clean::block(&hint)),
        None => Ok(()),
    }
}
