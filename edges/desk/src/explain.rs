//! What the codes mean: the manual of errors, by code.

use std::sync::LazyLock;

/// One file per range of codes, with one `## PRP-NNNN title` section per code.
const PAGES: &[&str] = &[
    include_str!("../../../docs/errors/10-domain.md"),
    include_str!("../../../docs/errors/11-places-and-routes.md"),
    include_str!("../../../docs/errors/12-customs.md"),
    include_str!("../../../docs/errors/13-market.md"),
    include_str!("../../../docs/errors/14-books-and-imports.md"),
    include_str!("../../../docs/errors/15-finance-and-payments.md"),
    include_str!("../../../docs/errors/16-carbon.md"),
    include_str!("../../../docs/errors/17-compliance.md"),
    include_str!("../../../docs/errors/18-radar.md"),
    include_str!("../../../docs/errors/19-command-line.md"),
    include_str!("../../../docs/errors/20xx-server.md"),
    include_str!("../../../docs/errors/21xx-store.md"),
    include_str!("../../../docs/errors/22-papers.md"),
];

/// A code with its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    pub code: &'static str,
    pub title: &'static str,
    /// All that is said below the title.
    pub body: &'static str,
    /// What it means.
    pub text: &'static str,
    /// How to mend it.
    pub mend: Option<&'static str>,
}

static ENTRIES: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let sections = PAGES.iter().flat_map(|page| page.split("\n## ").skip(1));
    let mut all: Vec<Entry> = sections.filter_map(entry).collect();
    all.sort_by_key(|it| it.code);
    all
});

fn entry(section: &'static str) -> Option<Entry> {
    let (head, body) = section.split_once('\n')?;
    let (code, title) = head.split_once(' ')?;
    let (text, mend) = match body.split_once("How to mend it:") {
        Some((text, mend)) => (text, Some(mend.trim())),
        None => (body, None),
    };
    let entry = Entry { code, title: title.trim(), body: body.trim(), text: text.trim(), mend };
    code.starts_with("PRP-").then_some(entry)
}

/// Every code that is explained, in order.
pub fn entries() -> &'static [Entry] {
    &ENTRIES
}

/// A code as it is filed: "PRP-1203" for "prp-1203" or "1203".
pub fn written(code: &str) -> String {
    let upper = code.trim().to_ascii_uppercase();
    if upper.starts_with("PRP-") { upper } else { format!("PRP-{upper}") }
}

/// "PRP-1203", "prp-1203" or "1203".
pub fn find(code: &str) -> Option<&'static Entry> {
    let wanted = written(code);
    let at = ENTRIES.binary_search_by_key(&wanted.as_str(), |it| it.code).ok()?;
    Some(&ENTRIES[at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found_however_they_are_written() {
        for given in ["PRP-2004", "prp-2004", " 2004 "] {
            assert_eq!(find(given).unwrap().code, "PRP-2004");
        }
        assert!(find("PRP-9999").is_none());
        assert!(entries().iter().filter(|it| it.code.starts_with("PRP-20")).all(|it| it.mend.is_some()));
    }

    #[test]
    fn every_page_of_the_manual_is_here() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/errors");
        for page in std::fs::read_dir(folder).unwrap() {
            let text = std::fs::read_to_string(page.unwrap().path()).unwrap();
            for heading in text.lines().filter_map(|it| it.strip_prefix("## PRP-")) {
                let number = heading.split(' ').next().unwrap();
                assert!(find(number).is_some(), "PRP-{number} is in docs/errors and not in PAGES");
            }
        }
    }
}
