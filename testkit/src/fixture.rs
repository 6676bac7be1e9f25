//! An invented answer for tests of rendering: two plans, one of them with an unknown line; and one without any plan.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::deal::{
    Arrival, Assessment, Carbon, Counts, Deals, Drop, DropReason, LegView, Plan, PreferenceView, Question,
    Relaxation, SCHEMA, Stop, Threshold,
};
use domain::total::CostKind;
use domain::{
    Basis, ContentHash, ContractParty, Coordinates, CostLine, Currency, Date, Direction, Economy, Evidence,
    Finding, Incoterm, Limits, Mode, Money, Need, Place, Quantity, Severity, Source, Total, Wishes,
};

fn gbp(minor: i64) -> Money {
    Money::from_minor(minor, Currency::GBP)
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn source(title: &str, vintage: &str) -> Arc<Source> {
    Arc::new(Source {
        title: title.into(),
        publisher: "Invented for tests".into(),
        vintage: vintage.into(),
        book: Some("test 1".into()),
        licence: Some("CC0".into()),
    })
}

fn line(
    kind: CostKind,
    label: &str,
    minor: Option<i64>,
    payer: ContractParty,
    because: Evidence,
) -> CostLine {
    let range =
        minor.filter(|_| because.basis != Basis::Observed).map(|it| (gbp(it * 8 / 10), gbp(it * 12 / 10)));
    CostLine { kind, label: label.into(), amount: minor.map(gbp), range, payer, recoverable: false, because }
}

fn stop(name: &str, lat: f64, lon: f64) -> Stop {
    Stop { name: name.into(), locode: None, at: Coordinates::new(lat, lon).unwrap() }
}

fn lines(goods: i64, duty: Option<i64>) -> Vec<CostLine> {
    let trade = source("Table of invented trade", "2024");
    let law = source("Table of invented duties", "2026-01");
    let model = source("Model of invented freight", "2026");
    let goods_because = Evidence::new(Basis::Benchmark, &trade).formula("5000 kg x 19.00 GBP/kg");
    let duty_because = Evidence::new(Basis::Observed, &law)
        .stated("2.1%")
        .formula("97,150.00 GBP x 2.1 %")
        .reference("Invented Tariff Act, article 7");
    let mut all = vec![
        line(
            CostKind::Goods,
            "Goods, benchmark of exports",
            Some(goods),
            ContractParty::Buyer,
            goods_because,
        ),
        line(
            CostKind::MainCarriage,
            "Freight of the main leg",
            Some(215_000),
            ContractParty::Buyer,
            Evidence::new(Basis::Modelled, &model).formula("5000 kg x 0.43 GBP/kg"),
        ),
        line(CostKind::Duty, "Third-country duty 8505 11 00", duty, ContractParty::Buyer, duty_because),
        line(
            CostKind::Financing,
            "Cost of money until payment",
            Some(61_250),
            ContractParty::Buyer,
            Evidence::new(Basis::Assumed, &model).formula("97,150.00 GBP x 8 % x 29 / 365"),
        ),
    ];
    let vat = Evidence::new(Basis::Observed, &law).stated("20%").formula("99,190.15 GBP x 20 %");
    let mut tax = line(CostKind::Tax, "Value added tax", Some(1_983_803), ContractParty::Buyer, vat);
    tax.recoverable = true;
    all.push(tax);
    all
}

fn sea_legs() -> Vec<LegView> {
    let model = source("Model of invented freight", "2026");
    let leg =
        |mode, from: Stop, to: Stop, km: f64, passages: &[&str], days: [f64; 3], co2: Option<f64>| LegView {
            mode,
            from,
            to,
            distance_km: km,
            passages: passages.iter().map(|it| (*it).to_owned()).collect(),
            days,
            co2e_kg: co2,
            path: Vec::new(),
            because: Evidence::new(Basis::Modelled, &model).formula("wait 4 d + sailing at 16 kn"),
        };
    vec![
        leg(
            Mode::Sea,
            stop("宁波 Ningbo", 29.9, 121.5),
            stop("Felixstowe", 51.95, 1.35),
            19_700.0,
            &["Malacca", "Bab-el-Mandeb", "Suez"],
            [33.0, 38.0, 47.0],
            Some(590.0),
        ),
        leg(
            Mode::Road,
            stop("Felixstowe", 51.95, 1.35),
            stop("Birmingham", 52.48, -1.9),
            265.0,
            &[],
            [0.8, 1.2, 2.5],
            Some(118.0),
        ),
    ]
}

fn labels(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

fn plan(id: &str, rank: u32, origin: &str, goods: i64, duty: Option<i64>) -> Assessment {
    let lines = lines(goods, duty);
    let landed = Total::of(&lines, Currency::GBP).unwrap();
    let bound = landed.bound();
    Assessment {
        id: id.into(),
        plan: Plan { offer: 0, route: 0, terms: 0, payment: 0, finance: 0, hedge: 0, cover: 0 },
        rank,
        origin: origin.parse().unwrap(),
        destination: "GB".parse().unwrap(),
        labels: labels(&[
            ("payment", "letter of credit at sight"),
            ("finance", "none"),
            ("hedge", "forward"),
            ("cover", "ICC (A)"),
        ]),
        incoterm: Incoterm::Fob,
        modes: vec![Mode::Sea, Mode::Road],
        lines,
        per_unit: gbp(bound.minor() / 5),
        cost_range: Some((gbp(bound.minor() * 9 / 10), gbp(bound.minor() * 115 / 100))),
        cost_at_risk: Some(gbp(bound.minor() / 5)),
        expected: landed.is_exact().then(|| gbp(bound.minor() * 104 / 100)),
        landed,
        legs: sea_legs(),
        arrival: Arrival {
            p10: day("2027-01-02"),
            p50: day("2027-01-12"),
            p90: day("2027-02-01"),
            days: [41.0, 51.0, 71.0],
            on_time_percent: Some(96.1),
            scenarios: 256,
        },
        carbon: Carbon {
            transport_kg: Some(708.0),
            transport_range_kg: Some((560.0, 940.0)),
            product_kg: None,
            transport_because: Some(Evidence::new(
                Basis::Benchmark,
                &source("Invented freight factors", "2024"),
            )),
            product_because: None,
        },
        exposure: gbp(320_000),
        cash_month: gbp(9_500_000),
        preferences: Vec::new(),
        findings: Vec::new(),
        first_percent: 78.1,
        look_alikes: 37,
        thresholds: Vec::new(),
        score: 0.12,
        score_parts: [("cost".to_owned(), 0.1), ("arrival".to_owned(), 0.14)].into(),
        axes: [("cost".to_owned(), 0.2), ("arrival".to_owned(), 0.28)].into(),
    }
}

fn need() -> Need {
    Need {
        direction: Direction::Buy,
        hs: "850511".parse().unwrap(),
        goods: "permanent magnets of metal".into(),
        quantity: "5 t".parse::<Quantity>().unwrap(),
        place: Place {
            name: "Birmingham".into(),
            economy: "GB".parse::<Economy>().unwrap(),
            locode: Some("GBBHM".parse().unwrap()),
            at: None,
        },
        incoterm: Some(Incoterm::Dap),
        currency: Currency::GBP,
        deadline: Some(day("2027-02-14")),
        limits: Limits::default(),
        wishes: Wishes::default(),
        facts: BTreeMap::new(),
    }
}

fn drop(
    reason: DropReason,
    origin: &str,
    route: Option<&str>,
    count: u64,
    text: &str,
    by: Option<&str>,
) -> Drop {
    Drop {
        reason,
        origin: origin.parse().ok(),
        route: route.map(str::to_owned),
        choice: None,
        text: text.into(),
        count,
        by: by.map(str::to_owned),
    }
}

fn drops() -> Vec<Drop> {
    vec![
        drop(
            DropReason::Deadline,
            "BR",
            Some("sea:BRSSZ-GBFXT"),
            288,
            "arrives 2027-02-20 in the middle of the scenarios, 6 days late",
            None,
        ),
        drop(
            DropReason::Dominated,
            "JP",
            Some("air:JPNRT-GBLHR"),
            3_504,
            "dearer by 21 % and no sooner than needed",
            Some("CN-sea-1"),
        ),
        drop(DropReason::Prohibited, "KP", None, 96, "trade in these goods is under embargo", None),
    ]
}

fn counts(kept: u64) -> Counts {
    let dropped = [("deadline", 288), ("dominated", 3_504), ("prohibited", 96)];
    let dropped: BTreeMap<String, u64> =
        dropped.iter().map(|(key, count)| ((*key).to_owned(), *count)).collect();
    let all = kept + dropped.values().sum::<u64>();
    Counts { all, kept, dropped, not_enumerated: 0, origins: 4, routes: 9 }
}

/// Two plans: one exact, one with an unknown duty.
pub fn deals() -> Deals {
    let mut first = plan("CN-sea-1", 1, "CN", 9_500_000, Some(204_015));
    first.labels.insert("supplier".into(), "China".into());
    first.thresholds.push(Threshold {
        figure: "price".into(),
        text: "goods price of China above 21.30 GBP/kg (+12.1 %)".into(),
        change: 12.1,
        then: "VN-sea-1".into(),
    });
    first.findings = vec![
        Finding::new(1703, Severity::Barrier, "Export of these magnets from China needs a licence")
            .hint("Ask the supplier for the licence number before paying")
            .reference("Invented announcement 61"),
        Finding::new(1704, Severity::Note, "Parties have not been screened"),
    ];
    let mut second = plan("VN-sea-1", 2, "VN", 9_900_000, None);
    second.labels.insert("supplier".into(), "Viet Nam".into());
    second.first_percent = 21.9;
    second.preferences.push(PreferenceView {
        scheme: "UK - Viet Nam FTA".into(),
        rate: "0 %".into(),
        state: "provable".into(),
        saving: Some(gbp(212_000)),
        rule_of_origin: Some("CTH".into()),
        must_prove: vec!["origin declaration on the invoice".into()],
    });
    second.findings.push(Finding::new(
        1210,
        Severity::Caution,
        "No line of the tariff covers 850511 from Viet Nam",
    ));
    Deals {
        schema: SCHEMA.into(),
        need: need(),
        as_of: day("2026-11-22"),
        seed: 1,
        dossier: ContentHash::of(b"fixture"),
        counts: counts(2),
        plans: vec![first, second],
        drops: drops(),
        findings: vec![Finding::new(1801, Severity::Note, "Prices are benchmarks; no quote was given")],
        questions: vec![Question {
            text: "What is the duty on 850511 from Viet Nam?".into(),
            ask: "your customs broker".into(),
            worth: None,
        }],
        relaxations: Vec::new(),
        missing: vec!["duty of GB on 850511 from VN".into()],
        draws: 1_024,
    }
}

/// No plan, with what would make one feasible.
pub fn none_feasible() -> Deals {
    let mut deals = deals();
    deals.plans.clear();
    deals.questions.clear();
    deals.missing.clear();
    deals.counts = counts(0);
    deals.relaxations = vec![
        Relaxation {
            kind: "deadline".into(),
            text: "six days later: 2027-02-20".into(),
            landed: Some(Total::Exactly(gbp(9_980_265))),
            arrives_p50: Some(day("2027-02-20")),
            need: None,
        },
        Relaxation {
            kind: "split".into(),
            text: "1 t by air, 4 t by sea".into(),
            landed: Some(Total::AtLeast { known: gbp(12_000_000), unknown: vec!["duty".into()] }),
            arrives_p50: None,
            need: None,
        },
    ];
    deals
}
