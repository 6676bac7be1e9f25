//! A sheet as a workbook.

use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::{Cell, Kind, Sheet};
use crate::fault::{Exit, Fault};
use crate::screen::clean;
use crate::words::Words;

pub(super) fn bytes(sheet: &Sheet, words: &Words) -> Result<Vec<u8>, Fault> {
    write(sheet, words)
        .map_err(|error| Fault::ours(Exit::Internal, 1911, &[("path", "xlsx"), ("why", &error.to_string())]))
}

fn write(sheet: &Sheet, words: &Words) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let head = Format::new().set_bold();
    let page = book.add_worksheet().set_name(sheet.name)?;
    for (index, column) in sheet.columns.iter().enumerate() {
        page.write_string_with_format(0, index as u16, &column.title, &head)?;
    }
    page.set_freeze_panes(1, 0)?;
    for (row, cells) in (1..).zip(&sheet.rows) {
        for (index, (cell, column)) in cells.iter().zip(&sheet.columns).enumerate() {
            let at = index as u16;
            match cell {
                Cell::Whole(value) => page.write_number(row, at, *value as f64)?,
                Cell::Real(value) => page.write_number(row, at, *value)?,
                Cell::Exact(value) => {
                    page.write_number(row, at, f64::try_from(*value).unwrap_or(f64::NAN))?
                }
                Cell::Unknown => page.write_string(row, at, words.get("unknown"))?,
                Cell::Text(_) | Cell::Day(_) => page.write_string(row, at, text(cell, column.kind))?,
            };
        }
    }
    for (row, note) in (sheet.rows.len() as u32 + 2..).zip(&sheet.notes) {
        page.write_string(row, 0, clean::cell(note))?;
    }
    page.autofit();
    book.save_to_buffer()
}

/// Codes such as "0106" stay text; what looks like a formula is disarmed.
fn text(cell: &Cell, _kind: Kind) -> String {
    let text = cell.written();
    clean::cell(&clean::line(&text)).into_owned()
}
