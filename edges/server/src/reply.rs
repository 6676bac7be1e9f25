//! What is sent back: bytes made once, with their hash, and their gzip where it pays. The guard sends them, because only it sees
//! what the client has already and what it can read.

use std::fmt::Write as _;
use std::io::Write as _;
use std::sync::{Arc, OnceLock};

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use domain::ContentHash;
use serde::Serialize;

use crate::problem::Problem;

pub const JSON: &str = "application/json";
pub const HTML: &str = "text/html; charset=utf-8";
pub const TEXT: &str = "text/plain; charset=utf-8";

/// Below this a gzip saves no packet.
const GZIP_FROM_BYTES: usize = 4 << 10;

/// Bytes with what HTTP wants to know of them.
#[derive(Debug)]
pub struct Entry {
    pub body: Bytes,
    pub kind: HeaderValue,
    /// Whether it stays for others: then its gzip is worth making even for a near client.
    pub kept: bool,
    etag: OnceLock<String>,
    gzip: OnceLock<Option<Bytes>>,
}

impl Entry {
    pub fn new(kind: &str, body: impl Into<Bytes>) -> Self {
        Self {
            body: body.into(),
            kind: HeaderValue::from_str(kind).unwrap_or(HeaderValue::from_static("application/octet-stream")),
            kept: false,
            etag: OnceLock::new(),
            gzip: OnceLock::new(),
        }
    }

    #[must_use]
    pub fn kept(mut self) -> Self {
        self.kept = true;
        self
    }

    /// An ETag other than the hash of the bytes: the version of a resource that can be changed.
    #[must_use]
    pub fn with_version(self, version: i64) -> Self {
        let _ = self.etag.set(format!("v{version}"));
        self
    }

    /// Without quotes.
    pub fn etag(&self) -> &str {
        self.etag.get_or_init(|| ContentHash::of(&self.body).hex()[..32].to_owned())
    }

    /// The bytes packed; `None` where that saves nothing.
    fn gzip(&self) -> Option<&Bytes> {
        let packed = self.gzip.get_or_init(|| {
            let level = if self.kept { flate2::Compression::default() } else { flate2::Compression::fast() };
            let mut writer = flate2::write::GzEncoder::new(Vec::with_capacity(self.body.len() / 4), level);
            writer.write_all(&self.body).ok()?;
            let packed = writer.finish().ok()?;
            (packed.len() < self.body.len()).then(|| packed.into())
        });
        packed.as_ref()
    }

    fn packs(&self) -> bool {
        let kind = self.kind.to_str().unwrap_or_default();
        let text = ["application/json", "text/", "application/geo+json", "image/svg"];
        self.body.len() >= GZIP_FROM_BYTES
            && (text.iter().any(|it| kind.starts_with(it))
                || kind.contains("json")
                || kind.contains("javascript"))
    }
}

/// What a handler answers.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub entry: Option<Arc<Entry>>,
    pub headers: Vec<(HeaderName, HeaderValue)>,
}

impl Reply {
    pub fn of(entry: Entry) -> Self {
        Self::shared(Arc::new(entry))
    }

    pub fn shared(entry: Arc<Entry>) -> Self {
        Self { status: StatusCode::OK, entry: Some(entry), headers: Vec::new() }
    }

    /// A value as JSON.
    ///
    /// # Errors
    /// It holds a number that JSON cannot.
    pub fn json<T: Serialize + ?Sized>(value: &T) -> Result<Self, Problem> {
        Ok(Self::of(json_entry(value)?))
    }

    /// A resource that was made, and where it is.
    ///
    /// # Errors
    /// As [`Self::json`].
    pub fn created<T: Serialize + ?Sized>(value: &T, at: &str) -> Result<Self, Problem> {
        let mut reply = Self::json(value)?;
        reply.status = StatusCode::CREATED;
        Ok(reply.header(header::LOCATION, at))
    }

    pub fn nothing() -> Self {
        Self { status: StatusCode::NO_CONTENT, entry: None, headers: Vec::new() }
    }

    #[must_use]
    pub fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    #[must_use]
    pub fn header(mut self, name: HeaderName, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.push((name, value));
        }
        self
    }

    /// To be kept as a file of this name.
    #[must_use]
    pub fn attachment(self, name: &str) -> Self {
        self.header(header::CONTENT_DISPOSITION, &disposition(name))
    }
}

