//! `explain CODE`: what an error or a finding means, why it is said, and how to mend it.

use crate::args::Format;
use crate::fault::{Exit, Fault};
use crate::noun::Desk;
use crate::screen::Role;
use domain::suggest::nearest;

/// One file per range of codes, with one `## PRP-NNNN title` section per code.
const PAGES: &[&str] = &[
    include_str!("../../../../docs/errors/10-domain.md"),
    include_str!("../../../../docs/errors/11-places-and-routes.md"),
    include_str!("../../../../docs/errors/12-customs.md"),
    include_str!("../../../../docs/errors/13-market.md"),
    include_str!("../../../../docs/errors/14-books-and-imports.md"),
    include_str!("../../../../docs/errors/15-finance-and-payments.md"),
    include_str!("../../../../docs/errors/16-carbon.md"),
    include_str!("../../../../docs/errors/17-compliance.md"),
    include_str!("../../../../docs/errors/18-radar.md"),
    include_str!("../../../../docs/errors/19-command-line.md"),
    include_str!("../../../../docs/errors/20xx-server.md"),
    include_str!("../../../../docs/errors/22-papers.md"),
];

/// A code with its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    pub code: &'static str,
    pub title: &'static str,
    pub body: &'static str,
}

/// Every code that is explained, in order.
pub fn entries() -> Vec<Entry> {
    let sections = PAGES.iter().flat_map(|page| page.split("\n## ").skip(1));
    let mut all: Vec<Entry> = sections.filter_map(entry).collect();
    all.sort_by_key(|it| it.code);
    all
}

fn entry(section: &'static str) -> Option<Entry> {
    let (head, body) = section.split_once('\n')?;
    let (code, title) = head.split_once(' ')?;
    code.starts_with("PRP-").then(|| Entry { code, title: title.trim(), body: body.trim() })
}

pub fn run(desk: &mut Desk<'_>, code: Option<&str>) -> Result<Exit, Fault> {
    let all = entries();
    let Some(code) = code else { return list(desk, &all) };
    let upper = code.trim().to_ascii_uppercase();
    let wanted = if upper.starts_with("PRP-") { upper } else { format!("PRP-{upper}") };
    let found = all.iter().find(|it| it.code == wanted).ok_or_else(|| {
        let near = nearest(&wanted, all.iter().map(|it| it.code)).unwrap_or("-");
        Fault::ours(Exit::NotFound, 1910, &[("code", code), ("nearest", near)])
    })?;
    match desk.format_among(&[Format::Table, Format::Json])? {
        Format::Json => desk.print_json(&serde_json::json!({
            "schema": "periplus.explain/1", "code": found.code, "title": found.title, "text": found.body,
        }))?,
        _ => show(desk, found)?,
    }
    Ok(Exit::Ok)
}

fn list(desk: &mut Desk<'_>, all: &[Entry]) -> Result<Exit, Fault> {
    use crate::sheet::{Cell, Kind, Sheet};
    let mut sheet = Sheet::with_keys("codes", &desk.words, &[("code", Kind::Code), ("title", Kind::Text)]);
    sheet.rows = all.iter().map(|it| vec![Cell::text(it.code), Cell::text(it.title)]).collect();
    desk.print_sheet(&sheet)?;
    Ok(Exit::Ok)
}

fn show(desk: &mut Desk<'_>, entry: &Entry) -> Result<(), Fault> {
    let mut page = desk.page();
    page.text(Role::Title, 0, 0, &format!("{}: {}", entry.code, entry.title));
    for paragraph in entry.body.split("\n\n") {
        page.blank();
        if paragraph.starts_with("    ") {
            paragraph.lines().for_each(|line| page.text(Role::Plain, 2, 6, line.trim()));
        } else {
            page.text(Role::Plain, 0, 0, &paragraph.replace('\n', " "));
        }
    }
    desk.print_page(&page)
}
