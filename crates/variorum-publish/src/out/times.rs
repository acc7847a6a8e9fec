//! Times as the formats of others write them.

use jiff::Timestamp;
use jiff::civil::Date;

/// Returns a time of the record (RFC 3339, UTC). What lies beyond the years that can be written is its edge.
pub fn rfc3339(seconds: i64) -> String {
    // Feeds and XML write four digits of a year; the record holds only what a clock or a report said.
    let within = seconds.clamp(-62_135_596_800, 253_402_300_799);
    Timestamp::from_second(within).unwrap_or(Timestamp::UNIX_EPOCH).to_string()
}

/// When a report says that it was published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// To the second.
    Moment(Timestamp),
    /// The day alone.
    Day(Date),
}

impl When {
    /// Reads an RFC 3339 time or an ISO day; none where it is neither.
    pub fn read(text: Option<&str>) -> Option<Self> {
        let text = text?.trim();
        let moment = || text.parse().ok().map(When::Moment);
        let day = || (text.len() == 10).then(|| text.parse().ok().map(When::Day)).flatten();
        day().or_else(moment).filter(|when: &When| (1..=9999).contains(&when.day().year()))
    }

    /// Returns the day, in UTC.
    pub fn day(self) -> Date {
        match self {
            When::Moment(moment) => jiff::tz::Offset::UTC.to_datetime(moment).date(),
            When::Day(day) => day,
        }
    }

    /// Returns it as RFC 3339 or ISO 8601 writes it.
    pub fn written(self) -> String {
        match self {
            When::Moment(moment) => moment.to_string(),
            When::Day(day) => day.to_string(),
        }
    }

    /// Returns the moment, where it is one.
    pub fn moment(self) -> Option<String> {
        match self {
            When::Moment(moment) => Some(moment.to_string()),
            When::Day(_) => None,
        }
    }

    /// Tells whether it was surely before another: of a bare day it is not known which hour is meant.
    pub fn before(self, other: When) -> bool {
        match (self, other) {
            (When::Moment(a), When::Moment(b)) => a < b,
            (a, b) => a.day() < b.day(),
        }
    }
}
