//! `doctor`: is everything in place? One line per check: ok, warn or fail, with a hint.

use std::fs;

use crate::fault::{Exit, Fault};
use crate::noun::Desk;
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
    let mut checks = vec![data_folder(desk), last_answer(desk), locale(desk), width(desk)];
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
    sheet.print(desk)?;
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
