//! `plan show`: one plan in full. The landed cost as a waterfall, legs with days, proofs, findings, sources.

use std::fmt::Write as _;

use domain::deal::{Assessment, Deals};
use domain::total::CostLine;
use domain::{ContractParty, Direction, Evidence};

use crate::screen::grid::{Grid, Head};
use crate::screen::{Page, Role};
use crate::show::figures::{
    Ledger, about, amount, days, grouped_real, letter, line_label, money, percent, range, shares,
    unknown_parts,
};
use crate::show::scan::{
    finding_line, flip_words, foot, need_words, passage_name, passages, supplier, terms,
};
use crate::show::sources::Sources;
use crate::words::Words;

/// Columns of a full bar, and the width of page from which bars are drawn.
const BAR: usize = 30;
const BARS_FROM: usize = 120;

/// The page of a plan. `explain` adds what the sources literally say and the legal references.
pub fn page(deals: &Deals, plan: &Assessment, words: &Words, width: usize, explain: bool) -> Page {
    let mut page = Page::new(width);
    let mut sources = Sources::default();
    page.text(Role::Title, 0, 2, &format!("{}  {}", plan.id, supplier(plan, words)));
    page.text(Role::Dim, 0, 2, &need_words(&deals.need, words));
    let first = words.with("first-in", &[("percent", &percent(plan.first_percent))]);
    let rank =
        words.with("rank-of", &[("rank", &plan.rank.to_string()), ("count", &deals.plans.len().to_string())]);
    page.text(Role::Dim, 0, 2, &format!("{rank}{}{first}", words.get("list-clause")));
    page.text(Role::Plain, 0, 2, &terms(plan, words));
    page.blank();
    waterfall(&mut page, deals, plan, words, &mut sources, explain);
    page.blank();
    totals(&mut page, deals, plan, words);
    page.blank();
    legs(&mut page, plan, words, &mut sources, explain);
    proofs(&mut page, plan, words);
    findings(&mut page, plan, words);
    thresholds(&mut page, plan, words);
    score(&mut page, plan, words);
    source_list(&mut page, &sources, words);
    foot(&mut page, words, true);
    page
}

fn waterfall(
    page: &mut Page,
    deals: &Deals,
    plan: &Assessment,
    words: &Words,
    sources: &mut Sources,
    explain: bool,
) {
    let currency = plan.landed.bound().currency();
    let ledger = Ledger::of(deals);
    let title = format!("{}{}{currency}", ledger.words("landed-cost", words), words.get("list-clause"));
    page.text(Role::Title, 0, 0, &title);
    let title = |key: &str| words.term("col", key);
    let mut heads = vec![
        Head::text(title("line")),
        Head::number(title("amount")),
        Head::number(title("range")),
        Head::code(title("basis")),
        Head::code(title("payer")),
        Head::code(title("source")),
    ];
    // Bars show the parts of a cost; a price less its costs has no such parts.
    let bars = page.width >= BARS_FROM && deals.need.direction == Direction::Buy;
    if bars {
        heads.push(Head::code(title("share")));
    }
    let mut grid = Grid::new(heads);
    let mut before = 0.0;
    for line in &plan.lines {
        let mut row = waterfall_row(line, ledger, words, sources);
        if bars {
            row.push((Role::Dim, bar(line, plan, &mut before)));
        }
        grid.row(row);
    }
    let mut sum = total_row(plan, ledger, words);
    if bars {
        sum.push((Role::Dim, "█".repeat(BAR)));
    }
    grid.row(sum);
    grid.lay(page, 0);
    if let Some(unknown) = unknown_parts(&plan.landed) {
        page.text(Role::Warn, 0, 2, &words.with("unknown-parts", &[("parts", &unknown)]));
    }
    page.blank();
    page.text(Role::Title, 0, 0, &words.get("title-formulas"));
    for line in &plan.lines {
        page.text(Role::Plain, 2, 4, &line_label(line, words));
        because(page, 4, &line.because, words, sources, explain);
    }
}

/// The part of the total that a line is, drawn where the lines above it end.
fn bar(line: &CostLine, plan: &Assessment, before: &mut f64) -> String {
    let total = plan.landed.bound().to_f64();
    let Some(amount) = line.amount.filter(|_| !line.recoverable && total > 0.0) else { return String::new() };
    let share = amount.to_f64() / total;
    let at = |share: f64| ((share * BAR as f64).round() as usize).min(BAR);
    let from = at(*before);
    *before += share;
    let drawn = match at(*before).saturating_sub(from) {
        _ if amount.is_zero() => return String::new(),
        0 => "▏".to_owned(),
        cells if share * BAR as f64 >= 0.5 => "█".repeat(cells),
        _ => "▏".to_owned(),
    };
    format!("{}{drawn} {}", " ".repeat(from), percent_of(share))
}

