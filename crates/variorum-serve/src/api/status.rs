//! How the newsroom stands.

use axum::Json;
use axum::extract::State as In;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::problem::Problem;
use crate::State;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(get_status))
}

/// How the newsroom stands.
#[derive(Debug, Serialize, ToSchema)]
struct Status {
    /// The version of the program.
    #[schema(example = "0.1.0")]
    version: String,
    /// The version of the record's tables.
    record_version: i64,
    /// The number of the last change of anything that is told.
    change: i64,
    /// How many reports there are.
    reports: u64,
    /// How many stories.
    stories: u64,
    /// How many of them wait to be made anew.
    stale: u64,
}

/// Tells how much is here and what waits.
#[utoipa::path(
    get, path = "/status", tag = "status", operation_id = "getStatus",
    responses((status = 200, description = "How it stands.", body = Status))
)]
async fn get_status(In(state): In<State>) -> Result<Json<Status>, Problem> {
    let status = state.read(|view| {
        let (stories, stale) = view.story_counts()?;
        Ok(Status {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            record_version: view.version()?,
            change: view.change()?,
            reports: view.count()?,
            stories,
            stale,
        })
    });
    Ok(Json(status.await?))
}
