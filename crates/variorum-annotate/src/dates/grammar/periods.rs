//! Lengths of time: "three days", "an 11-year lull", "more than two weeks", "the past decade".

use super::super::lexicon::Cue;
use super::super::tokens::{Kind, Tokens};
use super::super::value::{Amount, Field, Meaning, Unit, When, period as written};
use super::relative::approximately;
use super::{Found, calendar, numbers, years};

/// Reads a length of time.
pub(super) fn period(t: &Tokens, i: usize) -> Found {
    age(t, i)
        .or_else(|| all(t, i))
        .or_else(|| part_of_year(t, i))
        .or_else(|| stretch(t, i))
        .or_else(|| counted(t, i))
        .or_else(|| bare(t, i))
}

/// Ages are no times: "aged 12", "a 12-year-old", "nine years old", "12 years of age".
fn age(t: &Tokens, i: usize) -> Found {
    let (end, _) = numbers::count(t, i)?;
    let unit_at = t.skip(end, '-');
    t.sense(unit_at).unit?;
    let old = t.skip(unit_at + 1, '-');
    let of_age = t.is(unit_at + 1, Cue::Of) && t.says(unit_at + 2, "age");
    (t.is(old, Cue::Old) || of_age).then_some((old + 1, Meaning::Nothing))
}

/// "All day", "all week".
fn all(t: &Tokens, i: usize) -> Found {
    let unit = t.sense(i + 1).unit.filter(|unit| t.says(i, "all") && !t.sense(i + 1).plural && !unit.is_clock())?;
    Some((i + 2, Meaning::Period(written(Amount::Of(1.0), unit))))
}

/// "The past decade", "the last three weeks", "the next two years", "the first six months of 1915".
fn stretch(t: &Tokens, i: usize) -> Found {
    let at = numbers::skip(t, i, Cue::The);
    let cue = t.cue(at);
    let turned = matches!(cue, Some(Cue::Past | Cue::Last | Cue::Next | Cue::Previous | Cue::Following | Cue::Coming));
    let first = t.says(at, "first") || t.says(at, "final");
    if !turned && !first {
        return None;
    }
    let after = at + 1;
    if let Some((unit_at, amount)) = numbers::amount(t, after) {
        let inner = matches!(t.cue(unit_at), Some(Cue::Previous | Cue::Coming));
        let unit_at = if inner { unit_at + 1 } else { unit_at };
        let unit = t.sense(unit_at).unit?;
        return Some((of_what(t, unit_at + 1), Meaning::Period(written(amount, unit))));
    }
    let unit = t.sense(after).unit?;
    if t.sense(after).plural {
        return (turned && at > i).then_some((after + 1, Meaning::Period(written(Amount::Some, unit))));
    }
    let whole = matches!(cue, Some(Cue::Past | Cue::Last)) && (at > i || t.is(at, Cue::Past));
    whole.then_some((after + 1, Meaning::Period(written(Amount::Of(1.0), unit))))
}

/// Returns the place after the "of 1915" of "the first six months of 1915".
fn of_what(t: &Tokens, end: usize) -> usize {
    if !t.is(end, Cue::Of) {
        return end;
    }
    let whole = calendar::coarse(t, end + 1).map(|(end, _)| end);
    whole.or_else(|| years::year_mention(t, end + 1).map(|(end, _)| end)).unwrap_or(end)
}

/// "The first week of 2019", "the last week of October", "the third month of 2021".
fn part_of_year(t: &Tokens, i: usize) -> Found {
    let start = numbers::skip(t, i, Cue::The);
    let (at, nth) = match t.cue(start) {
        Some(Cue::Last) => (start + 1, -1),
        _ => numbers::ordinal(t, start).map(|(end, nth)| (end, nth as i8))?,
    };
    let unit = t.sense(at).unit.filter(|_| !t.sense(at).plural && t.is(at + 1, Cue::Of))?;
    let (end, when) = match (unit, calendar::coarse(t, at + 2), years::year_mention(t, at + 2)) {
        (Unit::Week, Some((end, when)), _) => match when.field {
            Field::Month(month) if (-1..=5).contains(&nth) => {
                (end, When { field: Field::WeekOfMonth(nth, month), ..when })
            }
            _ => return None,
        },
        (Unit::Week, _, Some((end, Meaning::When(when)))) if when.field == Field::Year => {
            (end, When { field: Field::Week(nth), ..when })
        }
        (Unit::Month, _, Some((end, Meaning::When(when)))) if when.field == Field::Year && nth != 0 && nth < 13 => {
            (end, When { field: Field::Month(if nth < 0 { 12 } else { nth as u8 }), ..when })
        }
        _ => return None,
    };
    Some((end, Meaning::When(when)))
}

