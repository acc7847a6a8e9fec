//! So many units from an anchor.

use jiff::civil::Date;

use super::super::grammar::Mention;
use super::super::tokens::Tokens;
use super::super::value::{Anchor, Hour, Meaning, Unit, day_text, plus_days, year_text};
use super::{Clock, Stamp, monday_of};

impl Clock<'_> {
    /// Returns the value of a shifted time, and how far the text has come with it.
    pub(super) fn shift(&self, count: i32, unit: Unit, anchor: Anchor, hour: Option<Hour>) -> (String, Stamp) {
        let tail = hour.map(Hour::tail).unwrap_or_default();
        match unit {
            Unit::Second | Unit::Minute | Unit::Hour => {
                let amount = super::super::value::Amount::Of(f64::from(count.abs()));
                (super::super::value::period(amount, unit), Stamp::None)
            }
            Unit::Day | Unit::Night => self.day_shift(count, anchor, &tail),
            Unit::Week | Unit::Fortnight | Unit::Weekend => self.week_shift(count, unit, anchor),
            Unit::Month => match self.month_from(count, anchor) {
                Some((year, month)) => (format!("{}-{month:02}", year_text(year)), Stamp::Month(year, month)),
                None => ("XXXX-XX".to_owned(), Stamp::None),
            },
            Unit::Quarter if anchor == Anchor::Text && self.last_share.is_some() => self.quarter_shift(count),
            Unit::Quarter => match self.month_from(3 * count, anchor) {
                Some((year, month)) => (format!("{}-Q{}", year_text(year), (month - 1) / 3 + 1), Stamp::Year(year)),
                None => ("XXXX-QX".to_owned(), Stamp::None),
            },
            Unit::Year => match self.year_from(count, anchor) {
                Some(year) => (year_text(year), Stamp::Year(year)),
                None => ("XXXX".to_owned(), Stamp::None),
            },
            Unit::Decade => (self.long(count, 10, anchor), Stamp::None),
            Unit::Century => (self.long(count, 100, anchor), Stamp::None),
        }
    }

    /// "The 15th day of next month".
    pub(super) fn day_of(&self, day: u8, months: i32, anchor: Anchor) -> (String, Stamp) {
        let Some((year, month)) = self.month_from(months, anchor) else {
            return (format!("XXXX-XX-{day:02}"), Stamp::None);
        };
        let date = year.try_into().ok().and_then(|year| Date::new(year, month as i8, day as i8).ok());
        (format!("{}-{month:02}-{day:02}", year_text(year)), date.map_or(Stamp::Month(year, month), Stamp::Day))
    }

    /// "The year-earlier quarter": the share the text has come to, a year before.
    pub(super) fn year_earlier(&self, unit: Option<Unit>) -> String {
        let share = self.last_share.or_else(|| self.quarter_before().filter(|_| unit == Some(Unit::Quarter)));
        match (share, unit) {
            (Some((year, letter, number)), None | Some(Unit::Quarter)) => {
                format!("{}-{letter}{number}", year_text(year - 1))
            }
            _ => self.shift(-1, Unit::Year, Anchor::Published, None).0,
        }
    }

    /// "The latest quarter", "the quarter": the one the text has come to, or the last that is over.
    pub(super) fn latest(&self, unit: Unit) -> String {
        match (unit, self.last_share.or_else(|| self.quarter_before())) {
            (Unit::Quarter, Some((year, letter, number))) => format!("{}-{letter}{number}", year_text(year)),
            _ => self.shift(0, unit, Anchor::Published, None).0,
        }
    }

    /// "The previous quarter", told from the one the text has come to.
    fn quarter_shift(&self, count: i32) -> (String, Stamp) {
        let Some((year, 'Q', number)) = self.last_share else { return ("XXXX-QX".to_owned(), Stamp::None) };
        let quarters = year * 4 + i32::from(number) - 1 + count.clamp(-400, 400);
        let year = quarters.div_euclid(4);
        (format!("{}-Q{}", year_text(year), quarters.rem_euclid(4) + 1), Stamp::Year(year))
    }

    fn quarter_before(&self) -> Option<(i32, char, u8)> {
        let (year, month) = self.month_from(-3, Anchor::Published)?;
        Some((year, 'Q', (month - 1) / 3 + 1))
    }

    /// Returns the value of so many units from a named day.
    pub(super) fn counted_from(
        &self,
        t: &Tokens,
        mention: &Mention,
        shift: (i32, Unit),
        day: &Meaning,
    ) -> (String, Stamp) {
        let (_, stamp) = match day {
            Meaning::When(when) => self.when(t, mention, *when),
            Meaning::Shift { count, unit, anchor, hour } => self.shift(*count, *unit, *anchor, *hour),
            _ => (String::new(), Stamp::None),
        };
        let (count, unit) = shift;
        let span = jiff::Span::new();
        let span = match unit {
            Unit::Week | Unit::Fortnight => span.try_weeks(if unit == Unit::Week { count } else { 2 * count }),
            Unit::Month => span.try_months(count),
            Unit::Year => span.try_years(count),
            _ => span.try_days(count),
        };
        let found = match (stamp, span) {
            (Stamp::Day(day), Ok(span)) => day.checked_add(span).ok(),
            _ => None,
        };
        match found {
            Some(day) => (day_text(day), Stamp::Day(day)),
            None => ("XXXX-XX-XX".to_owned(), Stamp::None),
        }
    }

    fn day_shift(&self, count: i32, anchor: Anchor, tail: &str) -> (String, Stamp) {
        if let Some(day) = self.day_from(count, anchor) {
            return (day_text(day) + tail, Stamp::Day(day));
        }
        if anchor == Anchor::Published && count == 0 && tail.is_empty() {
            return ("PRESENT_REF".to_owned(), Stamp::None);
        }
        let month = if anchor == Anchor::Text { self.last_month } else { None };
        let head = match month {
            Some((year, month)) => format!("{}-{month:02}", year_text(year)),
            None => "XXXX-XX".to_owned(),
        };
        (format!("{head}-XX{tail}"), Stamp::None)
    }

    fn week_shift(&self, count: i32, unit: Unit, anchor: Anchor) -> (String, Stamp) {
        let weeks = if unit == Unit::Fortnight { 2 * count } else { count };
        let end = if unit == Unit::Weekend { "-WE" } else { "" };
        match self.monday(weeks, anchor) {
            Some(monday) => (week_text(monday) + end, Stamp::Week(monday)),
            None => (format!("XXXX-WXX{end}"), Stamp::None),
        }
    }

    /// Returns the Monday of the week so many weeks from the anchor.
    pub(super) fn monday(&self, weeks: i32, anchor: Anchor) -> Option<Date> {
        let base = match anchor {
            Anchor::Published => self.published.and_then(monday_of).or(self.last_week),
            Anchor::Text => self.last_week.or_else(|| self.published.and_then(monday_of)),
        };
        plus_days(base?, weeks.checked_mul(7)?)
    }

    /// Returns the day so many days from the anchor.
    pub(super) fn day_from(&self, count: i32, anchor: Anchor) -> Option<Date> {
        let base = match anchor {
            Anchor::Published => self.published.or(self.last_day),
            Anchor::Text => self.last_day.or(self.published),
        };
        plus_days(base?, count)
    }

    fn month_from(&self, count: i32, anchor: Anchor) -> Option<(i32, u8)> {
        let published = self.published.map(|day| (i32::from(day.year()), day.month() as u8));
        let (year, month) = match anchor {
            Anchor::Published => published.or(self.last_month),
            Anchor::Text => self.last_month.or(published),
        }?;
        let months = (year * 12 + i32::from(month) - 1).checked_add(count)?;
        Some((months.div_euclid(12), (months.rem_euclid(12) + 1) as u8))
    }

    /// Returns the year so many years from the anchor.
    pub(super) fn year_from(&self, count: i32, anchor: Anchor) -> Option<i32> {
        let published = self.published.map(|day| i32::from(day.year()));
        let base = match anchor {
            Anchor::Published => published.or(self.last_year),
            Anchor::Text => self.last_year.or(published),
        }?;
        base.checked_add(count).filter(|year| (-9000..9000).contains(year))
    }

    /// Returns a decade (`199`) or century (`19`) counted from the anchor.
    fn long(&self, count: i32, years: i32, anchor: Anchor) -> String {
        let digits = if years == 10 { "XXX" } else { "XX" };
        match count.checked_mul(years).and_then(|count| self.year_from(count, anchor)) {
            Some(year) if year >= years => format!("{:0width$}", year / years, width = digits.len()),
            Some(year) if year < 0 => format!("BC{:0width$}", -year / years, width = digits.len()),
            _ => digits.to_owned(),
        }
    }
}

/// Returns a week as TIMEX3 writes it.
pub(super) fn week_text(monday: Date) -> String {
    let week = monday.iso_week_date();
    format!("{}-W{:02}", year_text(i32::from(week.year())), week.week())
}
