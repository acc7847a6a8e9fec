//! Numbers, ordinals, days of the month, amounts.

use super::super::lexicon::Cue;
use super::super::tokens::{Kind, Tokens};
use super::super::value::Amount;

/// Reads a number in words or digits up to three digits or so ("12", "twenty-five", "a hundred").
pub(super) fn count(t: &Tokens, i: usize) -> Option<(usize, f64)> {
    let token = t.at(i);
    if token.kind == Kind::Number {
        let decimal = t.mark(i + 1, '.') && t.at(i + 1).glued && t.at(i + 2).glued && t.number(i + 2, 1..=3).is_some();
        if decimal {
            let written = format!("{}.{}", token.value, t.word(i + 2));
            return Some((i + 3, written.parse().ok()?));
        }
        return Some((i + 1, f64::from(token.value)));
    }
    let first = t.sense(i).number;
    if first == 0 {
        return None;
    }
    let (mut end, mut sum) = (i + 1, first);
    if (20..100).contains(&first) {
        let next = t.skip(end, '-');
        let unit = t.sense(next).number;
        if (1..10).contains(&unit) && (next > end || !t.is_mark(end)) {
            (end, sum) = (next + 1, sum + unit);
        }
    }
    if sum < 100 && t.sense(end).number == 100 {
        (end, sum) = (end + 1, sum * 100);
    }
    Some((end, f64::from(sum)))
}

/// Reads an ordinal up to 99 in words or digits ("third", "twenty-first", "19th").
pub(super) fn ordinal(t: &Tokens, i: usize) -> Option<(usize, u8)> {
    if let Some(number) = t.number(i, 1..=2) {
        return has_ordinal_ending(t, i + 1).then_some((i + 2, number as u8));
    }
    let sense = t.sense(i);
    if sense.ordinal > 0 {
        return Some((i + 1, sense.ordinal));
    }
    let next = t.skip(i + 1, '-');
    let unit = t.sense(next).ordinal;
    (matches!(sense.number, 20 | 30 | 40 | 50) && (1..10).contains(&unit))
        .then_some((next + 1, sense.number as u8 + unit))
}

/// Tells whether a token is the "th" of "4th".
pub(super) fn has_ordinal_ending(t: &Tokens, i: usize) -> bool {
    t.at(i).glued && matches!(t.word(i), "st" | "nd" | "rd" | "th" | "ST" | "ND" | "RD" | "TH")
}

/// Reads a day of the month in digits, with or without its ordinal ending.
pub(in super::super) fn day_number(t: &Tokens, i: usize) -> Option<(usize, u8)> {
    let day = t.number(i, 1..=2).filter(|day| (1..=31).contains(day))? as u8;
    let before = t.before(i).kind;
    let amount = matches!(before, Kind::Mark('$' | '£' | '€'))
        || (t.at(i).glued && before == Kind::Mark('.') && t.before(i - 1).kind == Kind::Number);
    if amount {
        return None;
    }
    let end = if has_ordinal_ending(t, i + 1) { i + 2 } else { i + 1 };
    Some((end, day))
}

/// Reads a day of the month in digits, as an ordinal word, or as it is spoken ("May twenty nine").
pub(super) fn day(t: &Tokens, i: usize) -> Option<(usize, u8)> {
    day_number(t, i).or_else(|| ordinal(t, i).filter(|(_, day)| (1..=31).contains(day))).or_else(|| spoken_day(t, i))
}

/// "In May two men" is no day: a spoken day ends its phrase, or has its year or month behind it.
fn spoken_day(t: &Tokens, i: usize) -> Option<(usize, u8)> {
    let word = t.at(i).kind == Kind::Word && t.sense(i).number > 0;
    let (end, day) = count(t, i).filter(|(_, day)| word && (1.0..=31.0).contains(day))?;
    let ends =
        t.is_mark(end) && !t.mark(end, '-') || t.sense(end).month > 0 || (15..=20).contains(&t.sense(end).number);
    ends.then_some((end, day as u8))
}

/// Reads how many: "three", "2.5", "a", "several", "a few", "a couple of", "two and a half", "half a".
pub(super) fn amount(t: &Tokens, i: usize) -> Option<(usize, Amount)> {
    match t.cue(i) {
        Some(Cue::A) if t.is(i + 1, Cue::Few) => return Some((i + 2, Amount::Some)),
        Some(Cue::A) if t.is(i + 1, Cue::Couple) => return Some((skip(t, i + 2, Cue::Of), Amount::Of(2.0))),
        Some(Cue::A) if t.sense(i + 1).number == 100 => return Some((i + 2, Amount::Of(100.0))),
        Some(Cue::A | Cue::Another) if !t.is(i + 1, Cue::Half) => {
            let another = t.is(i, Cue::Another);
            return match count(t, i + 1) {
                Some((end, n)) if another => Some((end, Amount::Of(n))),
                _ => Some((i + 1, Amount::Of(1.0))),
            };
        }
        Some(Cue::Few | Cue::Some) => return Some((i + 1, Amount::Some)),
        Some(Cue::Couple) => return Some((skip(t, i + 1, Cue::Of), Amount::Of(2.0))),
        Some(Cue::Half) if t.is(i + 1, Cue::A) => return Some((i + 2, Amount::Of(0.5))),
        Some(Cue::A) => return Some((t.skip(i + 2, '-'), Amount::Of(0.5))),
        _ => {}
    }
    let (end, n) = count(t, i)?;
    // "Two and a half", "five-and-a-half".
    let and = t.skip(end, '-');
    match and_a_half(t, and) {
        Some(half) => Some((half, Amount::Of(n + 0.5))),
        None => Some((end, Amount::Of(n))),
    }
}

fn and_a_half(t: &Tokens, and: usize) -> Option<usize> {
    let at = t.is(and, Cue::And).then(|| t.skip(and + 1, '-'))?;
    let at = if t.is(at, Cue::A) { t.skip(at + 1, '-') } else { at };
    t.is(at, Cue::Half).then_some(at + 1)
}

/// Returns the place after a cue, or the same place where it does not stand.
pub(super) fn skip(t: &Tokens, i: usize, cue: Cue) -> usize {
    if t.is(i, cue) { i + 1 } else { i }
}
