//! Words other than verbs that hand something to a source: "according to", "the claim that", "reportedly".

use std::ops::Range;
use std::slice;

use variorum_syntax::{Coarse, Label, Tag};

use super::Handed;
use super::content::{fits, is_finite, pieces};
use super::lexicon::Known;
use super::source;
use super::tree::Tree;

/// "according to Ada Orr", "per the ministry".
pub(super) fn according(tree: Tree, at: usize) -> Option<Handed> {
    let (cue, object) = match &*tree.low(at) {
        "according" => {
            let to = tree.child(at, Label::Prep).filter(|&to| to == at + 1 && tree.low(to) == "to")?;
            (at..to + 1, tree.child(to, Label::Pobj)?)
        }
        "per" if tree.label(at) == Label::Prep => {
            let object = tree.child(at, Label::Pobj)?;
            (at..at + 1, Some(object).filter(|&o| source::is_bearer(tree, o) && tree.child(o, Label::Det).is_some())?)
        }
        _ => return None,
    };
    if tree.known(object).is(Known::MANNER) && !tree.parted(at) {
        return None;
    }
    let above = tree.head(at);
    let content =
        if above == at || lost_subject(tree, at, above) { Vec::new() } else { around(tree, above, tree.subtree(at)) };
    Some(Handed { cue, source: Some(object), content, speech: true })
}

/// "According to the mayor, Ada Orr, two ships sank": where the tree takes the ships for the mayor's, what the verb says is
/// no statement.
fn lost_subject(tree: Tree, at: usize, verb: usize) -> bool {
    at < verb && tree.is_verb(verb) && tree.own_subject(verb).is_none()
}

/// "…, citing port officials": what the report says that cites them.
pub(super) fn citing(tree: Tree, at: usize) -> Option<Handed> {
    if tree.low(at) != "citing" || tree.token(at).tag != Tag::Vbg {
        return None;
    }
    let object = tree.child(at, Label::Dobj).filter(|&o| source::is_bearer(tree, o))?;
    let above = tree.lifted(at).unwrap_or(tree.head(at));
    let content = match super::verbs::handed(tree, above) {
        Some(handed) => handed.content,
        None => around(tree, above, tree.subtree(at)),
    };
    Some(Handed { cue: at..at + 1, source: Some(object), content, speech: false })
}

/// "The bridge was reportedly shut".
pub(super) fn adverb(tree: Tree, at: usize) -> Option<Handed> {
    if tree.token(at).coarse != Coarse::Adverb || !tree.known(at).is(Known::ADVERB) {
        return None;
    }
    let above = tree.head(at);
    let content = if tree.label(above) == Label::Amod {
        pieces(tree, tree.subtree(tree.head(above)), slice::from_ref(&(at..at + 1)))
    } else {
        around(tree, above, at..at + 1)
    };
    Some(Handed { cue: at..at + 1, source: None, content, speech: false })
}

/// "the claim that the bridge was mined", "in the view of Ada Orr".
pub(super) fn noun(tree: Tree, at: usize) -> Option<Handed> {
    if !matches!(tree.token(at).tag, Tag::Nn | Tag::Nns) {
        return None;
    }
    let known = tree.known(at);
    if known.is(Known::VIEW)
        && let Some(view) = view(tree, at)
    {
        return Some(view);
    }
    if !known.is(Known::NOUN) || is_refused(tree, at) {
        return None;
    }
    let clause = tree.grammar.children(at).find(|&c| is_said(tree, c))?;
    let content = pieces(tree, tree.subtree(clause), &[]);
    let source = claimant(tree, at);
    Some(Handed { cue: at..at + 1, source, content, speech: false })
}

/// "no claim that", "any suggestion that", "said in a statement that".
fn is_refused(tree: Tree, noun: usize) -> bool {
    let (into, verb) = (tree.head(noun), tree.head(tree.head(noun)));
    tree.child(noun, Label::Det).is_some_and(|det| matches!(&*tree.low(det), "no" | "any" | "neither"))
        || tree.label(noun) == Label::Pobj && tree.low(into) == "in" && super::verbs::handed(tree, verb).is_some()
}

/// A clause that a noun hands over opens with "that" and lacks nothing; a relative clause lacks the noun.
pub(super) fn is_said(tree: Tree, clause: usize) -> bool {
    match tree.label(clause) {
        Label::Acl => tree.child(clause, Label::Mark).is_some_and(|m| tree.low(m) == "that") && is_finite(tree, clause),
        Label::Ccomp => fits(tree, clause, Known::THAT),
        Label::Relcl => is_full(tree, clause),
        _ => false,
    }
}

/// "the warning that the roof is weak": with a subject and a complement of its own, the clause is no relative one,
/// whatever the tree says.
fn is_full(tree: Tree, clause: usize) -> bool {
    let first = tree.token(clause).first;
    let has = |labels: &[Label]| tree.grammar.children(clause).any(|c| c != first && labels.contains(&tree.label(c)));
    tree.low(first) == "that"
        && is_finite(tree, clause)
        && has(&[Label::Nsubj, Label::Nsubjpass])
        && has(&[Label::Acomp, Label::Auxpass, Label::Dobj, Label::Attr])
}

/// Returns whose claim it is.
fn claimant(tree: Tree, noun: usize) -> Option<usize> {
    let by = |c: usize| {
        (tree.label(c) == Label::Prep && matches!(&*tree.low(c), "by" | "from" | "among" | "of"))
            .then(|| tree.child(c, Label::Pobj))?
            .filter(|&object| source::is_bearer(tree, object))
    };
    let made = || {
        let verb = tree.head(noun);
        (tree.label(noun) == Label::Dobj && tree.known(verb).is(Known::LIGHT)).then(|| tree.subject(verb))?
    };
    tree.child(noun, Label::Poss)
        .or_else(|| tree.grammar.children(noun).find_map(by))
        .or_else(made)
        .filter(|&source| source::speaks(tree, source))
}

/// "in the view of Ada Orr", "in Ada Orr’s view".
fn view(tree: Tree, noun: usize) -> Option<Handed> {
    let into = tree.head(noun);
    if tree.label(noun) != Label::Pobj || tree.low(into) != "in" || tree.head(into) == into {
        return None;
    }
    let (cue, source) = match tree.child(noun, Label::Poss) {
        Some(source) if tree.token(source).tag != Tag::PrpS => (noun..noun + 1, source),
        _ => {
            // "in view of" weighs something and asks nobody.
            tree.child(noun, Label::Det)?;
            let of = tree.child(noun, Label::Prep).filter(|&of| tree.low(of) == "of")?;
            let object = tree.child(of, Label::Pobj).filter(|&o| source::is_bearer(tree, o))?;
            (into..of + 1, object)
        }
    };
    let content = around(tree, tree.head(into), tree.subtree(into));
    Some(Handed { cue, source: Some(source), content, speech: false })
}

/// Returns the clause around a phrase, the phrase left out.
fn around(tree: Tree, above: usize, phrase: Range<usize>) -> Vec<Range<usize>> {
    let Some(clause) = tree.clause_head(above) else { return Vec::new() };
    pieces(tree, tree.clause(clause), &[phrase])
}
