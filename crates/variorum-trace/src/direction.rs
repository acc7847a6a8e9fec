//! Which of two linked reports came first.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use variorum_news::Report;

/// Returns -1, 0 or 1: whether the first report claims to be later, says nothing, or claims to be earlier.
///
/// A bare day is the whole day, so a report of that day is neither before nor after it.
pub fn by_date(a: &Report, b: &Report) -> i32 {
    let (Some((a_first, a_last)), Some((b_first, b_last))) = (stretch(a), stretch(b)) else { return 0 };
    i32::from(a_last < b_first) - i32::from(b_last < a_first)
}

fn stretch(report: &Report) -> Option<(Timestamp, Timestamp)> {
    let published = report.published.as_deref()?.trim();
    if let Ok(instant) = published.parse::<Timestamp>() {
        return Some((instant, instant));
    }
    let day: Date = report.day()?.parse().ok()?;
    let first = day.to_zoned(TimeZone::UTC).ok()?.timestamp();
    let last = day.at(23, 59, 59, 0).to_zoned(TimeZone::UTC).ok()?.timestamp();
    Some((first, last))
}
