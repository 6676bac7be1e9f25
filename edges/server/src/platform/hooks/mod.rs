//! Calls to the addresses that firms gave: taken from the store when due, signed, sent, and noted.

pub mod sign;

use std::sync::atomic::Ordering;
use std::time::Duration;

use jiff::Timestamp;
use store::{DueDelivery, Error};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::Platform;
use super::outside::{Outside, Refusal};

/// Calls under way at once.
const AT_ONCE: u32 = 16;
/// A process that dies in the middle of a call gives it up after so long.
const LEASE: Duration = Duration::from_mins(1);
/// Between looks when nothing wakes us: calls that wait for another attempt become due by themselves.
const LOOK: Duration = Duration::from_secs(2);

/// Makes calls until told to stop; those under way are ended first.
pub async fn work(platform: Platform, mut stop: watch::Receiver<bool>) {
    let mut wakes = platform.store().subscribe();
    loop {
        let again = match round(&platform).await {
            Ok(made) => made == AT_ONCE as usize,
            Err(error) => {
                crate::log::failure(&format!("calls of webhooks: {error}"));
                false
            }
        };
        if super::is_told(&stop) {
            return;
        }
        if again {
            continue;
        }
        tokio::select! {
            () = super::told(&mut stop) => return,
            _ = wakes.next() => {}
            () = tokio::time::sleep(jittered(LOOK)) => {}
        }
    }
}

/// Several processes on one store must not look at the same moment.
fn jittered(wait: Duration) -> Duration {
    let mut byte = [0];
    let _ = getrandom::fill(&mut byte);
    wait + wait.mul_f64(f64::from(byte[0]) / 512.0)
}

/// Makes the calls that are due; how many there were.
async fn round(platform: &Platform) -> Result<usize, Error> {
    let due = platform.store().due_deliveries(AT_ONCE, LEASE).await?;
    let count = due.len();
    let mut calls = JoinSet::new();
    for delivery in due {
        let platform = platform.clone();
        calls.spawn(async move { call(&platform, &delivery).await });
    }
    while let Some(done) = calls.join_next().await {
        if let Ok(Err(error)) = done {
            crate::log::failure(&format!("a call of a webhook was not noted: {error}"));
        }
    }
    Ok(count)
}

async fn call(platform: &Platform, due: &DueDelivery) -> Result<(), Error> {
    let outcome = send(platform.hooks(), due).await;
    let metrics = platform.metrics();
    match outcome {
        Ok(status) if (200..300).contains(&status) => {
            metrics.deliveries_done.fetch_add(1, Ordering::Relaxed);
            platform.store().delivered(due, i64::from(status)).await
        }
        Ok(status) => {
            metrics.deliveries_failed.fetch_add(1, Ordering::Relaxed);
            let text = format!("the answer was {status}");
            platform.store().not_delivered(due, Some(i64::from(status)), &text).await.map(drop)
        }
        Err(refusal) => {
            metrics.deliveries_failed.fetch_add(1, Ordering::Relaxed);
            platform.store().not_delivered(due, None, &refusal.to_string()).await.map(drop)
        }
    }
}

async fn send(outside: &Outside, due: &DueDelivery) -> Result<u16, Refusal> {
    let body = due.payload.clone().into_bytes();
    let now = Timestamp::now().as_second();
    let headers = [
        ("content-type".to_owned(), "application/json".to_owned()),
        (sign::HEADER.to_owned(), sign::signature(&due.secret, now, &body)),
        ("periplus-event".to_owned(), due.kind.clone()),
        ("periplus-delivery".to_owned(), due.id.to_string()),
    ];
    outside.send("POST", &due.url, &headers, body).await.map(|it| it.status)
}
