//! Whether a count is of this event or of an older one.

use jiff::civil::Date;
use variorum_news::DateMention;

use crate::Told;
use crate::dates::{Fields, is_point};

/// Counts of days so long before the first report are of something else.
const OLD: i64 = 20;

/// Returns the day of the first report of a story: its event lies at most some days before it.
pub(crate) fn event(story: &Told) -> Option<Date> {
    story.witnesses.iter().filter_map(|w| w.report.published.as_deref()?.get(..10)?.parse::<Date>().ok()).min()
}

/// Tells whether a mention names a time long before the event.
pub(crate) fn is_old(mention: &DateMention, event: Option<&Date>) -> Option<bool> {
    if !is_point(mention) {
        return None;
    }
    let fields = Fields::of_value(&mention.value);
    let event = event?;
    let year = fields.year?;
    if year != event.year() {
        let last = Date::new(year, fields.month.unwrap_or(12), fields.day.unwrap_or(28)).ok()?;
        return Some(days_between(last, *event) > OLD);
    }
    let Some(month) = fields.month else {
        // "This year" and "2026" hold the event, and more than the event.
        return None;
    };
    let last = Date::new(year, month, fields.day.unwrap_or(28)).ok()?;
    Some(days_between(last, *event) > OLD)
}

fn days_between(a: Date, b: Date) -> i64 {
    a.until(b).map_or(0, |span| i64::from(span.get_days()))
}
