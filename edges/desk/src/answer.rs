//! Answer files: the dossier, the deals decided from it, and what deciding cost. The last answer is kept.

use std::fs;
use std::path::{Path, PathBuf};

use domain::deal::{Assessment, Deals};
use domain::suggest::nearest;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::effort::Effort;
use crate::fault::{Exit, Fault};

/// Version of the answer file.
pub const SCHEMA: &str = "periplus.answer/1";

/// An answer as it is read for showing. The dossier is left in the file: only `plan verify` reads it.
#[derive(Clone, Debug, Deserialize)]
pub struct Answer {
    pub schema: String,
    pub deals: Deals,
    #[serde(default)]
    pub effort: Option<Effort>,
}

/// An answer as it is written.
#[derive(Debug, Serialize)]
pub struct Written<'a, D: Serialize> {
    pub schema: &'static str,
    pub deals: &'a Deals,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effort: Option<&'a Effort>,
    /// How the need was understood, when it was said in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked: Option<&'a Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dossier: Option<&'a D>,
}

/// A file that is not an answer.
pub fn unreadable(path: &Path, why: &str) -> Fault {
    let exit = if path.exists() { Exit::BadInput } else { Exit::NotFound };
    Fault::ours(exit, 1906, &[("path", &path.display().to_string()), ("why", why)])
}

/// Reads an answer for showing.
///
/// # Errors
/// The text is no answer of this version.
pub fn parse(path: &Path, text: &str) -> Result<Answer, Fault> {
    let answer: Answer =
        serde_json::from_str(text).map_err(|it| unreadable(path, &newer(text, &it.to_string())))?;
    match answer.schema.as_str() {
        SCHEMA => Ok(answer),
        other => Err(unreadable(path, &format!("schema {other}, expected {SCHEMA}"))),
    }
}

/// Why a text is no answer. An answer of another version rarely has the same fields: say the version rather than the field.
pub fn newer(text: &str, why: &str) -> String {
    let schema =
        serde_json::from_str::<Value>(text).ok().and_then(|it| it["schema"].as_str().map(str::to_owned));
    match schema {
        Some(schema) if schema != SCHEMA => format!("schema {schema}, expected {SCHEMA}"),
        _ => why.to_owned(),
    }
}

/// Writes a whole file or none: first beside it, then over it.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Fault> {
    let refuse = |error: std::io::Error| {
        let exit =
            if error.kind() == std::io::ErrorKind::PermissionDenied { Exit::Denied } else { Exit::Internal };
        Fault::ours(exit, 1911, &[("path", &path.display().to_string()), ("why", &error.to_string())])
    };
    if let Some(folder) = path.parent().filter(|it| !it.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(refuse)?;
    }
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(".{}.part", std::process::id()));
    let beside = PathBuf::from(beside);
    fs::write(&beside, bytes).and_then(|()| fs::rename(&beside, path)).map_err(|error| {
        let _ = fs::remove_file(&beside);
        refuse(error)
    })
}

/// A plan by id (case does not matter) or by rank.
pub fn plan<'a>(deals: &'a Deals, given: &str) -> Result<&'a Assessment, Fault> {
    let wanted = given.trim();
    let found = deals.plans.iter().find(|it| it.id.eq_ignore_ascii_case(wanted));
    let by_rank =
        || wanted.parse::<u32>().ok().and_then(|rank| deals.plans.iter().find(|it| it.rank == rank));
    found.or_else(by_rank).ok_or_else(|| {
        let ids: Vec<&str> = deals.plans.iter().map(|it| it.id.as_str()).collect();
        let near = nearest(wanted, ids.iter().copied()).unwrap_or("-");
        let known = if ids.is_empty() { "-".to_owned() } else { ids.join(", ") };
        Fault::ours(Exit::NotFound, 1907, &[("plan", wanted), ("nearest", near), ("known", &known)])
    })
}
