//! Papers of a deal: kept as they came, named by their hash, never opened by the server.

use axum::extract::{Path, Request, State};
use axum::http::header;
use serde::Serialize;
use store::{DealId, NewPaper, Paper, PaperId, Tenant};
use utoipa::ToSchema;

use crate::app::App;
use crate::problem::Problem;
use crate::reply::{Entry, Reply};
use crate::take::whole;
use crate::upload;
use crate::who::Who;

/// A scanned contract is no larger.
const MOST: usize = 20 << 20;

/// A paper of a deal.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = DealPaper)]
pub struct PaperItem {
    id: String,
    name: String,
    /// contract, invoice, packing_list, bill_of_lading, certificate, customs, payment or other.
    kind: String,
    bytes: i64,
    sha256: String,
    #[schema(format = DateTime)]
    at: String,
}

pub(super) const KINDS: [&str; 8] =
    ["contract", "invoice", "packing_list", "bill_of_lading", "certificate", "customs", "payment", "other"];

#[derive(Debug, Serialize, ToSchema)]
pub struct PaperList {
    items: Vec<PaperItem>,
}

fn item(it: Paper) -> PaperItem {
    let kind = it.media_type.split("; kind=").nth(1).unwrap_or("other").to_owned();
    PaperItem {
        id: it.id.to_string(),
        name: it.name,
        kind,
        bytes: it.size,
        sha256: it.sha256,
        at: it.created_at.to_string(),
    }
}

pub(super) async fn paper_items(tenant: &Tenant, deal: &DealId) -> Result<Vec<PaperItem>, Problem> {
    Ok(tenant.papers(deal).await?.into_iter().map(item).collect())
}

/// Papers of a deal
#[utoipa::path(get, path = "/deals/{id}/papers", tag = "deals", params(("id" = String, Path)),
    responses((status = 200, description = "Papers", body = PaperList)))]
pub async fn list_papers(State(app): State<App>, who: Who, Path(id): Path<String>) -> Result<Reply, Problem> {
    let items = paper_items(&who.tenant(&app), &DealId::parse(&id)?).await?;
    Reply::json(&PaperList { items })
}

/// Puts a paper to a deal
#[utoipa::path(post, path = "/deals/{id}/papers", tag = "deals",
    params(("id" = String, Path), ("X-File-Name" = String, Header, description = "Percent-encoded"), ("X-Kind" = Option<String>, Header, pattern = "^(contract|invoice|packing_list|bill_of_lading|certificate|customs|payment|other)$")),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 201, description = "The paper", body = PaperItem)))]
pub async fn add_paper(
    State(app): State<App>,
    who: Who,
    Path(id): Path<String>,
    request: Request,
) -> Result<Reply, Problem> {
    let id = DealId::parse(&id)?;
    let name = upload::file_name(request.headers())?;
    let kind = upload::text(request.headers(), "x-kind")?.unwrap_or_else(|| "other".to_owned());
    if !KINDS.contains(&kind.as_str()) {
        return Err(Problem::address("X-Kind", &format!("one of {}", KINDS.join(", "))));
    }
    let bytes = whole(request, MOST).await?.to_vec();
    if bytes.is_empty() {
        return Err(Problem::refused("the body", "the file is empty"));
    }
    // Whatever a browser says it is: it is handed out as bytes to save.
    let media_type = format!("application/octet-stream; kind={kind}");
    let made = who.tenant(&app).add_paper(&id, NewPaper { name, media_type, bytes }).await?;
    let at = format!("/api/v1/deals/{id}/papers/{}", made.id);
    Reply::created(&item(made), &at)
}

/// A paper as it came
#[utoipa::path(get, path = "/deals/{id}/papers/{paper}", tag = "deals", params(("id" = String, Path), ("paper" = String, Path)),
    responses((status = 200, description = "The file", body = Vec<u8>, content_type = "application/octet-stream")))]
pub async fn get_paper_file(
    State(app): State<App>,
    who: Who,
    Path((id, paper)): Path<(String, String)>,
) -> Result<Reply, Problem> {
    let (deal, paper) = (DealId::parse(&id)?, PaperId::parse(&paper)?);
    let (found, bytes) = who.tenant(&app).paper(&deal, &paper).await?;
    let reply = Reply::of(Entry::new("application/octet-stream", bytes)).attachment(&found.name);
    Ok(reply.header(header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
}
