//! What an organisation keeps: quotes, sheets, needs, deals.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{Got, NEED, Server};

fn quote(supplier: &str) -> Value {
    json!({ "supplier": supplier, "hs": "850511", "price": "31.50", "unit": "kg", "currency": "USD", "incoterm": "FOB",
        "place": "Ningbo", "country": "CN", "lead_time": "4 weeks", "valid_until": "2027-06-30" })
}

#[tokio::test]
async fn a_quote_is_judged_kept_changed_and_enters_scans() {
    let server = Server::start();
    let made = server.post("/api/v1/quotes", &quote("Ningbo Magnets")).await;
    assert_eq!((made.status, made.text("/lead_time")), (201, "28 days"), "{}", made.json);
    let at = made.header("location").to_owned();
    let read = server.get(&at).await;
    assert_eq!(read.header("etag"), "\"v1\"");
    let change = |price: &str| json!({ "price": price });
    let patched = server.request(Method::PATCH, &at).header("if-match", "\"v1\"");
    let patched = patched.header("content-type", "application/json").body(change("30").to_string());
    assert_eq!(Got::of(patched).await.text("/price"), "30");
    server.send(Method::PATCH, &at, &json!({ "price": "29", "version": 1 })).await.problem(412, "PRP-2063");
    server.send(Method::PATCH, &at, &change("29")).await.problem(428, "PRP-2062");
    server.send(Method::PATCH, &at, &json!({ "price": "free", "version": 2 })).await.problem(422, "PRP-2007");
    let answer =
        server.scan(&json!({ "text": NEED, "settings": { "shortlist": 60, "per_origin": 10 } })).await;
    assert_eq!(answer["quotes_used"], 1);
    let plans = answer["deals"]["plans"].as_array().unwrap();
    let own = plans.iter().find(|it| it["labels"]["supplier"] == "Ningbo Magnets").unwrap();
    assert_eq!(own["lines"][0]["because"]["basis"], "observed");
    let without = server.scan(&json!({ "text": NEED, "use_quotes": false })).await;
    assert_eq!(without["quotes_used"], 0);
    let suppliers = server.get("/api/v1/suppliers").await;
    assert_eq!(
        (suppliers.text("/items/0/name"), suppliers.json["items"][0]["quotes"].as_u64()),
        ("Ningbo Magnets", Some(1))
    );
    assert_eq!(Got::of(server.request(Method::DELETE, &at)).await.status, 204);
    server.get(&at).await.problem(404, "PRP-2101");
    assert_eq!(server.scan(&json!({ "text": NEED })).await["quotes_used"], 0);
}

#[tokio::test]
async fn a_quote_that_cannot_be_says_field_by_field_why() {
    let server = Server::shared();
    let mut bad = quote("A");
    (bad["price"], bad["currency"]) = (json!("31,5,0"), json!("money"));
    let got = server.post("/api/v1/quotes", &bad).await;
    got.problem(422, "PRP-2007");
    let columns: Vec<&str> =
        got.json["rows"].as_array().unwrap().iter().filter_map(|it| it["column"].as_str()).collect();
    assert!(columns.contains(&"price") && columns.contains(&"currency"), "{}", got.json);
    let mut words = quote("A");
    (words["hs"], words["goods"]) = (Value::Null, json!("things"));
    let got = server.post("/api/v1/quotes", &words).await;
    assert_eq!(got.problem(422, "PRP-2007").text("/rows/0/column"), "hs");
}

const SHEET: &str = "Our offer\n\nFirma;Preis (USD/kg);Wo;HS;Incoterm;Land\nA;31,5;Ningbo;850511;FOB;CN\n\
B;kaputt;Ningbo;850511;FOB;CN\nC;29;Shanghai;850511;FOB;CN\n";

