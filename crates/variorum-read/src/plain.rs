//! Plain text.

use variorum_news::{Body, Page};

use crate::Origin;
use crate::charset::{decode, name_of};

pub(crate) fn read(origin: Origin<'_>, bytes: &[u8]) -> Page {
    page(origin, bytes, Body::Text(decode(bytes, origin.charset)))
}

/// Returns a page that is a whole document.
pub(crate) fn page(origin: Origin<'_>, bytes: &[u8], body: Body) -> Page {
    let mut page = Page::of(name_of(bytes), body);
    page.path = Some(origin.path.to_owned());
    page.url = origin.url.map(str::to_owned);
    page
}
