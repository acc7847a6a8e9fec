#![doc = include_str!("../README.md")]

mod address;
mod api;
mod door;
mod error;
mod ops;
mod out;
mod pages;
mod reader;
mod run;
mod site;
mod state;
mod work;

use axum::Router;
use axum::extract::Request;
use axum::middleware::{self, Next};
use tower::ServiceExt;

pub use api::description;
pub use error::Error;
pub use run::{RunError, Setup, run};
pub use site::{Site, SiteError, export};
pub use state::{Clock, State};
pub use work::{Board, Running, start};

/// Returns the whole server as a value that answers requests: pages, what they hand out, the API, behind one door.
pub fn app(state: State) -> Router {
    app_at(state, Board::default())
}

/// Returns the server with a board on which the desk of this process says what it does.
pub fn app_at(state: State, board: Board) -> Router {
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
    let rooms = pages::routes()
        .merge(ops::routes())
        .merge(reader::routes())
        .merge(api::routes())
        .layer(middleware::from_fn(by_suffix));
    door::behind(rooms, &state, board).with_state(state)
}
