//! Where a figure comes from. No figure leaves an engine without it.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// How well a figure is known. The order is from best to weakest: a figure made of several is as weak as its weakest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// Stated by its source for this very case: a tariff line, a quote, a published rate.
    Observed,
    /// A statistic over like cases: a unit value of last year's trade.
    Benchmark,
    /// Computed by a model from other figures.
    Modelled,
    /// Taken because something had to be; says so wherever it shows.
    Assumed,
}

impl Basis {
    pub fn word(self) -> &'static str {
        match self {
            Self::Observed => "observed",
            Self::Benchmark => "benchmark",
            Self::Modelled => "modelled",
            Self::Assumed => "assumed",
        }
    }
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// A publication or a person's statement that figures are taken from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Source {
    /// "USITC tariff database", "CEPII BACI HS17 V202601".
    pub title: String,
    pub publisher: String,
    /// Year, month or day that the figures speak of.
    pub vintage: String,
    /// Name and edition of the book they were read from, when from a book.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub book: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub licence: Option<String>,
}

/// What stands behind one figure.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Evidence {
    pub basis: Basis,
    pub source: Arc<Source>,
    /// What the source literally says ("2.1%", "13.8 % MIN 13 MAX 15").
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub stated: Option<String>,
    /// For a computed figure: the formula with its numbers ("10150.00 GBP x 10 %").
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub formula: Option<String>,
    /// Legal or scientific reference of the rule or formula.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reference: Option<String>,
}

impl Evidence {
    pub fn new(basis: Basis, source: &Arc<Source>) -> Self {
        Self { basis, source: Arc::clone(source), stated: None, formula: None, reference: None }
    }

    #[must_use]
    pub fn stated(mut self, words: impl Into<String>) -> Self {
        self.stated = Some(words.into());
        self
    }

    #[must_use]
    pub fn formula(mut self, formula: impl Into<String>) -> Self {
        self.formula = Some(formula.into());
        self
    }

    #[must_use]
    pub fn reference(mut self, reference: impl Into<String>) -> Self {
        self.reference = Some(reference.into());
        self
    }

    /// Weakens the basis to at least `basis`: a model over observed figures is modelled.
    #[must_use]
    pub fn at_best(mut self, basis: Basis) -> Self {
        self.basis = self.basis.max(basis);
        self
    }
}

/// A value together with what stands behind it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure<T> {
    pub value: T,
    pub because: Evidence,
}

impl<T> Figure<T> {
    pub fn new(value: T, because: Evidence) -> Self {
        Self { value, because }
    }

    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Figure<U> {
        Figure { value: change(self.value), because: self.because }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_is_as_weak_as_its_weakest_link() {
        let source = Arc::new(Source {
            title: "t".into(),
            publisher: "p".into(),
            vintage: "2024".into(),
            book: None,
            licence: None,
        });
        let evidence =
            Evidence::new(Basis::Observed, &source).at_best(Basis::Modelled).at_best(Basis::Benchmark);
        assert_eq!(evidence.basis, Basis::Modelled);
    }
}
