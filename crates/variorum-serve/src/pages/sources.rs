//! The sources that are watched, each with a sentence on how it is.

use axum::Router;

use crate::State;

/// Returns the routes of this part.
pub fn routes() -> Router<State> {
    Router::new()
}
