//! Needs, answers, deals, watches, quotes: what a person of a firm does with them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;
use store::{
    AnswerId, Answered, DealPatch, DealState, DealStep, EventKind, NeedPatch, NeedState, NewAnswer, NewDeal,
    NewNeed, NewPaper, NewQuote, NewWatch, Page, QuoteFilter, Reservation, SheetState, Tenant, WatchPatch,
    steps,
};

use crate::place::Place;

crate::both! {
    answers_are_kept_whole,
    needs_change_by_version,
    deals_take_legal_steps_only,
    papers_are_kept_byte_for_byte,
    watches_and_quotes,
    requests_are_done_once,
    pages_neither_skip_nor_repeat,
    pages_hold_while_rows_come_and_go,
    settings_and_secrets,
}

pub(crate) async fn answer(tenant: &Tenant) -> AnswerId {
    let body = json!({"plans": [1, 2, 3], "of": "an answer"}).to_string().into_bytes();
    let dossier = json!({"offers": vec![7; 1000]}).to_string().into_bytes();
    let new = NewAnswer {
        text: "buy 20 t of coffee to Hamburg".to_owned(),
        sentence: "Buy 20 t of coffee, delivered to Hamburg".to_owned(),
        plans: 3,
        best: Some(json!({"id": "p1", "landed": "12.50 EUR"})),
        body,
        dossier,
        ..NewAnswer::default()
    };
    tenant.add_answer(new).await.unwrap().id
}

pub(crate) fn new_deal(answer: &AnswerId) -> NewDeal {
    NewDeal {
        title: "Coffee for Hamburg".to_owned(),
        answer_id: answer.clone(),
        plan_id: "p1".to_owned(),
        plan: json!({"id": "p1", "total": "12.50"}),
        dates: Some(json!({"deadline": "2026-12-01"})),
        people: Some(json!([{"name": "Amina", "role": "supplier"}])),
    }
}

pub(crate) fn new_watch(answer: &AnswerId, print: &str) -> NewWatch {
    NewWatch {
        title: "Coffee".to_owned(),
        answer_id: answer.clone(),
        plan_id: Some("p1".to_owned()),
        saved: json!({"order": ["p1", "p2"]}),
        rests_on: BTreeMap::from([
            ("tariffs-eu".to_owned(), print.to_owned()),
            ("rates".to_owned(), "r1".to_owned()),
        ]),
    }
}

pub(crate) fn new_quote(supplier: &str, hs: &str) -> NewQuote {
    NewQuote {
        hs: hs.to_owned(),
        supplier: supplier.to_owned(),
        economy: "VN".to_owned(),
        quote: json!({"price": "3.20 USD/kg", "product": "Robusta, grade 1"}),
    }
}

async fn answers_are_kept_whole(place: Place) {
    let store = place.open().await;
    let tenant = store.tenant(&store.local().await.unwrap());
    let id = answer(&tenant).await;
    let row = tenant.answer(&id).await.unwrap();
    assert_eq!((row.plans, row.sample), (3, false));
    assert_eq!(row.best.unwrap()["landed"], "12.50 EUR");
    let body: serde_json::Value = serde_json::from_slice(&tenant.answer_body(&id).await.unwrap()).unwrap();
    assert_eq!(body["plans"], json!([1, 2, 3]));
    let dossier = tenant.answer_dossier(&id).await.unwrap();
    assert_eq!(
        serde_json::from_slice::<serde_json::Value>(&dossier).unwrap()["offers"].as_array().unwrap().len(),
        1000
    );
    let found = tenant.answers(&Page::search("HAMBURG coffee")).await.unwrap();
    assert_eq!((found.items.len(), found.total), (1, Some(1)));
    for nothing in ["hamburg tea", "100%", "_____", "\u{1f600}"] {
        assert!(tenant.answers(&Page::search(nothing)).await.unwrap().items.is_empty(), "{nothing}");
    }
    let twice = NewAnswer { id: Some(id.clone()), ..NewAnswer::default() };
    assert_eq!(tenant.add_answer(twice).await.unwrap_err().code(), "PRP-2103");
    assert!(tenant.sample_answer().await.unwrap().is_none());

    let need = NewNeed { text: "coffee".to_owned(), answer_id: Some(id.clone()), ..NewNeed::default() };
    let need = tenant.add_need(need).await.unwrap();
    let watch = tenant.add_watch(new_watch(&id, "a")).await.unwrap();
    assert_eq!(tenant.delete_answer(&id).await.unwrap_err().code(), "PRP-2107");
    assert_eq!(
        tenant.need(&need.id).await.unwrap().answer_id,
        Some(id.clone()),
        "what was refused left nothing"
    );
    tenant.delete_watch(&watch.id).await.unwrap();
    tenant.delete_answer(&id).await.unwrap();
    assert_eq!(tenant.need(&need.id).await.unwrap().answer_id, None);
    assert_eq!(tenant.answer_body(&id).await.unwrap_err().code(), "PRP-2101");
    assert!(store.audit_verify().await.unwrap().ok);
}

