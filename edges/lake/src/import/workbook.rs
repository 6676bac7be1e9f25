//! Workbooks (xlsx, xls, ods) as rows of text.

use std::fmt::Display;
use std::io::Cursor;

use calamine::{Data, Reader, open_workbook_auto_from_rs};

use super::Input;
use crate::error::LakeError;

/// A sheet of a workbook: its name and its rows, each cell as text. Dates are ISO 8601, whole numbers have no decimals.
#[derive(Clone, Debug)]
pub struct Worksheet {
    pub name: String,
    /// Row of the sheet (1 is the first) at which `rows` begins: leading blank rows are left out.
    pub first_row: usize,
    pub rows: Vec<Vec<String>>,
}

fn fault(input: &Input, why: impl Display) -> LakeError {
    LakeError::Form { file: input.given.clone(), kind: "workbook".to_owned(), why: why.to_string() }
}

/// Names of the sheets, in order.
pub fn sheet_names(input: &Input) -> Result<Vec<String>, LakeError> {
    let book =
        open_workbook_auto_from_rs(Cursor::new(input.bytes.as_slice())).map_err(|it| fault(input, it))?;
    Ok(book.sheet_names())
}

/// One sheet by name, or the first when `name` is `None`. An unknown name is an error that lists the sheets.
pub fn worksheet(input: &Input, name: Option<&str>) -> Result<Worksheet, LakeError> {
    let mut book =
        open_workbook_auto_from_rs(Cursor::new(input.bytes.as_slice())).map_err(|it| fault(input, it))?;
    let names = book.sheet_names();
    let chosen = match name {
        Some(wanted) => names.iter().find(|it| it.eq_ignore_ascii_case(wanted)),
        None => names.first(),
    };
    let Some(chosen) = chosen.cloned() else {
        return Err(fault(input, format!("no sheet '{}'; it has {}", name.unwrap_or("1"), names.join(", "))));
    };
    let range = book.worksheet_range(&chosen).map_err(|it| fault(input, it))?;
    let first_row = range.start().map_or(1, |(row, _)| row as usize + 1);
    let first_column = range.start().map_or(0, |(_, column)| column as usize);
    let rows = range
        .rows()
        .map(|row| std::iter::repeat_n(String::new(), first_column).chain(row.iter().map(cell)).collect())
        .collect();
    Ok(Worksheet { name: chosen, first_row, rows })
}

/// The sheet as CSV, so that one importer reads workbooks and text alike.
pub fn as_csv(sheet: &Worksheet) -> String {
    let mut out = crate::csv_text::Table::bare();
    for row in &sheet.rows {
        out.row(row);
    }
    out.finish()
}

fn cell(data: &Data) -> String {
    match data {
        Data::Empty => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        Data::Float(number) => number.to_string(),
        Data::Bool(truth) => truth.to_string(),
        Data::DateTime(stamp) => date_text(stamp),
        Data::Error(error) => format!("#{error:?}"),
    }
}

fn date_text(stamp: &calamine::ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = stamp.to_ymd_hms_milli();
    if (hour, minute, second) == (0, 0, 0) {
        return format!("{year:04}-{month:02}-{day:02}");
    }
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
}
