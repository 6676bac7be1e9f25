use std::sync::Arc;

use domain::{Basis, Mode, Source};

use super::*;

/// Values as they stand in the workbook of DESNZ 2024 v1.1, sheets "Freighting goods" and "WTT- delivery vehs & freight".
const DESNZ: &str = "mode,class,ttw_kg_tkm,wtt_kg_tkm,distance_convention,note\n\
sea,container-ship/8000-plus-teu,0.01265,0.00287,actual,\n\
sea,container-ship/0-999-teu,0.03675,0.00833,actual,\n\
sea,container-ship/average,0.01612,0.00365,actual,\n\
sea,bulk-carrier/average,0.00353,0.0008,actual,\n\
air,freight-flight-long-haul-to-from-uk/with-rf,1.09904,0.13516,gcd,\n\
road,hgv-articulated-over-33t/average-laden,0.07447,0.01799,actual,\n\
road,hgv-articulated-over-33t/50-laden,0.09294,0.02244,actual,\n\
road,hgv-articulated-over-33t/100-laden,0.05789,0.01403,actual,\n\
rail,freight-train/average,0.02779,0.00691,actual,\n";

fn book() -> TransportBook {
    let source = Arc::new(Source {
        title: "UK conversion factors".into(),
        publisher: "DESNZ".into(),
        vintage: "2024".into(),
        book: None,
        licence: None,
    });
    TransportBook::from_csv(DESNZ, Basis::Benchmark, source).unwrap()
}

fn leg(mode: Mode, class: &str, km: f64, kind: DistanceKind) -> LegQuestion<'_> {
    LegQuestion {
        mode,
        class,
        mass_kg: 10_000.0,
        distance_km: Some(km),
        distance_kind: kind,
        great_circle_km: None,
        label: "leg",
    }
}

const CONTAINER: &str = "container-ship/average";
const FLIGHT: &str = "freight-flight-long-haul-to-from-uk/with-rf";

fn total(leg: &LegQuestion<'_>) -> Option<f64> {
    transport(std::slice::from_ref(leg), &book()).total_kg.map(|it| it.value)
}

fn close(found: Option<f64>, expect: f64) {
    let found = found.unwrap();
    assert!((found - expect).abs() < 1e-6 * expect.max(1.0), "{found} is not {expect}");
}

#[test]
fn tonne_kilometres_times_wtt_and_ttw() {
    // 10 t x 1000 km x (0.01612 + 0.00365)
    close(total(&leg(Mode::Sea, CONTAINER, 1000.0, DistanceKind::Actual)), 197.7);
    close(total(&leg(Mode::Rail, "freight-train/average", 1000.0, DistanceKind::Actual)), 347.0);
    let answer = transport(&[leg(Mode::Sea, CONTAINER, 1000.0, DistanceKind::Actual)], &book());
    close(answer.ttw_kg, 161.2);
    close(answer.wtt_kg, 36.5);
}

#[test]
fn distances_are_adjusted_once_and_only_where_conventions_differ() {
    close(total(&leg(Mode::Sea, CONTAINER, 1000.0, DistanceKind::ShortestFeasible)), 197.7 * 1.15);
    let hgv = "hgv-articulated-over-33t/average-laden";
    let by_road = leg(Mode::Road, hgv, 100.0, DistanceKind::ShortestFeasible);
    close(total(&by_road), 92.46 * 1.05);
    let whole = transport(&[by_road, leg(Mode::Sea, CONTAINER, 1000.0, DistanceKind::Actual)], &book());
    assert_eq!(whole.total_kg.unwrap().because.basis, Basis::Assumed, "as weak as its weakest leg");
    close(total(&leg(Mode::Rail, "freight-train/average", 1000.0, DistanceKind::ShortestFeasible)), 347.0);
}

#[test]
fn air_goes_by_the_great_circle_without_a_second_uplift() {
    let by_circle =
        LegQuestion { great_circle_km: Some(5000.0), ..leg(Mode::Air, FLIGHT, 5600.0, DistanceKind::Actual) };
    close(total(&by_circle), 10.0 * 5000.0 * (1.09904 + 0.13516));
    let flown = leg(Mode::Air, FLIGHT, 5400.0, DistanceKind::Actual);
    close(total(&flown), 10.0 * 5000.0 * (1.09904 + 0.13516));
}

