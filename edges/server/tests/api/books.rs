//! Books: read, imported, rolled back.

use reqwest::Method;
use serde_json::json;

use crate::{Got, NEED, Server};

const RATES: &str = "Date,USD,JPY,GBP,CNY\n2026-11-20,1.10,160.1,0.85,7.9\n2026-11-19,1.11,160.2,0.86,7.8\n";

#[tokio::test]
async fn books_are_listed_with_what_stands_behind_them() {
    let server = Server::shared();
    let list = server.get("/api/v1/books").await;
    let items = list.json["items"].as_array().unwrap();
    let rates = items.iter().find(|it| it["name"] == "rates").unwrap();
    assert_eq!(
        (rates["publisher"].as_str(), rates["imported"].as_bool()),
        (Some("European Central Bank"), Some(false))
    );
    assert!(items.iter().all(|it| ["ok", "old"].contains(&it["health"].as_str().unwrap())), "{}", list.json);
    let book = server.get("/api/v1/books/rates").await;
    assert_eq!(book.json["tables"][0]["columns"], json!(["date", "currency", "units_per_eur"]));
    server.get("/api/v1/books/nothing").await.problem(404, "PRP-1416");
    server.get("/api/v1/books/rates/tables/..%2F..%2Fsecret.key").await.problem(404, "PRP-1418");
    server.get("/api/v1/books/..%2Frates").await.problem(404, "PRP-1416");
    let checks = server.post("/api/v1/books/verify", &json!({})).await;
    assert_eq!(checks.json["ok"], true);
}

/// Whatever the limit, the pages of a table together are the table.
#[tokio::test]
async fn pages_of_a_table_together_are_the_table() {
    let server = Server::shared();
    let path = "/api/v1/books/ports/tables/ports.csv";
    let whole = server.get(&format!("{path}?format=csv")).await;
    let rows = csv::Reader::from_reader(whole.bytes.as_slice()).into_records().count();
    for limit in [500, 497] {
        let (mut all, mut cursor) = (0, String::new());
        loop {
            let page = server.get(&format!("{path}?limit={limit}{cursor}")).await;
            all += page.json["items"].as_array().unwrap().len();
            assert_eq!(page.json["total"].as_u64(), Some(rows as u64));
            match page.json["next"].as_str() {
                None => break,
                Some(next) => cursor = format!("&cursor={next}"),
            }
        }
        assert_eq!(all, rows, "limit {limit}");
    }
    server.get(&format!("{path}?cursor=zz")).await.problem(422, "PRP-2014");
    let found = server.get(&format!("{path}?q=felixstowe")).await;
    assert!(found.json["total"].as_u64().unwrap() >= 1);
}

#[tokio::test]
async fn an_import_is_looked_at_put_in_force_and_taken_back() {
    let server = Server::start();
    let name = "eurofxref-hist.csv";
    let dry = server.upload("/api/v1/books/import?dry_run=true", name, RATES).await;
    assert_eq!((dry.status, dry.json["accepted"].as_u64()), (200, Some(2)), "{}", dry.json);
    assert_eq!(dry.json["difference"]["added"].as_u64(), Some(8));
    assert_eq!(server.get("/api/v1/books/rates").await.json["imported"], false, "nothing changed yet");
    let before = server.scan(&json!({ "text": NEED })).await;
    let done = server.upload("/api/v1/books/import", name, RATES).await;
    assert_eq!((done.status, done.json["unchanged"].as_bool()), (200, Some(false)), "{}", done.json);
    assert_eq!(done.json["edition"], dry.json["edition"], "what was promised");
    let book = server.get("/api/v1/books/rates").await;
    assert_eq!((book.json["imported"].as_bool(), book.text("/vintage")), (Some(true), "2026-11-20"));
    let after = server.scan(&json!({ "text": NEED })).await;
    assert_ne!(before["deals"]["dossier"], after["deals"]["dossier"], "scans use the new book");
    let same = server.upload("/api/v1/books/import", name, RATES).await;
    assert_eq!(same.json["unchanged"], true);
    let editions = server.get("/api/v1/books/rates/editions").await;
    assert_eq!(editions.json["items"].as_array().unwrap().len(), 2);
    let diff = server.get("/api/v1/books/rates/diff").await;
    assert_eq!((diff.text("/from"), diff.json["added"].as_u64()), ("bundled", Some(8)));

    let bad = server.upload("/api/v1/books/import", "x.bin", vec![0_u8; 64]).await;
    assert_eq!(bad.status, 422, "{}", bad.json);
    assert_eq!(server.get("/api/v1/books/rates").await.text("/vintage"), "2026-11-20", "the book stays");

    let back = server.post("/api/v1/books/rates/rollback", &json!({})).await;
    assert_eq!(back.status, 200, "{}", back.json);
    let again = server.scan(&json!({ "text": NEED })).await;
    assert_eq!(before["deals"]["dossier"], again["deals"]["dossier"], "and the old answer is back");
    server.post("/api/v1/books/rates/rollback", &json!({})).await.problem(409, "PRP-1417");
    assert!(std::fs::read_dir(server.dir.join("uploads")).unwrap().next().is_none(), "uploads are gone");
}

#[tokio::test]
async fn an_upload_is_bounded_and_its_name_opens_nothing() {
    let server = Server::shared();
    let long = server.request(Method::POST, "/api/v1/books/import").header("x-file-name", "a.csv");
    let long = long.header("content-length", (300_u64 << 20).to_string()).body("x");
    // The client may notice first that we do not read on.
    if let Ok(response) = long.send().await {
        assert_eq!(response.status().as_u16(), 413);
    }
    server
        .upload("/api/v1/books/import?dry_run=true", "..%2F..%2Fetc%2Fpasswd", "root:x:0")
        .await
        .problem(422, "PRP-1407");
    let nameless = server.request(Method::POST, "/api/v1/books/import").body("a,b\n1,2\n");
    Got::of(nameless).await.problem(400, "PRP-2003");
    server.upload("/api/v1/books/import", "empty.csv", "").await.problem(422, "PRP-2007");
    assert!(!server.dir.join("etc").exists());
}
