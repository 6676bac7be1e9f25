//! `radar scan`: the ranked plans. Blocks on a narrow screen, a table on a wide one.

use std::fmt::Write as _;

use domain::deal::{Assessment, Deals, Drop, DropReason, Question, Threshold};
use domain::{Basis, CostKind, Direction, Economy, Finding, Need, Severity};

use crate::effort::Effort;
use crate::phrases::Phrasebook;
use crate::screen::grid::{Grid, Head};
use crate::screen::{Page, Role, Span};
use crate::show::figures::{
    Ledger, about, carbon, duty, grouped_real, percent, range, rounded, severity_mark, shares, unknown_parts,
};
use crate::show::sources::Sources;
use crate::show::why_not::reason_word;
use crate::words::{Lang, Words};

/// From this width on, plans stand in a table.
const TABLE_FROM: usize = 140;
/// Findings shown per plan; the others are counted.
const FINDINGS_SHOWN: usize = 3;
/// Thresholds shown per answer.
const FLIPS_SHOWN: usize = 4;

/// The page of an answer.
pub fn page(deals: &Deals, effort: Option<&Effort>, words: &Words, width: usize, explain: bool) -> Page {
    let all = explain;
    let mut page = Page::new(width);
    page.text(Role::Title, 0, 2, &need_words(&deals.need, words));
    honesty(&mut page, deals, words);
    if deals.plans.len() > 1 {
        page.text(Role::Dim, 0, 2, &order_words(&deals.need, words));
    }
    page.blank();
    let shared = shared_findings(deals);
    if deals.plans.is_empty() {
        no_plan(&mut page, deals, words);
    } else if width >= TABLE_FROM {
        table(&mut page, deals, &shared, words);
    } else {
        deals.plans.iter().for_each(|plan| block(&mut page, deals, plan, &shared, words));
    }
    let general: Vec<&Finding> = shared.iter().copied().filter(|it| it.severity > Severity::Note).collect();
    if deals.plans.is_empty() {
        page.blank();
    } else if !general.is_empty() || !deals.findings.is_empty() {
        page.text(Role::Title, 0, 0, &words.get("title-every-plan"));
    }
    for finding in general.into_iter().chain(&deals.findings) {
        finding_line(&mut page, 2, finding, words);
    }
    if !deals.plans.is_empty() {
        flips(&mut page, deals, words);
    }
    questions(&mut page, deals, words);
    missing(&mut page, deals, words, all);
    if explain {
        evidence(&mut page, deals, words);
    }
    foot(&mut page, words, false);
    if let Some(effort) = effort {
        page.text(Role::Dim, 0, 2, &effort_words(effort, words));
    }
    page
}

/// "Ordered by the profile cost 50, arrival 50: on the expected cost and the chance of being late".
fn order_words(need: &Need, words: &Words) -> String {
    let wishes = &need.wishes;
    let late = if need.deadline.is_some() { "late" } else { "time" };
    let axes = [
        ("cost", wishes.cost, if need.direction == Direction::Sell { "cost-sell" } else { "cost" }),
        ("arrival", wishes.arrival, late),
        ("carbon", wishes.carbon, "carbon"),
        ("resilience", wishes.resilience, "resilience"),
        ("cash", wishes.cash, "cash"),
    ];
    let weighed = || axes.iter().filter(|it| it.1 > 0);
    let profile: Vec<String> =
        weighed().map(|(axis, weight, _)| format!("{} {weight}", words.term("axis", axis))).collect();
    let on: Vec<String> = weighed().map(|(_, _, key)| words.get(&format!("order-on-{key}"))).collect();
    let args =
        [("profile", profile.join(&words.get("list-comma"))), ("on", on.join(&words.get("list-comma")))];
    words.with("order", &[(args[0].0, &args[0].1), (args[1].0, &args[1].1)])
}

