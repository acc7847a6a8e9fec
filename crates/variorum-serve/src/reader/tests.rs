//! What a reader on a telephone relies on.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use axum::response::Response;
use serde_json::Value;
use tower::ServiceExt;
use variorum_store::{NewToken, Scope};

use crate::State;
use crate::door::hash;
use crate::door::tests::words;
use crate::pages::people_tests::guarded;
use crate::pages::tests::{Room, desk, now};

const API: &str = "/reader/api/0";
const ALL: &str = "user/-/state/com.google/reading-list";

/// A client that logged in.
struct Client {
    app: Router,
    auth: String,
}

impl Client {
    async fn new(room: &Room) -> Self {
        // The stories were made a minute ago.
        let app = crate::app(State { clock: || now() + 60, ..room.state() });
        let auth = log_in(&app, "/accounts/ClientLogin").await;
        Client { app, auth }
    }

    async fn get(&self, path: &str) -> Response {
        let request = Request::get(path).header("host", "localhost:8417");
        let request = request.header("authorization", format!("GoogleLogin auth={}", self.auth));
        self.app.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
    }

    async fn json(&self, path: &str) -> Value {
        let answer = self.get(path).await;
        let status = answer.status();
        let words = words(answer).await;
        assert_eq!(status, StatusCode::OK, "{path}: {words}");
        serde_json::from_str(&words).unwrap()
    }

    async fn post(&self, path: &str, form: &str) -> Response {
        let request = Request::post(path)
            .header("host", "localhost:8417")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("authorization", format!("GoogleLogin auth={}", self.auth));
        self.app.clone().oneshot(request.body(Body::from(form.to_owned())).unwrap()).await.unwrap()
    }

    async fn mark(&self, form: &str) {
        let token = words(self.get(&format!("{API}/token")).await).await;
        let answer = self.post(&format!("{API}/edit-tag"), &format!("{form}&T={}", token.trim())).await;
        assert_eq!(words(answer).await, "OK", "{form}");
    }

    /// The titles of a stream.
    async fn titles(&self, query: &str) -> Vec<String> {
        let stream = self.json(&format!("{API}/stream/contents/{ALL}?{query}")).await;
        let items = stream["items"].as_array().unwrap();
        items.iter().map(|item| item["title"].as_str().unwrap().to_owned()).collect()
    }

    /// The numbers of a stream, page by page.
    async fn pages(&self, query: &str) -> Vec<Vec<String>> {
        let mut pages = Vec::new();
        let mut next = String::new();
        loop {
            let page = self.json(&format!("{API}/stream/items/ids?s={ALL}&{query}{next}")).await;
            pages.push(numbers(&page));
            match page["continuation"].as_str() {
                Some(continuation) => next = format!("&c={continuation}"),
                None => return pages,
            }
        }
    }
}

fn numbers(page: &Value) -> Vec<String> {
    page["itemRefs"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
}

async fn log_in(app: &Router, path: &str) -> String {
    let request = Request::post(path).header("host", "localhost:8417");
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    let answer = app.clone().oneshot(request.body(Body::from("Email=ada&Passwd=secret")).unwrap()).await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK, "{path}");
    let words = words(answer).await;
    words.lines().find_map(|line| line.strip_prefix("Auth=")).unwrap().to_owned()
}

#[tokio::test]
async fn a_client_finds_us_under_the_address_that_it_expects() {
    let room = desk();
    let mut client = Client::new(&room).await;
    for base in ["", "/reader", "/reader/api/greader.php", "/api/greader.php"] {
        client.auth = log_in(&client.app, &format!("{base}/accounts/ClientLogin")).await;
        let user = client.json(&format!("{base}/reader/api/0/user-info?output=json")).await;
        assert_eq!(user["userName"], "desk", "{base}");
    }
    for base in ["/reader", "/reader/api/greader.php", "/api/greader.php"] {
        assert_eq!(words(client.get(base).await).await, "OK\n", "{base}");
    }
}

