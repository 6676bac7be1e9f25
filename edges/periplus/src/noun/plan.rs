//! `plan show|verify|export`.

use std::fmt::Write as _;

use ::desk::scan::decide_fault;
use domain::deal::{Assessment, Deals};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::answer::{self, Answer};
use crate::args::{Format, Plan};
use crate::fault::{Exit, Fault};
use crate::noun::Desk;
use crate::screen::Role;
use crate::{progress, show};

pub fn run(desk: &mut Desk<'_>, verb: &Plan) -> Result<Exit, Fault> {
    match verb {
        Plan::Show { id, answer } => show_plan(desk, id.as_deref(), answer.answer.as_deref()),
        Plan::Verify { file } => verify(desk, file.as_deref()),
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
    let format =
        desk.format_among(&[Format::Table, Format::Json, Format::Html, Format::Pdf, Format::Xlsx])?;
    let read = answer::read(desk, file)?;
    let answer = desk.spoken(&read, format);
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
        _ => write_export(desk, &read, Some(plan), format, None)?,
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
    if !matches!(format, Format::Html | Format::Pdf | Format::Xlsx | Format::Json) {
        return Err(Fault::ours(
            Exit::Usage,
            1912,
            &[("format", format.word()), ("known", "html, pdf, xlsx, json")],
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

/// Writes an answer, or one plan of it, as HTML, PDF, XLSX or JSON. Papers say themselves what they say in a language.
pub fn write_export(
    desk: &mut Desk<'_>,
    answer: &Answer,
    plan: Option<&Assessment>,
    format: Format,
    out: Option<&str>,
) -> Result<(), Fault> {
    let plan = plan.and_then(|it| answer.deals.plans.iter().find(|other| other.id == it.id));
    let bytes = match format {
        Format::Pdf => papers::pdf::answer(&answer.deals, plan, &desk.words)?,
        Format::Xlsx => papers::xlsx::answer(&answer.deals, plan, &desk.words)?,
        Format::Json => {
            let value =
                serde_json::json!({ "schema": "periplus.plan/1", "need": answer.deals.need, "plan": plan });
            format!("{value:#}\n").into_bytes()
        }
        _ => papers::html::answer(&answer.deals, plan, &desk.words).into_bytes(),
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

/// An answer with the dossier that it was decided from.
#[derive(Deserialize)]
struct WithDossier {
    schema: String,
    deals: Value,
    #[serde(default)]
    dossier: Option<::radar::Dossier>,
}

/// What `plan verify --json` says.
#[derive(Serialize)]
struct Verdict {
    schema: &'static str,
    verified: bool,
    dossier: String,
    plans: usize,
    /// Places that differ, as JSON pointers; at most [`DIFFERENCES_SHOWN`].
    differences: Vec<String>,
    count: usize,
}

/// Places listed; all are counted.
const DIFFERENCES_SHOWN: usize = 20;

fn verify(desk: &mut Desk<'_>, file: Option<&str>) -> Result<Exit, Fault> {
    let format = desk.format_among(&[Format::Table, Format::Json])?;
    let (path, text) = answer::read_text(desk, file)?;
    let name = path.display().to_string();
    let read: WithDossier = serde_json::from_str(&text)
        .map_err(|it| answer::unreadable(&path, &answer::newer(&text, &it.to_string())))?;
    if read.schema != answer::SCHEMA {
        return Err(answer::unreadable(
            &path,
            &format!("schema {}, expected {}", read.schema, answer::SCHEMA),
        ));
    }
    let dossier = read.dossier.ok_or_else(|| Fault::ours(Exit::BadInput, 1921, &[("path", &name)]))?;
    let message = desk.words.get("deciding");
    let again = progress::during(desk.around, &message, || ::radar::decide(&dossier))
        .map_err(|it| decide_fault(&it))?;
    let again_json = serde_json::to_value(&again).unwrap_or_default();
    let mut differences = Vec::new();
    differ(&mut String::new(), &read.deals, &again_json, &mut differences);
    let count = differences.len();
    let first = differences.first().cloned().unwrap_or_default();
    differences.truncate(DIFFERENCES_SHOWN);
    let verdict = Verdict {
        schema: "periplus.verify/1",
        verified: count == 0,
        dossier: again.dossier.to_string(),
        plans: again.plans.len(),
        differences,
        count,
    };
    match format {
        Format::Json => desk.print_json(&verdict)?,
        _ if verdict.verified => {
            let args = [
                ("path", name.as_str()),
                ("plans", &again.plans.len().to_string()),
                ("dossier", again.dossier.short()),
            ];
            let text = desk.words.with("verified", &args);
            let mut page = desk.page();
            page.text(Role::Good, 0, 2, &text);
            desk.print_page(&page)?;
        }
        _ => {
            let mut page = desk.page();
            verdict.differences.iter().for_each(|it| page.text(Role::Warn, 0, 2, it));
            desk.print_page(&page)?;
        }
    }
    if verdict.verified {
        return Ok(Exit::Ok);
    }
    Err(Fault::ours(
        Exit::VerifyMismatch,
        1920,
        &[("path", &name), ("count", &count.to_string()), ("first", &first)],
    ))
}

/// Where two JSON values differ.
fn differ(at: &mut String, left: &Value, right: &Value, out: &mut Vec<String>) {
    let len = at.len();
    match (left, right) {
        (Value::Object(a), Value::Object(b)) => {
            let mut keys: Vec<&String> = a.keys().chain(b.keys()).collect();
            keys.sort();
            keys.dedup();
            for key in keys {
                at.push('/');
                at.push_str(key);
                differ(at, a.get(key).unwrap_or(&Value::Null), b.get(key).unwrap_or(&Value::Null), out);
                at.truncate(len);
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (index, (a, b)) in a.iter().zip(b).enumerate() {
                let _ = write!(at, "/{index}");
                differ(at, a, b, out);
                at.truncate(len);
            }
        }
        (a, b) if a != b => out.push(at.clone()),
        _ => {}
    }
}
