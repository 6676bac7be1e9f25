//! Before every route: who asks, whether another site made them ask, how often they may, and whether they may at all.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request, State};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::Platform;
use super::limit::Asker;
use super::permit::{self, Asks};
use super::who::{Way, Who, nobody};
use crate::app::App;
use crate::problem::Problem;

pub const CSRF: &str = "x-periplus-csrf";

/// Whose question a tool hands on, within this process. No request from outside can carry it.
#[derive(Clone, Debug)]
pub(super) struct Inner(pub(super) Who);

/// The middleware.
pub async fn gate(State(app): State<App>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let pattern = request.extensions().get::<MatchedPath>().map(|it| it.as_str().to_owned());
    let method = request.method().clone();
    let Some(pattern) = pattern else { return next.run(request).await };
    let platform = app.platform();
    let (mut parts, body) = request.into_parts();
    let response = match admit(platform, &mut parts, &pattern).await {
        Ok(()) => next.run(Request::from_parts(parts, body)).await,
        Err(problem) => problem.into_response(),
    };
    let (took, status) = (begun.elapsed(), response.status().as_u16());
    platform.metrics().request(method.as_str(), &pattern, status, took);
    if platform.settings().log_requests {
        crate::log::request(method.as_str(), &pattern, status, took);
    }
    response
}

async fn admit(platform: &Platform, request: &mut Parts, pattern: &str) -> Result<(), Problem> {
    let asks = permit::asks(request.method.as_str(), pattern);
    // A method that the route does not have is answered by the router itself.
    let Some(asks) = asks.or_else(|| permit::knows(pattern).then_some(Asks::Nothing)) else {
        return Err(Problem::ours(StatusCode::FORBIDDEN, 2057, &[]));
    };
    if let Some(Inner(who)) = request.extensions.remove::<Inner>() {
        if let Asks::May(permission) = asks {
            who.must(permission)?;
        }
        request.extensions.insert(who);
        return Ok(());
    }
    let who = platform.find_who(request).await?;
    count(platform, request, who.as_ref())?;
    match (&who, asks) {
        (_, Asks::Nothing) => {}
        (None, _) => return Err(nobody()),
        (Some(_), Asks::SomeBody) => {}
        (Some(who), Asks::May(permission)) => who.must(permission)?,
    }
    if let Some(who) = who {
        check_csrf(request, &who, asks)?;
        request.extensions.insert(who);
    }
    Ok(())
}

fn count(platform: &Platform, request: &Parts, who: Option<&Who>) -> Result<(), Problem> {
    let limits = platform.limits();
    let taken = match who {
        Some(it) if *it.way() == Way::Local => Ok(()),
        Some(it) => limits.known.take(&Asker::name(&it.inner().trace())),
        None => limits.unknown.take(&Asker::address(platform.address(request))),
    };
    taken.map_err(|wait| {
        platform.metrics().limited.fetch_add(1, Ordering::Relaxed);
        too_often(2052, wait)
    })
}

/// PRP-2052 or PRP-2053.
pub(super) fn too_often(number: u16, wait: Duration) -> Problem {
    let seconds = wait.as_secs_f64().ceil().max(1.0) as u64;
    let text = seconds.to_string();
    Problem::ours(StatusCode::TOO_MANY_REQUESTS, number, &[("seconds", &text)]).retry_after(seconds)
}

/// A form of another site sends cookies along, and cannot send a header of ours. Keys are sent by programs alone.
fn check_csrf(request: &Parts, who: &Who, asks: Asks) -> Result<(), Problem> {
    let (method, headers) = (&request.method, &request.headers);
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) || asks == Asks::Nothing {
        return Ok(());
    }
    let sent = headers.get(CSRF).map(axum::http::HeaderValue::as_bytes).unwrap_or_default();
    let good = match who.way() {
        Way::Key | Way::Work => true,
        // Programs at this machine that speak the protocol of tools send no header of ours; the protocol takes JSON alone, which a
        // page of another site cannot send without asking first, and its origin was looked at.
        Way::Local => !sent.is_empty() || request.uri.path() == "/mcp",
        Way::Session { csrf, .. } => same(sent, csrf.as_bytes()),
    };
    if good { Ok(()) } else { Err(Problem::ours(StatusCode::FORBIDDEN, 2010, &[])) }
}

/// Takes the same time wherever the two differ.
fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |all, (x, y)| all | (x ^ y)) == 0
}
