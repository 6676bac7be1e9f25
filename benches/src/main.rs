//! Our figures, printed beside the peers' where they can be installed. `benches/run.sh` runs all of it.
//!
//! `benches [--write FILE] [scan|decide|sea|duty|import]...`: all of these when nothing is named; `benches inside` tells where the
//! time of one scan goes, `benches [--write FILE] server [start|read|scan|sweep|browser]...` loads the server.
#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot run says where")]

mod decide;
mod duty;
mod import;
mod inside;
mod process;
mod report;
mod sea;
mod server;
mod timing;

use std::path::Path;

use lake::Library;
use report::{Machine, Report};

fn main() {
    let mut wanted: Vec<String> = std::env::args().skip(1).collect();
    let write = wanted.iter().position(|it| it == "--write").map(|at| {
        let file = wanted.remove(at + 1);
        wanted.remove(at);
        file
    });
    if wanted.iter().any(|it| it == "inside") {
        return inside::run();
    }
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    if wanted.first().is_some_and(|it| it == "server") {
        let machine = Machine::here(workspace);
        println!("{}", machine.words());
        let mut report = Report::default();
        server::run(&mut report, workspace, &wanted[1..]);
        return end(&report, "Benchmarks of the server", "make bench-server", &machine, write.as_deref());
    }
    let asked = |name: &str| wanted.is_empty() || wanted.iter().any(|it| it == name);
    let data = testkit::shared_data(workspace);
    let library = Library::bundled();
    let machine = Machine::here(workspace);
    let mut report = Report::default();
    println!("{}", machine.words());
    if asked("scan") {
        process::run(&mut report, workspace);
    }
    if asked("decide") {
        decide::run(&mut report);
    }
    if asked("sea") {
        sea::run(&mut report, workspace, &library, data.as_ref());
    }
    if asked("duty") {
        duty::run(&mut report, workspace, &library);
    }
    if asked("import") {
        import::run(&mut report, workspace, data.as_ref());
    }
    end(&report, "Benchmarks", "make bench", &machine, write.as_deref());
}

fn end(report: &Report, title: &str, command: &str, machine: &Machine, write: Option<&str>) {
    let missed = report.missed();
    match missed.as_slice() {
        [] => println!("Every target is met."),
        list => println!("Missed: {}.", list.join("; ")),
    }
    if let Some(file) = write {
        std::fs::write(file, report.page(title, command, machine)).unwrap();
        println!("Written to {file}");
    }
}
