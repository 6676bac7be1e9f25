//! Reading of books: comma-separated text with a header, columns found by name, errors that name line and column.

use std::borrow::Cow;
use std::fmt::Display;

use thiserror::Error;

use crate::csv;

/// A book's text that cannot be read: which line, what is wrong, how to mend it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("PRP-1015: line {line} of the table cannot be read: {why}")]
pub struct TableError {
    pub line: usize,
    pub why: String,
}

/// One row: the wanted columns in the order in which they were asked for.
#[derive(Debug)]
pub struct Row<'r, 't> {
    pub line: usize,
    columns: &'r [&'r str],
    cells: &'r [Cow<'t, str>],
    places: &'r [usize],
}

impl Row<'_, '_> {
    /// The text of the `index`th wanted column, without surrounding blanks.
    pub fn text(&self, index: usize) -> &str {
        self.places.get(index).and_then(|&at| self.cells.get(at)).map_or("", |it| it.trim())
    }

    /// The value of the `index`th wanted column; the error names line, column and what was read.
    pub fn get<T>(&self, index: usize) -> Result<T, TableError>
    where
        T: std::str::FromStr,
        T::Err: Display,
    {
        self.text(index).parse().map_err(|why: T::Err| self.refuse(index, &why))
    }

    /// As [`Self::get`], with an empty cell as `None`.
    pub fn find<T>(&self, index: usize) -> Result<Option<T>, TableError>
    where
        T: std::str::FromStr,
        T::Err: Display,
    {
        if self.text(index).is_empty() { Ok(None) } else { self.get(index).map(Some) }
    }

    /// An error about the `index`th wanted column of this row.
    pub fn refuse(&self, index: usize, why: &dyn Display) -> TableError {
        let column = self.columns.get(index).copied().unwrap_or("?");
        TableError { line: self.line, why: format!("'{}' in column {column}: {why}", self.text(index)) }
    }
}

/// Calls `each` for every row of `text`, and returns how many there were. Further columns are passed over;
/// a missing one is an error, and so is a row with another number of cells than the header.
pub fn each_row<E: From<TableError>>(
    text: &str,
    columns: &[&str],
    mut each: impl FnMut(&Row<'_, '_>) -> Result<(), E>,
) -> Result<usize, E> {
    let mut records = csv::records(text);
    let mut cells = Vec::new();
    records.read(&mut cells);
    let width = cells.len();
    let place = |name: &&str| {
        cells.iter().position(|it| it.trim() == *name).ok_or_else(|| TableError {
            line: 1,
            why: format!("the header has no column '{name}'; it needs {}", columns.join(",")),
        })
    };
    let places: Vec<usize> = columns.iter().map(place).collect::<Result<_, _>>()?;
    let mut count = 0;
    while let Some(line) = records.read(&mut cells) {
        if cells.len() != width {
            let why = format!("{} cells where the header has {width}", cells.len());
            return Err(TableError { line, why }.into());
        }
        each(&Row { line, columns, cells: &cells, places: &places })?;
        count += 1;
    }
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Result<Vec<(usize, i64, String)>, TableError> {
        let mut all = Vec::new();
        each_row(text, &["n", "word"], |row| {
            all.push((row.line, row.get(0)?, row.text(1).to_owned()));
            Ok::<(), TableError>(())
        })?;
        Ok(all)
    }

    #[test]
    fn columns_are_found_by_name_and_quotes_are_undone() {
        let text =
            "\u{feff}word,other,n\r\n\"a, \"\"b\"\"\",x,1\r\n\r\nplain,y, 2\n\"two\nlines\",z,3\nlast,z,4";
        let expect = vec![
            (2, 1, "a, \"b\"".to_owned()),
            (4, 2, "plain".to_owned()),
            (5, 3, "two\nlines".to_owned()),
            (7, 4, "last".to_owned()),
        ];
        assert_eq!(rows(text).unwrap(), expect);
    }

    #[test]
    fn what_cannot_be_read_says_where_and_why() {
        let check = |text: &str, expect: &str| assert_eq!(rows(text).unwrap_err().to_string(), expect);
        check(
            "n\n1\n",
            "PRP-1015: line 1 of the table cannot be read: the header has no column 'word'; it needs n,word",
        );
        check("n,word\n1\n", "PRP-1015: line 2 of the table cannot be read: 1 cells where the header has 2");
        check(
            "n,word\n1,a\nx,b\n",
            "PRP-1015: line 3 of the table cannot be read: 'x' in column n: invalid digit found in string",
        );
    }
}
