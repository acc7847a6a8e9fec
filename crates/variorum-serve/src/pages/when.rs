//! Moments of the record, as a reader writes them.

use maud::{Markup, html};

/// Returns a moment in UTC; a script may say beside it how long ago that was.
pub fn moment(seconds: i64) -> Markup {
    match stamp(seconds) {
        Some(stamp) => html! { time datetime=(stamp) { (variorum_publish::published(&stamp)) } },
        None => html! { "at no known time" },
    }
}

/// Returns a moment as RFC 3339 writes it.
pub fn stamp(seconds: i64) -> Option<String> {
    jiff::Timestamp::from_second(seconds).ok().map(|stamp| stamp.to_string())
}
