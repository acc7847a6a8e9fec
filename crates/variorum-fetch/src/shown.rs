//! Addresses as they may be seen by others.

use percent_encoding::percent_decode_str;
use url::Url;

/// The most characters of an address that are shown.
const MOST: usize = 300;
/// What stands for what is not shown.
const HIDDEN: &str = "…";
/// Parts of names in a query whose values are secrets.
const SECRETS: &[&str] =
    &["auth", "cred", "jwt", "key", "otp", "pass", "passwd", "pin", "pwd", "secret", "session", "sid", "sig", "token"];

/// Returns an address as it may be shown and logged: without name, password, fragment and what looks like a secret,
/// in one line, and short.
pub fn shown(url: &str) -> String {
    let open = match Url::parse(url) {
        Ok(parsed) => redacted(&parsed),
        Err(_) => unparsed(url),
    };
    one_line(&open)
}

fn redacted(url: &Url) -> String {
    let mut open = format!("{}:", url.scheme());
    if let Some(host) = url.host_str() {
        open.push_str("//");
        open.push_str(host);
        if let Some(port) = url.port() {
            open.push_str(&format!(":{port}"));
        }
    } else if url.cannot_be_a_base() {
        // `mailto:` and `data:` have nothing in them that says what is secret.
        return format!("{open}{HIDDEN}");
    }
    for (nth, part) in url.path().split('/').enumerate() {
        if nth > 0 {
            open.push('/');
        }
        open.push_str(&path_part(part));
    }
    if let Some(query) = url.query() {
        open.push('?');
        let values: Vec<String> = query.split('&').map(query_part).collect();
        open.push_str(&values.join("&"));
    }
    open
}

fn path_part(part: &str) -> String {
    if holds_credentials(part) {
        return HIDDEN.to_owned();
    }
    if is_random(part) { format!("{}{HIDDEN}", part.chars().take(4).collect::<String>()) } else { part.to_owned() }
}

fn query_part(part: &str) -> String {
    let Some((name, value)) = part.split_once('=') else { return path_part(part) };
    if holds_credentials(name) {
        return HIDDEN.to_owned();
    }
    let plain = name.to_ascii_lowercase();
    let is_secret = plain.contains('%') || SECRETS.iter().any(|secret| plain.contains(secret));
    if is_secret && !value.is_empty() { format!("{name}={HIDDEN}") } else { format!("{name}={}", path_part(value)) }
}

/// Tells whether another address stands in it, with a name and a password: `…/fetch/https://ada:pass@herald.example`.
fn holds_credentials(part: &str) -> bool {
    let plain = percent_decode_str(part).decode_utf8_lossy();
    plain.rfind('@').is_some_and(|at| plain[..at].contains(':'))
}

/// Tells whether a word looks like a key: long, and either hexadecimal or with digits and both cases.
fn is_random(part: &str) -> bool {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if part.len() < 20 || !part.bytes().all(is_word) {
        return false;
    }
    let has = |kind: fn(&u8) -> bool| part.as_bytes().iter().any(kind);
    let is_mixed = has(u8::is_ascii_digit) && has(u8::is_ascii_lowercase) && has(u8::is_ascii_uppercase);
    is_mixed || part.len() >= 32 && part.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

/// What cannot be taken apart is shown without anything that could be a name, a query or a fragment.
fn unparsed(url: &str) -> String {
    let end = url.find(['?', '#']).unwrap_or(url.len());
    let (head, cut) = (&url[..end], end < url.len());
    let (scheme, rest) = head.split_once(':').unwrap_or(("", head));
    let host = url.rfind('@').map_or(rest, |at| if at < end { &url[at + 1..end] } else { "" });
    let scheme = if head.contains(':') && !scheme.contains('@') { format!("{scheme}:") } else { String::new() };
    let host = if url.contains('@') { format!("//{}", host.trim_start_matches('/')) } else { host.to_owned() };
    format!("{scheme}{host}{}", if cut { HIDDEN } else { "" })
}

/// Signs that steer a terminal or turn the direction of a line are replaced, and long addresses cut.
pub(crate) fn one_line(text: &str) -> String {
    let plain = |sign: char| {
        let is_steering = sign.is_control()
            || matches!(sign, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
        if is_steering { '\u{fffd}' } else { sign }
    };
    let mut line: String = text.chars().take(MOST).map(plain).collect();
    if text.chars().nth(MOST).is_some() {
        line.push_str(HIDDEN);
    }
    line
}

#[cfg(test)]
mod tests;
