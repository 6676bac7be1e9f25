//! What can go wrong between a file of somebody else and a book of ours. Each message says what, where and how to mend it.

use std::path::PathBuf;

use thiserror::Error;

/// A file that cannot be imported, or a book that cannot be read or changed. Codes PRP-14xx.
#[derive(Debug, Error)]
pub enum LakeError {
    /// PRP-1401
    #[error("PRP-1401: {file} is empty (0 bytes); get it again from its publisher")]
    Empty { file: String },
    /// PRP-1402
    #[error(
        "PRP-1402: {file} is cut short or damaged: {why} after {bytes} bytes; get it again and compare its size with the publisher's"
    )]
    Truncated { file: String, why: String, bytes: u64 },
    /// PRP-1403
    #[error(
        "PRP-1403: {file} unpacks to more than {limit} bytes ({why}); unpack it yourself and import the part that is needed"
    )]
    TooLarge { file: String, limit: u64, why: String },
    /// PRP-1404
    #[error(
        "PRP-1404: {file} is not text: {why}; export it as CSV in UTF-8, or name its encoding with --encoding"
    )]
    NotText { file: String, why: String },
    /// PRP-1405
    #[error(
        "PRP-1405: {file} lacks the column {missing}; looked for {looked_for}; found {found}; check that it is a file of kind {kind} and that its header line is there"
    )]
    MissingColumns { file: String, kind: String, missing: String, looked_for: String, found: String },
    /// PRP-1406
    #[error("PRP-1406: {file} has a header and no rows; get the file again, the old book stays in force")]
    NoRows { file: String },
    /// PRP-1407
    #[error(
        "PRP-1407: cannot tell what {file} is ({seen}); name its kind: periplus data import KIND {file}, where KIND is one of {known}"
    )]
    UnknownKind { file: String, seen: String, known: String },
    /// PRP-1408
    #[error(
        "PRP-1408: {file} holds a member that would be written outside its folder ('{member}'); such an archive is not opened"
    )]
    UnsafePath { file: String, member: String },
    /// PRP-1409
    #[error(
        "PRP-1409: {file} holds {count} files ({members}); one is expected here; unpack it and import the one that is meant"
    )]
    ManyMembers { file: String, count: usize, members: String },
    /// PRP-1410
    #[error("PRP-1410: cannot read {path}; check that it is there and that you may read it", path = .path.display())]
    Read {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    /// PRP-1411
    #[error("PRP-1411: no row of {file} could be used: {reasons}; the old book stays in force")]
    AllRejected { file: String, reasons: String },
    /// PRP-1412
    #[error("PRP-1412: {file} cannot be read as {kind}: {why}")]
    Form { file: String, kind: String, why: String },
    /// PRP-1413
    #[error("PRP-1413: another import holds {path}; wait for it to end and try again", path = .path.display())]
    Locked { path: PathBuf },
    /// PRP-1414
    #[error("PRP-1414: cannot {what} {path}; check the disk and the folder's permissions; the old book stays in force", path = .path.display())]
    Write {
        what: &'static str,
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    /// PRP-1415
    #[error(
        "PRP-1415: {file} of book {book} is not what source.toml says it is (sha256 {found}, expected {expected}); run periplus data rollback {book}, or import it again"
    )]
    Corrupt { book: String, file: String, expected: String, found: String },
    /// PRP-1416
    #[error("PRP-1416: there is no book '{book}'{hint}; periplus data status lists what is loaded")]
    NoBook { book: String, hint: String },
    /// PRP-1417
    #[error("PRP-1417: book {book} has nothing older to go back to; {has}")]
    NothingOlder { book: String, has: String },
    /// PRP-1418
    #[error("PRP-1418: book {book} has no table {file}; it has {tables}")]
    NoTable { book: String, file: String, tables: String },
    /// PRP-1419
    #[error("PRP-1419: {path} cannot be read as the source of a book: {why}")]
    SourceToml { path: String, why: String },
    /// PRP-1420
    #[error(
        "PRP-1420: nothing was downloaded: the program curl is not installed; download {url} in a browser and run periplus data import FILE"
    )]
    NoCurl { url: String },
    /// PRP-1421
    #[error(
        "PRP-1421: nothing was downloaded: there is no way to {host} from here (curl: {why}); bring {url} by hand and run periplus data import FILE"
    )]
    NoNetwork { host: String, url: String, why: String },
    /// PRP-1422
    #[error("PRP-1422: {url} was not downloaded: {why}; the old book stays in force")]
    Download { url: String, why: String },
    /// PRP-1423
    #[error(
        "PRP-1423: {what} has no address that can be fetched without a person: {why}; open {url}, then run periplus data import FILE"
    )]
    ByHand { what: String, url: String, why: String },
    /// PRP-1424
    #[error("PRP-1424: the table {table} of book {book} cannot be read, line {line}: {why}")]
    Table { book: String, table: String, line: usize, why: String },
    /// PRP-1425
    #[error("PRP-1425: '{given}' is not a kind of file; known: {known}{hint}")]
    KindName { given: String, known: String, hint: String },
    /// PRP-1426
    #[error(
        "PRP-1426: '{given}' is not a name of a text encoding; write for example utf-8, windows-1252, gb18030 or shift_jis"
    )]
    Encoding { given: String },
    /// PRP-1427
    #[error("PRP-1427: cannot import {file} yet: it needs the book {book} ({why})")]
    NeedsBook { file: String, book: String, why: String },
    /// A book that an engine refuses; the engine's own message says why.
    #[error("PRP-1428: the book {book} is refused: {why}")]
    Refused { book: String, why: String },
}

impl LakeError {
    /// Whether the input, rather than this machine, is at fault: the command line answers with exit code 4, not 1.
    pub fn is_bad_input(&self) -> bool {
        !matches!(
            self,
            Self::Locked { .. }
                | Self::Write { .. }
                | Self::NoCurl { .. }
                | Self::NoNetwork { .. }
                | Self::Download { .. }
                | Self::ByHand { .. }
                | Self::NoBook { .. }
                | Self::NothingOlder { .. }
                | Self::NoTable { .. }
                | Self::Corrupt { .. }
                | Self::Table { .. }
                | Self::NeedsBook { .. }
                | Self::Refused { .. }
        )
    }
}
