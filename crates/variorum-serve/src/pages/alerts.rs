//! Alerts: the rules of a desk, and what they found.

use axum::Router;

use crate::State;

/// Returns the routes of this part.
pub fn routes() -> Router<State> {
    Router::new()
}