/// "Buy 5 t of permanent magnets (HS 850511), delivered DAP Birmingham (GBBHM), in GBP, by 2027-02-14".
pub fn need_words(need: &Need, words: &Words) -> String {
    let key = match need.direction {
        Direction::Buy => "need-buy",
        Direction::Sell => "need-sell",
    };
    let goods = if need.goods.is_empty() { words.get("goods") } else { short_goods(&need.goods) };
    let mut text = words.with(
        key,
        &[
            ("quantity", &need.quantity.to_string()),
            ("goods", &goods),
            ("hs", &need.hs.to_string()),
            ("incoterm", &need.incoterm.map(|it| format!("{it} ")).unwrap_or_default()),
            ("place", &need.place.to_string()),
            ("currency", need.currency.code()),
        ],
    );
    if let Some(deadline) = need.deadline {
        text.push_str(&words.with("need-deadline", &[("date", &deadline.to_string())]));
    }
    for passage in &need.limits.passages_shut {
        text.push_str(&words.with("need-shut", &[("passage", &passage_name(passage, words))]));
    }
    text
}

/// Characters of the name of the goods in a title.
const GOODS_CHARS: usize = 56;

/// The nomenclature's text up to where it says the same again.
fn short_goods(goods: &str) -> String {
    let first = goods.split(';').next().unwrap_or(goods).trim();
    let text = if first.chars().count() < 4 { goods } else { first };
    if text.chars().count() <= GOODS_CHARS {
        return text.to_owned();
    }
    text.chars().take(GOODS_CHARS).chain(['…']).collect()
}

/// "47,171 combinations from 49 origins: 45,610 beaten on every axis, ..., 5 shown". The most first.
pub fn counts_words(deals: &Deals, words: &Words) -> String {
    let counts = &deals.counts;
    let number = |value: u64| grouped_real(value as f64, 0);
    let mut dropped: Vec<(&str, u64)> =
        counts.dropped.iter().map(|(reason, count)| (reason.as_str(), *count)).collect();
    // Ways that were not kept are counted with what is beaten; they are a reason of their own.
    let is_way = |it: &&Drop| reason_word(it) == "route_not_kept";
    let ways: u64 = deals.drops.iter().filter(is_way).map(|it| it.count).sum();
    if let Some(row) = dropped.iter_mut().find(|it| it.0 == DropReason::Dominated.word() && it.1 >= ways) {
        row.1 -= ways;
        dropped.push(("route_not_kept", ways));
    }
    dropped.retain(|it| it.1 > 0);
    dropped.sort_by_key(|it| (std::cmp::Reverse(it.1), it.0));
    let mut parts: Vec<String> = dropped
        .iter()
        .map(|(reason, count)| format!("{} {}", number(*count), words.term("drop", reason)))
        .collect();
    if counts.not_enumerated > 0 {
        parts.push(format!("{} {}", number(counts.not_enumerated), words.get("drop-not-enumerated")));
    }
    parts.push(words.with("shown", &[("count", &deals.plans.len().to_string())]));
    let all =
        words.with("combinations", &[("all", &number(counts.all)), ("origins", &number(counts.origins))]);
    format!("{all}{}{}", words.get("colon"), parts.join(&words.get("list-clause")))
}

/// One line of honesty: all combinations and what became of them; dates, sources, draws.
fn honesty(page: &mut Page, deals: &Deals, words: &Words) {
    let number = |value: u64| grouped_real(value as f64, 0);
    page.text(Role::Dim, 0, 2, &counts_words(deals, words));
    let second = [
        words.with("facts-as-of", &[("date", &deals.as_of.to_string())]),
        words.with("sources-count", &[("count", &Sources::of_plans(&deals.plans).len().to_string())]),
        words.with("draws-count", &[("count", &number(deals.draws)), ("seed", &deals.seed.to_string())]),
    ];
    page.text(Role::Dim, 0, 2, &second.join(&words.get("list-semicolon")));
}

/// "0.12 s, 0.20 CPU-s, about 2.0 J (assumed 10 W per core)".
pub fn effort_words(effort: &Effort, words: &Words) -> String {
    let seconds = format!("{:.2} s", effort.seconds);
    match (effort.cpu_seconds, effort.energy_joules) {
        (Some(cpu), Some(joules)) => words.with(
            "effort",
            &[
                ("seconds", &seconds),
                ("cpu", &format!("{cpu:.2}")),
                ("joules", &format!("{joules:.1}")),
                ("watts", &format!("{} W", effort.watts_per_core)),
            ],
        ),
        _ => seconds,
    }
}

