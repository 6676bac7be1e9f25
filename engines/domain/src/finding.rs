//! Findings: what an engine has to say about a question besides its answer. Bad input is a finding, not a crash.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How much a finding weighs. The order is from lightest to heaviest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Good to know.
    Note,
    /// Something to do or to prove.
    Caution,
    /// A licence, quota or fact stands between the plan and its execution.
    Barrier,
    /// May not be done.
    Prohibited,
}

/// A stable code such as `PRP-1203`, which `periplus explain` expands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Code(pub String);

impl Code {
    pub fn new(number: u16) -> Self {
        Self(format!("PRP-{number}"))
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One thing found, with what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Finding {
    pub code: Code,
    pub severity: Severity,
    /// What is the case, in a sentence.
    pub text: String,
    /// What mends it, or what must be proved.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub hint: Option<String>,
    /// Law, rule or page it rests on.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reference: Option<String>,
}

impl Finding {
    pub fn new(code: u16, severity: Severity, text: impl Into<String>) -> Self {
        Self { code: Code::new(code), severity, text: text.into(), hint: None, reference: None }
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    #[must_use]
    pub fn reference(mut self, reference: impl Into<String>) -> Self {
        self.reference = Some(reference.into());
        self
    }
}
