//! From a person's words to an answer and back: reading needs and quotes, scanning on opened books, and the words of each language.
//! What the command line and the server share; it does files and threads, and no network.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test that unwraps says what it expects"))]
