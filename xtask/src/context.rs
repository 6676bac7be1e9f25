//! What a maker of books works with: the folder of official files, and the shape of a book.

use std::path::{Path, PathBuf};

use lake::books::{InputRef, SourceToml, TableRef};
use lake::{Input, LakeError};

/// Anything that keeps a book from being made; the message says what.
pub type Error = Box<dyn std::error::Error + Send + Sync>;

/// Where things are.
#[derive(Debug)]
pub struct Context {
    /// Folder of the official files: `PERIPLUS_SHARED`, else `../shared` beside the repository; its `data` folder.
    pub data: PathBuf,
    /// `books/` of the repository.
    pub books: PathBuf,
}

/// A finished book.
#[derive(Debug)]
pub struct Made {
    pub book: String,
    /// File name and CSV text.
    pub tables: Vec<(String, String)>,
    pub source: SourceToml,
}

/// What stands in `source.toml` besides inputs and tables.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    pub title: &'a str,
    pub publisher: &'a str,
    /// Must allow redistribution.
    pub licence: &'a str,
    pub licence_url: Option<&'a str>,
    /// YYYY[-MM[-DD]].
    pub vintage: &'a str,
    pub basis: domain::Basis,
    /// Prose: how it was made, and what was left out.
    pub how: &'a str,
}

impl Context {
    pub fn find() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let shared =
            std::env::var_os("PERIPLUS_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
        Self { data: shared.join("data"), books: root.join("books") }
    }

    /// Starts a book. What is read through the draft is written down as its inputs.
    pub fn draft(&self, book: &str) -> Draft<'_> {
        Draft { cx: self, book: book.to_owned(), inputs: Vec::new(), tables: Vec::new() }
    }

    /// Text of a table that an earlier maker wrote.
    pub fn book_text(&self, book: &str, file: &str) -> Result<String, Error> {
        let path = self.books.join(book).join(file);
        std::fs::read_to_string(&path)
            .map_err(|it| format!("{}: {it}; make or write it first", path.display()).into())
    }

    /// Whether the repository holds something else than `made`.
    pub fn differs(&self, made: &Made) -> Result<bool, Error> {
        let folder = self.books.join(&made.book);
        let same =
            |file: &str, text: &str| std::fs::read(folder.join(file)).is_ok_and(|it| it == text.as_bytes());
        let source = made.source.to_text()?;
        Ok(!(same("source.toml", &source) && made.tables.iter().all(|(file, text)| same(file, text))))
    }

    /// Writes the book and removes tables that it no longer has.
    pub fn write(&self, made: &Made) -> Result<(), Error> {
        let folder = self.books.join(&made.book);
        std::fs::create_dir_all(&folder)?;
        for entry in std::fs::read_dir(&folder)? {
            let path = entry?.path();
            let name = path.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
            if path.extension().is_some_and(|it| it == "csv")
                && !made.tables.iter().any(|(file, _)| *file == name)
            {
                std::fs::remove_file(&path)?;
            }
        }
        for (file, text) in &made.tables {
            std::fs::write(folder.join(file), text)?;
        }
        std::fs::write(folder.join("source.toml"), made.source.to_text()?)?;
        Ok(())
    }
}

/// A book being made.
#[derive(Debug)]
pub struct Draft<'a> {
    cx: &'a Context,
    book: String,
    inputs: Vec<InputRef>,
    tables: Vec<(String, String)>,
}

impl Draft<'_> {
    /// An official file, unpacked (zstd, gzip, zip with one member), its hash written down. `file` is relative to `data`.
    pub fn input(&mut self, file: &str) -> Result<Input, Error> {
        let input = Input::open(&self.cx.data.join(file)).map_err(|error| with_cause(&error))?;
        if !self.inputs.iter().any(|it| it.file == file) {
            self.inputs.push(InputRef {
                file: file.to_owned(),
                sha256: input.sha256.hex().to_owned(),
                publisher: None,
                licence: None,
            });
        }
        Ok(input)
    }

    /// As [`Self::input`], decoded to text.
    pub fn text(&mut self, file: &str) -> Result<String, Error> {
        let input = self.input(file)?;
        Ok(lake::import::text::decode(&input, None)?.text.into_owned())
    }

    /// Keeps a table as it stands in the repository: for small tables that people write by hand.
    pub fn keep(&mut self, file: &str) -> Result<(), Error> {
        let text = self.cx.book_text(&self.book, file)?;
        self.table(file, text);
        Ok(())
    }

    /// Says whose an input is, where that differs from the book's publisher and licence.
    pub fn input_terms(&mut self, file: &str, publisher: &str, licence: &str) {
        for input in self.inputs.iter_mut().filter(|it| it.file == file) {
            input.publisher = Some(publisher.to_owned());
            input.licence = Some(licence.to_owned());
        }
    }

    /// Adds a table; see [`lake::csv_text::Table`] for writing it.
    pub fn table(&mut self, file: &str, text: String) {
        self.tables.push((file.to_owned(), text));
    }

    pub fn finish(mut self, about: &About<'_>) -> Made {
        self.tables.sort();
        let source = SourceToml {
            title: about.title.to_owned(),
            publisher: about.publisher.to_owned(),
            licence: about.licence.to_owned(),
            licence_url: about.licence_url.map(str::to_owned),
            vintage: about.vintage.to_owned(),
            retrieved: None,
            basis: about.basis,
            made_by: format!("xtask books {}", self.book),
            how: about.how.to_owned(),
            inputs: self.inputs,
            tables: self.tables.iter().map(|(file, text)| TableRef::of(file, text)).collect(),
        };
        Made { book: self.book, tables: self.tables, source }
    }
}

fn with_cause(error: &LakeError) -> Error {
    let cause = std::error::Error::source(error).map(|it| format!(": {it}")).unwrap_or_default();
    format!("{error}{cause}").into()
}
