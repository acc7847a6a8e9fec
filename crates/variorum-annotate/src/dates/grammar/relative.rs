//! Times told from another time: "last week", "two days later", "yesterday", "the following spring".

use super::super::lexicon::{Cue, ENGLISH, PhraseMeaning};
use super::super::tokens::{Kind, Tokens};
use super::super::value::{Amount, Anchor, Field, Hour, Meaning, Turn, Unit, When, Year};
use super::{Found, calendar, numbers, years};

/// Reads a phrase of the data rows, with the year after a feast.
pub(super) fn phrase(t: &Tokens, i: usize) -> Found {
    if !t.sense(i).opens_phrase {
        return None;
    }
    let (end, meaning) = ENGLISH
        .phrases(t.word(i))
        .iter()
        .filter(|phrase| phrase.rest.iter().enumerate().all(|(k, word)| matches(t, i + 1 + k, word)))
        .map(|phrase| (i + 1 + phrase.rest.len(), phrase.meaning))
        .max_by_key(|(end, _)| *end)?;
    let field = match meaning {
        PhraseMeaning::Ref("FUTURE_REF" | "PAST_REF" | "PRESENT_REF") if is_modifier(t, i, end) => return None,
        PhraseMeaning::Ref(value) => return Some((end, Meaning::Fixed(value))),
        PhraseMeaning::Nothing => return Some((end, Meaning::Nothing)),
        PhraseMeaning::Shift(count) => {
            return Some((end, Meaning::Shift { count, unit: Unit::Day, anchor: Anchor::Published, hour: None }));
        }
        PhraseMeaning::Day(month, day) => Field::Day(month, day),
        PhraseMeaning::Feast(feast) => Field::Feast(feast),
    };
    // "Easter Island", "Noel Christmas": a name that holds a feast is no day.
    let inside_name = i > 0 && t.before(i).capital && t.cue(i - 1).is_none() && !t.sense(i - 1).law
        || (t.at(end).capital && t.sense(end).part.is_none());
    if inside_name {
        return None;
    }
    let (end, year) = calendar::year_after(t, end);
    let (end, hour) = calendar::part_after(t, end);
    Some((end, Meaning::When(When { hour, ..When::of(field, year) })))
}

fn matches(t: &Tokens, i: usize, part: &str) -> bool {
    match (t.at(i).kind, part.as_bytes()) {
        (Kind::Mark(mark), [byte]) => mark == char::from(*byte),
        (Kind::Word, _) => t.says(i, part),
        _ => false,
    }
}

/// "The past three years", "the future king": the words go on.
fn is_modifier(t: &Tokens, i: usize, end: usize) -> bool {
    t.is(i, Cue::The) && t.at(end).kind == Kind::Word && t.cue(end).is_none() && t.sense(end).tense.is_none()
        || t.at(end).kind == Kind::Number
        || t.is(end, Cue::Few)
}

/// Reads a time told from another.
pub(super) fn relative(t: &Tokens, i: usize) -> Found {
    if t.is(i, Cue::The) && t.sense(i + 1).unit == Some(Unit::Weekend) && !t.sense(i + 1).plural {
        return Some((i + 2, Meaning::Weekend));
    }
    named_day(t, i)
        .or_else(|| year_earlier(t, i))
        .or_else(|| quarter_of_last_year(t, i))
        .or_else(|| share_of_year(t, i))
        .or_else(|| lone_unit(t, i))
        .or_else(|| day_of_month(t, i))
        .or_else(|| turned_name(t, i))
        .or_else(|| weekday_of(t, i))
        .or_else(|| {
            turned_unit(t, i, Anchor::Published)
                .filter(|_| !t.is(i, Cue::The) || t.cue(i + 1).is_some() || t.says(i + 1, "current"))
        })
        .or_else(|| unit_before_or_after(t, i))
        .or_else(|| counted(t, i))
}