#[test]
fn an_unknown_leg_makes_the_total_unknown_and_is_named() {
    let known = leg(Mode::Sea, CONTAINER, 1000.0, DistanceKind::Actual);
    let no_class = leg(Mode::Sea, "container-ship/avrage", 1000.0, DistanceKind::Actual);
    let no_distance = LegQuestion { distance_km: None, ..known.clone() };
    for bad in [no_class, no_distance, LegQuestion { distance_km: Some(f64::NAN), ..known.clone() }] {
        let answer = transport(&[known.clone(), bad], &book());
        assert_eq!((answer.total_kg.is_none(), answer.ttw_kg, answer.range_kg), (true, None, None));
        assert!((answer.at_least_kg - 197.7).abs() < 1e-9);
        assert!(answer.findings.iter().any(|it| it.severity == Severity::Caution));
    }
    let answer = transport(&[leg(Mode::Sea, "container-ship/avrage", 1.0, DistanceKind::Actual)], &book());
    assert_eq!(answer.findings[0].hint.as_deref(), Some("Did you mean 'container-ship/average'?"));
}

#[test]
fn a_chain_without_legs_is_unknown() {
    let answer = transport(&[], &book());
    assert_eq!((answer.total_kg, answer.ttw_kg, answer.range_kg), (None, None, None));
    assert!(answer.findings.iter().any(|it| it.severity == Severity::Caution));
}

#[test]
fn an_average_class_ranges_over_its_type() {
    let answer = transport(&[leg(Mode::Sea, CONTAINER, 1000.0, DistanceKind::Actual)], &book());
    let range = answer.range_kg.unwrap();
    assert!((range.low - 155.2).abs() < 1e-9 && (range.high - 450.8).abs() < 1e-9, "{range:?}");
    let one =
        transport(&[leg(Mode::Sea, "container-ship/8000-plus-teu", 1000.0, DistanceKind::Actual)], &book());
    assert!(one.range_kg.unwrap().is_exact());
}

#[test]
fn evidence_shows_factor_and_adjustment() {
    let answer = transport(&[leg(Mode::Sea, CONTAINER, 1000.0, DistanceKind::ShortestFeasible)], &book());
    let because = answer.legs[0].total_kg.clone().unwrap().because;
    assert_eq!(
        because.stated.as_deref(),
        Some("container-ship/average: TTW 0.01612 + WTT 0.00365 kg CO2e/tkm")
    );
    assert_eq!(
        because.formula.as_deref(),
        Some("10.000 t x SFD 1000 km x DAF 1.15 x 0.01977 = 227.4 kg CO2e")
    );
    assert_eq!(because.basis, Basis::Modelled);
}

#[test]
fn bad_rows_say_where() {
    let check = |row: &str, expect: &str| {
        let text = format!("{DESNZ}{row}\n");
        let source = Arc::clone(book().source());
        let error = TransportBook::from_csv(&text, Basis::Benchmark, source).unwrap_err().to_string();
        assert!(error.contains("line 11") && error.contains(expect), "{error}");
    };
    check("ship,x/average,1,1,actual,", "not sea, air, rail or road");
    check("sea,x/average,-1,1,actual,", "at least zero");
    check("sea,x/average,NaN,1,actual,", "at least zero");
    check("sea,x/average,1,1,miles,", "not 'actual' or 'gcd'");
    check("sea,container-ship/average,1,1,actual,", "stands twice");
}

proptest::proptest! {
    /// Farther or heavier never emits less; twice the mass emits twice; the scalar is the full answer.
    #[test]
    fn emissions_scale(mass in 1.0_f64..1e7, km in 0.0_f64..30_000.0, more in 0.0_f64..5000.0) {
        let book = book();
        let at = |mass, km| {
            let leg = LegQuestion { mass_kg: mass, ..leg(Mode::Sea, CONTAINER, km, DistanceKind::ShortestFeasible) };
            transport(&[leg], &book).total_kg.map(|it| it.value).unwrap_or(f64::NAN)
        };
        let base = at(mass, km);
        proptest::prop_assert!(at(mass, km + more) >= base);
        proptest::prop_assert!((at(2.0 * mass, km) - 2.0 * base).abs() <= 1e-9 * base.max(1.0));
        let (ttw, wtt) = leg_scalar(mass, km * SEA_DAF, book.find(Mode::Sea, CONTAINER).unwrap());
        proptest::prop_assert!((ttw + wtt - base).abs() <= 1e-12 * base.max(1.0));
    }
}
