//! Files that are sent to us: streamed to disk within bounds, and gone when nobody needs them any more.

use std::io;
use std::path::PathBuf;

use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, header};
use tokio::io::AsyncWriteExt as _;

use crate::app::App;
use crate::problem::Problem;
use crate::take::too_large;

/// A file on disk that goes when this goes.
#[derive(Debug)]
pub struct Uploaded {
    path: PathBuf,
    pub bytes: u64,
}

impl Drop for Uploaded {
    fn drop(&mut self) {
        // What stays is thrown away at the next start.
        let _ = std::fs::remove_file(&self.path);
    }
}

impl Uploaded {
    /// # Errors
    /// It cannot be read.
    pub fn read(&self) -> Result<Vec<u8>, Problem> {
        std::fs::read(&self.path).map_err(|it| Problem::internal(&format!("an uploaded file is gone: {it}")))
    }

    /// Bytes that are in memory already, for work in the background.
    ///
    /// # Errors
    /// They cannot be written.
    pub fn of_bytes(app: &App, bytes: &[u8]) -> Result<Self, Problem> {
        let uploaded = Self { path: fresh(app)?, bytes: bytes.len() as u64 };
        std::fs::write(&uploaded.path, bytes).map_err(|it| cannot_write(&it))?;
        Ok(uploaded)
    }
}

fn folder(app: &App) -> PathBuf {
    app.config().data_dir.join("uploads")
}

fn fresh(app: &App) -> Result<PathBuf, Problem> {
    let folder = folder(app);
    std::fs::create_dir_all(&folder).map_err(|it| cannot_write(&it))?;
    Ok(folder.join(uuid::Uuid::now_v7().simple().to_string()))
}

fn cannot_write(error: &io::Error) -> Problem {
    Problem::internal(&format!("an upload cannot be written: {error}"))
}

/// Throws away what a server that ended early left.
pub fn sweep(app: &App) {
    let _ = std::fs::remove_dir_all(folder(app));
}

/// Writes the body to a file of its own, piece by piece.
///
/// # Errors
/// It is larger than `most`, empty, or ends early.
pub async fn to_file(app: &App, request: Request, most: u64) -> Result<Uploaded, Problem> {
    let said =
        request.headers().get(header::CONTENT_LENGTH).and_then(|it| it.to_str().ok()?.parse::<u64>().ok());
    if said.is_some_and(|it| it > most) {
        return Err(too_large(most));
    }
    let mut uploaded = Uploaded { path: fresh(app)?, bytes: 0 };
    let mut file = tokio::fs::File::create(&uploaded.path).await.map_err(|it| cannot_write(&it))?;
    let mut body = request.into_body();
    while let Some(frame) = http_body_util::BodyExt::frame(&mut body).await {
        let ended = |_| Problem::ours(StatusCode::BAD_REQUEST, 2006, &[("why", "the body ended early")]);
        let Ok(data) = frame.map_err(ended)?.into_data() else { continue };
        uploaded.bytes += data.len() as u64;
        if uploaded.bytes > most {
            return Err(too_large(most));
        }
        file.write_all(&data).await.map_err(|it| cannot_write(&it))?;
    }
    file.flush().await.map_err(|it| cannot_write(&it))?;
    if uploaded.bytes == 0 {
        return Err(Problem::refused("the body", "the file is empty"));
    }
    Ok(uploaded)
}

/// Names of files are shown and stored, never opened: this long, without folders and control characters.
const NAME_CHARS: usize = 200;

/// The header `X-File-Name`, percent-encoded.
///
/// # Errors
/// It is missing or no text.
pub fn file_name(headers: &HeaderMap) -> Result<String, Problem> {
    let bad = || Problem::address("X-File-Name", "it must be the name of the file, percent-encoded");
    let raw = headers
        .get("x-file-name")
        .and_then(|it| it.to_str().ok())
        .filter(|it| !it.is_empty())
        .ok_or_else(bad)?;
    let decoded = crate::guard::percent_decoded(raw).ok_or_else(bad)?;
    let name = String::from_utf8_lossy(&decoded);
    let last =
        name.rsplit(['/', '\\']).map(str::trim).find(|it| !it.chars().all(|it| it == '.' || it.is_control()));
    let clean: String =
        last.unwrap_or("file").chars().filter(|it| !it.is_control()).take(NAME_CHARS).collect();
    Ok(clean.trim().to_owned())
}

/// A header that holds percent-encoded text; `None` when it is not there or empty.
///
/// # Errors
/// It is no text.
pub fn text(headers: &HeaderMap, name: &'static str) -> Result<Option<String>, Problem> {
    let Some(value) = headers.get(name) else { return Ok(None) };
    let bad = || Problem::address(name, "it must be percent-encoded UTF-8");
    let raw = value.to_str().map_err(|_| bad())?;
    let decoded = crate::guard::percent_decoded(raw).ok_or_else(bad)?;
    let text = String::from_utf8(decoded).map_err(|_| bad())?;
    if text.contains('\0') || text.chars().count() > NAME_CHARS * 2 {
        return Err(bad());
    }
    Ok(Some(text.trim().to_owned()).filter(|it| !it.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_last_part_of_what_was_sent() {
        let check = |sent: &str, expect: Option<&str>| {
            let mut headers = HeaderMap::new();
            headers.insert("x-file-name", sent.parse().unwrap());
            assert_eq!(file_name(&headers).ok().as_deref(), expect, "{sent}");
        };
        check("rates.csv", Some("rates.csv"));
        check("..%2F..%2Fetc%2Fpasswd", Some("passwd"));
        check("%E4%BB%B7%E6%A0%BC.xlsx", Some("价格.xlsx"));
        check("..", Some("file"));
        check("a%00b%2F", Some("ab"));
        check("%ff", Some("\u{fffd}"));
        check("", None);
        check("50%", None);
    }
}
