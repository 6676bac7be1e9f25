//! Events of the store, handed on to those who listen. One reader per process; each organisation has its own channel, so that
//! nobody is woken for what is not theirs. A listener who falls behind reads on in the store; one who falls far behind is let go.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use futures_util::stream;
use serde::Deserialize;
use serde_json::{Value as Json, json};
use store::{Event, Store, Tenant};
use tokio::sync::{broadcast, watch};
use tokio::time::Instant;

use super::Platform;
use super::who::Who;
use crate::app::App;
use crate::problem::Problem;

/// What a listener may be behind before it has to read on in the store.
const BEHIND: usize = 512;
/// Events read from the store at once.
const BATCH: u32 = 500;
/// Who is so far behind begins anew: the page reads its lists again.
const LOST: i64 = 20_000;
const BEAT: Duration = Duration::from_secs(15);
/// Some 20 kB each.
const STREAMS_MOST: i64 = 4_000;

/// An event, written once for all who hear it.
#[derive(Clone, Debug)]
pub struct Told {
    pub id: i64,
    pub kind: String,
    pub object: String,
    pub text: Bytes,
}

impl Told {
    fn of(event: &Event) -> Self {
        let data = written(event);
        let text = format!("id: {}\nevent: {}\ndata: {data}\n\n", event.id, event.kind);
        Self { id: event.id, kind: event.kind.clone(), object: event.object.clone(), text: text.into() }
    }
}

/// `{id, kind, at, object, ...}`: what the event tells, beside what all have. JSON has no line ends, so that it fits one line.
fn written(event: &Event) -> Json {
    let mut all = match &event.data {
        Json::Object(map) => map.clone(),
        other => serde_json::Map::from_iter([("data".to_owned(), other.clone())]),
    };
    for (name, value) in [
        ("id", json!(event.id)),
        ("kind", json!(event.kind)),
        ("at", json!(event.at)),
        ("object", json!(event.object)),
    ] {
        if let Some(own) = all.insert(name.to_owned(), value) {
            all.insert(format!("{}_{name}", event.kind), own);
        }
    }
    Json::Object(all)
}

/// Channels by organisation.
#[derive(Debug, Default)]
pub struct Fan(Mutex<BTreeMap<String, broadcast::Sender<Arc<Told>>>>);

impl Fan {
    pub fn listen(&self, organisation: &str) -> broadcast::Receiver<Arc<Told>> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.entry(organisation.to_owned()).or_insert_with(|| broadcast::Sender::new(BEHIND)).subscribe()
    }

    /// The server ends: so do all streams, and their clients come back to whoever serves then.
    fn close(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn tell(&self, event: &Event) {
        let told = Arc::new(Told::of(event));
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if event.organisation.is_instance() {
            all.values().for_each(|it| drop(it.send(Arc::clone(&told))));
            return;
        }
        let mine = event.organisation.as_str();
        if all.get(mine).is_some_and(|it| it.send(told).is_err()) {
            all.remove(mine);
        }
    }
}

