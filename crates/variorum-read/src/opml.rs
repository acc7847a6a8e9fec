//! OPML: lists of feeds.

use variorum_news::Problem;

use crate::{Each, Origin};

/// Calls `each` with the problem that a list of feeds holds no reports.
pub(crate) fn read(origin: Origin<'_>, bytes: &[u8], each: Each<'_>) {
    let _ = bytes;
    each(Err(Problem::of_path(origin.path, "SKELETON")));
}

/// A feed that a list names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// Its address.
    pub url: String,
    /// What the list calls it.
    pub title: Option<String>,
}

/// Returns the feeds that the bytes of an OPML file name, in their order.
pub fn feeds(_bytes: &[u8]) -> Vec<Feed> {
    Vec::new()
}
