//! Signing in and out, sessions, keys, cross-site requests, limits, and doing a thing once.

use std::time::Duration;

use serde_json::json;
use server::platform::Settings;
use server::platform::limit::Rate;

use crate::{PASSWORD, Server, cookie, read};

#[tokio::test]
async fn at_this_machine_nobody_signs_in_until_somebody_is_added() {
    let server = Server::start().await;
    let me = read(server.get("/me").send().await.unwrap()).await;
    assert_eq!(
        (me["mode"].as_str(), me["role"].as_str(), me["first_start"].as_bool()),
        (Some("local"), Some("admin"), Some(true))
    );
    // A change needs a header that no form of another site can send.
    let hook = json!({ "url": "https://example.com/x" });
    assert_eq!(server.post("/webhooks", &hook).send().await.unwrap().status(), 403);
    assert_eq!(
        server.post("/webhooks", &hook).header("x-periplus-csrf", "x").send().await.unwrap().status(),
        201
    );
    // Whoever comes through a proxy is not at this machine.
    for header in ["x-forwarded-for", "forwarded", "x-real-ip", "via"] {
        assert_eq!(
            server.get("/organisation").header(header, "203.0.113.9").send().await.unwrap().status(),
            403,
            "{header}"
        );
    }
    server.firm("acme").await;
    assert_eq!(server.get("/organisation").send().await.unwrap().status(), 401);
    assert_eq!(read(server.get("/me").send().await.unwrap()).await["mode"], "login");
}

#[tokio::test]
async fn a_session_is_new_at_each_sign_in_and_ends_when_one_signs_out() {
    let server = Server::start().await;
    server.firm("acme").await;
    let fixed = "periplus_session=0000000000000000000000000000000000000000000000000000000000000000";
    let body = json!({ "email": "buyer@acme.example", "password": PASSWORD });
    let answer = server.post("/session", &body).header("cookie", fixed).send().await.unwrap();
    let set = answer.headers()["set-cookie"].to_str().unwrap().to_owned();
    assert!(
        set.contains("HttpOnly")
            && set.contains("SameSite=Lax")
            && set.contains("Path=/")
            && !set.contains("Secure"),
        "{set}"
    );
    let first = cookie(&answer);
    assert_ne!(first, fixed);
    assert_eq!(server.get("/organisation").header("cookie", fixed).send().await.unwrap().status(), 401);
    // Signing in again with the old cookie closes the old session.
    let second = cookie(&server.post("/session", &body).header("cookie", &first).send().await.unwrap());
    assert_eq!(server.get("/organisation").header("cookie", &first).send().await.unwrap().status(), 401);
    assert_eq!(server.get("/organisation").header("cookie", &second).send().await.unwrap().status(), 200);
    let session = server.sign_in("buyer@acme.example").await;
    assert_eq!(session.ask(reqwest::Method::DELETE, "/session").send().await.unwrap().status(), 204);
    assert_eq!(session.get("/organisation").await.status(), 401);
}

#[tokio::test]
async fn a_change_needs_the_csrf_word_of_the_very_session() {
    let server = Server::start().await;
    server.firm("acme").await;
    let (one, other) =
        (server.sign_in("admin@acme.example").await, server.sign_in("admin@acme.example").await);
    let key = json!({ "name": "k", "role": "viewer" });
    for word in [None, Some(""), Some("x"), Some(other.csrf.as_str())] {
        let mut request = server.post("/api-keys", &key).header("cookie", &one.cookie);
        if let Some(word) = word {
            request = request.header("x-periplus-csrf", word);
        }
        assert_eq!(request.send().await.unwrap().status(), 403, "{word:?}");
    }
    let made = read(one.post("/api-keys", &key).await).await;
    let secret = made["secret"].as_str().unwrap();
    // Programs need no such word; what their role may not do they may not.
    let bearer = format!("Bearer {secret}");
    assert_eq!(
        server.get("/organisation").header("authorization", &bearer).send().await.unwrap().status(),
        200
    );
    assert_eq!(
        server.post("/api-keys", &key).header("authorization", &bearer).send().await.unwrap().status(),
        403
    );
    let listed = read(one.get("/api-keys").await).await;
    assert!(listed["items"][0].get("secret").is_none());
    let id = made["id"].as_str().unwrap();
    assert_eq!(
        one.ask(reqwest::Method::DELETE, &format!("/api-keys/{id}")).send().await.unwrap().status(),
        204
    );
    assert_eq!(
        server.get("/organisation").header("authorization", &bearer).send().await.unwrap().status(),
        401
    );
}

