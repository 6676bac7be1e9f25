//! Small helps for JSON of others.

use std::borrow::Cow;

use serde_json::Value;

use crate::error::LakeError;

/// Parses, telling a cut file from one of another shape.
pub(super) fn parse(file: &str, json: &str, kind: &str) -> Result<Value, LakeError> {
    serde_json::from_str(json).map_err(|error| super::usitc::json_error(file, json.as_bytes(), &error, kind))
}

/// A string or number as text; anything else is empty.
pub(super) fn text(value: &Value) -> Cow<'_, str> {
    match value {
        Value::String(text) => Cow::Borrowed(text.trim()),
        Value::Number(number) => Cow::Owned(number.to_string()),
        _ => Cow::Borrowed(""),
    }
}

/// The elements of a list; none for anything else.
pub(super) fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}
