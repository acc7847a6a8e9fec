//! A tag of what is answered, so that who asks again is told that nothing changed.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use xxhash_rust::xxh3::xxh3_64;

use super::problem::Problem;

/// Tags what is answered to a GET, and leaves the body away where the asker has it.
///
/// The tag is of the bytes themselves: it also holds for what no counter of changes tells, such as a search whose index
/// lags behind.
pub async fn tag(request: Request, next: Next) -> Response {
    let asks = matches!(*request.method(), Method::GET | Method::HEAD);
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    let response = next.run(request).await;
    if !asks || response.status() != StatusCode::OK {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        let step = "try again";
        return Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "an answer broke off", step).into_response();
    };
    let tag = format!("W/\"{:016x}\"", xxh3_64(&bytes));
    mark(&mut parts.headers, &tag);
    if known.is_some_and(|known| names(&known, &tag)) {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(header::CONTENT_TYPE);
        parts.headers.remove(header::CONTENT_LENGTH);
        return Response::from_parts(parts, Body::empty());
    }
    Response::from_parts(parts, Body::from(bytes))
}

fn mark(headers: &mut HeaderMap, tag: &str) {
    if let Ok(value) = HeaderValue::from_str(tag) {
        headers.insert(header::ETAG, value);
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
}

/// Tells whether a list of tags (`If-None-Match`) names this one, weakly.
fn names(list: &HeaderValue, tag: &str) -> bool {
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    list.to_str().is_ok_and(|list| list.trim() == "*" || list.split(',').any(|one| bare(one) == bare(tag)))
}
