//! What went wrong, as a program reads it (RFC 9457): a sentence, and the next step.

use axum::Json;
use axum::extract::{FromRequest, FromRequestParts, Request, rejection::JsonRejection};
use axum::http::{HeaderValue, StatusCode, header, request::Parts};
use axum::response::{IntoResponse, Response};
use serde::{Serialize, de::DeserializeOwned};
use utoipa::ToSchema;

use crate::Error;

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Problem {
    /// Always `about:blank`: the status says what kind it is.
    #[serde(rename = "type")]
    #[schema(example = "about:blank")]
    kind: String,
    /// The name of the status.
    #[schema(example = "Not Found")]
    title: String,
    /// The status.
    #[schema(minimum = 400, maximum = 599, example = 404)]
    status: u16,
    /// What went wrong, in a sentence.
    #[schema(example = "there is no story `s7` here")]
    detail: String,
    /// What to do next.
    #[schema(example = "list the stories: GET /api/v1/stories")]
    next: String,
}

impl Problem {
    /// Says what went wrong, and what to do next.
    pub fn new(status: StatusCode, detail: impl Into<String>, next: impl Into<String>) -> Self {
        Problem {
            kind: "about:blank".to_owned(),
            title: status.canonical_reason().unwrap_or("Error").to_owned(),
            status: status.as_u16(),
            detail: detail.into(),
            next: next.into(),
        }
    }

    /// Says words of ours that may end with a hint.
    pub fn said(status: StatusCode, words: &str) -> Self {
        let (detail, hint) = parted(words);
        Problem::new(status, detail, hint.unwrap_or_else(|| next_step(status).to_owned()))
    }

    /// Says that the request cannot be understood.
    pub fn asked(detail: impl Into<String>, next: impl Into<String>) -> Self {
        Problem::new(StatusCode::BAD_REQUEST, detail, next)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(self)).into_response();
        let kind = HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        if status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
        }
        response
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        use variorum_newsroom::Error as Desk;
        match error {
            Error::Store(error) | Error::Desk(Desk::Store(error)) => of_store(&error),
            error => Problem::said(error.status(), &error.to_string()),
        }
    }
}

impl From<variorum_store::Error> for Problem {
    fn from(error: variorum_store::Error) -> Self {
        of_store(&error)
    }
}

fn of_store(error: &variorum_store::Error) -> Problem {
    use variorum_store::Error as Store;
    let status = match error {
        Store::Query(_) | Store::Cursor => StatusCode::BAD_REQUEST,
        Store::Unknown { .. } => StatusCode::NOT_FOUND,
        Store::Refused { .. } => StatusCode::UNPROCESSABLE_ENTITY,
        Store::Busy | Store::Closed => StatusCode::SERVICE_UNAVAILABLE,
        Store::Full => StatusCode::INSUFFICIENT_STORAGE,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    };
    let (detail, hint) = parted(&error.to_string());
    // Paths of the machine are nobody's business who only asks.
    let detail = match error {
        Store::Disk { doing, .. } => format!("the server cannot {doing} a file of its record"),
        Store::NotThere { .. } | Store::NotOurs { .. } | Store::Newer { .. } => {
            "the server cannot read its record".to_owned()
        }
        _ => detail,
    };
    let hint = hint.filter(|_| !matches!(error, Store::Cursor));
    let next = hint.unwrap_or_else(|| match error {
        Store::Cursor => "begin the list anew, without `cursor`".to_owned(),
        Store::Query(_) => "the description of `q` in /api/openapi.json says what can be written".to_owned(),
        _ => next_step(status).to_owned(),
    });
    Problem::new(status, detail, next)
}

/// Parts a message of ours from its hint.
fn parted(message: &str) -> (String, Option<String>) {
    match message.split_once("hint:") {
        Some((detail, hint)) => (detail.trim().to_owned(), Some(hint.trim().to_owned())),
        None => (message.to_owned(), None),
    }
}

fn next_step(status: StatusCode) -> &'static str {
    match status {
        StatusCode::NOT_FOUND => "search for it: GET /api/v1/search?q=…",
        StatusCode::GONE => "it was deleted on purpose and does not come back by itself; drop the address",
        StatusCode::UNAUTHORIZED => "make a token at /account, and send it as `Authorization: Bearer …`",
        StatusCode::TOO_MANY_REQUESTS => "wait as long as the header `retry-after` says",
        StatusCode::FORBIDDEN => "send the request from a page of this server, or from a program without `origin`",
        StatusCode::MISDIRECTED_REQUEST => "ask at the address that `variorum serve` printed",
        StatusCode::UNPROCESSABLE_ENTITY => "mend what the sentence names and send it again",
        _ => "try again; if it stays, whoever runs the server finds out with `variorum doctor`",
    }
}

/// The parameters of a request; what cannot be read is a [`Problem`].
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        match axum::extract::Query::<T>::try_from_uri(&parts.uri) {
            Ok(query) => Ok(Query(query.0)),
            Err(rejection) => {
                let detail = rejection.body_text();
                let detail = detail.trim_start_matches("Failed to deserialize query string: ");
                let next = "the parameters of this address stand in /api/openapi.json";
                Err(Problem::asked(format!("the parameters cannot be read: {detail}"), next))
            }
        }
    }
}

/// A name in the path, decoded; what is no text is a [`Problem`].
#[derive(Debug)]
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match axum::extract::Path::<T>::from_request_parts(parts, state).await {
            Ok(path) => Ok(Path(path.0)),
            Err(rejection) => {
                let detail = format!("the path cannot be read: {}", rejection.body_text());
                Err(Problem::asked(detail, "write names as UTF-8, percent-encoded"))
            }
        }
    }
}

/// The JSON of a request; what cannot be read is a [`Problem`].
#[derive(Debug)]
pub struct Body<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        match Json::<T>::from_request(request, state).await {
            Ok(body) => Ok(Body(body.0)),
            Err(rejection) => Err(of_body(&rejection)),
        }
    }
}

fn of_body(rejection: &JsonRejection) -> Problem {
    let (detail, next) = match rejection {
        JsonRejection::MissingJsonContentType(_) => {
            ("this address takes JSON alone".to_owned(), "send it with `content-type: application/json`")
        }
        _ if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            (format!("a request may have {} bytes at most", super::MOST_BYTES), "send less, or in parts")
        }
        _ => (rejection.body_text(), "the shape of the body stands in /api/openapi.json"),
    };
    Problem::new(rejection.status(), detail, next)
}
