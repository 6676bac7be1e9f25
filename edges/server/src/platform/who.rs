//! Who asks. The gate finds out once for each request; handlers read it.

use std::sync::Arc;

use axum::http::StatusCode;
use axum::http::request::Parts;
use store::{Permission, Role, Tenant};

use crate::app::App;
use crate::problem::Problem;

/// Who asks, and for which organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who(Arc<Inside>);

#[derive(Debug, PartialEq, Eq)]
struct Inside {
    who: store::Who,
    way: Way,
}

/// How they came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// At this machine, without a login.
    Local,
    Session {
        csrf: String,
        name: String,
        email: Option<String>,
    },
    Key,
    /// Work that the server does by itself, on somebody's behalf.
    Work,
}

impl Who {
    pub(crate) fn new(who: store::Who, way: Way) -> Self {
        Self(Arc::new(Inside { who, way }))
    }

    pub fn organisation(&self) -> &str {
        self.0.who.organisation().as_str()
    }

    pub fn inner(&self) -> &store::Who {
        &self.0.who
    }

    pub fn way(&self) -> &Way {
        &self.0.way
    }

    pub fn role(&self) -> Role {
        self.0.who.role()
    }

    pub fn may(&self, permission: Permission) -> bool {
        self.0.who.may(permission)
    }

    /// # Errors
    /// PRP-2051.
    pub fn must(&self, permission: Permission) -> Result<(), Problem> {
        if self.may(permission) {
            return Ok(());
        }
        Err(super::fault::forbidden(self.role().as_str(), permission.as_str()))
    }

    pub fn tenant(&self, app: &App) -> Tenant {
        app.platform().tenant(self)
    }
}

/// Who sent this request, as the gate found out.
///
/// # Errors
/// PRP-2050: nobody is signed in.
pub fn who(parts: &Parts) -> Result<Who, Problem> {
    parts.extensions.get::<Who>().cloned().ok_or_else(nobody)
}

/// PRP-2050.
pub(crate) fn nobody() -> Problem {
    Problem::ours(StatusCode::UNAUTHORIZED, 2050, &[])
        .with_header(axum::http::header::WWW_AUTHENTICATE, "Bearer realm=\"periplus\"")
}
