//! What is sent to us, read within bounds; what cannot be read is said with its place.

use axum::body::to_bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use bytes::Bytes;
use serde::de::DeserializeOwned;

use crate::problem::{Problem, Row};

/// The largest JSON body, unless a route says otherwise.
pub const JSON_BYTES: usize = 256 << 10;

/// A JSON body of at most `MOST` bytes.
#[derive(Debug)]
pub struct Body<T, const MOST: usize = JSON_BYTES>(pub T);

impl<T: DeserializeOwned, S: Sync, const MOST: usize> FromRequest<S> for Body<T, MOST> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        is_json(request.headers())?;
        let bytes = whole(request, MOST).await?;
        read_json(&bytes).map(Self)
    }
}

/// The bytes of a JSON body, for what is read more than once.
///
/// # Errors
/// It is of another kind, or too large.
pub async fn body(request: Request) -> Result<Bytes, Problem> {
    is_json(request.headers())?;
    whole(request, JSON_BYTES).await
}

fn is_json(headers: &HeaderMap) -> Result<(), Problem> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok()).unwrap_or_default();
    let essence = kind.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case("application/json") || essence.to_ascii_lowercase().ends_with("+json") {
        return Ok(());
    }
    let found = if kind.is_empty() { "-" } else { kind };
    Err(Problem::ours(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        2005,
        &[("found", found), ("expect", "application/json")],
    ))
}

/// A whole body of at most so many bytes. PRP-2008 when it is larger, before it is read where its length is said.
///
/// # Errors
/// It is larger, or the sender stopped.
pub async fn whole(request: Request, most: usize) -> Result<Bytes, Problem> {
    let said =
        request.headers().get(header::CONTENT_LENGTH).and_then(|it| it.to_str().ok()?.parse::<u64>().ok());
    if said.is_some_and(|it| it > most as u64) {
        return Err(too_large(most as u64));
    }
    to_bytes(request.into_body(), most).await.map_err(|error| {
        let text = format!("{error:?}");
        if text.contains("LengthLimit") {
            return too_large(most as u64);
        }
        Problem::ours(StatusCode::BAD_REQUEST, 2006, &[("why", "the body ended early")])
    })
}

/// PRP-2008.
pub fn too_large(most: u64) -> Problem {
    let most = if most >= 1 << 20 { format!("{} MB", most >> 20) } else { format!("{} kB", most >> 10) };
    Problem::ours(StatusCode::PAYLOAD_TOO_LARGE, 2008, &[("most", &most)])
}

/// JSON as a value. What is no JSON is 400, and JSON that is not what is wanted 422; both with line, column and path.
///
/// # Errors
/// The text cannot be read.
pub fn read_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        refused(error.inner(), &path)
    })?;
    reader.end().map_err(|it| refused(&it, "."))?;
    if has_nul(bytes) {
        return Err(Problem::refused("the body", "a text holds the character NUL"));
    }
    Ok(value)
}

fn refused(error: &serde_json::Error, path: &str) -> Problem {
    let full = error.to_string();
    let text = full.split(" at line ").next().unwrap_or(&full).to_owned();
    let column = (path != ".").then(|| path.to_owned());
    let row = Row { line: error.line() as u64, column, text: text.clone() };
    let at = format!("line {}, column {}", error.line(), error.column());
    let problem = match error.classify() {
        serde_json::error::Category::Data => {
            let what = if path == "." { "the body".to_owned() } else { path.to_owned() };
            Problem::refused(&what, &format!("{text} ({at})"))
        }
        _ => Problem::ours(StatusCode::BAD_REQUEST, 2006, &[("why", &format!("{text} ({at})"))]),
    };
    problem.with_rows(vec![row])
}

/// Whether a text in the JSON holds `\u0000`: no database keeps it, and no person writes it.
fn has_nul(bytes: &[u8]) -> bool {
    let Some(at) = bytes.windows(6).position(|it| it == b"\\u0000") else { return false };
    // An even number of backslashes before it makes it the text "\u0000" itself.
    let before = bytes[..at].iter().rev().take_while(|it| **it == b'\\').count();
    before % 2 == 0 || has_nul(&bytes[at + 6..])
}

/// The version that a change is about: of `If-Match`, else of the body.
///
/// # Errors
/// PRP-2062: there is none.
pub fn version(headers: &HeaderMap, body: Option<i64>) -> Result<i64, Problem> {
    let Some(tag) = headers.get(header::IF_MATCH).and_then(|it| it.to_str().ok()) else {
        return body.ok_or_else(|| Problem::ours(StatusCode::PRECONDITION_REQUIRED, 2062, &[]));
    };
    let bare = tag.trim().trim_start_matches("W/").trim_matches('"');
    let bare = bare.strip_suffix("-gz").unwrap_or(bare).trim_start_matches('v');
    bare.parse().map_err(|_| Problem::address("If-Match", "it is no ETag of ours"))
}

/// The query of an address.
#[derive(Debug)]
pub struct Args<T>(pub T);

impl<T: DeserializeOwned, S: Sync> FromRequestParts<S> for Args<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        read_query(parts.uri.query().unwrap_or_default()).map(Self)
    }
}

fn read_query<T: DeserializeOwned>(query: &str) -> Result<T, Problem> {
    let reader = serde_urlencoded::Deserializer::new(form_urlencoded::parse(query.as_bytes()));
    serde_path_to_error::deserialize(reader).map_err(|error| {
        let path = error.path().to_string();
        let what = if path == "." { "the query".to_owned() } else { path };
        Problem::address(&what, &error.inner().to_string())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[expect(dead_code, reason = "only reading is tested")]
    struct Sent {
        name: String,
        list: Vec<u8>,
    }

    #[test]
    fn bad_json_says_where() {
        let check = |text: &str, status: u16, place: &str| {
            let problem = read_json::<Sent>(text.as_bytes()).unwrap_err();
            let written = problem.written(&desk::words::Words::english(), "/");
            assert_eq!(written.status, status, "{text}");
            assert!(written.detail.contains(place), "{}", written.detail);
        };
        check("{\"name\": \"a\",\n \"list\": [1, 300]}", 422, "list[1]");
        check("{\"name\": \"a\",\n \"list\": [1, 300]}", 422, "line 2");
        check("{\"name\": ", 400, "line 1");
        check("{\"name\": \"a\", \"list\": []} x", 400, "line 1");
        check("{\"name\": \"a\\u0000b\", \"list\": []}", 422, "NUL");
        assert!(
            read_json::<Sent>(br#"{"name": "a\\u0000b", "list": []}"#).is_ok(),
            "the text, not the character"
        );
        check(&format!("{}{}", "[".repeat(500), "]".repeat(500)), 422, "line 1");
    }

    #[test]
    fn a_query_is_read_and_its_faults_are_named() {
        #[derive(Debug, serde::Deserialize)]
        struct Page {
            limit: Option<u32>,
        }
        assert_eq!(read_query::<Page>("limit=5").unwrap().limit, Some(5));
        for bad in ["limit=x", "limit=1&limit=2", "limit=-1"] {
            assert_eq!(read_query::<Page>(bad).unwrap_err().status(), 400, "{bad}");
        }
    }
}
