//! The way over a proxy is as guarded as the straight one.

use super::server::*;
use crate::lookup::Lookup;
use crate::{Door, Get, Policy};

fn by(proxy: &Server, credentials: &str, policy: Policy) -> Policy {
    Policy { proxy: Some(proxy.url("").replace("//", &format!("//{credentials}"))), ..policy }
}

/// No name is known here, as in a house where only the proxy may ask.
fn knowing_nothing(policy: Policy) -> Door {
    Door::with(policy, Lookup::by(|_| Err(std::io::Error::other("unknown here")))).unwrap()
}

#[test]
fn a_plain_address_goes_to_the_proxy_whole() {
    let proxy = Server::saying(ok("", b"by proxy"));
    let door = knowing(by(&proxy, "ada:pass@", Policy::default()), &["8.8.8.8"]);
    assert_eq!(door.get(get("http://ferries.example/feed?x=1")).unwrap().body, b"by proxy");
    let asked = &proxy.heard()[0];
    assert!(asked.starts_with("get http://ferries.example/feed?x=1 http/1.1\r\n"), "{asked}");
    assert!(asked.contains("host: ferries.example\r\n"), "{asked}");
    assert!(asked.contains("proxy-authorization: basic ywrhonbhc3m=\r\n"), "{asked}");
    assert!(!format!("{door:?}").contains("pass"), "{door:?}");
}

#[test]
fn a_safe_address_goes_through_a_tunnel() {
    let proxy = Server::answering(|_, stream| {
        say(stream, b"HTTP/1.1 200 Connection established\r\n\r\n");
        say(stream, b"this is no TLS, but it is the other end");
    });
    let door = knowing(by(&proxy, "ada:pass@", Policy::default()), &["8.8.8.8"]);
    let error = door.get(get("https://ferries.example/feed")).unwrap_err();
    assert!(matches!(error.kind(), "malformed" | "unreachable" | "truncated"), "{error}");
    let asked = &proxy.heard()[0];
    assert!(asked.starts_with("connect ferries.example:443 http/1.1\r\nhost: ferries.example:443\r\n"), "{asked}");
    assert!(asked.contains("proxy-authorization: basic ywrhonbhc3m=\r\n") && !asked.contains("/feed"), "{asked}");
}

#[test]
fn nothing_inside_is_asked_of_a_proxy() {
    let proxy = Server::saying(ok("", b"by proxy"));
    let door = knowing(by(&proxy, "", Policy::default()), &["10.0.0.7"]);
    let own = proxy.url("/");
    for url in ["http://127.0.0.1/", "https://[::1]/", "http://169.254.169.254/", "http://inner.example/", &own] {
        kind("private", door.get(get(url)));
    }
    let door = knowing_nothing(by(&proxy, "", Policy::default()));
    for url in
        ["http://localhost/", "http://a.localhost./", "http://wiki/", "http://db.internal/", "https://nas.local/"]
    {
        kind("private", door.get(get(url)));
    }
    kind("port", door.get(get("http://ferries.example:25/")));
    assert_eq!(proxy.visits(), 0);
    // A name that only the proxy knows is its to look up.
    assert_eq!(door.get(get("http://ferries.example/")).unwrap().body, b"by proxy");
}

#[test]
fn a_redirect_over_a_proxy_is_checked_as_well() {
    let proxy = Server::saying(led(301, "http://10.0.0.1/"));
    let door = knowing(by(&proxy, "", Policy::default()), &["8.8.8.8"]);
    kind("private", door.get(get("http://ferries.example/")));
    assert_eq!(proxy.visits(), 1);
}

#[test]
fn a_proxy_that_refuses_drips_or_is_none_is_named() {
    let refusing = Server::saying("HTTP/1.1 407 Who are you?\r\nContent-Length: 0\r\n\r\n");
    let door = knowing(by(&refusing, "", Policy::default()), &["8.8.8.8"]);
    let said = kind("proxy", door.get(get("https://ferries.example/"))).to_string();
    assert!(said.contains("407"), "{said}");
    for noise in ["", "SSH-2.0-OpenSSH\r\n", &"x".repeat(20_000)] {
        let noisy = Server::saying(noise);
        let door = knowing(by(&noisy, "", Policy::default()), &["8.8.8.8"]);
        kind("proxy", door.get(get("https://ferries.example/")));
    }
    let dripping = Server::answering(|_, stream| say_for_ever(stream, b"x", std::time::Duration::from_millis(5)));
    let door = knowing(by(&dripping, "", Policy::default()), &["8.8.8.8"]);
    kind("late", door.get(Get { limits: SHORT, ..get("https://ferries.example/") }));
    for proxy in ["", "proxy:3128", "socks5://127.0.0.1:1080", "https://proxy.example/", "http://"] {
        let refused = Door::new(Policy { proxy: Some(proxy.to_owned()), ..Policy::default() });
        assert_eq!(refused.unwrap_err().kind(), "proxy", "{proxy}");
    }
}

/// The environment of a test cannot be changed while it runs, so it runs again in another.
#[test]
fn the_environment_chooses_no_proxy() {
    const AGAIN: &str = "VARIORUM_TEST_AGAIN";
    if std::env::var_os(AGAIN).is_some() {
        let server = Server::saying(ok("", b"straight"));
        assert_eq!(local().get(get(&server.url("/"))).unwrap().body, b"straight");
        kind("private", Door::new(Policy::default()).unwrap().get(get(&server.url("/"))));
        return;
    }
    let proxy = Server::saying(ok("", b"by proxy"));
    let mut again = std::process::Command::new(std::env::current_exe().unwrap());
    for name in ["ALL_PROXY", "all_proxy", "HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy"] {
        again.env(name, proxy.url(""));
    }
    let name = "tests::over_a_proxy::the_environment_chooses_no_proxy";
    let run = again.env(AGAIN, "1").args([name, "--exact"]).output().unwrap();
    let said = String::from_utf8_lossy(&run.stdout).into_owned();
    assert!(run.status.success() && said.contains("1 passed"), "{said}");
    assert_eq!(proxy.visits(), 0);
}
