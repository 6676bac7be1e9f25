//! What the repository forbids, a test forbids: layering, house rules, and the size and provenance of the bundled books.
#![allow(clippy::unwrap_used, reason = "a test that unwraps says what it expects")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use sha2::{Digest, Sha256};

/// Which of our crates each may use. A new arrow is a decision: write down why in docs/decisions.
const MAY_USE: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("rules", &["domain"]),
    ("routes", &["domain"]),
    ("customs", &["domain", "rules"]),
    ("compliance", &["domain", "rules"]),
    ("finance", &["domain", "rules"]),
    ("payments", &["domain", "finance", "rules"]),
    ("carbon", &["domain", "rules"]),
    ("market", &["domain", "rules"]),
    (
        "radar",
        &["domain", "rules", "routes", "customs", "compliance", "finance", "payments", "carbon", "market"],
    ),
];

/// Crates that engines must never reach, whatever path leads there.
const NOT_IN_ENGINES: &[&str] =
    &["tokio", "arrow", "parquet", "datafusion", "reqwest", "hyper", "async-trait", "rusqlite", "ureq"];

/// Together the bundled books must stay small enough to clone and to embed.
const BOOKS_AT_MOST: u64 = 8 * 1024 * 1024;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Only what this machine builds: crates for other systems need not be there.
fn metadata() -> Value {
    let rustc = Command::new("rustc").arg("-vV").output().unwrap();
    let words = String::from_utf8(rustc.stdout).unwrap();
    let host = words.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", host])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn files(dir: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).unwrap().map(Result::unwrap) {
        let path = entry.path();
        let name = entry.file_name();
        if matches!(
            name.to_str(),
            Some(".git" | "target" | "node_modules" | "dist" | ".venv" | "corpus" | "artifacts")
        ) {
            continue;
        }
        if path.is_dir() { files(&path, out) } else { out.push(path) }
    }
}

fn tracked() -> Vec<PathBuf> {
    let mut all = Vec::new();
    files(&root(), &mut all);
    all.sort();
    all
}

fn texts(endings: &[&str]) -> Vec<(PathBuf, String)> {
    tracked()
        .into_iter()
        .filter(|path| path.extension().and_then(|it| it.to_str()).is_some_and(|it| endings.contains(&it)))
        .map(|path| (path.strip_prefix(root()).unwrap().to_owned(), std::fs::read_to_string(&path).unwrap()))
        .collect()
}

#[test]
fn engines_use_only_what_lies_below_them() {
    let metadata = metadata();
    let packages = metadata["packages"].as_array().unwrap();
    let allowed: BTreeMap<&str, &[&str]> = MAY_USE.iter().copied().collect();
    let ours: BTreeSet<&str> =
        packages.iter().filter(|it| it["source"].is_null()).map(|it| it["name"].as_str().unwrap()).collect();
    for package in packages.iter().filter(|it| it["source"].is_null()) {
        let name = package["name"].as_str().unwrap();
        let manifest = package["manifest_path"].as_str().unwrap();
        if !manifest.contains("/engines/") {
            continue;
        }
        let may = allowed.get(name).unwrap_or_else(|| {
            panic!("{name} is not in the list of engines: say in MAY_USE what it may use")
        });
        for dependency in package["dependencies"].as_array().unwrap().iter().filter(|it| it["kind"].is_null())
        {
            let used = dependency["name"].as_str().unwrap();
            assert!(
                !ours.contains(used) || may.contains(&used),
                "{name} must not use {used}: arrows go domain <- rules <- capabilities <- radar"
            );
        }
    }
}

#[test]
fn no_engine_reaches_a_runtime_or_a_file_format() {
    let metadata = metadata();
    let nodes: BTreeMap<&str, &Value> = metadata["resolve"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["id"].as_str().unwrap(), it))
        .collect();
    let names: BTreeMap<&str, &str> = metadata["packages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["id"].as_str().unwrap(), it["name"].as_str().unwrap()))
        .collect();
    let mut pending: Vec<(&str, &str)> = names
        .iter()
        .filter(|(_, name)| MAY_USE.iter().any(|(engine, _)| engine == *name))
        .map(|(id, name)| (*id, *name))
        .collect();
    let mut seen = BTreeSet::new();
    while let Some((id, engine)) = pending.pop() {
        if !seen.insert((id, engine)) {
            continue;
        }
        assert!(
            !NOT_IN_ENGINES.contains(&names[id]),
            "{engine} reaches {}: engines decide, edges do I/O",
            names[id]
        );
        for dependency in nodes[id]["deps"].as_array().unwrap() {
            let normal = dependency["dep_kinds"].as_array().unwrap().iter().any(|it| it["kind"].is_null());
            if normal {
                pending.push((dependency["pkg"].as_str().unwrap(), engine));
            }
        }
    }
}

