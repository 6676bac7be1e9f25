//! Plans as a sheet: one row per plan, for CSV, JSON lines, Parquet.

use domain::Direction;
use domain::deal::Deals;

use crate::sheet::{Cell, Kind, Sheet};
use crate::show::figures::{Ledger, duty, weakest};
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
    ("expected", Kind::Exact),
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

/// What a seller's columns are called: what is left of the price, above nothing where there is a gain.
const SELLER: &[(&str, &str)] =
    &[("landed", "net_proceeds"), ("landed_p10", "net_proceeds_p10"), ("landed_p90", "net_proceeds_p90")];

pub fn plans(deals: &Deals, words: &Words) -> Sheet {
    let ledger = Ledger::of(deals);
    let sells = deals.need.direction == Direction::Sell;
    let named = |(key, kind): &(&'static str, Kind)| {
        (SELLER.iter().find(|it| sells && it.0 == *key).map_or(*key, |it| it.1), *kind)
    };
    let columns: Vec<(&str, Kind)> = COLUMNS.iter().map(named).collect();
    let bound = if sells { "at_most" } else { "at_least" };
    let mut sheet = Sheet::with_keys("plans", words, &columns);
    for plan in &deals.plans {
        let unknown = crate::show::figures::unknown_parts(&plan.landed).unwrap_or_default();
        let findings: Vec<String> = plan.findings.iter().map(|it| it.code.to_string()).collect();
        let modes: Vec<&str> = plan.modes.iter().map(|it| it.word()).collect();
        let band = plan.cost_range.map(|it| ledger.range(it));
        let (p10, p90) = (band.map(|it| it.0), band.map(|it| it.1));
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
            Cell::text(if plan.landed.is_exact() { "exactly" } else { bound }),
            Cell::money(ledger.money(plan.landed.bound())),
            Cell::text(plan.landed.bound().currency().code()),
            Cell::text(unknown),
            Cell::money(ledger.money(plan.per_unit)),
            Cell::maybe(p10, Cell::money),
            Cell::maybe(p90, Cell::money),
            Cell::maybe(plan.expected, |it| Cell::money(ledger.money(it))),
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
