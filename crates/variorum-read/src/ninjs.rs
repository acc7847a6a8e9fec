//! IPTC ninjs 1.x to 3.1.

use serde_json::{Map, Value};
use variorum_news::{Page, Problem};

/// Tells whether an object is a ninjs item.
pub(crate) fn is_item(_fields: &Map<String, Value>) -> bool {
    false
}

/// Returns the page of an item, and those of the items inside it.
pub(crate) fn pages(_fields: Map<String, Value>) -> Vec<Result<Page, Problem>> {
    Vec::new()
}
