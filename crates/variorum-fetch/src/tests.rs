//! Against a small server on this machine that answers as it is told.

mod answers;
mod inside;
mod noise;
mod over_a_proxy;
mod packed;
pub(crate) mod server;
mod steps;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::time::Duration;

use serde_json::json;

use super::download::download_through;
use super::{Door, Error, Known, Limits, Policy, ask, download};

const LIMITS: Limits = Limits { bytes: 10_000, time: Duration::from_secs(5) };
/// The SHA-256 of `ferry`.
const FERRY: &str = "e9087d0b20d80d3e12bc8530d883d7ad9c1eb3ebc5cb61824a2b460816503797";

/// Answers one request with these bytes; returns its address and, when joined, what it was sent.
fn server(answer: impl Into<Vec<u8>>) -> (String, std::thread::JoinHandle<String>) {
    let answer = answer.into();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/v1", listener.local_addr().unwrap());
    let thread = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let (mut asked, mut length) = (String::new(), 0);
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line).unwrap() == 0 || line == "\r\n" {
                break;
            }
            if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
            asked.push_str(&line);
        }
        let mut sent = vec![0; length];
        reader.read_exact(&mut sent).unwrap();
        asked.push_str(&String::from_utf8_lossy(&sent));
        // A client that has seen enough closes early.
        let _ = stream.write_all(&answer);
        asked
    });
    (url, thread)
}

fn ok(body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len())
}

#[test]
fn a_question_goes_out_with_its_key_and_comes_back_as_json() {
    let (url, asked) = server(ok(r#"{"answer": 12}"#));
    let answer = ask(&url, &json!({"question": "how many?"}), Some("k3y"), LIMITS).unwrap();
    assert_eq!(answer, json!({"answer": 12}));
    let asked = asked.join().unwrap();
    assert!(asked.starts_with("POST /v1 ") && asked.contains("Bearer k3y") && asked.contains("how many?"), "{asked}");
}

#[test]
fn a_key_goes_unencrypted_to_nobody_else() {
    let asked = ask("http://models.example/v1", &json!({}), Some("k3y"), LIMITS);
    assert!(matches!(asked, Err(Error::OpenKey { .. })), "{asked:?}");
}

#[test]
fn a_question_is_not_led_elsewhere() {
    let (url, asked) =
        server("HTTP/1.1 307 Temporary Redirect\r\nlocation: http://127.0.0.1:9/\r\ncontent-length: 0\r\n\r\n");
    assert!(matches!(ask(&url, &json!({}), None, LIMITS), Err(Error::Status { status: 307, .. })));
    asked.join().unwrap();
}

#[test]
fn a_refusal_says_what_the_server_said() {
    let (url, _) = server("HTTP/1.1 404 Not Found\r\ncontent-length: 13\r\n\r\nno such model");
    let said = ask(&url, &json!({}), None, LIMITS).unwrap_err().to_string();
    assert!(said.contains("404: no such model"), "{said}");
}

#[test]
fn words_that_are_no_json_are_named() {
    let (url, _) = server(ok("<html>"));
    assert!(matches!(ask(&url, &json!({}), None, LIMITS), Err(Error::NotJson { .. })));
}

#[test]
fn an_endless_answer_ends_at_the_limit() {
    let (url, _) = server(format!("HTTP/1.1 200 OK\r\n\r\n{}", "x".repeat(50_000)));
    assert!(matches!(ask(&url, &json!({}), None, LIMITS), Err(Error::TooLarge { most: 10_000, .. })));
}

#[test]
fn a_file_is_the_one_that_is_known() {
    let (url, _) = server(ok("ferry"));
    let mut last = 0;
    let local = Policy { allow: vec!["127.0.0.0/8".parse().unwrap()], ..Policy::default() };
    let door = Door::new(local).unwrap();
    let bytes = download_through(&door, Known { url: &url, sha256: FERRY }, LIMITS, |n| last = n).unwrap();
    assert_eq!((bytes, last), (b"ferry".to_vec(), 5));
    let (url, _) = server(ok("fairy"));
    let fetched = download_through(&door, Known { url: &url, sha256: FERRY }, LIMITS, |_| {});
    assert!(matches!(fetched, Err(Error::Checksum { .. })), "{fetched:?}");
    let fetched = download(Known { url: "http://127.0.0.1:9000/", sha256: FERRY }, LIMITS, |_| {});
    assert!(matches!(fetched, Err(Error::Private { .. })), "{fetched:?}");
}

#[test]
fn a_closed_door_is_named() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    drop(listener);
    assert!(matches!(ask(&url, &json!({}), None, LIMITS), Err(Error::Unreachable { .. })));
    assert!(matches!(ask("file:///etc/hosts", &json!({}), None, LIMITS), Err(Error::Address { .. })));
}
