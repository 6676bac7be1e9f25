//! The flow book: yearly bilateral trade by goods code, sorted, as columns.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

use domain::{Economy, HsCode, Source};
use serde::Serialize;

use crate::error::MarketError;

/// Partner of flows whose origin or destination the source does not tell ("areas not elsewhere specified").
/// ZZ is user-assigned in ISO 3166-1. Such flows count in world totals and are nobody's origin or market.
pub const UNSPECIFIED: Economy = Economy::new(*b"ZZ");

/// What one economy shipped to another in a year.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Flow {
    pub year: u16,
    pub hs: HsCode,
    pub exporter: Economy,
    pub importer: Economy,
    /// US dollars, free on board at the exporter's border.
    pub usd: i64,
    /// Net mass; `None` when the source does not know it.
    pub kg: Option<f64>,
}

impl Flow {
    /// USD FOB per kilogram, when both are known and positive.
    pub fn unit_value(&self) -> Option<f64> {
        let kg = self.kg.filter(|it| *it > 0.0)?;
        (self.usd > 0).then(|| self.usd as f64 / kg)
    }

    pub fn party(&self, side: Side) -> Economy {
        match side {
            Side::Exporter => self.exporter,
            Side::Importer => self.importer,
        }
    }
}

/// Which end of a flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    Exporter,
    Importer,
}

impl Side {
    pub fn word(self) -> &'static str {
        match self {
            Self::Exporter => "exporter",
            Self::Importer => "importer",
        }
    }
}

/// Sums over flows that keep apart what has no known quantity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Tally {
    pub usd: i64,
    pub flows: u32,
    /// Sum of the known quantities: a lower bound while `unweighed_flows` is not 0.
    pub weighed_kg: f64,
    /// Value of the flows whose quantity is known.
    pub weighed_usd: i64,
    pub unweighed_flows: u32,
}

impl Tally {
    pub fn of<'a>(flows: impl IntoIterator<Item = &'a Flow>) -> Self {
        let mut tally = Self::default();
        for flow in flows {
            tally.add(flow);
        }
        tally
    }

    pub fn add(&mut self, flow: &Flow) {
        self.usd += flow.usd;
        self.flows += 1;
        match flow.kg {
            Some(kg) => {
                self.weighed_kg += kg;
                self.weighed_usd += flow.usd;
            }
            None => self.unweighed_flows += 1,
        }
    }

    /// Known kilograms: all of them, or at least these. `None` when no flow has a known quantity.
    pub fn kg(&self) -> Option<f64> {
        (self.flows > self.unweighed_flows).then_some(self.weighed_kg)
    }

    /// Kilograms if the flows without quantity had the unit value of those with one: an estimate, to judge capacity by.
    pub fn kg_extrapolated(&self) -> Option<f64> {
        let kg = self.kg()?;
        if self.unweighed_flows == 0 || self.weighed_usd <= 0 {
            return Some(kg);
        }
        Some(kg * self.usd as f64 / self.weighed_usd as f64)
    }

    /// Mean unit value over known quantities only, USD per kilogram.
    pub fn unit_value(&self) -> Option<f64> {
        let kg = self.kg().filter(|it| *it > 0.0)?;
        (self.weighed_usd > 0).then(|| self.weighed_usd as f64 / kg)
    }
}

/// All flows of some goods in some year, as columns.
#[derive(Clone, Debug, PartialEq)]
struct Group {
    hs: HsCode,
    year: u16,
    rows: Range<usize>,
}

/// Yearly bilateral flows, sorted by goods, year, exporter and importer, each column its own vector: about 20 bytes a flow.
#[derive(Clone, Debug)]
pub struct FlowBook {
    source: Arc<Source>,
    groups: Vec<Group>,
    exporters: Vec<Economy>,
    importers: Vec<Economy>,
    usd: Vec<i64>,
    /// NaN stands for unknown inside the column and never leaves it.
    kg: Vec<f64>,
}

