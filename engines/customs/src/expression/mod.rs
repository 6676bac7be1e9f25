//! Duty texts of tariffs: read once, evaluated exactly.
//!
//! A text is one or more sums joined by MIN and MAX. The last of them binds loosest; MIN is a floor (the larger of both sides), MAX a
//! cap (the smaller). A sum adds and subtracts terms: a percentage of the customs value, or an amount of money for each unit of a
//! measure. This is how the calculator of the UK tariff evaluates compound measures (github.com/trade-tariff/trade-tariff-duty-calculator,
//! `ExpressionEvaluators::Compound`).
//!
//! A number with neither percent sign nor currency is a percentage when the text has no percent sign at all (the Official Journal prints
//! "13.6 MIN 1.6 EUR/100 kg"); otherwise it takes money and measure of the next term that has them ("MIN 13 MAX 15 - 7 GBP/DTN").

mod evaluate;
mod read;
#[cfg(test)]
mod tests;
mod units;

pub use evaluate::{Goods, Missing, Rates};
pub use read::parse_expression;
pub use units::{Measure, Per};

use domain::{Currency, Decimal};
use thiserror::Error;

/// Longest text that is read, in bytes. The longest of the US, UK, EU and Australian tariffs that has a formula is under 250.
pub const LONGEST_TEXT: usize = 400;
/// Most terms of one text. The longest known has five (watches: each, case, strap, battery).
pub const MOST_TERMS: usize = 16;

/// A duty text as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expression {
    pub(crate) first: Sum,
    pub(crate) bounds: Vec<(Bound, Sum)>,
    /// Rates by month, where the text has them; then `first` and `bounds` are empty.
    pub(crate) seasons: Vec<Season>,
    /// "The duty provided in the applicable subheading + ...": this comes on top of that.
    pub(crate) on_top: bool,
    /// "15% with the duty of column 1 in it": what is owed in all, the base duty included.
    pub(crate) total: bool,
    /// The share of the value, when the text is nothing but one percentage or free: the fast way for most lines.
    pub(crate) share: Option<Decimal>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bound {
    /// A floor.
    Min,
    /// A cap.
    Max,
}

/// Terms with whether they are taken away. Empty: free.
pub(crate) type Sum = Vec<(bool, Term)>;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Term {
    /// Of the customs value, or of the value of a part of the goods ("on the case").
    Percent {
        percent: Decimal,
        of: Option<Box<str>>,
    },
    Amount {
        amount: Decimal,
        coin: Coin,
        per: Per,
    },
    /// Agricultural component or additional duty on sugar or flour, from a table that is not in the text.
    Component(Box<str>),
}

/// The money of an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Coin {
    /// "$", "cents": money of the territory whose tariff it is.
    Home,
    Of(Currency),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Season {
    pub(crate) sum: Sum,
    /// First and last month, 1 to 12; may wrap over the new year.
    pub(crate) from: i8,
    pub(crate) to: i8,
}

/// Why a duty text cannot be read. The duty is then unknown.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ExpressionError {
    #[error("PRP-1204: the duty text is empty")]
    Empty,
    #[error("PRP-1204: the duty text is {length} bytes long; at most {LONGEST_TEXT} are read")]
    TooLong { length: usize },
    #[error("PRP-1204: the duty text has more than {MOST_TERMS} terms")]
    TooManyTerms,
    #[error("PRP-1204: the duty text cannot be read from '{at}' on")]
    Unseen { at: String },
    #[error("PRP-1204: '{number}' has neither percent sign nor unit, and no later term says which")]
    Bare { number: String },
}

impl Expression {
    /// Whether the duty comes on top of the duty of another subheading.
    pub fn is_on_top(&self) -> bool {
        self.on_top
    }

    /// Whether the amount is what is owed in all, so that only what the base duty leaves of it comes on top.
    pub fn includes_base(&self) -> bool {
        self.total
    }

    /// Whether nothing is owed whatever the goods.
    pub fn is_free(&self) -> bool {
        self.share.is_some_and(|it| it.is_zero())
    }

    /// The percentage, when the text is nothing but one.
    pub fn percent(&self) -> Option<Decimal> {
        self.share.map(|it| it * Decimal::ONE_HUNDRED)
    }
}