/// A share with one decimal; what is not nothing is not shown as nothing.
fn percent_of(share: f64) -> String {
    if share < 0.0005 { "<0.1 %".to_owned() } else { format!("{:.1} %", share * 100.0) }
}

fn waterfall_row(
    line: &CostLine,
    ledger: Ledger,
    words: &Words,
    sources: &mut Sources,
) -> Vec<(Role, String)> {
    let recoverable = if line.recoverable { format!(" {}", words.get("recoverable")) } else { String::new() };
    let figure = match line.amount {
        Some(money) => (Role::Figure, amount(ledger.money(money))),
        None => (Role::Warn, words.get("unknown")),
    };
    let range = line.range.map(|it| range(ledger.range(it))).unwrap_or_default();
    vec![
        (Role::Plain, format!("{}{recoverable}", line_label(line, words))),
        figure,
        (Role::Dim, range),
        (Role::Plain, letter(line.because.basis).to_owned()),
        (Role::Plain, payer(line.payer, words)),
        (Role::Dim, format!("[{}]", sources.number(&line.because.source))),
    ]
}

fn payer(party: ContractParty, words: &Words) -> String {
    words.get(match party {
        ContractParty::Seller => "payer-seller",
        ContractParty::Buyer => "payer-buyer",
    })
}

fn total_row(plan: &Assessment, ledger: Ledger, words: &Words) -> Vec<(Role, String)> {
    let range = plan.cost_range.map(|it| range(ledger.range(it))).unwrap_or_default();
    vec![
        (Role::Title, ledger.words("landed-cost", words)),
        (Role::Figure, ledger.total(&plan.landed, words, amount)),
        (Role::Dim, range),
        (Role::Plain, String::new()),
        (Role::Plain, String::new()),
        (Role::Plain, String::new()),
    ]
}

/// Formula, then source with its vintage; with `explain` also the source's own words and the reference.
fn because(
    page: &mut Page,
    indent: usize,
    it: &Evidence,
    words: &Words,
    sources: &mut Sources,
    explain: bool,
) {
    if let Some(formula) = &it.formula {
        page.text(Role::Plain, indent, indent + 2, &format!("= {formula}"));
    }
    if explain {
        for (key, text) in [("says", &it.stated), ("reference", &it.reference)] {
            if let Some(text) = text {
                page.text(Role::Dim, indent, indent + 2, &words.with(key, &[("text", text)]));
            }
        }
    }
    let number = sources.number(&it.source);
    let basis = words.term("basis", it.basis.word());
    let text = format!(
        "{basis}{}{}, {} [{number}]",
        words.get("list-semicolon"),
        it.source.title,
        it.source.vintage
    );
    page.text(Role::Dim, indent, indent + 2, &text);
}

fn totals(page: &mut Page, deals: &Deals, plan: &Assessment, words: &Words) {
    let unit = deals.need.quantity.unit.symbol();
    let hang = 26;
    let mut row = |key: &str, text: String| page.labelled(&words.get(key), hang, Role::Plain, &text);
    let ledger = Ledger::of(deals);
    let per_unit = format!("{}/{unit}", money(ledger.money(plan.per_unit)));
    row("label-per-unit", ledger.bound(&plan.landed, words, per_unit));
    if let Some(expected) = plan.expected {
        row("label-expected", about(ledger.money(expected)));
    }
    let shares = shares(&plan.lines, words);
    if !shares.is_empty() {
        row("label-rests-on", shares);
    }
    if let Some(risk) = plan.cost_at_risk {
        row("label-at-risk", about(risk));
    }
    row("label-exposure", about(plan.exposure));
    row("label-cash-month", about(plan.cash_month));
    let arrival = &plan.arrival;
    let mut when = format!("{}  P10–P90 {} – {}", arrival.p50, arrival.p10, arrival.p90);
    if let Some(on_time) = arrival.on_time_percent {
        let _ = write!(when, "  {}", words.with("on-time", &[("percent", &percent(on_time))]));
    }
    row("label-arrives-long", when);
    row("label-scenarios", arrival.scenarios.to_string());
    let unknown = || words.get("unknown");
    let kilograms = |it: f64| format!("{} kg CO2e", grouped_real(it, 0));
    let mut transport = plan.carbon.transport_kg.map_or_else(unknown, kilograms);
    let band = plan.carbon.transport_range_kg.map(|(a, b)| (grouped_real(a, 0), grouped_real(b, 0)));
    if let Some((low, high)) = band.filter(|(low, high)| low != high) {
        let _ = write!(transport, "  ({low} – {high})");
    }
    row("label-carbon-transport", transport);
    row("label-carbon-product", plan.carbon.product_kg.map_or_else(unknown, kilograms));
    row("label-look-alikes", plan.look_alikes.to_string());
}

