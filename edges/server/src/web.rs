//! The workbench: built files that the binary carries. No address ever reaches the file system.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use axum::extract::Request;
use axum::http::{Method, StatusCode, header};
use rust_embed::RustEmbed;

use crate::problem::Problem;
use crate::reply::{Entry, HTML, Reply};

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Dist;

/// Files by address, read once.
static FILES: LazyLock<BTreeMap<String, Arc<Entry>>> = LazyLock::new(|| {
    Dist::iter()
        .filter_map(|name| {
            let data = Dist::get(&name)?.data.into_owned();
            Some((name.to_string(), Arc::new(Entry::new(kind_of(&name), data).kept())))
        })
        .collect()
});

static PLAIN: LazyLock<Arc<Entry>> = LazyLock::new(|| Arc::new(Entry::new(HTML, PLAIN_PAGE).kept()));

const PLAIN_PAGE: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Periplus</title>\
<h1>Periplus</h1><p>The server runs. This binary was built without the workbench: run <code>make build</code>.</p>\
<p><a href=\"/api/openapi.json\">API</a></p></html>";

fn kind_of(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |it| it.1) {
        "html" => HTML,
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" | "webmanifest" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" | "ftl" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// Whether the workbench was built in.
pub fn is_built() -> bool {
    FILES.contains_key("index.html")
}

/// Everything that is no route: a file of the workbench, else its page, which has an address for every view.
pub(crate) async fn page(request: Request) -> Result<Reply, Problem> {
    let path = request.uri().path();
    if path.starts_with("/api/") {
        return Err(Problem::not_found("address", path));
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(not_allowed("GET, HEAD"));
    }
    let name = path.trim_start_matches('/');
    if let Some(file) = FILES.get(name).filter(|_| name != "index.html") {
        let age =
            if name.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
        return Ok(Reply::shared(Arc::clone(file)).header(header::CACHE_CONTROL, age));
    }
    // A view has no dot in its last part; a file that is not there is not the page.
    let last = name.rsplit('/').next().unwrap_or_default();
    if (last.contains('.') || name.starts_with("assets/")) && name != "index.html" {
        return Err(Problem::not_found("file", path));
    }
    let page = FILES.get("index.html").unwrap_or(&PLAIN);
    Ok(Reply::shared(Arc::clone(page)).header(header::CACHE_CONTROL, "no-cache"))
}

/// PRP-2013, with the methods that are allowed.
pub(crate) fn not_allowed(allow: &str) -> Problem {
    Problem::ours(StatusCode::METHOD_NOT_ALLOWED, 2013, &[]).with_header(header::ALLOW, allow)
}
