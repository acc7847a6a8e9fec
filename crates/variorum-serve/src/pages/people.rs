//! Coming in and going out, and who may.

use axum::Router;

use crate::State;

/// Returns the routes of this part.
pub fn routes() -> Router<State> {
    Router::new()
}
