//! `tariff get|duty`.

use std::borrow::Cow;
use std::collections::BTreeMap;

use customs::{
    CustomsBooks, DutyAnswer, DutyQuestion, LineReader, LineReport, PreferenceState, duty, jurisdiction_of,
};
use domain::money::Money;
use domain::total::CostKind;
use domain::{Currency, Date, DomainError, Economy, HsCode, Mode, Quantity};
use serde_json::json;

use crate::args::{Format, Tariff};
use crate::books;
use crate::fault::{Exit, Fault, RowFault};
use crate::noun::route::mode_of;
use crate::noun::{Desk, library};
use crate::progress;
use crate::screen::grid::{Grid, Head};
use crate::screen::{Page, Role};
use crate::sheet::{Cell, Column, Kind, Sheet};
use crate::show::figures::{amount, letter, money};
use crate::show::scan::{finding_line, foot};
use crate::show::sources::Sources;

pub fn run(desk: &mut Desk<'_>, verb: &Tariff) -> Result<Exit, Fault> {
    match verb {
        Tariff::Get { importer, hs, origin } => get(desk, importer, hs, origin.as_deref()),
        Tariff::Duty { lines: Some(file), .. } => duty_lines(desk, file),
        Tariff::Duty { lines: None, importer, origin, hs, value, quantity, mode, facts } => {
            let text = |it: &Option<String>| it.clone().unwrap_or_default();
            let asked = Asked {
                importer: text(importer),
                origin: text(origin),
                hs: text(hs),
                value: text(value),
                quantity: quantity.clone(),
                mode: mode.as_deref().map(mode_of).transpose()?,
                facts: facts.clone(),
            };
            duty_once(desk, &asked)
        }
    }
}

fn bad(error: &DomainError) -> Fault {
    Fault::said(Exit::BadInput, &error.to_string())
}

/// The tariff of a jurisdiction, or the fault that says which are loaded.
fn no_tariff(books: &CustomsBooks, importer: Economy) -> Fault {
    let known = books.tariffs.keys().map(|it| it.code().to_owned()).collect::<Vec<_>>().join(", ");
    Fault::ours(Exit::DataMissing, 1925, &[("importer", importer.code()), ("known", &known)])
}

