//! What the dossier says, worked out once: HTML, PDF and XLSX write what stands here and compute nothing of their own,
//! so that a number cannot differ between them.

use domain::deal::{Assessment, Deals, Drop};
use domain::total::CostLine;
use domain::{
    Basis, ContractParty, Currency, Date, Direction, Evidence, Finding, Money, Severity, Source, Total,
};

use rust_decimal::Decimal;

use desk::phrases::localise;
use desk::show::figures::{
    Ledger, amount, days, grouped_real, letter, line_label, money, percent, range, rounded, severity_mark,
    severity_word, shares, unknown_parts,
};
use desk::show::scan::{
    counts_words, flip_words, need_words, passage_name, passages, route, supplier, terms, without_codes,
};
use desk::show::sources::Sources;
use desk::show::why_not::reason_word;
use desk::words::{Lang, Words};

use crate::product::{self, Product};

/// Plans written in full; the others stand in the table. A reader compares a handful, and memory stays bounded.
pub const PLANS_IN_FULL: usize = 12;
/// Rows of the table of plans.
pub const PLANS_IN_TABLE: usize = 500;
/// Findings, thresholds, lines and so on of one plan; what is beyond is counted.
pub const ROWS_AT_MOST: usize = 200;
/// Letters of one text; quotes and names come from files of others.
const LETTERS_AT_MOST: usize = 1_500;

/// A number with the text that shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    pub text: String,
    pub value: Value,
}

/// What a figure is, for a spreadsheet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    Money { money: Money, whole: bool },
    Real { value: f64, decimals: u8 },
    Percent(f64),
    Day(Date),
    Whole(u64),
}

impl Figure {
    /// To the minor unit, without the currency.
    fn exact(it: Money) -> Self {
        Self { text: amount(it), value: Value::Money { money: it, whole: false } }
    }

    /// To the minor unit, with the currency.
    fn money(it: Money) -> Self {
        Self { text: money(it), value: Value::Money { money: it, whole: false } }
    }

    /// In whole units: the ends of a range.
    fn whole(it: Money) -> Self {
        Self { text: rounded(it), value: Value::Money { money: it, whole: true } }
    }

    fn real(value: f64, decimals: u8) -> Self {
        Self { text: grouped_real(value, usize::from(decimals)), value: Value::Real { value, decimals } }
    }

    fn days(value: f64) -> Self {
        Self { text: days(value), value: Value::Real { value, decimals: u8::from(value < 10.0) } }
    }

    fn percent(value: f64) -> Self {
        Self { text: percent(value), value: Value::Percent(value) }
    }

    fn day(day: Date) -> Self {
        Self { text: day.to_string(), value: Value::Day(day) }
    }

    fn count(value: u64) -> Self {
        Self { text: grouped_real(value as f64, 0), value: Value::Whole(value) }
    }
}

/// The dossier as it is read.
#[derive(Clone, Debug)]
pub struct Paper {
    pub lang: &'static str,
    pub rtl: bool,
    pub title: String,
    pub counts: String,
    pub facts: String,
    pub as_of: Date,
    pub currency: Currency,
    /// "Landed cost", or "Net proceeds" for a seller.
    pub landed_word: String,
    pub landed_column: String,
    pub unit: &'static str,
    pub quantity: Decimal,
    /// No plan was feasible.
    pub none: bool,
    pub sells: bool,
    pub ranking: Vec<RankRow>,
    /// How many plans stand only in the table, and how many in none.
    pub not_in_full: usize,
    pub not_in_table: usize,
    pub plans: Vec<PlanPaper>,
    pub relaxations: Vec<Relaxed>,
    pub left_out: Vec<LeftOut>,
    pub findings: Vec<Found>,
    pub questions: Vec<Asked>,
    pub missing: Vec<String>,
    pub sources: Vec<SourceNote>,
    pub identity: Vec<(String, String)>,
    pub dossier: String,
    pub dossier_short: String,
    pub legend: Vec<(Basis, String)>,
    pub footer: String,
}

