//! For programs on a phone: the API that Google Reader had, so that readers of feeds show stories.
//!
//! There was never a standard; what is answered here is what the readers of today ask of FreshRSS and Miniflux.

mod contents;
mod ids;
mod listed;
mod marked;
mod refused;
mod streams;
mod told;
mod who;

use axum::body::Bytes;
use axum::extract::{FromRequest, Request, State as Of};
use axum::http::{HeaderMap, Method, header};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use axum::{Extension, Router};

use crate::State;
use crate::address::Fields;
use crate::door::{Asker, Token, Visitor};
use refused::Refused;

/// Under which of these a client looks for the API depends on the kind of server that it takes us for.
const BASES: [&str; 4] = ["/reader/api/greader.php", "/api/greader.php", "/reader", ""];

/// Returns the routes of this part.
pub fn routes() -> Router<State> {
    Router::new()
        .route("/accounts/ClientLogin", any(room))
        .route("/reader", any(room))
        .route("/reader/{*rest}", any(room))
        .route("/api/greader.php", any(room))
        .route("/api/greader.php/{*rest}", any(room))
}

/// What a client asks.
struct Asked {
    state: State,
    headers: HeaderMap,
    /// Who stands at the door.
    visitor: Visitor,
    is_post: bool,
    /// What the query and the form say; clients put the same field now here, now there.
    fields: Fields,
    /// The secret of this run of the server.
    secret: Token,
}

async fn room(
    Of(state): Of<State>,
    Extension(secret): Extension<Token>,
    Extension(asker): Extension<Asker>,
    request: Request,
) -> Response {
    match asked(state, secret, asker.visitor, request).await {
        Ok((asked, path)) => answer(asked, &path).await.unwrap_or_else(IntoResponse::into_response),
        Err(refused) => refused.into_response(),
    }
}

async fn asked(state: State, secret: Token, visitor: Visitor, request: Request) -> Result<(Asked, String), Refused> {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path().to_owned();
    let is_post = parts.method == Method::POST;
    let mut words = parts.uri.query().unwrap_or_default().to_owned();
    let headers = parts.headers.clone();
    if is_post && is_form(&headers) {
        let body = Bytes::from_request(Request::from_parts(parts, body), &state).await;
        let body = body.map_err(|_| Refused::Asked("the request brings too much, or broke off".to_owned()))?;
        let form = std::str::from_utf8(&body).map_err(|_| Refused::Asked("the form is no text".to_owned()))?;
        words = format!("{words}&{}", form.trim());
    }
    Ok((Asked { state, headers, visitor, is_post, fields: Fields::read(&words)?, secret }, path))
}

/// Some clients do not say what they send.
fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.is_empty() || kind.to_ascii_lowercase().starts_with("application/x-www-form-urlencoded")
}

/// Returns the path as Google had it; none where it is only the base, or nothing of this API.
fn inside(path: &str) -> Option<&str> {
    let known =
        |rest: &&str| ["/accounts/", "/reader/api/0/", "/reader/atom/"].iter().any(|room| rest.starts_with(room));
    BASES.iter().find_map(|base| path.strip_prefix(base).filter(known))
}

async fn answer(asked: Asked, path: &str) -> Result<Response, Refused> {
    let Some(rest) = inside(path) else {
        // Whoever types the address into a browser, and some clients, want to see that somebody is there.
        let is_base = BASES.contains(&path.trim_end_matches('/'));
        return if is_base { Ok("OK\n".into_response()) } else { Err(Refused::missing(path)) };
    };
    if rest == "/accounts/ClientLogin" {
        return who::log_in(asked).await;
    }
    let who = who::who(&asked)?;
    if let Some(stream) = rest.strip_prefix("/reader/atom/") {
        return contents::atom(asked, who, streams::in_path(stream)?).await;
    }
    let rest = rest.strip_prefix("/reader/api/0/").unwrap_or_default();
    if let Some(stream) = rest.strip_prefix("stream/contents/").filter(|stream| !stream.is_empty()) {
        return contents::stream(asked, who, Some(streams::in_path(stream)?)).await;
    }
    match (rest.trim_end_matches('/'), asked.is_post) {
        ("token", _) => Ok(format!("{}\n", who::token(&asked, &who)).into_response()),
        ("user-info", _) => Ok(told::user(&who)),
        ("tag/list", _) => told::tags(asked).await,
        ("subscription/list", _) => told::subscriptions(asked).await,
        ("unread-count", _) => told::unread(asked, who).await,
        ("preference/list", _) => Ok(told::json(&serde_json::json!({ "prefs": [] }))),
        ("preference/stream/list", _) => Ok(told::json(&serde_json::json!({ "streamprefs": {} }))),
        ("stream/contents", _) => contents::stream(asked, who, None).await,
        ("stream/items/ids", _) => contents::ids(asked, who).await,
        ("stream/items/count", _) => contents::count(asked, who).await,
        ("stream/items/contents", _) => contents::items(asked, who).await,
        ("edit-tag", true) => marked::edit(asked, who).await,
        ("mark-all-as-read", true) => marked::all(asked, who).await,
        ("subscription/quickadd", true) => Ok(told::no_quick_add()),
        ("subscription/edit" | "subscription/import" | "rename-tag" | "disable-tag", true) => Err(Refused::Fixed),
        ("edit-tag" | "mark-all-as-read" | "subscription/quickadd" | "subscription/edit", false) => {
            Err(Refused::Asked("this changes something: ask it with POST".to_owned()))
        }
        _ => Err(Refused::missing(path)),
    }
}

#[cfg(test)]
mod tests;
