//! What the codes mean: the manual of errors, by code.

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
    include_str!("../../../docs/errors/22-papers.md"),
];

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A code with its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub code: &'static str,
    pub title: &'static str,
    /// What it means.
    pub text: String,
    /// How to mend it.
    pub mend: Option<String>,
}

static ENTRIES: LazyLock<BTreeMap<&'static str, Entry>> = LazyLock::new(|| {
    let sections = PAGES.iter().flat_map(|page| page.split("\n## ").skip(1));
    sections.filter_map(entry).map(|it| (it.code, it)).collect()
});

fn entry(section: &'static str) -> Option<Entry> {
    let (head, body) = section.split_once('\n')?;
    let (code, title) = head.split_once(' ')?;
    let (text, mend) = match body.split_once("How to mend it:") {
        Some((text, mend)) => (text, Some(mend.trim().to_owned())),
        None => (body, None),
    };
    code.starts_with("PRP-").then(|| Entry { code, title: title.trim(), text: text.trim().to_owned(), mend })
}

/// All codes, in order.
pub fn entries() -> impl Iterator<Item = &'static Entry> {
    ENTRIES.values()
}

/// "PRP-1203", "prp-1203" or "1203".
pub fn find(code: &str) -> Option<&'static Entry> {
    let upper = code.trim().to_ascii_uppercase();
    let wanted = if upper.starts_with("PRP-") { upper } else { format!("PRP-{upper}") };
    ENTRIES.get(wanted.as_str())
}

pub fn title(code: &str) -> Option<&'static str> {
    ENTRIES.get(code).map(|it| it.title)
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
        assert!(entries().filter(|it| it.code.starts_with("PRP-20")).all(|it| it.mend.is_some()));
    }
}
