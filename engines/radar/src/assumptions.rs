//! What the radar takes for granted where nobody stated a figure: a small dated book, shown wherever it is used.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::table::{TableError, each_row};
use domain::{Basis, Evidence, Figure, Interval, Source};

/// Book and table that hold them.
pub const BOOK: (&str, &str) = ("assumptions", "assumptions.csv");

/// Named ranges, each with why it was taken.
#[derive(Clone, Debug)]
pub struct Assumptions {
    rows: BTreeMap<String, (Interval, String)>,
    source: Arc<Source>,
}

/// The names the radar asks for. The book must have them all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    ProductionLead,
    ExportClearance,
    ImportClearance,
    AdvanceLoss,
    CreditLoss,
    CargoLoss,
    CoverCShare,
    WorldPriceCorrelation,
    FreightCorrelation,
    TradeLoanMargin,
    TradeLoanShare,
    QuoteDelay,
    TerminalSea,
    TerminalAir,
    TerminalRail,
    SellerCreditCost,
}

impl Name {
    pub const ALL: [Self; 16] = [
        Self::ProductionLead,
        Self::ExportClearance,
        Self::ImportClearance,
        Self::AdvanceLoss,
        Self::CreditLoss,
        Self::CargoLoss,
        Self::CoverCShare,
        Self::WorldPriceCorrelation,
        Self::FreightCorrelation,
        Self::TradeLoanMargin,
        Self::TradeLoanShare,
        Self::QuoteDelay,
        Self::TerminalSea,
        Self::TerminalAir,
        Self::TerminalRail,
        Self::SellerCreditCost,
    ];

    pub fn word(self) -> &'static str {
        match self {
            Self::ProductionLead => "production_lead",
            Self::ExportClearance => "export_clearance",
            Self::ImportClearance => "import_clearance",
            Self::AdvanceLoss => "advance_loss",
            Self::CreditLoss => "credit_loss",
            Self::CargoLoss => "cargo_loss",
            Self::CoverCShare => "cover_c_share",
            Self::WorldPriceCorrelation => "world_price_correlation",
            Self::FreightCorrelation => "freight_correlation",
            Self::TradeLoanMargin => "trade_loan_margin",
            Self::TradeLoanShare => "trade_loan_share",
            Self::QuoteDelay => "quote_delay",
            Self::TerminalSea => "terminal_sea",
            Self::TerminalAir => "terminal_air",
            Self::TerminalRail => "terminal_rail",
            Self::SellerCreditCost => "seller_credit_cost",
        }
    }
}

impl Assumptions {
    /// Reads `name,low,mid,high,unit,why`.
    ///
    /// # Errors
    /// A row that cannot be read, or a name that is missing.
    pub fn from_csv(text: &str, source: Arc<Source>) -> Result<Self, TableError> {
        let mut rows = BTreeMap::new();
        let count = each_row(text, &["name", "low", "mid", "high", "why"], |row| {
            let range = Interval::new(row.get(1)?, row.get(2)?, row.get(3)?);
            rows.insert(row.text(0).to_owned(), (range, row.text(4).to_owned()));
            Ok::<(), TableError>(())
        })?;
        match Name::ALL.into_iter().find(|it| !rows.contains_key(it.word())) {
            Some(missing) => {
                Err(TableError { line: count + 1, why: format!("there is no row '{}'", missing.word()) })
            }
            None => Ok(Self { rows, source }),
        }
    }

    pub fn get(&self, name: Name) -> Interval {
        // `from_csv` has seen every name.
        self.rows.get(name.word()).map(|it| it.0).unwrap_or_default()
    }

    /// The range with its reason, for a line or a leg.
    pub fn figure(&self, name: Name) -> Figure<Interval> {
        let (range, why) = self.rows.get(name.word()).cloned().unwrap_or_default();
        Figure::new(range, Evidence::new(Basis::Assumed, &self.source).stated(why))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source() -> Arc<Source> {
        Arc::new(Source {
            title: "Assumptions".into(),
            publisher: "Periplus".into(),
            vintage: "2026".into(),
            book: None,
            licence: None,
        })
    }

    #[test]
    fn the_bundled_book_has_every_name() {
        let text = include_str!("../../../books/assumptions/assumptions.csv");
        let book = Assumptions::from_csv(text, source()).unwrap();
        for name in Name::ALL {
            let it = book.figure(name);
            assert!(0.0 < it.value.low && it.value.low <= it.value.high, "{name:?}");
            assert_eq!(it.because.basis, Basis::Assumed);
            assert!(it.because.stated.is_some_and(|why| why.len() > 30));
        }
    }

    #[test]
    fn a_missing_name_is_named() {
        let error = Assumptions::from_csv("name,low,mid,high,unit,why\n", source()).unwrap_err();
        assert!(error.to_string().contains("there is no row 'production_lead'"), "{error}");
    }
}
