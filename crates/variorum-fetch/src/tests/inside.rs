//! Nothing leads inside: what is refused was never dialled.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::server::*;
use crate::lookup::Lookup;
use crate::{Door, Get, Policy, Post};

/// Every way of writing this machine that a socket of it could answer to.
const SPELLINGS: &[&str] = &[
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "2130706433",
    "0x7f000001",
    "0x7f.0.0.1",
    "0177.0.0.1",
    "017700000001",
    "127.0.0.1.",
    "%31%32%37.0.0.1",
    "①②⑦.⓪.⓪.①",
    "0.0.0.0",
    "0",
    "[::]",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "[::ffff:0:127.0.0.1]",
    "[64:ff9b::127.0.0.1]",
    "[64:ff9b:1::127.0.0.1]",
    "[2002:7f00:1::]",
    "[2001:0:53aa:64c:0:fbff:80ff:fffe]",
    "user:pass@127.0.0.1",
    "8.8.8.8@127.0.0.1",
];

#[test]
fn no_spelling_of_this_machine_is_dialled() {
    let server = Server::saying(ok("", b"inside"));
    let door = Door::new(Policy::default()).unwrap();
    for host in SPELLINGS {
        for slashes in ["//", "\\\\", "/\\", "", "////"] {
            let url = format!("http:{slashes}{host}:{}/", server.address.port());
            kind("private", door.get(get(&url)));
            let post = Post { url: &url, content_type: "text/plain", body: b"x", headers: &[], limits: LIMITS };
            kind("private", door.post(post));
        }
    }
    assert_eq!(server.visits(), 0);
}

#[test]
fn no_redirect_to_this_machine_is_dialled() {
    let inside = Server::saying(ok("", b"inside"));
    for host in SPELLINGS {
        for status in [301, 302, 303, 307, 308] {
            let to = format!("http://{host}:{}/", inside.address.port());
            let outside = Server::on("127.0.0.2", move |_, stream| say(stream, &led(status, &to)));
            let door = Door::new(allowing(&["127.0.0.2/32"])).unwrap();
            kind("private", door.get(get(&outside.url("/"))));
            assert_eq!(outside.visits(), 1);
        }
    }
    assert_eq!(inside.visits(), 0);
}

#[test]
fn a_redirect_leads_to_the_web_or_nowhere() {
    for (to, expected) in [
        ("file:///etc/passwd", "redirect"),
        ("gopher://127.0.0.1:70/", "redirect"),
        ("javascript:alert(1)", "redirect"),
        ("data:text/plain,x", "redirect"),
        ("http://", "redirect"),
        ("http://[::1", "redirect"),
        ("//10.0.0.1/", "private"),
        ("\\\\10.0.0.1/", "private"),
        ("/\\10.0.0.1/", "private"),
        ("http://127.0.0.1:22/", "port"),
        ("http://169.254.169.254/latest/meta-data/", "private"),
        ("http://[fd00:ec2::254]/latest/meta-data/", "private"),
    ] {
        let server = Server::saying(led(302, to));
        kind(expected, local().get(get(&server.url("/"))));
    }
    kind("redirect", local().get(get(&Server::saying("HTTP/1.1 302 Go\r\nContent-Length: 0\r\n\r\n").url("/"))));
}

#[test]
fn names_that_stand_for_this_machine_are_not_dialled() {
    let server = Server::saying(ok("", b"inside"));
    let port = server.address.port();
    let door = Door::new(Policy::default()).unwrap();
    kind("private", door.get(get(&format!("http://localhost:{port}/"))));
    // Not every system knows it with its last dot.
    let dotted = door.get(get(&format!("http://LOCALHOST.:{port}/"))).unwrap_err();
    assert!(matches!(dotted.kind(), "private" | "name"), "{dotted}");
    for addresses in [
        &["127.0.0.1"] as &[&str],
        &["::1"],
        &["::ffff:127.0.0.1"],
        &["64:ff9b::7f00:1"],
        &["10.0.0.1"],
        // Whoever mixes them waits for the other one to be dialled.
        &["8.8.8.8", "127.0.0.1"],
        &["127.0.0.1", "8.8.8.8"],
        &["2606:4700::1111", "fe80::1"],
    ] {
        let door = knowing(Policy::default(), addresses);
        kind("private", door.get(get(&format!("http://ferries.example:{port}/"))));
    }
    assert_eq!(server.visits(), 0);
    assert_eq!(door.get(get("http://ferries.invalid/")).unwrap_err().kind(), "name");
    assert_eq!(knowing(Policy::default(), &[]).get(get("http://ferries.example/")).unwrap_err().kind(), "name");
}

