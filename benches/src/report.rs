//! Figures, the machine they were taken on, and the page they are written to.

use std::fmt::Write as _;
use std::path::Path;

/// What has to be reached.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Target {
    AtMost(f64),
    AtLeast(f64),
    /// Shown for comparison only.
    None,
}

impl Target {
    fn met(self, ours: f64) -> &'static str {
        let met = match self {
            Self::AtMost(limit) => ours <= limit,
            Self::AtLeast(limit) => ours >= limit,
            Self::None => return "",
        };
        if met { "yes" } else { "NO" }
    }

    fn words(self) -> String {
        match self {
            Self::AtMost(limit) => format!("at most {}", plain(limit)),
            Self::AtLeast(limit) => format!("at least {}", plain(limit)),
            Self::None => String::new(),
        }
    }
}

/// One line of the table.
#[derive(Clone, Debug)]
pub(crate) struct Figure {
    pub(crate) what: String,
    pub(crate) ours: f64,
    pub(crate) unit: &'static str,
    pub(crate) target: Target,
    /// Other people's software on the same input in the same run.
    pub(crate) peer: String,
}

/// Everything a run has to say.
#[derive(Debug, Default)]
pub(crate) struct Report {
    figures: Vec<Figure>,
    notes: Vec<String>,
    commands: Vec<String>,
}

impl Report {
    pub(crate) fn add(&mut self, what: &str, ours: f64, unit: &'static str, target: Target) {
        self.beside(what, ours, unit, target, String::new());
    }

    pub(crate) fn beside(&mut self, what: &str, ours: f64, unit: &'static str, target: Target, peer: String) {
        let figure = Figure { what: what.to_owned(), ours, unit, target, peer };
        println!(
            "{:<78} {:>12} {:<8} {:<18} {:<4} {}",
            figure.what,
            plain(ours),
            unit,
            target.words(),
            target.met(ours),
            figure.peer
        );
        self.figures.push(figure);
    }

    /// What a reader of the figures has to know.
    pub(crate) fn note(&mut self, text: String) {
        println!("  {text}");
        self.notes.push(text);
    }

    pub(crate) fn skipped(&mut self, what: &str, why: &str) {
        self.note(format!("Skipped: {what}: {why}."));
    }

    pub(crate) fn command(&mut self, text: &str) {
        self.commands.push(text.to_owned());
    }

    /// Names of the lines that miss their target.
    pub(crate) fn missed(&self) -> Vec<&str> {
        self.figures.iter().filter(|it| it.target.met(it.ours) == "NO").map(|it| it.what.as_str()).collect()
    }

    /// The page: generated, never typed.
    pub(crate) fn page(&self, title: &str, command: &str, machine: &Machine) -> String {
        let mut out = format!("# {title}\n\nWritten by `{command}`; run it to make this page anew.\n\n");
        let _ =
            writeln!(out, "| | |\n|---|---|\n| date | {} |\n| commit | {} |", machine.date, machine.commit);
        let _ = writeln!(out, "| machine | {}, {} cores |", machine.cpu, machine.cores);
        let _ = writeln!(
            out,
            "| load before the run | {} |\n| compiler | {} |\n",
            machine.load, machine.compiler
        );
        out.push_str("| what | ours | target | met | peer, same input and run |\n|---|---:|---|---|---|\n");
        for it in &self.figures {
            let _ = writeln!(
                out,
                "| {} | {} {} | {} | {} | {} |",
                it.what,
                plain(it.ours),
                it.unit,
                it.target.words(),
                it.target.met(it.ours),
                it.peer
            );
        }
        for (title, list) in [("Notes", &self.notes), ("Commands", &self.commands)] {
            if !list.is_empty() {
                let _ = writeln!(out, "\n## {title}\n");
            }
            for it in list {
                let _ = writeln!(out, "- {it}");
            }
        }
        out
    }
}

/// Three significant places or more, thousands apart.
pub(crate) fn plain(value: f64) -> String {
    let places = match value.abs() {
        it if it >= 100.0 || it.fract() == 0.0 => 0,
        it if it >= 10.0 => 1,
        it if it >= 1.0 => 2,
        _ => 3,
    };
    let text = format!("{value:.places$}");
    let (whole, rest) =
        text.split_once('.').map_or((text.as_str(), None), |(whole, rest)| (whole, Some(rest)));
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    rest.map_or(grouped.clone(), |rest| format!("{grouped}.{rest}"))
}

/// Where the figures were taken.
#[derive(Debug)]
pub(crate) struct Machine {
    cpu: String,
    cores: usize,
    date: String,
    commit: String,
    load: String,
    compiler: String,
}

impl Machine {
    pub(crate) fn here(workspace: &Path) -> Self {
        let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        let cpu = info
            .lines()
            .find_map(|it| it.strip_prefix("model name").and_then(|it| it.split_once(':')))
            .map_or_else(|| std::env::consts::ARCH.to_owned(), |(_, name)| name.trim().to_owned());
        let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
        let commit = said(workspace, "git", &["rev-parse", "--short=12", "HEAD"]);
        let dirty = said(workspace, "git", &["status", "--porcelain", "--untracked-files=no"]);
        Self {
            cpu,
            cores: std::thread::available_parallelism().map_or(1, usize::from),
            date: jiff::Timestamp::now().to_string().chars().take(16).collect::<String>() + "Z",
            commit: if dirty.is_empty() { commit } else { commit + " and changes not yet committed" },
            load: load.split(' ').take(3).collect::<Vec<_>>().join(" "),
            compiler: said(workspace, "rustc", &["--version"]),
        }
    }

    pub(crate) fn words(&self) -> String {
        format!("{}, {} cores, load {}, {}", self.cpu, self.cores, self.load, self.commit)
    }
}

/// First words of a program on stdout; "unknown" when it cannot be run.
fn said(folder: &Path, program: &str, args: &[&str]) -> String {
    let output = std::process::Command::new(program).args(args).current_dir(folder).output();
    output.map_or_else(|_| "unknown".to_owned(), |it| String::from_utf8_lossy(&it.stdout).trim().to_owned())
}