fn get(desk: &mut Desk<'_>, importer: &str, hs: &str, origin: Option<&str>) -> Result<Exit, Fault> {
    let library = library(desk)?;
    let economies = books::economies(&library)?;
    let importer = if importer.eq_ignore_ascii_case("EU") {
        Economy::new(*b"EU")
    } else {
        books::economy(&economies, importer)?
    };
    let origin = origin.map(|it| books::economy(&economies, it)).transpose()?;
    let hs: HsCode = hs.parse().map_err(|it| bad(&it))?;
    let on = desk.settings.as_of;
    let rules = customs::shipped();
    let books = books::customs(&library, &[jurisdiction_of(importer, on, &rules)], on)?;
    let tariff = books.find_tariff(importer, on).ok_or_else(|| {
        let all = books::tariff_books(&library)
            .iter()
            .map(|it| it.1.code().to_owned())
            .collect::<Vec<_>>()
            .join(", ");
        Fault::ours(Exit::DataMissing, 1925, &[("importer", importer.code()), ("known", &all)])
    })?;
    let columns = [
        ("hs", Kind::Code),
        ("measure", Kind::Code),
        ("geo", Kind::Code),
        ("programme", Kind::Code),
        ("rate", Kind::Text),
        ("from_day", Kind::Code),
        ("to_day", Kind::Code),
        ("condition", Kind::Text),
        ("reference", Kind::Text),
    ];
    let mut sheet = Sheet::with_keys("tariff", &desk.words, &columns);
    let in_force =
        |from: Option<Date>, to: Option<Date>| from.is_none_or(|it| it <= on) && to.is_none_or(|it| on <= it);
    let day = |it: Option<Date>| Cell::text(it.map_or_else(String::new, |it| it.to_string()));
    let mut other_days = 0_usize;
    for it in tariff.measures(hs) {
        if !in_force(it.from, it.to) {
            other_days += 1;
            continue;
        }
        if origin.is_some_and(|origin| !geo_may_hold(it.geo, origin)) {
            continue;
        }
        let everything = desk.words.get("all-goods");
        sheet.rows.push(vec![
            Cell::text(if it.hs.is_empty() { everything } else { it.hs }),
            Cell::text(it.kind.word()),
            Cell::text(it.geo),
            Cell::text(it.programme),
            Cell::text(&*it.expression.text),
            day(it.from),
            day(it.to),
            Cell::text(it.condition),
            Cell::text(it.reference),
        ]);
    }
    if sheet.rows.is_empty() {
        let args = [("hs", hs.to_string()), ("importer", importer.to_string()), ("date", on.to_string())];
        let args: Vec<(&'static str, &str)> =
            args.iter().map(|(key, value)| (*key, value.as_str())).collect();
        return Err(Fault::ours(Exit::NotFound, 1926, &args));
    }
    if other_days > 0 {
        sheet.notes.push(
            desk.words.with(
                "measures-other-days",
                &[("count", &other_days.to_string()), ("date", &on.to_string())],
            ),
        );
    }
    sheet.notes.push(Sources::words(tariff.source()));
    sheet.notes.push(desk.words.get("footer"));
    desk.print_sheet(&sheet)?;
    Ok(Exit::Ok)
}

/// Whether a measure's geography may hold the origin: everyone, the economy itself, or a group whose members only the engine knows.
fn geo_may_hold(geo: &str, origin: Economy) -> bool {
    geo == "*" || geo == origin.code() || geo.len() != 2
}

/// One question as the person typed it.
struct Asked {
    importer: String,
    origin: String,
    hs: String,
    value: String,
    quantity: Option<String>,
    mode: Option<Mode>,
    facts: Vec<String>,
}

fn duty_once(desk: &mut Desk<'_>, asked: &Asked) -> Result<Exit, Fault> {
    let format = desk.format_among(&[Format::Table, Format::Json])?;
    let library = library(desk)?;
    let economies = books::economies(&library)?;
    let (importer, origin) =
        (books::economy(&economies, &asked.importer)?, books::economy(&economies, &asked.origin)?);
    let facts = facts(&asked.facts)?;
    let on = desk.settings.as_of;
    let rules = customs::shipped();
    let books = books::customs(&library, &[jurisdiction_of(importer, on, &rules)], on)?;
    if books.find_tariff(importer, on).is_none() && books.tariffs.is_empty() {
        let all = books::customs(&library, &[], on)?;
        desk.say(&no_tariff(&all, importer).words(&desk.words).0);
    }
    let price = value(&asked.value)?;
    let quantity: Option<Quantity> =
        asked.quantity.as_deref().map(str::parse).transpose().map_err(|it| bad(&it))?;
    let zero = Money::zero(price.currency());
    let question = DutyQuestion {
        importer,
        origin,
        dispatched_from: origin,
        hs: asked.hs.parse().map_err(|it| bad(&it))?,
        on,
        mode: asked.mode,
        price,
        // The value is the customs value: what it takes in of carriage and insurance is in it already.
        freight_to_border: Some(zero),
        insurance: Some(zero),
        freight_inland: Some(zero),
        consignment: None,
        quantity,
        net_kg: quantity.and_then(|it| it.to(domain::Unit::Kilogram).ok()).map(|it| it.amount),
        measures: &[],
        facts: &facts,
    };
    let answer = duty(&question, &books);
    if format == Format::Json {
        desk.print_json(&duty_json(&question, &answer))?;
    } else {
        let page = duty_page(desk, &question, &answer);
        desk.print_page(&page)?;
    }
    let unknown = answer.lines.iter().any(|it| it.amount.is_none()) || answer.lines.is_empty();
    Ok(if unknown { Exit::DataMissing } else { Exit::Ok })
}

/// "95000 GBP", "GBP 95000", "95000GBP".
fn value(text: &str) -> Result<Money, Fault> {
    let text = text.trim();
    let is_letter = |it: char| it.is_ascii_alphabetic();
    // "95000GBP": where letters begin or end.
    let glued = match text.find(is_letter) {
        Some(0) => text.find(|it| !is_letter(it)),
        other => other,
    };
    let (a, b) = text
        .split_once(' ')
        .or_else(|| glued.map(|at| text.split_at(at)))
        .ok_or_else(|| Fault::ours(Exit::BadInput, 1927, &[("value", text)]))?;
    let (a, b) = (a.trim(), b.trim());
    let (number, currency) = if a.starts_with(|it: char| it.is_ascii_alphabetic()) { (b, a) } else { (a, b) };
    let currency: Currency = currency.parse().map_err(|it| bad(&it))?;
    Money::parse(number, currency).map_err(|it| bad(&it))
}

/// `NAME=VALUE` pairs.
fn facts(pairs: &[String]) -> Result<BTreeMap<String, String>, Fault> {
    let read = |it: &String| {
        let (name, value) =
            it.split_once('=').ok_or_else(|| Fault::ours(Exit::Usage, 1928, &[("given", it)]))?;
        Ok((name.trim().to_owned(), value.trim().to_owned()))
    };
    pairs.iter().map(read).collect()
}

fn duty_json(question: &DutyQuestion<'_>, answer: &DutyAnswer) -> serde_json::Value {
    let lines: Vec<_> = answer
        .lines
        .iter()
        .map(|it| {
            json!({ "kind": it.kind, "label": it.label, "amount": it.amount, "exact": it.exact.map(|it| it.to_string()),
                "range": it.range, "recoverable": it.recoverable, "because": it.because })
        })
        .collect();
    let preferences: Vec<_> = answer
        .preferences
        .iter()
        .map(|it| {
            json!({ "scheme": it.scheme, "title": it.title, "rate": it.rate, "saved": it.saved,
                "rule_of_origin": it.rule_of_origin, "must_prove": it.must_prove, "ask": it.ask,
                "state": state_word(it.state), "reference": it.reference })
        })
        .collect();
    json!({
        "schema": "periplus.duty/1",
        "importer": question.importer, "origin": question.origin, "hs": question.hs, "as_of": question.on,
        "customs_value": answer.customs_value, "lines": lines, "preferences": preferences,
        "findings": answer.findings,
    })
}

fn state_word(state: PreferenceState) -> &'static str {
    match state {
        PreferenceState::Claimed => "claimed",
        PreferenceState::Provable => "provable",
        PreferenceState::NotMet => "not_met",
        PreferenceState::Unknown => "unknown",
    }
}

