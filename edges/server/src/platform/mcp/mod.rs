//! Tools for assistants by the Model Context Protocol: over HTTP at `/mcp`, and on stdio for programs that start us.

mod tools;

use std::fmt::Write as _;
use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::request::Parts;
use axum::http::{Request, StatusCode, header};
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, Implementation, ListToolsResult,
    PaginatedRequestParams, ServerCapabilities, ServerConfig, Tool as Described, ToolAnnotations,
};
use rmcp::service::RequestContext;
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use rmcp::{ErrorData, RoleServer, ServerHandler, ServiceExt as _};
use serde_json::Value as Json;
use tools::{Ask, TOOLS, Tool};
use tower::ServiceExt as _;

use super::gate::Inner;
use super::who::{Way, Who};
use crate::app::App;

/// A tool's answer is read by a model, which cannot read more either.
const ANSWER_BYTES: usize = 8 << 20;
const REQUEST_BYTES: usize = 256 << 10;

const WORDS: &str = "Periplus finds and prices ways to trade goods across borders. Read a need, scan it, and explain plans by their \
evidence: every figure says where it comes from. Quote evidence ids with figures, say how old a book is, and call plans estimates: \
they are no rulings. A total that is `at_least` is a lower bound, never a total.";

/// The tools of whoever asks.
#[derive(Clone)]
pub struct Tools {
    app: App,
    /// Fixed on stdio; of each request over HTTP.
    who: Option<Who>,
    /// The API, put together when the first tool is called.
    api: Arc<OnceLock<Router>>,
}

impl std::fmt::Debug for Tools {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tools").finish_non_exhaustive()
    }
}

/// `/mcp`: every request stands for itself, so that any process may answer it.
pub fn service(app: &App) -> StreamableHttpService<Tools, NeverSessionManager> {
    let tools = Tools { app: app.clone(), who: None, api: Arc::default() };
    // The guard has looked at host and origin already.
    let config = StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .with_max_request_body_bytes(REQUEST_BYTES)
        .disable_allowed_hosts()
        .disable_allowed_origins();
    StreamableHttpService::new(move || Ok(tools.clone()), Arc::default(), config)
}

/// Speaks on stdin and stdout until the other side ends, as whoever started us.
///
/// # Errors
/// The other side does not speak the protocol.
pub async fn stdio(app: App, who: store::Who) -> Result<(), String> {
    let tools = Tools { app, who: Some(Who::new(who, Way::Work)), api: Arc::default() };
    let running = tools.serve((tokio::io::stdin(), output()?)).await.map_err(|it| it.to_string())?;
    running.waiting().await.map(drop).map_err(|it| it.to_string())
}

/// stdout past its lock, which whoever writes on the command line holds as long as the command runs.
#[cfg(unix)]
fn output() -> Result<tokio::fs::File, String> {
    use std::os::fd::AsFd as _;
    let own = std::io::stdout().as_fd().try_clone_to_owned().map_err(|it| it.to_string())?;
    Ok(tokio::fs::File::from_std(own.into()))
}

#[cfg(windows)]
fn output() -> Result<tokio::fs::File, String> {
    use std::os::windows::io::AsHandle as _;
    let own = std::io::stdout().as_handle().try_clone_to_owned().map_err(|it| it.to_string())?;
    Ok(tokio::fs::File::from_std(own.into()))
}

impl ServerHandler for Tools {
    fn get_info(&self) -> ServerConfig {
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(Implementation::new("periplus", env!("CARGO_PKG_VERSION")))
            .with_instructions(WORDS)
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(TOOLS.iter().map(described).collect()))
    }

    fn get_tool(&self, name: &str) -> Option<Described> {
        TOOLS.iter().find(|it| it.name == name).map(described)
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let tool = TOOLS.iter().find(|it| it.name == request.name);
        let tool = tool
            .ok_or_else(|| ErrorData::invalid_params(format!("there is no tool {}", request.name), None))?;
        let of_request = || context.extensions.get::<Parts>()?.extensions.get::<Who>().cloned();
        let who = self.who.clone().or_else(of_request);
        let who = who.ok_or_else(|| ErrorData::invalid_request("nobody is signed in", None))?;
        let args = request.arguments.unwrap_or_default();
        let done = match (tool.ask)(&args) {
            Ok(ask) => self.fetch(ask, who).await.and_then(|it| (tool.shape)(it, &args)),
            Err(why) => Err(why),
        };
        // What a person would be told, a model is told: it can mend its question.
        Ok(match done {
            Ok(value) => CallToolResult::structured(value).into(),
            Err(why) => CallToolResult::error(vec![ContentBlock::text(why)]).into(),
        })
    }
}

fn described(tool: &Tool) -> Described {
    let map = |schema: Json| match schema {
        Json::Object(map) => Arc::new(map),
        _ => Arc::default(),
    };
    let hints = ToolAnnotations::with_title(tool.title)
        .read_only(!tool.keeps)
        .destructive(false)
        .idempotent(!tool.keeps)
        .open_world(false);
    Described::new(tool.name, tool.text, map((tool.input)()))
        .with_title(tool.title)
        .with_raw_output_schema(map((tool.output)()))
        .with_annotations(hints)
}

impl Tools {
    /// Asks the API as whoever asks us.
    async fn fetch(&self, ask: Ask, who: Who) -> Result<Json, String> {
        let request = request(ask, who).map_err(|it| it.to_string())?;
        let api = self.api.get_or_init(|| crate::router(&self.app)).clone();
        let Ok(response) = api.oneshot(request).await;
        let status = response.status();
        let bytes = to_bytes(response.into_body(), ANSWER_BYTES).await;
        let bytes = bytes.map_err(|_| "the answer is too long for a tool; ask for less".to_owned())?;
        let value: Json = serde_json::from_slice(&bytes).unwrap_or_default();
        if status.is_success() { Ok(value) } else { Err(said(status, &value)) }
    }
}

fn request(ask: Ask, who: Who) -> Result<Request<Body>, axum::http::Error> {
    let mut uri = format!("/api/v1{}", ask.path);
    for (at, (name, value)) in ask.query.iter().enumerate() {
        let _ = write!(uri, "{}{name}={}", if at == 0 { '?' } else { '&' }, encoded(value));
    }
    let body = ask.body.map_or_else(Body::empty, |it| Body::from(it.to_string()));
    Request::builder()
        .method(ask.method)
        .uri(uri)
        .header(header::HOST, "127.0.0.1")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::ACCEPT, "application/json")
        .extension(Inner(who))
        .body(body)
}

/// Percent-encoded but for letters, digits and `-_.~`.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

fn said(status: StatusCode, problem: &Json) -> String {
    let field = |name: &str| problem[name].as_str().map(str::to_owned);
    let code = field("code").unwrap_or_else(|| status.to_string());
    let mut text = format!("{code}: {}", field("detail").unwrap_or_default());
    if let Some(hint) = field("hint") {
        let _ = write!(text, "\nhint: {hint}");
    }
    for row in problem["rows"].as_array().into_iter().flatten() {
        let _ = write!(
            text,
            "\n{} {}",
            row["column"].as_str().unwrap_or_default(),
            row["text"].as_str().unwrap_or_default()
        );
    }
    for it in problem["candidates"].as_array().into_iter().flatten() {
        let _ = write!(
            text,
            "\n{}: {}",
            it["write"].as_str().unwrap_or_default(),
            it["text"].as_str().unwrap_or_default()
        );
    }
    text
}