#[test]
fn a_name_that_changes_its_mind_is_dialled_where_it_was_checked() {
    let outside = Server::on("127.0.0.2", |_, stream| say(stream, &ok("", b"outside")));
    let port = outside.address.port();
    let inside = std::net::TcpListener::bind(("127.0.0.1", port)).unwrap();
    inside.set_nonblocking(true).unwrap();
    let answers = Mutex::new(VecDeque::from(["127.0.0.2", "127.0.0.1", "127.0.0.2"]));
    let lookups = std::sync::Arc::new(AtomicUsize::new(0));
    let counted = lookups.clone();
    let lookup = Lookup::by(move |_| {
        counted.fetch_add(1, Ordering::SeqCst);
        Ok(vec![answers.lock().unwrap().pop_front().unwrap().parse().unwrap()])
    });
    let door = Door::with(allowing(&["127.0.0.2/32"]), lookup).unwrap();
    let url = format!("http://rebind.example:{port}/");
    // Asked once, dialled there.
    assert_eq!(door.get(get(&url)).unwrap().body, b"outside");
    assert_eq!(lookups.load(Ordering::SeqCst), 1);
    // The next time it leads inside, and is refused.
    kind("private", door.get(get(&url)));
    assert!(inside.accept().is_err(), "somebody came inside");
    assert_eq!(door.get(get(&url)).unwrap().body, b"outside");
}

#[test]
fn ports_of_other_protocols_are_not_dialled() {
    for port in [22, 25, 6379, 11211] {
        kind("port", local().get(get(&format!("http://127.0.0.1:{port}/"))));
    }
}

#[test]
fn what_is_no_address_of_the_web_goes_nowhere() {
    let long = format!("http://ferries.example/{}", "x".repeat(10_000));
    for url in ["", "ferries", "file:///etc/passwd", "ftp://127.0.0.1/", "http://", "unix:/run/docker.sock", &long] {
        kind("address", local().get(get(url)));
    }
}

#[test]
fn nothing_is_smuggled_into_the_headers() {
    let server = Server::saying(ok("", b""));
    let url = server.url("/");
    let bad = "x\r\nX-Admin: yes";
    kind("header", local().get(Get { etag: Some(bad), ..get(&url) }));
    kind("header", local().get(Get { last_modified: Some(bad), ..get(&url) }));
    kind("header", local().get(Get { accept: bad, ..get(&url) }));
    kind("header", local().get(Get { headers: &[("X-Key", bad)], ..get(&url) }));
    kind("header", local().get(Get { headers: &[(bad, "x")], ..get(&url) }));
    let contact = Policy { contact: Some(bad.to_owned()), ..Policy::default() };
    assert_eq!(Door::new(contact).unwrap_err().kind(), "header");
    assert_eq!(server.visits(), 0);
    // In an address they are part of its path, or fall away.
    local().get(get(&server.url("/a%0d%0aX-Admin:%20yes\r\nX-Admin: yes"))).unwrap();
    assert!(!server.heard()[0].contains("\nx-admin"), "{:?}", server.heard());
}

#[test]
fn a_host_that_is_none_is_no_address() {
    for host in ["[fe80::1%25lo]", "[::1", "a b", "a%00b", "256.0.0.1", "1.2.3.4.5", "0x"] {
        let error = local().get(get(&format!("http://{host}/"))).unwrap_err();
        assert!(matches!(error.kind(), "address" | "private"), "{host}: {error}");
    }
    // Letters that look alike, or are the same to names.
    let door = knowing(Policy::default(), &["127.0.0.1"]);
    for host in ["ⓛⓞⓒⓐⓛⓗⓞⓢⓣ", "LOCALHOST", "127.0.0.1.nip.example", "localhost%2e"] {
        kind("private", door.get(get(&format!("http://{host}/"))));
    }
}

#[test]
fn more_look_ups_than_can_hang_are_refused() {
    let lookup = Lookup::by(|_| for_ever());
    for _ in 0..64 {
        let hanging = lookup.addresses("slow.example", 80, std::time::Duration::ZERO).unwrap_err();
        assert_eq!(hanging.kind(), std::io::ErrorKind::TimedOut);
    }
    let door = Door::with(Policy::default(), lookup).unwrap();
    let said = kind("name", door.get(get("http://slow.example/"))).to_string();
    assert!(said.contains("too many names"), "{said}");
}

#[test]
fn a_range_that_is_allowed_by_name_is_dialled() {
    let server = Server::saying(ok("", b"mine"));
    let door = Door::new(allowing(&["127.0.0.1/32"])).unwrap();
    assert_eq!(door.get(get(&server.url("/"))).unwrap().body, b"mine");
    let mapped = format!("http://[::ffff:127.0.0.1]:{}/", server.address.port());
    assert_eq!(door.get(get(&mapped)).unwrap().body, b"mine");
}
