//! A self-contained page: no script, no network, prints well, every text escaped.

use std::fmt::Write as _;

use domain::deal::{Assessment, Deals};
use domain::total::CostLine;

use desk::html::page;
use desk::screen::clean::html as esc;
use desk::show::figures::{
    Ledger, about, amount, days, grouped_real, line_label, money, percent, range, severity_mark,
    severity_word, shares, unknown_parts,
};
use desk::show::scan::{counts_words, need_words, route, supplier, terms, without_codes};
use desk::show::sources::Sources;
use desk::words::Words;

/// The answer, or one plan of it.
pub fn answer(deals: &Deals, only: Option<&Assessment>, words: &Words) -> String {
    let plans: Vec<&Assessment> = only.map_or_else(|| deals.plans.iter().collect(), |it| vec![it]);
    let mut sources = Sources::default();
    let mut body = format!("<h1>{}</h1>\n", esc(&need_words(&deals.need, words)));
    let _ = writeln!(body, "<p class=\"dim\">{}</p>", esc(&counts(deals, words)));
    if only.is_none() {
        body.push_str(&ranking(deals, words));
    }
    for plan in plans {
        body.push_str(&section(deals, plan, words, &mut sources));
    }
    let _ = write!(body, "<h2>{}</h2><ol>", esc(&words.get("title-sources")));
    for (_, source) in sources.iter() {
        let _ = write!(body, "<li>{}</li>", esc(&Sources::words(source)));
    }
    body.push_str("</ol>");
    let _ = write!(body, "<p class=\"note\">{}</p>", esc(&words.get("legend-basis")));
    page(words, &need_words(&deals.need, words), &body)
}

fn counts(deals: &Deals, words: &Words) -> String {
    let dates = words.with("facts-as-of", &[("date", &deals.as_of.to_string())]);
    format!("{}. {dates}. {}", counts_words(deals, words), deals.dossier.short())
}

fn ranking(deals: &Deals, words: &Words) -> String {
    let title = |key: &str| esc(&words.term("col", key));
    let mut out = format!(
        "<table><thead><tr><th>#</th><th>{}</th><th>{}</th><th>{}</th><th class=\"n\">{}</th><th>{}</th><th class=\"n\">{}</th><th class=\"n\">{}</th></tr></thead><tbody>",
        title("plan"),
        title("supplier"),
        title("route"),
        esc(&Ledger::of(deals).words("col-landed", words)),
        title("arrives"),
        title("on_time"),
        title("first")
    );
    for plan in &deals.plans {
        let on_time = plan.arrival.on_time_percent.map_or_else(|| "–".to_owned(), percent);
        let _ = write!(
            out,
            "<tr><td>{}</td><td><a href=\"#{id}\">{id}</a></td><td>{}</td><td>{}</td><td class=\"n\">{}</td><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td></tr>",
            plan.rank,
            esc(&supplier(plan, words)),
            esc(&route(plan, words)),
            esc(&Ledger::of(deals).total(&plan.landed, words, about)),
            plan.arrival.p50,
            esc(&on_time),
            esc(&percent(plan.first_percent)),
            id = esc(&plan.id),
        );
    }
    out.push_str("</tbody></table>\n");
    out
}

fn section(deals: &Deals, plan: &Assessment, words: &Words, sources: &mut Sources) -> String {
    let mut out = format!(
        "<section><h2 id=\"{id}\">{id}: {}</h2><p>{}<br>{}</p>",
        esc(&supplier(plan, words)),
        esc(&route(plan, words)),
        esc(&terms(plan, words)),
        id = esc(&plan.id)
    );
    out.push_str(&waterfall(Ledger::of(deals), plan, words, sources));
    if let Some(unknown) = unknown_parts(&plan.landed) {
        let _ = write!(
            out,
            "<p class=\"unknown\">{}</p>",
            esc(&words.with("unknown-parts", &[("parts", &unknown)]))
        );
    }
    out.push_str(&arrival(plan, words));
    out.push_str(&legs(plan, words));
    out.push_str(&findings(plan, words));
    out.push_str("</section>\n");
    out
}

