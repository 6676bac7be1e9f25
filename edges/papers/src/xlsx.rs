//! A workbook of an answer: plans, one sheet per plan whose totals are live formulas over its lines, notes and sources.
//! A line whose formula is a plain product is a product here too; every other line is a figure that a reader may replace.

use domain::deal::{Assessment, Deals};
use domain::{Date, Money};
use rust_decimal::prelude::ToPrimitive as _;
use rust_decimal::{Decimal, RoundingStrategy};
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, Formula, Url, Workbook, Worksheet, XlsxError,
};

use desk::fault::{Exit, Fault};
use desk::screen::clean;
use desk::words::Words;

use crate::paper::{Figure, Found, Labelled, Line, Paper, PlanPaper, Value, basis_letter};
use crate::product::FACTORS_AT_MOST;

/// Excel's own limit on the length of a sheet's name.
const NAME_LIMIT: usize = 31;
/// Row of the heads of a table on a sheet; the rows above say what it is.
const HEAD: u32 = 3;
/// Columns of the lines of a plan.
mod at {
    pub(super) const AMOUNT: u16 = 1;
    pub(super) const RECOVERABLE: u16 = 4;
    pub(super) const FACTORS: u16 = 9;
    pub(super) const YOURS: u16 = 12;
    pub(super) const USED: u16 = 13;
}

/// The answer, or one plan of it.
///
/// # Errors
/// PRP-2203 when the writer refuses the workbook.
pub fn answer(deals: &Deals, only: Option<&Assessment>, words: &Words) -> Result<Vec<u8>, Fault> {
    of_paper(&Paper::of(deals, only, words), words)
}

/// A paper that is made already.
///
/// # Errors
/// PRP-2203 when the writer refuses the workbook.
pub fn of_paper(paper: &Paper, words: &Words) -> Result<Vec<u8>, Fault> {
    write(paper, words).map_err(|error| Fault::ours(Exit::Internal, 2203, &[("why", &error.to_string())]))
}

struct Styles {
    title: Format,
    head: Format,
    label: Format,
    text: Format,
    dim: Format,
    link: Format,
    /// Cells that a reader may fill.
    input: Format,
    money: String,
    day: Format,
}

impl Styles {
    fn new(digits: u32) -> Self {
        let wrapped = || Format::new().set_text_wrap().set_align(FormatAlign::Top);
        let zeros = "0".repeat(digits as usize);
        Self {
            title: Format::new().set_bold().set_font_size(14),
            head: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Top)
                .set_font_color(Color::RGB(0x14_4B_5E))
                .set_background_color(Color::RGB(0xE9_F0_F2)),
            label: wrapped().set_bold(),
            text: wrapped(),
            dim: Format::new().set_font_color(Color::RGB(0x58_60_6A)).set_align(FormatAlign::Top),
            link: Format::new()
                .set_font_color(Color::RGB(0x14_4B_5E))
                .set_underline(rust_xlsxwriter::FormatUnderline::Single)
                .set_align(FormatAlign::Top),
            input: Format::new().set_background_color(Color::RGB(0xFF_F8_E1)).set_align(FormatAlign::Top),
            money: if digits == 0 { "#,##0".to_owned() } else { format!("#,##0.{zeros}") },
            day: Format::new()
                .set_num_format("yyyy-mm-dd")
                .set_align(FormatAlign::Top)
                .set_align(FormatAlign::Left),
        }
    }

    fn number(&self, figure: &Figure) -> Format {
        let format = match figure.value {
            Value::Money { whole: true, money } if money.to_decimal().abs() >= Decimal::ONE_HUNDRED => {
                "#,##0".to_owned()
            }
            Value::Money { .. } => self.money.clone(),
            Value::Real { decimals: 0, .. } | Value::Whole(_) => "#,##0".to_owned(),
            Value::Real { decimals, .. } => format!("#,##0.{}", "0".repeat(usize::from(decimals))),
            Value::Percent(_) => "0 %".to_owned(),
            Value::Day(_) => return self.day.clone(),
        };
        Format::new().set_num_format(format).set_align(FormatAlign::Top)
    }

    fn sum(&self) -> Format {
        Format::new().set_bold().set_num_format(self.money.clone()).set_align(FormatAlign::Top)
    }
}

