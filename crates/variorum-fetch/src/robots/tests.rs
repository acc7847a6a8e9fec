//! As sites ask, and fail to.

use std::time::Duration;

use url::Url;

use super::{DAY, HOUR, Memory, Site};
use crate::tests::server::*;
use crate::{Door, Policy};

const NOW: i64 = 1_795_000_000;

fn site(answer: impl Into<Vec<u8>>) -> (Server, Site) {
    let server = Server::saying(answer);
    let site = Site::ask(&local(), &page(&server, "/a"), NOW, None);
    (server, site)
}

fn page(server: &Server, path: &str) -> Url {
    Url::parse(&server.url(path)).unwrap()
}

fn check(answer: impl Into<Vec<u8>>, allowed: &[&str], refused: &[&str]) -> Site {
    let (server, site) = site(answer);
    for path in allowed {
        assert!(site.allows(&page(&server, path)), "{path} is refused");
    }
    for path in refused {
        assert!(!site.allows(&page(&server, path)), "{path} is allowed");
    }
    site
}

#[test]
fn rules_for_everybody_and_for_us() {
    let rules =
        ok("", b"User-agent: *\nDisallow: /private\nCrawl-delay: 7\nSitemap: https://herald.example/news.xml\n");
    let said = check(rules, &["/", "/feed", "/robots.txt"], &["/private", "/private/x?y"]);
    assert_eq!(said.delay(), Some(Duration::from_secs(7)));
    assert_eq!(said.sitemaps()[0].as_str(), "https://herald.example/news.xml");
    assert_eq!(said.silent(), None);
    let rules = "User-agent: Variorum\nDisallow: /\nAllow: /feed\n\nUser-agent: *\nAllow: /\n";
    check(ok("", rules.as_bytes()), &["/feed"], &["/", "/news"]);
    let (server, _) = site(ok("", b""));
    assert!(server.heard()[0].starts_with("get /robots.txt http/1.1\r\n"), "{:?}", server.heard());
}

#[test]
fn what_is_not_there_allows_and_what_is_broken_does_not() {
    for status in [400, 401, 403, 404, 410] {
        let said = check(format!("HTTP/1.1 {status} No\r\n\r\n"), &["/", "/a"], &[]);
        assert_eq!(said.silent(), None);
    }
    for status in [429, 500, 502, 503, 599, 304] {
        let said = check(format!("HTTP/1.1 {status} No\r\n\r\n"), &[], &["/", "/a"]);
        let (since, reason) = said.silent().unwrap();
        assert!(since == NOW && reason.ends_with(&format!("answered {status}")), "{reason}");
    }
    check("", &[], &["/"]);
    check("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nbroken", &[], &["/"]);
    check("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nUser-agent: *\nAllow: /", &[], &["/"]);
    // A page where rules should be has none.
    check(ok("", b"<!doctype html><html><body>Not found</body></html>"), &["/"], &[]);
}

#[test]
fn rules_that_lead_inside_or_in_a_circle() {
    check(led(302, "http://169.254.169.254/"), &[], &["/"]);
    check(led(302, "/robots.txt"), &["/"], &[]);
    let door = Door::new(Policy::default()).unwrap();
    let server = Server::saying(ok("", b""));
    let said = Site::ask(&door, &page(&server, "/"), NOW, None);
    assert!(!said.allows(&page(&server, "/")) && server.visits() == 0);
    assert!(said.silent().unwrap().1.contains("this machine"), "{:?}", said.silent());
}

#[test]
fn too_many_rules_are_read_as_far_as_they_must_be() {
    let mut rules = b"User-agent: *\nDisallow: /private\n".to_vec();
    rules.extend(b"# filler\n".repeat(70_000));
    rules.extend(b"Disallow: /\n");
    check(ok("", &rules), &["/feed"], &["/private"]);
    // Rules that only a machine would write.
    let many: String = (0..20_000).map(|nth| format!("Disallow: /*{nth}*a*b*c*$\n")).collect();
    check(ok("", format!("User-agent: *\n{many}").as_bytes()), &["/feed"], &[]);
}

#[test]
fn a_site_is_asked_once_a_day_and_a_silent_one_once_an_hour() {
    let (server, memory) = (Server::saying(ok("", b"")), Memory::default());
    let ask = |at: i64| memory.site(&local(), &page(&server, "/a"), at);
    ask(NOW);
    ask(NOW + DAY - 1);
    assert_eq!(server.visits(), 1);
    ask(NOW + DAY);
    assert_eq!(server.visits(), 2);
    // A clock that was set back does not keep it for ever.
    ask(NOW);
    assert_eq!(server.visits(), 3);

    let (server, memory) = (Server::saying("HTTP/1.1 503 Later\r\n\r\n"), Memory::default());
    let ask = |at: i64| memory.site(&local(), &page(&server, "/a"), at).silent().map(|(since, _)| since);
    assert_eq!((ask(NOW), ask(NOW + HOUR - 1), server.visits()), (Some(NOW), Some(NOW), 1));
    // It is silent since the first time.
    assert_eq!((ask(NOW + HOUR), server.visits()), (Some(NOW), 2));
}

#[test]
fn rules_that_are_hard_to_match_are_matched() {
    let rules: String = (0..2_000).map(|nth| format!("Disallow: /{}{nth}b$\n", "*a".repeat(120))).collect();
    let rules = format!("User-agent: *\n{rules}");
    let (server, site) = site(ok("", rules.as_bytes()));
    let long = format!("/{}", "a".repeat(8_000));
    // Two thousand rules of a hundred stars: each is matched in one pass.
    assert!(site.allows(&page(&server, &long)), "{:?}", site.silent());
}
