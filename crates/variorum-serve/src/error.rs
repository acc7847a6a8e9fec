//! What can go wrong with an answer, and how it is said.

use axum::http::{StatusCode, header};
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
    /// Nobody knows who asks.
    #[error("{0}")]
    Login(String),
    /// It comes too often; says how many seconds to wait.
    #[error("too many tries came; wait {0} seconds")]
    Often(u64),
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
            Error::Login(_) => StatusCode::UNAUTHORIZED,
            Error::Often(_) => StatusCode::TOO_MANY_REQUESTS,
            Error::Store(error) | Error::Desk(variorum_newsroom::Error::Store(error)) => of_store(error),
            Error::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

fn of_store(error: &variorum_store::Error) -> StatusCode {
    use variorum_store::Error as E;
    match error {
        E::Query(_) | E::Cursor | E::Refused { .. } => StatusCode::UNPROCESSABLE_ENTITY,
        E::Unknown { .. } => StatusCode::NOT_FOUND,
        E::Busy | E::Full => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// What went wrong, carried with an answer to the door, which says it as a page or as JSON.
#[derive(Debug, Clone)]
pub struct Said(pub String);

/// Marks an answer that says what went wrong in words of its own, for programs.
#[derive(Debug, Clone, Copy)]
pub struct AsItIs;

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let words = self.to_string();
        let mut answer = (self.status(), words.clone()).into_response();
        if let Error::Often(seconds) = self {
            answer.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        answer.extensions_mut().insert(Said(words));
        answer
    }
}
