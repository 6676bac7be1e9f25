//! Carbon intensity of electricity by economy and year.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::table::{TableError, each_row};
use domain::{Basis, Date, Economy, Evidence, Figure, Source};

use crate::CarbonError;

/// Grams CO2e per kilowatt-hour.
#[derive(Clone, Debug)]
pub struct GridBook {
    rows: BTreeMap<Economy, BTreeMap<i16, f64>>,
    basis: Basis,
    source: Arc<Source>,
}

impl GridBook {
    /// Reads `economy,year,g_per_kwh`.
    ///
    /// # Errors
    /// A row that cannot be read or an intensity below zero.
    pub fn from_csv(text: &str, basis: Basis, source: Arc<Source>) -> Result<Self, CarbonError> {
        let mut rows: BTreeMap<Economy, BTreeMap<i16, f64>> = BTreeMap::new();
        each_row(text, &["economy", "year", "g_per_kwh"], |row| {
            let grams: f64 = row.get(2)?;
            if !(grams.is_finite() && grams >= 0.0) {
                return Err(row.refuse(2, &"an intensity must be a number of at least zero"));
            }
            rows.entry(row.get(0)?).or_default().insert(row.get(1)?, grams);
            Ok::<(), TableError>(())
        })?;
        Ok(Self { rows, basis, source })
    }

    /// The last year up to `on`, in grams CO2e per kWh; `None` for an economy without one.
    pub fn intensity(&self, economy: Economy, on: Date) -> Option<Figure<f64>> {
        let (year, grams) = self.rows.get(&economy)?.range(..=on.year()).next_back()?;
        let because = Evidence::new(self.basis, &self.source)
            .stated(format!("electricity of {economy}, {year}: {grams} g CO2e/kWh"));
        Some(Figure::new(*grams, because))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_known_year_is_taken_and_nothing_is_guessed() {
        let source = Arc::new(Source {
            title: "Ember".into(),
            publisher: "Ember".into(),
            vintage: "2025".into(),
            book: None,
            licence: None,
        });
        let text = "economy,year,g_per_kwh\nCN,2023,582.3\nCN,2024,560.0\n";
        let book = GridBook::from_csv(text, Basis::Benchmark, source).unwrap();
        let on = |text: &str| domain::calendar::parse_date(text).unwrap();
        let china = Economy::new(*b"CN");
        let at = |day: &str| book.intensity(china, on(day)).map(|it| it.value);
        assert_eq!(at("2026-11-22"), Some(560.0));
        assert_eq!(at("2023-06-01"), Some(582.3));
        assert_eq!(at("2022-06-01"), None);
        assert!(book.intensity(Economy::new(*b"MA"), on("2026-11-22")).is_none());
    }
}
