//! `plan show|verify|export`.

use domain::deal::{Assessment, Deals};

use crate::answer::{self, Answer};
use crate::args::{Format, Plan};
use crate::fault::{Exit, Fault};
use crate::noun::Desk;
use crate::{export, show};

pub fn run(desk: &mut Desk<'_>, verb: &Plan) -> Result<Exit, Fault> {
    match verb {
        Plan::Show { id, answer } => show_plan(desk, id.as_deref(), answer.answer.as_deref()),
        Plan::Verify { .. } => Err(Fault::ours(Exit::DataMissing, 1915, &[("book", "radar")])),
        Plan::Export { id, out, answer } => {
            export(desk, id.as_deref(), out.as_deref(), answer.answer.as_deref())
        }
    }
}

/// The plan that is meant; without a name the first.
fn chosen<'a>(deals: &'a Deals, id: Option<&str>) -> Result<&'a Assessment, Fault> {
    match id {
        Some(id) => answer::plan(deals, id),
        None => deals.plans.first().ok_or_else(|| Fault::ours(Exit::NoFeasiblePlan, 1914, &[])),
    }
}

fn show_plan(desk: &mut Desk<'_>, id: Option<&str>, file: Option<&str>) -> Result<Exit, Fault> {
    let format = desk.format_among(&[Format::Table, Format::Json, Format::Html, Format::Xlsx])?;
    let answer = answer::read(desk, file)?;
    let plan = chosen(&answer.deals, id)?;
    match format {
        Format::Table => {
            let page =
                show::plan::page(&answer.deals, plan, &desk.words, desk.settings.width, desk.global.explain);
            desk.print_page(&page)?;
        }
        Format::Json => {
            desk.print_json(
                &serde_json::json!({ "schema": "periplus.plan/1", "need": answer.deals.need, "plan": plan }),
            )?;
        }
        _ => write_export(desk, &answer, Some(plan), format, None)?,
    }
    Ok(Exit::Ok)
}

fn export(
    desk: &mut Desk<'_>,
    id: Option<&str>,
    out: Option<&str>,
    file: Option<&str>,
) -> Result<Exit, Fault> {
    let ending =
        out.and_then(|it| it.rsplit_once('.')).and_then(|(_, it)| Format::of_word(&it.to_ascii_lowercase()));
    let format = match (ending, desk.settings.format) {
        // A page is what one most often wants when nothing is said.
        (None, Format::Table) => Format::Html,
        (None, format) => format,
        (Some(format), _) => format,
    };
    if !matches!(format, Format::Html | Format::Xlsx | Format::Json) {
        return Err(Fault::ours(
            Exit::Usage,
            1912,
            &[("format", format.word()), ("known", "html, xlsx, json")],
        ));
    }
    let answer = answer::read(desk, file)?;
    let plan = id.map(|it| answer::plan(&answer.deals, it)).transpose()?;
    if format == Format::Json && plan.is_none() {
        // The whole answer, dossier included, byte for byte.
        let (_, text) = answer::read_text(desk, file)?;
        return hand_over(desk, text.as_bytes(), out).map(|()| Exit::Ok);
    }
    write_export(desk, &answer, plan, format, out)?;
    Ok(Exit::Ok)
}

/// Writes an answer, or one plan of it, as HTML, XLSX or JSON.
pub fn write_export(
    desk: &mut Desk<'_>,
    answer: &Answer,
    plan: Option<&Assessment>,
    format: Format,
    out: Option<&str>,
) -> Result<(), Fault> {
    let bytes = match format {
        Format::Xlsx => export::xlsx::answer(&answer.deals, plan, &desk.words)?,
        Format::Json => {
            let value =
                serde_json::json!({ "schema": "periplus.plan/1", "need": answer.deals.need, "plan": plan });
            format!("{value:#}\n").into_bytes()
        }
        _ => export::html::answer(&answer.deals, plan, &desk.words).into_bytes(),
    };
    if format.is_binary() && out.is_none() && desk.around.out_is_terminal {
        return Err(Fault::ours(Exit::Usage, 1919, &[("format", format.word())]));
    }
    hand_over(desk, &bytes, out)
}

fn hand_over(desk: &mut Desk<'_>, bytes: &[u8], out: Option<&str>) -> Result<(), Fault> {
    match out {
        None => Ok(desk.out.write_all(bytes)?),
        Some(path) => {
            let path = desk.around.path(path);
            answer::write_whole(&path, bytes)?;
            let said = desk.words.with("wrote", &[("path", &path.display().to_string())]);
            desk.say(&said);
            Ok(())
        }
    }
}
