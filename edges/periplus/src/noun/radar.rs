//! `radar scan|why|why-not|diff`.

use crate::answer;
use crate::args::{Format, Radar};
use crate::books;
use crate::fault::{Exit, Fault};
use crate::noun::{Desk, library, scan};
use crate::sheet::{Cell, Kind, Sheet};
use crate::show;

pub fn run(desk: &mut Desk<'_>, verb: &Radar) -> Result<Exit, Fault> {
    match verb {
        Radar::Scan { need, quotes, plans, out, dossier } => {
            let asked = scan::Asked { need, quotes, plans: *plans, out: out.as_deref(), dossier: *dossier };
            scan::run(desk, &asked)
        }
        Radar::Why { figure, answer } => why(desk, figure, answer.answer.as_deref()),
        Radar::WhyNot { what, answer } => {
            why_not(desk, what.as_deref().unwrap_or(""), answer.answer.as_deref())
        }
        Radar::Diff { before, after } => diff(desk, before, after.as_deref()),
    }
}

fn why(desk: &mut Desk<'_>, figure: &str, file: Option<&str>) -> Result<Exit, Fault> {
    let format = desk.format_among(&[Format::Table, Format::Json])?;
    let read = answer::read(desk, file)?;
    let answer = desk.spoken(&read, format);
    let (plan, name) = show::why::find(&answer.deals, figure)?;
    let all = show::why::figures(&answer.deals, plan, &desk.words);
    let width = desk.settings.width;
    let (whys, page) = match name {
        None => {
            let page = show::why::list_page(plan, &all, &desk.words, width);
            (all, page)
        }
        Some(name) => {
            let whys = show::why::of_name(all, plan, &name)?;
            let page = show::why::page(plan, &whys, &desk.words, width);
            (whys, page)
        }
    };
    if format == Format::Json {
        let value = serde_json::json!({ "schema": "periplus.why/1", "plan": plan.id, "figures": whys });
        desk.print_json(&value)?;
    } else {
        desk.print_page(&page)?;
    }
    Ok(Exit::Ok)
}

fn why_not(desk: &mut Desk<'_>, what: &str, file: Option<&str>) -> Result<Exit, Fault> {
    let format = desk.format_among(&[Format::Table, Format::Json, Format::Jsonl, Format::Csv])?;
    let answer = answer::read(desk, file)?;
    let meant = economy_code(desk, what);
    let found = show::why_not::find(&answer.deals, meant.as_deref().unwrap_or(what), &desk.words)?;
    match format {
        Format::Json => {
            desk.print_json(&serde_json::json!({ "schema": "periplus.why-not/1", "answer": found }))?
        }
        Format::Table => {
            let spoken = desk.spoken(&answer, format);
            let page = show::why_not::page(
                &spoken.deals,
                &found.told_in(&answer.deals, &spoken.deals),
                &desk.words,
                desk.settings.width,
                desk.global.verbose > 0,
            );
            desk.print_page(&page)?;
        }
        _ => {
            let sheet = drops_sheet(desk, &found);
            desk.print_sheet(&sheet)?
        }
    }
    Ok(Exit::Ok)
}

/// The code of an economy that is named in full, in any language of the table: "Germany", "德国".
fn economy_code(desk: &Desk<'_>, what: &str) -> Option<String> {
    if what.trim().chars().count() <= 3 && what.is_ascii() {
        return None;
    }
    let economies = books::economies(&library(desk).ok()?).ok()?;
    economies.find_word(what).map(|it| it.code().to_owned())
}

fn drops_sheet(desk: &Desk<'_>, found: &show::why_not::WhyNot<'_>) -> Sheet {
    let columns = [
        ("reason", Kind::Code),
        ("count", Kind::Whole),
        ("origin", Kind::Code),
        ("route", Kind::Text),
        ("choice", Kind::Text),
        ("text", Kind::Text),
        ("by", Kind::Code),
    ];
    let mut sheet = Sheet::with_keys("drops", &desk.words, &columns);
    let maybe = |it: Option<String>| Cell::text(it.unwrap_or_default());
    for drop in &found.drops {
        sheet.rows.push(vec![
            Cell::text(drop.reason.word()),
            Cell::Whole(i64::try_from(drop.count).unwrap_or(i64::MAX)),
            maybe(drop.origin.map(|it| it.to_string())),
            maybe(drop.route.clone()),
            maybe(drop.choice.clone()),
            Cell::text(&drop.text),
            maybe(drop.by.clone()),
        ]);
    }
    sheet
}

fn diff(desk: &mut Desk<'_>, before: &str, after: Option<&str>) -> Result<Exit, Fault> {
    let format = desk.format_among(&[Format::Table, Format::Json])?;
    let (before, after) = (answer::read(desk, Some(before))?, answer::read(desk, after)?);
    let (before, after) = (desk.spoken(&before, format), desk.spoken(&after, format));
    let changes = show::diff::changes(&before.deals, &after.deals, &desk.words);
    if format == Format::Json {
        desk.print_json(&serde_json::json!({ "schema": "periplus.diff/1", "changes": changes }))?;
    } else {
        let page = show::diff::page(&changes, &desk.words, desk.settings.width);
        desk.print_page(&page)?;
    }
    Ok(Exit::Ok)
}
