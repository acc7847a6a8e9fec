//! Days, months, weekdays, seasons and shares of a year, as far as they are named.

use super::super::lexicon::Cue;
use super::super::tokens::{Kind, Tokens};
use super::super::value::{Anchor, Field, Hour, Meaning, Unit, When, Year};
use super::{Found, clock, joint, numbers, relative, years};

/// Reads a place in the calendar that is called by its name.
pub(super) fn calendar(t: &Tokens, i: usize) -> Found {
    if let Some((end, weekday)) = weekday(t, i) {
        return weekday_mention(t, i, end, weekday);
    }
    named(t, i).map(|(end, when)| (end, Meaning::When(when)))
}

/// Reads what has a name and is coarser than a day, or a day by its date.
fn named(t: &Tokens, i: usize) -> Option<(usize, When)> {
    digits(t, i)
        .or_else(|| month_in_digits(t, i))
        .or_else(|| pair(t, i))
        .or_else(|| day_date(t, i))
        .or_else(|| coarse(t, i))
        .or_else(|| day_only(t, i))
}

/// Reads a month, season, or share of a year, with the year where it is said.
pub(super) fn coarse(t: &Tokens, i: usize) -> Option<(usize, When)> {
    month_mention(t, i).or_else(|| season(t, i)).or_else(|| share(t, i))
}

/// Reads a weekday: "Thursday", "Thu." before a date.
pub(super) fn weekday(t: &Tokens, i: usize) -> Option<(usize, u8)> {
    let sense = t.sense(i);
    if sense.weekday == 0 || (sense.short && !t.at(i).capital && matches!(sense.weekday, 1 | 6 | 7)) {
        return None;
    }
    let end = if sense.short && t.at(i + 1).glued { t.skip(i + 1, '.') } else { i + 1 };
    let dated = || day_date(t, t.skip(end, ',')).is_some() || day_after(t, end).is_some();
    (!sense.short || dated()).then_some((end, sense.weekday))
}

fn weekday_mention(t: &Tokens, i: usize, end: usize, weekday: u8) -> Found {
    if let Some((end, when)) = date_behind(t, end) {
        return Some((end, Meaning::When(when)));
    }
    if let Some((end, count)) = week_after(t, end) {
        return Some((end, Meaning::WeekdayOf { weekday, weeks: count.0, anchor: count.1 }));
    }
    if let Some((end, day)) = day_after(t, end) {
        return Some((end, Meaning::When(When::of(Field::WeekdayAndDay(weekday, day), Year::Unsaid))));
    }
    // "The Sunday Chronicle" is a paper; "in Washington Tuesday President Orr spoke" is a day.
    if i > 0 && t.is(i - 1, Cue::The) && t.at(end).kind == Kind::Word && t.at(end).capital {
        return None;
    }
    let mut when = When::of(Field::Weekday(weekday), Year::Unsaid);
    let (end, part) = part_after(t, end);
    when.hour = part;
    Some((end, Meaning::When(when)))
}

/// Reads the date of "Friday, June 3", "Friday (June 3)", "Friday 6/3".
pub(super) fn date_behind(t: &Tokens, end: usize) -> Option<(usize, When)> {
    let bracket = t.mark(end, '(');
    let hyphen = t.mark(end, '-') && t.at(end).glued && t.at(end + 1).glued;
    let start = if bracket || hyphen { end + 1 } else { t.skip(end, ',') };
    let date = numbers::skip(t, start, Cue::The);
    let (after, when) = digits(t, date).or_else(|| day_date(t, date)).or_else(|| pair_at(t, date))?;
    match bracket {
        true => t.mark(after, ')').then_some((after + 1, when)),
        false => Some((after, when)),
    }
}

/// Reads "of next week" or "next week" after a weekday.
fn week_after(t: &Tokens, i: usize) -> Option<(usize, (i32, Anchor))> {
    let at = if t.is(i, Cue::Of) { i + 1 } else { i };
    t.cue(at)?;
    match relative::turned_unit(t, at, Anchor::Published)? {
        (end, Meaning::Shift { count, unit: Unit::Week, anchor, .. }) => Some((end, (count, anchor))),
        _ => None,
    }
}

