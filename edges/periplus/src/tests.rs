//! Tests of whole commands, run in process.
