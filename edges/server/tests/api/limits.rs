//! What is refused, and how; what is said of it.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{Got, Server, client};

#[tokio::test]
async fn bodies_are_held_to_their_kind_size_and_form() {
    let server = Server::shared();
    let send = |kind: &'static str, body: String| {
        Got::of(server.request(Method::POST, "/api/v1/scans").header("content-type", kind).body(body))
    };
    send("text/plain", "{}".to_owned()).await.problem(415, "PRP-2005");
    let bad = send("application/json", "{\n \"text\": }".to_owned()).await;
    assert!(bad.problem(400, "PRP-2006").text("/detail").contains("line 2"), "{}", bad.json);
    let typed =
        send("application/json", r#"{"text": "x", "settings": {"shortlist": "many"}}"#.to_owned()).await;
    assert_eq!(typed.problem(422, "PRP-2007").text("/rows/0/column"), "settings.shortlist");
    send("application/json", r#"{"text": "x", "surprise": 1}"#.to_owned()).await.problem(422, "PRP-2007");
    send("application/json", format!("{{\"text\": \"{}\"}}", "x".repeat(300_000)))
        .await
        .problem(413, "PRP-2008");
    send("application/json", format!("{}{}", "[".repeat(5_000), "]".repeat(5_000)))
        .await
        .problem(422, "PRP-2007");
    send("application/json", r#"{"text": "a\u0000b"}"#.to_owned()).await.problem(422, "PRP-2007");
    for settings in [
        json!({ "shortlist": 501 }),
        json!({ "plans_at_most": 1e15 as u64 }),
        json!({ "scenarios": 1_000_000 }),
    ] {
        let body = json!({ "text": "x", "settings": settings });
        server.post("/api/v1/scans", &body).await.problem(422, "PRP-2007");
    }
    server.post("/api/v1/scans", &json!({})).await.problem(422, "PRP-2007");
}

#[tokio::test]
async fn addresses_are_held_to_what_the_description_says() {
    let server = Server::shared();
    server.get("/api/v1/nothing").await.problem(404, "PRP-2004");
    let typo = server.get("/api/v1/answers?limt=3").await;
    assert!(typo.problem(400, "PRP-2003").text("/detail").contains("limit"), "{}", typo.json);
    for path in [
        "/api/v1/answers?limit=0",
        "/api/v1/answers?limit=501",
        "/api/v1/answers?limit=x",
        "/api/v1/answers?limit=1&limit=2",
        "/api/v1/answers?lang=xx",
        "/api/v1/places?q=",
        "/api/v1/places",
        "/api/v1/routes?from=CNSHA&to=GBFXT&modes=rocket",
        "/api/v1/markets/suppliers?hs=850511&importer=GB&as_of=2026-02-30",
    ] {
        server.get(path).await.problem(400, "PRP-2003");
    }
    for target in
        ["/api/v1/places?q=%00", "/api/v1/places?q=%ff%fe", "/api/v1/answers/%c3%28", "/api/v1/places?q=%4"]
    {
        let said = server.raw(&format!("GET {target} HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n"));
        assert!(said.starts_with("HTTP/1.1 400") && said.contains("PRP-2003"), "{target}: {said}");
    }
    let long = server.get(&format!("/api/v1/places?q={}", "a".repeat(20_000))).await;
    assert!([400, 414, 431].contains(&long.status), "{}", long.status);
}

#[tokio::test]
async fn methods_and_heads() {
    let server = Server::shared();
    let put = Got::of(server.request(Method::PUT, "/api/v1/answers")).await;
    assert_eq!(put.problem(405, "PRP-2013").header("allow"), "GET,HEAD");
    let head = Got::of(server.request(Method::HEAD, "/api/v1/answers/sample")).await;
    assert_eq!((head.status, head.bytes.len()), (200, 0));
    assert!(head.header("content-length").parse::<usize>().unwrap() > 10_000);
    assert_eq!(Got::of(server.request(Method::POST, "/radar/x")).await.status, 405);
}

#[tokio::test]
async fn other_sites_and_other_names_are_kept_out() {
    let server = Server::shared();
    let bare = || client().post(format!("{}/api/v1/needs/read", server.url)).body("{\"text\": \"x\"}");
    Got::of(bare().header("content-type", "application/json")).await.problem(403, "PRP-2010");
    let foreign = bare().header("x-periplus-csrf", "1").header("origin", "https://evil.example");
    Got::of(foreign).await.problem(403, "PRP-2010");
    let embedded = bare().header("x-periplus-csrf", "1").header("sec-fetch-site", "cross-site");
    Got::of(embedded).await.problem(403, "PRP-2010");
    let rebound = server.raw("GET /api/v1/me HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
    assert!(rebound.starts_with("HTTP/1.1 421") && rebound.contains("PRP-2002"), "{rebound}");
}

#[tokio::test]
async fn pages_may_do_little_and_know_no_files() {
    let server = Server::shared();
    let page = server.get("/radar/sample?plan=CN-sea-1").await;
    assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
    assert!(page.header("content-security-policy").contains("frame-ancestors 'none'"));
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
    ] {
        assert_eq!(page.header(name), value);
    }
    for path in [
        "/..%2F..%2FCargo.toml",
        "/assets/../../Cargo.toml",
        "/assets/%2e%2e/%2e%2e/etc/passwd",
        "/etc/passwd.txt",
    ] {
        let said = server.raw(&format!("GET {path} HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n"));
        assert!(said.starts_with("HTTP/1.1 404"), "{path}: {said}");
    }
    assert_eq!(server.get("/healthz").await.bytes, b"ok\n");
    let error = server.get("/errors/PRP-2004").await;
    assert!(String::from_utf8(error.bytes).unwrap().contains("There is nothing of that name"));
}

#[tokio::test]
async fn what_the_client_has_is_not_sent_again() {
    let server = Server::shared();
    let path = "/api/v1/answers/sample";
    let first = server.get(path).await;
    let etag = first.header("etag").to_owned();
    let again = Got::of(server.request(Method::GET, path).header("if-none-match", &etag)).await;
    assert_eq!((again.status, again.bytes.len(), again.header("etag")), (304, 0, etag.as_str()));
    let packed = Got::of(server.request(Method::GET, path).header("accept-encoding", "gzip")).await;
    assert_eq!(packed.header("content-encoding"), "gzip");
    assert!(packed.bytes.len() * 4 < first.bytes.len());
    let mut plain = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(packed.bytes.as_slice()), &mut plain)
        .unwrap();
    assert_eq!(plain, first.bytes);
    let of_packed = packed.header("etag").to_owned();
    assert_ne!(of_packed, etag, "another encoding, another tag");
    let again = Got::of(server.request(Method::GET, path).header("if-none-match", of_packed)).await;
    assert_eq!(again.status, 304);
}

/// Nothing is skipped and nothing comes twice, whatever the limit and whatever is added meanwhile.
#[tokio::test]
async fn pages_of_a_list_neither_skip_nor_repeat() {
    let server = Server::start();
    for at in 0..7 {
        let made = server.post("/api/v1/needs", &json!({ "text": format!("need {at}") })).await;
        assert_eq!(made.status, 201);
    }
    for limit in [1, 2, 3, 7, 500] {
        let (mut texts, mut cursor, mut added) = (Vec::new(), String::new(), false);
        loop {
            let page = server.get(&format!("/api/v1/needs?q=need&limit={limit}{cursor}")).await;
            let items = page.json["items"].as_array().unwrap();
            assert!(items.len() <= limit);
            texts.extend(items.iter().map(|it| it["text"].as_str().unwrap().to_owned()));
            if !added {
                server.post("/api/v1/needs", &json!({ "text": "need of somebody in between" })).await;
                added = true;
            }
            match page.json["next"].as_str() {
                None => break,
                Some(next) => cursor = format!("&cursor={next}"),
            }
        }
        let own: Vec<&String> = texts.iter().filter(|it| !it.contains("between")).collect();
        let expect: Vec<String> = (0..7).rev().map(|at| format!("need {at}")).collect();
        assert_eq!(own, expect.iter().collect::<Vec<_>>(), "limit {limit}");
    }
}

#[tokio::test]
async fn problems_are_told_in_the_language_of_the_page() {
    let server = Server::shared();
    let zh = Got::of(server.request(Method::GET, "/api/v1/nothing").header("cookie", "lang=zh")).await;
    assert_eq!(zh.header("content-language"), "zh");
    assert!(zh.text("/detail").contains("没有"), "{}", zh.json);
    let accept = server.request(Method::GET, "/api/v1/nothing").header("accept-language", "zh-CN,en;q=0.5");
    assert!(Got::of(accept).await.text("/detail").contains("没有"));
    let both =
        Got::of(server.request(Method::GET, "/api/v1/nothing?lang=en").header("cookie", "lang=zh")).await;
    assert!(both.text("/detail").contains("there is no"), "{}", both.json);
    assert_eq!(both.json["instance"], Value::from("/api/v1/nothing"));
}
