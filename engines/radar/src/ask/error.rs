//! What can be wrong with a need as it is written. Codes PRP-181x and PRP-182x.

use customs::classify::ClassifyError;
use domain::{Date, DomainError, HsCode};
use routes::RouteError;
use routes::places::PlaceError;
use thiserror::Error;

/// A need that cannot be made from what was written.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum AskError {
    /// PRP-1810
    #[error(
        "PRP-1810: the need has {size}, more than {limit}; say it in a sentence, or put what is more into a need file"
    )]
    TooLong { size: String, limit: String },
    /// PRP-1811
    #[error("PRP-1811: nothing is asked for; write for example '{example}'")]
    Empty { example: &'static str },
    /// PRP-1812
    #[error("PRP-1812: the need does not say {}; write for example '{example}' (English and Chinese are read)", .what.join(" nor "))]
    Missing { what: Vec<&'static str>, example: &'static str },
    /// PRP-1813
    #[error("PRP-1813: the need says its {what} twice: '{first}' and '{second}'; leave one out")]
    Twice { what: &'static str, first: String, second: String },
    /// PRP-1814
    #[error("PRP-1814: the deadline {given} is past: today is {today}; give a later day")]
    PastDeadline { given: Date, today: Date },
    /// PRP-1815
    #[error(
        "PRP-1815: '{given}' is not taken as a date: {why}; write it as YYYY-MM-DD, for example 2027-03-15"
    )]
    Date { given: String, why: &'static str },
    /// PRP-1816
    #[error("PRP-1816: '{goods}' may be several goods:{}; write the HS code, for example 'HS {}'", one_a_line(.candidates), example(.candidates))]
    UnclearGoods { goods: String, candidates: Vec<Candidate> },
    /// PRP-1817
    #[error(
        "PRP-1817: no goods of the Harmonized System are known as '{goods}'; write the HS code, for example 'HS 850511'"
    )]
    UnknownGoods { goods: String },
    /// PRP-1818
    #[error("PRP-1818: HS {given} is wider than a subheading; write six digits{}", such_as(.examples))]
    WideCode { given: String, examples: Vec<String> },
    /// PRP-1819
    #[error("PRP-1819: '{given}' is neither an economy nor a passage{}; write for example 'avoid China' or 'Suez shut'", suggestion(.nearest.as_deref()))]
    UnknownAvoid { given: String, nearest: Option<String> },
    /// PRP-1820
    #[error("PRP-1820: the need file cannot be read{}: {why}", at_line(*.line))]
    File { line: usize, why: String },
    /// PRP-1821
    #[error(
        "PRP-1821: '{given}' may be {whole} or {decimal}, as a dot parts thousands in some countries and decimals in others; write '{whole}' or '{decimal}'"
    )]
    DotThousands { given: String, whole: String, decimal: String },
    /// PRP-1002, where the number can be read and cannot be.
    #[error("PRP-1002: '{given}' cannot be: {why}; write for example '{example}'")]
    Number { given: String, why: &'static str, example: &'static str },
    /// The same, with the line of a file.
    #[error("line {line}: {source}")]
    At {
        line: usize,
        #[source]
        source: Box<Self>,
    },
    #[error(transparent)]
    Domain(#[from] DomainError),
    #[error(transparent)]
    Place(#[from] PlaceError),
    #[error(transparent)]
    Goods(#[from] ClassifyError),
    #[error(transparent)]
    Passage(#[from] RouteError),
}

/// One of several goods that a name may mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    pub hs: HsCode,
    pub description: String,
}

impl AskError {
    /// Puts the goods with more trade first, where the error lists goods; goods alike keep their order.
    pub fn with_trade_first(&mut self, trade: impl Fn(HsCode) -> usize) {
        match self {
            Self::UnclearGoods { candidates, .. } => {
                candidates.sort_by_cached_key(|it| std::cmp::Reverse(trade(it.hs)));
            }
            Self::At { source, .. } => source.with_trade_first(trade),
            _ => {}
        }
    }
}

/// Semicolons part a message from its hint, and an apostrophe opens a quotation: descriptions go without both.
fn one_a_line(candidates: &[Candidate]) -> String {
    let line = |it: &Candidate| {
        format!("\n  HS {} {}", it.hs, it.description.replace("; ", ", ").replace('\'', "\u{2019}"))
    };
    candidates.iter().map(line).collect()
}

fn example(candidates: &[Candidate]) -> String {
    candidates.first().map(|it| it.hs.to_string()).unwrap_or_default()
}

fn suggestion(nearest: Option<&str>) -> String {
    nearest.map(|it| format!("; did you mean {it}?")).unwrap_or_default()
}

fn such_as(examples: &[String]) -> String {
    if examples.is_empty() { String::new() } else { format!(", for example {}", examples.join(" or ")) }
}

fn at_line(line: usize) -> String {
    if line == 0 { String::new() } else { format!(", line {line}") }
}
