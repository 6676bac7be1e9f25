//! Signing in and out with a password, and who one is.

use std::sync::atomic::Ordering;

use axum::Extension;
use axum::extract::{FromRequest as _, Request, State};
use axum::http::{HeaderMap, header};
use serde::{Deserialize, Serialize};
use store::{Error, OpenSession, Page, SignedIn};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Platform;
use super::door::COOKIE;
use super::gate::too_often;
use super::limit::Asker;
use super::who::{Way, Who};
use crate::app::App;
use crate::lang::{TAGS, cookie};
use crate::problem::Problem;
use crate::reply::Reply;
use crate::take;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(me)).routes(routes!(sign_in, sign_out))
}

/// Somebody or something with a name.
#[derive(Debug, Serialize, ToSchema)]
pub struct Named {
    pub id: String,
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

/// Who one is, and how this server is set up.
#[derive(Debug, Serialize, ToSchema)]
pub struct Me {
    /// `local`: whoever sits at this machine, without a login.
    #[schema(pattern = "^(local|login)$")]
    mode: &'static str,
    #[schema(required)]
    person: Option<Named>,
    #[schema(required)]
    organisation: Option<Named>,
    #[schema(required)]
    role: Option<&'static str>,
    /// To be sent back as `X-Periplus-Csrf` with every change.
    #[schema(required)]
    csrf: Option<String>,
    languages: [&'static str; 5],
    version: &'static str,
    #[schema(value_type = String, format = Date)]
    today: domain::Date,
    /// Whether one can sign in through a provider.
    oidc: bool,
    /// Whether nothing was asked here yet.
    first_start: bool,
}

/// Who one is
///
/// Answers also when nobody is signed in: then `person`, `organisation` and `role` are null.
#[utoipa::path(get, operation_id = "get_me", path = "/me", tag = "session", responses((status = 200, description = "Who one is", body = Me)))]
async fn me(State(app): State<App>, who: Option<Extension<Who>>) -> Result<Reply, Problem> {
    let who = who.map(|it| it.0);
    let platform = app.platform();
    let mut me = Me {
        mode: if platform.has_logins() { "login" } else { "local" },
        person: None,
        organisation: None,
        role: None,
        csrf: None,
        languages: TAGS,
        version: env!("CARGO_PKG_VERSION"),
        today: app.config().today(),
        oidc: platform.settings().oidc.is_some(),
        first_start: false,
    };
    let Some(who) = who else { return Reply::json(&me).map(fresh) };
    let tenant = platform.tenant(&who);
    let firm = tenant.organisation().await?;
    me.organisation = Some(Named { id: firm.id.to_string(), name: firm.name, email: None });
    me.role = Some(who.role().as_str());
    let id = who.inner().person_id().map(ToString::to_string);
    match who.way() {
        Way::Session { csrf, name, email } => {
            me.csrf = Some(csrf.clone());
            me.person = id.map(|id| Named { id, name: name.clone(), email: email.clone() });
        }
        // Any word will do: what counts is that another site cannot send the header.
        Way::Local => {
            me.csrf = Some("local".to_owned());
            me.person = id.map(|id| Named { id, name: "Local".to_owned(), email: None });
        }
        Way::Key | Way::Work => {}
    }
    let answers = tenant.answers(&Page::first(2)).await?;
    me.first_start = answers.items.iter().all(|it| it.sample);
    Reply::json(&me).map(fresh)
}

fn fresh(reply: Reply) -> Reply {
    reply.header(header::CACHE_CONTROL, "no-store")
}

const CREDENTIALS_BYTES: usize = 4 << 10;

/// E-mail and password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Credentials {
    #[schema(max_length = 254, example = "ada@example.com")]
    email: String,
    #[schema(max_length = 256, format = Password)]
    password: String,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Credentials")
    }
}

/// Sign in
///
/// Sets the cookie of the session. Wrong passwords are counted for the account and for the address.
#[utoipa::path(post, operation_id = "sign_in", path = "/session", tag = "session", request_body = Credentials,
    responses((status = 204, description = "Signed in"), (status = 429, description = "Too many attempts", body = crate::problem::Written)))]
async fn sign_in(State(app): State<App>, request: Request) -> Result<Reply, Problem> {
    let platform = app.platform();
    let (parts, body) = request.into_parts();
    let address = Asker::address(platform.address(&parts));
    let old = cookie(&parts.headers, COOKIE).map(str::to_owned);
    let request = Request::from_parts(parts, body);
    platform.limits().door.take(&address).map_err(|wait| refused(platform, wait))?;
    let take::Body(sent) = take::Body::<Credentials, CREDENTIALS_BYTES>::from_request(request, &()).await?;
    let account = Asker::name(&sent.email.trim().to_lowercase().chars().take(254).collect::<String>());
    platform.limits().account.look(&account).map_err(|wait| refused(platform, wait))?;
    let signed = match platform.store().sign_in(&sent.email, &sent.password).await {
        Err(Error::SignIn) => {
            platform.metrics().signins_refused.fetch_add(1, Ordering::Relaxed);
            let _ = platform.limits().account.take(&account);
            return Err(Error::SignIn.into());
        }
        other => other?,
    };
    platform.limits().account.forgive(&account);
    let opened = open(platform, &signed, old.as_deref()).await?;
    Ok(Reply::nothing().header(header::SET_COOKIE, &set_cookie(platform, &opened)))
}

fn refused(platform: &Platform, wait: std::time::Duration) -> Problem {
    platform.metrics().signins_refused.fetch_add(1, Ordering::Relaxed);
    too_often(2053, wait)
}

/// A new session with a token of its own, whatever the client brought along; what it brought is closed.
pub(super) async fn open(
    platform: &Platform,
    signed: &SignedIn,
    old: Option<&str>,
) -> Result<OpenSession, Problem> {
    if let Some(old) = old {
        platform.store().close_session(old).await?;
        platform.0.known.forget();
    }
    let (organisation, _) = signed.memberships.first().ok_or(Error::SignIn)?;
    Ok(platform.store().open_session(&signed.person, organisation, platform.settings().session).await?)
}

pub(super) fn set_cookie(platform: &Platform, opened: &OpenSession) -> String {
    let age = platform.settings().session.as_secs();
    format!("{COOKIE}={}; {}; Max-Age={age}", opened.token, attributes(platform))
}

fn attributes(platform: &Platform) -> &'static str {
    if platform.settings().is_tls() {
        "Path=/; HttpOnly; SameSite=Lax; Secure"
    } else {
        "Path=/; HttpOnly; SameSite=Lax"
    }
}

/// Sign out
#[utoipa::path(delete, operation_id = "sign_out", path = "/session", tag = "session", responses((status = 204, description = "Signed out")))]
async fn sign_out(State(app): State<App>, _who: Who, headers: HeaderMap) -> Result<Reply, Problem> {
    let platform = app.platform();
    if let Some(token) = cookie(&headers, COOKIE) {
        platform.store().close_session(token).await?;
        platform.0.known.forget();
    }
    Ok(Reply::nothing()
        .header(header::SET_COOKIE, &format!("{COOKIE}=; {}; Max-Age=0", attributes(platform))))
}
