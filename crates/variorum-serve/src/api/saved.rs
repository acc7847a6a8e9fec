//! Searches that someone keeps.

use axum::Json;
use axum::extract::State as In;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use variorum_store::SavedSearch;
use variorum_store::search::Query;

use super::problem::{Body, Path, Problem};
use super::{paths, times};
use crate::{Error, State};

/// The most characters of a name.
const LONGEST_NAME: usize = 200;
/// The most characters of a query.
const LONGEST_QUERY: usize = 2_000;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(list_saved, save_search)).routes(routes!(drop_saved))
}

/// The searches that are kept.
#[derive(Debug, Serialize, ToSchema)]
struct SavedList {
    /// The searches, by name.
    items: Vec<SavedEntry>,
}

/// A search that is kept.
#[derive(Debug, Serialize, ToSchema)]
struct SavedEntry {
    /// Its number.
    n: i64,
    /// Its name.
    name: String,
    /// The query.
    q: String,
    /// Where it is asked.
    #[schema(example = "/api/v1/search?q=ferry")]
    href: String,
    /// When it was saved.
    #[schema(format = DateTime)]
    at: String,
}

impl From<SavedSearch> for SavedEntry {
    fn from(saved: SavedSearch) -> Self {
        SavedEntry {
            n: saved.n,
            name: saved.name,
            href: format!("/api/v1/search?q={}", paths::encoded(&saved.query)),
            q: saved.query,
            at: times::text(saved.at),
        }
    }
}

/// Lists the searches that are kept.
#[utoipa::path(
    get, path = "/saved", tag = "search", operation_id = "listSavedSearches",
    responses((status = 200, description = "The searches.", body = SavedList))
)]
async fn list_saved(In(state): In<State>) -> Result<Json<SavedList>, Problem> {
    let saved = state.read(|view| Ok(view.saved_searches()?)).await?;
    Ok(Json(SavedList { items: saved.into_iter().map(SavedEntry::from).collect() }))
}

/// A search to keep.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewSearch {
    /// Its name; one of the same name is replaced.
    #[schema(min_length = 1, max_length = 200, pattern = r"\S", example = "Ferries off Delmare")]
    name: String,
    /// The query, as search reads it.
    #[schema(max_length = 2000, example = "ferry delmare has:drift")]
    q: String,
}

/// Keeps a search under a name.
#[utoipa::path(
    post, path = "/saved", tag = "search", operation_id = "saveSearch", request_body = NewSearch,
    responses((status = 201, description = "It is kept.", body = SavedEntry))
)]
async fn save_search(
    In(state): In<State>,
    Body(new): Body<NewSearch>,
) -> Result<(StatusCode, Json<SavedEntry>), Problem> {
    let name = worded("name", &new.name, LONGEST_NAME)?;
    if new.q.chars().count() > LONGEST_QUERY {
        return Err(too_long("q", LONGEST_QUERY));
    }
    Query::read(&new.q).map_err(variorum_store::Error::from)?;
    let (query, at) = (new.q, (state.clock)());
    let saved = write(&state, move |writing| {
        let n = writing.save_search(&name, &query, at)?;
        Ok(SavedSearch { n, name, query, at })
    });
    Ok((StatusCode::CREATED, Json(saved.await?.into())))
}

/// Drops a search that is kept.
#[utoipa::path(
    delete, path = "/saved/{n}", tag = "search", operation_id = "dropSavedSearch",
    params(("n" = i64, Path, description = "The number of the search.")),
    responses(
        (status = 204, description = "It is gone."),
        (status = 404, description = "There is no search of this number.", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn drop_saved(In(state): In<State>, Path(n): Path<i64>) -> Result<StatusCode, Problem> {
    write(&state, move |writing| writing.drop_search(n)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Writes to the record, away from the threads that wait for the network.
async fn write<T: Send + 'static>(
    state: &State,
    work: impl FnOnce(&variorum_store::Writing) -> Result<T, variorum_store::Error> + Send + 'static,
) -> Result<T, Problem> {
    let store = state.store.clone();
    let written = tokio::task::spawn_blocking(move || store.write(work)).await;
    Ok(written.map_err(|_| Error::Broken("a write broke off".to_owned()))??)
}

/// Returns words that a person must give, without space around them, or says that they are missing or too long.
pub fn worded(what: &str, words: &str, most: usize) -> Result<String, Problem> {
    let words = words.trim();
    if words.is_empty() {
        let detail = format!("`{what}` is empty");
        return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, detail, format!("say the {what}")));
    }
    if words.chars().count() > most { Err(too_long(what, most)) } else { Ok(words.to_owned()) }
}

fn too_long(what: &str, most: usize) -> Problem {
    let detail = format!("`{what}` may have {most} characters at most");
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, detail, "say it shorter")
}