/// "The year-earlier quarter", "the year-ago period", "year-earlier".
fn year_earlier(t: &Tokens, i: usize) -> Found {
    let start = if matches!(t.cue(i), Some(Cue::The | Cue::A)) { i + 1 } else { i };
    let told = matches!(t.cue(start + 2), Some(Cue::Earlier | Cue::Ago)) && t.mark(start + 1, '-');
    if t.sense(start).unit != Some(Unit::Year) || !told {
        return None;
    }
    let unit = t.sense(start + 3).unit.filter(|_| !t.sense(start + 3).plural);
    let end = if unit.is_some() || t.says(start + 3, "period") { start + 4 } else { start + 3 };
    (start == i || end > start + 3).then_some((end, Meaning::YearEarlier(unit)))
}

/// "The same quarter last year", "the like quarter a year earlier".
fn quarter_of_last_year(t: &Tokens, i: usize) -> Found {
    let same = t.is(i + 1, Cue::Same) || matches!(t.word(i + 1), "like" | "comparable" | "corresponding");
    if !t.is(i, Cue::The) || !same || t.sense(i + 2).unit != Some(Unit::Quarter) {
        return None;
    }
    let year = |at: usize| t.sense(at).unit == Some(Unit::Year);
    let last = t.is(i + 3, Cue::Last) && year(i + 4);
    let told = matches!(t.cue(i + 5), Some(Cue::Earlier | Cue::Ago | Cue::Before));
    let end = if last { i + 5 } else { i + 6 };
    (last || (t.is(i + 3, Cue::A) && year(i + 4) && told)).then_some((end, Meaning::YearEarlier(Some(Unit::Quarter))))
}

/// "Last year's third quarter", "1988's first half", "the 1988 fourth quarter".
fn share_of_year(t: &Tokens, i: usize) -> Found {
    let turned = || match turned_unit(t, i, Anchor::Published)? {
        (end, Meaning::Shift { count, unit: Unit::Year, anchor, .. }) => Some((end, Year::Shift(count, anchor))),
        _ => None,
    };
    let numbered = || years::year(t, numbers::skip(t, i, Cue::The)).map(|(end, year)| (end, Year::Is(year)));
    let (end, year) = turned().or_else(numbered)?;
    let possessive = t.mark(end, '\'') && t.at(end).glued && t.says(end + 1, "s");
    let at = if possessive { end + 2 } else { end };
    if !possessive && matches!(year, Year::Shift(..)) {
        return None;
    }
    let (end, when) = calendar::share_name(t, at)?;
    Some((end, Meaning::When(When { year, ..when })))
}

/// "Profit for the year", "earlier in the day", "the latest week": the unit that publication or the text lies in.
fn lone_unit(t: &Tokens, i: usize) -> Found {
    let latest = t.says(i + 1, "latest");
    let at = if latest { i + 2 } else { i + 1 };
    let unit = t.sense(at).unit.filter(|unit| t.is(i, Cue::The) && !t.sense(at).plural && !unit.is_clock())?;
    if latest {
        return Some((at + 1, Meaning::Latest(unit)));
    }
    let cued =
        matches!(t.before(i).sense.cue, Some(Cue::For | Cue::In | Cue::During | Cue::Later | Cue::Earlier | Cue::Than))
            || (i > 1 && t.is(i - 1, Cue::Of) && !t.is(i - 2, Cue::End));
    let ends = t.is_mark(i + 2) && !t.mark(i + 2, '-') && !t.mark(i + 2, '\'')
        || matches!(t.cue(i + 2), Some(Cue::To | Cue::From | Cue::And | Cue::But | Cue::At | Cue::By | Cue::With));
    (cued && ends && !matches!(unit, Unit::Night | Unit::Weekend)).then_some((i + 2, Meaning::Latest(unit)))
}

/// "The 15th day of next month", "the 21st of the month", "the 21st this month".
fn day_of_month(t: &Tokens, i: usize) -> Found {
    let (at, day) = numbers::day(t, numbers::skip(t, i, Cue::The))?;
    let at = if t.says(at, "day") { at + 1 } else { at };
    let month = numbers::skip(t, at, Cue::Of);
    let turned =
        matches!(t.cue(month), Some(Cue::This | Cue::Next | Cue::Last)) || (t.is(month, Cue::The) && month > at);
    let (end, shift) = turned_unit(t, month, Anchor::Published).filter(|_| turned)?;
    match shift {
        Meaning::Shift { count, unit: Unit::Month, anchor, .. } => {
            Some((end, Meaning::DayOf { day, months: count, anchor }))
        }
        _ => None,
    }
}

