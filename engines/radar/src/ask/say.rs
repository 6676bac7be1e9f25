//! A need as a sentence that reads back as the same need.

use std::fmt::Write as _;

use domain::{Direction, Need, Wishes};

use super::parse::dot_thousands;

/// The languages in which needs are said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    En,
    Zh,
}

/// Says a need so that parsing the sentence gives the need again, provided that its place is one that the book of places
/// finds by its code or coordinates, and its passages are known.
pub fn say(need: &Need, lang: Lang) -> String {
    let pick = |en: &'static str, zh: &'static str| if lang == Lang::En { en } else { zh };
    let list = |items: Vec<String>| items.join(pick(" or ", "或"));
    let mut text = String::new();
    let buys = need.direction == Direction::Buy;
    text.push_str(match (buys, lang) {
        (true, Lang::En) => "buy ",
        (false, Lang::En) => "sell ",
        (true, Lang::Zh) => "采购",
        (false, Lang::Zh) => "出售",
    });
    let goods = need.goods.replace('"', "\"\"");
    let quoted = if goods.trim().is_empty() { String::new() } else { format!(" \"{goods}\"") };
    let _ = write!(text, "{}{}{quoted} HS {}", amount(need), pick(" of", ""), need.hs);
    let place = need.place.locode.map_or_else(|| need.place.name.clone(), |it| it.to_string());
    let _ = write!(text, "{}{place}", if buys { pick(" to ", "，运到") } else { pick(" from ", "，从") });
    let comma = pick(", ", "，");
    let mut add = |part: String| {
        text.push_str(comma);
        text.push_str(&part);
    };
    if let Some(term) = need.incoterm {
        add(term.to_string());
    }
    if let Some(day) = need.deadline {
        add(if lang == Lang::En { format!("by {day}") } else { format!("{day}前") });
    }
    add(if lang == Lang::En {
        format!("in {}", need.currency)
    } else {
        format!("以{}付款", need.currency)
    });
    let limits = &need.limits;
    if let Some(money) = limits.landed_at_most {
        add(format!("{}{money}", pick("at most ", "不超过")));
    }
    if let Some(share) = limits.on_time_at_least {
        add(if lang == Lang::En {
            format!("at least {share} on time")
        } else {
            format!("准时率至少{share}")
        });
    }
    if let Some(mass) = limits.co2e_kg_at_most {
        add(if lang == Lang::En {
            format!("at most {mass} kg CO2e")
        } else {
            format!("碳排放不超过{mass} kg")
        });
    }
    // Before the origins: Gibraltar is both, and after "avoid" it would be read as one more of them.
    if !limits.passages_shut.is_empty() {
        add(format!("{}{}", limits.passages_shut.join(", "), pick(" shut", "关闭")));
    }
    let codes = |it: &[domain::Economy]| list(it.iter().map(ToString::to_string).collect());
    if !limits.origins_only.is_empty() {
        add(format!("{}{}", pick("only from ", "只从"), codes(&limits.origins_only)));
    }
    if !limits.origins_never.is_empty() {
        add(format!("{}{}", pick("avoid ", "不要"), codes(&limits.origins_never)));
    }
    if !limits.modes_only.is_empty() {
        add(if lang == Lang::En {
            format!("by {} only", list(limits.modes_only.iter().map(|it| it.word().to_owned()).collect()))
        } else {
            let word = |it: &domain::Mode| ["海运", "空运", "铁路", "公路"][*it as usize].to_owned();
            format!("只走{}", list(limits.modes_only.iter().map(word).collect()))
        });
    }
    if need.wishes != Wishes::default() {
        add(weights(&need.wishes, lang));
    }
    for (key, value) in &need.facts {
        add(format!("{key}=\"{}\"", value.replace('"', "\"\"")));
    }
    text
}

/// With four decimals where three could be read as thousands: 1.125 t is said as 1.1250 t.
fn amount(need: &Need) -> String {
    let text = need.quantity.to_string();
    match text.split_once(' ') {
        Some((number, unit)) if dot_thousands(number, unit).is_some() => format!("{number}0 {unit}"),
        _ => text,
    }
}

fn weights(wishes: &Wishes, lang: Lang) -> String {
    let Wishes { cost, arrival, carbon, resilience, cash } = wishes;
    match lang {
        Lang::En => {
            format!(
                "weighing cost {cost}, arrival {arrival}, carbon {carbon}, resilience {resilience}, cash {cash}"
            )
        }
        Lang::Zh => format!("权重：成本{cost}，时效{arrival}，碳{carbon}，韧性{resilience}，现金{cash}"),
    }
}
