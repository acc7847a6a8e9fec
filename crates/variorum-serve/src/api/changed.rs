//! What changed in a story since it was last looked at.

use axum::Json;
use axum::extract::State as In;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use variorum_newsroom::{Changes, Since, changes};

use super::problem::{Path, Problem, Query};
use super::stories::absent;
use super::{nouns, times};
use crate::State;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(get_story_changes))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct Compared {
    /// The moment to compare with: the number of an edition, or a time (RFC 3339).
    #[param(example = "2026-03-05T08:40:00Z")]
    since: String,
}

/// What changed in a story.
#[derive(Debug, Serialize, ToSchema)]
struct StoryChanges {
    /// The edition that it is compared with; null where the story was not there yet.
    from: Option<Edition>,
    /// The edition of now.
    to: Edition,
    /// Reports that came.
    #[schema(schema_with = nouns::report_ids)]
    came: Vec<variorum_news::ReportId>,
    /// Reports that left.
    #[schema(schema_with = nouns::report_ids)]
    left: Vec<variorum_news::ReportId>,
    /// Reports whose words changed.
    #[schema(schema_with = nouns::report_ids)]
    revised: Vec<variorum_news::ReportId>,
    /// How many independent origins there were.
    origins_before: u32,
    /// How many there are.
    origins_now: u32,
    /// Keys of variants that are new.
    new_variants: Vec<String>,
    /// How many variants are gone.
    settled_variants: usize,
    /// Keys of drift that is new.
    new_drift: Vec<String>,
    /// How many drift is gone.
    settled_drift: usize,
}

/// A state of a story.
#[derive(Debug, Serialize, ToSchema)]
struct Edition {
    /// Its number, from 1.
    n: u32,
    /// When it was made.
    #[schema(format = DateTime)]
    at: String,
}

impl From<(u32, i64)> for Edition {
    fn from((n, at): (u32, i64)) -> Self {
        Edition { n, at: times::text(at) }
    }
}

impl From<Changes> for StoryChanges {
    fn from(changes: Changes) -> Self {
        StoryChanges {
            from: changes.from.map(Edition::from),
            to: changes.to.into(),
            came: changes.came,
            left: changes.left,
            revised: changes.revised,
            origins_before: changes.origins.0,
            origins_now: changes.origins.1,
            new_variants: changes.new_variants,
            settled_variants: changes.settled_variants,
            new_drift: changes.new_drift,
            settled_drift: changes.settled_drift,
        }
    }
}

/// Tells what changed in a story since an edition or a time.
#[utoipa::path(
    get, path = "/stories/{id}/changes", tag = "stories", operation_id = "getStoryChanges",
    params(("id" = String, Path, description = "The name of the story, percent-encoded."), Compared),
    responses(
        (status = 200, description = "What changed.", body = StoryChanges),
        (status = 404, description = "There is no story of this name.", body = Problem, content_type = "application/problem+json"),
        (status = 410, description = "It was forgotten.", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn get_story_changes(
    In(state): In<State>,
    Path(id): Path<String>,
    Query(compared): Query<Compared>,
) -> Result<Json<StoryChanges>, Problem> {
    let since = since(&compared.since).ok_or_else(|| {
        let detail = format!("`since` is `{}`, neither an edition nor a time", compared.since);
        Problem::asked(detail, "give a number, such as 3, or a time, such as 2026-03-05T08:40:00Z")
    })?;
    let changes = state
        .read(move |view| match changes(view, &id, since)? {
            Some(changes) => Ok(changes),
            None => Err(absent(view, &id)?),
        })
        .await?;
    Ok(Json(changes.into()))
}

fn since(text: &str) -> Option<Since> {
    text.parse().map(Since::Edition).ok().or_else(|| times::seconds(text).map(Since::Time))
}
