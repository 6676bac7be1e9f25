//! Signing in through a provider that is built here, and attacks on it.

use std::sync::{Arc, Mutex};

use axum::extract::State;
use axum::routing::{get, post};
use axum::{Json as Body, Router};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64;
use openidconnect::core::{CoreEdDsaPrivateSigningKey, CoreJwsSigningAlgorithm as Alg};
use openidconnect::{JsonWebKeyId, PrivateSigningKey as _};
use serde_json::{Value as Json, json};
use server::platform::{OidcSettings, Settings};

use crate::{Server, cookie, read};

// Made for this test with `openssl genpkey -algorithm ed25519`; they guard nothing.
const KEY: &str = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEICCl/e+r7cnOVp9u3K927iW4nY2QoQXJDvTWYnpqAf+f\n-----END PRIVATE KEY-----\n";
const OTHER_KEY: &str = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIKKYzf9Vj/U7w7jcQMkwn+Nyu/eMHJnJEdyobYD97FD6\n-----END PRIVATE KEY-----\n";

/// What the provider does wrong.
type Twist = fn(&mut Json, &mut Json, &mut bool);

#[derive(Clone)]
struct Provider {
    issuer: String,
    inside: Arc<Mutex<Inside>>,
}

struct Inside {
    /// Of the login under way, as the page of the provider would have got them.
    nonce: String,
    challenge: String,
    codes: Vec<String>,
    claims: Json,
    twist: Twist,
}

fn key(pem: &str) -> CoreEdDsaPrivateSigningKey {
    CoreEdDsaPrivateSigningKey::from_ed25519_pem(pem, Some(JsonWebKeyId::new("k1".to_owned()))).unwrap()
}

impl Provider {
    async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let claims = json!({ "sub": "ada-1", "email": "viewer@acme.example", "email_verified": true });
        let inside = Inside {
            nonce: String::new(),
            challenge: String::new(),
            codes: Vec::new(),
            claims,
            twist: |_, _, _| (),
        };
        let provider = Self { issuer, inside: Arc::new(Mutex::new(inside)) };
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(about))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .with_state(provider.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        provider
    }

    fn set(&self, change: impl FnOnce(&mut Inside)) {
        change(&mut self.inside.lock().unwrap());
    }
}

