//! One question over one connection, and what went wrong in words of our own.

use std::io::ErrorKind;

use ureq::http::{HeaderMap, HeaderValue, Method, Request, Response};
use ureq::tls::TlsConfig;
use ureq::unversioned::transport::{Connector, RustlsConnector};
use ureq::{Agent, Body};
use url::Url;

use crate::shown::{one_line, shown};
use crate::unpack::Fault;
use crate::wire::{Bounds, Dial, Known};
use crate::{Error, Limits};

/// The most bytes of the headers of an answer.
const MOST_HEADERS: usize = 64 << 10;
/// The most characters that are quoted of what another program says.
const MOST_QUOTED: usize = 200;

/// What goes out.
#[derive(Debug)]
pub(crate) struct Question<'a> {
    pub headers: HeaderMap,
    pub method: Method,
    /// The words of a `POST` or a `PUT`; none for a `GET`.
    pub body: Option<&'a [u8]>,
}

/// Asks over a connection of its own; redirects are not followed, nothing is unpacked, no name is looked up.
pub(crate) fn exchange(url: &Url, dial: Dial, question: Question<'_>) -> Result<Response<Body>, ureq::Error> {
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .max_response_header_size(MOST_HEADERS)
        .max_idle_connections(0)
        // Else the environment would choose one, around the guard.
        .proxy(None)
        .tls_config(TlsConfig::default())
        .build();
    let first = dial.addresses.first().copied().ok_or(ureq::Error::HostNotFound)?;
    let agent = Agent::with_parts(config, dial.chain(RustlsConnector::default()), Known(first));
    let mut request = Request::builder().method(question.method).uri(bare(url).as_str()).body(())?;
    *request.headers_mut() = question.headers;
    match question.body {
        Some(body) => agent.run(request.map(|()| body)),
        None => agent.run(request),
    }
}

/// Returns an address without credentials and fragment, which are not sent in it.
pub(crate) fn bare(url: &Url) -> Url {
    let mut bare = url.clone();
    bare.set_fragment(None);
    // Both fail only for addresses without a host, which are refused before.
    let _ = bare.set_username("");
    let _ = bare.set_password(None);
    bare
}

/// Returns the first value of a header, as text, where it is one.
pub(crate) fn field<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| std::str::from_utf8(value.as_bytes()).ok())
}

/// Returns a header that can be sent.
pub(crate) fn header(name: &str, value: &str) -> Result<HeaderValue, Error> {
    HeaderValue::from_bytes(value.as_bytes()).map_err(|_| Error::Header { name: one_line(name) })
}

/// Says why nothing came.
pub(crate) fn no_answer(url: &Url, error: &ureq::Error, bounds: &Bounds, limits: Limits) -> Error {
    if let Some(error) = bounded(url, bounds, limits) {
        return error;
    }
    let url = shown(url.as_str());
    match error {
        ureq::Error::Io(error) => broken(url, error),
        ureq::Error::Timeout(_) => Error::Late { url, seconds: limits.time.as_secs() },
        ureq::Error::ConnectProxyFailed(reason) => Error::Tunnel { url, reason: quoted(reason) },
        ureq::Error::Http(_) | ureq::Error::BadUri(_) => Error::Address { url },
        ureq::Error::LargeResponseHeader(..) => {
            Error::Malformed { url, reason: format!("more than {} KiB of headers", MOST_HEADERS >> 10) }
        }
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) => Error::Certificate { url, reason: quoted(&error.to_string()) },
        ureq::Error::Protocol(error) => Error::Malformed { url, reason: quoted(&error.to_string()) },
        error => Error::Unreachable { url, reason: quoted(&error.to_string()) },
    }
}

/// Says why the body of an answer is not there.
pub(crate) fn no_body(url: &Url, coding: &str, fault: Fault, bounds: &Bounds, limits: Limits) -> Error {
    if let Some(error) = bounded(url, bounds, limits) {
        return error;
    }
    let url = shown(url.as_str());
    match fault {
        Fault::TooLarge => Error::TooLarge { url, most: limits.bytes },
        Fault::Bomb(packed, unpacked) => Error::Bomb { url, packed, unpacked },
        Fault::Packed(reason) => Error::Packed { url, coding: quoted(coding), reason: quoted(&reason) },
        Fault::Read(error) => match error.kind() {
            ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted => {
                Error::Truncated { url, reason: "less came than was announced".to_owned() }
            }
            _ => Error::Malformed { url, reason: quoted(&error.to_string()) },
        },
    }
}

/// Both bounds may show as any error of those who stand between.
fn bounded(url: &Url, bounds: &Bounds, limits: Limits) -> Option<Error> {
    let url = || shown(url.as_str());
    if bounds.is_flooded() {
        return Some(Error::TooLarge { url: url(), most: limits.bytes });
    }
    bounds.is_late().then(|| Error::Late { url: url(), seconds: limits.time.as_secs() })
}

fn broken(url: String, error: &std::io::Error) -> Error {
    let said = error.to_string();
    let reason = match error.kind() {
        ErrorKind::UnexpectedEof => {
            return Error::Truncated { url, reason: "it ended before its headers did".to_owned() };
        }
        _ if said.contains("certificate") => return Error::Certificate { url, reason: quoted(&said) },
        ErrorKind::InvalidData => return Error::Malformed { url, reason: quoted(&said) },
        ErrorKind::ConnectionRefused => {
            "the connection was refused\n  hint: check that it runs, and its port".to_owned()
        }
        ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted | ErrorKind::BrokenPipe => {
            "the connection was closed\n  hint: it is asked again later".to_owned()
        }
        ErrorKind::NetworkUnreachable | ErrorKind::HostUnreachable | ErrorKind::AddrNotAvailable => {
            "no way leads there\n  hint: check the network of this machine".to_owned()
        }
        _ => quoted(&said),
    };
    Error::Unreachable { url, reason }
}

fn quoted(said: &str) -> String {
    one_line(said).chars().take(MOST_QUOTED).collect()
}
