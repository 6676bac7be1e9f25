//! `radar why PLAN.FIGURE`: what stands behind one figure of a plan.

use domain::deal::{Assessment, Deals};
use domain::suggest::nearest;
use domain::{Direction, Evidence};
use serde::Serialize;

use crate::answer;
use crate::fault::{Exit, Fault};
use crate::screen::{Page, Role};
use crate::show::figures::{
    Ledger, about, days, grouped_real, kind_word, line_label, money, percent, unknown_parts,
};
use crate::show::scan::foot;
use crate::show::sources::Sources;
use crate::words::Words;

/// One figure with what stands behind it.
#[derive(Clone, Debug, Serialize)]
pub struct Why {
    /// "duty", "leg2".
    pub figure: String,
    pub label: String,
    pub value: String,
    /// In words, where it is made of other figures rather than read from a source.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub made_of: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<Evidence>,
}

/// Splits "CN-sea-1.duty" and finds the plan.
pub fn find<'a>(deals: &'a Deals, given: &str) -> Result<(&'a Assessment, Option<String>), Fault> {
    if let Ok(plan) = answer::plan(deals, given) {
        return Ok((plan, None));
    }
    let (id, figure) = given.rsplit_once('.').unwrap_or((given, ""));
    let plan = answer::plan(deals, id)?;
    Ok((plan, (!figure.is_empty()).then(|| figure.to_ascii_lowercase().replace('-', "_"))))
}

/// Every figure of a plan that may be asked about, in reading order.
pub fn figures(deals: &Deals, plan: &Assessment, words: &Words) -> Vec<Why> {
    let mut out = vec![landed(deals, plan, words), per_unit(deals, plan, words)];
    for line in &plan.lines {
        let ledger = Ledger::of(deals);
        let value = line.amount.map_or_else(|| words.get("unknown"), |it| money(ledger.money(it)));
        let mut made_of = Vec::new();
        if let Some((low, high)) = line.range.map(|it| ledger.range(it)).filter(|(low, high)| low != high) {
            made_of.push(format!("P10–P90 {} – {}", money(low), money(high)));
        }
        if line.recoverable {
            made_of.push(words.get("why-recoverable"));
        }
        out.push(Why {
            figure: kind_word(line.kind),
            label: line_label(line, words),
            value,
            made_of,
            because: Some(line.because.clone()),
        });
    }
    out.extend(scenario_figures(deals, plan, words));
    out.push(carbon(plan, words));
    for (number, leg) in (1..).zip(&plan.legs) {
        let value = format!(
            "{} ({} – {}) {}",
            days(leg.days[1]),
            days(leg.days[0]),
            days(leg.days[2]),
            words.get("days")
        );
        out.push(Why {
            figure: format!("leg{number}"),
            label: format!("{}: {} – {}", words.term("mode", leg.mode.word()), leg.from.name, leg.to.name),
            value,
            made_of: vec![format!("{} km", grouped_real(leg.distance_km, 0))],
            because: Some(leg.because.clone()),
        });
    }
    out
}

fn plain(figure: &str, words: &Words, value: String, made_of: Vec<String>) -> Why {
    Why { figure: figure.to_owned(), label: words.term("figure", figure), value, made_of, because: None }
}

fn landed(deals: &Deals, plan: &Assessment, words: &Words) -> Why {
    let ledger = Ledger::of(deals);
    let figure =
        |it: &domain::CostLine| it.amount.map_or_else(|| words.get("unknown"), |it| money(ledger.money(it)));
    let mut made_of: Vec<String> = plan
        .lines
        .iter()
        .filter(|it| !it.recoverable)
        .map(|it| format!("{}: {}", it.label, figure(it)))
        .collect();
    if let Some(unknown) = unknown_parts(&plan.landed) {
        made_of.push(words.with("unknown-parts", &[("parts", &unknown)]));
    }
    let value = ledger.total(&plan.landed, words, money);
    Why { label: ledger.words("landed-cost", words), ..plain("landed", words, value, made_of) }
}

fn per_unit(deals: &Deals, plan: &Assessment, words: &Words) -> Why {
    let quantity = deals.need.quantity.to_string();
    let made_of = format!("{} / {quantity}", Ledger::of(deals).total(&plan.landed, words, money));
    let value =
        format!("{}/{}", money(Ledger::of(deals).money(plan.per_unit)), deals.need.quantity.unit.symbol());
    let why = plain("per_unit", words, value, vec![made_of]);
    if deals.need.direction == Direction::Sell {
        return Why { label: words.get("figure-per-unit-sell"), ..why };
    }
    why
}

