//! What if freight or prices were other than the books say? The gathered dossier is changed before deciding, and says so.

use domain::{Basis, Finding, Severity};
use serde::{Deserialize, Serialize};

use crate::dossier::Dossier;
use crate::facts;

/// Changes in percent of the middle, the low and the high of a range alike.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WhatIf {
    #[serde(skip_serializing_if = "is_nothing")]
    pub freight_percent: f64,
    #[serde(skip_serializing_if = "is_nothing")]
    pub price_percent: f64,
}

/// A change beyond these is a mistake of typing: nothing costs less than a tenth or more than six times.
pub const PERCENT: std::ops::RangeInclusive<f64> = -90.0..=500.0;

/// Columns of the freight rates that hold money.
const RATES: std::ops::Range<usize> = 1..10;

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it over so")]
fn is_nothing(percent: &f64) -> bool {
    *percent == 0.0
}

impl WhatIf {
    pub fn is_within_reason(self) -> bool {
        PERCENT.contains(&self.freight_percent) && PERCENT.contains(&self.price_percent)
    }

    /// Changes the dossier; what was changed is assumed from then on, and a finding tells.
    pub fn apply(self, dossier: &mut Dossier) {
        if self.freight_percent != 0.0 {
            scale_freight(dossier, 1.0 + self.freight_percent / 100.0);
            dossier.findings.insert(0, told("freight rates", self.freight_percent));
        }
        if self.price_percent != 0.0 {
            scale_prices(dossier, self.price_percent);
            dossier.findings.insert(0, told("prices of the goods", self.price_percent));
        }
    }
}

fn told(what: &str, percent: f64) -> Finding {
    let way = if percent > 0.0 { "up" } else { "down" };
    let text = format!("This answer is a what-if: {what} {way} by {} %, and assumed for it.", percent.abs());
    Finding::new(1846, Severity::Caution, text)
}

fn scale_prices(dossier: &mut Dossier, percent: f64) {
    for supply in &mut dossier.supplies {
        let Some(price) = supply.offer.price_per_kg else { continue };
        supply.offer.price_per_kg = Some(price.scale(1.0 + percent / 100.0));
        let because = supply.offer.because.clone().at_best(Basis::Assumed);
        let formula = match &because.formula {
            Some(formula) => format!("({formula}) {percent:+} % (what if)"),
            None => format!("{percent:+} % (what if)"),
        };
        supply.offer.because = because.formula(formula);
    }
}

fn scale_freight(dossier: &mut Dossier, by: f64) {
    let Some(extract) = dossier.tables.get_mut(&facts::key(("freight-rates", "rates.csv"))) else { return };
    let mut lines = extract.text.lines();
    let mut text = lines.next().unwrap_or_default().to_owned();
    text.push('\n');
    for line in lines {
        // Money stands before the words, so that a comma in them does no harm.
        let scaled = |(at, cell): (usize, &str)| match cell.parse::<f64>() {
            Ok(value) if RATES.contains(&at) => format!("{}", value * by),
            _ => cell.to_owned(),
        };
        text.push_str(&line.split(',').enumerate().map(scaled).collect::<Vec<_>>().join(","));
        text.push('\n');
    }
    extract.text = text;
    extract.basis = extract.basis.max(Basis::Assumed);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_money_is_scaled() {
        let what_if: WhatIf = serde_json::from_str(r#"{"freight_percent": 20}"#).unwrap();
        assert!(what_if.is_within_reason());
        assert!(!WhatIf { price_percent: 900.0, ..WhatIf::default() }.is_within_reason());
        assert_eq!(serde_json::to_string(&what_if).unwrap(), r#"{"freight_percent":20.0}"#);
        assert_eq!(
            told("freight rates", -5.0).text,
            "This answer is a what-if: freight rates down by 5 %, and assumed for it."
        );
    }
}
