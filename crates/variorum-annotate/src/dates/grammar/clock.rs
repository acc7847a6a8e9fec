//! Times of day, alone and with their day.

use super::super::lexicon::Cue;
use super::super::tokens::{Kind, Tokens};
use super::super::value::{Hour, Meaning, Unit, When, Year};
use super::{Found, calendar, numbers, relative};

/// Zones that may follow a time.
const ZONES: &[&str] = &["GMT", "UTC", "EST", "EDT", "ET", "CST", "CDT", "PST", "PDT", "PT", "BST", "CET", "CEST"];

/// Reads a time: "3:41", "5:30 p.m.", "7pm", "noon", "three o'clock", "0300 hours".
pub(super) fn clock(t: &Tokens, i: usize) -> Option<(usize, Hour)> {
    if let Some((hour, minute)) = t.sense(i).hour {
        return Some((i + 1, Hour::Clock(hour, minute, None)));
    }
    let (end, hour, minute, second) = digits(t, i).or_else(|| military(t, i)).or_else(|| past_the_hour(t, i))?;
    let end = if ZONES.contains(&t.word(end)) { end + 1 } else { end };
    Some((end, Hour::Clock(hour, minute, second)))
}

type Time = (usize, u8, u8, Option<u8>);

fn digits(t: &Tokens, i: usize) -> Option<Time> {
    if t.before(i).kind == Kind::Mark('.') && t.at(i).glued && i > 1 && t.at(i - 1).glued {
        return None;
    }
    let o_clock = |end: usize| t.says(end, "o'clock") || t.says(end, "o’clock");
    // "At six in the morning", but not "the two in the morning paper".
    let told = |i: usize| {
        let announced = i > 0 && (t.is(i - 1, Cue::At) || t.is(i - 1, Cue::About));
        announced && part_of_day(t, i + 1).0 > i + 1
    };
    let hour = match t.number(i, 1..=2) {
        Some(hour) => hour as u8,
        None => t.sense(i).number.try_into().ok().filter(|&hour: &u8| {
            hour > 0 && hour < 13 && (o_clock(i + 1) || half_of_day(t, i + 1).is_some() || told(i))
        })?,
    };
    let part = |mark: usize| {
        t.number(mark + 1, 2..=2).filter(|&n| n < 60 && t.at(mark).glued && t.at(mark + 1).glued).map(|n| n as u8)
    };
    let colon = if t.mark(i + 1, ':') { part(i + 1) } else { None };
    let dot = if t.mark(i + 1, '.') { part(i + 1) } else { None };
    let Some(minute) = colon.or(dot) else {
        let (end, half) = half_of_day(t, i + 1)
            .or_else(|| o_clock(i + 1).then(|| part_of_day(t, i + 2)))
            .or_else(|| told(i).then(|| part_of_day(t, i + 1)))?;
        return Some((end, on_the_dial(hour, half)?, 0, None));
    };
    let second = if colon.is_some() && t.mark(i + 3, ':') { part(i + 3) } else { None };
    let end = if second.is_some() { i + 5 } else { i + 3 };
    if let Some((end, half)) = half_of_day(t, end) {
        return Some((end, on_the_dial(hour, half)?, minute, second));
    }
    let goes_on = t.at(end).glued && (t.at(end + 1).glued_word() && t.is_mark(end) || t.at(end).glued_word());
    let hours = matches!(t.word(end), "hrs" | "hours" | "h");
    if hours {
        return (hour < 24).then_some((end + 1, hour, minute, second));
    }
    (colon.is_some() && hour < 24 && !goes_on && !t.at(i).glued_word()).then_some((end, hour, minute, second))
}

/// Reads "0300 hours", "0600hrs".
fn military(t: &Tokens, i: usize) -> Option<Time> {
    let number = t.number(i, 4..=4)?;
    let (hour, minute) = (number / 100, number % 100);
    let zero = t.word(i).starts_with('0') || number % 100 == 0 || t.at(i + 1).glued;
    let hours = matches!(t.word(i + 1), "hours" | "hrs" | "GMT" | "UTC") && zero;
    (hour < 24 && minute < 60 && hours).then_some((i + 2, hour as u8, minute as u8, None))
}

