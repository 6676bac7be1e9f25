//! The radar over HTTP: needs are read, scans are decided, answers are looked into.

pub mod document;
pub mod list;
pub mod localise;
pub mod look;
pub mod map;
pub mod sample;
pub mod scan;
pub mod table;

use std::sync::Arc;

use store::AnswerId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::lang::Language;
use crate::problem::Problem;
use crate::reply::{Entry, json_entry};
use crate::who::Who;

pub use self::document::Document;
pub(crate) use sample::{SAMPLE_ID, answer_sample};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(scan::read_need))
        .routes(routes!(scan::make_scan))
        .routes(routes!(list::list_answers))
        .routes(routes!(list::get_sample))
        .routes(routes!(list::get_answer, list::delete_answer))
        .routes(routes!(list::get_plan))
        .routes(routes!(table::get_plans))
        .routes(routes!(map::get_map))
        .routes(routes!(look::list_drops))
        .routes(routes!(look::why_not))
        .routes(routes!(look::why))
        .routes(routes!(look::get_dossier))
        .routes(routes!(look::verify))
        .routes(routes!(look::diff))
        .routes(routes!(look::get_paper))
}

/// Key of the bytes of a part of an answer.
fn key(who: &Who, id: &str, part: &str, language: Language) -> String {
    // The sample is the same for everyone.
    let owner = if id == SAMPLE_ID { "*" } else { who.organisation() };
    format!("{owner}/{id}/{part}/{}", language.words.code())
}

/// The answer of this organisation, parsed.
///
/// # Errors
/// There is none of that id.
pub async fn document(app: &App, who: &Who, id: &str) -> Result<Arc<Document>, Problem> {
    if id == SAMPLE_ID {
        return app.sample().await;
    }
    let key = format!("{}/{id}", who.organisation());
    if let Some(found) = app.documents().get(&key) {
        return Ok(found);
    }
    let body = who.tenant(app).answer_body(&AnswerId::parse(id)?).await?;
    let bytes = body.len();
    let parsed = app.pool().run(move || serde_json::from_slice::<Document>(&body)).await?;
    let parsed =
        Arc::new(parsed.map_err(|it| Problem::internal(&format!("a kept answer cannot be read: {it}")))?);
    app.documents().put(&key, Arc::clone(&parsed), bytes);
    Ok(parsed)
}

/// The answer as the store has it, for what refers to it. The sample is kept for the organisation when it is first referred to.
///
/// # Errors
/// There is none of that id.
pub async fn stored(app: &App, who: &Who, id: &str) -> Result<AnswerId, Problem> {
    let tenant = who.tenant(app);
    if id != SAMPLE_ID {
        return Ok(tenant.answer(&AnswerId::parse(id)?).await?.id);
    }
    let sample = app.sample().await?;
    if let Some(kept) = tenant.sample_answer().await? {
        let same = document(app, who, kept.id.as_str()).await?.deals.dossier == sample.deals.dossier;
        if same {
            return Ok(kept.id);
        }
    }
    let mut own = Document::clone(&sample);
    own.id = AnswerId::new().to_string();
    let (own, entry) = (Arc::new(own.clone()), Arc::new(whole(&own)?.kept()));
    scan::store(app, who, &own, &entry, app.sample_dossier().await?.to_vec()).await?;
    Ok(AnswerId::parse(&own.id)?)
}

/// The answer in the person's language.
async fn localised(app: &App, document: Arc<Document>, language: Language) -> Result<Arc<Document>, Problem> {
    if language.is_english() {
        return Ok(document);
    }
    let hall = app.hall().await?;
    app.pool().run(move || Arc::new(localise::document(&document, language, &hall))).await
}

/// Bytes made from an answer in the person's language, kept for the next who asks.
async fn made_once(
    app: &App,
    who: &Who,
    id: &str,
    part: &str,
    language: Language,
    make: impl FnOnce(&Document) -> Result<Entry, Problem> + Send + 'static,
) -> Result<Arc<Entry>, Problem> {
    let key = key(who, id, part, language);
    if let Some(found) = app.replies().get(&key) {
        return Ok(found);
    }
    let document = localised(app, document(app, who, id).await?, language).await?;
    let entry = app.pool().run(move || make(&document).map(|it| Arc::new(it.kept()))).await??;
    // Twice: once it is packed too.
    app.replies().put(&key, Arc::clone(&entry), entry.body.len() * 5 / 4);
    Ok(entry)
}

fn whole(document: &Document) -> Result<Entry, Problem> {
    json_entry(document)
}
