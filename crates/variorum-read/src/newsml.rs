//! NewsML-G2 2.x (IPTC).

use variorum_news::Problem;

use crate::{Each, Origin};

/// Calls `each` with a page for every news item.
pub(crate) fn read(origin: Origin<'_>, bytes: &[u8], each: Each<'_>) {
    let _ = bytes;
    each(Err(Problem::of_path(origin.path, "SKELETON")));
}
