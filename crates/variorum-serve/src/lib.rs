#![doc = include_str!("../README.md")]

mod api;
mod door;
mod error;
mod out;
mod pages;
mod state;

use axum::Router;

pub use api::description;
pub use error::Error;
pub use state::{Clock, State};

/// Returns the whole server as a value that answers requests: pages, what they hand out, the API, behind one door.
pub fn app(state: State) -> Router {
    let rooms = Router::new().merge(pages::routes()).merge(out::routes()).merge(api::routes());
    door::behind(rooms, &state).with_state(state)
}
