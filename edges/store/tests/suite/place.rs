//! Where a test keeps its rows: a new SQLite file, or a new database of a PostgreSQL that this program starts.

use std::collections::BTreeMap;
use std::future::Future;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use serde_json::Value as Json;
use store::{NewPerson, Options, Role, Store, Who};

pub(crate) const KEY: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

/// One database, empty at first; a test may open it as often as it likes.
#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) url: String,
    dir: PathBuf,
    pub(crate) postgres: bool,
}

impl Place {
    pub(crate) fn options(&self) -> Options {
        Options::new(&self.url).key(KEY)
    }

    /// As if it were that much later.
    pub(crate) async fn open_later(&self, later: jiff::SignedDuration) -> Store {
        let clock = move || jiff::Timestamp::now() + later;
        Store::open_with(self.options().clock(Arc::new(clock))).await.unwrap()
    }

    pub(crate) async fn open(&self) -> Store {
        Store::open_with(self.options()).await.unwrap()
    }

    /// Another place of the same kind.
    pub(crate) fn another(&self) -> Self {
        if self.postgres { new_postgres().unwrap() } else { new_sqlite() }
    }

    /// Statements past the store, as somebody with the database's own tools would make them.
    pub(crate) async fn raw(&self, sql: &'static str) -> Result<u64, sqlx::Error> {
        use sqlx::Connection as _;
        if self.postgres {
            let mut connection = sqlx::PgConnection::connect(&self.url).await?;
            return Ok(sqlx::raw_sql(sql).execute(&mut connection).await?.rows_affected());
        }
        let mut connection = sqlx::SqliteConnection::connect(&format!("sqlite:{}", self.url)).await?;
        Ok(sqlx::raw_sql(sql).execute(&mut connection).await?.rows_affected())
    }

    /// Every row of every table that a backup has.
    pub(crate) async fn dump(&self, store: &Store) -> BTreeMap<String, Vec<Json>> {
        let path = self.path("dump");
        store.backup(&path).await.unwrap();
        let text = zstd::decode_all(std::fs::File::open(&path).unwrap()).unwrap();
        let mut tables = BTreeMap::<String, Vec<Json>>::new();
        let mut table = String::new();
        for line in String::from_utf8(text).unwrap().lines() {
            let line: Json = serde_json::from_str(line).unwrap();
            match line.get("table") {
                Some(name) => name.as_str().unwrap().clone_into(&mut table),
                None if line.is_array() => tables.entry(table.clone()).or_default().push(line),
                None => {}
            }
        }
        tables
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        // What a failed test leaves is kept to be looked at.
        if !std::thread::panicking() {
            let _ = std::fs::remove_dir_all(&self.dir);
        }
    }
}

/// A second organisation, with its admin.
pub(crate) async fn firm(store: &Store, name: &str) -> Who {
    let email = format!("{}@{}.example", name.to_lowercase(), name.to_lowercase());
    let admin = NewPerson {
        name: format!("Admin of {name}"),
        email: email.clone(),
        role: Role::Admin,
        password: None,
    };
    let id = store.create_organisation(name, admin).await.unwrap();
    let person = store.sign_in_oidc("https://id.example", name, Some(&email)).await.unwrap().person;
    store.open_session(&person, &id, Duration::from_hours(1)).await.unwrap().who
}

fn run<F: Future<Output = ()>>(test: impl Fn(Place) -> F, place: Place) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(test(place));
}

pub(crate) fn on_sqlite<F: Future<Output = ()>>(test: impl Fn(Place) -> F) {
    run(test, new_sqlite());
}

pub(crate) fn on_postgres<F: Future<Output = ()>>(test: impl Fn(Place) -> F) {
    if let Some(place) = new_postgres() {
        run(test, place);
    }
}

static COUNT: AtomicU32 = AtomicU32::new(0);

