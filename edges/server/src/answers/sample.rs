//! The bundled need, answered at the start, so that nobody begins at an empty form.

use std::sync::Arc;

use desk::quotes::Brought;
use desk::scan::{Manner, NeedText};
use radar::Settings;

use super::Document;
use super::scan::{self, Begun, Made};
use crate::app::{App, Sample};
use crate::hall::Hall;
use crate::problem::Problem;

/// The id of the sample's answer: it is the same for everyone and belongs to nobody.
pub const SAMPLE_ID: &str = "sample";
const NEED: &str = include_str!("../../../../deals/magnets-birmingham.md");
/// What fits a page; the slider is smoother with more.
const SHORTLIST: usize = 24;

/// Answers the bundled need with the books of the hall.
pub(crate) async fn answer_sample(app: &App, hall: Arc<Hall>) {
    let (as_of, watts) = (app.config().today(), app.config().watts_per_core);
    let made = app.pool().run(move || answer(&hall, as_of, watts)).await;
    let made = made
        .and_then(|it| it)
        .map(|(document, dossier)| Sample { document: Arc::new(document), dossier: dossier.into() });
    app.replies().forget(&format!("*/{SAMPLE_ID}/"));
    app.set_sample(made);
}

fn answer(hall: &Hall, as_of: domain::Date, watts: f64) -> Result<(Document, Vec<u8>), Problem> {
    let begun = Begun::now();
    let text = NeedText { words: NEED.to_owned(), is_file: true };
    let asked = hall.room.read_need(&text, as_of)?;
    let settings = Settings { shortlist: SHORTLIST, ..Settings::default() };
    let manner = Manner { as_of, seed: 1, settings };
    let made = scan::decide(hall, asked, Brought::default(), &manner, radar::WhatIf::default())?;
    let Made { mut document, dossier } = scan::finish(hall, made, begun, watts)?;
    SAMPLE_ID.clone_into(&mut document.id);
    document.sample = true;
    document.text = document.sentence.clone();
    Ok((document, dossier))
}
