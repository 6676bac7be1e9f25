//! What whoever runs the server does from the command line: people, the audit trail, backups, tools on stdio.

use std::path::{Path, PathBuf};

use desk::{Exit, Fault};
use serde::Serialize;
use store::{
    BackupReport, Error, NewPerson, Options, Organisation, Page, PersonId, Role, Store, Tenant, Verified,
};

use super::{Platform, mcp};
use crate::app::App;
use crate::config::Config;

/// Where the store is.
#[derive(Clone, Debug)]
pub struct Place {
    pub data_dir: PathBuf,
    /// SQLite in the data folder when left out.
    pub store: Option<String>,
}

impl Place {
    fn options(&self) -> Options {
        let beside = || self.data_dir.join("store.db").display().to_string();
        Options::new(self.store.clone().unwrap_or_else(beside)).key_dir(&self.data_dir)
    }

    async fn open(&self) -> Result<Store, Fault> {
        let made = std::fs::create_dir_all(&self.data_dir);
        made.map_err(|it| {
            said(
                Exit::Denied,
                1911,
                &[("path", &self.data_dir.display().to_string()), ("why", &it.to_string())],
            )
        })?;
        Store::open_with(self.options()).await.map_err(|it| fault(&it))
    }
}

fn said(exit: Exit, number: u16, args: &[(&'static str, &str)]) -> Fault {
    Fault::ours(exit, number, args)
}

fn fault(error: &Error) -> Fault {
    let exit = match error.code() {
        "PRP-2101" => Exit::NotFound,
        "PRP-2103" | "PRP-2105" | "PRP-2114" | "PRP-2115" => Exit::BadInput,
        "PRP-2104" => Exit::Denied,
        _ => Exit::Internal,
    };
    Fault::said(exit, &format!("{}: {}; {}", error.code(), super::fault::whole(error), error.hint()))
}

/// Runs on a runtime of its own: the commands are synchronous.
fn now<T>(work: impl Future<Output = Result<T, Fault>>) -> Result<T, Fault> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.map_err(|it| said(Exit::Internal, 1900, &[("why", &it.to_string())]))?.block_on(work)
}

/// A person, as the command line lists them.
#[derive(Clone, Debug, Serialize)]
pub struct Listed {
    pub organisation: String,
    pub email: String,
    pub name: String,
    pub role: &'static str,
    pub active: bool,
    #[serde(skip)]
    id: PersonId,
}

/// Somebody to be added.
#[derive(Clone)]
pub struct Newcomer {
    pub email: String,
    pub name: String,
    pub role: Role,
    /// By name or id; the first there is when left out.
    pub organisation: Option<String>,
    pub password: Option<String>,
}

impl std::fmt::Debug for Newcomer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Newcomer").field("role", &self.role).finish_non_exhaustive()
    }
}

/// Adds a person; an admin of an organisation that is not there yet makes it.
///
/// # Errors
/// The address is taken, the password too short, or the organisation unknown.
pub fn add_person(place: &Place, new: Newcomer) -> Result<(), Fault> {
    now(async {
        let store = place.open().await?;
        let person = NewPerson { name: new.name, email: new.email, role: new.role, password: new.password };
        let firms = store.organisations().await.map_err(|it| fault(&it))?;
        if let Some(firm) = find(&firms, new.organisation.as_deref()) {
            let tenant = steward(&store, firm).await?;
            tenant.add_person(person).await.map_err(|it| fault(&it))?;
        } else {
            let name = new.organisation.unwrap_or_default();
            if person.role != Role::Admin {
                let text = format!("PRP-2101: there is no organisation {name}; add its admin first");
                return Err(Fault::said(Exit::NotFound, &text));
            }
            store.create_organisation(&name, person).await.map_err(|it| fault(&it))?;
        }
        store.close().await;
        Ok(())
    })
}

fn find<'f>(firms: &'f [Organisation], wanted: Option<&str>) -> Option<&'f Organisation> {
    match wanted {
        None => firms.first(),
        Some(name) => firms.iter().find(|it| it.name == name || it.id.as_str() == name),
    }
}

