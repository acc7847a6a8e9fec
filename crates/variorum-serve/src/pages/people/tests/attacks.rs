//! What others try, each with the answer that they get.

use std::num::NonZeroU32;

use axum::http::Method;

use super::*;
use crate::address;
use crate::door::{Limits, routes};

/// A newsroom that counts no requests: these tests ask more often than anybody may.
fn patient() -> (Room, Router) {
    let many = NonZeroU32::new(100_000).unwrap();
    let limits = Limits { logins: many, posts: many, reads: many, ..Limits::default() };
    guarded_with(Access { logins: true, limits, ..Access::default() })
}

/// Every route that changes something, with names in it.
fn changing() -> Vec<(Method, String)> {
    let all = routes::every_route().into_iter();
    let nothing = |path: &str| path == "/api" || path.starts_with("/api/{");
    all.filter(|(method, path)| !matches!(*method, Method::GET) && !nothing(path))
        .map(|(method, path)| (method, routes::named(&path)))
        .collect()
}

#[tokio::test]
async fn a_page_of_another_site_changes_nothing_by_any_route() {
    let (_room, app) = patient();
    let ada = Browser::of(&app, "Ada").await;
    let token = ada.get("/account").await.token();
    let body = format!("token={token}&name=x&query=x");
    assert!(changing().len() > 20, "{:?}", changing());
    for (method, path) in changing() {
        for with in [
            &[("origin", "https://evil.example")][..],
            &[("origin", "null")],
            &[("origin", "http://localhost:9")],
            &[("origin", "http://localhost:8417.evil.example")],
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site"), ("origin", "http://localhost:8417")],
        ] {
            let refused = ada.send(method.clone(), &path, &body, with).await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN, "{method} {path} {with:?}");
        }
    }
}

#[tokio::test]
async fn a_form_without_its_secret_changes_nothing_by_any_route() {
    let (_room, app) = patient();
    let (ada, rea) = (Browser::of(&app, "Ada").await, Browser::of(&app, "Rea").await);
    let others = rea.get("/account").await.token();
    assert!(!others.is_empty());
    for (method, path) in changing() {
        for token in ["", "0123", &others] {
            // As a browser of old that says nothing of where it comes from.
            let refused = ada.send(method.clone(), &path, &format!("token={token}&name=x"), &[]).await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN, "{method} {path} {token}: {}", refused.words);
        }
    }
}

