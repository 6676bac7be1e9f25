//! What the store refuses, as a problem.

use axum::http::StatusCode;
use desk::{Exit, Fault};
use store::Error;

use crate::problem::Problem;

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let status = match &error {
            Error::Forbidden { role, permission } => return forbidden(role.as_str(), permission.as_str()),
            Error::Conflict { sent, found, .. } => {
                let (sent, found) = (sent.to_string(), found.to_string());
                return Self::ours(
                    StatusCode::PRECONDITION_FAILED,
                    2063,
                    &[("sent", &sent), ("found", &found)],
                );
            }
            Error::NotFound { .. } => StatusCode::NOT_FOUND,
            Error::Taken { .. } | Error::Step { .. } | Error::InUse { .. } | Error::LastAdmin => {
                StatusCode::CONFLICT
            }
            Error::Invalid { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Error::Cursor(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Error::SignIn => StatusCode::UNAUTHORIZED,
            Error::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Error::Busy(_) => StatusCode::SERVICE_UNAVAILABLE,
            _ => return Self::internal(&whole(&error)),
        };
        let exit = if status == StatusCode::NOT_FOUND { Exit::NotFound } else { Exit::BadInput };
        let problem =
            Self::of(status, Fault::said(exit, &format!("{}: {error}; {}", error.code(), error.hint())));
        if error.is_transient() { problem.retry_after(1) } else { problem }
    }
}

/// PRP-2051.
pub fn forbidden(role: &str, permission: &str) -> Problem {
    Problem::ours(StatusCode::FORBIDDEN, 2051, &[("role", role), ("permission", permission)])
}

/// An error with all its causes, for the log.
pub fn whole(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        next = cause.source();
    }
    text
}
