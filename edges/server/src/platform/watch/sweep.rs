//! A book has a new edition: every watch that rests on it is looked at. Most need nothing: the rows of the book that they take are
//! the same. The others are asked again, equal questions once, beside each other; what was found is written batch by batch.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;

use desk::quotes::Brought;
use desk::room::Room;
use desk::scan::Manner;
use domain::{ContentHash, Date};
use radar::rests::Prints;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Found, Page, QuoteFilter, SweepWatch, Swept, WatchId};

use super::order::{self, Kept, Now, Question, Saved};
use crate::app::App;
use crate::hall::Hall;
use crate::platform::jobs::{Control, Ended};
use crate::platform::who::{Way, Who};
use crate::problem::Problem;

/// Watches of one batch: one page read, one transaction written.
const BATCH: u32 = 2_000;
/// Answers remembered over batches, some 3 kB each.
const REMEMBERED: usize = 20_000;

/// Which book, in which edition.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Input {
    pub book: String,
    pub edition: String,
    /// The edition and the moment it came: an alert is given once for each.
    pub mark: String,
}

/// Where a sweep is; what goes on after a crash begins after `after`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Step {
    after: Option<WatchId>,
    seen: u64,
    decided: u64,
    alerts: u64,
}

/// The job.
pub async fn run(app: &App, input: Input, control: &Control) -> Result<serde_json::Value, Ended> {
    let begun = Instant::now();
    let hall = in_force(app, &input).await?;
    let mut step: Step = control.step().and_then(|it| serde_json::from_value(it).ok()).unwrap_or_default();
    let as_of = app.config().today();
    let mut known = Known::default();
    let platform = app.platform();
    loop {
        control.go_on()?;
        let page = platform.store().watches_on(&input.book, step.after.as_ref(), BATCH).await?;
        let Some(last) = page.last().map(|it| it.watch.id.clone()) else { break };
        let seen = page.len();
        let firms = firms(app, &page).await?;
        let (at, book) = (Arc::clone(&hall), input.book.clone());
        let touched = aside(move || touched(&at, &book, page, &firms, as_of)).await?;
        let ask = ask(app, &touched, &known).await?;
        let at = Arc::clone(&hall);
        let answers = aside(move || answers(&at, ask, as_of)).await?;
        known.learn(answers);
        let swept: Vec<Swept> = touched
            .into_iter()
            .filter_map(|it| Some(swept(&input.book, known.answers.get(&it.key)?, it)))
            .collect();
        let alerts = platform.store().record_sweep(&input.book, &input.mark, swept).await?;
        step.after = Some(last);
        step.seen += seen as u64;
        step.decided = known.asked;
        step.alerts += alerts.len() as u64;
        platform.metrics().watches_swept.fetch_add(seen as u64, Ordering::Relaxed);
        platform.metrics().alerts.fetch_add(alerts.len() as u64, Ordering::Relaxed);
        control.at(step.seen as i64, 0, &input.book, &json!(step));
        if seen < BATCH as usize {
            break;
        }
    }
    platform.metrics().watches_decided.fetch_add(step.decided, Ordering::Relaxed);
    platform.metrics().sweep.observe(begun.elapsed());
    Ok(
        json!({ "book": input.book, "edition": input.edition, "watches": step.seen, "decided": step.decided, "alerts": step.alerts,
        "seconds": begun.elapsed().as_secs_f64() }),
    )
}

/// The books with the edition that is asked for. Another process may have imported it: then ours are opened anew.
async fn in_force(app: &App, input: &Input) -> Result<Arc<Hall>, Ended> {
    let hall = app.hall().await?;
    if hall.room.library.edition(&input.book).is_ok_and(|it| it == input.edition) {
        return Ok(hall);
    }
    let opening = app.clone();
    let opened = tokio::task::spawn_blocking(move || opening.reopen()).await;
    let opened = opened.map_err(|it| Problem::internal(&format!("opening the books ended early: {it}")))?;
    Ok(opened.map_err(Problem::from)?)
}

/// Answers of this sweep, by question.
#[derive(Debug, Default)]
struct Known {
    answers: BTreeMap<String, Arc<Now>>,
    asked: u64,
}

impl Known {
    fn learn(&mut self, answers: Vec<(String, Arc<Now>)>) {
        if self.answers.len() > REMEMBERED {
            self.answers.clear();
        }
        self.asked += answers.len() as u64;
        self.answers.extend(answers);
    }
}

async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|it| Problem::internal(&format!("a sweep ended early: {it}")))
}

