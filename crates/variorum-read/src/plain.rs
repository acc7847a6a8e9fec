//! Plain text.

use serde_json::Map;
use variorum_news::{Body, Page};

use crate::charset::{decode, name_of};

pub(crate) fn read(path: &str, bytes: &[u8]) -> Page {
    page(path, bytes, Body::Text(decode(bytes, None)))
}

pub(crate) fn page(path: &str, bytes: &[u8], body: Body) -> Page {
    Page {
        id: name_of(bytes).into(),
        path: Some(path.to_owned()),
        url: None,
        outlet: None,
        published: None,
        title: None,
        byline: Vec::new(),
        language: None,
        body,
        extra: Map::new(),
    }
}
