//! What was not changed is not sent again, and what was made is not made twice.

mod depends;
mod kept;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State as Of};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::sync::Semaphore;
use xxhash_rust::xxh3::xxh3_128;

use crate::door::gate::Asker;
use crate::work::{Board, Doing};
use crate::{Error, State};
use depends::{Depends, key};
use kept::{Answer, Kept, Moment, Page};

/// A larger answer is made each time.
const LARGE: usize = 8 << 20;
/// How old a list may be while a desk is at work: reports that come in would else make it anew many times a second.
const LAG: Duration = Duration::from_secs(1);

/// Answers as they were made, and who makes which.
pub struct Keeper {
    state: State,
    board: Board,
    kept: Mutex<Kept>,
    making: Mutex<BTreeMap<String, Arc<tokio::sync::Mutex<()>>>>,
    /// Answers are as large as stories are; so many are made at once that the processors are busy, and no more.
    makers: Semaphore,
    changed_here: AtomicU64,
}

impl Keeper {
    /// Returns an empty one.
    pub fn new(state: State, board: Board) -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Keeper {
            state,
            board,
            kept: Mutex::default(),
            making: Mutex::default(),
            makers: Semaphore::new(cores * 2),
            changed_here: AtomicU64::new(0),
        }
    }

    /// Returns what is kept, where it is young enough to be shown without a look at the record.
    fn young(&self, key: &str, depends: &Depends) -> Option<Page> {
        if !depends.may_lag() || self.board.read().doing == Doing::Nothing {
            return None;
        }
        let changed_here = self.changed_here.load(Ordering::SeqCst);
        let is_young = |page: &Page| page.moment.changed_here == changed_here && page.moment.at.elapsed() < LAG;
        self.kept().get(key).filter(is_young)
    }

    /// Returns what is kept, where nothing that it depends on moved.
    async fn fresh(&self, key: &str, depends: &Depends) -> Result<Result<Page, Moment>, Error> {
        // Read before the record is, so that a change that comes meanwhile counts as a later one.
        let (changed_here, at) = (self.changed_here.load(Ordering::SeqCst), Instant::now());
        let page = self.kept().get(key).filter(|_| *depends != Depends::Search);
        let (depends, there) = (depends.clone(), page.as_ref().map(|page| page.moment));
        let (state, change, address) = self
            .state
            .read(move |view| {
                let change = view.change()?;
                let same = there.filter(|there| there.change == change).map(|there| there.state);
                // Feeds and exports name the address; the counter of changes does not count it.
                let address = view.setting("address")?.map_or(0, |address| xxh3_128(address.as_bytes()));
                Ok((same.map_or_else(|| depends.state(view, change), Ok)?, change, address))
            })
            .await?;
        let moment = Moment { state, address, change, changed_here, at };
        Ok(match page {
            // What was made of a later record is fresh too.
            Some(page)
                if page.moment.address == address && (page.moment.state == state || page.moment.change > change) =>
            {
                self.kept().confirm(key, moment);
                Ok(page)
            }
            _ => Err(moment),
        })
    }

    /// Returns the turn to make an answer: who asks for the same one meanwhile waits, and finds it kept.
    fn turn(&self, key: &str) -> Arc<tokio::sync::Mutex<()>> {
        let mut making = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        // Nobody waits for a turn that only this list knows.
        making.retain(|_, turn| Arc::strong_count(turn) > 1);
        making.entry(key.to_owned()).or_default().clone()
    }

    /// Waits until there is room to make one more answer.
    async fn room(&self) -> Option<tokio::sync::SemaphorePermit<'_>> {
        self.makers.acquire().await.ok()
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Answers from what is kept, where nothing changed since.
pub async fn fresh(Of(keeper): Of<Arc<Keeper>>, mut request: Request, next: Next) -> Response {
    let method = request.method().clone();
    if !matches!(method, Method::GET | Method::HEAD) {
        let answer = next.run(request).await;
        keeper.changed_here.fetch_add(1, Ordering::SeqCst);
        return answer;
    }
    if request.uri().path().starts_with("/static/") {
        return next.run(request).await;
    }
    *request.method_mut() = Method::GET;
    let asker = request.headers().clone();
    // Whether somebody has it is told here, of what is kept.
    request.headers_mut().remove(header::IF_NONE_MATCH);
    let answer = match kept_or_made(&keeper, request, next).await {
        Ok(answer) if is_known(&asker, &answer.headers) => unchanged(&answer.headers),
        Ok(answer) => answer.send(takes_packed(&asker)).await,
        Err(answer) => *answer,
    };
    if method == Method::GET { answer } else { without_body(answer) }
}