async fn needs_change_by_version(place: Place) {
    let store = place.open().await;
    let tenant = store.tenant(&store.local().await.unwrap());
    let need = tenant
        .add_need(NewNeed { text: "买二十吨咖啡\nto Hamburg".to_owned(), ..NewNeed::default() })
        .await
        .unwrap();
    assert_eq!((need.title.as_str(), need.state, need.version), ("买二十吨咖啡", NeedState::Open, 1));
    assert_eq!(tenant.needs(None, &Page::search("二十吨")).await.unwrap().items.len(), 1);
    let drop_it = || NeedPatch { state: Some(NeedState::Dropped), ..NeedPatch::default() };
    let changed = tenant.update_need(&need.id, 1, drop_it()).await.unwrap();
    assert_eq!((changed.version, changed.state), (2, NeedState::Dropped));
    assert_eq!(tenant.update_need(&need.id, 1, drop_it()).await.unwrap_err().code(), "PRP-2102");
    let nowhere = NeedPatch { answer_id: Some(AnswerId::new()), ..NeedPatch::default() };
    assert_eq!(tenant.update_need(&need.id, 2, nowhere).await.unwrap_err().code(), "PRP-2101");
    assert!(tenant.needs(Some(NeedState::Open), &Page::default()).await.unwrap().items.is_empty());
    for (text, title) in
        [("x".repeat(30_000), None), ("x".to_owned(), Some(String::new())), ("a\0b".to_owned(), None)]
    {
        let bad = NewNeed { text, title, answer_id: None };
        assert_eq!(tenant.add_need(bad).await.unwrap_err().code(), "PRP-2105");
    }
    tenant.delete_need(&need.id).await.unwrap();
    assert_eq!(tenant.delete_need(&need.id).await.unwrap_err().code(), "PRP-2101");
}

