//! `doctor`: is everything in place? One line per check: ok, warn or fail, with a hint.

use std::fs;

use crate::books::{age_days, old_after};
use crate::fault::{Exit, Fault};
use crate::noun::{Desk, library};
use crate::settings::{self, Origin};
use crate::sheet::{Cell, Kind, Sheet};

/// How a check came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Ok,
    Warn,
    Fail,
}

impl State {
    fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Fail => "fail",
        }
    }
}

/// One line of the doctor's report.
#[derive(Clone, Debug)]
pub struct Check {
    pub name: &'static str,
    pub state: State,
    pub text: String,
    /// Key of the hint, when there is something to do.
    pub hint: Option<String>,
}

impl Check {
    pub fn new(name: &'static str, state: State, text: impl Into<String>) -> Self {
        Self { name, state, text: text.into(), hint: None }
    }

    fn hint(mut self, hint: String) -> Self {
        self.hint = Some(hint);
        self
    }
}

pub fn run(desk: &mut Desk<'_>) -> Result<Exit, Fault> {
    let mut checks = vec![data_folder(desk), last_answer(desk)];
    checks.extend(books_checks(desk));
    checks.extend([disk(desk), locale(desk), width(desk)]);
    checks.extend(strays(desk));
    let columns = [("state", Kind::Code), ("check", Kind::Code), ("found", Kind::Text), ("hint", Kind::Text)];
    let mut sheet = Sheet::with_keys("doctor", &desk.words, &columns);
    for check in &checks {
        sheet.rows.push(vec![
            Cell::text(check.state.word()),
            Cell::text(desk.words.term("check", check.name)),
            Cell::text(check.text.clone()),
            Cell::text(check.hint.clone().unwrap_or_default()),
        ]);
    }
    desk.print_sheet(&sheet)?;
    let failed = checks.iter().any(|it| it.state == State::Fail);
    Ok(if failed { Exit::DataMissing } else { Exit::Ok })
}

fn data_folder(desk: &Desk<'_>) -> Check {
    let folder = &desk.settings.data_dir;
    let name = folder.display().to_string();
    let probe = folder.join(format!(".doctor-{}", std::process::id()));
    let tried = fs::create_dir_all(folder)
        .and_then(|()| fs::write(&probe, b"ok"))
        .and_then(|()| fs::remove_file(&probe));
    match tried {
        Ok(()) => Check::new("data_dir", State::Ok, name),
        Err(error) => Check::new("data_dir", State::Fail, format!("{name}: {error}"))
            .hint(desk.words.get("doctor-data-dir-hint")),
    }
}

fn last_answer(desk: &Desk<'_>) -> Check {
    match crate::answer::read(desk, None) {
        Ok(answer) => Check::new(
            "last_answer",
            State::Ok,
            format!("{} {}", answer.deals.as_of, answer.deals.dossier.short()),
        ),
        Err(fault) if fault.code == "PRP-1905" => {
            Check::new("last_answer", State::Ok, desk.words.get("none-yet"))
        }
        Err(fault) => {
            let (text, hint) = fault.words(&desk.words);
            let check = Check::new("last_answer", State::Warn, text);
            match hint {
                Some(hint) => check.hint(hint),
                None => check,
            }
        }
    }
}

/// Books without which `radar scan` says nothing.
const NEEDED: &[&str] = &[
    "assumptions",
    "bank-charges",
    "cargo-insurance",
    "economies",
    "flows",
    "freight-factors",
    "freight-rates",
    "hs",
    "lead-times",
    "places",
    "ports",
    "airports",
    "rates",
    "sea-network",
];

/// One line for all sound books, and one for each that is missing, damaged or old.
fn books_checks(desk: &Desk<'_>) -> Vec<Check> {
    let library = match library(desk) {
        Ok(library) => library,
        Err(fault) => {
            let (text, hint) = fault.words(&desk.words);
            return vec![Check::new("books", State::Fail, text).hint(hint.unwrap_or_default())];
        }
    };
    let all = library.verify();
    let mut out = Vec::new();
    let missing = NEEDED.iter().filter(|name| !library.has(name));
    out.extend(missing.map(|name| {
        let text = desk.words.with("doctor-book-missing", &[("book", name)]);
        Check::new("books", State::Fail, text).hint(desk.words.get("doctor-book-missing-hint"))
    }));
    for it in &all {
        if let lake::books::Health::Damaged(why) = &it.health {
            let hint = desk.words.with("doctor-book-damaged-hint", &[("book", &it.book)]);
            out.push(Check::new("books", State::Fail, format!("{}: {why}", it.book)).hint(hint));
        } else if let Some(days) =
            age_days(&it.vintage, desk.settings.as_of).filter(|days| *days > old_after(&it.book))
        {
            let args = [("book", it.book.as_str()), ("vintage", &it.vintage), ("days", &days.to_string())];
            let check = Check::new("books", State::Warn, desk.words.with("doctor-book-old", &args));
            out.push(check.hint(newer_hint(desk, &it.book)));
        }
    }
    let rows: u64 = all.iter().map(|it| it.rows).sum();
    let args =
        [("count", all.len().to_string()), ("rows", crate::show::figures::grouped_real(rows as f64, 0))];
    let text = desk.words.with("doctor-books", &[(args[0].0, &args[0].1), (args[1].0, &args[1].1)]);
    out.insert(0, Check::new("books", if all.is_empty() { State::Fail } else { State::Ok }, text));
    out
}

