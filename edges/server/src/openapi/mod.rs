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
pub const SHAPES: [&str; 4] = ["json", "csv", "xlsx", "parquet"];

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

pub fn total() -> RefOr<Schema> {
    named("Total")
}

pub fn need() -> RefOr<Schema> {
    named("Need")
}

pub fn maybe_need() -> RefOr<Schema> {
    named("Need")
}

pub fn settings() -> RefOr<Schema> {
    named("ScanSettings")
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
    /// Names of a query by route, then by method.
    names: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

impl Spec {
    /// Completes what the handlers say.
    pub fn of(routes: &utoipa::openapi::OpenApi) -> Self {
        let mut doc = serde_json::to_value(routes).unwrap_or_default();
        complete(&mut doc);
        let names = names(&doc);
        let text = serde_json::to_vec(&doc).unwrap_or_default();
        Self { entry: Arc::new(Entry::new(JSON, text).kept()), names }
    }

    pub fn names(&self, path: &str, method: &str) -> Option<&[String]> {
        self.names.get(path)?.get(&method.to_lowercase()).map(Vec::as_slice)
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
    for (path, item) in paths {
        let Some(operations) = object(item) else { continue };
        for (method, operation) in operations {
            complete_operation(path, method, operation);
        }
    }
}

/// A JSON object, made where there is none.
fn object(value: &mut Value) -> Option<&mut Map<String, Value>> {
    if value.is_null() {
        *value = json!({});
    }
    value.as_object_mut()
}

fn complete_operation(path: &str, method: &str, operation: &mut Value) {
    let changes = !matches!(method, "get" | "head" | "options");
    let mut parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
    parameters.push(json!({ "$ref": "#/components/parameters/lang" }));
    if changes {
        parameters.push(json!({ "$ref": "#/components/parameters/csrf" }));
    }
    operation["parameters"] = Value::Array(parameters);
    let body = operation.get("requestBody").is_some();
    if body {
        operation["requestBody"]["required"] = json!(true);
    }
    let mut statuses = vec!["400", "401", "403", "429", "500", "503", "504"];
    if path.contains('{') || operation["parameters"].to_string().contains("\"to\"") {
        statuses.push("404");
    }
    if body {
        statuses.extend(["404", "413", "415", "422"]);
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

fn names(doc: &Value) -> BTreeMap<String, BTreeMap<String, Vec<String>>> {
    let mut all = BTreeMap::new();
    for (path, item) in doc["paths"].as_object().into_iter().flatten() {
        let methods = item.as_object().into_iter().flatten();
        let of_methods =
            methods.map(|(method, operation)| (method.clone(), query_names(operation))).collect();
        all.insert(path.clone(), of_methods);
    }
    all
}

fn query_names(operation: &Value) -> Vec<String> {
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    let own = parameters.filter(|it| it["in"] == "query").filter_map(|it| it["name"].as_str());
    own.chain(["lang"]).map(str::to_owned).collect()
}
