//! Years, decades, centuries.

use super::super::lexicon::{Cue, Era};
use super::super::tokens::{Kind, Tokens};
use super::super::value::{Field, Meaning, When, Year};
use super::{Found, numbers};

/// Years that need no cue to be read as years.
const PLAIN: std::ops::RangeInclusive<u32> = 1700..=2100;
/// Years that stand before any noun ("1968 protests").
const MODERN: std::ops::RangeInclusive<i32> = 1900..=2050;
/// Years that a cue makes years.
const CUED: std::ops::RangeInclusive<u32> = 1000..=2199;

/// Reads a year, with its era where one stands: "1998", "480 BC", "AD 70".
pub(super) fn year(t: &Tokens, i: usize) -> Option<(usize, i32)> {
    if t.sense(i).era == Some(Era::Ad) && all_capitals(t, i) {
        return t.number(i + 1, 1..=4).map(|year| (i + 2, year as i32));
    }
    if t.at(i).kind == Kind::Word {
        return spelled_year(t, i);
    }
    let number = t.number(i, 1..=4)?;
    if let Some((end, era)) = era(t, i + 1) {
        let year = number as i32;
        return (year > 0).then_some((end, if era == Era::Bc { -year } else { year }));
    }
    if let Some(era_behind) = era_of_range(t, i) {
        return (number > 0 && era_behind == Era::Bc).then(|| (i + 1, -(number as i32)));
    }
    (t.at(i).digits == 4 && CUED.contains(&number) && !is_part_of_number(t, i)).then_some((i + 1, number as i32))
}

/// "499-493 BC", "from 264 to 241 BC": the era said behind holds for both, and the first is the greater.
fn era_of_range(t: &Tokens, i: usize) -> Option<Era> {
    let next = super::joint(t, i + 1).filter(|_| !t.mark(i + 1, ',') && !t.mark(i + 1, '/'))?;
    let later = t.number(next, 1..=4).filter(|&later| later < t.at(i).value)?;
    era(t, next + 1).filter(|(_, era)| *era == Era::Bc && later > 0).map(|(_, era)| era)
}

/// Reads a year in words: "nineteen eighty-six", "two thousand and five".
fn spelled_year(t: &Tokens, i: usize) -> Option<(usize, i32)> {
    let first = i32::from(t.sense(i).number);
    if first == 2 && t.says(i + 1, "thousand") {
        let at = numbers::skip(t, i + 2, Cue::And);
        return match numbers::count(t, at) {
            Some((end, rest)) if t.at(at).kind == Kind::Word && rest < 100.0 => Some((end, 2000 + rest as i32)),
            _ => (t.before(i).sense.month > 0 && at == i + 2).then_some((at, 2000)),
        };
    }
    if !(15..=20).contains(&first) {
        return None;
    }
    let at = if t.sense(i + 1).number == 100 { numbers::skip(t, i + 2, Cue::And) } else { i + 1 };
    let (end, rest) =
        numbers::count(t, at).filter(|(_, rest)| (10.0..100.0).contains(rest) && t.at(at).kind == Kind::Word)?;
    (t.sense(end).unit.is_none() && !t.sense(end).counted).then_some((end, first * 100 + rest as i32))
}

/// Reads "BC", "B.C.", "AD".
fn era(t: &Tokens, i: usize) -> Option<(usize, Era)> {
    if let Some(era) = t.sense(i).era
        && (all_capitals(t, i) || era == Era::Bc)
    {
        return Some((i + 1, era));
    }
    let letters = (t.word(i), t.word(i + 2));
    let dotted = t.mark(i + 1, '.') && t.at(i + 1).glued && t.at(i + 2).glued;
    let era = match letters {
        ("B", "C") | ("b", "c") if dotted => Era::Bc,
        ("A", "D") if dotted => Era::Ad,
        _ => return None,
    };
    let full_stop = t.mark(i + 3, '.') && t.at(i + 3).glued && !t.at(i + 4).capital && !t.mark(i + 4, '\n');
    Some((if full_stop { i + 4 } else { i + 3 }, era))
}

fn all_capitals(t: &Tokens, i: usize) -> bool {
    t.word(i).bytes().all(|b| b.is_ascii_uppercase())
}

