//! Who asks: a client logs in once, and from then on shows what it was given.

use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use super::Asked;
use super::refused::Refused;
use super::told::json;

/// Somebody whose marks are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// The name.
    pub name: String,
}

/// The one who reads where nobody has to log in.
const DESK: &str = "desk";

/// Logs a client in: it gives a name and a password, and shows what it is given from then on.
pub async fn log_in(asked: Asked) -> Result<Response, Refused> {
    let given = |name| asked.fields.get(name).filter(|words| !words.trim().is_empty());
    let (Some(_), Some(_)) = (given("Email"), given("Passwd")) else { return Err(Refused::Unknown) };
    let auth = format!("{DESK}/open");
    if asked.fields.get("output") == Some("json") {
        return Ok(json(&serde_json::json!({ "SID": auth, "LSID": auth, "Auth": auth })));
    }
    Ok(format!("SID={auth}\nLSID={auth}\nAuth={auth}\n").into_response())
}

/// Returns who asks. Only a program can send this header: a page of another site would have to ask first.
pub fn who(asked: &Asked) -> Result<Who, Refused> {
    shown(&asked.headers).ok_or(Refused::Unknown)?;
    let who = Who { name: DESK.to_owned() };
    // What reads needs no token. FeedMe sends none and Reeder an `x`; the header has said already who it is.
    match asked.fields.get("T").filter(|token| asked.is_post && *token != "x") {
        Some(given) if given.trim() != token(asked, &who) => Err(Refused::OldToken),
        _ => Ok(who),
    }
}

/// Returns what a client shows of its log-in.
fn shown(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (kind, rest) = value.trim().split_once(' ')?;
    let auth = rest.trim().strip_prefix("auth=")?;
    (kind.eq_ignore_ascii_case("GoogleLogin") && !auth.is_empty()).then_some(auth)
}

/// Returns the token of what changes something: 57 letters, as Google's had, and another one with each run of the server.
pub fn token(asked: &Asked, who: &Who) -> String {
    let mut hash = Sha256::new();
    for part in ["reader", asked.secret.text(), &who.name] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    let digits: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    digits[..57].to_owned()
}
