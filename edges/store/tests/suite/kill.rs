//! A process that imports, deals and works on jobs is killed without warning, again and again, on one database. What
//! it had been told was kept is there; nothing is there by halves; another process goes on with its jobs.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use jiff::SignedDuration;
use serde_json::json;
use store::{
    DealId, DealState, DealStep, JobId, JobState, NewJob, Options, Page, Progress, QuoteFilter, SheetId,
    SheetState, Store, Tenant, steps,
};

use crate::place::{KEY, Place};
use crate::radar::{answer, new_deal, new_quote};

crate::both! { what_was_acknowledged_survives_kill_9 }

const PLACE: &str = "PERIPLUS_KILL_PLACE";
const ROUNDS: &str = "PERIPLUS_KILL_ROUNDS";
const LINES_OF_A_SHEET: usize = 700;
const MINUTE: Duration = Duration::from_mins(1);

/// Run by the test below in a process of its own; by itself it does nothing.
#[test]
#[ignore = "the child of the test that kills it"]
fn child() {
    let Ok(place) = std::env::var(PLACE) else { return };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let store = Store::open_with(Options::new(place).key(KEY)).await.unwrap();
        let tenant = store.tenant(&store.local().await.unwrap());
        tokio::join!(import(tenant.clone()), deal(tenant.clone()), work(store, tenant));
    });
}

/// Says that something was acknowledged; only what stands in a whole line counts.
fn acknowledged(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "\nack {line}").unwrap();
    out.flush().unwrap();
}

async fn import(tenant: Tenant) {
    loop {
        let sheet = tenant.add_sheet("prices.csv", vec![b'x'; 5_000], None).await.unwrap();
        acknowledged(&format!("sheet {} 0", sheet.id));
        let quotes = (0..LINES_OF_A_SHEET).map(|_| new_quote("Saigon Beans", "090111")).collect();
        tenant.accept_sheet(&sheet.id, quotes).await.unwrap();
        acknowledged(&format!("sheet {} {LINES_OF_A_SHEET}", sheet.id));
    }
}

async fn deal(tenant: Tenant) {
    let answer = answer(&tenant).await;
    loop {
        let mut deal = tenant.add_deal(new_deal(&answer)).await.unwrap();
        acknowledged(&format!("deal {} {}", deal.id, deal.version));
        while let Some(next) = steps(deal.state).first().copied() {
            let step = DealStep::State { state: next, text: None };
            deal = tenant.add_deal_step(&deal.id, step).await.unwrap();
            acknowledged(&format!("deal {} {}", deal.id, deal.version));
        }
    }
}

async fn work(store: Store, tenant: Tenant) {
    loop {
        let new = NewJob { kind: "long".to_owned(), input: json!({"steps": 20}), ..NewJob::default() };
        let job = tenant.add_job(new).await.unwrap();
        acknowledged(&format!("job {} 0", job.id));
        let mut lease = store.lease_next(&["long"], "child", MINUTE).await.unwrap().unwrap();
        let from = lease.step.as_ref().and_then(|step| step["step"].as_i64()).unwrap_or(0);
        for step in from + 1..=20 {
            let progress = Progress { done: step, total: 20, what: "steps".to_owned() };
            store.heartbeat(&mut lease, MINUTE, Some(&progress), Some(&json!({"step": step}))).await.unwrap();
            acknowledged(&format!("job {} {step}", lease.job.id));
        }
        store.finish_job(&lease, &json!({"href": "/x"})).await.unwrap();
        acknowledged(&format!("job {} 21", lease.job.id));
    }
}

/// What the child was told: the kind and name of a thing, and the last number said of it.
type Told = BTreeMap<(String, String), i64>;

/// Lets a child run for a while after its first word, kills it, and gives what it had been told.
fn run_and_kill(place: &Place, patience: Duration, told: &mut Told) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "kill::child", "--ignored", "--nocapture", "--test-threads=1"])
        .env(PLACE, &place.url)
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let (send, receive) = mpsc::channel();
    let reader = std::thread::spawn(move || {
        for line in lines.map_while(Result::ok) {
            if send.send(line).is_err() {
                break;
            }
        }
    });
    let first = loop {
        let line = receive.recv_timeout(Duration::from_mins(1)).expect("the child speaks");
        if line.starts_with("ack ") {
            break line;
        }
    };
    std::thread::sleep(patience);
    // SIGKILL: the child learns nothing of it.
    child.kill().unwrap();
    let status = child.wait().unwrap();
    assert_eq!(std::os::unix::process::ExitStatusExt::signal(&status), Some(9), "{status}");
    reader.join().unwrap();
    for line in std::iter::once(first).chain(receive.iter()) {
        let mut words = line.split(' ');
        let (Some("ack"), Some(kind), Some(name), Some(number), None) =
            (words.next(), words.next(), words.next(), words.next(), words.next())
        else {
            continue;
        };
        told.insert((kind.to_owned(), name.to_owned()), number.parse().unwrap());
    }
}

