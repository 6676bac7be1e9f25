//! Needs, scans, answers and what is asked of them.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{Got, NEED, Server};

#[tokio::test]
async fn a_need_is_read_and_what_is_unclear_is_asked_back() {
    let server = Server::shared();
    let read = server.post("/api/v1/needs/read", &json!({ "text": NEED })).await;
    assert_eq!((read.status, read.text("/need/hs")), (200, "850511"));
    assert!(read.text("/sentence").contains("850511"));
    assert!(
        read.json["understood"].as_array().unwrap().iter().any(|it| it["text"] == "5 t"),
        "{}",
        read.json
    );
    let unclear =
        server.post("/api/v1/needs/read", &json!({ "text": "buy 5 t chairs to Birmingham in GBP" })).await;
    assert_eq!(unclear.status, 422);
    let candidates = unclear.json["candidates"].as_array().unwrap();
    assert!(candidates.iter().all(|it| it["write"].as_str().unwrap().starts_with("HS ")), "{}", unclear.json);
    server.post("/api/v1/needs/read", &json!({ "text": "" })).await.problem(422, "PRP-1811");
    server.post("/api/v1/needs/read", &json!({ "text": "a".repeat(2_001) })).await.problem(422, "PRP-2007");
    let zh = json!({ "text": "buy magnets" });
    let zh = server.post("/api/v1/needs/read?lang=zh", &zh).await;
    assert_eq!(zh.header("content-language"), "zh");
}

#[tokio::test]
async fn the_sample_is_answered_at_the_start_and_in_two_languages() {
    let server = Server::shared();
    let en = server.get("/api/v1/answers/sample").await;
    assert_eq!((en.status, en.json["sample"].as_bool()), (200, Some(true)));
    assert!(en.json["deals"]["plans"].as_array().unwrap().len() >= 5);
    assert!(en.json["books"].as_array().unwrap().iter().any(|it| it["name"] == "flows"));
    let zh = server.get("/api/v1/answers/sample?lang=zh").await;
    assert_eq!(zh.text("/names/economies/CN"), "中国");
    assert_ne!(zh.text("/deals/plans/0/labels/payment"), en.text("/deals/plans/0/labels/payment"));
    assert_eq!(
        zh.json["deals"]["plans"][0]["landed"], en.json["deals"]["plans"][0]["landed"],
        "figures stay"
    );
}

/// The weighted mean of the axes is the score, so that a page can rank anew without asking.
#[tokio::test]
async fn plans_can_be_ranked_anew_from_their_axes() {
    let answer = Server::shared().scan(&json!({ "text": NEED, "settings": { "shortlist": 40 } })).await;
    let wishes = &answer["deals"]["need"]["wishes"];
    let axes = ["cost", "arrival", "carbon", "resilience", "cash"];
    let weight = |axis: &str| wishes[axis].as_f64().unwrap();
    let total: f64 = axes.iter().map(|it| weight(it)).sum();
    for plan in answer["deals"]["plans"].as_array().unwrap() {
        let mean: f64 =
            axes.iter().map(|it| weight(it) * plan["axes"][it].as_f64().unwrap()).sum::<f64>() / total;
        assert!((mean - plan["score"].as_f64().unwrap()).abs() < 1e-9, "{}", plan["id"]);
    }
}

#[tokio::test]
async fn no_feasible_plan_is_an_answer_whose_relaxations_can_be_asked_at_once() {
    let server = Server::shared();
    let text = "buy 5 t HS 850511 to Birmingham DAP by 2026-11-30 in GBP, avoid Japan";
    let answer = server.scan(&json!({ "text": text })).await;
    assert_eq!(answer["deals"]["plans"].as_array().unwrap().len(), 0);
    let relaxations = answer["deals"]["relaxations"].as_array().unwrap();
    let later = relaxations.iter().find(|it| it["kind"] == "deadline").unwrap();
    let again = server.scan(&json!({ "need": later["need"] })).await;
    assert!(!again["deals"]["plans"].as_array().unwrap().is_empty(), "the relaxed need has a plan");
    assert_eq!(again["deals"]["need"], later["need"]);
}

