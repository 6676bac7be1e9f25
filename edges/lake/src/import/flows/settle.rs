//! From rows as reported to one flow for each pair, goods and year: repeated rows, parts beside their total, and the
//! reports of both sides.

use std::collections::BTreeMap;

use domain::{Economy, Finding, HsCode, Severity};
use market::Flow;

use crate::import::Tally;
use crate::import::report::Repair;

/// Whose report a row is. Exporters' reports come first, because they are valued free on board.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Direction {
    /// Not a report of one side: already one flow.
    Dyad,
    Export,
    Import,
}

impl Direction {
    /// Codes of UN Comtrade; `None` for flows that are part of these (re-exports, domestic exports, inward processing).
    pub(super) fn of(code: &str) -> Option<Self> {
        match code.to_ascii_uppercase().as_str() {
            "X" | "2" | "EXPORT" | "EXPORTS" => Some(Self::Export),
            "M" | "1" | "IMPORT" | "IMPORTS" => Some(Self::Import),
            _ => None,
        }
    }
}

/// One row of the file.
#[derive(Debug)]
pub(super) struct Reported {
    pub(super) line: u64,
    pub(super) year: u16,
    /// 0 for the whole year.
    pub(super) month: u8,
    /// As written: a national line is summed into its subheading only after repetitions are found.
    pub(super) hs: HsCode,
    pub(super) exporter: Economy,
    pub(super) importer: Economy,
    /// The codes of the two ends as the file has them: two areas may be one economy, and yet two flows.
    pub(super) codes: (u16, u16),
    pub(super) direction: Direction,
    pub(super) usd: i64,
    pub(super) kg: Option<f64>,
    pub(super) repair: Option<Box<Repair>>,
}

type Pair = (u16, HsCode, Economy, Economy, (u16, u16));

impl Reported {
    fn pair(&self) -> Pair {
        (self.year, self.hs, self.exporter, self.importer, self.codes)
    }

    fn same_flow(&self, other: &Self) -> bool {
        (self.pair(), self.direction, self.month) == (other.pair(), other.direction, other.month)
    }

    /// Sorts so that of one flow the row to keep comes first: the largest value, then the earliest line.
    fn order(&self, other: &Self) -> std::cmp::Ordering {
        self.pair()
            .cmp(&other.pair())
            .then(self.direction.cmp(&other.direction))
            .then(self.month.cmp(&other.month))
            .then(other.usd.cmp(&self.usd))
            .then(self.kg.unwrap_or(-1.0).total_cmp(&other.kg.unwrap_or(-1.0)))
            .then(self.line.cmp(&other.line))
    }
}

/// Decides for each row and counts it; returns the flows, of which months of one year are still apart.
pub(super) fn settle(mut rows: Vec<Reported>, tally: &mut Tally, findings: &mut Vec<Finding>) -> Vec<Flow> {
    rows.sort_unstable_by(Reported::order);
    let mut flows: Vec<Flow> = Vec::with_capacity(rows.len());
    let mut from_importers = 0_u64;
    let mut months: BTreeMap<u16, u16> = BTreeMap::new();
    let mut kept: Option<&Reported> = None;
    let mut before: Option<&Reported> = None;
    for row in &rows {
        let repeated = before.is_some_and(|it| it.same_flow(row) && it.usd == row.usd && it.kg == row.kg);
        before = Some(row);
        if repeated {
            tally.set_aside(row.line, "", "a repeated row", &row.usd.to_string());
            continue;
        }
        if kept.is_some_and(|it| it.same_flow(row)) {
            let reason = "a smaller value for the same flow; the largest is kept as its total";
            tally.set_aside(row.line, "", reason, &row.usd.to_string());
            continue;
        }
        if kept.is_some_and(|it| it.pair() == row.pair() && it.direction != row.direction) {
            tally.set_aside(
                row.line,
                "",
                "the importer's report of a flow that its exporter reports",
                &row.usd.to_string(),
            );
            continue;
        }
        kept = Some(row);
        from_importers += u64::from(row.direction == Direction::Import);
        if row.month > 0 {
            *months.entry(row.year).or_insert(0) |= 1 << row.month;
        }
        match &row.repair {
            None => tally.accept(),
            Some(it) => tally.repair(row.line, it.column, it.reason, &it.found, &it.to),
        }
        let Reported { year, hs, exporter, importer, usd, kg, .. } = *row;
        let hs = hs.subheading().unwrap_or(hs);
        flows.push(Flow { year, hs, exporter, importer, usd, kg });
    }
    note_sides(from_importers, flows.len(), findings);
    note_months(&months, findings);
    flows
}

fn note_sides(from_importers: u64, all: usize, findings: &mut Vec<Finding>) {
    if from_importers == 0 {
        return;
    }
    let text = format!(
        "{from_importers} of {all} rows are importers' reports without one of the exporter; most economies value imports with insurance and freight, so these lie above free on board"
    );
    findings.push(
        Finding::new(1442, Severity::Caution, text).hint("for reconciled flows import CEPII BACI instead"),
    );
}

fn note_months(months: &BTreeMap<u16, u16>, findings: &mut Vec<Finding>) {
    const ALL: u16 = 0b1_1111_1111_1110;
    for (year, bits) in months.iter().filter(|(_, bits)| **bits != ALL) {
        let text = format!(
            "{year} has {} months of twelve: its yearly figures are parts of a year",
            bits.count_ones()
        );
        findings.push(Finding::new(1443, Severity::Caution, text));
    }
}
