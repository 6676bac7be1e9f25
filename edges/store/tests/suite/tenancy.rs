//! One organisation attacks another: with every identifier it could have learned, through every method there is.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::{Value as Json, json};
use store::{
    AlertId, AnswerId, Answered, ApiKeyId, DealId, DealPatch, DealState, DealStep, DeliveryId, Error, Found,
    HookId, JobId, NeedId, NeedPatch, NewAnswer, NewJob, NewNeed, NewPaper, NewPerson, Page, PaperId,
    PersonId, PersonPatch, QuoteFilter, QuoteId, Reservation, Role, SheetId, Swept, Tenant, WatchId,
    WatchPatch, tables,
};

use crate::place::{Place, firm};
use crate::radar::{answer, new_deal, new_quote, new_watch};

crate::both! {
    no_method_reaches_another_organisation,
    references_cannot_point_into_another_organisation,
    every_table_is_filled,
}

/// What one organisation has: one of everything.
#[derive(Debug)]
pub(crate) struct Ids {
    pub(crate) answer: AnswerId,
    pub(crate) need: NeedId,
    pub(crate) deal: DealId,
    paper: PaperId,
    watch: WatchId,
    alert: AlertId,
    sheet: SheetId,
    quote: QuoteId,
    job: JobId,
    key: ApiKeyId,
    hook: HookId,
    delivery: DeliveryId,
    person: PersonId,
    holder: String,
}

pub(crate) async fn fill(tenant: &Tenant) -> Ids {
    let store = tenant.store();
    let name = tenant.who().organisation().to_string();
    let (hook, _) = tenant.add_hook("https://hooks.example/all", &[]).await.unwrap();
    let answer = answer(tenant).await;
    let need = NewNeed { text: format!("need of {name}"), title: None, answer_id: Some(answer.clone()) };
    let need = tenant.add_need(need).await.unwrap().id;
    let deal = tenant.add_deal(new_deal(&answer)).await.unwrap().id;
    let offered = DealStep::State { state: DealState::Offered, text: Some("sent".to_owned()) };
    tenant.add_deal_step(&deal, offered).await.unwrap();
    let paper = NewPaper {
        name: "a.pdf".to_owned(),
        media_type: "application/pdf".to_owned(),
        bytes: vec![0, 255, 7],
    };
    let paper = tenant.add_paper(&deal, paper).await.unwrap().id;
    let watch = tenant.add_watch(new_watch(&answer, "old")).await.unwrap().id;
    let all = store.watches_on("tariffs-eu", None, 100).await.unwrap();
    let swept = all.into_iter().find(|it| it.watch.id == watch).unwrap();
    let found = Found { kind: "order".to_owned(), before: json!(1), after: json!(2), delta: json!([]) };
    let swept = Swept { watch: swept, saved: None, rests_on: None, found: Some(found) };
    let alert = store.record_sweep("tariffs-eu", "e1", vec![swept]).await.unwrap()[0].id.clone();
    let sheet = tenant.add_sheet("prices.csv", b"a;b".to_vec(), Some(json!({"rows": 1}))).await.unwrap().id;
    tenant.map_sheet(&sheet, &json!({"price": "a"}), &json!({"rows": 1})).await.unwrap();
    let quote =
        tenant.accept_sheet(&sheet, vec![new_quote("Saigon Beans", "090111")]).await.unwrap()[0].clone();
    let job = NewJob { kind: "scan".to_owned(), input: json!({"of": name}), ..NewJob::default() };
    let job = tenant.add_job(job).await.unwrap().id;
    let (key, _) = tenant.add_api_key("ci", Role::Buyer, None).await.unwrap();
    tenant.set_setting("theme", &json!("dark")).await.unwrap();
    tenant.set_secret("bank", b"very secret").await.unwrap();
    let person = NewPerson {
        name: "Somebody".to_owned(),
        email: format!("somebody@{}.example", &name[name.len() - 12..]),
        role: Role::Buyer,
        password: None,
    };
    let person = tenant.add_person(person).await.unwrap().id;
    let Reservation::Mine(holder) = tenant.reserve_request("key", "hash").await.unwrap() else {
        panic!("held")
    };
    store.open_session(&person, tenant.who().organisation(), Duration::from_mins(1)).await.unwrap();
    let delivery = tenant.deliveries(&hook.id, &Page::default()).await.unwrap().items[0].id.clone();
    Ids {
        answer,
        need,
        deal,
        paper,
        watch,
        alert,
        sheet,
        quote,
        job,
        key: key.id,
        hook: hook.id,
        delivery,
        person,
        holder,
    }
}

