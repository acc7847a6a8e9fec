//! Beginnings, middles and ends: "early 2024", "mid-March", "the end of the year", "the morning of May 5".

use super::super::lexicon::Cue;
use super::super::tokens::Tokens;
use super::super::value::{Anchor, Hour, Meaning, Unit};
use super::{Found, calendar, clock, numbers, relative, years};

/// Reads a mention that begins with a word for a part of it; TIMEX3 values do not write that part.
pub(super) fn edge(t: &Tokens, i: usize) -> Found {
    let start = numbers::skip(t, i, Cue::The);
    unit_end(t, i)
        .or_else(|| part_of_day(t, start))
        .or_else(|| lone_part(t, i))
        .or_else(|| noun(t, start))
        .or_else(|| adjective(t, start, start > i))
}

/// "Year-end", "month's end".
fn unit_end(t: &Tokens, i: usize) -> Found {
    let unit = t.sense(i).unit.filter(|unit| matches!(unit, Unit::Year | Unit::Month) && !t.sense(i).plural)?;
    let possessive = t.mark(i + 1, '\'') && t.says(i + 2, "s");
    let at = if possessive { i + 3 } else { t.skip(i + 1, '-') };
    let plain = !possessive && (at > i + 1 || unit == Unit::Year);
    let anchor = if unit == Unit::Month { Anchor::Text } else { Anchor::Published };
    (t.says(at, "end") && (possessive || plain))
        .then_some((at + 1, Meaning::Shift { count: 0, unit, anchor, hour: None }))
}

/// "The end of the year", "the beginning of May", "the early part of the 1990s", "month's end".
fn noun(t: &Tokens, i: usize) -> Found {
    let at = match t.cue(i)? {
        Cue::Start | Cue::End | Cue::Middle | Cue::Rest => i + 1,
        Cue::Early | Cue::Late | Cue::Latter
            if t.says(i + 1, "part") || t.says(i + 1, "half") && !t.is(i, Cue::Latter) =>
        {
            i + 2
        }
        Cue::Latter if t.says(i + 1, "part") => i + 2,
        _ => return None,
    };
    let at = t.is(at, Cue::Of).then_some(at + 1)?;
    coarse(t, at)
}

/// "Early 2024", "mid-March", "late in the year", "later that month", "earlier this year".
fn adjective(t: &Tokens, i: usize, the: bool) -> Found {
    match t.cue(i)? {
        Cue::Early | Cue::Late | Cue::Mid => {
            let at = t.skip(i + 1, '-');
            let at = if t.is(at, Cue::To) && t.is(t.skip(at + 1, '-'), Cue::Mid) {
                t.skip(t.skip(at + 1, '-') + 1, '-')
            } else {
                at
            };
            let at = if t.is(at, Cue::In) && !t.is(i, Cue::Mid) { at + 1 } else { at };
            if let Some((end, meaning)) = part_of_day(t, i + 1) {
                return Some((end, meaning));
            }
            coarse(t, at).or_else(|| if the { None } else { day(t, at) })
        }
        Cue::Earlier | Cue::Later if !the => {
            let at = numbers::skip(t, i + 1, Cue::In);
            relative::turned_unit(t, at, Anchor::Published).or_else(|| if at > i + 1 { coarse(t, at) } else { None })
        }
        _ => None,
    }
}

/// Reads something coarser than a day.
fn coarse(t: &Tokens, i: usize) -> Found {
    if let Some((end, when)) = calendar::coarse(t, i) {
        return Some((end, Meaning::When(when)));
    }
    if let Some((end, meaning)) = years::year_mention(t, i) {
        return Some((end, meaning));
    }
    relative::turned_unit(t, i, Anchor::Published)
        .filter(|(_, meaning)| !matches!(meaning, Meaning::Shift { unit: Unit::Day, .. }))
}

/// Reads the day of "early Thursday", "late Monday night".
fn day(t: &Tokens, i: usize) -> Found {
    calendar::weekday(t, i).and_then(|_| calendar::calendar(t, i))
}

/// "The morning of May 5", "the night of 12 June 1944", "early in the morning of 12 June".
fn part_of_day(t: &Tokens, i: usize) -> Found {
    let in_the = if t.is(i, Cue::In) && t.is(i + 1, Cue::The) { i + 2 } else { i };
    let part = t.sense(in_the).part?;
    let at = if t.says(in_the + 1, "hours") { in_the + 2 } else { in_the + 1 };
    let at = matches!(t.cue(at), Some(Cue::Of | Cue::On)).then_some(at + 1)?;
    let (end, day) = calendar::calendar(t, at).or_else(|| relative::relative(t, at))?;
    Some((end, clock::with_hour(day, Hour::Part(part))?))
}

/// "Late afternoon", and "the morning" after "in": their day stands elsewhere.
fn lone_part(t: &Tokens, i: usize) -> Found {
    let the = t.is(i, Cue::The);
    let at = numbers::skip(t, i, Cue::The);
    let vague = matches!(t.cue(at), Some(Cue::Early | Cue::Late | Cue::Mid));
    let at = if vague { t.skip(at + 1, '-') } else { at };
    let cued = matches!(t.before(i).sense.cue, Some(Cue::In | Cue::During | Cue::By | Cue::Until | Cue::Since));
    let ends = t.is_mark(at + 1) && !t.mark(at + 1, '-') || t.cue(at + 1).is_some_and(|cue| cue != Cue::Of);
    let part = t.sense(at).part.filter(|_| cued && ends && (the || vague))?;
    match clock::hour_of_part(t, at + 1, Hour::Part(part)) {
        Some((end, hour)) => Some((end, Meaning::Hour(hour))),
        None => Some((at + 1, Meaning::Hour(Hour::Part(part)))),
    }
}
