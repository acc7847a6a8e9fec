//! Counts each answer, and writes a line of it into the log.

use std::net::IpAddr;
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use axum::extract::{Request, State as Of};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;

use super::meters::{Answered, Meters};
use crate::door::need;

/// Who asked: the door writes it down where it finds it out, and the line of the log is written outside the door.
#[derive(Debug, Clone, Default)]
pub struct Trail(Arc<Found>);

#[derive(Debug, Default)]
struct Found {
    address: OnceLock<IpAddr>,
    user: OnceLock<String>,
}

impl Trail {
    /// Notes from where it comes.
    pub fn from(&self, address: IpAddr) {
        let _ = self.0.address.set(address);
    }

    /// Notes who it is.
    pub fn of(&self, user: &str) {
        let _ = self.0.user.set(user.to_owned());
    }
}

pub async fn measured(Of(meters): Of<Meters>, mut request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let method = word(request.method());
    let path = request.uri().path().to_owned();
    let route = need(request.method(), &path).path;
    let trail = Trail::default();
    request.extensions_mut().insert(trail.clone());
    let answer = next.run(request).await;
    let (status, took) = (answer.status().as_u16(), begun.elapsed());
    meters.count(&Answered { route, method, status }, took.as_secs_f64());
    // What was asked for after the `?` may be what somebody looks for; headers and bodies hold secrets.
    tracing::info!(
        target: "variorum::request",
        method,
        path = path.as_str(),
        status,
        ms = took.as_millis() as u64,
        address = trail.0.address.get().map(tracing::field::display),
        user = trail.0.user.get().map(String::as_str),
        "answered"
    );
    answer
}

fn word(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
