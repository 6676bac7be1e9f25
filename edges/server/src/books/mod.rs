//! Books over HTTP: what is in force, its tables, its editions and their differences, and how a new one comes in.

pub mod change;
pub mod diff;
pub mod edition;
pub mod import;
pub mod list;
pub mod tables;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list_books))
        .routes(routes!(change::verify_books))
        .routes(routes!(import::import_book))
        .routes(routes!(list::get_book))
        .routes(routes!(tables::get_table))
        .routes(routes!(list::list_editions))
        .routes(routes!(diff::diff_editions))
        .routes(routes!(change::roll_back))
}
