//! What stands before every handler and after it: addresses that are none, hosts that are not ours, time; then problems in the
//! person's language, bytes that the client has already, and headers that keep a page from doing what it should not.

use std::net::SocketAddr;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::app::App;
use crate::lang::{Language, with_words};
use crate::openapi::Rule;
use crate::problem::{self, Problem};
use crate::reply::{self, Wanted};

/// No address of ours is longer.
const ADDRESS_BYTES: usize = 8 << 10;
/// No request but a stream of events or an upload takes longer.
const TIME: Duration = Duration::from_mins(1);
/// Uploads and streams end themselves.
const LONG_TIME: Duration = Duration::from_mins(15);

pub(crate) async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    let near =
        request.extensions().get::<ConnectInfo<SocketAddr>>().is_some_and(|it| it.0.ip().is_loopback());
    let wanted = wanted(&request, near);
    let language = Language::of_request(request.uri(), request.headers());
    let api = is_api(request.uri().path());
    let uri = request.uri().clone();
    let mut response = match admit(&app, &request) {
        Err(problem) => problem.into_response(),
        Ok(()) => run(request, next).await,
    };
    write_problem(&mut response, language, &uri);
    finish(&mut response, &wanted, api);
    response
}

/// Runs the handler in the time it has.
async fn run(request: Request, next: Next) -> Response {
    let time = if streams(request.uri().path()) { LONG_TIME } else { TIME };
    if let Ok(response) = tokio::time::timeout(time, next.run(request)).await {
        return response;
    }
    let seconds = time.as_secs().to_string();
    Problem::ours(StatusCode::GATEWAY_TIMEOUT, 2009, &[("seconds", &seconds)]).into_response()
}

fn streams(path: &str) -> bool {
    path == "/events" || path == "/mcp" || path.ends_with("/events") || path.ends_with("/import")
}

fn is_api(path: &str) -> bool {
    path.starts_with("/api/") || path == "/mcp" || path == "/events" || path == "/metrics"
}

fn wanted(request: &Request, near: bool) -> Wanted {
    let headers = request.headers();
    let accepts = headers.get(header::ACCEPT_ENCODING).and_then(|it| it.to_str().ok()).unwrap_or_default();
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    Wanted {
        if_none_match: headers.get(header::IF_NONE_MATCH).cloned(),
        gzip: accepts.split(',').any(|it| it.trim() == "gzip" || it.trim().starts_with("gzip;q=1")),
        near,
        reads,
    }
}

/// Whether the request may come in at all.
fn admit(app: &App, request: &Request) -> Result<(), Problem> {
    check_address(request.uri())?;
    check_host(app, request.headers())?;
    check_origin(request.method(), request.headers())?;
    match request.uri().query() {
        Some(query) => check_query(app, request, query),
        None => Ok(()),
    }
}

/// An address is text: percent codes that are no UTF-8, and NUL, are refused before anything reads them.
fn check_address(uri: &Uri) -> Result<(), Problem> {
    let text = uri.path_and_query().map_or("/", |it| it.as_str());
    if text.len() > ADDRESS_BYTES {
        return Err(Problem::ours(
            StatusCode::URI_TOO_LONG,
            2003,
            &[("what", "the address"), ("why", "too long")],
        ));
    }
    if !text.contains('%') {
        return Ok(());
    }
    let refuse = |why| Err(Problem::address("the address", why));
    let Some(bytes) = percent_decoded(text) else {
        return refuse("a percent sign is not followed by two digits");
    };
    if bytes.contains(&0) {
        return refuse("it holds the character NUL");
    }
    match std::str::from_utf8(&bytes) {
        Ok(_) => Ok(()),
        Err(_) => refuse("it is not UTF-8"),
    }
}

pub(crate) fn percent_decoded(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            out.push(byte);
            continue;
        }
        let mut digit = || char::from(bytes.next()?).to_digit(16);
        out.push((digit()? * 16 + digit()?) as u8);
    }
    Some(out)
}

/// On loopback only loopback names are ours: a page of another site whose name was made to point here sends its own name.
fn check_host(app: &App, headers: &HeaderMap) -> Result<(), Problem> {
    if !app.config().is_loopback() {
        return Ok(());
    }
    let host = headers.get(header::HOST).and_then(|it| it.to_str().ok()).unwrap_or_default();
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    };
    if ["localhost", "127.0.0.1", "::1"].iter().any(|it| it.eq_ignore_ascii_case(name)) {
        return Ok(());
    }
    let shown: String = host.chars().take(80).collect();
    Err(Problem::ours(StatusCode::MISDIRECTED_REQUEST, 2002, &[("host", &shown)]))
}