/// Reads "the 26th" or "26th" after a weekday.
fn day_after(t: &Tokens, i: usize) -> Option<(usize, u8)> {
    let at = numbers::skip(t, i, Cue::The);
    let ordinal = numbers::has_ordinal_ending(t, at + 1) || (at > i && t.at(at).kind == Kind::Word);
    let alone = |end| t.is_mark(end) && !t.mark(end, '/') && !t.mark(end, '-') && !t.mark(end, ':');
    numbers::day(t, at).filter(|(end, _)| (ordinal || alone(*end)) && may_end_day(t, *end))
}

/// Reads the "morning" of "Thursday morning".
pub(super) fn part_after(t: &Tokens, i: usize) -> (usize, Option<Hour>) {
    match t.sense(i).part {
        Some(part) => (i + 1, Some(Hour::Part(part))),
        None => match t.sense(i).hour {
            Some((hour, minute)) => (i + 1, Some(Hour::Clock(hour, minute, None))),
            None => (i, None),
        },
    }
}

/// Reads the name of a month: "March", "Mar."; a lower-case one must stand beside a number.
pub(super) fn month(t: &Tokens, i: usize) -> Option<(usize, u8)> {
    let sense = t.sense(i);
    if sense.month == 0 {
        return None;
    }
    let end = if sense.short && t.at(i + 1).glued { t.skip(i + 1, '.') } else { i + 1 };
    Some((end, sense.month))
}

/// Reads a day by its date: "January 26, 2025", "26 January", "the 26th of January", "8" before "to 11 August".
pub(super) fn day_date(t: &Tokens, i: usize) -> Option<(usize, When)> {
    month_first(t, i).or_else(|| day_first(t, i)).or_else(|| leading_day(t, i, 4))
}

fn month_first(t: &Tokens, i: usize) -> Option<(usize, When)> {
    let (at, month) = month(t, i)?;
    let slash = (t.mark(at, '/') || t.mark(at, '-'))
        && t.at(at).glued
        && t.at(at + 1).glued
        && !(t.mark(at + 2, '/') && t.at(at + 2).glued);
    let comma = t.mark(at, ',') && numbers::has_ordinal_ending(t, at + 2);
    let at = if slash || comma { at + 1 } else { at };
    let (end, day) = numbers::day(t, numbers::skip(t, at, Cue::The)).filter(|(end, _)| may_end_day(t, *end))?;
    let spelled = t.at(at).kind != Kind::Number;
    // "They march first", "it may second the motion".
    if !t.at(i).capital && verb_like(t, i) && !(spelled && day > 4) {
        return None;
    }
    let (end, year) = year_after(t, end);
    Some((end, When::of(Field::Day(month, day), year)))
}

fn day_first(t: &Tokens, i: usize) -> Option<(usize, When)> {
    let start = numbers::skip(t, i, Cue::The);
    let (at, day) = numbers::day(t, start)?;
    // "The 23rd day of September".
    let at = if t.says(at, "day") && t.is(at + 1, Cue::Of) { at + 1 } else { at };
    let linked = t.is(at, Cue::Of) || (t.mark(at, '-') && t.at(at).glued);
    let at = if linked { at + 1 } else { at };
    let (end, month) = month(t, at)?;
    let worded = t.at(start).kind == Kind::Word;
    let dated = year_after(t, end).1 != Year::Unsaid;
    if (!t.at(at).capital && !dated && verb_like(t, at)) || (worded && !linked && !dated && start == i) {
        return None;
    }
    let end = if linked && t.mark(end, '-') && t.at(end).glued { end + 1 } else { end };
    let (end, year) = year_after(t, end);
    let in_year = years::year(t, end + 1).filter(|_| year == Year::Unsaid && t.is(end, Cue::In) && t.word(end) == "in");
    let (end, year) = match in_year {
        Some((after, said)) if years::is_year_here(t, end + 1, said) => (after, Year::Is(said)),
        _ => (end, year),
    };
    Some((end, When::of(Field::Day(month, day), year)))
}

