use super::*;
use crate::testing::{book, economies, economy, flows, source};

/// Unit values 1 2 3 4 5 USD/kg with values 100 100 100 100 600: P10 is 1, P50 and P90 are 5.
#[test]
fn bands_are_weighted_by_value() {
    let rows = "2024 CN GB 100 100\n2024 CN US 100 50\n2024 CN FR 100 33.3333333\n2024 CN NL 100 25\n2024 CN DE 600 120";
    let band = unit_value_band(&flows("850511", rows), LEAST_FLOWS).unwrap();
    assert_eq!((band.usd_per_kg.low, band.usd_per_kg.mid, band.usd_per_kg.high), (1.0, 5.0, 5.0));
    assert_eq!((band.flows, band.outliers, band.unweighed), (5, 0, 0));
}

/// Logs of 10 11 9 10 10.5 and 5000: the last is 6.2 away from a median near 2.3 with a MAD of some 0.05.
#[test]
fn odd_values_are_set_aside_and_counted() {
    let rows = "2024 CN GB 1000 100\n2024 CN US 1100 100\n2024 CN FR 900 100\n2024 CN NL 1000 100\n2024 CN DE 1050 100\n\
                2024 CN JP 5000 1\n2024 CN TO 70 -";
    let band = unit_value_band(&flows("850511", rows), LEAST_FLOWS).unwrap();
    assert_eq!((band.flows, band.outliers, band.outliers_usd, band.unweighed), (5, 1, 5000, 1));
    assert_eq!((band.usd_per_kg.low, band.usd_per_kg.mid, band.usd_per_kg.high), (9.0, 10.0, 11.0));
    assert_eq!(unit_value_band(&flows("850511", "2024 CN GB 10 -"), 1), None);
}

/// Germany has one flow, France (Europe) five, China five, Japan none with a quantity, Tonga none in its region.
const LADDER: &str =
    "2024 FR GB 100 10\n2024 FR US 100 10\n2024 FR NL 100 10\n2024 FR JP 100 10\n2024 FR CN 100 10
2024 CN GB 400 20\n2024 CN US 400 20\n2024 CN NL 400 20\n2024 CN JP 400 20\n2024 CN FR 400 20
2024 DE GB 60 4\n2024 NL GB 50 -\n2024 TO GB 50 -\n2024 JP GB 50 -";

#[test]
fn the_ladder_goes_from_own_flows_to_the_worlds() {
    let (book, economies, source) = (book("850511", LADDER), economies(), source());
    let all: Vec<Flow> = book.iter().collect();
    let field =
        Field { flows: &all, side: Side::Exporter, economies: &economies, source: &source, year: 2024 };
    let check = |code: &str, rung, mid: f64, basis| {
        let own: Vec<Flow> = all.iter().filter(|it| it.exporter == economy(code)).copied().collect();
        let got = field.benchmark(economy(code), &own).unwrap();
        assert_eq!((got.rung, got.because.basis), (rung, basis), "{code}");
        assert!((got.usd_per_kg.mid - mid).abs() < 1e-9, "{code}: {:?}", got.usd_per_kg);
    };
    check("FR", Rung::Own, 10.0, Basis::Benchmark);
    check("CN", Rung::Own, 20.0, Basis::Benchmark);
    check("DE", Rung::OwnMean, 15.0, Basis::Modelled);
    check("NL", Rung::Region, 10.0, Basis::Modelled);
    check("JP", Rung::Region, 20.0, Basis::Modelled);
    check("TO", Rung::World, 20.0, Basis::Modelled);
}

/// The world's band is 10, 20, 20: P10 is half of P50, so Germany's mean of 15 spreads from 7.5 to 15.
#[test]
fn an_own_mean_takes_the_worlds_spread_and_says_so() {
    let (book, economies, source) = (book("850511", LADDER), economies(), source());
    let all: Vec<Flow> = book.iter().collect();
    let field =
        Field { flows: &all, side: Side::Exporter, economies: &economies, source: &source, year: 2024 };
    let got = field.benchmark(economy("DE"), &flows("850511", "2024 DE GB 60 4")).unwrap();
    assert_eq!((got.usd_per_kg.low, got.usd_per_kg.high), (7.5, 15.0));
    let words = got.because.formula.unwrap();
    assert!(words.starts_with("mean unit value 60 USD / 4 kg = 15.0000 over 1 flows"), "{words}");
    assert!(words.contains("2024 flows valued FOB"), "{words}");
}
