//! From a cookie or a key to who that is. What the store said is remembered for some seconds.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::ConnectInfo;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use sha2::{Digest as _, Sha256};

use super::Platform;
use super::who::{Way, Who};
use crate::lang::cookie;
use crate::problem::Problem;

pub(super) const COOKIE: &str = "periplus_session";

/// What an admin changes in another process counts after so long; in this one at once.
const REMEMBERED: Duration = Duration::from_secs(3);
const MOST: usize = 10_000;

type Print = [u8; 32];

/// Sessions and keys seen a moment ago, by the hash of their token.
#[derive(Debug, Default)]
pub(super) struct Known(Mutex<HashMap<Print, (Instant, Who)>>);

impl Known {
    fn find(&self, print: &Print) -> Option<Who> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(print).filter(|it| it.0.elapsed() < REMEMBERED).map(|it| it.1.clone())
    }

    fn put(&self, print: Print, who: Who) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST {
            all.clear();
        }
        all.insert(print, (Instant::now(), who));
    }

    pub(super) fn forget(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

fn print(kind: &str, token: &str) -> Print {
    let mut hash = Sha256::new();
    hash.update(kind.as_bytes());
    hash.update([0]);
    hash.update(token.as_bytes());
    hash.finalize().into()
}

/// The key of a request, whatever the case of `Bearer`.
pub(super) fn key(headers: &HeaderMap) -> Option<&str> {
    let text = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (kind, key) = text.split_once(' ')?;
    kind.eq_ignore_ascii_case("bearer").then_some(key.trim())
}

impl Platform {
    /// Who sent the request; `None` when nobody is signed in.
    ///
    /// # Errors
    /// The store does not answer; or the request came through a proxy to a server without login.
    pub(super) async fn find_who(&self, request: &Parts) -> Result<Option<Who>, Problem> {
        let headers = &request.headers;
        if let Some(key) = key(headers) {
            return self.of_key(key).await;
        }
        if let Some(token) = cookie(headers, COOKIE) {
            if let Some(who) = self.of_session(token).await? {
                return Ok(Some(who));
            }
        }
        let Some(local) = self.local() else { return Ok(None) };
        if !peer(request).is_none_or(|it| it.is_loopback()) {
            return Ok(None);
        }
        // Whoever is behind a proxy is not at this machine, whatever the proxy's own address is.
        if ["x-forwarded-for", "forwarded", "x-real-ip", "via"].iter().any(|it| headers.contains_key(*it)) {
            return Err(Problem::ours(axum::http::StatusCode::FORBIDDEN, 2054, &[]));
        }
        Ok(Some(Who::new(local.clone(), Way::Local)))
    }

    async fn of_key(&self, key: &str) -> Result<Option<Who>, Problem> {
        let print = print("key", key);
        if let Some(found) = self.0.known.find(&print) {
            return Ok(Some(found));
        }
        let found = self.store().api_key(key).await?.map(|it| Who::new(it, Way::Key));
        if let Some(who) = &found {
            self.0.known.put(print, who.clone());
        }
        Ok(found)
    }

    async fn of_session(&self, token: &str) -> Result<Option<Who>, Problem> {
        let print = print("session", token);
        if let Some(found) = self.0.known.find(&print) {
            return Ok(Some(found));
        }
        let found = self.store().session(token).await?.map(|it| {
            let way = Way::Session { csrf: it.csrf, name: it.name, email: it.email };
            Who::new(it.who, way)
        });
        if let Some(who) = &found {
            self.0.known.put(print, who.clone());
        }
        Ok(found)
    }

    /// From where the request came: the client's address, or what the proxy says it is, where one is known to stand before us.
    pub(super) fn address(&self, request: &Parts) -> IpAddr {
        let peer = peer(request).unwrap_or(IpAddr::from([127, 0, 0, 1]));
        if !self.settings().behind_proxy {
            return peer;
        }
        // The last is what our own proxy wrote; those before it are what the client claims.
        let said = request.headers.get_all("x-forwarded-for").into_iter().next_back();
        let last = said.and_then(|it| it.to_str().ok()).and_then(|it| it.rsplit(',').next());
        last.and_then(|it| it.trim().parse().ok()).unwrap_or(peer)
    }
}

fn peer(request: &Parts) -> Option<IpAddr> {
    request.extensions.get::<ConnectInfo<SocketAddr>>().map(|it| it.0.ip().to_canonical())
}
