//! The server under load: first start, reads, scans, streams of events, and watches after a change of a tariff. The load comes
//! from this process over loopback, so that both share the machine's cores.

mod browser;
mod http;
mod process;
mod read;
mod scan;
mod sweep;

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::process::{Scratch, periplus};
use crate::report::{Report, Target};
use http::Connection;
use process::Server;

/// The first answer must be there within this time or the benchmark ends.
const PATIENCE: Duration = Duration::from_mins(1);

pub(crate) fn run(report: &mut Report, workspace: &Path, parts: &[String]) {
    let Some(program) = periplus() else {
        return report
            .skipped("the server", "there is no periplus beside this program; build it or set PERIPLUS_BIN");
    };
    let asked = |name: &str| parts.is_empty() || parts.iter().any(|it| it == name);
    let scratch = Scratch::new("server");
    let server = Server::start(&program, scratch.path());
    let sample = wait_for_sample(&server);
    if asked("start") {
        let ready = server.started.elapsed().as_secs_f64();
        report.add(
            "first start to the answered sample need, as the API gives it",
            ready,
            "s",
            Target::AtMost(3.0),
        );
    }
    if asked("read") {
        read::run(report, &server, &sample);
    }
    if asked("scan") {
        scan::run(report, &server);
    }
    if asked("sweep") {
        sweep::run(report, &server, workspace);
    }
    drop(server);
    if asked("browser") {
        browser::run(report, &program, workspace);
    }
    report.command("`make bench-server`: the release binary as `periplus serve` with SQLite in an empty data folder, load from the same machine");
}

/// The sample answer, asked for until it is there.
fn wait_for_sample(server: &Server) -> Value {
    let patience = Instant::now();
    while patience.elapsed() < PATIENCE {
        let reply = Connection::open(server.address)
            .and_then(|mut it| it.ask("GET", "/api/v1/answers/sample", "", b""));
        match reply {
            Ok(reply) if reply.status == 200 => return reply.json(),
            _ => std::thread::sleep(Duration::from_millis(10)),
        }
    }
    panic!("no sample answer after {PATIENCE:?}");
}

/// Posts JSON and expects it to be taken.
fn post(connection: &mut Connection, path: &str, body: &Value) -> Value {
    let body = serde_json::to_vec(body).unwrap();
    let reply = connection.ask("POST", path, "content-type: application/json\r\n", &body).unwrap();
    assert!(
        (200..300).contains(&reply.status),
        "{path}: {} {}",
        reply.status,
        String::from_utf8_lossy(&reply.body)
    );
    if reply.body.is_empty() { Value::Null } else { reply.json() }
}

fn get(connection: &mut Connection, path: &str) -> Value {
    let reply = connection.ask("GET", path, "", b"").unwrap();
    assert_eq!(reply.status, 200, "{path}: {}", String::from_utf8_lossy(&reply.body));
    reply.json()
}

fn scan(connection: &mut Connection, text: &str) -> Value {
    post(connection, "/api/v1/scans", &json!({ "text": text }))
}

/// The value below which `share` of them lie; sorts them.
fn percentile(values: &mut [f64], share: f64) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    let at = ((values.len() as f64 * share).ceil() as usize).saturating_sub(1);
    values.get(at).copied().unwrap_or(f64::NAN)
}