#[tokio::test]
async fn a_sheet_is_mapped_by_hand_and_its_bad_rows_are_told() {
    let server = Server::start();
    let sheet = server.upload("/api/v1/quote-sheets", "Angebot%20Nov.csv", SHEET).await;
    assert_eq!(
        (sheet.status, sheet.text("/name"), sheet.text("/state")),
        (201, "Angebot Nov.csv", "mapping")
    );
    assert_eq!(sheet.json["rows"].as_u64(), Some(3), "{}", sheet.json);
    let guess = |name: &str| {
        let columns = sheet.json["columns"].as_array().unwrap();
        columns.iter().find(|it| it["name"] == name).unwrap()["guess"].clone()
    };
    assert_eq!((guess("HS"), guess("Firma")), (json!("hs"), Value::Null));
    let at = sheet.header("location").to_owned();
    let mapping = json!({ "mapping": { "supplier": "Firma", "price": "Preis (USD/kg)", "place": "Wo", "hs": "HS",
        "incoterm": "Incoterm", "country": "Land" } });
    let report = server.send(Method::PUT, &format!("{at}/mapping"), &mapping).await;
    let count = |name: &str| report.json[name].as_u64().unwrap();
    assert_eq!(count("accepted") + count("repaired") + count("duplicate") + count("rejected"), count("rows"));
    let notes = report.json["notes"].as_array().unwrap();
    let bad = notes.iter().find(|it| it["kind"] == "rejection").unwrap();
    assert_eq!(
        (bad["line"].as_u64(), bad["column"].as_str(), bad["found"].as_str()),
        (Some(5), Some("Preis (USD/kg)"), Some("kaputt"))
    );
    let wrong = json!({ "mapping": { "price": "Nothing" } });
    server.send(Method::PUT, &format!("{at}/mapping"), &wrong).await.problem(422, "PRP-2007");
    let accepted = server.post(&format!("{at}/accept"), &json!({})).await;
    assert_eq!(accepted.json, json!({ "stored": 2, "left_out": 1 }));
    let quotes = server.get("/api/v1/quotes").await;
    let lines: Vec<u64> = quotes.json["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["sheet"]["line"].as_u64().unwrap())
        .collect();
    assert!(lines.contains(&4) && lines.contains(&6), "the file's own lines: {lines:?}");
    assert_eq!(server.post(&format!("{at}/accept"), &json!({})).await.status, 422, "once is enough");
    assert_eq!(server.scan(&json!({ "text": NEED })).await["quotes_used"], 2);
    server.upload("/api/v1/quote-sheets", "x.csv", "nothing here").await.problem(422, "PRP-2007");
}

#[tokio::test]
async fn needs_have_states_and_versions() {
    let server = Server::shared();
    let made = server
        .post("/api/v1/needs", &json!({ "text": NEED, "title": "Magnets", "answer_id": "sample" }))
        .await;
    assert_eq!((made.status, made.text("/state")), (201, "answered"), "{}", made.json);
    assert_eq!(
        server.get(&format!("/api/v1/answers/{}", made.text("/answer_id"))).await.status,
        200,
        "the sample is kept"
    );
    let at = made.header("location").to_owned();
    let dropped = server.send(Method::PATCH, &at, &json!({ "state": "dropped", "version": 1 })).await;
    assert_eq!((dropped.text("/state"), dropped.json["version"].as_u64()), ("dropped", Some(2)));
    let list = server.get("/api/v1/needs?state=dropped&q=magnets").await;
    assert!(list.json["items"].as_array().unwrap().iter().any(|it| it["id"] == made.json["id"]));
    server.get("/api/v1/needs?state=lost").await.problem(400, "PRP-2003");
    server.post("/api/v1/needs", &json!({ "text": " " })).await.problem(422, "PRP-2007");
    assert_eq!(Got::of(server.request(Method::DELETE, &at)).await.status, 204);
}

#[tokio::test]
async fn a_deal_goes_step_by_step_and_its_plan_never_changes() {
    let server = Server::shared();
    let sample = server.get("/api/v1/answers/sample").await;
    let plan = &sample.json["deals"]["plans"][0];
    let made = server.post("/api/v1/deals", &json!({ "answer_id": "sample", "plan": plan["id"] })).await;
    assert_eq!((made.status, made.text("/state")), (201, "draft"), "{}", made.json);
    assert_eq!(&made.json["plan"], plan, "as it was agreed to");
    assert_eq!(made.json["next"], json!(["offered", "cancelled"]));
    let at = made.header("location").to_owned();
    let step = |body: Value| {
        let at = at.clone();
        async move { server.post(&format!("{at}/events"), &body).await }
    };
    let wrong = step(json!({ "kind": "state", "to": "paid" })).await;
    assert_eq!(wrong.status, 409);
    assert!(wrong.text("/hint").contains("offered"), "{}", wrong.json);
    assert_eq!(
        step(json!({ "kind": "state", "to": "offered", "text": "sent by mail" })).await.text("/state"),
        "offered"
    );
    let noted = step(json!({ "kind": "note", "text": "<script>alert(1)</script>" })).await;
    assert_eq!(noted.text("/notes/0/text"), "<script>alert(1)</script>", "kept as written, never as a page");
    assert_eq!(noted.header("content-type"), "application/json");
    step(json!({ "kind": "date", "what": "arrival", "date": "2027-01-20" })).await;
    step(json!({ "kind": "person", "name": "Wang Li", "role": "seller" })).await;
    assert_eq!(step(json!({ "kind": "dance" })).await.status, 422);
    let paper = server.upload(&format!("{at}/papers"), "%E5%90%88%E5%90%8C.pdf", &b"%PDF-1.7 x"[..]).await;
    assert_eq!((paper.status, paper.text("/name")), (201, "合同.pdf"), "{}", paper.json);
    let file = server.get(paper.header("location")).await;
    assert_eq!(
        (file.bytes.as_slice(), file.header("content-type")),
        (&b"%PDF-1.7 x"[..], "application/octet-stream")
    );
    assert!(file.header("content-disposition").starts_with("attachment"));
    let deal = server.get(&at).await;
    assert_eq!((deal.text("/dates/0/what"), deal.text("/people/0/name")), ("arrival", "Wang Li"));
    let renamed = server
        .send(Method::PATCH, &at, &json!({ "title": "Magnets", "version": deal.json["version"] }))
        .await;
    assert_eq!((renamed.text("/title"), &renamed.json["plan"]), ("Magnets", plan));
    let (mut lines, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = server.get(&format!("{at}/history?limit=2{cursor}")).await;
        lines.extend(
            page.json["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|it| (it["seq"].as_u64().unwrap(), it["kind"].clone())),
        );
        match page.json["next"].as_str() {
            None => break,
            Some(next) => cursor = format!("&cursor={next}"),
        }
    }
    let kinds: Vec<&str> = lines.iter().rev().filter_map(|it| it.1.as_str()).collect();
    assert_eq!(kinds, ["state", "state", "note", "date", "person", "paper", "title"]);
    assert_eq!(lines.iter().map(|it| it.0).collect::<Vec<_>>(), [7, 6, 5, 4, 3, 2, 1]);
    let listed = server.get("/api/v1/deals?state=offered").await;
    let item =
        listed.json["items"].as_array().unwrap().iter().find(|it| it["id"] == deal.json["id"]).unwrap();
    assert_eq!(item["landed"], plan["landed"]);
}
