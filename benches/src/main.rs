//! Our figures, printed beside the peers' where they can be installed. `benches/run.sh` runs all of it.
#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot run says where")]

mod scan;

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let asked = |name: &str| wanted.is_empty() || wanted.iter().any(|it| it == name);
    if asked("scan") {
        scan::run();
    }
}