/// Who supplies: the firm that quoted, or the economy, and that its price is a benchmark.
pub fn supplier(plan: &Assessment, words: &Words) -> String {
    let label = plan.labels.get("supplier").cloned().unwrap_or_else(|| plan.origin.to_string());
    let is_economy = plan.labels.get("economy").is_none_or(|it| *it == label);
    let name = words.economy(&label).filter(|_| is_economy).unwrap_or(label);
    let goods = plan.lines.iter().find(|it| it.kind == CostKind::Goods);
    match goods.map(|it| it.because.basis) {
        Some(Basis::Observed) | None => name,
        Some(_) => words.with("supplier-benchmark", &[("name", &name)]),
    }
}

/// Mode, ports and passages in one line.
pub fn route(plan: &Assessment, words: &Words) -> String {
    let modes: Vec<String> = plan.modes.iter().map(|it| words.term("mode", it.word())).collect();
    let mut text = modes.join("+");
    let mut stops: Vec<&str> = Vec::new();
    for leg in &plan.legs {
        for stop in [&leg.from, &leg.to] {
            if stops.last() != Some(&stop.name.as_str()) {
                stops.push(&stop.name);
            }
        }
    }
    if !stops.is_empty() {
        text.push_str(&words.get("colon"));
        text.push_str(&stops.join(" – "));
    } else if let Some(label) = plan.labels.get("route") {
        text.push_str(&words.get("colon"));
        text.push_str(label);
    }
    let passages: Vec<String> = passages(plan).into_iter().map(|it| passage_name(it, words)).collect();
    if !passages.is_empty() {
        text.push_str(&words.with("via", &[("passages", &passages.join(&words.get("list-comma")))]));
    }
    text
}

/// A passage in the person's language; a name that is none is kept.
pub fn passage_name(name: &str, words: &Words) -> String {
    match (name.parse::<routes::Passage>(), words.lang) {
        (Ok(passage), Lang::Zh) => passage.name_zh().to_owned(),
        (Ok(passage), _) => passage.name().to_owned(),
        (Err(_), _) => name.to_owned(),
    }
}

/// Passages in the order in which they are met, each once.
pub fn passages(plan: &Assessment) -> Vec<&str> {
    let mut out: Vec<&str> = Vec::new();
    for passage in plan.legs.iter().flat_map(|it| &it.passages) {
        if !out.contains(&passage.as_str()) {
            out.push(passage);
        }
    }
    out
}

/// Incoterm and what else was chosen.
pub fn terms(plan: &Assessment, words: &Words) -> String {
    let mut parts = vec![plan.incoterm.to_string()];
    let chosen = ["payment", "finance", "hedge", "cover"].iter().filter_map(|key| plan.labels.get(*key));
    parts.extend(chosen.filter(|it| *it != "none").map(|it| words.choice(it)));
    parts.join(&words.get("list-clause"))
}

/// "2,310 GBP (2.1 %)", with the preference that would lower it.
pub fn duty_words(plan: &Assessment, words: &Words) -> String {
    let amount = match duty(plan) {
        None => words.get("duty-none"),
        Some(None) => words.get("unknown"),
        Some(Some(amount)) => about(amount),
    };
    let stated = plan
        .lines
        .iter()
        .find(|it| it.kind == CostKind::Duty)
        .and_then(|it| it.because.stated.as_deref())
        .filter(|it| it.chars().count() <= 24);
    let known = !matches!(duty(plan), Some(None));
    match stated.filter(|_| known) {
        Some(rate) => format!("{amount} ({rate})"),
        None => amount,
    }
}

fn preference_words(plan: &Assessment, words: &Words) -> Option<String> {
    let best = plan.preferences.first()?;
    let saving = best.saving.map_or_else(|| words.get("unknown"), about);
    let args = [
        ("scheme", best.scheme.as_str()),
        ("state", &words.term("preference", &best.state)),
        ("saving", &saving),
    ];
    Some(words.with("preference-line", &args))
}

