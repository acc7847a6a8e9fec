//! For who runs the server: whether it is well, and figures.

mod health;
mod measured;
mod meters;
#[cfg(test)]
mod tests;

use axum::routing::get;
use axum::{Extension, Router};

use crate::State;
use crate::work::Board;
pub use measured::{Trail, measured};
pub use meters::Meters;

/// Returns the routes of this part.
pub fn routes() -> Router<State> {
    Router::new()
        .route("/health", get(health::health))
        .route("/health.json", get(health::health))
        .route("/metrics", get(meters::metrics))
}

/// Returns a server that tells figures and how it is, and nothing else, to whoever reaches its address.
pub fn alone(state: State, board: Board, meters: Meters) -> Router {
    routes().layer(Extension(board)).layer(Extension(meters)).with_state(state)
}
