//! The grammar: which tokens make a mention, and what they say.
//!
//! Every rule takes the tokens and a place, and returns the place after the mention with its meaning. The longest
//! reading wins; among equals, the rule named first.

mod calendar;
mod clock;
mod edges;
mod numbers;
mod periods;
mod relative;
mod sets;
mod years;

use super::tokens::{Kind, Tokens};
use super::value::{Field, Meaning, Year};

/// What a rule returns: the place after the mention, and its meaning.
type Found = Option<(usize, Meaning)>;

/// A mention before it is resolved: tokens `start..end`.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) meaning: Meaning,
}

/// The rules, those that settle ties first.
const RULES: &[fn(&Tokens, usize) -> Found] = &[
    sets::set,
    relative::phrase,
    clock::day_and_clock,
    edges::edge,
    relative::relative,
    calendar::calendar,
    clock::clock_and_day,
    years::year_mention,
    periods::period,
    relative::vague,
];

/// Returns the mentions of a text in order.
pub(super) fn mentions(tokens: &Tokens) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let Some((end, meaning)) = longest(tokens, at) else {
            at += 1;
            continue;
        };
        if meaning != Meaning::Nothing {
            found.push(Mention { start: at, end, meaning: meaning.clone() });
            continue_list(tokens, &mut found);
        }
        at = found.last().map_or(end, |last| last.end.max(end));
    }
    share_years(tokens, &mut found);
    found
}

fn longest(tokens: &Tokens, at: usize) -> Found {
    if !can_begin(tokens, at) {
        return None;
    }
    let mut best: Found = None;
    for rule in RULES {
        if let Some((end, meaning)) = rule(tokens, at)
            && best.as_ref().is_none_or(|(longest, _)| end > *longest)
        {
            best = Some((end, meaning));
        }
    }
    best
}

/// Most words of a text say nothing of time; they cost one comparison.
fn can_begin(tokens: &Tokens, at: usize) -> bool {
    match tokens.at(at).kind {
        Kind::Number => true,
        Kind::Word => !std::ptr::eq(tokens.sense(at), &super::lexicon::NO_SENSE),
        Kind::Mark(mark) => mark == '\'',
    }
}

/// Reads on in "May 8 and 9", "August 8-9", "June 2-4, 1821": further days of the month just named.
fn continue_list(tokens: &Tokens, found: &mut Vec<Mention>) {
    while let Some(Mention { end, meaning: Meaning::When(when), .. }) = found.last() {
        let (Field::Day(month, day), None, Year::Unsaid) = (when.field, when.hour, when.year) else { return };
        let Some(next) = joint(tokens, *end) else { return };
        let Some((after, number)) = numbers::day_number(tokens, next) else { return };
        // "8-11 August" names its month behind.
        if calendar::day_date(tokens, next).is_some() {
            return;
        }
        if number <= day || !calendar::may_end_day(tokens, after) {
            return;
        }
        let (after, year) = calendar::year_after(tokens, after);
        let when = super::value::When::of(Field::Day(month, number), year);
        found.push(Mention { start: next, end: after, meaning: Meaning::When(when) });
    }
}

/// Returns the place after a word or mark that joins two times of one phrase.
pub(super) fn joint(tokens: &Tokens, at: usize) -> Option<usize> {
    use super::lexicon::Cue;
    let joins = tokens.mark(at, '-')
        || tokens.mark(at, '/')
        || tokens.mark(at, '&')
        || matches!(tokens.cue(at), Some(Cue::To | Cue::And | Cue::Or | Cue::Until));
    if joins {
        return Some(at + 1);
    }
    let comma = tokens.mark(at, ',');
    (comma && matches!(tokens.cue(at + 1), Some(Cue::And | Cue::Or))).then_some(at + 2).or(comma.then_some(at + 1))
}

/// "From October 8 to November 3, 2014": the year said last holds for the times joined to it.
fn share_years(tokens: &Tokens, found: &mut [Mention]) {
    for later in (1..found.len()).rev() {
        let (before, after) = found.split_at_mut(later);
        let (earlier, later) = (&mut before[before.len() - 1], &after[0]);
        let (Meaning::When(first), Meaning::When(second)) = (&mut earlier.meaning, &later.meaning) else { continue };
        let Year::Is(year) = second.year else { continue };
        if first.year != Year::Unsaid || joint(tokens, earlier.end) != Some(later.start) {
            continue;
        }
        let month = |field| match field {
            Field::Month(month) | Field::Day(month, _) => Some(month),
            _ => None,
        };
        if let (Some(from), Some(to)) = (month(first.field), month(second.field)) {
            first.year = Year::Is(if from > to { year - 1 } else { year });
        }
    }
}
