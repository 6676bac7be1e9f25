//! Importing official files as a person does.

use std::path::{Path, PathBuf};

use crate::process::{Scratch, command, periplus, wall_ms};
use crate::report::{Report, Target};
use crate::timing::median;

const RUNS: usize = 5;
const FILES: [(&str, &str); 2] = [
    ("import of a tariff of 13,000 lines", "tariffs/us_hts8_mfn_2025_2026.csv.zst"),
    ("import of a flow file of 25,000 rows", "trade/baci_crm_2022.csv.zst"),
];

pub(crate) fn run(report: &mut Report, workspace: &Path, data: Option<&PathBuf>) {
    let Some(program) = periplus() else {
        return report.skipped("periplus data import", "there is no periplus beside this program");
    };
    let Some(data) = data else {
        return report
            .skipped("imports", "no source files; set PERIPLUS_SHARED to the folder that holds data/");
    };
    report.command(&format!(
        "`periplus data import FILE --json` into an empty data folder, kind guessed, median of {RUNS}"
    ));
    for (what, file) in FILES {
        let path = data.join(file);
        if !path.is_file() {
            report.skipped(what, &format!("{file} is not there"));
            continue;
        }
        let mut runs: Vec<f64> = (0..RUNS)
            .map(|_| {
                let scratch = Scratch::new("import");
                let args = ["data", "import", path.to_str().unwrap(), "--json"];
                wall_ms(&mut command(&program, workspace, scratch.path(), &args))
            })
            .collect();
        report.add(
            &format!("{what} (`{}`)", file.rsplit('/').next().unwrap_or(file)),
            median(&mut runs) / 1e3,
            "s",
            Target::AtMost(1.0),
        );
    }
}
