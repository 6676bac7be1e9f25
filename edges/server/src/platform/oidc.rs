//! Signing in through a provider: OpenID Connect, authorisation code with PKCE, state and nonce. Only signatures by the provider's
//! own keys count; what was begun in one browser cannot be ended in another.

use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreIdTokenClaims, CoreJwsSigningAlgorithm as Alg,
    CoreProviderMetadata,
};
use openidconnect::{
    AsyncHttpClient, AuthorizationCode, ClientId, ClientSecret, CsrfToken, HttpRequest, HttpResponse,
    IssuerUrl, Nonce, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope,
};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use store::{Error, NewPerson, OidcLogin, Role, SignedIn};
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::outside::{Outside, Reach, Refusal};
use super::{OidcSettings, Platform, session};
use crate::app::App;
use crate::lang::cookie;
use crate::problem::Problem;
use crate::reply::Reply;
use crate::take::Args;

/// Signatures that only the provider can make. HMAC is not among them: its key is our own secret.
const ALGORITHMS: [Alg; 9] = [
    Alg::RsaSsaPkcs1V15Sha256,
    Alg::RsaSsaPkcs1V15Sha384,
    Alg::RsaSsaPkcs1V15Sha512,
    Alg::RsaSsaPssSha256,
    Alg::RsaSsaPssSha384,
    Alg::RsaSsaPssSha512,
    Alg::EcdsaP256Sha256,
    Alg::EcdsaP384Sha384,
    Alg::EdDsa,
];

/// Keys of the provider are read anew after so long.
const KNOWN: Duration = Duration::from_mins(10);
const COOKIE: &str = "periplus_oidc";

/// A provider, and what it says of itself.
#[derive(Debug)]
pub(super) struct Provider {
    settings: OidcSettings,
    http: Http,
    known: Mutex<Option<(Instant, CoreProviderMetadata)>>,
}

impl Provider {
    pub(super) fn new(settings: OidcSettings) -> Result<Self, Refusal> {
        // The address is in the settings of whoever runs the server; a firm's own provider is inside its network.
        let outside = Outside::new(Reach { loopback: true, private: true })?;
        outside.check(&settings.issuer)?;
        Ok(Self { settings, http: Http(outside), known: Mutex::default() })
    }

    async fn metadata(&self, fresh: bool) -> Result<CoreProviderMetadata, Problem> {
        let kept = self.known.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((_, metadata)) = kept.filter(|it| !fresh && it.0.elapsed() < KNOWN) {
            return Ok(metadata);
        }
        let issuer = IssuerUrl::new(self.settings.issuer.clone()).map_err(|it| unusable(&it.to_string()))?;
        let found = CoreProviderMetadata::discover_async(issuer, &self.http).await;
        let found = found.map_err(|it| unusable(&super::fault::whole(&it)))?;
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), found.clone()));
        Ok(found)
    }
}

/// The way out, as the library wants it.
#[derive(Clone, Debug)]
struct Http(Outside);

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = Refusal;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, Refusal>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        let outside = self.0.clone();
        Box::pin(async move { call(&outside, request).await })
    }
}

async fn call(outside: &Outside, request: HttpRequest) -> Result<HttpResponse, Refusal> {
    let (parts, body) = request.into_parts();
    let text = |it: &axum::http::HeaderValue| it.to_str().unwrap_or_default().to_owned();
    let headers: Vec<(String, String)> =
        parts.headers.iter().map(|(name, value)| (name.to_string(), text(value))).collect();
    let heard = outside.send(parts.method.as_str(), &parts.uri.to_string(), &headers, body).await?;
    let mut answer = axum::http::Response::builder().status(heard.status);
    if let Some(kind) = heard.kind {
        answer = answer.header(header::CONTENT_TYPE, kind);
    }
    answer.body(heard.body).map_err(|it| Refusal::Failed(it.to_string()))
}

/// PRP-2060.
pub(super) fn unusable(why: &str) -> Problem {
    Problem::ours(StatusCode::BAD_GATEWAY, 2060, &[("why", why)])
}

/// PRP-2059.
fn failed(why: &str) -> Problem {
    Problem::ours(StatusCode::UNAUTHORIZED, 2059, &[("why", why)])
}

fn provider(platform: &Platform) -> Result<&Provider, Problem> {
    platform.0.oidc.as_ref().ok_or_else(|| Problem::ours(StatusCode::NOT_FOUND, 2058, &[]))
}

/// Where the provider sends people back to.
fn back(app: &App, headers: &HeaderMap) -> Result<RedirectUrl, Problem> {
    // Without an address of its own only on loopback, where the guard has made sure that the host is this machine.
    let host = headers.get(header::HOST).and_then(|it| it.to_str().ok()).unwrap_or("127.0.0.1");
    let base = app.platform().settings().public_url.clone().unwrap_or_else(|| format!("http://{host}"));
    RedirectUrl::new(format!("{base}/api/v1/oidc/callback")).map_err(|it| unusable(&it.to_string()))
}

