//! What can go wrong with an answer, and how it is said.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

/// Why a request has no answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is nothing of this name, and never was.
    #[error("there is no {0} here")]
    Missing(String),
    /// There was something of this name until it was forgotten.
    #[error("{0} was here and is forgotten")]
    Gone(String),
    /// The request cannot be understood; says what to write instead.
    #[error("{0}")]
    Asked(String),
    /// The request may not be made from where it comes.
    #[error("{0}")]
    Forbidden(String),
    /// The record failed.
    #[error(transparent)]
    Store(#[from] variorum_store::Error),
    /// The desk refused or failed.
    #[error(transparent)]
    Desk(#[from] variorum_newsroom::Error),
    /// Something of ours broke.
    #[error("{0}")]
    Broken(String),
}

impl Error {
    /// Returns the status that says it to a program.
    pub fn status(&self) -> StatusCode {
        match self {
            Error::Missing(_) => StatusCode::NOT_FOUND,
            Error::Gone(_) => StatusCode::GONE,
            Error::Asked(_) | Error::Desk(variorum_newsroom::Error::Refused(_)) => StatusCode::UNPROCESSABLE_ENTITY,
            Error::Forbidden(_) => StatusCode::FORBIDDEN,
            Error::Store(error) | Error::Desk(variorum_newsroom::Error::Store(error)) => of_store(error),
            Error::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

fn of_store(error: &variorum_store::Error) -> StatusCode {
    use variorum_store::Error as E;
    match error {
        E::Query(_) | E::Cursor => StatusCode::UNPROCESSABLE_ENTITY,
        E::Unknown { .. } => StatusCode::NOT_FOUND,
        E::Busy | E::Full => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// What went wrong, carried with an answer to the door, which says it as a page or as JSON.
#[derive(Debug, Clone)]
pub struct Said(pub String);

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let words = self.to_string();
        let mut answer = (self.status(), words.clone()).into_response();
        answer.extensions_mut().insert(Said(words));
        answer
    }
}