fn write(paper: &Paper, words: &Words) -> Result<Vec<u8>, XlsxError> {
    let styles = Styles::new(paper.currency.minor_digits());
    let mut book = Workbook::new();
    let day = paper.as_of;
    let date = ExcelDateTime::from_ymd(
        day.year().unsigned_abs(),
        day.month().unsigned_abs(),
        day.day().unsigned_abs(),
    )?;
    // No clock: a workbook is dated like its facts.
    book.set_properties(
        &DocProperties::new()
            .set_title(clean::line(&paper.title))
            .set_subject(&paper.dossier)
            .set_author("Periplus")
            .set_comment(&paper.footer)
            .set_creation_datetime(&date),
    );
    let names = names(paper, words);
    let mut sums = Vec::new();
    overview(book.add_worksheet(), paper, words, &styles)?;
    for (plan, name) in paper.plans.iter().zip(&names) {
        let sheet = book.add_worksheet();
        sheet.set_name(name)?;
        sums.push((plan.id.clone(), plan_sheet(sheet, paper, plan, words, &styles)?));
    }
    let overview = book.worksheet_from_index(0)?;
    for (row, rank) in (HEAD + 1..).zip(&paper.ranking) {
        let sheet = sums.iter().zip(&names).find(|((id, _), _)| *id == rank.id);
        match sheet {
            Some(((_, sum), name)) => {
                let formula = Formula::new(format!("='{name}'!B{}", sum + 1)).set_result(raw(&rank.landed));
                overview.write_formula_with_format(row, 4, formula, &styles.sum())?;
                let url =
                    Url::new(format!("internal:'{name}'!A1")).set_text(clean::cell(&clean::line(&rank.id)));
                overview.write_url_with_format(row, 1, url, &styles.link)?;
            }
            None => put_figure(overview, row, 4, &rank.landed, &styles)?,
        }
    }
    notes(book.add_worksheet(), paper, words, &styles)?;
    source_sheet(book.add_worksheet(), paper, words, &styles)?;
    book.save_to_buffer()
}

/// Every sheet needs a name of its own, whatever the plans are called.
fn names(paper: &Paper, words: &Words) -> Vec<String> {
    let mut taken = ["papers-sheet-plans", "papers-sheet-notes", "papers-sheet-sources"]
        .map(|it| words.get(it).to_lowercase())
        .to_vec();
    let mut out = Vec::new();
    for (number, plan) in (1..).zip(&paper.plans) {
        // Excel forbids some characters and long names.
        let kept = plan.id.chars().filter(|it| !"[]:*?/\\'".contains(*it) && !it.is_control());
        let mut name: String = kept.take(NAME_LIMIT).collect();
        if name.trim().is_empty() || taken.contains(&name.to_lowercase()) {
            name = format!("Plan {number}");
        }
        taken.push(name.to_lowercase());
        out.push(name);
    }
    out
}

fn dress(sheet: &mut Worksheet, paper: &Paper, widths: &[f64]) -> Result<(), XlsxError> {
    for (column, width) in (0..).zip(widths) {
        sheet.set_column_width(column, *width)?;
    }
    // A4, across, one page wide.
    sheet.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0);
    sheet.set_footer(format!("&L{} · {}&R&P / &N", paper.dossier_short, paper.footer.replace('&', "&&")));
    sheet.set_right_to_left(paper.rtl);
    Ok(())
}

