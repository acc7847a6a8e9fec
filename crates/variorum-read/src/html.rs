//! A web page saved as a file.

use variorum_news::{Body, Page};

use crate::Origin;
use crate::charset::{declared, decode};

pub(crate) fn read(origin: Origin<'_>, bytes: &[u8]) -> Page {
    // The server's word comes before the page's own (HTML, "determining the character encoding").
    let charset = origin.charset.map(str::to_owned).or_else(|| declared(bytes));
    crate::plain::page(origin, bytes, Body::Html(decode(bytes, charset.as_deref())))
}
