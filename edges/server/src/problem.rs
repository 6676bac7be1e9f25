//! What went wrong, as RFC 9457 says it. A handler returns a [`Problem`]; the guard writes it in the person's language, because
//! only it sees the whole request.

use std::sync::Arc;

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use desk::fault::RowFault;
use desk::words::Words;
use desk::{Exit, Fault};
use serde::Serialize;
use utoipa::ToSchema;

/// A request that could not be carried out.
#[derive(Clone, Debug)]
pub struct Problem(Box<Inside>);

#[derive(Clone, Debug)]
struct Inside {
    status: StatusCode,
    fault: Fault,
    rows: Vec<Row>,
    candidates: Vec<Candidate>,
    headers: Vec<(HeaderName, HeaderValue)>,
}

/// One row, field or place of what was sent that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Row {
    /// Line in the file or in the body, the first being 1; 0 where there are no lines.
    pub line: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    pub text: String,
}

/// One of several meanings of what was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Candidate {
    /// What to write to mean this one.
    pub write: String,
    pub text: String,
}

/// A problem as it is sent: `application/problem+json` (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct Written {
    /// Where the code is explained.
    #[schema(example = "/errors/PRP-2004")]
    pub r#type: String,
    pub title: String,
    pub status: u16,
    pub detail: String,
    /// As in the manual of errors and on the command line.
    #[schema(example = "PRP-2004", pattern = "^PRP-[0-9]{4}$")]
    pub code: String,
    /// How to mend it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub rows: Vec<Row>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub candidates: Vec<Candidate>,
    /// The address that was asked.
    pub instance: String,
}

/// Why a body cannot be read, or a name is wrong: constructors by code, so that a code has one status everywhere.
impl Problem {
    /// A code of the server itself; its words are `prp-<number>` in the Fluent files.
    pub fn ours(status: StatusCode, number: u16, args: &[(&'static str, &str)]) -> Self {
        Self::of(status, Fault::ours(exit_of(status), number, args))
    }

    pub fn of(status: StatusCode, fault: Fault) -> Self {
        let rows = fault.rows.iter().map(Row::of).collect();
        Self(Box::new(Inside { status, fault, rows, candidates: Vec::new(), headers: Vec::new() }))
    }

    /// PRP-2001: a failure nobody foresaw. What it was goes to the log under a number; the person gets the number.
    pub fn internal(why: &str) -> Self {
        let id = crate::log::failure(why);
        Self::ours(StatusCode::INTERNAL_SERVER_ERROR, 2001, &[("id", &id)])
    }

    /// PRP-2004: there is nothing of that name.
    pub fn not_found(what: &str, name: &str) -> Self {
        let name: String = name.chars().take(80).collect();
        Self::ours(StatusCode::NOT_FOUND, 2004, &[("what", what), ("name", &name)])
    }

    /// PRP-2003: a part of the address or a header cannot be read.
    pub fn address(what: &str, why: &str) -> Self {
        Self::ours(StatusCode::BAD_REQUEST, 2003, &[("what", what), ("why", why)])
    }

    /// PRP-2007: what was sent can be read, and cannot be.
    pub fn refused(what: &str, why: &str) -> Self {
        Self::ours(StatusCode::UNPROCESSABLE_ENTITY, 2007, &[("what", what), ("why", why)])
    }

    #[must_use]
    pub fn with_rows(mut self, rows: Vec<Row>) -> Self {
        self.0.rows = rows;
        self
    }

    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.0.headers.push((name, value));
        }
        self
    }

    /// Come back after so many seconds.
    #[must_use]
    pub fn retry_after(self, seconds: u64) -> Self {
        self.with_header(header::RETRY_AFTER, &seconds.to_string())
    }

    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// As the command line tells it.
    pub fn fault(&self) -> &Fault {
        &self.0.fault
    }

    pub fn code(&self) -> &str {
        &self.0.fault.code
    }

    /// The problem in words, for the address that was asked.
    pub fn written(&self, words: &Words, instance: &str) -> Written {
        let (detail, hint) = self.0.fault.words(words);
        let (detail, listed) = candidates(&detail);
        let code = self.0.fault.code.clone();
        let title = desk::explain::find(&code).map_or("A failure", |it| it.title).to_owned();
        let mut all = self.0.candidates.clone();
        all.extend(listed);
        Written {
            r#type: format!("/errors/{code}"),
            title,
            status: self.0.status.as_u16(),
            detail,
            code,
            hint,
            rows: self.0.rows.clone(),
            candidates: all,
            instance: instance.to_owned(),
        }
    }

