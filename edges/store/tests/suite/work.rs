//! Jobs, sweeps, events and webhooks: the work of several processes on one database.

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::SignedDuration;
use serde_json::json;
use store::{
    Beat, DELIVERY_ATTEMPTS, EventKind, Found, JOB_ATTEMPTS, JobState, NewJob, NewNeed, Page, Progress,
    Retry, Store, Swept,
};

use crate::place::{Place, firm};
use crate::radar::{answer, new_watch};

crate::both! {
    a_job_from_queue_to_result,
    a_silent_worker_loses_its_lease,
    cancelled_jobs_stop,
    two_processes_lease_different_jobs,
    a_job_that_kills_its_workers_is_given_up,
    once_means_once,
    an_alert_fires_once,
    events_rise_in_order_of_commits,
    another_process_is_woken,
    webhooks_are_tried_again_and_given_up,
    what_is_old_is_trimmed,
}

const MINUTE: Duration = Duration::from_mins(1);

fn job(kind: &str) -> NewJob {
    NewJob { kind: kind.to_owned(), input: json!({"n": 1}), ..NewJob::default() }
}

async fn a_job_from_queue_to_result(place: Place) {
    let store = place.open().await;
    let tenant = store.tenant(&store.local().await.unwrap());
    let added = tenant.add_job(job("scan")).await.unwrap();
    assert_eq!(added.state, JobState::Queued);
    assert!(store.lease_next(&["import"], "w", MINUTE).await.unwrap().is_none(), "another kind");
    let mut lease = store.lease_next(&["import", "scan"], "w", MINUTE).await.unwrap().unwrap();
    assert_eq!((&lease.job.id, lease.job.attempts, &lease.step), (&added.id, 1, &None));
    assert_eq!(lease.who, *tenant.who(), "it is done on behalf of who asked");
    assert!(store.lease_next(&["scan"], "x", MINUTE).await.unwrap().is_none(), "it is leased");
    let progress = Progress { done: 1, total: 2, what: "rows".to_owned() };
    let beat = store.heartbeat(&mut lease, MINUTE, Some(&progress), Some(&json!({"line": 7}))).await.unwrap();
    assert_eq!(beat, Beat::GoOn);
    assert_eq!(tenant.job(&added.id).await.unwrap().progress, Some(progress));
    store.finish_job(&lease, &json!({"href": "/answers/1"})).await.unwrap();
    let done = tenant.job(&added.id).await.unwrap();
    assert_eq!((done.state, done.result.unwrap()["href"].as_str()), (JobState::Done, Some("/answers/1")));
    assert_eq!(store.finish_job(&lease, &json!({})).await.unwrap_err().code(), "PRP-2108");
    assert_eq!(tenant.cancel_job(&added.id).await.unwrap().state, JobState::Done, "what has ended stays");

    tenant.add_job(job("flaky")).await.unwrap();
    let lease = store.lease_next(&["flaky"], "w", MINUTE).await.unwrap().unwrap();
    store.fail_job(&lease, &json!({"why": "net"}), Retry::After(Duration::from_mins(10))).await.unwrap();
    assert!(store.lease_next(&["flaky"], "w", MINUTE).await.unwrap().is_none(), "not before its time");
    let later = place.open_later(SignedDuration::from_mins(11)).await;
    let lease = later.lease_next(&["flaky"], "w", MINUTE).await.unwrap().unwrap();
    assert_eq!(lease.job.attempts, 2);
    later.release_job(&lease).await.unwrap();
    let lease = later.lease_next(&["flaky"], "w", MINUTE).await.unwrap().unwrap();
    assert_eq!(lease.job.attempts, 2, "a released attempt does not count");
    later.fail_job(&lease, &json!({"why": "net"}), Retry::Never).await.unwrap();
    assert_eq!(tenant.job(&lease.job.id).await.unwrap().state, JobState::Failed);
    assert!(store.audit_verify().await.unwrap().ok);
}

async fn a_silent_worker_loses_its_lease(place: Place) {
    let store = place.open().await;
    let tenant = store.tenant(&store.local().await.unwrap());
    tenant.add_job(job("import")).await.unwrap();
    let mut first = store.lease_next(&["import"], "first", MINUTE).await.unwrap().unwrap();
    store.heartbeat(&mut first, MINUTE, None, Some(&json!({"line": 40}))).await.unwrap();
    let later = place.open_later(SignedDuration::from_mins(5)).await;
    let second = later.lease_next(&["import"], "second", MINUTE).await.unwrap().unwrap();
    assert_eq!((second.job.attempts, second.step.as_ref().unwrap()["line"].as_i64()), (2, Some(40)));
    let beat = store.heartbeat(&mut first, MINUTE, None, Some(&json!({"line": 41}))).await;
    assert_eq!(beat.unwrap_err().code(), "PRP-2108");
    assert_eq!(store.finish_job(&first, &json!({})).await.unwrap_err().code(), "PRP-2108");
    later.finish_job(&second, &json!({})).await.unwrap();
}

