//! What whoever runs the server is told, and nobody else.

use axum::http::StatusCode;

use crate::door::Access;
use crate::pages::people_tests::{Browser, guarded_with};

#[tokio::test]
async fn strangers_are_told_no_more_than_ok() {
    let (_room, app) = guarded_with(Access { logins: true, ..Access::default() });
    let stranger = Browser::new(&app);
    let told = stranger.get("/health").await;
    assert_eq!((told.status, told.words.as_str()), (StatusCode::OK, "ok\n"));
    assert_eq!(stranger.get("/health.json").await.words, "{\"ok\":true}");
    assert_eq!(stranger.get("/metrics").await.status, StatusCode::UNAUTHORIZED);
    let ada = Browser::of(&app, "Ada").await;
    let told = ada.get("/health").await.words;
    for line in ["ok\n", "record: can be written\n", "desk: at work; ", "search: finds 6 of 6 reports\n", "disk: "] {
        assert!(told.contains(line), "{line}: {told}");
    }
}

#[tokio::test]
async fn a_server_without_a_desk_is_not_well() {
    let room = crate::pages::tests::desk();
    let app = crate::app(room.state());
    let told = Browser::new(&app).get("/health").await;
    assert_eq!(told.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(told.words.starts_with("not well\n") && told.words.contains("nobody works at the desk"), "{}", told.words);
    assert!(Browser::new(&app).get("/health.json").await.words.starts_with("{\"ok\":false,\"checks\":["));
}

#[tokio::test]
async fn figures_name_no_report_and_no_reader() {
    let (_room, app) = guarded_with(Access { logins: true, ..Access::default() });
    let ada = Browser::of(&app, "Ada").await;
    for path in ["/", "/report/herald-1", "/report/secret-name", "/search?q=secret", "/nowhere/secret"] {
        ada.get(path).await;
    }
    let told = ada.get("/metrics").await;
    assert!(told.headers["content-type"].to_str().unwrap().starts_with("application/openmetrics-text"));
    let told = told.words;
    assert!(told.ends_with("# EOF\n") && !told.contains("secret") && !told.contains("herald"), "{told}");
    for line in [
        "variorum_requests_total{route=\"/report/{}\",method=\"GET\",status=\"200\"} 1",
        "variorum_requests_total{route=\"/report/{}\",method=\"GET\",status=\"404\"} 1",
        "variorum_requests_total{route=\"other\",method=\"GET\",status=\"404\"} 1",
        "variorum_reports 6",
        "variorum_stories_stale 0",
        "variorum_desk_at_work 1",
        "variorum_request_seconds_count{route=\"/search\"} 1",
    ] {
        assert!(told.contains(line), "{line}: {told}");
    }
}