fn duty_page(desk: &Desk<'_>, question: &DutyQuestion<'_>, answer: &DutyAnswer) -> Page {
    let words = &desk.words;
    let mut page = desk.page();
    let mut sources = Sources::default();
    let args = [
        ("hs", question.hs.to_string()),
        ("origin", question.origin.to_string()),
        ("importer", question.importer.to_string()),
        ("date", question.on.to_string()),
        ("value", money(question.price)),
    ];
    let args: Vec<(&str, &str)> = args.iter().map(|(key, value)| (*key, value.as_str())).collect();
    page.text(Role::Title, 0, 2, &words.with("duty-title", &args));
    page.blank();
    let title = |key: &str| words.term("col", key);
    let currency = question.price.currency();
    let mut grid = Grid::new(vec![
        Head::text(title("line")),
        Head::number(format!("{}\u{a0}{currency}", title("amount"))),
        Head::code(title("basis")),
        Head::text(title("formula")),
        Head::code(title("source")),
    ]);
    if let Some(value) = &answer.customs_value {
        let number = sources.number(&value.because.source);
        grid.plain(vec![
            words.get("customs-value"),
            amount(value.value),
            letter(value.because.basis).to_owned(),
            value.because.formula.clone().unwrap_or_default(),
            format!("[{number}]"),
        ]);
    }
    for it in &answer.lines {
        let figure = it.amount.map_or((Role::Warn, words.get("unknown")), |it| (Role::Figure, amount(it)));
        let number = sources.number(&it.because.source);
        let recoverable =
            if it.recoverable { format!(" {}", words.get("recoverable-short")) } else { String::new() };
        grid.row(vec![
            (Role::Plain, format!("{}{recoverable}", it.label)),
            figure,
            (Role::Plain, letter(it.because.basis).to_owned()),
            (Role::Dim, it.because.formula.clone().or_else(|| it.because.stated.clone()).unwrap_or_default()),
            (Role::Dim, format!("[{number}]")),
        ]);
    }
    grid.lay(&mut page, 0);
    if desk.global.explain {
        for it in &answer.lines {
            for (key, text) in [("says", &it.because.stated), ("reference", &it.because.reference)] {
                if let Some(text) = text {
                    page.text(
                        Role::Dim,
                        2,
                        4,
                        &format!("{}{}{}", it.label, words.get("colon"), words.with(key, &[("text", text)])),
                    );
                }
            }
        }
    }
    sums(&mut page, desk, answer, currency);
    for it in &answer.preferences {
        page.blank();
        let saved = it.saved.map_or_else(|| words.get("unknown"), money);
        let state = words.term("preference", state_word(it.state));
        let args = [("scheme", it.title.as_str()), ("rate", &it.rate), ("state", &state), ("saving", &saved)];
        page.text(Role::Plain, 0, 2, &words.with("preference-full", &args));
        if !it.rule_of_origin.is_empty() {
            page.text(Role::Dim, 2, 4, &words.with("rule-of-origin", &[("text", &it.rule_of_origin)]));
        }
        it.must_prove
            .iter()
            .for_each(|text| page.text(Role::Plain, 2, 4, &words.with("must-prove", &[("text", text)])));
    }
    if !answer.findings.is_empty() {
        page.blank();
    }
    answer.findings.iter().for_each(|finding| finding_line(&mut page, 0, finding, words));
    page.blank();
    for (number, source) in sources.iter() {
        page.text(Role::Dim, 0, 5, &format!("[{number}] {}", Sources::words(source)));
    }
    foot(&mut page, words, true);
    page
}