async fn cancelled_jobs_stop(place: Place) {
    let store = place.open().await;
    let tenant = store.tenant(&store.local().await.unwrap());
    let queued = tenant.add_job(job("scan")).await.unwrap();
    assert_eq!(tenant.cancel_job(&queued.id).await.unwrap().state, JobState::Cancelled);
    assert!(store.lease_next(&["scan"], "w", MINUTE).await.unwrap().is_none());
    let running = tenant.add_job(job("scan")).await.unwrap();
    let mut lease = store.lease_next(&["scan"], "w", MINUTE).await.unwrap().unwrap();
    assert!(tenant.cancel_job(&running.id).await.unwrap().cancel);
    assert_eq!(store.heartbeat(&mut lease, MINUTE, None, None).await.unwrap(), Beat::Stop);
    store.job_cancelled(&lease).await.unwrap();
    assert_eq!(tenant.jobs(Some(JobState::Cancelled), &Page::default()).await.unwrap().items.len(), 2);
}

async fn drain(store: Store, owner: &'static str) -> Vec<String> {
    let mut got = Vec::new();
    while let Some(lease) = store.lease_next(&["k"], owner, MINUTE).await.unwrap() {
        got.push(lease.job.id.to_string());
        tokio::task::yield_now().await;
        store.finish_job(&lease, &json!({})).await.unwrap();
    }
    got
}

async fn two_processes_lease_different_jobs(place: Place) {
    let (a, b) = (place.open().await, place.open().await);
    let tenant = a.tenant(&a.local().await.unwrap());
    for _ in 0..60 {
        tenant.add_job(job("k")).await.unwrap();
    }
    let (one, two) = tokio::join!(tokio::spawn(drain(a.clone(), "a")), tokio::spawn(drain(b, "b")));
    let (one, two) = (one.unwrap(), two.unwrap());
    assert!(!one.is_empty() && !two.is_empty(), "both worked: {} and {}", one.len(), two.len());
    let all: BTreeSet<_> = one.iter().chain(&two).collect();
    assert_eq!((all.len(), one.len() + two.len()), (60, 60), "each job once");
}

async fn a_job_that_kills_its_workers_is_given_up(place: Place) {
    let store = place.open().await;
    let tenant = store.tenant(&store.local().await.unwrap());
    let added = tenant.add_job(job("deadly")).await.unwrap();
    for attempt in 0..JOB_ATTEMPTS {
        let later = place.open_later(SignedDuration::from_mins(10 * attempt)).await;
        assert!(later.lease_next(&["deadly"], "w", MINUTE).await.unwrap().is_some(), "attempt {attempt}");
        later.close().await;
    }
    let later = place.open_later(SignedDuration::from_hours(2)).await;
    assert!(later.lease_next(&["deadly"], "w", MINUTE).await.unwrap().is_none());
    let failed = tenant.job(&added.id).await.unwrap();
    assert_eq!(failed.state, JobState::Failed);
    assert!(failed.problem.unwrap()["detail"].as_str().unwrap().contains("none ended it"));
}

async fn once_means_once(place: Place) {
    let (a, b) = (place.open().await, place.open().await);
    let new = || NewJob { once: Some("tariffs-eu/2026-11".to_owned()), ..job("sweep") };
    let mut asks = Vec::new();
    for at in 0..20 {
        let store = if at % 2 == 0 { a.clone() } else { b.clone() };
        asks.push(tokio::spawn(async move { store.add_instance_job(new()).await.unwrap().id }));
    }
    let mut ids = BTreeSet::new();
    for ask in asks {
        ids.insert(ask.await.unwrap());
    }
    assert_eq!(ids.len(), 1);
    assert!(a.lease_next(&["sweep"], "a", MINUTE).await.unwrap().is_some());
    assert!(b.lease_next(&["sweep"], "b", MINUTE).await.unwrap().is_none());
    let tenant = a.tenant(&a.local().await.unwrap());
    assert!(
        tenant.jobs(None, &Page::default()).await.unwrap().items.is_empty(),
        "it belongs to the instance"
    );
    let mine = tenant.add_job(NewJob { once: Some("x".to_owned()), ..job("sweep") }).await.unwrap();
    let other = a.tenant(&firm(&a, "Other").await);
    let theirs = other.add_job(NewJob { once: Some("x".to_owned()), ..job("sweep") }).await.unwrap();
    assert_ne!(mine.id, theirs.id, "once is per organisation");
}

