//! Cradle-to-gate footprints of goods, where an open source has one: US EPA supply-chain factors by spending.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::table::{TableError, each_row};
use domain::{Basis, Economy, Evidence, Figure, Finding, HsCode, Severity, Source};
use serde::Serialize;

use crate::CarbonError;

#[derive(Clone, Debug)]
struct Row {
    kg_per_usd: f64,
    naics: String,
    title: String,
    why: String,
}

/// Kilograms CO2e per dollar of goods by HS code.
#[derive(Clone, Debug)]
pub struct ProductCarbonBook {
    rows: BTreeMap<HsCode, Row>,
    basis: Basis,
    source: Arc<Source>,
}

/// A product's footprint, or why there is none.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ProductAnswer {
    /// Kilograms CO2e to the gate of the maker.
    pub kg: Option<Figure<f64>>,
    pub findings: Vec<Finding>,
}

impl ProductCarbonBook {
    /// Reads `hs,naics,kg_per_usd2022,title,why`; `why` says why this industry stands for the goods.
    ///
    /// # Errors
    /// A row that cannot be read or a factor below zero.
    pub fn from_csv(text: &str, basis: Basis, source: Arc<Source>) -> Result<Self, CarbonError> {
        let mut rows = BTreeMap::new();
        each_row(text, &["hs", "naics", "kg_per_usd2022", "title", "why"], |row| {
            let kg_per_usd: f64 = row.get(2)?;
            if !(kg_per_usd.is_finite() && kg_per_usd >= 0.0) {
                return Err(row.refuse(2, &"a factor must be a number of at least zero"));
            }
            let [naics, title, why] = [1, 3, 4].map(|it| row.text(it).to_owned());
            rows.insert(row.get(0)?, Row { kg_per_usd, naics, title, why });
            Ok::<(), TableError>(())
        })?;
        Ok(Self { rows, basis, source })
    }

    /// Kilograms CO2e per dollar of 2022, by the longest code that covers the goods. No allocation.
    pub fn find(&self, hs: HsCode) -> Option<f64> {
        self.row(hs).map(|it| it.kg_per_usd)
    }

    fn row(&self, hs: HsCode) -> Option<&Row> {
        hs.ancestry().find_map(|it| self.rows.get(&it))
    }
}

/// The footprint of goods worth `value_usd` at the maker's gate. `None` where no factor or no value is known.
pub fn product(
    hs: HsCode,
    origin: Economy,
    value_usd: Option<f64>,
    book: &ProductCarbonBook,
) -> ProductAnswer {
    let none = |text: String, hint: &str| {
        let findings = vec![Finding::new(1605, Severity::Note, text).hint(hint)];
        ProductAnswer { kg: None, findings }
    };
    let Some(row) = book.row(hs) else {
        return none(
            format!("No open factor is loaded for {hs}; the goods' own footprint is not known."),
            "Ask the supplier for a product carbon footprint (ISO 14067).",
        );
    };
    let Some(value) = value_usd.filter(|it| it.is_finite() && *it >= 0.0) else {
        return none(
            format!("The footprint of {hs} is known by spending only, and the price is not known."),
            "State a price.",
        );
    };
    let kg = value * row.kg_per_usd;
    let because = Evidence::new(book.basis, &book.source)
        .stated(format!("NAICS {} {}: {} kg CO2e per 2022 USD", row.naics, row.title, row.kg_per_usd))
        .formula(format!("{value:.0} USD x {} = {kg:.0} kg CO2e", row.kg_per_usd))
        .reference(row.why.clone());
    let text = if origin == Economy::new(*b"US") {
        "The footprint is an average of a US industry by spending, not of this maker.".to_owned()
    } else {
        format!(
            "The footprint is an average of a US industry by spending; goods made in {origin} may differ several times over."
        )
    };
    let finding = Finding::new(1606, Severity::Caution, text)
        .hint("Ask the supplier for a product carbon footprint (ISO 14067).")
        .reference("US EPA Supply Chain Greenhouse Gas Emission Factors v1.3");
    ProductAnswer { kg: Some(Figure::new(kg, because)), findings: vec![finding] }
}

#[cfg(test)]
mod tests;
