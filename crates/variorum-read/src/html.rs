//! A web page saved as a file.

use variorum_news::{Body, Page};

use crate::Origin;
use crate::charset::decode_page;

pub(crate) fn read(origin: Origin<'_>, bytes: &[u8]) -> Page {
    crate::plain::page(origin, bytes, Body::Html(decode_page(bytes, origin.charset)))
}