#[tokio::test]
async fn the_same_question_has_the_same_answer_and_another_seed_another_hash() {
    let server = Server::shared();
    let ask = |seed: u64| json!({ "text": NEED, "seed": seed, "keep": false, "use_quotes": false });
    let (a, b, c) = (server.scan(&ask(7)).await, server.scan(&ask(7)).await, server.scan(&ask(8)).await);
    assert_eq!(a["deals"], b["deals"]);
    assert_ne!(a["deals"]["dossier"], c["deals"]["dossier"]);
    let id = a["id"].as_str().unwrap();
    assert_eq!(server.get(&format!("/api/v1/answers/{id}")).await.status, 404, "it was not to be kept");
}

#[tokio::test]
async fn an_answer_is_kept_looked_into_repeated_and_thrown_away() {
    let server = Server::shared();
    let answer = server.scan(&json!({ "text": NEED, "settings": { "shortlist": 12 } })).await;
    let id = answer["id"].as_str().unwrap();
    let at = |part: &str| format!("/api/v1/answers/{id}{part}");
    let kept = server.get(&at("")).await;
    assert_eq!(kept.json, answer, "the very same, from the store");
    let plan = answer["deals"]["plans"][0]["id"].as_str().unwrap();
    let one = server.get(&at(&format!("/plans/{}", plan.to_lowercase()))).await;
    assert_eq!(one.json["plan"], answer["deals"]["plans"][0]);
    server.get(&at("/plans/XX-sea-9")).await.problem(404, "PRP-1907");
    let drops = server.get(&at("/drops?reason=deadline&limit=500")).await;
    let counted: u64 =
        drops.json["items"].as_array().unwrap().iter().map(|it| it["count"].as_u64().unwrap()).sum();
    assert_eq!(Some(counted), answer["deals"]["counts"]["dropped"]["deadline"].as_u64(), "nothing vanishes");
    assert!(server.get(&at("/why-not?what=DE")).await.text("/text").len() > 20);
    let why = server.get(&at(&format!("/why?figure={plan}.landed"))).await;
    assert_eq!(why.json["items"][0]["figure"], "landed", "{}", why.json);
    let dossier = server.get(&at("/dossier")).await;
    assert_eq!(dossier.text("/schema"), "periplus.dossier/1");
    let verdict = server.post(&at("/verify"), &json!({})).await;
    assert_eq!(verdict.json["same"], true, "{}", verdict.json);
    assert_eq!(server.get(&at(&format!("/diff?to={id}"))).await.json["changes"], json!([]));
    assert_eq!(Got::of(server.request(Method::DELETE, &at(""))).await.status, 204);
    assert_eq!(server.get(&at("")).await.status, 404);
    assert_eq!(server.get(&at(&format!("/plans/{plan}"))).await.status, 404, "nor from what was kept ready");
}

#[tokio::test]
async fn the_map_has_real_sea_paths_that_begin_and_end_at_their_ports() {
    let server = Server::shared();
    let map = server.get("/api/v1/answers/sample/map").await;
    let answer = server.get("/api/v1/answers/sample").await;
    let legs = map.json["legs"].as_array().unwrap();
    assert!(!legs.is_empty());
    let mut sea = 0;
    for line in legs {
        let plans = answer.json["deals"]["plans"].as_array().unwrap();
        let plan = plans.iter().find(|it| it["id"] == line["plan"]).unwrap();
        let leg = &plan["legs"][line["leg"].as_u64().unwrap() as usize];
        let path = line["path"].as_array().unwrap();
        assert!((2..=200).contains(&path.len()));
        let near = |point: &Value, stop: &Value| {
            let off = |at: usize, name: &str| {
                (point[at].as_f64().unwrap() - stop["at"][name].as_f64().unwrap()).abs()
            };
            off(0, "lon") < 0.01 && off(1, "lat") < 0.01
        };
        assert!(near(&path[0], &leg["from"]) && near(&path[path.len() - 1], &leg["to"]), "{line}");
        sea += usize::from(line["mode"] == "sea" && path.len() > 10);
    }
    assert!(sea > 0, "ships do not sail straight over land");
}