    pub fn headers(&self) -> &[(HeaderName, HeaderValue)] {
        &self.0.headers
    }
}

impl Row {
    fn of(row: &RowFault) -> Self {
        Self { line: row.line, column: None, text: row.text.clone() }
    }

    pub fn field(column: &str, text: impl Into<String>) -> Self {
        Self { line: 0, column: Some(column.to_owned()), text: text.into() }
    }
}

/// Goods that a name may mean stand in the sentence one a line, "  HS 850511 permanent magnets": taken out of it as data.
fn candidates(detail: &str) -> (String, Vec<Candidate>) {
    let mut rest = Vec::new();
    let mut all = Vec::new();
    for line in detail.lines() {
        match line.strip_prefix("  HS ").and_then(|it| it.split_once(' ')) {
            Some((code, text)) => {
                all.push(Candidate { write: format!("HS {code}"), text: text.trim().to_owned() });
            }
            None => rest.push(line),
        }
    }
    (rest.join("\n").trim_end_matches(':').to_owned(), all)
}

/// The status that the kind of a fault has. Missing data is 424: the request was sound and rests on a book that is not there.
fn status_of(exit: Exit) -> StatusCode {
    match exit {
        Exit::BadInput | Exit::NoFeasiblePlan => StatusCode::UNPROCESSABLE_ENTITY,
        Exit::NotFound => StatusCode::NOT_FOUND,
        Exit::DataMissing => StatusCode::FAILED_DEPENDENCY,
        Exit::Denied => StatusCode::FORBIDDEN,
        Exit::Usage => StatusCode::BAD_REQUEST,
        Exit::VerifyMismatch => StatusCode::CONFLICT,
        Exit::Ok | Exit::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

fn exit_of(status: StatusCode) -> Exit {
    match status {
        StatusCode::NOT_FOUND => Exit::NotFound,
        StatusCode::FORBIDDEN | StatusCode::UNAUTHORIZED => Exit::Denied,
        StatusCode::FAILED_DEPENDENCY => Exit::DataMissing,
        it if it.is_server_error() => Exit::Internal,
        _ => Exit::BadInput,
    }
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        let status = status_of(fault.exit);
        if status != StatusCode::INTERNAL_SERVER_ERROR {
            return Self::of(status, fault);
        }
        let (text, _) = fault.words(&Words::english());
        Self::internal(&format!("{}: {text}", fault.code))
    }
}

impl From<lake::LakeError> for Problem {
    fn from(error: lake::LakeError) -> Self {
        match error {
            lake::LakeError::Locked { .. } => {
                Self::of(StatusCode::CONFLICT, desk::books::lake_fault(&error)).retry_after(2)
            }
            lake::LakeError::NothingOlder { .. } => {
                Self::of(StatusCode::CONFLICT, desk::books::lake_fault(&error))
            }
            other => desk::books::lake_fault(&other).into(),
        }
    }
}

/// What a response carries until the guard writes it.
#[derive(Clone, Debug)]
pub(crate) struct Pending(pub(crate) Arc<Problem>);

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.0.status.into_response();
        for (name, value) in &self.0.headers {
            response.headers_mut().append(name.clone(), value.clone());
        }
        response.extensions_mut().insert(Pending(Arc::new(self)));
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goods_that_a_name_may_mean_become_data() {
        let text = "'chairs' may be several goods:\n  HS 940130 swivel seats\n  HS 940161 seats, upholstered";
        let (detail, all) = candidates(text);
        assert_eq!(detail, "'chairs' may be several goods");
        assert_eq!(all[1], Candidate { write: "HS 940161".into(), text: "seats, upholstered".into() });
        assert_eq!(candidates("one line: only").0, "one line: only");
    }

    #[test]
    fn an_internal_failure_tells_nothing_of_itself() {
        let problem: Problem = Fault::said(Exit::Internal, "PRP-1804: secret path /etc/x").into();
        let written = problem.written(&Words::english(), "/api/v1/scans");
        assert_eq!((written.status, written.code.as_str()), (500, "PRP-2001"));
        assert!(!serde_json::to_string(&written).unwrap().contains("secret"));
    }
}
