//! A sheet as Parquet, without Arrow. Money and other exact figures are text, as in JSON: no reader may round them.

use std::sync::Arc;

use ::parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use ::parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use ::parquet::errors::ParquetError;
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::SerializedFileWriter;
use ::parquet::schema::types::{Type, TypePtr};

use super::{Cell, Kind, Sheet};
use crate::fault::{Exit, Fault};

pub(super) fn bytes(sheet: &Sheet) -> Result<Vec<u8>, Fault> {
    write(sheet).map_err(|error| {
        Fault::ours(Exit::Internal, 1911, &[("path", "parquet"), ("why", &error.to_string())])
    })
}

fn write(sheet: &Sheet) -> Result<Vec<u8>, ParquetError> {
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let mut out = Vec::new();
    let mut file = SerializedFileWriter::new(&mut out, schema(sheet)?, Arc::new(properties))?;
    let mut group = file.next_row_group()?;
    let mut index = 0;
    while let Some(mut column) = group.next_column()? {
        let cells = || sheet.rows.iter().map(|row| &row[index]);
        let levels: Vec<i16> = cells().map(|cell| i16::from(*cell != Cell::Unknown)).collect();
        match sheet.columns[index].kind {
            Kind::Whole => {
                let values: Vec<i64> = cells().filter_map(whole).collect();
                column.typed::<Int64Type>().write_batch(&values, Some(&levels), None)?;
            }
            Kind::Real(_) => {
                let values: Vec<f64> = cells().filter_map(float).collect();
                column.typed::<DoubleType>().write_batch(&values, Some(&levels), None)?;
            }
            Kind::Text | Kind::Code | Kind::Exact | Kind::Day => {
                let values: Vec<ByteArray> = cells()
                    .filter(|cell| **cell != Cell::Unknown)
                    .map(|cell| ByteArray::from(cell.written().into_bytes()))
                    .collect();
                column.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None)?;
            }
        }
        column.close()?;
        index += 1;
    }
    group.close()?;
    file.close()?;
    Ok(out)
}

fn whole(cell: &Cell) -> Option<i64> {
    match cell {
        Cell::Unknown => None,
        Cell::Whole(value) => Some(*value),
        other => Some(other.written().parse().unwrap_or_default()),
    }
}

fn float(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Unknown => None,
        Cell::Real(value) => Some(*value),
        other => Some(other.written().parse().unwrap_or(f64::NAN)),
    }
}

fn schema(sheet: &Sheet) -> Result<TypePtr, ParquetError> {
    let field = |column: &super::Column| {
        let (physical, logical) = match column.kind {
            Kind::Whole => (Physical::INT64, None),
            Kind::Real(_) => (Physical::DOUBLE, None),
            _ => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        };
        let field = Type::primitive_type_builder(&column.key, physical)
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(logical)
            .build()?;
        Ok(Arc::new(field))
    };
    let fields = sheet.columns.iter().map(field).collect::<Result<Vec<_>, ParquetError>>()?;
    Ok(Arc::new(Type::group_type_builder(sheet.name).with_fields(fields).build()?))
}
