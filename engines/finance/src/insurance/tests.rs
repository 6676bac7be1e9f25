use domain::calendar::parse_date;

use super::*;
use crate::rates::tests::source;

fn book() -> InsuranceBook {
    let text = "clauses,mode,since,low_percent,mid_percent,high_percent,note\nA,sea,2024-01-01,0.1,0.3,0.6,x\nC,sea,2024-01-01,0.05,0.15,0.3,x\n";
    InsuranceBook::from_csv(text, Basis::Assumed, source("cargo insurance")).unwrap()
}

fn question(amount: &str, clauses: Clauses, incoterm: Incoterm) -> InsuranceQuestion {
    InsuranceQuestion {
        value: Money::parse(amount, domain::Currency::USD).unwrap(),
        clauses,
        mode: Mode::Sea,
        incoterm,
        on: parse_date("2026-01-01").unwrap(),
    }
}

/// Incoterms 2020 CIF A5: 110 % of 100,000 is insured.
#[test]
fn the_price_plus_ten_percent_is_insured() {
    let answer = premium(&question("100000.00", Clauses::A, Incoterm::Cif), &book()).unwrap();
    assert_eq!(answer.insured.to_string(), "110000.00 USD");
    assert_eq!(answer.premium.value.to_string(), "330.00 USD");
    assert_eq!(
        (answer.range.0.to_string(), answer.range.1.to_string()),
        ("110.00 USD".into(), "660.00 USD".into())
    );
    assert_eq!(answer.premium.because.basis, Basis::Assumed);
    assert!((premium_scalar(100_000.0, 0.003) - 330.0).abs() < 1e-9);
}

#[test]
fn cip_with_clauses_c_is_short() {
    let findings =
        |clauses, incoterm| premium(&question("1.00", clauses, incoterm), &book()).unwrap().findings.len();
    assert_eq!(findings(Clauses::C, Incoterm::Cip), 1);
    assert_eq!(findings(Clauses::C, Incoterm::Cif), 0);
    assert_eq!(findings(Clauses::A, Incoterm::Cip), 0);
}

#[test]
fn a_mode_without_rates_is_unknown() {
    let question = InsuranceQuestion { mode: Mode::Air, ..question("1.00", Clauses::A, Incoterm::Cip) };
    let error = premium(&question, &book()).unwrap_err().to_string();
    assert_eq!(error, "PRP-1508: no premium for ICC (A) by air in 'cargo insurance' applies on 2026-01-01");
}
