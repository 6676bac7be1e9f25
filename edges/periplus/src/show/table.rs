//! Plans as a sheet: one row per plan, for CSV, JSON lines, Parquet.

use domain::deal::Deals;

use crate::sheet::{Cell, Kind, Sheet};
use crate::show::figures::{duty, weakest};
use crate::show::scan::passages;
use crate::words::Words;

const COLUMNS: &[(&str, Kind)] = &[
    ("rank", Kind::Whole),
    ("plan", Kind::Code),
    ("origin", Kind::Code),
    ("destination", Kind::Code),
    ("supplier", Kind::Text),
    ("modes", Kind::Code),
    ("passages", Kind::Text),
    ("incoterm", Kind::Code),
    ("payment", Kind::Text),
    ("landed_is", Kind::Code),
    ("landed", Kind::Exact),
    ("currency", Kind::Code),
    ("unknown_parts", Kind::Text),
    ("per_unit", Kind::Exact),
    ("landed_p10", Kind::Exact),
    ("landed_p90", Kind::Exact),
    ("basis", Kind::Code),
    ("duty", Kind::Exact),
    ("arrives_p10", Kind::Day),
    ("arrives_p50", Kind::Day),
    ("arrives_p90", Kind::Day),
    ("days_p50", Kind::Real(1)),
    ("on_time", Kind::Real(1)),
    ("kg_co2e", Kind::Real(0)),
    ("exposure", Kind::Exact),
    ("first", Kind::Real(1)),
    ("look_alikes", Kind::Whole),
    ("score", Kind::Real(3)),
    ("findings", Kind::Text),
];

pub fn plans(deals: &Deals, words: &Words) -> Sheet {
    let mut sheet = Sheet::with_keys("plans", words, COLUMNS);
    for plan in &deals.plans {
        let unknown = crate::show::figures::unknown_parts(&plan.landed).unwrap_or_default();
        let findings: Vec<String> = plan.findings.iter().map(|it| it.code.to_string()).collect();
        let modes: Vec<&str> = plan.modes.iter().map(|it| it.word()).collect();
        let (p10, p90) = (plan.cost_range.map(|it| it.0), plan.cost_range.map(|it| it.1));
        sheet.rows.push(vec![
            Cell::Whole(i64::from(plan.rank)),
            Cell::text(&plan.id),
            Cell::text(plan.origin.to_string()),
            Cell::text(plan.destination.to_string()),
            Cell::text(plan.labels.get("supplier").cloned().unwrap_or_else(|| plan.origin.to_string())),
            Cell::text(modes.join("+")),
            Cell::text(passages(plan).join(" ")),
            Cell::text(plan.incoterm.code()),
            Cell::maybe(plan.labels.get("payment"), Cell::text),
            Cell::text(if plan.landed.is_exact() { "exactly" } else { "at_least" }),
            Cell::money(plan.landed.bound()),
            Cell::text(plan.landed.bound().currency().code()),
            Cell::text(unknown),
            Cell::money(plan.per_unit),
            Cell::maybe(p10, Cell::money),
            Cell::maybe(p90, Cell::money),
            Cell::maybe(weakest(&plan.lines), |it| Cell::text(it.word())),
            Cell::maybe(duty(plan).flatten(), Cell::money),
            Cell::Day(plan.arrival.p10),
            Cell::Day(plan.arrival.p50),
            Cell::Day(plan.arrival.p90),
            Cell::Real(plan.arrival.days[1]),
            Cell::maybe(plan.arrival.on_time_percent, Cell::Real),
            Cell::maybe(plan.carbon.transport_kg, Cell::Real),
            Cell::money(plan.exposure),
            Cell::Real(plan.first_percent),
            Cell::Whole(i64::try_from(plan.look_alikes).unwrap_or(i64::MAX)),
            Cell::Real(plan.score),
            Cell::text(findings.join(" ")),
        ]);
    }
    sheet.notes.push(words.get("footer"));
    sheet
}
