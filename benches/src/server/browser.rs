//! What a person waits for: measured in headless Chromium by `web/tests/bench.mjs`, which prints one JSON object.

use std::path::Path;
use std::process::Command;

use crate::report::{Report, Target};

pub(super) fn run(report: &mut Report, program: &Path, workspace: &Path) {
    let output = Command::new("node")
        .args(["tests/bench.mjs"])
        .current_dir(workspace.join("web"))
        .env("PERIPLUS", program)
        .output();
    let output = match output {
        Ok(output) if output.status.success() => output,
        Ok(output) => {
            let why = String::from_utf8_lossy(&output.stderr);
            return report.skipped("the browser", why.lines().last().unwrap_or("it ended early"));
        }
        Err(error) => return report.skipped("the browser", &error.to_string()),
    };
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut add = |key: &str, what: &str, unit, target| match told[key].as_f64() {
        Some(value) => report.add(what, value, unit, target),
        None => report.skipped(what, "the browser did not tell"),
    };
    add(
        "start_to_screen_s",
        "first start of the server to the answered sample need on screen",
        "s",
        Target::AtMost(3.0),
    );
    add("initial_js_gzip_kb", "initial JavaScript, gzip", "kB", Target::AtMost(250.0));
    add("first_useful_paint_s", "first useful paint of the radar page", "s", Target::AtMost(1.5));
    add("redraw_200_plans_ms", "slider to redraw of 200 plans, median", "ms", Target::AtMost(16.0));
    report.command("`web/tests/bench.mjs` in headless Chromium, 1440 x 900");
}
