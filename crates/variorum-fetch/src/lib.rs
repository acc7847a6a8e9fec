#![doc = include_str!("../README.md")]

mod door;

use std::io::Read;
use std::time::Duration;

use serde_json::Value;
use sha2::{Digest, Sha256};
use ureq::Agent;
use url::{Host, Url};

pub use door::{Answer, Door, Get, Policy, Post, shown};

/// How much a call may take.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The most bytes of an answer, unpacked.
    pub bytes: u64,
    /// The time for all of it.
    pub time: Duration,
}

/// A file that is known before it is fetched.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// Where it lies.
    pub url: &'a str,
    /// Its SHA-256, in lower-case hexadecimal digits.
    pub sha256: &'a str,
}

/// Why nothing came back.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The address is none, or not one of the web.
    #[error("`{url}` is no http or https address")]
    Address {
        /// The address as given.
        url: String,
    },
    /// A key would go over the network for all to read.
    #[error("the key would go unencrypted to {host}\n  hint: use an https address, or a model on this machine")]
    OpenKey {
        /// Who would be sent the key.
        host: String,
    },
    /// No answer, or one that broke off.
    #[error("no answer from {url}: {reason}")]
    Unreachable {
        /// The address.
        url: String,
        /// What went wrong.
        reason: String,
    },
    /// An answer that says no.
    #[error("{url} answered {status}{said}")]
    Status {
        /// The address.
        url: String,
        /// The status of HTTP.
        status: u16,
        /// The beginning of what it said, after a colon; empty where it said nothing.
        said: String,
    },
    /// More than the limit.
    #[error("{url} sent more than {most} bytes")]
    TooLarge {
        /// The address.
        url: String,
        /// The limit.
        most: u64,
    },
    /// Another file than the one that is known.
    #[error("{url} is not the file that is known by this name: its SHA-256 is {found}, not {wanted}")]
    Checksum {
        /// The address.
        url: String,
        /// The checksum that was asked for.
        wanted: String,
        /// The checksum of what came.
        found: String,
    },
    /// An answer that is no JSON.
    #[error("{url} did not answer in JSON: {reason}")]
    NotJson {
        /// The address.
        url: String,
        /// What the parser says.
        reason: String,
    },
}

/// Returns a known file; `arrived` hears how many bytes there are so far.
pub fn download(known: Known, limits: Limits, arrived: impl FnMut(u64)) -> Result<Vec<u8>, Error> {
    let url = address(known.url)?;
    let agent = agent(limits, 5, url.scheme() == "https");
    let answer = agent.get(url.as_str()).call().map_err(|e| unreachable(known.url, &e))?;
    let bytes = body(known.url, answer, limits, arrived)?;
    let found = sha256(&bytes);
    if found != known.sha256 {
        return Err(Error::Checksum { url: known.url.to_owned(), wanted: known.sha256.to_owned(), found });
    }
    Ok(bytes)
}

/// Sends a question in JSON and returns the answer in JSON.
pub fn ask(url: &str, question: &Value, key: Option<&str>, limits: Limits) -> Result<Value, Error> {
    let parsed = address(url)?;
    let mut request = agent(limits, 0, false).post(parsed.as_str()).content_type("application/json");
    if let Some(key) = key {
        if parsed.scheme() != "https" && !is_this_machine(&parsed) {
            return Err(Error::OpenKey { host: parsed.host_str().unwrap_or("").to_owned() });
        }
        request = request.header("authorization", &format!("Bearer {key}"));
    }
    let answer = request.send(question.to_string()).map_err(|e| unreachable(url, &e))?;
    let bytes = body(url, answer, limits, |_| {})?;
    serde_json::from_slice(&bytes).map_err(|e| Error::NotJson { url: url.to_owned(), reason: e.to_string() })
}

/// Tells whether an address names the machine that the program runs on.
pub fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

fn address(url: &str) -> Result<Url, Error> {
    let wrong = || Error::Address { url: url.to_owned() };
    let parsed = Url::parse(url).map_err(|_| wrong())?;
    if matches!(parsed.scheme(), "http" | "https") { Ok(parsed) } else { Err(wrong()) }
}

fn agent(limits: Limits, redirects: u32, https_only: bool) -> Agent {
    Agent::config_builder()
        .timeout_global(Some(limits.time))
        .max_redirects(redirects)
        .max_redirects_will_error(false)
        .https_only(https_only)
        .http_status_as_error(false)
        .user_agent(concat!("variorum/", env!("CARGO_PKG_VERSION")))
        .build()
        .new_agent()
}

fn unreachable(url: &str, error: &ureq::Error) -> Error {
    Error::Unreachable { url: url.to_owned(), reason: error.to_string() }
}

/// How much of a refusal is shown.
const SAID: usize = 200;

fn body(
    url: &str,
    answer: ureq::http::Response<ureq::Body>,
    limits: Limits,
    arrived: impl FnMut(u64),
) -> Result<Vec<u8>, Error> {
    let status = answer.status();
    let bytes = read(url, answer.into_body().into_reader(), limits.bytes, arrived);
    if status.is_success() {
        return bytes;
    }
    let said: String = String::from_utf8_lossy(&bytes.unwrap_or_default()).trim().chars().take(SAID).collect();
    let said = if said.is_empty() { said } else { format!(": {said}") };
    Err(Error::Status { url: url.to_owned(), status: status.as_u16(), said })
}

fn read(url: &str, mut reader: impl Read, most: u64, mut arrived: impl FnMut(u64)) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let mut piece = [0; 1 << 16];
    loop {
        let count = reader
            .read(&mut piece)
            .map_err(|e| Error::Unreachable { url: url.to_owned(), reason: format!("the answer broke off: {e}") })?;
        if count == 0 {
            return Ok(bytes);
        }
        if bytes.len() as u64 + count as u64 > most {
            return Err(Error::TooLarge { url: url.to_owned(), most });
        }
        bytes.extend_from_slice(&piece[..count]);
        arrived(bytes.len() as u64);
    }
}

/// Returns the SHA-256 of bytes, in lower-case hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests;
