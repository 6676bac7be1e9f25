//! `source.toml`: what stands behind a book.

use std::sync::Arc;

use domain::{Basis, ContentHash, Source};
use serde::{Deserialize, Deserializer, Serialize};

use crate::csv_text::count_rows;
use crate::error::LakeError;

/// The contents of `source.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceToml {
    pub title: String,
    pub publisher: String,
    /// The publisher's terms, by name.
    pub licence: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub licence_url: Option<String>,
    /// YYYY, YYYY-MM or YYYY-MM-DD that the figures speak of.
    pub vintage: String,
    /// Day on which the file was had.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub retrieved: Option<String>,
    pub basis: Basis,
    /// Command that makes the book again: `xtask books rates`, `periplus data import ecb-rates`.
    pub made_by: String,
    /// How it was made and what was left out, in prose.
    pub how: String,
    #[serde(default, rename = "input", deserialize_with = "one_or_many")]
    pub inputs: Vec<InputRef>,
    #[serde(default, rename = "table", deserialize_with = "one_or_many")]
    pub tables: Vec<TableRef>,
}

/// A file the book was made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputRef {
    pub file: String,
    /// Of the file as stored.
    pub sha256: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub publisher: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub licence: Option<String>,
}

/// A table of the book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableRef {
    pub file: String,
    pub rows: u64,
    pub sha256: String,
}

impl TableRef {
    pub fn of(file: &str, text: &str) -> Self {
        Self {
            file: file.to_owned(),
            rows: count_rows(text),
            sha256: ContentHash::of(text.as_bytes()).hex().to_owned(),
        }
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany<T> {
    One(T),
    Many(Vec<T>),
}

fn one_or_many<'de, D, T>(from: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Ok(match OneOrMany::deserialize(from)? {
        OneOrMany::One(it) => vec![it],
        OneOrMany::Many(them) => them,
    })
}

impl SourceToml {
    /// Reads `source.toml`; `path` is for the message.
    pub fn parse(path: &str, text: &str) -> Result<Self, LakeError> {
        toml::from_str(text).map_err(|error| LakeError::SourceToml {
            path: path.to_owned(),
            why: error.to_string().trim().replace('\n', " "),
        })
    }

    /// The file's text; the same contents give the same bytes.
    pub fn to_text(&self) -> Result<String, LakeError> {
        toml::to_string(self)
            .map_err(|error| LakeError::SourceToml { path: self.title.clone(), why: error.to_string() })
    }

    /// As evidence cites it. `book` is name and edition.
    pub fn cited(&self, book: &str) -> Arc<Source> {
        Arc::new(Source {
            title: self.title.clone(),
            publisher: self.publisher.clone(),
            vintage: self.vintage.clone(),
            book: Some(book.to_owned()),
            licence: Some(self.licence.clone()),
        })
    }

    /// Name of this edition: vintage and the beginning of a hash over all tables and their names.
    pub fn edition(&self) -> String {
        let all: Vec<_> = self.tables.iter().map(|it| format!("{} {}\n", it.file, it.sha256)).collect();
        let hash = ContentHash::of(all.concat().as_bytes());
        let vintage: String = self
            .vintage
            .chars()
            .map(|it| if it.is_ascii_alphanumeric() || it == '-' { it } else { '_' })
            .collect();
        format!("{vintage}-{}", hash.short())
    }
}
