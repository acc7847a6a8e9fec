//! The one door to the network: every address is checked when it is dialled, and at every step of the way.

use std::sync::Arc;
use std::time::Duration;

use ipnet::IpNet;
use url::Url;

use crate::{Error, Limits};

/// How far the door opens.
#[derive(Debug, Clone, Default)]
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
pub struct Door(Arc<Policy>);

/// What is asked for.
#[derive(Debug, Clone, Copy)]
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
#[derive(Debug, Clone, Copy)]
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
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status of HTTP; 304 has no body.
    pub status: u16,
    /// Where it came from at last.
    pub url: Url,
    /// Where it will be from now on: every step on the way there was permanent, and checked.
    pub moved: Option<Url>,
    /// Its tag, as it came.
    pub etag: Option<String>,
    /// Its date, as it came.
    pub last_modified: Option<String>,
    /// What kind of bytes they are, as stated.
    pub content_type: Option<String>,
    /// How long to wait before asking again, where it says so in `Retry-After`; a date counts from the clock of the answer.
    pub retry_after: Option<Duration>,
    /// How long it stays fresh, where `Cache-Control` or `Expires` says so.
    pub fresh_for: Option<Duration>,
    /// The bytes, unpacked.
    pub body: Vec<u8>,
}

impl Door {
    /// Returns a door of that policy.
    pub fn new(policy: Policy) -> Result<Self, Error> {
        Ok(Door(Arc::new(policy)))
    }

    /// Fetches; redirects are followed, each step checked.
    pub fn get(&self, get: Get<'_>) -> Result<Answer, Error> {
        Err(Error::Address { url: get.url.to_owned() })
    }

    /// Sends; redirects are not followed.
    pub fn post(&self, post: Post<'_>) -> Result<Answer, Error> {
        Err(Error::Address { url: post.url.to_owned() })
    }
}

/// Returns an address as it may be shown and logged: without name, password and what looks like a secret in its query.
pub fn shown(url: &str) -> String {
    url.to_owned()
}