/// Reads the "5" of "5 and 6 May", "8-11 August 1802".
fn leading_day(t: &Tokens, i: usize, depth: u8) -> Option<(usize, When)> {
    let start = numbers::skip(t, i, Cue::The);
    // "Flight 5, and 22 May": the number belongs to the name.
    if start == i && t.before(i).capital && t.cue(i.wrapping_sub(1)).is_none() {
        return None;
    }
    let (end, day) = numbers::day_number(t, start)?;
    let next = joint(t, end)?;
    let (_, when) = day_first(t, next).or_else(|| if depth > 0 { leading_day(t, next, depth - 1) } else { None })?;
    match when.field {
        Field::Day(month, last) if day < last => Some((end, When { field: Field::Day(month, day), ..when })),
        _ => None,
    }
}

/// "May" and "march" are verbs as well.
fn verb_like(t: &Tokens, i: usize) -> bool {
    matches!(t.sense(i).month, 3 | 5) && !t.sense(i).short
}

/// Tells whether a number before this place can be a day: "June 10" is one, "June 10 percent" and "June 10:30" are none.
pub(super) fn may_end_day(t: &Tokens, i: usize) -> bool {
    let next = t.at(i);
    let number_goes_on = next.glued
        && match next.kind {
            Kind::Mark(':' | '.') => t.at(i + 1).glued && t.at(i + 1).kind == Kind::Number,
            Kind::Mark('%' | '°') => true,
            Kind::Word | Kind::Number => true,
            Kind::Mark(_) => false,
        };
    let counts = next.sense.counted || next.sense.unit.is_some_and(|unit| unit != Unit::Night) || t.mark(i, '%');
    let thousands = matches!(t.word(i), "million" | "billion" | "thousand" | "percent");
    let clock = matches!(t.word(i), "am" | "pm" | "p" | "a" if t.mark(i + 1, '.') && t.at(i + 1).glued);
    !number_goes_on && !counts && !thousands && !clock
}

/// Reads the year after a day or month: ", 1945", "of 1945", "of that year", "last year".
pub(super) fn year_after(t: &Tokens, i: usize) -> (usize, Year) {
    let comma = t.skip(i, ',');
    if let Some((end, year)) = years::year(t, comma)
        && !t.sense(end).counted
        && (t.at(comma).digits > 2 || end > comma + 1)
    {
        return (end, Year::Is(year));
    }
    if t.mark(comma, '\'')
        && let Some(number) = t.number(comma + 1, 2..=2)
        && t.at(comma + 1).glued
    {
        return (comma + 2, Year::Short(number as u8));
    }
    let of = numbers::skip(t, comma, Cue::Of);
    if of > comma {
        // "The first quarter of fiscal 1990".
        let of = numbers::skip(t, of, Cue::Fiscal);
        if let Some((end, year)) = years::year(t, of).filter(|(end, _)| !t.sense(*end).counted) {
            return (end, Year::Is(year));
        }
        if let Some((end, year)) = relative_year(t, of) {
            return (end, year);
        }
        if let Some(short) = t.number(of, 2..=2).filter(|&short| short > 31 && may_end_day(t, of + 1)) {
            return (of + 1, Year::Short(short as u8));
        }
    } else if matches!(t.cue(i), Some(Cue::Last | Cue::Next))
        && let Some((end, year)) = relative_year(t, i)
    {
        return (end, year);
    }
    (i, Year::Unsaid)
}