/// Reads "half past seven", "twenty minutes past eight in the evening", "a quarter to nine o'clock".
fn past_the_hour(t: &Tokens, i: usize) -> Option<Time> {
    let i = numbers::skip(t, i, Cue::A);
    let quarter = t.sense(i).unit == Some(Unit::Quarter);
    let (at, minute) = match numbers::count(t, i) {
        Some((end, minute)) if minute < 60.0 && minute.fract() == 0.0 => (end, minute as u8),
        _ if t.is(i, Cue::Half) => (i + 1, 30),
        _ if quarter => (i + 1, 15),
        _ => return None,
    };
    let minutes = t.sense(at).unit == Some(Unit::Minute);
    let at = if minutes { at + 1 } else { at };
    let past = t.is(at, Cue::Past);
    if !past && !(t.is(at, Cue::To) && (minutes || quarter)) {
        return None;
    }
    let (end, hour) =
        numbers::count(t, at + 1).filter(|(_, hour)| (1.0..=12.0).contains(hour) && hour.fract() == 0.0)?;
    let clock = t.says(end, "o'clock") || t.says(end, "o’clock");
    let end = if clock { end + 1 } else { end };
    let (after, second_half) = half_of_day(t, end).unwrap_or_else(|| part_of_day(t, end));
    // "Ten minutes to three men" tells no time.
    if !past && !clock && after == end && !t.is_mark(end) {
        return None;
    }
    let hour = on_the_dial(hour as u8, second_half).filter(|_| after > end).unwrap_or(hour as u8);
    Some(if past { (after, hour % 24, minute, None) } else { (after, (hour + 23) % 24, 60 - minute, None) })
}

/// Reads "a.m.", "pm", and "in the afternoon"; true for the second half of the day.
fn half_of_day(t: &Tokens, i: usize) -> Option<(usize, bool)> {
    let word = t.word(i);
    if word.eq_ignore_ascii_case("am") || word.eq_ignore_ascii_case("pm") {
        let stop = t.mark(i + 1, '.') && t.at(i + 1).glued && !t.at(i + 2).capital && !t.is_mark(i + 2);
        return Some((if stop { i + 2 } else { i + 1 }, word.eq_ignore_ascii_case("pm")));
    }
    let dotted = matches!(word, "a" | "p" | "A" | "P") && t.mark(i + 1, '.') && matches!(t.word(i + 2), "m" | "M");
    if !dotted {
        return None;
    }
    // The last stop belongs to "a.m." even where it ends the sentence.
    let end = if t.mark(i + 3, '.') && t.at(i + 3).glued { i + 4 } else { i + 3 };
    Some((end, word.eq_ignore_ascii_case("p")))
}

fn part_of_day(t: &Tokens, i: usize) -> (usize, bool) {
    let in_the = t.is(i, Cue::In) && t.is(i + 1, Cue::The);
    match t.sense(i + 2).part {
        Some(part) if in_the => (i + 3, part != "MO"),
        _ => (i, false),
    }
}

fn on_the_dial(hour: u8, second_half: bool) -> Option<u8> {
    match (hour, second_half) {
        (12, false) => Some(0),
        (12, true) => Some(12),
        (0..=11, true) => Some(hour + 12),
        (0..=23, false) => Some(hour),
        _ => None,
    }
}

/// Reads a time with its day after it where one stands: "9 a.m. on Thursday", "2:30 the next day", "noon".
pub(super) fn clock_and_day(t: &Tokens, i: usize) -> Found {
    let (end, hour) = clock(t, i)?;
    let day = t.skip(end, ',');
    let day = if t.is(day, Cue::On) { day + 1 } else { day };
    if let Some((end, meaning)) = day_mention(t, day).and_then(|(end, day)| Some((end, with_hour(day, hour)?))) {
        return Some((end, meaning));
    }
    Some((end, Meaning::Hour(hour)))
}

