//! Questions that need no plan: what a word means, ways, tariffs, duties, trade.

pub mod customs;
pub mod market;
pub mod places;
pub mod ways;

use domain::{Date, DomainError, Economy, HsCode};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::hall::Hall;
use crate::problem::Problem;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(places::find_places))
        .routes(routes!(places::find_goods))
        .routes(routes!(places::list_economies))
        .routes(routes!(ways::find_ways))
        .routes(routes!(customs::get_tariff))
        .routes(routes!(customs::reckon_duty))
        .routes(routes!(market::list_suppliers))
        .routes(routes!(market::get_price))
}

/// An economy by code or name in any language of the table.
fn economy(hall: &Hall, word: &str) -> Result<Economy, Problem> {
    Ok(desk::books::economy(&hall.room.tables.economies, word)?)
}

fn goods(code: &str) -> Result<HsCode, Problem> {
    code.parse().map_err(bad)
}

/// Trade statistics are by subheading.
fn subheading(code: &str) -> Result<HsCode, Problem> {
    let hs = goods(code)?;
    Ok(hs.subheading().unwrap_or(hs))
}

#[expect(clippy::needless_pass_by_value, reason = "it is handed to map_err")]
fn bad(error: DomainError) -> Problem {
    desk::Fault::said(desk::Exit::BadInput, &error.to_string()).into()
}

fn day(app: &App, asked: Option<Date>) -> Date {
    asked.unwrap_or_else(|| app.config().today())
}
