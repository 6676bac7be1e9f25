//! `POST /needs/read` and `POST /scans`.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_LOCATION;
use desk::effort::{Clock, Effort};
use desk::quotes::Brought;
use desk::scan::{Manner, NeedText, decided};
use domain::{Date, Finding, Need};
use radar::ask::Asked;
use radar::{Settings, WhatIf, ask};
use serde::{Deserialize, Serialize};
use store::{AnswerId, NewAnswer};
use utoipa::ToSchema;

use super::document::{self, Document, Understood};
use super::{key, localise, whole};
use crate::app::App;
use crate::hall::Hall;
use crate::lang::Language;
use crate::own::quotes;
use crate::platform::jobs;
use crate::problem::{Problem, Row, Written};
use crate::reply::{Entry, Reply};
use crate::take::{Body, body, read_json};
use crate::who::Who;

/// A need in words.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NeedWords {
    /// A sentence in English or Chinese.
    #[schema(max_length = 2000, example = "buy 5 t HS 850511 to Birmingham DAP within 12 weeks in GBP")]
    pub text: String,
    /// Read as of this day; today when left out.
    #[schema(value_type = Option<String>, format = Date)]
    #[serde(default)]
    pub as_of: Option<Date>,
}

/// What was understood.
#[derive(Debug, Serialize, ToSchema)]
pub struct NeedRead {
    #[schema(schema_with = crate::openapi::need)]
    pub need: Need,
    /// The need said again in one sentence.
    pub sentence: String,
    pub understood: Vec<Understood>,
    #[schema(schema_with = crate::openapi::findings)]
    pub findings: Vec<Finding>,
}

/// Reads a need without scanning
///
/// A sentence in English or Chinese becomes a need. What is not understood is a finding; what is missing or may be several things is
/// a problem that lists the candidates.
#[utoipa::path(post, path = "/needs/read", tag = "radar", request_body = NeedWords,
    responses((status = 200, description = "What was understood", body = NeedRead),
        (status = 424, description = "A book is missing", body = Written)))]
pub(super) async fn read_need(
    State(app): State<App>,
    _who: Who,
    language: Language,
    Body(sent): Body<NeedWords>,
) -> Result<Reply, Problem> {
    let hall = app.hall().await?;
    let as_of = sent.as_of.unwrap_or_else(|| app.config().today());
    let asked = app.pool().run(move || read_text(&hall, &sent.text, as_of)).await??;
    Reply::json(&NeedRead {
        sentence: document::sentence(&asked.need, language),
        understood: understood(&asked),
        need: asked.need,
        findings: asked.findings,
    })
}

/// A scan: a need in words or as data, and how to go about it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Scan {
    /// A sentence; either this or `need`.
    #[schema(max_length = 2000, example = "buy 5 t HS 850511 to Birmingham DAP within 12 weeks in GBP")]
    #[serde(default)]
    pub text: Option<String>,
    #[schema(schema_with = crate::openapi::maybe_need)]
    #[serde(default)]
    pub need: Option<Need>,
    #[schema(schema_with = crate::openapi::settings)]
    #[serde(default)]
    pub settings: Option<Settings>,
    /// Laws, rates and prices in force on this day; today when left out.
    #[schema(value_type = Option<String>, format = Date)]
    #[serde(default)]
    pub as_of: Option<Date>,
    /// Seed of the shared scenarios; the same seed gives the same answer.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    #[serde(default)]
    pub seed: Option<u64>,
    /// Freight rates and prices of the goods changed before deciding, percent from -90 to 500.
    #[schema(schema_with = crate::openapi::what_if)]
    #[serde(default)]
    pub what_if: Option<WhatIf>,
    /// Whether the organisation's quotes are used beside benchmarks.
    #[schema(default = true)]
    #[serde(default = "yes")]
    pub use_quotes: bool,
    /// Whether the answer is kept, so that it has an address.
    #[schema(default = true)]
    #[serde(default = "yes")]
    pub keep: bool,
}

fn yes() -> bool {
    true
}