/// What an attack got: nothing, or what is shown here.
#[derive(Debug)]
enum Got {
    Refused(Error),
    Value(Json),
}

fn got<T: std::fmt::Debug>(result: Result<T, Error>) -> Got {
    match result {
        Ok(value) => Got::Value(Json::from(format!("{value:?}"))),
        Err(error) => Got::Refused(error),
    }
}

/// Every method of `Tenant` that takes an identifier or gives a list, called with what belongs to another.
async fn attack(me: &Tenant, of: &Ids) -> Vec<(&'static str, Got)> {
    let page = Page::default();
    let step = || DealStep::Note { text: "mine now".to_owned() };
    let paper = || NewPaper { name: "x".to_owned(), media_type: "text/plain".to_owned(), bytes: vec![1] };
    let need = NewNeed { text: "x".to_owned(), title: None, answer_id: Some(of.answer.clone()) };
    let patch =
        PersonPatch { role: Some(Role::Viewer), name: Some("x".to_owned()), ..PersonPatch::default() };
    let answered = || Answered { status: 200, headers: json!({}), body: vec![] };
    let taken = NewAnswer { id: Some(of.answer.clone()), ..NewAnswer::default() };
    let search = QuoteFilter { sheet: Some(of.sheet.clone()), ..QuoteFilter::default() };
    let saw = tokio::time::timeout(Duration::from_secs(5), me.events_after(0, 1000)).await.unwrap();
    vec![
        ("answer", got(me.answer(&of.answer).await)),
        ("answer_body", got(me.answer_body(&of.answer).await)),
        ("answer_dossier", got(me.answer_dossier(&of.answer).await)),
        ("delete_answer", got(me.delete_answer(&of.answer).await)),
        ("answers", got(me.answers(&page).await)),
        ("sample_answer", got(me.sample_answer().await)),
        ("add_need", got(me.add_need(need).await)),
        ("needs", got(me.needs(None, &page).await)),
        ("need", got(me.need(&of.need).await)),
        ("update_need", got(me.update_need(&of.need, 1, NeedPatch::default()).await)),
        ("delete_need", got(me.delete_need(&of.need).await)),
        ("add_deal", got(me.add_deal(new_deal(&of.answer)).await)),
        ("deals", got(me.deals(None, &page).await)),
        ("deal", got(me.deal(&of.deal).await)),
        ("deal_plan", got(me.deal_plan(&of.deal).await)),
        ("update_deal", got(me.update_deal(&of.deal, 2, DealPatch::default()).await)),
        ("add_deal_step", got(me.add_deal_step(&of.deal, step()).await)),
        ("deal_history", got(me.deal_history(&of.deal, &page).await)),
        ("add_paper", got(me.add_paper(&of.deal, paper()).await)),
        ("papers", got(me.papers(&of.deal).await)),
        ("paper", got(me.paper(&of.deal, &of.paper).await)),
        ("add_watch", got(me.add_watch(new_watch(&of.answer, "x")).await)),
        ("watches", got(me.watches(&page).await)),
        ("watch", got(me.watch(&of.watch).await)),
        ("update_watch", got(me.update_watch(&of.watch, 1, WatchPatch::default()).await)),
        ("delete_watch", got(me.delete_watch(&of.watch).await)),
        ("alerts", got(me.alerts(false, Some(&of.watch), &page).await)),
        ("alert", got(me.alert(&of.alert).await)),
        ("see_alert", got(me.see_alert(&of.alert).await)),
        ("sheets", got(me.sheets(&page).await)),
        ("sheet", got(me.sheet(&of.sheet).await)),
        ("sheet_bytes", got(me.sheet_bytes(&of.sheet).await)),
        ("map_sheet", got(me.map_sheet(&of.sheet, &json!({}), &json!({})).await)),
        ("accept_sheet", got(me.accept_sheet(&of.sheet, vec![new_quote("Mallory", "0901")]).await)),
        ("quotes", got(me.quotes(&search, &page).await)),
        ("quotes_for_scan", got(me.quotes_for_scan("090111").await)),
        ("quote", got(me.quote(&of.quote).await)),
        ("update_quote", got(me.update_quote(&of.quote, 1, new_quote("Mallory", "0901")).await)),
        ("delete_quote", got(me.delete_quote(&of.quote).await)),
        ("suppliers", got(me.suppliers(&page).await)),
        ("jobs", got(me.jobs(None, &page).await)),
        ("job", got(me.job(&of.job).await)),
        ("cancel_job", got(me.cancel_job(&of.job).await)),
        ("api_keys", got(me.api_keys(&page).await)),
        ("delete_api_key", got(me.delete_api_key(&of.key).await)),
        ("hooks", got(me.hooks(&page).await)),
        ("hook", got(me.hook(&of.hook).await)),
        ("delete_hook", got(me.delete_hook(&of.hook).await)),
        ("deliveries", got(me.deliveries(&of.hook, &page).await)),
        ("dead_deliveries", got(me.dead_deliveries(&page).await)),
        ("delivery_payload", got(me.delivery_payload(&of.delivery).await)),
        ("retry_delivery", got(me.retry_delivery(&of.delivery).await)),
        ("people", got(me.people(&Page::search("somebody")).await)),
        ("person", got(me.person(&of.person).await)),
        ("update_person", got(me.update_person(&of.person, patch).await)),
        ("set_password", got(me.set_password(&of.person, "a very fine password").await)),
        ("remove_person", got(me.remove_person(&of.person).await)),
        ("erase_person", got(me.erase_person(&of.person).await)),
        ("finish_request", got(me.finish_request("key", &of.holder, answered()).await)),
        ("abandon_request", got(me.abandon_request("key", &of.holder).await)),
        ("settings", got(me.settings().await)),
        ("setting", got(me.setting("theme").await)),
        ("secret", got(me.secret("bank").await)),
        ("secret_names", got(me.secret_names().await)),
        ("delete_secret", got(me.delete_secret("bank").await)),
        ("audit", got(me.audit(&Page { limit: 500, ..Page::default() }).await)),
        ("events_after", got(saw)),
        ("export_page", got(me.export_page("needs", None).await)),
        ("organisation", got(me.organisation().await)),
        ("erase_organisation", got(me.erase_organisation("Local").await)),
        // Last: the attacker now has an answer of its own that is named like the victim's, and that is all.
        ("add_answer", got(me.add_answer(taken).await.map(|row| row.plans))),
    ]
}

