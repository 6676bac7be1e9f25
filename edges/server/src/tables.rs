//! Tables for other programs: the same sheet as CSV, XLSX, Parquet or an Arrow stream, by `?format=` or `Accept`.

use axum::http::{HeaderMap, StatusCode, header};
use desk::sheet::{Format, Sheet};
use desk::words::Words;

use crate::arrow;
use crate::problem::Problem;
use crate::reply::Entry;

/// How a list is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Json,
    Csv,
    Xlsx,
    Parquet,
    Arrow,
}

const SHAPES: [(&str, &str, Shape); 5] = [
    ("json", "application/json", Shape::Json),
    ("csv", "text/csv", Shape::Csv),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Shape::Xlsx),
    ("parquet", "application/vnd.apache.parquet", Shape::Parquet),
    ("arrow", "application/vnd.apache.arrow.stream", Shape::Arrow),
];

impl Shape {
    /// What was asked for: the address comes before the header. JSON when neither says anything that we can write.
    ///
    /// # Errors
    /// PRP-2003 for a format that we do not write; PRP-2015 when only others are accepted.
    pub fn asked(format: Option<&str>, headers: &HeaderMap) -> Result<Self, Problem> {
        if let Some(word) = format {
            let found = SHAPES.iter().find(|it| it.0 == word);
            let known = SHAPES.map(|it| it.0).join(", ");
            return found
                .map(|it| it.2)
                .ok_or_else(|| Problem::address("format", &format!("one of {known}")));
        }
        let Some(accept) = headers.get(header::ACCEPT).and_then(|it| it.to_str().ok()) else {
            return Ok(Self::Json);
        };
        let kinds = accept.split(',').map(|it| it.split(';').next().unwrap_or_default().trim());
        for kind in kinds {
            if let Some(found) = SHAPES.iter().find(|it| it.1.eq_ignore_ascii_case(kind)) {
                return Ok(found.2);
            }
            if matches!(kind, "*/*" | "application/*" | "text/html" | "") {
                return Ok(Self::Json);
            }
        }
        let known = SHAPES.map(|it| it.1).join(", ");
        Err(Problem::ours(StatusCode::NOT_ACCEPTABLE, 2015, &[("asked", accept), ("known", &known)]))
    }

    fn row(self) -> (&'static str, &'static str) {
        SHAPES.iter().find(|it| it.2 == self).map_or(("json", "application/json"), |it| (it.0, it.1))
    }

    pub fn word(self) -> &'static str {
        self.row().0
    }

    pub fn kind(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            _ => self.row().1,
        }
    }

    /// The sheet as bytes in this shape.
    ///
    /// # Errors
    /// A writer fails.
    pub fn entry(self, sheet: &Sheet, words: &Words) -> Result<Entry, Problem> {
        let format = match self {
            Self::Json => Format::Json,
            Self::Csv => Format::Csv,
            Self::Xlsx => Format::Xlsx,
            Self::Parquet => Format::Parquet,
            Self::Arrow => return Ok(Entry::new(self.kind(), arrow::stream(sheet))),
        };
        Ok(Entry::new(self.kind(), sheet.bytes(format, words)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_comes_before_the_header() {
        let check = |format: Option<&str>, accept: &str, expect: Result<Shape, u16>| {
            let mut headers = HeaderMap::new();
            if !accept.is_empty() {
                headers.insert(header::ACCEPT, accept.parse().unwrap());
            }
            assert_eq!(
                Shape::asked(format, &headers).map_err(|it| it.status().as_u16()),
                expect,
                "{format:?} {accept}"
            );
        };
        check(Some("csv"), "application/json", Ok(Shape::Csv));
        check(Some("docx"), "", Err(400));
        check(None, "", Ok(Shape::Json));
        check(None, "text/csv;q=0.9, application/json", Ok(Shape::Csv));
        check(None, "application/vnd.apache.parquet", Ok(Shape::Parquet));
        check(None, "text/html, */*", Ok(Shape::Json));
        check(None, "image/png", Err(406));
    }
}
