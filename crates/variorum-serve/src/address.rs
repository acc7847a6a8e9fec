//! Addresses: names of any letters as parts of a path, and what a query string says.

use axum::extract::{FromRequestParts, OriginalUri};
use axum::http::request::Parts;
use axum::http::{Method, Uri};

use crate::Error;

/// Returns a name as one part of a path. A dot is written out too, so that a suffix is never taken for part of a name.
pub fn encode(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for byte in name.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'_' | b'~' | b'-' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// Returns the words of a part of a path or of a query; none where they are no text.
pub fn decode(raw: &str) -> Option<String> {
    let bytes = raw.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'%' {
            let digits = raw.get(at + 1..at + 3).filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()))?;
            out.push(u8::from_str_radix(digits, 16).ok()?);
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8(out).ok()
}

/// Returns the address of a story.
pub fn story(id: &str) -> String {
    of("story", id)
}

/// Returns the address of a report.
pub fn report(id: &str) -> String {
    of("report", id)
}

/// Returns the address of an outlet.
pub fn outlet(name: &str) -> String {
    of("outlet", name)
}

/// A browser takes `.` and `..` for steps of the path, however they are written, and an empty part for none.
fn of(kind: &str, name: &str) -> String {
    match name {
        "" | "." | ".." => format!("/{kind}/?name={}", encode(name)),
        _ => format!("/{kind}/{}", encode(name)),
    }
}

/// What a form or a query string says, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads `a=b&c=d`.
    pub fn read(text: &str) -> Result<Self, Error> {
        let word = |raw: &str| {
            decode(&raw.replace('+', " "))
                .ok_or_else(|| Error::Asked("the address or form holds bytes that are no text".to_owned()))
        };
        let pair = |part: &str| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            Ok((word(name)?, word(value)?))
        };
        text.split('&').filter(|part| !part.is_empty()).map(pair).collect::<Result<_, Error>>().map(Fields)
    }

    /// Returns the first value of a name; an empty one is none.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    /// Sets a name to one value.
    pub fn set(&mut self, name: &str, value: &str) {
        self.0.retain(|(known, _)| known != name);
        self.0.push((name.to_owned(), value.to_owned()));
    }

    /// Returns all values of a name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Returns these fields with one of them set, or taken away, as a query string with its `?`.
    pub fn with(&self, name: &str, value: Option<&str>) -> String {
        let kept = self.0.iter().filter(|(known, value)| known != name && known != "cursor" && !value.is_empty());
        let mut parts: Vec<String> = kept.map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        parts.extend(value.map(|value| format!("{}={}", encode(name), encode(value))));
        if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) }
    }
}

/// How an answer is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// As a page to read.
    Page,
    /// As JSON.
    Json,
}

/// What a request names: the parts of its path as they were before encoding, how the answer is wanted, its query.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The parts of the path.
    pub parts: Vec<String>,
    /// How the answer is wanted.
    pub form: Form,
    /// What the query string says.
    pub query: Fields,
    /// The path as it came, without a suffix.
    pub path: String,
    /// Whether the answer becomes a file of a copy, where only what needs no server stands.
    pub copy: Option<CopyOf>,
}

/// A copy without a server: when what it shows changed last. The copyist puts it into its requests; nobody outside can.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CopyOf(pub i64);

impl Asked {
    /// Reads an address.
    pub fn read(uri: &Uri) -> Result<Self, Error> {
        let (path, suffix) = cut(uri.path());
        let form = match suffix {
            "" => Form::Page,
            ".json" => Form::Json,
            other => return Err(Error::Missing(format!("form `{other}` of this page"))),
        };
        let query = Fields::read(uri.query().unwrap_or(""))?;
        let word = |raw| decode(raw).ok_or_else(|| Error::Asked("the address holds bytes that are no text".to_owned()));
        let mut parts = path.split('/').skip(1).map(word).collect::<Result<Vec<_>, _>>()?;
        // The names that no path can hold come as a query.
        if parts.len() == 2 && parts[1].is_empty() {
            parts[1] = query.get("name").unwrap_or("").to_owned();
        }
        Ok(Asked { parts, form, query, path: path.to_owned(), copy: None })
    }

