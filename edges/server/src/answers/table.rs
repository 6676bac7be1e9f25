//! Plans of an answer as a table.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use serde::Deserialize;
use utoipa::IntoParams;

use super::made_once;
use crate::app::App;
use crate::lang::{Language, with_words};
use crate::problem::{Problem, Written};
use crate::reply::Reply;
use crate::tables::Shape;
use crate::take::Args;
use crate::who::Who;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TableArgs {
    /// json, csv, xlsx, parquet or arrow; else by `Accept`.
    #[param(inline, schema_with = crate::openapi::shapes)]
    #[serde(default)]
    format: Option<String>,
}

/// Plans of an answer as a table
#[utoipa::path(get, path = "/answers/{id}/plans", tag = "radar", params(("id" = String, Path), TableArgs),
    responses((status = 200, description = "One row for each plan", content(
        (ref("#/components/schemas/Sheet") = "application/json"), (String = "text/csv"),
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (Vec<u8> = "application/vnd.apache.parquet"), (Vec<u8> = "application/vnd.apache.arrow.stream"))),
        (status = 406, description = "No such format", body = Written)))]
pub(super) async fn get_plans(
    State(app): State<App>,
    who: Who,
    language: Language,
    headers: HeaderMap,
    Path(id): Path<String>,
    Args(args): Args<TableArgs>,
) -> Result<Reply, Problem> {
    let shape = Shape::asked(args.format.as_deref(), &headers)?;
    let hall = app.hall().await?;
    let part = format!("plans/{}", shape.word());
    let made = made_once(&app, &who, &id, &part, language, move |document| {
        with_words(language.words, Some(&hall.room.tables.economies), |words| {
            shape.entry(&desk::show::table::plans(&document.deals, words), words)
        })
    });
    let reply = Reply::shared(made.await?);
    Ok(if shape == Shape::Json { reply } else { reply.attachment(&format!("plans.{}", shape.word())) })
}
