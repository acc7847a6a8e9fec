//! Times as text (RFC 3339) and back.

use jiff::Timestamp;

/// Returns a time of the record, in seconds since 1970, as text; one that no calendar holds is its nearest end.
pub fn text(seconds: i64) -> String {
    let end = if seconds < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_second(seconds).unwrap_or(end).to_string()
}

/// Returns the seconds since 1970 of a time in text.
pub fn seconds(text: &str) -> Option<i64> {
    text.parse::<Timestamp>().ok().map(Timestamp::as_second)
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_time_comes_back() {
        assert_eq!(super::text(1_772_700_000), "2026-03-05T08:40:00Z");
        assert_eq!(super::seconds("2026-03-05T09:40:00+01:00"), Some(1_772_700_000));
        assert_eq!((super::text(i64::MIN).is_empty(), super::seconds("yesterday")), (false, None));
    }
}