impl FlowBook {
    /// Sorts the flows and sums those with the same key (national lines of one subheading, months of one year).
    /// The quantity of a sum is known only when all its parts are. Repeated reports of one flow are for the importer
    /// of the file to find: here they would be added.
    pub fn new(mut flows: Vec<Flow>, source: Arc<Source>) -> Arc<Self> {
        let key = |it: &Flow| (it.hs, it.year, it.exporter, it.importer);
        flows.sort_by_key(key);
        flows.dedup_by(|next, kept| {
            let same = key(next) == key(kept);
            if same {
                kept.usd += next.usd;
                kept.kg = kept.kg.zip(next.kg).map(|(a, b)| a + b);
            }
            same
        });
        let mut groups: Vec<Group> = Vec::new();
        for (index, flow) in flows.iter().enumerate() {
            match groups.last_mut() {
                Some(last) if last.hs == flow.hs && last.year == flow.year => last.rows.end = index + 1,
                _ => groups.push(Group { hs: flow.hs, year: flow.year, rows: index..index + 1 }),
            }
        }
        Arc::new(Self {
            source,
            groups,
            exporters: flows.iter().map(|it| it.exporter).collect(),
            importers: flows.iter().map(|it| it.importer).collect(),
            usd: flows.iter().map(|it| it.usd).collect(),
            kg: flows.iter().map(|it| it.kg.unwrap_or(f64::NAN)).collect(),
        })
    }

    /// Reads the compact table that [`Self::to_csv`] writes: columns `hs,exporter,importer` and then, for each year,
    /// `usd_YYYY` and, where quantities are known, `kg_YYYY`. An empty `hs` or `exporter` repeats the one above;
    /// an empty `usd` means that no flow is recorded for the year, an empty `kg` that its quantity is unknown.
    ///
    /// # Errors
    /// [`MarketError::Book`] with the line and what is wrong with it.
    pub fn from_csv(text: &str, source: Arc<Source>) -> Result<Arc<Self>, MarketError> {
        Ok(Self::new(read_csv(text)?, source))
    }

    /// The whole book as the compact table, the same bytes for the same flows.
    pub fn to_csv(&self) -> String {
        write_csv(self)
    }

    pub fn source(&self) -> &Arc<Source> {
        &self.source
    }

    pub fn len(&self) -> usize {
        self.usd.len()
    }

    pub fn is_empty(&self) -> bool {
        self.usd.is_empty()
    }

    /// The goods codes in the book, in order, once each.
    pub fn list_goods(&self) -> Vec<HsCode> {
        let mut codes: Vec<HsCode> = self.groups.iter().map(|it| it.hs).collect();
        codes.dedup();
        codes
    }

    /// The years for which there are flows of `hs`, in order.
    pub fn list_years(&self, hs: HsCode) -> Vec<u16> {
        let mut years: Vec<u16> = self.groups_of(hs).map(|it| it.year).collect();
        years.sort_unstable();
        years.dedup();
        years
    }

    /// All flows of the goods in a year. A national line (more than six digits) is answered by its subheading;
    /// a heading or chapter, when the book has no flows at that level, by the six-digit codes under it.
    pub fn slice(&self, hs: HsCode, year: u16) -> Slice<'_> {
        let rows = self.groups_of(hs).filter(|it| it.year == year).map(|it| it.rows.clone()).collect();
        Slice { book: self, rows }
    }

    /// One flow, when it is recorded.
    pub fn find(&self, hs: HsCode, year: u16, exporter: Economy, importer: Economy) -> Option<Flow> {
        let group = self.groups.binary_search_by_key(&(hs, year), |it| (it.hs, it.year)).ok()?;
        let group = &self.groups[group];
        let pairs = group.rows.clone();
        let at = pairs.start
            + partition(pairs.len(), |offset| {
                let row = pairs.start + offset;
                (self.exporters[row], self.importers[row]) < (exporter, importer)
            });
        let found = at < pairs.end && self.exporters[at] == exporter && self.importers[at] == importer;
        found.then(|| self.flow(group, at))
    }

    fn groups_of(&self, hs: HsCode) -> impl Iterator<Item = &Group> {
        let hs = hs.subheading().unwrap_or(hs);
        let exact = self.range(|it| it.hs < hs, |it| it.hs <= hs);
        let rows = if exact.is_empty() { self.under(hs) } else { exact };
        let level = if rows.is_empty() { hs.digits() } else { self.groups[rows.start].hs.digits() };
        // Codes of one level only: a heading and its subheadings in one book must not count twice.
        self.groups[rows].iter().filter(move |it| it.hs.digits() == level)
    }

    fn under(&self, hs: HsCode) -> Range<usize> {
        self.range(|it| it.hs.padded() < hs.padded(), |it| it.hs.padded() < hs.padded() || hs.covers(it.hs))
    }

    fn range(&self, before: impl Fn(&Group) -> bool, until: impl Fn(&Group) -> bool) -> Range<usize> {
        let start = self.groups.partition_point(before);
        start..start + self.groups[start..].partition_point(until)
    }

    fn flow(&self, group: &Group, row: usize) -> Flow {
        let kg = self.kg[row];
        Flow {
            year: group.year,
            hs: group.hs,
            exporter: self.exporters[row],
            importer: self.importers[row],
            usd: self.usd[row],
            kg: (!kg.is_nan()).then_some(kg),
        }
    }

    /// Every flow of the book, in its order.
    pub fn iter(&self) -> impl Iterator<Item = Flow> {
        self.groups.iter().flat_map(|group| group.rows.clone().map(|row| self.flow(group, row)))
    }
}

