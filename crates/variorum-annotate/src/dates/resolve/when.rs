//! Named places in the calendar, completed with what the clause and the text tell.

use jiff::civil::Date;

use super::super::grammar::Mention;
use super::super::lexicon::{Cue, Tense};
use super::super::tense::Look;
use super::super::tokens::Tokens;
use super::super::value::{Anchor, Field, Turn, When, Year, day_text, plus_days, year_text};
use super::{Clock, Stamp, with_tail};

impl Clock<'_> {
    /// Returns the value of a named time, and how far the text has come with it.
    pub(super) fn when(&self, t: &Tokens, mention: &Mention, when: When) -> (String, Stamp) {
        match when.field {
            Field::Decade(decade) => (decade_text(decade), Stamp::None),
            Field::Century(century) if century < 0 => (format!("BC{:02}", -century), Stamp::None),
            Field::Century(century) => (format!("{century:02}"), Stamp::None),
            Field::Weekday(weekday) => self.weekday(t, mention, when, weekday),
            Field::DayOnly(day) => self.day_only(day),
            Field::WeekdayAndDay(weekday, day) => {
                let (value, stamp) = self.weekday_and_day(weekday, day);
                (with_tail(value, when), stamp)
            }
            field => match self.year(t, mention, when) {
                Some(year) => dated(field, year, when),
                None => (undated(field, when), Stamp::None),
            },
        }
    }

    /// Returns the year of a mention: the one it names, or the one that fits.
    fn year(&self, t: &Tokens, mention: &Mention, when: When) -> Option<i32> {
        match when.year {
            Year::Is(year) => Some(year),
            Year::Shift(0, Anchor::Text) if self.said_year.is_some() => self.said_year,
            Year::Shift(count, anchor) => self.year_from(count, anchor),
            Year::Short(digits) => Some(self.full_year(digits)),
            Year::Unsaid => match (when.turn, self.published) {
                (Turn::Bare, Some(published)) => Some(fitting_year(when.field, published, self.look(t, mention))),
                (Turn::Bare, None) => self.year_of_narrative(when.field),
                (turn, _) => self.turned_year(when.field, turn),
            },
        }
    }

    fn full_year(&self, digits: u8) -> i32 {
        let base = self.published.map(|day| i32::from(day.year()));
        let short = i32::from(digits);
        match (base, self.last_year) {
            (Some(year), _) => {
                let same = year - year.rem_euclid(100) + short;
                if same > year + 10 { same - 100 } else { same }
            }
            (None, Some(year)) if year > 0 => year - year.rem_euclid(100) + short,
            _ if short < 30 => 2000 + short,
            _ => 1900 + short,
        }
    }

    /// A narrative goes forward: January after November is that of the next year.
    fn year_of_narrative(&self, field: Field) -> Option<i32> {
        if let (Field::Season(_), Some(year)) = (field, self.year_ahead) {
            return Some(year);
        }
        let year = self.last_year?;
        match (self.last_month, first_month(field)?) {
            (Some((last_year, 11 | 12)), 1 | 2) if last_year == year => Some(next(year)),
            _ => Some(year),
        }
    }

    /// "Last March", "next summer", "that spring", "the following winter".
    fn turned_year(&self, field: Field, turn: Turn) -> Option<i32> {
        let published = self.published.map(|day| (i32::from(day.year()), day.month() as u8));
        let text = self.last_month.filter(|(year, _)| Some(*year) == self.last_year).or(self.last_year.map(|y| (y, 1)));
        let from_text = matches!(turn, Turn::Same | Turn::Following | Turn::Previous);
        let (year, month) = if from_text { text.or(published) } else { published.or(text) }?;
        let named = first_month(field)?;
        Some(match turn {
            Turn::Last | Turn::Past | Turn::Previous if named >= month => before(year),
            Turn::Next | Turn::Coming | Turn::Following if named <= month => next(year),
            _ => year,
        })
    }

    fn weekday(&self, t: &Tokens, mention: &Mention, when: When, weekday: u8) -> (String, Stamp) {
        let from_text = matches!(when.turn, Turn::Same | Turn::Following | Turn::Previous);
        // "On a Sunday" may be any.
        let any = when.turn == Turn::Bare && t.is(mention.start.wrapping_sub(1), Cue::A);
        let base = if from_text { self.last_day.or(self.published) } else { self.published.filter(|_| !any) };
        let day = base.and_then(|base| {
            let back = (i32::from(base.weekday().to_monday_one_offset()) - i32::from(weekday)).rem_euclid(7);
            let later_this_week = weekday > base.weekday().to_monday_one_offset() as u8;
            let (last, next) = (plus_days(base, if back == 0 { -7 } else { -back }), plus_days(base, 7 - back));
            match when.turn {
                // "Next Friday", said on a Thursday, is not tomorrow, nor "last Wednesday" yesterday.
                Turn::Last if (1..=2).contains(&back) => plus_days(base, -back - 7),
                Turn::Next if later_this_week => plus_days(base, 14 - back),
                Turn::Last | Turn::Past | Turn::Previous => last,
                Turn::Next | Turn::Coming | Turn::Following => next,
                Turn::This => plus_days(base, i32::from(weekday) - i32::from(base.weekday().to_monday_one_offset())),
                Turn::Same => plus_days(base, -back),
                Turn::Bare if back == 0 => Some(base),
                Turn::Bare if self.tense(t, mention) == Some(Tense::Future) => next,
                Turn::Bare => last,
            }
        });
        match day {
            Some(day) => (with_tail(day_text(day), when), Stamp::Day(day)),
            None => (with_tail(format!("XXXX-WXX-{weekday}"), when), Stamp::None),
        }
    }

    /// "Friday the 26th" is the nearest such day.
    fn weekday_and_day(&self, weekday: u8, day: u8) -> (String, Stamp) {
        let found = self.published.or(self.last_day).and_then(|base| {
            let distance = |away: &i32| 2 * away.abs() + i32::from(*away < 0);
            let mut near: Vec<i32> = (-200..=200).collect();
            near.sort_by_key(distance);
            near.into_iter()
                .filter_map(|away| plus_days(base, away))
                .find(|date| date.day() as u8 == day && date.weekday().to_monday_one_offset() as u8 == weekday)
        });
        match found {
            Some(date) => (day_text(date), Stamp::Day(date)),
            None => (format!("XXXX-XX-{day:02}"), Stamp::None),
        }
    }

    /// "Tuesday of last week", "Friday of the following week".
    pub(super) fn weekday_of(&self, weekday: u8, weeks: i32, anchor: Anchor) -> (String, Stamp) {
        match self.monday(weeks, anchor).and_then(|monday| plus_days(monday, i32::from(weekday) - 1)) {
            Some(day) => (day_text(day), Stamp::Day(day)),
            None => (format!("XXXX-WXX-{weekday}"), Stamp::None),
        }
    }

    fn day_only(&self, day: u8) -> (String, Stamp) {
        let published = self.published.map(|date| (i32::from(date.year()), date.month() as u8));
        let found = self.last_month.or(published).and_then(|(year, month)| {
            let date = Date::new(year.try_into().ok()?, month as i8, day as i8).ok()?;
            // "The 3rd" after the 28th is that of the next month.
            match self.last_day {
                Some(last) if self.published.is_none() && date < last && last.day() - date.day() > 20 => {
                    date.checked_add(jiff::Span::new().months(1)).ok()
                }
                _ => Some(date),
            }
        });
        match found {
            Some(date) => (day_text(date), Stamp::Day(date)),
            None => (format!("XXXX-XX-{day:02}"), Stamp::None),
        }
    }
}