/// Take nothing that could be another's: they make something new, or change what is named by a name of one's own.
const HARMLESS: &[&str] = &[
    "add_api_key",
    "add_hook",
    "add_job",
    "add_person",
    "add_quote",
    "add_sheet",
    "rename_organisation",
    "reserve_request",
    "set_secret",
    "set_setting",
];

/// The rows of one organisation, and nothing else.
fn rows_of(dump: &std::collections::BTreeMap<String, Vec<Json>>, organisation: &str) -> Vec<(String, Json)> {
    dump.iter()
        .flat_map(|(table, rows)| rows.iter().map(move |row| (table.clone(), row.clone())))
        .filter(|(_, row)| row.as_array().unwrap().iter().any(|it| it == organisation))
        .collect()
}

async fn no_method_reaches_another_organisation(place: Place) {
    let store = place.open().await;
    let victim = store.tenant(&store.local().await.unwrap());
    let attacker = store.tenant(&firm(&store, "Mallory").await);
    let ids = fill(&victim).await;
    let id = victim.who().organisation().as_str();
    let before = rows_of(&place.dump(&store).await, id);
    let attacks = attack(&attacker, &ids).await;
    assert_eq!(rows_of(&place.dump(&store).await, id), before, "nothing of the victim was changed");
    let secrets = format!("{ids:?}");
    let secrets: Vec<_> = secrets.split('"').skip(1).step_by(2).collect();
    assert_eq!(secrets.len(), 14);
    for (method, got) in &attacks {
        match got {
            Got::Refused(error) => {
                assert!(matches!(error.code(), "PRP-2101" | "PRP-2105"), "{method}: {error}");
                let word = error.to_string();
                assert!(!word.contains("changed by somebody"), "{method} tells that it is there: {word}");
            }
            // A list may be empty, or hold what is one's own.
            Got::Value(value) => {
                let shown = value.as_str().unwrap();
                assert!(!shown.contains(id), "{method} shows the victim: {shown}");
                let leaked: Vec<_> = secrets.iter().filter(|it| shown.contains(**it)).collect();
                assert!(leaked.is_empty(), "{method} shows {leaked:?}: {shown}");
                assert!(!shown.contains("very secret") && !shown.contains("Saigon"), "{method}: {shown}");
            }
        }
    }
    let tried: BTreeSet<_> =
        attacks.iter().map(|(method, _)| *method).chain(HARMLESS.iter().copied()).collect();
    assert_eq!(tried, methods().iter().map(String::as_str).collect(), "every method of Tenant is tried");
}

