//! Starting and stopping: bind, open the books, answer the sample, serve until told to stop.

use std::future::Future;
use std::net::SocketAddr;
use std::time::Duration;

use desk::{Exit, Fault};
use serde::Serialize;
use store::Store;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::app::App;
use crate::config::Config;
use crate::platform::Platform;
use crate::{answers, log};

/// Requests that run when the server is told to stop have so long to end.
const DRAIN: Duration = Duration::from_secs(10);

/// A server that listens.
#[derive(Clone, Debug, Serialize)]
pub struct Served {
    pub schema: &'static str,
    /// `http://127.0.0.1:8080`
    pub url: String,
    pub address: String,
    pub data_dir: String,
    pub pid: u32,
}

/// Runs a server until the process is told to stop.
///
/// # Errors
/// It may not or cannot listen where it was told to.
pub fn run(config: Config, ready: impl FnOnce(&Served)) -> Result<(), Fault> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|it| internal(&it.to_string()))?;
    runtime.block_on(serve(config, ready, told_to_stop()))
}

fn internal(why: &str) -> Fault {
    Fault::ours(Exit::Internal, 1900, &[("why", why)])
}

/// Serves until `stop` is ready.
///
/// # Errors
/// As [`run`].
pub async fn serve(
    config: Config,
    ready: impl FnOnce(&Served),
    stop: impl Future<Output = ()>,
) -> Result<(), Fault> {
    let platform = open_platform(&config).await?;
    let listener = TcpListener::bind(config.address()).await.map_err(|it| cannot_listen(&config, &it))?;
    let address = listener.local_addr().map_err(|it| internal(&it.to_string()))?;
    let app = App::new(config, platform);
    crate::upload::sweep(&app);
    let router = crate::router(&app);
    begin(&app);
    ready(&served(app.config(), address));
    let (tell, told) = watch::channel(false);
    let workers = app.platform().begin(&app, &told);
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let mut watch = told.clone();
    let running = axum::serve(listener, service).with_graceful_shutdown(async move {
        let _ = watch.wait_for(|it| *it).await;
    });
    let running = async { running.await.map_err(|it| internal(&it.to_string())) };
    tokio::pin!(running, stop);
    tokio::select! {
        ended = &mut running => return ended,
        () = &mut stop => {}
    }
    log::note("told to stop: open requests have ten seconds");
    tell.send_replace(true);
    let ending = async {
        let ended = running.await;
        for worker in workers {
            let _ = worker.await;
        }
        ended
    };
    // What does not end by then ends with the process.
    tokio::time::timeout(DRAIN, ending).await.unwrap_or(Ok(()))
}

/// The store of the data folder, or of the URL. Off loopback somebody must be able to sign in.
async fn open_platform(config: &Config) -> Result<Platform, Fault> {
    std::fs::create_dir_all(&config.data_dir).map_err(|it| cannot_write(config, &it))?;
    let beside = || config.data_dir.join("store.db").display().to_string();
    let place = config.store.clone().unwrap_or_else(beside);
    let store = Store::open_with(store::Options::new(place).key_dir(&config.data_dir)).await;
    let store =
        store.map_err(|it| Fault::said(Exit::Internal, &format!("{}: {it}; {}", it.code(), it.hint())))?;
    let platform = Platform::open(store, config.platform.clone(), config.is_loopback()).await;
    let platform = platform.map_err(|it| it.fault().clone())?;
    if !config.is_loopback() && !platform.has_logins() {
        return Err(Fault::ours(Exit::Denied, 2016, &[("address", &config.address().to_string())]));
    }
    Ok(platform)
}

fn cannot_write(config: &Config, error: &std::io::Error) -> Fault {
    let path = config.data_dir.display().to_string();
    Fault::ours(Exit::Denied, 1911, &[("path", &path), ("why", &error.to_string())])
}

fn cannot_listen(config: &Config, error: &std::io::Error) -> Fault {
    let exit = match error.kind() {
        std::io::ErrorKind::PermissionDenied => Exit::Denied,
        _ => Exit::Usage,
    };
    Fault::ours(exit, 2017, &[("address", &config.address().to_string()), ("why", &error.to_string())])
}

fn served(config: &Config, address: SocketAddr) -> Served {
    Served {
        schema: "periplus.serve/1",
        url: format!("http://{address}"),
        address: address.to_string(),
        data_dir: config.data_dir.display().to_string(),
        pid: std::process::id(),
    }
}

/// Opens the books and answers the sample while the server listens already.
fn begin(app: &App) {
    let app = app.clone();
    tokio::spawn(async move {
        let opening = app.clone();
        let opened = tokio::task::spawn_blocking(move || opening.reopen()).await;
        match opened {
            Ok(Ok(hall)) => answers::answer_sample(&app, hall).await,
            Ok(Err(fault)) => log::note(&format!("the books cannot be opened: {}", fault.code)),
            Err(error) => log::note(&format!("opening the books ended early: {error}")),
        }
    });
}

/// SIGTERM, or Ctrl-C.
async fn told_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut terminate) = signal(SignalKind::terminate()) else {
            let _ = interrupt.await;
            return;
        };
        tokio::select! {
            _ = interrupt => {}
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    {
        let _ = interrupt.await;
    }
}
