//! Who asks. Handlers take a [`Who`]; how one is made out of a request is the platform's matter.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use crate::app::App;
use crate::platform;
use crate::problem::Problem;

pub use crate::platform::Who;

impl FromRequestParts<App> for Who {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Problem> {
        platform::who(parts)
    }
}
