//! The description of the API, OpenAPI 3.1: written from the handlers themselves, completed here with what all have in common.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value, json};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{Array, ArrayBuilder, ObjectBuilder, Ref, Schema, SchemaType, Type};

use crate::lang::TAGS;
use crate::reply::{Entry, JSON};

/// Shapes that the engines write; they know nothing of this server, so that theirs are written by hand and tested on real answers.
const ENGINES: &str = include_str!("radar.json");

/// Reasons of drops, by their words.
pub const REASONS: [&str; 10] = [
    "excluded",
    "prohibited",
    "no_route",
    "capacity",
    "no_path",
    "deadline",
    "over_limit",
    "dominated",
    "look_alike",
    "beyond_shortlist",
];
/// Formats of a dossier as a document.
pub const PAPERS: [&str; 3] = ["html", "pdf", "xlsx"];
/// Formats of tables.
pub const SHAPES: [&str; 5] = ["json", "csv", "xlsx", "parquet", "arrow"];

/// States of needs and deals.
pub const NEED_STATES: [&str; 4] = ["open", "answered", "dealt", "dropped"];
pub const DEAL_STATES: [&str; 8] =
    ["draft", "offered", "agreed", "shipped", "cleared", "paid", "closed", "cancelled"];

fn named(name: &str) -> RefOr<Schema> {
    Ref::from_schema_name(name).into()
}

fn list_of(name: &str) -> Array {
    ArrayBuilder::new().items(Ref::from_schema_name(name)).build()
}

fn words(all: &[&str]) -> RefOr<Schema> {
    let values: Vec<Value> = all.iter().map(|it| json!(it)).collect();
    ObjectBuilder::new().schema_type(SchemaType::Type(Type::String)).enum_values(Some(values)).into()
}

/// Whatever JSON can hold.
pub fn anything() -> RefOr<Schema> {
    ObjectBuilder::new().schema_type(SchemaType::AnyValue).into()
}

pub fn total() -> RefOr<Schema> {
    named("Total")
}

pub fn need() -> RefOr<Schema> {
    named("Need")
}

pub fn maybe_need() -> RefOr<Schema> {
    named("MaybeNeed")
}

pub fn settings() -> RefOr<Schema> {
    named("MaybeScanSettings")
}

pub fn maybe_need_state() -> RefOr<Schema> {
    named("MaybeNeedState")
}

pub fn maybe_mode() -> RefOr<Schema> {
    named("MaybeMode")
}

pub fn what_if() -> RefOr<Schema> {
    named("MaybeWhatIf")
}

pub fn findings() -> RefOr<Schema> {
    list_of("Finding").into()
}

pub fn drops() -> RefOr<Schema> {
    list_of("Drop").into()
}

pub fn coordinates() -> RefOr<Schema> {
    named("Coordinates")
}

pub fn place() -> RefOr<Schema> {
    named("Place")
}

pub fn source() -> RefOr<Schema> {
    named("Source")
}

pub fn evidence() -> RefOr<Schema> {
    named("Evidence")
}

pub fn money() -> RefOr<Schema> {
    named("Money")
}

pub fn maybe_money() -> RefOr<Schema> {
    named("MaybeMoney")
}

pub fn two_moneys() -> RefOr<Schema> {
    list_of("Money").into()
}

pub fn need_states() -> RefOr<Schema> {
    words(&NEED_STATES)
}

pub fn deal_states() -> RefOr<Schema> {
    words(&DEAL_STATES)
}

pub fn plan() -> RefOr<Schema> {
    named("Plan")
}

pub fn shapes() -> RefOr<Schema> {
    words(&SHAPES)
}

pub fn reasons() -> RefOr<Schema> {
    words(&REASONS)
}

pub fn papers() -> RefOr<Schema> {
    words(&PAPERS)
}

/// The finished description, and what it says of queries.
#[derive(Debug)]
pub struct Spec {
    pub entry: Arc<Entry>,
    /// What a query may hold, by route, then by method.
    queries: BTreeMap<String, BTreeMap<String, Vec<Rule>>>,
}

/// What the description says of one parameter of a query.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rule {
    pub name: String,
    number: bool,
    truth: bool,
    least: Option<f64>,
    most: Option<f64>,
    shortest: Option<u64>,
    longest: Option<u64>,
    words: Vec<String>,
}

