//! A self-contained page: no script, no network, prints well, every text escaped.

use std::fmt::Write as _;

use domain::deal::{Assessment, Deals};
use domain::total::CostLine;

use crate::screen::clean::html as esc;
use crate::show::figures::{
    Ledger, about, amount, days, grouped_real, line_label, money, percent, range, severity_mark,
    severity_word, shares, unknown_parts,
};
use crate::show::scan::{counts_words, need_words, route, supplier, terms, without_codes};
use crate::show::sources::Sources;
use crate::words::Words;

const STYLE: &str = "\
:root{color-scheme:light dark}\
body{font:15px/1.45 system-ui,'Noto Sans SC',sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem}\
h1{font-size:1.4rem}h2{font-size:1.15rem;margin-top:2rem}h3{font-size:1rem}\
table{border-collapse:collapse;width:100%;margin:.6rem 0}\
th,td{text-align:left;vertical-align:top;padding:.25rem .6rem;border-bottom:1px solid #8884}\
th{font-weight:600}.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}\
.sum td{border-top:2px solid;font-weight:600}.note,.dim{opacity:.75;font-size:.9em}.unknown{font-style:italic}\
.barrier,.prohibited{font-weight:600}.formula{font-family:ui-monospace,monospace;font-size:.85em}\
footer{margin-top:2rem;border-top:1px solid #8884;padding-top:.5rem}\
@media print{body{max-width:none;margin:0;font-size:10pt}section{break-inside:avoid}h2{break-before:auto}}";

/// A whole document around `body`, which must be escaped already.
pub fn page(words: &Words, title: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\">\
<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\
<title>{}</title><style>{STYLE}</style></head><body>\n{body}\n<footer>{}</footer></body></html>\n",
        words.lang.code(),
        esc(title),
        esc(&words.get("footer"))
    )
}

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