/// One line of the table of plans.
#[derive(Clone, Debug)]
pub struct RankRow {
    pub rank: u32,
    pub id: String,
    pub in_full: bool,
    pub supplier: String,
    pub route: String,
    pub terms: String,
    pub landed: Figure,
    /// The landed cost as a reader must read it: "at least ...".
    pub landed_words: String,
    pub exact: bool,
    pub total_is: String,
    pub arrives: Figure,
    pub on_time: Option<Figure>,
    pub carbon: Option<Figure>,
    pub first: Figure,
}

/// One plan in full.
#[derive(Clone, Debug)]
pub struct PlanPaper {
    pub id: String,
    pub supplier: String,
    pub route: String,
    pub terms: String,
    pub standing: String,
    pub lines: Vec<Line>,
    pub total: TotalRow,
    pub bars: Vec<Bar>,
    pub figures: Vec<Labelled>,
    pub money: Vec<Labelled>,
    pub carbon: Vec<Labelled>,
    pub time: Timeline,
    pub passages: Option<String>,
    pub legs: Vec<Leg>,
    pub preferences: Vec<Preference>,
    pub findings: Vec<Found>,
    pub flips: Vec<String>,
    pub score: Option<String>,
}

/// One line of the landed cost.
#[derive(Clone, Debug)]
pub struct Line {
    pub label: String,
    pub amount: Option<Figure>,
    pub range: Option<(Figure, Figure)>,
    pub payer: String,
    pub recoverable: bool,
    pub because: Because,
    /// The formula as factors whose product is the amount, where it is that simple.
    pub product: Option<Product>,
}

/// What stands behind a figure.
#[derive(Clone, Debug)]
pub struct Because {
    pub basis: Basis,
    pub word: String,
    pub source: usize,
    pub vintage: String,
    pub formula: Option<String>,
    pub stated: Option<String>,
    pub reference: Option<String>,
}

/// The sum of the lines.
#[derive(Clone, Debug)]
pub struct TotalRow {
    pub label: String,
    pub figure: Figure,
    pub words: String,
    pub exact: bool,
    pub total_is: String,
    pub range: Option<(Figure, Figure)>,
    pub rests_on: String,
    pub unknown: Option<String>,
}

