//! The HTTP face: workbench, API, events, tools for assistants, jobs and sign-in.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test that unwraps says what it expects"))]