fn overview(sheet: &mut Worksheet, paper: &Paper, words: &Words, styles: &Styles) -> Result<(), XlsxError> {
    sheet.set_name(words.get("papers-sheet-plans"))?;
    put(sheet, 0, 0, &paper.title, &styles.title)?;
    put(sheet, 1, 0, &paper.counts, &styles.dim)?;
    put(sheet, 2, 0, &paper.facts, &styles.dim)?;
    let keys = [
        "#", "plan", "supplier", "route", "landed", "currency", "total_is", "arrives", "on_time", "kg_co2e",
        "first",
    ];
    for (column, key) in (0..).zip(keys) {
        let title = match key {
            "#" => "#".to_owned(),
            "landed" => paper.landed_column.clone(),
            key => words.term("col", key),
        };
        put(sheet, HEAD, column, &title, &styles.head)?;
    }
    for (row, rank) in (HEAD + 1..).zip(&paper.ranking) {
        sheet.write_number_with_format(row, 0, rank.rank, &styles.text)?;
        put(sheet, row, 1, &rank.id, &styles.text)?;
        put(sheet, row, 2, &rank.supplier, &styles.text)?;
        put(sheet, row, 3, &format!("{}; {}", rank.route, rank.terms), &styles.text)?;
        put(sheet, row, 5, paper.currency.code(), &styles.text)?;
        put(sheet, row, 6, &rank.total_is, &styles.text)?;
        put_figure(sheet, row, 7, &rank.arrives, styles)?;
        put_maybe(sheet, row, 8, rank.on_time.as_ref(), "–", styles)?;
        put_maybe(sheet, row, 9, rank.carbon.as_ref(), &words.get("unknown"), styles)?;
        put_figure(sheet, row, 10, &rank.first, styles)?;
    }
    let mut row = HEAD + 2 + paper.ranking.len() as u32;
    if paper.none {
        put(sheet, row, 0, &words.get("no-plan"), &styles.label)?;
        row += 1;
    }
    put(sheet, row, 0, &paper.footer, &styles.dim)?;
    sheet.set_freeze_panes(HEAD + 1, 2)?;
    dress(sheet, paper, &[5.0, 14.0, 22.0, 60.0, 16.0, 9.0, 18.0, 12.0, 10.0, 12.0, 9.0])
}

/// Returns the row of the total.
fn plan_sheet(
    sheet: &mut Worksheet,
    paper: &Paper,
    plan: &PlanPaper,
    words: &Words,
    styles: &Styles,
) -> Result<u32, XlsxError> {
    put(sheet, 0, 0, &format!("{}  {}", plan.id, plan.supplier), &styles.title)?;
    put(sheet, 1, 0, &paper.title, &styles.dim)?;
    put(sheet, 2, 0, &format!("{}; {}; {}", plan.standing, plan.route, plan.terms), &styles.dim)?;
    line_heads(sheet, paper, words, styles)?;
    let mut row = HEAD + 1;
    for line in &plan.lines {
        line_row(sheet, row, line, paper, words, styles)?;
        row += 1;
    }
    let sum = row;
    totals(sheet, sum, paper, plan, words, styles)?;
    let mut row = sum + 8;
    row = figures(sheet, row, "papers-title-figures", &plan.figures, words, styles)?;
    row = arrival(sheet, row, plan, words, styles)?;
    row = figures(sheet, row, "papers-title-money", &plan.money, words, styles)?;
    row = figures(sheet, row, "papers-title-carbon", &plan.carbon, words, styles)?;
    row = proofs(sheet, row, plan, words, styles)?;
    row = found(sheet, row, "title-findings", &plan.findings, words, styles)?;
    let flips: Vec<&String> = plan.flips.iter().chain(&plan.score).collect();
    row = texts(sheet, row, "title-flips", &flips, words, styles)?;
    put(sheet, row, 0, &paper.footer, &styles.dim)?;
    sheet.set_freeze_panes(HEAD + 1, 1)?;
    let widths = [46.0, 16.0, 14.0, 14.0, 12.0, 10.0, 14.0, 10.0, 44.0, 14.0, 14.0, 14.0, 14.0, 14.0];
    dress(sheet, paper, &widths)?;
    Ok(sum)
}

fn line_heads(sheet: &mut Worksheet, paper: &Paper, words: &Words, styles: &Styles) -> Result<(), XlsxError> {
    let title = |key: &str| words.term("col", key);
    let factor = |n: u16| words.with("papers-col-factor", &[("n", &n.to_string())]);
    let heads = [
        title("line"),
        format!("{} {}", title("amount"), paper.currency),
        "P10".to_owned(),
        "P90".to_owned(),
        title("recoverable"),
        title("payer"),
        title("basis"),
        title("source"),
        title("formula"),
        factor(1),
        factor(2),
        factor(3),
        words.get("papers-col-yours"),
        words.get("papers-col-used"),
    ];
    for (column, head) in (0..).zip(heads) {
        put(sheet, HEAD, column, &head, &styles.head)?;
    }
    Ok(())
}

