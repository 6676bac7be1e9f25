//! Who asks, and for which organisation.

use serde::Serialize;

use crate::error::{Error, Result};
use crate::ids::{ApiKeyId, OrganisationId, PersonId};
use crate::role::{Permission, Role};

/// Made by the store alone, out of a session, an API key, a leased job or the local login: nothing that a
/// client sends can name an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Who {
    organisation: OrganisationId,
    person: Option<PersonId>,
    key: Option<ApiKeyId>,
    role: Role,
}

impl Who {
    pub(crate) fn person(organisation: OrganisationId, person: PersonId, role: Role) -> Self {
        Self { organisation, person: Some(person), key: None, role }
    }

    pub(crate) fn key(organisation: OrganisationId, key: ApiKeyId, role: Role) -> Self {
        Self { organisation, person: None, key: Some(key), role }
    }

    pub(crate) fn system(organisation: OrganisationId) -> Self {
        Self { organisation, person: None, key: None, role: Role::Admin }
    }

    pub fn organisation(&self) -> &OrganisationId {
        &self.organisation
    }

    pub fn person_id(&self) -> Option<&PersonId> {
        self.person.as_ref()
    }

    pub fn key_id(&self) -> Option<&ApiKeyId> {
        self.key.as_ref()
    }

    pub fn role(&self) -> Role {
        self.role
    }

    pub fn may(&self, permission: Permission) -> bool {
        self.role.may(permission)
    }

    pub fn must(&self, permission: Permission) -> Result<()> {
        if self.may(permission) { Ok(()) } else { Err(Error::Forbidden { role: self.role, permission }) }
    }

    /// How the audit trail names it: an identifier, never a name, so that a person can be erased.
    pub fn trace(&self) -> String {
        match (&self.person, &self.key) {
            (Some(person), _) => format!("person/{person}"),
            (None, Some(key)) => format!("key/{key}"),
            (None, None) => "system".to_owned(),
        }
    }
}
