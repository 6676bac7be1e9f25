//! The books the binary carries.

/// One file of a bundled book.
#[derive(Clone, Copy, Debug)]
pub(super) struct BundledFile {
    pub(super) book: &'static str,
    pub(super) file: &'static str,
    pub(super) text: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/bundled.rs"));

/// Names of the bundled books, sorted.
pub(super) fn names() -> Vec<&'static str> {
    let mut names: Vec<_> = BUNDLED.iter().map(|it| it.book).collect();
    names.dedup();
    names
}

pub(super) fn find(book: &str, file: &str) -> Option<&'static str> {
    BUNDLED.iter().find(|it| it.book == book && it.file == file).map(|it| it.text)
}
