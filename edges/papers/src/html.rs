//! A self-contained page: no script, no network, prints well on A4, dark and light, every text escaped.

use std::fmt::Write as _;

use domain::Basis;
use domain::deal::{Assessment, Deals};

use desk::screen::clean::html as esc;
use desk::words::Words;

use crate::block::{Block, Cell, Item, Span, Table, Tone, blocks, day_after, last_day, span_of};
use crate::paper::{Bar, BarKind, Paper, Timeline, basis_letter};

const STYLE: &str = include_str!("paper.css");

/// The patterns of the four bases, which both pictures and the legend use.
const PATTERNS: &str = "<svg width=\"0\" height=\"0\" style=\"position:absolute\" aria-hidden=\"true\"><defs>\
<pattern id=\"basis-b\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">\
<path d=\"M1.5 0V6M4.5 0V6\" class=\"ps\"/></pattern>\
<pattern id=\"basis-m\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\">\
<path d=\"M2.5 0V5\" class=\"ps\"/></pattern></defs></svg>\n";

/// Letters of a cell that are not broken: dates, names of plans.
const UNBROKEN: usize = 14;

/// The answer, or one plan of it.
pub fn answer(deals: &Deals, only: Option<&Assessment>, words: &Words) -> String {
    of_paper(&Paper::of(deals, only, words), words)
}

/// A paper that is made already.
pub fn of_paper(paper: &Paper, words: &Words) -> String {
    let mut out = String::new();
    head(&mut out, paper, words);
    let mut open = false;
    for block in &blocks(paper, words) {
        match block {
            Block::Section => {
                if open {
                    out.push_str("</section>\n");
                }
                out.push_str("<section>\n");
                open = true;
            }
            block => one(&mut out, block),
        }
    }
    if open {
        out.push_str("</section>\n");
    }
    out.push_str("</main></body></html>\n");
    out
}

fn head(out: &mut String, paper: &Paper, words: &Words) {
    let dir = if paper.rtl { "rtl" } else { "ltr" };
    // In a style sheet only what is known to be harmless: a hash, and page numbers.
    let short: String = paper.dossier_short.chars().filter(char::is_ascii_alphanumeric).collect();
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"{}\" dir=\"{dir}\"><head><meta charset=\"utf-8\">\
<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\
<meta name=\"generator\" content=\"Periplus {}\">\
<title>{}</title><style>{STYLE}\
@page{{size:A4;margin:15mm 14mm 17mm;@bottom-left{{content:\"Periplus {short}\";font-size:7pt;color:#58606a}}\
@bottom-right{{content:counter(page) \" / \" counter(pages);font-size:7pt;color:#58606a}}}}</style></head>\
<body>\n{PATTERNS}<main>\n<p class=\"kind\">Periplus · {}</p>\n",
        paper.lang,
        env!("CARGO_PKG_VERSION"),
        esc(&paper.title),
        esc(&words.get("papers-kind")),
    );
}

fn one(out: &mut String, block: &Block) {
    match block {
        Block::Section => {}
        Block::Heading { level, text, anchor } => {
            let id = anchor.as_ref().map(|it| format!(" id=\"{}\"", esc(it))).unwrap_or_default();
            let _ = writeln!(out, "<h{level}{id}>{}</h{level}>", esc(text));
        }
        Block::Text { tone, spans } => {
            let _ = writeln!(out, "<p{}>{}</p>", class(*tone), inline(spans));
        }
        Block::List(items) => list(out, items),
        Block::Table(table) => self::table(out, table),
        Block::Waterfall { bars, alt } => waterfall(out, bars, alt),
        Block::Time { time, alt, from } => timeline(out, time, alt, *from),
        Block::Legend(rows) => legend(out, rows),
    }
}

fn class(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "",
        Tone::Dim => " class=\"dim\"",
        Tone::Strong => " class=\"strong\"",
        Tone::Warn => " class=\"warn\"",
    }
}

fn inline(spans: &[Span]) -> String {
    let mut out = String::new();
    for span in spans {
        let _ = match &span.to {
            Some(to) => write!(out, "<a href=\"#{}\">{}</a>", esc(to), esc(&span.text)),
            None => write!(out, "{}", esc(&span.text)),
        };
    }
    out
}

fn under(lines: &[String]) -> String {
    lines.iter().fold(String::new(), |out, it| out + "<small>" + &esc(it) + "</small>")
}

fn list(out: &mut String, items: &[Item]) {
    out.push_str("<ul>\n");
    for item in items {
        let id = item.anchor.as_ref().map(|it| format!(" id=\"{}\"", esc(it))).unwrap_or_default();
        let name = if item.class.is_empty() { "" } else { item.class };
        let _ = writeln!(
            out,
            "<li{id} class=\"{name}\"><span class=\"mark\">{}</span><span>{}{}</span></li>",
            esc(&item.mark),
            inline(&item.spans),
            under(&item.under)
        );
    }
    out.push_str("</ul>\n");
}