async fn deals_take_legal_steps_only(place: Place) {
    let store = place.open().await;
    let tenant = store.tenant(&store.local().await.unwrap());
    let answer = answer(&tenant).await;
    let deal = tenant.add_deal(new_deal(&answer)).await.unwrap();
    assert_eq!(tenant.deal_plan(&deal.id).await.unwrap()["total"], "12.50");
    let step = |state| DealStep::State { state, text: None };
    for state in DealState::ALL {
        if steps(DealState::Draft).contains(state) {
            continue;
        }
        let refused = tenant.add_deal_step(&deal.id, step(*state)).await.unwrap_err();
        assert_eq!(refused.code(), "PRP-2106", "{state}");
        assert!(refused.to_string().contains("offered, cancelled"), "{refused}");
    }
    let life = ["offered", "agreed", "shipped", "cleared", "paid", "closed"];
    for state in life {
        tenant.add_deal_step(&deal.id, step(DealState::parse(state).unwrap())).await.unwrap();
    }
    tenant.add_deal_step(&deal.id, DealStep::Note { text: "all well".to_owned() }).await.unwrap();
    let person =
        DealStep::Person { name: "Li Wei".to_owned(), role: Some("forwarder".to_owned()), contact: None };
    tenant.add_deal_step(&deal.id, person).await.unwrap();
    let date = DealStep::Date { name: "loading".to_owned(), date: "2026-11-30".parse().unwrap(), text: None };
    let after = tenant.add_deal_step(&deal.id, date).await.unwrap();
    assert_eq!(after.dates, json!({"deadline": "2026-12-01", "loading": "2026-11-30"}));
    assert_eq!(after.people.as_array().unwrap().len(), 2);
    assert_eq!(tenant.deals(None, &Page::search("li wei")).await.unwrap().items.len(), 1);
    assert_eq!(tenant.deals(Some(DealState::Closed), &Page::default()).await.unwrap().items.len(), 1);
    let patch = DealPatch { title: Some("Coffee, done".to_owned()), ..DealPatch::default() };
    assert_eq!(tenant.update_deal(&deal.id, 1, patch.clone()).await.unwrap_err().code(), "PRP-2102");
    tenant.update_deal(&deal.id, after.version, patch).await.unwrap();
    let history = tenant.deal_history(&deal.id, &Page::default()).await.unwrap();
    let kinds: Vec<_> = history.items.iter().rev().map(|it| it.kind.as_str()).collect();
    let mut expected = vec!["state"; 7];
    expected.extend(["note", "person", "date", "title"]);
    assert_eq!(kinds, expected);
}

async fn papers_are_kept_byte_for_byte(place: Place) {
    let store = place.open().await;
    let tenant = store.tenant(&store.local().await.unwrap());
    let answer = answer(&tenant).await;
    let deal = tenant.add_deal(new_deal(&answer)).await.unwrap();
    let bytes: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    let new =
        |bytes| NewPaper { name: "invoice.pdf".to_owned(), media_type: "application/pdf".to_owned(), bytes };
    let paper = tenant.add_paper(&deal.id, new(bytes.clone())).await.unwrap();
    let (found, read) = tenant.paper(&deal.id, &paper.id).await.unwrap();
    assert_eq!((found.sha256.as_str(), found.size), (paper.sha256.as_str(), 100_000));
    assert!(read == bytes);
    let other = tenant.add_deal(new_deal(&answer)).await.unwrap();
    assert_eq!(tenant.paper(&other.id, &paper.id).await.unwrap_err().code(), "PRP-2101");
    let big = vec![0; 20 * 1024 * 1024 + 1];
    assert_eq!(tenant.add_paper(&deal.id, new(big)).await.unwrap_err().code(), "PRP-2109");
    assert_eq!(tenant.papers(&deal.id).await.unwrap(), [paper]);
}