/// "$1999", "1999.5", "1999%", "No. 1999", "1999km" are no years.
fn is_part_of_number(t: &Tokens, i: usize) -> bool {
    let before = t.before(i).kind;
    let money = t.at(i).glued && matches!(before, Kind::Mark('$' | '£' | '€' | '#' | '.' | ':' | '+' | '_' | '='));
    let glued_word = t.at(i).glued && before == Kind::Word;
    let next = t.at(i + 1);
    let tail = next.glued
        && match next.kind {
            Kind::Mark('%' | '°' | '_') => true,
            Kind::Mark('.' | ':') => t.at(i + 2).glued && t.at(i + 2).kind == Kind::Number,
            Kind::Word => t.word(i + 1) != "s",
            _ => false,
        };
    money || glued_word || tail || t.mark(i + 1, '%') || in_a_chain(t, i)
}

/// "206-555-1212" is a telephone number; "1821-1840" is two years, "1821-22" as well.
fn in_a_chain(t: &Tokens, i: usize) -> bool {
    let number = |at: usize| t.at(at).kind == Kind::Number;
    let slashes = t.at(i).glued && t.mark(i.wrapping_sub(1), '/') && t.mark(i + 1, '/') && t.at(i + 1).glued;
    if slashes {
        return true;
    }
    let behind = i > 1 && t.at(i).glued && t.mark(i - 1, '-') && t.at(i - 1).glued && number(i - 2);
    let ahead = t.mark(i + 1, '-') && t.at(i + 1).glued && t.at(i + 2).glued && number(i + 2);
    (behind && t.at(i - 2).digits != 4) || (ahead && !matches!(t.at(i + 2).digits, 2 | 4)) || (behind && ahead)
}

/// Reads a year, decade or century by itself.
pub(super) fn year_mention(t: &Tokens, i: usize) -> Found {
    let start = numbers::skip(t, i, Cue::The);
    if let Some((end, field)) = long_span(t, start) {
        return Some((end, Meaning::When(When::of(field, Year::Unsaid))));
    }
    let start = match t.sense(start).unit {
        Some(super::super::value::Unit::Year) if !t.sense(start).plural => start + 1,
        _ if start > i => return None,
        _ => start,
    };
    let fiscal = t.is(start, Cue::Fiscal);
    let start = if matches!(t.cue(start), Some(Cue::Fiscal | Cue::Calendar)) {
        if t.says(start + 1, "year") { start + 2 } else { start + 1 }
    } else {
        start
    };
    if fiscal && let Some((end, year)) = year(t, start) {
        return Some((end, Meaning::When(When::of(Field::FiscalYear, Year::Is(year)))));
    }
    if let Some((end, year)) = short_year(t, start) {
        return Some((end, Meaning::When(When::of(Field::Year, year))));
    }
    let (end, year) = year(t, start)?;
    let sure = start > i || end > start + 1 || year < 0 || is_year_here(t, start, year);
    sure.then_some((end, Meaning::When(When::of(Field::Year, Year::Is(year)))))
}

/// Reads the "'89" of "the class of '89", and the "16" of "1821-22".
fn short_year(t: &Tokens, i: usize) -> Option<(usize, Year)> {
    if t.mark(i, '\'') {
        let number = t.number(i + 1, 2..=2).filter(|_| t.at(i + 1).glued && !t.at(i + 2).glued_word())?;
        return (!t.at(i).glued).then_some((i + 2, Year::Short(number as u8)));
    }
    let number = t.number(i, 2..=2).filter(|_| t.at(i).glued)?;
    if i < 2 || !(t.mark(i - 1, '-') || t.mark(i - 1, '/')) || !t.at(i - 1).glued || t.at(i + 1).glued_word() {
        return None;
    }
    if t.mark(i + 1, '-') && t.at(i + 1).glued {
        return None;
    }
    let (_, first) = year(t, i - 2).filter(|(_, first)| is_year_here(t, i - 2, *first))?;
    let second = first - first.rem_euclid(100) + number as i32;
    (second > first && first > 0).then_some((i + 1, Year::Is(second)))
}

