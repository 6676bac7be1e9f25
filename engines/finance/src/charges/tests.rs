use domain::calendar::parse_date;
use domain::{Basis, Interval};

use super::*;
use crate::rates::tests::source;

fn book() -> ChargeBook {
    let text = "kind,since,fixed_low,fixed_mid,fixed_high,currency,share_low_percent,share_mid_percent,share_high_percent,per,note\n\
                swift,2020-01-01,20,30,50,EUR,0,0,0,payment,old\n\
                swift,2025-01-01,25,40,60,EUR,0,0,0,payment,new\n\
                credit_issuance,2025-01-01,100,150,300,EUR,0.1,0.25,0.5,quarter,x\n";
    ChargeBook::from_csv(text, Basis::Assumed, source("charges")).unwrap()
}

#[test]
fn the_charge_of_the_day_applies() {
    let middle = |on: &str| book().get(ChargeKind::Swift, parse_date(on).unwrap()).map(|it| it.fixed.mid);
    assert_eq!(middle("2024-12-31"), Ok(30.0));
    assert_eq!(middle("2025-01-01"), Ok(40.0));
    let error = middle("2019-12-31").unwrap_err().to_string();
    assert_eq!(error, "PRP-1508: no swift in 'charges' applies on 2019-12-31");
    assert!(book().get(ChargeKind::Collection, parse_date("2026-01-01").unwrap()).is_err());
}

#[test]
fn shares_by_the_quarter_count_each_begun_quarter() {
    let book = book();
    let row = book.get(ChargeKind::CreditIssuance, parse_date("2026-01-01").unwrap()).unwrap();
    let at = |days: f64| row.sheet(days, 1.0).on(10_000.0).mid;
    for (days, expect) in [(10.0, 175.0), (90.0, 175.0), (91.0, 200.0), (181.0, 225.0)] {
        assert!((at(days) - expect).abs() < 1e-9, "{days}");
    }
    let doubled = row.sheet(10.0, 2.0).on(10_000.0);
    assert!((doubled.mid - 325.0).abs() < 1e-9, "the fixed part is converted, the share is not");
}

#[test]
fn charges_grow_with_the_amount() {
    let sheet =
        ChargeSheet { fixed: Interval::new(1.0, 2.0, 3.0), share: Interval::new(0.001, 0.002, 0.003) };
    assert!(sheet.on(1000.0).mid < sheet.on(2000.0).mid);
    let twice = sheet.plus(sheet).on(500.0);
    assert!((twice.mid - 2.0 * sheet.on(500.0).mid).abs() < 1e-12);
}

#[test]
fn a_bad_row_says_where() {
    let text = "kind,since,fixed_low,fixed_mid,fixed_high,currency,share_low_percent,share_mid_percent,share_high_percent,per,note\n\
                swift,2020-01-01,40,30,50,EUR,0,0,0,payment,\n";
    let error = ChargeBook::from_csv(text, Basis::Assumed, source("c")).unwrap_err().to_string();
    assert!(error.contains("line 2") && error.contains("must rise"), "{error}");
}
