//! The stretches of a text that may hold names: capitalised words and the small words between them.

use std::ops::Range;

use crate::names::runs;
use crate::names::tokens::Token;

/// Returns the stretches in order. No name runs over the end of one, and no name stands outside.
pub(in crate::names) fn segments(tokens: &[Token]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if !opens(tokens, at) {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while let Some(next) = go_on(tokens, end) {
            end = next;
        }
        found.push(at..end);
        at = end;
    }
    found
}

/// A capitalised word, or the particles of a family name before one ("van Dyk", "de la Cruz").
fn opens(tokens: &[Token], at: usize) -> bool {
    let particles = tokens[at..].iter().take(3).take_while(|t| !t.cap && is_particle(&t.low)).count();
    let joined = (at + 1..=at + particles).all(|i| tokens.get(i).is_some_and(|t| t.gap == " "));
    joined && tokens.get(at + particles).is_some_and(|t| t.cap)
}

fn go_on(tokens: &[Token], end: usize) -> Option<usize> {
    let next = tokens.get(end)?;
    if tokens[end - 1].possessive || !holds(&tokens[end - 1], next) {
        return None;
    }
    if next.cap || is_number(next) {
        return Some(end + 1);
    }
    let small = tokens[end..].iter().take(3).take_while(|t| !t.cap && is_joint(&t.low)).count();
    let last = end + small;
    let joined = (end + 1..=last).all(|i| tokens.get(i).is_some_and(|t| t.gap == " "));
    (small > 0 && joined && tokens.get(last).is_some_and(|t| t.cap)).then_some(last + 1)
}

fn is_number(token: &Token) -> bool {
    token.text.len() < 5 && token.text.bytes().all(|b| b.is_ascii_digit())
}

/// Tells whether nothing parts two words that would end a name.
fn holds(last: &Token, next: &Token) -> bool {
    match next.gap {
        "&" | "-" | "–" | "/" => true,
        "." => last.text.chars().count() == 1,
        _ => runs::holds(last, next),
    }
}

fn is_particle(low: &str) -> bool {
    matches!(
        low,
        "de" | "da"
            | "do"
            | "dos"
            | "das"
            | "del"
            | "della"
            | "di"
            | "du"
            | "van"
            | "von"
            | "der"
            | "den"
            | "ten"
            | "ter"
            | "bin"
            | "ibn"
            | "binti"
            | "al"
            | "el"
            | "la"
            | "le"
    )
}

fn is_joint(low: &str) -> bool {
    is_particle(low)
        || matches!(low, "of" | "the" | "and" | "for" | "on" | "y" | "e" | "zu" | "und" | "et" | "ben" | "against")
}
