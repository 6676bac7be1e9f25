//! The workbench is embedded by a macro, of which cargo does not know what it reads.

fn main() {
    let dist = std::path::Path::new("../../web/dist/index.html");
    // A file that is not there would make every build a new one; its folder tells of its coming.
    let watched = if dist.exists() { "../../web/dist/index.html" } else { "../../web" };
    println!("cargo::rerun-if-changed={watched}");
}
