//! RSS 0.9x, 1.0 and 2.0.

use variorum_news::Problem;

use crate::{Each, Origin};

/// Calls `each` with a page for every item of the feed.
pub(crate) fn read(origin: Origin<'_>, bytes: &[u8], each: Each<'_>) {
    let _ = bytes;
    each(Err(Problem::of_path(origin.path, "SKELETON")));
}
