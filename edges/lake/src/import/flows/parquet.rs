//! Parquet files as text, so that one reader serves all layouts.

use bytes::Bytes;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;

use crate::csv_text::Table;
use crate::error::LakeError;
use crate::import::Input;

fn open(input: &Input) -> Result<SerializedFileReader<Bytes>, LakeError> {
    SerializedFileReader::new(Bytes::copy_from_slice(&input.bytes)).map_err(|error| fault(input, &error))
}

fn fault(input: &Input, why: &dyn std::fmt::Display) -> LakeError {
    LakeError::Form { file: input.given.clone(), kind: "Parquet".to_owned(), why: why.to_string() }
}

/// Names of the columns.
pub(super) fn header(input: &Input) -> Result<Vec<String>, LakeError> {
    let reader = open(input)?;
    let schema = reader.metadata().file_metadata().schema();
    Ok(schema.get_fields().iter().map(|it| it.name().to_owned()).collect())
}

/// The whole table as CSV; an absent value is an empty cell.
pub(super) fn as_csv(input: &Input) -> Result<String, LakeError> {
    let reader = open(input)?;
    let names = header(input)?;
    let mut table = Table::new(&names.iter().map(String::as_str).collect::<Vec<_>>());
    for row in reader.get_row_iter(None).map_err(|error| fault(input, &error))? {
        let row = row.map_err(|error| fault(input, &error))?;
        table.row(row.get_column_iter().map(|(_, field)| cell(field)));
    }
    Ok(table.finish())
}

fn cell(field: &Field) -> String {
    match field {
        Field::Null => String::new(),
        Field::Str(text) => text.clone(),
        Field::Double(number) => number.to_string(),
        Field::Float(number) => number.to_string(),
        other => other.to_string(),
    }
}
