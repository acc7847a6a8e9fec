//! Names, and the persons, organisations and places they belong to.

use variorum_news::{Entity, Name};

use crate::Reading;

/// Returns the mentions of names in order, and the entities in order of first mention.
pub(crate) fn names(_reading: &Reading) -> (Vec<Name>, Vec<Entity>) {
    (Vec::new(), Vec::new())
}
