//! The server as a firm starts it: the release binary on loopback, in a data folder of its own.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::http::Connection;

/// A running server, ended when dropped.
#[derive(Debug)]
pub(crate) struct Server {
    child: Child,
    pub(crate) address: SocketAddr,
    pub(crate) started: Instant,
}

impl Server {
    pub(crate) fn start(program: &Path, data: &Path) -> Self {
        let started = Instant::now();
        let mut child = Command::new(program)
            .args(["serve", "--port", "0", "--json", "--data-dir"])
            .arg(data)
            .env("PERIPLUS_RATE_LIMIT", "off")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let told: serde_json::Value =
            serde_json::from_str(&line).unwrap_or_else(|_| panic!("serve said {line:?}"));
        let address = told["address"].as_str().unwrap().trim_start_matches("http://").trim_end_matches('/');
        Self { child, address: address.parse().unwrap(), started }
    }

    pub(crate) fn open(&self) -> Connection {
        Connection::open(self.address).unwrap()
    }

    /// Resident memory, megabytes.
    pub(crate) fn resident_mb(&self) -> Option<f64> {
        let text = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let kb = text.lines().find_map(|it| it.strip_prefix("VmRSS:"))?;
        Some(kb.trim().trim_end_matches(" kB").parse::<f64>().ok()? / 1e3)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let patience = Instant::now();
        while patience.elapsed() < Duration::from_secs(15) {
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