fn legs(page: &mut Page, plan: &Assessment, words: &Words, sources: &mut Sources, explain: bool) {
    page.text(Role::Title, 0, 0, &words.get("title-legs"));
    let title = |key: &str| words.term("col", key);
    let mut grid = Grid::new(vec![
        Head::code(title("mode")),
        Head::text(title("from")),
        Head::text(title("to")),
        Head::number(title("km")),
        Head::number(title("days_p50")),
        Head::number("P10–P90"),
        Head::number(title("kg_co2e")),
        Head::code(title("basis")),
        Head::code(title("source")),
    ]);
    for leg in &plan.legs {
        let co2 = leg.co2e_kg.map_or_else(|| words.get("unknown"), |it| grouped_real(it, 0));
        grid.plain(vec![
            words.term("mode", leg.mode.word()),
            leg.from.name.clone(),
            leg.to.name.clone(),
            grouped_real(leg.distance_km, 0),
            days(leg.days[1]),
            format!("{} – {}", days(leg.days[0]), days(leg.days[2])),
            co2,
            letter(leg.because.basis).to_owned(),
            format!("[{}]", sources.number(&leg.because.source)),
        ]);
    }
    grid.lay(page, 0);
    let passages = passages(plan);
    if !passages.is_empty() {
        let names: Vec<String> = passages.into_iter().map(|it| passage_name(it, words)).collect();
        let list = names.join(&words.get("list-comma"));
        page.text(Role::Plain, 0, 2, &words.with("passages", &[("passages", &list)]));
    }
    if explain {
        plan.legs.iter().for_each(|leg| because(page, 2, &leg.because, words, sources, true));
    }
    page.blank();
}

fn proofs(page: &mut Page, plan: &Assessment, words: &Words) {
    if plan.preferences.is_empty() {
        return;
    }
    page.text(Role::Title, 0, 0, &words.get("title-preferences"));
    for preference in &plan.preferences {
        let saving = preference.saving.map_or_else(|| words.get("unknown"), about);
        let state = words.term("preference", &preference.state);
        let args = [
            ("scheme", preference.scheme.as_str()),
            ("rate", &preference.rate),
            ("state", &state),
            ("saving", &saving),
        ];
        page.text(Role::Plain, 2, 4, &words.with("preference-full", &args));
        if let Some(rule) = &preference.rule_of_origin {
            page.text(Role::Dim, 4, 6, &words.with("rule-of-origin", &[("text", rule)]));
        }
        for proof in &preference.must_prove {
            page.text(Role::Plain, 4, 6, &words.with("must-prove", &[("text", proof)]));
        }
    }
    page.blank();
}

fn findings(page: &mut Page, plan: &Assessment, words: &Words) {
    if plan.findings.is_empty() {
        return;
    }
    page.text(Role::Title, 0, 0, &words.get("title-findings"));
    let mut all: Vec<_> = plan.findings.iter().collect();
    all.sort_by_key(|it| std::cmp::Reverse(it.severity));
    for finding in all {
        finding_line(page, 2, finding, words);
    }
    page.blank();
}

fn thresholds(page: &mut Page, plan: &Assessment, words: &Words) {
    if plan.thresholds.is_empty() {
        return;
    }
    page.text(Role::Title, 0, 0, &words.get("title-flips"));
    for it in &plan.thresholds {
        page.text(Role::Plain, 2, 4, &flip_words(it, words));
    }
    page.blank();
}

fn score(page: &mut Page, plan: &Assessment, words: &Words) {
    if plan.score_parts.is_empty() {
        return;
    }
    let parts: Vec<String> = plan
        .score_parts
        .iter()
        .map(|(axis, part)| format!("{} {part:.3}", words.term("axis", axis)))
        .collect();
    let args = [("score", format!("{:.3}", plan.score)), ("parts", parts.join(&words.get("list-comma")))];
    page.text(Role::Dim, 0, 2, &words.with("score", &[(args[0].0, &args[0].1), (args[1].0, &args[1].1)]));
    page.blank();
}

fn source_list(page: &mut Page, sources: &Sources, words: &Words) {
    page.text(Role::Title, 0, 0, &words.get("title-sources"));
    for (number, source) in sources.iter() {
        page.text(Role::Dim, 0, 5, &format!("{:<5}{}", format!("[{number}]"), Sources::words(source)));
    }
}
