//! The release binary as a person starts it: wall clock and peak memory of the whole process.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::report::{Report, Target};
use crate::timing::{median, timed};

const SAMPLE: &str = "deals/magnets-birmingham.md";
const RUNS: usize = 10;

/// The program beside this one.
pub(crate) fn periplus() -> Option<PathBuf> {
    let given = std::env::var_os("PERIPLUS_BIN").map(PathBuf::from);
    let beside = std::env::current_exe().ok()?.with_file_name("periplus");
    Some(given.unwrap_or(beside)).filter(|it| it.is_file())
}

/// A folder of its own for kept answers and imported books, away with the value.
#[derive(Debug)]
pub(crate) struct Scratch(PathBuf);

impl Scratch {
    pub(crate) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("periplus-bench-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A command of ours, its answer thrown away.
pub(crate) fn command(program: &Path, workspace: &Path, data: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(args).current_dir(workspace).env("PERIPLUS_DATA_DIR", data);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// Wall milliseconds of one run, which must end well.
pub(crate) fn wall_ms(command: &mut Command) -> f64 {
    let (seconds, status) = timed(|| command.status().unwrap());
    assert!(status.success(), "{command:?} ended with {status}");
    seconds * 1e3
}

/// Peak resident memory of one run, megabytes: the kernel's high-water mark, read each millisecond while the process lives.
/// `None` where there is no `/proc`.
fn peak_mb(command: &mut Command) -> Option<f64> {
    let mut child = command.spawn().ok()?;
    let status = format!("/proc/{}/status", child.id());
    let mut peak_kb = None;
    while child.try_wait().ok()?.is_none() {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let seen = text.lines().find_map(|it| it.strip_prefix("VmHWM:"));
        let seen = seen.and_then(|it| it.trim().trim_end_matches(" kB").parse::<u64>().ok());
        peak_kb = peak_kb.max(seen);
        std::thread::sleep(Duration::from_millis(1));
    }
    peak_kb.map(|it| it as f64 / 1e3)
}

pub(crate) fn run(report: &mut Report, workspace: &Path) {
    let Some(program) = periplus() else {
        return report
            .skipped("radar scan", "there is no periplus beside this program; build it or set PERIPLUS_BIN");
    };
    let scratch = Scratch::new("scan");
    let scan = || command(&program, workspace, scratch.path(), &["radar", "scan", SAMPLE, "--json"]);
    wall_ms(&mut scan());
    let mut walls: Vec<f64> = (0..RUNS).map(|_| wall_ms(&mut scan())).collect();
    let peak = peak_mb(&mut scan());
    report.command(&format!("`periplus radar scan {SAMPLE} --json`, median of {RUNS} runs after one"));
    report.add(
        "`radar scan` of the sample need, process start to output",
        median(&mut walls),
        "ms",
        Target::AtMost(300.0),
    );
    match peak {
        Some(peak) => report.add("the same, peak resident memory", peak, "MB", Target::AtMost(250.0)),
        None => report.skipped("peak memory", "there is no /proc here"),
    }
}
