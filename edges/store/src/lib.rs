//! What is kept: firms, people, needs, answers, deals, watches, jobs and the audit trail, in SQLite or PostgreSQL.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test that unwraps says what it expects"))]
