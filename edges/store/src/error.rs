//! What can go wrong with what is kept; each with a code that `docs/errors/21xx-store.md` explains.

use crate::role::{Permission, Role};

pub type Result<T, E = Error> = std::result::Result<T, E>;

#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    #[error("there is no {what} `{id}` here")]
    NotFound { what: &'static str, id: String },
    #[error("the {what} `{id}` was changed by somebody else: you sent version {sent}, it is at {found}")]
    Conflict { what: &'static str, id: String, sent: i64, found: i64 },
    #[error("the {what} `{value}` is taken already")]
    Taken { what: &'static str, value: String },
    #[error("the role {role} may not {permission}")]
    Forbidden { role: Role, permission: Permission },
    #[error("{what}: {why}")]
    Invalid { what: &'static str, why: String },
    #[error("a deal that is {from} cannot become {to}; it may become: {may}")]
    Step { from: &'static str, to: String, may: String },
    #[error("the {what} `{id}` is still used by {by}")]
    InUse { what: &'static str, id: String, by: &'static str },
    #[error("the job `{job}` is no longer leased by `{owner}`")]
    LeaseLost { job: String, owner: String },
    #[error("{what} has {found} bytes; at most {limit} are kept")]
    TooLarge { what: &'static str, found: u64, limit: u64 },
    #[error("the database has layout {found}; this program knows layouts up to {known}")]
    NewerLayout { found: i64, known: i64 },
    #[error("cannot open the database at {place}")]
    Open {
        place: String,
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    #[error("the database did not answer in time")]
    Busy(#[source] sqlx::Error),
    #[error("the secret key: {0}")]
    Key(String),
    #[error("the backup is damaged: {0}")]
    Backup(String),
    #[error("the database is not empty: it holds {rows} rows in {table}")]
    NotEmpty { table: &'static str, rows: i64 },
    #[error("cannot read {what} as it is stored: {why}")]
    Unreadable { what: String, why: String },
    #[error("the database refused: {0}")]
    Database(#[source] sqlx::Error),
    #[error("`{0}` is not a cursor of this list")]
    Cursor(String),
    #[error("the last admin of an organisation cannot be taken away")]
    LastAdmin,
    #[error("e-mail or password is wrong")]
    SignIn,
    #[error("cannot {what}")]
    Io {
        what: String,
        #[source]
        source: std::io::Error,
    },
}

impl Error {
    pub fn code(&self) -> &'static str {
        self.row().0
    }

    /// How to mend it, in one line.
    pub fn hint(&self) -> &'static str {
        self.row().1
    }

    /// Whether the same call may succeed when it is made again a little later.
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Busy(_))
    }

    fn row(&self) -> (&'static str, &'static str) {
        match self {
            Self::NotFound { .. } => (
                "PRP-2101",
                "list what there is; it may have been deleted, or belong to another organisation",
            ),
            Self::Conflict { .. } => {
                ("PRP-2102", "read it again, look at what changed, and send your change with the new version")
            }
            Self::Taken { .. } => ("PRP-2103", "choose another"),
            Self::Forbidden { .. } => ("PRP-2104", "ask an admin of your organisation for a role that may"),
            Self::Invalid { .. } => ("PRP-2105", "correct the value and send it again"),
            Self::Step { .. } => ("PRP-2106", "take one of the steps that are open"),
            Self::InUse { .. } => ("PRP-2107", "delete what rests on it first"),
            Self::LeaseLost { .. } => ("PRP-2108", "stop working on it: another worker has it"),
            Self::TooLarge { .. } => ("PRP-2109", "send a smaller file, or split it"),
            Self::NewerLayout { .. } => {
                ("PRP-2110", "start the newer program that made it, or restore an older backup")
            }
            Self::Open { .. } => {
                ("PRP-2111", "check the path or URL, its rights, and that the database server runs")
            }
            Self::Busy(_) => {
                ("PRP-2112", "try again; if it stays, look for a long-running backup or another process")
            }
            Self::Key(_) => {
                ("PRP-2113", "give the key file or PERIPLUS_SECRET_KEY with which the secrets were stored")
            }
            Self::Backup(_) => ("PRP-2114", "take another copy of the backup and compare its size"),
            Self::NotEmpty { .. } => ("PRP-2115", "restore into a new file or a new, empty database"),
            Self::Unreadable { .. } => {
                ("PRP-2116", "restore the last backup; keep the damaged file for whoever looks into it")
            }
            Self::Database(_) => ("PRP-2117", "look at the cause below; nothing of the change was kept"),
            Self::Cursor(_) => ("PRP-2118", "begin again without a cursor"),
            Self::LastAdmin => ("PRP-2119", "make somebody else admin first"),
            Self::SignIn => ("PRP-2120", "check both and try again, or ask an admin to set a new password"),
            Self::Io { .. } => ("PRP-2121", "check the path, its rights and the free space"),
        }
    }

    pub(crate) fn invalid(what: &'static str, why: impl Into<String>) -> Self {
        Self::Invalid { what, why: why.into() }
    }

    #[expect(
        clippy::needless_pass_by_value,
        reason = "called with what is at hand: an id, an error of `map_err`"
    )]
    pub(crate) fn not_found(what: &'static str, id: impl ToString) -> Self {
        Self::NotFound { what, id: id.to_string() }
    }

    #[expect(
        clippy::needless_pass_by_value,
        reason = "called with what is at hand: an id, an error of `map_err`"
    )]
    pub(crate) fn unreadable(what: impl Into<String>, why: impl ToString) -> Self {
        Self::Unreadable { what: what.into(), why: why.to_string() }
    }

    pub(crate) fn is_unique(&self) -> bool {
        matches!(self, Self::Database(sqlx::Error::Database(error)) if error.is_unique_violation())
    }

    pub(crate) fn is_foreign_key(&self) -> bool {
        matches!(self, Self::Database(sqlx::Error::Database(error)) if error.is_foreign_key_violation())
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::PoolTimedOut => Self::Busy(error),
            // 5 is SQLITE_BUSY and 6 SQLITE_LOCKED (extended codes end in that byte); 40001 and 40P01 are
            // PostgreSQL's serialisation failure and deadlock.
            sqlx::Error::Database(inner) => match inner.code().as_deref() {
                Some("5" | "6" | "261" | "262" | "517" | "40001" | "40P01" | "55P03" | "57014") => {
                    Self::Busy(error)
                }
                _ => Self::Database(error),
            },
            _ => Self::Database(error),
        }
    }
}
