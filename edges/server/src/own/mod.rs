//! What an organisation keeps of its own: quotes with the sheets they came in, needs, deals.

pub mod deals;
pub mod needs;
pub mod papers;
pub mod quote;
pub mod quotes;
pub mod sheet;
pub mod sheets;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(quotes::list_quotes, quotes::add_quote))
        .routes(routes!(quotes::get_quote, quotes::change_quote, quotes::delete_quote))
        .routes(routes!(quotes::list_supplying))
        .routes(routes!(sheets::list_sheets, sheets::add_sheet))
        .routes(routes!(sheets::get_sheet))
        .routes(routes!(sheets::map_sheet))
        .routes(routes!(sheets::accept_sheet))
        .routes(routes!(needs::list_needs, needs::add_need))
        .routes(routes!(needs::get_need, needs::change_need, needs::delete_need))
        .routes(routes!(deals::list_deals, deals::add_deal))
        .routes(routes!(deals::get_deal, deals::change_deal))
        .routes(routes!(deals::add_event))
        .routes(routes!(deals::history))
        .routes(routes!(papers::list_papers, papers::add_paper))
        .routes(routes!(papers::get_paper_file))
}