/// RFC 6266 with an ASCII name for old readers; nothing in a name can end the header or leave the folder.
pub fn disposition(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|it| if it.is_ascii_alphanumeric() || "-_.".contains(it) { it } else { '_' })
        .collect();
    let mut coded = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) {
            coded.push(char::from(byte));
        } else {
            let _ = write!(coded, "%{byte:02X}");
        }
    }
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{coded}")
}

/// JSON bytes with their kind.
///
/// # Errors
/// It holds a number that JSON cannot.
pub fn json_entry<T: Serialize + ?Sized>(value: &T) -> Result<Entry, Problem> {
    let bytes =
        serde_json::to_vec(value).map_err(|it| Problem::internal(&format!("cannot write JSON: {it}")))?;
    Ok(Entry::new(JSON, bytes))
}

/// What a response carries until the guard sends it.
#[derive(Clone, Debug)]
pub(crate) struct Pending(pub(crate) Arc<Entry>);

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        // Extending would keep the last of two cookies alone.
        for (name, value) in self.headers {
            response.headers_mut().append(name, value);
        }
        if let Some(entry) = self.entry {
            response.extensions_mut().insert(Pending(entry));
        }
        response
    }
}

/// What the client says of what it has and can read.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    pub(crate) if_none_match: Option<HeaderValue>,
    pub(crate) gzip: bool,
    /// On this very machine: packing costs more than sending.
    pub(crate) near: bool,
    /// GET or HEAD.
    pub(crate) reads: bool,
}

/// Puts the bytes into the response, packed or left out as the client wants.
pub(crate) fn send(response: &mut Response, entry: &Arc<Entry>, wanted: &Wanted) {
    let ok = response.status() == StatusCode::OK;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, entry.kind.clone());
    let gzip = (wanted.gzip && entry.packs() && (entry.kept || !wanted.near)).then(|| entry.gzip()).flatten();
    if entry.packs() {
        headers.append(header::VARY, HeaderValue::from_static("accept-encoding"));
    }
    if ok && wanted.reads {
        let etag = entry.etag();
        let text = if gzip.is_some() { format!("\"{etag}-gz\"") } else { format!("\"{etag}\"") };
        if let Ok(value) = HeaderValue::from_str(&text) {
            headers.insert(header::ETAG, value);
        }
        if wanted.if_none_match.as_ref().is_some_and(|it| has_it(it, etag)) {
            headers.remove(header::CONTENT_TYPE);
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            *response.body_mut() = Body::empty();
            return;
        }
    }
    let body = match gzip {
        Some(packed) => {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            packed.clone()
        }
        None => entry.body.clone(),
    };
    *response.body_mut() = Body::from(body);
}

/// Whether one of the tags in `If-None-Match` is this one, packed or not (weak comparison).
fn has_it(header: &HeaderValue, etag: &str) -> bool {
    let Ok(text) = header.to_str() else { return false };
    text.split(',').map(str::trim).any(|it| {
        let it = it.strip_prefix("W/").unwrap_or(it).trim_matches('"');
        it == "*" || it.strip_suffix("-gz").unwrap_or(it) == etag
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_that_has_it_is_sent_nothing() {
        let entry = Arc::new(Entry::new(JSON, "x".repeat(9_000)).kept());
        let etag = entry.etag().to_owned();
        for (header, expect) in [
            (format!("\"{etag}\""), 304),
            (format!("W/\"{etag}-gz\", \"other\""), 304),
            ("*".to_owned(), 304),
            ("\"other\"".to_owned(), 200),
        ] {
            let mut response = StatusCode::OK.into_response();
            let wanted = Wanted {
                if_none_match: HeaderValue::from_str(&header).ok(),
                gzip: true,
                near: true,
                reads: true,
            };
            send(&mut response, &entry, &wanted);
            assert_eq!(response.status().as_u16(), expect, "{header}");
            assert_eq!(response.headers().contains_key(header::CONTENT_ENCODING), expect == 200);
        }
    }

    #[test]
    fn names_of_files_cannot_break_out() {
        let text = disposition("../a\"b\r\nX: y 资料.csv");
        assert!(text.starts_with("attachment; filename=\".._a_b__X__y___.csv\""), "{text}");
        assert!(!text.contains(['\r', '\n']));
    }
}
