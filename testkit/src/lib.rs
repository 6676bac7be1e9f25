//! What tests share: Markdown scenarios that are test, demonstration and documentation at once.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test that unwraps says what it expects"))]

#[allow(clippy::unwrap_used, reason = "figures that are written here are right or no test runs")]
pub mod fixture;
pub mod scenario;

pub use scenario::{Block, Expect, Scenario, ScenarioError};

use std::path::{Path, PathBuf};

/// The folder with the source files of the books, for tests that read them: `PERIPLUS_SHARED`, or `../shared` beside the
/// workspace. Where it is missing, CI fails; elsewhere the reason is printed and the test is skipped.
///
/// # Panics
/// In CI, when the folder is not there.
#[expect(clippy::print_stderr, reason = "a skipped test must say why")]
pub fn shared_data(workspace: &Path) -> Option<PathBuf> {
    let given = std::env::var_os("PERIPLUS_SHARED").map(PathBuf::from);
    let shared = given.unwrap_or_else(|| workspace.join("../shared"));
    let data = shared.join("data");
    if data.is_dir() {
        return Some(data);
    }
    assert!(
        std::env::var_os("CI").is_none(),
        "{} is missing: set PERIPLUS_SHARED to the folder that holds data/",
        data.display()
    );
    eprintln!("skipped: {} is missing; set PERIPLUS_SHARED to the folder that holds data/", data.display());
    None
}
