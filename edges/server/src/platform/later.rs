//! What requests left to be done in the background.

use serde_json::{Value as Json, json};

use super::jobs::{Control, Ended};
use super::who::Who;
use crate::app::App;

/// A scan whose answer is kept. Begun anew after a crash, it gives the same plans under another id; nobody was told the first.
///
/// # Errors
/// As the scan.
pub(super) async fn scan(app: &App, who: &Who, input: Json, control: &Control) -> Result<Json, Ended> {
    control.go_on()?;
    control.at(0, 1, "deciding", &Json::Null);
    let id = crate::answers::scan::run(app, who, input).await?;
    Ok(json!({ "href": format!("/api/v1/answers/{id}") }))
}