/// "Today", "yesterday afternoon", "tonight", "last night", "this morning", "that evening".
fn named_day(t: &Tokens, i: usize) -> Found {
    let shift = |end, count, anchor, hour| Some((end, Meaning::Shift { count, unit: Unit::Day, anchor, hour }));
    if t.sense(i).tonight {
        return shift(i + 1, 0, Anchor::Published, Some(Hour::Part("NI")));
    }
    if let Some(count) = t.sense(i).day_shift {
        let (end, hour) = calendar::part_after(t, i + 1);
        return shift(end, count, Anchor::Published, hour);
    }
    let the = t.is(i, Cue::The);
    let at = numbers::skip(t, i, Cue::The);
    let (part_at, count, anchor) = match t.cue(at)? {
        Cue::This => (at + 1, 0, Anchor::Published),
        Cue::That => (numbers::skip(t, at + 1, Cue::Same), 0, Anchor::Text),
        Cue::Same => (at + 1, 0, Anchor::Text),
        Cue::Last if !the => (at + 1, -1, Anchor::Published),
        Cue::Next | Cue::Following => (at + 1, 1, Anchor::Text),
        Cue::Previous => (at + 1, -1, Anchor::Text),
        _ => return None,
    };
    let part_at = if matches!(t.cue(part_at), Some(Cue::Early | Cue::Late)) { part_at + 1 } else { part_at };
    let part = t.sense(part_at).part?;
    shift(part_at + 1, count, anchor, Some(Hour::Part(part)))
}

/// "Last March", "next Friday", "this past summer", "the following spring".
fn turned_name(t: &Tokens, i: usize) -> Found {
    let at = numbers::skip(t, i, Cue::The);
    let (at, turn) = match t.cue(at)? {
        Cue::This if matches!(t.cue(at + 1), Some(Cue::Past)) => (at + 2, Turn::Past),
        Cue::This if t.is(at + 1, Cue::Coming) => (at + 2, Turn::Coming),
        Cue::This => (at + 1, Turn::This),
        Cue::Last => (at + 1, Turn::Last),
        Cue::Past => (at + 1, Turn::Past),
        Cue::Next if at > i => (at + 1, Turn::Following),
        Cue::Next => (at + 1, Turn::Next),
        Cue::Coming => (at + 1, Turn::Coming),
        // Without an article they are told from publication.
        Cue::Following if at == i => (at + 1, Turn::Next),
        Cue::Previous if at == i => (at + 1, Turn::Last),
        Cue::Following => (at + 1, Turn::Following),
        Cue::Previous => (at + 1, Turn::Previous),
        Cue::That => (numbers::skip(t, at + 1, Cue::Same), Turn::Same),
        Cue::Same => (at + 1, Turn::Same),
        _ => return None,
    };
    if let Some((end, weekday)) = calendar::weekday(t, at) {
        if let Some((end, when)) = calendar::date_behind(t, end) {
            return Some((end, Meaning::When(when)));
        }
        let (end, hour) = calendar::part_after(t, end);
        return Some((end, Meaning::When(When { turn, hour, ..When::of(Field::Weekday(weekday), Year::Unsaid) })));
    }
    if let Some((end, when)) = calendar::day_date(t, at).filter(|(_, when)| when.year == Year::Unsaid) {
        return Some((end, Meaning::When(When { turn, ..when })));
    }
    if let Some((end, Meaning::When(when))) = phrase(t, at) {
        return Some((end, Meaning::When(When { turn, ..when })));
    }
    if let Some((end, when)) = calendar::pair_at(t, at).filter(|_| at == i + 1) {
        return Some((end, Meaning::When(When { turn, ..when })));
    }
    let field = match (calendar::month(t, at), t.sense(at).season) {
        (Some((_, month)), _) if t.at(at).capital => Field::Month(month),
        (_, Some(season)) => Field::Season(season),
        _ => return None,
    };
    Some((at + 1, Meaning::When(When { turn, ..When::of(field, Year::Unsaid) })))
}