fn line_row(
    sheet: &mut Worksheet,
    row: u32,
    line: &Line,
    paper: &Paper,
    words: &Words,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let because = &line.because;
    put(sheet, row, 0, &line.label, &styles.text)?;
    match (&line.amount, &line.product) {
        (Some(amount), Some(product)) => {
            let mut cells = Vec::new();
            for (column, factor) in (at::FACTORS..).zip(product.factors.iter().take(FACTORS_AT_MOST)) {
                let (value, format) = if factor.percent {
                    (factor.number / Decimal::ONE_HUNDRED, "0.00####%".to_owned())
                } else {
                    (factor.number, unit_format(&factor.unit))
                };
                let format = styles.input.clone().set_num_format(format);
                sheet.write_number_with_format(row, column, value.to_f64().unwrap_or(f64::NAN), &format)?;
                cells.push(cell(row, column));
            }
            let sign = if product.negative { "-" } else { "" };
            let digits = paper.currency.minor_digits();
            let formula =
                Formula::new(format!("={sign}ROUND({},{digits})", cells.join("*"))).set_result(raw(amount));
            sheet.write_formula_with_format(row, at::AMOUNT, formula, &styles.number(amount))?;
        }
        (Some(amount), None) => put_figure(sheet, row, at::AMOUNT, amount, styles)?,
        (None, _) => put(sheet, row, at::AMOUNT, &words.get("unknown"), &styles.text)?,
    }
    if let Some((low, high)) = &line.range {
        put_figure(sheet, row, 2, low, styles)?;
        put_figure(sheet, row, 3, high, styles)?;
    }
    sheet.write_number_with_format(
        row,
        at::RECOVERABLE,
        f64::from(u8::from(line.recoverable)),
        &styles.text,
    )?;
    put(sheet, row, 5, &line.payer, &styles.text)?;
    put(sheet, row, 6, &format!("{} ({})", because.word, basis_letter(because.basis)), &styles.text)?;
    source_link(sheet, row, 7, because.source, words, styles)?;
    let said = [&because.formula, &because.stated, &because.reference];
    let said: Vec<&str> = said.into_iter().flatten().map(String::as_str).collect();
    put(sheet, row, 8, &said.join("; "), &styles.text)?;
    let input = styles.input.clone().set_num_format(styles.money.clone());
    sheet.write_blank(row, at::YOURS, &input)?;
    let (yours, own) = (cell(row, at::YOURS), cell(row, at::AMOUNT));
    let result = line.amount.as_ref().map_or_else(|| words.get("unknown"), raw);
    let used = Formula::new(format!("=IF(ISNUMBER({yours}),{yours},{own})")).set_result(result);
    let format = Format::new().set_num_format(styles.money.clone()).set_align(FormatAlign::Top);
    sheet.write_formula_with_format(row, at::USED, used, &format)?;
    Ok(())
}

/// The total, per unit, and the same with the reader's own figures.
fn totals(
    sheet: &mut Worksheet,
    sum: u32,
    paper: &Paper,
    plan: &PlanPaper,
    words: &Words,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let (first, last) = (HEAD + 2, sum);
    let total = &plan.total;
    put(sheet, sum, 0, &total.label, &styles.label)?;
    if plan.lines.is_empty() {
        return put_figure(sheet, sum, at::AMOUNT, &total.figure, styles);
    }
    // Recoverable tax stays out of the landed cost; SUMIFS also passes over "unknown".
    let formula = format!("=SUMIFS(B{first}:B{last},E{first}:E{last},0)");
    sheet.write_formula_with_format(
        sum,
        at::AMOUNT,
        Formula::new(formula).set_result(raw(&total.figure)),
        &styles.sum(),
    )?;
    if let Some((low, high)) = &total.range {
        put_figure(sheet, sum, 2, low, styles)?;
        put_figure(sheet, sum, 3, high, styles)?;
    }
    put(sheet, sum, 5, paper.currency.code(), &styles.text)?;
    put(sheet, sum, 6, &total.total_is, &styles.text)?;
    put(sheet, sum, 8, &total.rests_on, &styles.text)?;
    let row = sum + 1;
    put(sheet, row, 0, &words.get("papers-quantity"), &styles.label)?;
    let quantity = paper.quantity.to_f64().unwrap_or(f64::NAN);
    let format = Format::new().set_num_format(unit_format(paper.unit)).set_align(FormatAlign::Top);
    sheet.write_number_with_format(row, at::AMOUNT, quantity, &format)?;
    if let Some(figure) = plan.figures.first().and_then(|it| it.figure.as_ref()) {
        let row = sum + 2;
        put(sheet, row, 0, &words.with("papers-per-unit-live", &[("unit", paper.unit)]), &styles.label)?;
        if divides(&total.figure, paper.quantity, figure) {
            let digits = paper.currency.minor_digits();
            let formula = format!("=ROUND({}/{},{digits})", cell(sum, at::AMOUNT), cell(sum + 1, at::AMOUNT));
            let formula = Formula::new(formula).set_result(raw(figure));
            sheet.write_formula_with_format(row, at::AMOUNT, formula, &styles.sum())?;
        } else {
            put_figure(sheet, row, at::AMOUNT, figure, styles)?;
        }
    }
    what_if(sheet, sum + 3, (first, last), paper, plan, words, styles)
}

