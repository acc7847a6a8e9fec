//! Answers that are none, that lie, and that never end.

use std::time::Duration;

use super::server::*;
use crate::lookup::Lookup;
use crate::{Door, Get, Limits, Policy, Post};

const PAUSE: Duration = Duration::from_millis(5);

/// Says something again and again after a beginning, and never stops by itself.
fn endless(beginning: &'static str, piece: impl Into<Vec<u8>>, pause: Duration) -> Server {
    let piece = piece.into();
    Server::answering(move |_, stream| {
        say(stream, beginning.as_bytes());
        say_for_ever(stream, &piece, pause);
    })
}

fn fetch(answer: impl Into<Vec<u8>>) -> Result<crate::Answer, crate::Error> {
    local().get(get(&Server::saying(answer).url("/")))
}

#[test]
fn an_honest_answer_comes_as_it_is() {
    let headers = "ETag: W/\"a b\u{e9}\"\r\nLast-Modified: yesterday, I think\r\nContent-Type: text/xml; charset=x\r\n";
    let server = Server::saying(ok(headers, b"<rss/>"));
    let door = Door::new(Policy { contact: Some("news@herald.example".into()), ..allowing(&["127.0.0.0/8"]) }).unwrap();
    let url = server.url("/feed?a=1|2&b=\"x\"#part");
    let answer = door.get(get(&url)).unwrap();
    assert_eq!((answer.status, &answer.body[..]), (200, &b"<rss/>"[..]));
    assert_eq!(answer.etag.as_deref(), Some("W/\"a b\u{e9}\""));
    assert_eq!(answer.last_modified.as_deref(), Some("yesterday, I think"));
    assert_eq!(answer.content_type.as_deref(), Some("text/xml; charset=x"));
    assert_eq!((answer.moved, answer.retry_after, answer.fresh_for), (None, None, None));
    let known = Get { etag: answer.etag.as_deref(), last_modified: answer.last_modified.as_deref(), ..get(&url) };
    door.get(known).unwrap();
    let asked = server.heard();
    assert!(asked[0].contains("user-agent: variorum/0.1.0 (+news@herald.example)\r\n"), "{}", asked[0]);
    assert!(asked[0].contains("accept: text/xml\r\n") && asked[0].contains("gzip, deflate, br, zstd"), "{}", asked[0]);
    assert!(!asked[0].contains("if-") && !asked[0].contains("#part"), "{}", asked[0]);
    // Odd ones go back as they came.
    assert!(asked[1].contains("if-none-match: w/\"a b\u{e9}\"\r\n"), "{}", asked[1]);
    assert!(asked[1].contains("if-modified-since: yesterday, i think\r\n"), "{}", asked[1]);
}

#[test]
fn nothing_new_and_nothing_there() {
    let answer = fetch("HTTP/1.1 304 Not Modified\r\nETag: \"7\"\r\nContent-Length: 900\r\n\r\n").unwrap();
    assert_eq!((answer.status, answer.body.len(), answer.etag.as_deref()), (304, 0, Some("\"7\"")));
    assert_eq!(fetch("HTTP/1.1 204 No Content\r\n\r\n").unwrap().status, 204);
    assert_eq!(fetch("HTTP/1.1 410 Gone\r\n\r\nbye").unwrap().status, 410);
}

#[test]
fn what_a_refusal_asks_for_is_heard_though_the_rest_is_broken() {
    for rest in
        ["Content-Length: 90\r\n\r\ncut", "Content-Encoding: gzip\r\n\r\nno gzip", "Content-Encoding: x\r\n\r\n"]
    {
        let answer = fetch(format!("HTTP/1.1 503 Later\r\nRetry-After: 120\r\n{rest}")).unwrap();
        assert_eq!((answer.status, answer.retry_after), (503, Some(Duration::from_secs(120))));
    }
    let dates = "Date: Sun, 22 Nov 2026 10:00:00 GMT\r\nRetry-After: Sun, 22 Nov 2026 10:05:00 GMT\r\n";
    let answer = fetch(format!("HTTP/1.1 429 Slow\r\n{dates}Cache-Control: max-age=60\r\n\r\n")).unwrap();
    assert_eq!((answer.retry_after, answer.fresh_for), (Some(Duration::from_secs(300)), Some(Duration::from_secs(60))));
    let server = endless("HTTP/1.1 503 Later\r\nRetry-After: 5\r\n\r\n", *b"x", PAUSE);
    let limits = Limits { time: Duration::from_secs(2), ..LIMITS };
    let answer = local().get(Get { limits, ..get(&server.url("/")) }).unwrap();
    assert_eq!(answer.retry_after, Some(Duration::from_secs(5)));
}

