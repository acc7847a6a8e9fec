//! What is read.

use super::*;

#[tokio::test]
async fn a_report_is_told_with_its_words() {
    let answer = newsroom().get("/api/v1/reports/herald-1").await;
    assert_eq!(answer.body["report"]["text"], "Three ferries sank off Delmare, Ada Orr said.");
    assert_eq!(answer.body["entry"]["first_seen"], "2026-03-05T08:40:00Z");
    assert_eq!(answer.body["story"], Value::Null);
}

#[tokio::test]
async fn an_odd_name_has_an_address() {
    let room = newsroom();
    let found = room.get("/api/v1/search?q=vesterland").await;
    let href = found.body["items"][0]["report"]["href"].as_str().unwrap();
    assert_eq!(href, "/api/v1/reports/a%2Fb%3Fc%2Ejson");
    assert_eq!(room.get(href).await.body["entry"]["id"], "a/b?c.json");
}

#[tokio::test]
async fn what_a_report_said_before_is_told() {
    let answer = newsroom().get("/api/v1/reports/herald-1/revisions").await;
    let texts: Vec<&str> =
        answer.body["items"].as_array().unwrap().iter().map(|r| r["report"]["text"].as_str().unwrap()).collect();
    assert!(texts[0].starts_with("Two") && texts[1].starts_with("Three") && texts.len() == 2, "{texts:?}");
}

#[tokio::test]
async fn annotations_are_told_once_they_are_kept() {
    let room = newsroom();
    let path = "/api/v1/reports/herald-1/annotations";
    assert_eq!(room.get(path).await.body["annotations"], Value::Null);
    let text = "Three ferries sank off Delmare, Ada Orr said.";
    let read = variorum::annotate(report("herald-1", "Herald", text), variorum::Depth::Fast);
    room.store.write(move |writing| writing.put_reading(1, &read.annotations.unwrap())).unwrap();
    assert_eq!(room.get(path).await.body["annotations"]["figures"][0]["value"], 3);
}

#[tokio::test]
async fn a_forgotten_report_is_gone_and_an_unknown_one_is_missing() {
    let room = newsroom();
    let (status, detail, next) = {
        let answer = room.get("/api/v1/reports/nobody").await;
        let (status, detail, next) = answer.problem();
        (status, detail.to_owned(), next.to_owned())
    };
    assert_eq!((status, detail.as_str()), (404, "there is no report `nobody` here"));
    assert!(next.contains("search"));
    room.store.forget(vec![1], 1_772_800_000).unwrap();
    assert_eq!(room.get("/api/v1/reports/herald-1").await.problem().0, 410);
}

#[tokio::test]
async fn search_counts_and_goes_on() {
    let room = newsroom();
    let first = room.get("/api/v1/search?limit=1").await;
    assert_eq!(first.body["total"], 2);
    assert_eq!(first.body["facets"]["outlets"][0]["count"], 1);
    let cursor = first.body["next"].as_str().unwrap();
    let second = room.get(&format!("/api/v1/search?limit=1&cursor={cursor}")).await;
    assert_ne!(first.body["items"][0]["report"]["id"], second.body["items"][0]["report"]["id"]);
    assert_eq!(second.body["next"], Value::Null);
}

#[tokio::test]
async fn a_query_that_cannot_be_read_says_where() {
    let room = newsroom();
    for path in [
        "/api/v1/search?q=%22open",
        "/api/v1/search?q=date:yesterday",
        "/api/v1/search?cursor=zz",
        "/api/v1/search?order=oldest",
        "/api/v1/search?limit=0",
        "/api/v1/search?limit=many",
        "/api/v1/search?colour=red",
        "/api/v1/stories?cursor=1",
        "/api/v1/outlets?cursor=x",
        "/api/v1/corrections/seven",
        "/api/v1/stories/s1/changes",
        "/api/v1/stories/s1/changes?since=yesterday",
        "/api/v1/reports/%FF",
    ] {
        let answer = room.get(path).await;
        let (status, detail, next) = answer.problem();
        assert!(status == 400 && !detail.is_empty() && !next.is_empty(), "{path}: {status} {detail} {next}");
    }
}

#[tokio::test]
async fn outlets_are_listed_by_name_with_cursors() {
    let room = newsroom();
    let first = room.get("/api/v1/outlets?limit=1").await;
    assert_eq!(first.body["items"][0]["name"], "Herald");
    let next = first.body["next"].as_str().unwrap();
    let second = room.get(&format!("/api/v1/outlets?limit=1&cursor={next}")).await;
    assert_eq!(second.body["items"][0]["href"], "/api/v1/outlets/Karsholm%20Post%20%C3%A9");
    assert_eq!(second.body["next"], Value::Null);
}

#[tokio::test]
async fn the_status_counts() {
    let answer = newsroom().get("/api/v1/status").await;
    assert_eq!((&answer.body["reports"], &answer.body["stories"]), (&json!(2), &json!(0)));
}