fn scenario_figures(deals: &Deals, plan: &Assessment, words: &Words) -> Vec<Why> {
    let ledger = Ledger::of(deals);
    let arrival = &plan.arrival;
    let scenarios = words.with("why-scenarios", &[("count", &arrival.scenarios.to_string())]);
    let legs = plan
        .legs
        .iter()
        .map(|it| format!("{} – {}: {} {}", it.from.name, it.to.name, days(it.days[1]), words.get("days")));
    let mut when = vec![format!("P10–P90 {} – {}", arrival.p10, arrival.p90), scenarios.clone()];
    when.extend(legs);
    let mut out = vec![plain("arrival", words, arrival.p50.to_string(), when)];
    if let Some(on_time) = arrival.on_time_percent {
        out.push(plain("on_time", words, percent(on_time), vec![scenarios.clone()]));
    }
    if let Some((low, high)) = plan.cost_range.map(|it| ledger.range(it)) {
        out.push(plain("range", words, format!("{} – {}", money(low), money(high)), vec![scenarios.clone()]));
    }
    if let Some(risk) = plan.cost_at_risk {
        out.push(plain("at_risk", words, money(risk), vec![words.get("why-at-risk"), scenarios.clone()]));
    }
    out.push(plain("first", words, percent(plan.first_percent), vec![words.get("why-first"), scenarios]));
    out.push(plain("exposure", words, about(plan.exposure), vec![words.get("why-exposure")]));
    out.push(plain("cash_month", words, about(plan.cash_month), vec![words.get("why-cash-month")]));
    let parts = plan.score_parts.iter().map(|(axis, part)| format!("{} {part:.3}", words.term("axis", axis)));
    out.push(plain("score", words, format!("{:.3}", plan.score), parts.collect()));
    out
}

fn carbon(plan: &Assessment, words: &Words) -> Why {
    let value = plan
        .carbon
        .transport_kg
        .map_or_else(|| words.get("unknown"), |it| format!("{} kg CO2e", grouped_real(it, 0)));
    let legs = plan.legs.iter().map(|it| {
        let figure =
            it.co2e_kg.map_or_else(|| words.get("unknown"), |kg| format!("{} kg", grouped_real(kg, 0)));
        format!("{} – {}: {figure}", it.from.name, it.to.name)
    });
    let mut why = plain("carbon", words, value, legs.collect());
    why.because.clone_from(&plan.carbon.transport_because);
    why
}

/// The figures of that name; a kind of cost may have several lines.
pub fn of_name(all: Vec<Why>, plan: &Assessment, name: &str) -> Result<Vec<Why>, Fault> {
    let aliases = [
        ("freight", "main_carriage"),
        ("co2e", "carbon"),
        ("eta", "arrival"),
        ("cost", "landed"),
        ("vat", "tax"),
        ("price", "goods"),
    ];
    let wanted = aliases.iter().find(|(alias, _)| *alias == name).map_or(name, |(_, it)| *it);
    let mut names: Vec<String> = Vec::new();
    for why in &all {
        if !names.contains(&why.figure) {
            names.push(why.figure.clone());
        }
    }
    let found: Vec<Why> = all.into_iter().filter(|it| it.figure == wanted).collect();
    if !found.is_empty() {
        return Ok(found);
    }
    let near = nearest(wanted, names.iter().map(String::as_str)).unwrap_or("-");
    let args = [("figure", name), ("plan", &plan.id), ("nearest", near), ("known", &names.join(", "))];
    Err(Fault::ours(Exit::NotFound, 1908, &args))
}

/// The figures and what stands behind each.
pub fn page(plan: &Assessment, whys: &[Why], words: &Words, width: usize) -> Page {
    let mut page = Page::new(width);
    for why in whys {
        page.text(
            Role::Title,
            0,
            2,
            &format!("{}.{}  {}{}{}", plan.id, why.figure, why.label, words.get("colon"), why.value),
        );
        why.made_of.iter().for_each(|part| page.text(Role::Plain, 2, 4, part));
        if let Some(because) = &why.because {
            behind(&mut page, because, words);
        }
        page.blank();
    }
    foot(&mut page, words, false);
    page
}

fn behind(page: &mut Page, because: &Evidence, words: &Words) {
    let rows = [
        ("label-formula", because.formula.clone()),
        ("label-says", because.stated.clone()),
        ("label-basis", Some(words.term("basis-long", because.basis.word()))),
        ("label-source", Some(Sources::words(&because.source))),
        ("label-reference", because.reference.clone()),
    ];
    for (key, text) in rows {
        if let Some(text) = text {
            page.labelled(&format!("  {}", words.get(key)), 14, Role::Plain, &text);
        }
    }
}

/// The list of what may be asked.
pub fn list_page(plan: &Assessment, whys: &[Why], words: &Words, width: usize) -> Page {
    use crate::screen::grid::{Grid, Head};
    let mut page = Page::new(width);
    let example = format!("{}.{}", plan.id, whys.get(2).or(whys.first()).map_or("landed", |it| &it.figure));
    page.text(Role::Dim, 0, 2, &words.with("why-one", &[("figure", &example)]));
    page.blank();
    let mut grid = Grid::new(vec![
        Head::code(words.term("col", "figure")),
        Head::text(words.term("col", "line")),
        Head::text(words.term("col", "value")),
        Head::code(words.term("col", "basis")),
    ]);
    for why in whys {
        let basis = why.because.as_ref().map_or_else(String::new, |it| words.term("basis", it.basis.word()));
        grid.plain(vec![why.figure.clone(), why.label.clone(), why.value.clone(), basis]);
    }
    grid.lay(&mut page, 0);
    page
}
