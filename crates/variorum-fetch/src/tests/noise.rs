//! Answers put together from pieces of good and bad ones: whatever comes, it is an answer or a named error.

use std::sync::{Arc, Mutex};

use proptest::prelude::*;

use super::server::*;
use crate::{Get, Limits};

const HEADS: &[&str] = &[
    "HTTP/1.1 200 OK\r\n",
    "HTTP/1.0 200 OK\r\n",
    "HTTP/1.1 100 Continue\r\n",
    "HTTP/1.1 101 Switching\r\n",
    "HTTP/1.1 199 Odd\r\n",
    "HTTP/1.1 204 None\r\n",
    "HTTP/1.1 205 Reset\r\n",
    "HTTP/1.1 206 Part\r\n",
    "HTTP/1.1 301 Moved\r\n",
    "HTTP/1.1 304 Same\r\n",
    "HTTP/1.1 407 Who\r\n",
    "HTTP/1.1 503 Later\r\n",
    "HTTP/1.1 600 Odd\r\n",
    "HTTP/1.1 999 Odd\r\n",
    "HTTP/2 200\r\n",
    "HTTP/1.1 200\r\n",
    "HTTP/1.1 20\r\n",
    "ICY 200 OK\r\n",
];
const FIELDS: &[&str] = &[
    "Content-Length: 5\r\n",
    "Content-Length: 0\r\n",
    "Content-Length: 5, 5\r\n",
    "Content-Length:\r\n",
    "Content-Length: 18446744073709551615\r\n",
    "Transfer-Encoding: chunked\r\n",
    "Transfer-Encoding: gzip, chunked\r\n",
    "Transfer-Encoding: identity\r\n",
    "Connection: close\r\n",
    "Connection: upgrade\r\n",
    "Upgrade: x\r\n",
    "Location: /x\r\n",
    "Location: \r\n",
    "Location: http://127.0.0.1:1/\r\n",
    "Content-Encoding: br\r\n",
    "Content-Encoding: zstd, gzip\r\n",
    "Retry-After: x\r\n",
    "Expires: 0\r\n",
    "X: \x7f\r\n",
    ": x\r\n",
    " x\r\n",
    "X : y\r\n",
    "Expect: 100-continue\r\n",
    "Trailer: x\r\n",
];
const BODIES: &[&str] = &[
    "",
    "hello",
    "5\r\nhello\r\n0\r\n\r\n",
    "0\r\n\r\n",
    "0\r\n",
    "0\r\nX: y\r\n\r\n",
    "0\r\n\r",
    "5\r\nhel",
    "\r\n",
    "5\r\nhello0\r\n\r\n",
    "5;\r\nhello\r\n0;\r\n\r\n",
    ";\r\n\r\n",
    "\r\n\r\n\r\n",
    "fffffffffffffff\r\n",
    "0\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
    " 5 \r\nhello\r\n0\r\n\r\n",
];

fn answer() -> impl Strategy<Value = Vec<u8>> {
    let one = (
        prop::sample::select(HEADS),
        prop::collection::vec(prop::sample::select(FIELDS), 0..4),
        prop::sample::select(BODIES),
    )
        .prop_map(|(head, fields, body)| format!("{head}{}\r\n{body}", fields.concat()).into_bytes());
    let many = prop::collection::vec(one, 1..3).prop_map(|answers| answers.concat());
    (many, prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..3)).prop_map(|(mut bytes, noise)| {
        for (at, byte) in noise {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes
    })
}

#[test]
fn noise_is_an_answer_or_a_named_error() {
    let now = Arc::new(Mutex::new(Vec::new()));
    let said = now.clone();
    let server = Server::answering(move |_, stream| say(stream, &said.lock().unwrap().clone()));
    let url = server.url("/");
    let limits = Limits { bytes: 4, ..LIMITS };
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 400,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let checked = runner.run(&answer(), |bytes| {
        *now.lock().unwrap() = bytes;
        for limits in [LIMITS, limits] {
            match local().get(Get { limits, ..get(&url) }) {
                Ok(answer) => prop_assert!(answer.body.len() as u64 <= limits.bytes),
                Err(error) => prop_assert!(error.kind() != "late" && !error.to_string().contains('\0'), "{error}"),
            }
        }
        Ok(())
    });
    checked.unwrap();
}