fn what_if(
    sheet: &mut Worksheet,
    row: u32,
    (first, last): (u32, u32),
    paper: &Paper,
    plan: &PlanPaper,
    words: &Words,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let total = &plan.total;
    put(sheet, row, 0, &words.get("papers-what-if-total"), &styles.label)?;
    let formula = format!("=SUMIFS(N{first}:N{last},E{first}:E{last},0)");
    sheet.write_formula_with_format(
        row,
        at::AMOUNT,
        Formula::new(formula).set_result(raw(&total.figure)),
        &styles.sum(),
    )?;
    let bound = words.get(if paper.sells { "papers-bound-sell" } else { "papers-bound-cost" });
    let exact = words.get("papers-exact");
    let quoted = |text: &str| text.replace('"', "\"\"");
    let state = format!(
        "=IF(SUMPRODUCT((E{first}:E{last}=0)*ISNUMBER(N{first}:N{last}))=COUNTIF(E{first}:E{last},0),\"{}\",\"{}\")",
        quoted(&exact),
        quoted(&bound)
    );
    let state = Formula::new(state).set_result(if total.exact { exact } else { bound });
    sheet.write_formula_with_format(row, 6, state, &styles.text)?;
    put(sheet, row, 8, &words.get("papers-what-if-how"), &styles.text)?;
    put(
        sheet,
        row + 1,
        0,
        &words.with("papers-what-if-rate", &[("currency", paper.currency.code())]),
        &styles.label,
    )?;
    let input = styles.input.clone().set_num_format("0.000000");
    sheet.write_number_with_format(row + 1, at::AMOUNT, 1, &input)?;
    put(sheet, row + 2, 0, &words.get("papers-what-if-other"), &styles.label)?;
    let formula = format!("={}*{}", cell(row, at::AMOUNT), cell(row + 1, at::AMOUNT));
    let formula = Formula::new(formula).set_result(raw(&total.figure));
    sheet.write_formula_with_format(row + 2, at::AMOUNT, formula, &styles.sum())?;
    Ok(())
}

/// Whether the per-unit figure is the total over the quantity, to the minor unit.
fn divides(total: &Figure, quantity: Decimal, per_unit: &Figure) -> bool {
    let (Value::Money { money: total, .. }, Value::Money { money: part, .. }) = (total.value, per_unit.value)
    else {
        return false;
    };
    let digits = part.currency().minor_digits();
    let quotient = total.to_decimal().checked_div(quantity);
    quotient.map(|it| it.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero))
        == Some(part.to_decimal())
}

