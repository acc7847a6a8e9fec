#![doc = include_str!("../README.md")]

mod address;
mod api;
mod door;
mod error;
mod listen;
mod ops;
mod out;
mod pages;
mod password;
mod reader;
mod run;
mod site;
mod state;
mod work;

use axum::extract::Request;
use axum::middleware::{self, Next};
use axum::{Extension, Router};
use tower::ServiceExt;

pub use api::description;
pub use door::{Access, Limits, Public};
pub use error::Error;
pub use password::{PasswordError, hash_password};
pub use run::{RunError, Setup, run};
pub use site::{Site, SiteError, export};
pub use state::{Clock, State};
pub use work::{Board, Running, start};

/// Returns the whole server as a value that answers requests: pages, what they hand out, the API, behind one door.
/// It answers this machine alone, and nobody logs in.
pub fn app(state: State) -> Router {
    app_at(state, Board::default())
}

/// Returns the server with a board on which the desk of this process says what it does.
pub fn app_at(state: State, board: Board) -> Router {
    app_with(state, board, Access::default())
}

/// Returns the server for those who may come in.
pub fn app_with(state: State, board: Board, access: Access) -> Router {
    let meters = ops::Meters::new(&state);
    app_metered(state, board, access, meters)
}

/// Returns the server that counts what it does.
fn app_metered(state: State, board: Board, access: Access, meters: ops::Meters) -> Router {
    // A page and what is handed out of it share a path up to the suffix, which a router cannot tell apart.
    let handed = out::routes().with_state(state.clone());
    let by_suffix = move |request: Request, next: Next| {
        let handed = handed.clone();
        async move {
            if !address::is_handed_out(request.method(), request.uri().path()) {
                return next.run(request).await;
            }
            match handed.oneshot(request).await {
                Ok(answer) => answer,
                Err(never) => match never {},
            }
        }
    };
    let rooms = rooms().layer(middleware::from_fn(by_suffix)).layer(Extension(meters.clone()));
    let app = door::behind(rooms, &state, board, access).with_state(state);
    app.layer(middleware::from_fn_with_state(meters, ops::measured))
}

/// Returns all rooms; what is handed out has a router of its own.
fn rooms() -> Router<State> {
    pages::routes().merge(ops::routes()).merge(reader::routes()).merge(api::routes())
}