/// A bar of the waterfall, in units of the currency.
#[derive(Clone, Debug)]
pub struct Bar {
    pub label: String,
    pub text: String,
    /// `None` for the total and for what is unknown.
    pub basis: Option<Basis>,
    pub from: f64,
    pub to: f64,
    pub kind: BarKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BarKind {
    Part,
    Unknown,
    Sum,
}

/// A figure with its name, and what it means or rests on.
#[derive(Clone, Debug)]
pub struct Labelled {
    pub label: String,
    pub figure: Option<Figure>,
    /// What is shown: the figure, its range, or a word.
    pub text: String,
    pub note: Option<String>,
    pub because: Option<Because>,
    pub more: Vec<Figure>,
}

/// Arrival and legs on one axis of days from the date of the answer.
#[derive(Clone, Debug)]
pub struct Timeline {
    pub p10: Figure,
    pub p50: Figure,
    pub p90: Figure,
    pub days: [f64; 3],
    pub on_time: Option<Figure>,
    pub deadline: Option<Deadline>,
    pub scenarios: Figure,
    /// Stages in the middle of the scenarios: label, first and last day.
    pub stages: Vec<Stage>,
    pub sentence: String,
}

#[derive(Clone, Debug)]
pub struct Deadline {
    pub label: String,
    pub day: Figure,
    /// Days from the date of the answer.
    pub days: f64,
}

#[derive(Clone, Debug)]
pub struct Stage {
    pub label: String,
    pub text: String,
    pub from: f64,
    pub to: f64,
    pub waiting: bool,
}

#[derive(Clone, Debug)]
pub struct Leg {
    pub mode: String,
    pub from: String,
    pub to: String,
    pub km: Figure,
    pub days: [Figure; 3],
    pub carbon: Option<Figure>,
    pub because: Because,
}

#[derive(Clone, Debug)]
pub struct Preference {
    pub text: String,
    pub saving: Option<Figure>,
    pub rule: Option<String>,
    pub prove: Vec<String>,
}

/// A finding with the word of its severity.
#[derive(Clone, Debug)]
pub struct Found {
    pub code: String,
    pub severity: Severity,
    pub mark: &'static str,
    pub word: String,
    pub class: &'static str,
    pub text: String,
    pub hint: Option<String>,
    pub reference: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Asked {
    pub text: String,
    pub ask: String,
    pub worth: Option<Figure>,
}

#[derive(Clone, Debug)]
pub struct Relaxed {
    pub kind: String,
    pub text: String,
    pub landed: Option<(Figure, String)>,
    pub arrives: Option<Figure>,
}

#[derive(Clone, Debug)]
pub struct LeftOut {
    pub reason: String,
    pub count: Figure,
    pub example: String,
}

/// A source with its number.
#[derive(Clone, Debug)]
pub struct SourceNote {
    pub number: usize,
    pub title: String,
    pub publisher: String,
    pub vintage: String,
    pub book: String,
    pub licence: String,
}

impl SourceNote {
    /// On one line.
    pub fn words(&self) -> String {
        let mut out = format!("{}, {}, {}", self.title, self.publisher, self.vintage);
        for more in [&self.book, &self.licence].into_iter().filter(|it| !it.is_empty()) {
            out.push_str("; ");
            out.push_str(more);
        }
        out
    }
}

/// At most [`LETTERS_AT_MOST`] letters, a cut being shown.
fn clip(text: &str) -> String {
    if text.chars().nth(LETTERS_AT_MOST).is_none() {
        return text.to_owned();
    }
    text.chars().take(LETTERS_AT_MOST).chain([' ', '[', '…', ']']).collect()
}

fn clip_some(text: Option<&String>) -> Option<String> {
    text.filter(|it| !it.trim().is_empty()).map(|it| clip(it))
}

impl Paper {
    /// The answer, or one plan of it, in the language of `words`.
    pub fn of(deals: &Deals, only: Option<&Assessment>, words: &Words) -> Self {
        if words.lang == Lang::En {
            return Self::said(deals, only, words);
        }
        let mut spoken = Deals { drops: one_of_each_reason(deals), ..deals.clone() };
        localise(&mut spoken, words);
        let chosen = only.and_then(|only| spoken.plans.iter().find(|it| it.id == only.id)).or(only);
        let mut paper = Self::said(&spoken, chosen, words);
        // Formulas are read as the engines write them.
        for plan in &mut paper.plans {
            let Some(written) = deals.plans.iter().find(|it| it.id == plan.id) else { continue };
            for (line, written) in plan.lines.iter_mut().zip(&written.lines) {
                line.product = product_of(written, Ledger::of(deals));
            }
        }
        paper
    }

    fn said(deals: &Deals, only: Option<&Assessment>, words: &Words) -> Self {
        let mut sources = Sources::default();
        let chosen: Vec<&Assessment> = only.map_or_else(|| deals.plans.iter().collect(), |it| vec![it]);
        let ledger = Ledger::of(deals);
        let in_full = chosen.len().min(PLANS_IN_FULL);
        let plans = chosen[..in_full].iter().map(|it| plan_paper(deals, it, words, &mut sources)).collect();
        let all = deals.plans.len();
        let shown_in_full = |plan: &Assessment| chosen[..in_full].iter().any(|it| it.id == plan.id);
        let ranking: Vec<RankRow> = deals
            .plans
            .iter()
            .take(PLANS_IN_TABLE)
            .map(|plan| rank_row(deals, plan, shown_in_full(plan), words))
            .collect();
        let code = words.lang.code();
        Self {
            lang: code,
            rtl: words.lang.dir() == "rtl",
            title: clip(&need_words(&deals.need, words)),
            counts: counts_words(deals, words),
            facts: facts(deals, words),
            as_of: deals.as_of,
            currency: deals.need.currency,
            landed_word: ledger.words("landed-cost", words),
            landed_column: ledger.words("col-landed", words),
            unit: deals.need.quantity.unit.symbol(),
            quantity: deals.need.quantity.amount,
            none: deals.plans.is_empty(),
            sells: sells(deals),
            not_in_full: if only.is_some() { 0 } else { all - in_full },
            not_in_table: all - ranking.len(),
            ranking,
            plans,
            relaxations: if deals.plans.is_empty() { relaxations(deals, words) } else { Vec::new() },
            left_out: left_out(deals, words),
            findings: deals.findings.iter().take(ROWS_AT_MOST).map(|it| found(it, words)).collect(),
            questions: deals.questions.iter().take(ROWS_AT_MOST).map(asked).collect(),
            missing: deals.missing.iter().take(ROWS_AT_MOST).map(|it| clip(it)).collect(),
            sources: sources.iter().map(|(number, it)| source_note(number, it)).collect(),
            identity: identity(deals, words),
            dossier: deals.dossier.to_string(),
            dossier_short: deals.dossier.short().to_owned(),
            legend: [Basis::Observed, Basis::Benchmark, Basis::Modelled, Basis::Assumed]
                .map(|it| (it, words.term("basis-long", it.word())))
                .to_vec(),
            footer: words.get("footer"),
        }
    }