/// The flows of some goods in one year.
#[derive(Clone, Debug)]
pub struct Slice<'a> {
    book: &'a FlowBook,
    rows: Vec<Range<usize>>,
}

impl Slice<'_> {
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = Flow> {
        self.rows.iter().flat_map(move |rows| {
            let group = self.book.groups.partition_point(|it| it.rows.end <= rows.start);
            rows.clone().map(move |row| self.book.flow(&self.book.groups[group], row))
        })
    }

    /// The flows of each economy on one side, in the order of their codes.
    pub fn by(&self, side: Side) -> BTreeMap<Economy, Vec<Flow>> {
        let mut parties: BTreeMap<Economy, Vec<Flow>> = BTreeMap::new();
        for flow in self.iter() {
            parties.entry(flow.party(side)).or_default().push(flow);
        }
        parties
    }

    /// Value and quantity of each economy on one side.
    pub fn tallies(&self, side: Side) -> BTreeMap<Economy, Tally> {
        let mut tallies: BTreeMap<Economy, Tally> = BTreeMap::new();
        for flow in self.iter() {
            tallies.entry(flow.party(side)).or_default().add(&flow);
        }
        tallies
    }

    pub fn total(&self) -> Tally {
        let mut tally = Tally::default();
        for flow in self.iter() {
            tally.add(&flow);
        }
        tally
    }
}