/// Reads "that year", "the same year", "last year", "the following year", "the year".
fn relative_year(t: &Tokens, i: usize) -> Option<(usize, Year)> {
    let at = numbers::skip(t, i, Cue::The);
    let (year_at, shift) = match t.cue(at) {
        Some(Cue::That) => (numbers::skip(t, at + 1, Cue::Same), Year::Shift(0, Anchor::Text)),
        Some(Cue::Same) => (at + 1, Year::Shift(0, Anchor::Text)),
        Some(Cue::This) => (at + 1, Year::Shift(0, Anchor::Published)),
        Some(Cue::Last) => (at + 1, Year::Shift(-1, Anchor::Published)),
        Some(Cue::Next) if at == i => (at + 1, Year::Shift(1, Anchor::Published)),
        Some(Cue::Next | Cue::Following) => (at + 1, Year::Shift(1, Anchor::Text)),
        Some(Cue::Previous) => (at + 1, Year::Shift(-1, Anchor::Text)),
        None if at > i => (at, Year::Shift(0, Anchor::Published)),
        _ => return None,
    };
    (t.sense(year_at).unit == Some(Unit::Year) && !t.sense(year_at).plural).then_some((year_at + 1, shift))
}

/// Reads a month without a day.
fn month_mention(t: &Tokens, i: usize) -> Option<(usize, When)> {
    if let Some(found) = month_behind_year(t, i) {
        return Some(found);
    }
    let (end, month) = month(t, i)?;
    let joined = (t.mark(end, '-') || t.mark(end, '/')) && t.at(end).glued && t.at(end + 1).glued;
    let (after, year) = match years::year(t, end + 1).filter(|_| joined) {
        Some((after, year)) => (after, Year::Is(year)),
        None => year_after(t, end),
    };
    let said = year != Year::Unsaid;
    // "In may" can be nothing else.
    let lone = t.is(i.wrapping_sub(1), Cue::In) && t.is_mark(end) && !t.sense(i).short;
    if !t.at(i).capital && (!said || verb_like(t, i)) && !lone {
        return None;
    }
    (said || stands_alone(t, i, end)).then_some((after, When::of(Field::Month(month), year)))
}

/// Reads "2017 April".
fn month_behind_year(t: &Tokens, i: usize) -> Option<(usize, When)> {
    let (at, year) = years::year(t, i).filter(|_| t.at(i).kind == Kind::Number)?;
    let (end, month) = month(t, at).filter(|_| t.at(at).capital || !verb_like(t, at))?;
    let alone = numbers::day_number(t, end).is_none() && years::is_year_here(t, i, year);
    alone.then_some((end, When::of(Field::Month(month), Year::Is(year))))
}

/// Reads "2015-12" and "12-2015"; "2003-04" may be a season, and is no month.
fn month_in_digits(t: &Tokens, i: usize) -> Option<(usize, When)> {
    let glued = t.mark(i + 1, '-') && t.at(i + 1).glued && t.at(i + 2).glued && !t.at(i).glued_word();
    if !glued || (t.at(i + 3).glued && !t.is_mark(i + 3)) || t.mark(i + 3, '-') || t.mark(i.wrapping_sub(1), '-') {
        return None;
    }
    let (year, month) = match (t.number(i, 4..=4), t.number(i + 2, 4..=4)) {
        (Some(year), None) => (year, t.number(i + 2, 1..=2).filter(|&month| month <= year % 100)?),
        (None, Some(year)) => (year, t.number(i, 2..=2)?),
        _ => return None,
    };
    let fits = (1900..2100).contains(&year) && (1..=12).contains(&month);
    fits.then(|| (i + 3, When::of(Field::Month(month as u8), Year::Is(year as i32))))
}

