//! For who runs the server: whether it is well, and figures.

use axum::Router;

use crate::State;

/// Returns the routes of this part.
pub fn routes() -> Router<State> {
    Router::new()
}
