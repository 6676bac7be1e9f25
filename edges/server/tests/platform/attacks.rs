//! Attacks: the other firm's things, more than one's role, hosts, bodies, words, addresses.

use reqwest::Method;
use serde_json::{Value as Json, json};

use crate::{Server, Session, json_body, read};

const NOBODY: &str = "01900000-0000-7000-8000-000000000000";

#[tokio::test]
async fn every_route_of_the_api_has_a_row_in_the_table_of_permissions() {
    let server = Server::start().await;
    let described = read(server.get("/api/openapi.json").send().await.unwrap()).await;
    let mut count = 0;
    for (path, methods) in described["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys().filter(|it| *it != "parameters") {
            let asks = server::platform::permit::asks(&method.to_uppercase(), path);
            assert!(asks.is_some(), "{method} {path} has no row in platform/permit.rs");
            count += 1;
        }
    }
    assert!(count > 40, "{count}");
}

/// Nobody signed in: every route but the open ones is closed, and nothing is told of what is behind it.
#[tokio::test]
async fn without_a_login_everything_is_closed() {
    let server = Server::start().await;
    server.firm("acme").await;
    let described = read(server.get("/api/openapi.json").send().await.unwrap()).await;
    for (path, methods) in described["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys().filter(|it| *it != "parameters") {
            let method: Method = method.to_uppercase().parse().unwrap();
            let asks = server::platform::permit::asks(method.as_str(), path).unwrap();
            if asks == server::platform::permit::Asks::Nothing {
                continue;
            }
            let status = json_body(server.ask(method.clone(), &filled(path)), &json!({}))
                .send()
                .await
                .unwrap()
                .status();
            // Each address asks so often that some are told to wait; none is let in.
            assert!([401, 429].contains(&status.as_u16()), "{method} {path}: {status}");
        }
    }
}

fn filled(path: &str) -> String {
    let mut out = String::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        out.push_str(NOBODY);
        rest = after.split_once('}').map_or("", |it| it.1);
    }
    out + rest
}

#[tokio::test]
async fn a_role_may_what_the_table_says_and_no_more() {
    let server = Server::start().await;
    server.firm("acme").await;
    let calls: [(Method, &str, Json, store::Permission); 8] = [
        (Method::GET, "/people", Json::Null, store::Permission::EditPeople),
        (
            Method::POST,
            "/people",
            json!({ "name": "x", "email": "x", "role": "admin" }),
            store::Permission::EditPeople,
        ),
        (Method::POST, "/api-keys", json!({ "name": "", "role": "admin" }), store::Permission::EditKeys),
        (Method::GET, "/audit", Json::Null, store::Permission::ReadAudit),
        (Method::GET, "/export", Json::Null, store::Permission::Export),
        (Method::POST, "/erase", json!({ "confirm": "no" }), store::Permission::Erase),
        (Method::POST, "/webhooks", json!({ "url": "x" }), store::Permission::EditHooks),
        (Method::DELETE, "/jobs/none", Json::Null, store::Permission::RunJobs),
    ];
    for role in store::Role::ALL {
        let session = server.sign_in(&format!("{role}@acme.example")).await;
        for (method, path, body, permission) in &calls {
            let mut request = session.ask(method.clone(), path);
            if !body.is_null() {
                request = json_body(request, body);
            }
            let status = request.send().await.unwrap().status().as_u16();
            assert_eq!(status != 403, role.may(*permission), "{role} {method} {path}: {status}");
        }
    }
}

/// Everything of one firm, asked for by the admin of another with the right identifiers.
#[tokio::test]
async fn one_firm_cannot_reach_what_is_anothers() {
    let server = Server::start().await;
    server.firm("acme").await;
    server.firm("rival").await;
    let (mine, other) =
        (server.sign_in("admin@acme.example").await, server.sign_in("admin@rival.example").await);
    let hook = id(&mine, "/webhooks", json!({ "url": "https://example.com/secret-hook" })).await;
    let key = id(&mine, "/api-keys", json!({ "name": "secret key", "role": "viewer" })).await;
    let people = read(mine.get("/people").await).await;
    let person = people["items"][0]["id"].as_str().unwrap().to_owned();
    let job = server.store().tenant(&steward(&server, "acme").await);
    let new = store::NewJob { kind: "other".to_owned(), input: json!({}), ..store::NewJob::default() };
    let job = job.add_job(new).await.unwrap().id.to_string();
    let calls = [
        (Method::GET, format!("/webhooks/{hook}"), Json::Null),
        (Method::GET, format!("/webhooks/{hook}/deliveries"), Json::Null),
        (Method::DELETE, format!("/webhooks/{hook}"), Json::Null),
        (Method::DELETE, format!("/api-keys/{key}"), Json::Null),
        (Method::GET, format!("/people/{person}"), Json::Null),
        (Method::PATCH, format!("/people/{person}"), json!({ "role": "viewer", "version": 1 })),
        (
            Method::PATCH,
            format!("/people/{person}"),
            json!({ "password": "a new one of mine", "version": 1 }),
        ),
        (Method::DELETE, format!("/people/{person}"), Json::Null),
        (Method::GET, format!("/jobs/{job}"), Json::Null),
        (Method::GET, format!("/jobs/{job}/events"), Json::Null),
        (Method::DELETE, format!("/jobs/{job}"), Json::Null),
        (Method::POST, format!("/alerts/{NOBODY}/seen"), json!({})),
        (Method::POST, format!("/webhooks/dead/{NOBODY}/retry"), json!({})),
    ];
    for (method, path, body) in &calls {
        let mut request = other.ask(method.clone(), path);
        if !body.is_null() {
            request = json_body(request, body);
        }
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 404, "{method} {path}");
    }
    for list in ["/webhooks", "/api-keys", "/people", "/jobs", "/audit"] {
        let text = other.get(list).await.text().await.unwrap();
        assert!(
            !text.contains(&hook) && !text.contains(&key) && !text.contains(&person) && !text.contains(&job),
            "{list}"
        );
    }
    let archive = other.get("/export").await.bytes().await.unwrap();
    assert!(archive.starts_with(b"PK") && !archive.windows(9).any(|it| it == b"acme.exam"));
    assert_eq!(mine.get(&format!("/webhooks/{hook}")).await.status(), 200, "nothing of it was changed");
}