/// Firms of the page that have quotes of their own: their questions are theirs alone.
async fn firms(app: &App, page: &[SweepWatch]) -> Result<BTreeSet<String>, Problem> {
    let all: BTreeMap<&str, &SweepWatch> =
        page.iter().map(|it| (it.who.organisation().as_str(), it)).collect();
    let mut with = BTreeSet::new();
    for (firm, watch) in all {
        let tenant = app.platform().store().tenant(&watch.who);
        if !tenant.quotes(&QuoteFilter::default(), &Page::first(1)).await?.items.is_empty() {
            with.insert(firm.to_owned());
        }
    }
    Ok(with)
}

/// A watch whose rows of the book are others than they were.
struct Touched {
    watch: SweepWatch,
    saved: Saved,
    print: String,
    key: String,
    quotes: bool,
}

fn touched(
    hall: &Hall,
    book: &str,
    page: Vec<SweepWatch>,
    firms: &BTreeSet<String>,
    as_of: Date,
) -> Vec<Touched> {
    let prints = Prints::new(&hall.room.library);
    let one = |watch: SweepWatch| {
        let saved = read(&watch)?;
        let print = prints.of(book, &saved.question.need, as_of);
        if watch.watch.rests_on.get(book) == Some(&print) {
            return None;
        }
        let firm = watch.who.organisation().as_str();
        let quotes = saved.question.use_quotes && firms.contains(firm);
        let key = key(&saved.question, if quotes { firm } else { "" });
        Some(Touched { watch, saved, print, key, quotes })
    };
    page.into_par_iter().filter_map(one).collect()
}

/// A question to ask, once for all watches that have it.
struct Ask {
    key: String,
    question: Question,
    brought: Brought,
}

async fn ask(app: &App, touched: &[Touched], known: &Known) -> Result<Vec<Ask>, Problem> {
    let new = touched.iter().filter(|it| !known.answers.contains_key(&it.key));
    let once: BTreeMap<&str, &Touched> = new.map(|it| (it.key.as_str(), it)).collect();
    let mut all = Vec::with_capacity(once.len());
    for (key, it) in once {
        let brought = if it.quotes {
            let who = Who::new(it.watch.who.clone(), Way::Work);
            crate::own::quotes::brought(app, &who, &it.saved.question.need).await?
        } else {
            Brought::default()
        };
        all.push(Ask { key: key.to_owned(), question: it.saved.question.clone(), brought });
    }
    Ok(all)
}

fn answers(hall: &Hall, ask: Vec<Ask>, as_of: Date) -> Vec<(String, Arc<Now>)> {
    let one = |it: Ask| (it.key, Arc::new(answer(&hall.room, &it.question, it.brought, as_of)));
    ask.into_par_iter().map(one).collect()
}

fn read(watch: &SweepWatch) -> Option<Saved> {
    match Saved::deserialize(&watch.watch.saved) {
        Ok(saved) => Some(saved),
        Err(error) => {
            crate::log::failure(&format!("the watch {} cannot be read: {error}", watch.watch.id));
            None
        }
    }
}

fn key(question: &Question, firm: &str) -> String {
    let text = serde_json::to_vec(&(question, firm)).unwrap_or_default();
    ContentHash::of(&text).hex().to_owned()
}

/// A question that cannot be answered any more has no plan: its deadline is over, or a book is not there.
pub fn answer(room: &Room, question: &Question, brought: Brought, as_of: Date) -> Now {
    let manner = Manner { as_of, seed: question.seed, settings: question.settings.clone() };
    match room.scan(&question.need, brought, &manner) {
        Ok((_, deals)) => Now { as_of, order: Kept::order(&deals), why: None },
        Err(fault) => {
            let (why, _) = fault.words(&desk::words::Words::english());
            Now { as_of, order: Vec::new(), why: Some(why) }
        }
    }
}

fn swept(book: &str, now: &Now, touched: Touched) -> Swept {
    let Touched { watch, saved, print, .. } = touched;
    let change = order::compare(&saved, now);
    let mut rests_on = watch.watch.rests_on.clone();
    rests_on.insert(book.to_owned(), print);
    let found = change.map(|it| Found {
        kind: it.kind.to_owned(),
        before: it.before,
        after: it.after,
        delta: json!(it.delta),
    });
    let saved = Saved { as_of: now.as_of, order: now.order.clone(), why: now.why.clone(), ..saved };
    Swept { watch, saved: Some(json!(saved)), rests_on: Some(rests_on), found }
}
