//! Which of two linked reports came first.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use variorum_news::Report;

/// Returns -1, 0 or 1: whether the first report is later, nothing is known, or it is earlier.
///
/// When both were seen by a reader or a crawler, that order counts; what an outlet claims of itself only without it.
pub fn by_date(a: &Report, b: &Report) -> i32 {
    match by_sight(a, b) {
        0 => by_claim(a, b),
        seen => seen,
    }
}

/// Returns the same by the times at which the reports were first seen, where both are known.
pub fn by_sight(a: &Report, b: &Report) -> i32 {
    let seen = |report: &Report| report.first_seen()?.trim().parse::<Timestamp>().ok();
    let (Some(a), Some(b)) = (seen(a), seen(b)) else { return 0 };
    i32::from(a < b) - i32::from(b < a)
}

/// Returns 1 where only the first report says when it was published or is known to have been seen, -1 where only the
/// second: who hides his date cannot have been first by it.
pub fn by_openness(a: &Report, b: &Report) -> i32 {
    let dated = |report: &Report| i32::from(report.first_seen().is_some() || stretch(report).is_some());
    dated(a) - dated(b)
}

/// Returns the same by the times that the outlets claim; a bare day is the whole day, so a report of that day is neither
/// before nor after it.
pub fn by_claim(a: &Report, b: &Report) -> i32 {
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
