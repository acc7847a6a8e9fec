//! The pages that a person reads, each also as JSON at the same address.

mod about;
pub mod alerts;
mod assets;
mod card;
mod corrections;
mod form;
mod front;
mod layout;
mod outlet;
mod people;
#[cfg(test)]
pub use people::tests as people_tests;
mod report;
mod saved;
mod search;
pub mod sources;
mod status;
mod story;
#[cfg(test)]
pub mod tests;
mod when;

use axum::Json;
use axum::Router;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Serialize;

use crate::State;
use crate::address::{Asked, CopyOf, Form};
use layout::{Place, frame};

/// Returns the routes of this part.
pub fn routes() -> Router<State> {
    Router::new()
        .route("/", get(front::front))
        .route("/index.json", get(front::front))
        .route("/story/", get(story::story))
        .route("/story/{name}", get(story::story))
        .route("/story/{name}/merge", post(story::merge))
        .route("/story/{name}/split", post(story::split))
        .route("/story/{name}/move", post(story::move_report))
        .route("/story/{name}/rule", post(story::rule))
        .route("/report/", get(report::report))
        .route("/report/{name}", get(report::report))
        .route("/outlet/", get(outlet::outlet))
        .route("/outlet/{name}", get(outlet::outlet))
        .route("/search", get(search::search))
        .route("/search.json", get(search::search))
        .route("/saved", get(saved::saved).post(saved::save))
        .route("/saved.json", get(saved::saved))
        .route("/saved/{n}/drop", post(saved::drop_saved))
        .route("/corrections", get(corrections::corrections))
        .route("/corrections.json", get(corrections::corrections))
        .route("/corrections/{n}/undo", post(corrections::undo))
        .route("/status", get(status::status))
        .route("/status.json", get(status::status))
        .route("/about", get(about::about))
        .route("/about.json", get(about::about))
        .route("/keys", get(about::keys))
        .route("/keys.json", get(about::keys))
        .route("/static/{file}", get(assets::file))
        .route("/favicon.ico", get(assets::icon))
        .merge(alerts::routes())
        .merge(people::routes())
        .merge(sources::routes())
}

/// Returns an answer in the form that was asked for: the facts, or the page that shows them.
fn answer<T: Serialize>(asked: &Asked, facts: &T, page: impl FnOnce(&T) -> Markup) -> Response {
    match asked.form {
        Form::Json => Json(facts).into_response(),
        Form::Page => Html(page(facts).into_string()).into_response(),
    }
}

/// Returns the page that says what went wrong.
pub fn problem(status: StatusCode, words: &str) -> String {
    let title = match status {
        StatusCode::NOT_FOUND => "Nothing of this name",
        StatusCode::GONE => "Forgotten",
        StatusCode::FORBIDDEN => "Not for you",
        StatusCode::MISDIRECTED_REQUEST => "Not from here",
        StatusCode::UNAUTHORIZED => "Who are you?",
        StatusCode::TOO_MANY_REQUESTS => "Too often",
        StatusCode::UNPROCESSABLE_ENTITY | StatusCode::BAD_REQUEST => "This cannot be read",
        StatusCode::SERVICE_UNAVAILABLE => "Not now",
        _ if status.is_server_error() => "Something broke",
        _ => "This cannot be done",
    };
    let mut place = Place::of(title);
    place.kind = "problem";
    frame(&place, html! {
        p class="number" { (status.as_u16()) }
        h1 { (title) }
        p class="said" { bdi { (sentence(words)) } }
        p { a href="/" { "The front page" } " · " a href="/search" { "Search" } " · " a href="/status" { "How the newsroom is" } }
    })
    .into_string()
}

/// Returns the page of a copy to which links lead that have nothing to lead to.
pub fn left_out(copy: CopyOf) -> String {
    let mut place = Place::of("Not in this copy");
    place.kind = "problem";
    place.copy = Some(copy);
    let words = "What this link names is not kept any more, or only the server can show it.";
    frame(
        &place,
        html! { h1 { "Not in this copy" } p class="said" { (words) } p { a href="index.html" { "The stories" } } },
    )
    .into_string()
}

/// Returns words with a capital letter and a full stop; hints stand as sentences of their own.
fn sentence(words: &str) -> String {
    let words = words.replace("\n  hint: ", ". ");
    let mut letters = words.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    let ends = words.ends_with(['.', '?', '!']);
    format!("{first}{}{}", letters.as_str(), if ends { "" } else { "." })
}
