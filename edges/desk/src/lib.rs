//! From a person's words to an answer and back: reading needs and quotes, scanning on opened books, the words of each
//! language, and tables in every format. What the command line and the server share; it does files and threads, and no network.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test that unwraps says what it expects"))]
#![cfg_attr(test, allow(clippy::needless_raw_string_hashes, reason = "snapshots are written with them"))]

pub mod answer;
pub mod books;
pub mod effort;
pub mod explain;
pub mod fault;
pub mod html;
pub mod phrases;
pub mod quotes;
pub mod room;
pub mod scan;
pub mod screen;
pub mod sheet;
pub mod show;
pub mod words;

pub use fault::{Exit, Fault};
