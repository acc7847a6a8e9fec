//! Connections: how many there are, how slow they may be, and which one goes where there is no room.

mod lines;
#[cfg(test)]
mod tests;
mod unstalled;

use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use hyper::body::{Frame, Incoming, SizeHint};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;

use crate::door::{Access, Limits, Peer};
use lines::{Busy, Lines, Place};
use unstalled::Unstalled;

/// The most that the head of a request may take.
const HEAD: usize = 64 << 10;
/// Where the system has no more connections to give, it is asked again after this.
const BREATH: Duration = Duration::from_millis(50);
/// What somebody is told for whom there is no room.
const FULL: &[u8] =
    b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\nconnection: close\r\nretry-after: 2\r\n\r\n";

/// Answers at an address until told to stop; whoever still reads then has a last call.
pub async fn serve(listener: TcpListener, app: Router, access: &Access, stop: impl Future<Output = ()>) {
    let lines = Arc::new(Lines::new(&access.limits));
    let graceful = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let (stream, from) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "a connection could not be taken");
                tokio::time::sleep(BREATH).await;
                continue;
            }
        };
        // Everybody comes through a proxy from one address.
        let alone = !access.trusts(from.ip());
        match lines.admit(from.ip(), alone) {
            Some(place) => {
                tokio::spawn(line(stream, from, app.clone(), access.limits.clone(), place, graceful.watcher()));
            }
            None => {
                // What is told may not fit; nobody waits for that.
                let _ = stream.try_write(FULL);
            }
        }
    }
    drop(listener);
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(access.limits.last_call) => tracing::warn!("some did not end their requests in time"),
    }
}

/// Answers on one connection until its end, or until its place is given to another.
async fn line(stream: TcpStream, from: SocketAddr, app: Router, limits: Limits, place: Place, watcher: Watcher) {
    // Small answers go out at once.
    let _ = stream.set_nodelay(true);
    let place = Arc::new(place);
    let answers = {
        let place = place.clone();
        service_fn(move |request: hyper::Request<Incoming>| {
            let mut request: Request = request.map(Body::new);
            request.extensions_mut().insert(Peer(from.ip()));
            let (app, busy) = (app.clone(), place.busy());
            async move { app.oneshot(request).await.map(|answer| answer.map(|body| Body::new(Held { body, _busy: busy }))) }
        })
    };
    let io = TokioIo::new(Unstalled::new(stream, limits.stall));
    let mut server = http1::Builder::new();
    server.timer(TokioTimer::new()).header_read_timeout(limits.head).max_buf_size(HEAD);
    let connection = watcher.watch(server.serve_connection(io, answers));
    tokio::select! {
        ended = connection => if let Err(error) = ended {
            tracing::debug!(%error, address = %from.ip(), "a connection broke off");
        },
        () = place.is_given_away() => tracing::debug!(address = %from.ip(), "a resting connection made room for another"),
    }
}

/// The body of an answer; while it is sent the connection is busy.
struct Held {
    body: Body,
    _busy: Busy,
}

impl HttpBody for Held {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