/// "This week", "last year", "the next month", "that same day", "the year" (told from `bare` where nothing tells).
pub(super) fn turned_unit(t: &Tokens, i: usize, bare: Anchor) -> Found {
    let the = t.is(i, Cue::The);
    let at = numbers::skip(t, i, Cue::The);
    let (unit_at, count, anchor) = match t.cue(at) {
        Some(Cue::This) => (at + 1, 0, Anchor::Published),
        _ if t.says(at, "current") => (at + 1, 0, Anchor::Published),
        Some(Cue::That) => (numbers::skip(t, at + 1, Cue::Same), 0, Anchor::Text),
        Some(Cue::Same) => (at + 1, 0, Anchor::Text),
        Some(Cue::Last) => (at + 1, -1, if the { return None } else { Anchor::Published }),
        Some(Cue::Next) => (at + 1, 1, if the { Anchor::Text } else { Anchor::Published }),
        Some(Cue::Coming) => (at + 1, 1, Anchor::Published),
        Some(Cue::Following) => (at + 1, 1, Anchor::Text),
        Some(Cue::Previous) => (at + 1, -1, Anchor::Text),
        None if the => (at, 0, bare),
        _ => return None,
    };
    let unit_at = if matches!(t.cue(unit_at), Some(Cue::Fiscal | Cue::Calendar)) { unit_at + 1 } else { unit_at };
    let sense = t.sense(unit_at);
    // "This years" is "this year's", misspelt.
    let one = !sense.plural || (t.is(at, Cue::This) && sense.unit == Some(Unit::Year));
    let unit = sense.unit.filter(|unit| one && !unit.is_clock() && *unit != Unit::Night)?;
    Some((unit_at + 1, Meaning::Shift { count, unit, anchor, hour: None }))
}

/// "Next week on Tuesday", "this week Friday".
fn weekday_of(t: &Tokens, i: usize) -> Found {
    let (end, week) = turned_unit(t, i, Anchor::Published)?;
    let Meaning::Shift { count, unit: Unit::Week, anchor, .. } = week else { return None };
    let (end, weekday) = calendar::weekday(t, numbers::skip(t, end, Cue::On))?;
    Some((end, Meaning::WeekdayOf { weekday, weeks: count, anchor }))
}

/// "The day before", "the year after", where nothing follows that they are told from.
fn unit_before_or_after(t: &Tokens, i: usize) -> Found {
    let unit = t.sense(i + 1).unit.filter(|unit| t.is(i, Cue::The) && !t.sense(i + 1).plural && !unit.is_clock())?;
    let count = match t.cue(i + 2)? {
        Cue::Before | Cue::Earlier | Cue::Previous => -1,
        Cue::After | Cue::Later | Cue::Following => 1,
        _ => return None,
    };
    let told = matches!(t.cue(i + 2), Some(Cue::Earlier | Cue::Later));
    (told || ends_phrase(t, i + 3)).then_some((i + 3, Meaning::Shift { count, unit, anchor: Anchor::Text, hour: None }))
}

fn ends_phrase(t: &Tokens, i: usize) -> bool {
    t.is_mark(i) && !t.mark(i, '\'') && !t.mark(i, '"')
        || matches!(
            t.cue(i),
            Some(Cue::In | Cue::At | Cue::By | Cue::And | Cue::To | Cue::From | Cue::With | Cue::On | Cue::For)
        )
}

/// "Two days ago", "a year earlier", "three weeks later", "five minutes from now".
fn counted(t: &Tokens, i: usize) -> Found {
    let start = approximately(t, i);
    let (unit_at, amount) = bare_or_amount(t, start)?;
    // "[Ten] years ago": what an editor set in brackets.
    let unit_at = t.skip(t.skip(unit_at, ']'), '-');
    let unit = t.sense(unit_at).unit?;
    let at = unit_at + 1;
    if let Some(found) = counted_from(t, at, amount, unit) {
        return Some(found);
    }
    let (end, sign, anchor) = match t.cue(at)? {
        Cue::Ago => (at + 1, -1, Anchor::Published),
        Cue::Hence => (at + 1, 1, Anchor::Published),
        Cue::Earlier => (at + 1, -1, Anchor::Text),
        Cue::Later => (at + 1, 1, Anchor::Text),
        Cue::Before | Cue::Previous if ends_phrase(t, at + 1) => (at + 1, -1, Anchor::Text),
        Cue::After | Cue::Following if ends_phrase(t, at + 1) => (at + 1, 1, Anchor::Text),
        Cue::From if t.says(at + 1, "now") || t.says(at + 1, "today") => (at + 2, 1, Anchor::Published),
        _ => return None,
    };
    let vague = if sign < 0 { "PAST_REF" } else { "FUTURE_REF" };
    let meaning = match amount {
        Amount::Some => Meaning::Fixed(vague),
        Amount::Of(_) => match amount.whole() {
            Some(count) => Meaning::Shift { count: sign * count, unit, anchor, hour: None },
            None => half_shift(sign, amount, unit, anchor)?,
        },
    };
    Some((end, meaning))
}

