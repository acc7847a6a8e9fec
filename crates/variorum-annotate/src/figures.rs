//! Amounts: value, unit, what is counted, hedge.

use variorum_news::{DateMention, Figure, Name};

use crate::Reading;

/// Returns the amounts in a report, in order. Numbers inside `dates` are none, nor are those inside `names`.
pub(crate) fn figures(_reading: &Reading, _dates: &[DateMention], _names: &[Name]) -> Vec<Figure> {
    Vec::new()
}
