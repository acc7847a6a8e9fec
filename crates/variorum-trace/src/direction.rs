//! Which of two linked reports came first.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
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
///
/// Who looks now and then knows two times: when a report was not there yet, and when it was. Two such stretches that
/// overlap say nothing: which feed was asked first is no order of reporting.
pub fn by_sight(a: &Report, b: &Report) -> i32 {
    let (Some(a), Some(b)) = (sighted(a), sighted(b)) else { return 0 };
    let is_before = |(from, by): (Timestamp, Timestamp), (other_from, other_by): (Timestamp, Timestamp)| {
        by < other_from || (by == other_from && (from < by || other_from < other_by))
    };
    i32::from(is_before(a, b)) - i32::from(is_before(b, a))
}

/// Returns the stretch within which a report was first to be seen: from the last look that did not find it.
fn sighted(report: &Report) -> Option<(Timestamp, Timestamp)> {
    let by = report.first_seen()?.trim().parse::<Timestamp>().ok()?;
    let unseen = || report.extra.get("unseen")?.as_str()?.trim().parse::<Timestamp>().ok();
    Some((unseen().filter(|from| *from <= by).unwrap_or(by), by))
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

/// Feeds and pages are kept by caches for about an hour before others see them.
const LAG: SignedDuration = SignedDuration::from_hours(1);

/// Returns when a report says that it was published. Where somebody had looked later than that and had not found it, it
/// was published when it was there to be seen.
fn stretch(report: &Report) -> Option<(Timestamp, Timestamp)> {
    let claimed = claimed(report)?;
    let seen = sighted(report).filter(|(from, by)| from < by);
    Some(seen.filter(|(from, _)| claimed.1 + LAG < *from).unwrap_or(claimed))
}

fn claimed(report: &Report) -> Option<(Timestamp, Timestamp)> {
    let published = report.published.as_deref()?.trim();
    if let Ok(instant) = published.parse::<Timestamp>() {
        return Some((instant, instant));
    }
    let day: Date = report.day()?.parse().ok()?;
    let first = day.to_zoned(TimeZone::UTC).ok()?.timestamp();
    let last = day.at(23, 59, 59, 0).to_zoned(TimeZone::UTC).ok()?.timestamp();
    Some((first, last))
}
