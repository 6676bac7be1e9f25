//! A workbook of an answer: plans, one sheet per plan whose total is a live formula over its lines, and the sources.

use domain::deal::{Assessment, Deals};
use domain::{Direction, Money, Source};
use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet, XlsxError};

use desk::fault::{Exit, Fault};
use desk::screen::clean;
use desk::show::figures::{Ledger, line_label, percent, unknown_parts};
use desk::show::scan::{need_words, route, supplier, terms};
use desk::show::sources::Sources;
use desk::words::Words;

/// Excel's own limit on the length of a sheet's name.
const NAME_LIMIT: usize = 31;

pub fn answer(deals: &Deals, only: Option<&Assessment>, words: &Words) -> Result<Vec<u8>, Fault> {
    let plans: Vec<&Assessment> = only.map_or_else(|| deals.plans.iter().collect(), |it| vec![it]);
    write(deals, &plans, words)
        .map_err(|error| Fault::ours(Exit::Internal, 1911, &[("path", "xlsx"), ("why", &error.to_string())]))
}

struct Styles {
    head: Format,
    money: Format,
    sum: Format,
}

fn write(deals: &Deals, plans: &[&Assessment], words: &Words) -> Result<Vec<u8>, XlsxError> {
    let styles = Styles {
        head: Format::new().set_bold(),
        money: Format::new().set_num_format("#,##0.00"),
        sum: Format::new().set_bold().set_num_format("#,##0.00"),
    };
    let mut book = Workbook::new();
    let mut sources = Sources::default();
    let mut sums = Vec::new();
    overview(book.add_worksheet(), deals, plans, words, &styles)?;
    for plan in plans {
        sums.push(plan_sheet(book.add_worksheet(), deals, plan, words, &styles, &mut sources)?);
    }
    let overview = book.worksheet_from_index(0)?;
    for ((row, plan), (sum_row, value)) in (OVERVIEW_HEAD + 1..).zip(plans).zip(sums) {
        let formula = format!("='{}'!B{}", sheet_name(plan), sum_row + 1);
        overview.write_formula_with_format(row, 4, Formula::new(formula).set_result(value), &styles.sum)?;
    }
    overview.autofit();
    source_sheet(book.add_worksheet(), &sources, words, &styles)?;
    book.save_to_buffer()
}

const OVERVIEW_HEAD: u32 = 3;

fn overview(
    sheet: &mut Worksheet,
    deals: &Deals,
    plans: &[&Assessment],
    words: &Words,
    styles: &Styles,
) -> Result<(), XlsxError> {
    sheet.set_name("Plans")?;
    put(sheet, 0, 0, &need_words(&deals.need, words))?;
    put(sheet, 1, 0, &words.with("facts-as-of", &[("date", &deals.as_of.to_string())]))?;
    let heads = [
        "#", "plan", "supplier", "route", "landed", "currency", "total_is", "arrives", "on_time", "kg_co2e",
        "first",
    ];
    for (column, key) in (0..).zip(heads) {
        let title = match key {
            "#" => "#".to_owned(),
            "landed" => Ledger::of(deals).words("col-landed", words),
            key => words.term("col", key),
        };
        sheet.write_string_with_format(OVERVIEW_HEAD, column, title, &styles.head)?;
    }
    for (row, plan) in (OVERVIEW_HEAD + 1..).zip(plans) {
        sheet.write_number(row, 0, plan.rank)?;
        put(sheet, row, 1, &plan.id)?;
        put(sheet, row, 2, &supplier(plan, words))?;
        put(sheet, row, 3, &format!("{}; {}", route(plan, words), terms(plan, words)))?;
        put(sheet, row, 5, plan.landed.bound().currency().code())?;
        put(sheet, row, 6, &total_is(deals, plan, words))?;
        put(sheet, row, 7, &plan.arrival.p50.to_string())?;
        put(sheet, row, 8, &plan.arrival.on_time_percent.map_or_else(|| "–".to_owned(), percent))?;
        match plan.carbon.transport_kg {
            Some(kilograms) => sheet.write_number(row, 9, kilograms)?,
            None => sheet.write_string(row, 9, words.get("unknown"))?,
        };
        put(sheet, row, 10, &percent(plan.first_percent))?;
    }
    put(sheet, OVERVIEW_HEAD + 2 + plans.len() as u32, 0, &words.get("footer"))
}

fn total_is(deals: &Deals, plan: &Assessment, words: &Words) -> String {
    match unknown_parts(&plan.landed) {
        None => words.get("total-exactly"),
        Some(parts) => {
            let key =
                if deals.need.direction == Direction::Sell { "total-at-most" } else { "total-at-least" };
            words.with(key, &[("parts", &parts)])
        }
    }
}

