//! Which way a clause looks: what is done lies before publication, what will be done after it.

mod tree;

use std::ops::Range;

use super::lexicon::{Cue, Tense};
use super::tokens::{Kind, Tokens};
use crate::grammar::Grammar;

/// How many tokens away a verb may stand; it also keeps a text without full stops linear.
const REACH: usize = 60;

/// A tense, and whether the mention's own clause shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) tense: Tense,
    pub(super) own: bool,
}

/// Returns the tense of the clause around a mention (tokens), inside its sentence (bytes): by its tree, or by the words
/// around it where it has none.
pub(super) fn tense(
    t: &Tokens,
    mention: Range<usize>,
    sentence: &Range<usize>,
    grammar: Option<&Grammar>,
) -> Option<Look> {
    if is_behind(t, mention.start) {
        return Some(Look { tense: Tense::Past, own: true });
    }
    let bytes = t.at(mention.start).start..t.at(mention.end - 1).end;
    grammar.and_then(|grammar| tree::tense(t.text, grammar, bytes)).or_else(|| by_words(t, mention, sentence))
}

/// "Since October", "most recently in October".
fn is_behind(t: &Tokens, start: usize) -> bool {
    let recently = start > 1 && matches!(t.word(start - 2), "recently" | "back");
    t.is(start.wrapping_sub(1), Cue::Since) || recently
}

fn by_words(t: &Tokens, mention: Range<usize>, sentence: &Range<usize>) -> Option<Look> {
    let inside = |i: &usize| sentence.contains(&t.at(*i).start) && t.at(*i).end > 0;
    let left: Vec<usize> = (0..mention.start).rev().take_while(inside).take(REACH).collect();
    let right: Vec<usize> = (mention.end..t.len()).take_while(inside).take(REACH).collect();
    let clause: Vec<usize> = left
        .iter()
        .take_while(|i| !is_edge(t, **i))
        .chain(right.iter().take_while(|i| !is_edge(t, **i)))
        .copied()
        .collect();
    // "On Monday, she left": words set off before their clause look where it looks.
    let next_clause: Vec<usize> =
        right.iter().skip_while(|i| !is_edge(t, **i)).skip(1).take_while(|i| !is_edge(t, **i)).copied().collect();
    let own = by_verbs(t, &clause)
        .or_else(|| weakly(t, &clause, mention.start))
        .or_else(|| by_verbs(t, &next_clause))
        .or_else(|| weakly(t, &next_clause, mention.start));
    let tense = own.or_else(|| nearest(t, &left)).or_else(|| nearest(t, &right))?;
    Some(Look { tense, own: own.is_some() })
}

fn is_edge(t: &Tokens, i: usize) -> bool {
    match t.at(i).kind {
        Kind::Mark(mark) => {
            matches!(mark, ',' | ';' | ':' | '(' | ')' | '"' | '“' | '”') || (mark == '-' && !t.at(i).glued)
        }
        Kind::Word => {
            matches!(t.cue(i), Some(Cue::And | Cue::Or | Cue::After | Cue::Before))
                || matches!(t.word(i), "but" | "while" | "which" | "who" | "when" | "because" | "as" | "that" | "where")
        }
        Kind::Number => false,
    }
}

fn by_verbs(t: &Tokens, clause: &[usize]) -> Option<Tense> {
    let says = |tense| clause.iter().any(|&i| of_word(t, i) == Some(tense));
    if says(Tense::Future) {
        Some(Tense::Future)
    } else if says(Tense::Past) {
        Some(Tense::Past)
    } else {
        None
    }
}

fn nearest(t: &Tokens, places: &[usize]) -> Option<Tense> {
    places.iter().find_map(|&i| of_word(t, i))
}

fn of_word(t: &Tokens, i: usize) -> Option<Tense> {
    let word = t.word(i);
    // "Is to be held", "set to meet", "about to leave", "going to sign".
    let bound = t.is(i + 1, Cue::To) && t.word(i + 1).len() == 2;
    if bound
        && matches!(word, "is" | "are" | "set" | "about" | "going" | "plans" | "plan" | "hopes" | "intends" | "aims")
    {
        return Some(Tense::Future);
    }
    // "Would not say" is a refusal, and done with.
    if t.says(i, "would") && t.is(i + 1, Cue::Not) {
        return Some(Tense::Past);
    }
    let regular = word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed") && t.at(i).kind == Kind::Word;
    t.sense(i)
        .tense
        .or(regular.then_some(Tense::Past))
        .or_else(|| (word.ends_with("'ll") || word.ends_with("’ll")).then_some(Tense::Future))
}

/// "Orr to visit on Monday", "is meeting her on Monday", "by Monday" look ahead where no verb looks back.
fn weakly(t: &Tokens, clause: &[usize], mention: usize) -> Option<Tense> {
    let ahead = |&i: &usize| {
        let next = t.at(i + 1);
        let word = t.word(i + 1);
        let plain = next.kind == Kind::Word && !next.capital && next.sense.cue.is_none() && next.sense.unit.is_none();
        let to = t.is(i, Cue::To) && t.word(i).len() == 2 && plain;
        let going = matches!(t.word(i), "is" | "are" | "am") && word.ends_with("ing") && word.len() > 5;
        to || going
    };
    let due = matches!(t.before(mention).sense.cue, Some(Cue::By | Cue::Until));
    (due || clause.iter().any(ahead)).then_some(Tense::Future)
}