#[test]
fn versions_are_declared_once() {
    for (path, text) in texts(&["toml"])
        .iter()
        .filter(|(path, _)| path.ends_with("Cargo.toml") && path.components().count() > 1)
    {
        if path.starts_with("fuzz") {
            continue; // a workspace of its own, so that the fuzzer's flags stay out of ours
        }
        let manifest: toml::Table = text.parse().unwrap();
        for section in ["dependencies", "dev-dependencies", "build-dependencies"] {
            for (name, spec) in manifest.get(section).and_then(|it| it.as_table()).into_iter().flatten() {
                let inherited =
                    spec.as_table().and_then(|it| it.get("workspace")).and_then(toml::Value::as_bool)
                        == Some(true);
                assert!(
                    inherited,
                    "{}: {name} must say `workspace = true`; its version belongs in the root Cargo.toml",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn bundled_books_are_small_and_say_where_they_come_from() {
    let books = root().join("books");
    let mut all = Vec::new();
    files(&books, &mut all);
    let size: u64 = all.iter().map(|it| it.metadata().unwrap().len()).sum();
    assert!(size <= BOOKS_AT_MOST, "books/ holds {size} bytes; at most {BOOKS_AT_MOST}");
    for book in std::fs::read_dir(&books).unwrap().map(|it| it.unwrap().path()).filter(|it| it.is_dir()) {
        let source = std::fs::read_to_string(book.join("source.toml"))
            .unwrap_or_else(|_| panic!("{} has no source.toml", book.display()));
        let source: toml::Table = source.parse().unwrap();
        for key in ["title", "publisher", "licence", "vintage", "basis", "made_by", "how"] {
            assert!(
                source.get(key).and_then(toml::Value::as_str).is_some_and(|it| !it.is_empty()),
                "{}: source.toml lacks {key}",
                book.display()
            );
        }
        let tables = source
            .get("table")
            .and_then(toml::Value::as_array)
            .unwrap_or_else(|| panic!("{}: no [[table]]", book.display()));
        let mut named = BTreeSet::new();
        for table in tables {
            let file = table["file"].as_str().unwrap();
            named.insert(file.to_owned());
            let bytes = std::fs::read(book.join(file)).unwrap();
            let hash =
                Sha256::digest(&bytes).iter().fold(String::new(), |hex, it| hex + &format!("{it:02x}"));
            assert_eq!(
                table["sha256"].as_str(),
                Some(hash.as_str()),
                "{}/{file} is not what source.toml says",
                book.display()
            );
        }
        for file in std::fs::read_dir(&book).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap())
        {
            assert!(
                file == "source.toml" || named.contains(&file),
                "{}/{file} is not in source.toml",
                book.display()
            );
        }
    }
}

#[test]
fn nothing_unfinished_and_nothing_of_the_workplace_is_written_down() {
    // Spelt in pieces, so that this file does not find itself.
    let unfinished = [
        concat!("to", "do!("),
        concat!("unimpl", "emented!("),
        concat!("FIX", "ME"),
        concat!("lorem ", "ipsum"),
        concat!("coming ", "soon"),
    ];
    let workplace =
        [concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("BRI", "EF.md"), concat!("help", "er-")];
    for (path, text) in texts(&["rs", "md", "toml", "ftl", "sh", "yml"]) {
        for words in unfinished.iter().chain(&workplace) {
            assert!(!text.contains(words), "{}: '{words}'", path.display());
        }
    }
}

#[test]
fn files_can_be_read_at_a_sitting() {
    const LINES_AT_MOST: usize = 1_200;
    for (path, text) in texts(&["rs"]) {
        let lines = text.lines().count();
        assert!(
            lines <= LINES_AT_MOST,
            "{} has {lines} lines: would a reader find the room they look for?",
            path.display()
        );
    }
}

#[test]
fn every_page_that_is_linked_to_is_there() {
    for (path, text) in texts(&["md"]) {
        for link in text.split("](").skip(1).filter_map(|it| it.split(')').next()) {
            let target = link.split('#').next().unwrap();
            if target.is_empty() || target.contains("://") || target.starts_with("mailto:") {
                continue;
            }
            let full = root().join(&path).parent().unwrap().join(target);
            assert!(full.exists(), "{} links to {target}, which is not there", path.display());
        }
    }
}
