//! Coming in and going out, and who may.

mod account;
mod audit;
mod login;
mod next;
mod roster;
#[cfg(test)]
pub mod tests;

use axum::Router;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use variorum_store::{Deed, User};

use super::layout::{Place, frame};
use crate::door::{Asker, Token};
use crate::password::{Crowded, PasswordError};
use crate::{Error, State};

/// Returns the routes of this part.
pub fn routes() -> Router<State> {
    Router::new()
        .route("/login", get(login::form).post(login::login))
        .route("/logout", post(login::logout))
        .route("/account", get(account::account))
        .route("/account.json", get(account::account))
        .route("/account/password", post(account::password))
        .route("/account/sessions", post(account::sessions))
        .route("/account/tokens", post(account::make_token))
        .route("/account/tokens/{n}/drop", post(account::drop_token))
        .route("/people", get(roster::roster).post(roster::add))
        .route("/people.json", get(roster::roster))
        .route("/people/{n}/role", post(roster::role))
        .route("/people/{n}/password", post(roster::password))
        .route("/people/{n}/disable", post(roster::disable))
        .route("/people/{n}/enable", post(roster::enable))
        .route("/people/{n}/sessions", post(roster::sessions))
        .route("/audit", get(audit::audit))
        .route("/audit.json", get(audit::audit))
}

/// Returns a page of this part. It names who looks at it, and is kept nowhere.
fn own_page(title: &str, main: Markup) -> Response {
    let mut place = Place::of(title);
    place.kind = "account";
    Html(frame(&place, main).into_string()).into_response()
}

/// Returns the field that shows that a form is ours, on a page that one visitor alone sees.
fn own_secret(token: &Token) -> Markup {
    html! { input type="hidden" name="token" value=(token.own()); }
}

/// Returns who asks, where somebody is logged in.
fn user_of(asker: &Asker) -> Result<User, Error> {
    asker.visitor.user().cloned().ok_or_else(|| {
        let words = "nobody logs in here: this server answers on this machine alone\n  hint: start it with --logins";
        Error::Asked(words.to_owned())
    })
}

/// Returns a line for the log.
fn deed(state: &State, asker: &Asker, what: &str, target: impl Into<String>) -> Deed {
    Deed {
        at: (state.clock)(),
        who: asker.visitor.name().unwrap_or("this machine").to_owned(),
        what: what.to_owned(),
        target: target.into(),
        address: Some(asker.client.address.to_string()),
        refused: false,
    }
}

impl From<Crowded> for Error {
    fn from(_: Crowded) -> Self {
        Error::Often(5)
    }
}

impl From<PasswordError> for Error {
    fn from(error: PasswordError) -> Self {
        match error {
            PasswordError::System => Error::Broken(error.to_string()),
            error => Error::Asked(error.to_string()),
        }
    }
}

/// Returns a page that answers a form which cannot be done as it is.
fn again(status: StatusCode, page: Response) -> Response {
    (status, page).into_response()
}