/// A place on this server, and nowhere else: not `//evil.example`, not `/\evil.example`.
fn on_this_server(next: &str) -> bool {
    next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains('\\')
        && !next.chars().any(char::is_control)
        && next.len() <= 1_000
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(login)).routes(routes!(callback))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Login {
    /// Where to go afterwards: a path on this server.
    #[param(max_length = 1000)]
    next: Option<String>,
    #[expect(dead_code, reason = "the guard reads it")]
    lang: Option<String>,
}

/// Go to the provider's page to sign in
#[utoipa::path(get, operation_id = "oidc_login", path = "/oidc/login", tag = "session", params(Login),
    responses((status = 303, description = "To the provider"), (status = 502, description = "The provider does not answer", body = crate::problem::Written)))]
async fn login(
    State(app): State<App>,
    headers: HeaderMap,
    Args(query): Args<Login>,
) -> Result<Reply, Problem> {
    let platform = app.platform();
    let provider = provider(platform)?;
    let next = query.next.unwrap_or_else(|| "/".to_owned());
    if !on_this_server(&next) {
        return Err(Problem::ours(StatusCode::BAD_REQUEST, 2066, &[]));
    }
    let metadata = provider.metadata(false).await?;
    let client = CoreClient::from_provider_metadata(
        metadata,
        ClientId::new(provider.settings.client_id.clone()),
        None,
    )
    .set_redirect_uri(back(&app, &headers)?);
    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let (url, state, nonce) = client
        .authorize_url(CoreAuthenticationFlow::AuthorizationCode, CsrfToken::new_random, Nonce::new_random)
        .add_scope(Scope::new("email".to_owned()))
        .add_scope(Scope::new("profile".to_owned()))
        .set_pkce_challenge(challenge)
        .url();
    let begun = OidcLogin {
        state: state.secret().clone(),
        nonce: nonce.secret().clone(),
        pkce_verifier: verifier.secret().clone(),
        next,
    };
    platform.store().begin_oidc(&begun).await?;
    let cookie = format!("{COOKIE}={}; {}; Max-Age=900", print(state.secret()), attributes(platform));
    Ok(Reply::nothing()
        .status(StatusCode::SEE_OTHER)
        .header(header::LOCATION, url.as_str())
        .header(header::SET_COOKIE, &cookie))
}

fn attributes(platform: &Platform) -> &'static str {
    if platform.settings().is_tls() {
        "Path=/api/v1/oidc; HttpOnly; SameSite=Lax; Secure"
    } else {
        "Path=/api/v1/oidc; HttpOnly; SameSite=Lax"
    }
}

/// What ties a login to the browser in which it began, without giving the state away.
fn print(state: &str) -> String {
    use std::fmt::Write as _;
    Sha256::digest(state.as_bytes()).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Callback {
    #[param(max_length = 4000)]
    code: Option<String>,
    #[param(max_length = 1000)]
    state: Option<String>,
    #[param(max_length = 200)]
    error: Option<String>,
    #[expect(dead_code, reason = "RFC 6749 names it; it is not for people")]
    error_description: Option<String>,
    #[expect(dead_code, reason = "RFC 9207 names it; the issuer of the token itself is checked")]
    iss: Option<String>,
    #[expect(dead_code, reason = "providers send it along")]
    session_state: Option<String>,
    #[expect(dead_code, reason = "providers send it along")]
    scope: Option<String>,
}

impl std::fmt::Debug for Callback {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Callback")
    }
}

/// Come back from the provider
#[utoipa::path(get, operation_id = "oidc_callback", path = "/oidc/callback", tag = "session", params(Callback),
    responses((status = 303, description = "Signed in"), (status = 401, description = "Not signed in", body = crate::problem::Written)))]
async fn callback(
    State(app): State<App>,
    headers: HeaderMap,
    Args(query): Args<Callback>,
) -> Result<Reply, Problem> {
    let platform = app.platform();
    let provider = provider(platform)?;
    if let Some(error) = query.error {
        let error: String =
            error.chars().filter(|it| it.is_ascii_alphanumeric() || *it == '_').take(60).collect();
        return Err(failed(&format!("the provider says {error}")));
    }
    let (Some(code), Some(state)) = (query.code, query.state) else {
        return Err(failed("code or state is missing"));
    };
    if cookie(&headers, COOKIE) != Some(print(&state).as_str()) {
        return Err(failed("it was begun in another browser"));
    }
    // Taken away at once: whatever follows, the same state never counts again.
    let begun = platform.store().take_oidc(&state).await?;
    let begun = begun.ok_or_else(|| failed("it was begun too long ago, or ended already"))?;
    let claims = claims(&app, provider, &headers, code, &begun).await?;
    let signed = known(platform, provider, &claims).await?;
    let opened = session::open(platform, &signed, cookie(&headers, super::door::COOKIE)).await?;
    let gone = format!("{COOKIE}=; {}; Max-Age=0", attributes(platform));
    Ok(Reply::nothing()
        .status(StatusCode::SEE_OTHER)
        .header(header::LOCATION, &begun.next)
        .header(header::SET_COOKIE, &session::set_cookie(platform, &opened))
        .header(header::SET_COOKIE, &gone))
}