/// Tells whether a month's name without day or year is the month, not a person, a verb or a part of a name.
fn stands_alone(t: &Tokens, i: usize, end: usize) -> bool {
    let cued = matches!(
        t.before(i).sense.cue,
        Some(
            Cue::In
                | Cue::By
                | Cue::Since
                | Cue::Until
                | Cue::From
                | Cue::To
                | Cue::Of
                | Cue::Early
                | Cue::Late
                | Cue::Mid
                | Cue::Last
                | Cue::Next
                | Cue::This
                | Cue::During
                | Cue::Between
                | Cue::Before
                | Cue::After
                | Cue::And
                | Cue::Or
                | Cue::Every
                | Cue::Following
                | Cue::Previous
        )
    ) || (i > 1 && t.mark(i - 1, '-') && (t.is(i - 2, Cue::Mid) || t.sense(i - 2).month > 0))
        || (i > 0 && joint(t, end).is_some_and(|next| t.sense(next).month > 0));
    if t.sense(i).short {
        // "After Jan left", "in Mar del Sol".
        return cued && (end > i + 1 || matches!(t.sense(i).month, 2 | 8..=12) && !t.at(end).capital);
    }
    let name = t.at(i).capital && t.at(end).capital && t.at(end).kind == Kind::Word && t.sense(end).month == 0;
    match t.sense(i).month {
        3 | 5 => {
            cued && !name
                && (t.sense(i).month == 3
                    || !matches!(t.before(i).sense.cue, Some(Cue::And | Cue::Or))
                    || before_is_month(t, i))
        }
        4 | 6 | 8 => cued || !(name || t.before(i).capital || sentence_begins(t, i)),
        _ => true,
    }
}

fn before_is_month(t: &Tokens, i: usize) -> bool {
    i > 1 && t.sense(i - 2).month > 0
}

fn sentence_begins(t: &Tokens, i: usize) -> bool {
    i == 0 || t.is_mark(i - 1)
}

/// Reads "the spring of 1915", "summer 1944", "winter", and "fall" where it is the season.
fn season(t: &Tokens, i: usize) -> Option<(usize, When)> {
    let start = numbers::skip(t, i, Cue::The);
    let season = t.sense(start).season?;
    let (end, year) = year_after(t, start + 1);
    let when = When::of(Field::Season(season), year);
    (year != Year::Unsaid || is_season_here(t, i, start)).then_some((end, when))
}

fn is_season_here(t: &Tokens, i: usize, at: usize) -> bool {
    let before = t.before(i).sense.cue;
    let in_time = matches!(
        before,
        Some(
            Cue::In
                | Cue::By
                | Cue::During
                | Cue::Since
                | Cue::Until
                | Cue::Early
                | Cue::Late
                | Cue::Mid
                | Cue::Of
                | Cue::And
                | Cue::Or
                | Cue::Before
                | Cue::After
                | Cue::From
                | Cue::To
        )
    ) || (t.says(i.wrapping_sub(1), "as") && at > i);
    let turned = matches!(
        before,
        Some(Cue::This | Cue::Last | Cue::Next | Cue::That | Cue::Every | Cue::Following | Cue::Previous | Cue::Coming)
    );
    let name = t.at(at).capital && t.at(at + 1).capital && t.at(at + 1).kind == Kind::Word;
    if name || (t.at(at).capital && t.before(at).capital && !sentence_begins(t, at - 1)) {
        return false;
    }
    match t.word(at).to_ascii_lowercase().as_str() {
        "fall" => {
            turned || (in_time && at > i && !matches!(t.cue(at + 1), Some(Cue::Of | Cue::In | Cue::From | Cue::To)))
        }
        "spring" => turned || in_time || at > i,
        _ => true,
    }
}

/// Reads a quarter or half of a year: "the first quarter of 2024", "Q3 2024", "the second half of 1989".
fn share(t: &Tokens, i: usize) -> Option<(usize, When)> {
    if t.at(i).capital
        && let Some((letter, number)) = quarter_sign(t.word(i), t, i)
    {
        let (end, year) = year_after(t, i + 2);
        return (year != Year::Unsaid || is_about_money(t, i))
            .then_some((end, When::of(Field::Share(letter, number), year)));
    }
    let start = numbers::skip(t, i, Cue::The);
    let (noun_end, when) = share_name(t, start)?;
    let is_quarter = matches!(when.field, Field::Share('Q', _));
    let (end, year) = year_after(t, noun_end);
    let open = !t.is(start, Cue::Last) && !t.is(start, Cue::Latter);
    let sure = year != Year::Unsaid || (open && (is_about_money(t, i) || (is_quarter && is_no_match(t, i))));
    sure.then_some((end, When { year, ..when }))
}

