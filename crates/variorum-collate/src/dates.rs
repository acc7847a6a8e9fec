//! Dates: which fields does a mention state, and do two mentions exclude each other?

use jiff::civil::Date;
use variorum_news::{DateKind, DateMention};

/// The fields of a date that are known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Fields {
    /// The year.
    pub year: Option<i16>,
    /// The month, 1 to 12.
    pub month: Option<i8>,
    /// The day of the month.
    pub day: Option<i8>,
    /// The day of the week, Monday 1 to Sunday 7.
    pub weekday: Option<i8>,
    /// Hour and minute.
    pub clock: Option<(i8, i8)>,
    /// Part of the day: `MO`, `MI`, `AF`, `EV`, `NI`.
    pub part: Option<String>,
}

/// How two dates relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Days {
    /// The same day, or the same coarser time.
    Equal,
    /// One is more exact than the other.
    Compatible,
    /// They exclude each other.
    Differ,
    /// Nothing to compare.
    Unknown,
}

impl Fields {
    /// Reads the fields of a TIMEX3 value.
    pub fn of_value(value: &str) -> Self {
        let mut fields = Fields::default();
        let (date, time) = match value.split_once('T') {
            Some((date, time)) => (date, Some(time)),
            None => (value, None),
        };
        let mut parts = date.split('-');
        let year = parts.next().unwrap_or("");
        fields.year = if year.len() == 4 { year.parse().ok() } else { None };
        if let Some(second) = parts.next() {
            fields.month = second.parse().ok().filter(|m| (1..=12).contains(m));
            let third = parts.next();
            if fields.month.is_some() {
                fields.day = third.and_then(|d| d.parse().ok()).filter(|d| (1..=31).contains(d));
            } else if second.starts_with('W') {
                fields.weekday = third.and_then(|d| d.parse().ok()).filter(|d| (1..=7).contains(d));
            }
        }
        if let Some(time) = time {
            let mut clock = time.split(':').map(|part| part.get(..2).unwrap_or(part).parse::<i8>());
            match (clock.next(), clock.next()) {
                (Some(Ok(hour)), Some(Ok(minute))) => fields.clock = Some((hour, minute)),
                (Some(Ok(hour)), None) => fields.clock = Some((hour, 0)),
                _ => {
                    fields.part =
                        Some(time.to_owned()).filter(|t| ["MO", "MI", "AF", "EV", "NI", "DT"].contains(&t.as_str()))
                }
            }
        }
        fields.fill_weekday()
    }

    /// A full date has its day of the week.
    fn fill_weekday(mut self) -> Self {
        if let (Some(year), Some(month), Some(day)) = (self.year, self.month, self.day)
            && let Ok(date) = Date::new(year, month, day)
        {
            self.weekday = Some(date.weekday().to_monday_one_offset());
        }
        self
    }

    /// Tells whether the fields name a day, if only by its weekday.
    pub fn names_a_day(&self) -> bool {
        self.day.is_some() || self.weekday.is_some()
    }
}

/// Tells whether a mention names a point in time that can be compared.
pub(crate) fn is_point(mention: &DateMention) -> bool {
    matches!(mention.kind, DateKind::Date | DateKind::Time) && !mention.value.ends_with("_REF")
}

/// Tells whether the words of a mention state a year themselves.
pub(crate) fn states_year(mention: &DateMention) -> bool {
    let digits =
        |w: &str| w.len() == 4 && w.bytes().all(|b| b.is_ascii_digit()) && matches!(w.as_bytes()[0], b'1' | b'2');
    mention.span.text.split(|c: char| !c.is_ascii_alphanumeric()).any(digits)
}

/// Tells whether a mention names its day or month itself ("Tuesday", "3 May"), rather than from where the writer stands.
pub(crate) fn states_itself(mention: &DateMention) -> bool {
    const NAMES: [&str; 19] = [
        "mon", "tue", "wed", "thu", "fri", "sat", "sun", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep",
        "oct", "nov", "dec",
    ];
    let named = |w: &str| {
        w.chars().next().is_some_and(char::is_uppercase)
            && w.is_char_boundary(3)
            && w.len() >= 3
            && NAMES.contains(&w[..3].to_lowercase().as_str())
    };
    states_year(mention) || mention.span.text.split(|c: char| !c.is_alphabetic()).any(named)
}

/// Returns how two days relate, from the fields that both know.
pub(crate) fn days(a: &Fields, b: &Fields) -> Days {
    if (a.year.is_some() && b.year.is_some() && a.year != b.year)
        || (a.month.is_some() && b.month.is_some() && a.month != b.month)
        || (a.day.is_some() && b.day.is_some() && a.month.is_some() && b.month.is_some() && a.day != b.day)
    {
        return Days::Differ;
    }
    let calendar = |f: &Fields| (f.year, f.month, f.day);
    if calendar(a) == calendar(b) && a.weekday == b.weekday {
        let nothing = calendar(a) == (None, None, None) && a.weekday.is_none();
        return if nothing { Days::Unknown } else { Days::Equal };
    }
    match (a.weekday, b.weekday) {
        (Some(x), Some(y)) if x != y => return Days::Differ,
        (Some(_), Some(_)) => return Days::Compatible,
        _ => {}
    }
    let common = (a.year.is_some() && b.year.is_some()) || (a.month.is_some() && b.month.is_some());
    if common { Days::Compatible } else { Days::Unknown }
}

/// Tells whether two mentions of one day give times of day that exclude each other.
pub(crate) fn times_differ(a: &Fields, b: &Fields) -> bool {
    let part = |f: &Fields| -> Option<&'static str> {
        match (f.clock, f.part.as_deref()) {
            (Some((0..=4 | 22.., _)), _) | (None, Some("NI")) => Some("NI"),
            (Some((5..=11, _)), _) | (None, Some("MO")) => Some("MO"),
            (Some((12..=17, _)), _) | (None, Some("AF" | "MI")) => Some("AF"),
            (Some(_), _) | (None, Some("EV")) => Some("EV"),
            _ => None,
        }
    };
    match (a.clock, b.clock) {
        (Some(x), Some(y)) => x != y,
        _ => match (part(a), part(b)) {
            // Evening runs into night, so the two do not exclude each other.
            (Some("EV"), Some("NI")) | (Some("NI"), Some("EV")) => false,
            (Some(x), Some(y)) => x != y,
            _ => false,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::{Days, Fields, days, times_differ};

    fn check(a: &str, b: &str) -> Days {
        days(&Fields::of_value(a), &Fields::of_value(b))
    }

    #[test]
    fn fields_that_both_know_decide() {
        assert_eq!(check("2025-01-26", "2023-01-26"), Days::Differ);
        assert_eq!(check("XXXX-01-26", "2023-01-26"), Days::Compatible);
        assert_eq!(check("2025-03", "2025-03-14"), Days::Compatible);
        assert_eq!(check("XXXX-WXX-4", "2025-03-27"), Days::Compatible);
        assert_eq!(check("XXXX-WXX-4", "XXXX-WXX-5"), Days::Differ);
        assert_eq!(check("P3D", "2025-03-27"), Days::Unknown);
    }

    #[test]
    fn morning_is_not_evening() {
        assert!(times_differ(&Fields::of_value("XXXX-WXX-4TMO"), &Fields::of_value("XXXX-WXX-4TEV")));
        assert!(!times_differ(&Fields::of_value("2025-03-27T19:00"), &Fields::of_value("XXXX-WXX-4TEV")));
    }
}
