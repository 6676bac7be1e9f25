//! Editions that are not in force: what a rollback could bring back, read as it lies there.

use std::borrow::Cow;
use std::path::PathBuf;

use lake::books::{BUNDLED, SourceToml};
use lake::{LakeError, Library};

use crate::problem::Problem;

/// One edition of a book, in force or not.
#[derive(Debug)]
pub struct Edition<'l> {
    pub book: String,
    pub name: String,
    place: Place<'l>,
}

#[derive(Debug)]
enum Place<'l> {
    InForce(&'l Library),
    Bundled(Box<Library>),
    Folder(PathBuf),
}

/// No table of an edition is larger: what was imported was at most this.
const TABLE_BYTES: u64 = 512 << 20;

impl<'l> Edition<'l> {
    /// The edition of that name; only names that the library lists are looked for.
    ///
    /// # Errors
    /// The book has no such edition.
    pub fn find(library: &'l Library, book: &str, name: &str) -> Result<Self, Problem> {
        let all = names(library, book)?;
        let found = all.iter().position(|it| it == name);
        let Some(at) = found else { return Err(Problem::not_found("edition", name)) };
        let place = if at == 0 {
            Place::InForce(library)
        } else if name == BUNDLED {
            Place::Bundled(Box::new(Library::bundled()))
        } else {
            let dir = library.data_dir().ok_or_else(|| Problem::not_found("edition", name))?;
            Place::Folder(dir.join("books").join(book).join(name))
        };
        Ok(Self { book: book.to_owned(), name: name.to_owned(), place })
    }

    /// # Errors
    /// It cannot be read.
    pub fn source(&self) -> Result<SourceToml, Problem> {
        match &self.place {
            Place::InForce(library) => Ok(library.source_toml(&self.book)?),
            Place::Bundled(library) => Ok(library.source_toml(&self.book)?),
            Place::Folder(folder) => {
                let path = folder.join("source.toml");
                let text = read(&path)?;
                Ok(SourceToml::parse(&path.display().to_string(), &text)?)
            }
        }
    }

    /// The text of one of its tables; only files that its source lists are opened.
    ///
    /// # Errors
    /// It has no such table, or it cannot be read.
    pub fn table(&self, file: &str) -> Result<Cow<'_, str>, Problem> {
        match &self.place {
            Place::InForce(library) => Ok(library.table(&self.book, file)?),
            Place::Bundled(library) => Ok(Cow::Owned(library.table(&self.book, file)?.into_owned())),
            Place::Folder(folder) => {
                let source = self.source()?;
                let known = source.tables.iter().find(|it| it.file == file);
                let known = known.ok_or_else(|| Problem::not_found("table", file))?;
                read(&folder.join(&known.file)).map(Cow::Owned)
            }
        }
    }
}

fn read(path: &std::path::Path) -> Result<String, Problem> {
    let fault = |source| Problem::from(LakeError::Read { path: path.to_owned(), source });
    let size = std::fs::metadata(path).map_err(fault)?.len();
    if size > TABLE_BYTES {
        return Err(Problem::internal(&format!("{} has {size} bytes", path.display())));
    }
    std::fs::read_to_string(path).map_err(fault)
}

/// Names of the editions of a book: the one in force first, then those that a rollback brings back, in that order.
///
/// # Errors
/// There is no such book.
pub fn names(library: &Library, book: &str) -> Result<Vec<String>, Problem> {
    let in_force = library.edition(book)?;
    let status = library.status_of(book, false);
    let mut all = vec![in_force];
    all.extend(status.older);
    Ok(all)
}
