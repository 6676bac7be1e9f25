//! How a server is to run.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use domain::Date;

/// Settings of one server, complete and checked by whoever started it.
#[derive(Clone, Debug)]
pub struct Config {
    pub data_dir: PathBuf,
    pub host: IpAddr,
    /// 0 takes any that is free.
    pub port: u16,
    /// URL of the store; SQLite in the data folder when left out.
    pub store: Option<String>,
    /// Decide as of this day instead of today.
    pub as_of: Option<Date>,
    /// Power of one busy core, watts: an assumption from which energy is estimated.
    pub watts_per_core: f64,
    /// Sign-in, limits, hooks.
    pub platform: crate::platform::Settings,
    /// Threads that decide; as many as the machine has cores when left out.
    pub cores: Option<usize>,
}

impl Config {
    pub fn new(data_dir: PathBuf) -> Self {
        Self {
            data_dir,
            host: IpAddr::from([127, 0, 0, 1]),
            port: 0,
            store: None,
            as_of: None,
            watts_per_core: 10.0,
            platform: crate::platform::Settings::default(),
            cores: None,
        }
    }

    pub fn address(&self) -> SocketAddr {
        SocketAddr::new(self.host, self.port)
    }

    /// Whether only this machine can reach the server.
    pub fn is_loopback(&self) -> bool {
        self.host.is_loopback()
    }

    /// The day as of which to decide when nothing is said.
    pub fn today(&self) -> Date {
        self.as_of.unwrap_or_else(|| jiff::Zoned::now().date())
    }
}