/// Reads "first quarter", "second half", "latter half".
pub(super) fn share_name(t: &Tokens, start: usize) -> Option<(usize, When)> {
    let (at, number) = match t.cue(start) {
        Some(Cue::Latter) => (start + 1, 2),
        Some(Cue::Last) => (start + 1, 4),
        _ if t.says(start, "final") => (start + 1, 4),
        _ => numbers::ordinal(t, start)?,
    };
    let noun = t.skip(at, '-');
    let letter = if t.sense(noun).unit == Some(Unit::Quarter) && !t.sense(noun).plural { 'Q' } else { 'H' };
    if letter == 'H' && !(t.is(noun, Cue::Half) && t.says(noun, "half")) {
        return None;
    }
    let number = if letter == 'H' && t.is(start, Cue::Last) { 2 } else { number };
    let fits = (1..=if letter == 'Q' { 4 } else { 2 }).contains(&number);
    fits.then(|| (noun + 1, When::of(Field::Share(letter, number), Year::Unsaid)))
}

fn quarter_sign(word: &str, t: &Tokens, i: usize) -> Option<(char, u8)> {
    let letter = match word {
        "Q" => 'Q',
        "H" => 'H',
        _ => return None,
    };
    let number = t.number(i + 1, 1..=1).filter(|_| t.at(i + 1).glued)? as u8;
    (1..=if letter == 'Q' { 4 } else { 2 }).contains(&number).then_some((letter, number))
}

/// A match has quarters too; one that stands among money and business is a quarter of the year.
fn is_about_money(t: &Tokens, i: usize) -> bool {
    (i.saturating_sub(25)..i + 25)
        .any(|at| t.sense(at).finance || matches!(t.at(at).kind, Kind::Mark('%' | '$' | '£' | '€')))
}

/// "In the third quarter" without a match around it.
fn is_no_match(t: &Tokens, i: usize) -> bool {
    let cued =
        matches!(t.before(i).sense.cue, Some(Cue::In | Cue::For | Cue::During | Cue::Since)) && t.is(i, Cue::The);
    cued && !(i.saturating_sub(25)..i + 25).any(|at| t.sense(at).sport)
}

/// Reads "the 24th" where a day of the month is meant.
fn day_only(t: &Tokens, i: usize) -> Option<(usize, When)> {
    let cued = i > 0
        && t.is(i, Cue::The)
        && matches!(
            t.cue(i - 1),
            Some(Cue::On | Cue::By | Cue::Until | Cue::Since | Cue::From | Cue::To | Cue::Before | Cue::After)
        );
    if !cued || !numbers::has_ordinal_ending(t, i + 2) {
        return None;
    }
    let (end, day) = numbers::day_number(t, i + 1)?;
    let ends = t.is_mark(end) && !t.mark(end, '-') || t.cue(end).is_some_and(|cue| cue != Cue::Of);
    ends.then_some((end, When::of(Field::DayOnly(day), Year::Unsaid)))
}