async fn steward(store: &Store, firm: &Organisation) -> Result<Tenant, Fault> {
    let who = store.steward(&firm.id).await.map_err(|it| fault(&it))?;
    Ok(store.tenant(&who))
}

async fn everybody(store: &Store) -> Result<Vec<(Tenant, Listed)>, Fault> {
    let mut all = Vec::new();
    for firm in store.organisations().await.map_err(|it| fault(&it))? {
        let tenant = steward(store, &firm).await?;
        let mut page = Page::first(500);
        loop {
            let found = tenant.people(&page).await.map_err(|it| fault(&it))?;
            all.extend(found.items.into_iter().map(|it| {
                let listed = Listed {
                    organisation: firm.name.clone(),
                    email: it.email.unwrap_or_default(),
                    name: it.name,
                    role: it.role.as_str(),
                    active: it.state == store::PersonState::Active,
                    id: it.id,
                };
                (tenant.clone(), listed)
            }));
            let Some(next) = found.next else { break };
            page = page.after(next);
        }
    }
    Ok(all)
}

/// People of all organisations.
///
/// # Errors
/// The store cannot be opened.
pub fn list_people(place: &Place) -> Result<Vec<Listed>, Fault> {
    now(async {
        let store = place.open().await?;
        let all = everybody(&store).await?;
        store.close().await;
        Ok(all.into_iter().map(|it| it.1).collect())
    })
}

/// A new password for a person; their sessions end.
///
/// # Errors
/// Nobody has this address, or the password is too short.
pub fn set_password(place: &Place, email: &str, password: &str) -> Result<(), Fault> {
    now(async {
        let store = place.open().await?;
        let all = everybody(&store).await?;
        let wanted = email.trim().to_lowercase();
        let found = all.iter().find(|it| it.1.email == wanted);
        let (tenant, person) = found.ok_or_else(|| {
            Fault::said(
                Exit::NotFound,
                &format!("PRP-2101: nobody has the address {wanted}; list them with periplus people list"),
            )
        })?;
        tenant.set_password(&person.id, password).await.map_err(|it| fault(&it))?;
        store.close().await;
        Ok(())
    })
}

/// Whether the audit trail is whole.
///
/// # Errors
/// The store cannot be opened.
pub fn verify_audit(place: &Place) -> Result<Verified, Fault> {
    now(async { place.open().await?.audit_verify().await.map_err(|it| fault(&it)) })
}

/// Writes a backup while the server runs.
///
/// # Errors
/// The file cannot be written.
pub fn backup(place: &Place, out: &Path) -> Result<BackupReport, Fault> {
    now(async { place.open().await?.backup(out).await.map_err(|it| fault(&it)) })
}

/// Reads a backup into an empty store.
///
/// # Errors
/// The store is not empty, or the file is damaged.
pub fn restore(place: &Place, file: &Path) -> Result<BackupReport, Fault> {
    now(async {
        let (store, report) = Store::restore(place.options(), file).await.map_err(|it| fault(&it))?;
        store.close().await;
        Ok(report)
    })
}

/// Speaks the protocol of tools on stdin and stdout, as whoever sits at this machine.
///
/// # Errors
/// The books or the store cannot be opened.
pub fn mcp(config: Config) -> Result<(), Fault> {
    now(async {
        let place = Place { data_dir: config.data_dir.clone(), store: config.store.clone() };
        let store = place.open().await?;
        let who = store.local().await.map_err(|it| fault(&it))?;
        let platform =
            Platform::open(store, config.platform.clone(), true).await.map_err(|it| it.fault().clone())?;
        let app = App::new(config, platform);
        let opening = app.clone();
        tokio::task::spawn_blocking(move || opening.reopen().map(drop));
        mcp::stdio(app, who).await.map_err(|why| said(Exit::Internal, 1900, &[("why", &why)]))
    })
}
