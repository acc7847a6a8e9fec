//! A day at a desk where one logs in.

use axum::http::Method;
use serde_json::{Value, json};

use super::*;
use crate::address;

#[tokio::test]
async fn nothing_is_shown_to_strangers() {
    let (room, app) = guarded();
    let stranger = Browser::new(&app);
    let story = address::story(&room.story_of("herald-1"));
    let led = stranger.get(&format!("{story}?since=1")).await;
    assert_eq!(led.status, StatusCode::SEE_OTHER);
    assert_eq!(led.to(), format!("/login?next={}", address::encode(&format!("{story}?since=1"))));
    for path in ["/feed.atom", "/api/v1/stories", "/index.json", "/search.json?q=fog", "/metrics", "/api/openapi.json"]
    {
        let refused = stranger.get(path).await;
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED, "{path}");
        assert!(refused.headers.contains_key(header::WWW_AUTHENTICATE) && !refused.words.contains("ferries"), "{path}");
    }
    let api = stranger.get("/api/v1/stories").await;
    assert_eq!(api.headers[header::CONTENT_TYPE], "application/problem+json");
    assert_eq!(stranger.get("/static/variorum.css").await.status, StatusCode::OK);
    assert_eq!(stranger.get("/login").await.status, StatusCode::OK);
}

#[tokio::test]
async fn after_logging_in_one_is_where_one_wanted_to_be() {
    let (_room, app) = guarded();
    let ada = Browser::new(&app);
    let wrong = ada.log_in("Ada", "not her password", "/saved").await;
    assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
    assert!(wrong.words.contains("No user of this name has this password") && wrong.words.contains("value=\"Ada\""));
    let unknown = ada.log_in("Nobody", "not her password", "/saved").await;
    assert_eq!(
        unknown.words.replace("Nobody", "Ada").len(),
        wrong.words.len(),
        "the same words for a name that nobody has"
    );
    let right = ada.log_in(" ada ", PASSWORD, "/saved").await;
    assert_eq!((right.status, right.to()), (StatusCode::SEE_OTHER, "/saved"));
    let cookie = right.headers[header::SET_COOKIE].to_str().unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && !cookie.contains("Secure"), "{cookie}");
    assert_eq!(ada.get("/saved").await.status, StatusCode::OK);
    assert_eq!(ada.get("/login?next=/status").await.to(), "/status", "who is here need not log in");
    let account = ada.get("/account").await;
    let out = ada.post("/logout", &format!("token={}", account.token())).await;
    assert_eq!(out.to(), "/login");
    assert_eq!(ada.get("/saved").await.to(), "/login?next=%2Fsaved");
}

#[tokio::test]
async fn through_tls_a_cookie_is_for_tls_alone() {
    let public = Some("https://news.example".parse().unwrap());
    let (_room, app) = guarded_with(Access { logins: true, public, ..Access::default() });
    let mut ada = Browser::new(&app);
    ada.host = "news.example";
    let token = ada.get("/login").await.token();
    assert!(ada.cookies.borrow().keys().all(|name| name == "__Host-variorum_form"));
    let fields = format!("token={token}&name=Ada&password={}", address::encode(PASSWORD));
    let with = |origin| [("origin", origin), ("sec-fetch-site", "same-origin")];
    let plain = ada.send(Method::POST, "/login", &fields, &with("http://news.example")).await;
    assert_eq!(plain.status, StatusCode::FORBIDDEN, "a page without TLS is another origin");
    let done = ada.send(Method::POST, "/login", &fields, &with("https://news.example")).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.words);
    let cookie = done.headers[header::SET_COOKIE].to_str().unwrap();
    assert!(
        cookie.starts_with("__Host-variorum=") && cookie.contains("; Secure") && cookie.contains("Path=/;"),
        "{cookie}"
    );
    ada.host = "evil.example";
    assert_eq!(ada.get("/").await.status, StatusCode::MISDIRECTED_REQUEST);
}