/// The first index in `0..len` for which `before` is false; `before` holds up to there.
fn partition(len: usize, before: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, len);
    while low < high {
        let middle = usize::midpoint(low, high);
        if before(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

/// What a column of the compact table holds.
#[derive(Clone, Copy)]
enum Column {
    Usd(u16),
    Kg(u16),
}

fn read_csv(text: &str) -> Result<Vec<Flow>, MarketError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = text.lines().enumerate();
    let header = lines.next().map_or("", |(_, line)| line);
    let columns = read_header(header).map_err(|why| MarketError::Book { line: 1, why })?;
    let mut flows = Vec::with_capacity(text.len() / 16);
    let mut above = (None, None);
    for (index, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
        read_line(line, &columns, &mut above, &mut flows)
            .map_err(|why| MarketError::Book { line: index + 1, why })?;
    }
    Ok(flows)
}

fn read_header(line: &str) -> Result<Vec<Column>, String> {
    let names: Vec<&str> = line.trim_end().split(',').map(str::trim).collect();
    let ["hs", "exporter", "importer", rest @ ..] = names.as_slice() else {
        return Err(format!("the header must begin with hs,exporter,importer; it is '{line}'"));
    };
    rest.iter()
        .map(|name| {
            let (kind, year) = name.split_once('_').unwrap_or((name, ""));
            match (kind, year.parse()) {
                ("usd", Ok(year)) => Ok(Column::Usd(year)),
                ("kg", Ok(year)) => Ok(Column::Kg(year)),
                _ => Err(format!("column '{name}' is neither usd_YYYY nor kg_YYYY")),
            }
        })
        .collect()
}

fn read_line(
    line: &str,
    columns: &[Column],
    above: &mut (Option<HsCode>, Option<Economy>),
    flows: &mut Vec<Flow>,
) -> Result<(), String> {
    let mut cells = line.trim_end().split(',').map(str::trim);
    let mut next = || cells.next().unwrap_or_default();
    let (hs, exporter, importer) = (next(), next(), next());
    if !hs.is_empty() {
        *above = (Some(hs.parse().map_err(|it| format!("{it}"))?), None);
    }
    if !exporter.is_empty() {
        above.1 = Some(exporter.parse().map_err(|it| format!("{it}"))?);
    }
    let hs = above.0.ok_or("it has no goods code and there is none above")?;
    let exporter = above.1.ok_or("it has no exporter and there is none above for these goods")?;
    let importer = importer.parse().map_err(|it| format!("{it}"))?;
    for column in columns {
        let cell = next();
        if cell.is_empty() {
            continue;
        }
        match *column {
            Column::Usd(year) => {
                let usd = cell.parse().map_err(|_| format!("value '{cell}' is not a whole number"))?;
                flows.push(Flow { year, hs, exporter, importer, usd, kg: None });
            }
            Column::Kg(year) => {
                let kg: f64 = cell.parse().map_err(|_| format!("quantity '{cell}' is not a number"))?;
                let flow = flows
                    .last_mut()
                    .filter(|it| (it.year, it.hs, it.exporter, it.importer) == (year, hs, exporter, importer))
                    .ok_or_else(|| format!("there is a quantity for {year} and no value"))?;
                flow.kg = (kg.is_finite() && kg > 0.0).then_some(kg);
            }
        }
    }
    if cells.next().is_some() {
        return Err("it has more cells than the header".to_owned());
    }
    Ok(())
}

fn write_csv(book: &FlowBook) -> String {
    let mut flows: Vec<Flow> = book.iter().collect();
    flows.sort_by_key(|it| (it.hs, it.exporter, it.importer, it.year));
    let years = year_columns(&flows);
    let mut out = String::from("hs,exporter,importer");
    for (year, weighed) in &years {
        // Writing to a String cannot fail, here and below.
        let _ = write!(out, ",usd_{year}");
        if *weighed {
            let _ = write!(out, ",kg_{year}");
        }
    }
    out.push('\n');
    let mut above: Option<&Flow> = None;
    for pair in flows.chunk_by(|a, b| (a.hs, a.exporter, a.importer) == (b.hs, b.exporter, b.importer)) {
        write_pair(pair, above, &years, &mut out);
        above = pair.first();
    }
    out
}

/// The years of the flows and whether any quantity is known in each.
fn year_columns(flows: &[Flow]) -> Vec<(u16, bool)> {
    let mut years: BTreeMap<u16, bool> = BTreeMap::new();
    for flow in flows {
        *years.entry(flow.year).or_insert(false) |= flow.kg.is_some();
    }
    years.into_iter().collect()
}

/// One line: the flows of one pair in one good, in the order of years.
fn write_pair(pair: &[Flow], above: Option<&Flow>, years: &[(u16, bool)], out: &mut String) {
    let Some(first) = pair.first() else { return };
    let same_hs = above.is_some_and(|it| it.hs == first.hs);
    if !same_hs {
        let _ = write!(out, "{}", first.hs);
    }
    out.push(',');
    if !same_hs || above.is_some_and(|it| it.exporter != first.exporter) {
        out.push_str(first.exporter.code());
    }
    out.push(',');
    out.push_str(first.importer.code());
    for (year, weighed) in years {
        let flow = pair.iter().find(|it| it.year == *year);
        out.push(',');
        if let Some(flow) = flow {
            let _ = write!(out, "{}", flow.usd);
        }
        if *weighed {
            out.push(',');
            if let Some(kg) = flow.and_then(|it| it.kg) {
                let _ = write!(out, "{kg}");
            }
        }
    }
    out.push('\n');
}

#[cfg(test)]
mod tests;