    /// Every figure of the paper, for tests: each must be in every format.
    pub fn figures(&self) -> Vec<&Figure> {
        let mut out: Vec<&Figure> = Vec::new();
        for row in &self.ranking {
            out.extend([&row.landed, &row.arrives, &row.first]);
            out.extend(row.on_time.iter().chain(&row.carbon));
        }
        for plan in &self.plans {
            for line in &plan.lines {
                out.extend(&line.amount);
                out.extend(line.range.iter().flat_map(|(low, high)| [low, high]));
            }
            out.push(&plan.total.figure);
            out.extend(plan.total.range.iter().flat_map(|(low, high)| [low, high]));
            for it in plan.figures.iter().chain(&plan.money).chain(&plan.carbon) {
                out.extend(&it.figure);
                out.extend(&it.more);
            }
            out.extend([&plan.time.p10, &plan.time.p50, &plan.time.p90, &plan.time.scenarios]);
            out.extend(&plan.time.on_time);
            out.extend(plan.time.deadline.as_ref().map(|it| &it.day));
            for leg in &plan.legs {
                out.push(&leg.km);
                out.extend(&leg.days);
                out.extend(&leg.carbon);
            }
            out.extend(plan.preferences.iter().filter_map(|it| it.saving.as_ref()));
        }
        for it in &self.relaxations {
            out.extend(it.landed.as_ref().map(|it| &it.0));
            out.extend(&it.arrives);
        }
        out.extend(self.left_out.iter().map(|it| &it.count));
        out.extend(self.questions.iter().filter_map(|it| it.worth.as_ref()));
        out
    }
}

fn sells(deals: &Deals) -> bool {
    deals.need.direction == Direction::Sell
}

/// A paper shows one reason of each kind, with the count of all: only so many need be said in another language.
fn one_of_each_reason(deals: &Deals) -> Vec<Drop> {
    let mut kept: Vec<Drop> = Vec::new();
    for drop in deals.drops.iter().filter(|it| it.count > 0) {
        match kept.iter_mut().find(|it| reason_word(it) == reason_word(drop)) {
            Some(row) => row.count += drop.count,
            None => kept.push(drop.clone()),
        }
    }
    kept
}

fn facts(deals: &Deals, words: &Words) -> String {
    let count = Sources::of_plans(&deals.plans).len().to_string();
    [
        words.with("facts-as-of", &[("date", &deals.as_of.to_string())]),
        words.with("sources-count", &[("count", &count)]),
        words.with(
            "draws-count",
            &[("count", &grouped_real(deals.draws as f64, 0)), ("seed", &deals.seed.to_string())],
        ),
    ]
    .join(&words.get("list-semicolon"))
}

fn identity(deals: &Deals, words: &Words) -> Vec<(String, String)> {
    [
        ("papers-dossier", deals.dossier.to_string()),
        ("papers-seed", deals.seed.to_string()),
        ("papers-as-of", deals.as_of.to_string()),
        ("papers-schema", deals.schema.clone()),
        ("papers-version", format!("Periplus {}", env!("CARGO_PKG_VERSION"))),
    ]
    .map(|(key, value)| (words.get(key), value))
    .to_vec()
}

fn source_note(number: usize, source: &Source) -> SourceNote {
    SourceNote {
        number,
        title: clip(&source.title),
        publisher: clip(&source.publisher),
        vintage: clip(&source.vintage),
        book: clip_some(source.book.as_ref()).unwrap_or_default(),
        licence: clip_some(source.licence.as_ref()).unwrap_or_default(),
    }
}

fn because(it: &Evidence, words: &Words, sources: &mut Sources) -> Because {
    Because {
        basis: it.basis,
        word: words.term("basis", it.basis.word()),
        source: sources.number(&it.source),
        vintage: clip(&it.source.vintage),
        formula: clip_some(it.formula.as_ref()),
        stated: clip_some(it.stated.as_ref()),
        reference: clip_some(it.reference.as_ref()),
    }
}

fn total_is(sells: bool, total: &Total, words: &Words) -> String {
    match unknown_parts(total) {
        None => words.get("total-exactly"),
        Some(parts) => {
            let key = if sells { "total-at-most" } else { "total-at-least" };
            words.with(key, &[("parts", &clip(&parts))])
        }
    }
}

fn rank_row(deals: &Deals, plan: &Assessment, in_full: bool, words: &Words) -> RankRow {
    let ledger = Ledger::of(deals);
    RankRow {
        rank: plan.rank,
        id: clip(&plan.id),
        in_full,
        supplier: clip(&supplier(plan, words)),
        route: clip(&route(plan, words)),
        terms: clip(&terms(plan, words)),
        landed: Figure::exact(ledger.money(plan.landed.bound())),
        landed_words: ledger.total(&plan.landed, words, amount),
        exact: plan.landed.is_exact(),
        total_is: total_is(sells(deals), &plan.landed, words),
        arrives: Figure::day(plan.arrival.p50),
        on_time: plan.arrival.on_time_percent.map(Figure::percent),
        carbon: plan.carbon.transport_kg.map(|it| Figure::real(it, 0)),
        first: Figure::percent(plan.first_percent),
    }
}

fn plan_paper(deals: &Deals, plan: &Assessment, words: &Words, sources: &mut Sources) -> PlanPaper {
    let ledger = Ledger::of(deals);
    let rank =
        words.with("rank-of", &[("rank", &plan.rank.to_string()), ("count", &deals.plans.len().to_string())]);
    let first = words.with("first-in", &[("percent", &percent(plan.first_percent))]);
    let lines: Vec<Line> =
        plan.lines.iter().take(ROWS_AT_MOST).map(|it| cost_line(it, ledger, words, sources)).collect();
    let total = total_row(deals, plan, words);
    let bars = bars(&lines, &total, words);
    let names: Vec<String> = passages(plan).into_iter().map(|it| passage_name(it, words)).collect();
    let mut ordered: Vec<&Finding> = plan.findings.iter().collect();
    ordered.sort_by_key(|it| std::cmp::Reverse(it.severity));
    PlanPaper {
        id: clip(&plan.id),
        supplier: clip(&supplier(plan, words)),
        route: clip(&route(plan, words)),
        terms: clip(&terms(plan, words)),
        standing: format!("{rank}{}{first}", words.get("list-clause")),
        lines,
        total,
        bars,
        figures: key_figures(deals, plan, words),
        money: money_figures(plan, words),
        carbon: carbon_figures(plan, words, sources),
        time: timeline(deals, plan, words),
        passages: (!names.is_empty())
            .then(|| words.with("passages", &[("passages", &names.join(&words.get("list-comma")))])),
        legs: legs(plan, words, sources),
        preferences: preferences(plan, words),
        findings: ordered.into_iter().take(ROWS_AT_MOST).map(|it| found(it, words)).collect(),
        flips: plan.thresholds.iter().take(ROWS_AT_MOST).map(|it| clip(&flip_words(it, words))).collect(),
        score: score(plan, words),
    }
}

fn product_of(line: &CostLine, ledger: Ledger) -> Option<Product> {
    let amount = line.amount?;
    let mut read = product::read(line.because.formula.as_deref()?, ledger.money(amount))?;
    if amount.is_zero() {
        // A duty of nothing has no sign; when its rate is changed it is a cost, which a seller reads as less.
        read.negative = ledger.money(Money::from_minor(1, amount.currency())).minor() < 0;
    }
    Some(read)
}

fn cost_line(line: &CostLine, ledger: Ledger, words: &Words, sources: &mut Sources) -> Line {
    let shown = line.amount.map(|it| ledger.money(it));
    let range = line.range.map(|it| ledger.range(it)).filter(|it| !range(*it).is_empty());
    Line {
        label: clip(&line_label(line, words)),
        amount: shown.map(Figure::exact),
        range: range.map(|(low, high)| (Figure::whole(low), Figure::whole(high))),
        payer: words.get(match line.payer {
            ContractParty::Seller => "payer-seller",
            ContractParty::Buyer => "payer-buyer",
        }),
        recoverable: line.recoverable,
        because: because(&line.because, words, sources),
        product: product_of(line, ledger),
    }
}

fn total_row(deals: &Deals, plan: &Assessment, words: &Words) -> TotalRow {
    let ledger = Ledger::of(deals);
    let range = plan.cost_range.map(|it| ledger.range(it)).filter(|it| !range(*it).is_empty());
    TotalRow {
        label: ledger.words("landed-cost", words),
        figure: Figure::exact(ledger.money(plan.landed.bound())),
        words: ledger.total(&plan.landed, words, amount),
        exact: plan.landed.is_exact(),
        total_is: total_is(sells(deals), &plan.landed, words),
        range: range.map(|(low, high)| (Figure::whole(low), Figure::whole(high))),
        rests_on: shares(&plan.lines, words),
        unknown: unknown_parts(&plan.landed)
            .map(|parts| words.with("unknown-parts", &[("parts", &clip(&parts))])),
    }
}

/// Each line begins where the lines above it end; what comes back to the buyer has no bar.
fn bars(lines: &[Line], total: &TotalRow, words: &Words) -> Vec<Bar> {
    let size = |figure: &Figure| match figure.value {
        Value::Money { money, .. } => money.to_f64(),
        _ => 0.0,
    };
    let mut at = 0.0;
    let mut out = Vec::new();
    for line in lines.iter().filter(|it| !it.recoverable) {
        let (from, text, kind) = match &line.amount {
            Some(figure) => {
                let from = at;
                at += size(figure);
                (from, figure.text.clone(), BarKind::Part)
            }
            None => (at, words.get("unknown"), BarKind::Unknown),
        };
        let basis = (kind == BarKind::Part).then_some(line.because.basis);
        out.push(Bar { label: line.label.clone(), text, basis, from, to: at, kind });
    }
    out.push(Bar {
        label: total.label.clone(),
        text: total.words.clone(),
        basis: None,
        from: 0.0,
        to: size(&total.figure),
        kind: BarKind::Sum,
    });
    out
}

fn labelled(words: &Words, key: &str, figure: Figure) -> Labelled {
    let text = figure.text.clone();
    Labelled {
        label: words.get(key),
        figure: Some(figure),
        text,
        note: None,
        because: None,
        more: Vec::new(),
    }
}

impl Labelled {
    fn saying(mut self, words: &Words, key: &str) -> Self {
        self.note = Some(words.get(key));
        self
    }
}

fn key_figures(deals: &Deals, plan: &Assessment, words: &Words) -> Vec<Labelled> {
    let ledger = Ledger::of(deals);
    let unit = deals.need.quantity.unit.symbol();
    let mut per_unit = labelled(words, "label-per-unit", Figure::money(ledger.money(plan.per_unit)));
    per_unit.text = ledger.bound(&plan.landed, words, format!("{}/{unit}", per_unit.text));
    let mut out = vec![per_unit];
    if let Some(expected) = plan.expected {
        out.push(
            labelled(words, "label-expected", Figure::money(ledger.money(expected)))
                .saying(words, "papers-why-expected"),
        );
    }
    if let Some(risk) = plan.cost_at_risk {
        out.push(labelled(words, "label-at-risk", Figure::money(risk)).saying(words, "why-at-risk"));
    }
    out.push(labelled(words, "figure-first", Figure::percent(plan.first_percent)).saying(words, "why-first"));
    out.push(labelled(words, "label-look-alikes", Figure::count(plan.look_alikes)));
    out
}

/// Payment, finance, hedge and cover as chosen, and what they leave open.
fn money_figures(plan: &Assessment, words: &Words) -> Vec<Labelled> {
    let chosen = |key: &str| plan.labels.get(key).map(|it| clip(&words.choice(it)));
    let mut out = Vec::new();
    for key in ["payment", "payment_path", "payment_currency", "finance", "hedge", "cover"] {
        if let Some(text) = chosen(key) {
            let label = words.get(&format!("papers-{}", key.replace('_', "-")));
            out.push(Labelled { label, figure: None, text, note: None, because: None, more: Vec::new() });
        }
    }
    out.push(labelled(words, "label-exposure", Figure::money(plan.exposure)).saying(words, "why-exposure"));
    out.push(
        labelled(words, "label-cash-month", Figure::money(plan.cash_month)).saying(words, "why-cash-month"),
    );
    out
}

fn carbon_figures(plan: &Assessment, words: &Words, sources: &mut Sources) -> Vec<Labelled> {
    let mut row = |key: &str, value: Option<f64>, band: Option<(f64, f64)>, why: Option<&Evidence>| {
        let figure = value.map(|it| Figure::real(it, 0));
        let mut text =
            figure.as_ref().map_or_else(|| words.get("unknown"), |it| format!("{} kg CO2e", it.text));
        let band = band.map(|(low, high)| [Figure::real(low, 0), Figure::real(high, 0)]);
        let more = band.filter(|[low, high]| low.text != high.text).map(Vec::from).unwrap_or_default();
        if let [low, high] = more.as_slice() {
            text = format!("{text} ({} – {})", low.text, high.text);
        }
        let because = why.map(|it| because(it, words, sources));
        Labelled { label: words.get(key), figure, text, note: None, because, more }
    };
    let it = &plan.carbon;
    vec![
        row("label-carbon-transport", it.transport_kg, it.transport_range_kg, it.transport_because.as_ref()),
        row("label-carbon-product", it.product_kg, None, it.product_because.as_ref()),
    ]
}

/// The stages are drawn back from the middle arrival; what is left before the first leg is shown as such.
fn timeline(deals: &Deals, plan: &Assessment, words: &Words) -> Timeline {
    let it = &plan.arrival;
    let deadline = deals.need.deadline.map(|day| {
        let days = deals.as_of.until(day).map_or(0, |span| span.get_days());
        Deadline { label: words.get("papers-deadline-word"), day: Figure::day(day), days: f64::from(days) }
    });
    let under_way: f64 = plan.legs.iter().map(|leg| leg.days[1]).sum();
    let before = it.days[1] - under_way;
    let unit = words.get("days");
    let mut at = before.max(0.0);
    let mut stages = Vec::new();
    if before >= 0.5 {
        let text = format!("{} {unit}", days(before));
        stages.push(Stage {
            label: words.get("papers-before-legs"),
            text,
            from: 0.0,
            to: before,
            waiting: true,
        });
    }
    for leg in plan.legs.iter().take(ROWS_AT_MOST) {
        let mode = words.term("mode", leg.mode.word());
        let label = clip(&format!("{mode}{}{} – {}", words.get("colon"), leg.from.name, leg.to.name));
        let text = format!("{} {unit}", days(leg.days[1]));
        stages.push(Stage { label, text, from: at, to: at + leg.days[1], waiting: false });
        at += leg.days[1];
    }
    let on_time = it.on_time_percent.map(Figure::percent);
    let mut sentence = format!(
        "{}{}{} (P10–P90 {} – {})",
        words.get("label-arrives-long"),
        words.get("colon"),
        it.p50,
        it.p10,
        it.p90
    );
    if let Some(on_time) = &on_time {
        sentence.push_str(&words.get("list-comma"));
        sentence.push_str(&words.with("on-time", &[("percent", &on_time.text)]));
    }
    if let Some(Deadline { day, .. }) = &deadline {
        sentence.push_str(&words.get("list-semicolon"));
        sentence.push_str(&words.with("papers-deadline", &[("date", &day.text)]));
    }
    sentence.push_str(&words.get("list-semicolon"));
    let scenarios = Figure::count(u64::from(it.scenarios));
    sentence.push_str(&words.with("papers-scenarios", &[("count", &scenarios.text)]));
    Timeline {
        p10: Figure::day(it.p10),
        p50: Figure::day(it.p50),
        p90: Figure::day(it.p90),
        days: it.days,
        on_time,
        deadline,
        scenarios,
        stages,
        sentence,
    }
}

fn legs(plan: &Assessment, words: &Words, sources: &mut Sources) -> Vec<Leg> {
    let mut out = Vec::new();
    for leg in plan.legs.iter().take(ROWS_AT_MOST) {
        out.push(Leg {
            mode: words.term("mode", leg.mode.word()),
            from: clip(&leg.from.name),
            to: clip(&leg.to.name),
            km: Figure::real(leg.distance_km, 0),
            days: leg.days.map(Figure::days),
            carbon: leg.co2e_kg.map(|it| Figure::real(it, 0)),
            because: because(&leg.because, words, sources),
        });
    }
    out
}

fn preferences(plan: &Assessment, words: &Words) -> Vec<Preference> {
    let one = |it: &domain::deal::PreferenceView| {
        let saving = it.saving.map_or_else(|| words.get("unknown"), money);
        let state = words.term("preference", &it.state);
        let args =
            [("scheme", it.scheme.as_str()), ("rate", &it.rate), ("state", &state), ("saving", &saving)];
        Preference {
            text: clip(&words.with("preference-full", &args)),
            saving: it.saving.map(Figure::money),
            rule: it.rule_of_origin.as_ref().map(|it| clip(&words.with("rule-of-origin", &[("text", it)]))),
            prove: it.must_prove.iter().map(|it| clip(&words.with("must-prove", &[("text", it)]))).collect(),
        }
    };
    plan.preferences.iter().take(ROWS_AT_MOST).map(one).collect()
}

fn score(plan: &Assessment, words: &Words) -> Option<String> {
    if plan.score_parts.is_empty() {
        return None;
    }
    let part = |(axis, part): (&String, &f64)| format!("{} {part:.3}", words.term("axis", axis));
    let parts: Vec<String> = plan.score_parts.iter().map(part).collect();
    let (score, parts) = (format!("{:.3}", plan.score), parts.join(&words.get("list-comma")));
    Some(words.with("score", &[("score", &score), ("parts", &parts)]))
}

fn found(it: &Finding, words: &Words) -> Found {
    let class = severity_word(it.severity);
    Found {
        code: it.code.to_string(),
        severity: it.severity,
        mark: severity_mark(it.severity).0,
        word: words.term("severity", class),
        class,
        text: clip(&without_codes(&it.text)),
        hint: clip_some(it.hint.as_ref()),
        reference: clip_some(it.reference.as_ref()),
    }
}

fn asked(it: &domain::deal::Question) -> Asked {
    Asked { text: clip(&it.text), ask: clip(&it.ask), worth: it.worth.map(Figure::money) }
}

fn relaxations(deals: &Deals, words: &Words) -> Vec<Relaxed> {
    let ledger = Ledger::of(deals);
    let one = |it: &domain::deal::Relaxation| Relaxed {
        kind: words.term("relax", &it.kind),
        text: clip(&it.text),
        landed: it
            .landed
            .as_ref()
            .map(|it| (Figure::money(ledger.money(it.bound())), ledger.total(it, words, money))),
        arrives: it.arrives_p50.map(Figure::day),
    };
    deals.relaxations.iter().take(ROWS_AT_MOST).map(one).collect()
}

/// What is not shown, by reason, the most first, with the words of one of each.
fn left_out(deals: &Deals, words: &Words) -> Vec<LeftOut> {
    let mut all: Vec<(&str, u64, &str)> = Vec::new();
    for drop in deals.drops.iter().filter(|it| it.count > 0) {
        let reason = reason_word(drop);
        match all.iter_mut().find(|it| it.0 == reason) {
            Some(row) => row.1 += drop.count,
            None => all.push((reason, drop.count, &drop.text)),
        }
    }
    all.sort_by_key(|it| (std::cmp::Reverse(it.1), it.0));
    all.into_iter()
        .map(|(reason, count, example)| LeftOut {
            reason: words.term("drop", reason),
            count: Figure::count(count),
            example: clip(&without_codes(example)),
        })
        .collect()
}

/// The letter of a basis, as the legend gives it.
pub fn basis_letter(basis: Basis) -> &'static str {
    letter(basis)
}
