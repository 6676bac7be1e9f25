//! Backups restore into either database, whole or not at all, and while others write.

use std::io::Write as _;

use serde_json::json;
use store::{NewNeed, Options, Page, Store};

use crate::place::{KEY, Place, firm, new_postgres, new_sqlite};
use crate::tenancy::fill;

crate::both! {
    a_backup_restores_into_either_database,
    a_damaged_backup_restores_nothing,
    a_database_in_use_is_not_overwritten,
    a_backup_is_of_one_moment,
    the_file_of_sqlite_is_copied,
}

async fn restored(place: &Place, from: &std::path::Path) -> Result<Store, store::Error> {
    Store::restore(place.options(), from).await.map(|(store, _)| store)
}

async fn a_backup_restores_into_either_database(place: Place) {
    let store = place.open().await;
    let mine = store.tenant(&store.local().await.unwrap());
    let ids = fill(&mine).await;
    fill(&store.tenant(&firm(&store, "Other").await)).await;
    let file = place.path("backup.zst");
    let report = store.backup(&file).await.unwrap();
    let before = place.dump(&store).await;
    assert_eq!(report.rows, before.values().map(|rows| rows.len() as u64).sum::<u64>());
    let mut back = None;
    for other in [Some(new_sqlite()), new_postgres()].into_iter().flatten() {
        let copy = restored(&other, &file).await.unwrap();
        assert_eq!(other.dump(&copy).await, before, "row by row");
        assert!(copy.audit_verify().await.unwrap().ok);
        assert_eq!(copy.audit_head().await.unwrap(), store.audit_head().await.unwrap());
        let who = copy.local().await.unwrap();
        assert_eq!(&who, mine.who(), "the same local organisation");
        let tenant = copy.tenant(&who);
        assert_eq!(
            tenant.answer_body(&ids.answer).await.unwrap(),
            mine.answer_body(&ids.answer).await.unwrap()
        );
        assert_eq!(tenant.secret("bank").await.unwrap().unwrap(), b"very secret");
        tenant.add_need(NewNeed { text: "life goes on".to_owned(), ..NewNeed::default() }).await.unwrap();
        assert!(copy.audit_verify().await.unwrap().ok, "the chain goes on from where it was");
        let again = other.path("again.zst");
        copy.backup(&again).await.unwrap();
        back = Some((other, copy, again));
    }
    // And from there back to where it came from.
    let (other, copy, again) = back.unwrap();
    let home = place.another();
    let home_store = restored(&home, &again).await.unwrap();
    assert_eq!(home.dump(&home_store).await, other.dump(&copy).await);
    let wrong_key =
        Store::restore(Options::new(&place.another().url).key(KEY.replace('0', "f")), &again).await;
    assert_eq!(wrong_key.unwrap_err().code(), "PRP-2113");
}

async fn a_damaged_backup_restores_nothing(place: Place) {
    let store = place.open().await;
    fill(&store.tenant(&store.local().await.unwrap())).await;
    let file = place.path("backup.zst");
    store.backup(&file).await.unwrap();
    let good = std::fs::read(&file).unwrap();
    let text = String::from_utf8(zstd::decode_all(good.as_slice()).unwrap()).unwrap();
    let packed = |text: &str| zstd::encode_all(text.as_bytes(), 1).unwrap();
    let lines: Vec<_> = text.lines().collect();
    let without = |at: usize| {
        let rest: Vec<_> =
            lines.iter().enumerate().filter(|(it, _)| *it != at).map(|(_, line)| *line).collect();
        packed(&(rest.join("\n") + "\n"))
    };
    let row = lines.iter().position(|line| line.contains("need of")).unwrap();
    let mut flipped = good.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 0x40;
    let damaged = [
        ("nothing", Vec::new()),
        ("another kind of file", b"PK\x03\x04 not a backup".to_vec()),
        ("cut", good[..good.len() / 2].to_vec()),
        ("a bit", flipped),
        ("a row is missing", without(row)),
        ("the end is missing", without(lines.len() - 1)),
        (
            "a table is missing",
            without(lines.iter().position(|line| line.contains("\"table\":\"needs\"")).unwrap()),
        ),
        ("a row was changed", packed(&text.replace("need of", "NEED of"))),
        ("a newer form", packed(&text.replacen("\"layout\":1", "\"layout\":9", 1))),
        (
            "a table that is none",
            packed(&text.replacen("\"table\":\"needs\"", "\"table\":\"needs; DROP TABLE x\"", 1)),
        ),
    ];
    let other = place.another();
    let bad = other.path("bad.zst");
    for (what, bytes) in damaged {
        std::fs::File::create(&bad).unwrap().write_all(&bytes).unwrap();
        let error = restored(&other, &bad).await.unwrap_err();
        assert_eq!(error.code(), "PRP-2114", "{what}: {error}");
    }
    assert!(restored(&other, &file).await.is_ok(), "after all that the database is still empty");
}

async fn a_database_in_use_is_not_overwritten(place: Place) {
    let store = place.open().await;
    let file = place.path("backup.zst");
    store.backup(&file).await.unwrap();
    let other = place.another();
    other.open().await.close().await;
    assert_eq!(restored(&other, &file).await.unwrap_err().code(), "PRP-2115");
    let nowhere = place.path("no/such/folder/backup.zst");
    assert_eq!(store.backup(&nowhere).await.unwrap_err().code(), "PRP-2121");
    assert_eq!(restored(&place.another(), &nowhere).await.unwrap_err().code(), "PRP-2121");
}

async fn a_backup_is_of_one_moment(place: Place) {
    let store = place.open().await;
    let who = store.local().await.unwrap();
    fill(&store.tenant(&who)).await;
    let tenant = store.tenant(&who);
    let writer = tokio::spawn(async move {
        for at in 0..150 {
            let need = NewNeed { text: format!("while it runs {at}"), ..NewNeed::default() };
            let need = tenant.add_need(need).await.unwrap();
            tenant.set_setting("last", &json!(need.id)).await.unwrap();
        }
    });
    for round in 0..4 {
        let file = place.path(&format!("moment{round}.zst"));
        store.backup(&file).await.unwrap();
        let other = place.another();
        let copy = restored(&other, &file).await.unwrap();
        assert!(copy.audit_verify().await.unwrap().ok, "the audit trail ends where its head says");
        let tenant = copy.tenant(&who);
        let needs = tenant.needs(None, &Page::search("while it runs")).await.unwrap().total.unwrap();
        let entries = tenant.audit(&Page::first(500)).await.unwrap().items;
        assert_eq!(entries.iter().filter(|it| it.what == "need.added").count() as i64, needs + 1);
    }
    writer.await.unwrap();
}

async fn the_file_of_sqlite_is_copied(place: Place) {
    let store = place.open().await;
    fill(&store.tenant(&store.local().await.unwrap())).await;
    let copy = place.path("copy.db");
    let copied = store.copy_sqlite(&copy).await.unwrap();
    assert_eq!(copied.is_some(), !place.postgres);
    if place.postgres {
        return;
    }
    let opened = Store::open_with(Options::new(copy.to_str().unwrap()).key(KEY)).await.unwrap();
    assert_eq!(place.dump(&opened).await, place.dump(&store).await);
}
