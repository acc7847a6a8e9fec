//! What the door lets in, and what every answer carries.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use axum::response::Response;
use tower::ServiceExt;

use crate::pages::tests::{newsroom, now};

async fn ask(app: &Router, request: Request<Body>) -> Response {
    app.clone().oneshot(request).await.unwrap()
}

/// Asks for a page as a browser of this machine does.
pub async fn get(app: &Router, path: &str) -> Response {
    ask(app, Request::get(path).header("host", "localhost:8417").body(Body::empty()).unwrap()).await
}

/// Returns the words of an answer.
pub async fn words(answer: Response) -> String {
    String::from_utf8(to_bytes(answer.into_body(), 1 << 24).await.unwrap().to_vec()).unwrap()
}

const CARRIED: [(&str, &str); 6] = [
    (
        "content-security-policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-frame-options", "DENY"),
];

fn carries_all(headers: &HeaderMap, path: &str) {
    for (name, value) in CARRIED {
        assert_eq!(headers.get(name).map(|v| v.to_str().unwrap()), Some(value), "{name} of {path}");
    }
    assert!(headers.contains_key("permissions-policy") && headers.contains_key("cache-control"), "{path}");
}

#[tokio::test]
async fn every_answer_carries_what_keeps_a_reader_safe() {
    let room = newsroom();
    let app = crate::app(room.state());
    for path in [
        "/",
        "/about",
        "/keys",
        "/status",
        "/search",
        "/saved",
        "/corrections",
        "/static/variorum.css",
        "/favicon.ico",
        "/nowhere",
        "/story/nobody",
        "/report/nobody.json",
        "/outlet/nobody",
        "/static/none",
        "/search?q=%22",
        "/story/%FF",
        "/search?order=odd",
    ] {
        carries_all(get(&app, path).await.headers(), path);
    }
    let odd = ask(&app, Request::delete("/").header("host", "localhost").body(Body::empty()).unwrap()).await;
    assert_eq!(odd.status(), StatusCode::METHOD_NOT_ALLOWED);
    carries_all(odd.headers(), "DELETE /");
}

#[tokio::test]
async fn a_name_that_another_machine_may_own_is_refused() {
    let room = newsroom();
    let app = crate::app(room.state());
    for host in
        ["news.example", "localhost.example:80", "192.168.0.4", "0.0.0.0", "[::2]:8417", "", "127.0.0.1.example"]
    {
        let answer = ask(&app, Request::get("/about").header("host", host).body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status(), StatusCode::MISDIRECTED_REQUEST, "{host}");
        carries_all(answer.headers(), host);
    }
    for host in ["localhost", "LOCALHOST:1", "127.0.0.1:8417", "[::1]:8417", "desk.localhost", "127.9.9.9"] {
        let answer = ask(&app, Request::get("/about").header("host", host).body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status(), StatusCode::OK, "{host}");
    }
}

/// Returns the cookie and the token of a page with a form.
pub async fn secret(app: &Router) -> (String, String) {
    let page = get(app, "/search?q=ferry").await;
    let cookie = page.headers()[header::SET_COOKIE].to_str().unwrap().to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    let cookie = cookie.split(';').next().unwrap().to_owned();
    let page = words(page).await;
    let token = page.split("name=\"token\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    (cookie, token)
}

#[tokio::test]
async fn only_our_own_forms_change_anything() {
    let room = newsroom();
    let app = crate::app(room.state());
    let (cookie, token) = secret(&app).await;
    let post = |cookie: &str, token: &str, with: &[(&str, &str)]| {
        let mut request = Request::post("/saved").header("host", "localhost:8417").header("cookie", cookie);
        for (name, value) in with {
            request = request.header(*name, *value);
        }
        request.body(Body::from(format!("token={token}&query=ferry&name=Ferries"))).unwrap()
    };
    let own = [("origin", "http://localhost:8417"), ("sec-fetch-site", "same-origin")];
    for (cookie, token, with) in [
        ("", token.as_str(), &own[..]),
        (&cookie, "", &own),
        (&cookie, "0123", &own),
        (&cookie, &token, &[("origin", "http://evil.example")]),
        (&cookie, &token, &[("origin", "http://localhost:9")]),
        (&cookie, &token, &[("origin", "null")]),
        (&cookie, &token, &[("sec-fetch-site", "cross-site")]),
        (&cookie, &token, &[("sec-fetch-site", "same-site")]),
    ] {
        let answer = ask(&app, post(cookie, token, with)).await;
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{with:?}");
        carries_all(answer.headers(), "/saved");
    }
    let browser = [("origin", "null"), ("sec-fetch-site", "same-origin")];
    for with in [&own[..], &browser, &[]] {
        assert_eq!(ask(&app, post(&cookie, &token, with)).await.status(), StatusCode::SEE_OTHER, "{with:?}");
    }
    assert!(words(get(&app, "/saved").await).await.contains("Ferries"));
}

#[tokio::test]
async fn what_did_not_change_is_not_sent_again() {
    let room = newsroom();
    let app = crate::app(room.state());
    let tag_of = |answer: &Response| answer.headers()[header::ETAG].to_str().unwrap().to_owned();
    for path in ["/", "/about", "/search?q=ferry", "/corrections.json", "/saved", "/static/variorum.js"] {
        let first = get(&app, path).await;
        assert_eq!(first.status(), StatusCode::OK, "{path}");
        let tag = tag_of(&first);
        assert_eq!(tag_of(&get(&app, path).await), tag, "{path}");
        let again =
            Request::get(path).header("host", "localhost:8417").header("if-none-match", &tag).body(Body::empty());
        let again = ask(&app, again.unwrap()).await;
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED, "{path}");
        carries_all(again.headers(), path);
        assert!(words(again).await.is_empty());
    }
    let before = tag_of(&get(&app, "/").await);
    room.keep("later", "Karsholm Post", "A third ferry sailed late.");
    assert_eq!(tag_of(&get(&app, "/").await), before, "nobody placed it yet");
    room.work();
    assert_ne!(tag_of(&get(&app, "/").await), before);
}

#[tokio::test]
async fn errors_are_said_as_they_were_asked() {
    let room = newsroom();
    let app = crate::app(room.state());
    let json = get(&app, "/report/nobody.json").await;
    assert_eq!(json.status(), StatusCode::NOT_FOUND);
    let told: serde_json::Value = serde_json::from_str(&words(json).await).unwrap();
    assert_eq!(told["status"], 404);
    let page = words(get(&app, "/report/%3Cscript%3E").await).await;
    assert!(page.contains("&lt;script&gt;") && !page.contains("<script>"), "{page}");
    let query = get(&app, "/search?q=outlet%3A").await;
    assert_eq!(query.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(words(query).await.contains("At character"));
    assert_eq!(get(&app, "/?order=odd").await.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(get(&app, "/?cursor=odd").await.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(get(&app, "/search?q=%C3").await.status(), StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_page_that_breaks_off_is_an_error_page() {
    async fn breaks() -> &'static str {
        panic!("of no concern to a reader")
    }
    let room = newsroom();
    let state = room.state();
    let rooms = Router::new().route("/breaks", axum::routing::get(breaks));
    let app = super::behind(rooms, &state, crate::Board::default(), crate::Access::default()).with_state(state);
    let answer = get(&app, "/breaks").await;
    assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
    carries_all(answer.headers(), "/breaks");
    let page = words(answer).await;
    assert!(page.contains("Something broke") && !page.contains("concern"), "{page}");
    assert_eq!(now(), 1_772_700_000);
}
