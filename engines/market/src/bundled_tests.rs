//! The engine on the bundled book, against figures computed from the source file by other means.

use std::sync::Arc;

use domain::{Economy, EconomyBook, HsCode};

use crate::band::Rung;
use crate::testing::{economy, source};
use crate::{
    FlowBook, MarketQuestion, OriginAnswer, OriginQuestion, Side, candidate_markets, candidate_origins,
};

fn book() -> Arc<FlowBook> {
    FlowBook::from_csv(include_str!("../../../books/flows/flows.csv"), source()).unwrap()
}

fn economies() -> Arc<EconomyBook> {
    EconomyBook::from_csv(include_str!("../../../books/economies/economies.csv")).unwrap()
}

fn hs(text: &str) -> HsCode {
    text.parse().unwrap()
}

fn origins(goods: &str, importer: &str, kg: f64) -> OriginAnswer {
    let question = OriginQuestion {
        hs: hs(goods),
        importer: economy(importer),
        year: None,
        quantity_kg: Some(kg),
        only: vec![],
        never: vec![],
    };
    candidate_origins(&question, &book(), &economies()).unwrap()
}

/// Sums over the Parquet and CSV files of BACI HS17 V202601, by Polars.
#[test]
fn the_book_has_every_flow_of_its_sources() {
    let book = book();
    let of = |year: u16| book.iter().filter(|it| it.year == year).count();
    assert_eq!((of(2022), of(2024), book.list_goods().len()), (23_167, 21_723, 30));
    let unknown = book.iter().filter(|it| it.year == 2024 && it.kg.is_none()).count();
    assert_eq!(unknown, 1_030);
    let check = |goods: &str, usd: i64, tonnes: f64, exporters: usize, importers: usize| {
        let slice = book.slice(hs(goods), 2024);
        let total = slice.total();
        assert_eq!(total.usd, usd, "{goods}");
        assert!((total.weighed_kg / 1000.0 - tonnes).abs() < 0.01, "{goods}: {}", total.weighed_kg);
        assert_eq!(slice.tallies(Side::Exporter).len(), exporters, "{goods}");
        assert_eq!(slice.tallies(Side::Importer).len(), importers, "{goods}");
    };
    check("850511", 4_962_889_102, 187_826.581, 145, 211);
    check("283691", 3_779_109_456, 327_223.558, 58, 114);
    check("280469", 3_889_946_787, 1_557_240.7, 90, 161);
    check("740311", 86_802_822_799, 9_445_978.466, 83, 121);
}

/// China 3,109,644,424 of 4,962,889,102 USD = 62.6579 %; from 4,219,793,024 in 2022: (3109.64 / 4219.79)^0.5 - 1 = -14.156 %.
#[test]
fn magnets_come_from_china() {
    let answer = origins("850511", "GB", 5_000.0);
    let china = &answer.candidates[0];
    assert_eq!(china.offer.economy, economy("CN"));
    assert!((china.offer.world_share.unwrap().to_f64() - 0.626_579).abs() < 1e-6);
    assert!((china.offer.growth.unwrap().to_f64() + 0.141_557).abs() < 1e-5, "{:?}", china.offer.growth);
    assert!((answer.world.exporter_hhi.unwrap() - 0.409_759_514).abs() < 1e-8);
    assert_eq!(china.with_asker.unwrap().usd, 30_345_916);
    let total: i64 = answer.candidates.iter().map(|it| it.trade.usd).sum::<i64>()
        + answer.dropped.iter().map(|it| it.trade.usd).sum::<i64>();
    assert_eq!(total, answer.world.trade.usd, "nobody vanishes");
    assert_eq!(answer.candidates.len() + answer.dropped.len(), 145);
}

/// Bands computed from the Parquet file in Python.
#[test]
fn bands_of_known_exporters() {
    let check = |goods: &str, code: &str, band: [f64; 3], flows: usize, outliers: usize| {
        let answer = origins(goods, "AD", 1.0);
        let it = answer.candidates.iter().find(|it| it.offer.id == code).unwrap();
        let benchmark = it.benchmark.as_ref().unwrap();
        assert_eq!(benchmark.rung, Rung::Own);
        let got = benchmark.usd_per_kg;
        for (got, expect) in [got.low, got.mid, got.high].iter().zip(band) {
            assert!((got - expect).abs() < 1e-6 * expect, "{goods} {code}: {got} is not {expect}");
        }
        assert_eq!((benchmark.band.flows, benchmark.band.outliers), (flows, outliers), "{goods} {code}");
    };
    check("850511", "CN", [14.816_012_832, 34.206_583_999, 42.212_388_609], 187, 0);
    check("850511", "JP", [32.921_409_448, 41.248_580_378, 50.309_738_145], 83, 4);
    check("740311", "CL", [8.805_011_940, 9.085_960_517, 9.228_069_929], 27, 1);
    check("283691", "CL", [10.911_259_860, 10.911_259_860, 15.240_152_883], 35, 2);
    check("280469", "BR", [2.330_657_513, 3.051_791_311, 3.051_791_311], 33, 1);
}

#[test]
fn copper_cathodes_have_their_markets() {
    let question = MarketQuestion {
        hs: hs("740311"),
        exporter: economy("CL"),
        year: None,
        quantity_kg: Some(500_000.0),
        only: vec![],
        never: vec![],
    };
    let answer = candidate_markets(&question, &book(), &economies()).unwrap();
    assert_eq!(answer.candidates[0].offer.economy, economy("CN"));
    let first = answer.candidates[0].offer.price_per_kg.unwrap();
    assert!(first.low > 8.0 && first.high < 11.0, "copper stood near 9.1 USD/kg in 2024: {first:?}");
    assert_eq!(answer.candidates.len() + answer.dropped.len(), answer.world.importers);
    let china = &answer.candidates[0];
    assert_eq!(china.trade.usd, 33_170_603_004);
    assert!(china.with_asker.is_some_and(|it| it.usd > 1_000_000_000), "China buys from Chile already");
    assert!(answer.dropped.iter().all(
        |it| it.trade.kg_extrapolated().is_none_or(|kg| kg < 1_000_000.0) || it.economy == economy("CL")
    ));
}

/// Every economy of the flows is in the table of economies.
#[test]
fn flows_name_known_economies() {
    let economies = economies();
    let unknown: Vec<Economy> = book()
        .iter()
        .flat_map(|it| [it.exporter, it.importer])
        .filter(|it| economies.find(*it).is_none())
        .collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}