#[tokio::test]
async fn wrong_passwords_are_counted_for_the_account_whoever_tries() {
    let settings =
        Settings { rate_account: Rate { burst: 3, every: Duration::from_mins(1) }, ..Settings::default() };
    let server = Server::with(settings, |_| ()).await;
    server.firm("acme").await;
    let attempt = async |email: &str, password: &str| {
        server.post("/session", &json!({ "email": email, "password": password })).send().await.unwrap()
    };
    for _ in 0..3 {
        let refused = attempt("Buyer@Acme.example", "wrong wrong wrong").await;
        assert_eq!(refused.status(), 401);
    }
    let locked = attempt("buyer@acme.example", PASSWORD).await;
    assert_eq!(locked.status(), 429);
    assert!(locked.headers()["retry-after"].to_str().unwrap().parse::<u64>().unwrap() > 0);
    assert_eq!(attempt("analyst@acme.example", PASSWORD).await.status(), 204, "others come in");
    // Somebody who is not there is refused in the same words.
    let (there, nobody) =
        (attempt("bank@acme.example", "x").await, attempt("nobody@acme.example", "x").await);
    let (there, nobody) = (read(there).await, read(nobody).await);
    assert_eq!(there["detail"], nobody["detail"]);
    assert_eq!(there["code"], "PRP-2120");
}

#[tokio::test]
async fn who_asks_too_often_waits() {
    let settings = Settings {
        rate: Rate { burst: 20, every: Duration::from_secs(5) },
        rate_unknown: Rate { burst: 40, every: Duration::from_secs(5) },
        ..Settings::default()
    };
    let server = Server::with(settings, |_| ()).await;
    server.firm("acme").await;
    let session = server.sign_in("viewer@acme.example").await;
    let mut refused = 0;
    for _ in 0..25 {
        let answer = session.get("/organisation").await;
        if answer.status() == 429 {
            refused += 1;
            assert!(answer.headers().contains_key("retry-after"));
        }
    }
    assert!((5..=7).contains(&refused), "{refused}");
    let other = server.sign_in("buyer@acme.example").await;
    assert_eq!(other.get("/organisation").await.status(), 200, "each has a bucket");
}

#[tokio::test]
async fn a_request_that_is_sent_twice_is_done_once() {
    let server = Server::start().await;
    let send = async |key: &str, body: serde_json::Value| {
        let request =
            server.post("/webhooks", &body).header("x-periplus-csrf", "x").header("idempotency-key", key);
        request.send().await.unwrap()
    };
    let body = json!({ "url": "https://example.com/one", "kinds": ["alert"] });
    let first = send("a", body.clone()).await;
    let (status, location) = (first.status(), first.headers()["location"].clone());
    let first = first.text().await.unwrap();
    let again = send("a", body.clone()).await;
    assert_eq!((again.status(), &again.headers()["location"]), (status, &location));
    assert_eq!(again.headers()["idempotent-replayed"], "true");
    assert_eq!(again.text().await.unwrap(), first, "the very same bytes");
    assert_eq!(send("a", json!({ "url": "https://example.com/two" })).await.status(), 422);
    assert_eq!(send("b", json!({ "url": "http://10.0.0.1/" })).await.status(), 422);
    assert_eq!(
        send("b", body.clone()).await.status(),
        201,
        "what was refused may be mended under the same key"
    );
    let all = futures_util::future::join_all((0..8).map(|_| send("c", body.clone()))).await;
    let made = all.iter().filter(|it| it.status() == 201).count();
    assert!(made >= 1 && all.iter().all(|it| [201, 409].contains(&it.status().as_u16())));
    let hooks = read(server.get("/webhooks").send().await.unwrap()).await;
    assert_eq!(hooks["items"].as_array().unwrap().len(), 3, "a, b and c, each once");
}
