//! What is handed in.

use super::*;

#[tokio::test]
async fn a_search_is_kept_listed_and_dropped() {
    let room = newsroom();
    let made = room.post("/api/v1/saved", json!({ "name": " Ferries ", "q": "ferry -storm" })).await;
    assert_eq!((made.status, &made.body["name"]), (StatusCode::CREATED, &json!("Ferries")));
    assert_eq!(made.body["href"], "/api/v1/search?q=ferry%20-storm");
    let path = format!("/api/v1/saved/{}", made.body["n"]);
    assert_eq!(room.get("/api/v1/saved").await.body["items"][0], made.body);
    let drop = || Request::delete(&path).body(Body::empty()).unwrap();
    assert_eq!(room.send(drop()).await.status, StatusCode::NO_CONTENT);
    assert_eq!(room.send(drop()).await.problem().0, 404);
    assert_eq!(room.get("/api/v1/saved").await.body["items"], json!([]));
}

#[tokio::test]
async fn a_rewrite_is_checked_and_nothing_is_kept() {
    let room = newsroom();
    let pair = json!({ "rewrite": "Three ferries sank off Delmare.", "sources": ["Two ferries sank off Delmare."] });
    let answer = room.post("/api/v1/check", pair).await;
    assert_eq!(answer.body["drift"][0]["kind"], "figure");
    assert_eq!(answer.body["drift"][0]["source"]["report"], "source-1");
    assert_eq!(room.get("/api/v1/status").await.body["reports"], 2);
}

#[tokio::test]
async fn a_body_that_cannot_be_read_is_refused_with_a_reason() {
    let room = newsroom();
    let long = "a".repeat(200_001);
    for (path, body, status) in [
        ("/api/v1/check", "{".to_owned(), 400),
        ("/api/v1/check", "{}".to_owned(), 422),
        ("/api/v1/check", json!({ "rewrite": "x", "sources": [] }).to_string(), 422),
        ("/api/v1/check", json!({ "rewrite": long, "sources": ["y"] }).to_string(), 422),
        ("/api/v1/check", json!({ "rewrite": "x".repeat(3 << 20), "sources": ["y"] }).to_string(), 413),
        ("/api/v1/check", json!({ "rewrite": "x", "sources": ["y"], "model": "z" }).to_string(), 422),
        ("/api/v1/saved", json!({ "name": " ", "q": "" }).to_string(), 422),
        ("/api/v1/saved", json!({ "name": "x", "q": "\"open" }).to_string(), 400),
        (
            "/api/v1/corrections",
            json!({ "who": "", "reason": "r", "action": { "do": "merge", "story": "a", "with": "b" } }).to_string(),
            422,
        ),
        (
            "/api/v1/corrections",
            json!({ "who": "Ada Orr", "reason": "r", "action": { "do": "burn" } }).to_string(),
            422,
        ),
    ] {
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/json");
        let shown: String = body.chars().take(80).collect();
        let answer = room.send(request.body(Body::from(body)).unwrap()).await;
        let (said, detail, next) = answer.problem();
        assert!(said == status && !detail.is_empty() && !next.is_empty(), "{path} {shown}: {said} {detail} {next}");
    }
}

#[tokio::test]
async fn only_json_from_here_changes_something() {
    let room = newsroom();
    let body = || Body::from(json!({ "name": "x", "q": "ferry" }).to_string());
    let plain = Request::post("/api/v1/saved").header(header::CONTENT_TYPE, "text/plain").body(body()).unwrap();
    assert_eq!(room.send(plain).await.problem().0, 415);
    let foreign = Request::post("/api/v1/saved")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::HOST, "127.0.0.1:8080")
        .header(header::ORIGIN, "https://evil.example");
    assert_eq!(room.send(foreign.body(body()).unwrap()).await.problem().0, 403);
    assert_eq!(room.get("/api/v1/saved").await.body["items"], json!([]));
}

#[tokio::test]
async fn a_rule_is_made_listed_and_turned_off() {
    let room = newsroom();
    let new = json!({
        "name": "Ferries", "when": "report", "q": "ferry", "who": "Ada Orr",
        "channels": [{ "kind": "mail", "to": "night@desk.example" }, { "kind": "webhook", "to": "https://desk.example/hook/s3cret" }],
    });
    let made = room.post("/api/v1/rules", new.clone()).await;
    assert_eq!((made.status, &made.body["feed"]), (StatusCode::CREATED, &json!("/alerts/1.atom")));
    assert_eq!(made.headers[header::CACHE_CONTROL], "no-store");
    let secret = made.body["channels"][1]["secret"].as_str().unwrap().to_owned();
    assert!(secret.starts_with("whsec_") && made.body["channels"][0]["secret"].is_null());
    let listed = room.get("/api/v1/rules").await.body;
    assert_eq!(
        (&listed["items"][0]["name"], &listed["items"][0]["channels"][1]["to"]),
        (&json!("Ferries"), &json!("https://desk.example/…"))
    );
    assert!(!listed.to_string().contains(&secret) && !listed.to_string().contains("s3cret"));
    assert_eq!(room.post("/api/v1/rules", new).await.problem().0, 422);
    let drop = || Request::delete("/api/v1/rules/1?who=Ada").body(Body::empty()).unwrap();
    assert_eq!(room.send(drop()).await.status, StatusCode::NO_CONTENT);
    assert_eq!(room.send(drop()).await.problem().0, 404);
    for wrong in [
        json!({ "name": "x", "when": "report", "who": "Ada" }),
        json!({ "name": "x", "when": "burns", "who": "Ada" }),
        json!({ "name": "x", "when": "drift", "who": "Ada", "channels": [{ "kind": "webhook", "to": "javascript:x" }] }),
        json!({ "name": "x", "when": "drift", "who": "Ada", "channels": [{ "kind": "mail", "to": "a@b\r\nBcc: c@d" }] }),
    ] {
        assert_eq!(room.post("/api/v1/rules", wrong.clone()).await.problem().0, 422, "{wrong}");
    }
}

#[tokio::test]
async fn what_was_told_is_listed() {
    use variorum_store::alerts::{Line, NewAlert, Words};
    let room = newsroom();
    room.post("/api/v1/rules", json!({ "name": "Drift", "when": "drift", "who": "Ada Orr", "channels": [{ "kind": "mail", "to": "a@desk.example" }] })).await;
    for key in ["a", "b"] {
        let span = variorum_news::Span { report: "herald-1".into(), start: 0, end: 11, text: "Two ferries".to_owned() };
        let line =
            Line { label: "New".to_owned(), report: Some("herald-1".into()), span: Some(span), ..Line::default() };
        let words =
            Words { says: "A rewrite changes what its source says".to_owned(), lines: vec![line], ..Words::default() };
        let alert = NewAlert { rule: 1, at: 1_772_700_000, story: None, keys: vec![key.to_owned()], words };
        room.store.write(move |writing| writing.tell(&alert)).unwrap();
    }
    let first = room.get("/api/v1/alerts?limit=1&rule=1").await.body;
    assert_eq!(first["items"][0]["lines"][0]["href"], "/api/v1/reports/herald-1");
    assert_eq!(first["items"][0]["deliveries"][0]["state"], "waiting");
    let next = room.get(&format!("/api/v1/alerts?limit=1&cursor={}", first["next"].as_str().unwrap())).await.body;
    assert!(next["next"].is_null() && next["items"][0]["id"] != first["items"][0]["id"]);
    assert_eq!(room.get("/api/v1/alerts?cursor=odd").await.problem().0, 400);
}
