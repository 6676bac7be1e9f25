//! The lake: files of others become books of ours. Importers, the bundled books, and the folder of editions on disk.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test that unwraps says what it expects"))]

pub mod books;
pub mod csv_text;
pub mod error;
pub mod import;
pub mod pull;

pub use books::{Library, SourceToml};
pub use error::LakeError;
pub use import::{Imported, Input, Kind, Options};