async fn claims(
    app: &App,
    provider: &Provider,
    headers: &HeaderMap,
    code: String,
    begun: &OidcLogin,
) -> Result<CoreIdTokenClaims, Problem> {
    let OidcSettings { client_id, client_secret, .. } = &provider.settings;
    let client = |metadata| -> Result<_, Problem> {
        let secret = Some(ClientSecret::new(client_secret.clone()));
        let client = CoreClient::from_provider_metadata(metadata, ClientId::new(client_id.clone()), secret);
        Ok(client.set_redirect_uri(back(app, headers)?))
    };
    let asking = client(provider.metadata(false).await?)?;
    let exchange =
        asking.exchange_code(AuthorizationCode::new(code)).map_err(|it| unusable(&it.to_string()))?;
    let exchange = exchange.set_pkce_verifier(PkceCodeVerifier::new(begun.pkce_verifier.clone()));
    let tokens = exchange
        .request_async(&provider.http)
        .await
        .map_err(|_| failed("the provider does not know its code"))?;
    let token =
        tokens.extra_fields().id_token().ok_or_else(|| failed("the provider sent no identity token"))?;
    let nonce = Nonce::new(begun.nonce.clone());
    let verifier = asking.id_token_verifier().set_allowed_algs(ALGORITHMS);
    if let Ok(claims) = token.claims(&verifier, &nonce) {
        return Ok(claims.clone());
    }
    // The provider may have changed its keys since we read them.
    let asking = client(provider.metadata(true).await?)?;
    let verifier = asking.id_token_verifier().set_allowed_algs(ALGORITHMS);
    let claims = token.claims(&verifier, &nonce).map_err(|it| {
        let number =
            crate::log::failure(&format!("an identity token was refused: {}", super::fault::whole(&it)));
        failed(&format!("its identity token cannot be trusted (see the log, {number})"))
    })?;
    Ok(claims.clone())
}

/// Who that is here: known by the provider's own name for them, else by an address that the provider has verified, else let in
/// where their firm's domain is.
async fn known(
    platform: &Platform,
    provider: &Provider,
    claims: &CoreIdTokenClaims,
) -> Result<SignedIn, Problem> {
    let verified = claims.email_verified() == Some(true);
    let email = claims.email().filter(|_| verified).map(|it| it.as_str().to_owned());
    let (issuer, subject) = (claims.issuer().as_str().to_owned(), claims.subject().as_str().to_owned());
    let store = platform.store();
    match store.sign_in_oidc(&issuer, &subject, email.as_deref()).await {
        Err(Error::SignIn) => {}
        other => return Ok(other?),
    }
    let nobody = || failed("nobody is known here under this address");
    let email = email.ok_or_else(|| failed("the provider has not verified an e-mail address"))?;
    let domain = email.rsplit_once('@').map(|it| it.1.to_lowercase()).unwrap_or_default();
    let (_, firm) = provider.settings.domains.iter().find(|it| it.0 == domain).ok_or_else(nobody)?;
    let firms = store.organisations().await?;
    let firm = firms.iter().find(|it| it.name == *firm || it.id.as_str() == firm).ok_or_else(nobody)?;
    let name = claims.name().and_then(|it| it.get(None)).map(|it| it.as_str().to_owned());
    let name =
        name.unwrap_or_else(|| email.clone()).chars().filter(|it| !it.is_control()).take(200).collect();
    let new = NewPerson { name, email: email.clone(), role: Role::Viewer, password: None };
    let steward = store.steward(&firm.id).await?;
    match store.tenant(&steward).add_person(new).await {
        // Taken away from the firm by an admin, or locked: the provider's word does not bring them back.
        Err(Error::Taken { .. }) => return Err(nobody()),
        other => other?,
    };
    Ok(store.sign_in_oidc(&issuer, &subject, Some(&email)).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_signing_in_one_stays_here() {
        for good in ["/", "/radar/1?plan=CN-sea-1", "/deals#x"] {
            assert!(on_this_server(good), "{good}");
        }
        for bad in
            ["", "//evil.example", "/\\evil.example", "https://evil.example", "evil", "/x\r\nSet-Cookie: a=b"]
        {
            assert!(!on_this_server(bad), "{bad}");
        }
    }
}
