//! The door: what every request passes and every answer carries.

mod access;
mod client;
mod fresh;
mod gate;
mod guard;
mod headers;
mod rates;
mod rules;
mod said;
mod token;
mod visitor;

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
pub use access::{Access, Limits, Public};
pub use client::{Peer, counted};
pub use gate::{Asker, Gate, GiveCookies};
pub use guard::Posted;
pub use rates::Wait;
pub use rules::need;
pub use token::Token;
pub use visitor::{Came, Shown, Visitor, hash, new_secret, shown};

/// No page takes longer; what does has failed.
const LONGEST: Duration = Duration::from_secs(30);

/// Puts the rooms behind the door.
pub fn behind(rooms: Router<State>, state: &State, board: Board, access: Access) -> Router<State> {
    let gate = Arc::new(Gate::new(access));
    let keeper = Arc::new(fresh::Keeper::new(state.clone(), board.clone()));
    // The last layer is the first that a request passes.
    rooms
        .layer(middleware::from_fn_with_state(keeper, fresh::fresh))
        .layer(Extension(gate.clone()))
        .layer(Extension(board))
        .layer(DefaultBodyLimit::max(gate::MOST))
        .layer(middleware::from_fn_with_state((gate.clone(), state.clone()), gate::gate))
        .layer(middleware::from_fn_with_state(gate.clone(), guard::guard))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, LONGEST))
        .layer(CatchPanicLayer::custom(broke_off))
        .layer(middleware::from_fn(said::said))
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn(headers::headers))
}

/// What a panic says is for who mends it, not for who reads.
fn broke_off(_: Box<dyn std::any::Any + Send>) -> Response {
    Error::Broken("the program broke off while it made this page; nothing was changed".to_owned()).into_response()
}

#[cfg(test)]
pub use rules::tests as routes;
#[cfg(test)]
pub mod tests;
