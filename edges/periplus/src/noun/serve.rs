//! `serve`: the workbench and the API on a port.

use std::net::IpAddr;
use std::process::{Command, Stdio};

use server::{Config, Served};

use crate::args::{Format, Serve};
use crate::fault::{Exit, Fault};
use crate::noun::Desk;
use crate::screen::clean;

pub fn run(desk: &mut Desk<'_>, how: &Serve) -> Result<Exit, Fault> {
    let format = desk.format_among(&[Format::Table, Format::Json])?;
    let config = config(desk, how)?;
    let ready = |served: &Served| {
        tell(desk, served, format);
        if how.open {
            browse(desk, &served.url);
        }
    };
    server::run(config, ready)?;
    Ok(Exit::Ok)
}

fn config(desk: &Desk<'_>, how: &Serve) -> Result<Config, Fault> {
    let host = match how.host.as_str() {
        "localhost" => IpAddr::from([127, 0, 0, 1]),
        text => text.parse().map_err(|_| Fault::ours(Exit::Usage, 2018, &[("given", text)]))?,
    };
    let env = |name: &str| desk.around.var(name).map(str::to_owned);
    let platform = server::platform::Settings::from_env(env)
        .map_err(|why| Fault::ours(Exit::Usage, 2019, &[("why", &why)]))?;
    // A day is decided as of only when somebody says so: a server outlives its first day.
    let said = desk.settings.entries["as_of"].value.trim();
    Ok(Config {
        data_dir: desk.settings.data_dir.clone(),
        host,
        port: how.port,
        store: how.store.clone(),
        as_of: (!said.is_empty()).then_some(desk.settings.as_of),
        watts_per_core: desk.settings.watts_per_core,
        platform,
        cores: None,
    })
}

/// Where it listens: a line for a person, a JSON object for a program. It is written at once, because nothing follows for long.
fn tell(desk: &mut Desk<'_>, served: &Served, format: Format) {
    let line = match format {
        Format::Json => serde_json::to_string(served).unwrap_or_default(),
        _ => desk.words.with("serving", &[("url", &served.url), ("path", &served.data_dir)]),
    };
    let _ = writeln!(desk.out, "{}", clean::line(&line));
    let _ = desk.out.flush();
}

/// Asks the system to show the page; that it cannot is told and stops nothing.
fn browse(desk: &mut Desk<'_>, url: &str) {
    let program = match std::env::consts::OS {
        "macos" => "open",
        "windows" => "explorer",
        _ => "xdg-open",
    };
    let begun = Command::new(program).arg(url).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    if begun.is_err() {
        let text = desk.words.with("no-browser", &[("url", url)]);
        let _ = writeln!(desk.err, "! {}", clean::line(&text));
    }
}