/// Bounds of what a scan may be asked; the reason for each is that the work grows with it.
const SHORTLIST: std::ops::RangeInclusive<usize> = 1..=500;
const SCENARIOS: std::ops::RangeInclusive<u32> = 2..=2_048;
const PLANS: std::ops::RangeInclusive<u64> = 1..=50_000_000;
/// Parts per million: no tolerance and no range is above ten times.
const PPM: std::ops::RangeInclusive<i64> = 0..=10_000_000;
/// Numbers above this are not whole in JSON readers that know only doubles.
pub const SEED_MOST: u64 = (1 << 53) - 1;

/// Scans for plans
///
/// Gathers offers and ways, decides, and answers with ranked plans. No feasible plan is an answer too: `deals.plans` is empty and
/// `deals.relaxations` says what would make one feasible, each with the changed need.
#[utoipa::path(post, path = "/scans", tag = "radar", request_body = Scan,
    params(("Prefer" = Option<String>, Header, description = "`respond-async`: answer with a job at once")),
    responses((status = 202, description = "A job; its result is the answer", body = crate::platform::jobs::JobView),
        (status = 200, description = "The answer", body = ref("#/components/schemas/Answer")),
        (status = 424, description = "A book is missing", body = Written)))]
pub(super) async fn make_scan(
    State(app): State<App>,
    who: Who,
    language: Language,
    request: Request,
) -> Result<Reply, Problem> {
    let begun = Begun::now();
    let later = wants_later(request.headers());
    let bytes = body(request).await?;
    let sent: Scan = read_json(&bytes)?;
    if later {
        // What cannot be asked is refused now, not in the background.
        manner(&app, &sent)?;
        return jobs::later(&app, &who, jobs::SCAN, read_json(&bytes)?).await;
    }
    let (keep, hall) = (sent.keep, app.hall().await?);
    let Made { document, dossier } = answer(&app, &who, &hall, sent, begun).await?;
    let entry = Arc::new(whole(&document)?.kept());
    let document = Arc::new(document);
    if keep {
        store(&app, &who, &document, &entry, dossier).await?;
    }
    let id = document.id.clone();
    let entry = if language.is_english() {
        entry
    } else {
        let local = app.pool().run(move || whole(&localise::document(&document, language, &hall))).await??;
        Arc::new(local)
    };
    let reply = Reply::shared(entry);
    Ok(if keep { reply.header(CONTENT_LOCATION, &format!("/api/v1/answers/{id}")) } else { reply })
}

/// Whether the answer may come later, as a job (RFC 7240).
fn wants_later(headers: &HeaderMap) -> bool {
    let all = headers.get_all("prefer").into_iter().filter_map(|it| it.to_str().ok());
    all.flat_map(|it| it.split(',')).any(|it| it.trim().eq_ignore_ascii_case("respond-async"))
}

/// When an answer was begun. The processor's time is that of the whole process since then: when others are answered at the same
/// time, theirs is in it.
#[derive(Clone, Copy, Debug)]
pub struct Begun {
    clock: Clock,
    cpu_seconds: Option<f64>,
}

impl Begun {
    pub fn now() -> Self {
        let clock = Clock::start();
        Self { clock, cpu_seconds: clock.stop(1.0).cpu_seconds }
    }

    fn effort(self, watts: f64) -> Effort {
        let mut effort = self.clock.stop(watts);
        let tidy = |it: f64| (it * 1e4).round() / 1e4;
        effort.cpu_seconds =
            effort.cpu_seconds.zip(self.cpu_seconds).map(|(now, then)| tidy((now - then).max(0.0)));
        effort.energy_joules = effort.cpu_seconds.map(|it| tidy(it * watts));
        effort
    }
}

/// Scans without a request, for work in the background: the answer is kept.
///
/// # Errors
/// As the scan itself.
pub async fn run(app: &App, who: &Who, sent: serde_json::Value) -> Result<AnswerId, Problem> {
    let begun = Begun::now();
    let sent: Scan =
        serde_json::from_value(sent).map_err(|it| Problem::refused("the body", &it.to_string()))?;
    let hall = app.hall().await?;
    let Made { document, dossier } = answer(app, who, &hall, sent, begun).await?;
    let entry = Arc::new(whole(&document)?.kept());
    let document = Arc::new(document);
    store(app, who, &document, &entry, dossier).await?;
    Ok(AnswerId::parse(&document.id)?)
}