/// Returns the row of the total and its value.
fn plan_sheet(
    sheet: &mut Worksheet,
    deals: &Deals,
    plan: &Assessment,
    words: &Words,
    styles: &Styles,
    sources: &mut Sources,
) -> Result<(u32, String), XlsxError> {
    sheet.set_name(sheet_name(plan))?;
    put(sheet, 0, 0, &format!("{}  {}", plan.id, supplier(plan, words)))?;
    put(sheet, 1, 0, &need_words(&deals.need, words))?;
    let heads = ["line", "amount", "range", "range", "recoverable", "basis", "source", "formula"];
    for (column, key) in (0..).zip(heads) {
        let title = match column {
            2 => "P10".to_owned(),
            3 => "P90".to_owned(),
            _ => words.term("col", key),
        };
        sheet.write_string_with_format(3, column, title, &styles.head)?;
    }
    let ledger = Ledger::of(deals);
    let mut row = 4;
    for line in &plan.lines {
        put(sheet, row, 0, &line_label(line, words))?;
        match line.amount {
            Some(amount) => {
                sheet.write_number_with_format(row, 1, major(ledger.money(amount)), &styles.money)?
            }
            None => sheet.write_string(row, 1, words.get("unknown"))?,
        };
        if let Some((low, high)) = line.range.map(|it| ledger.range(it)) {
            sheet.write_number_with_format(row, 2, major(low), &styles.money)?;
            sheet.write_number_with_format(row, 3, major(high), &styles.money)?;
        }
        sheet.write_number(row, 4, f64::from(u8::from(line.recoverable)))?;
        put(sheet, row, 5, &words.term("basis", line.because.basis.word()))?;
        put(sheet, row, 6, &format!("[{}]", sources.number(&line.because.source)))?;
        put(sheet, row, 7, line.because.formula.as_deref().unwrap_or(""))?;
        row += 1;
    }
    // Recoverable tax stays out of the landed cost; SUMIFS also passes over "unknown".
    let formula = format!("=SUMIFS(B5:B{row},E5:E{row},0)");
    let value = ledger.money(plan.landed.bound()).to_decimal().to_string();
    sheet.write_string_with_format(row, 0, ledger.words("landed-cost", words), &styles.head)?;
    sheet.write_formula_with_format(row, 1, Formula::new(formula).set_result(&value), &styles.sum)?;
    put(sheet, row, 2, plan.landed.bound().currency().code())?;
    put(sheet, row, 3, &total_is(deals, plan, words))?;
    put(sheet, row + 2, 0, &words.get("legend-basis"))?;
    put(sheet, row + 3, 0, &words.get("footer"))?;
    sheet.autofit();
    Ok((row, value))
}

fn source_sheet(
    sheet: &mut Worksheet,
    sources: &Sources,
    words: &Words,
    styles: &Styles,
) -> Result<(), XlsxError> {
    sheet.set_name("Sources")?;
    for (column, key) in (0..).zip(["#", "title", "publisher", "vintage", "book", "licence"]) {
        let title = if key == "#" { "#".to_owned() } else { words.term("col", key) };
        sheet.write_string_with_format(0, column, title, &styles.head)?;
    }
    for (number, source) in sources.iter() {
        let row = number as u32;
        let Source { title, publisher, vintage, book, licence } = source;
        sheet.write_number(row, 0, number as f64)?;
        let texts = [
            title,
            publisher,
            vintage,
            book.as_ref().unwrap_or(&String::new()),
            licence.as_ref().unwrap_or(&String::new()),
        ]
        .map(String::clone);
        for (column, text) in (1..).zip(texts) {
            put(sheet, row, column, &text)?;
        }
    }
    sheet.autofit();
    Ok(())
}

fn put(sheet: &mut Worksheet, row: u32, column: u16, text: &str) -> Result<(), XlsxError> {
    sheet.write_string(row, column, clean::cell(&clean::line(text))).map(|_| ())
}

/// Major units as a spreadsheet holds them; sums of a few lines stay exact to the cent.
fn major(money: Money) -> f64 {
    money.to_decimal().try_into().unwrap_or(f64::NAN)
}

/// Excel forbids some characters and long names.
fn sheet_name(plan: &Assessment) -> String {
    let name: String = plan.id.chars().filter(|it| !"[]:*?/\\'".contains(*it)).take(NAME_LIMIT).collect();
    if name.is_empty() { format!("Plan {}", plan.rank) } else { name }
}