fn figures(
    sheet: &mut Worksheet,
    row: u32,
    key: &str,
    rows: &[Labelled],
    words: &Words,
    styles: &Styles,
) -> Result<u32, XlsxError> {
    put(sheet, row, 0, &words.get(key), &styles.head)?;
    let mut row = row + 1;
    for it in rows {
        put(sheet, row, 0, &it.label, &styles.label)?;
        put_maybe(sheet, row, 1, it.figure.as_ref(), &it.text, styles)?;
        for (column, more) in (2..).zip(&it.more) {
            put_figure(sheet, row, column, more, styles)?;
        }
        if let Some(because) = &it.because {
            put(sheet, row, 6, &because.word, &styles.text)?;
            source_link(sheet, row, 7, because.source, words, styles)?;
            put(sheet, row, 8, because.formula.as_deref().unwrap_or_default(), &styles.text)?;
        } else if it.figure.is_some() {
            // The unit or the bound is in the text.
            put(sheet, row, 6, &it.text, &styles.dim)?;
            put(sheet, row, 8, it.note.as_deref().unwrap_or_default(), &styles.text)?;
        }
        row += 1;
    }
    Ok(row + 1)
}

fn arrival(
    sheet: &mut Worksheet,
    row: u32,
    plan: &PlanPaper,
    words: &Words,
    styles: &Styles,
) -> Result<u32, XlsxError> {
    let time = &plan.time;
    put(sheet, row, 0, &words.get("papers-title-arrival"), &styles.head)?;
    for (column, head) in (1..).zip(["P10", "P50", "P90"]) {
        put(sheet, row, column, head, &styles.head)?;
    }
    put(sheet, row, 4, &words.term("col", "on_time"), &styles.head)?;
    put(sheet, row, 5, &words.get("label-scenarios"), &styles.head)?;
    if let Some(due) = &time.deadline {
        put(sheet, row, 6, &due.label, &styles.head)?;
        put_figure(sheet, row + 1, 6, &due.day, styles)?;
    }
    put(sheet, row + 1, 0, &time.sentence, &styles.text)?;
    for (column, figure) in (1..).zip([&time.p10, &time.p50, &time.p90]) {
        put_figure(sheet, row + 1, column, figure, styles)?;
    }
    put_maybe(sheet, row + 1, 4, time.on_time.as_ref(), "–", styles)?;
    put_figure(sheet, row + 1, 5, &time.scenarios, styles)?;
    let mut row = row + 3;
    put(sheet, row, 0, &words.get("title-legs"), &styles.head)?;
    let heads = ["km", "P10", "P50", "P90", "kg_co2e", "basis", "source"];
    for (column, key) in (1..).zip(heads) {
        let title = if key.starts_with('P') {
            format!("{} {key}", words.get("days"))
        } else {
            words.term("col", key)
        };
        put(sheet, row, column, &title, &styles.head)?;
    }
    row += 1;
    for leg in &plan.legs {
        put(
            sheet,
            row,
            0,
            &format!("{}{}{} – {}", leg.mode, words.get("colon"), leg.from, leg.to),
            &styles.text,
        )?;
        put_figure(sheet, row, 1, &leg.km, styles)?;
        for (column, figure) in (2..).zip(&leg.days) {
            put_figure(sheet, row, column, figure, styles)?;
        }
        put_maybe(sheet, row, 5, leg.carbon.as_ref(), &words.get("unknown"), styles)?;
        put(
            sheet,
            row,
            6,
            &format!("{} ({})", leg.because.word, basis_letter(leg.because.basis)),
            &styles.text,
        )?;
        source_link(sheet, row, 7, leg.because.source, words, styles)?;
        put(sheet, row, 8, leg.because.formula.as_deref().unwrap_or_default(), &styles.text)?;
        row += 1;
    }
    if let Some(passages) = &plan.passages {
        put(sheet, row, 0, passages, &styles.dim)?;
        row += 1;
    }
    Ok(row + 1)
}

fn proofs(
    sheet: &mut Worksheet,
    row: u32,
    plan: &PlanPaper,
    words: &Words,
    styles: &Styles,
) -> Result<u32, XlsxError> {
    if plan.preferences.is_empty() {
        return Ok(row);
    }
    put(sheet, row, 0, &words.get("title-preferences"), &styles.head)?;
    let mut row = row + 1;
    for it in &plan.preferences {
        put(sheet, row, 0, &it.text, &styles.text)?;
        put_maybe(sheet, row, 1, it.saving.as_ref(), &words.get("unknown"), styles)?;
        let more: Vec<&str> = it.rule.iter().chain(&it.prove).map(String::as_str).collect();
        put(sheet, row, 8, &more.join("; "), &styles.text)?;
        row += 1;
    }
    Ok(row + 1)
}

