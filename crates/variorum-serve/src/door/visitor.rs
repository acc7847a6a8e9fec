//! Who stands at the door.

use std::sync::Arc;

use axum::http::{HeaderMap, header};
use sha2::{Digest, Sha256};
use variorum_store::{ApiToken, KeyHash, Role, Session, User};

/// Who stands at the door.
#[derive(Debug, Clone)]
pub enum Visitor {
    /// Nobody needs to log in here.
    Open,
    /// Nobody knows who.
    Stranger,
    /// Somebody who is known.
    Known(Arc<Known>),
}

/// Somebody who is known.
#[derive(Debug)]
pub struct Known {
    /// Who.
    pub user: User,
    /// What they may do, as they came.
    pub may: Role,
    /// How they came.
    pub by: Came,
}

/// How somebody came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Came {
    /// In a session of a browser.
    Session(KeyHash, Session),
    /// With a token of a program.
    Token(ApiToken),
    /// With a token in the place of a password, as feed readers send it. A browser sends that unasked from any page, so
    /// it reads alone.
    Basic(ApiToken),
}

impl Visitor {
    /// Returns what the visitor may do.
    pub fn may(&self) -> Option<Role> {
        match self {
            Visitor::Open => Some(Role::Admin),
            Visitor::Stranger => None,
            Visitor::Known(known) => Some(known.may),
        }
    }

    /// Returns who it is.
    pub fn user(&self) -> Option<&User> {
        match self {
            Visitor::Known(known) => Some(&known.user),
            _ => None,
        }
    }

    /// Returns the name under which things are kept that the visitor does.
    pub fn name(&self) -> Option<&str> {
        self.user().map(|user| user.name.as_str())
    }

    /// Returns the session, where there is one.
    pub fn session(&self) -> Option<&KeyHash> {
        match self {
            Visitor::Known(known) => match &known.by {
                Came::Session(hash, _) => Some(hash),
                _ => None,
            },
            _ => None,
        }
    }

    /// Tells whether pages show forms to the visitor by which things change.
    pub fn has_forms(&self) -> bool {
        match self {
            Visitor::Open => true,
            _ => self.session().is_some() && self.may() >= Some(Role::Editor),
        }
    }

    /// Returns with whom the visitor may share pages: those who have no forms see the same, a form is its owner's alone.
    pub fn shares_pages_with(&self) -> String {
        match self.session() {
            Some(hash) if self.has_forms() => hex(hash),
            _ if matches!(self, Visitor::Open) => String::new(),
            _ => "readers".to_owned(),
        }
    }
}

/// Returns the hash of a secret.
pub fn hash(secret: &str) -> KeyHash {
    Sha256::digest(secret.as_bytes()).into()
}

/// Returns bytes as letters.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Returns a new secret of 256 bits.
pub fn new_secret() -> String {
    let mut bytes = [0_u8; 32];
    // Without randomness there is no secret, and a door that anybody could open must not be served.
    getrandom::fill(&mut bytes).expect("the system has random bytes");
    hex(&bytes)
}

/// Returns the value of a cookie. Where a name stands twice the first is taken: browsers send the one of the longer path
/// first, and ours have the shortest, so a foreign one that shadows ours only logs out.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(known, _)| *known == name).map(|(_, value)| value)
}

/// What a request shows to be let in without a session.
#[derive(Debug, PartialEq, Eq)]
pub enum Shown<'a> {
    /// A token of a program.
    Token(&'a str),
    /// The same, as a password.
    Basic(String),
    /// Something that is none of ours.
    Odd,
}

/// Returns what a request shows. Readers of Google's protocol write `GoogleLogin auth=`.
pub fn shown(headers: &HeaderMap) -> Option<Shown<'_>> {
    let value = headers.get(header::AUTHORIZATION)?;
    let Some((way, rest)) = value.to_str().ok().and_then(|value| value.trim().split_once(' ')) else {
        return Some(Shown::Odd);
    };
    let rest = rest.trim();
    Some(match way.to_ascii_lowercase().as_str() {
        "bearer" => Shown::Token(rest),
        "googlelogin" => rest.strip_prefix("auth=").map_or(Shown::Odd, Shown::Token),
        "basic" => password(rest).map_or(Shown::Odd, Shown::Basic),
        _ => Shown::Odd,
    })
}

/// Returns the password of `name:password` in Base64.
fn password(packed: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let (mut held, mut bits) = (0_u32, 0);
    for byte in packed.trim_end_matches('=').bytes() {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        held = (held << 6 | u32::from(six)) & 0xffff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits & 0xff) as u8);
        }
    }
    String::from_utf8(bytes).ok()?.split_once(':').map(|(_, password)| password.to_owned())
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderMap;

    use super::{Shown, cookie, shown};

    #[test]
    fn a_token_is_shown_in_three_ways() {
        let of = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("authorization", value.parse().unwrap());
            shown(&headers).map(|shown| format!("{shown:?}"))
        };
        assert_eq!(of("Bearer abc").unwrap(), "Token(\"abc\")");
        assert_eq!(of("GoogleLogin auth=abc").unwrap(), "Token(\"abc\")");
        assert_eq!(of("Basic QWRhOm9wZW46c2VzYW1l").unwrap(), "Basic(\"open:sesame\")");
        for odd in ["", "Bearer", "Basic ###", "Basic QWRh", "Digest x", "GoogleLogin abc"] {
            assert_eq!(of(odd).unwrap(), "Odd", "{odd}");
        }
        assert_eq!(shown(&HeaderMap::new()), None);
        assert_ne!(Some(Shown::Odd), None);
    }

    #[test]
    fn a_cookie_is_found_by_its_whole_name() {
        let mut headers = HeaderMap::new();
        headers.append("cookie", "xvariorum=1; variorum=2; variorumx=3".parse().unwrap());
        assert_eq!((cookie(&headers, "variorum"), cookie(&headers, "none")), (Some("2"), None));
    }
}
