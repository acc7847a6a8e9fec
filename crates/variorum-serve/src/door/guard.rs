//! Who may come in: only this machine's own pages change anything.

use axum::Extension;
use axum::RequestPartsExt;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::Error;
use crate::address::Fields;
use crate::door::Token;
use crate::error::Said;

/// Lets a request in, or says why not.
pub async fn guard(request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).map(|host| host.to_str().unwrap_or("?").to_owned());
    let host = host.or_else(|| request.uri().authority().map(|authority| authority.as_str().to_owned()));
    if let Some(host) = host.as_deref().filter(|host| !is_this_machine(host)) {
        return misdirected(host);
    }
    match *request.method() {
        Method::GET | Method::HEAD => {}
        _ => {
            if let Err(error) = same_origin(request.headers(), host.as_deref()) {
                return error.into_response();
            }
        }
    }
    next.run(request).await
}

/// A name that another machine owns may be bound to this one for an attack; only names that cannot be are answered.
fn is_this_machine(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or(""),
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    };
    let name = name.to_ascii_lowercase();
    let address = name.parse::<std::net::IpAddr>();
    name == "localhost" || name.ends_with(".localhost") || address.is_ok_and(|address| address.is_loopback())
}

fn misdirected(host: &str) -> Response {
    let words = format!("this server answers at localhost and 127.0.0.1 alone, not at `{host}`");
    let mut answer = (StatusCode::MISDIRECTED_REQUEST, words.clone()).into_response();
    answer.extensions_mut().insert(Said(words));
    answer
}

/// A browser says from where a request comes; other programs say nothing, and no page of another site can do as they do.
fn same_origin(headers: &HeaderMap, host: Option<&str>) -> Result<(), Error> {
    let refused = || Err(Error::Forbidden("only a page of this server may change something here".to_owned()));
    let said = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    if said("sec-fetch-site").is_some_and(|site| !matches!(site, "same-origin" | "none")) {
        return refused();
    }
    match (said("origin"), host) {
        (Some(origin), Some(host)) if origin.eq_ignore_ascii_case(&format!("http://{host}")) => Ok(()),
        (None, _) => Ok(()),
        _ => refused(),
    }
}

/// What a form of ours brought; a form without our secret is refused.
#[derive(Debug, Clone)]
pub struct Posted(pub Fields);

impl<S: Send + Sync> FromRequest<S> for Posted {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let token = parts.extract::<Extension<Token>>().await.map_err(IntoResponse::into_response)?;
        let has_cookie = token.is_in(&parts.headers);
        let body = Bytes::from_request(Request::from_parts(parts, body), state).await.map_err(too_much)?;
        let text =
            std::str::from_utf8(&body).map_err(|_| Error::Asked("the form is no text".to_owned()).into_response())?;
        let fields = Fields::read(text).map_err(IntoResponse::into_response)?;
        if !has_cookie || !fields.get("token").is_some_and(|given| token.fits(given)) {
            let words = "this form was made before the server was started anew, or its cookie is missing; go back, load \
                         the page again and send it once more";
            return Err(Error::Forbidden(words.to_owned()).into_response());
        }
        Ok(Posted(fields))
    }
}

fn too_much(rejection: axum::extract::rejection::BytesRejection) -> Response {
    rejection.into_response()
}
