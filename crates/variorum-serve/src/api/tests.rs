//! The API as a program meets it: every answer fits the description.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode, header};
use serde_json::{Value, json};
use tempfile::TempDir;
use tower::ServiceExt;
use variorum_news::Report;
use variorum_store::Store;
use variorum_store::search::Search;

use crate::State;

mod described;
mod read;
mod told;
mod written;

/// A newsroom with two invented reports, one of them revised.
struct Newsroom {
    app: Router,
    store: Store,
    _folder: TempDir,
}

/// What came back.
struct Answer {
    status: StatusCode,
    headers: axum::http::HeaderMap,
    body: Value,
}

fn newsroom() -> Newsroom {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path().join("variorum.db")).unwrap();
    store
        .keep(vec![report("herald-1", "Herald", "Two ferries sank off Delmare, Ada Orr said.")], 1_772_700_000)
        .unwrap();
    let later = vec![
        report("herald-1", "Herald", "Three ferries sank off Delmare, Ada Orr said."),
        report("a/b?c.json", "Karsholm Post é", "The storm went on in Vesterland. Ten people died."),
    ];
    store.keep(later, 1_772_703_600).unwrap();
    let search = Arc::new(Search::open(&store));
    search.catch_up(&store).unwrap();
    let state = State { store: store.clone(), search, clock: || 1_772_800_000 };
    Newsroom { app: crate::app(state), store, _folder: folder }
}

fn report(id: &str, outlet: &str, text: &str) -> Report {
    let mut report = Report::of_text(id, text);
    report.outlet = Some(outlet.to_owned());
    report.title = text.split_once('.').map(|(title, _)| title.to_owned());
    report.published = Some("2026-03-05".to_owned());
    report.language = Some("en".to_owned());
    report
}

impl Newsroom {
    async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    async fn post(&self, path: &str, body: Value) -> Answer {
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(Body::from(body.to_string())).unwrap()).await
    }

    /// Sends a request, and holds the answer to the description.
    async fn send(&self, request: Request<Body>) -> Answer {
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        let response = self.app.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        let body = if bytes.is_empty() { Value::Null } else { serde_json::from_slice(&bytes).unwrap() };
        let answer = Answer { status, headers, body };
        answer.fits(&method, &path);
        answer
    }
}

impl Answer {
    /// Panics where the description says otherwise.
    fn fits(&self, method: &Method, path: &str) {
        let kind = self.headers.get(header::CONTENT_TYPE).map(|kind| kind.to_str().unwrap());
        if self.status.is_client_error() || self.status.is_server_error() {
            assert_eq!(kind, Some("application/problem+json"), "{path}");
        }
        if let Some(schema) = described::schema(method, path, self.status, kind.unwrap_or("")) {
            let wrong: Vec<String> =
                schema.iter_errors(&self.body).map(|e| format!("{}: {e}", e.instance_path())).collect();
            assert!(wrong.is_empty(), "{method} {path} {}: {wrong:#?}", self.status);
        }
    }

    /// Returns the status, the sentence and the next step of a problem.
    fn problem(&self) -> (u16, &str, &str) {
        let word = |name: &str| self.body[name].as_str().unwrap_or_default();
        assert_eq!(self.body["status"], self.status.as_u16());
        (self.status.as_u16(), word("detail"), word("next"))
    }
}

#[test]
fn the_committed_description_is_what_the_types_say() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/api/openapi.json");
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(committed == super::description(), "docs/api/openapi.json is out of date; run `cargo xtask schema`");
}

#[tokio::test]
async fn the_description_is_served() {
    let answer = newsroom().get("/api/openapi.json").await;
    assert_eq!(answer.body["info"]["title"], "Variorum");
    assert_eq!(answer.body["paths"]["/api/v1/stories/{id}"]["get"]["operationId"], "getStory");
}

#[tokio::test]
async fn what_is_not_there_says_where_to_look() {
    let room = newsroom();
    for path in ["/api", "/api/v2/stories", "/api/v1/storys", "/api/v1/stories/a/b/c", "/api/v1/"] {
        let answer = room.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(answer.problem().2.contains("/api/openapi.json"), "{path}");
    }
    let answer = room.send(Request::delete("/api/v1/status").body(Body::empty()).unwrap()).await;
    assert_eq!(answer.problem().0, 405);
    assert!(answer.headers[header::ALLOW].to_str().unwrap().contains("GET"));
}

#[tokio::test]
async fn what_did_not_change_is_not_sent_again() {
    let room = newsroom();
    let first = room.get("/api/v1/reports/herald-1").await;
    let again = Request::get("/api/v1/reports/herald-1").header(header::IF_NONE_MATCH, &first.headers[header::ETAG]);
    let again = room.send(again.body(Body::empty()).unwrap()).await;
    assert_eq!((again.status, again.body), (StatusCode::NOT_MODIFIED, Value::Null));
    room.store.keep(vec![report("herald-1", "Herald", "Four ferries sank.")], 1_772_710_000).unwrap();
    let changed = Request::get("/api/v1/reports/herald-1").header(header::IF_NONE_MATCH, &first.headers[header::ETAG]);
    assert_eq!(room.send(changed.body(Body::empty()).unwrap()).await.status, StatusCode::OK);
}