impl Rule {
    fn of(parameter: &Value) -> Option<Self> {
        let (name, schema) = (parameter["name"].as_str()?, &parameter["schema"]);
        let is = |word: &str| {
            schema["type"] == word || schema["type"].as_array().is_some_and(|it| it.contains(&json!(word)))
        };
        let words = schema["enum"].as_array().into_iter().flatten();
        Some(Self {
            name: name.to_owned(),
            number: is("integer") || is("number"),
            truth: is("boolean"),
            least: schema["minimum"].as_f64(),
            most: schema["maximum"].as_f64(),
            shortest: schema["minLength"].as_u64(),
            longest: schema["maxLength"].as_u64(),
            words: words.filter_map(|it| it.as_str().map(str::to_owned)).collect(),
        })
    }

    /// Why a value is none of this parameter.
    ///
    /// # Errors
    /// The reason, in words.
    pub fn check(&self, value: &str) -> Result<(), String> {
        if self.number {
            return self.check_number(value);
        }
        if self.truth && !matches!(value, "true" | "false") {
            return Err("must be true or false".to_owned());
        }
        let length = value.chars().count() as u64;
        if self.longest.is_some_and(|it| length > it) || self.shortest.is_some_and(|it| length < it) {
            let (low, high) = (self.shortest.unwrap_or(0), self.longest.unwrap_or(length));
            return Err(format!("must have {low} to {high} characters"));
        }
        if !self.words.is_empty() && !self.words.iter().any(|it| it == value) {
            return Err(format!("one of {}", self.words.join(", ")));
        }
        Ok(())
    }

    fn check_number(&self, value: &str) -> Result<(), String> {
        let Ok(number) = value.parse::<f64>() else { return Err("must be a number".to_owned()) };
        let low = self.least.is_none_or(|it| number >= it);
        if low && self.most.is_none_or(|it| number <= it) {
            return Ok(());
        }
        let shown = |it: Option<f64>| it.map_or_else(String::new, |it| it.to_string());
        Err(format!("must be {} to {}", shown(self.least), shown(self.most)))
    }
}

/// Shapes that only shapes of the engines, or parameters, name.
#[derive(Debug, utoipa::OpenApi)]
#[openapi(components(schemas(
    crate::hall::BookRef,
    crate::answers::document::Understood,
    crate::answers::document::Names,
    crate::platform::jobs::StateOf,
    crate::platform::watch::WatchState
)))]
pub struct Beginning;

impl Spec {
    /// Completes what the handlers say.
    pub fn of(routes: &utoipa::openapi::OpenApi) -> Self {
        let mut doc = serde_json::to_value(routes).unwrap_or_default();
        complete(&mut doc);
        let queries = queries(&doc);
        let text = serde_json::to_vec(&doc).unwrap_or_default();
        Self { entry: Arc::new(Entry::new(JSON, text).kept()), queries }
    }

    pub fn query(&self, path: &str, method: &str) -> Option<&[Rule]> {
        self.queries.get(path)?.get(&method.to_lowercase()).map(Vec::as_slice)
    }
}

fn complete(doc: &mut Value) {
    doc["openapi"] = json!("3.1.0");
    doc["info"] = json!({
        "title": "Periplus",
        "version": env!("CARGO_PKG_VERSION"),
        "description": "An opportunity radar for cross-border trade: from a need to ranked plans, every figure with its source. Planning estimates, not rulings.",
        "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
    });
    doc["servers"] = json!([{ "url": "/" }]);
    doc["security"] = json!([{}, { "key": [] }, { "session": [] }]);
    doc["components"]["securitySchemes"] = json!({
        "key": { "type": "http", "scheme": "bearer", "description": "An API key, ppk_..." },
        "session": { "type": "apiKey", "in": "cookie", "name": "periplus" },
    });
    let engines: Map<String, Value> = serde_json::from_str(ENGINES).unwrap_or_default();
    if let Some(schemas) = object(&mut doc["components"]["schemas"]) {
        schemas.extend(engines);
    }
    doc["components"]["parameters"] = json!({
        "lang": { "name": "lang", "in": "query", "description": "Language of the words in the answer.",
            "schema": { "type": "string", "enum": TAGS } },
        "csrf": { "name": "X-Periplus-Csrf", "in": "header", "description": "The `csrf` of /me. Not needed with an API key.",
            "schema": { "type": "string" } },
    });
    doc["components"]["responses"]["Problem"] = json!({
        "description": "What went wrong, where, and how to mend it (RFC 9457).",
        "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
    });
    let Some(paths) = object(&mut doc["paths"]) else { return };
    for (_, item) in paths {
        let Some(operations) = object(item) else { continue };
        for (method, operation) in operations {
            complete_operation(method, operation);
        }
    }
}