async fn about(State(it): State<Provider>) -> Body<Json> {
    let at = |path: &str| format!("{}{path}", it.issuer);
    Body(
        json!({ "issuer": it.issuer, "authorization_endpoint": at("/authorize"), "token_endpoint": at("/token"), "jwks_uri": at("/keys"),
        "response_types_supported": ["code"], "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["EdDSA", "HS256", "none"] }),
    )
}

async fn keys() -> Body<Json> {
    Body(json!({ "keys": [key(KEY).as_verification_key()] }))
}

#[derive(serde::Deserialize)]
struct Exchange {
    code: String,
    code_verifier: String,
    grant_type: String,
}

async fn token(State(it): State<Provider>, sent: String) -> Result<Body<Json>, axum::http::StatusCode> {
    use sha2::Digest as _;
    let sent: Exchange = serde_urlencoded::from_str(&sent).unwrap();
    let mut inside = it.inside.lock().unwrap();
    let known = inside.codes.iter().position(|it| *it == sent.code);
    let proof = B64.encode(sha2::Sha256::digest(sent.code_verifier.as_bytes()));
    let (Some(known), true, "authorization_code") =
        (known, proof == inside.challenge, sent.grant_type.as_str())
    else {
        return Err(axum::http::StatusCode::BAD_REQUEST);
    };
    inside.codes.remove(known);
    let now = jiff::Timestamp::now().as_second();
    let mut head = json!({ "alg": "EdDSA", "kid": "k1", "typ": "JWT" });
    let mut claims =
        json!({ "iss": it.issuer, "aud": "periplus", "exp": now + 300, "iat": now, "nonce": inside.nonce });
    let own = inside.claims.as_object().cloned().unwrap();
    claims.as_object_mut().unwrap().extend(own);
    let mut foreign = false;
    (inside.twist)(&mut head, &mut claims, &mut foreign);
    let signed = format!("{}.{}", B64.encode(head.to_string()), B64.encode(claims.to_string()));
    let signature = match head["alg"].as_str() {
        Some("none") => Vec::new(),
        Some("HS256") => {
            use hmac::{KeyInit as _, Mac as _};
            let mut mac = hmac::Hmac::<sha2::Sha256>::new_from_slice(b"geheim").unwrap();
            mac.update(signed.as_bytes());
            mac.finalize().into_bytes().to_vec()
        }
        _ => key(if foreign { OTHER_KEY } else { KEY }).sign(&Alg::EdDsa, signed.as_bytes()).unwrap(),
    };
    let token = format!("{signed}.{}", B64.encode(signature));
    Ok(Body(json!({ "access_token": "a", "token_type": "Bearer", "expires_in": 60, "id_token": token })))
}

async fn server(provider: &Provider) -> Server {
    let settings = Settings {
        oidc: Some(OidcSettings {
            issuer: provider.issuer.clone(),
            client_id: "periplus".to_owned(),
            client_secret: "geheim".to_owned(),
            domains: vec![("new.example".to_owned(), "acme".to_owned())],
        }),
        ..Settings::default()
    };
    let server = Server::with(settings, |_| ()).await;
    server.firm("acme").await;
    server
}

/// A login up to the moment when the provider sends the browser back: its state, the browser's cookie, and a code.
async fn begin(server: &Server, provider: &Provider, next: &str) -> (String, String, String) {
    let answer = server.get("/oidc/login").query(&[("next", next)]).send().await.unwrap();
    assert_eq!(answer.status(), 303);
    let url = reqwest::Url::parse(answer.headers()["location"].to_str().unwrap()).unwrap();
    let asked = |name: &str| {
        url.query_pairs().find(|it| it.0 == name).map(|it| it.1.into_owned()).unwrap_or_default()
    };
    assert_eq!((asked("response_type").as_str(), asked("code_challenge_method").as_str()), ("code", "S256"));
    assert!(asked("redirect_uri").ends_with("/api/v1/oidc/callback"));
    let code = format!("code-{}", asked("state"));
    provider.set(|it| {
        it.nonce = asked("nonce");
        it.challenge = asked("code_challenge");
        it.codes.push(code.clone());
    });
    (asked("state"), cookie(&answer), code)
}

async fn end(server: &Server, state: &str, cookie: &str, code: &str) -> reqwest::Response {
    let query = [("code", code), ("state", state)];
    server.get("/oidc/callback").query(&query).header("cookie", cookie).send().await.unwrap()
}

#[tokio::test]
async fn a_person_signs_in_through_the_provider() {
    let provider = Provider::start().await;
    let server = server(&provider).await;
    let (state, browser, code) = begin(&server, &provider, "/deals").await;
    let answer = end(&server, &state, &browser, &code).await;
    assert_eq!(answer.status(), 303, "{}", answer.text().await.unwrap());
    assert_eq!(answer.headers()["location"], "/deals");
    let session = cookie(&answer);
    let me = read(server.get("/me").header("cookie", &session).send().await.unwrap()).await;
    assert_eq!(
        (me["person"]["email"].as_str(), me["role"].as_str()),
        (Some("viewer@acme.example"), Some("viewer"))
    );
    // From now on the provider's own name counts, whatever address it gives.
    provider.set(|it| {
        it.claims = json!({ "sub": "ada-1", "email": "else@where.example", "email_verified": false })
    });
    let (state, browser, code) = begin(&server, &provider, "/").await;
    assert_eq!(end(&server, &state, &browser, &code).await.status(), 303);
    // The same state, and the same code, never count again.
    assert_eq!(end(&server, &state, &browser, &code).await.status(), 401);
    // Somebody new of a domain that the firm lets in.
    provider.set(|it| {
        it.claims = json!({ "sub": "bob", "email": "bob@new.example", "email_verified": true, "name": "Bob" })
    });
    let (state, browser, code) = begin(&server, &provider, "/").await;
    let session = cookie(&end(&server, &state, &browser, &code).await);
    let me = read(server.get("/me").header("cookie", &session).send().await.unwrap()).await;
    assert_eq!((me["person"]["name"].as_str(), me["role"].as_str()), (Some("Bob"), Some("viewer")));
}

#[tokio::test]
async fn attacks_on_a_login_end_at_the_door() {
    let provider = Provider::start().await;
    let server = server(&provider).await;
    let attacks: [(&str, Twist); 8] = [
        ("wrong nonce", |_, claims, _| claims["nonce"] = json!("another")),
        ("no nonce", |_, claims, _| drop(claims.as_object_mut().unwrap().remove("nonce"))),
        ("wrong audience", |_, claims, _| claims["aud"] = json!("another-client")),
        ("wrong issuer", |_, claims, _| claims["iss"] = json!("https://evil.example")),
        ("expired", |_, claims, _| claims["exp"] = json!(1_700_000_000)),
        ("alg none", |head, _, _| head["alg"] = json!("none")),
        ("signed with the client's secret", |head, _, _| head["alg"] = json!("HS256")),
        ("signed by another", |_, _, foreign| *foreign = true),
    ];
    for (name, twist) in attacks {
        provider.set(|it| it.twist = twist);
        let (state, browser, code) = begin(&server, &provider, "/").await;
        let answer = end(&server, &state, &browser, &code).await;
        assert_eq!(answer.status(), 401, "{name}");
        assert!(!answer.headers().contains_key("set-cookie"), "{name}");
        assert_eq!(read(answer).await["code"], "PRP-2059", "{name}");
    }
    provider.set(|it| it.twist = |_, _, _| ());
    // Begun in one browser, ended in another; or with a state that nobody began.
    let (state, _, code) = begin(&server, &provider, "/").await;
    assert_eq!(end(&server, &state, "a=b", &code).await.status(), 401);
    let (_, browser, code) = begin(&server, &provider, "/").await;
    assert_eq!(end(&server, "made-up", &browser, &code).await.status(), 401);
    // An address that the provider has not verified is nobody's.
    provider.set(|it| {
        it.claims = json!({ "sub": "eve", "email": "admin@acme.example", "email_verified": false })
    });
    let (state, browser, code) = begin(&server, &provider, "/").await;
    assert_eq!(end(&server, &state, &browser, &code).await.status(), 401);
    // Nobody is led away from here.
    for next in ["//evil.example", "https://evil.example", "/\\evil.example"] {
        assert_eq!(
            server.get("/oidc/login").query(&[("next", next)]).send().await.unwrap().status(),
            400,
            "{next}"
        );
    }
}