/// "Three days", "a week", "two and a half years", "an 11-year", "an hour and a half".
fn counted(t: &Tokens, i: usize) -> Found {
    let start = approximately(t, i);
    let article = t.is(start, Cue::A);
    // "An 11-year lull": the number inside is the mention.
    let long = t.mark(start + 2, '-') && t.says(start + 3, "long");
    if article && (t.at(start + 1).kind == Kind::Number || t.sense(start + 1).plural || long) {
        return None;
    }
    let (at, amount) = numbers::amount(t, start)?;
    let hyphen = t.mark(at, '-') && t.at(at).glued;
    let unit_at = if hyphen { at + 1 } else { at };
    let unit = t.sense(unit_at).unit?;
    let plural = t.sense(unit_at).plural;
    if !fits(t, i, start, unit_at, amount) {
        return None;
    }
    if !plural && !hyphen && !matches!(amount, Amount::Of(n) if n <= 1.0) && t.at(unit_at + 1).kind == Kind::Mark('\n')
    {
        return None;
    }
    let mut amount = amount;
    let mut end = unit_at + 1;
    let half = if t.is(end + 1, Cue::A) { end + 2 } else { end + 1 };
    if t.is(end, Cue::And)
        && t.is(half, Cue::Half)
        && let Amount::Of(n) = amount
    {
        (amount, end) = (Amount::Of(n + 0.5), half + 1);
    }
    if t.mark(end, '-') && t.at(end).glued && t.says(end + 1, "long") {
        end += 2;
    }
    match amount.whole() {
        Some(count) if t.is(i.wrapping_sub(1), Cue::In) && !unit.is_clock() && !t.is(end, Cue::Of) => {
            Some((end, Meaning::Within { count, unit }))
        }
        _ => Some((end, Meaning::Period(written(amount, unit)))),
    }
}

/// Tells whether an amount before a unit is a length of time rather than an ordinal day, a rate or an idiom.
fn fits(t: &Tokens, i: usize, start: usize, unit_at: usize, amount: Amount) -> bool {
    let unit = t.sense(unit_at).unit;
    let plural = t.sense(unit_at).plural;
    let article = t.is(start, Cue::A);
    // "The 2018 day of action" names its year.
    if t.at(start).digits == 4 && !plural && !t.mark(start + 1, '-') {
        return false;
    }
    let before = t.before(i).sense.cue;
    let measured = matches!(
        before,
        Some(
            Cue::In
                | Cue::For
                | Cue::Within
                | Cue::After
                | Cue::Of
                | Cue::During
                | Cue::Per
                | Cue::Than
                | Cue::To
                | Cue::About
                | Cue::Before
        )
    ) || start > i;
    match (amount, unit) {
        // "In some quarters", "three quarters of the city" are no times.
        (_, Some(Unit::Quarter)) if !matches!(before, Some(Cue::For)) => false,
        (Amount::Some, _) => plural,
        (_, Some(Unit::Night | Unit::Weekend | Unit::Quarter)) if !plural => false,
        // "A second term".
        (_, Some(Unit::Second)) if article && t.at(unit_at + 1).kind == Kind::Word && t.cue(unit_at + 1).is_none() => {
            false
        }
        (_, Some(Unit::Second | Unit::Minute | Unit::Day)) if article && !plural => {
            measured
                || t.before(i).kind == Kind::Number
                || is_rate(t, i)
                || t.before(i).sense.plural
                || t.sense(i.wrapping_sub(1)).counted
        }
        (Amount::Of(n), Some(Unit::Second)) if n == 1.0 && !plural => false,
        (Amount::Of(n), Some(Unit::Day)) if n == 1.0 && !plural && !article => measured,
        _ => true,
    }
}

/// "$2 million a day".
fn is_rate(t: &Tokens, i: usize) -> bool {
    i > 1 && t.at(i - 2).kind == Kind::Number && matches!(t.word(i - 1), "million" | "billion" | "thousand" | "cents")
}

/// "For years", "for days on end".
fn bare(t: &Tokens, i: usize) -> Found {
    let sense = t.sense(i);
    let unit = sense.unit?;
    if t.mark(i + 1, '-') && t.says(i + 2, "long") {
        let amount = if sense.plural { Amount::Some } else { Amount::Of(1.0) };
        return Some((i + 3, Meaning::Period(written(amount, unit))));
    }
    // "After months of talks".
    let filled = t.is(i + 1, Cue::Of)
        && (matches!(t.before(i).sense.cue, Some(Cue::After | Cue::In | Cue::With | Cue::By | Cue::During))
            || matches!(t.before(i).kind, Kind::Mark('\n' | '.' | ',')));
    let measured = sense.plural && (filled || matches!(t.before(i).sense.cue, Some(Cue::For | Cue::Within)));
    measured.then_some((i + 1, Meaning::Period(written(Amount::Some, unit))))
}
