//! `market suppliers|price`.

use domain::HsCode;
use market::{FlowBook, MarketError, Rung, price, suppliers};

use crate::args::{Format, Market};
use crate::books;
use crate::fault::{Exit, Fault};
use crate::noun::{Desk, library};
use crate::sheet::{Cell, Kind, Sheet};
use crate::show::figures::grouped_real;
use crate::show::sources::Sources;

pub fn run(desk: &mut Desk<'_>, verb: &Market) -> Result<Exit, Fault> {
    match verb {
        Market::Suppliers { hs, to } => list_suppliers(desk, hs, to.as_deref()),
        Market::Price { hs, from, to } => show_price(desk, hs, from.as_deref(), to.as_deref()),
    }
}

fn fault(error: &MarketError) -> Fault {
    let exit = match error {
        MarketError::NoTrade { .. } => Exit::NotFound,
        _ => Exit::DataMissing,
    };
    Fault::said(exit, &error.to_string())
}

/// Trade statistics are by subheading.
pub fn subheading(text: &str) -> Result<HsCode, Fault> {
    let hs: HsCode =
        text.parse().map_err(|it: domain::DomainError| Fault::said(Exit::BadInput, &it.to_string()))?;
    Ok(hs.subheading().unwrap_or(hs))
}

/// The column of the share among the suppliers of an importer.
const SHARE: usize = 4;

fn list_suppliers(desk: &mut Desk<'_>, hs: &str, to: Option<&str>) -> Result<Exit, Fault> {
    let library = library(desk)?;
    let economies = books::economies(&library)?;
    let importer = to.map(|it| books::economy(&economies, it)).transpose()?;
    let flows = books::flows(&library)?;
    let answer = suppliers(subheading(hs)?, None, importer, &flows).map_err(|it| fault(&it))?;
    if desk.settings.format == Format::Json {
        let value = serde_json::json!({
            "schema": "periplus.suppliers/1", "answer": answer, "source": flows.source(), "basis": "observed",
        });
        desk.print_json(&value)?;
        return Ok(Exit::Ok);
    }
    // Without an importer the share of its imports is the share of the world's.
    let both = importer.is_some() || desk.settings.format != Format::Table;
    let mut columns = vec![
        ("#", Kind::Whole),
        ("economy", Kind::Code),
        ("name", Kind::Text),
        ("usd", Kind::Whole),
        ("share_percent", Kind::Real(1)),
        ("world_share_percent", Kind::Real(1)),
        ("growth_percent", Kind::Real(1)),
        ("usd_per_kg", Kind::Real(2)),
        ("tonnes", Kind::Real(1)),
    ];
    if !both {
        columns.remove(SHARE);
    }
    let mut sheet = Sheet::with_keys("suppliers", &desk.words, &columns);
    for (number, it) in (1..).zip(&answer.suppliers) {
        let percent = |it: domain::Ppm| Cell::Real(it.to_f64() * 100.0);
        let mut row = vec![
            Cell::Whole(number),
            Cell::text(it.economy.code()),
            Cell::text(books::economy_name(&economies, it.economy, desk.words.lang)),
            Cell::Whole(it.trade.usd),
            Cell::maybe(it.share, percent),
            Cell::maybe(it.world_share, percent),
            Cell::maybe(it.growth, percent),
            Cell::maybe(it.mean_usd_per_kg, Cell::Real),
            Cell::maybe(it.trade.kg(), |it| Cell::Real(it / 1000.0)),
        ];
        if !both {
            row.remove(SHARE);
        }
        sheet.rows.push(row);
    }
    let hhi = answer.hhi.map_or_else(|| desk.words.get("unknown"), |it| format!("{it:.3}"));
    let year = answer.year.to_string();
    let total = grouped_real(answer.total.usd as f64, 0);
    sheet.notes.push(
        desk.words.with("suppliers-note", &[("year", &format!("{year} ")), ("total", &total), ("hhi", &hhi)]),
    );
    notes(desk, &mut sheet, &flows);
    desk.print_sheet(&sheet)?;
    Ok(Exit::Ok)
}

fn notes(desk: &Desk<'_>, sheet: &mut Sheet, flows: &FlowBook) {
    sheet.notes.push(Sources::words(flows.source()));
    sheet.notes.push(desk.words.get("benchmark-note"));
    sheet.notes.push(desk.words.get("footer"));
}

fn show_price(desk: &mut Desk<'_>, hs: &str, from: Option<&str>, to: Option<&str>) -> Result<Exit, Fault> {
    let library = library(desk)?;
    let economies = books::economies(&library)?;
    let origin = from.map(|it| books::economy(&economies, it)).transpose()?;
    let importer = to.map(|it| books::economy(&economies, it)).transpose()?;
    let flows = books::flows(&library)?;
    let answer =
        price(subheading(hs)?, None, origin, importer, &flows, &economies).map_err(|it| fault(&it))?;
    if desk.settings.format == Format::Json {
        desk.print_json(&serde_json::json!({ "schema": "periplus.price/1", "answer": answer }))?;
        return Ok(Exit::Ok);
    }
    let columns = [("figure", Kind::Text), ("value", Kind::Code), ("basis", Kind::Text)];
    let mut sheet = Sheet::with_keys("price", &desk.words, &columns);
    let unknown = desk.words.get("unknown");
    let mut row = |key: &str, value: String, basis: &str| {
        let basis = if basis.is_empty() { String::new() } else { desk.words.term("basis", basis) };
        sheet.rows.push(vec![Cell::text(desk.words.get(key)), Cell::text(value), Cell::text(basis)]);
    };
    row("price-year", answer.year.to_string(), "");
    match &answer.benchmark {
        None => row("price-band", unknown.clone(), ""),
        Some(it) => {
            let band = it.usd_per_kg;
            let basis = it.because.basis.word();
            row("price-band", format!("{:.2} – {:.2} – {:.2} USD/kg", band.low, band.mid, band.high), basis);
            row("price-rung", desk.words.get(rung_key(it.rung)), "");
            row("price-flows", it.band.flows.to_string(), "");
            row("price-outliers", it.band.outliers.to_string(), "");
            row("price-unweighed", it.band.unweighed.to_string(), "");
        }
    }
    let mean = answer.mean_usd_per_kg.map_or(unknown, |it| format!("{it:.2} USD/kg"));
    row("price-mean", mean, "observed");
    row("price-trade", format!("{} USD", grouped_real(answer.trade.usd as f64, 0)), "observed");
    if desk.global.explain {
        if let Some(it) = &answer.benchmark {
            sheet.notes.extend(it.because.formula.clone());
            sheet.notes.extend(it.because.reference.clone());
        }
    }
    notes(desk, &mut sheet, &flows);
    desk.print_sheet(&sheet)?;
    Ok(Exit::Ok)
}

fn rung_key(rung: Rung) -> &'static str {
    match rung {
        Rung::Own => "rung-own",
        Rung::OwnMean => "rung-own-mean",
        Rung::Region => "rung-region",
        Rung::World => "rung-world",
    }
}