async fn sweep(store: Store, edition: &'static str) -> usize {
    let mut after = None;
    let mut fired = 0;
    loop {
        let batch = store.watches_on("tariffs-eu", after.as_ref(), 3).await.unwrap();
        let Some(last) = batch.last() else { return fired };
        after = Some(last.watch.id.clone());
        let found = || Found {
            kind: "order".to_owned(),
            before: json!({"first": "p1"}),
            after: json!({"first": "p2"}),
            delta: json!([{"figure": "landed", "before": "10", "after": "11"}]),
        };
        let swept = batch.into_iter().map(|watch| Swept {
            saved: Some(json!({"order": ["p2", "p1"]})),
            rests_on: Some([("tariffs-eu".to_owned(), edition.to_owned())].into()),
            watch,
            found: Some(found()),
        });
        fired += store.record_sweep("tariffs-eu", edition, swept.collect()).await.unwrap().len();
    }
}

async fn an_alert_fires_once(place: Place) {
    let (a, b) = (place.open().await, place.open().await);
    let tenants = [a.tenant(&a.local().await.unwrap()), a.tenant(&firm(&a, "Other").await)];
    for tenant in &tenants {
        let answer = answer(tenant).await;
        for _ in 0..5 {
            tenant.add_watch(new_watch(&answer, "old")).await.unwrap();
        }
    }
    // Two processes that both believe they are to sweep, at the same time, twice.
    for expected in [10, 0] {
        let (one, two) =
            tokio::join!(tokio::spawn(sweep(a.clone(), "e2")), tokio::spawn(sweep(b.clone(), "e2")));
        assert_eq!(one.unwrap() + two.unwrap(), expected);
    }
    assert_eq!(sweep(a.clone(), "e3").await, 10, "another edition speaks anew");
    for tenant in &tenants {
        let alerts = tenant.alerts(true, None, &Page::default()).await.unwrap();
        assert_eq!(alerts.items.len(), 10);
        let seen = tenant.see_alert(&alerts.items[0].id).await.unwrap();
        assert!(seen.seen_at.is_some());
        assert_eq!(tenant.see_alert(&seen.id).await.unwrap(), seen, "again changes nothing");
        assert_eq!(tenant.alerts(true, None, &Page::default()).await.unwrap().items.len(), 9);
        let watch = &tenant.watches(&Page::default()).await.unwrap().items[0];
        assert_eq!(
            (watch.saved["order"][0].as_str(), watch.rests_on["tariffs-eu"].as_str()),
            (Some("p2"), "e3")
        );
        let events = tenant.events_after(0, 1000).await.unwrap();
        assert_eq!(events.iter().filter(|it| it.kind == "alert" && it.data["kind"] == "order").count(), 10);
    }
    assert!(a.audit_verify().await.unwrap().ok);
}

async fn events_rise_in_order_of_commits(place: Place) {
    let (a, b) = (place.open().await, place.open().await);
    let who = a.local().await.unwrap();
    let begin = a.last_event().await.unwrap();
    let follower = tokio::spawn({
        let store = a.clone();
        async move {
            let (mut wakes, mut seen) = (store.subscribe(), Vec::new());
            while seen.len() < 80 {
                let last = seen.last().copied().unwrap_or(begin);
                seen.extend(store.events_after(last, 10).await.unwrap().iter().map(|it| it.id));
                if seen.last().copied().unwrap_or(begin) == last {
                    wakes.next().await.unwrap();
                }
            }
            seen
        }
    });
    let mut writers = Vec::new();
    for at in 0..8 {
        let tenant = (if at % 2 == 0 { &a } else { &b }).tenant(&who);
        writers.push(tokio::spawn(async move {
            for _ in 0..10 {
                tenant.add_need(NewNeed { text: "x".to_owned(), ..NewNeed::default() }).await.unwrap();
            }
        }));
    }
    for writer in writers {
        writer.await.unwrap();
    }
    let seen = tokio::time::timeout(Duration::from_secs(20), follower).await.unwrap().unwrap();
    // Whoever reads "after the last I saw" misses none: no number becomes visible behind a later one.
    assert_eq!(seen, (begin + 1..=begin + 80).collect::<Vec<_>>());
}