/// "Two days before Christmas", "three weeks from Tuesday".
fn counted_from(t: &Tokens, at: usize, amount: Amount, unit: Unit) -> Found {
    let sign = match t.cue(at)? {
        Cue::Before => -1,
        Cue::After | Cue::From => 1,
        _ => return None,
    };
    let count = amount
        .whole()
        .filter(|_| matches!(unit, Unit::Day | Unit::Week | Unit::Fortnight | Unit::Month | Unit::Year))?;
    let found = phrase(t, at + 1).or_else(|| named_day(t, at + 1)).or_else(|| turned_name(t, at + 1));
    let (end, day) = found.or_else(|| calendar::calendar(t, at + 1))?;
    let is_day = match &day {
        Meaning::When(when) => {
            when.hour.is_none()
                && matches!(when.field, Field::Day(..) | Field::Weekday(_) | Field::WeekdayAndDay(..) | Field::Feast(_))
        }
        Meaning::Shift { unit: Unit::Day, hour: None, .. } => true,
        _ => false,
    };
    is_day.then(|| (end, Meaning::From { count: sign * count, unit, day: Box::new(day) }))
}

fn half_shift(sign: i32, amount: Amount, unit: Unit, anchor: Anchor) -> Option<Meaning> {
    let Amount::Of(n) = amount else { return None };
    let (parts, smaller) = match unit {
        Unit::Year => (12.0, Unit::Month),
        Unit::Century => (10.0, Unit::Decade),
        Unit::Decade => (10.0, Unit::Year),
        Unit::Second | Unit::Minute | Unit::Hour => return None,
        _ => (1.0, unit),
    };
    Some(Meaning::Shift { count: sign * (n * parts).round() as i32, unit: smaller, anchor, hour: None })
}

/// Reads an amount, or the bare plural of "days later".
fn bare_or_amount(t: &Tokens, i: usize) -> Option<(usize, Amount)> {
    if t.sense(i).unit.is_some() && t.sense(i).plural {
        return Some((i, Amount::Some));
    }
    numbers::amount(t, i)
}

/// Returns the place after "about", "more than", "at least" and their like.
pub(super) fn approximately(t: &Tokens, i: usize) -> usize {
    let at = match t.cue(i) {
        // "Over a year" is more than one, "over three years" mostly the time it took.
        Some(Cue::About) if t.says(i, "over") && !t.is(i + 1, Cue::A) => return i,
        Some(Cue::About) => i + 1,
        Some(Cue::Some) if t.at(i + 1).kind == Kind::Number || t.sense(i + 1).number > 0 => i + 1,
        Some(Cue::More) if t.is(i + 1, Cue::Than) => i + 2,
        Some(Cue::At) if t.is(i + 1, Cue::Least) => i + 2,
        _ => return i,
    };
    numbers::skip(t, at, Cue::About)
}

/// Reads words that point to the past, the present or the future and no further.
pub(super) fn vague(t: &Tokens, i: usize) -> Found {
    let value = t.sense(i).vague?;
    let name = t.at(i).capital && t.at(i + 1).capital && !matches!(t.before(i).kind, Kind::Mark(_));
    if name || (value == "FUTURE_REF" && t.is_mark(i + 1) && !t.is(i.wrapping_sub(1), Cue::In)) {
        return None;
    }
    // "Recent years" is one mention.
    let unit = t.sense(i + 1).unit.is_some() && t.sense(i + 1).plural && value == "PAST_REF";
    Some((if unit { i + 2 } else { i + 1 }, Meaning::Fixed(value)))
}
