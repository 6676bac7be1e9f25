//! How fast the store is on this machine: `cargo run --release -p store --example bench [-- postgres://...]`.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench prints, and stops at the first surprise"
)]

use std::collections::BTreeMap;
use std::future::Future;
use std::time::{Duration, Instant};

use serde_json::json;
use store::{AnswerId, Found, NewAnswer, NewJob, NewNeed, NewWatch, Options, Page, Store, Swept, Tenant};

const WATCHES: usize = 10_000;
const READERS: usize = 8;

async fn timed<F: Future<Output = usize>>(what: &str, work: F) {
    let begun = Instant::now();
    let times = work.await;
    let took = begun.elapsed();
    let each = took.as_secs_f64() * 1e6 / times as f64;
    println!(
        "{what:<52} {times:>7} in {:>8.3} s  {each:>9.1} us each  {:>9.0}/s",
        took.as_secs_f64(),
        1e6 / each
    );
}

fn main() {
    let place = std::env::args().nth(1);
    let dir = std::env::temp_dir().join(format!("periplus-bench-{}", std::process::id()));
    let place = place.unwrap_or_else(|| dir.join("store.db").to_str().unwrap().to_owned());
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let store = Store::open_with(Options::new(place).key("0f".repeat(32))).await.unwrap();
        println!("{}", store.place());
        run(&store).await;
        store.close().await;
    });
    let _ = std::fs::remove_dir_all(dir);
}

async fn add_answer(tenant: &Tenant) -> AnswerId {
    // As large as an answer with 30 plans: some 400 kB of JSON.
    let lines: Vec<_> =
        (0..4_000).map(|at| json!({"line": at, "amount": "12.50", "source": "book"})).collect();
    let body = json!({"plans": lines}).to_string().into_bytes();
    let new = NewAnswer {
        text: "buy 20 t of coffee".to_owned(),
        sentence: "Buy 20 t of coffee".to_owned(),
        plans: 30,
        dossier: body.clone(),
        body,
        ..NewAnswer::default()
    };
    tenant.add_answer(new).await.unwrap().id
}

async fn run(store: &Store) {
    let tenant = store.tenant(&store.local().await.unwrap());
    timed("answers of 300 kB with a dossier, one writer", async {
        for _ in 0..50 {
            add_answer(&tenant).await;
        }
        50
    })
    .await;
    let answer = add_answer(&tenant).await;
    timed("needs, one writer", writers(&tenant, 1, 300)).await;
    timed("needs, eight writers at once", writers(&tenant, 8, 50)).await;
    timed("one need read, eight readers", readers(&tenant, 20_000)).await;
    timed("one answer's summary and body read", async {
        for _ in 0..500 {
            tenant.answer_body(&answer).await.unwrap();
        }
        500
    })
    .await;
    timed("a page of 50 needs", async {
        for _ in 0..500 {
            tenant.needs(None, &Page::default()).await.unwrap();
        }
        500
    })
    .await;
    timed("jobs from queue to result", jobs(store, &tenant)).await;
    timed("watches added", watches(&tenant, &answer)).await;
    timed("watches read for a sweep", async { all_watches(store).await.len() }).await;
    let all = all_watches(store).await;
    timed("watches swept: new prints, one in ten alerts", sweep(store, all, 10)).await;
    let all = all_watches(store).await;
    timed("watches swept: new prints, all alert", sweep(store, all, 1)).await;
    timed("audit entries verified", async { store.audit_verify().await.unwrap().entries as usize }).await;
    let file = std::env::temp_dir().join(format!("periplus-bench-{}.backup", std::process::id()));
    timed("rows backed up", async { store.backup(&file).await.unwrap().rows as usize }).await;
    let _ = std::fs::remove_file(file);
}

async fn writers(tenant: &Tenant, writers: usize, each: usize) -> usize {
    let mut tasks = Vec::new();
    for _ in 0..writers {
        let tenant = tenant.clone();
        tasks.push(tokio::spawn(async move {
            for _ in 0..each {
                tenant
                    .add_need(NewNeed { text: "buy coffee".to_owned(), ..NewNeed::default() })
                    .await
                    .unwrap();
            }
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
    writers * each
}

async fn readers(tenant: &Tenant, times: usize) -> usize {
    let id = tenant.needs(None, &Page::first(1)).await.unwrap().items[0].id.clone();
    let mut tasks = Vec::new();
    for _ in 0..READERS {
        let (tenant, id) = (tenant.clone(), id.clone());
        tasks.push(tokio::spawn(async move {
            for _ in 0..times / READERS {
                tenant.need(&id).await.unwrap();
            }
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
    times
}

async fn jobs(store: &Store, tenant: &Tenant) -> usize {
    for _ in 0..100 {
        tenant.add_job(NewJob { kind: "scan".to_owned(), ..NewJob::default() }).await.unwrap();
    }
    let mut done = 0;
    while let Some(lease) = store.lease_next(&["scan"], "bench", Duration::from_mins(1)).await.unwrap() {
        store.finish_job(&lease, &json!({})).await.unwrap();
        done += 1;
    }
    done
}

async fn watches(tenant: &Tenant, answer: &AnswerId) -> usize {
    let order: Vec<_> = (0..30).map(|at| format!("plan-{at}")).collect();
    let prints = |at: usize| {
        let books = ["tariff-eu", "tariff-us", "places", "rates", "freight", "markets", "carbon", "finance"];
        books.iter().map(|it| ((*it).to_owned(), format!("{at:016x}"))).collect::<BTreeMap<_, _>>()
    };
    let mut tasks = Vec::new();
    for task in 0..8 {
        let (tenant, answer, order) = (tenant.clone(), answer.clone(), order.clone());
        tasks.push(tokio::spawn(async move {
            for at in 0..WATCHES / 8 {
                let new = NewWatch {
                    title: format!("watch {task} {at}"),
                    answer_id: answer.clone(),
                    plan_id: None,
                    saved: json!({"order": order}),
                    rests_on: prints(at),
                };
                tenant.add_watch(new).await.unwrap();
            }
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
    WATCHES
}

async fn all_watches(store: &Store) -> Vec<store::SweepWatch> {
    let mut all: Vec<store::SweepWatch> = Vec::new();
    loop {
        let after = all.last().map(|it| it.watch.id.clone());
        let batch = store.watches_on("tariff-eu", after.as_ref(), 2_000).await.unwrap();
        if batch.is_empty() {
            return all;
        }
        all.extend(batch);
    }
}

async fn sweep(store: &Store, all: Vec<store::SweepWatch>, one_in: usize) -> usize {
    let count = all.len();
    let edition = format!("edition-{one_in}");
    let mut swept = all.into_iter().enumerate().map(|(at, watch)| {
        let mut rests_on = watch.watch.rests_on.clone();
        rests_on.insert("tariff-eu".to_owned(), edition.clone());
        let found = (at % one_in == 0).then(|| Found {
            kind: "order".to_owned(),
            before: json!({"first": "plan-1"}),
            after: json!({"first": "plan-2"}),
            delta: json!([{"figure": "landed", "before": "10.00", "after": "11.00"}]),
        });
        Swept { watch, saved: None, rests_on: Some(rests_on), found }
    });
    loop {
        let batch: Vec<_> = swept.by_ref().take(2_000).collect();
        if batch.is_empty() {
            return count;
        }
        store.record_sweep("tariff-eu", &edition, batch).await.unwrap();
    }
}
