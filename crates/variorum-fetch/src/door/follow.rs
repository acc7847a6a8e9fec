//! One call from its first address to its last.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::{Duration, Instant, SystemTime};

use ureq::Body;
use ureq::http::header::{
    ACCEPT, ACCEPT_ENCODING, AUTHORIZATION, CONTENT_TYPE, HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH, LOCATION,
    PROXY_AUTHORIZATION, USER_AGENT,
};
use ureq::http::{HeaderMap, Method, Response};
use url::{Host, Url};

use super::{Answer, Door, Get};
use crate::error::Astray;
use crate::exchange::{self, Question, bare, field, header};
use crate::proxy::{Proxy, basic};
use crate::shown::shown;
use crate::wire::{Bounds, Dial, Way};
use crate::{Error, MOST_STEPS, fields, guard, unpack};

/// The longest address that is asked for.
const MOST_ADDRESS: usize = 8_192;
/// The most bytes that are read of an answer which is no success.
const MOST_REFUSAL: u64 = 64 << 10;
/// What may come over the wire beside the body: headers, and the frames around its pieces.
const BESIDE: u64 = 1 << 20;
/// The longest tag that is kept.
const MOST_TAG: usize = 4_096;
/// A deadline further off than this is none that anybody meant.
const LONGEST: Duration = Duration::from_secs(86_400);

/// What is asked, and how far it may go.
pub(super) struct Call<'a> {
    pub get: Get<'a>,
    pub method: Method,
    /// What is sent along, and of what kind it is.
    pub sent: Option<(&'a str, &'a [u8])>,
    pub led: Led,
    pub overflow: Overflow,
}

/// Whether an answer may lead on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Led {
    /// It is taken as it is.
    Nowhere,
    /// To any address that may be dialled.
    On,
    /// The same, but never from https to http.
    OnSafely,
}

/// What becomes of an answer that is too large.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Overflow {
    Refused,
    Cut,
}

/// Where a call stands.
struct Stand {
    first: Url,
    now: Url,
    been: Vec<Url>,
    is_permanent: bool,
}

impl Door {
    /// Asks, and follows where it is led.
    pub(super) fn run(&self, call: Call<'_>, arrived: &mut dyn FnMut(u64)) -> Result<Answer, Error> {
        let first = address(call.get.url)?;
        let limits = call.get.limits;
        let bounds = Arc::new(Bounds {
            deadline: Instant::now() + limits.time.min(LONGEST),
            most: limits.bytes.saturating_mul(2).saturating_add(BESIDE),
            came: AtomicU64::new(0),
        });
        let mut stand = Stand { now: first.clone(), first, been: Vec::new(), is_permanent: true };
        loop {
            let url = &stand.now;
            let dial = self.checked(url, &bounds, &call)?;
            let question = self.question(&call, &stand)?;
            let response = exchange::exchange(url, dial, question)
                .map_err(|error| exchange::no_answer(url, &error, &bounds, limits))?;
            match leads_on(&response, &call)? {
                Some(to) => stand = stand.step(&to, response.status().as_u16(), &call)?,
                None => return answer(response, &stand, &call, &bounds, arrived),
            }
        }
    }

    /// Checks an address and returns how to reach it; nothing was dialled so far.
    fn checked(&self, url: &Url, bounds: &Arc<Bounds>, call: &Call<'_>) -> Result<Dial, Error> {
        let seconds = call.get.limits.time.as_secs();
        let late = || Error::Late { url: shown(url.as_str()), seconds };
        let port = url.port_or_known_default().unwrap_or_default();
        if guard::is_foreign(port) {
            return Err(Error::Port { url: shown(url.as_str()), port });
        }
        let found = match url.host() {
            Some(Host::Ipv4(ip)) => Ok(vec![SocketAddr::new(IpAddr::V4(ip), port)]),
            Some(Host::Ipv6(ip)) => Ok(vec![SocketAddr::new(IpAddr::V6(ip), port)]),
            Some(Host::Domain(name)) => self.0.lookup.addresses(name, port, bounds.left().map_err(|_| late())?),
            None => return Err(Error::Address { url: shown(url.as_str()) }),
        };
        if bounds.is_late() {
            return Err(late());
        }
        for address in found.iter().flatten() {
            self.open(url, address.ip())?;
        }
        if let Some(proxy) = &self.0.proxy {
            return self.over(proxy, url, found.is_ok_and(|found| !found.is_empty()), bounds);
        }
        match found {
            Ok(addresses) if !addresses.is_empty() => {
                Ok(Dial { addresses, way: Way::Straight, bounds: bounds.clone() })
            }
            Ok(_) => Err(unknown(url, "the name has no address")),
            Err(error) => Err(unknown(url, &error.to_string())),
        }
    }