/// Returns an answer with a tag; another one as it is.
async fn kept_or_made(keeper: &Keeper, request: Request, next: Next) -> Result<Arc<Answer>, Box<Response>> {
    let depends = Depends::of(request.uri());
    if depends == Depends::Other {
        let _room = keeper.room().await;
        return made(next.run(request).await).await;
    }
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let with = request.extensions().get::<Asker>().map_or_else(String::new, |asker| asker.visitor.shares_pages_with());
    let key = key(request.uri(), host, &with);
    if let Some(page) = keeper.young(&key, &depends) {
        return Ok(page.answer);
    }
    let failed = |error: Error| Box::new(error.into_response());
    if let Ok(page) = keeper.fresh(&key, &depends).await.map_err(failed)? {
        return Ok(page.answer);
    }
    let arrived = Instant::now();
    let turn = keeper.turn(&key);
    let _mine = turn.lock().await;
    // What was begun after this request came is no older than what it would make.
    if let Some(page) = keeper.kept().get(&key).filter(|page| page.moment.at >= arrived) {
        return Ok(page.answer);
    }
    let moment = match keeper.fresh(&key, &depends).await.map_err(failed)? {
        Ok(page) => return Ok(page.answer),
        Err(moment) => moment,
    };
    let _room = keeper.room().await;
    let answer = made(next.run(request).await).await?;
    keeper.kept().put(&key, Page { moment, answer: answer.clone() });
    Ok(answer)
}

/// Gives an answer the tag of its bytes. What failed, is large or is empty is sent as it is.
async fn made(answer: Response) -> Result<Arc<Answer>, Box<Response>> {
    if answer.status() != StatusCode::OK {
        return Err(Box::new(answer));
    }
    let (mut parts, body) = answer.into_parts();
    match collected(body).await {
        Ok(bytes) if bytes.is_empty() => Err(Box::new(Response::from_parts(parts, bytes.into()))),
        Ok(bytes) => {
            if !parts.headers.contains_key(header::ETAG) {
                let tag = format!("W/\"{:032x}\"", xxh3_128(&bytes));
                parts.headers.extend(HeaderValue::from_str(&tag).map(|tag| (header::ETAG, tag)));
            }
            Ok(Arc::new(Answer::new(parts.headers, bytes)))
        }
        Err(body) => Err(Box::new(Response::from_parts(parts, body))),
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

fn is_known(asker: &HeaderMap, answer: &HeaderMap) -> bool {
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let tag = answer.get(header::ETAG).and_then(|tag| tag.to_str().ok()).map(bare);
    let known = asker.get(header::IF_NONE_MATCH).and_then(|known| known.to_str().ok()).unwrap_or("");
    tag.is_some_and(|tag| known.split(',').any(|one| bare(one) == tag || one.trim() == "*"))
}

fn takes_packed(asker: &HeaderMap) -> bool {
    let takes = asker.get_all(header::ACCEPT_ENCODING).iter().filter_map(|takes| takes.to_str().ok());
    let mut ways = takes.flat_map(|takes| takes.split(','));
    ways.any(|way| {
        let (name, weight) = way.split_once(';').unwrap_or((way, ""));
        let weight = weight.trim().strip_prefix("q=").map_or(Ok(1.0), str::parse::<f32>);
        name.trim().eq_ignore_ascii_case("gzip") && weight.is_ok_and(|weight| weight > 0.0)
    })
}

fn unchanged(headers: &HeaderMap) -> Response {
    let mut answer = StatusCode::NOT_MODIFIED.into_response();
    answer.headers_mut().extend(headers.get(header::ETAG).map(|tag| (header::ETAG, tag.clone())));
    answer
}

/// Returns what is said of an answer, without it.
fn without_body(mut answer: Response) -> Response {
    use axum::body::HttpBody;
    if let Some(size) = answer.body().size_hint().exact().filter(|size| *size > 0) {
        answer.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(size));
    }
    *answer.body_mut() = Body::empty();
    answer
}

#[cfg(test)]
mod tests;
