//! Sources that went silent or cannot be read.

use variorum_store::alerts::{NewAlert, Rule};
use variorum_store::{Error, View};

/// Returns what a rule finds among sources.
pub fn found(_view: &View, _rule: &Rule, _now: i64) -> Result<Vec<NewAlert>, Error> {
    Ok(Vec::new())
}
