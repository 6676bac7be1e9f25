//! Who may do what: one matrix, as data.

macro_rules! words {
    ($(#[$meta:meta])* $name:ident $what:literal { $($variant:ident $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum $name { $(#[serde(rename = $word)] $variant),+ }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            pub fn parse(text: &str) -> $crate::error::Result<Self> {
                match text {
                    $($word => Ok(Self::$variant),)+
                    _ => {
                        let known: Vec<_> = Self::ALL.iter().map(|it| it.as_str()).collect();
                        Err($crate::error::Error::invalid($what, format!("`{text}` is none of {}", known.join(", "))))
                    }
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::error::Error;
            fn from_str(text: &str) -> $crate::error::Result<Self> {
                Self::parse(text)
            }
        }
    };
}
pub(crate) use words;

words! {
    /// In rising order: each may do what those before it may.
    Role "role" {
        Viewer "viewer",
        Buyer "buyer",
        Analyst "analyst",
        Compliance "compliance",
        Bank "bank",
        Admin "admin",
    }
}

words! {
    Permission "permission" {
        Read "read",
        Scan "scan",
        EditNeeds "edit-needs",
        EditDeals "edit-deals",
        EditWatches "edit-watches",
        EditQuotes "edit-quotes",
        RunJobs "run-jobs",
        EditHooks "edit-webhooks",
        ReadAudit "read-audit",
        Export "export",
        EditBooks "edit-books",
        EditPeople "edit-people",
        EditKeys "edit-keys",
        EditSettings "edit-settings",
        Erase "erase",
    }
}

/// The least role that may.
const LEAST: &[(Permission, Role)] = &[
    (Permission::Read, Role::Viewer),
    (Permission::Scan, Role::Buyer),
    (Permission::EditNeeds, Role::Buyer),
    (Permission::EditDeals, Role::Buyer),
    (Permission::EditWatches, Role::Buyer),
    (Permission::EditQuotes, Role::Buyer),
    (Permission::RunJobs, Role::Buyer),
    (Permission::EditHooks, Role::Analyst),
    (Permission::ReadAudit, Role::Compliance),
    (Permission::Export, Role::Compliance),
    (Permission::EditBooks, Role::Admin),
    (Permission::EditPeople, Role::Admin),
    (Permission::EditKeys, Role::Admin),
    (Permission::EditSettings, Role::Admin),
    (Permission::Erase, Role::Admin),
];

impl Role {
    pub fn may(self, permission: Permission) -> bool {
        LEAST.iter().any(|(what, least)| *what == permission && self >= *least)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_permission_stands_in_the_matrix_once_and_the_admin_has_all() {
        for permission in Permission::ALL {
            assert_eq!(LEAST.iter().filter(|(it, _)| it == permission).count(), 1, "{permission}");
            assert!(Role::Admin.may(*permission));
        }
    }

    #[test]
    fn a_viewer_reads_and_nothing_else() {
        let may: Vec<_> = Permission::ALL.iter().filter(|it| Role::Viewer.may(**it)).collect();
        assert_eq!(may, [&Permission::Read]);
        assert!(!Role::Bank.may(Permission::EditPeople));
        assert!(Role::Compliance.may(Permission::ReadAudit) && !Role::Analyst.may(Permission::ReadAudit));
    }
}
