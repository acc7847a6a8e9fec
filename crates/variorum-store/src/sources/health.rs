//! How a source is, in one word and in one sentence.

use serde::Serialize;

use super::Source;

/// From when on a source is called silent: so many seconds without a new item.
const SILENT: i64 = 7 * 86_400;

/// How a source is; worse comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Health {
    /// It says that it is gone for good.
    Gone,
    /// It cannot be fetched or read.
    Failing,
    /// It answers, and holds nothing.
    Empty,
    /// It answers, and has had nothing new for a week.
    Silent,
    /// It is read, and something about it is odd.
    Odd,
    /// It was not asked yet.
    Waiting,
    /// It is read.
    Well,
    /// A person paused it.
    Paused,
    /// It was taken off.
    Dropped,
}

impl Health {
    /// Returns its word.
    pub fn word(self) -> &'static str {
        match self {
            Health::Gone => "gone",
            Health::Failing => "failing",
            Health::Empty => "empty",
            Health::Silent => "silent",
            Health::Odd => "odd",
            Health::Waiting => "not asked yet",
            Health::Well => "well",
            Health::Paused => "paused",
            Health::Dropped => "taken off",
        }
    }
}

impl Source {
    /// Returns how the source is.
    pub fn health(&self, now: i64) -> Health {
        let quiet = self.fresh.is_some_and(|fresh| now - fresh >= SILENT);
        match self {
            Source { dropped: Some(_), .. } => Health::Dropped,
            Source { paused: Some((_, why)), problem: Some(problem), .. } if why == problem => Health::Gone,
            Source { paused: Some(_), .. } => Health::Paused,
            Source { failing: Some(_), .. } => Health::Failing,
            Source { checked: None, .. } => Health::Waiting,
            Source { items: 0, .. } => Health::Empty,
            _ if quiet => Health::Silent,
            Source { remark: Some(_), .. } => Health::Odd,
            _ => Health::Well,
        }
    }

    /// Returns how the source is, in one sentence.
    pub fn sentence(&self, now: i64) -> String {
        let at = |time: Option<i64>| time.map_or_else(|| "never".to_owned(), moment);
        match self.health(now) {
            Health::Dropped => format!("Taken off on {}; its reports stay.", at(self.dropped)),
            Health::Gone => format!("Not asked any more since {}: {}.", at(self.paused_at()), self.trouble()),
            Health::Paused => {
                let why = self.paused.as_ref().map(|(_, why)| why.trim_end_matches('.')).filter(|why| !why.is_empty());
                format!("Paused on {}{}.", at(self.paused_at()), why.map(|why| format!(": {why}")).unwrap_or_default())
            }
            Health::Failing => {
                format!("Failing since {}, {}: {}.", at(self.failing), times(self.failures), self.trouble())
            }
            Health::Waiting => "Not asked yet.".to_owned(),
            Health::Empty if self.seen == 0 => {
                format!("Empty: it answered on {}, and holds no item.", at(self.answered))
            }
            Health::Empty => {
                format!("Empty: its last body holds no item; the last new one came on {}.", at(self.fresh))
            }
            Health::Silent => format!(
                "Silent since {}: it answers, the last time on {}, with nothing new.",
                at(self.fresh),
                at(self.answered)
            ),
            Health::Odd => format!("{}.", self.remark.as_deref().unwrap_or_default().trim_end_matches('.')),
            Health::Well if self.read == self.fresh && self.read == self.checked => {
                format!("Something new on {}.", at(self.fresh))
            }
            Health::Well => {
                format!("Unchanged on {}; the last new item came on {}.", at(self.answered), at(self.fresh))
            }
        }
    }

    fn paused_at(&self) -> Option<i64> {
        self.paused.as_ref().map(|(at, _)| *at)
    }

    fn trouble(&self) -> &str {
        self.problem.as_deref().unwrap_or("nobody knows why").trim_end_matches('.')
    }
}

fn times(n: u32) -> String {
    if n == 1 { "once".to_owned() } else { format!("{n} times") }
}

/// Returns a moment as people write it, in UTC: "5 March 2026, 09:40 UTC".
pub fn moment(seconds: i64) -> String {
    let (first, last) = (jiff::Timestamp::MIN.as_second(), jiff::Timestamp::MAX.as_second());
    // No clock goes beyond the years that a timestamp can tell.
    let moment = jiff::Timestamp::from_second(seconds.clamp(first, last)).unwrap_or_default();
    moment.strftime("%-d %B %Y, %H:%M UTC").to_string()
}
