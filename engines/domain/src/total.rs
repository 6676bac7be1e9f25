//! Cost lines and their total. One unknown line makes the total a lower bound, for good.

use serde::{Deserialize, Serialize};

use crate::basis::Evidence;
use crate::currency::Currency;
use crate::error::DomainError;
use crate::incoterm;
use crate::money::Money;

/// What a cost line pays for, in the order in which a landed cost is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CostKind {
    Goods,
    OriginCarriage,
    OriginTerminal,
    ExportClearance,
    MainCarriage,
    Insurance,
    DestinationTerminal,
    DestinationCarriage,
    ImportClearance,
    Duty,
    AdditionalDuty,
    AntiDumping,
    CustomsFee,
    CarbonBorder,
    Tax,
    BankCharges,
    Financing,
    Hedging,
    Currency,
}

/// One line of a landed cost, in the currency of the need.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CostLine {
    pub kind: CostKind,
    /// What exactly, in words ("Sea freight Ningbo - Felixstowe", "Third-country duty 8505 11 00").
    pub label: String,
    /// P50; `None` when it is not known. Unknown is not zero.
    pub amount: Option<Money>,
    /// P10 and P90, where the amount is a range.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub range: Option<(Money, Money)>,
    /// Who pays it to third parties under the plan's Incoterm. What the seller pays is inside the price the buyer pays.
    pub payer: incoterm::Party,
    /// A tax that the buyer, if registered, gets back is shown and kept out of the landed cost.
    #[serde(default)]
    pub recoverable: bool,
    pub because: Evidence,
}

/// A sum that remembers what it does not know. `AtLeast` can never be read as a total.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Total {
    Exactly(Money),
    AtLeast { known: Money, unknown: Vec<String> },
}

impl Total {
    /// The sum of the lines that are not recoverable; unknown lines are named.
    pub fn of(lines: &[CostLine], currency: Currency) -> Result<Self, DomainError> {
        let mut known = Money::zero(currency);
        let mut unknown = Vec::new();
        for line in lines.iter().filter(|line| !line.recoverable) {
            match line.amount {
                Some(amount) => known = known.checked_add(amount)?,
                None => unknown.push(line.label.clone()),
            }
        }
        Ok(if unknown.is_empty() { Self::Exactly(known) } else { Self::AtLeast { known, unknown } })
    }

    /// What is known of it: the total, or its lower bound.
    pub fn bound(&self) -> Money {
        match self {
            Self::Exactly(money) => *money,
            Self::AtLeast { known, .. } => *known,
        }
    }

    pub fn is_exact(&self) -> bool {
        matches!(self, Self::Exactly(_))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::basis::{Basis, Source};

    fn line(amount: Option<i64>, recoverable: bool) -> CostLine {
        let source = Arc::new(Source {
            title: "t".into(),
            publisher: "p".into(),
            vintage: "2024".into(),
            book: None,
            licence: None,
        });
        CostLine {
            kind: CostKind::Duty,
            label: "duty".into(),
            amount: amount.map(|it| Money::from_minor(it, Currency::USD)),
            range: None,
            payer: incoterm::Party::Buyer,
            recoverable,
            because: Evidence::new(Basis::Observed, &source),
        }
    }

    #[test]
    fn an_unknown_line_makes_a_lower_bound() {
        let usd = |minor| Money::from_minor(minor, Currency::USD);
        let total = |lines: &[CostLine]| Total::of(lines, Currency::USD).unwrap();
        assert_eq!(total(&[line(Some(5), false), line(Some(7), false)]), Total::Exactly(usd(12)));
        assert_eq!(
            total(&[line(Some(5), false), line(None, false)]),
            Total::AtLeast { known: usd(5), unknown: vec!["duty".into()] }
        );
        assert_eq!(
            total(&[line(Some(5), false), line(None, true)]),
            Total::Exactly(usd(5)),
            "a tax that comes back is not a cost"
        );
    }
}
