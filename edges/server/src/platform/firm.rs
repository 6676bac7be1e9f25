//! The firm: its name, its people, its keys, what was done, what it has, its hooks.

use std::io::Write as _;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use store::{
    ApiKey, ApiKeyId, AuditEntry, Delivery, DeliveryId, DeliveryState, EXPORTED, Erased, EventKind, Hook,
    HookId, Member, NewPerson, Organisation, PersonId, PersonPatch, PersonState, Role,
};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::list::{Listed, Query, page};
use super::who::Who;
use crate::app::App;
use crate::problem::Problem;
use crate::reply::{Entry, Reply, json_entry};
use crate::take::{Args, Body};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(organisation, rename))
        .routes(routes!(people, add_person))
        .routes(routes!(person, change_person, remove_person))
        .routes(routes!(keys, add_key))
        .routes(routes!(delete_key))
        .routes(routes!(audit))
        .routes(routes!(verify_audit))
        .routes(routes!(export))
        .routes(routes!(erase))
        .routes(routes!(hooks, add_hook))
        .routes(routes!(hook, delete_hook))
        .routes(routes!(deliveries))
        .routes(routes!(dead))
        .routes(routes!(retry))
}

/// The version that a change is about: of `If-Match`, else of the body.
///
/// # Errors
/// PRP-2062: there is none.
pub(super) fn version_of(headers: &HeaderMap, body: Option<i64>) -> Result<i64, Problem> {
    let tag = headers.get(header::IF_MATCH).and_then(|it| it.to_str().ok()).map(|it| {
        let bare = it.trim().trim_start_matches("W/").trim_matches('"');
        bare.strip_suffix("-gz").unwrap_or(bare).trim_start_matches('v').to_owned()
    });
    let of_tag = match tag {
        Some(tag) => Some(tag.parse().map_err(|_| Problem::address("If-Match", "it is no ETag of ours"))?),
        None => None,
    };
    of_tag.or(body).ok_or_else(|| Problem::ours(StatusCode::PRECONDITION_REQUIRED, 2062, &[]))
}

/// A firm.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Organisation)]
pub struct Firm {
    id: String,
    version: i64,
    name: String,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
}

fn firm(it: Organisation) -> Result<Reply, Problem> {
    let version = it.version;
    let shown = Firm { id: it.id.to_string(), version, name: it.name, created_at: it.created_at };
    Ok(Reply::of(json_entry(&shown)?.with_version(version)))
}

/// The firm to which one belongs
#[utoipa::path(get, operation_id = "get_organisation", path = "/organisation", tag = "firm", responses((status = 200, description = "The firm", body = Firm)))]
async fn organisation(State(app): State<App>, who: Who) -> Result<Reply, Problem> {
    firm(who.tenant(&app).organisation().await?)
}

/// A new name.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Rename {
    #[schema(min_length = 1, max_length = 300)]
    name: String,
    #[serde(default)]
    version: Option<i64>,
}

/// Rename the firm
#[utoipa::path(patch, operation_id = "change_organisation", path = "/organisation", tag = "firm", request_body = Rename,
    responses((status = 200, description = "The firm", body = Firm)))]
async fn rename(
    State(app): State<App>,
    who: Who,
    headers: HeaderMap,
    Body(sent): Body<Rename>,
) -> Result<Reply, Problem> {
    let version = version_of(&headers, sent.version)?;
    firm(who.tenant(&app).rename_organisation(version, &sent.name).await?)
}

/// A person of the firm.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Person)]
pub struct Person {
    id: String,
    version: i64,
    name: String,
    #[schema(required)]
    email: Option<String>,
    role: &'static str,
    /// May sign in.
    active: bool,
    /// Signs in with a password; otherwise through a provider alone.
    has_password: bool,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
}

impl From<Member> for Person {
    fn from(it: Member) -> Self {
        Self {
            id: it.id.to_string(),
            version: it.version,
            name: it.name,
            email: it.email,
            role: it.role.as_str(),
            active: it.state == PersonState::Active,
            has_password: it.has_password,
            created_at: it.created_at,
        }
    }
}

fn one(it: Member) -> Result<Reply, Problem> {
    let version = it.version;
    Ok(Reply::of(json_entry(&Person::from(it))?.with_version(version)))
}

/// People of the firm
#[utoipa::path(get, operation_id = "list_people", path = "/people", tag = "firm", params(Query),
    responses((status = 200, description = "People", body = Listed<Person>)))]
