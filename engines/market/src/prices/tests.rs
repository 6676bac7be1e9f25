use super::*;
use crate::testing::{book, economies, economy};

const ROWS: &str = "2022 CN GB 400 -
2024 CN GB 500 50\n2024 CN US 300 20\n2024 CN NL 100 10\n2024 CN FR 50 5\n2024 CN DE 50 5
2024 JP GB 300 10\n2024 DE GB 200 -";

fn hs() -> HsCode {
    "850511".parse().unwrap()
}

#[test]
fn prices_of_origin_market_pair_and_world() {
    let (book, economies) = (book("850511", ROWS), economies());
    let ask = |from: Option<&str>, to: Option<&str>| {
        price(hs(), None, from.map(economy), to.map(economy), &book, &economies).unwrap()
    };
    let china = ask(Some("CN"), None);
    assert_eq!(china.mean_usd_per_kg, Some(1000.0 / 90.0));
    assert!((china.benchmark.unwrap().usd_per_kg.mid - 10.0).abs() < 1e-9);
    let pair = ask(Some("JP"), Some("GB"));
    assert_eq!((pair.trade.usd, pair.mean_usd_per_kg), (300, Some(30.0)));
    assert_eq!(ask(None, Some("GB")).trade.usd, 1000);
    assert_eq!(ask(None, None).trade.flows, 7);
    let none = ask(Some("JP"), Some("US"));
    assert_eq!((none.trade.flows, none.mean_usd_per_kg), (0, None));
    assert!(none.benchmark.is_some(), "answered from Japan's other flows");
    let error = price(hs(), None, Some(economy("TO")), None, &book, &economies).unwrap_err().to_string();
    assert_eq!(error, "PRP-1303: TO has no recorded trade in HS 850511 as exporter in 2024");
}

#[test]
fn suppliers_of_an_importer_and_of_the_world() {
    let book = book("850511", ROWS);
    let answer = suppliers(hs(), None, Some(economy("GB")), &book).unwrap();
    let rows: Vec<(String, i64, Option<Ppm>)> =
        answer.suppliers.iter().map(|it| (it.economy.to_string(), it.trade.usd, it.share)).collect();
    let expect = [("CN", 500, 500_000), ("JP", 300, 300_000), ("DE", 200, 200_000)];
    assert_eq!(rows, expect.map(|(code, usd, ppm)| (code.to_owned(), usd, Some(Ppm(ppm)))));
    assert!((answer.hhi.unwrap() - 0.38).abs() < 1e-12);
    assert_eq!(answer.suppliers[0].growth, growth(400, 500, 2));
    assert_eq!(answer.suppliers[2].mean_usd_per_kg, None);
    let world = suppliers(hs(), Some(2024), None, &book).unwrap();
    assert_eq!(world.suppliers[0].share, world.suppliers[0].world_share);
    assert!(suppliers(hs(), None, Some(economy("TO")), &book).is_err());
}