/// Reads dates in digits: "2025-03-27", "27.03.2025", "3/27/2025".
fn digits(t: &Tokens, i: usize) -> Option<(usize, When)> {
    if let Some(number) = t.number(i, 8..=8).filter(|_| !t.at(i).glued_word() || t.is_mark(i - 1)) {
        let (year, month, day) = (number / 10000, number / 100 % 100, number % 100);
        let date = jiff::civil::Date::new(i16::try_from(year).ok()?, month as i8, day as i8).ok();
        let when = When::of(Field::Day(month as u8, day as u8), Year::Is(year as i32));
        return date.filter(|_| (1900..2100).contains(&year) && !t.at(i + 1).glued_word()).map(|_| (i + 1, when));
    }
    let sign = match t.at(i + 1).kind {
        Kind::Mark(sign @ ('-' | '/' | '.')) => sign,
        _ => return None,
    };
    let after = t.at(i).glued && !matches!(t.before(i).kind, Kind::Mark(_));
    let whole = t.mark(i + 3, sign) && (i + 1..=i + 4).all(|at| t.at(at).glued) && !after;
    if !whole || (t.at(i + 5).glued_word() && !t.says(i + 5, "T")) {
        return None;
    }
    if let Some(when) = spelled(t, [i, i + 2, i + 4]) {
        return Some((i + 5, when));
    }
    let part = |at| t.number(at, 1..=2).map(|n| n as u8);
    let (year, month, day) = if let Some(year) = t.number(i, 4..=4) {
        (year as i32, part(i + 2)?, part(i + 4)?)
    } else {
        let (a, b) = (part(i)?, part(i + 2)?);
        // Full stops are the European order; slashes the American one, unless it cannot be.
        let (month, day) = if sign == '.' || a > 12 { (b, a) } else { (a, b) };
        match t.number(i + 4, 4..=4) {
            Some(year) => (year as i32, month, day),
            None => {
                jiff::civil::Date::new(2024, month as i8, day as i8).ok()?;
                let short = t.number(i + 4, 2..=2)? as u8;
                return Some((i + 5, When::of(Field::Day(month, day), Year::Short(short))));
            }
        }
    };
    jiff::civil::Date::new(year as i16, month as i8, day as i8).ok()?;
    let mut when = When::of(Field::Day(month, day), Year::Is(year));
    if t.says(i + 5, "T")
        && let Some((end, hour)) = clock::clock(t, i + 6)
    {
        when.hour = Some(hour);
        return Some((end, when));
    }
    Some((i + 5, when))
}

/// "23/Sep/2020", "2020-Sep-23", "Sep-23-2020".
fn spelled(t: &Tokens, parts: [usize; 3]) -> Option<When> {
    let month = parts.iter().find_map(|&at| Some(t.sense(at).month).filter(|&month| month > 0))?;
    let year = parts.iter().find_map(|&at| t.number(at, 4..=4))?;
    let day = parts.iter().find_map(|&at| t.number(at, 1..=2))?;
    jiff::civil::Date::new(year as i16, month as i8, day as i8).ok()?;
    Some(When::of(Field::Day(month, day as u8), Year::Is(year as i32)))
}

/// Reads "on 11/20": two numbers alone are a date only where a day is announced.
fn pair(t: &Tokens, i: usize) -> Option<(usize, When)> {
    (is_announced(t, i) && !t.at(i).glued).then(|| pair_at(t, i))?
}

/// Tells whether "on", "by" or "until" stands before a pair or before the list of pairs that it ends.
fn is_announced(t: &Tokens, i: usize) -> bool {
    let mut at = i;
    for _ in 0..8 {
        if matches!(t.before(at).sense.cue, Some(Cue::On | Cue::By | Cue::Until)) {
            return true;
        }
        let word = at > 0 && matches!(t.cue(at - 1), Some(Cue::And | Cue::Or));
        let comma = at > usize::from(word) + 1 && t.mark(at - 1 - usize::from(word), ',');
        let joined = usize::from(word) + usize::from(comma);
        if joined == 0 || at < joined + 3 || !t.mark(at - joined - 2, '/') {
            return false;
        }
        at -= joined + 3;
    }
    false
}

/// Reads "11/20".
pub(super) fn pair_at(t: &Tokens, i: usize) -> Option<(usize, When)> {
    let whole = t.mark(i + 1, '/') && t.at(i + 1).glued && t.at(i + 2).glued && !t.is(i + 3, Cue::Of);
    if !whole || !may_end_day(t, i + 3) || (t.mark(i + 3, '/') && t.at(i + 3).glued) {
        return None;
    }
    let (a, b) = (t.number(i, 1..=2)? as u8, t.number(i + 2, 1..=2)? as u8);
    let (month, day) = if a > 12 { (b, a) } else { (a, b) };
    jiff::civil::Date::new(2024, month as i8, day as i8).ok()?;
    Some((i + 3, When::of(Field::Day(month, day), Year::Unsaid)))
}