/// Duty and tax apart: a tax that comes back is no cost.
fn sums(page: &mut Page, desk: &Desk<'_>, answer: &DutyAnswer, currency: Currency) {
    let sum = |wanted: &dyn Fn(CostKind) -> bool| {
        let mut total = Some(Money::zero(currency));
        for line in answer.lines.iter().filter(|it| wanted(it.kind)) {
            total = total.zip(line.amount).and_then(|(a, b)| a.checked_add(b).ok());
        }
        total.map_or_else(|| desk.words.get("unknown"), money)
    };
    let is_tax = |kind: CostKind| kind == CostKind::Tax;
    let args = [("duty", sum(&|kind| !is_tax(kind))), ("tax", sum(&is_tax))];
    page.text(Role::Title, 0, 2, &desk.words.with("duty-sums", &[("duty", &args[0].1), ("tax", &args[1].1)]));
}

/// Lines of a file, on all cores; the table goes out as it comes from the engine.
fn duty_lines(desk: &mut Desk<'_>, file: &str) -> Result<Exit, Fault> {
    let path = desk.around.path(file);
    let text = read_text(&path)?;
    let on = desk.settings.as_of;
    let library = library(desk)?;
    let books = books::customs(&library, &[], on)?;
    let message = desk.words.with("counting", &[("path", file)]);
    let report = progress::during(desk.around, &message, || run_parts(&text, on, &books))?;
    if desk.settings.format == Format::Csv {
        desk.out.write_all(customs::lines::OUT_HEADER.as_bytes())?;
        desk.out.write_all(b"\n")?;
        desk.out.write_all(disarmed(&report.csv).as_bytes())?;
    } else {
        let sheet = lines_sheet(desk, &report);
        desk.print_sheet(&sheet)?;
    }
    lines_verdict(desk, file, &report)
}

fn read_text(path: &std::path::Path) -> Result<String, Fault> {
    std::fs::read_to_string(path).map_err(|error| {
        let exit = if error.kind() == std::io::ErrorKind::NotFound { Exit::NotFound } else { Exit::BadInput };
        Fault::ours(exit, 1916, &[("path", &path.display().to_string()), ("why", &error.to_string())])
    })
}

