use std::sync::Arc;

use domain::{Basis, Economy, Source};

use super::*;

fn book() -> ProductCarbonBook {
    let source = Arc::new(Source {
        title: "Supply chain factors".into(),
        publisher: "US EPA".into(),
        vintage: "2022".into(),
        book: None,
        licence: None,
    });
    // The factor without margins as in the file of EPA, v1.3.
    let text = "hs,naics,kg_per_usd2022,title,why\n7403,331410,0.408,\"Nonferrous Metal (except Aluminum) Smelting and Refining\",x\n";
    ProductCarbonBook::from_csv(text, Basis::Benchmark, source).unwrap()
}

fn ask(hs: &str, origin: [u8; 2], value: Option<f64>) -> ProductAnswer {
    product(hs.parse().unwrap(), Economy::new(origin), value, &book())
}

#[test]
fn spending_times_the_factor_of_the_industry() {
    let answer = ask("740311", *b"CL", Some(1_000_000.0));
    let kg = answer.kg.unwrap();
    assert!((kg.value - 408_000.0).abs() < 1e-6);
    assert_eq!(kg.because.basis, Basis::Benchmark);
    assert!(answer.findings[0].text.contains("made in CL"), "a US average is not the origin's");
}

#[test]
fn what_is_not_known_stays_unknown() {
    for answer in
        [ask("850511", *b"CN", Some(1.0)), ask("740311", *b"CL", None), ask("740311", *b"CL", Some(f64::NAN))]
    {
        assert!(answer.kg.is_none());
        assert_eq!(answer.findings.len(), 1);
    }
}