/// Books and the kinds of file that make them anew.
const MADE_BY: &[(&str, &str)] = &[
    ("rates", "ecb-rates"),
    ("tariff-gb", "uk-commodity"),
    ("tariff-us", "us-tariff"),
    ("tariff-au", "au-schedule-3"),
    ("origin-rules-gb", "uk-origin-rules"),
    ("airports", "airports"),
    ("places", "unlocode"),
    ("grid", "grid-intensity"),
    ("flows", "flows"),
];
/// Books that no importer makes.
const ONLY_BUNDLED: &[&str] = &["tariff-eu", "lead-times", "sea-network", "freight-rates"];

/// The command that brings a newer edition of a book, its kind named.
fn newer_hint(desk: &Desk<'_>, book: &str) -> String {
    let known = |kind: &&str| lake::import::find_importer(kind).is_ok();
    match MADE_BY.iter().find(|it| it.0 == book).map(|it| it.1).filter(known) {
        Some(kind) => {
            let fetched = lake::pull::find_origin(kind).is_ok_and(|it| it.by_hand.is_none());
            let key = if fetched { "doctor-book-old-pull" } else { "doctor-book-old-import" };
            desk.words.with(key, &[("kind", kind)])
        }
        None if ONLY_BUNDLED.contains(&book) => desk.words.get("doctor-book-old-bundled"),
        None => desk.words.get("doctor-book-old-hint"),
    }
}

/// Whether an answer can be kept: a megabyte is written and taken away again.
fn disk(desk: &Desk<'_>) -> Check {
    let probe = desk.settings.data_dir.join(format!(".doctor-disk-{}", std::process::id()));
    let tried = fs::write(&probe, vec![0_u8; 1 << 20]);
    let _ = fs::remove_file(&probe);
    match tried {
        Ok(()) => Check::new("disk", State::Ok, desk.words.get("doctor-disk-room")),
        Err(error) => {
            Check::new("disk", State::Fail, error.to_string()).hint(desk.words.get("doctor-disk-hint"))
        }
    }
}

fn locale(desk: &Desk<'_>) -> Check {
    let wanted = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|key| desk.around.var(key)).unwrap_or("");
    let charset = wanted.rsplit_once('.').map_or("", |(_, it)| it);
    let chosen = desk.settings.entries["lang"].origin != Origin::BuiltIn;
    let text = format!("{} ({})", desk.settings.lang.code(), if wanted.is_empty() { "-" } else { wanted });
    let unicode =
        charset.is_empty() || charset.eq_ignore_ascii_case("utf-8") || charset.eq_ignore_ascii_case("utf8");
    if !unicode {
        return Check::new("locale", State::Warn, text).hint(desk.words.get("doctor-charset-hint"));
    }
    if !chosen
        && !matches!(wanted, "" | "C" | "POSIX" | "C.UTF-8")
        && crate::words::Lang::of_tag(wanted).is_none()
    {
        return Check::new("locale", State::Warn, text).hint(desk.words.get("doctor-locale-hint"));
    }
    Check::new("locale", State::Ok, text)
}

fn width(desk: &Desk<'_>) -> Check {
    let width = desk.settings.width;
    let check = Check::new("width", if width < 80 { State::Warn } else { State::Ok }, width.to_string());
    if width < 80 { check.hint(desk.words.get("doctor-width-hint")) } else { check }
}

fn strays(desk: &Desk<'_>) -> Vec<Check> {
    let stray = settings::stray_variables(desk.around);
    let check = |(name, near): (String, Option<String>)| {
        let hint = desk.words.with("doctor-stray-hint", &[("nearest", near.as_deref().unwrap_or("-"))]);
        Check::new("environment", State::Warn, name).hint(hint)
    };
    stray.into_iter().map(check).collect()
}
