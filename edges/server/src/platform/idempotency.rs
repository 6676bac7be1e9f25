//! A request that is sent twice is done once: the second gets the answer of the first.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use serde_json::{Value as Json, json};
use sha2::{Digest as _, Sha256};
use store::{Answered, Reservation, Tenant};

use super::who::Who;
use crate::app::App;
use crate::problem::{self, Problem};
use crate::reply::{self, Entry, Reply};
use crate::take;

const KEY: &str = "idempotency-key";
/// Larger than any body that a route takes; routes have their own bounds within it.
const BODY_BYTES: usize = 64 << 20;
/// Of a larger answer only what changed is remembered: that it was done.
const ANSWER_BYTES: usize = 4 << 20;

/// Headers of an answer that belong to what was done, not to how it was sent.
const KEPT: [HeaderName; 4] =
    [header::CONTENT_TYPE, header::LOCATION, header::CONTENT_LOCATION, header::CONTENT_DISPOSITION];

/// The middleware: only for POST with a key, and only for whoever is known.
pub async fn layer(State(app): State<App>, request: Request, next: Next) -> Response {
    let key = request.headers().get(KEY).cloned();
    let who = request.extensions().get::<Who>().cloned();
    let (Some(key), Some(who), true) = (key, who, *request.method() == Method::POST) else {
        return next.run(request).await;
    };
    match once(&app, &key, &who, request, next).await {
        Ok(response) => response,
        Err(problem) => problem.into_response(),
    }
}

async fn once(
    app: &App,
    key: &HeaderValue,
    who: &Who,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let bad = || Problem::address("Idempotency-Key", "1 to 200 visible ASCII characters are expected");
    let key = key.to_str().ok().filter(|it| (1..=200).contains(&it.len())).ok_or_else(bad)?;
    // What one of the firm sends is not answered with what another was told.
    let name = format!("{}/{}", who.inner().trace(), hex(&Sha256::digest(key.as_bytes())));
    let (parts, body) = request.into_parts();
    let body = take::whole(Request::from_parts(parts.clone(), body), BODY_BYTES).await?;
    let hash = fingerprint(&parts, &body);
    let tenant = app.platform().tenant(who);
    let holder = match tenant.reserve_request(&name, &hash).await? {
        Reservation::Mine(holder) => holder,
        Reservation::UnderWay => return Err(Problem::ours(StatusCode::CONFLICT, 2056, &[]).retry_after(2)),
        Reservation::Differs => return Err(Problem::ours(StatusCode::UNPROCESSABLE_ENTITY, 2055, &[])),
        Reservation::Done(answered) => return Ok(again(&answered)),
    };
    let held = Held { tenant: Some(tenant), name, holder };
    let response = next.run(Request::from_parts(parts, Body::from(body))).await;
    Ok(held.keep(response).await)
}

fn fingerprint(parts: &axum::http::request::Parts, body: &Bytes) -> String {
    let mut hash = Sha256::new();
    hash.update(parts.method.as_str().as_bytes());
    hash.update([0]);
    hash.update(parts.uri.path_and_query().map_or("/", |it| it.as_str()).as_bytes());
    hash.update([0]);
    for name in ["content-type", "prefer", "x-file-name", "x-kind", "x-vintage", "x-economy"] {
        hash.update(parts.headers.get(name).map_or(b"".as_slice(), HeaderValue::as_bytes));
        hash.update([0]);
    }
    hash.update(body);
    hex(&hash.finalize())
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A key that is being used. When the client hangs up in the middle, the key is given back.
struct Held {
    tenant: Option<Tenant>,
    name: String,
    holder: String,
}

impl Held {
    async fn keep(mut self, response: Response) -> Response {
        let Some(tenant) = self.tenant.take() else { return response };
        // What failed by our fault, or was refused for want of room, may be tried again with the same key.
        let status = response.status();
        if status.is_server_error() || matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::CONFLICT)
        {
            let _ = tenant.abandon_request(&self.name, &self.holder).await;
            return response;
        }
        let (response, answered) = taken(response).await;
        let Some(answered) = answered else {
            let _ = tenant.abandon_request(&self.name, &self.holder).await;
            return response;
        };
        if let Err(error) = tenant.finish_request(&self.name, &self.holder, answered).await {
            crate::log::failure(&format!("an idempotency key was not kept: {error}"));
        }
        response
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let Some(tenant) = self.tenant.take() else { return };
        let (name, holder) = (std::mem::take(&mut self.name), std::mem::take(&mut self.holder));
        tokio::spawn(async move { tenant.abandon_request(&name, &holder).await });
    }
}

/// The response, and what of it is kept. Bytes that the guard has yet to put in are taken from where they wait.
async fn taken(mut response: Response) -> (Response, Option<Answered>) {
    let status = i64::from(response.status().as_u16());
    let mut headers = serde_json::Map::new();
    for name in KEPT {
        if let Some(text) = response.headers().get(&name).and_then(|it| it.to_str().ok()) {
            headers.insert(name.to_string(), json!(text));
        }
    }
    if response.extensions().get::<problem::Pending>().is_some() {
        // A refusal is worked out again: it costs little, and may be mended by then.
        return (response, None);
    }
    if let Some(reply::Pending(entry)) = response.extensions().get::<reply::Pending>() {
        headers.insert("content-type".to_owned(), json!(entry.kind.to_str().unwrap_or_default()));
        let body = entry.body.to_vec();
        let kept =
            (body.len() <= ANSWER_BYTES).then_some(Answered { status, headers: Json::Object(headers), body });
        return (response, kept);
    }
    let body = std::mem::replace(response.body_mut(), Body::empty());
    let Ok(bytes) = to_bytes(body, BODY_BYTES).await else {
        return (Problem::internal("an answer could not be read back").into_response(), None);
    };
    *response.body_mut() = Body::from(bytes.clone());
    let kept = bytes.len() <= ANSWER_BYTES;
    (response, kept.then_some(Answered { status, headers: Json::Object(headers), body: bytes.to_vec() }))
}

fn again(answered: &Answered) -> Response {
    let status = u16::try_from(answered.status).ok().and_then(|it| StatusCode::from_u16(it).ok());
    let status = status.unwrap_or(StatusCode::OK);
    let text =
        |name: &HeaderName| answered.headers.get(name.as_str()).and_then(Json::as_str).map(str::to_owned);
    let kind = text(&header::CONTENT_TYPE);
    let mut reply = match kind {
        Some(kind) if !answered.body.is_empty() => {
            Reply::shared(Arc::new(Entry::new(&kind, answered.body.clone())))
        }
        _ => Reply::nothing(),
    };
    reply.status = status;
    for name in KEPT.into_iter().filter(|it| *it != header::CONTENT_TYPE) {
        if let Some(value) = text(&name) {
            reply = reply.header(name, &value);
        }
    }
    reply.header(HeaderName::from_static("idempotent-replayed"), "true").into_response()
}