/// What changes something comes from our own pages, or from a program.
fn check_origin(method: &Method, headers: &HeaderMap) -> Result<(), Problem> {
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return Ok(());
    }
    let text = |name: HeaderName| headers.get(name).and_then(|it| it.to_str().ok()).unwrap_or_default();
    let site = headers.get("sec-fetch-site").and_then(|it| it.to_str().ok());
    let origin = text(header::ORIGIN);
    let host = origin.split_once("://").map_or("", |it| it.1);
    let foreign_origin = !origin.is_empty() && !host.eq_ignore_ascii_case(text(header::HOST));
    let foreign_site = site.is_some_and(|it| !matches!(it, "same-origin" | "none"));
    if foreign_origin || foreign_site {
        return Err(Problem::ours(StatusCode::FORBIDDEN, 2010, &[]));
    }
    Ok(())
}

/// A query is held to what the description of the API says of it. Names that the route does not have are refused: a misspelt filter
/// would otherwise do nothing and say nothing.
fn check_query(app: &App, request: &Request, query: &str) -> Result<(), Problem> {
    let Some(path) = request.extensions().get::<MatchedPath>() else { return Ok(()) };
    let Some(rules) = app.query(path.as_str(), request.method()) else { return Ok(()) };
    let mut seen: Vec<String> = Vec::new();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        let Some(rule) = rules.iter().find(|it| it.name == name) else { return Err(unknown(&name, rules)) };
        if seen.iter().any(|it| **it == *name) {
            return Err(Problem::address(&name, "it is there twice"));
        }
        rule.check(&value).map_err(|why| Problem::address(&name, &why))?;
        seen.push(name.into_owned());
    }
    Ok(())
}

fn unknown(name: &str, rules: &[Rule]) -> Problem {
    let known: Vec<&str> = rules.iter().map(|it| it.name.as_str()).collect();
    let near = domain::suggest::nearest(name, known.iter().copied());
    let near = near.map(|it| format!("; did you mean {it}?")).unwrap_or_default();
    let why = format!("not a name that this address takes{near} (known: {})", known.join(", "));
    Problem::address(name, &why)
}

/// Puts the words of a problem into its response.
fn write_problem(response: &mut Response, language: Language, uri: &Uri) {
    let Some(problem::Pending(problem)) = response.extensions_mut().remove::<problem::Pending>() else {
        return;
    };
    let written = with_words(language.words, None, |words| problem.written(words, uri.path()));
    let body = serde_json::to_vec(&written).unwrap_or_default();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(tag) = HeaderValue::from_str(language.tag) {
        headers.insert(header::CONTENT_LANGUAGE, tag);
    }
    *response.body_mut() = Body::from(body);
}

const CSP: &str = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; \
base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

fn finish(response: &mut Response, wanted: &Wanted, api: bool) {
    if let Some(reply::Pending(entry)) = response.extensions_mut().remove::<reply::Pending>() {
        reply::send(response, &entry, wanted);
    }
    let headers = response.headers_mut();
    let mut put = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    put(header::CONTENT_SECURITY_POLICY, CSP);
    put(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(header::REFERRER_POLICY, "same-origin");
    put(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    put(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    if api {
        put(header::CACHE_CONTROL, "private, no-cache");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_is_no_text_is_refused() {
        let check = |uri: &str, good: bool| {
            assert_eq!(check_address(&uri.parse().unwrap()).is_ok(), good, "{uri}");
        };
        check("/api/v1/places?q=%E4%B8%8A", true);
        check("/api/v1/places?q=%00", false);
        check("/api/v1/places?q=%ff", false);
        check("/api/v1/answers/%C3%28", false);
        check("/api/v1/places?q=%4", false);
        check("/api/v1/places?q=%zz", false);
        check(&format!("/{}", "a".repeat(9_000)), false);
    }

    #[test]
    fn what_changes_something_comes_from_our_own_pages() {
        let check = |origin: &str, site: &str, good: bool| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static("127.0.0.1:8080"));
            if !origin.is_empty() {
                headers.insert(header::ORIGIN, origin.parse().unwrap());
            }
            if !site.is_empty() {
                headers.insert("sec-fetch-site", site.parse().unwrap());
            }
            assert_eq!(check_origin(&Method::POST, &headers).is_ok(), good, "{origin} {site}");
            assert!(check_origin(&Method::GET, &headers).is_ok());
        };
        check("", "", true);
        check("http://127.0.0.1:8080", "same-origin", true);
        check("http://evil.example", "", false);
        check("http://127.0.0.1:9999", "", false);
        check("null", "", false);
        check("", "cross-site", false);
        check("", "same-site", false);
    }
}
