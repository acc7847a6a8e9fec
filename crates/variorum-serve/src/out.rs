//! What is handed out in the formats of others: feeds of a view, and a story for other programs.
//!
//! A path tells by its suffix what is wanted, so the suffix is cut off before the name is read.

mod alerts;
mod asked;
mod feed;
mod handout;
mod story;
#[cfg(test)]
mod tests;

use axum::Router;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use xxhash_rust::xxh3::xxh3_128;

pub use asked::room;
pub use feed::{story, told_of};

use crate::State;

/// Returns the routes of this part.
pub fn routes() -> Router<State> {
    Router::new()
        .route("/feed.atom", get(feed::front))
        .route("/feed.json", get(feed::front))
        .route("/search.atom", get(feed::search))
        .route("/search.feed.json", get(feed::search))
        .route("/saved/{name}", get(feed::saved))
        .route("/outlet/{name}", get(feed::outlet))
        .route("/sources.opml", get(crate::pages::sources::as_opml))
        .route("/alerts.atom", get(alerts::all))
        .route("/alerts/{name}", get(alerts::of_rule))
        .route("/story/{name}", get(story::story))
        .route("/story/{name}/variants.csv", get(story::table))
        .route("/story/{name}/drift.csv", get(story::table))
}

/// A document of a kind, as it is sent.
struct Written {
    kind: &'static str,
    /// The name under which a browser saves it; none where it shows it.
    file: Option<&'static str>,
    body: String,
}

/// Sends a document, unless the asker has these very bytes. They name the host that was asked for, so the tag is made
/// of them and not of the record alone.
fn send(written: Written, asker: &HeaderMap) -> Response {
    let tag = format!("\"{:032x}\"", xxh3_128(written.body.as_bytes()));
    let known = asker.get(header::IF_NONE_MATCH).and_then(|known| known.to_str().ok()).unwrap_or_default();
    let has_it = known.split(',').any(|one| one.trim().trim_start_matches("W/") == tag || one.trim() == "*");
    let mut headers = HeaderMap::new();
    headers.insert(header::ETAG, HeaderValue::from_str(&tag).expect("hexadecimal digits between quotes"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    if has_it {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(written.kind));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Some(file) = written.file {
        headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static(file));
    }
    (headers, written.body).into_response()
}
