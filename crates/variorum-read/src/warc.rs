//! WARC 1.0 and 1.1 (ISO 28500): archives of the web.

use std::io::BufRead;

use variorum_news::Problem;

use crate::{Each, Origin};

/// Calls `each` with the page of every response in the archive.
pub(crate) fn read(origin: Origin<'_>, _input: &mut dyn BufRead, each: Each<'_>) -> std::io::Result<()> {
    each(Err(Problem::of_path(origin.path, "SKELETON")));
    Ok(())
}
