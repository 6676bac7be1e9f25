//! The layout itself: the list of tables is what the databases have, twice is once, and what is newer is refused.

use std::collections::BTreeSet;

use sqlx::{Connection as _, Row as _};
use store::{Options, Store, tables};

use crate::place::{KEY, Place, tls_postgres};

crate::both! {
    the_list_of_tables_is_what_is_there,
    opening_twice_changes_nothing,
    a_newer_layout_is_refused,
    another_key_is_refused,
}

async fn columns(place: &Place) -> BTreeSet<(String, String)> {
    let rows: Vec<(String, String)> = if place.postgres {
        let mut connection = sqlx::PgConnection::connect(&place.url).await.unwrap();
        let sql = "SELECT table_name::text, column_name::text FROM information_schema.columns \
                   WHERE table_schema = 'public'";
        let rows = sqlx::query(sql).fetch_all(&mut connection).await.unwrap();
        rows.iter().map(|row| (row.get(0), row.get(1))).collect()
    } else {
        let mut connection = sqlx::SqliteConnection::connect(&place.url).await.unwrap();
        let sql = "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'";
        let rows = sqlx::query(sql).fetch_all(&mut connection).await.unwrap();
        rows.iter().map(|row| (row.get(0), row.get(1))).collect()
    };
    rows.into_iter().filter(|(table, _)| table != "layouts" && !table.starts_with("sqlite_")).collect()
}

async fn the_list_of_tables_is_what_is_there(place: Place) {
    place.open().await;
    let listed: BTreeSet<_> = tables()
        .iter()
        .flat_map(|table| {
            table.columns.iter().map(|(column, _)| (table.name.to_owned(), (*column).to_owned()))
        })
        .collect();
    assert_eq!(columns(&place).await, listed);
}

async fn opening_twice_changes_nothing(place: Place) {
    let (a, b) = tokio::join!(place.open(), place.open());
    assert_eq!(a.local().await.unwrap(), b.local().await.unwrap());
    let before = place.dump(&a).await;
    a.close().await;
    let again = place.open().await;
    assert_eq!(place.dump(&again).await, before);
    assert_eq!(before["memberships"].len(), 1);
}

async fn a_newer_layout_is_refused(place: Place) {
    place.open().await.close().await;
    place.raw("INSERT INTO layouts (number, text_hash) VALUES (99, 'x')").await.unwrap();
    let error = Store::open_with(place.options()).await.unwrap_err();
    assert_eq!(error.code(), "PRP-2110");
    assert!(error.to_string().contains("layout 99"), "{error}");
}

async fn another_key_is_refused(place: Place) {
    place.open().await.close().await;
    let other = Options::new(&place.url).key(KEY.replace('0', "f"));
    assert_eq!(Store::open_with(other).await.unwrap_err().code(), "PRP-2113");
    let malformed = Options::new(&place.url).key("abc");
    assert_eq!(Store::open_with(malformed).await.unwrap_err().code(), "PRP-2113");
}

#[test]
fn a_database_that_is_not_there_says_where_and_hides_the_password() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let options = Options::new("postgres://me:hunter2@localhost:1/none?sslmode=disable").key(KEY);
    let error = runtime.block_on(Store::open_with(options)).unwrap_err();
    assert_eq!(error.code(), "PRP-2111");
    let shown = format!("{error} {:?}", std::error::Error::source(&error).unwrap().to_string());
    assert!(shown.contains("localhost:1/none") && !shown.contains("hunter2"), "{shown}");
}

#[test]
fn postgres_is_spoken_to_in_secret_and_only_if_it_is_the_right_one() {
    let Some((_server, url, certificate)) = tls_postgres() else { return };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let trusted = format!("{url}?sslmode=verify-full&sslrootcert={}", certificate.display());
        let store = Store::open_with(Options::new(&trusted).key(KEY)).await.unwrap();
        let mut connection = sqlx::PgConnection::connect(&trusted).await.unwrap();
        let sql = "SELECT COUNT(*) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) \
                   WHERE application_name = 'periplus' AND ssl";
        let row = sqlx::query(sql).fetch_one(&mut connection).await.unwrap();
        assert!(row.get::<i64, _>(0) > 0, "the store's connections are encrypted");
        store.close().await;
        let stranger = format!("{url}?sslmode=verify-full");
        let error = Store::open_with(Options::new(stranger).key(KEY)).await.unwrap_err();
        assert_eq!(error.code(), "PRP-2111", "a certificate that nobody vouches for");
    });
}
