//! What is asked for: a name, a suffix, a query, and at which address of ours.

use axum::extract::{FromRequestParts, OriginalUri};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use variorum_publish::Room;
use variorum_store::View;

use crate::Error;
use crate::address::{Fields, cut, decode};

/// An address as it was asked for.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The path as it came, without its suffix.
    pub path: String,
    /// The suffix, from the first dot of the last part on.
    pub suffix: String,
    /// What the query says.
    pub query: Fields,
    /// The headers of the request.
    pub headers: HeaderMap,
}

impl<S: Sync> FromRequestParts<S> for Asked {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Error> {
        let uri = parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |original| &original.0);
        let (path, suffix) = cut(uri.path());
        let query = Fields::read(uri.query().unwrap_or_default())?;
        Ok(Asked { path: path.to_owned(), suffix: suffix.to_owned(), query, headers: parts.headers.clone() })
    }
}

impl Asked {
    /// Returns the name that the path holds: its second part. Names that no path can hold come as a query.
    pub fn name(&self) -> Result<String, Error> {
        match self.path.split('/').nth(2).unwrap_or_default() {
            "" => Ok(self.get("name").unwrap_or_default().to_owned()),
            raw => decode(raw).ok_or_else(|| {
                Error::Asked(
                    "the address cannot be read; write `%25` for a percent sign, and letters as UTF-8".to_owned(),
                )
            }),
        }
    }

    /// Returns the first value of a field; an empty one is none.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.query.get(name)
    }

    /// Returns a path with the query that was asked, without where a list goes on, or with another place for it.
    pub fn with_cursor(&self, path: &str, cursor: Option<&str>) -> String {
        format!("{path}{}", self.query.with("cursor", cursor))
    }

    /// Returns the newsroom at the address that was asked.
    pub fn room(&self, view: &View) -> Result<Room, Error> {
        room(view, &self.headers)
    }
}

/// Returns the newsroom at the address that was asked: feeds and linked data name whole addresses.
///
/// Whoever puts a proxy before it writes the address of that into the record (setting `address`).
pub fn room(view: &View, headers: &HeaderMap) -> Result<Room, Error> {
    let address = match view.setting("address")?.filter(|address| is_address(address)) {
        Some(address) => address.trim_end_matches('/').to_owned(),
        None => format!("http://{}", host(headers)),
    };
    Ok(Room { record: view.record()?, address, version: env!("CARGO_PKG_VERSION").to_owned() })
}

fn host(headers: &HeaderMap) -> &str {
    let given = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    given.filter(|host| is_address(&format!("http://{host}"))).unwrap_or("localhost")
}

/// Tells whether an address is scheme, host and port alone.
fn is_address(address: &str) -> bool {
    let host = address.strip_prefix("http://").or_else(|| address.strip_prefix("https://")).unwrap_or_default();
    let host = host.strip_suffix('/').unwrap_or(host);
    !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':' | b'[' | b']'))
}

#[cfg(test)]
mod tests {
    use super::is_address;

    #[test]
    fn a_host_is_no_place_for_markup() {
        assert!(is_address("http://localhost:8080") && is_address("https://[::1]:9/"));
        for odd in ["http://", "ftp://a", "http://a/b", "http://a@b", "http://a\"><b", "http://a b"] {
            assert!(!is_address(odd), "{odd}");
        }
    }
}
