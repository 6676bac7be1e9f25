//! What runs by itself: events, jobs, watches, calls of webhooks, tools.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};
use server::platform::Settings;
use server::platform::watch::order::Saved;
use store::Swept;

use crate::{Server, read};

async fn add_hook(server: &Server, url: &str) -> reqwest::Response {
    server.post("/webhooks", &json!({ "url": url })).header("x-periplus-csrf", "x").send().await.unwrap()
}

/// Reads a stream until a text comes, or fails after a while.
async fn until(stream: &mut reqwest::Response, wanted: &str) -> String {
    let mut all = String::new();
    let reading = async {
        while !all.contains(wanted) {
            let Some(bytes) = stream.chunk().await.unwrap() else { break };
            all.push_str(&String::from_utf8_lossy(&bytes));
        }
    };
    let done = tokio::time::timeout(Duration::from_secs(10), reading).await;
    assert!(done.is_ok() && all.contains(wanted), "{wanted} did not come: {all}");
    all
}

#[tokio::test]
async fn events_come_at_once_and_what_was_missed_comes_again() {
    let server = Server::start().await;
    let mut stream = server.get("/events").send().await.unwrap();
    assert_eq!(stream.headers()["content-type"], "text/event-stream");
    until(&mut stream, "retry").await;
    add_hook(&server, "https://example.com/one").await;
    let text = until(&mut stream, "webhook/").await;
    let id = text.lines().find_map(|it| it.strip_prefix("id: ")).unwrap().to_owned();
    drop(stream);
    add_hook(&server, "https://example.com/two").await;
    add_hook(&server, "https://example.com/three").await;
    let mut again = server.get("/events").header("last-event-id", &id).send().await.unwrap();
    let mut text = until(&mut again, "webhook/").await;
    while text.matches("webhook/").count() < 2 {
        text.push_str(&until(&mut again, "webhook/").await);
    }
    let ids: Vec<i64> = text.lines().filter_map(|it| it.strip_prefix("id: ")?.parse().ok()).collect();
    assert!(ids.windows(2).all(|it| it[0] < it[1]) && ids[0] > id.parse().unwrap(), "{ids:?} after {id}");
    let data = text.lines().find_map(|it| it.strip_prefix("data: {").map(|it| format!("{{{it}"))).unwrap();
    let data: Json = serde_json::from_str(&data).unwrap();
    assert!(
        data["id"].is_i64() && data["kind"] == "firm" && data["at"].is_string() && data["object"].is_string()
    );
}

#[tokio::test]
async fn a_firm_hears_nothing_of_another() {
    let server = Server::start().await;
    server.firm("acme").await;
    server.firm("rival").await;
    let (mine, other) =
        (server.sign_in("admin@acme.example").await, server.sign_in("admin@rival.example").await);
    let mut stream = other.get("/events").await;
    until(&mut stream, "retry").await;
    mine.post("/webhooks", &json!({ "url": "https://example.com/mine" })).await;
    other.post("/webhooks", &json!({ "url": "https://example.com/theirs" })).await;
    let text = until(&mut stream, "webhook/").await;
    assert_eq!(text.matches("webhook added").count(), 1, "{text}");
}

/// 200 streams, and how soon what happens reaches all of them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_listeners_hear_soon() {
    let server = Server::start().await;
    let mut streams = Vec::new();
    for _ in 0..200 {
        let mut stream = server.get("/events").send().await.unwrap();
        until(&mut stream, "retry").await;
        streams.push(stream);
    }
    let begun = Instant::now();
    add_hook(&server, "https://example.com/one").await;
    for stream in &mut streams {
        until(stream, "webhook/").await;
    }
    let took = begun.elapsed();
    eprintln!("200 streams heard within {took:?}");
    assert!(took < Duration::from_secs(3), "{took:?}");
    let figures = server.get("/metrics").send().await.unwrap().text().await.unwrap();
    assert!(figures.contains("periplus_streams 200"), "{figures}");
}