/// Follows the store and hands on what happens, until told to stop.
pub async fn follow(platform: Platform, app: App, mut stop: watch::Receiver<bool>) {
    let store = platform.store().clone();
    let mut wakes = store.subscribe();
    let mut last = store.last_event().await.unwrap_or(0);
    loop {
        if let Err(error) = hand_on(&platform, &app, &store, &mut last).await {
            crate::log::failure(&format!("following the events: {error}"));
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        tokio::select! {
            () = super::told(&mut stop) => {
                platform.fan().close();
                return;
            }
            woken = wakes.next() => if woken.is_none() { return },
        }
    }
}

async fn hand_on(platform: &Platform, app: &App, store: &Store, last: &mut i64) -> Result<(), store::Error> {
    loop {
        let events = store.events_after(*last, BATCH).await?;
        for event in &events {
            *last = event.id;
            platform.fan().tell(event);
            match event.kind.as_str() {
                "firm" => platform.firm_changed().await,
                "book" => Platform::book_told(app, event),
                _ => {}
            }
        }
        if events.len() < BATCH as usize {
            return Ok(());
        }
    }
}

/// Where to begin.
#[derive(Debug, Deserialize)]
pub struct From {
    /// For clients that cannot send a header.
    last_event_id: Option<i64>,
}

/// `GET /events`.
pub async fn all(
    State(app): State<App>,
    who: Who,
    headers: HeaderMap,
    Query(from): Query<From>,
) -> Result<Response, Problem> {
    let said = headers.get("last-event-id").and_then(|it| it.to_str().ok()).and_then(|it| it.parse().ok());
    open(&app, &who, said.or(from.last_event_id), None, None).await
}

/// A stream of what is told of one organisation, or of one object of it; `first` is sent before all else.
pub(super) async fn open(
    app: &App,
    who: &Who,
    after: Option<i64>,
    object: Option<String>,
    first: Option<Bytes>,
) -> Result<Response, Problem> {
    let platform = app.platform().clone();
    let place = Place::take(&platform)?;
    // Listening begins before reading, so that nothing falls between the two.
    let heard = platform.fan().listen(who.organisation());
    let now = platform.store().last_event().await?;
    let after = after.filter(|it| (0..=now).contains(it));
    let oldest = platform.store().oldest_event().await?;
    let lost = after.is_some_and(|it| now - it > LOST || it + 1 < oldest);
    let mut begin = format!("retry: 2000\n: {now}\n\n");
    if lost {
        begin.push_str("event: lost\ndata: {\"kind\":\"lost\"}\n\n");
    }
    let listener = Listener {
        tenant: platform.tenant(who),
        heard,
        last: if lost { now } else { after.unwrap_or(now) },
        // What came between reading the last number and now is in the channel; what came before it is in the store.
        reading: after.is_some() && !lost,
        object,
        begin: Some([Bytes::from(begin), first.unwrap_or_default()].concat().into()),
        beat: Instant::now() + BEAT,
        ended: false,
        place,
    };
    let body = Body::from_stream(stream::unfold(listener, |mut it| async move {
        let next = it.next().await?;
        Some((Ok::<_, Infallible>(next), it))
    }));
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    Ok(response)
}

/// One open stream is counted, however it ends.
struct Place(Platform);

impl Place {
    fn take(platform: &Platform) -> Result<Self, Problem> {
        let place = Self(platform.clone());
        if platform.metrics().streams.fetch_add(1, Ordering::Relaxed) >= STREAMS_MOST {
            return Err(Problem::ours(StatusCode::SERVICE_UNAVAILABLE, 2064, &[]).retry_after(10));
        }
        Ok(place)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.metrics().streams.fetch_sub(1, Ordering::Relaxed);
    }
}

struct Listener {
    tenant: Tenant,
    heard: broadcast::Receiver<Arc<Told>>,
    last: i64,
    /// Behind: the store is read until nothing is left.
    reading: bool,
    object: Option<String>,
    begin: Option<Bytes>,
    beat: Instant,
    ended: bool,
    place: Place,
}

impl Listener {
    /// The next bytes. Called only when the client has taken the last ones, so that nothing heaps up here.
    async fn next(&mut self) -> Option<Bytes> {
        if let Some(begin) = self.begin.take() {
            return Some(begin);
        }
        loop {
            if self.ended {
                return None;
            }
            if self.reading {
                if let Some(bytes) = self.read().await? {
                    return Some(bytes);
                }
                continue;
            }
            tokio::select! {
                heard = self.heard.recv() => match heard {
                    Ok(told) if told.id <= self.last => {}
                    Ok(told) => {
                        self.last = told.id;
                        if let Some(bytes) = self.take(&told) {
                            return Some(bytes);
                        }
                    }
                    Err(broadcast::error::RecvError::Lagged(_)) => self.reading = true,
                    Err(broadcast::error::RecvError::Closed) => return None,
                },
                () = tokio::time::sleep_until(self.beat) => {
                    self.beat = Instant::now() + BEAT;
                    return Some(Bytes::from_static(b": \n\n"));
                }
            }
        }
    }

    fn take(&mut self, told: &Told) -> Option<Bytes> {
        if self.object.as_ref().is_some_and(|it| *it != told.object) {
            return None;
        }
        self.ended = self.object.is_some() && ends(&told.text);
        self.beat = Instant::now() + BEAT;
        self.place.0.metrics().events_sent.fetch_add(1, Ordering::Relaxed);
        Some(told.text.clone())
    }

    /// Reads on in the store; `None` inside when nothing of it is for this client. A store that fails ends the stream, and the
    /// client comes back with the number of the last event it has.
    async fn read(&mut self) -> Option<Option<Bytes>> {
        let events = self.tenant.events_after(self.last, BATCH).await.ok()?;
        self.reading = events.len() == BATCH as usize;
        let mut bytes = Vec::new();
        for event in &events {
            self.last = event.id;
            if let Some(text) = self.take(&Told::of(event)) {
                bytes.extend_from_slice(&text);
            }
        }
        Some((!bytes.is_empty()).then(|| bytes.into()))
    }
}

/// Whether an event of a job is its last.
fn ends(text: &[u8]) -> bool {
    let text = std::str::from_utf8(text).unwrap_or_default();
    ["done", "failed", "cancelled"].iter().any(|it| text.contains(&format!("\"state\":\"{it}\"")))
}

/// A stream that says one thing and ends.
pub(super) fn only(text: String) -> Response {
    let mut response = Body::from(text).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