fn block(page: &mut Page, deals: &Deals, plan: &Assessment, shared: &[&Finding], words: &Words) {
    let head = vec![
        Span::new(Role::Title, format!("{:>2}  {}", plan.rank, plan.id)),
        Span::plain(format!("  {}", supplier(plan, words))),
    ];
    let first = words.with("first-in", &[("percent", &percent(plan.first_percent))]);
    page.ends(head, vec![Span::new(Role::Dim, first)]);
    let landed_key =
        if deals.need.direction == Direction::Sell { "label-landed-sell" } else { "label-landed" };
    let labels = [
        landed_key,
        "label-arrives",
        "label-route",
        "label-terms",
        "label-duty",
        "label-carbon",
        "label-watch",
    ];
    let widest = labels.iter().map(|it| crate::screen::wrap::width(&words.get(it))).max().unwrap_or(8);
    let hang = 4 + widest + 2;
    let mut row = |key: &str, role: Role, text: &str| {
        page.labelled(&format!("    {}", words.get(key)), hang, role, text);
    };
    row(landed_key, Role::Figure, &landed_words(deals, plan, words));
    if let Some(unknown) = unknown_parts(&plan.landed) {
        row("label-blank", Role::Warn, &words.with("unknown-parts", &[("parts", &unknown)]));
    }
    let expected =
        plan.expected.map(|it| words.with("expected", &[("amount", &rounded(Ledger::of(deals).money(it)))]));
    let shares = Some(shares(&plan.lines, words)).filter(|it| !it.is_empty());
    let under: Vec<String> = expected.into_iter().chain(shares).collect();
    if !under.is_empty() {
        row("label-blank", Role::Dim, &under.join(&words.get("list-semicolon")));
    }
    row("label-arrives", Role::Plain, &arrival_words(plan, words));
    row("label-route", Role::Plain, &route(plan, words));
    row("label-terms", Role::Plain, &terms(plan, words));
    row("label-duty", Role::Plain, &duty_words(plan, words));
    if let Some(preference) = preference_words(plan, words) {
        row("label-blank", Role::Plain, &preference);
    }
    let exposure = words.with("exposure", &[("amount", &about(plan.exposure))]);
    row(
        "label-carbon",
        Role::Plain,
        &format!("{}{}{exposure}", carbon(plan, words), words.get("list-semicolon")),
    );
    let key = key_findings(plan, shared);
    for (index, finding) in key.iter().enumerate() {
        let (mark, role) = severity_mark(finding.severity);
        let key = if index == 0 { "label-watch" } else { "label-blank" };
        row(key, role, &format!("{mark} {} ({})", finding.text, finding.code));
    }
    let more = plan.findings.iter().filter(|it| !shared.contains(it)).count().saturating_sub(key.len());
    if more > 0 {
        row("label-blank", Role::Dim, &words.with("more-findings", &[("count", &more.to_string())]));
    }
    page.blank();
}

fn landed_words(deals: &Deals, plan: &Assessment, words: &Words) -> String {
    let ledger = Ledger::of(deals);
    let mut text = ledger.total(&plan.landed, words, about);
    let _ = write!(text, "  {}", per_unit(deals, plan, words));
    let band = plan.cost_range.map(|it| range(ledger.range(it))).unwrap_or_default();
    if !band.is_empty() {
        let _ = write!(text, "  P10–P90 {band}");
    }
    text
}

/// "26,482.04 GBP/t": a lower bound when the total is one.
fn per_unit(deals: &Deals, plan: &Assessment, words: &Words) -> String {
    let unit = deals.need.quantity.unit.symbol();
    let ledger = Ledger::of(deals);
    let figure = format!("{}/{unit}", crate::show::figures::money(ledger.money(plan.per_unit)));
    ledger.bound(&plan.landed, words, figure)
}

fn arrival_words(plan: &Assessment, words: &Words) -> String {
    let arrival = &plan.arrival;
    let mut text = format!("{}  P10–P90 {} – {}", arrival.p50, arrival.p10, arrival.p90);
    if let Some(on_time) = arrival.on_time_percent {
        let _ = write!(text, "  {}", words.with("on-time", &[("percent", &percent(on_time))]));
    }
    text
}

/// What is said of every plan is said once.
fn shared_findings(deals: &Deals) -> Vec<&Finding> {
    match deals.plans.as_slice() {
        [] | [_] => Vec::new(),
        [first, others @ ..] => {
            let in_all = |it: &&Finding| others.iter().all(|plan| plan.findings.contains(it));
            first.findings.iter().filter(in_all).collect()
        }
    }
}