/// Reads a day with its time after it: "Thursday at 9 a.m.", "May 5, 1945, 10:30".
pub(super) fn day_and_clock(t: &Tokens, i: usize) -> Found {
    if t.sense(i).hour.is_some() {
        return None;
    }
    let (end, day) = day_mention(t, i)?;
    let at = t.skip(end, ',');
    let at = if t.is(at, Cue::At) { at + 1 } else { at };
    let at = numbers::skip(t, at, Cue::About);
    let (end, hour) = clock(t, at).or_else(|| bare_hour(t, at, &day))?;
    match (t.number(end, 4..=4), with_hour(day, hour)?) {
        // "Wed Oct 26 15:50:06 2016".
        (Some(year), Meaning::When(when)) if when.year == Year::Unsaid && (1900..2100).contains(&year) => {
            Some((end + 1, Meaning::When(When { year: Year::Is(year as i32), ..when })))
        }
        (_, meaning) => Some((end, meaning)),
    }
}

/// Reads the "8" of "tonight at 8".
fn bare_hour(t: &Tokens, i: usize, day: &Meaning) -> Option<(usize, Hour)> {
    let part_said = matches!(
        day,
        Meaning::Shift { hour: Some(Hour::Part(_)), .. } | Meaning::When(When { hour: Some(Hour::Part(_)), .. })
    );
    let announced = t.is(i - 1, Cue::At) || (part_said && t.is(i - 1, Cue::About));
    let hour = t.number(i, 1..=2).filter(|hour| (1..=12).contains(hour) && announced)?;
    let ends = t.is_mark(i + 1) && !t.at(i + 2).glued_word() || t.cue(i + 1).is_some_and(|cue| cue != Cue::Of);
    ends.then_some((i + 1, Hour::Clock(hour as u8, 0, None)))
}

/// Reads a mention that names one day.
fn day_mention(t: &Tokens, i: usize) -> Found {
    relative::relative(t, i).or_else(|| calendar::calendar(t, i))
}

/// Reads the "7" of "in the morning at 7".
pub(super) fn hour_of_part(t: &Tokens, i: usize, part: Hour) -> Option<(usize, Hour)> {
    let hour = t.number(i + 1, 1..=2).filter(|hour| (1..=12).contains(hour) && t.is(i, Cue::At))? as u8;
    let ends = t.is_mark(i + 2) && !t.at(i + 3).glued_word();
    ends.then(|| (i + 2, within_part(Some(part), Hour::Clock(hour, 0, None))))
}

/// "At 8" in the evening is at 20:00.
fn within_part(part: Option<Hour>, said: Hour) -> Hour {
    match (part, said) {
        (Some(Hour::Part("AF")), Hour::Clock(hour @ 1..=7, minute, second))
        | (Some(Hour::Part("EV")), Hour::Clock(hour @ 4..=11, minute, second))
        | (Some(Hour::Part("NI")), Hour::Clock(hour @ 6..=11, minute, second)) => {
            Hour::Clock(hour + 12, minute, second)
        }
        _ => said,
    }
}

/// Returns a day with a time of day in place of what part of it was said before.
pub(super) fn with_hour(day: Meaning, said: Hour) -> Option<Meaning> {
    use super::super::value::Field;
    match day {
        Meaning::When(when)
            if matches!(
                when.field,
                Field::Day(..) | Field::DayOnly(_) | Field::WeekdayAndDay(..) | Field::Weekday(_) | Field::Feast(_)
            ) =>
        {
            Some(Meaning::When(When { hour: Some(within_part(when.hour, said)), ..when }))
        }
        Meaning::Shift { count, unit: Unit::Day, anchor, hour } => {
            Some(Meaning::Shift { count, unit: Unit::Day, anchor, hour: Some(within_part(hour, said)) })
        }
        _ => None,
    }
}
