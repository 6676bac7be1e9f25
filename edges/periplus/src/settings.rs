//! Settings and where each came from: flags, then `PERIPLUS_*`, then ./periplus.toml, then the user's file, then built in.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use domain::Date;
use domain::suggest::nearest;

use crate::args::{Format, Global};
use crate::around::Surroundings;
use crate::fault::{Exit, Fault};
use crate::words::Lang;

/// Where a value came from, strongest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    Flag(String),
    Env(String),
    File(PathBuf),
    BuiltIn,
}

impl Origin {
    /// "flag --lang", "env PERIPLUS_LANG", "file ./periplus.toml", "built in".
    pub fn words(&self) -> String {
        match self {
            Self::Flag(name) => format!("flag {name}"),
            Self::Env(name) => format!("env {name}"),
            Self::File(path) => format!("file {}", path.display()),
            Self::BuiltIn => "built in".to_owned(),
        }
    }
}

/// One setting: its name in files (`PERIPLUS_` and capitals in the environment) and its built-in value.
#[derive(Clone, Copy, Debug)]
pub struct Spec {
    pub key: &'static str,
    pub built_in: &'static str,
    /// Key of the words that say what it is for.
    pub about: &'static str,
}

const fn spec(key: &'static str, built_in: &'static str, about: &'static str) -> Spec {
    Spec { key, built_in, about }
}

/// Every setting there is. An empty built-in value means "decided when used".
pub const SPECS: &[Spec] = &[
    spec("as_of", "", "setting-as-of"),
    spec("color", "auto", "setting-color"),
    spec("data_dir", "", "setting-data-dir"),
    spec("format", "table", "setting-format"),
    spec("lang", "", "setting-lang"),
    spec("offline", "false", "setting-offline"),
    spec("plans", "5", "setting-plans"),
    spec("seed", "1", "setting-seed"),
    spec("watts_per_core", "10", "setting-watts-per-core"),
    spec("width", "", "setting-width"),
];

/// A value as written, with its origin.
#[derive(Clone, Debug)]
pub struct Entry {
    pub value: String,
    pub origin: Origin,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Color {
    Auto,
    Always,
    Never,
}

/// Settings, read and checked.
#[derive(Clone, Debug)]
pub struct Settings {
    pub entries: BTreeMap<&'static str, Entry>,
    pub as_of: Date,
    pub color: Color,
    pub data_dir: PathBuf,
    pub format: Format,
    pub lang: Lang,
    pub offline: bool,
    /// Plans shown at most.
    pub plans: usize,
    pub seed: u64,
    /// Power of one busy core, watts: an assumption from which energy is estimated.
    pub watts_per_core: f64,
    pub width: usize,
}

/// Width when nothing says otherwise, as of the first terminals.
const DEFAULT_WIDTH: usize = 80;
/// Below this a table is unreadable; above, lines are.
const WIDTHS: std::ops::RangeInclusive<usize> = 40..=400;

impl Settings {
    pub fn load(global: &Global, around: &Surroundings) -> Result<Self, Fault> {
        let mut entries: BTreeMap<&'static str, Entry> = SPECS
            .iter()
            .map(|it| (it.key, Entry { value: it.built_in.to_owned(), origin: Origin::BuiltIn }))
            .collect();
        if let Some(path) = user_file(around).filter(|it| it.is_file()) {
            read_file(&path, &mut entries)?;
        }
        let local = around.path("periplus.toml");
        if local.is_file() {
            read_file(&local, &mut entries)?;
        }
        read_env(around, &mut entries);
        read_flags(global, &mut entries);
        Self::check(entries, around)
    }

    fn check(entries: BTreeMap<&'static str, Entry>, around: &Surroundings) -> Result<Self, Fault> {
        let read = |key| Reader { key, entry: &entries[key] };
        let width =
            read("width").maybe(|it| it.parse().ok().filter(|it| WIDTHS.contains(it)), "40 .. 400")?;
        let lang = read("lang").maybe(Lang::of_tag, "en, zh, fr, ar, es")?;
        let format = read("format").must(Format::of_word, "table, json, jsonl, csv, parquet, xlsx, html")?;
        Ok(Self {
            as_of: read("as_of").maybe(|it| it.parse().ok(), "YYYY-MM-DD")?.unwrap_or(around.today),
            color: read("color").must(color_of, "auto, always, never")?,
            data_dir: read("data_dir")
                .maybe(|it| Some(around.path(it)), "")?
                .unwrap_or_else(|| data_dir(around)),
            format,
            lang: lang.unwrap_or_else(|| around.words().lang),
            offline: read("offline").must(bool_of, "true, false")?,
            plans: read("plans")
                .must(|it| it.parse().ok().filter(|it| (1..=1000).contains(it)), "1 .. 1000")?,
            seed: read("seed").must(|it| it.parse().ok(), "0 .. 18446744073709551615")?,
            watts_per_core: read("watts_per_core").must(
                |it| it.parse().ok().filter(|it: &f64| it.is_finite() && *it > 0.0 && *it < 1000.0),
                "0.1 .. 999",
            )?,
            width: width
                .or(around.terminal_width.map(|it| it.clamp(*WIDTHS.start(), *WIDTHS.end())))
                .unwrap_or(DEFAULT_WIDTH),
            entries,
        })
    }

    /// Whether text on stdout is painted.
    pub fn paint(&self, around: &Surroundings) -> bool {
        match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => around.wants_color(true),
        }
    }
}

struct Reader<'a> {
    key: &'static str,
    entry: &'a Entry,
}

