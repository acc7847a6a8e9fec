//! Where an answer leads, and what goes along.

use super::server::*;
use crate::{Get, Post};

/// Leads from step to step, the last of which answers.
fn chain(steps: usize, status: u16) -> Server {
    Server::answering(move |asked, stream| {
        let at: usize = asked.split(['/', ' ']).nth(2).and_then(|at| at.parse().ok()).unwrap_or(0);
        let answer = if at < steps { led(status, &format!("/{}", at + 1)) } else { ok("", b"there") };
        say(stream, &answer);
    })
}

#[test]
fn five_steps_are_followed_and_a_sixth_is_not() {
    let server = chain(5, 302);
    assert_eq!(local().get(get(&server.url("/0"))).unwrap().url.as_str(), server.url("/5"));
    assert_eq!(server.visits(), 6);
    let server = chain(6, 302);
    let said = kind("redirect", local().get(get(&server.url("/0")))).to_string();
    assert!(said.contains("more than 5 times"), "{said}");
    assert_eq!(server.visits(), 6);
}

#[test]
fn a_circle_is_named() {
    let server = Server::answering(|asked, stream| {
        say(stream, &led(302, if asked.starts_with("GET /a") { "/b" } else { "/a#x" }));
    });
    let said = kind("redirect", local().get(get(&server.url("/a")))).to_string();
    assert!(said.contains("in a circle"), "{said}");
    assert_eq!(server.visits(), 2);
    let server = Server::saying(led(301, "?"));
    kind("redirect", local().get(get(&server.url("/?"))));
}

#[test]
fn a_move_is_one_where_every_step_is_permanent() {
    for (status, is_move) in [(301, true), (308, true), (302, false), (303, false), (307, false)] {
        let server = chain(2, status);
        let moved = local().get(get(&server.url("/0"))).unwrap().moved;
        assert_eq!(moved.map(String::from), is_move.then(|| server.url("/2")), "{status}");
    }
    let mixed = Server::answering(|asked, stream| {
        let answer = match &asked[..6] {
            "GET /a" => led(301, "/b"),
            "GET /b" => led(302, "/c"),
            _ => ok("", b""),
        };
        say(stream, &answer);
    });
    assert_eq!(local().get(get(&mixed.url("/a"))).unwrap().moved, None);
    let gone = Server::answering(|asked, stream| {
        let answer = if asked.starts_with("GET /a") { led(301, "/b") } else { b"HTTP/1.1 410 Gone\r\n\r\n".to_vec() };
        say(stream, &answer);
    });
    let answer = local().get(get(&gone.url("/a"))).unwrap();
    assert_eq!((answer.status, answer.moved), (410, None));
    assert_eq!(local().get(get(&chain(0, 301).url("/0"))).unwrap().moved, None);
}

#[test]
fn credentials_and_keys_stay_with_their_own_host() {
    let other = Server::saying(ok("", b"other"));
    let to = other.url("/").replace("//", "//eve:evil@");
    let first = Server::answering(move |asked, stream| {
        say(stream, &if asked.starts_with("GET /a") { led(302, "/b") } else { led(302, &to) });
    });
    let url = first.url("/a").replace("//", "//ada:p%40ss@");
    let headers = &[("X-Key", "k3y")];
    let answer = local().get(Get { headers, etag: Some("W/\"7\""), ..get(&url) }).unwrap();
    assert_eq!(answer.url.as_str(), other.url("/"));
    for asked in first.heard() {
        // `ada:p@ss`.
        assert!(asked.contains("authorization: basic ywrhonbac3m=") && asked.contains("x-key: k3y"), "{asked}");
        assert!(asked.contains("if-none-match: w/\"7\"") && !asked.contains("p%40ss@"), "{asked}");
    }
    let asked = &other.heard()[0];
    assert!(!asked.contains("authorization") && !asked.contains("k3y") && !asked.contains("evil"), "{asked}");
}

#[test]
fn credentials_stay_in_an_address_that_moved_on_its_own_host() {
    let server = chain(1, 301);
    let answer = local().get(get(&server.url("/0").replace("//", "//ada:pass@"))).unwrap();
    assert_eq!(answer.moved.as_ref().unwrap().as_str(), server.url("/1").replace("//", "//ada:pass@"));
    assert_eq!(answer.url.as_str(), server.url("/1"));
    assert!(!format!("{answer:?}").contains("pass"), "{answer:?}");
}

#[test]
fn what_is_sent_is_not_led_on() {
    let other = Server::saying(ok("", b""));
    let server = Server::saying(led(307, &other.url("/")));
    let post = Post { url: &server.url("/"), content_type: "text/plain", body: b"words", headers: &[], limits: LIMITS };
    assert_eq!(local().post(post).unwrap().status, 307);
    assert_eq!(other.visits(), 0);
}

#[test]
fn no_error_shows_credentials() {
    let port = Server::saying("").address.port();
    for path in ["?token=s3cret", "/a?api_key=s3cret", "#s3cret"] {
        for place in [format!("127.0.0.1:{port}"), "127.0.0.1:22".into(), "10.0.0.1".into(), "x.invalid".into()] {
            let url = format!("http://ada:s3cret@{place}/{path}");
            let error = local().get(get(&url)).unwrap_err();
            assert!(!format!("{error} {error:?} {:?}", get(&url)).contains("s3cret"), "{error:?}");
        }
    }
    let error = local().get(get("gopher://ada:s3cret@herald.example/")).unwrap_err();
    assert!(!error.to_string().contains("s3cret"), "{error}");
}