    /// One closed address closes the name: who mixes public and private ones waits for the wrong one to be dialled.
    fn open(&self, url: &Url, ip: IpAddr) -> Result<(), Error> {
        let Some(range) = guard::closed(ip, &self.0.allow) else { return Ok(()) };
        Err(Error::Private { url: shown(url.as_str()), ip, of: range.of, source_of: range.source })
    }

    /// The proxy looks the name up once more, which we cannot see; a name that only its network knows is refused.
    fn over(&self, proxy: &Proxy, url: &Url, is_known: bool, bounds: &Arc<Bounds>) -> Result<Dial, Error> {
        if let Some(Host::Domain(name)) = url.host()
            && !is_known
            && is_inner(name)
        {
            return Err(Error::PrivateName { url: shown(url.as_str()), host: name.to_owned() });
        }
        let (host, port) = proxy.place();
        let tunnel = |reason: String| Error::Tunnel { url: shown(url.as_str()), reason };
        let addresses = match host.parse() {
            Ok(ip) => vec![SocketAddr::new(ip, port)],
            Err(_) => {
                let left = bounds.left().map_err(|error| tunnel(error.to_string()))?;
                self.0.lookup.addresses(&host, port, left).map_err(|error| tunnel(format!("its name: {error}")))?
            }
        };
        if addresses.is_empty() {
            return Err(tunnel("its name has no address".to_owned()));
        }
        Ok(Dial { addresses, way: proxy.way(url, &self.0.agent), bounds: bounds.clone() })
    }

    fn question<'a>(&self, call: &Call<'a>, stand: &Stand) -> Result<Question<'a>, Error> {
        let Get { accept, etag, last_modified, headers: further, .. } = call.get;
        let mut headers = HeaderMap::new();
        headers.insert(USER_AGENT, header("User-Agent", &self.0.agent)?);
        headers.insert(ACCEPT, header("Accept", if accept.is_empty() { "*/*" } else { accept })?);
        headers.insert(ACCEPT_ENCODING, header("Accept-Encoding", "gzip, deflate, br, zstd")?);
        for (name, value) in [(IF_NONE_MATCH, etag), (IF_MODIFIED_SINCE, last_modified)] {
            if let Some(value) = value {
                headers.insert(name.clone(), header(name.as_str(), value)?);
            }
        }
        if let Some((content_type, _)) = call.sent {
            headers.insert(CONTENT_TYPE, header("Content-Type", content_type)?);
        }
        if stand.now.origin() == stand.first.origin() {
            if let Some(basic) = basic(&stand.first) {
                headers.insert(AUTHORIZATION, header("Authorization", &basic)?);
            }
            for (name, value) in further {
                let known = HeaderName::from_bytes(name.as_bytes());
                let known = known.map_err(|_| Error::Header { name: crate::shown::one_line(name) })?;
                headers.insert(known, header(name, value)?);
            }
        }
        if let Some(proxy) = &self.0.proxy
            && stand.now.scheme() == "http"
            && let Some(basic) = proxy.credentials()
        {
            headers.insert(PROXY_AUTHORIZATION, header("Proxy-Authorization", &basic)?);
        }
        Ok(Question { method: call.method.clone(), headers, body: call.sent.map(|(_, body)| body) })
    }
}

/// Reads an address of the web.
fn address(url: &str) -> Result<Url, Error> {
    let parsed = Url::parse(url).ok().filter(is_of_the_web);
    parsed.ok_or_else(|| Error::Address { url: shown(url) })
}

fn is_of_the_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") && url.has_host() && url.as_str().len() <= MOST_ADDRESS
}

fn unknown(url: &Url, reason: &str) -> Error {
    Error::Name { url: shown(url.as_str()), reason: reason.to_owned() }
}

/// Names that stand for something else in every network (RFC 6761, 6762, 8375; `.internal` by ICANN), and those without
/// a dot, which are completed by the domain of whoever looks them up.
fn is_inner(name: &str) -> bool {
    let name = name.trim_end_matches('.');
    let ends = |end: &str| name == end || name.strip_suffix(end).is_some_and(|head| head.ends_with('.'));
    !name.contains('.') || ["localhost", "local", "internal", "home.arpa", "localdomain"].into_iter().any(ends)
}