fn table(out: &mut String, table: &Table) {
    out.push_str("<div class=\"scroll\"><table>");
    if let Some(caption) = &table.caption {
        let _ = write!(out, "<caption>{}</caption>", esc(caption));
    }
    if table.headed {
        out.push_str("<thead><tr>");
        for column in &table.columns {
            let number = if column.number { " class=\"n\"" } else { "" };
            let _ = write!(out, "<th scope=\"col\"{number}>{}</th>", esc(&column.title));
        }
        out.push_str("</tr></thead>");
    }
    out.push_str("<tbody>\n");
    for row in &table.rows {
        out.push_str(if row.sum { "<tr class=\"sum\">" } else { "<tr>" });
        for (index, (cell, column)) in row.cells.iter().zip(&table.columns).enumerate() {
            let letters: usize = cell.spans.iter().map(|it| it.text.chars().count()).sum();
            let number = match (column.number, letters <= UNBROKEN) {
                (true, _) => " class=\"n\"",
                (false, true) => " class=\"k\"",
                (false, false) => "",
            };
            let Cell { spans, under: below } = cell;
            let inner = format!("{}{}", inline(spans), under(below));
            let _ = if index == 0 && table.row_heads {
                write!(out, "<th scope=\"row\"{number}>{inner}</th>")
            } else {
                write!(out, "<td{number}>{inner}</td>")
            };
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table></div>\n");
}

fn fill(basis: Basis) -> &'static str {
    match basis {
        Basis::Observed => "class=\"bar o\"",
        Basis::Benchmark => "class=\"bar\" fill=\"url(#basis-b)\"",
        Basis::Modelled => "class=\"bar\" fill=\"url(#basis-m)\"",
        Basis::Assumed => "class=\"bar a\"",
    }
}

fn waterfall(out: &mut String, bars: &[Bar], alt: &str) {
    let Some((low, high)) = span_of(bars) else { return };
    let percent = |value: f64| (value - low) / (high - low) * 100.0;
    let _ = writeln!(out, "<figure class=\"bars\" role=\"img\" aria-label=\"{}\">", esc(alt));
    for bar in bars {
        let (from, to) = (percent(bar.from.min(bar.to)), percent(bar.from.max(bar.to)));
        let how = match (bar.kind, bar.basis) {
            (BarKind::Sum, _) => "class=\"bar s\"",
            (BarKind::Part, Some(basis)) => fill(basis),
            _ => "class=\"bar u\"",
        };
        let name = if bar.kind == BarKind::Sum { " class=\"sum\"" } else { "" };
        let letter = bar.basis.map_or("", basis_letter);
        let _ = writeln!(
            out,
            "<div{name}><span class=\"l\">{}</span><svg width=\"100%\" height=\"14\"><line x1=\"{zero:.3}%\" x2=\"{zero:.3}%\" y1=\"0\" y2=\"14\" class=\"axis\"/>\
<rect x=\"{from:.3}%\" y=\"2\" width=\"{:.3}%\" height=\"10\" {how}/></svg><span class=\"n\">{}</span><span class=\"b\">{letter}</span></div>",
            esc(&bar.label),
            (to - from).max(0.25),
            esc(&bar.text),
            zero = percent(0.0),
        );
    }
    out.push_str("</figure>\n");
}

fn legend(out: &mut String, rows: &[(Basis, String)]) {
    out.push_str("<p class=\"legend\">");
    for (basis, words) in rows {
        let _ = write!(
            out,
            "<span><svg width=\"18\" height=\"10\" aria-hidden=\"true\"><rect x=\"1\" y=\"1\" width=\"16\" height=\"8\" {}/></svg> {} {}</span>",
            fill(*basis),
            basis_letter(*basis),
            esc(words)
        );
    }
    out.push_str("</p>\n");
}

fn timeline(out: &mut String, time: &Timeline, alt: &str, from: domain::Date) {
    let last = last_day(time);
    let at = |day: f64| day.clamp(0.0, last) / last * 100.0;
    let _ = writeln!(out, "<figure class=\"bars time\" role=\"img\" aria-label=\"{}\">", esc(alt));
    let deadline = time.deadline.as_ref().map_or_else(String::new, |it| {
        format!("<line x1=\"{0:.3}%\" x2=\"{0:.3}%\" y1=\"0\" y2=\"14\" class=\"due\"/>", at(it.days))
    });
    for stage in time.stages.iter().take(crate::block::STAGES_SHOWN) {
        let how = if stage.waiting { "class=\"bar a\"" } else { "class=\"bar t\"" };
        let _ = writeln!(
            out,
            "<div><span class=\"l\">{}</span><svg width=\"100%\" height=\"14\"><rect x=\"{:.3}%\" y=\"2\" width=\"{:.3}%\" height=\"10\" {how}/>{deadline}</svg><span class=\"n\">{}</span><span class=\"b\"></span></div>",
            esc(&stage.label),
            at(stage.from),
            (at(stage.to) - at(stage.from)).max(0.25),
            esc(&stage.text)
        );
    }
    let [low, mid, high] = time.days;
    let _ = writeln!(
        out,
        "<div class=\"sum\"><span class=\"l\">P10 – P50 – P90</span><svg width=\"100%\" height=\"14\"><line x1=\"{0:.3}%\" x2=\"{1:.3}%\" y1=\"7\" y2=\"7\" class=\"span\"/>\
<line x1=\"{0:.3}%\" x2=\"{0:.3}%\" y1=\"3\" y2=\"11\" class=\"span\"/><line x1=\"{1:.3}%\" x2=\"{1:.3}%\" y1=\"3\" y2=\"11\" class=\"span\"/><circle cx=\"{2:.3}%\" cy=\"7\" r=\"4.5\" class=\"bar o\"/>{deadline}</svg><span class=\"n\">{3}</span><span class=\"b\"></span></div>",
        at(low),
        at(high),
        at(mid),
        esc(&time.p50.text)
    );
    if let Some(due) = &time.deadline {
        let _ = writeln!(
            out,
            "<div class=\"warn\"><span class=\"l\">{}</span><svg width=\"100%\" height=\"14\">{deadline}</svg><span class=\"n\">{}</span><span class=\"b\"></span></div>",
            esc(&due.label),
            esc(&due.day.text)
        );
    }
    let _ = writeln!(
        out,
        "<div class=\"ends\"><span class=\"l\"></span><span>{}</span><span class=\"n\">{}</span><span class=\"n\"></span></div>\n</figure>",
        esc(&from.to_string()),
        esc(&day_after(from, last.ceil())),
    );
}
