//! What speaks against a count: it did not happen, it no longer stands, it is of another time.

use std::ops::Range;

use variorum_syntax::Label;

use super::grammar::Tree;
use super::vocabulary::{Doubt, cues, is_cue};

/// What did not happen: "could have died", "tried to kill", "was not killed", "the attempted murder".
pub(crate) fn is_unreal(tree: &Tree, at: usize) -> bool {
    let verb = tree.verb_of(at);
    let of_token = |at: usize| {
        tree.sentence.children(at).any(|c| {
            let label = tree.token(c).label;
            label == Label::Neg
                || matches!(label, Label::Aux | Label::Amod | Label::Advmod | Label::Mark)
                    && is_cue(tree.word(c), Doubt::Unreal)
        })
    };
    let governed = |at: usize| {
        let token = tree.token(at);
        matches!(
            token.label,
            Label::Xcomp | Label::Oprd | Label::Acomp | Label::Advcl | Label::Pcomp | Label::Ccomp | Label::Acl
        ) && is_cue(tree.word(token.head), Doubt::Unreal)
    };
    // "There might have been two people killed".
    let around = tree.token(verb).label == Label::Acl && of_token(tree.verb_of(tree.token(verb).head));
    around || of_token(at) || of_token(verb) || governed(at) || governed(verb)
}

/// A time that stands in a clause below counts so much less than one beside the verb.
const STEP_DOWN: usize = 3;

/// How far before a count a word may stand that says the count has been given up.
const REVISED: usize = 10;

pub(crate) fn is_revised(tree: &Tree, at: usize) -> bool {
    (at.saturating_sub(REVISED)..at)
        .any(|t| cues(&tree.words, t).any(|(doubt, length)| doubt == Doubt::Revised && t + length <= at + 1))
}

/// The tokens of time that reach a count, with their steps; the steps to the nearest cue; the bytes of all cues.
pub(crate) type Times = (Vec<(usize, usize)>, Option<usize>, Vec<Range<usize>>);

/// How near the words of time stand: every token whose clause holds the trigger, and the nearest cue for the past.
pub(crate) fn times(tree: &Tree, at: usize) -> Times {
    let (mut reach, mut found) = (Vec::new(), Vec::new());
    let mut past: Option<usize> = None;
    for t in 0..tree.words.len() {
        let verb = tree.verb_of(t);
        let steps = tree.below(at, verb).or_else(|| tree.below(t, at)).or_else(|| in_cause(tree, t, at));
        let Some(steps) = steps else { continue };
        reach.push((tree.token(t).start, steps));
        for (doubt, length) in cues(&tree.words, t) {
            let near = |t: usize| {
                tree.below(at, tree.verb_of(t)).or_else(|| tree.below(t, at)).or_else(|| in_cause(tree, t, at))
            };
            let steps = (t..t + length).filter_map(near).min();
            if let (Doubt::Past, Some(steps)) = (doubt, steps) {
                past = Some(past.map_or(steps, |p| p.min(steps)));
                found.push(tree.token(t).start..tree.token(t + length - 1).end);
            }
        }
    }
    (reach, past, found)
}

/// "A storm that hit the coast in 2014 left 16 dead": the time of what caused it is its time.
fn in_cause(tree: &Tree, t: usize, at: usize) -> Option<usize> {
    let verb = tree.verb_of(at);
    let cause = tree.child(verb, Label::Nsubj).filter(|c| *c < at)?;
    let killer = verb == at || matches!(tree.word(verb), "left" | "leaving" | "claimed" | "cost" | "killed");
    let inside = tree.below(t, cause)?;
    (killer && (verb != at || tree.object(verb).is_some())).then_some(inside + STEP_DOWN)
}
