//! Reading and writing of comma-separated text (RFC 4180): quoted fields, doubled quotes, LF or CRLF.
//! Small on purpose: books are read at every start, and engines use no file readers.

use std::borrow::Cow;

/// The records of a text, each with the line it starts on (from 1). Blank lines are passed over.
#[derive(Clone, Debug)]
pub struct Records<'a> {
    rest: &'a str,
    line: usize,
}

/// The records of `text`; a byte-order mark at its start is passed over.
pub fn records(text: &str) -> Records<'_> {
    Records { rest: text.strip_prefix('\u{feff}').unwrap_or(text), line: 1 }
}

impl<'a> Records<'a> {
    /// Reads the next record into `fields`; returns its line, or `None` at the end.
    pub fn read(&mut self, fields: &mut Vec<Cow<'a, str>>) -> Option<usize> {
        fields.clear();
        while let Some(after) = self.rest.strip_prefix("\r\n").or_else(|| self.rest.strip_prefix('\n')) {
            self.rest = after;
            self.line += 1;
        }
        if self.rest.is_empty() {
            return None;
        }
        let line = self.line;
        loop {
            let (value, after) = if let Some(quoted) = self.rest.strip_prefix('"') {
                self.unquote(quoted)
            } else {
                let (plain, after) = self.rest.split_at(end_of_field(self.rest));
                (Cow::Borrowed(plain.strip_suffix('\r').unwrap_or(plain)), after)
            };
            fields.push(value);
            if let Some(next) = after.strip_prefix(',') {
                self.rest = next;
                continue;
            }
            self.rest = after.strip_prefix('\n').unwrap_or(after);
            self.line += usize::from(after.len() != self.rest.len());
            return Some(line);
        }
    }

    /// The value after an opening quote, and what follows its field. A quote that never closes takes the rest.
    fn unquote(&mut self, text: &'a str) -> (Cow<'a, str>, &'a str) {
        let mut value = String::new();
        let mut rest = text;
        while let Some(end) = rest.find('"') {
            value.push_str(&rest[..end]);
            rest = &rest[end + 1..];
            let Some(after) = rest.strip_prefix('"') else {
                self.line += value.bytes().filter(|it| *it == b'\n').count();
                return (Cow::Owned(value), &rest[end_of_field(rest)..]);
            };
            value.push('"');
            rest = after;
        }
        value.push_str(rest);
        (Cow::Owned(value), "")
    }
}

fn end_of_field(text: &str) -> usize {
    text.bytes().position(|it| matches!(it, b',' | b'\n')).unwrap_or(text.len())
}

/// Appends `value` to a line being written, quoted when it has to be.
pub fn write_field(out: &mut String, value: &str) {
    if !value.bytes().any(|it| matches!(it, b'"' | b',' | b'\n' | b'\r')) {
        out.push_str(value);
        return;
    }
    out.push('"');
    for letter in value.chars() {
        if letter == '"' {
            out.push('"');
        }
        out.push(letter);
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(usize, Vec<String>)> {
        let mut records = records(text);
        let mut fields = Vec::new();
        let mut all = Vec::new();
        while let Some(line) = records.read(&mut fields) {
            all.push((line, fields.iter().map(ToString::to_string).collect()));
        }
        all
    }

    #[test]
    fn records_are_read() {
        let check = |text: &str, expect: &[(usize, &[&str])]| {
            let expect: Vec<(usize, Vec<String>)> = expect
                .iter()
                .map(|(line, fields)| (*line, fields.iter().map(|&it| it.to_owned()).collect()))
                .collect();
            assert_eq!(read(text), expect, "{text:?}");
        };
        check("a,b\n1,2\n", &[(1, &["a", "b"]), (2, &["1", "2"])]);
        check("\u{feff}a,b\r\n\r\n1,", &[(1, &["a", "b"]), (3, &["1", ""])]);
        check("\"x,\"\"y\"\"\nz\",2\n3", &[(1, &["x,\"y\"\nz", "2"]), (3, &["3"])]);
        check("\"never closed", &[(1, &["never closed"])]);
        check(",\n", &[(1, &["", ""])]);
        check("", &[]);
    }

    #[test]
    fn what_is_written_is_read_back() {
        for value in ["plain", "a,b", "say \"so\"", "two\nlines", ""] {
            let mut line = String::new();
            write_field(&mut line, value);
            line.push_str(",end\n");
            assert_eq!(read(&line)[0].1, [value, "end"]);
        }
    }
}
