//! Where the reports of a story differ, and what its rewrites bent.

use axum::Json;
use axum::extract::State as In;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use variorum_news::{Drift, Variant};
use variorum_newsroom::{drift_key, variant_key};

use super::nouns;
use super::paths::encoded;
use super::problem::{Path, Problem};
use super::shapes::DecisionEntry;
use super::stories::find;
use crate::State;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(get_story_variants)).routes(routes!(get_story_drift))
}

/// The differences of a story.
#[derive(Debug, Serialize, ToSchema)]
struct VariantList {
    /// The differences, in the order of the story.
    items: Vec<VariantEntry>,
    /// The same as a table (`text/csv`), a row for each reading.
    #[schema(example = "/story/s41c9/variants.csv")]
    csv: String,
}

/// A difference.
#[derive(Debug, Serialize, ToSchema)]
struct VariantEntry {
    /// Its key: the same after the story is made anew.
    key: String,
    /// What a person said of it; null where nobody did.
    decision: Option<DecisionEntry>,
    /// The difference, each side with its span.
    #[schema(schema_with = nouns::variant)]
    variant: Variant,
}

/// Tells where the reports of a story differ.
#[utoipa::path(
    get, path = "/stories/{id}/variants", tag = "stories", operation_id = "getStoryVariants",
    params(("id" = String, Path, description = "The name of the story, percent-encoded.")),
    responses(
        (status = 200, description = "The differences.", body = VariantList),
        (status = 404, description = "There is no story of this name.", body = Problem, content_type = "application/problem+json"),
        (status = 410, description = "It was forgotten.", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn get_story_variants(In(state): In<State>, Path(id): Path<String>) -> Result<Json<VariantList>, Problem> {
    let told = state.read(move |view| find(view, &id)).await?;
    let entry = |variant: Variant| {
        let key = variant_key(&variant);
        VariantEntry { decision: told.decisions.get(&key).map(DecisionEntry::from), key, variant }
    };
    let csv = format!("/story/{}/variants.csv", encoded(&told.card.id));
    Ok(Json(VariantList { csv, items: told.story.variants.into_iter().map(entry).collect() }))
}

/// What the rewrites of a story bent.
#[derive(Debug, Serialize, ToSchema)]
struct DriftList {
    /// The drift, in the order of the story.
    items: Vec<DriftEntry>,
    /// The same as a table (`text/csv`), a row each.
    #[schema(example = "/story/s41c9/drift.csv")]
    csv: String,
}

/// A thing that a rewrite bent.
#[derive(Debug, Serialize, ToSchema)]
struct DriftEntry {
    /// Its key: the same after the story is made anew.
    key: String,
    /// What a person said of it; null where nobody did.
    decision: Option<DecisionEntry>,
    /// The drift: the words of the rewrite and of its source.
    #[schema(schema_with = nouns::drift)]
    drift: Drift,
}

/// Tells what the rewrites of a story bent.
#[utoipa::path(
    get, path = "/stories/{id}/drift", tag = "stories", operation_id = "getStoryDrift",
    params(("id" = String, Path, description = "The name of the story, percent-encoded.")),
    responses(
        (status = 200, description = "The drift.", body = DriftList),
        (status = 404, description = "There is no story of this name.", body = Problem, content_type = "application/problem+json"),
        (status = 410, description = "It was forgotten.", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn get_story_drift(In(state): In<State>, Path(id): Path<String>) -> Result<Json<DriftList>, Problem> {
    let told = state.read(move |view| find(view, &id)).await?;
    let entry = |drift: Drift| {
        let key = drift_key(&drift);
        DriftEntry { decision: told.decisions.get(&key).map(DecisionEntry::from), key, drift }
    };
    let csv = format!("/story/{}/drift.csv", encoded(&told.card.id));
    Ok(Json(DriftList { csv, items: told.story.drift.into_iter().map(entry).collect() }))
}
