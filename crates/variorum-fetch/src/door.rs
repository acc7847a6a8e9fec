//! The one door to the network: every address is checked when it is dialled, and at every step of the way.

mod follow;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use ipnet::IpNet;
use ureq::http::Method;
use url::Url;

use crate::lookup::Lookup;
use crate::proxy::Proxy;
use crate::shown::shown;
use crate::{Error, Limits, exchange};
use follow::{Call, Led, Overflow};

/// How far the door opens.
#[derive(Clone, Default)]
pub struct Policy {
    /// Ranges that may be dialled although they are private.
    pub allow: Vec<IpNet>,
    /// A proxy for all that is fetched (`http://proxy.example:3128`).
    pub proxy: Option<String>,
    /// Where whoever is asked can write to: an address of mail or of a page, for the User-Agent.
    pub contact: Option<String>,
}

/// The door. A clone is the same one; it may be used by many threads.
#[derive(Debug, Clone)]
pub struct Door(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    allow: Vec<IpNet>,
    proxy: Option<Proxy>,
    agent: String,
    lookup: Lookup,
}

/// What is asked for.
#[derive(Clone, Copy)]
pub struct Get<'a> {
    /// The address; credentials in it become a header, for its own host alone.
    pub url: &'a str,
    /// What is liked, for `Accept`.
    pub accept: &'a str,
    /// The tag of what is known, as it came (weak ones too).
    pub etag: Option<&'a str>,
    /// The date of what is known, as it came.
    pub last_modified: Option<&'a str>,
    /// Further headers: for its own host alone.
    pub headers: &'a [(&'a str, &'a str)],
    /// How much it may take.
    pub limits: Limits,
}

/// What is sent.
#[derive(Clone, Copy)]
pub struct Post<'a> {
    /// The address.
    pub url: &'a str,
    /// What kind of words they are.
    pub content_type: &'a str,
    /// The words.
    pub body: &'a [u8],
    /// Further headers.
    pub headers: &'a [(&'a str, &'a str)],
    /// How much it may take.
    pub limits: Limits,
}

/// What came back, whatever its status says.
#[derive(Clone)]
pub struct Answer {
    /// The status of HTTP; 304 has no body.
    pub status: u16,
    /// Where it came from at last, without credentials.
    pub url: Url,
    /// Where it will be from now on: every step on the way there was permanent, and checked. Credentials of the address
    /// that was asked stay in it where it is of the same origin.
    pub moved: Option<Url>,
    /// Its tag, as it came.
    pub etag: Option<String>,
    /// Its date, as it came.
    pub last_modified: Option<String>,
    /// What kind of bytes they are, as stated.
    pub content_type: Option<String>,
    /// How long to wait before asking again, where it says so in `Retry-After`; a date counts from the clock of the
    /// answer (`Date`), or from this machine's where it tells none. At most 366 days.
    pub retry_after: Option<Duration>,
    /// How long it stays fresh, where `Cache-Control` or `Expires` says so; nothing where it must not be kept. At most
    /// 366 days.
    pub fresh_for: Option<Duration>,
    /// The bytes, unpacked. Of an answer that is no success, the first 64 KiB that could be read.
    pub body: Vec<u8>,
}

impl Door {
    /// Returns a door of that policy.
    pub fn new(policy: Policy) -> Result<Self, Error> {
        Door::with(policy, Lookup::system())
    }

    /// Returns a door that asks somebody else for the addresses of names.
    pub(crate) fn with(policy: Policy, lookup: Lookup) -> Result<Self, Error> {
        let proxy = policy.proxy.as_deref().map(Proxy::read).transpose()?;
        let contact = policy.contact.map(|contact| format!(" (+{contact})")).unwrap_or_default();
        let agent = format!("variorum/{}{contact}", env!("CARGO_PKG_VERSION"));
        exchange::header("User-Agent", &agent)?;
        Ok(Door(Arc::new(Inner { allow: policy.allow, proxy, agent, lookup })))
    }

    /// Fetches; at most [`MOST_STEPS`](crate::MOST_STEPS) redirects are followed, each checked.
    pub fn get(&self, get: Get<'_>) -> Result<Answer, Error> {
        self.run(call(get, Led::On, Overflow::Refused), &mut |_| {})
    }

    /// Fetches the beginning of something: what is more than the limit is left away.
    pub(crate) fn get_beginning(&self, get: Get<'_>) -> Result<Answer, Error> {
        self.run(call(get, Led::On, Overflow::Cut), &mut |_| {})
    }

    /// Fetches without ever leaving https where it began so; `arrived` hears how many bytes there are so far.
    pub(crate) fn get_safely(&self, get: Get<'_>, arrived: &mut dyn FnMut(u64)) -> Result<Answer, Error> {
        self.run(call(get, Led::OnSafely, Overflow::Refused), arrived)
    }

    /// Sends; redirects are not followed.
    pub fn post(&self, post: Post<'_>) -> Result<Answer, Error> {
        self.send(Method::POST, post)
    }

    /// Puts in the place of what is there; redirects are not followed.
    pub fn put(&self, put: Post<'_>) -> Result<Answer, Error> {
        self.send(Method::PUT, put)
    }

    fn send(&self, method: Method, post: Post<'_>) -> Result<Answer, Error> {
        let Post { url, content_type, body, headers, limits } = post;
        let get = Get { url, accept: "", etag: None, last_modified: None, headers, limits };
        let sent = Call { method, sent: Some((content_type, body)), ..call(get, Led::Nowhere, Overflow::Refused) };
        self.run(sent, &mut |_| {})
    }
}

fn call(get: Get<'_>, led: Led, overflow: Overflow) -> Call<'_> {
    Call { get, method: Method::GET, sent: None, led, overflow }
}

// What may hold a password is shown as it may be seen.
impl fmt::Debug for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let proxy = self.proxy.as_deref().map(shown);
        let Policy { allow, contact, .. } = self;
        f.debug_struct("Policy").field("allow", allow).field("proxy", &proxy).field("contact", contact).finish()
    }
}

impl fmt::Debug for Get<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Get").field("url", &shown(self.url)).field("limits", &self.limits).finish_non_exhaustive()
    }
}

impl fmt::Debug for Post<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Post").field("url", &shown(self.url)).field("limits", &self.limits).finish_non_exhaustive()
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("status", &self.status)
            .field("url", &shown(self.url.as_str()))
            .field("moved", &self.moved.as_ref().map(|url| shown(url.as_str())))
            .field("content_type", &self.content_type)
            .field("bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}