    /// Returns the name that the path holds.
    pub fn name(&self) -> &str {
        self.parts.get(1).map_or("", String::as_str)
    }

    /// Returns the address of the same thing as JSON.
    pub fn json(&self) -> String {
        let path = if self.path == "/" { "/index" } else { &self.path };
        format!("{path}.json{}", self.query.with("", None))
    }
}

impl<S: Sync> FromRequestParts<S> for Asked {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Error> {
        let copy = parts.extensions.get::<CopyOf>().copied();
        Ok(Asked { copy, ..Asked::read(uri(parts))? })
    }
}

fn uri(parts: &Parts) -> &Uri {
    parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |original| &original.0)
}

/// Cuts a path at its suffix: from the first dot of its last part on.
pub fn cut(path: &str) -> (&str, &str) {
    let last = path.rfind('/').map_or(0, |at| at + 1);
    match path[last..].find('.') {
        Some(dot) => path.split_at(last + dot),
        None => (path, ""),
    }
}

/// Tells whether a request asks for something that is handed out (a feed, an export), and not for a page.
pub fn is_handed_out(method: &Method, path: &str) -> bool {
    let (name, suffix) = cut(path);
    let reads = matches!(*method, Method::GET | Method::HEAD);
    let page = matches!(suffix, "" | ".json") && path != "/feed.json";
    let own = ["/static/", "/api/", "/reader/"].iter().any(|room| name.starts_with(room));
    reads && !page && !own && name != "/favicon"
}

#[cfg(test)]
mod tests {
    use super::{Asked, Fields, Form, cut, decode, encode, is_handed_out, report};

    #[test]
    fn any_name_comes_back() {
        for name in ["a/b?c.json", " ", "🚢", "..", "ferry-12_~", "100%", "é\u{0}"] {
            let raw = encode(name);
            assert!(raw.bytes().all(|b| b.is_ascii_alphanumeric() || b"_~-%".contains(&b)), "{raw}");
            assert_eq!(decode(&raw).as_deref(), Some(name));
            let asked = Asked::read(&format!("{}.json", report(name)).parse().unwrap());
            if !matches!(name, "..") {
                let asked = asked.unwrap();
                assert_eq!((asked.name(), asked.form), (name, Form::Json));
            }
        }
        assert_eq!(Asked::read(&report("..").parse().unwrap()).unwrap().name(), "..");
        assert_eq!(decode("%zz"), None);
        assert_eq!(decode("%C3"), None);
        assert_eq!(decode("%é"), None);
    }

    #[test]
    fn a_suffix_begins_at_the_first_dot() {
        assert_eq!(cut("/story/s1.prov.json"), ("/story/s1", ".prov.json"));
        assert_eq!(cut("/story/s1/variants.csv"), ("/story/s1/variants", ".csv"));
        assert_eq!(cut("/"), ("/", ""));
        let out = |path| is_handed_out(&axum::http::Method::GET, path);
        assert!(out("/feed.atom") && out("/feed.json") && out("/story/s1.prov.json") && out("/story/s1/drift.csv"));
        assert!(!out("/story/s1.json") && !out("/") && !out("/static/variorum.css") && !out("/api/openapi.json"));
    }

    #[test]
    fn a_query_keeps_its_fields() {
        let fields = Fields::read("q=two+ferries&lang=fr&cursor=x&report=a&report=b").unwrap();
        assert_eq!(fields.get("q"), Some("two ferries"));
        assert_eq!(fields.all("report").collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(fields.with("lang", None), "?q=two%20ferries&report=a&report=b");
        assert_eq!(Fields::default().with("lang", Some("é")), "?lang=%C3%A9");
    }
}
