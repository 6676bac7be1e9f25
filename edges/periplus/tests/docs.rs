//! The documentation runs: every command in it, on the files it shows; its links lead somewhere; its tables say what the books say.
//!
//! In a page, lines of ```` ```sh ```` blocks that begin with `periplus ` are run in order, in one folder per page that holds the
//! repository's `deals/`. A block expects exit code 0, or what its info string says: ```` ```sh exit=5 ````. Other fences with
//! `file=NAME` make that file first; an ```` ```output ```` block lists lines that the command before it must have printed.
//!
//! `UPDATE_EXPECT=1 cargo test -p periplus --test docs` writes the table of books in the README and the picture of a scan anew.
#![allow(clippy::unwrap_used, reason = "a test that unwraps says what it expects")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The day on which the pages are read: what they say of stale books and deadlines holds for it.
const TODAY: &str = "2026-11-22";
const BOOKS_FROM: &str = "<!-- books: written by tests/docs.rs -->";
const BOOKS_TO: &str = "<!-- end of books -->";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// The README and all pages under `docs/`, in order.
fn pages() -> Vec<PathBuf> {
    let mut found = vec![root().join("README.md")];
    let mut folders = vec![root().join("docs")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "md") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// A fenced block: its info string, its text, and the line of the page on which the text begins.
struct Block {
    info: String,
    text: String,
    line: usize,
}

impl Block {
    fn is(&self, language: &str) -> bool {
        self.info.split_whitespace().next() == Some(language)
    }

    fn word(&self, key: &str) -> Option<&str> {
        self.info.split_whitespace().find_map(|it| it.strip_prefix(key)?.strip_prefix('='))
    }
}

fn blocks(page: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let mut open: Option<Block> = None;
    for (index, line) in page.lines().enumerate() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(info)) => {
                open = Some(Block { info: info.to_owned(), text: String::new(), line: index + 2 });
            }
            (Some(_), Some("")) => found.extend(open.take()),
            (Some(block), _) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block is not closed");
    found
}

/// What a command line says: words, and the file that its output goes to.
#[derive(Debug, PartialEq)]
struct Line {
    words: Vec<String>,
    to: Option<String>,
}

/// Words as a shell would see them: quotes group, ` #` begins a remark, `> FILE` sends the output there. Nothing else of a shell is used.
fn shell_line(text: &str) -> Line {
    let mut words: Vec<String> = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for sign in text.chars() {
        match (quote, sign) {
            (Some(open), _) if sign == open => quote = None,
            (None, '"' | '\'') => {
                quote = Some(sign);
                word.get_or_insert_default();
            }
            (None, ' ') => words.extend(word.take()),
            (None, '#') if word.is_none() => break,
            _ => word.get_or_insert_default().push(sign),
        }
    }
    words.extend(word);
    let to = words.iter().position(|it| it == ">").map(|at| {
        let file = words[at + 1].clone();
        words.truncate(at);
        file
    });
    Line { words, to }
}

#[test]
fn command_lines_are_read_as_a_shell_reads_them() {
    let check = |text: &str, words: &[&str], to: Option<&str>| {
        let expect =
            Line { words: words.iter().map(|&it| it.to_owned()).collect(), to: to.map(ToOwned::to_owned) };
        assert_eq!(shell_line(text), expect, "{text}");
    };
    check("periplus plan show 1", &["periplus", "plan", "show", "1"], None);
    check("periplus radar scan \"buy 5 t\"  # why", &["periplus", "radar", "scan", "buy 5 t"], None);
    check("periplus a 'b \"c\"' > d.csv", &["periplus", "a", "b \"c\""], Some("d.csv"));
}

/// A folder of a page, removed when dropped.
struct Desk(PathBuf);