async fn another_process_is_woken(place: Place) {
    let (a, b) = (place.open().await, place.open().await);
    let mut wakes = b.subscribe();
    a.announce(EventKind::Book, "book/tariffs-eu", "system", &json!({"edition": "e2"})).await.unwrap();
    let last = tokio::time::timeout(Duration::from_secs(10), wakes.next()).await.unwrap().unwrap();
    assert_eq!(last, a.last_event().await.unwrap());
    let other = b.tenant(&firm(&b, "Other").await);
    let events = other.events_after(0, 100).await.unwrap();
    assert!(
        events.iter().any(|it| it.kind == "book" && it.organisation.is_instance()),
        "books are everybody's"
    );
    assert!(
        events
            .iter()
            .all(|it| it.organisation.is_instance() || it.organisation == *other.who().organisation())
    );
}

async fn webhooks_are_tried_again_and_given_up(place: Place) {
    let store = place.open().await;
    let tenant = store.tenant(&store.local().await.unwrap());
    let other = store.tenant(&firm(&store, "Other").await);
    let (hook, secret) = tenant.add_hook("https://hooks.example/in", &[EventKind::Need]).await.unwrap();
    let (theirs, _) = other.add_hook("https://other.example/in", &[]).await.unwrap();
    for bad in ["ftp://x", "javascript:alert(1)", "https://a b", ""] {
        assert_eq!(tenant.add_hook(bad, &[]).await.unwrap_err().code(), "PRP-2105", "{bad}");
    }
    let need = tenant.add_need(NewNeed { text: "tea".to_owned(), ..NewNeed::default() }).await.unwrap();
    answer(&tenant).await;
    assert!(
        other
            .deliveries(&theirs.id, &Page::default())
            .await
            .unwrap()
            .items
            .iter()
            .all(|it| it.kind == "firm")
    );
    let due = store.due_deliveries(10, MINUTE).await.unwrap();
    let due = due.into_iter().find(|it| it.hook_id == hook.id).unwrap();
    assert_eq!((&due.secret, due.kind.as_str(), due.attempt), (&secret, "need", 1));
    assert!(due.payload.contains(need.id.as_str()));
    assert!(store.due_deliveries(10, MINUTE).await.unwrap().is_empty(), "leased");
    assert!(!store.not_delivered(&due, Some(500), "server error").await.unwrap());
    let mut hours = 0;
    let dead = loop {
        hours += 24;
        let later = place.open_later(SignedDuration::from_hours(hours)).await;
        let due = later.due_deliveries(10, MINUTE).await.unwrap();
        let Some(due) = due.into_iter().find(|it| it.hook_id == hook.id) else { panic!("nothing due") };
        let dead = later.not_delivered(&due, None, "refused").await.unwrap();
        later.close().await;
        if dead {
            break due.attempt;
        }
    };
    assert_eq!(dead, DELIVERY_ATTEMPTS);
    let dead = tenant.dead_deliveries(&Page::default()).await.unwrap().items;
    assert_eq!((dead.len(), dead[0].last_error.as_deref()), (1, Some("refused")));
    tenant.retry_delivery(&dead[0].id).await.unwrap();
    let later = place.open_later(SignedDuration::from_hours(hours + 1)).await;
    let due = later.due_deliveries(10, MINUTE).await.unwrap();
    let due = due.iter().find(|it| it.hook_id == hook.id).unwrap();
    later.delivered(due, 204).await.unwrap();
    let all = tenant.deliveries(&hook.id, &Page::default()).await.unwrap().items;
    assert_eq!((all.len(), all[0].state.as_str(), all[0].last_status), (1, "done", Some(204)));
}

async fn what_is_old_is_trimmed(place: Place) {
    let store = place.open().await;
    let tenant = store.tenant(&store.local().await.unwrap());
    let person = tenant.who().person_id().unwrap().clone();
    let session = store.open_session(&person, tenant.who().organisation(), MINUTE).await.unwrap();
    let before = store.last_event().await.unwrap();
    assert_eq!(store.trim(MINUTE).await.unwrap(), store::Trimmed::default());
    let later = place.open_later(SignedDuration::from_hours(48)).await;
    let trimmed = later.trim(MINUTE).await.unwrap();
    assert_eq!((trimmed.events, trimmed.sessions), (before as u64, 1));
    assert!(store.session(&session.token).await.unwrap().is_none());
    assert_eq!(store.oldest_event().await.unwrap(), 0);
    tenant.add_need(NewNeed { text: "x".to_owned(), ..NewNeed::default() }).await.unwrap();
    assert_eq!(store.oldest_event().await.unwrap(), before + 1, "numbers go on rising");
}
