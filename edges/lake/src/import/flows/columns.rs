//! Which layout a header is, and where its columns are.

use crate::import::sheet::find_column;

/// Who published a layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Publisher {
    Cepii,
    Comtrade,
    Unknown,
}

/// Where the year is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Period {
    /// In the file's name, or as the person says.
    Missing,
    Year {
        year: usize,
        month: Option<usize>,
    },
}

/// How a row names the two ends of a flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ends {
    Dyad {
        exporter: usize,
        importer: usize,
    },
    /// One side reports, `flow` says which.
    Report {
        reporter: usize,
        partner: usize,
        flow: usize,
    },
}

/// Columns of a layout, and what turns their figures into US dollars and kilograms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) publisher: Publisher,
    pub(super) period: Period,
    pub(super) ends: Ends,
    pub(super) hs: usize,
    pub(super) value: (usize, i64),
    pub(super) quantity: Option<(usize, i64)>,
    /// Columns that split a flow, and what they say in the row of the whole.
    pub(super) breakdowns: Vec<(usize, &'static [&'static str])>,
}

impl Layout {
    /// Cells that a row needs at least.
    pub(super) fn width(&self) -> usize {
        let ends = match self.ends {
            Ends::Dyad { exporter, importer } => exporter.max(importer),
            Ends::Report { reporter, partner, flow } => reporter.max(partner).max(flow),
        };
        ends.max(self.hs).max(self.value.0) + 1
    }
}

/// For the message when nothing fits.
pub(super) const LOOKED_FOR: &str = "t,i,j,k,v,q (BACI); i,j,cmd,value; exporter,importer,hs6,value_usd or value_kusd; \
reporterCode,partnerCode,flowCode,cmdCode,primaryValue (Comtrade)";

/// The layout of a header; `None` when it is not one of flows.
pub(super) fn find(header: &[String]) -> Option<Layout> {
    baci(header).or_else(|| dyads(header)).or_else(|| reports(header))
}

/// CEPII's own: year, exporter, importer, goods, value in thousands of US dollars, quantity in tonnes.
fn baci(header: &[String]) -> Option<Layout> {
    let at = |name: &'static str| find_column(header, &[name]);
    Some(Layout {
        publisher: Publisher::Cepii,
        period: Period::Year { year: at("t")?, month: None },
        ends: Ends::Dyad { exporter: at("i")?, importer: at("j")? },
        hs: at("k")?,
        value: (at("v")?, 1000),
        quantity: at("q").map(|it| (it, 1000)),
        breakdowns: Vec::new(),
    })
}

/// Tables with a column for the exporter and one for the importer; the unit is in the name of the column.
fn dyads(header: &[String]) -> Option<Layout> {
    let at = |names: &'static [&'static str]| find_column(header, names);
    let short = at(&["i"]).zip(at(&["j"])).filter(|_| at(&["cmd"]).is_some());
    let (exporter, importer) = short.or_else(|| {
        at(&["exporter", "exporter_iso", "exporter_iso3", "exporter_code"]).zip(at(&[
            "importer",
            "importer_iso",
            "importer_iso3",
            "importer_code",
        ]))
    })?;
    let thousands = at(&["value_kusd", "kusd"]).map(|it| (it, 1000));
    let dollars = || at(&["value_usd", "usd", "value"]).map(|it| (it, 1));
    let tonnes = at(&["qty_t", "quantity_t", "tonnes"]).map(|it| (it, 1000));
    let kilograms = || at(&["qty_kg", "quantity_kg", "kg", "netwgt", "net_weight_kg"]).map(|it| (it, 1));
    Some(Layout {
        publisher: if short.is_some() || thousands.is_some() { Publisher::Cepii } else { Publisher::Unknown },
        period: at(&["year", "t"]).map_or(Period::Missing, |year| Period::Year { year, month: None }),
        ends: Ends::Dyad { exporter, importer },
        hs: at(&["cmd", "hs6", "hs", "hs_code", "k", "product_code"])?,
        value: thousands.or_else(dollars)?,
        quantity: tonnes.or_else(kilograms),
        breakdowns: Vec::new(),
    })
}

/// UN Comtrade: legacy (35 columns), Plus (47), API (snake case), and narrow extracts of them.
fn reports(header: &[String]) -> Option<Layout> {
    let at = |names: &'static [&'static str]| find_column(header, names);
    let year = at(&["refYear", "ref_year", "Year"]).or_else(|| at(&["period"]));
    let splits: [(&'static [&'static str], &'static [&'static str]); 5] = [
        (&["partner2Code", "2nd Partner Code"], &["0", ""]),
        (&["customsCode", "Customs Proc. Code"], &["C00", "", "0"]),
        (&["mosCode"], &["0", ""]),
        (&["motCode", "Mode of Transport Code"], &["0", ""]),
        (&["typeCode"], &["C", ""]),
    ];
    Some(Layout {
        publisher: Publisher::Comtrade,
        period: year.map_or(Period::Missing, |year| Period::Year { year, month: month(header) }),
        ends: Ends::Report {
            reporter: at(&["reporterCode", "reporter"])?,
            partner: at(&["partnerCode", "partner"])?,
            flow: at(&["flowCode", "Trade Flow Code", "flow"])?,
        },
        hs: at(&["cmdCode", "Commodity Code", "cmd"])?,
        value: (at(&["primaryValue", "Trade Value (US$)", "value"])?, 1),
        quantity: at(&["netWgt", "Netweight (kg)"]).map(|it| (it, 1)),
        breakdowns: splits.into_iter().filter_map(|(names, totals)| Some((at(names)?, totals))).collect(),
    })
}

/// A month column counts only where the file is monthly: in yearly files it holds 52.
fn month(header: &[String]) -> Option<usize> {
    find_column(header, &["refMonth"])
}
