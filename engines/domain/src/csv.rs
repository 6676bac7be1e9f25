//! Reading comma-separated tables of our own (RFC 4180): for books, which engines read from text that an edge has loaded.
//! Files of others are read by the edges, with a full reader.

use std::borrow::Cow;

/// The records of a table, each with the number of the line on which it begins. Blank lines are skipped.
/// A field in double quotes may hold commas, line breaks and doubled quotes; a quote that is never closed runs to the end.
pub fn records(text: &str) -> Records<'_> {
    Records { rest: text.strip_prefix('\u{feff}').unwrap_or(text), line: 1 }
}

/// See [`records`].
#[derive(Clone, Debug)]
pub struct Records<'a> {
    rest: &'a str,
    line: usize,
}

impl<'a> Records<'a> {
    /// Reads the next record into `fields`, so that a long table needs one vector. `None` at the end.
    pub fn read(&mut self, fields: &mut Vec<Cow<'a, str>>) -> Option<usize> {
        fields.clear();
        loop {
            if self.rest.is_empty() {
                return None;
            }
            let blank = self.rest.strip_prefix("\r\n").or_else(|| self.rest.strip_prefix('\n'));
            let Some(rest) = blank else { break };
            self.rest = rest;
            self.line += 1;
        }
        let line = self.line;
        while self.field(fields) {}
        Some(line)
    }

    /// Takes one field; says whether another follows on the same record.
    fn field(&mut self, fields: &mut Vec<Cow<'a, str>>) -> bool {
        if self.rest.starts_with('"') {
            return self.quoted(fields);
        }
        let end = self.rest.bytes().position(|it| it == b',' || it == b'\n').unwrap_or(self.rest.len());
        let field = &self.rest[..end];
        fields.push(Cow::Borrowed(field.strip_suffix('\r').unwrap_or(field)));
        self.separator(end)
    }

    fn quoted(&mut self, fields: &mut Vec<Cow<'a, str>>) -> bool {
        let body = &self.rest[1..];
        let mut doubled = false;
        let mut at = 0;
        let end = loop {
            match body[at..].find('"') {
                None => break body.len(),
                Some(found) if body[at + found + 1..].starts_with('"') => {
                    doubled = true;
                    at += found + 2;
                }
                Some(found) => break at + found,
            }
        };
        let field = &body[..end];
        self.line += field.bytes().filter(|&it| it == b'\n').count();
        fields.push(if doubled { Cow::Owned(field.replace("\"\"", "\"")) } else { Cow::Borrowed(field) });
        // Whatever stands between the closing quote and the separator is not part of a field.
        let after = (end + 2).min(self.rest.len());
        let gap = self.rest[after..].bytes().position(|it| it == b',' || it == b'\n');
        self.separator(gap.map_or(self.rest.len(), |it| after + it))
    }

    fn separator(&mut self, at: usize) -> bool {
        let another = self.rest.as_bytes().get(at) == Some(&b',');
        if self.rest.as_bytes().get(at) == Some(&b'\n') {
            self.line += 1;
        }
        self.rest = self.rest.get(at + 1..).unwrap_or_default();
        another
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = (usize, Vec<Cow<'a, str>>);
    fn next(&mut self) -> Option<Self::Item> {
        let mut fields = Vec::new();
        self.read(&mut fields).map(|line| (line, fields))
    }
}

/// A field as it must be written: in quotes when it holds a comma, a quote or a line break.
pub fn quote(field: &str) -> Cow<'_, str> {
    if field.contains([',', '"', '\n', '\r']) {
        return Cow::Owned(format!("\"{}\"", field.replace('"', "\"\"")));
    }
    Cow::Borrowed(field)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[(usize, &[&str])]) {
        let got: Vec<_> = records(text).collect();
        let got: Vec<(usize, Vec<&str>)> =
            got.iter().map(|(line, it)| (*line, it.iter().map(AsRef::as_ref).collect())).collect();
        let expect: Vec<_> = expect.iter().map(|(line, it)| (*line, it.to_vec())).collect();
        assert_eq!(got, expect, "{text:?}");
    }

    #[test]
    fn records_are_read_with_their_lines() {
        check("a,b\r\n1,\n\n3,4", &[(1, &["a", "b"]), (2, &["1", ""]), (4, &["3", "4"])]);
        check(
            "\u{feff}a\n\"x, \"\"y\"\"\nz\",2\nlast",
            &[(1, &["a"]), (2, &["x, \"y\"\nz", "2"]), (4, &["last"])],
        );
        check("", &[]);
        check("\"never closed,\n", &[(1, &["never closed,\n"])]);
        check("a,", &[(1, &["a", ""])]);
    }

    #[test]
    fn what_is_quoted_reads_back() {
        for field in ["plain", "a,b", "say \"so\"", "two\nlines"] {
            let text = format!("{},x", quote(field));
            let (_, fields) = records(&text).next().unwrap();
            assert_eq!(fields, [field, "x"]);
        }
    }
}
