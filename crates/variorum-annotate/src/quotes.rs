//! Quoted words, with who said them.

use variorum_news::{Entity, Name, Quote};

use crate::Reading;

/// Returns the quotes of a report, in order.
pub(crate) fn quotes(_reading: &Reading, _names: &[Name], _entities: &[Entity]) -> Vec<Quote> {
    Vec::new()
}
