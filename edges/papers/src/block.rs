//! The paper as a run of blocks in reading order: what HTML and PDF both write, each in its own way.

use domain::{Basis, Date};

use desk::words::Words;

use crate::paper::{
    Bar, BarKind, Because, Found, Labelled, Leg, Line, Paper, PlanPaper, Preference, Timeline, basis_letter,
};

/// A piece of a document.
#[derive(Clone, Debug)]
pub enum Block {
    /// Level 1 is the title of the document.
    Heading {
        level: u8,
        text: String,
        anchor: Option<String>,
    },
    Text {
        tone: Tone,
        spans: Vec<Span>,
    },
    List(Vec<Item>),
    Table(Table),
    Waterfall {
        bars: Vec<Bar>,
        alt: String,
    },
    Time {
        time: Box<Timeline>,
        alt: String,
        from: Date,
    },
    Legend(Vec<(Basis, String)>),
    /// A new plan begins: on a new page, where there are pages.
    Section,
}

/// How a text is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Plain,
    Dim,
    Strong,
    Warn,
}

/// A run of text, perhaps with a link to a place in the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    pub text: String,
    pub to: Option<String>,
}

impl Span {
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), to: None }
    }

    fn link(text: impl Into<String>, to: String) -> Self {
        Self { text: text.into(), to: Some(to) }
    }
}

/// An item of a list: a mark, a text, and smaller texts under it.
#[derive(Clone, Debug)]
pub struct Item {
    pub tone: Tone,
    pub class: &'static str,
    pub mark: String,
    pub spans: Vec<Span>,
    pub under: Vec<String>,
    pub anchor: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Table {
    pub caption: Option<String>,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    /// The first column names its row.
    pub row_heads: bool,
    /// The titles of the columns are shown; names and values need none.
    pub headed: bool,
}

#[derive(Clone, Debug)]
pub struct Column {
    pub title: String,
    pub number: bool,
    /// Share of the width that is left when narrow columns have theirs.
    pub weight: f32,
}

#[derive(Clone, Debug)]
pub struct Row {
    pub cells: Vec<Cell>,
    pub sum: bool,
}

#[derive(Clone, Debug, Default)]
pub struct Cell {
    pub spans: Vec<Span>,
    /// Smaller lines below: formula, what the source says.
    pub under: Vec<String>,
}

impl Cell {
    fn text(text: impl Into<String>) -> Self {
        Self { spans: vec![Span::plain(text)], under: Vec::new() }
    }

