//! What the server says to whoever runs it: one line of JSON on stderr for each event. Never a body, a token or a name of a person.

use std::io::Write as _;

use serde_json::json;

/// Notes a failure and returns the number under which it can be found.
pub fn failure(why: &str) -> String {
    let id = uuid::Uuid::now_v7().simple().to_string();
    write(&json!({ "at": now(), "level": "error", "id": id, "what": why }));
    id
}

/// A request that was answered.
pub fn request(method: &str, pattern: &str, status: u16, took: std::time::Duration) {
    let ms = took.as_secs_f64() * 1000.0;
    write(
        &json!({ "at": now(), "level": "info", "method": method, "route": pattern, "status": status, "ms": ms }),
    );
}

/// Something that whoever runs the server may want to know.
pub fn note(what: &str) {
    write(&json!({ "at": now(), "level": "info", "what": what }));
}

fn now() -> String {
    jiff::Timestamp::now().to_string()
}

fn write(line: &serde_json::Value) {
    // Nobody can be told that nobody can be told.
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}
