//! `config show`: settings in force and where each came from.

use crate::fault::{Exit, Fault};
use crate::noun::Desk;
use crate::settings::SPECS;
use crate::sheet::{Cell, Kind, Sheet};

pub fn show(desk: &mut Desk<'_>, origin: bool) -> Result<Exit, Fault> {
    let mut columns = vec![("key", Kind::Code), ("value", Kind::Code)];
    if origin {
        columns.push(("set_by", Kind::Text));
    }
    columns.push(("about", Kind::Text));
    let mut sheet = Sheet::with_keys("config", &desk.words, &columns);
    for spec in SPECS {
        let entry = &desk.settings.entries[spec.key];
        let mut row = vec![Cell::text(spec.key), Cell::text(in_force(desk, spec.key, &entry.value))];
        if origin {
            row.push(Cell::text(entry.origin.words()));
        }
        row.push(Cell::text(desk.words.get(spec.about)));
        sheet.rows.push(row);
    }
    desk.print_sheet(&sheet)?;
    Ok(Exit::Ok)
}

/// The value written, or what stands in for it when nobody wrote one.
fn in_force(desk: &Desk<'_>, key: &str, written: &str) -> String {
    if !written.is_empty() {
        return written.to_owned();
    }
    let settings = &desk.settings;
    match key {
        "as_of" => settings.as_of.to_string(),
        "data_dir" => settings.data_dir.display().to_string(),
        "lang" => settings.lang.code().to_owned(),
        "width" => settings.width.to_string(),
        _ => "-".to_owned(),
    }
}
