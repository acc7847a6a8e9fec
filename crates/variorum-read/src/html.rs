//! A web page saved as a file.

use variorum_news::{Body, Page};

use crate::charset::{declared, decode};

pub(crate) fn read(path: &str, bytes: &[u8]) -> Page {
    crate::plain::page(path, bytes, Body::Html(decode(bytes, declared(bytes).as_deref())))
}