#[tokio::test]
async fn nobody_reads_without_a_log_in() {
    let room = desk();
    let mut client = Client::new(&room).await;
    client.auth = String::new();
    for path in ["token", "user-info", "subscription/list", "stream/items/ids", "unread-count"] {
        assert_eq!(client.get(&format!("{API}/{path}")).await.status(), StatusCode::UNAUTHORIZED, "{path}");
    }
    let form = "i=1&a=user/-/state/com.google/read";
    assert_eq!(client.post(&format!("{API}/edit-tag"), form).await.status(), StatusCode::UNAUTHORIZED);
    let answer = client.post("/accounts/ClientLogin", "Email=ada&Passwd=").await;
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_page_of_another_site_marks_nothing() {
    let room = desk();
    let client = Client::new(&room).await;
    let ask = |name: &'static str, value: &'static str| {
        let request = Request::post(format!("{API}/edit-tag"))
            .header("host", "localhost:8417")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("authorization", format!("GoogleLogin auth={}", client.auth))
            .header(name, value)
            .body(Body::from("i=1&a=user/-/state/com.google/read"))
            .unwrap();
        client.app.clone().oneshot(request)
    };
    for (name, value) in [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site"), ("origin", "null")] {
        assert_eq!(ask(name, value).await.unwrap().status(), StatusCode::FORBIDDEN, "{name}: {value}");
    }
}

#[tokio::test]
async fn a_token_of_an_earlier_run_is_asked_for_anew() {
    let room = desk();
    let (client, later) = (Client::new(&room).await, Client::new(&room).await);
    let token = words(client.get(&format!("{API}/token")).await).await;
    assert_eq!(token.trim().len(), 57);
    let form = format!("i=1&a=user/-/state/com.google/read&T={}", token.trim());
    assert_eq!(client.post(&format!("{API}/edit-tag"), &form).await.status(), StatusCode::OK);
    let refused = later.post(&format!("{API}/edit-tag"), &form).await;
    assert_eq!(refused.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(refused.headers()["x-reader-google-bad-token"], "true");
}

#[tokio::test]
async fn a_story_is_one_item_with_its_sources() {
    let room = desk();
    let client = Client::new(&room).await;
    let stream = client.json(&format!("{API}/stream/contents/{ALL}")).await;
    let items = stream["items"].as_array().unwrap();
    let ferry = items.iter().find(|item| item["title"].as_str().unwrap().contains("ferries")).unwrap();
    let content = ferry["content"]["content"].as_str().unwrap();
    assert!(content.starts_with("<p>3 reports, 3 publishers"), "{content}");
    assert!(content.contains("harbour master Ada Orr said") && content.contains("Delmare Herald"));
    assert_eq!(ferry["summary"], ferry["content"]);
    let page = format!("http://localhost:8417{}", crate::address::story(&room.story_of("herald-1")));
    assert_eq!(ferry["alternate"][0]["href"], page.as_str());
    assert!(ferry["id"].as_str().unwrap().starts_with("tag:google.com,2005:reader/item/"));
    assert!(ferry["author"].as_str().unwrap().contains("Vesterland Courier"));
    let subscriptions = client.json(&format!("{API}/subscription/list?output=json")).await;
    let subscriptions = subscriptions["subscriptions"].as_array().unwrap();
    assert!(items.iter().all(|item| subscriptions.iter().any(|one| one["id"] == item["origin"]["streamId"])));
    // They differ on how many were hurt.
    assert_eq!(ferry["origin"]["title"], "Disagreements");
    assert!(!words(client.get(&format!("{API}/stream/contents/{ALL}")).await).await.contains("<script>"));
}

#[tokio::test]
async fn what_is_read_is_read_and_what_is_starred_is_starred() {
    let room = desk();
    let client = Client::new(&room).await;
    let all = client.titles("").await;
    assert_eq!(all.len(), 4);
    let first = client.json(&format!("{API}/stream/contents/{ALL}?n=1")).await;
    let id = first["items"][0]["id"].as_str().unwrap().to_owned();
    client.mark(&format!("i={id}&a=user/-/state/com.google/read&a=user/-/state/com.google/starred")).await;
    assert_eq!(client.titles("xt=user/-/state/com.google/read").await, all[1..]);
    assert_eq!(client.titles("it=user/-/state/com.google/read").await, all[..1]);
    assert_eq!(client.titles("it=user/-/state/com.google/starred").await, all[..1]);
    let item = client.json(&format!("{API}/stream/items/contents?i={id}")).await["items"][0].clone();
    let has =
        |state: &str| item["categories"].as_array().unwrap().iter().any(|one| one.as_str().unwrap().ends_with(state));
    assert!(has("com.google/read") && has("com.google/starred"));
    let counts = client.json(&format!("{API}/unread-count?output=json")).await;
    assert_eq!(counts["max"], 3);
    // newsboat says it so.
    let kept = "user/-/state/com.google/tracking-kept-unread";
    let unread = format!("r=user/-/state/com.google/read&a=user/-/state/com.google/kept-unread&a={kept}");
    client.mark(&format!("i={id}&{unread}&ac=edit")).await;
    assert_eq!(client.titles("xt=user/-/state/com.google/read").await, all);
    client.mark(&format!("i={id}&r=user/-/state/com.google/starred")).await;
    assert_eq!(client.titles("it=user/-/state/com.google/starred").await, Vec::<String>::new());
}

#[tokio::test]
async fn all_is_marked_that_was_there_when_the_client_looked() {
    let room = desk();
    let client = Client::new(&room).await;
    let mark = |form: &'static str| client.post("/reader/api/0/mark-all-as-read", form);
    assert_eq!(words(mark("s=user/-/state/com.google/reading-list&ts=1000000000").await).await, "OK");
    assert_eq!(client.json(&format!("{API}/unread-count")).await["max"], 4);
    assert_eq!(words(mark("s=feed/1").await).await, "OK");
    assert_eq!(client.json(&format!("{API}/unread-count")).await["max"], 3);
    assert_eq!(words(mark("s=user/-/label/Stories").await).await, "OK");
    assert_eq!(client.json(&format!("{API}/unread-count")).await["max"], 0);
    assert_eq!(mark("s=feed/nobody").await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_saved_search_is_a_label() {
    let room = desk();
    let save = |w: &variorum_store::Writing| w.save_search("Ferries & fog", "ferries", 1);
    room.state().store.write(save).unwrap();
    let client = Client::new(&room).await;
    let tags = client.json(&format!("{API}/tag/list?output=json")).await;
    assert_eq!(tags["tags"][2]["id"], "user/-/label/Ferries & fog");
    let stream = client.json(&format!("{API}/stream/contents/user/-/label/Ferries%20%26%20fog")).await;
    assert_eq!(stream["items"].as_array().unwrap().len(), 1);
    let categories = stream["items"][0]["categories"].to_string();
    assert!(categories.contains("user/-/label/Ferries & fog"), "{categories}");
    let counts = client.json(&format!("{API}/unread-count")).await["unreadcounts"].clone();
    assert_eq!(counts.as_array().unwrap().last().unwrap()["count"], 1);
}

#[tokio::test]
async fn a_list_in_parts_has_each_story_once() {
    let room = desk();
    let client = Client::new(&room).await;
    let all = client.pages("n=100").await.concat();
    assert_eq!(all.len(), 4);
    let parts = client.pages("n=1").await;
    assert_eq!(parts.concat(), all);
    let mut oldest = client.pages("n=3&r=o").await.concat();
    oldest.reverse();
    assert_eq!(oldest, all);
}

#[tokio::test]
async fn what_grows_while_a_client_reads_on_is_not_missed() {
    let room = desk();
    let client = Client::new(&room).await;
    let first = client.json(&format!("{API}/stream/items/ids?s={ALL}&n=2")).await;
    let rest = client.json(&format!("{API}/stream/items/ids?s={ALL}&n=9")).await;
    let last = numbers(&rest).pop().unwrap();
    // The last story moves to the top.
    room.grow(last.parse().unwrap());
    let mut met = numbers(&first);
    let mut next = first["continuation"].as_str().map(str::to_owned);
    while let Some(c) = next {
        let page = client.json(&format!("{API}/stream/items/ids?s={ALL}&n=2&c={c}")).await;
        met.extend(numbers(&page));
        next = page["continuation"].as_str().map(str::to_owned);
    }
    assert!(met.contains(&last), "{met:?}");
    assert_eq!(met.iter().collect::<std::collections::BTreeSet<_>>().len(), 4);
}

#[tokio::test]
async fn hostile_words_are_refused_with_a_sentence() {
    let room = desk();
    let client = Client::new(&room).await;
    let long = "9".repeat(5_000);
    for (path, status) in [
        ("stream/contents/feed/9", 404),
        ("stream/contents/user/-/label/Nothing", 404),
        ("stream/contents/..%2F..%2Fetc%2Fpasswd", 404),
        ("stream/items/ids?n=-1", 400),
        ("stream/items/ids?c=12", 400),
        ("stream/items/ids?ot=soon", 400),
        ("stream/items/contents", 400),
        ("stream/items/contents?i=x", 400),
        (&format!("stream/items/contents?i={long}"), 400),
        ("stream/items/ids?s=%ff", 400),
        ("edit-tag?i=1&a=user/-/state/com.google/read", 400),
        ("nothing/here", 404),
    ] {
        let answer = client.get(&format!("{API}/{path}")).await;
        assert_eq!(answer.status().as_u16(), status, "{path:.80}");
        let said: Value = serde_json::from_str(&words(answer).await).unwrap();
        assert!(!said["errors"][0].as_str().unwrap().is_empty(), "{path:.80}");
    }
    for (path, form, status) in [
        ("edit-tag", "i=1", 400),
        ("edit-tag", "i=1&a=user/-/state/com.google/read&r=user/-/state/com.google/read", 400),
        ("edit-tag", "i=1&a=user/-/label/Mine", 422),
        ("subscription/edit", "ac=unsubscribe&s=feed/1", 422),
        ("mark-all-as-read", "", 400),
    ] {
        let answer = client.post(&format!("{API}/{path}"), form).await;
        assert_eq!(answer.status().as_u16(), status, "{path} {form}");
    }
    let added = words(client.post(&format!("{API}/subscription/quickadd"), "quickadd=https://a.example").await).await;
    assert!(added.contains("\"numResults\":0") && added.contains("error"));
    // A number that is no story's is passed over.
    client.mark("i=999999&i=-5&a=user/-/state/com.google/read").await;
    assert_eq!(client.json(&format!("{API}/unread-count")).await["max"], 4);
}

#[tokio::test]
async fn newsboat_reads_a_stream_as_atom() {
    let room = desk();
    let client = Client::new(&room).await;
    let first =
        client.json(&format!("{API}/stream/contents/feed%2F1")).await["items"][0]["id"].as_str().unwrap().to_owned();
    client.mark(&format!("i={first}&a=user/-/state/com.google/read")).await;
    let answer = client.get("/reader/atom/feed%2F1?n=20").await;
    assert_eq!(answer.headers()[header::CONTENT_TYPE], "application/atom+xml; charset=utf-8");
    let feed = words(answer).await;
    assert!(feed.contains(&format!("<id>{first}</id>")), "{feed}");
    assert!(
        feed.contains("scheme=\"http://www.google.com/reader/\" term=\"user/-/state/com.google/read\" label=\"read\"")
    );
}

/// Gives a user a token for programs.
fn token_of(room: &Room, user: &'static str, secret: &'static str) {
    let new =
        NewToken { hash: hash(secret), name: "phone".to_owned(), scope: Scope::Read, at: now(), ends: now() + 9_999 };
    room.state().store.write(move |w| w.add_token(w.user(user)?.unwrap().n, &new).map(|_| ())).unwrap();
}

#[tokio::test]
async fn where_one_must_log_in_a_token_is_the_password_and_marks_are_ones_own() {
    let (room, app) = guarded();
    token_of(&room, "Rea", "rea-secret");
    token_of(&room, "Edda", "edda-secret");
    let stranger = Client { app: app.clone(), auth: "open".to_owned() };
    for (form, status) in [
        ("Email=Rea&Passwd=wrong", StatusCode::UNAUTHORIZED),
        ("Email=Edda&Passwd=rea-secret", StatusCode::UNAUTHORIZED),
        ("Email=Rea&Passwd=four+ferries+in+fog", StatusCode::UNAUTHORIZED),
    ] {
        let request = Request::post("/accounts/ClientLogin").header("host", "localhost:8417");
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let answer = app.clone().oneshot(request.body(Body::from(form)).unwrap()).await.unwrap();
        assert_eq!(answer.status(), status, "{form}");
    }
    assert_eq!(stranger.get(&format!("{API}/unread-count")).await.status(), StatusCode::UNAUTHORIZED);
    let request = Request::post("/api/greader.php/accounts/ClientLogin").header("host", "localhost:8417");
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    let answer = app.clone().oneshot(request.body(Body::from("Email=rea&Passwd=rea-secret")).unwrap()).await.unwrap();
    assert!(words(answer).await.contains("\nAuth=rea-secret\n"));
    let rea = Client { app: app.clone(), auth: "rea-secret".to_owned() };
    let edda = Client { app, auth: "edda-secret".to_owned() };
    assert_eq!(rea.json(&format!("{API}/user-info")).await["userName"], "Rea");
    rea.mark("i=1&a=user/-/state/com.google/read").await;
    assert_eq!(rea.json(&format!("{API}/unread-count")).await["max"], 3);
    assert_eq!(edda.json(&format!("{API}/unread-count")).await["max"], 4);
    // Dropped, it is shut out at once.
    let drop = |w: &variorum_store::Writing| {
        let user = w.user("Rea")?.unwrap().n;
        w.drop_token(user, w.tokens_of(user)?[0].n).map(|_| ())
    };
    room.state().store.write(drop).unwrap();
    assert_eq!(rea.get(&format!("{API}/unread-count")).await.status(), StatusCode::UNAUTHORIZED);
}
