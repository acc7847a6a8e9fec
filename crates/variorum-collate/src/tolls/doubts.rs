//! What speaks against a count: it did not happen, it no longer stands, it is of another time.

use std::ops::Range;

use variorum_syntax::Label;

use super::grammar::Tree;
use super::vocabulary::{Doubt, cues, is_cue, people_in};

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
        let steps = reaches(tree, t, at);
        let Some(steps) = steps else { continue };
        reach.push((tree.token(t).start, steps));
        if is_span_of_years(tree, t) {
            past = Some(past.map_or(steps, |p| p.min(steps)));
            found.push(tree.token(t).start..tree.token(t).end);
        }
        for (doubt, length) in cues(&tree.words, t) {
            let steps = (t..t + length).filter_map(|t| reaches(tree, t, at)).min();
            if let (Doubt::Past, Some(steps)) = (doubt, steps) {
                past = Some(past.map_or(steps, |p| p.min(steps)));
                found.push(tree.token(t).start..tree.token(t + length - 1).end);
            }
        }
    }
    if past.is_none() && long_before(tree, at) {
        past = Some(0);
    }
    (reach, past, found)
}

/// "In thirty years", "over two decades": a longer time than an incident takes.
fn is_span_of_years(tree: &Tree, t: usize) -> bool {
    let token = tree.token(t);
    matches!(tree.word(t), "years" | "decades")
        && token.label == Label::Pobj
        && matches!(tree.word(token.head), "in" | "over" | "within" | "during")
}

/// How far the word of a time stands from a count whose clause it times.
fn reaches(tree: &Tree, t: usize, at: usize) -> Option<usize> {
    if let Some(steps) = tree.below(at, t) {
        return Some(steps);
    }
    let verb = tree.verb_of(t);
    // "In the accident, the worst since 1987": a time in an apposition tells of the noun, not of what happened.
    let mut up = t;
    while up != verb && tree.token(up).head != up {
        if tree.token(up).label == Label::Appos && tree.below(at, up).is_none() {
            return None;
        }
        up = tree.token(up).head;
    }
    tree.below(at, verb)
        .or_else(|| tree.below(t, at).filter(|_| !in_who(tree, t, at)))
        .or_else(|| in_cause(tree, t, at))
}

/// "A man shot in July has died": the time stands in the clause that says who.
fn in_who(tree: &Tree, t: usize, at: usize) -> bool {
    let mut up = t;
    for _ in 0..20 {
        let token = tree.token(up);
        if up == at || token.head == up {
            break;
        }
        let clause = matches!(token.label, Label::Acl | Label::Relcl);
        if clause && matches!(tree.token(token.head).label, Label::Nsubj | Label::Nsubjpass) {
            return people_in(tree.word(token.head)).is_some();
        }
        up = token.head;
    }
    false
}

/// "It came just weeks after a driver shot eight people": what is told after "after" was before.
fn long_before(tree: &Tree, at: usize) -> bool {
    let verb = tree.verb_of(at);
    // "It came two days after": of two happenings.
    let came = tree.words[..verb].iter().any(|w| matches!(w.as_str(), "came" | "comes"));
    (0..verb).any(|t| {
        tree.word(t) == "after"
            && t > 0
            && (matches!(tree.word(t - 1), "weeks" | "months" | "years" | "month" | "year" | "decades")
                || came && matches!(tree.word(t - 1), "day" | "days" | "hours"))
            && (tree.token(t).head == verb || tree.token(verb).head == t)
    })
}

/// "A storm that hit the coast in 2014 left 16 dead": the time of what caused it is its time.
fn in_cause(tree: &Tree, t: usize, at: usize) -> Option<usize> {
    let verb = tree.verb_of(at);
    let cause = tree.child(verb, Label::Nsubj).filter(|c| *c < at)?;
    let killer = verb == at || matches!(tree.word(verb), "left" | "leaving" | "claimed" | "cost" | "killed");
    let inside = tree.below(t, cause)?;
    (killer && (verb != at || tree.object(verb).is_some())).then_some(inside + STEP_DOWN)
}

/// Whether the sentence brings in what killed or hurt them as something new ("by a quake", "in an attack").
pub(crate) fn is_new(tree: &Tree, at: usize) -> bool {
    let verb = tree.verb_of(at);
    tree.sentence.children(verb).filter(|c| matches!(tree.token(*c).label, Label::Prep | Label::Agent)).any(|p| {
        matches!(tree.word(p), "by" | "in" | "when")
            && tree
                .child(p, Label::Pobj)
                .and_then(|o| tree.child(o, Label::Det))
                .is_some_and(|d| matches!(tree.word(d), "a" | "an" | "another"))
    })
}