async fn watches_and_quotes(place: Place) {
    let store = place.open().await;
    let tenant = store.tenant(&store.local().await.unwrap());
    let answer = answer(&tenant).await;
    let watch = tenant.add_watch(new_watch(&answer, "a")).await.unwrap();
    let pause = WatchPatch { paused: Some(true), ..WatchPatch::default() };
    let paused = tenant.update_watch(&watch.id, 1, pause).await.unwrap();
    assert!(paused.paused && paused.rests_on["rates"] == "r1");
    assert!(
        store.watches_on("tariffs-eu", None, 100).await.unwrap().is_empty(),
        "a paused watch is not swept"
    );

    let sheet = tenant.add_sheet("prices.csv", b"a,b\n1,2\n".to_vec(), None).await.unwrap();
    assert_eq!(tenant.sheet_bytes(&sheet.id).await.unwrap(), b"a,b\n1,2\n");
    let mapped = tenant.map_sheet(&sheet.id, &json!({"price": "a"}), &json!({"rows": 1})).await.unwrap();
    assert_eq!((mapped.state, mapped.version), (SheetState::Mapped, 2));
    let lines =
        (0..1_200).map(|at| new_quote(if at % 2 == 0 { "Saigon Beans" } else { "Đắk Lắk Co" }, "090111"));
    assert_eq!(tenant.accept_sheet(&sheet.id, lines.collect()).await.unwrap().len(), 1_200);
    assert_eq!(tenant.accept_sheet(&sheet.id, vec![]).await.unwrap_err().code(), "PRP-2105");
    let alone = tenant.add_quote(new_quote("Saigon Beans", "0902")).await.unwrap();
    let suppliers = tenant.suppliers(&Page::default()).await.unwrap().items;
    let names: Vec<_> = suppliers.iter().map(|it| (it.name.as_str(), it.quotes, it.hs.len())).collect();
    assert_eq!(names, [("Saigon Beans", 601, 2), ("Đắk Lắk Co", 600, 1)]);
    let filter = QuoteFilter { hs: Some("0902".to_owned()), ..QuoteFilter::default() };
    assert_eq!(tenant.quotes(&filter, &Page::default()).await.unwrap().items, std::slice::from_ref(&alone));
    assert_eq!(tenant.quotes_for_scan("090111").await.unwrap().len(), 1_200);
    let changed = tenant.update_quote(&alone.id, 1, new_quote("Hue Tea", "0902")).await.unwrap();
    assert_eq!((changed.version, changed.supplier.as_str()), (2, "Hue Tea"));
    tenant.delete_quote(&alone.id).await.unwrap();
    assert_eq!(tenant.quote(&alone.id).await.unwrap_err().code(), "PRP-2101");
    assert_eq!(
        tenant.update_quote(&alone.id, 2, new_quote("x", "0902")).await.unwrap_err().code(),
        "PRP-2101"
    );
    assert_eq!(
        tenant.quotes(&QuoteFilter::default(), &Page::search("đắk robusta")).await.unwrap().total,
        Some(600)
    );
}

async fn requests_are_done_once(place: Place) {
    let store = place.open().await;
    let tenant = store.tenant(&store.local().await.unwrap());
    let Reservation::Mine(holder) = tenant.reserve_request("k1", "h1").await.unwrap() else {
        panic!("not mine")
    };
    assert_eq!(tenant.reserve_request("k1", "h1").await.unwrap(), Reservation::UnderWay);
    assert_eq!(tenant.reserve_request("k1", "h2").await.unwrap(), Reservation::Differs);
    let answered = Answered { status: 201, headers: json!({"location": "/x"}), body: b"{}".to_vec() };
    assert!(tenant.finish_request("k1", "somebody", answered.clone()).await.is_err());
    tenant.finish_request("k1", &holder, answered.clone()).await.unwrap();
    assert_eq!(tenant.reserve_request("k1", "h1").await.unwrap(), Reservation::Done(answered));
    let Reservation::Mine(holder) = tenant.reserve_request("k2", "h1").await.unwrap() else {
        panic!("not mine")
    };
    tenant.abandon_request("k2", &holder).await.unwrap();
    assert!(matches!(tenant.reserve_request("k2", "h9").await.unwrap(), Reservation::Mine(_)));
}

async fn pages_neither_skip_nor_repeat(place: Place) {
    let store = place.open().await;
    let tenant = store.tenant(&store.local().await.unwrap());
    let mut made = BTreeSet::new();
    for at in 0..57 {
        let text = format!("need {at}{}", if at % 3 == 0 { " odd" } else { "" });
        made.insert(tenant.add_need(NewNeed { text, ..NewNeed::default() }).await.unwrap().id);
    }
    for limit in [1, 2, 7, 19, 56, 57, 58, 500] {
        let (mut page, mut seen) = (Page::first(limit), Vec::new());
        loop {
            let got = tenant.needs(None, &page).await.unwrap();
            assert_eq!(got.total.is_some(), page.cursor.is_none());
            seen.extend(got.items.into_iter().map(|it| it.id));
            let Some(next) = got.next else { break };
            // What is added meanwhile is newer than the cursor and does not disturb.
            let late = NewNeed { text: "late".to_owned(), ..NewNeed::default() };
            let late = tenant.add_need(late).await.unwrap().id;
            tenant.delete_need(&late).await.unwrap();
            page = page.after(next);
        }
        assert!(seen.is_sorted_by(|a, b| a > b), "newest first");
        assert_eq!(seen.into_iter().collect::<BTreeSet<_>>(), made, "limit {limit}");
    }
    assert_eq!(tenant.needs(None, &Page { limit: 5, ..Page::search("odd") }).await.unwrap().total, Some(19));
    for cursor in ["'; DROP TABLE needs; --", "", "ZZZ", "%"] {
        let page = Page::default().after(cursor);
        assert_eq!(tenant.needs(None, &page).await.unwrap_err().code(), "PRP-2118", "{cursor}");
    }
}

