//! `people`, `audit`, `backup`, `restore`, `mcp`: what whoever runs a server does at its machine.

use std::io::Read as _;

use server::Config;
use server::platform::keeper::{self, Newcomer, Place};

use crate::args::{Audit, People};
use crate::fault::{Exit, Fault};
use crate::noun::Desk;
use crate::screen::clean;

/// A password longer than this is none.
const PASSWORD_BYTES: u64 = 4 << 10;
const VARIABLE: &str = "PERIPLUS_PASSWORD";

fn place(desk: &Desk<'_>, store: Option<&String>) -> Place {
    Place { data_dir: desk.settings.data_dir.clone(), store: store.cloned() }
}

pub fn run(desk: &mut Desk<'_>, verb: &People) -> Result<Exit, Fault> {
    match verb {
        People::Add { email, name, role, organisation, no_password, store } => {
            let role = role.parse().map_err(|it: server::platform::RoleError| {
                Fault::said(Exit::Usage, &format!("{}: {it}; {}", it.code(), it.hint()))
            })?;
            let password = if *no_password { None } else { Some(password(desk)?) };
            let name = name.clone().unwrap_or_else(|| email.split('@').next().unwrap_or_default().to_owned());
            let new =
                Newcomer { email: email.clone(), name, role, organisation: organisation.clone(), password };
            keeper::add_person(&place(desk, store.as_ref()), new)?;
        }
        People::List { store } => {
            for it in keeper::list_people(&place(desk, store.as_ref()))? {
                let line = serde_json::to_string(&it).unwrap_or_default();
                writeln!(desk.out, "{}", clean::line(&line))?;
            }
        }
        People::Password { email, store } => {
            let password = password(desk)?;
            keeper::set_password(&place(desk, store.as_ref()), email, &password)?;
        }
    }
    Ok(Exit::Ok)
}

/// Of the environment, else one line of stdin: never of the command line, which everybody on the machine can read.
fn password(desk: &mut Desk<'_>) -> Result<String, Fault> {
    if let Some(password) = desk.around.var(VARIABLE) {
        return Ok(password.to_owned());
    }
    let _ = writeln!(desk.err, "password, then Enter (or set {VARIABLE}):");
    let mut text = String::new();
    let mut from = std::io::BufReader::new(std::io::stdin()).take(PASSWORD_BYTES);
    std::io::BufRead::read_line(&mut from, &mut text)?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

pub fn audit(desk: &mut Desk<'_>, verb: &Audit) -> Result<Exit, Fault> {
    let Audit::Verify { store } = verb;
    let found = keeper::verify_audit(&place(desk, store.as_ref()))?;
    desk.print_json(&found)?;
    Ok(if found.ok { Exit::Ok } else { Exit::VerifyMismatch })
}

pub fn backup(desk: &mut Desk<'_>, out: &std::path::Path, store: Option<&String>) -> Result<Exit, Fault> {
    let report = keeper::backup(&place(desk, store), out)?;
    desk.print_json(&report)?;
    Ok(Exit::Ok)
}

pub fn restore(desk: &mut Desk<'_>, file: &std::path::Path, store: Option<&String>) -> Result<Exit, Fault> {
    let report = keeper::restore(&place(desk, store), file)?;
    desk.print_json(&report)?;
    Ok(Exit::Ok)
}

/// stdout belongs to the protocol: nothing else is written there.
pub fn mcp(desk: &mut Desk<'_>, store: Option<&String>) -> Result<Exit, Fault> {
    let mut config = Config::new(desk.settings.data_dir.clone());
    config.store = store.cloned();
    let said = desk.settings.entries["as_of"].value.trim();
    config.as_of = (!said.is_empty()).then_some(desk.settings.as_of);
    keeper::mcp(config)?;
    Ok(Exit::Ok)
}