/// The heaviest findings first, without those that every plan has.
fn key_findings<'a>(plan: &'a Assessment, shared: &[&Finding]) -> Vec<&'a Finding> {
    let own = |it: &&Finding| it.severity > Severity::Note && !shared.contains(it);
    let mut heavy: Vec<&Finding> = plan.findings.iter().filter(own).collect();
    heavy.sort_by_key(|it| std::cmp::Reverse(it.severity));
    heavy.truncate(FINDINGS_SHOWN);
    heavy
}

fn table(page: &mut Page, deals: &Deals, shared: &[&Finding], words: &Words) {
    let title = |key: &str| words.term("col", key);
    let mut grid = Grid::new(vec![
        Head::number("#"),
        Head::code(title("plan")),
        Head::text(title("supplier")),
        Head::text(title("route")),
        Head::text(title("terms")),
        Head::number(format!(
            "{}\u{a0}{}",
            Ledger::of(deals).words("col-landed", words),
            deals.need.currency
        )),
        Head::code(title("arrives")),
        Head::number(title("on_time")),
        Head::text(title("duty")),
        Head::number(title("kg_co2e")),
        Head::number(title("exposure")),
        Head::number(title("first")),
        Head::text(title("findings")),
    ]);
    for plan in &deals.plans {
        grid.row(table_row(deals, plan, shared, words));
    }
    grid.lay(page, 0);
    for plan in &deals.plans {
        if let Some(unknown) = unknown_parts(&plan.landed) {
            let text = words.with("unknown-parts", &[("parts", &unknown)]);
            page.text(Role::Warn, 0, 2, &format!("{}{}{text}", plan.id, words.get("colon")));
        }
    }
    page.blank();
    let mut seen: Vec<&Finding> = Vec::new();
    for finding in deals.plans.iter().flat_map(|it| key_findings(it, shared)) {
        if !seen.contains(&finding) {
            seen.push(finding);
        }
    }
    for finding in seen {
        finding_line(page, 0, finding, words);
    }
}

fn table_row(deals: &Deals, plan: &Assessment, shared: &[&Finding], words: &Words) -> Vec<(Role, String)> {
    let unit = deals.need.quantity.unit.symbol();
    let ledger = Ledger::of(deals);
    let mut landed = format!(
        "{}\n{}/{unit}",
        ledger.total(&plan.landed, words, rounded),
        rounded(ledger.money(plan.per_unit))
    );
    if let Some((low, high)) = plan.cost_range.map(|it| ledger.range(it)) {
        let _ = write!(landed, "\n{}–{}", rounded(low), rounded(high));
    }
    if let Some(expected) = plan.expected {
        let text = words.with("expected", &[("amount", &rounded(ledger.money(expected)))]);
        let _ = write!(landed, "\n{}", text.replace(' ', "\u{a0}"));
    }
    let arrival = &plan.arrival;
    let arrives = format!("{}\n{}–\n{}", arrival.p50, arrival.p10, arrival.p90);
    let unknown = || words.get("unknown");
    let mut duty = duty_words(plan, words);
    if let Some(preference) = preference_words(plan, words) {
        duty.push('\n');
        duty.push_str(&preference);
    }
    let findings: Vec<String> = key_findings(plan, shared)
        .iter()
        .map(|it| format!("{}\u{a0}{}", severity_mark(it.severity).0, it.code))
        .collect();
    vec![
        (Role::Plain, plan.rank.to_string()),
        (Role::Title, plan.id.clone()),
        (Role::Plain, supplier(plan, words)),
        (Role::Plain, route(plan, words)),
        (Role::Plain, terms(plan, words)),
        (Role::Figure, landed),
        (Role::Plain, arrives),
        (Role::Plain, arrival.on_time_percent.map_or_else(|| "–".to_owned(), percent)),
        (Role::Plain, duty),
        (Role::Plain, plan.carbon.transport_kg.map_or_else(unknown, |it| grouped_real(it, 0))),
        (Role::Plain, rounded(plan.exposure)),
        (Role::Plain, percent(plan.first_percent)),
        (Role::Plain, findings.join("\n")),
    ]
}

/// "!! PRP-1703 barrier: text", with the hint under it.
pub fn finding_line(page: &mut Page, indent: usize, finding: &Finding, words: &Words) {
    let (mark, role) = severity_mark(finding.severity);
    let severity = words.term("severity", crate::show::figures::severity_word(finding.severity));
    let lead = format!("{mark} {} {severity}{}", finding.code, words.get("colon"));
    page.text(role, indent, indent + 3, &format!("{lead}{}", without_codes(&finding.text)));
    for more in [&finding.hint, &finding.reference].into_iter().flatten() {
        page.text(Role::Dim, indent + 3, indent + 5, more);
    }
}

