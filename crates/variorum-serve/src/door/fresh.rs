//! What was not changed is not sent again, and what was made is not made twice.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State as Of};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use xxhash_rust::xxh3::xxh3_128;

use crate::address::cut;
use crate::door::Token;
use crate::{Error, State};

/// The bytes of pages that are kept at most.
const MOST: usize = 32 << 20;
/// A page larger than this is made each time.
const LARGE: usize = 2 << 20;

/// Pages as they were made, by their tag.
pub struct Keeper {
    state: State,
    salt: u128,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    pages: BTreeMap<String, (HeaderMap, Bytes)>,
    order: VecDeque<String>,
    bytes: usize,
}

impl Keeper {
    /// Returns an empty one. Pages hold the secret of the process, so another process has other tags.
    pub fn new(state: State, token: &Token) -> Self {
        let salt = xxh3_128(format!("{} {}", env!("CARGO_PKG_VERSION"), token.text()).as_bytes());
        Keeper { state, salt, kept: Mutex::default() }
    }

    async fn tag(&self, uri: Uri) -> Result<String, Error> {
        let change = self.state.read(|view| Ok(view.change()?)).await?;
        let told = format!("{} {change} {}", self.salt, uri);
        Ok(format!("W/\"{:032x}\"", xxh3_128(told.as_bytes())))
    }

    fn get(&self, tag: &str) -> Option<(HeaderMap, Bytes)> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).pages.get(tag).cloned()
    }

    fn put(&self, tag: &str, headers: HeaderMap, body: Bytes) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.bytes += body.len();
        kept.order.push_back(tag.to_owned());
        if let Some((_, old)) = kept.pages.insert(tag.to_owned(), (headers, body)) {
            kept.bytes -= old.len();
        }
        while kept.bytes > MOST {
            let Some(oldest) = kept.order.pop_front() else { break };
            if let Some((_, old)) = kept.pages.remove(&oldest) {
                kept.bytes -= old.len();
            }
        }
    }
}

/// Answers from what is kept, where nothing changed since.
pub async fn fresh(Of(keeper): Of<Arc<Keeper>>, request: Request, next: Next) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) || request.uri().path().starts_with("/static/") {
        return next.run(request).await;
    }
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    if !follows_record(request.uri().path()) {
        return by_words(next.run(request).await, known).await;
    }
    let tag = match keeper.tag(request.uri().clone()).await {
        Ok(tag) => tag,
        Err(error) => return error.into_response(),
    };
    if is_known(known.as_ref(), &tag) {
        return unchanged(&tag);
    }
    let whole = *request.method() == Method::GET;
    if let Some((headers, body)) = keeper.get(&tag).filter(|_| whole) {
        return (headers, body).into_response();
    }
    let mut answer = next.run(request).await;
    if answer.status() != StatusCode::OK || answer.headers().contains_key(header::ETAG) {
        return answer;
    }
    answer.headers_mut().extend(HeaderValue::from_str(&tag).map(|tag| (header::ETAG, tag)));
    if !whole {
        return answer;
    }
    let (parts, body) = answer.into_parts();
    match collected(body).await {
        Ok(bytes) => {
            keeper.put(&tag, parts.headers.clone(), bytes.clone());
            Response::from_parts(parts, bytes.into())
        }
        Err(body) => Response::from_parts(parts, body),
    }
}

/// Tells whether a page depends on what [`variorum_store::View::change`] counts and on nothing else. Searches depend on
/// how far the index is, saved searches and the state of the program on what is not counted.
fn follows_record(path: &str) -> bool {
    let first = cut(path).0.split('/').nth(1).unwrap_or("");
    matches!(first, "" | "index" | "story" | "report" | "outlet" | "corrections" | "about" | "keys")
}

/// What depends on more than the record has the tag of its own words.
async fn by_words(answer: Response, known: Option<HeaderValue>) -> Response {
    if answer.status() != StatusCode::OK || answer.headers().contains_key(header::ETAG) {
        return answer;
    }
    let (mut parts, body) = answer.into_parts();
    match collected(body).await {
        Ok(bytes) if bytes.is_empty() => Response::from_parts(parts, bytes.into()),
        Ok(bytes) => {
            let tag = format!("W/\"{:032x}\"", xxh3_128(&bytes));
            if is_known(known.as_ref(), &tag) {
                return unchanged(&tag);
            }
            parts.headers.extend(HeaderValue::from_str(&tag).map(|tag| (header::ETAG, tag)));
            Response::from_parts(parts, bytes.into())
        }
        Err(body) => Response::from_parts(parts, body),
    }
}

/// Returns the bytes of a body that is of a known and moderate size, else the body.
async fn collected(body: Body) -> Result<Bytes, Body> {
    use axum::body::HttpBody;
    match body.size_hint().exact() {
        Some(size) if size <= LARGE as u64 => to_bytes(body, LARGE).await.map_err(|_| Body::empty()),
        _ => Err(body),
    }
}

fn is_known(known: Option<&HeaderValue>, tag: &str) -> bool {
    let bare = tag.trim_start_matches("W/");
    let known = known.and_then(|value| value.to_str().ok()).unwrap_or("");
    known.split(',').map(|one| one.trim().trim_start_matches("W/")).any(|one| one == bare || one == "*")
}

fn unchanged(tag: &str) -> Response {
    (StatusCode::NOT_MODIFIED, [(header::ETAG, tag.to_owned())]).into_response()
}
