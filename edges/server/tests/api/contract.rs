//! The description of the API against what is sent: every shape holds for real answers.

use serde_json::{Value, json};

use crate::{NEED, Server};

/// Why a value is not what a schema says, with the place; empty when it is. As much of JSON Schema as our description uses.
fn differs(doc: &Value, schema: &Value, value: &Value, at: &str, out: &mut Vec<String>) {
    if out.len() > 20 {
        return;
    }
    if let Some(name) = schema["$ref"].as_str() {
        match doc.pointer(name.trim_start_matches('#')) {
            Some(found) => differs(doc, found, value, at, out),
            None => out.push(format!("{at}: {name} is not described")),
        }
        return;
    }
    if let Some(any) = schema["oneOf"].as_array().or_else(|| schema["anyOf"].as_array()) {
        let fits = any.iter().filter(|it| {
            let mut own = Vec::new();
            differs(doc, it, value, at, &mut own);
            own.is_empty()
        });
        if fits.count() == 0 {
            out.push(format!("{at}: fits none of {}", Value::from(any.clone())));
        }
        return;
    }
    for part in schema["allOf"].as_array().into_iter().flatten() {
        differs(doc, part, value, at, out);
    }
    let types: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        Value::Array(all) => all.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let is = |word: &str| match word {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        _ => value.is_object(),
    };
    if !types.is_empty() && !types.iter().any(|it| is(it)) {
        out.push(format!("{at}: {value:.60} is not {types:?}"));
        return;
    }
    if let Some(words) = schema["enum"].as_array().filter(|it| !it.contains(value)) {
        out.push(format!("{at}: {value} is none of {words:?}"));
    }
    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
        differs(doc, &schema["items"], item, &format!("{at}/{index}"), out);
    }
    let Some(fields) = value.as_object() else { return };
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if !fields.contains_key(name) {
            out.push(format!("{at}: {name} is missing"));
        }
    }
    for (name, field) in fields {
        let own = &schema["properties"][name];
        let more = &schema["additionalProperties"];
        match (own.is_null(), more) {
            (false, _) => differs(doc, own, field, &format!("{at}/{name}"), out),
            (true, Value::Bool(false)) => out.push(format!("{at}: {name} is not described")),
            (true, schema @ Value::Object(_)) => differs(doc, schema, field, &format!("{at}/{name}"), out),
            (true, _) => {}
        }
    }
}

#[tokio::test]
async fn what_is_sent_is_what_is_described() {
    let server = Server::shared();
    let doc = server.get("/api/openapi.json").await.json;
    assert_eq!(doc["openapi"], "3.1.0");
    let infeasible = json!({ "text": "buy 5 t HS 850511 to Birmingham DAP by 2026-11-30 in GBP" });
    server.scan(&infeasible).await;
    let quote = json!({ "supplier": "S", "hs": "850511", "price": "3", "unit": "kg", "currency": "USD", "incoterm": "FOB", "country": "CN" });
    server.post("/api/v1/quotes", &quote).await;
    server.post("/api/v1/needs", &json!({ "text": NEED })).await;
    let plan = server.get("/api/v1/answers/sample").await.json["deals"]["plans"][0]["id"].clone();
    let deal = server.post("/api/v1/deals", &json!({ "answer_id": "sample", "plan": plan })).await;
    let plan = plan.as_str().unwrap().to_owned();
    let deal = deal.text("/id").to_owned();
    let paths: &[(&str, String)] = &[
        ("/me", String::new()),
        ("/answers", String::new()),
        ("/answers/sample", String::new()),
        ("/answers/{id}", "/answers/sample".to_owned()),
        ("/answers/{id}/plans", "/answers/sample/plans".to_owned()),
        ("/answers/{id}/plans/{plan}", format!("/answers/sample/plans/{plan}")),
        ("/answers/{id}/map", "/answers/sample/map".to_owned()),
        ("/answers/{id}/drops", "/answers/sample/drops?limit=500".to_owned()),
        ("/answers/{id}/why-not", "/answers/sample/why-not?what=air".to_owned()),
        ("/answers/{id}/why", format!("/answers/sample/why?figure={plan}")),
        ("/answers/{id}/dossier", "/answers/sample/dossier".to_owned()),
        ("/places", "/places?q=shanghai".to_owned()),
        ("/hs", "/hs?q=magnets".to_owned()),
        ("/economies", String::new()),
        ("/routes", "/routes?from=CNSHA&to=GBFXT".to_owned()),
        ("/tariffs/{importer}/{hs}", "/tariffs/GB/850511".to_owned()),
        ("/markets/suppliers", "/markets/suppliers?hs=850511".to_owned()),
        ("/markets/price", "/markets/price?hs=850511".to_owned()),
        ("/explain", String::new()),
        ("/explain/{code}", "/explain/PRP-1203".to_owned()),
        ("/books", String::new()),
        ("/books/{name}", "/books/tariff-gb".to_owned()),
        ("/books/{name}/editions", "/books/rates/editions".to_owned()),
        ("/books/{name}/tables/{file}", "/books/rates/tables/rates.csv".to_owned()),
        ("/quotes", String::new()),
        ("/suppliers", String::new()),
        ("/quote-sheets", String::new()),
        ("/needs", String::new()),
        ("/deals", String::new()),
        ("/deals/{id}", format!("/deals/{deal}")),
        ("/deals/{id}/history", format!("/deals/{deal}/history")),
        ("/deals/{id}/papers", format!("/deals/{deal}/papers")),
    ];
    for (path, asked) in paths {
        let asked = if asked.is_empty() { path } else { asked.as_str() };
        let got = server.get(&format!("/api/v1{asked}")).await;
        assert_eq!(got.status, 200, "{asked}: {}", got.json);
        let responses = &doc["paths"][format!("/api/v1{path}")]["get"]["responses"];
        let schema = &responses["200"]["content"]["application/json"]["schema"];
        assert!(!schema.is_null(), "{path} has no shape");
        let mut found = Vec::new();
        differs(&doc, schema, &got.json, "", &mut found);
        assert!(found.is_empty(), "{asked}: {found:#?}");
    }
}

/// Every operation says what it is, has a name of its own, and every reference leads somewhere.
#[tokio::test]
async fn the_description_is_whole() {
    let doc = Server::shared().get("/api/openapi.json").await.json;
    let mut names = Vec::new();
    for (path, item) in doc["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            assert!(
                operation["summary"].as_str().is_some_and(|it| it.len() > 3),
                "{method} {path} has no summary"
            );
            let parameters = operation["parameters"].as_array().unwrap();
            assert!(
                parameters.iter().any(|it| it["$ref"] == "#/components/parameters/lang"),
                "{method} {path}"
            );
            names.push(operation["operationId"].as_str().unwrap().to_owned());
        }
    }
    let all = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), all, "two operations have one name");
    let mut refs = Vec::new();
    collect(&doc, &mut refs);
    refs.retain(|it| doc.pointer(it.trim_start_matches('#')).is_none());
    assert!(refs.is_empty(), "these lead nowhere: {refs:?}");
}

fn collect(value: &Value, out: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            out.extend(fields.get("$ref").and_then(Value::as_str).map(str::to_owned));
            fields.values().for_each(|it| collect(it, out));
        }
        Value::Array(items) => items.iter().for_each(|it| collect(it, out)),
        _ => {}
    }
}
