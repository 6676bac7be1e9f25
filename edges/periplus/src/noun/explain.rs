//! `explain CODE`: what an error or a finding means, why it is said, and how to mend it.

use ::desk::explain::{Entry, entries, find, written};

use crate::args::Format;
use crate::fault::{Exit, Fault};
use crate::noun::Desk;
use crate::screen::Role;
use domain::suggest::nearest;

pub fn run(desk: &mut Desk<'_>, code: Option<&str>) -> Result<Exit, Fault> {
    let all = entries();
    let Some(code) = code else { return list(desk, all) };
    let found = find(code).ok_or_else(|| {
        let near = nearest(&written(code), all.iter().map(|it| it.code)).unwrap_or("-");
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
