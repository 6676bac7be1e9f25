//! `POST /scans` on books that are open, beside deciding alone on the same dossier in this process.

use std::time::Instant;

use desk::quotes::Brought;
use desk::room::Room;
use desk::scan::{Manner, NeedText, decided};
use lake::Library;
use serde_json::json;

use super::process::Server;
use super::{percentile, post};
use crate::report::{Report, Target};

const RUNS: usize = 40;
/// What the API may add to deciding.
const OVERHEAD_MS: f64 = 5.0;
const TEXT: &str = "buy 5 t HS 850511 to Birmingham DAP by 2027-03-15 in GBP";
const AS_OF: &str = "2026-11-22";

pub(super) fn run(report: &mut Report, server: &Server) {
    let decide = decide_ms();
    let mut connection = server.open();
    let mut ask = |body: &serde_json::Value| {
        let start = Instant::now();
        post(&mut connection, "/api/v1/scans", body);
        start.elapsed().as_secs_f64() * 1e3
    };
    ask(&json!({ "text": TEXT, "as_of": AS_OF }));
    let mut same: Vec<f64> = (0..RUNS).map(|_| ask(&json!({ "text": TEXT, "as_of": AS_OF }))).collect();
    // Another deadline each time: the same goods and places, another dossier.
    let mut others: Vec<f64> = (0..RUNS)
        .map(|it| {
            let text = TEXT.replace("2027-03-15", &format!("2027-{:02}-{:02}", 3 + it / 28, 1 + it % 28));
            ask(&json!({ "text": text, "as_of": AS_OF }))
        })
        .collect();
    report.add("deciding the sample need alone, in this process, median", decide, "ms", Target::None);
    let limit = Target::AtMost(decide + OVERHEAD_MS);
    report.add(
        "`POST /scans` of the same need, books open, answer kept, median",
        percentile(&mut same, 0.5),
        "ms",
        limit,
    );
    report.add("the same with another deadline each time, median", percentile(&mut others, 0.5), "ms", limit);
}

fn decide_ms() -> f64 {
    let room = Room::open(Library::bundled()).unwrap();
    let as_of = AS_OF.parse().unwrap();
    let text = NeedText { words: TEXT.to_owned(), is_file: false };
    let need = room.read_need(&text, as_of).unwrap().need;
    let manner = Manner { as_of, seed: 1, settings: radar::Settings::default() };
    let dossier = room.gather(&need, Brought::default(), &manner).unwrap();
    crate::timing::median_of(RUNS, || decided(&dossier).unwrap()) * 1e3
}
