//! The platform attacked and used from outside, over TCP, as browsers and programs do.
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test that unwraps says what it expects")]

mod attacks;
mod door;
mod oidc;
mod work;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use reqwest::{Client, Method, RequestBuilder, Response};
use serde_json::{Value as Json, json};
use server::platform::{Platform, Settings};
use server::{App, Config};
use store::{NewPerson, Role, Store};
use tokio::sync::watch;

pub const PASSWORD: &str = "correct horse battery staple";

/// A server on a port of its own with a store of its own.
#[derive(Debug)]
pub struct Server {
    pub app: App,
    pub url: String,
    pub http: Client,
    dir: PathBuf,
    stop: watch::Sender<bool>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.send_replace(true);
        let _ = std::fs::remove_dir_all(&self.dir);
    }
}

static COUNT: AtomicU32 = AtomicU32::new(0);

pub fn client() -> Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().unwrap()
}

impl Server {
    pub async fn start() -> Self {
        Self::with(Settings::default(), |_| ()).await
    }

    /// `books`: opens the bundled books, which takes a second or two.
    pub async fn with_books() -> Self {
        let server = Self::start().await;
        let app = server.app.clone();
        tokio::task::spawn_blocking(move || app.reopen().map(drop)).await.unwrap().unwrap();
        server
    }

    pub async fn with(settings: Settings, change: impl FnOnce(&mut Config)) -> Self {
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let dir = std::env::temp_dir().join(format!("periplus-platform-{}-{number}", std::process::id()));
        let _ = std::fs::remove_dir_all(&dir);
        std::fs::create_dir_all(&dir).unwrap();
        let store = Store::open(dir.join("store.db").to_str().unwrap()).await.unwrap();
        let mut config = Config::new(dir.clone());
        config.as_of = Some("2026-11-22".parse().unwrap());
        config.platform = settings.clone();
        change(&mut config);
        let platform = Platform::open(store, settings, true).await.unwrap();
        let app = App::new(config, platform);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let router = server::router(&app).into_make_service_with_connect_info::<SocketAddr>();
        let (stop, told) = watch::channel(false);
        app.platform().begin(&app, &told);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { app, url, http: client(), dir, stop }
    }

    pub fn store(&self) -> &Store {
        self.app.platform().store()
    }

    pub fn ask(&self, method: Method, path: &str) -> RequestBuilder {
        let path = if path.starts_with("/api") || !path.starts_with("/:") {
            path.to_owned()
        } else {
            path[2..].to_owned()
        };
        let root = ["/events", "/mcp", "/metrics", "/healthz", "/readyz", "/api/"]
            .iter()
            .any(|it| path.starts_with(it));
        let path = if root { path } else { format!("/api/v1{path}") };
        self.http.request(method, format!("{}{path}", self.url))
    }

    pub fn get(&self, path: &str) -> RequestBuilder {
        self.ask(Method::GET, path)
    }

    pub fn post(&self, path: &str, body: &Json) -> RequestBuilder {
        json_body(self.ask(Method::POST, path), body)
    }

    /// A firm with one person of each role, all with the same password: `admin@firm.example`.
    pub async fn firm(&self, name: &str) {
        let person = |role: Role| NewPerson {
            name: format!("{role} of {name}"),
            email: format!("{role}@{name}.example"),
            role,
            password: Some(PASSWORD.to_owned()),
        };
        let id = self.store().create_organisation(name, person(Role::Admin)).await.unwrap();
        let tenant = self.store().tenant(&self.store().steward(&id).await.unwrap());
        for role in Role::ALL.iter().filter(|it| **it != Role::Admin) {
            tenant.add_person(person(*role)).await.unwrap();
        }
        // What the server notices by itself a moment later.
        for _ in 0..100 {
            if self.app.platform().has_logins() {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        panic!("the server did not notice that there are logins now");
    }

    pub async fn sign_in(&self, email: &str) -> Session<'_> {
        let answer =
            self.post("/session", &json!({ "email": email, "password": PASSWORD })).send().await.unwrap();
        assert_eq!(answer.status(), 204, "{}", answer.text().await.unwrap());
        let cookie = cookie(&answer);
        let me: Json = read(self.get("/me").header("cookie", &cookie).send().await.unwrap()).await;
        Session { server: self, cookie, csrf: me["csrf"].as_str().unwrap().to_owned() }
    }
}

/// Somebody in a browser.
#[derive(Debug)]
pub struct Session<'s> {
    pub server: &'s Server,
    pub cookie: String,
    pub csrf: String,
}

impl Session<'_> {
    pub fn ask(&self, method: Method, path: &str) -> RequestBuilder {
        self.server.ask(method, path).header("cookie", &self.cookie).header("x-periplus-csrf", &self.csrf)
    }

    pub async fn get(&self, path: &str) -> Response {
        self.ask(Method::GET, path).send().await.unwrap()
    }

    pub async fn post(&self, path: &str, body: &Json) -> Response {
        json_body(self.ask(Method::POST, path), body).send().await.unwrap()
    }
}

pub fn json_body(request: RequestBuilder, body: &Json) -> RequestBuilder {
    request.header("content-type", "application/json").body(body.to_string())
}

pub fn cookie(answer: &Response) -> String {
    let set = answer.headers().get("set-cookie").unwrap().to_str().unwrap();
    set.split(';').next().unwrap().to_owned()
}

pub async fn read(answer: Response) -> Json {
    let (status, text) = (answer.status(), answer.text().await.unwrap());
    serde_json::from_str(&text).unwrap_or_else(|_| panic!("{status}: {text}"))
}
