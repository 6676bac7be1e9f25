//! `GET` of a plan over kept connections: how many a second, the slowest of a hundred, and whether memory stays where it is.

use std::time::Instant;

use serde_json::Value;

use super::percentile;
use super::process::Server;
use crate::report::{Report, Target};

/// Connections that ask at the same time.
const CONNECTIONS: usize = 16;
const REQUESTS: usize = 1_000_000;
/// What is asked before memory is looked at for the first time.
const WARM_UP: usize = 50_000;

pub(super) fn run(report: &mut Report, server: &Server, sample: &Value) {
    let (answer, plan) =
        (sample["id"].as_str().unwrap(), sample["deals"]["plans"][0]["id"].as_str().unwrap());
    let path = format!("/api/v1/answers/{answer}/plans/{plan}");
    load(server, &path, WARM_UP);
    let before = server.resident_mb();
    let start = Instant::now();
    let mut waits = load(server, &path, REQUESTS);
    let rate = REQUESTS as f64 / start.elapsed().as_secs_f64();
    let after = server.resident_mb();
    report.add("`GET` of a plan, 16 connections", rate, "/s", Target::AtLeast(10_000.0));
    report.add("the same, 99 of 100 within", percentile(&mut waits, 0.99) * 1e3, "ms", Target::AtMost(5.0));
    if let (Some(before), Some(after)) = (before, after) {
        report.add(
            "growth of the server's memory over 1,000,000 of them",
            after - before,
            "MB",
            Target::AtMost(8.0),
        );
        report.add("resident memory after them", after, "MB", Target::None);
    }
}

/// Seconds of each request.
fn load(server: &Server, path: &str, requests: usize) -> Vec<f64> {
    let request = format!("GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n").into_bytes();
    let request = &request;
    std::thread::scope(|scope| {
        let running: Vec<_> = (0..CONNECTIONS)
            .map(|_| {
                scope.spawn(move || {
                    let mut connection = server.open();
                    let mut waits = Vec::with_capacity(requests / CONNECTIONS);
                    for _ in 0..requests / CONNECTIONS {
                        let start = Instant::now();
                        assert!(connection.repeat(request).unwrap() > 0);
                        waits.push(start.elapsed().as_secs_f64());
                    }
                    waits
                })
            })
            .collect();
        running.into_iter().flat_map(|it| it.join().unwrap()).collect()
    })
}