/// Returns where an answer leads, as it says it.
fn leads_on(response: &Response<Body>, call: &Call<'_>) -> Result<Option<String>, Error> {
    if call.led == Led::Nowhere || !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let to = response.headers().get(LOCATION).map(|to| String::from_utf8_lossy(to.as_bytes()).trim().to_owned());
    match to {
        Some(to) if !to.is_empty() => Ok(Some(to)),
        _ => Err(Error::Redirect { url: shown(call.get.url), how: Astray::Nowhere }),
    }
}

impl Stand {
    fn step(mut self, to: &str, status: u16, call: &Call<'_>) -> Result<Stand, Error> {
        let astray = |how| Error::Redirect { url: shown(call.get.url), how };
        let next = self.now.join(to).ok().filter(is_of_the_web).ok_or_else(|| astray(Astray::Elsewhere))?;
        // Credentials in it would be those of whoever leads us there.
        let next = bare(&next);
        let is_downgrade = self.now.scheme() == "https" && next.scheme() == "http";
        let is_secret = !call.get.headers.is_empty() || basic(&self.first).is_some();
        if is_downgrade && (is_secret || call.led == Led::OnSafely) {
            return Err(astray(Astray::Downgrade));
        }
        self.been.push(bare(&self.now));
        if self.been.contains(&next) {
            return Err(astray(Astray::Circle));
        }
        if self.been.len() > MOST_STEPS {
            return Err(astray(Astray::TooOften));
        }
        // Whoever sits on the line could make a move to plain http last for ever.
        self.is_permanent &= matches!(status, 301 | 308) && !is_downgrade;
        self.now = next;
        Ok(self)
    }

    fn moved(&self, status: u16) -> Option<Url> {
        let is_there = (200..300).contains(&status) || status == 304;
        if self.been.is_empty() || !self.is_permanent || !is_there {
            return None;
        }
        let mut moved = self.now.clone();
        if moved.origin() == self.first.origin() {
            // Both fail only for addresses without a host.
            let _ = moved.set_username(self.first.username());
            let _ = moved.set_password(self.first.password());
        }
        Some(moved)
    }
}

fn answer(
    response: Response<Body>,
    stand: &Stand,
    call: &Call<'_>,
    bounds: &Bounds,
    arrived: &mut dyn FnMut(u64),
) -> Result<Answer, Error> {
    let (parts, body) = response.into_parts();
    let (status, headers) = (parts.status, parts.headers);
    let codings = every(&headers, "content-encoding").unwrap_or_default();
    let limits = call.get.limits;
    let most = if status.is_success() { limits.bytes } else { limits.bytes.min(MOST_REFUSAL) };
    let (body, read) = unpack::unpack(body.into_reader(), &codings, most, arrived);
    match read {
        Ok(()) => {}
        // What a refusal says besides is no reason to forget that it is one.
        Err(_) if !status.is_success() => {}
        Err(unpack::Fault::TooLarge) if call.overflow == Overflow::Cut => {}
        Err(fault) => return Err(exchange::no_body(&stand.now, &codings, fault, bounds, limits)),
    }
    let text = |name: &str| field(&headers, name).map(str::to_owned);
    // A tag is sent back each time; one that fills the headers alone is none.
    let tag = |name: &str| text(name).filter(|tag| tag.len() <= MOST_TAG);
    let date = field(&headers, "date").and_then(|date| httpdate::parse_http_date(date.trim()).ok());
    let now = date.unwrap_or_else(SystemTime::now);
    let fresh_for = fields::fresh_for(
        every(&headers, "cache-control").as_deref(),
        field(&headers, "expires"),
        field(&headers, "age"),
        now,
    );
    Ok(Answer {
        status: status.as_u16(),
        url: bare(&stand.now),
        moved: stand.moved(status.as_u16()),
        etag: tag("etag"),
        last_modified: tag("last-modified"),
        content_type: text("content-type"),
        retry_after: field(&headers, "retry-after").and_then(|value| fields::retry_after(value, now)),
        fresh_for,
        body,
    })
}

/// Returns all values of a header as one list.
fn every(headers: &HeaderMap, name: &str) -> Option<String> {
    let values: Vec<_> = headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes())).collect();
    (!values.is_empty()).then(|| values.join(","))
}

#[cfg(test)]
mod tests;
