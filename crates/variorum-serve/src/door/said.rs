//! What went wrong, as a page or as JSON, as it was asked for.

use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};

use crate::error::{AsItIs, Said};
use crate::pages;

pub async fn said(request: Request, next: Next) -> Response {
    let as_json = wants_json(request.uri().path(), request.headers());
    let answer = next.run(request).await;
    let status = answer.status();
    if !(status.is_client_error() || status.is_server_error()) {
        return answer;
    }
    if answer.extensions().get::<AsItIs>().is_some() {
        return answer;
    }
    let kind = answer.headers().get(header::CONTENT_TYPE).map(|kind| kind.as_bytes().to_vec());
    // A room that said it in a form of its own is not interrupted.
    if kind.is_some_and(|kind| !kind.starts_with(b"text/plain")) {
        return answer;
    }
    let words = answer.extensions().get::<Said>().map_or_else(|| plain(status), |said| said.0.clone());
    let mut told = if as_json {
        crate::api::problem(status, &words)
    } else {
        Html(pages::problem(status, &words)).into_response()
    };
    *told.status_mut() = status;
    let kept = [header::ALLOW, header::RETRY_AFTER, header::WWW_AUTHENTICATE, header::SET_COOKIE, header::CONNECTION];
    for name in kept {
        for value in answer.headers().get_all(&name) {
            told.headers_mut().append(name.clone(), value.clone());
        }
    }
    told
}

fn wants_json(path: &str, headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or("");
    path.starts_with("/api/") || path.ends_with(".json") || (accept.contains("json") && !accept.contains("text/html"))
}

fn plain(status: StatusCode) -> String {
    match status {
        StatusCode::NOT_FOUND => "there is no page at this address".to_owned(),
        StatusCode::METHOD_NOT_ALLOWED => "this address cannot be asked in this way".to_owned(),
        StatusCode::PAYLOAD_TOO_LARGE => "the request brings more than 4 MiB".to_owned(),
        StatusCode::SERVICE_UNAVAILABLE => "the answer took too long; try again".to_owned(),
        other => other.canonical_reason().unwrap_or("the request failed").to_lowercase(),
    }
}
