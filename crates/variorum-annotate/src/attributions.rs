//! Who is named as the source of what.

use variorum_news::{Attribution, Entity, Name, Quote};

use crate::Reading;

/// Returns the attributions of a report, in order.
pub(crate) fn attributions(
    _reading: &Reading,
    _names: &[Name],
    _entities: &[Entity],
    _quotes: &[Quote],
) -> Vec<Attribution> {
    Vec::new()
}
