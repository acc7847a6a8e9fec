//! The door: what every request passes and every answer carries.

mod fresh;
mod guard;
mod headers;
mod said;
mod token;

use std::sync::Arc;
use std::time::Duration;

use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Router, middleware};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

use crate::work::Board;
use crate::{Error, State};
pub use guard::Posted;
pub use token::Token;

/// The most that a request may bring.
const MOST: usize = 4 << 20;
/// No page takes longer; what does has failed.
const LONGEST: Duration = Duration::from_secs(30);

/// Puts the rooms behind the door.
pub fn behind(rooms: Router<State>, state: &State, board: Board) -> Router<State> {
    let token = Token::fresh();
    let keeper = Arc::new(fresh::Keeper::new(state.clone(), board.clone()));
    // The last layer is the first that a request passes.
    rooms
        .layer(middleware::from_fn_with_state(keeper, fresh::fresh))
        .layer(Extension(token.clone()))
        .layer(Extension(board))
        .layer(DefaultBodyLimit::max(MOST))
        .layer(middleware::from_fn(guard::guard))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, LONGEST))
        .layer(CatchPanicLayer::custom(broke_off))
        .layer(middleware::from_fn(said::said))
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn_with_state(token, headers::headers))
}

/// What a panic says is for who mends it, not for who reads.
fn broke_off(_: Box<dyn std::any::Any + Send>) -> Response {
    Error::Broken("the program broke off while it made this page; nothing was changed".to_owned()).into_response()
}

#[cfg(test)]
pub mod tests;