async fn people(State(app): State<App>, who: Who, Args(query): Args<Query>) -> Result<Reply, Problem> {
    Reply::json(&Listed::of(who.tenant(&app).people(&page(&query)?).await?.map(Person::from)))
}

/// A person
#[utoipa::path(get, operation_id = "get_person", path = "/people/{id}", tag = "firm", params(("id" = String, Path)),
    responses((status = 200, description = "The person", body = Person)))]
async fn person(State(app): State<App>, who: Who, Path(id): Path<String>) -> Result<Reply, Problem> {
    one(who.tenant(&app).person(&PersonId::parse(&id)?).await?)
}

/// Somebody new.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Newcomer {
    #[schema(min_length = 1, max_length = 300)]
    name: String,
    #[schema(max_length = 254)]
    email: String,
    #[schema(pattern = "^(viewer|buyer|analyst|compliance|bank|admin)$")]
    role: String,
    /// Left out, the person signs in through a provider.
    #[schema(min_length = 12, max_length = 256)]
    #[serde(default)]
    password: Option<String>,
}

impl std::fmt::Debug for Newcomer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Newcomer").field("role", &self.role).finish_non_exhaustive()
    }
}

/// Add a person
#[utoipa::path(post, operation_id = "add_person", path = "/people", tag = "firm", request_body = Newcomer,
    responses((status = 201, description = "The person", body = Person)))]
async fn add_person(State(app): State<App>, who: Who, Body(sent): Body<Newcomer>) -> Result<Reply, Problem> {
    let new = NewPerson {
        name: sent.name,
        email: sent.email,
        role: Role::parse(&sent.role)?,
        password: sent.password,
    };
    let made = who.tenant(&app).add_person(new).await?;
    app.platform().firm_changed().await;
    let at = format!("/api/v1/people/{}", made.id);
    Reply::created(&Person::from(made), &at)
}

/// What changes of a person.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonChange {
    #[schema(max_length = 300)]
    #[serde(default)]
    name: Option<String>,
    #[schema(pattern = "^(viewer|buyer|analyst|compliance|bank|admin)$")]
    #[serde(default)]
    role: Option<String>,
    #[serde(default)]
    active: Option<bool>,
    /// A new password: whoever has forgotten theirs is helped by an admin. Ends the person's sessions.
    #[schema(min_length = 12, max_length = 256)]
    #[serde(default)]
    password: Option<String>,
    #[serde(default)]
    version: Option<i64>,
}

impl std::fmt::Debug for PersonChange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PersonChange").field("role", &self.role).finish_non_exhaustive()
    }
}

/// Change a person
///
/// Whoever gets another role, or may not sign in any more, is signed out.
#[utoipa::path(patch, operation_id = "change_person", path = "/people/{id}", tag = "firm", params(("id" = String, Path)), request_body = PersonChange,
    responses((status = 200, description = "The person", body = Person)))]
async fn change_person(
    State(app): State<App>,
    who: Who,
    Path(id): Path<String>,
    headers: HeaderMap,
    Body(sent): Body<PersonChange>,
) -> Result<Reply, Problem> {
    let (tenant, id) = (who.tenant(&app), PersonId::parse(&id)?);
    let version = version_of(&headers, sent.version)?;
    let found = tenant.person(&id).await?.version;
    if found != version {
        return Err(
            store::Error::Conflict { what: "person", id: id.to_string(), sent: version, found }.into()
        );
    }
    let state = sent.active.map(|it| if it { PersonState::Active } else { PersonState::Disabled });
    let role = sent.role.as_deref().map(Role::parse).transpose()?;
    if let Some(password) = &sent.password {
        tenant.set_password(&id, password).await?;
    }
    let changed = tenant.update_person(&id, PersonPatch { name: sent.name, role, state }).await?;
    app.platform().firm_changed().await;
    one(changed)
}

/// Take a person out of the firm
#[utoipa::path(delete, operation_id = "delete_person", path = "/people/{id}", tag = "firm", params(("id" = String, Path)),
    responses((status = 204, description = "Taken out")))]
async fn remove_person(State(app): State<App>, who: Who, Path(id): Path<String>) -> Result<Reply, Problem> {
    who.tenant(&app).remove_person(&PersonId::parse(&id)?).await?;
    app.platform().firm_changed().await;
    Ok(Reply::nothing())
}

/// A key with which a program asks.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ApiKey)]
pub struct Key {
    id: String,
    name: String,
    role: &'static str,
    /// How the secret begins.
    prefix: String,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(required, value_type = Option<String>, format = DateTime)]
    last_used: Option<Timestamp>,
    #[schema(required, value_type = Option<String>, format = DateTime)]
    expires_at: Option<Timestamp>,
    /// Shown once, when the key is made.
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<String>,
}

