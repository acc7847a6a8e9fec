//! When a source is asked next: pure functions of what is known, with the time handed in. Times are seconds.

use xxhash_rust::xxh3::xxh3_64;

/// An hour.
pub const HOUR: i64 = 3_600;
/// A day: no source waits longer of its own.
pub const DAY: i64 = 24 * HOUR;
/// No wish to be left alone is followed for longer.
pub const WEEK: i64 = 7 * DAY;
/// Nobody is asked more often than this, whatever is configured.
pub const SHORTEST: i64 = 60;

/// What a source says of how often it wants to be asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wishes {
    /// How long the answer stays fresh, as its headers say.
    pub fresh_for: Option<i64>,
    /// How long it stays fresh, as the feed says itself.
    pub ttl: Option<i64>,
    /// Hours of the day, in UTC, at which it is not to be asked.
    pub skip_hours: Vec<u8>,
    /// Days of the week at which it is not to be asked; Monday is 0.
    pub skip_days: Vec<u8>,
}

/// Returns the seconds between two checks: what a source wishes may only lengthen them, up to a day.
pub fn interval(every: i64, wishes: &Wishes) -> i64 {
    let every = every.max(SHORTEST);
    let wished = wishes.fresh_for.into_iter().chain(wishes.ttl).max().unwrap_or(0);
    every.max(wished.min(DAY))
}

/// Returns when a source that answered is asked next.
pub fn after_answer(address: &str, now: i64, interval: i64, wishes: &Wishes) -> i64 {
    awake(now + interval + jitter(address, interval), now, wishes)
}

/// Returns when a source that failed is asked next: twice as late each time, up to a day. `failures` are those in a row,
/// with this one.
pub fn after_failure(address: &str, now: i64, every: i64, failures: u32) -> i64 {
    let every = every.max(SHORTEST);
    let doubled = every.saturating_mul(1_i64 << failures.saturating_sub(1).min(20));
    let wait = doubled.min(DAY.max(every));
    now + wait + jitter(address, wait)
}

/// Returns until when a source asked to be left alone, at most a week.
pub fn held_until(now: i64, retry_after: Option<i64>) -> Option<i64> {
    retry_after.filter(|wait| *wait > 0).map(|wait| now + wait.min(WEEK))
}

/// Up to a tenth more, always the same for an address, so that those who were added together do not ask together. It
/// never shortens.
fn jitter(address: &str, interval: i64) -> i64 {
    let most = u64::try_from(interval / 10).unwrap_or(0);
    i64::try_from(xxh3_64(address.as_bytes()) % (most + 1)).unwrap_or(0)
}

/// Moves a time out of the hours and days at which a source is not to be asked, at most a day after the present.
fn awake(due: i64, now: i64, wishes: &Wishes) -> i64 {
    let mut at = due;
    let last = due.max(now + DAY);
    while at < last && sleeps(at, wishes) {
        at = (at.div_euclid(HOUR) + 1) * HOUR + due.rem_euclid(HOUR) / 10;
    }
    at.min(last)
}

fn sleeps(at: i64, wishes: &Wishes) -> bool {
    let hour = at.rem_euclid(DAY) / HOUR;
    // The first day of 1970 was a Thursday.
    let day = (at.div_euclid(DAY) + 3).rem_euclid(7);
    wishes.skip_hours.iter().any(|skipped| i64::from(*skipped) == hour)
        || wishes.skip_days.iter().any(|skipped| i64::from(*skipped) == day)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEED: &str = "https://herald.example/feed";
    /// A Thursday, 08:40.
    const NOW: i64 = 1_772_700_000;

    #[test]
    fn hourly_at_most_and_later_where_the_source_wishes() {
        let of = |fresh_for, ttl| interval(HOUR, &Wishes { fresh_for, ttl, ..Wishes::default() });
        assert_eq!([of(None, None), of(Some(60), Some(5)), of(Some(7_200), None)], [HOUR, HOUR, 7_200]);
        assert_eq!([of(None, Some(4 * HOUR)), of(Some(i64::MAX), None)], [4 * HOUR, DAY]);
        assert_eq!(interval(0, &Wishes::default()), SHORTEST);
    }

    #[test]
    fn jitter_only_lengthens_and_is_always_the_same() {
        for n in 0..200 {
            let address = format!("{FEED}/{n}");
            let due = after_answer(&address, NOW, HOUR, &Wishes::default());
            assert!((NOW + HOUR..=NOW + HOUR + 360).contains(&due));
            assert_eq!(due, after_answer(&address, NOW, HOUR, &Wishes::default()));
        }
    }

    #[test]
    fn failures_wait_twice_as_long_up_to_a_day() {
        let waits: Vec<i64> = (1..9).map(|n| (after_failure(FEED, NOW, HOUR, n) - NOW) / HOUR).collect();
        assert_eq!(waits[..4], [1, 2, 4, 8]);
        assert!(waits[5..].iter().all(|wait| (24..=26).contains(wait)), "{waits:?}");
        assert!(after_failure(FEED, NOW, HOUR, u32::MAX) <= NOW + DAY + DAY / 10);
    }

    #[test]
    fn whoever_asks_for_peace_has_it_for_a_week_at_most() {
        assert_eq!(held_until(NOW, Some(7_200)), Some(NOW + 7_200));
        assert_eq!(held_until(NOW, Some(i64::MAX / 2)), Some(NOW + WEEK));
        assert_eq!([held_until(NOW, None), held_until(NOW, Some(0))], [None, None]);
    }

    #[test]
    fn hours_of_sleep_are_slept() {
        let nine_to_eleven = Wishes { skip_hours: vec![9, 10, 11], ..Wishes::default() };
        let due = after_answer(FEED, NOW, HOUR, &nine_to_eleven);
        assert_eq!(due.rem_euclid(DAY) / HOUR, 12);
        let always = Wishes { skip_hours: (0..24).collect(), skip_days: (0..7).collect(), ..Wishes::default() };
        assert_eq!(after_answer(FEED, NOW, HOUR, &always), NOW + DAY);
        let thursdays = Wishes { skip_days: vec![3], ..Wishes::default() };
        assert!(after_answer(FEED, NOW, HOUR, &thursdays) >= NOW + 15 * HOUR);
    }
}