/// Reads, fetches the quotes for what was read, gathers and decides.
async fn answer(app: &App, who: &Who, hall: &Arc<Hall>, sent: Scan, begun: Begun) -> Result<Made, Problem> {
    let manner = manner(app, &sent)?;
    let what_if = sent.what_if.unwrap_or_default();
    if !what_if.is_within_reason() {
        return Err(Problem::refused("what_if", "a change is from -90 to 500 percent"));
    }
    let (use_quotes, watts) = (sent.use_quotes, app.config().watts_per_core);
    let (reading, as_of) = (Arc::clone(hall), manner.as_of);
    let (asked, text) = app.pool().run(move || read(&reading, sent, as_of)).await??;
    let brought = if use_quotes { quotes::brought(app, who, &asked.need).await? } else { Brought::default() };
    let hall = Arc::clone(hall);
    let deciding = move || {
        let decided = decide(&hall, asked, brought, &manner, what_if)?;
        let mut made = finish(&hall, decided, begun, watts)?;
        made.document.what_if = Some(what_if).filter(|it| *it != WhatIf::default());
        if let Some(text) = text {
            made.document.text = text;
        }
        Ok(made)
    };
    app.pool().run(deciding).await?
}

/// The need, and the words in which it was asked.
fn read(hall: &Hall, sent: Scan, as_of: Date) -> Result<(Asked, Option<String>), Problem> {
    match (sent.text, sent.need) {
        (Some(text), None) => Ok((read_text(hall, &text, as_of)?, Some(text))),
        (None, Some(need)) => Ok((Asked { need, understood: Vec::new(), findings: Vec::new() }, None)),
        _ => Err(Problem::refused("the body", "give either text or need")),
    }
}

/// Keeps an answer, on disk and ready to be read again.
pub(super) async fn store(
    app: &App,
    who: &Who,
    document: &Arc<Document>,
    entry: &Arc<Entry>,
    dossier: Vec<u8>,
) -> Result<(), Problem> {
    let new = NewAnswer {
        id: Some(AnswerId::parse(&document.id)?),
        text: document.text.clone(),
        sentence: document.sentence.clone(),
        plans: document.deals.plans.len() as i64,
        best: document.best().and_then(|it| serde_json::to_value(it).ok()),
        sample: document.sample,
        body: entry.body.to_vec(),
        dossier,
    };
    who.tenant(app).add_answer(new).await?;
    let bytes = entry.body.len();
    app.documents().put(&format!("{}/{}", who.organisation(), document.id), Arc::clone(document), bytes);
    let english = Language::default();
    app.replies().put(&key(who, &document.id, "whole", english), Arc::clone(entry), bytes * 5 / 4);
    Ok(())
}

/// A made answer and its dossier as JSON.
pub(super) struct Made<D = Vec<u8>> {
    pub(super) document: Document,
    pub(super) dossier: D,
}

/// A decided need, before it is written.
pub(super) struct Decided {
    asked: Asked,
    quotes_used: usize,
    dossier: radar::Dossier,
    deals: domain::deal::Deals,
}

/// Gathers and decides.
pub(super) fn decide(
    hall: &Hall,
    asked: Asked,
    brought: Brought,
    manner: &Manner,
    what_if: WhatIf,
) -> Result<Decided, Problem> {
    let quotes_used = brought.offers.len();
    let mut dossier = hall.room.gather(&asked.need, brought, manner)?;
    what_if.apply(&mut dossier);
    let deals = decided(&dossier)?;
    Ok(Decided { asked, quotes_used, dossier, deals })
}

/// The document of a decided need, in English.
pub(super) fn finish(hall: &Hall, made: Decided, begun: Begun, watts: f64) -> Result<Made, Problem> {
    let Decided { asked, quotes_used, dossier, deals } = made;
    let sentence = document::sentence(&deals.need, Language::default());
    let bytes =
        dossier.to_bytes().map_err(|it| Problem::internal(&format!("cannot write a dossier: {it}")))?;
    let document = Document {
        id: uuid::Uuid::now_v7().to_string(),
        created_at: now(),
        sample: false,
        text: sentence.clone(),
        sentence,
        understood: understood(&asked),
        findings: asked.findings,
        names: document::names(&deals, &hall.room.tables.economies, Language::default()),
        books: document::books(&dossier, hall),
        quotes_used,
        what_if: None,
        effort: begun.effort(watts),
        deals,
    };
    Ok(Made { document, dossier: bytes })
}