#[test]
fn what_is_not_http_is_named() {
    for (answer, expected) in [
        ("", "truncated"),
        ("HTTP/1.1 200 OK\r\nContent-", "truncated"),
        ("<html>as in HTTP/0.9</html>", "malformed"),
        ("SSH-2.0-OpenSSH_9.2\r\n\r\n", "malformed"),
        ("HTTP/1.1 99999 What\r\n\r\n", "malformed"),
        ("HTTP/1.1 200 OK\r\nX: a\0b\r\n\r\n", "malformed"),
        ("HTTP/1.1 200 OK\r\nX\0Y: a\r\n\r\n", "malformed"),
        ("HTTP/1.1 200 OK\r\nno colon\r\n\r\n", "malformed"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!", "malformed"),
        ("HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nhello!", "malformed"),
        ("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nhello!", "malformed"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\nhello!", "malformed"),
    ] {
        kind(expected, fetch(answer));
    }
}

#[test]
fn lengths_that_lie() {
    kind("truncated", fetch("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello"));
    kind("truncated", fetch("HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775807\r\n\r\nhello"));
    // What comes behind the end is nobody's.
    assert_eq!(fetch("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello, you").unwrap().body, b"hello");
}

#[test]
fn pieces_that_lie() {
    let chunked = |body: &str| fetch(format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{body}"));
    assert_eq!(chunked("5;x=y\r\nhello\r\n0\r\nTrailer: x\r\n\r\n").unwrap().body, b"hello");
    kind("truncated", chunked("5\r\nhello\r\n"));
    kind("truncated", chunked("50\r\nhello"));
    kind("malformed", chunked("zz\r\nhello\r\n0\r\n\r\n"));
    kind("malformed", chunked("-5\r\nhello\r\n0\r\n\r\n"));
    kind("malformed", chunked("5\r\nhello, you\r\n0\r\n\r\n"));
    kind("malformed", chunked("ffffffffffffffffff\r\nhello\r\n0\r\n\r\n"));
}

#[test]
fn floods_end_at_the_limit() {
    let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    let piece = [b"3e8\r\n".as_slice(), &[b'x'; 1000], b"\r\n"].concat();
    kind("too-large", local().get(get(&endless(chunked, piece, Duration::ZERO).url("/"))));
    kind("too-large", local().get(get(&endless("HTTP/1.1 200 OK\r\n\r\n", vec![b'x'; 999], Duration::ZERO).url("/"))));
    // Frames that hold nothing are counted too.
    let empty = b"0000000000001;x=y\r\nx\r\n".repeat(100);
    kind("too-large", local().get(get(&endless(chunked, empty, Duration::ZERO).url("/"))));
    let trailers = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n";
    kind("too-large", local().get(get(&endless(trailers, b"X: y\r\n".repeat(200), Duration::ZERO).url("/"))));
    let exact = fetch(ok("", &[b'x'; 100_000])).unwrap();
    assert_eq!(exact.body.len(), 100_000);
    kind("too-large", fetch(ok("", &[b'x'; 100_001])));
}

#[test]
fn a_length_of_a_piece_without_end_is_named() {
    let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    for piece in ["0", "1;x", "5\t"] {
        let answer = local().get(get(&endless(chunked, piece.repeat(1000), Duration::ZERO).url("/")));
        let error = answer.unwrap_err();
        assert!(matches!(error.kind(), "malformed" | "too-large"), "{error}");
    }
}

#[test]
fn floods_of_headers_end() {
    let many = "X-Flood: 1\r\n".repeat(5_000);
    kind("malformed", fetch(format!("HTTP/1.1 200 OK\r\n{many}\r\n")));
    let long = format!("HTTP/1.1 200 OK\r\nX-Flood: {}\r\n\r\n", "x".repeat(200_000));
    kind("malformed", fetch(long));
    for piece in ["X: y\r\n", "x", "\r"] {
        let server = endless("HTTP/1.1 200 OK\r\nX: ", piece.repeat(500), Duration::ZERO);
        kind("malformed", local().get(get(&server.url("/"))));
    }
    let folded = fetch("HTTP/1.1 200 OK\r\nX: a\r\n b\r\n\r\n");
    assert!(folded.is_err_and(|error| error.kind() == "malformed"));
}

#[test]
fn promises_without_an_answer_end() {
    for status in ["100 Continue", "102 Processing", "103 Early Hints"] {
        let promise = format!("HTTP/1.1 {status}\r\n\r\n");
        let answer = local().get(get(&endless("", promise.repeat(100), Duration::ZERO).url("/")));
        let error = answer.unwrap_err();
        assert!(matches!(error.kind(), "malformed" | "too-large"), "{error}");
    }
    let after = fetch([b"HTTP/1.1 100 Continue\r\n\r\n".to_vec(), ok("", b"then")].concat()).unwrap();
    assert_eq!((after.status, &after.body[..]), (200, &b"then"[..]));
}

#[test]
fn whoever_drips_ends_at_the_deadline() {
    for beginning in [
        "HTTP/1.1 200 ",
        "HTTP/1.1 200 OK\r\nX: ",
        "HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\n",
    ] {
        let said = kind("late", hastily(&endless(beginning, *b"x", PAUSE).url("/"))).to_string();
        assert!(said.contains("seconds"), "{said}");
    }
    let promise = "HTTP/1.1 103 Early Hints\r\n\r\n";
    kind("late", hastily(&endless("", promise, PAUSE).url("/")));
    // A greeting of TLS that is never answered.
    let silent = Server::answering(|_, _| for_ever());
    kind("late", hastily(&silent.url("/").replace("http:", "https:")));
    kind("late", hastily(&silent.url("/")));
    let slow = chunky();
    kind("late", hastily(&slow.url("/")));
}

#[test]
fn whoever_does_not_listen_ends_at_the_deadline() {
    let deaf = Server::answering(|_, _| for_ever());
    let body = vec![b'x'; 64 << 20];
    let url = deaf.url("/");
    let post = Post { url: &url, content_type: "text/plain", body: &body, headers: &[], limits: SHORT };
    kind("late", local().post(post));
}

/// Redirects that each take their time share one deadline.
fn chunky() -> Server {
    Server::answering(|asked, stream| {
        std::thread::sleep(Duration::from_millis(120));
        say(stream, &led(302, &format!("/{}", asked.len())));
    })
}

#[test]
fn a_name_that_is_looked_up_for_ever_ends_at_the_deadline() {
    let lookup = Lookup::by(|_| for_ever());
    let door = Door::with(Policy::default(), lookup).unwrap();
    kind("late", door.get(Get { limits: SHORT, ..get("http://slow.example/") }));
}

#[test]
fn whoever_is_not_who_the_address_says_is_named() {
    let plain = Server::answering(|_, stream| say(stream, &ok("", b"plain")));
    // A server that speaks no TLS: it waits for the end of the greeting, or answers in plain words.
    kind("late", hastily(&plain.url("/").replace("http:", "https:")));
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || listener.incoming().for_each(|s| say(&mut s.unwrap(), &ok("", b"plain"))));
    let error = local().get(get(&format!("https://{address}/"))).unwrap_err();
    assert!(matches!(error.kind(), "malformed" | "unreachable" | "truncated"), "{error}");
}