#[tokio::test]
async fn nobody_is_logged_in_by_another_site() {
    let (_room, app) = guarded();
    let (evil, victim) = (Browser::new(&app), Browser::new(&app));
    // The secret of a stranger's form belongs to that stranger's browser.
    let stolen = evil.get("/login").await.token();
    victim.get("/login").await;
    let fields = format!("token={stolen}&name=Rea&password={}", address::encode(PASSWORD));
    assert_eq!(victim.post("/login", &fields).await.status, StatusCode::FORBIDDEN);
    let fields =
        format!("token={}&name=Rea&password={}", victim.get("/login").await.token(), address::encode(PASSWORD));
    let cross = [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")];
    assert_eq!(victim.send(Method::POST, "/login", &fields, &cross).await.status, StatusCode::FORBIDDEN);
    assert!(!victim.cookies.borrow().keys().any(|name| name.contains("session")));
}

#[tokio::test]
async fn a_session_that_was_put_there_before_is_not_the_one_after() {
    let (room, app) = guarded();
    let ada = Browser::new(&app);
    let fixed = "f".repeat(64);
    ada.cookies.borrow_mut().insert("variorum_session_8417".into(), fixed.clone());
    ada.log_in("Ada", PASSWORD, "/").await;
    let first = ada.cookies.borrow()["variorum_session_8417"].clone();
    assert_ne!(first, fixed);
    let token = ada.get("/account").await.token();
    ada.post("/logout", &format!("token={token}")).await;
    ada.log_in("Ada", PASSWORD, "/").await;
    assert_ne!(ada.cookies.borrow()["variorum_session_8417"], first);
    let thief = Browser::new(&app);
    for old in [fixed, first] {
        thief.cookies.borrow_mut().insert("variorum_session_8417".into(), old);
        assert_eq!(thief.get("/saved").await.status, StatusCode::SEE_OTHER, "an old session opens nothing");
    }
    let n = room.state().store.read(|view| view.user("Ada")).unwrap().unwrap().n;
    assert_eq!(room.state().store.read(|view| view.sessions_of(n, now())).unwrap().len(), 1);
}

#[tokio::test]
async fn a_login_leads_to_no_other_server() {
    let (_room, app) = guarded();
    for next in ["//evil.example", "/\\evil.example", "/\t/evil.example", "https://evil.example", "/%2fevil.example"] {
        let browser = Browser::new(&app);
        assert!(
            browser
                .get(&format!("/login?next={}", address::encode(next)))
                .await
                .words
                .contains("name=\"next\" value=\"/\""),
            "{next:?}"
        );
        assert_eq!(browser.log_in("Ada", PASSWORD, next).await.to(), "/", "{next:?}");
        assert_eq!(browser.get(&format!("/login?next={}", address::encode(next))).await.to(), "/", "{next:?}");
    }
}

#[tokio::test]
async fn a_page_that_is_kept_is_shown_to_nobody_else() {
    let (room, app) = guarded();
    let story = address::story(&room.story_of("herald-1"));
    let (ada, edda, rea) =
        (Browser::of(&app, "Ada").await, Browser::of(&app, "Edda").await, Browser::of(&app, "Rea").await);
    let program = Browser::new(&app);
    for path in ["/", story.as_str(), "/search?q=ferries", "/corrections", "/about", "/saved", "/account"] {
        // Each twice, so that what is kept is shown.
        let mut seen = Vec::new();
        for browser in [&ada, &edda, &rea, &ada, &edda, &rea] {
            let page = browser.get(path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            let vary: Vec<_> = page.headers.get_all(header::VARY).iter().map(|vary| vary.to_str().unwrap()).collect();
            assert!(vary.contains(&"cookie, authorization"), "{path}: {vary:?}");
            assert!(page.headers[header::CACHE_CONTROL].to_str().unwrap().contains("private"), "{path}");
            seen.push(page);
        }
        let tokens: Vec<String> = seen.iter().map(Shown::token).collect();
        assert_eq!(tokens[..3], tokens[3..], "{path}");
        let is_form = !tokens[0].is_empty();
        assert!(!is_form || tokens[0] != tokens[1], "{path}: two users share a secret");
        assert!(tokens[2].is_empty() || path == "/account", "{path}: a reader has a secret");
        for (page, name, others) in
            [(&seen[3], "Ada", ["Edda", "Rea"]), (&seen[4], "Edda", ["Ada", "Rea"]), (&seen[5], "Rea", ["Ada", "Edda"])]
        {
            for other in others {
                assert!(!page.words.contains(&format!("value=\"{other}\"")), "{path}: {name} sees {other}");
            }
        }
        assert_ne!(program.get(path).await.status, StatusCode::OK, "{path}: a stranger sees what is kept");
        let tag = seen[0].headers.get(header::ETAG).map(|tag| tag.to_str().unwrap().to_owned());
        if let Some(tag) = tag.filter(|_| is_form && path != "/account") {
            let known = edda.send(Method::GET, path, "", &[("if-none-match", &tag)]).await;
            assert_eq!(known.status, StatusCode::OK, "{path}: the tag of another's page is not this one's");
        }
    }
}

#[tokio::test]
async fn who_guesses_passwords_waits() {
    let few = Limits { logins: NonZeroU32::new(4).unwrap(), ..Limits::default() };
    let (_room, app) = guarded_with(Access { logins: true, limits: few, ..Access::default() });
    let mut thief = Browser::new(&app);
    let token = thief.get("/login").await.token();
    let fields = format!("token={token}&name=Nobody&password=x");
    for _ in 0..4 {
        assert_eq!(thief.post("/login", &fields).await.status, StatusCode::UNAUTHORIZED);
    }
    let refused = thief.post("/login", &fields).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    let wait: u64 = refused.headers[header::RETRY_AFTER].to_str().unwrap().parse().unwrap();
    assert!((1..=60).contains(&wait) && refused.words.contains("wait"), "{wait}");
    assert_eq!(thief.get("/login").await.status, StatusCode::OK, "to read is something else");
    thief.from = [203, 0, 113, 9].into();
    assert_eq!(thief.post("/login", &fields).await.status, StatusCode::UNAUTHORIZED, "another address");
}

#[tokio::test]
async fn a_name_is_not_guessed_from_a_thousand_addresses() {
    let (_room, app) = patient();
    let mut thief = Browser::new(&app);
    let token = thief.get("/login").await.token();
    let mut refused = 0;
    for n in 0..12 {
        thief.from = [203, 0, 113, n].into();
        let answer = thief.post("/login", &format!("token={token}&name=ada&password=x")).await;
        refused += usize::from(answer.status == StatusCode::TOO_MANY_REQUESTS);
    }
    assert!(refused >= 6, "{refused}");
}

#[tokio::test]
async fn a_strangers_body_is_small() {
    let (_room, app) = guarded();
    let stranger = Browser::new(&app);
    let token = stranger.get("/login").await.token();
    let large = format!("token={token}&name=Ada&password={}", "x".repeat(20_000));
    assert_eq!(stranger.post("/login", &large).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let long = format!("token={token}&name=Ada&password={}", "x".repeat(5_000));
    assert_eq!(stranger.post("/login", &long).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_session_alone_posts_nothing_to_the_api() {
    let (_room, app) = guarded();
    let edda = Browser::of(&app, "Edda").await;
    let search = r#"{"name":"Ferries","q":"ferry"}"#;
    let json = ("content-type", "application/json");
    assert_eq!(edda.send(Method::POST, "/api/v1/saved", search, &[json]).await.status, StatusCode::FORBIDDEN);
    let own = ("origin", "http://localhost:8417");
    assert_eq!(edda.send(Method::POST, "/api/v1/saved", search, &[json, own]).await.status, StatusCode::CREATED);
}

/// A body of which the first letter never comes.
struct Never;

impl axum::body::HttpBody for Never {
    type Data = axum::body::Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<hyper::body::Frame<axum::body::Bytes>, Self::Error>>> {
        std::task::Poll::Pending
    }
}

#[tokio::test]
async fn a_body_that_never_comes_is_not_waited_for() {
    let limits = Limits { body: std::time::Duration::from_millis(50), ..Limits::default() };
    for logins in [true, false] {
        let (_room, app) = guarded_with(Access { logins, limits: limits.clone(), ..Access::default() });
        for path in ["/login", "/saved", "/api/v1/check"] {
            let request = Request::post(path).header(header::HOST, "localhost:8417").body(Body::new(Never)).unwrap();
            let answer = app.clone().oneshot(request).await.unwrap();
            // Who may not ask at all is told so before anything is read.
            let early = logins && path != "/login";
            let expected = if early { StatusCode::UNAUTHORIZED } else { StatusCode::REQUEST_TIMEOUT };
            assert_eq!(answer.status(), expected, "{path}, logins {logins}");
        }
    }
}