fn next(year: i32) -> i32 {
    if year == -1 { 1 } else { year + 1 }
}

fn before(year: i32) -> i32 {
    if year == 1 { -1 } else { year - 1 }
}

/// Returns the first month that a field reaches into.
fn first_month(field: Field) -> Option<u8> {
    Some(match field {
        Field::Month(month) | Field::Day(month, _) | Field::WeekOfMonth(_, month) => month,
        Field::Season("SP") => 3,
        Field::Season("SU") => 6,
        Field::Season("FA") => 9,
        Field::Season(_) => 12,
        Field::Share('Q', number) => 3 * number.max(1) - 2,
        Field::Share(_, number) => 6 * number.max(1) - 5,
        Field::Feast(feast) => feast.day(2024)?.month() as u8,
        _ => return None,
    })
}

/// Returns the year that puts a month or day on the side of publication that its clause looks to, or else nearest.
fn fitting_year(field: Field, published: Date, look: Option<Look>) -> i32 {
    let year = i32::from(published.year());
    if let Field::Day(2, 29) = field {
        return year - year.rem_euclid(4);
    }
    let Some(month) = first_month(field) else { return year };
    let day = match field {
        Field::Day(_, day) => i32::from(day),
        _ => 0,
    };
    if let Field::Share(..) = field {
        return year_of_share(month, published, look);
    }
    let here = i32::from(published.month()) * 31 + i32::from(published.day());
    let ahead = i32::from(month) * 31 + day - here;
    let same_month = day == 0 && i32::from(published.month()) == i32::from(month);
    if same_month || ahead == 0 {
        return year;
    }
    // Writers name the year of a day they look back to from nearly a year away; "the May 6 hearing" of a report of
    // March lies ahead, whatever the verb.
    let soon = day > 0 && ahead < SOON;
    match look.filter(|look| look.own).map(|look| look.tense) {
        Some(Tense::Past) if ahead > 0 && !soon => year - 1,
        Some(Tense::Future) if ahead < -31 => year + 1,
        None if ahead > HALF_A_YEAR => year - 1,
        None if ahead < -HALF_A_YEAR => year + 1,
        _ => year,
    }
}

