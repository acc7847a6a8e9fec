//! What is asked for: a name, a suffix, a query, and at which address of ours.

use axum::extract::{FromRequestParts, OriginalUri};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use variorum_publish::{Room, segment};
use variorum_store::View;

use crate::Error;

/// An address as it was asked for.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The path as it came, without its suffix.
    pub path: String,
    /// The suffix, from the first dot of the last part on.
    pub suffix: String,
    /// What the query says, in order.
    pub query: Vec<(String, String)>,
    /// The headers of the request.
    pub headers: HeaderMap,
}

impl<S: Sync> FromRequestParts<S> for Asked {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Error> {
        let uri = parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |original| &original.0);
        let (path, suffix) = cut(uri.path());
        let query = pairs(uri.query().unwrap_or_default())?;
        Ok(Asked { path: path.to_owned(), suffix: suffix.to_owned(), query, headers: parts.headers.clone() })
    }
}

impl Asked {
    /// Returns the name that the path holds: its second part. Names that no path can hold come as a query.
    pub fn name(&self) -> Result<String, Error> {
        match self.path.split('/').nth(2).unwrap_or_default() {
            "" => Ok(self.get("name").unwrap_or_default().to_owned()),
            raw => word(raw),
        }
    }

    /// Returns the first value of a field; an empty one is none.
    pub fn get(&self, name: &str) -> Option<&str> {
        let mut found = self.query.iter().filter(|(known, _)| known == name);
        found.next().map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// Returns a path with the query that was asked, without where a list goes on, or with another place for it.
    pub fn with_cursor(&self, path: &str, cursor: Option<&str>) -> String {
        let kept = self.query.iter().filter(|(name, value)| name != "cursor" && !value.is_empty());
        let mut parts: Vec<String> =
            kept.map(|(name, value)| format!("{}={}", segment(name), segment(value))).collect();
        parts.extend(cursor.map(|cursor| format!("cursor={}", segment(cursor))));
        if parts.is_empty() { path.to_owned() } else { format!("{path}?{}", parts.join("&")) }
    }

    /// Returns the newsroom at the address that was asked: feeds and linked data name whole addresses.
    ///
    /// Whoever puts a proxy before it writes the address of that into the record (setting `address`).
    pub fn room(&self, view: &View) -> Result<Room, Error> {
        let address = match view.setting("address")?.filter(|address| is_address(address)) {
            Some(address) => address.trim_end_matches('/').to_owned(),
            None => format!("http://{}", self.host()),
        };
        Ok(Room { record: view.record()?, address, version: env!("CARGO_PKG_VERSION").to_owned() })
    }

    fn host(&self) -> &str {
        let given = self.headers.get(header::HOST).and_then(|host| host.to_str().ok());
        given.filter(|host| is_address(&format!("http://{host}"))).unwrap_or("localhost")
    }
}

/// Tells whether an address is scheme, host and port alone.
fn is_address(address: &str) -> bool {
    let host = address.strip_prefix("http://").or_else(|| address.strip_prefix("https://")).unwrap_or_default();
    let host = host.strip_suffix('/').unwrap_or(host);
    !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':' | b'[' | b']'))
}

/// Cuts a path at its suffix: from the first dot of its last part on. Names have their dots written out.
fn cut(path: &str) -> (&str, &str) {
    let last = path.rfind('/').map_or(0, |at| at + 1);
    path[last..].find('.').map_or((path, ""), |dot| path.split_at(last + dot))
}

fn pairs(query: &str) -> Result<Vec<(String, String)>, Error> {
    let pair = |part: &str| {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        Ok((word(&name.replace('+', " "))?, word(&value.replace('+', " "))?))
    };
    query.split('&').filter(|part| !part.is_empty()).map(pair).collect()
}

/// Reads a part of a path or of a query.
fn word(raw: &str) -> Result<String, Error> {
    let digit = |byte: u8| char::from(byte).to_digit(16).map(|digit| digit as u8);
    let bytes = raw.as_bytes();
    let (mut read, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while at < bytes.len() {
        let pair = bytes.get(at + 1).copied().and_then(digit).zip(bytes.get(at + 2).copied().and_then(digit));
        match (bytes[at], pair) {
            (b'%', Some((high, low))) => {
                read.push(high * 16 + low);
                at += 3;
            }
            (b'%', None) => return Err(unreadable()),
            (byte, _) => {
                read.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(read).map_err(|_| unreadable())
}

fn unreadable() -> Error {
    Error::Asked("the address cannot be read; write `%25` for a percent sign, and letters as UTF-8".to_owned())
}

#[cfg(test)]
mod tests {
    use super::{cut, is_address, pairs, word};

    #[test]
    fn a_suffix_is_no_part_of_a_name() {
        assert_eq!(cut("/story/s1.prov.json"), ("/story/s1", ".prov.json"));
        assert_eq!(cut("/story/a%2Fb%2Ejson.newsml.xml"), ("/story/a%2Fb%2Ejson", ".newsml.xml"));
        assert_eq!(cut("/story/s1/drift.csv"), ("/story/s1/drift", ".csv"));
    }

    #[test]
    fn any_name_is_read() {
        for name in ["a/b?c.json", " ", "🚢", "..", "100%", "é\u{0}"] {
            assert_eq!(word(&variorum_publish::segment(name)).unwrap(), name);
        }
        assert!(word("%C3").is_err() && word("%zz").is_err() && word("%").is_err());
        assert_eq!(
            pairs("q=two+ferries&x").unwrap(),
            [("q".into(), "two ferries".into()), ("x".into(), String::new())]
        );
    }

    #[test]
    fn a_host_is_no_place_for_markup() {
        assert!(is_address("http://localhost:8080") && is_address("https://[::1]:9/"));
        for odd in ["http://", "ftp://a", "http://a/b", "http://a@b", "http://a\"><b", "http://a b"] {
            assert!(!is_address(odd), "{odd}");
        }
    }
}