/// A finding's text without the codes of the errors it quotes: its own code stands before it.
pub fn without_codes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("PRP-") {
        let (before, code) = rest.split_at(at);
        let digits = code[4..].bytes().take_while(u8::is_ascii_digit).count();
        out.push_str(before);
        let after = &code[4 + digits..];
        rest = match after.strip_prefix(": ").or_else(|| after.strip_prefix('：')) {
            Some(after) if digits == 4 => after,
            _ => {
                out.push_str(&code[..4]);
                &code[4..]
            }
        };
    }
    out.push_str(rest);
    // "cannot be read from '...' on" dangles when it is quoted.
    out.replace("' on)", "')")
}

fn flips(page: &mut Page, deals: &Deals, words: &Words) {
    let first = deals.plans.first().map(|it| it.thresholds.as_slice()).unwrap_or_default();
    if first.is_empty() {
        return;
    }
    page.blank();
    page.text(Role::Title, 0, 0, &words.get("title-flips"));
    for threshold in first.iter().take(FLIPS_SHOWN) {
        page.text(Role::Plain, 2, 4, &flip_words(threshold, words));
    }
}

/// What happens at a threshold; a text that names the other plan itself is not said twice.
pub fn flip_words(threshold: &Threshold, words: &Words) -> String {
    if threshold.text.contains(&threshold.then) {
        return threshold.text.clone();
    }
    words.with("flip", &[("text", &threshold.text), ("then", &threshold.then)])
}

fn questions(page: &mut Page, deals: &Deals, words: &Words) {
    // One of many missing tariffs is no question of its own: they are told together.
    let folded =
        deals.missing.iter().filter(|it| tariff_missing(it, words).is_some()).count() >= MANY_MISSING;
    let of_many = |it: &Question| {
        folded
            && deals
                .missing
                .iter()
                .any(|fact| tariff_missing(fact, words).is_some() && it.text.contains(fact))
    };
    let Some(question) = deals.questions.iter().find(|it| !of_many(it)) else { return };
    page.text(Role::Title, 0, 0, &words.get("title-question"));
    let worth = match question.worth {
        // The radar's own text may hold the figure already.
        Some(worth) if question.text.contains(&worth.to_string()) => String::new(),
        Some(worth) => words.with("question-worth", &[("worth", &about(worth))]),
        None => words.get("question-decides"),
    };
    let end = if question.text.ends_with(['.', '?', '!', '。', '？']) {
        String::new()
    } else {
        words.get("full-stop")
    };
    let text = format!("{}{end}", question.text);
    if says_whom(question, words) {
        let text = format!("{text} {worth}");
        page.text(Role::Plain, 2, 4, text.trim_end());
        return;
    }
    let args = [("text", text.as_str()), ("ask", &question.ask), ("worth", &worth)];
    page.text(Role::Plain, 2, 4, &words.with("question", &args));
}

/// Whether the text of a question already says whom to ask, or nobody can be named.
fn says_whom(question: &Question, words: &Words) -> bool {
    const NOBODY: &str = "the source of the missing fact";
    let ask = question.ask.trim();
    let name = Phrasebook::of(words.lang).argument("ask-suppliers", "economy", ask).unwrap_or(ask);
    ask.is_empty() || ask == NOBODY || ask == words.say(NOBODY) || question.text.contains(name)
}

/// From this many facts of one kind on they are told in one line.
const MANY_MISSING: usize = 4;
/// Names given of many.
const NAMES_SHOWN: usize = 6;

fn missing(page: &mut Page, deals: &Deals, words: &Words, all: bool) {
    if deals.missing.is_empty() {
        return;
    }
    page.text(Role::Title, 0, 0, &words.get("title-missing"));
    let tariff = |it: &str| tariff_missing(it, words).map(|it| words.economy_name(it));
    let mut names: Vec<String> = deals.missing.iter().filter_map(|it| tariff(it)).collect();
    let folded = names.len() >= MANY_MISSING && !all;
    if folded {
        let count = names.len().to_string();
        names.truncate(NAMES_SHOWN);
        let args = [("count", count.as_str()), ("names", &names.join(&words.get("list-comma")))];
        page.text(Role::Warn, 2, 4, &words.with("missing-tariffs", &args));
    }
    let others = deals.missing.iter().filter(|it| !folded || tariff(it).is_none());
    others.for_each(|it| page.text(Role::Warn, 2, 4, it));
}

