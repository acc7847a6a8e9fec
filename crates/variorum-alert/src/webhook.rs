//! Webhooks, signed as Standard Webhooks says (standardwebhooks.com, version 1): `webhook-id`, `webhook-timestamp`, and in
//! `webhook-signature` the HMAC-SHA256 over id, timestamp and body.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use ipnet::IpNet;
use sha2::Sha256;
use url::{Host, Url};
use variorum_fetch::{Door, Limits};
use variorum_store::alerts::{Claimed, Outcome};

use crate::post::later;

/// How much a receiver may answer, and how long it may take.
const LIMITS: Limits = Limits { bytes: 64 << 10, time: Duration::from_secs(10) };
/// The longest that a receiver can ask to be left alone for.
const LONGEST_WAIT: i64 = 86_400;

/// A message that is signed.
#[derive(Debug, Clone, Copy)]
pub struct Signature<'a> {
    /// The secret, as it was handed out: `whsec_` and Base64.
    pub secret: &'a str,
    /// The id of the message: the same however often it is sent.
    pub id: &'a str,
    /// When it is sent, in seconds since 1970.
    pub timestamp: i64,
    /// Its bytes.
    pub body: &'a [u8],
}

/// Returns the signature of a message, as its header has it; none where the secret is none.
pub fn signature(of: &Signature<'_>) -> Option<String> {
    let key = STANDARD.decode(of.secret.strip_prefix("whsec_")?).ok()?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).ok()?;
    mac.update(format!("{}.{}.", of.id, of.timestamp).as_bytes());
    mac.update(of.body);
    Some(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
}

/// Sends a message to a webhook, once.
pub fn send(door: &Door, allow: &[IpNet], claimed: &Claimed, id: &str, body: &[u8], now: i64) -> Outcome {
    if let Err(problem) = encrypted(&claimed.address, allow) {
        return Outcome::Failed { problem };
    }
    let secret = claimed.secret.as_deref().unwrap_or_default();
    let Some(signed) = signature(&Signature { secret, id, timestamp: now, body }) else {
        return Outcome::Failed { problem: "its secret cannot be read; make the rule anew".to_owned() };
    };
    let timestamp = now.to_string();
    let headers =
        [("webhook-id", id), ("webhook-timestamp", timestamp.as_str()), ("webhook-signature", signed.as_str())];
    let post = variorum_fetch::Post {
        url: &claimed.address,
        content_type: "application/json",
        body,
        headers: &headers,
        limits: LIMITS,
    };
    match door.post(post) {
        Ok(answer) => answered(claimed, &answer, now),
        // What is refused here is refused again.
        Err(error) if matches!(error.kind(), "address" | "private" | "port" | "header") => {
            Outcome::Failed { problem: sentence(&error.to_string()) }
        }
        Err(error) => later(claimed, now, sentence(&error.to_string()), 0),
    }
}

fn answered(claimed: &Claimed, answer: &variorum_fetch::Answer, now: i64) -> Outcome {
    let wait =
        answer.retry_after.map_or(0, |wait| i64::try_from(wait.as_secs()).unwrap_or(LONGEST_WAIT).min(LONGEST_WAIT));
    match answer.status {
        200..=299 => Outcome::Sent,
        410 => Outcome::Gone { problem: "it answered 410: it wants no more".to_owned() },
        300..=399 => later(
            claimed,
            now,
            format!(
                "it answered {}: redirects are not followed; make a rule with the address where it is now",
                answer.status
            ),
            0,
        ),
        status => later(claimed, now, format!("it answered {status}"), wait),
    }
}

/// Words of a report go over the network encrypted, or within a range that was allowed by name.
fn encrypted(address: &str, allow: &[IpNet]) -> Result<(), String> {
    let url = Url::parse(address).map_err(|_| "its address cannot be read".to_owned())?;
    if url.scheme() == "https" {
        return Ok(());
    }
    let within = |ip: std::net::IpAddr| allow.iter().any(|range| range.contains(&ip));
    let is_allowed = match url.host() {
        Some(Host::Ipv4(ip)) => within(ip.into()),
        Some(Host::Ipv6(ip)) => within(ip.into()),
        _ => false,
    };
    if is_allowed && url.scheme() == "http" {
        return Ok(());
    }
    Err("it is not https; http goes only to an IP address in a range that was allowed by name".to_owned())
}

/// A message without its hint's line break.
fn sentence(words: &str) -> String {
    words.replace("\n  hint: ", "; ")
}
