//! Slow readers, half-open connections and the like, with sockets as they are.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use axum::Router;
use axum::routing::{get, post};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

use super::serve;
use crate::door::{Access, Limits};

/// Whatever is waited for happens far sooner; this only ends a test that would wait for ever.
const LONG: Duration = Duration::from_secs(30);

fn limits() -> Limits {
    Limits {
        head: Duration::from_millis(400),
        stall: Duration::from_millis(400),
        last_call: Duration::from_millis(300),
        ..Limits::default()
    }
}

struct Server {
    at: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    ended: tokio::task::JoinHandle<()>,
}

async fn server(limits: Limits) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let app = Router::new()
        .route("/", get(|| async { "here" }))
        .route("/large", get(|| async { vec![b'x'; 64 << 20] }))
        .route(
            "/slow",
            get(|| async {
                tokio::time::sleep(Duration::from_millis(200)).await;
                "at last"
            }),
        )
        .route("/post", post(|body: String| async move { body.len().to_string() }));
    let access = Access { limits, ..Access::default() };
    let ended = tokio::spawn(async move {
        serve(listener, app, &access, async {
            let _ = stopped.await;
        })
        .await;
    });
    Server { at, stop: Some(stop), ended }
}

async fn open(at: SocketAddr, words: &str) -> TcpStream {
    let mut stream = TcpStream::connect(at).await.unwrap();
    stream.write_all(words.as_bytes()).await.unwrap();
    stream
}

/// Returns all that comes until the other end closes.
async fn rest(mut stream: TcpStream) -> String {
    let mut bytes = Vec::new();
    // A connection that is reset has said all it will.
    let _ = tokio::time::timeout(LONG, stream.read_to_end(&mut bytes)).await.expect("it is closed at last");
    String::from_utf8_lossy(&bytes).into_owned()
}

async fn asks(at: SocketAddr) -> String {
    rest(open(at, "GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await).await
}

#[tokio::test]
async fn five_hundred_half_open_connections_do_not_keep_others_out() {
    let long = Limits { head: LONG, per_address: 50, connections: 100, ..limits() };
    let server = server(long).await;
    let mut held = Vec::new();
    for n in 0..500 {
        held.push(open(server.at, if n % 2 == 0 { "" } else { "GET / HTTP/1.1\r\nhost: a\r\nx-slow: " }).await);
        if n % 50 == 49 {
            assert!(asks(server.at).await.ends_with("here"), "after {n}");
        }
    }
    assert!(asks(server.at).await.ends_with("here"));
    drop(held);
}

#[tokio::test]
async fn a_head_that_comes_letter_by_letter_ends() {
    let server = server(limits()).await;
    let mut slow = open(server.at, "GET / HTTP/1.1\r\nhost: a\r\n").await;
    let begun = Instant::now();
    while begun.elapsed() < LONG {
        tokio::time::sleep(Duration::from_millis(50)).await;
        if slow.write_all(b"x").await.is_err() {
            return;
        }
    }
    panic!("it went on and on");
}

#[tokio::test]
async fn a_connection_that_rests_ends() {
    let server = server(limits()).await;
    let resting = open(server.at, "GET / HTTP/1.1\r\nhost: a\r\n\r\n").await;
    assert!(rest(resting).await.contains("here"));
}

#[tokio::test]
async fn a_reader_that_reads_nothing_loses_its_connection() {
    let server = server(limits()).await;
    let slow = open(server.at, "GET /large HTTP/1.1\r\nhost: a\r\n\r\n").await;
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    // What lay in the buffers of the system is still read; the whole of it is not.
    let read = rest(slow).await;
    assert!(read.len() < 48 << 20, "{} bytes came", read.len());
    assert!(asks(server.at).await.ends_with("here"));
}

#[tokio::test]
async fn a_reader_that_reads_slowly_but_steadily_gets_all() {
    let server = server(Limits { stall: Duration::from_secs(5), ..limits() }).await;
    let mut slow = open(server.at, "GET /large HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await;
    let (mut read, mut part) = (0, vec![0; 1 << 20]);
    loop {
        match tokio::time::timeout(LONG, slow.read(&mut part)).await.unwrap().unwrap() {
            0 => break,
            n => read += n,
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    assert!(read > 64 << 20);
}

#[tokio::test]
async fn a_head_that_is_too_large_is_refused() {
    let server = server(limits()).await;
    let large = format!("GET / HTTP/1.1\r\nhost: a\r\nx: {}\r\n\r\n", "y".repeat(200_000));
    let mut stream = TcpStream::connect(server.at).await.unwrap();
    let _ = stream.write_all(large.as_bytes()).await;
    let said = rest(stream).await;
    assert!(said.is_empty() || said.starts_with("HTTP/1.1 431"), "{said}");
    let many = (0..300).map(|n| format!("x{n}: y\r\n")).collect::<String>();
    let said = rest(open(server.at, &format!("GET / HTTP/1.1\r\nhost: a\r\n{many}\r\n")).await).await;
    assert!(said.starts_with("HTTP/1.1 431"), "{said}");
}

#[tokio::test]
async fn told_to_stop_it_ends_what_it_began() {
    let mut server = server(limits()).await;
    let asked = open(server.at, "GET /slow HTTP/1.1\r\nhost: a\r\n\r\n").await;
    let half_open = open(server.at, "GET /").await;
    tokio::time::sleep(Duration::from_millis(50)).await;
    server.stop.take().unwrap().send(()).unwrap();
    assert!(rest(asked).await.ends_with("at last"));
    tokio::time::timeout(LONG, server.ended).await.expect("half-open connections do not hold it up").unwrap();
    assert!(TcpStream::connect(server.at).await.is_err());
    drop(half_open);
}