/// "tariff of AE is not loaded; ..." names AE, in English and in the language of the words.
fn tariff_missing(text: &str, words: &Words) -> Option<Economy> {
    let named = Phrasebook::of(words.lang).argument("gap-tariff", "economy", text)?;
    words.economy_of(named)
}

fn no_plan(page: &mut Page, deals: &Deals, words: &Words) {
    page.text(Role::Bad, 0, 0, &words.get("no-plan"));
    relaxations(page, deals, words);
    page.text(Role::Title, 0, 0, &words.get("title-in-the-way"));
    for (reason, count, nearest) in by_reason(deals) {
        let lead = format!("{} {}", grouped_real(count as f64, 0), words.term("drop", reason));
        let nearest = without_codes(nearest);
        page.text(Role::Plain, 2, 4, &format!("{lead}{}{nearest}", words.get("colon")));
    }
}

fn relaxations(page: &mut Page, deals: &Deals, words: &Words) {
    if deals.relaxations.is_empty() {
        return;
    }
    page.text(Role::Title, 0, 0, &words.get("title-relaxations"));
    for relaxation in &deals.relaxations {
        let mut text = relaxation.text.clone();
        if let Some(landed) = &relaxation.landed {
            let ledger = Ledger::of(deals);
            let landed = ledger.total(landed, words, about);
            text.push_str(&words.with(&ledger.key("relaxation-landed"), &[("landed", &landed)]));
        }
        if let Some(date) = relaxation.arrives_p50 {
            text.push_str(&words.with("relaxation-arrives", &[("date", &date.to_string())]));
        }
        let kind = words.term("relax", &relaxation.kind);
        page.text(Role::Plain, 2, 4, &format!("{kind}{}{text}", words.get("colon")));
    }
    page.blank();
}

/// What stood in the way, by reason: how many plans, and the words of the one that came nearest (least days or amount in them).
fn by_reason(deals: &Deals) -> Vec<(&'static str, u64, &str)> {
    let first_number = |text: &str| -> f64 {
        let digits: String =
            text.chars().skip_while(|it| !it.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
        digits.parse().unwrap_or(f64::INFINITY)
    };
    let mut all: Vec<(&'static str, u64, &str)> = Vec::new();
    for drop in deals.drops.iter().filter(|it| it.count > 0) {
        let reason = reason_word(drop);
        match all.iter_mut().find(|it| it.0 == reason) {
            Some(row) => {
                row.1 += drop.count;
                if first_number(&drop.text) < first_number(row.2) {
                    row.2 = &drop.text;
                }
            }
            None => all.push((reason, drop.count, &drop.text)),
        }
    }
    all.sort_by_key(|it| std::cmp::Reverse(it.1));
    all
}

fn evidence(page: &mut Page, deals: &Deals, words: &Words) {
    if deals.plans.is_empty() {
        return;
    }
    page.text(Role::Title, 0, 0, &words.get("title-evidence"));
    for plan in &deals.plans {
        page.text(Role::Title, 2, 2, &plan.id);
        for line in &plan.lines {
            let figure = |it| crate::show::figures::money(Ledger::of(deals).money(it));
            let amount = line.amount.map_or_else(|| words.get("unknown"), figure);
            let basis = words.term("basis", line.because.basis.word());
            let formula = line.because.formula.as_deref().unwrap_or("");
            page.text(Role::Plain, 4, 6, &format!("{}: {amount} [{basis}] {formula}", line.label));
            page.text(Role::Dim, 6, 8, &Sources::words(&line.because.source));
        }
    }
}

/// Legend and disclaimer, under every page with figures.
pub fn foot(page: &mut Page, words: &Words, legend: bool) {
    page.blank();
    if legend {
        page.text(Role::Dim, 0, 0, &words.get("legend-basis"));
    }
    page.text(Role::Dim, 0, 0, &words.get("footer"));
}
