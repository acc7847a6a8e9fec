//! How sure the writer is of an amount, and which way it moved.

use variorum_news::{Hedge, Trend};

use super::amounts::Amount;
use super::clauses::Clauses;
use super::lexicon::{Classes, HedgePhrase, LEXICON};
use super::tokens::{Kind, Token};
use super::units::Measure;

/// Words of change are looked for no farther than this before an amount.
const REACH: usize = 7;

/// Takes the hedge before the amount, or right after number and unit, into it.
pub(super) fn add_hedge(tokens: &[Token], amount: &mut Amount) {
    if let Some((hedge, length)) = hedge_before(tokens, amount) {
        amount.hedge = Some(hedge);
        amount.start -= length;
    }
    let end = amount.number.end;
    if tokens.get(end).is_some_and(|t| t.text == "+" && t.glued) && amount.measured == end {
        amount.hedge = Some(Hedge::AtLeast);
        amount.measured += 1;
        amount.end = amount.measured;
    }
    add_hedge_after(tokens, amount, amount.measured);
}

/// Takes a hedge after what is counted into the amount ("40 people at least").
pub(super) fn add_late_hedge(tokens: &[Token], amount: &mut Amount) {
    if amount.what.is_some() && amount.hedge.is_none() {
        add_hedge_after(tokens, amount, amount.end);
    }
}

fn add_hedge_after(tokens: &[Token], amount: &mut Amount, at: usize) {
    let hyphen = tokens.get(at).is_some_and(|t| t.glued && t.is_hyphen());
    let first = if hyphen { at + 1 } else { at };
    let Some(token) = tokens.get(first).filter(|t| t.is(Classes::HEDGE_END)) else { return };
    let matched = LEXICON.hedges_after(&token.lower).iter().find(|phrase| {
        phrase.words.iter().enumerate().all(|(n, word)| tokens.get(first + n).is_some_and(|t| t.lower == *word))
    });
    let Some(phrase) = matched.filter(|phrase| hyphen == (phrase.words == ["odd"])) else { return };
    let end = first + phrase.words.len();
    // "at least" opens the next amount where a number follows.
    if tokens.get(end).is_some_and(|t| t.kind == Kind::Number || t.entry.numeral.is_some()) {
        return;
    }
    amount.hedge = amount.hedge.filter(|hedge| *hedge != Hedge::Between).or(Some(phrase.hedge));
    if at == amount.measured {
        amount.measured = end;
    }
    amount.end = end;
}

/// Returns the longest hedge that ends right before the amount, and how many tokens it has.
fn hedge_before(tokens: &[Token], amount: &Amount) -> Option<(Hedge, usize)> {
    let last = tokens.get(amount.start.checked_sub(1)?)?;
    if !last.is(Classes::HEDGE_END) {
        return None;
    }
    let phrase = LEXICON.hedges_before(&last.lower).iter().find(|phrase| ends_with(tokens, amount.start, phrase))?;
    let spans_time = amount.unit.is_some_and(|unit| unit.measure == Measure::Time) && !amount.age;
    if spans_time && phrase.words == ["over"] && !is_duration(tokens, amount.start - 1) {
        return None;
    }
    if phrase.words.len() == 1 && is_across(tokens, amount.start - 1) {
        return None;
    }
    Some((phrase.hedge, phrase.words.len()))
}

fn ends_with(tokens: &[Token], end: usize, phrase: &HedgePhrase) -> bool {
    let Some(start) = end.checked_sub(phrase.words.len()) else { return false };
    tokens[start..end].iter().zip(&phrase.words).all(|(token, word)| token.lower == *word)
}

/// "Smoke drifted over three streets", "the wind blew it over three streets": a way, no bound. Most verbs of motion take an
/// amount as well ("carried over 300 passengers"), so only those that cannot count, or that have their object already.
fn is_across(tokens: &[Token], over: usize) -> bool {
    let word = |back: usize| over.checked_sub(back).map_or("", |at| tokens[at].lower.as_ref());
    let drifts = matches!(word(1), "drifted" | "drifting" | "drifts" | "hovered" | "hovering" | "hovers");
    let blown = matches!(word(1), "it" | "them")
        && matches!(word(2), "carried" | "blew" | "swept" | "spread" | "pushed" | "drove");
    matches!(word(0), "over" | "under") && (drifts || blown)
}

/// "for over three years" is more than three; "paid over three years" is in the course of three.
fn is_duration(tokens: &[Token], over: usize) -> bool {
    over.checked_sub(1).is_some_and(|before| {
        matches!(
            tokens[before].lower.as_ref(),
            "for"
                | "of"
                | "after"
                | "is"
                | "was"
                | "are"
                | "were"
                | "by"
                | "a"
                | "in"
                | "took"
                | "takes"
                | "take"
                | "lasted"
                | "spent"
                | "been"
                | "has"
                | "had"
        )
    })
}