fn fresh_name() -> String {
    format!("periplus_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}

pub(crate) fn new_sqlite() -> Place {
    let dir = std::env::temp_dir().join(fresh_name());
    std::fs::create_dir_all(&dir).unwrap();
    Place { url: dir.join("store.db").to_str().unwrap().to_owned(), dir, postgres: false }
}

/// Nothing when PostgreSQL is not installed; then the test says so and passes, but for `CI`, where it must be there.
pub(crate) fn new_postgres() -> Option<Place> {
    static SERVER: OnceLock<Option<Server>> = OnceLock::new();
    let server = SERVER.get_or_init(|| {
        let found = Server::start(None);
        assert!(found.is_some() || std::env::var_os("CI").is_none(), "PostgreSQL is wanted where CI is set");
        found
    });
    let Some(server) = server else {
        let _ = writeln!(
            std::io::stderr(),
            "skipped: no initdb of PostgreSQL found on PATH or in /usr/lib/postgresql"
        );
        return None;
    };
    Some(server.database())
}

/// A server that speaks TLS on loopback: its URL without parameters, and its certificate. Nothing where PostgreSQL or
/// openssl is not installed.
pub(crate) fn tls_postgres() -> Option<(impl Drop, String, PathBuf)> {
    Command::new("openssl").arg("version").output().ok()?;
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let server = Server::start(Some(port))?;
    let certificate = server.dir.join("data/server.crt");
    Some((server, format!("postgres://postgres@localhost:{port}/postgres"), certificate))
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
    }
}

fn certify(user: Option<(u32, u32)>, data: &Path) {
    let made = as_user(user, Path::new("openssl"))
        .args(["req", "-new", "-x509", "-days", "2", "-nodes", "-subj", "/CN=localhost"])
        .args(["-addext", "subjectAltName=DNS:localhost", "-addext", "basicConstraints=critical,CA:FALSE"])
        .args(["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"])
        .args(["-keyout", "server.key", "-out", "server.crt"])
        .current_dir(data)
        .output()
        .unwrap();
    assert!(made.status.success(), "openssl: {}", String::from_utf8_lossy(&made.stderr));
}

#[derive(Debug)]
struct Server {
    bin: PathBuf,
    dir: PathBuf,
    user: Option<(u32, u32)>,
    port: Option<u16>,
    /// Ends the server and removes its folder when this program ends, however it ends: its input closes.
    keeper: Child,
}

impl Server {
    /// With a port, it is also open on loopback, with a certificate of its own.
    fn start(port: Option<u16>) -> Option<Self> {
        let bin = find_bin()?;
        let dir = std::env::temp_dir().join(fresh_name());
        std::fs::create_dir_all(&dir).unwrap();
        let user = unprivileged(&dir);
        if let Some((uid, gid)) = user {
            std::os::unix::fs::chown(&dir, Some(uid), Some(gid)).unwrap();
        }
        let data = dir.join("data");
        let made = as_user(user, &bin.join("initdb"))
            .args(["--no-sync", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "-D"])
            .arg(&data)
            .current_dir(&dir)
            .output()
            .unwrap();
        assert!(made.status.success(), "initdb: {}", String::from_utf8_lossy(&made.stderr));
        let open = match port {
            None => "-c listen_addresses=".to_owned(),
            Some(port) => {
                certify(user, &data);
                format!("-c listen_addresses=127.0.0.1 -p {port} -c ssl=on")
            }
        };
        // The socket is in the folder; for all tests but one no port is open. Only our own process is killed in these tests, never the
        // server, so it need not wait for the disk.
        let script = format!(
            "'{bin}/postgres' -D '{data}' -k '{dir}' {open} -c fsync=off -c max_connections=300 \
             >'{dir}/log' 2>&1 & server=$!; cat >/dev/null; kill -INT $server; wait $server; rm -rf '{dir}'",
            bin = bin.display(),
            data = data.display(),
            dir = dir.display(),
        );
        let keeper = as_user(user, Path::new("/bin/sh"))
            .args(["-c", &script])
            .current_dir(&dir)
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        let server = Self { bin, dir, user, port, keeper };
        server.wait();
        Some(server)
    }

    fn wait(&self) {
        let begun = Instant::now();
        while !self.psql("postgres", "SELECT 1").status.success() {
            assert!(begun.elapsed() < Duration::from_mins(1), "PostgreSQL did not start");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn psql(&self, database: &str, sql: &str) -> std::process::Output {
        as_user(self.user, &self.bin.join("psql"))
            .args(["-X", "-q", "-U", "postgres", "-h"])
            .arg(&self.dir)
            .args(["-p", &self.port.unwrap_or(5432).to_string(), "-d", database, "-c", sql])
            .current_dir(&self.dir)
            .output()
            .unwrap()
    }

    fn database(&self) -> Place {
        let name = fresh_name();
        let made = self.psql("postgres", &format!("CREATE DATABASE {name}"));
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let url = format!("postgres://postgres@localhost/{name}?host={}", self.dir.display());
        let dir = std::env::temp_dir().join(&name);
        std::fs::create_dir_all(&dir).unwrap();
        Place { url, dir, postgres: true }
    }
}

fn find_bin() -> Option<PathBuf> {
    let debian =
        ["17", "16", "15"].map(|version| PathBuf::from(format!("/usr/lib/postgresql/{version}/bin")));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let whole = |dir: &PathBuf| ["initdb", "postgres", "psql"].iter().all(|name| dir.join(name).exists());
    debian.into_iter().chain(std::env::split_paths(&path)).find(whole)
}

/// PostgreSQL refuses to run as root; its own user is there where Debian installed it.
fn unprivileged(dir: &Path) -> Option<(u32, u32)> {
    use std::os::unix::fs::MetadataExt as _;
    if std::fs::metadata(dir).unwrap().uid() != 0 {
        return None;
    }
    let passwd = std::fs::read_to_string("/etc/passwd").unwrap();
    let line = passwd.lines().find(|line| line.starts_with("postgres:")).expect("a user `postgres`");
    let mut fields = line.split(':').skip(2).map(|it| it.parse().unwrap());
    Some((fields.next().unwrap(), fields.next().unwrap()))
}

fn as_user(user: Option<(u32, u32)>, program: &Path) -> Command {
    use std::os::unix::process::CommandExt as _;
    let mut command = Command::new(program);
    if let Some((uid, gid)) = user {
        command.uid(uid).gid(gid);
    }
    command.env_remove("PGDATA").env_remove("PGHOST").env_remove("PGPORT");
    command
}
