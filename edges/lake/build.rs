//! Lists the tables under `books/` so that the binary carries them.

use std::env;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("../../books");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut list = String::from("pub(super) static BUNDLED: &[BundledFile] = &[\n");
    for folder in sorted(&root)? {
        println!("cargo::rerun-if-changed={}", folder.display());
        if !folder.join("source.toml").is_file() {
            continue;
        }
        for file in sorted(&folder)? {
            let name = file_name(&file);
            if name == "source.toml" || has_extension(&file, "csv") {
                println!("cargo::rerun-if-changed={}", file.display());
                writeln!(
                    list,
                    "    BundledFile {{ book: {:?}, file: {name:?}, text: include_str!({:?}) }},",
                    file_name(&folder),
                    file.display().to_string()
                )?;
            }
        }
    }
    list.push_str("];\n");
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("bundled.rs"), list)?;
    Ok(())
}

/// What is in `folder`, in the order of names; nothing when it is not there.
fn sorted(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut paths = fs::read_dir(folder)?.map(|it| it.map(|it| it.path())).collect::<Result<Vec<_>, _>>()?;
    paths.sort();
    Ok(paths)
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default()
}

fn has_extension(path: &Path, wanted: &str) -> bool {
    path.extension().is_some_and(|it| it == wanted)
}