async fn id(session: &Session<'_>, path: &str, body: Json) -> String {
    let answer = session.post(path, &body).await;
    assert_eq!(answer.status(), 201);
    read(answer).await["id"].as_str().unwrap().to_owned()
}

async fn steward(server: &Server, name: &str) -> store::Who {
    let all = server.store().organisations().await.unwrap();
    let found = all.iter().find(|it| it.name == name).unwrap();
    server.store().steward(&found.id).await.unwrap()
}

#[tokio::test]
async fn hosts_origins_bodies_and_headers_of_strangers_are_refused() {
    let server = Server::start().await;
    for host in ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", ""] {
        let status = server.get("/me").header("host", host).send().await.map(|it| it.status().as_u16());
        assert!(matches!(status, Ok(421 | 400) | Err(_)), "{host}: {status:?}");
    }
    let hook = json!({ "url": "https://example.com/" });
    for (name, value) in
        [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site"), ("origin", "null")]
    {
        let request = server.post("/webhooks", &hook).header("x-periplus-csrf", "x").header(name, value);
        assert_eq!(request.send().await.unwrap().status(), 403, "{name}: {value}");
    }
    let large = json!({ "url": "x".repeat(1 << 20) });
    assert_eq!(
        server.post("/webhooks", &large).header("x-periplus-csrf", "x").send().await.unwrap().status(),
        413
    );
    // A bomb stays packed: what is packed is no JSON.
    let bomb = server
        .ask(Method::POST, "/webhooks")
        .header("x-periplus-csrf", "x")
        .header("content-type", "application/json");
    let bomb = bomb.header("content-encoding", "gzip").body(vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]);
    assert!([400, 415, 422].contains(&bomb.send().await.unwrap().status().as_u16()));
    let deep = "[".repeat(100_000);
    let deep = server
        .ask(Method::POST, "/webhooks")
        .header("x-periplus-csrf", "x")
        .header("content-type", "application/json")
        .body(deep);
    assert!([400, 422].contains(&deep.send().await.unwrap().status().as_u16()));
    for key in ["a b", "", &"k".repeat(201)] {
        let request =
            server.post("/webhooks", &hook).header("x-periplus-csrf", "x").header("idempotency-key", key);
        let status = request.send().await.unwrap().status().as_u16();
        assert!([400, 201].contains(&status), "{key}: {status}");
    }
    assert!(server.get("/people/..%2f..%2fetc%2fpasswd").send().await.unwrap().status().is_client_error());
}

#[tokio::test]
async fn words_of_strangers_come_back_as_json_alone() {
    const BAD: &str = "<script>alert(1)</script>\u{2028}\"'><img src=x onerror=alert(1)>";
    let server = Server::start().await;
    server.firm("acme").await;
    let admin = server.sign_in("admin@acme.example").await;
    let firm = read(admin.get("/organisation").await).await;
    let renamed = json_body(
        admin.ask(Method::PATCH, "/organisation"),
        &json!({ "name": BAD, "version": firm["version"] }),
    );
    assert_eq!(renamed.send().await.unwrap().status(), 200);
    admin
        .post(
            "/people",
            &json!({ "name": BAD, "email": "x@y.example", "role": "viewer", "password": crate::PASSWORD }),
        )
        .await;
    admin.post("/api-keys", &json!({ "name": BAD, "role": "viewer" })).await;
    for path in ["/organisation", "/people", "/api-keys", "/audit", "/me"] {
        let answer = admin.get(path).await;
        let headers = answer.headers().clone();
        assert!(headers["content-type"].to_str().unwrap().starts_with("application/json"), "{path}");
        assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
        assert!(headers["content-security-policy"].to_str().unwrap().contains("default-src 'self'"));
        let text = answer.text().await.unwrap();
        assert!(serde_json::from_str::<Json>(&text).is_ok(), "{path}");
        if ["/organisation", "/people", "/api-keys"].contains(&path) {
            assert!(text.contains("script"), "{path}: what was written is what comes back");
        }
    }
    let problem = admin.get(&format!("/people/{}", "%3Cscript%3E")).await;
    assert_eq!(problem.headers()["content-type"], "application/problem+json");
}

#[tokio::test]
async fn a_webhook_cannot_be_pointed_inside() {
    let server = Server::start().await;
    for url in [
        "http://example.com/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://169.254.169.254/latest/meta-data/",
        "https://10.0.0.1/",
        "https://0x7f000001/",
        "https://user:word@example.com/",
        "file:///etc/passwd",
        "https://",
    ] {
        let answer = server
            .post("/webhooks", &json!({ "url": url }))
            .header("x-periplus-csrf", "x")
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 422, "{url}");
        assert_eq!(read(answer).await["code"], "PRP-2061", "{url}");
    }
}