/// A share of the year is mostly the last that has begun; a clause that looks ahead means the next one.
fn year_of_share(first: u8, published: Date, look: Option<Look>) -> i32 {
    let (year, ahead) = (i32::from(published.year()), i32::from(first) - i32::from(published.month()));
    match look.map(|look| look.tense) {
        Some(Tense::Future) if ahead < -5 => year + 1,
        Some(Tense::Future) if ahead < 8 => year,
        _ if ahead > 0 => year - 1,
        _ => year,
    }
}

/// Days, at 31 a month.
const HALF_A_YEAR: i32 = 186;
const SOON: i32 = 75;

fn dated(field: Field, year: i32, when: When) -> (String, Stamp) {
    let head = year_text(year);
    match field {
        Field::Season(season) => (format!("{head}-{season}"), Stamp::Year(year)),
        Field::Share(letter, number) => (format!("{head}-{letter}{number}"), Stamp::Year(year)),
        Field::Month(month) => (format!("{head}-{month:02}"), Stamp::Month(year, month)),
        Field::Week(week) => (format!("{head}-W{:02}", if week < 0 { 53 + week } else { week }), Stamp::Year(year)),
        Field::WeekOfMonth(week, month) => match week_of_month(year, month, week) {
            Some(day) => (super::shift::week_text(day), Stamp::Month(year, month)),
            None => (format!("{head}-{month:02}"), Stamp::Month(year, month)),
        },
        Field::Day(month, day) => {
            let date = year.try_into().ok().and_then(|year| Date::new(year, month as i8, day as i8).ok());
            let stamp = date.map_or(Stamp::Month(year, month), Stamp::Day);
            (with_tail(format!("{head}-{month:02}-{day:02}"), when), stamp)
        }
        Field::Feast(feast) => match year.try_into().ok().and_then(|year| feast.day(year)) {
            Some(day) => (with_tail(day_text(day), when), Stamp::Day(day)),
            None => (head, Stamp::Year(year)),
        },
        Field::FiscalYear => (format!("FY{head}"), Stamp::Year(year)),
        _ => (head, Stamp::Year(year)),
    }
}

fn undated(field: Field, when: When) -> String {
    match field {
        Field::Season(season) => format!("XXXX-{season}"),
        Field::Share(letter, number) => format!("XXXX-{letter}{number}"),
        Field::Month(month) | Field::WeekOfMonth(_, month) => format!("XXXX-{month:02}"),
        Field::Day(month, day) => with_tail(format!("XXXX-{month:02}-{day:02}"), when),
        _ => "XXXX".to_owned(),
    }
}

fn decade_text(decade: i32) -> String {
    if decade < 0 { format!("BC{:03}", -decade) } else { format!("{decade:03}") }
}

/// The first week of a month holds its first day, the second its eighth, and the last its last.
fn week_of_month(year: i32, month: u8, week: i8) -> Option<Date> {
    let first = Date::new(year.try_into().ok()?, month as i8, 1).ok()?;
    let day = if week < 0 { first.last_of_month() } else { plus_days(first, 7 * (i32::from(week) - 1))? };
    super::monday_of(day)
}