#[tokio::test]
async fn webhooks_are_signed_tried_again_and_listed_when_dead() {
    let calls: Arc<Mutex<Vec<(String, String)>>> = Arc::default();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    let heard = Arc::clone(&calls);
    let answer = move |headers: axum::http::HeaderMap, body: String| {
        let signature = headers["periplus-signature"].to_str().unwrap().to_owned();
        heard.lock().unwrap().push((signature, body));
        std::future::ready(axum::http::StatusCode::NO_CONTENT)
    };
    let router = axum::Router::new().route("/hook", axum::routing::post(answer));
    tokio::spawn(async move { axum::serve(listener, router).await });
    let server = Server::with(Settings { hooks_to_loopback: true, ..Settings::default() }, |_| ()).await;
    let hook = read(add_hook(&server, &url).await).await;
    let secret = hook["secret"].as_str().unwrap();
    server
        .post("/api-keys", &json!({ "name": "x", "role": "viewer" }))
        .header("x-periplus-csrf", "x")
        .send()
        .await
        .unwrap();
    let mut waited = 0;
    while calls.lock().unwrap().is_empty() {
        waited += 1;
        assert!(waited < 200, "nobody was called");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let (signature, body) = calls.lock().unwrap()[0].clone();
    let at: i64 = signature.split([',', '=']).nth(1).unwrap().parse().unwrap();
    assert_eq!(signature, server::platform::hooks::sign::signature(secret, at, body.as_bytes()));
    assert!((jiff::Timestamp::now().as_second() - at).abs() < 60);
    let path = format!("/webhooks/{}/deliveries", hook["id"].as_str().unwrap());
    for _ in 0..100 {
        let list = read(server.get(&path).send().await.unwrap()).await;
        if list["items"].as_array().unwrap().iter().any(|it| it["state"] == "delivered") {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the call was not noted as delivered");
}

const NEED: &str = "buy 5 t HS 850511 to Birmingham DAP by 2027-03-15 in GBP";

async fn scan(server: &Server) -> Json {
    let answer =
        server.post("/scans", &json!({ "text": NEED })).header("x-periplus-csrf", "x").send().await.unwrap();
    assert_eq!(answer.status(), 200);
    read(answer).await
}

async fn job(server: &Server, id: &str) -> Json {
    for _ in 0..300 {
        let job = read(server.get(&format!("/jobs/{id}")).send().await.unwrap()).await;
        if ["done", "failed", "cancelled"].contains(&job["state"].as_str().unwrap()) {
            return job;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the job did not end");
}

/// A watch is silent as long as order and feasibility stay, speaks once when they change, and says what is different.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_watch_speaks_once_for_each_change_that_matters() {
    let server = Server::with_books().await;
    let answer = scan(&server).await;
    let best = answer["deals"]["plans"][0]["id"].as_str().unwrap();
    let new = json!({ "answer_id": answer["id"], "plan": best, "title": "magnets" });
    let made = server.post("/watches", &new).header("x-periplus-csrf", "x").send().await.unwrap();
    assert_eq!(made.status(), 201);
    let watch = read(made).await;
    assert_eq!((watch["state"].as_str(), watch["plan"].as_str()), (Some("active"), Some(best)));
    let store = server.store();
    let who = store.local().await.unwrap();
    let edition = server.app.hall().await.unwrap().room.library.edition("tariff-gb").unwrap();
    let sweep = async || {
        let mut events = store.last_event().await.unwrap();
        let before = events;
        let who = server.app.platform().local_for_tests();
        server.app.platform().book_changed("tariff-gb", &edition, &who).await.unwrap();
        for _ in 0..600 {
            for event in store.events_after(events, 100).await.unwrap() {
                events = event.id;
                if event.kind == "job" && event.data["state"] == "done" {
                    return event.data["result"].clone();
                }
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("no sweep ended after event {before}");
    };
    // The same rows: nothing is asked again.
    let first = sweep().await;
    assert_eq!(
        (first["watches"].as_i64(), first["decided"].as_i64(), first["alerts"].as_i64()),
        (Some(1), Some(0), Some(0)),
        "{first}"
    );
    // Other rows, the same order: asked again, and silent.
    let alter = async |change: fn(&mut Saved)| {
        let page = store.watches_on("tariff-gb", None, 10).await.unwrap();
        let it = page.into_iter().next().unwrap();
        let mut saved: Saved = serde_json::from_value(it.watch.saved.clone()).unwrap();
        change(&mut saved);
        let mut rests_on = it.watch.rests_on.clone();
        rests_on.insert("tariff-gb".to_owned(), "other rows".to_owned());
        let swept = Swept { watch: it, saved: Some(json!(saved)), rests_on: Some(rests_on), found: None };
        store.record_sweep("tariff-gb", "by hand", vec![swept]).await.unwrap();
    };
    alter(|_| ()).await;
    let second = sweep().await;
    assert_eq!((second["decided"].as_i64(), second["alerts"].as_i64()), (Some(1), Some(0)), "{second}");
    // Before, it was second: now it is first.
    alter(|saved| saved.order.swap(0, 1)).await;
    let third = sweep().await;
    assert_eq!((third["decided"].as_i64(), third["alerts"].as_i64()), (Some(1), Some(1)), "{third}");
    let fourth = sweep().await;
    assert_eq!(
        (fourth["decided"].as_i64(), fourth["alerts"].as_i64()),
        (Some(0), Some(0)),
        "said once: {fourth}"
    );
    let alerts = read(server.get("/alerts?unseen=true").send().await.unwrap()).await;
    let alert = &alerts["items"][0];
    assert_eq!(
        (alert["kind"].as_str(), alert["watch_title"].as_str(), alert["book"].as_str()),
        (Some("order"), Some("magnets"), Some("tariff-gb"))
    );
    let rank = alert["delta"].as_array().unwrap().iter().find(|it| it["figure"] == "rank").unwrap();
    assert_eq!((rank["before"].as_i64(), rank["after"].as_i64()), (Some(2), Some(1)));
    let seen = format!("/alerts/{}/seen", alert["id"].as_str().unwrap());
    assert_eq!(
        server.post(&seen, &json!({})).header("x-periplus-csrf", "x").send().await.unwrap().status(),
        200
    );
    let alerts = read(server.get("/alerts?unseen=true").send().await.unwrap()).await;
    assert!(alerts["items"].as_array().unwrap().is_empty());
    // Paused, it is not looked at.
    let path = format!("/watches/{}", watch["id"].as_str().unwrap());
    let version = read(server.get(&path).send().await.unwrap()).await["version"].clone();
    let patch = crate::json_body(
        server.ask(reqwest::Method::PATCH, &path),
        &json!({ "state": "paused", "version": version }),
    );
    assert_eq!(patch.header("x-periplus-csrf", "x").send().await.unwrap().status(), 200);
    assert_eq!(sweep().await["watches"], 0);
    drop(who);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_scan_in_the_background_is_a_job_with_a_result() {
    let server = Server::with_books().await;
    let tenant = server.store().tenant(&server.store().local().await.unwrap());
    let new =
        store::NewJob { kind: "scan".to_owned(), input: json!({ "text": NEED }), ..store::NewJob::default() };
    let id = tenant.add_job(new).await.unwrap().id.to_string();
    let done = job(&server, &id).await;
    assert_eq!(done["state"], "done", "{done}");
    let href = done["result"]["href"].as_str().unwrap().trim_start_matches("/api/v1").to_owned();
    let answer = read(server.get(&href).send().await.unwrap()).await;
    assert!(!answer["deals"]["plans"].as_array().unwrap().is_empty());
    let stream = server.get(&format!("/jobs/{id}/events")).send().await.unwrap().text().await.unwrap();
    assert!(stream.contains("\"state\":\"done\""), "{stream}");
    // What cannot be understood fails with the words that a person would have got.
    let new = store::NewJob {
        kind: "scan".to_owned(),
        input: json!({ "text": "nonsense" }),
        ..store::NewJob::default()
    };
    let failed = job(&server, tenant.add_job(new).await.unwrap().id.as_str()).await;
    assert_eq!(failed["state"], "failed");
    assert!(failed["problem"]["code"].as_str().unwrap().starts_with("PRP-"), "{failed}");
    assert_eq!(failed["attempts"], 1, "trying again would not help");
}

async fn rpc(server: &Server, method: &str, params: Json) -> Json {
    let body = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
    let request = server.post("/mcp", &body).header("accept", "application/json, text/event-stream");
    let answer = request.header("mcp-protocol-version", "2025-06-18").send().await.unwrap();
    assert_eq!(answer.status(), 200, "{method}");
    let text = answer.text().await.unwrap();
    let json = text
        .lines()
        .find_map(|it| it.strip_prefix("data: ").filter(|it| it.starts_with('{')))
        .unwrap_or(&text);
    serde_json::from_str::<Json>(json).unwrap_or_else(|_| panic!("{text}"))
}

async fn call(server: &Server, name: &str, arguments: Json) -> Json {
    rpc(server, "tools/call", json!({ "name": name, "arguments": arguments })).await["result"].clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_assistant_scans_and_asks_why() {
    let server = Server::with_books().await;
    let hello = json!({ "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": { "name": "test", "version": "1" } });
    let hello = rpc(&server, "initialize", hello).await;
    assert_eq!(hello["result"]["serverInfo"]["name"], "periplus", "{hello}");
    let tools = rpc(&server, "tools/list", json!({})).await;
    let tools = tools["result"]["tools"].as_array().unwrap();
    assert_eq!(tools.len(), 14);
    for tool in tools {
        assert!(tool["outputSchema"].is_object() && tool["inputSchema"].is_object(), "{tool}");
        assert_eq!(tool["annotations"]["readOnlyHint"].as_bool(), Some(tool["name"] != "scan"), "{tool}");
    }
    let found = call(&server, "scan", json!({ "text": NEED })).await;
    let found = &found["structuredContent"];
    let plan = &found["plans"][0];
    let id = plan["evidence_ids"][0].as_str().unwrap();
    let why = call(&server, "why", json!({ "answer_id": found["answer_id"], "evidence_id": id })).await;
    assert!(why["structuredContent"]["lines"][0]["because"]["basis"].is_string(), "{why}");
    for (tool, arguments) in [
        ("read_need", json!({ "text": NEED })),
        ("get_plan", json!({ "answer_id": found["answer_id"], "plan": plan["id"] })),
        ("why_not", json!({ "answer_id": found["answer_id"], "what": "DE" })),
        ("compare_answers", json!({ "from": found["answer_id"], "to": found["answer_id"] })),
        (
            "duty",
            json!({ "importer": "GB", "origin": "CN", "hs": "8505110090", "value": { "amount": "95000", "currency": "GBP" }, "quantity": "5 t" }),
        ),
        ("tariff_lines", json!({ "importer": "GB", "hs": "850511" })),
        ("routes", json!({ "from": "Shanghai", "to": "Felixstowe" })),
        ("suppliers", json!({ "hs": "850511" })),
        ("price_band", json!({ "hs": "850511", "exporter": "CN" })),
        ("list_books", json!({})),
        ("explain_code", json!({ "code": "PRP-2050" })),
        ("list_alerts", json!({ "unseen": true })),
    ] {
        let answer = call(&server, tool, arguments).await;
        assert!(answer["isError"] != true, "{tool}: {answer}");
        let schema = tools.iter().find(|it| it["name"] == tool).unwrap();
        for name in schema["outputSchema"]["required"].as_array().unwrap() {
            assert!(
                answer["structuredContent"].get(name.as_str().unwrap()).is_some(),
                "{tool} lacks {name}: {answer}"
            );
        }
    }
    // What is wrong is said in words, with the code.
    let wrong = call(&server, "scan", json!({ "text": "nonsense" })).await;
    assert_eq!(wrong["isError"], true);
    assert!(wrong["content"][0]["text"].as_str().unwrap().contains("PRP-"), "{wrong}");
    let path = call(&server, "get_plan", json!({ "answer_id": "../people", "plan": "x" })).await;
    assert_eq!(path["isError"], true);
}
