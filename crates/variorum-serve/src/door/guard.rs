//! From where one may come in: only at names that are ours, and only our own pages change anything.

use std::net::IpAddr;
use std::sync::Arc;

use axum::Extension;
use axum::RequestPartsExt;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::Error;
use crate::address::Fields;
use crate::door::Token;
use crate::door::access::Access;
use crate::door::client::Client;
use crate::door::gate::Gate;
use crate::error::Said;
use crate::ops::Trail;

/// Lets a request in, or says why not, and notes from where it comes.
pub async fn guard(State(gate): State<Arc<Gate>>, mut request: Request, next: Next) -> Response {
    let client = Client::of(request.headers(), request.uri(), request.extensions(), &gate.access);
    if let Some(host) = client.host.as_deref().filter(|host| !gate.access.answers_at(host)) {
        return misdirected(host, &gate.access);
    }
    match *request.method() {
        Method::GET | Method::HEAD => {}
        _ => {
            if let Err(error) = same_origin(request.headers(), &client, &gate.access) {
                return error.into_response();
            }
        }
    }
    if let Some(trail) = request.extensions().get::<Trail>() {
        trail.from(client.address);
    }
    request.extensions_mut().insert(client);
    next.run(request).await
}

impl Access {
    /// A name that another machine owns may be bound to this one for an attack; only names that cannot be are answered,
    /// and the name by which others know this server. An address in figures is nobody's name.
    fn answers_at(&self, host: &str) -> bool {
        let name = match host.strip_prefix('[') {
            Some(rest) => rest.split(']').next().unwrap_or(""),
            None => host.rsplit_once(':').map_or(host, |(name, _)| name),
        };
        let name = name.to_ascii_lowercase();
        let is_ours = |address: IpAddr| {
            address.is_loopback()
                || self.listen.is_some_and(|at| {
                    !at.is_loopback() && (at.is_unspecified() || at == address) && !address.is_unspecified()
                })
        };
        name == "localhost"
            || name.ends_with(".localhost")
            || name.parse().is_ok_and(is_ours)
            || self.public.as_ref().is_some_and(|public| public.is(host))
    }
}

fn misdirected(host: &str, access: &Access) -> Response {
    let words = match &access.public {
        Some(public) => format!("this server answers at {}, not at `{host}`", public.origin()),
        None if access.listen.is_some_and(|at| !at.is_loopback()) => {
            format!(
                "this server answers at its address in figures, not at `{host}`\n  hint: start it with --public and the name by which others see it"
            )
        }
        None => format!("this server answers at localhost and 127.0.0.1 alone, not at `{host}`"),
    };
    let mut answer = (StatusCode::MISDIRECTED_REQUEST, words.clone()).into_response();
    answer.extensions_mut().insert(Said(words));
    answer
}

/// A browser says from where a request comes; other programs say nothing, and no page of another site can do as they do.
fn same_origin(headers: &HeaderMap, client: &Client, access: &Access) -> Result<(), Error> {
    let refused = || Err(Error::Forbidden("only a page of this server may change something here".to_owned()));
    let said = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let site = said("sec-fetch-site");
    if site.is_some_and(|site| !matches!(site, "same-origin" | "none")) {
        return refused();
    }
    // Our pages send no referrer, and for a form of such a page browsers write the origin as `null`; that it is ours they
    // say in the other header, which no page can write.
    if site == Some("same-origin") && said("origin") == Some("null") {
        return Ok(());
    }
    match (said("origin"), client.host.as_deref()) {
        (Some(origin), Some(host)) if is_origin(origin, host, client, access) => Ok(()),
        (None, _) => Ok(()),
        _ => refused(),
    }
}

fn is_origin(origin: &str, host: &str, client: &Client, access: &Access) -> bool {
    if let Some(public) = access.public.as_ref().filter(|public| public.is(host)) {
        return origin.eq_ignore_ascii_case(&public.origin());
    }
    let scheme = if client.secure { "https" } else { "http" };
    origin.eq_ignore_ascii_case(&format!("{scheme}://{host}"))
}

/// What a form of ours brought; a form without our secret is refused.
#[derive(Debug, Clone)]
pub struct Posted(pub Fields);

impl<S: Send + Sync> FromRequest<S> for Posted {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let token = parts.extract::<Extension<Token>>().await.map_err(IntoResponse::into_response)?;
        let body = Bytes::from_request(Request::from_parts(parts, body), state).await.map_err(too_much)?;
        let text =
            std::str::from_utf8(&body).map_err(|_| Error::Asked("the form is no text".to_owned()).into_response())?;
        let mut fields = Fields::read(text).map_err(IntoResponse::into_response)?;
        if !fields.get("token").is_some_and(|given| token.admits(given)) {
            let words = "this form was made before the server was started anew, or its cookie is missing; go back, load \
                         the page again and send it once more";
            return Err(Error::Forbidden(words.to_owned()).into_response());
        }
        // Whatever a form says, what is done is done by who is logged in.
        if let Some(who) = token.who() {
            fields.set("who", who);
        }
        Ok(Posted(fields))
    }
}

fn too_much(rejection: axum::extract::rejection::BytesRejection) -> Response {
    rejection.into_response()
}