impl Key {
    fn of(it: ApiKey, secret: Option<String>) -> Self {
        Self {
            id: it.id.to_string(),
            name: it.name,
            role: it.role.as_str(),
            prefix: it.hint,
            created_at: it.created_at,
            last_used: it.last_used_at,
            expires_at: it.expires_at,
            secret,
        }
    }
}

/// Keys of the firm
#[utoipa::path(get, operation_id = "list_api_keys", path = "/api-keys", tag = "firm", params(Query),
    responses((status = 200, description = "Keys", body = Listed<Key>)))]
async fn keys(State(app): State<App>, who: Who, Args(query): Args<Query>) -> Result<Reply, Problem> {
    let found = who.tenant(&app).api_keys(&page(&query)?).await?;
    Reply::json(&Listed::of(found.map(|it| Key::of(it, None))))
}

/// A new key.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewKey {
    #[schema(min_length = 1, max_length = 300)]
    name: String,
    /// Never more than one's own.
    #[schema(pattern = "^(viewer|buyer|analyst|compliance|bank|admin)$")]
    role: String,
    #[schema(value_type = Option<String>, format = DateTime)]
    #[serde(default)]
    expires_at: Option<Timestamp>,
}

/// Make a key
///
/// The answer holds the secret; it is kept nowhere and cannot be shown again.
#[utoipa::path(post, operation_id = "add_api_key", path = "/api-keys", tag = "firm", request_body = NewKey,
    responses((status = 201, description = "The key with its secret", body = Key)))]
async fn add_key(State(app): State<App>, who: Who, Body(sent): Body<NewKey>) -> Result<Reply, Problem> {
    let (key, secret) =
        who.tenant(&app).add_api_key(&sent.name, Role::parse(&sent.role)?, sent.expires_at).await?;
    let at = format!("/api/v1/api-keys/{}", key.id);
    let reply = Reply::created(&Key::of(key, Some(secret)), &at)?;
    Ok(reply.header(header::CACHE_CONTROL, "no-store"))
}

/// Withdraw a key
#[utoipa::path(delete, operation_id = "delete_api_key", path = "/api-keys/{id}", tag = "firm", params(("id" = String, Path)),
    responses((status = 204, description = "Withdrawn")))]
async fn delete_key(State(app): State<App>, who: Who, Path(id): Path<String>) -> Result<Reply, Problem> {
    who.tenant(&app).delete_api_key(&ApiKeyId::parse(&id)?).await?;
    app.platform().firm_changed().await;
    Ok(Reply::nothing())
}

/// Something that was done.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AuditEntry)]
pub struct Done {
    seq: i64,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    who: String,
    what: String,
    object: String,
    /// Nothing when it was erased.
    #[schema(required, value_type = Option<Object>)]
    details: Option<Json>,
    previous: String,
    hash: String,
}

impl From<AuditEntry> for Done {
    fn from(it: AuditEntry) -> Self {
        let AuditEntry { seq, at, who, what, object, details, previous, hash } = it;
        Self { seq, at, who, what, object, details, previous, hash }
    }
}

/// What was done, by whom, newest first
///
/// Each entry holds the hash of the one before it; see `POST /audit/verify`.
#[utoipa::path(get, operation_id = "list_audit", path = "/audit", tag = "firm", params(Query),
    responses((status = 200, description = "Entries", body = Listed<Done>)))]
async fn audit(State(app): State<App>, who: Who, Args(query): Args<Query>) -> Result<Reply, Problem> {
    let wanted = page(&query)?;
    let q = wanted.q.clone().map(|it| it.to_lowercase());
    let mut found = who.tenant(&app).audit(&store::Page { q: None, ..wanted }).await?.map(Done::from);
    if let Some(q) = q {
        let has =
            |it: &Done| [&it.who, &it.what, &it.object].iter().any(|text| text.to_lowercase().contains(&q));
        found.items.retain(has);
    }
    Reply::json(&Listed::of(found))
}

/// Whether the trail is whole.
#[derive(Debug, Serialize, ToSchema)]
pub struct Verified {
    ok: bool,
    entries: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_bad: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
}

