//! Is a rewrite true to its sources?

use std::sync::Arc;
use std::time::Duration;

use axum::http::StatusCode;
use axum::{Extension, Json};
use serde::Deserialize;
use tokio::sync::Semaphore;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use variorum::CollateOptions;
use variorum_news::Check;

use super::nouns;
use super::problem::{Body, Problem};
use crate::{Error, State};

/// The most characters of a rewrite, and of all sources together.
const LONGEST: usize = 200_000;
/// The most sources.
const MOST_SOURCES: usize = 50;
/// How many checks run at a time; the rest of the machine reads pages.
const AT_ONCE: usize = 2;
/// How long a check waits for its turn.
const PATIENCE: Duration = Duration::from_secs(20);

pub fn routes() -> OpenApiRouter<State> {
    let turns = Arc::new(Semaphore::new(AT_ONCE));
    OpenApiRouter::new().routes(routes!(check)).layer(Extension(turns))
}

/// A rewrite and what it was made from.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Pair {
    /// The text to check.
    #[schema(max_length = 200000, example = "Twelve people died when two ferries sank off Delmare.")]
    rewrite: String,
    /// The texts that it was made from; 200,000 characters together at most.
    #[schema(min_items = 1, max_items = 50, example = json!(["Two ferries sank off Delmare and at least ten people died, Ada Orr said."]))]
    sources: Vec<String>,
    /// Whether to tell less sure findings too.
    #[serde(default)]
    #[schema(required = false, default = false)]
    all: bool,
}

/// Holds a rewrite, a summary or a model's answer against its sources: a verdict for every sentence, and each thing that
/// it bent with the words of both sides. Nothing is kept.
#[utoipa::path(
    post, path = "/check", tag = "check", operation_id = "check", request_body = Pair,
    responses(
        (status = 200, description = "What was found. Spans name the reports `rewrite`, `source-1`, `source-2` …", body = nouns::CheckAnswer),
        (status = 503, description = "Too many checks at a time.", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn check(Extension(turns): Extension<Arc<Semaphore>>, Body(pair): Body<Pair>) -> Result<Json<Check>, Problem> {
    fits(&pair)?;
    let turn = tokio::time::timeout(PATIENCE, turns.acquire_owned()).await;
    let Ok(Ok(turn)) = turn else {
        let detail = "other checks are still running";
        return Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, detail, "send it again in a moment"));
    };
    let checked = tokio::task::spawn_blocking(move || {
        let checked = variorum::check(&pair.rewrite, &pair.sources, &CollateOptions { all: pair.all });
        drop(turn);
        checked
    });
    Ok(Json(checked.await.map_err(|_| Error::Broken("a check broke off".to_owned()))?))
}

fn fits(pair: &Pair) -> Result<(), Problem> {
    let refuse = |detail: String, next: &str| Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, detail, next));
    if pair.sources.is_empty() || pair.sources.len() > MOST_SOURCES {
        let detail = format!("there are {} sources; there can be 1 to {MOST_SOURCES}", pair.sources.len());
        return refuse(detail, "hand in the texts that the rewrite was made from");
    }
    let together: usize = pair.sources.iter().map(|source| source.chars().count()).sum();
    if pair.rewrite.chars().count() > LONGEST || together > LONGEST {
        let detail = format!("the rewrite, and the sources together, may have {LONGEST} characters each");
        return refuse(detail, "check it in parts, or with `variorum check`, which has no such bound");
    }
    Ok(())
}