/// Finds which way the amount moved; `earlier` is the amount before it in the sentence.
pub(super) fn add_trend(tokens: &[Token], amount: &mut Amount, earlier: Option<&Amount>, clauses: Option<&Clauses>) {
    let linked = tokens.get(amount.start.wrapping_sub(1)).is_some_and(|t| matches!(t.lower.as_ref(), "by" | "to"));
    // Times do not move by themselves, but life expectancy rises by two years.
    if !may_move(amount) && (amount.age || !linked || clauses.is_none()) {
        return;
    }
    let counted = amount.unit.is_none() && amount.what.is_some();
    if let Some(trend) = clauses.and_then(|clauses| clauses.trend(&amount.bytes(tokens), counted)) {
        amount.trend = trend;
        return;
    }
    let moved_before = trend_before(tokens, amount.start, counted);
    let governed = |word: usize| {
        let start = tokens[word].start;
        clauses.is_none_or(|c| !c.is_governed_by_another(&amount.bytes(tokens), start) && !c.is_particle(start))
    };
    amount.trend = moved_before
        .filter(|&(_, word)| governed(word))
        .map(|(trend, _)| trend)
        .or_else(|| trend_after(tokens, amount))
        .or_else(|| clauses?.adverb_trend(tokens[amount.start].start));
    // "fell from 12 to 8": the second amount is where it fell to.
    if amount.trend.is_none()
        && let Some(earlier) = earlier
        && earlier.measured + 1 == amount.start
        && tokens[earlier.measured].lower == "to"
    {
        amount.trend = trend_before(tokens, earlier.start, false).map(|(trend, _)| trend);
    }
    if tokens.get(amount.start.wrapping_sub(1)).is_some_and(|t| t.lower == "from") {
        amount.trend = None;
    }
}

/// Times do not rise or fall; ages neither.
fn may_move(amount: &Amount) -> bool {
    !amount.age && amount.unit.is_none_or(|unit| unit.measure != Measure::Time)
}

/// Returns the direction that a word before an amount gives it, and that word.
fn trend_before(tokens: &[Token], start: usize, counted: bool) -> Option<(Trend, usize)> {
    let mut at = start.checked_sub(1)?;
    let by = matches!(tokens[at].lower.as_ref(), "by" | "to");
    for step in 0..REACH {
        let token = &tokens[at];
        if let Some(trend) = token.entry.trend_before
            && fits_before(tokens, at, start, step)
            && !(counted && matches!(token.lower.as_ref(), "up" | "down"))
            && !(counted && step == 0 && token.is(Classes::DOER))
        {
            return Some((trend, at));
        }
        if by
            && token.entry.trend_after.is_some()
            && matches!(tokens[start - 1].lower.as_ref(), "to" | "by")
            && at + 1 == start - 1
        {
            return token.entry.trend_after.map(|trend| (trend, at));
        }
        // "an increase of 5 percent", "a drop to 12"
        if let Some(trend) = token.entry.trend_after
            && tokens.get(at + 1).is_some_and(|t| matches!(t.lower.as_ref(), "of" | "to" | "by"))
        {
            return Some((trend, at));
        }
        // "cut its forecast by 5 percent": before "by" or "to" an object may stand.
        let chain = token.is(Classes::CHAIN) || token.lower.ends_with("ly");
        if token.kind != Kind::Word || !(chain || by) {
            return None;
        }
        at = at.checked_sub(1)?;
    }
    None
}

/// "up" and "down" stand right before their amount; a participle before a noun ("rising costs of 5 million") is none.
fn fits_before(tokens: &[Token], at: usize, start: usize, step: usize) -> bool {
    match tokens[at].lower.as_ref() {
        "up" | "down" => {
            step == 0 || step == 1 && tokens[start - 1].is(Classes::CHAIN) && tokens[start - 1].lower != "to"
        }
        "reduction" | "loss" => tokens.get(at + 1).is_some_and(|t| t.lower == "of"),
        _ => true,
    }
}

/// "a 5 percent increase", "5 percent higher", "a 5 percent pay rise".
fn trend_after(tokens: &[Token], amount: &Amount) -> Option<Trend> {
    let moved =
        amount.unit.is_some_and(|unit| matches!(unit.measure, Measure::Share | Measure::Money | Measure::Other))
            || amount.joined;
    if !moved {
        return None;
    }
    for token in tokens[amount.measured..].iter().take(3) {
        if let Some(trend) = token.entry.trend_after {
            return Some(trend);
        }
        if token.kind != Kind::Word || token.is(Classes::STOP | Classes::DETERMINER) {
            return None;
        }
    }
    None
}
