//! What banks charge: dated ranges by kind of service, as a fixed part and a share of the amount.

use std::sync::Arc;

use domain::table::{TableError, each_row};
use domain::{Basis, Currency, Date, Evidence, Figure, Interval, Source};
use serde::Serialize;

use crate::error::FinanceError;

/// Services that a bank charges for in a cross-border deal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChargeKind {
    /// SEPA credit transfer.
    SepaTransfer,
    /// Cross-border transfer through correspondent banks, sender's own bank.
    CorrespondentTransfer,
    /// What correspondents and the beneficiary's bank take on the way.
    CorrespondentDeduction,
    /// Transfer in renminbi through CIPS participants.
    CipsTransfer,
    /// Transfer within one economy in its own currency.
    DomesticTransfer,
    /// Opening a documentary credit.
    CreditIssuance,
    /// The seller's bank advising it.
    CreditAdvice,
    /// Examining documents and paying under it.
    CreditHandling,
    /// A second bank's undertaking (confirmation).
    CreditConfirmation,
    /// Acceptance of a usance draft.
    Acceptance,
    /// Documentary collection, each of the two banks.
    Collection,
    /// Telecommunication of a documentary credit or collection.
    Swift,
    /// Margin over the mid rate when a bank exchanges currency at once.
    FxSpotMargin,
    /// Margin over the mid rate of a forward.
    FxForwardMargin,
}

const KINDS: [(ChargeKind, &str); 14] = [
    (ChargeKind::SepaTransfer, "sepa_transfer"),
    (ChargeKind::CorrespondentTransfer, "correspondent_transfer"),
    (ChargeKind::CorrespondentDeduction, "correspondent_deduction"),
    (ChargeKind::CipsTransfer, "cips_transfer"),
    (ChargeKind::DomesticTransfer, "domestic_transfer"),
    (ChargeKind::CreditIssuance, "credit_issuance"),
    (ChargeKind::CreditAdvice, "credit_advice"),
    (ChargeKind::CreditHandling, "credit_handling"),
    (ChargeKind::CreditConfirmation, "credit_confirmation"),
    (ChargeKind::Acceptance, "acceptance"),
    (ChargeKind::Collection, "collection"),
    (ChargeKind::Swift, "swift"),
    (ChargeKind::FxSpotMargin, "fx_spot_margin"),
    (ChargeKind::FxForwardMargin, "fx_forward_margin"),
];

impl ChargeKind {
    pub fn word(self) -> &'static str {
        KINDS.iter().find(|it| it.0 == self).map_or("", |it| it.1)
    }
}

impl std::str::FromStr for ChargeKind {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        KINDS.iter().find(|it| it.1 == text).map(|it| it.0).ok_or("not a kind of bank charge that is known")
    }
}

/// How often a share is charged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Per {
    Payment,
    /// Each begun period of ninety days, as documentary credits are charged.
    Quarter,
}

impl std::str::FromStr for Per {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "payment" => Ok(Self::Payment),
            "quarter" => Ok(Self::Quarter),
            _ => Err("not 'payment' or 'quarter'"),
        }
    }
}

/// One charge from a day on.
#[derive(Clone, Debug)]
pub struct ChargeRow {
    pub kind: ChargeKind,
    pub since: Date,
    /// In major units of `currency`.
    pub fixed: Interval,
    pub currency: Currency,
    /// Share of the amount.
    pub share: Interval,
    pub per: Per,
    pub note: String,
}

/// Bank charges by kind and date.
#[derive(Clone, Debug)]
pub struct ChargeBook {
    rows: Vec<ChargeRow>,
    basis: Basis,
    source: Arc<Source>,
}

/// Charges added up for one way of paying, ready for any amount: `fixed + share x amount`, in one currency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct ChargeSheet {
    pub fixed: Interval,
    pub share: Interval,
}

impl ChargeSheet {
    /// P10, P50 and P90 of the charge on `amount`, in the currency of the sheet. No allocation.
    #[inline]
    pub fn on(&self, amount: f64) -> Interval {
        Interval {
            low: self.fixed.low + self.share.low * amount,
            mid: self.fixed.mid + self.share.mid * amount,
            high: self.fixed.high + self.share.high * amount,
        }
    }

    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self { fixed: self.fixed.plus(other.fixed), share: self.share.plus(other.share) }
    }
}

impl ChargeBook {
    /// Reads `kind,since,fixed_low,fixed_mid,fixed_high,currency,share_low_percent,share_mid_percent,share_high_percent,per,note`.
    ///
    /// # Errors
    /// A row that cannot be read.
    pub fn from_csv(text: &str, basis: Basis, source: Arc<Source>) -> Result<Self, FinanceError> {
        const COLUMNS: [&str; 11] = [
            "kind",
            "since",
            "fixed_low",
            "fixed_mid",
            "fixed_high",
            "currency",
            "share_low_percent",
            "share_mid_percent",
            "share_high_percent",
            "per",
            "note",
        ];
        let mut rows = Vec::new();
        each_row(text, &COLUMNS, |row| {
            let range = |at: usize| -> Result<Interval, TableError> {
                let (low, mid, high): (f64, f64, f64) = (row.get(at)?, row.get(at + 1)?, row.get(at + 2)?);
                let ordered = 0.0 <= low && low <= mid && mid <= high;
                if ordered {
                    Ok(Interval { low, mid, high })
                } else {
                    Err(row.refuse(at, &"low, middle and high must rise from zero"))
                }
            };
            rows.push(ChargeRow {
                kind: row.get(0)?,
                since: row.get(1)?,
                fixed: range(2)?,
                currency: row.get(5)?,
                share: range(6)?.scale(0.01),
                per: row.get(9)?,
                note: row.text(10).to_owned(),
            });
            Ok::<(), TableError>(())
        })?;
        rows.sort_by_key(|row| (row.kind, row.since));
        Ok(Self { rows, basis, source })
    }

    pub fn source(&self) -> &Arc<Source> {
        &self.source
    }

    pub fn basis(&self) -> Basis {
        self.basis
    }

    /// The charge in force on `on`.
    ///
    /// # Errors
    /// The book has none of that kind so early.
    pub fn get(&self, kind: ChargeKind, on: Date) -> Result<&ChargeRow, FinanceError> {
        let end = self.rows.partition_point(|row| (row.kind, row.since) <= (kind, on));
        let found = end.checked_sub(1).map(|at| &self.rows[at]).filter(|row| row.kind == kind);
        found.ok_or_else(|| FinanceError::NoCharge {
            what: kind.word().to_owned(),
            on,
            book: self.source.title.clone(),
        })
    }

    /// The share of a kind as a figure, for margins.
    ///
    /// # Errors
    /// As [`Self::get`].
    pub fn share(&self, kind: ChargeKind, on: Date) -> Result<Figure<Interval>, FinanceError> {
        let row = self.get(kind, on)?;
        Ok(Figure::new(row.share, Evidence::new(self.basis, &self.source).stated(row.note.clone())))
    }
}

impl ChargeRow {
    /// The charge for an undertaking of `days`, its fixed part converted at `rate` (units of the sheet's currency for one of
    /// the row's).
    pub fn sheet(&self, days: f64, rate: f64) -> ChargeSheet {
        let times = match self.per {
            Per::Payment => 1.0,
            Per::Quarter => (days / 90.0).ceil().max(1.0),
        };
        ChargeSheet { fixed: self.fixed.scale(rate), share: self.share.scale(times) }
    }
}

#[cfg(test)]
mod tests;
