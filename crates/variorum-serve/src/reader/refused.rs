//! What is not answered, and how that is said: as readers show it to their people.

use axum::Json;
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::Error;

/// Why a client is not answered.
#[derive(Debug)]
pub enum Refused {
    /// Nobody said who asks, or nobody of that name may.
    Unknown,
    /// The token of what changes something is of an earlier run of the server.
    OldToken,
    /// What is asked cannot be understood.
    Asked(String),
    /// There is nothing of that name.
    Missing(String),
    /// The streams are given by the newsroom.
    Fixed,
    /// The record failed.
    Failed(Error),
}

/// Tells a client to ask for a new token and try again.
const BAD_TOKEN: HeaderName = HeaderName::from_static("x-reader-google-bad-token");

impl Refused {
    /// There is nothing at an address.
    pub fn missing(path: &str) -> Self {
        Refused::Missing(format!("there is nothing at `{path}`"))
    }

    fn said(&self) -> (StatusCode, String) {
        match self {
            Refused::Unknown => {
                let words =
                    "log in: name yourself, and as the password give one of your API tokens; /account makes one";
                (StatusCode::UNAUTHORIZED, words.to_owned())
            }
            Refused::OldToken => (StatusCode::UNAUTHORIZED, "the token `T` is too old; ask for a new one".to_owned()),
            Refused::Asked(words) => (StatusCode::BAD_REQUEST, words.clone()),
            Refused::Missing(words) => (StatusCode::NOT_FOUND, words.clone()),
            Refused::Fixed => {
                let words = "the streams here are the newsroom's own and cannot be changed from a reader; save a search \
                             in the newsroom, and it is a label here";
                (StatusCode::UNPROCESSABLE_ENTITY, words.to_owned())
            }
            Refused::Failed(error) => (error.status(), error.to_string()),
        }
    }
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        match error {
            Error::Asked(words) => Refused::Asked(words),
            error => Refused::Failed(error),
        }
    }
}

impl From<variorum_store::Error> for Refused {
    fn from(error: variorum_store::Error) -> Self {
        Refused::Failed(error.into())
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let (status, words) = self.said();
        let mut answer = (status, Json(json!({ "errors": [words] }))).into_response();
        let headers = answer.headers_mut();
        headers.insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
        if matches!(self, Refused::OldToken) {
            headers.insert(BAD_TOKEN, header::HeaderValue::from_static("true"));
        }
        answer
    }
}
