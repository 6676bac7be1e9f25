//! The HTTP face: workbench, API, events, tools for assistants, jobs and sign-in.
//!
//! The way of a request: [`guard`] lets it in, a handler asks the engines in the [`pool`] over the books of the [`hall`], and the
//! guard sends what came out. What is kept is kept for one organisation, which only [`who`] can name.
#![allow(unused_qualifications, reason = "the macro that describes routes writes them")]
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test that unwraps says what it expects"))]

pub mod answers;
pub mod app;
pub mod arrow;
pub mod books;
pub mod cache;
pub mod config;
pub mod guard;
pub mod hall;
pub mod lang;
pub mod list;
pub mod log;
pub mod look;
pub mod openapi;
pub mod own;
pub mod platform;
pub mod pool;
pub mod problem;
pub mod reply;
pub mod root;
pub mod serve;
pub mod tables;
pub mod take;
pub mod upload;
pub mod web;
pub mod who;

pub use app::App;
pub use config::Config;
pub use problem::Problem;
pub use serve::{Served, run};

use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use utoipa_axum::router::OpenApiRouter;

/// The whole of the server as one router, and its description.
pub fn router(app: &App) -> axum::Router {
    let api = OpenApiRouter::new()
        .merge(answers::routes())
        .merge(look::routes())
        .merge(books::routes())
        .merge(own::routes())
        .merge(platform::routes())
        .merge(root::api());
    let beginning = <openapi::Beginning as utoipa::OpenApi>::openapi();
    let (api, described) = OpenApiRouter::with_openapi(beginning).nest("/api/v1", api).split_for_parts();
    app.set_spec(openapi::Spec::of(&described));
    api.merge(root::routes())
        .merge(platform::root_routes(app))
        .route_layer(from_fn_with_state(app.clone(), platform::idempotency::layer))
        .route_layer(from_fn_with_state(app.clone(), platform::gate::gate))
        .fallback(web::page)
        .method_not_allowed_fallback(async || Problem::ours(StatusCode::METHOD_NOT_ALLOWED, 2013, &[]))
        .layer(from_fn_with_state(app.clone(), guard::guard))
        .with_state(app.clone())
}
