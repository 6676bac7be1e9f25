//! The books `bank-charges`, `cargo-insurance` and `key-rates`: small tables kept by hand, here. No official file gives the first two;
//! they are assumptions with wide ranges and say so. The third is copied from announcements of central banks.

use domain::Basis;
use lake::csv_text::Table;

use crate::context::{About, Context, Error, Made};

/// Kind; fixed low, middle, high in EUR; share low, middle, high in percent; per; what it stands for.
type Charge = (&'static str, [f64; 3], [f64; 3], &'static str, &'static str);

const CHARGES_SINCE: &str = "2024-01-01";
const CHARGES: &[Charge] = &[
    (
        "sepa_transfer",
        [0.0, 0.3, 5.0],
        [0.0; 3],
        "payment",
        "SEPA credit transfer, business account; priced as a domestic transfer in euro (Regulation (EU) 2021/1230, article 3)",
    ),
    (
        "correspondent_transfer",
        [10.0, 35.0, 90.0],
        [0.0; 3],
        "payment",
        "cross-border transfer, sender's bank, charges shared",
    ),
    (
        "correspondent_deduction",
        [5.0, 20.0, 50.0],
        [0.0; 3],
        "payment",
        "correspondents and beneficiary's bank",
    ),
    (
        "cips_transfer",
        [10.0, 25.0, 60.0],
        [0.0; 3],
        "payment",
        "renminbi transfer through a CIPS participant",
    ),
    (
        "domestic_transfer",
        [0.0, 3.0, 25.0],
        [0.0; 3],
        "payment",
        "transfer within one economy in its own currency",
    ),
    ("credit_issuance", [50.0, 120.0, 250.0], [0.1, 0.25, 0.6], "quarter", "opening a documentary credit"),
    ("credit_advice", [50.0, 90.0, 200.0], [0.0; 3], "payment", "advising a documentary credit"),
    (
        "credit_handling",
        [50.0, 80.0, 150.0],
        [0.1, 0.15, 0.3],
        "payment",
        "examining documents and paying under a documentary credit",
    ),
    (
        "credit_confirmation",
        [50.0, 100.0, 200.0],
        [0.1, 0.35, 1.5],
        "quarter",
        "confirmation; depends on the issuing bank and its country",
    ),
    ("acceptance", [0.0, 50.0, 100.0], [0.1, 0.25, 0.5], "quarter", "accepting a usance draft"),
    (
        "collection",
        [20.0, 40.0, 90.0],
        [0.05, 0.1, 0.2],
        "payment",
        "documentary collection, each of the two banks",
    ),
    ("swift", [15.0, 30.0, 60.0], [0.0; 3], "payment", "messages of a documentary credit or collection"),
    (
        "fx_spot_margin",
        [0.0; 3],
        [0.1, 0.5, 1.5],
        "payment",
        "bank's margin over the mid rate for a smaller firm",
    ),
    (
        "fx_forward_margin",
        [0.0; 3],
        [0.1, 0.4, 1.0],
        "payment",
        "bank's margin over the mid forward for a smaller firm",
    ),
];

/// Clauses, mode, low, middle and high in percent of the insured value.
const PREMIUMS: &[(&str, &str, [f64; 3])] = &[
    ("A", "air", [0.05, 0.15, 0.4]),
    ("A", "rail", [0.07, 0.18, 0.45]),
    ("A", "road", [0.06, 0.15, 0.45]),
    ("A", "sea", [0.08, 0.2, 0.55]),
    ("C", "air", [0.03, 0.08, 0.2]),
    ("C", "rail", [0.04, 0.09, 0.22]),
    ("C", "road", [0.03, 0.08, 0.22]),
    ("C", "sea", [0.04, 0.1, 0.25]),
];

/// Currency, first day, percent, name, who decided.
const KEY_RATES: &[(&str, &str, &str, &str, &str)] = &[
    ("AUD", "2025-02-19", "4.10", "Cash Rate Target", "Reserve Bank of Australia"),
    ("AUD", "2025-05-21", "3.85", "Cash Rate Target", "Reserve Bank of Australia"),
    ("AUD", "2025-08-13", "3.60", "Cash Rate Target", "Reserve Bank of Australia"),
    ("BRL", "2025-06-19", "15.00", "Selic target", "Central Bank of Brazil"),
    ("CAD", "2025-03-13", "2.75", "target for the overnight rate", "Bank of Canada"),
    ("CAD", "2025-09-18", "2.50", "target for the overnight rate", "Bank of Canada"),
    ("CAD", "2025-10-30", "2.25", "target for the overnight rate", "Bank of Canada"),
    ("CHF", "2025-03-21", "0.25", "SNB policy rate", "Swiss National Bank"),
    ("CHF", "2025-06-20", "0.00", "SNB policy rate", "Swiss National Bank"),
    ("CNY", "2024-09-27", "1.50", "7-day reverse repo rate", "People's Bank of China"),
    ("CNY", "2025-05-08", "1.40", "7-day reverse repo rate", "People's Bank of China"),
    ("EUR", "2024-12-18", "3.00", "deposit facility rate", "European Central Bank"),
    ("EUR", "2025-02-05", "2.75", "deposit facility rate", "European Central Bank"),
    ("EUR", "2025-03-12", "2.50", "deposit facility rate", "European Central Bank"),
    ("EUR", "2025-04-23", "2.25", "deposit facility rate", "European Central Bank"),
    ("EUR", "2025-06-11", "2.00", "deposit facility rate", "European Central Bank"),
    ("GBP", "2024-11-07", "4.75", "Bank Rate", "Bank of England"),
    ("GBP", "2025-02-06", "4.50", "Bank Rate", "Bank of England"),
    ("GBP", "2025-05-08", "4.25", "Bank Rate", "Bank of England"),
    ("GBP", "2025-08-07", "4.00", "Bank Rate", "Bank of England"),
    ("GBP", "2025-12-18", "3.75", "Bank Rate", "Bank of England"),
    ("INR", "2025-12-05", "5.25", "policy repo rate", "Reserve Bank of India"),
    ("JPY", "2025-01-27", "0.50", "uncollateralised overnight call rate", "Bank of Japan"),
    ("JPY", "2025-12-22", "0.75", "uncollateralised overnight call rate", "Bank of Japan"),
    ("KRW", "2025-05-29", "2.50", "Base Rate", "Bank of Korea"),
    ("MAD", "2025-03-20", "2.25", "key rate", "Bank Al-Maghrib"),
    ("USD", "2024-12-19", "4.50", "federal funds target, upper bound", "Federal Open Market Committee"),
    ("USD", "2025-09-18", "4.25", "federal funds target, upper bound", "Federal Open Market Committee"),
    ("USD", "2025-10-30", "4.00", "federal funds target, upper bound", "Federal Open Market Committee"),
    ("USD", "2025-12-11", "3.75", "federal funds target, upper bound", "Federal Open Market Committee"),
];

const OURS: &str = "Apache-2.0 (our own table)";

/// Bank charges by kind.
pub fn bank_charges(cx: &Context) -> Result<Vec<Made>, Error> {
    let mut book = cx.draft("bank-charges");
    let mut table = Table::new(&[
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
    ]);
    for (kind, fixed, share, per, note) in CHARGES {
        let [f0, f1, f2] = fixed.map(|it| it.to_string());
        let [s0, s1, s2] = share.map(|it| it.to_string());
        table.row([*kind, CHARGES_SINCE, &f0, &f1, &f2, "EUR", &s0, &s1, &s2, per, note]);
    }
    book.table("charges.csv", table.finish());
    Ok(vec![book.finish(&About {
        title: "Bank charges in foreign trade, assumed ranges",
        publisher: "The Periplus team",
        licence: OURS,
        licence_url: None,
        vintage: "2024",
        basis: Basis::Assumed,
        how: "Assumed. Banks' tariffs differ by bank, country and customer, and no open source collects them; the ranges are set wide \
so that an ordinary tariff of a commercial bank for a smaller firm lies inside. Replace them with your own bank's tariff.",
    })])
}

/// Premium rates by clauses and mode.
pub fn cargo_insurance(cx: &Context) -> Result<Vec<Made>, Error> {
    let mut book = cx.draft("cargo-insurance");
    let columns = ["clauses", "mode", "since", "low_percent", "mid_percent", "high_percent", "note"];
    let mut table = Table::new(&columns);
    for (clauses, mode, share) in PREMIUMS {
        let [low, mid, high] = share.map(|it| it.to_string());
        let note =
            format!("Institute Cargo Clauses ({clauses}) by {mode}: assumed share of the insured value");
        table.row([*clauses, mode, CHARGES_SINCE, &low, &mid, &high, &note]);
    }
    book.table("rates.csv", table.finish());
    Ok(vec![book.finish(&About {
        title: "Cargo insurance premiums, assumed ranges",
        publisher: "The Periplus team",
        licence: OURS,
        licence_url: None,
        vintage: "2024",
        basis: Basis::Assumed,
        how: "Assumed. Premiums depend on goods, packing, route and claims, and no open source gives them; the ranges are set wide for \
ordinary packed goods without war risk. Replace them with your insurer's rates.",
    })])
}

/// Key rates by currency and day.
pub fn key_rates(cx: &Context) -> Result<Vec<Made>, Error> {
    let mut book = cx.draft("key-rates");
    let mut table = Table::new(&["currency", "from", "rate_percent", "name", "reference"]);
    for (currency, from, percent, name, bank) in KEY_RATES {
        table.row([*currency, from, percent, name, bank]);
    }
    book.table("key-rates.csv", table.finish());
    Ok(vec![book.finish(&About {
        title: "Key interest rates of central banks, copied by hand",
        publisher: "The Periplus team, from the central banks' announcements",
        licence: OURS,
        licence_url: None,
        vintage: "2025-12",
        basis: Basis::Assumed,
        how: "Copied by hand from the decisions of the central banks, with the day each took effect; decisions after December 2025 are \
not in it. Marked as assumed because no official file stands behind it and because a key rate stands in for a money-market rate of \
the tenor. Used for forward rates and, with an assumed margin, where the World Bank has no recent lending rate.",
    })])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is written can be read by the engines, and every range rises.
    #[test]
    fn ranges_rise_and_days_are_in_order() {
        for (kind, fixed, share, ..) in CHARGES {
            for range in [fixed, share] {
                assert!(range[0] <= range[1] && range[1] <= range[2], "{kind}");
            }
        }
        for (clauses, mode, share) in PREMIUMS {
            assert!(0.0 < share[0] && share[0] < share[1] && share[1] < share[2], "{clauses} {mode}");
        }
        let days: Vec<_> = KEY_RATES.iter().map(|it| (it.0, it.1)).collect();
        assert!(days.is_sorted() && days.windows(2).all(|it| it[0] != it[1]));
    }
}