impl Desk {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("periplus-docs-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(path.join("deals")).unwrap();
        for entry in fs::read_dir(root().join("deals")).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), path.join("deals").join(entry.file_name())).unwrap();
        }
        Self(path)
    }

    fn run(&self, words: &[String]) -> (i32, String, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_periplus"))
            .args(&words[1..])
            .current_dir(&self.0)
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .env("HOME", &self.0)
            .env("PERIPLUS_DATA_DIR", self.0.join("data"))
            .env("PERIPLUS_AS_OF", TODAY)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        (
            output.status.code().unwrap(),
            String::from_utf8(output.stdout).unwrap(),
            String::from_utf8(output.stderr).unwrap(),
        )
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Runs a page; every departure is one text.
fn run_page(path: &Path) -> (usize, Vec<String>) {
    let name = path.strip_prefix(root()).unwrap().display().to_string();
    let page = fs::read_to_string(path).unwrap();
    let desk = Desk::new(&name.replace(['/', '.'], "-"));
    let mut wrong = Vec::new();
    let mut ran = 0;
    let mut printed = String::new();
    for block in blocks(&page) {
        if let Some(file) = block.word("file") {
            fs::write(desk.0.join(file), &block.text).unwrap();
        } else if block.is("output") {
            for line in block.text.lines().filter(|it| !it.trim().is_empty()) {
                if !printed.contains(line.trim_end()) {
                    wrong.push(format!("{name}:{}: not printed: {line}", block.line));
                }
            }
        } else if block.is("sh") {
            let expect: i32 = block.word("exit").map_or(0, |it| it.parse().unwrap());
            printed.clear();
            for (index, text) in block.text.lines().enumerate().filter(|it| it.1.starts_with("periplus ")) {
                let line = shell_line(text);
                let (code, out, err) = desk.run(&line.words);
                ran += 1;
                if code != expect {
                    wrong.push(format!(
                        "{name}:{}: exit {code}, not {expect}: {text}\n{err}",
                        block.line + index
                    ));
                }
                match line.to {
                    Some(file) => fs::write(desk.0.join(file), &out).unwrap(),
                    None => printed.push_str(&out),
                }
            }
        }
    }
    (ran, wrong)
}

#[test]
fn every_command_in_the_pages_runs() {
    // Pages do not share a folder, so each runs beside the others.
    let done: Vec<(usize, Vec<String>)> = std::thread::scope(|scope| {
        let running: Vec<_> = pages().into_iter().map(|it| scope.spawn(move || run_page(&it))).collect();
        running.into_iter().map(|it| it.join().unwrap()).collect()
    });
    let ran: usize = done.iter().map(|it| it.0).sum();
    let wrong: Vec<&str> = done.iter().flat_map(|it| it.1.iter().map(String::as_str)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(ran > 40, "only {ran} commands were found");
}

/// Targets of links in a page: what stands in `](...)`, without anchors.
fn links(page: &str) -> impl Iterator<Item = &str> {
    page.split("](")
        .skip(1)
        .filter_map(|it| it.split(')').next())
        .map(|it| it.split('#').next().unwrap_or(it))
        .filter(|it| !it.is_empty() && !it.contains("://"))
}

#[test]
fn every_link_leads_to_a_file() {
    let broken: Vec<String> = pages()
        .iter()
        .flat_map(|path| {
            let page = fs::read_to_string(path).unwrap();
            let folder = path.parent().unwrap().to_owned();
            links(&page)
                .filter(|it| !folder.join(it).exists())
                .map(|it| format!("{}: {it}", path.display()))
                .collect::<Vec<_>>()
        })
        .collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// One line per bundled book, from its `source.toml`.
fn table_of_books() -> String {
    let mut text =
        String::from("| book | what | from | as of | basis | licence |\n|---|---|---|---|---|---|\n");
    let mut folders: Vec<PathBuf> =
        fs::read_dir(root().join("books")).unwrap().map(|it| it.unwrap().path()).collect();
    folders.sort();
    for folder in folders.iter().filter(|it| it.join("source.toml").is_file()) {
        let source: toml::Table = fs::read_to_string(folder.join("source.toml")).unwrap().parse().unwrap();
        let cell = |key: &str| source[key].as_str().unwrap().replace('|', "/");
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let [title, publisher, vintage, basis, licence] =
            ["title", "publisher", "vintage", "basis", "licence"].map(cell);
        writeln!(text, "| `{name}` | {title} | {publisher} | {vintage} | {basis} | {licence} |").unwrap();
    }
    text
}

fn updating() -> bool {
    std::env::var_os("UPDATE_EXPECT").is_some_and(|it| it == "1")
}

#[test]
fn the_readme_lists_the_books_as_their_sources_say() {
    let path = root().join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let (head, rest) = readme.split_once(BOOKS_FROM).unwrap();
    let (table, tail) = rest.split_once(BOOKS_TO).unwrap();
    let expect = table_of_books();
    if updating() {
        fs::write(path, format!("{head}{BOOKS_FROM}\n{expect}{BOOKS_TO}{tail}")).unwrap();
        return;
    }
    assert_eq!(table.trim(), expect.trim(), "run with UPDATE_EXPECT=1 to write it anew");
}

/// Signs across the picture of a scan.
const PICTURE_WIDTH: usize = 100;
/// Pixels of a sign and a line at 13 px in the fonts named below; the text is stretched to it, so other fonts do no harm.
const SIGN: (f64, f64) = (7.83, 18.0);

/// A run of signs in one style.
struct Run {
    text: String,
    style: Vec<u8>,
}

/// Splits a line of a terminal into runs by its colour codes (ECMA-48 SGR).
fn runs(line: &str, style: &mut Vec<u8>) -> Vec<Run> {
    let mut found = Vec::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        found.push(Run { text: before.to_owned(), style: style.clone() });
        let (codes, tail) = after.split_once('m').unwrap();
        for code in codes.split(';').map(|it| it.parse::<u8>().unwrap_or(0)) {
            if code == 0 { style.clear() } else { style.push(code) }
        }
        rest = tail;
    }
    found.push(Run { text: rest.to_owned(), style: style.clone() });
    found.retain(|it| !it.text.is_empty());
    found
}

fn class(style: &[u8]) -> &'static str {
    match style.iter().find(|&&it| (30..=37).contains(&it) || (90..=97).contains(&it)) {
        Some(31 | 91) => "red",
        Some(32 | 92) => "green",
        Some(33 | 93) => "amber",
        Some(_) => "blue",
        None if style.contains(&2) => "dim",
        None => "plain",
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A terminal as a picture: the lines as they are, in a monospaced font.
fn picture(command: &str, printed: &str) -> String {
    let lines: Vec<&str> = std::iter::once("").chain(printed.lines()).collect();
    let (width, height) = (PICTURE_WIDTH as f64 * SIGN.0 + 32.0, (lines.len() as f64).mul_add(SIGN.1, 60.0));
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" viewBox=\"0 0 {width:.0} {height:.0}\">\n\
         <style>text{{font:13px ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace;white-space:pre}}.plain{{fill:#d7dde4}}\
         .dim{{fill:#8b98a5}}.red{{fill:#ff8a80}}.green{{fill:#8fd19e}}.amber{{fill:#f2c46d}}.blue{{fill:#8ab8ff}}.b{{font-weight:bold}}</style>\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#14191f\"/>\n\
         <text class=\"green\" x=\"16\" y=\"28\">$ {}</text>\n",
        escape(command)
    );
    let mut style = Vec::new();
    for (row, line) in lines.iter().enumerate() {
        let mut column = 0;
        for run in runs(line, &mut style) {
            let signs = run.text.chars().count();
            if !run.text.trim().is_empty() {
                let bold = if run.style.contains(&1) { " b" } else { "" };
                writeln!(
                    svg,
                    "<text class=\"{}{bold}\" x=\"{:.1}\" y=\"{:.0}\" textLength=\"{:.1}\" xml:space=\"preserve\">{}</text>",
                    class(&run.style),
                    (column as f64).mul_add(SIGN.0, 16.0),
                    (row as f64).mul_add(SIGN.1, 34.0),
                    signs as f64 * SIGN.0,
                    escape(&run.text)
                )
                .unwrap();
            }
            column += signs;
        }
    }
    svg.push_str("</svg>\n");
    svg
}

#[test]
fn the_picture_is_of_the_sample_need() {
    let path = root().join("docs/pictures/scan.svg");
    let command = "periplus radar scan deals/magnets-birmingham.md";
    if updating() {
        let line = format!("{command} --plans 3 --width {PICTURE_WIDTH} --color always");
        let (code, out, err) = Desk::new("picture").run(&shell_line(&line).words);
        assert_eq!(code, 0, "{err}");
        // What follows tells seconds; those of an unoptimized build would mislead.
        let end = out.find("not advice.").unwrap() + "not advice.".len();
        let out = &out[..end];
        fs::write(&path, picture(&format!("{command} --plans 3"), out)).unwrap();
    }
    let svg = fs::read_to_string(&path).unwrap();
    for part in [command, "850511", "Landed", "Birmingham", "not advice"] {
        assert!(svg.contains(part), "the picture lacks {part}");
    }
}