/// Check that nobody changed the trail
#[utoipa::path(post, operation_id = "verify_audit", path = "/audit/verify", tag = "firm", responses((status = 200, description = "What was found", body = Verified)))]
async fn verify_audit(State(app): State<App>, _who: Who) -> Result<Reply, Problem> {
    let found = app.platform().store().audit_verify().await?;
    let (first_bad, why) = found.first_bad.map(|it| (it.seq, it.why)).unzip();
    Reply::json(&Verified { ok: found.ok, entries: found.entries, first_bad, why })
}

/// Everything the firm has, as a zip
///
/// One file of JSON lines for each kind of thing. Secrets are not in it.
#[utoipa::path(get, operation_id = "export_all", path = "/export", tag = "firm",
    responses((status = 200, description = "The archive", body = Vec<u8>, content_type = "application/zip")))]
async fn export(State(app): State<App>, who: Who) -> Result<Reply, Problem> {
    let tenant = who.tenant(&app);
    let failed =
        |it: &dyn std::fmt::Display| Problem::internal(&format!("the archive cannot be written: {it}"));
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for table in EXPORTED {
        zip.start_file(format!("{table}.jsonl"), options).map_err(|it| failed(&it))?;
        let mut at = None;
        loop {
            let page = tenant.export_page(table, at).await?;
            for line in &page.lines {
                writeln!(zip, "{line}").map_err(|it| failed(&it))?;
            }
            at = page.next;
            if at.is_none() {
                break;
            }
        }
    }
    let bytes = zip.finish().map_err(|it| failed(&it))?.into_inner();
    Ok(Reply::of(Entry::new("application/zip", bytes)).attachment("periplus-export.zip"))
}

/// The name of the firm, to make sure.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Confirm {
    #[schema(max_length = 300)]
    confirm: String,
}

/// How much was erased.
#[derive(Debug, Serialize, ToSchema)]
pub struct Gone {
    /// Rows by kind.
    #[schema(value_type = Object)]
    rows: std::collections::BTreeMap<&'static str, u64>,
}

/// Erase everything the firm has
///
/// It cannot be undone. What remains is that, when and by whom it was erased.
#[utoipa::path(post, operation_id = "erase_all", path = "/erase", tag = "firm", request_body = Confirm,
    responses((status = 200, description = "What was erased", body = Gone)))]
async fn erase(State(app): State<App>, who: Who, Body(sent): Body<Confirm>) -> Result<Reply, Problem> {
    let Erased { rows } = who.tenant(&app).erase_organisation(&sent.confirm).await?;
    app.platform().firm_changed().await;
    Reply::json(&Gone { rows })
}

/// An address that is called when something happens.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Webhook)]
pub struct HookView {
    id: String,
    url: String,
    kinds: Vec<&'static str>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// With which calls are signed; shown once, when the webhook is made.
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<String>,
}

impl HookView {
    fn of(it: Hook, secret: Option<String>) -> Self {
        let kinds = it.kinds.iter().map(|it| it.as_str()).collect();
        Self { id: it.id.to_string(), url: it.url, kinds, created_at: it.created_at, secret }
    }
}

/// Webhooks of the firm
#[utoipa::path(get, operation_id = "list_webhooks", path = "/webhooks", tag = "webhooks", params(Query),
    responses((status = 200, description = "Webhooks", body = Listed<HookView>)))]
async fn hooks(State(app): State<App>, who: Who, Args(query): Args<Query>) -> Result<Reply, Problem> {
    let found = who.tenant(&app).hooks(&page(&query)?).await?;
    Reply::json(&Listed::of(found.map(|it| HookView::of(it, None))))
}

/// A new webhook.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewHook {
    #[schema(max_length = 2000, example = "https://example.com/periplus")]
    url: String,
    /// Kinds of events; all when empty.
    #[schema(max_items = 20)]
    #[serde(default)]
    kinds: Vec<String>,
}

/// Add a webhook
///
/// Calls carry `Periplus-Signature: t=<seconds>,v1=<HMAC-SHA256 of "t.body" with the secret>`.
#[utoipa::path(post, operation_id = "add_webhook", path = "/webhooks", tag = "webhooks", request_body = NewHook,
    responses((status = 201, description = "The webhook with its secret", body = HookView)))]
async fn add_hook(State(app): State<App>, who: Who, Body(sent): Body<NewHook>) -> Result<Reply, Problem> {
    let refuse = |why: String| Problem::ours(StatusCode::UNPROCESSABLE_ENTITY, 2061, &[("why", &why)]);
    let url = app.platform().hooks().check(&sent.url).map_err(|it| refuse(it.to_string()))?;
    let kinds = sent.kinds.iter().map(|it| EventKind::parse(it)).collect::<Result<Vec<_>, _>>()?;
    let (hook, secret) = who.tenant(&app).add_hook(url.as_str(), &kinds).await?;
    let at = format!("/api/v1/webhooks/{}", hook.id);
    let reply = Reply::created(&HookView::of(hook, Some(secret)), &at)?;
    Ok(reply.header(header::CACHE_CONTROL, "no-store"))
}

