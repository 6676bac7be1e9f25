//! Streams of events and open watches when a tariff changes.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::http::Connection;
use super::process::Server;
use super::{get, percentile, post, scan};
use crate::report::{Report, Target};

const CLIENTS: usize = 1_000;
const WATCHES: usize = 10_000;
/// Needs that are watched: four goods, twenty-five quantities.
const GOODS: [&str; 4] = ["850511", "283691", "280469", "740311"];
const QUANTITIES: usize = 25;
const PATIENCE: Duration = Duration::from_mins(2);
const COLUMN_1: &str = "tariffs/us_hts8_mfn_2025_2026.csv.zst";
/// Goods of one of the four whose rate is raised in the second edition.
const RAISED: &str = "85051100";

pub(super) fn run(report: &mut Report, server: &Server, workspace: &Path) {
    let Some(data) = testkit::shared_data(workspace) else {
        return report.skipped("watches", "the tariff files are not there; set PERIPLUS_SHARED");
    };
    let first = unpacked(&data.join(COLUMN_1));
    let second = raised(&first);
    let mut connection = server.open();
    import(&mut connection, &first);
    watch(&mut connection);
    let (told, clients) = listen(server);
    let start = Instant::now();
    let edition = import(&mut connection, &second);
    let imported = Instant::now();
    let done = wait_for_sweep(&mut connection);
    let swept = done.elapsed_since(imported);
    report.note(format!("The edition {edition} raises the rate of {RAISED}; a quarter of the watches is on it. The import itself took {:.2} s.", (imported - start).as_secs_f64()));
    report.add(
        "10,000 open watches re-swept after a tariff edition changed",
        swept,
        "s",
        Target::AtMost(5.0),
    );
    let mut waits = delivered(&told, clients);
    report.add(
        "1,000 clients of `/events`: alert written to alert delivered, 99 of 100 within",
        percentile(&mut waits, 0.99) * 1e3,
        "ms",
        Target::AtMost(250.0),
    );
}

fn unpacked(path: &Path) -> Vec<u8> {
    let bytes = std::fs::read(path).unwrap();
    lake::Input::new("us_hts8_mfn.csv", bytes).map(|it| it.bytes.clone()).unwrap()
}

/// The file with a higher rate for one line.
fn raised(file: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(file);
    let mut seen = 0;
    let lines: Vec<String> = text
        .lines()
        .map(|line| {
            if !line.contains(RAISED) {
                return line.to_owned();
            }
            seen += 1;
            line.replace("2.1%", "37.1%")
        })
        .collect();
    assert!(seen > 0, "{RAISED} is not in the file");
    lines.join("\n").into_bytes()
}

fn import(connection: &mut Connection, file: &[u8]) -> String {
    let headers =
        "content-type: application/octet-stream\r\nx-file-name: us_hts8_mfn.csv\r\nx-kind: us-tariff\r\n";
    let reply = connection.ask("POST", "/api/v1/books/import", headers, file).unwrap();
    assert!((200..300).contains(&reply.status), "{} {}", reply.status, String::from_utf8_lossy(&reply.body));
    reply.json()["edition"].as_str().unwrap_or("?").to_owned()
}

fn watch(connection: &mut Connection) {
    let mut answers = Vec::new();
    for hs in GOODS {
        for quantity in 1..=QUANTITIES {
            let text = format!("buy {quantity} t HS {hs} to Los Angeles DAP by 2027-06-30 in USD");
            answers.push(scan(connection, &text)["id"].as_str().unwrap().to_owned());
        }
    }
    for number in 0..WATCHES {
        let answer = &answers[number % answers.len()];
        post(
            connection,
            "/api/v1/watches",
            &json!({ "answer_id": answer, "title": format!("watch {number}") }),
        );
    }
}

/// A stream for each client; each first alert is told with the moment of its coming.
fn listen(server: &Server) -> (Receiver<(Instant, Value)>, usize) {
    let (tell, told) = channel();
    let mut open = 0;
    for _ in 0..CLIENTS {
        let Ok(connection) = Connection::open(server.address) else { break };
        let mut stream = connection.into_stream();
        let request = "GET /events HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: text/event-stream\r\n\r\n";
        if stream.write_all(request.as_bytes()).is_err() {
            break;
        }
        open += 1;
        let tell = tell.clone();
        std::thread::Builder::new().stack_size(64 << 10).spawn(move || first_alert(stream, &tell)).unwrap();
    }
    std::thread::sleep(Duration::from_secs(2));
    (told, open)
}

fn first_alert(stream: TcpStream, tell: &std::sync::mpsc::Sender<(Instant, Value)>) {
    let mut is_alert = false;
    for line in BufReader::new(stream).lines().map_while(Result::ok) {
        if let Some(kind) = line.strip_prefix("event:") {
            is_alert = kind.trim() == "alert";
        }
        if let Some(data) = line.strip_prefix("data:").filter(|_| is_alert) {
            let _ = tell.send((Instant::now(), serde_json::from_str(data).unwrap_or_default()));
            return;
        }
    }
}

/// Seconds from the time that the alert was written to its coming, for each client.
fn delivered(told: &Receiver<(Instant, Value)>, clients: usize) -> Vec<f64> {
    let (now, clock) = (Instant::now(), jiff::Timestamp::now());
    let mut waits = Vec::new();
    while waits.len() < clients {
        let Ok((came, event)) = told.recv_timeout(Duration::from_secs(10)) else { break };
        let Some(at) = event["at"].as_str().and_then(|it| it.parse::<jiff::Timestamp>().ok()) else {
            continue;
        };
        let written_ago = (clock - at).total(jiff::Unit::Second).unwrap_or(f64::NAN);
        waits.push(written_ago - now.saturating_duration_since(came).as_secs_f64());
    }
    assert_eq!(waits.len(), clients, "some clients were not told");
    waits
}

/// When the sweep was done.
struct Done(Instant);

impl Done {
    fn elapsed_since(&self, start: Instant) -> f64 {
        self.0.saturating_duration_since(start).as_secs_f64()
    }
}

fn wait_for_sweep(connection: &mut Connection) -> Done {
    let patience = Instant::now();
    while patience.elapsed() < PATIENCE {
        let jobs = get(connection, "/api/v1/jobs?limit=50");
        let sweeps: Vec<&Value> =
            jobs["items"].as_array().unwrap().iter().filter(|it| it["kind"] == "sweep").collect();
        let over = |it: &&&Value| it["state"] == "done" || it["state"] == "failed";
        if sweeps.len() >= 2 && sweeps.iter().all(|it| over(&it)) {
            return Done(Instant::now());
        }
        std::thread::sleep(Duration::from_millis(25));
    }
    panic!("the sweep has not ended after {PATIENCE:?}");
}