/// Now, to the second, RFC 3339.
pub(crate) fn now() -> String {
    let now = jiff::Timestamp::now();
    now.round(jiff::Unit::Millisecond).unwrap_or(now).to_string()
}

fn read_text(hall: &Hall, text: &str, as_of: Date) -> Result<Asked, Problem> {
    if text.chars().count() > ask::MAX_CHARS {
        let why = format!("more than {} characters", ask::MAX_CHARS);
        return Err(Problem::refused("text", &why));
    }
    let text = NeedText { words: text.to_owned(), is_file: false };
    Ok(hall.room.read_need(&text, as_of)?)
}

fn understood(asked: &Asked) -> Vec<Understood> {
    let span = |it: &ask::Span| Understood { text: it.text.clone(), meaning: it.meaning.clone() };
    asked.understood.iter().map(span).collect()
}

fn manner(app: &App, sent: &Scan) -> Result<Manner, Problem> {
    let settings = sent.settings.clone().unwrap_or_default();
    let rows = out_of_bounds(&settings, sent.seed.unwrap_or(1));
    if !rows.is_empty() {
        let first = rows.first().map_or_else(String::new, |it| it.text.clone());
        let field = rows.first().and_then(|it| it.column.clone()).unwrap_or_default();
        return Err(Problem::refused(&field, &first).with_rows(rows));
    }
    let as_of = sent.as_of.unwrap_or_else(|| app.config().today());
    Ok(Manner { as_of, seed: sent.seed.unwrap_or(1), settings })
}

fn out_of_bounds(settings: &Settings, seed: u64) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut check = |field: &str, good: bool, text: String| {
        if !good {
            rows.push(Row::field(field, text));
        }
    };
    let between =
        |low: &dyn std::fmt::Display, high: &dyn std::fmt::Display| format!("must be {low} to {high}");
    let list = between(SHORTLIST.start(), SHORTLIST.end());
    check("settings.shortlist", SHORTLIST.contains(&settings.shortlist), list.clone());
    check("settings.per_origin", SHORTLIST.contains(&settings.per_origin), list);
    for (field, value) in
        [("settings.scenarios", settings.scenarios), ("settings.scenarios_first", settings.scenarios_first)]
    {
        check(field, SCENARIOS.contains(&value), between(SCENARIOS.start(), SCENARIOS.end()));
    }
    for (field, value) in [
        ("settings.shown_within", settings.shown_within),
        ("settings.tolerance_cost", settings.tolerance_cost),
        ("settings.tolerance_third", settings.tolerance_third),
    ] {
        check(field, PPM.contains(&value.0), between(PPM.start(), PPM.end()));
    }
    let days = settings.tolerance_days;
    check("settings.tolerance_days", (0.0..=365.0).contains(&days), between(&0, &365));
    check(
        "settings.plans_at_most",
        PLANS.contains(&settings.plans_at_most),
        between(PLANS.start(), PLANS.end()),
    );
    let rate = settings.borrowing_percent.is_none_or(|it| (0.0..=100.0).contains(&it));
    check("settings.borrowing_percent", rate, between(&0, &100));
    check("seed", seed <= SEED_MOST, between(&0, &SEED_MOST));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_take_too_long_is_refused_with_its_bounds() {
        let check = |change: fn(&mut Settings), field: &str| {
            let mut settings = Settings::default();
            change(&mut settings);
            let rows = out_of_bounds(&settings, 1);
            assert_eq!(rows.iter().filter_map(|it| it.column.as_deref()).collect::<Vec<_>>(), [field]);
        };
        assert!(out_of_bounds(&Settings::default(), 1).is_empty());
        check(|it| it.shortlist = 501, "settings.shortlist");
        check(|it| it.plans_at_most = u64::MAX, "settings.plans_at_most");
        check(|it| it.tolerance_days = f64::NAN, "settings.tolerance_days");
        check(|it| it.scenarios = 1_000_000, "settings.scenarios");
    }
}
