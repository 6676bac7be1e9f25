//! The audit trail is append-only and chained; what is exported is one's own; what is erased is gone.

use serde_json::Value as Json;
use store::{EXPORTED, Page, Role, tables};

use crate::place::{Place, firm};
use crate::tenancy::fill;

crate::both! {
    the_trail_refuses_and_shows_changes,
    every_write_leaves_a_trace,
    export_gives_all_and_only_what_is_mine,
    an_organisation_is_erased_and_the_chain_holds,
    a_person_is_erased,
    the_local_organisation_comes_back_after_erasure,
}

async fn the_trail_refuses_and_shows_changes(place: Place) {
    let store = place.open().await;
    fill(&store.tenant(&store.local().await.unwrap())).await;
    let good = store.audit_verify().await.unwrap();
    assert!(good.ok && good.entries > 10, "{good:?}");
    let head = store.audit_head().await.unwrap();
    assert_eq!(head.seq, good.entries);
    for refused in [
        "UPDATE audit SET who = 'nobody' WHERE seq = 3",
        "DELETE FROM audit WHERE seq = 3",
        "UPDATE audit_details SET details = '{}' WHERE seq = 3",
        "UPDATE deal_events SET body = '{}'",
        "DELETE FROM deal_events",
    ] {
        let error = place.raw(refused).await.unwrap_err().to_string();
        assert!(error.contains("append-only"), "{refused}: {error}");
    }
    assert_eq!(store.audit_verify().await.unwrap(), good);
    let unlock = if place.postgres {
        "ALTER TABLE audit DISABLE TRIGGER USER; ALTER TABLE audit_details DISABLE TRIGGER USER;"
    } else {
        "DROP TRIGGER audit_keeps; DROP TRIGGER audit_stays; DROP TRIGGER audit_details_keep;"
    };
    place.raw(unlock).await.unwrap();
    for (tamper, mend, seq) in [
        (
            "UPDATE audit SET who = who || 'x' WHERE seq = 5",
            "UPDATE audit SET who = substr(who, 1, length(who) - 1) WHERE seq = 5",
            5,
        ),
        ("UPDATE audit SET at = at + 1 WHERE seq = 7", "UPDATE audit SET at = at - 1 WHERE seq = 7", 7),
        (
            "UPDATE audit_details SET details = details || ' ' WHERE seq = 4",
            "UPDATE audit_details SET details = rtrim(details) WHERE seq = 4",
            4,
        ),
        ("UPDATE audit SET seq = 100000 WHERE seq = 6", "UPDATE audit SET seq = 6 WHERE seq = 100000", 7),
        (
            "UPDATE audit_details SET seq = 100000 WHERE seq = 8",
            "UPDATE audit_details SET seq = 8 WHERE seq = 100000",
            8,
        ),
        ("UPDATE heads SET hash = 'x' || hash", "UPDATE heads SET hash = substr(hash, 2)", good.entries + 1),
    ] {
        place.raw(tamper).await.unwrap();
        let bad = store.audit_verify().await.unwrap();
        assert_eq!((bad.ok, bad.first_bad.map(|it| it.seq)), (false, Some(seq)), "{tamper}");
        place.raw(mend).await.unwrap();
    }
    assert_eq!(store.audit_verify().await.unwrap(), good);
    place.raw("DELETE FROM audit WHERE seq = (SELECT MAX(seq) FROM audit)").await.unwrap();
    let cut = store.audit_verify().await.unwrap();
    assert_eq!(cut.first_bad.unwrap().seq, good.entries, "what is cut off at the end is missed");
}

async fn every_write_leaves_a_trace(place: Place) {
    let store = place.open().await;
    let tenant = store.tenant(&store.local().await.unwrap());
    fill(&tenant).await;
    let mut entries = Vec::new();
    let mut page = Page::first(7);
    loop {
        let got = tenant.audit(&page).await.unwrap();
        entries.extend(got.items);
        let Some(next) = got.next else { break };
        page = page.after(next);
    }
    assert_eq!(entries.len() as i64, store.audit_head().await.unwrap().seq);
    assert!(entries.iter().map(|it| it.seq).is_sorted_by(|a, b| a == &(b + 1)));
    assert!(entries.windows(2).all(|pair| pair[0].previous == pair[1].hash), "each names the one before");
    for what in [
        "answer.added",
        "need.added",
        "deal.added",
        "deal.stepped",
        "deal.paper-added",
        "watch.added",
        "quote-sheet.accepted",
        "key.added",
        "setting.set",
        "secret.set",
        "webhook.added",
        "job.added",
        "person.added",
    ] {
        assert!(entries.iter().any(|it| it.what == what), "{what}");
    }
    let me = tenant.who().trace();
    assert!(entries.iter().filter(|it| it.what.starts_with("deal.")).all(|it| it.who == me));
    assert_eq!(tenant.audit(&Page::default().after("x")).await.unwrap_err().code(), "PRP-2118");
}