/// A webhook
#[utoipa::path(get, operation_id = "get_webhook", path = "/webhooks/{id}", tag = "webhooks", params(("id" = String, Path)),
    responses((status = 200, description = "The webhook", body = HookView)))]
async fn hook(State(app): State<App>, who: Who, Path(id): Path<String>) -> Result<Reply, Problem> {
    Reply::json(&HookView::of(who.tenant(&app).hook(&HookId::parse(&id)?).await?, None))
}

/// Delete a webhook
#[utoipa::path(delete, operation_id = "delete_webhook", path = "/webhooks/{id}", tag = "webhooks", params(("id" = String, Path)),
    responses((status = 204, description = "Deleted")))]
async fn delete_hook(State(app): State<App>, who: Who, Path(id): Path<String>) -> Result<Reply, Problem> {
    who.tenant(&app).delete_hook(&HookId::parse(&id)?).await?;
    Ok(Reply::nothing())
}

/// A call of a webhook.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Delivery)]
pub struct Call {
    id: String,
    webhook_id: String,
    #[schema(required)]
    url: Option<String>,
    kind: String,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    #[schema(pattern = "^(waiting|delivered|dead)$")]
    state: &'static str,
    #[schema(required)]
    status: Option<i64>,
    attempts: i64,
    #[schema(required)]
    error: Option<String>,
    /// When it is tried again.
    #[schema(required, value_type = Option<String>, format = DateTime)]
    next_at: Option<Timestamp>,
}

impl Call {
    fn of(it: Delivery, url: Option<String>) -> Self {
        let waiting = it.state == DeliveryState::Pending;
        Self {
            id: it.id.to_string(),
            webhook_id: it.hook_id.to_string(),
            url,
            kind: it.kind,
            at: it.created_at,
            state: match it.state {
                DeliveryState::Pending => "waiting",
                DeliveryState::Done => "delivered",
                DeliveryState::Dead => "dead",
            },
            status: it.last_status,
            attempts: it.attempts,
            error: it.last_error,
            next_at: waiting.then_some(it.next_at),
        }
    }
}

/// Calls of a webhook, newest first
#[utoipa::path(get, operation_id = "list_deliveries", path = "/webhooks/{id}/deliveries", tag = "webhooks", params(("id" = String, Path), Query),
    responses((status = 200, description = "Calls", body = Listed<Call>)))]
async fn deliveries(
    State(app): State<App>,
    who: Who,
    Path(id): Path<String>,
    Args(query): Args<Query>,
) -> Result<Reply, Problem> {
    let (tenant, id) = (who.tenant(&app), HookId::parse(&id)?);
    let url = tenant.hook(&id).await?.url;
    let found = tenant.deliveries(&id, &page(&query)?).await?;
    Reply::json(&Listed::of(found.map(|it| Call::of(it, Some(url.clone())))))
}

/// Calls that were given up
#[utoipa::path(get, operation_id = "list_dead_deliveries", path = "/webhooks/dead", tag = "webhooks", params(Query),
    responses((status = 200, description = "Calls", body = Listed<Call>)))]
async fn dead(State(app): State<App>, who: Who, Args(query): Args<Query>) -> Result<Reply, Problem> {
    let tenant = who.tenant(&app);
    let found = tenant.dead_deliveries(&page(&query)?).await?;
    let mut items = Vec::with_capacity(found.items.len());
    for it in found.items {
        let url = tenant.hook(&it.hook_id).await.ok().map(|it| it.url);
        items.push(Call::of(it, url));
    }
    Reply::json(&Listed { items, next: found.next, total: found.total })
}

/// Try again what was given up
#[utoipa::path(post, operation_id = "retry_delivery", path = "/webhooks/dead/{id}/retry", tag = "webhooks", params(("id" = String, Path)),
    responses((status = 200, description = "The call, which is due at once", body = Call)))]
async fn retry(State(app): State<App>, who: Who, Path(id): Path<String>) -> Result<Reply, Problem> {
    let found = who.tenant(&app).retry_delivery(&DeliveryId::parse(&id)?).await?;
    Reply::json(&Call::of(found, None))
}
