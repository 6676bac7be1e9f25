//! What a command may know of the machine: gathered once, handed in.

use std::collections::BTreeMap;
use std::io::IsTerminal as _;
use std::path::PathBuf;

use desk::words::{Lang, Words};
use domain::Date;

/// Environment, folders, terminals and the date. Tests make their own.
#[derive(Clone, Debug)]
pub struct Surroundings {
    pub env: BTreeMap<String, String>,
    pub cwd: PathBuf,
    /// Today, in the person's own time zone: the default of `--as-of`.
    pub today: Date,
    pub out_is_terminal: bool,
    pub err_is_terminal: bool,
    pub terminal_width: Option<usize>,
}

impl Surroundings {
    /// Of the process that runs.
    pub fn of_this_process() -> Self {
        let out_is_terminal = std::io::stdout().is_terminal();
        Self {
            env: std::env::vars_os()
                .filter_map(|(key, value)| Some((key.into_string().ok()?, value.into_string().ok()?)))
                .collect(),
            cwd: std::env::current_dir().unwrap_or_else(|_| PathBuf::from(".")),
            today: jiff::Zoned::now().date(),
            out_is_terminal,
            err_is_terminal: std::io::stderr().is_terminal(),
            terminal_width: out_is_terminal
                .then(terminal_size::terminal_size)
                .flatten()
                .map(|(width, _)| usize::from(width.0)),
        }
    }

    /// A variable that is set and not empty.
    pub fn var(&self, key: &str) -> Option<&str> {
        self.env.get(key).map(String::as_str).filter(|it| !it.is_empty())
    }

    /// Whether colour is welcome: on a terminal, unless NO_COLOR is set (no-color.org) or the terminal is dumb.
    pub fn wants_color(&self, stdout: bool) -> bool {
        let terminal = if stdout { self.out_is_terminal } else { self.err_is_terminal };
        terminal && self.var("NO_COLOR").is_none() && self.var("TERM") != Some("dumb")
    }

    /// Words before settings are read: by PERIPLUS_LANG, then the locale of the terminal.
    pub fn words(&self) -> Words {
        let tags = ["PERIPLUS_LANG", "LC_ALL", "LC_MESSAGES", "LANG"];
        Words::new(tags.iter().find_map(|key| Lang::of_tag(self.var(key)?)).unwrap_or(Lang::En))
    }

    /// A path as the person wrote it, from the folder they stand in.
    pub fn path(&self, given: &str) -> PathBuf {
        self.cwd.join(given)
    }
}
