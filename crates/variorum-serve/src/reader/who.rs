//! Who asks: a client logs in once, and from then on shows what it was given.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use super::Asked;
use super::refused::Refused;
use super::told::json;
use crate::door::{Came, Shown, Visitor, hash, shown};

/// Somebody whose marks are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// Under which name the marks are kept: it is never another person's.
    pub key: String,
    /// What the person is called.
    pub name: String,
}

/// The one who reads where nobody has to log in.
const DESK: &str = "desk";
/// What a client shows from then on where nobody has to log in.
const OPEN: &str = "open";

/// Logs a client in: a name, and a token of the API as the password. The client shows the token from then on, so that it
/// is shut out as soon as its owner drops the token.
pub async fn log_in(asked: Asked) -> Result<Response, Refused> {
    let given = |name: &str| asked.fields.get(name).map(str::trim).filter(|words| !words.is_empty());
    let (Some(name), Some(secret)) = (given("Email"), given("Passwd")) else { return Err(Refused::Unknown) };
    let auth = match asked.visitor {
        Visitor::Open => OPEN.to_owned(),
        _ => {
            let (hash, now) = (hash(secret), (asked.state.clock)());
            let known = asked.state.read(move |view| Ok(view.token(&hash, now)?)).await?;
            known.filter(|(user, _)| user.name.eq_ignore_ascii_case(name)).ok_or(Refused::Unknown)?;
            secret.to_owned()
        }
    };
    if asked.fields.get("output") == Some("json") {
        return Ok(json(&serde_json::json!({ "SID": auth, "LSID": auth, "Auth": auth })));
    }
    let words = format!("SID={auth}\nLSID={auth}\nAuth={auth}\n");
    Ok(([(header::CACHE_CONTROL, "no-store")], words).into_response())
}

/// Returns who asks; the door has looked at what they show. Only a program can show it: a page of another site would have
/// to ask first.
pub fn who(asked: &Asked) -> Result<Who, Refused> {
    let who = match &asked.visitor {
        Visitor::Open if matches!(shown(&asked.headers), Some(Shown::Token(token)) if !token.is_empty()) => {
            Who { key: DESK.to_owned(), name: DESK.to_owned() }
        }
        Visitor::Known(known) if matches!(known.by, Came::Token(_)) => {
            Who { key: format!("user {}", known.user.n), name: known.user.name.clone() }
        }
        _ => return Err(Refused::Unknown),
    };
    // What reads needs no token. FeedMe sends none and Reeder an `x`; the header has said already who it is.
    match asked.fields.get("T").filter(|token| asked.is_post && *token != "x") {
        Some(given) if given.trim() != token(asked, &who) => Err(Refused::OldToken),
        _ => Ok(who),
    }
}

/// Returns the token of what changes something: 57 letters, as Google's had, and another one with each run of the server.
pub fn token(asked: &Asked, who: &Who) -> String {
    let mut hash = Sha256::new();
    for part in ["reader", asked.secret.own(), &who.key] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    let digits: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    digits[..57].to_owned()
}