/// Headers that several routes take, each in one form.
fn complete_header(parameter: &mut Value) {
    let pattern = match parameter["name"].as_str() {
        Some("If-Match") => r#"^(W/)?"?v?[0-9]{1,15}(-gz)?"?$"#,
        Some("X-File-Name") => "^([ -$&-~]|%[0-9A-Fa-f]{2}){1,400}$",
        _ => return,
    };
    parameter["schema"] = json!({ "type": "string", "pattern": pattern });
}

/// A JSON object, made where there is none.
fn object(value: &mut Value) -> Option<&mut Map<String, Value>> {
    if value.is_null() {
        *value = json!({});
    }
    value.as_object_mut()
}

fn complete_operation(method: &str, operation: &mut Value) {
    let changes = !matches!(method, "get" | "head" | "options");
    let mut parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
    // Said once for all.
    parameters.retain(|it| it["name"] != "lang");
    parameters.push(json!({ "$ref": "#/components/parameters/lang" }));
    parameters.iter_mut().for_each(complete_header);
    if changes {
        parameters.push(json!({ "$ref": "#/components/parameters/csrf" }));
    }
    operation["parameters"] = Value::Array(parameters);
    let body = operation.get("requestBody").is_some();
    if body {
        operation["requestBody"]["required"] = json!(true);
    }
    let mut statuses = vec!["400", "401", "403", "404", "422", "429", "500", "503", "504"];
    if body {
        statuses.extend(["413", "415"]);
    }
    if changes {
        statuses.push("409");
    }
    if method == "patch" {
        statuses.extend(["412", "428"]);
    }
    let Some(responses) = object(&mut operation["responses"]) else { return };
    for response in responses.iter_mut().filter(|it| it.0.starts_with(['4', '5'])) {
        let description = response.1["description"].clone();
        *response.1 = json!({ "description": description,
            "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } } });
    }
    if method == "get" && responses.contains_key("200") {
        responses.entry("304").or_insert(json!({ "description": "The client has it already" }));
    }
    for status in statuses {
        responses.entry(status).or_insert(json!({ "$ref": "#/components/responses/Problem" }));
    }
}

fn queries(doc: &Value) -> BTreeMap<String, BTreeMap<String, Vec<Rule>>> {
    let mut all = BTreeMap::new();
    for (path, item) in doc["paths"].as_object().into_iter().flatten() {
        let methods = item.as_object().into_iter().flatten();
        let of_methods = methods.map(|(method, operation)| (method.clone(), rules(doc, operation))).collect();
        all.insert(path.clone(), of_methods);
    }
    all
}

fn rules(doc: &Value, operation: &Value) -> Vec<Rule> {
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    let whole = parameters.map(|it| match it["$ref"].as_str() {
        Some(at) => doc.pointer(at.trim_start_matches('#')).unwrap_or(it),
        None => it,
    });
    whole.filter(|it| it["in"] == "query").filter_map(Rule::of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_held_to_what_the_description_says() {
        let check = |schema: Value, good: &[&str], bad: &[&str]| {
            let rule = Rule::of(&json!({ "name": "x", "schema": schema })).unwrap();
            for it in good {
                assert_eq!(rule.check(it), Ok(()), "{it}");
            }
            for it in bad {
                assert!(rule.check(it).is_err(), "{it}");
            }
        };
        check(
            json!({ "type": ["integer", "null"], "minimum": 1, "maximum": 500 }),
            &["1", "500"],
            &["0", "501", "x", ""],
        );
        check(json!({ "type": "string", "minLength": 1, "maxLength": 3 }), &["a", "上海x"], &["", "abcd"]);
        check(json!({ "type": "string", "enum": ["a", "b"] }), &["a"], &["c", ""]);
        check(json!({ "type": "boolean" }), &["true"], &["yes", "1"]);
        check(json!({ "type": "string" }), &["", "anything"], &[]);
    }
}