/// Tells whether a bare number of four digits is a year where it stands.
pub(super) fn is_year_here(t: &Tokens, i: usize, year: i32) -> bool {
    if t.sense(i + 1).counted || (t.sense(i + 1).unit.is_some() && t.sense(i + 1).plural) || is_law_name(t, i) {
        return false;
    }
    let cued = i > 0
        && matches!(
            t.cue(i - 1),
            Some(
                Cue::In
                    | Cue::Since
                    | Cue::Until
                    | Cue::By
                    | Cue::From
                    | Cue::During
                    | Cue::Before
                    | Cue::After
                    | Cue::Early
                    | Cue::Late
                    | Cue::Mid
            )
        );
    let bare = PLAIN.contains(&(year as u32));
    let list = i > 1 && (t.mark(i - 1, '-') || t.cue(i - 1).is_some_and(|cue| matches!(cue, Cue::And | Cue::To)));
    let counts = t.at(i + 1).kind == Kind::Word
        && !t.at(i + 1).capital
        && t.word(i + 1).ends_with('s')
        && t.word(i + 1).len() > 3;
    if bare {
        // "Some 2000 villagers": an amount, unless something before it speaks of time.
        let amount = matches!(t.before(i).sense.cue, Some(Cue::Some | Cue::About | Cue::Than | Cue::Least)) && !cued;
        let people = counts || (t.at(i + 1).kind == Kind::Word && t.word(i + 1).ends_with("ren"));
        let loose = !MODERN.contains(&year) && !cued && !t.is(i.wrapping_sub(1), Cue::The);
        return !(amount && (counts || t.at(i + 1).kind == Kind::Word)) && !(loose && people);
    }
    (cued || list) && !(t.at(i + 1).kind == Kind::Word && (counts || t.at(i + 1).capital))
}

/// "The 1842 Example Act": the year is a part of the law's name.
fn is_law_name(t: &Tokens, i: usize) -> bool {
    let mut at = i + 1;
    while at < i + 8 && t.at(at).capital {
        if t.sense(at).law {
            return true;
        }
        at += 1;
    }
    false
}

/// Reads a decade or a century: "1990s", "'60s", "nineties", "19th century", "eighteenth-century".
fn long_span(t: &Tokens, i: usize) -> Option<(usize, Field)> {
    if let Some((end, ordinal)) = numbers::ordinal(t, i)
        && t.says(t.skip(end, '-'), "century")
    {
        let end = t.skip(end, '-') + 1;
        if let Some((end, Era::Bc)) = era(t, end) {
            return Some((end, Field::Century(1 - i32::from(ordinal))));
        }
        return Some((end, Field::Century(i32::from(ordinal) - 1)));
    }
    let decade = t.sense(i).decade;
    if decade > 0
        && (t.is(i.wrapping_sub(1), Cue::The)
            || matches!(t.cue(i.wrapping_sub(1)), Some(Cue::Early | Cue::Late | Cue::Mid)))
    {
        return Some((i + 1, Field::Decade(190 + i32::from(decade))));
    }
    let digits = if t.mark(i, '\'') { i + 1 } else { i };
    let apostrophe = t.mark(digits + 1, '\'') && t.at(digits + 1).glued;
    let s = if apostrophe { digits + 2 } else { digits + 1 };
    if !t.at(s).glued || t.word(s) != "s" {
        return None;
    }
    if digits > i {
        let number = t.number(digits, 2..=2).filter(|n| n % 10 == 0)?;
        return (!apostrophe).then_some((s + 1, Field::Decade(190 + number as i32 / 10)));
    }
    if let Some(number) = t.number(i, 2..=2) {
        let plain = number % 10 == 0
            && number >= 20
            && !apostrophe
            && i > 0
            && matches!(t.cue(i - 1), Some(Cue::The | Cue::Early | Cue::Late | Cue::Mid));
        let age = i > 1 && t.says(i - 2, "their") || t.says(i.wrapping_sub(1), "their");
        return (plain && !age).then_some((s + 1, Field::Decade(190 + number as i32 / 10)));
    }
    let number = t.number(i, 3..=4).filter(|n| n % 10 == 0)? as i32;
    if let Some((end, Era::Bc)) = era(t, s + 1) {
        return Some((end, Field::Decade(-(number / 10))));
    }
    // "The mid-1990's" is a decade, "1990's harvest" a year.
    let possessive = apostrophe
        && !matches!(t.before(i).sense.cue, Some(Cue::The | Cue::Early | Cue::Late | Cue::Mid))
        && !t.mark(i.wrapping_sub(1), '-');
    if possessive || !(1000..2200).contains(&number) {
        return None;
    }
    let century = number % 100 == 0 && number < 2000;
    Some((s + 1, if century { Field::Century(number / 100) } else { Field::Decade(number / 10) }))
}