#[tokio::test]
async fn a_reader_sees_no_forms_and_may_post_nothing() {
    let (room, app) = guarded();
    let (rea, edda) = (Browser::of(&app, "Rea").await, Browser::of(&app, "Edda").await);
    let story = address::story(&room.story_of("herald-1"));
    for path in ["/", story.as_str(), "/search?q=ferries", "/saved", "/corrections"] {
        let page = rea.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(!page.words.contains("method=\"post\"") && !page.words.contains("name=\"token\""), "{path}");
    }
    assert!(edda.get(&story).await.words.contains("Correct this story"));
    let fields = format!("token={}&with=x&reason=y", rea.get("/account").await.token());
    let refused = rea.post(&format!("{story}/merge"), &fields).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(refused.words.contains("This takes an editor, and Rea came as reader"), "{}", refused.words);
    for path in ["/people", "/audit", "/people.json", "/metrics"] {
        assert_eq!(rea.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
        assert_eq!(edda.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
}

#[tokio::test]
async fn a_correction_is_by_who_is_logged_in_whatever_the_form_says() {
    let (room, app) = guarded();
    let edda = Browser::of(&app, "Edda").await;
    let (ferries, ballot) = (room.story_of("herald-1"), room.story_of("ballot"));
    let page = edda.get(&address::story(&ferries)).await;
    assert!(page.words.contains("readonly value=\"Edda\""));
    let fields = format!("token={}&with={}&who=Ada&reason=one+day", page.token(), address::encode(&ballot));
    let done = edda.post(&format!("{}/merge", address::story(&ferries)), &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.words);
    room.work();
    let log = edda.get("/corrections.json").await;
    let log: Value = serde_json::from_str(&log.words).unwrap();
    assert_eq!(log["corrections"][0]["who"], "Edda");
    for _ in 0..200 {
        let audit = room.state().store.read(|view| view.audit_before(i64::MAX, 1)).unwrap();
        if audit[0].what == "POST /story/{}/merge" && audit[0].who == "Edda" {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("it is not in the log");
}

#[tokio::test]
async fn a_token_opens_what_its_scope_and_its_user_may() {
    let (room, app) = guarded();
    let edda = Browser::of(&app, "Edda").await;
    let token = edda.get("/account").await.token();
    let make = |scope: &str| format!("token={token}&name=nightly&scope={scope}&days=30");
    assert_eq!(edda.post("/account/tokens", &make("admin")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let secret = |page: &Shown| page.words.split("variorum_").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let made = edda.post("/account/tokens", &make("read")).await;
    assert_eq!(made.status, StatusCode::CREATED);
    let read = format!("variorum_{}", secret(&made));
    assert!(!edda.get("/account").await.words.contains(&read), "it is shown once");
    let write = format!("variorum_{}", secret(&edda.post("/account/tokens", &make("write")).await));
    let program = Browser::new(&app);
    let with = |token: &str| format!("Bearer {token}");
    let ask = async |method: Method, path: &str, token: &str, body: &str| {
        program.send(method, path, body, &[("authorization", &with(token)), ("content-type", "application/json")]).await
    };
    assert_eq!(ask(Method::GET, "/api/v1/stories", &read, "").await.status, StatusCode::OK);
    assert_eq!(ask(Method::GET, "/api/v1/stories", "variorum_00", "").await.status, StatusCode::UNAUTHORIZED);
    let search = json!({ "name": "Ferries", "q": "ferry" }).to_string();
    assert_eq!(ask(Method::POST, "/api/v1/saved", &read, &search).await.status, StatusCode::FORBIDDEN);
    assert_eq!(ask(Method::POST, "/api/v1/saved", &write, &search).await.status, StatusCode::CREATED);
    assert_eq!(ask(Method::GET, "/people.json", &write, "").await.status, StatusCode::FORBIDDEN);
    let (ferries, ballot) = (room.story_of("herald-1"), room.story_of("ballot"));
    let merge =
        json!({ "reason": "one day", "action": { "do": "merge", "story": ferries, "with": ballot } }).to_string();
    let corrected = ask(Method::POST, "/api/v1/corrections", &write, &merge).await;
    assert_eq!(corrected.status, StatusCode::CREATED, "{}", corrected.words);
    assert!(corrected.words.contains("\"who\":\"Edda\""), "{}", corrected.words);
    // A reader of feeds sends it as a password, and that way reads alone.
    let basic = "Basic OnZhcmlvcnVtX3g=";
    assert_eq!(
        program.send(Method::GET, "/feed.atom", "", &[("authorization", basic)]).await.status,
        StatusCode::UNAUTHORIZED
    );
    let basic = format!("Basic {}", base64(&format!("edda:{write}")));
    assert_eq!(program.send(Method::GET, "/feed.atom", "", &[("authorization", &basic)]).await.status, StatusCode::OK);
    let posted = program
        .send(
            Method::POST,
            "/api/v1/saved",
            &search,
            &[("authorization", &basic), ("content-type", "application/json")],
        )
        .await;
    assert_eq!(posted.status, StatusCode::FORBIDDEN);
    let fields = format!("token={}", edda.get("/account").await.token());
    assert_eq!(edda.post("/account/tokens/1/drop", &fields).await.status, StatusCode::SEE_OTHER);
    assert_eq!(ask(Method::GET, "/api/v1/stories", &read, "").await.status, StatusCode::UNAUTHORIZED);
}

fn base64(text: &str) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits: Vec<bool> = text.bytes().flat_map(|byte| (0..8).rev().map(move |n| byte >> n & 1 == 1)).collect();
    let six = |part: &[bool]| (0..6).fold(0, |sum, n| sum << 1 | usize::from(part.get(n).copied().unwrap_or(false)));
    bits.chunks(6).map(|part| char::from(LETTERS[six(part)])).collect()
}

#[tokio::test]
async fn an_admin_lets_people_in_and_out() {
    let (room, app) = guarded();
    let (ada, edda) = (Browser::of(&app, "Ada").await, Browser::of(&app, "Edda").await);
    let token = ada.get("/people").await.token();
    let add = format!("token={token}&name=Tomas+Vell&role=reader&password=ten+boats+in+the+harbour");
    assert_eq!(ada.post("/people", &add).await.status, StatusCode::SEE_OTHER);
    assert_eq!(ada.post("/people", &add).await.status, StatusCode::UNPROCESSABLE_ENTITY, "the name is taken");
    let short = format!("token={token}&name=Ivo&role=reader&password=short");
    assert_eq!(ada.post("/people", &short).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let people: Value = serde_json::from_str(&ada.get("/people.json").await.words).unwrap();
    assert_eq!(people["people"].as_array().unwrap().len(), 4);
    assert!(!people.to_string().contains("argon2"));
    let n = |name: &str| room.state().store.read(|view| view.user(name)).unwrap().unwrap().n;
    let act = async |who: &str, verb: &str, more: &str| {
        ada.post(&format!("/people/{}/{verb}", n(who)), &format!("token={token}{more}")).await.status
    };
    assert_eq!(edda.get("/saved").await.status, StatusCode::OK);
    assert_eq!(act("Edda", "role", "&role=reader").await, StatusCode::SEE_OTHER);
    let fields = format!("token={}&query=ferry", edda.get("/account").await.token());
    assert_eq!(edda.post("/saved", &fields).await.status, StatusCode::FORBIDDEN, "a role holds at once");
    assert_eq!(act("Edda", "disable", "").await, StatusCode::SEE_OTHER);
    assert_eq!(edda.get("/saved").await.status, StatusCode::SEE_OTHER, "the session is ended");
    assert_eq!(act("Ada", "disable", "").await, StatusCode::UNPROCESSABLE_ENTITY, "the only admin");
    assert_eq!(act("Edda", "enable", "").await, StatusCode::SEE_OTHER);
    assert_eq!(act("Edda", "password", "&password=a+new+one+for+edda").await, StatusCode::SEE_OTHER);
    assert_eq!(edda.log_in("Edda", PASSWORD, "/").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(edda.log_in("Edda", "a new one for edda", "/").await.status, StatusCode::SEE_OTHER);
    let audit = ada.get("/audit").await.words;
    for words in [
        "add a user",
        "Tomas Vell (reader)",
        "disable",
        "give a password to",
        "log in",
        "<b>refused</b>",
        "from 127.0.0.1",
    ] {
        assert!(audit.contains(words), "{words}: {audit}");
    }
    assert!(!audit.contains("harbour"), "no password is written down");
}

#[tokio::test]
async fn a_new_password_ends_all_other_sessions() {
    let (_room, app) = guarded();
    let (here, there) = (Browser::of(&app, "Edda").await, Browser::of(&app, "Edda").await);
    let token = here.get("/account").await.token();
    let fields = |old: &str, again: &str| {
        format!("token={token}&old={}&new=twelve+boats+come&again={}", address::encode(old), address::encode(again))
    };
    assert_eq!(
        here.post("/account/password", &fields("wrong", "twelve boats come")).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(
        here.post("/account/password", &fields(PASSWORD, "twelve boats go")).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(there.get("/saved").await.status, StatusCode::OK);
    assert_eq!(
        here.post("/account/password", &fields(PASSWORD, "twelve boats come")).await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(here.get("/saved").await.status, StatusCode::OK);
    assert_eq!(there.get("/saved").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn without_logins_all_is_as_it_was() {
    let room = desk();
    let app = crate::app(room.state());
    let browser = Browser::new(&app);
    assert!(browser.get("/account").await.words.contains("Nobody logs in here"));
    assert_eq!(browser.get("/login").await.to(), "/");
    let page = browser.get("/search?q=ferries").await;
    assert!(page.words.contains("Save this search"));
    let saved = browser.post("/saved", &format!("token={}&query=ferry&name=Ferries", page.token())).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.words);
    assert_eq!(browser.get("/metrics").await.status, StatusCode::OK);
}
