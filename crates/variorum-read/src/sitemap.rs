//! Sitemaps with the news extension, and indexes of sitemaps.

use variorum_news::Problem;

use crate::{Each, Origin};

/// Calls `each` with a headline for every news address.
pub(crate) fn read(origin: Origin<'_>, bytes: &[u8], each: Each<'_>) {
    let _ = bytes;
    each(Err(Problem::of_path(origin.path, "SKELETON")));
}