#[tokio::test]
async fn plans_come_as_tables_in_every_format() {
    let server = Server::shared();
    for (format, begins) in
        [("csv", &b"rank,"[..]), ("xlsx", b"PK"), ("parquet", b"PAR1"), ("arrow", &[0xFF; 4])]
    {
        let got = server.get(&format!("/api/v1/answers/sample/plans?format={format}")).await;
        assert!(got.bytes.starts_with(begins), "{format}");
        assert!(got.header("content-disposition").contains(&format!("plans.{format}")), "{format}");
    }
    let accept = server.request(Method::GET, "/api/v1/answers/sample/plans").header("accept", "text/csv");
    assert_eq!(Got::of(accept).await.header("content-type"), "text/csv; charset=utf-8");
    let none = server.request(Method::GET, "/api/v1/answers/sample/plans").header("accept", "image/png");
    Got::of(none).await.problem(406, "PRP-2015");
    server.get("/api/v1/answers/sample/plans?format=docx").await.problem(400, "PRP-2003");
}

#[tokio::test]
async fn papers_come_as_page_pdf_and_workbook() {
    let server = Server::shared();
    for (format, begins) in [("html", &b"<!doctype html>"[..]), ("pdf", b"%PDF-"), ("xlsx", b"PK")] {
        let got = server.get(&format!("/api/v1/answers/sample/paper?format={format}")).await;
        assert_eq!(got.status, 200, "{format}");
        assert!(got.bytes.starts_with(begins), "{format}");
    }
    server.get("/api/v1/answers/sample/paper?plan=nothing").await.problem(404, "PRP-1907");
}

#[tokio::test]
async fn questions_that_need_no_plan() {
    let server = Server::shared();
    let places = server.get("/api/v1/places?q=%E4%B8%8A%E6%B5%B7").await;
    assert_eq!(places.text("/items/0/locode"), "CNSHA", "{}", places.json);
    assert_eq!(server.get("/api/v1/hs?q=850511").await.text("/items/0/code"), "850511");
    assert_eq!(server.get("/api/v1/explain/1203").await.text("/code"), "PRP-1203");
    server.get("/api/v1/explain/9999").await.problem(404, "PRP-2004");
    assert!(server.get("/api/v1/economies").await.json["items"].as_array().unwrap().len() > 200);
    let ways = server.get("/api/v1/routes?from=CNSHA&to=GBBHM&tonnes=5").await;
    let suez = server.get("/api/v1/routes?from=CNSHA&to=GBBHM&tonnes=5&shut=Suez").await;
    let uses = |it: &Got| it.json["options"].to_string().contains("Suez");
    assert!(uses(&ways) && !uses(&suez));
    assert_eq!(server.get("/api/v1/tariffs/GB/850511").await.status, 200);
    let consignment = json!({ "importer": "GB", "origin": "CN", "hs": "8505110090", "quantity": "5 t",
        "value": { "amount": "95000", "currency": "GBP" } });
    let duty = server.post("/api/v1/duties", &consignment).await;
    assert!(duty.json["lines"].as_array().unwrap().iter().any(|it| it["kind"] == "tax"), "{}", duty.json);
    let suppliers = server.get("/api/v1/markets/suppliers?hs=850511&importer=GB").await;
    assert_eq!(suppliers.text("/items/0/economy"), "CN");
    let price = server.get("/api/v1/markets/price?hs=850511&exporter=CN").await;
    assert!(price.json["band"]["usd_per_kg"]["mid"].as_f64().unwrap() > 1.0);
}

#[tokio::test]
async fn long_work_becomes_a_job_when_it_is_asked_for() {
    let server = Server::shared();
    let body = json!({ "text": NEED }).to_string();
    let request = server.request(Method::POST, "/api/v1/scans").header("prefer", "respond-async");
    let job = Got::of(request.header("content-type", "application/json").body(body)).await;
    assert_eq!(job.status, 202, "{}", job.json);
    let at = job.header("location").to_owned();
    let mut state = Value::Null;
    for _ in 0..600 {
        state = server.get(&at).await.json;
        if state["state"] == "done" {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    let href = state["result"]["href"].as_str().unwrap_or_else(|| panic!("{state}"));
    assert_eq!(server.get(href).await.status, 200);
}
