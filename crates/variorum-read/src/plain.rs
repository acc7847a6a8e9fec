//! Plain text.

use variorum_news::{Body, Page};

use crate::charset::{decode, name_of};

pub(crate) fn read(path: &str, bytes: &[u8]) -> Page {
    page(path, bytes, Body::Text(decode(bytes, None)))
}

pub(crate) fn page(path: &str, bytes: &[u8], body: Body) -> Page {
    let mut page = Page::of(name_of(bytes), body);
    page.path = Some(path.to_owned());
    page
}