/// A property: whatever the page size, and whatever is added and deleted between pages, every row that was there
/// from the first page to the last is seen once.
async fn pages_hold_while_rows_come_and_go(place: Place) {
    use proptest::prelude::*;
    use proptest::test_runner::{Config, TestRunner};
    let store = place.open().await;
    let tenant = store.tenant(&store.local().await.unwrap());
    let handle = tokio::runtime::Handle::current();
    let cases = (1_u32..9, 0_usize..24, proptest::collection::vec((any::<bool>(), 0_usize..24), 0..24));
    tokio::task::block_in_place(|| {
        let mut runner =
            TestRunner::new(Config { cases: 16, failure_persistence: None, ..Config::default() });
        let run = |(limit, rows, between): (u32, usize, Vec<(bool, usize)>)| {
            prop_assert_eq!(handle.block_on(walk(&tenant, limit, rows, between)), (true, true));
            Ok(())
        };
        runner.run(&cases, run).unwrap();
    });
}

/// Whether every row was seen at most once, and every row that stayed at least once.
async fn walk(tenant: &Tenant, limit: u32, rows: usize, between: Vec<(bool, usize)>) -> (bool, bool) {
    let add = || tenant.add_need(NewNeed { text: "row".to_owned(), ..NewNeed::default() });
    let mut made = Vec::new();
    for _ in 0..rows {
        made.push(add().await.unwrap().id);
    }
    let (mut stays, mut seen): (BTreeSet<_>, Vec<_>) = (made.iter().cloned().collect(), Vec::new());
    let (mut page, mut between) = (Page::first(limit), between.into_iter());
    loop {
        let got = tenant.needs(None, &page).await.unwrap();
        seen.extend(got.items.into_iter().map(|it| it.id));
        let Some(next) = got.next else { break };
        page = page.after(next);
        match between.next() {
            Some((true, _)) => drop(add().await.unwrap()),
            Some((false, at)) if at < made.len() && stays.remove(&made[at]) => {
                tenant.delete_need(&made[at]).await.unwrap();
            }
            _ => {}
        }
    }
    let once = seen.iter().collect::<BTreeSet<_>>().len() == seen.len();
    let all = stays.iter().all(|it| seen.contains(it));
    for left in tenant.needs(None, &Page::first(500)).await.unwrap().items {
        tenant.delete_need(&left.id).await.unwrap();
    }
    (once, all)
}

async fn settings_and_secrets(place: Place) {
    let store = place.open().await;
    let tenant = store.tenant(&store.local().await.unwrap());
    tenant.set_setting("theme", &json!({"dark": true})).await.unwrap();
    tenant.set_setting("theme", &json!("light")).await.unwrap();
    assert_eq!(tenant.setting("theme").await.unwrap(), Some(json!("light")));
    assert_eq!(tenant.settings().await.unwrap().len(), 1);
    tenant.set_secret("bank.token", b"very secret").await.unwrap();
    assert_eq!(tenant.secret("bank.token").await.unwrap().unwrap(), b"very secret");
    assert_eq!(tenant.secret_names().await.unwrap(), ["bank.token"]);
    assert!(tenant.set_secret("a b", b"x").await.is_err());
    tenant.delete_secret("bank.token").await.unwrap();
    assert!(tenant.secret("bank.token").await.unwrap().is_none());
    let (hook, secret) = tenant.add_hook("https://hooks.example/x", &[EventKind::Deal]).await.unwrap();
    assert!(secret.starts_with("pps_"));
    assert_eq!(tenant.hooks(&Page::default()).await.unwrap().items, [hook]);
}
