//! Answers as they were made, the ones asked for last, as far as there is room.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Arc;
use std::time::Instant;

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use tokio::sync::OnceCell;

/// The bytes of answers that are kept at most.
const MOST: usize = 48 << 20;
/// What keeping an answer takes beside its bytes, about.
const BESIDE: usize = 1 << 10;
/// What is smaller is sent as it is.
const SMALL: usize = 1 << 10;

/// An answer, once for all who ask.
#[derive(Debug)]
pub struct Answer {
    /// Its headers, with its tag.
    pub headers: HeaderMap,
    /// Its bytes.
    pub body: Bytes,
    packed: OnceCell<Bytes>,
}

/// The record when an answer was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// What the answer depends on, as a number.
    pub state: u128,
    /// The address that feeds and exports name, as a number.
    pub address: u128,
    /// The counter of all changes.
    pub change: i64,
    /// How often something was changed through this server.
    pub changed_here: u64,
    /// When this was read.
    pub at: Instant,
}

/// An answer that is kept.
#[derive(Debug, Clone)]
pub struct Page {
    /// The record when it was made.
    pub moment: Moment,
    /// The answer.
    pub answer: Arc<Answer>,
}

/// All that is kept.
#[derive(Debug, Default)]
pub struct Kept {
    pages: BTreeMap<String, (u64, Page)>,
    order: BTreeMap<u64, String>,
    asked: u64,
    bytes: usize,
}

impl Answer {
    /// Returns an answer.
    pub fn new(headers: HeaderMap, body: Bytes) -> Self {
        Answer { headers, body, packed: OnceCell::new() }
    }

    /// Sends it; packed once, for all who take it so.
    pub async fn send(self: &Arc<Self>, takes_packed: bool) -> Response {
        if !takes_packed || self.body.len() < SMALL {
            return (self.headers.clone(), self.body.clone()).into_response();
        }
        let this = self.clone();
        let pack = || async move { tokio::task::spawn_blocking(move || packed(&this.body)).await.ok().flatten() };
        let packed = self.packed.get_or_try_init(|| async { pack().await.ok_or(()) }).await;
        let Ok(packed) = packed else { return (self.headers.clone(), self.body.clone()).into_response() };
        let mut headers = self.headers.clone();
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        headers.append(header::VARY, HeaderValue::from_static("accept-encoding"));
        headers.remove(header::CONTENT_LENGTH);
        (headers, packed.clone()).into_response()
    }

    /// Returns the bytes that it takes, packed too.
    fn bytes(&self) -> usize {
        self.body.len() + self.body.len() / 4 + BESIDE
    }
}

fn packed(body: &[u8]) -> Option<Bytes> {
    let mut packer = GzEncoder::new(Vec::with_capacity(body.len() / 4), Compression::new(5));
    packer.write_all(body).ok()?;
    packer.finish().ok().map(Bytes::from)
}

impl Kept {
    /// Returns an answer, and keeps it longer.
    pub fn get(&mut self, key: &str) -> Option<Page> {
        self.asked += 1;
        let (used, page) = self.pages.get_mut(key)?;
        let name = self.order.remove(used)?;
        *used = self.asked;
        self.order.insert(self.asked, name);
        Some(page.clone())
    }

    /// Keeps an answer, in place of one that was made before.
    pub fn put(&mut self, key: &str, page: Page) {
        self.asked += 1;
        self.bytes += page.answer.bytes();
        let old = self.pages.insert(key.to_owned(), (self.asked, page));
        self.order.insert(self.asked, key.to_owned());
        if let Some((used, old)) = old {
            self.order.remove(&used);
            self.bytes -= old.answer.bytes();
        }
        while self.bytes > MOST {
            let Some((_, oldest)) = self.order.pop_first() else { break };
            if let Some((_, old)) = self.pages.remove(&oldest) {
                self.bytes -= old.answer.bytes();
            }
        }
    }

    /// Notes that an answer is still right at a later moment.
    pub fn confirm(&mut self, key: &str, moment: Moment) {
        if let Some((_, page)) = self.pages.get_mut(key)
            && page.moment.change < moment.change
        {
            page.moment = moment;
        }
    }
}