fn waterfall(ledger: Ledger, plan: &Assessment, words: &Words, sources: &mut Sources) -> String {
    let title = |key: &str| esc(&words.term("col", key));
    let currency = plan.landed.bound().currency();
    let mut out = format!(
        "<table><caption>{}</caption><thead><tr><th>{}</th><th class=\"n\">{}</th><th class=\"n\">{}</th><th>{}</th><th>{}</th></tr></thead><tbody>",
        esc(&format!("{}{}{currency}", ledger.words("landed-cost", words), words.get("list-clause"))),
        title("line"),
        title("amount"),
        title("range"),
        title("basis"),
        title("source")
    );
    for line in &plan.lines {
        out.push_str(&row(line, ledger, words, sources));
    }
    let range = plan.cost_range.map(|it| range(ledger.range(it))).unwrap_or_default();
    let _ = write!(
        out,
        "<tr class=\"sum\"><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td>{}</td><td></td></tr></tbody></table>",
        esc(&ledger.words("landed-cost", words)),
        esc(&ledger.total(&plan.landed, words, money)),
        esc(&range),
        esc(&shares(&plan.lines, words)),
    );
    out
}

fn row(line: &CostLine, ledger: Ledger, words: &Words, sources: &mut Sources) -> String {
    let figure = line.amount.map_or_else(|| words.get("unknown"), |it| amount(ledger.money(it)));
    let range = line.range.map(|it| range(ledger.range(it))).unwrap_or_default();
    let mut label = esc(&line_label(line, words));
    if line.recoverable {
        let _ = write!(label, " <em>{}</em>", esc(&words.get("recoverable")));
    }
    if let Some(formula) = &line.because.formula {
        let _ = write!(label, "<br><span class=\"formula\">= {}</span>", esc(formula));
    }
    format!(
        "<tr><td>{label}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td>{}</td><td>[{}] {}</td></tr>",
        esc(&figure),
        esc(&range),
        esc(&words.term("basis", line.because.basis.word())),
        sources.number(&line.because.source),
        esc(&line.because.source.vintage),
    )
}

fn arrival(plan: &Assessment, words: &Words) -> String {
    let it = &plan.arrival;
    let mut text =
        format!("{}: {} (P10–P90 {} – {})", words.get("label-arrives-long"), it.p50, it.p10, it.p90);
    if let Some(on_time) = it.on_time_percent {
        let _ = write!(text, ", {}", words.with("on-time", &[("percent", &percent(on_time))]));
    }
    format!("<p>{}</p>", esc(&text))
}

fn legs(plan: &Assessment, words: &Words) -> String {
    let mut out = format!("<h3>{}</h3><ul>", esc(&words.get("title-legs")));
    for leg in &plan.legs {
        let co2 =
            leg.co2e_kg.map_or_else(|| words.get("unknown"), |it| format!("{} kg", grouped_real(it, 0)));
        let text = format!(
            "{}: {} – {}, {} km, {} ({} – {}) {}, CO2e {co2}{}{}",
            words.term("mode", leg.mode.word()),
            leg.from.name,
            leg.to.name,
            grouped_real(leg.distance_km, 0),
            days(leg.days[1]),
            days(leg.days[0]),
            days(leg.days[2]),
            words.get("days"),
            if leg.passages.is_empty() { "" } else { "; " },
            leg.passages.join(", "),
        );
        let _ = write!(out, "<li>{}</li>", esc(&text));
    }
    out.push_str("</ul>");
    out
}

fn findings(plan: &Assessment, words: &Words) -> String {
    if plan.findings.is_empty() {
        return String::new();
    }
    let mut out = format!("<h3>{}</h3><ul>", esc(&words.get("title-findings")));
    for finding in &plan.findings {
        let word = severity_word(finding.severity);
        let hint = finding
            .hint
            .as_deref()
            .map_or_else(String::new, |it| format!("<br><span class=\"dim\">{}</span>", esc(it)));
        let _ = write!(
            out,
            "<li class=\"{word}\">{} {} {}: {}{hint}</li>",
            severity_mark(finding.severity).0,
            esc(&finding.code.to_string()),
            esc(&words.term("severity", word)),
            esc(&without_codes(&finding.text))
        );
    }
    out.push_str("</ul>");
    out
}
