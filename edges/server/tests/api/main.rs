//! The API from outside, over TCP: one server for all that only read or add, servers of their own for what changes books.
#![allow(clippy::unwrap_used, reason = "a test that unwraps says what it expects")]

mod books;
mod contract;
mod guide;
mod limits;
mod own;
mod radar;

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::PathBuf;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use reqwest::{Client, Method, RequestBuilder};
use serde_json::Value;
use server::Config;

/// A server on a port and in a folder of its own; it ends with the process.
#[derive(Debug)]
pub struct Server {
    pub url: String,
    pub dir: PathBuf,
}

/// The day as of which all is decided.
pub const DAY: &str = "2026-11-22";
pub const NEED: &str = "buy 5 t HS 850511 to Birmingham DAP by 2027-02-14 in GBP";

static COUNT: AtomicU32 = AtomicU32::new(0);

impl Server {
    pub fn start() -> Self {
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let dir = std::env::temp_dir().join(format!("periplus-api-{}-{number}", std::process::id()));
        let _ = std::fs::remove_dir_all(&dir);
        let mut config = Config::new(dir.clone());
        config.as_of = Some(DAY.parse().unwrap());
        config.cores = Some(2);
        let (tell, told) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
            let ready = |served: &server::Served| tell.send(served.url.clone()).unwrap();
            runtime.block_on(server::serve::serve(config, ready, std::future::pending())).unwrap();
        });
        Self { url: told.recv().unwrap(), dir }
    }

    /// One server for all tests that disturb nobody.
    pub fn shared() -> &'static Self {
        static SHARED: LazyLock<Server> = LazyLock::new(Server::start);
        &SHARED
    }

    /// A request as the workbench makes it.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        client().request(method, format!("{}{path}", self.url)).header("x-periplus-csrf", "1")
    }

    pub async fn get(&self, path: &str) -> Got {
        Got::of(self.request(Method::GET, path)).await
    }

    pub async fn send(&self, method: Method, path: &str, body: &Value) -> Got {
        let bytes = body.to_string();
        Got::of(self.request(method, path).header("content-type", "application/json").body(bytes)).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Got {
        self.send(Method::POST, path, body).await
    }

    /// A file as a browser sends it.
    pub async fn upload(&self, path: &str, name: &str, bytes: impl Into<reqwest::Body>) -> Got {
        Got::of(self.request(Method::POST, path).header("x-file-name", name).body(bytes)).await
    }

    /// A scan that succeeds.
    pub async fn scan(&self, body: &Value) -> Value {
        let got = self.post("/api/v1/scans", body).await;
        assert_eq!(got.status, 200, "{}", got.json);
        got.json
    }

    /// Bytes on a bare connection, for what no client would send.
    pub fn raw(&self, request: &str) -> String {
        let address = self.url.strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(request.replace("HOST", address).as_bytes()).unwrap();
        let mut out = Vec::new();
        let _ = stream.read_to_end(&mut out);
        String::from_utf8_lossy(&out).into_owned()
    }
}

pub fn client() -> Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder().no_proxy().build().unwrap()
}

/// A response that was read.
#[derive(Debug)]
pub struct Got {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub bytes: Vec<u8>,
    /// Null when it is no JSON.
    pub json: Value,
}

impl Got {
    pub async fn of(request: RequestBuilder) -> Self {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = response.bytes().await.unwrap().to_vec();
        let json = serde_json::from_slice(&bytes).unwrap_or_default();
        Self { status, headers, bytes, json }
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |it| it.to_str().unwrap())
    }

    pub fn text(&self, pointer: &str) -> &str {
        self.json.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
    }

    /// A problem with this status and code; its words for further looks.
    pub fn problem(&self, status: u16, code: &str) -> &Self {
        assert_eq!((self.status, self.text("/code")), (status, code), "{}", self.json);
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(self.text("/type"), format!("/errors/{code}"));
        assert!(!self.text("/detail").is_empty() && !self.text("/title").is_empty(), "{}", self.json);
        self
    }
}