fn found(
    sheet: &mut Worksheet,
    row: u32,
    key: &str,
    rows: &[Found],
    words: &Words,
    styles: &Styles,
) -> Result<u32, XlsxError> {
    if rows.is_empty() {
        return Ok(row);
    }
    put(sheet, row, 0, &words.get(key), &styles.head)?;
    let mut row = row + 1;
    for it in rows {
        put(sheet, row, 0, &it.text, &styles.text)?;
        put(sheet, row, 1, &it.code, &styles.text)?;
        put(sheet, row, 2, &it.word, &styles.text)?;
        let more: Vec<&str> = it.hint.iter().chain(&it.reference).map(String::as_str).collect();
        put(sheet, row, 8, &more.join("; "), &styles.text)?;
        row += 1;
    }
    Ok(row + 1)
}

fn texts(
    sheet: &mut Worksheet,
    row: u32,
    key: &str,
    rows: &[&String],
    words: &Words,
    styles: &Styles,
) -> Result<u32, XlsxError> {
    if rows.is_empty() {
        return Ok(row);
    }
    put(sheet, row, 0, &words.get(key), &styles.head)?;
    for (row, text) in (row + 1..).zip(rows) {
        put(sheet, row, 0, text, &styles.text)?;
    }
    Ok(row + 2 + rows.len() as u32)
}

/// What is of no single plan: relaxations, findings, questions, what is missing, what is not shown, and which answer this is.
fn notes(sheet: &mut Worksheet, paper: &Paper, words: &Words, styles: &Styles) -> Result<(), XlsxError> {
    sheet.set_name(words.get("papers-sheet-notes"))?;
    put(sheet, 0, 0, &paper.title, &styles.title)?;
    let mut row = 2;
    let head = |sheet: &mut Worksheet, row: u32, key: &str| put(sheet, row, 0, &words.get(key), &styles.head);
    if !paper.relaxations.is_empty() {
        head(sheet, row, "title-relaxations")?;
        for it in &paper.relaxations {
            row += 1;
            put(sheet, row, 0, &format!("{}{}{}", it.kind, words.get("colon"), it.text), &styles.text)?;
            if let Some((figure, said)) = &it.landed {
                put_figure(sheet, row, 1, figure, styles)?;
                put(sheet, row, 2, said, &styles.dim)?;
            }
            put_maybe(sheet, row, 3, it.arrives.as_ref(), "–", styles)?;
        }
        row += 2;
    }
    row = found(sheet, row, "papers-title-findings-all", &paper.findings, words, styles)?;
    if !paper.questions.is_empty() {
        head(sheet, row, "title-question")?;
        for it in &paper.questions {
            row += 1;
            put(sheet, row, 0, &it.text, &styles.text)?;
            put_maybe(sheet, row, 1, it.worth.as_ref(), &words.get("question-decides"), styles)?;
            put(sheet, row, 2, &words.with("papers-ask", &[("ask", &it.ask)]), &styles.text)?;
        }
        row += 2;
    }
    let missing: Vec<&String> = paper.missing.iter().collect();
    row = texts(sheet, row, "title-missing", &missing, words, styles)?;
    if !paper.left_out.is_empty() {
        head(sheet, row, "papers-title-left-out")?;
        for it in &paper.left_out {
            row += 1;
            put(sheet, row, 0, &it.reason, &styles.label)?;
            put_figure(sheet, row, 1, &it.count, styles)?;
            put(sheet, row, 2, &it.example, &styles.text)?;
        }
        row += 2;
    }
    let mut said = Vec::new();
    let only_in_table = paper.not_in_full.saturating_sub(paper.not_in_table);
    for (key, count) in [("papers-not-in-full", only_in_table), ("papers-not-in-table", paper.not_in_table)] {
        if count > 0 {
            said.push(words.with(key, &[("count", &count.to_string())]));
        }
    }
    let legend = paper.legend.iter().map(|(basis, text)| format!("{}  {text}", basis_letter(*basis)));
    said.extend(legend);
    row = texts(sheet, row, "papers-title-legend", &said.iter().collect::<Vec<_>>(), words, styles)?;
    head(sheet, row, "papers-title-identity")?;
    for (label, value) in &paper.identity {
        row += 1;
        put(sheet, row, 0, label, &styles.label)?;
        put(sheet, row, 1, value, &styles.dim)?;
    }
    put(sheet, row + 2, 0, &words.get("papers-verify"), &styles.text)?;
    put(sheet, row + 3, 0, &paper.footer, &styles.label)?;
    dress(sheet, paper, &[70.0, 18.0, 60.0, 14.0])
}