impl Reader<'_> {
    fn must<T>(&self, read: impl Fn(&str) -> Option<T>, expect: &str) -> Result<T, Fault> {
        let refuse = || {
            let exit =
                if matches!(self.entry.origin, Origin::File(_)) { Exit::BadInput } else { Exit::Usage };
            let args = [
                ("key", self.key),
                ("value", self.entry.value.as_str()),
                ("origin", &self.entry.origin.words()),
                ("expect", expect),
            ];
            Fault::ours(exit, 1903, &args)
        };
        read(self.entry.value.trim()).ok_or_else(refuse)
    }

    /// An empty value is no value.
    fn maybe<T>(&self, read: impl Fn(&str) -> Option<T>, expect: &str) -> Result<Option<T>, Fault> {
        if self.entry.value.trim().is_empty() {
            return Ok(None);
        }
        self.must(read, expect).map(Some)
    }
}

fn color_of(word: &str) -> Option<Color> {
    Some(match word {
        "auto" => Color::Auto,
        "always" => Color::Always,
        "never" => Color::Never,
        _ => return None,
    })
}

fn bool_of(word: &str) -> Option<bool> {
    match word.to_ascii_lowercase().as_str() {
        "true" | "yes" | "1" | "on" => Some(true),
        "false" | "no" | "0" | "off" => Some(false),
        _ => None,
    }
}

/// `$XDG_CONFIG_HOME/periplus/periplus.toml` or `~/.config/...`; `%APPDATA%` on Windows.
pub fn user_file(around: &Surroundings) -> Option<PathBuf> {
    let base = around
        .var("XDG_CONFIG_HOME")
        .or(around.var("APPDATA"))
        .map(PathBuf::from)
        .or_else(|| around.var("HOME").map(|it| Path::new(it).join(".config")))?;
    Some(base.join("periplus").join("periplus.toml"))
}

/// `$XDG_DATA_HOME/periplus` or `~/.local/share/periplus`; without a home, a folder where the person stands.
fn data_dir(around: &Surroundings) -> PathBuf {
    let base = around
        .var("XDG_DATA_HOME")
        .or(around.var("LOCALAPPDATA"))
        .map(PathBuf::from)
        .or_else(|| around.var("HOME").map(|it| Path::new(it).join(".local").join("share")));
    base.map_or_else(|| around.path(".periplus"), |it| it.join("periplus"))
}

fn read_file(path: &Path, entries: &mut BTreeMap<&'static str, Entry>) -> Result<(), Fault> {
    let name = path.display().to_string();
    let refuse = |why: &str| Fault::ours(Exit::BadInput, 1904, &[("path", &name), ("why", why)]);
    let text = std::fs::read_to_string(path).map_err(|it| refuse(&it.to_string()))?;
    let table: toml::Table = text.parse().map_err(|it: toml::de::Error| refuse(it.message()))?;
    for (key, value) in &table {
        let Some(spec) = SPECS.iter().find(|it| it.key == key) else {
            return Err(unknown_key(key, &name));
        };
        let value = match value {
            toml::Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        entries.insert(spec.key, Entry { value, origin: Origin::File(path.to_owned()) });
    }
    Ok(())
}

fn unknown_key(key: &str, file: &str) -> Fault {
    let known = SPECS.iter().map(|it| it.key).collect::<Vec<_>>().join(", ");
    let near = nearest(key, SPECS.iter().map(|it| it.key)).unwrap_or("-");
    Fault::ours(Exit::BadInput, 1902, &[("key", key), ("path", file), ("nearest", near), ("known", &known)])
}

fn read_env(around: &Surroundings, entries: &mut BTreeMap<&'static str, Entry>) {
    for spec in SPECS {
        let name = format!("PERIPLUS_{}", spec.key.to_uppercase());
        if let Some(value) = around.var(&name) {
            entries.insert(spec.key, Entry { value: value.to_owned(), origin: Origin::Env(name) });
        }
    }
}

/// Variables that look like settings and are none: most often a misspelling.
pub fn stray_variables(around: &Surroundings) -> Vec<(String, Option<String>)> {
    /// Read by tests and the build, not by the program.
    const OTHERS: [&str; 2] = ["PERIPLUS_SHARED", "PERIPLUS_BOOKS"];
    let names: Vec<String> = SPECS.iter().map(|it| format!("PERIPLUS_{}", it.key.to_uppercase())).collect();
    around
        .env
        .keys()
        .filter(|it| it.starts_with("PERIPLUS_") && !names.contains(it) && !OTHERS.contains(&it.as_str()))
        .map(|it| (it.clone(), nearest(it, names.iter().map(String::as_str)).map(str::to_owned)))
        .collect()
}

fn read_flags(global: &Global, entries: &mut BTreeMap<&'static str, Entry>) {
    let mut put = |key: &'static str, flag: &str, value: Option<String>| {
        if let Some(value) = value {
            entries.insert(key, Entry { value, origin: Origin::Flag(flag.to_owned()) });
        }
    };
    put("as_of", "--as-of", global.as_of.clone());
    put("color", "--color", global.color.clone());
    put("data_dir", "--data-dir", global.data_dir.clone());
    put("format", "--format", global.format.clone());
    put("format", "--json", global.json.then(|| "json".to_owned()));
    put("lang", "--lang", global.lang.clone());
    put("offline", "--offline", global.offline.then(|| "true".to_owned()));
    put("seed", "--seed", global.seed.clone());
    put("width", "--width", global.width.clone());
}