async fn what_was_acknowledged_survives_kill_9(place: Place) {
    let rounds: u64 = std::env::var(ROUNDS).map_or(4, |rounds| rounds.parse().unwrap());
    place.open().await.close().await;
    let mut told = Told::new();
    for round in 0..rounds {
        // Spread over the length of an import, a deal and a job, the same at every run.
        let patience = Duration::from_millis(20 + round * 97 % 400);
        let before = told.len();
        tokio::task::block_in_place(|| run_and_kill(&place, patience, &mut told));
        assert!(told.len() > before, "round {round} got something done");
        let store = place.open_later(SignedDuration::from_hours(1)).await;
        look(&store, &told).await;
        go_on(&store).await;
        store.close().await;
    }
    let _ = writeln!(std::io::stderr(), "{rounds} rounds, {} things acknowledged and found", told.len());
}

async fn look(store: &Store, told: &Told) {
    let tenant = store.tenant(&store.local().await.unwrap());
    let verified = store.audit_verify().await.unwrap();
    assert!(verified.ok, "{verified:?}");
    for ((kind, name), number) in told {
        match kind.as_str() {
            "sheet" => {
                let sheet = tenant.sheet(&SheetId::parse(name).unwrap()).await.unwrap();
                assert!(*number == 0 || sheet.state == SheetState::Accepted, "{name} was accepted");
            }
            "deal" => {
                let deal = tenant.deal(&DealId::parse(name).unwrap()).await.unwrap();
                assert!(
                    deal.version >= *number,
                    "{name} is at {} and was told to be at {number}",
                    deal.version
                );
            }
            _ => {
                let job = tenant.job(&JobId::parse(name).unwrap()).await.unwrap();
                let done = job.progress.as_ref().map_or(0, |it| it.done);
                assert!(done >= (*number).min(20), "{name} is at {done} and was told to be at {number}");
                assert!(*number < 21 || job.state == JobState::Done, "{name} was done");
            }
        }
    }
    whole(store, &tenant).await;
}

/// Nothing is there by halves, acknowledged or not.
async fn whole(store: &Store, tenant: &Tenant) {
    let mut page = Page::first(500);
    loop {
        let sheets = tenant.sheets(&page).await.unwrap();
        for sheet in &sheets.items {
            let filter = QuoteFilter { sheet: Some(sheet.id.clone()), ..QuoteFilter::default() };
            let quotes = tenant.quotes(&filter, &Page::first(1)).await.unwrap().total.unwrap();
            let wanted = if sheet.state == SheetState::Accepted { LINES_OF_A_SHEET as i64 } else { 0 };
            assert_eq!(quotes, wanted, "{} is {}", sheet.id, sheet.state);
        }
        let Some(next) = sheets.next else { break };
        page = page.after(next);
    }
    let mut page = Page::first(500);
    loop {
        let deals = tenant.deals(None, &page).await.unwrap();
        for deal in &deals.items {
            let history = tenant.deal_history(&deal.id, &Page::default()).await.unwrap().items;
            assert_eq!(history.len() as i64, deal.version, "each version of {} has its line", deal.id);
            assert_eq!(history[0].body["to"], json!(deal.state), "the last line says the state");
            assert!(DealState::ALL.contains(&deal.state));
        }
        let Some(next) = deals.next else { break };
        page = page.after(next);
    }
    let (mut last, end) = (0, store.last_event().await.unwrap());
    while last < end {
        let events = store.events_after(last, 5_000).await.unwrap();
        for event in &events {
            assert_eq!(event.id, last + 1, "no event is missing");
            last = event.id;
        }
    }
}

/// An hour later another process finds the jobs that were left, and goes on where they were.
async fn go_on(store: &Store) {
    while let Some(lease) = store.lease_next(&["long"], "heir", MINUTE).await.unwrap() {
        let from = lease.step.as_ref().map_or(0, |step| step["step"].as_i64().unwrap());
        let shown = lease.job.progress.as_ref().map_or(0, |it| it.done);
        assert_eq!(from, shown, "step and progress were kept together");
        let mut lease = lease;
        let progress = Progress { done: 20, total: 20, what: "steps".to_owned() };
        store.heartbeat(&mut lease, MINUTE, Some(&progress), Some(&json!({"step": 20}))).await.unwrap();
        store.finish_job(&lease, &json!({})).await.unwrap();
    }
    let tenant = store.tenant(&store.local().await.unwrap());
    for state in [JobState::Queued, JobState::Running, JobState::Failed] {
        assert!(tenant.jobs(Some(state), &Page::default()).await.unwrap().items.is_empty(), "{state}");
    }
}