fn run_parts(text: &str, on: Date, books: &CustomsBooks) -> Result<LineReport, Fault> {
    let (reader, body) = LineReader::of(text, on).map_err(|finding| {
        let fault = Fault::said(Exit::BadInput, &format!("{}: {}", finding.code, finding.text));
        match finding.hint {
            Some(hint) => fault.with_hint(hint),
            None => fault,
        }
    })?;
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let parts = customs::lines::split(body, 2, cores);
    let mut reports: Vec<LineReport> = std::thread::scope(|scope| {
        let running: Vec<_> =
            parts.iter().map(|(line, part)| scope.spawn(|| reader.run(part, *line, books))).collect();
        running.into_iter().filter_map(|it| it.join().ok()).collect()
    });
    if reports.len() != parts.len() {
        return Err(Fault::ours(
            Exit::Internal,
            1900,
            &[("why", "a thread that counted duties ended early")],
        ));
    }
    let mut all = LineReport::default();
    reports.drain(..).for_each(|it| all.append(it));
    Ok(all)
}

/// Cells that a spreadsheet would run as a formula, disarmed. Such cells only come from rows that could not be read, so
/// most tables are passed through as they are.
fn disarmed(csv: &str) -> Cow<'_, str> {
    let risky = |pair: &[u8]| {
        matches!(pair[0], b',' | b'\n' | b'"') && matches!(pair[1], b'=' | b'@' | b'+' | b'-' | b'\t' | b'\r')
    };
    if !csv.as_bytes().windows(2).any(risky) {
        return Cow::Borrowed(csv);
    }
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(csv.as_bytes());
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::with_capacity(csv.len()));
    for record in reader.records().flatten() {
        let _ = writer.write_record(record.iter().map(|it| crate::screen::clean::cell(it).into_owned()));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    Cow::Owned(String::from_utf8(bytes).unwrap_or_default())
}

fn lines_sheet(desk: &Desk<'_>, report: &LineReport) -> Sheet {
    let kind = |name: &str| match name {
        "line" => Kind::Whole,
        "duty" | "taxes" | "fees" | "value" => Kind::Exact,
        "expression" | "finding" => Kind::Text,
        _ => Kind::Code,
    };
    let names: Vec<&str> = customs::lines::OUT_HEADER.split(',').collect();
    let columns = names.iter().map(|it| Column {
        key: (*it).to_owned(),
        title: desk.words.term("col", it),
        kind: kind(it),
    });
    let mut sheet = Sheet::new("duties", columns.collect());
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(report.csv.as_bytes());
    for record in reader.records().flatten() {
        let cell = |(at, text): (usize, &str)| match names.get(at).map_or(Kind::Text, |it| kind(it)) {
            Kind::Exact => text
                .replace(',', "")
                .parse()
                .map_or(if text.is_empty() { Cell::Unknown } else { Cell::text(text) }, Cell::Exact),
            Kind::Whole => text.parse().map_or(Cell::Unknown, Cell::Whole),
            _ => Cell::text(text),
        };
        sheet.rows.push(record.iter().enumerate().map(cell).collect());
    }
    sheet.notes.push(desk.words.get("footer"));
    sheet
}

fn lines_verdict(desk: &mut Desk<'_>, file: &str, report: &LineReport) -> Result<Exit, Fault> {
    let rejected = report.findings.iter().filter(|(_, it)| it.severity == domain::Severity::Barrier);
    let rows: Vec<RowFault> = rejected
        .map(|(line, it)| RowFault { line: *line as u64, text: format!("{}: {}", it.code, it.text) })
        .collect();
    if rows.is_empty() {
        return Ok(Exit::Ok);
    }
    let (bad, all) = (rows.len().to_string(), report.rows.to_string());
    let fault = Fault::ours(Exit::BadInput, 1918, &[("bad", &bad), ("all", &all), ("path", file)]).rows(rows);
    if report.rows as u64 == fault.rows.len() as u64 {
        return Err(fault);
    }
    // The table is there; the rows that are not good are told, and the exit code says that the input was not clean.
    let words = std::mem::replace(&mut desk.words, crate::words::Words::english());
    let told =
        crate::tell::print(&fault, &words, desk.around, desk.settings.format == Format::Json, desk.err);
    desk.words = words;
    told?;
    Ok(Exit::BadInput)
}
