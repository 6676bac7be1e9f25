use super::*;
use crate::testing::{book, economies, economy};

const ROWS: &str = "2022 CN GB 400 -\n2022 JP GB 100 -
2024 CN GB 500 50\n2024 CN US 300 30\n2024 CN NL 100 10\n2024 CN FR 50 5\n2024 CN DE 50 5
2024 JP GB 121 1\n2024 NL DE 80 8\n2024 ZZ GB 30 3\n2024 GB FR 20 2\n2024 DE FR 1 0.1\n2024 US JP 7 -";

fn origins(change: impl FnOnce(&mut OriginQuestion)) -> OriginAnswer {
    let mut question = OriginQuestion {
        hs: "850511".parse().unwrap(),
        importer: economy("GB"),
        year: None,
        quantity_kg: None,
        only: vec![],
        never: vec![],
    };
    change(&mut question);
    candidate_origins(&question, &book("850511", ROWS), &economies()).unwrap()
}

fn codes(candidates: &[Candidate]) -> String {
    candidates.iter().map(|it| it.offer.economy.to_string()).collect::<Vec<_>>().join(" ")
}

fn reasons(dropped: &[Dropped]) -> String {
    dropped.iter().map(|it| format!("{} {:?}", it.economy, it.reason)).collect::<Vec<_>>().join("; ")
}

#[test]
fn exporters_are_candidates_and_nobody_vanishes() {
    let answer = origins(|_| {});
    assert_eq!(codes(&answer.candidates), "CN JP NL US DE");
    assert_eq!(reasons(&answer.dropped), "ZZ NotSpecified; GB Itself");
    assert_eq!(answer.world.exporters, answer.candidates.len() + answer.dropped.len());
    let kept: i64 = answer.candidates.iter().map(|it| it.trade.usd).sum();
    let dropped: i64 = answer.dropped.iter().map(|it| it.trade.usd).sum();
    assert_eq!(kept + dropped, answer.world.trade.usd);
}

/// World 2024: 1000 + 121 + 80 + 30 + 20 + 1 + 7 = 1259. China 1000/1259; Japan 121/100 over two years is 10 % a year.
#[test]
fn share_growth_and_capacity_by_hand() {
    let answer = origins(|_| {});
    let china = &answer.candidates[0];
    assert_eq!(answer.world.trade.usd, 1259);
    assert_eq!(china.offer.world_share, Some(Ppm::from_f64(1000.0 / 1259.0)));
    assert_eq!(china.offer.yearly_kg, Some(100.0));
    assert_eq!(china.with_asker.unwrap().usd, 500);
    assert_eq!(china.largest_partner, Some((economy("GB"), Ppm(500_000))));
    assert_eq!(answer.candidates[1].offer.growth, Some(Ppm(100_000)));
    assert_eq!(answer.candidates[2].offer.growth, None, "the Netherlands exported nothing before");
    assert_eq!((answer.world.year, answer.world.base_year), (2024, Some(2022)));
    assert_eq!(china.offer.incoterm, Incoterm::Fob);
    assert_eq!(china.offer.id, "CN");
}

#[test]
fn limits_and_capacity_drop_with_their_reason() {
    let answer = origins(|it| it.never = vec![economy("CN")]);
    assert!(reasons(&answer.dropped).starts_with("CN Refused"));
    let answer = origins(|it| it.only = vec![economy("CN")]);
    assert_eq!(codes(&answer.candidates), "CN");
    assert_eq!(answer.dropped.len(), 6);
    // 6 kg is more than half of Japan's 1 kg and Germany's 0.1, of the Netherlands' 8; America's kilograms are unknown, but 6 kg
    // at the world's median price are worth more than half of what it exports.
    let answer = origins(|it| it.quantity_kg = Some(6.0));
    assert_eq!(codes(&answer.candidates), "CN");
    let words = answer.dropped[0].reason.to_string();
    assert_eq!(words, "capacity evidence: 6 kg is more than 50 % of its yearly 1 kg");
    let america = answer.dropped.iter().find(|it| it.economy == economy("US")).unwrap();
    assert!(
        america.reason.to_string().starts_with("capacity evidence: the need is worth"),
        "{}",
        america.reason
    );
    // A small need is within its value, and that its quantity is not known is told.
    let answer = origins(|it| it.quantity_kg = Some(0.2));
    let america = answer.candidates.iter().find(|it| it.offer.economy == economy("US")).unwrap();
    assert!(america.findings.iter().any(|it| it.code.0 == "PRP-1306"), "{:?}", america.findings);
}

#[test]
fn a_hub_that_passes_goods_on_is_pointed_out() {
    let answer = origins(|_| {});
    let warned: Vec<String> = answer
        .candidates
        .iter()
        .filter(|it| it.findings.iter().any(|it| it.code.0 == "PRP-1304"))
        .map(|it| it.offer.id.clone())
        .collect();
    assert_eq!(warned, ["NL", "US", "DE"], "they import more than they export; China and Japan do not");
}

#[test]
fn markets_are_ranked_by_what_they_import() {
    let question = MarketQuestion {
        hs: "850511".parse().unwrap(),
        exporter: economy("CN"),
        year: Some(2024),
        quantity_kg: None,
        only: vec![],
        never: vec![],
    };
    let answer = candidate_markets(&question, &book("850511", ROWS), &economies()).unwrap();
    assert_eq!(codes(&answer.candidates), "GB US DE NL FR JP");
    let britain = &answer.candidates[0];
    assert_eq!(britain.trade.usd, 651);
    assert_eq!(britain.with_asker.unwrap().usd, 500);
    let hhi = (500.0_f64 / 651.0).powi(2) + (121.0_f64 / 651.0).powi(2) + (30.0_f64 / 651.0).powi(2);
    assert!((britain.partner_hhi.unwrap() - hhi).abs() < 1e-12);
    assert_eq!(britain.offer.growth, growth(500, 651, 2));
    assert!(answer.dropped.is_empty());
}

#[test]
fn goods_and_years_that_are_not_there_say_what_is() {
    let ask = |hs: &str, year| {
        let question = OriginQuestion {
            hs: hs.parse().unwrap(),
            importer: economy("GB"),
            year,
            quantity_kg: None,
            only: vec![],
            never: vec![],
        };
        candidate_origins(&question, &book("850511", ROWS), &economies()).unwrap_err().to_string()
    };
    assert_eq!(
        ask("010121", None),
        "PRP-1302: no trade flows of HS 010121 are loaded; load them with 'periplus data import flows FILE'; loaded: 850511"
    );
    assert!(
        ask("850511", Some(2021)).contains("HS 850511 are loaded for 2021"),
        "{}",
        ask("850511", Some(2021))
    );
}
