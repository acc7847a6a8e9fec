//! Dates, times, durations and sets, as TIMEX3 values.

use variorum_news::DateMention;

use crate::Reading;

/// Returns the mentions of time in a report, in order.
pub(crate) fn dates(_reading: &Reading) -> Vec<DateMention> {
    Vec::new()
}