fn source_sheet(
    sheet: &mut Worksheet,
    paper: &Paper,
    words: &Words,
    styles: &Styles,
) -> Result<(), XlsxError> {
    sheet.set_name(words.get("papers-sheet-sources"))?;
    for (column, key) in (0..).zip(["#", "title", "publisher", "vintage", "book", "licence"]) {
        let title = if key == "#" { "#".to_owned() } else { words.term("col", key) };
        put(sheet, 0, column, &title, &styles.head)?;
    }
    for source in &paper.sources {
        let row = source.number as u32;
        sheet.write_number_with_format(row, 0, source.number as f64, &styles.text)?;
        let texts = [&source.title, &source.publisher, &source.vintage, &source.book, &source.licence];
        for (column, text) in (1..).zip(texts) {
            put(sheet, row, column, text, &styles.text)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    dress(sheet, paper, &[5.0, 50.0, 44.0, 14.0, 38.0, 30.0])
}

fn source_link(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    number: usize,
    words: &Words,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let name = words.get("papers-sheet-sources");
    let url = Url::new(format!("internal:'{name}'!A{}", number + 1)).set_text(format!("[{number}]"));
    sheet.write_url_with_format(row, column, url, &styles.link).map(|_| ())
}

/// A text stays a text, whatever it begins with.
fn put(sheet: &mut Worksheet, row: u32, column: u16, text: &str, format: &Format) -> Result<(), XlsxError> {
    if text.is_empty() {
        return Ok(());
    }
    sheet.write_string_with_format(row, column, clean::cell(&clean::line(text)), format).map(|_| ())
}

fn put_maybe(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    figure: Option<&Figure>,
    otherwise: &str,
    styles: &Styles,
) -> Result<(), XlsxError> {
    match figure {
        Some(figure) => put_figure(sheet, row, column, figure, styles),
        None => put(sheet, row, column, otherwise, &styles.text),
    }
}

fn put_figure(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    figure: &Figure,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let format = styles.number(figure);
    match figure.value {
        Value::Day(day) => sheet.write_datetime_with_format(row, column, excel_day(day)?, &format)?,
        _ => sheet.write_number_with_format(row, column, number(figure), &format)?,
    };
    Ok(())
}

fn excel_day(day: Date) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::from_ymd(day.year().unsigned_abs(), day.month().unsigned_abs(), day.day().unsigned_abs())
}

/// As a spreadsheet holds it; sums of a few lines stay exact to the cent.
fn number(figure: &Figure) -> f64 {
    match figure.value {
        Value::Money { money, .. } => major(money),
        Value::Real { value, .. } => value,
        Value::Percent(value) => value / 100.0,
        Value::Whole(count) => count as f64,
        Value::Day(_) => f64::NAN,
    }
}

fn major(money: Money) -> f64 {
    money.to_decimal().to_f64().unwrap_or(f64::NAN)
}

/// The value that a formula had when it was written.
fn raw(figure: &Figure) -> String {
    match figure.value {
        Value::Money { money, .. } => money.to_decimal().to_string(),
        _ => number(figure).to_string(),
    }
}

/// "B5".
fn cell(row: u32, column: u16) -> String {
    let letter = char::from(b'A' + u8::try_from(column.min(25)).unwrap_or(0));
    format!("{letter}{}", row + 1)
}

/// A number followed by its unit, of which only harmless letters are kept.
fn unit_format(unit: &str) -> String {
    let unit: String =
        unit.chars().filter(|it| it.is_alphanumeric() || "/. ".contains(*it)).take(16).collect();
    if unit.is_empty() { "General".to_owned() } else { format!("General\" {unit}\"") }
}
