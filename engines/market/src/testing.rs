//! Builders for the tests of this crate.

use std::sync::Arc;

use domain::{Economy, EconomyBook, EconomyRow, Source};

use crate::flows::{Flow, FlowBook};

pub(crate) fn economy(code: &str) -> Economy {
    code.parse().unwrap()
}

pub(crate) fn source() -> Arc<Source> {
    Arc::new(Source {
        title: "invented flows".into(),
        publisher: "the tests".into(),
        vintage: "2024".into(),
        book: None,
        licence: None,
    })
}

/// `year exporter importer usd kg`, kg `-` when unknown, all of one good.
pub(crate) fn flows(hs: &str, rows: &str) -> Vec<Flow> {
    let flow = |row: &str| {
        let cells: Vec<&str> = row.split_whitespace().collect();
        Flow {
            year: cells[0].parse().unwrap(),
            hs: hs.parse().unwrap(),
            exporter: economy(cells[1]),
            importer: economy(cells[2]),
            usd: cells[3].parse().unwrap(),
            kg: cells[4].parse().ok(),
        }
    };
    rows.lines().map(str::trim).filter(|it| !it.is_empty()).map(flow).collect()
}

pub(crate) fn book(hs: &str, rows: &str) -> Arc<FlowBook> {
    FlowBook::new(flows(hs, rows), source())
}

pub(crate) fn economies() -> Arc<EconomyBook> {
    let rows = [
        ("CN", "CHN", 156, "China", "中国", "Asia"),
        ("JP", "JPN", 392, "Japan", "日本", "Asia"),
        ("DE", "DEU", 276, "Germany", "德国", "Europe"),
        ("GB", "GBR", 826, "United Kingdom", "英国", "Europe"),
        ("NL", "NLD", 528, "Netherlands", "荷兰", "Europe"),
        ("FR", "FRA", 250, "France", "法国", "Europe"),
        ("US", "USA", 840, "United States", "美国", "Americas"),
        ("TO", "TON", 776, "Tonga", "汤加", "Oceania"),
    ];
    EconomyBook::new(
        rows.into_iter()
            .map(|(code, alpha3, m49, en, zh, region)| EconomyRow {
                economy: economy(code),
                alpha3: alpha3.into(),
                m49,
                name_en: en.into(),
                name_zh: zh.into(),
                name_fr: String::new(),
                name_ar: String::new(),
                name_es: String::new(),
                currency: None,
                region: region.into(),
                subregion: String::new(),
                least_developed: false,
                landlocked_developing: false,
                trade_codes: Vec::new(),
                aliases: Vec::new(),
            })
            .collect(),
    )
}
