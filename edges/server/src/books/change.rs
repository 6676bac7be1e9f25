//! What changes the books in force, and what looks whether they are sound.

use std::sync::Arc;

use axum::extract::{Path, State};
use lake::books::{Health, Installed};
use serde::Serialize;
use utoipa::ToSchema;

use crate::answers;
use crate::app::App;
use crate::hall::Hall;
use crate::problem::Problem;
use crate::reply::Reply;
use crate::who::Who;

/// What became of a book.
#[derive(Debug, Serialize, ToSchema)]
pub struct BookChange {
    pub book: String,
    pub edition: String,
    /// The edition that was in force before.
    #[schema(required)]
    pub before: Option<String>,
    /// Whether the very same tables were in force already.
    pub unchanged: bool,
    pub rows_before: u64,
    pub rows: u64,
}

impl BookChange {
    pub fn of(done: &Installed) -> Self {
        Self {
            book: done.book.clone(),
            edition: done.edition.clone(),
            before: done.before.clone(),
            unchanged: done.unchanged,
            rows_before: done.rows_before,
            rows: done.rows,
        }
    }
}

/// Opens the books anew and lets everyone know. What was installed stands on disk already, so that a server that ends here opens it
/// the next time.
pub(super) async fn changed(app: &App, who: &Who, done: &Installed) -> Result<(), Problem> {
    let opening = app.clone();
    let hall: Arc<Hall> = app.heavy().run(move || opening.reopen()).await??;
    app.platform().book_changed(&done.book, &done.edition, who).await?;
    let sample = app.clone();
    tokio::spawn(async move { answers::answer_sample(&sample, hall).await });
    Ok(())
}

/// Puts the edition before the one in force in force again
#[utoipa::path(post, path = "/books/{name}/rollback", tag = "books", params(("name" = String, Path)),
    responses((status = 200, description = "What is in force now", body = BookChange),
        (status = 409, description = "There is nothing older, or another change is under way", body = crate::problem::Written)))]
pub async fn roll_back(State(app): State<App>, who: Who, Path(name): Path<String>) -> Result<Reply, Problem> {
    let _turn = app.turn().await;
    let dir = app.config().data_dir.clone();
    let back = move || -> Result<Installed, Problem> { Ok(lake::Library::open(&dir)?.rollback(&name)?) };
    let done = app.heavy().run(back).await??;
    changed(&app, &who, &done).await?;
    Reply::json(&BookChange::of(&done))
}

/// Whether the tables of a book are what its source says.
#[derive(Debug, Serialize, ToSchema)]
pub struct BookCheck {
    name: String,
    ok: bool,
    text: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct BookChecks {
    ok: bool,
    items: Vec<BookCheck>,
}

/// Compares every table of every book with its hash
#[utoipa::path(post, path = "/books/verify", tag = "books", responses((status = 200, description = "Book by book", body = BookChecks)))]
pub async fn verify_books(State(app): State<App>, _who: Who) -> Result<Reply, Problem> {
    let hall = app.hall().await?;
    let all = app.heavy().run(move || hall.room.library.verify()).await?;
    let check = |it: lake::books::BookStatus| match it.health {
        Health::Damaged(why) => BookCheck { name: it.book, ok: false, text: why },
        _ => BookCheck { name: it.book, ok: true, text: String::new() },
    };
    let items: Vec<BookCheck> = all.into_iter().map(check).collect();
    Reply::json(&BookChecks { ok: items.iter().all(|it| it.ok), items })
}
