//! Names in texts of other languages: only what lists bear out, for the rules, the model and the parser know English.

use rustc_hash::FxHashSet;
use variorum_news::NameKind;

use super::gazetteer::{Entry, city, entry};
use super::kinds::{Candidate, Trust};
use super::lexicon::Class;
use super::tokens::Token;

/// Returns the persons with a given name that is known, their surnames, and places that are known, in order.
///
/// In German every noun has a capital, so there a family name must be known too.
pub(super) fn candidates(tokens: &[Token], language: &str) -> Vec<Candidate> {
    let nouns_have_capitals = language == "de";
    let mut found: Vec<Candidate> = Vec::new();
    let mut surnames: FxHashSet<&str> = FxHashSet::default();
    let mut at = 0;
    while at < tokens.len() {
        let end = if let Some(end) = person(tokens, at, nouns_have_capitals) {
            surnames.insert(&tokens[end - 1].low);
            found.push(told(at..end, NameKind::Person));
            end
        } else if let Some(end) = place(tokens, at) {
            found.push(told(at..end, NameKind::Place));
            end
        } else {
            at + 1
        };
        at = end;
    }
    let mut is_taken = vec![false; tokens.len()];
    found.iter().for_each(|candidate| is_taken[candidate.tokens.clone()].fill(true));
    let alone = |at: &usize| tokens[*at].cap && !is_taken[*at] && surnames.contains(&*tokens[*at].low);
    found.extend((0..tokens.len()).filter(alone).map(|at| told(at..at + 1, NameKind::Person)));
    found.sort_by_key(|candidate| candidate.tokens.start);
    found
}

fn told(tokens: std::ops::Range<usize>, kind: NameKind) -> Candidate {
    Candidate { tokens, kind, trust: Trust::Told, sure: false }
}

/// Returns where a person's name ends that begins at a word: known given names and one word more.
fn person(tokens: &[Token], at: usize, nouns_have_capitals: bool) -> Option<usize> {
    let is_given = |at: usize| tokens[at].cap && entry(&tokens[at].low).people() & GIVEN != 0;
    let goes_on = |at: usize| tokens.get(at).is_some_and(|token| token.cap && token.gap == " ");
    if !is_given(at) || tokens[at].text.chars().count() < 2 {
        return None;
    }
    let mut end = at + 1;
    while end < at + MOST_GIVEN && goes_on(end) && is_given(end) && goes_on(end + 1) {
        end += 1;
    }
    let is_family = |at: usize| entry(&tokens[at].low).people() & FAMILY != 0;
    (goes_on(end) && (!nouns_have_capitals || is_family(end))).then_some(end + 1)
}

/// Given names that stand before one family name.
const MOST_GIVEN: usize = 3;

const GIVEN: u8 = 1;
const FAMILY: u8 = 2;

/// Returns where a country or a big city ends that begins at a word. At the head of a sentence "Como" may be a word.
fn place(tokens: &[Token], at: usize) -> Option<usize> {
    let token = &tokens[at];
    if !token.cap || token.first {
        return None;
    }
    if token.class.is(Class::PLACE) {
        return Some(at + 1);
    }
    let known: Entry = entry(&token.low);
    city(tokens, at, known).filter(|&(_, size)| size == BIG).map(|(words, _)| at + words)
}

/// The size of the biggest cities.
const BIG: u8 = 3;