async fn export_gives_all_and_only_what_is_mine(place: Place) {
    let store = place.open().await;
    let mine = store.tenant(&store.local().await.unwrap());
    let other = store.tenant(&firm(&store, "Other").await);
    let (_, theirs) = (fill(&mine).await, fill(&other).await);
    let mut whole = String::new();
    for table in EXPORTED.iter().copied().chain(["people"]) {
        let (mut after, mut lines) = (None, 0);
        loop {
            let page = mine.export_page(table, after).await.unwrap();
            for line in &page.lines {
                let row: Json = serde_json::from_str(line).unwrap();
                let organisation = row.get("organisation").and_then(Json::as_str);
                assert!(
                    table == "people" || organisation == Some(mine.who().organisation().as_str()),
                    "{table}"
                );
                whole.push_str(line);
            }
            lines += page.lines.len();
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert!(lines > 0, "`fill` leaves something in {table}");
    }
    assert!(!whole.contains(theirs.deal.as_str()) && !whole.contains(other.who().organisation().as_str()));
    assert!(
        whole.contains("an answer") && !whole.contains("very secret"),
        "bodies in the clear, secrets not"
    );
    for hidden in ["people.password_hash", "../x", "secrets", "sessions", "heads", "needs; --"] {
        assert_eq!(mine.export_page(hidden, None).await.unwrap_err().code(), "PRP-2101", "{hidden}");
    }
}

async fn an_organisation_is_erased_and_the_chain_holds(place: Place) {
    let store = place.open().await;
    let mine = store.tenant(&store.local().await.unwrap());
    let other = store.tenant(&firm(&store, "Other").await);
    fill(&mine).await;
    fill(&other).await;
    let before = place.dump(&store).await;
    assert_eq!(other.erase_organisation("other").await.unwrap_err().code(), "PRP-2105", "the name, exactly");
    let erased = other.erase_organisation("Other").await.unwrap();
    assert!(erased.rows["needs"] == 1 && erased.rows["answers"] == 1);
    let after = place.dump(&store).await;
    let id = other.who().organisation().as_str();
    let of = |rows: &Json| rows.as_array().unwrap().iter().any(|it| it == id);
    for table in tables() {
        let (was, is) = (before.get(table.name), after.get(table.name));
        let kept: Vec<_> = was.into_iter().flatten().filter(|row| !of(row)).collect();
        let left: Vec<_> = is.into_iter().flatten().collect();
        match table.name {
            "audit" => assert!(left.len() > was.unwrap().len(), "the chain stays"),
            "audit_details" => assert_eq!(left.iter().filter(|row| of(row)).count(), 1, "the tombstone"),
            "heads" => {}
            "people" => assert!(!format!("{left:?}").contains("other.example")),
            "identities" => assert!(left.is_empty()),
            name => assert_eq!(left, kept, "{name}"),
        }
    }
    let verified = store.audit_verify().await.unwrap();
    assert!(verified.ok && verified.erased > 10, "{verified:?}");
    assert!(other.needs(None, &Page::default()).await.unwrap().items.is_empty());
    assert_eq!(mine.needs(None, &Page::default()).await.unwrap().items.len(), 1);
}

async fn a_person_is_erased(place: Place) {
    let store = place.open().await;
    let tenant = store.tenant(&firm(&store, "Acme").await);
    let new = store::NewPerson {
        name: "Xiao Ming".to_owned(),
        email: "xm@acme.example".to_owned(),
        role: Role::Buyer,
        password: None,
    };
    let member = tenant.add_person(new).await.unwrap();
    store.sign_in_oidc("https://id.example", "xm", Some("xm@acme.example")).await.unwrap();
    tenant.erase_person(&member.id).await.unwrap();
    assert_eq!(tenant.person(&member.id).await.unwrap_err().code(), "PRP-2101");
    let dump = format!("{:?}", place.dump(&store).await);
    assert!(!dump.contains("Xiao") && !dump.contains("xm@acme"), "nothing of them is left");
    let verified = store.audit_verify().await.unwrap();
    assert!(verified.ok && verified.erased == 2, "{verified:?}");
}

async fn the_local_organisation_comes_back_after_erasure(place: Place) {
    let store = place.open().await;
    let who = store.local().await.unwrap();
    store.tenant(&who).erase_organisation("Local").await.unwrap();
    let anew = store.local().await.unwrap();
    assert_ne!(anew.organisation(), who.organisation());
    assert_eq!(store.tenant(&anew).organisation().await.unwrap().name, "Local");
    assert!(store.audit_verify().await.unwrap().ok);
}
