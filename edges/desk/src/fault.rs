//! What went wrong, as a person and as a program read it: code, sentence, hint, rows; and the exit code.

use std::io;

use serde::Serialize;

use crate::words::Words;

/// The exit codes of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    Ok,
    Internal,
    Usage,
    NotFound,
    BadInput,
    NoFeasiblePlan,
    DataMissing,
    Denied,
    VerifyMismatch,
}

impl Exit {
    pub const fn code(self) -> u8 {
        match self {
            Self::Ok => 0,
            Self::Internal => 1,
            Self::Usage => 2,
            Self::NotFound => 3,
            Self::BadInput => 4,
            Self::NoFeasiblePlan => 5,
            Self::DataMissing => 6,
            Self::Denied => 7,
            Self::VerifyMismatch => 10,
        }
    }
}

/// Where the words of a fault come from: an engine's own sentence, or `prp-NNNN` of the Fluent files.
#[derive(Clone, Debug)]
enum Text {
    Said { text: String, hint: Option<String> },
    Ours(Vec<(&'static str, String)>),
}

/// One row of somebody's file that could not be used.
#[derive(Clone, Debug, Serialize)]
pub struct RowFault {
    /// Line in the file, the header being line 1.
    pub line: u64,
    pub text: String,
}

/// A command that could not be carried out.
#[derive(Clone, Debug)]
pub struct Fault {
    pub exit: Exit,
    /// `PRP-1905`.
    pub code: String,
    text: Text,
    pub rows: Vec<RowFault>,
    /// The reader of stdout has gone; nothing is wrong.
    pub reader_gone: bool,
}

impl Fault {
    /// A fault of the command line itself: `number` is a code whose words are `prp-<number>` in the Fluent files.
    pub fn ours(exit: Exit, number: u16, args: &[(&'static str, &str)]) -> Self {
        let args = args.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        Self {
            exit,
            code: format!("PRP-{number}"),
            text: Text::Ours(args),
            rows: Vec::new(),
            reader_gone: false,
        }
    }

    /// An engine's message: "PRP-1010: what is wrong; how to mend it".
    pub fn said(exit: Exit, message: &str) -> Self {
        let (code, rest) = split_code(message);
        let (text, hint) = split_hint(rest);
        Self {
            exit,
            code: code.unwrap_or("PRP-1900").to_owned(),
            text: Text::Said { text: text.to_owned(), hint: hint.map(str::to_owned) },
            rows: Vec::new(),
            reader_gone: false,
        }
    }

    /// Clap's message as one of ours: its first paragraph is the sentence, the rest the hint.
    pub fn usage(rendered: &str) -> Self {
        let rest = rendered.trim().strip_prefix("error: ").unwrap_or(rendered.trim());
        let (first, more) = rest.split_once("\n\n").unwrap_or((rest, ""));
        let more: Vec<&str> = more.lines().map(str::trim).filter(|it| !it.is_empty()).collect();
        Self {
            exit: Exit::Usage,
            code: "PRP-1901".to_owned(),
            text: Text::Said {
                text: first.to_owned(),
                hint: (!more.is_empty()).then(|| more.join("\n      ")),
            },
            rows: Vec::new(),
            reader_gone: false,
        }
    }

    /// The same with another exit code.
    #[must_use]
    pub fn at(mut self, exit: Exit) -> Self {
        self.exit = exit;
        self
    }

    #[must_use]
    pub fn rows(mut self, rows: Vec<RowFault>) -> Self {
        self.rows = rows;
        self
    }

    #[must_use]
    pub fn with_hint(mut self, words: impl Into<String>) -> Self {
        if let Text::Said { hint, .. } = &mut self.text {
            *hint = Some(words.into());
        }
        self
    }

    /// The sentence and the hint in the person's language.
    pub fn words(&self, words: &Words) -> (String, Option<String>) {
        match &self.text {
            Text::Said { text, hint } => {
                let say = |it: &str| words.say(it).into_owned();
                (say(text), hint.as_deref().map(say))
            }
            Text::Ours(args) => {
                let key = self.code.to_lowercase();
                let args: Vec<(&str, &str)> =
                    args.iter().map(|(name, value)| (*name, value.as_str())).collect();
                let hint_key = format!("{key}-hint");
                let hint = words.has(&hint_key).then(|| words.with(&hint_key, &args));
                (words.with(&key, &args), hint)
            }
        }
    }
}

impl From<io::Error> for Fault {
    /// Only writing to stdout fails this way: reading names its file.
    fn from(error: io::Error) -> Self {
        let mut fault = Self::ours(Exit::Internal, 1911, &[("path", "stdout"), ("why", &error.to_string())]);
        fault.reader_gone = error.kind() == io::ErrorKind::BrokenPipe;
        fault
    }
}

fn split_code(message: &str) -> (Option<&str>, &str) {
    match message.split_once(": ") {
        Some((code, rest)) if code.starts_with("PRP-") && code.len() == 8 => (Some(code), rest),
        _ => (None, message),
    }
}

/// House messages say what is wrong, then after "; " how to mend it. A "; " inside quotes is the person's own text.
fn split_hint(text: &str) -> (&str, Option<&str>) {
    let cut = text.match_indices("; ").find(|(at, _)| text[..*at].matches('\'').count().is_multiple_of(2));
    match cut {
        Some((at, gap)) => (&text[..at], Some(&text[at + gap.len()..])),
        None => (text, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_engine_message_is_split_into_code_sentence_and_hint() {
        let fault = Fault::said(Exit::BadInput, "PRP-1010: '5; 6' has no unit; write for example '5 t'");
        assert_eq!(fault.code, "PRP-1010");
        let (text, hint) = fault.words(&Words::english());
        assert_eq!(text, "'5; 6' has no unit");
        assert_eq!(hint.as_deref(), Some("write for example '5 t'"));
    }
}
