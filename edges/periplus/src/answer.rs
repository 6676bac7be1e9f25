//! Where answers are kept between two commands.

use std::fs;
use std::path::PathBuf;

pub use desk::answer::*;

use crate::fault::{Exit, Fault};
use crate::noun::Desk;

/// Where the last answer is kept.
pub fn last_path(desk: &Desk<'_>) -> PathBuf {
    desk.settings.data_dir.join("answers").join("last.json")
}

/// The text of the named answer file, or of the last answer.
pub fn read_text(desk: &Desk<'_>, given: Option<&str>) -> Result<(PathBuf, String), Fault> {
    let path = given.map_or_else(|| last_path(desk), |it| desk.around.path(it));
    match fs::read_to_string(&path) {
        Ok(text) => Ok((path, text)),
        Err(_) if given.is_none() && !path.exists() => Err(Fault::ours(Exit::NotFound, 1905, &[])),
        Err(error) => Err(unreadable(&path, &error.to_string())),
    }
}

/// Reads an answer for showing.
pub fn read(desk: &Desk<'_>, given: Option<&str>) -> Result<Answer, Fault> {
    let (path, text) = read_text(desk, given)?;
    parse(&path, &text)
}
