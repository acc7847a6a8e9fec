//! For programs on a phone: the API that Google Reader had.

use axum::Router;

use crate::State;

/// Returns the routes of this part.
pub fn routes() -> Router<State> {
    Router::new()
}