    fn under(mut self, more: impl IntoIterator<Item = String>) -> Self {
        self.under.extend(more);
        self
    }
}

/// Stages drawn in a timeline; the table of legs has all.
pub const STAGES_SHOWN: usize = 40;

pub fn plan_anchor(id: &str) -> String {
    format!("plan-{}", slug(id))
}

pub fn source_anchor(number: usize) -> String {
    format!("source-{number}")
}

/// Letters, digits, hyphens: what may stand in an anchor everywhere.
fn slug(text: &str) -> String {
    text.chars().map(|it| if it.is_ascii_alphanumeric() { it } else { '-' }).collect()
}

/// The whole document.
pub fn blocks(paper: &Paper, words: &Words) -> Vec<Block> {
    let mut out = vec![
        heading(1, paper.title.clone(), None),
        text(Tone::Dim, paper.counts.clone()),
        text(Tone::Dim, paper.facts.clone()),
    ];
    if paper.none {
        out.push(text(Tone::Warn, words.get("no-plan")));
        relaxations(&mut out, paper, words);
    } else {
        ranking(&mut out, paper, words);
    }
    general(&mut out, paper, words);
    for plan in &paper.plans {
        out.push(Block::Section);
        section(&mut out, paper, plan, words);
    }
    if !paper.plans.is_empty() {
        out.push(Block::Section);
    }
    left_out(&mut out, paper, words);
    missing(&mut out, paper, words);
    sources(&mut out, paper, words);
    identity(&mut out, paper, words);
    out
}

fn heading(level: u8, text: String, anchor: Option<String>) -> Block {
    Block::Heading { level, text, anchor }
}

fn text(tone: Tone, text: String) -> Block {
    Block::Text { tone, spans: vec![Span::plain(text)] }
}

fn column(title: String, number: bool, weight: f32) -> Column {
    Column { title, number, weight }
}

fn ranking(out: &mut Vec<Block>, paper: &Paper, words: &Words) {
    let title = |key: &str| words.term("col", key);
    let unknown = || words.get("unknown");
    let landed = format!("{} {}", paper.landed_column, paper.currency);
    let columns = vec![
        column("#".to_owned(), true, 0.3),
        column(title("plan"), false, 1.1),
        column(title("supplier"), false, 1.3),
        column(title("route"), false, 2.4),
        column(landed, true, 1.5),
        column(title("arrives"), false, 1.1),
        column(title("on_time"), true, 0.8),
        column(title("kg_co2e"), true, 0.9),
        column(title("first"), true, 0.7),
    ];
    let rows = paper.ranking.iter().map(|it| {
        let to = it.in_full.then(|| plan_anchor(&it.id));
        let id = Span { text: it.id.clone(), to };
        let cells = vec![
            Cell::text(it.rank.to_string()),
            Cell { spans: vec![id], under: Vec::new() },
            Cell::text(it.supplier.clone()),
            Cell::text(it.route.clone()).under([it.terms.clone()]),
            Cell::text(it.landed_words.clone()),
            Cell::text(it.arrives.text.clone()),
            Cell::text(it.on_time.as_ref().map_or_else(|| "–".to_owned(), |it| it.text.clone())),
            Cell::text(it.carbon.as_ref().map_or_else(unknown, |it| it.text.clone())),
            Cell::text(it.first.text.clone()),
        ];
        Row { cells, sum: false }
    });
    out.push(heading(2, words.get("papers-title-plans"), None));
    out.push(Block::Table(Table {
        caption: None,
        columns,
        rows: rows.collect(),
        row_heads: false,
        headed: true,
    }));
    for (key, count) in [
        ("papers-not-in-full", paper.not_in_full - paper.not_in_table.min(paper.not_in_full)),
        ("papers-not-in-table", paper.not_in_table),
    ] {
        if count > 0 {
            out.push(text(Tone::Dim, words.with(key, &[("count", &count.to_string())])));
        }
    }
    if paper.plans.len() == 1 && paper.ranking.len() > 1 && paper.not_in_full == 0 {
        out.push(text(Tone::Dim, words.get("papers-one-plan")));
    }
}

fn relaxations(out: &mut Vec<Block>, paper: &Paper, words: &Words) {
    if paper.relaxations.is_empty() {
        return;
    }
    out.push(heading(2, words.get("title-relaxations"), None));
    let rows = paper.relaxations.iter().map(|it| {
        let dash = || "–".to_owned();
        let cells = vec![
            Cell::text(it.kind.clone()),
            Cell::text(it.text.clone()),
            Cell::text(it.landed.as_ref().map_or_else(dash, |it| it.1.clone())),
            Cell::text(it.arrives.as_ref().map_or_else(dash, |it| it.text.clone())),
        ];
        Row { cells, sum: false }
    });
    let title = |key: &str| words.term("col", key);
    let columns = vec![
        column(title("kind"), false, 1.2),
        column(title("text"), false, 3.0),
        column(paper.landed_column.clone(), true, 1.6),
        column(title("arrives"), false, 1.1),
    ];
    out.push(Block::Table(Table {
        caption: None,
        columns,
        rows: rows.collect(),
        row_heads: true,
        headed: true,
    }));
}

/// Findings and questions that are of no single plan.
fn general(out: &mut Vec<Block>, paper: &Paper, words: &Words) {
    if !paper.findings.is_empty() {
        out.push(heading(2, words.get("papers-title-findings-all"), None));
        out.push(Block::List(paper.findings.iter().map(|it| finding(it, words)).collect()));
    }
    if !paper.questions.is_empty() {
        out.push(heading(2, words.get("title-question"), None));
        let items = paper.questions.iter().map(|it| {
            let ask = words.with("papers-ask", &[("ask", &it.ask)]);
            let worth = it.worth.as_ref().map_or_else(
                || words.get("question-decides"),
                |it| words.with("question-worth", &[("worth", &it.text)]),
            );
            plain_item("–", it.text.clone(), vec![format!("{ask} {worth}")])
        });
        out.push(Block::List(items.collect()));
    }
}

/// Facts that were looked for and not found: often many of one kind, so they stand behind the plans.
fn missing(out: &mut Vec<Block>, paper: &Paper, words: &Words) {
    if !paper.missing.is_empty() {
        out.push(heading(2, words.get("title-missing"), None));
        out.push(Block::List(
            paper.missing.iter().map(|it| plain_item("–", it.clone(), Vec::new())).collect(),
        ));
    }
}

fn plain_item(mark: &str, text: String, under: Vec<String>) -> Item {
    Item {
        tone: Tone::Plain,
        class: "",
        mark: mark.to_owned(),
        spans: vec![Span::plain(text)],
        under,
        anchor: None,
    }
}

fn finding(it: &Found, words: &Words) -> Item {
    let under = it
        .hint
        .iter()
        .cloned()
        .chain(it.reference.iter().map(|it| words.with("papers-reference", &[("text", it)])));
    Item {
        tone: if it.severity >= domain::Severity::Barrier { Tone::Strong } else { Tone::Plain },
        class: it.class,
        mark: it.mark.to_owned(),
        spans: vec![Span::plain(format!("{} {}{}{}", it.code, it.word, words.get("colon"), it.text))],
        under: under.collect(),
        anchor: None,
    }
}

fn section(out: &mut Vec<Block>, paper: &Paper, plan: &PlanPaper, words: &Words) {
    let title = words.with("papers-title-plan", &[("id", &plan.id)]);
    out.push(heading(
        2,
        format!("{title}{}{}", words.get("colon"), plan.supplier),
        Some(plan_anchor(&plan.id)),
    ));
    out.push(text(Tone::Dim, plan.standing.clone()));
    out.push(text(Tone::Plain, plan.route.clone()));
    out.push(text(Tone::Plain, plan.terms.clone()));
    waterfall(out, paper, plan, words);
    lines(out, paper, plan, words);
    out.push(heading(3, words.get("papers-title-figures"), None));
    out.push(Block::Table(figures(&plan.figures, words)));
    arrival(out, paper, plan, words);
    out.push(heading(3, words.get("papers-title-money"), None));
    out.push(Block::Table(figures(&plan.money, words)));
    out.push(heading(3, words.get("papers-title-carbon"), None));
    out.push(Block::Table(figures(&plan.carbon, words)));
    if !plan.preferences.is_empty() {
        out.push(heading(3, words.get("title-preferences"), None));
        out.push(Block::List(plan.preferences.iter().map(preference).collect()));
    }
    if !plan.findings.is_empty() {
        out.push(heading(3, words.get("title-findings"), None));
        out.push(Block::List(plan.findings.iter().map(|it| finding(it, words)).collect()));
    }
    if !plan.flips.is_empty() {
        out.push(heading(3, words.get("title-flips"), None));
        out.push(Block::List(plan.flips.iter().map(|it| plain_item("–", it.clone(), Vec::new())).collect()));
    }
    if let Some(score) = &plan.score {
        out.push(text(Tone::Dim, score.clone()));
    }
}

fn waterfall(out: &mut Vec<Block>, paper: &Paper, plan: &PlanPaper, words: &Words) {
    let key = if paper.sells { "papers-title-waterfall-sell" } else { "papers-title-waterfall" };
    out.push(heading(3, format!("{}{}{}", words.get(key), words.get("list-clause"), paper.currency), None));
    let said = |it: &Bar| {
        let basis = it.basis.map(|it| format!(" ({})", words.term("basis", it.word()))).unwrap_or_default();
        format!("{} {}{basis}", it.label, it.text)
    };
    let parts: Vec<String> = plan.bars.iter().map(said).collect();
    let alt = words.with("papers-alt-waterfall", &[("parts", &parts.join(&words.get("list-semicolon")))]);
    out.push(Block::Waterfall { bars: plan.bars.clone(), alt });
    out.push(Block::Legend(paper.legend.clone()));
}

fn lines(out: &mut Vec<Block>, paper: &Paper, plan: &PlanPaper, words: &Words) {
    let title = |key: &str| words.term("col", key);
    let columns = vec![
        column(title("line"), false, 3.6),
        column(format!("{} {}", title("amount"), paper.currency), true, 1.5),
        column(title("range"), true, 1.8),
        column(title("basis"), false, 1.2),
        column(title("payer"), false, 0.8),
        column(title("source"), false, 1.0),
    ];
    let mut rows: Vec<Row> =
        plan.lines.iter().map(|it| Row { cells: line_cells(it, words), sum: false }).collect();
    let total = &plan.total;
    rows.push(Row {
        cells: vec![
            Cell::text(total.label.clone()).under(total.unknown.clone()),
            Cell::text(total.words.clone()),
            Cell::text(range_text(total.range.as_ref())),
            Cell::text(total.rests_on.clone()),
            Cell::default(),
            Cell::default(),
        ],
        sum: true,
    });
    out.push(heading(3, words.get("papers-title-lines"), None));
    out.push(Block::Table(Table { caption: None, columns, rows, row_heads: true, headed: true }));
}

fn range_text(range: Option<&(crate::paper::Figure, crate::paper::Figure)>) -> String {
    range.map(|(low, high)| format!("{} – {}", low.text, high.text)).unwrap_or_default()
}

fn line_cells(line: &Line, words: &Words) -> Vec<Cell> {
    let recoverable = if line.recoverable { format!(" {}", words.get("recoverable")) } else { String::new() };
    let because = &line.because;
    let formula = because.formula.iter().map(|it| format!("= {it}"));
    let under = formula.chain(said(because, words)).collect::<Vec<_>>();
    vec![
        Cell::text(format!("{}{recoverable}", line.label)).under(under),
        Cell::text(line.amount.as_ref().map_or_else(|| words.get("unknown"), |it| it.text.clone())),
        Cell::text(range_text(line.range.as_ref())),
        Cell::text(format!("{} ({})", because.word, basis_letter(because.basis))),
        Cell::text(line.payer.clone()),
        source_cell(because),
    ]
}

/// What the source literally says, and the law or paper behind it.
fn said(because: &Because, words: &Words) -> Vec<String> {
    let stated = because.stated.iter().map(|it| words.with("papers-says", &[("text", it)]));
    let reference = because.reference.iter().map(|it| words.with("papers-reference", &[("text", it)]));
    stated.chain(reference).collect()
}

fn source_cell(because: &Because) -> Cell {
    let link = Span::link(format!("[{}]", because.source), source_anchor(because.source));
    Cell { spans: vec![link, Span::plain(format!(" {}", because.vintage))], under: Vec::new() }
}

fn figures(rows: &[Labelled], words: &Words) -> Table {
    let row = |it: &Labelled| {
        let mut value = Cell::text(it.text.clone()).under(it.note.clone());
        if let Some(because) = &it.because {
            value.spans.push(Span::plain(format!("  {} ", because.word)));
            value.spans.push(Span::link(format!("[{}]", because.source), source_anchor(because.source)));
            value.under.extend(because.formula.iter().map(|it| format!("= {it}")));
            value.under.extend(said(because, words));
        }
        Row { cells: vec![Cell::text(it.label.clone()), value], sum: false }
    };
    let columns =
        vec![column(words.term("col", "figure"), false, 1.0), column(words.term("col", "value"), false, 3.0)];
    Table { caption: None, columns, rows: rows.iter().map(row).collect(), row_heads: true, headed: false }
}

fn arrival(out: &mut Vec<Block>, paper: &Paper, plan: &PlanPaper, words: &Words) {
    let time = &plan.time;
    out.push(heading(3, words.get("papers-title-arrival"), None));
    out.push(text(Tone::Plain, time.sentence.clone()));
    let parts: Vec<String> = time.stages.iter().map(|it| format!("{} {}", it.label, it.text)).collect();
    let args = [
        ("date", paper.as_of.to_string()),
        (
            "parts",
            format!(
                "{}{}{}",
                parts.join(&words.get("list-semicolon")),
                words.get("list-semicolon"),
                time.sentence
            ),
        ),
    ];
    let alt = words.with("papers-alt-time", &[(args[0].0, &args[0].1), (args[1].0, &args[1].1)]);
    out.push(Block::Time { time: Box::new(time.clone()), alt, from: paper.as_of });
    if !plan.legs.is_empty() {
        out.push(text(Tone::Dim, words.get("papers-stages-note")));
    }
    out.push(heading(3, words.get("title-legs"), None));
    let title = |key: &str| words.term("col", key);
    let columns = vec![
        column(title("mode"), false, 0.7),
        column(title("from"), false, 1.6),
        column(title("to"), false, 1.6),
        column(title("km"), true, 0.9),
        column(title("days_p50"), true, 0.8),
        column("P10–P90".to_owned(), true, 1.1),
        column(title("kg_co2e"), true, 0.9),
        column(title("basis"), false, 1.2),
        column(title("source"), false, 1.0),
    ];
    let rows = plan.legs.iter().map(|it| Row { cells: leg_cells(it, words), sum: false }).collect();
    out.push(Block::Table(Table { caption: None, columns, rows, row_heads: false, headed: true }));
    if let Some(passages) = &plan.passages {
        out.push(text(Tone::Plain, passages.clone()));
    }
}

fn leg_cells(leg: &Leg, words: &Words) -> Vec<Cell> {
    let [low, middle, high] = &leg.days;
    vec![
        Cell::text(leg.mode.clone()),
        Cell::text(leg.from.clone()).under(leg.because.formula.iter().map(|it| format!("= {it}"))),
        Cell::text(leg.to.clone()),
        Cell::text(leg.km.text.clone()),
        Cell::text(middle.text.clone()),
        Cell::text(format!("{} – {}", low.text, high.text)),
        Cell::text(leg.carbon.as_ref().map_or_else(|| words.get("unknown"), |it| it.text.clone())),
        Cell::text(format!("{} ({})", leg.because.word, basis_letter(leg.because.basis))),
        source_cell(&leg.because),
    ]
}

fn preference(it: &Preference) -> Item {
    plain_item("–", it.text.clone(), it.rule.iter().chain(&it.prove).cloned().collect())
}

fn left_out(out: &mut Vec<Block>, paper: &Paper, words: &Words) {
    if paper.left_out.is_empty() {
        return;
    }
    let title = |key: &str| words.term("col", key);
    let columns = vec![
        column(title("reason"), false, 1.4),
        column(title("count"), true, 0.9),
        column(words.get("papers-example"), false, 4.0),
    ];
    let rows = paper.left_out.iter().map(|it| {
        let cells = vec![
            Cell::text(it.reason.clone()),
            Cell::text(it.count.text.clone()),
            Cell::text(it.example.clone()),
        ];
        Row { cells, sum: false }
    });
    out.push(heading(2, words.get("papers-title-left-out"), None));
    out.push(Block::Table(Table {
        caption: None,
        columns,
        rows: rows.collect(),
        row_heads: true,
        headed: true,
    }));
}

fn sources(out: &mut Vec<Block>, paper: &Paper, words: &Words) {
    if paper.sources.is_empty() {
        return;
    }
    out.push(heading(2, words.get("title-sources"), None));
    let item = |it: &crate::paper::SourceNote| Item {
        anchor: Some(source_anchor(it.number)),
        ..plain_item(&format!("[{}]", it.number), it.words(), Vec::new())
    };
    out.push(Block::List(paper.sources.iter().map(item).collect()));
}

fn identity(out: &mut Vec<Block>, paper: &Paper, words: &Words) {
    let row = |(label, value): &(String, String)| Row {
        cells: vec![Cell::text(label.clone()), Cell::text(value.clone())],
        sum: false,
    };
    let columns =
        vec![column(words.term("col", "figure"), false, 1.0), column(words.term("col", "value"), false, 3.0)];
    out.push(heading(2, words.get("papers-title-identity"), None));
    let rows = paper.identity.iter().map(row).collect();
    out.push(Block::Table(Table { caption: None, columns, rows, row_heads: true, headed: false }));
    out.push(text(Tone::Dim, words.get("papers-verify")));
    out.push(text(Tone::Strong, paper.footer.clone()));
}

/// Whether anything of a waterfall can be drawn, and the least and the greatest of its ends.
pub fn span_of(bars: &[Bar]) -> Option<(f64, f64)> {
    let ends = bars.iter().filter(|it| it.kind != BarKind::Unknown).flat_map(|it| [it.from, it.to]);
    let (low, high) = ends.fold((0.0_f64, 0.0_f64), |(low, high), it| (low.min(it), high.max(it)));
    (high > low && (high - low).is_finite()).then_some((low, high))
}

/// The last day that a timeline shows.
pub fn last_day(time: &Timeline) -> f64 {
    let ends =
        time.stages.iter().map(|it| it.to).chain(time.days).chain(time.deadline.iter().map(|it| it.days));
    ends.fold(1.0_f64, f64::max).min(3_650.0)
}

/// Every text of a document, in reading order.
pub fn each_text(all: &[Block], see: &mut dyn FnMut(&str)) {
    let spans = |spans: &[Span], under: &[String], see: &mut dyn FnMut(&str)| {
        for text in spans.iter().map(|it| &it.text).chain(under) {
            see(text);
        }
    };
    for block in all {
        match block {
            Block::Heading { text, .. } => see(text),
            Block::Text { spans: texts, .. } => spans(texts, &[], see),
            Block::List(items) => items.iter().for_each(|it| {
                see(&it.mark);
                spans(&it.spans, &it.under, see);
            }),
            Block::Table(table) => {
                table.columns.iter().for_each(|it| see(&it.title));
                let cells = table.rows.iter().flat_map(|it| &it.cells);
                cells.for_each(|it| spans(&it.spans, &it.under, see));
            }
            Block::Waterfall { bars, .. } => bars.iter().for_each(|it| see(&it.label)),
            Block::Time { time, .. } => time.stages.iter().for_each(|it| see(&it.label)),
            Block::Legend(rows) => rows.iter().for_each(|it| see(&it.1)),
            Block::Section => {}
        }
    }
}

/// The date so many days after another, for the ticks of an axis.
pub fn day_after(from: Date, days: f64) -> String {
    let days = i64::from(days.clamp(0.0, 36_500.0) as i32);
    (1..=days).try_fold(from, |day, _| day.tomorrow()).map_or_else(|_| String::new(), |it| it.to_string())
}
