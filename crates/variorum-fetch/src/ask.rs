//! A question to a model that the user names.

use serde_json::Value;
use url::{Host, Url};

use crate::{Door, Error, Limits, Policy, Post, shown};

/// How much of a refusal is shown.
const SAID: usize = 200;

/// Sends a question in JSON and returns the answer in JSON.
///
/// The address is the user's own word, and a model often runs on this machine or in the house: all ranges are open.
/// An answer that leads elsewhere is not followed.
pub fn ask(url: &str, question: &Value, key: Option<&str>, limits: Limits) -> Result<Value, Error> {
    let parsed = Url::parse(url).map_err(|_| Error::Address { url: shown(url) })?;
    let bearer = key.map(|key| format!("Bearer {key}"));
    if key.is_some() && parsed.scheme() != "https" && !is_this_machine(&parsed) {
        return Err(Error::OpenKey { host: parsed.host_str().unwrap_or("").to_owned() });
    }
    let headers: Vec<_> = bearer.iter().map(|bearer| ("authorization", bearer.as_str())).collect();
    let body = question.to_string();
    let post = Post { url, content_type: "application/json", body: body.as_bytes(), headers: &headers, limits };
    let answer = open(&parsed)?.post(post)?;
    if !(200..300).contains(&answer.status) {
        return Err(refused(url, answer.status, &answer.body));
    }
    serde_json::from_slice(&answer.body).map_err(|e| Error::NotJson { url: shown(url), reason: e.to_string() })
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

fn open(url: &Url) -> Result<Door, Error> {
    let every = ["0.0.0.0/0", "::/0"].iter().filter_map(|net| net.parse().ok()).collect();
    Door::new(Policy { allow: every, proxy: crate::proxy::of_environment(url), contact: None })
}

pub(crate) fn refused(url: &str, status: u16, body: &[u8]) -> Error {
    let said: String = String::from_utf8_lossy(body).trim().chars().take(SAID).collect();
    let said = if said.is_empty() { said } else { format!(": {}", crate::shown::one_line(&said)) };
    Error::Status { url: shown(url), status, said }
}
