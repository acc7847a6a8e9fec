//! The API: what the pages show, for programs. Its description is made from these types.

mod alerts;
mod changed;
mod check;
mod corrections;
mod describe;
mod findings;
mod nouns;
mod outlets;
mod paths;
mod problem;
mod reports;
mod saved;
mod search;
mod shapes;
mod status;
mod stories;
mod times;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use utoipa_axum::router::OpenApiRouter;

use crate::State;
use problem::Problem;

/// The most that a request may hand in.
const MOST_BYTES: usize = 1 << 20;

/// Returns the routes of this part.
pub fn routes() -> Router<State> {
    let (rooms, _) = rooms().split_for_parts();
    rooms
        .route("/api/openapi.json", get(describe::answer))
        .route("/api", any(unknown))
        .route("/api/{*rest}", any(unknown))
        .method_not_allowed_fallback(wrong_method)
        .layer(DefaultBodyLimit::max(MOST_BYTES))
}

/// Says what went wrong before a request came to a room of the API.
pub fn problem(status: StatusCode, words: &str) -> Response {
    Problem::said(status, words).into_response()
}

/// Returns the description of the API as text, as it is served and committed.
pub fn description() -> String {
    describe::text()
}

fn rooms() -> OpenApiRouter<State> {
    let rooms = OpenApiRouter::with_openapi(describe::frame())
        .merge(stories::routes())
        .merge(changed::routes())
        .merge(findings::routes())
        .merge(reports::routes())
        .merge(search::routes())
        .merge(outlets::routes())
        .merge(saved::routes())
        .merge(alerts::routes())
        .merge(corrections::routes())
        .merge(check::routes())
        .merge(status::routes());
    OpenApiRouter::new().nest("/api/v1", rooms)
}

/// How much of a list is told where nobody says.
fn hundred() -> usize {
    100
}

async fn unknown(request: Request) -> impl IntoResponse {
    let detail = format!("there is nothing at `{}`", request.uri().path());
    Problem::new(StatusCode::NOT_FOUND, detail, "the addresses stand in /api/openapi.json")
}

async fn wrong_method(request: Request) -> impl IntoResponse {
    let detail = format!("`{}` cannot be asked with {}", request.uri().path(), request.method());
    let next = "the header `allow` names the methods that can; /api/openapi.json says what each does";
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, detail, next)
}

#[cfg(test)]
mod tests;