/// The public methods of `Tenant`, read from its source.
fn methods() -> BTreeSet<String> {
    let dir = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tenant");
    let mut found = BTreeSet::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        for line in text.lines() {
            let Some(rest) = line.trim_start().strip_prefix("pub async fn ") else { continue };
            found.insert(rest.split(['(', '<']).next().unwrap().to_owned());
        }
        // Statements begin in `scope`; what is written here by hand touches tables of the instance alone.
        for verb in ["SELECT ", "UPDATE ", "DELETE FROM ", "INSERT INTO "] {
            for (at, _) in text.match_indices(verb) {
                let statement: String = text[at..].chars().take(120).collect();
                let owned = tables().iter().filter(|it| it.owner == store::Owner::Tenant);
                let named: Vec<_> = owned
                    .filter(|it| {
                        statement.contains(&format!("FROM {} ", it.name))
                            || statement.contains(&format!("UPDATE {} ", it.name))
                    })
                    .map(|it| it.name)
                    .collect();
                let known = ["memberships", "sessions", "audit"];
                assert!(named.iter().all(|it| known.contains(it)), "{named:?} without a scope: {statement}");
            }
        }
    }
    found
}

async fn references_cannot_point_into_another_organisation(place: Place) {
    let store = place.open().await;
    fill(&store.tenant(&store.local().await.unwrap())).await;
    fill(&store.tenant(&firm(&store, "Other").await)).await;
    // Even past the store: the keys begin with the organisation, so the database refuses to move a row's parent away.
    for crossing in [
        "UPDATE needs SET organisation = 'instance'",
        "UPDATE deals SET organisation = 'instance'",
        "UPDATE deal_papers SET organisation = 'instance'",
        "UPDATE alerts SET organisation = 'instance'",
        "UPDATE quotes SET organisation = 'instance'",
        "UPDATE deliveries SET organisation = 'instance'",
        "UPDATE sessions SET organisation = 'instance'",
        "UPDATE watches SET organisation = 'instance'",
        "UPDATE settings SET organisation = 'nowhere', name = organisation",
    ] {
        let error = place.raw(crossing).await.unwrap_err().to_string();
        assert!(
            error.to_lowercase().contains("foreign key") || error.contains("violates"),
            "{crossing}: {error}"
        );
    }
}

async fn every_table_is_filled(place: Place) {
    let store = place.open().await;
    fill(&store.tenant(&firm(&store, "Acme").await)).await;
    let dump = place.dump(&store).await;
    for table in tables().iter().filter(|it| !matches!(it.name, "sessions" | "oidc_logins")) {
        assert!(dump.contains_key(table.name), "the attack and backup tests see no row of {}", table.name);
    }
}
