//! Verbs that hand a clause to their subject: "said that", "is believed to", "as Orr warned".

use std::ops::Range;
use std::slice;

use variorum_syntax::{Label, Tag};

use super::Handed;
use super::content::{fits, is_finite, pieces};
use super::lexicon::Known;
use super::source;
use super::tree::{LONGEST, Tree};

/// Returns what a verb hands over.
pub(super) fn handed(tree: Tree, verb: usize) -> Option<Handed> {
    let frames = tree.known(verb);
    if !frames.is(Known::VERB) || !is_stated(tree, verb) {
        return None;
    }
    if tree.child(verb, Label::Auxpass).is_some() || is_reduced(tree, verb) {
        return passive(tree, verb, frames);
    }
    let source = tree.subject(verb).filter(|&s| source::speaks(tree, s))?;
    if frames.is(Known::SHOWS) && !source::witnesses(tree, source) {
        return None;
    }
    let content = content(tree, verb, source, frames)?;
    Some(Handed { cue: verb..verb + 1, source: Some(source), content, speech: !frames.is(Known::SILENT) })
}

/// Tells whether the verb tells that something was said: not that it was not, may be, or will be.
fn is_stated(tree: Tree, verb: usize) -> bool {
    let subject = tree.own_subject(verb);
    let mut helped = false;
    for child in tree.grammar.children(verb) {
        match tree.label(child) {
            Label::Neg => return false,
            Label::Aux | Label::Auxpass if tree.token(child).tag == Tag::Md => return false,
            Label::Aux if tree.token(child).tag == Tag::To => return is_carried(tree, verb),
            Label::Aux | Label::Auxpass if subject.is_some_and(|s| child < s && verb > s) => return false,
            Label::Aux => helped = true,
            Label::Mark if matches!(&*tree.low(child), "if" | "unless" | "whether" | "until" | "lest") => return false,
            Label::Advmod if matches!(&*tree.low(child), "hardly" | "rarely" | "how" | "why") => {
                return false;
            }
            _ => {}
        }
    }
    let loose = tree.label(verb) == Label::Xcomp && !tree.known(tree.head(verb)).is(Known::CARRIER);
    (tree.token(verb).tag != Tag::Vb || helped) && !loose
}

/// "went on to say".
fn is_carried(tree: Tree, verb: usize) -> bool {
    let head = tree.head(verb);
    matches!(tree.label(verb), Label::Xcomp | Label::Advcl)
        && tree.known(head).is(Known::CARRIER)
        && tree.child(head, Label::Neg).is_none()
        && tree.child(head, Label::Aux).is_none_or(|aux| tree.token(aux).tag != Tag::Md)
}

/// "a man believed to be the owner", "as reported by the Courier".
fn is_reduced(tree: Tree, verb: usize) -> bool {
    tree.token(verb).tag == Tag::Vbn
        && matches!(tree.label(verb), Label::Acl | Label::Advcl)
        && tree.child(verb, Label::Nsubj).is_none()
        && tree.child(verb, Label::Aux).is_none()
}

fn passive(tree: Tree, verb: usize, frames: Known) -> Option<Handed> {
    let agent = tree
        .child(verb, Label::Agent)
        .and_then(|by| tree.child(by, Label::Pobj))
        .filter(|&agent| source::speaks(tree, agent));
    let subject = tree.child(verb, Label::Nsubjpass);
    let clause = tree.grammar.children(verb).find(|&c| tree.label(c) == Label::Ccomp && is_finite(tree, c));
    let speech = !frames.is(Known::SILENT);
    if let Some(it) = subject.filter(|&s| tree.low(s) == "it")
        && let Some(clause) = clause
    {
        let content = pieces(tree, tree.subtree(clause), slice::from_ref(&(it..verb + 1)));
        return Some(Handed { cue: it..verb + 1, source: agent, content, speech });
    }
    if let Some(deed) = tree.child(verb, Label::Xcomp).filter(|_| frames.is(Known::SAID_TO)) {
        return said_to(tree, verb, deed, agent, speech);
    }
    let agent = agent?;
    if let Some(clause) = clause {
        let content = pieces(tree, tree.subtree(clause), &[]);
        return Some(Handed { cue: verb..verb + 1, source: Some(agent), content, speech });
    }
    let content = as_said(tree, verb)?;
    Some(Handed { cue: verb..verb + 1, source: Some(agent), content, speech })
}

/// "is believed to have fled".
fn said_to(tree: Tree, verb: usize, deed: usize, agent: Option<usize>, speech: bool) -> Option<Handed> {
    let to = tree.grammar.children(deed).find(|&c| tree.token(c).tag == Tag::To && c > verb)?;
    let first =
        tree.grammar.children(verb).find(|&c| matches!(tree.label(c), Label::Aux | Label::Auxpass)).unwrap_or(verb);
    if first > verb || to - first > LONGEST {
        return None;
    }
    let bearer =
        tree.child(verb, Label::Nsubjpass).or_else(|| (tree.label(verb) == Label::Acl).then(|| tree.head(verb)))?;
    let mut content = vec![source::phrase(tree, bearer, verb)];
    content.extend(pieces(tree, to + 1..tree.token(deed).last.max(to + 1), &[]));
    Some(Handed { cue: first..to + 1, source: agent, content, speech })
}

/// Returns what an active verb hands over, in the pieces that its source and cue cut it into.
fn content(tree: Tree, verb: usize, source: usize, frames: Known) -> Option<Vec<Range<usize>>> {
    let mine = {
        let phrase = source::phrase(tree, source, verb);
        phrase.start.min(verb)..phrase.end.max(verb + 1)
    };
    let clause = tree
        .grammar
        .children(verb)
        .filter(|&c| matches!(tree.label(c), Label::Ccomp | Label::Xcomp) && fits(tree, c, frames))
        .find(|&c| is_beside(tree, c, &mine));
    if let Some(clause) = clause {
        let range = tree.subtree(clause);
        let range = range.start..added(tree, verb, range);
        let holes = if range.contains(&verb) { mine.clone() } else { verb..verb + 1 };
        return Some(pieces(tree, range, &[holes]));
    }
    if !frames.is(Known::THAT) {
        return None;
    }
    if let Some(clause) = past_noun(tree, verb) {
        return Some(pieces(tree, tree.subtree(clause), &[]));
    }
    if let Some(content) = as_said(tree, verb) {
        return Some(content);
    }
    let around = tree.head(verb);
    if tree.label(verb) == Label::Parataxis
        && tree.own_subject(around).is_some()
        && tree.child(verb, Label::Dobj).is_none()
    {
        return Some(pieces(tree, tree.clause(around), &[mine, tree.subtree(verb)]));
    }
    None
}

/// "told a packed hall that", "said at the time that": the tree may hang the clause on the last noun.
fn past_noun(tree: Tree, verb: usize) -> Option<usize> {
    let noun = |at: usize| match tree.label(at) {
        // "denied claims that" says what was claimed, not what she said.
        Label::Dobj | Label::Dative | Label::Npadvmod => Some(at).filter(|&at| !tree.known(at).is(Known::NOUN)),
        Label::Prep => tree.child(at, Label::Pobj),
        _ => None,
    };
    let clause = |noun: usize| tree.grammar.children(noun).find(|&c| super::phrases::is_said(tree, c));
    tree.grammar.children(verb).filter(|&c| c > verb).filter_map(noun).find_map(clause)
}

/// "…, adding that": returns where the words of the first verb end.
fn added(tree: Tree, verb: usize, range: Range<usize>) -> usize {
    if range.len() > LONGEST || range.start < verb {
        return range.end;
    }
    range
        .clone()
        .find(|&at| {
            is_said_on(tree, at) && tree.lifted(at) == Some(verb)
                || at > range.start && tree.low(at) == "citing" && tree.parted(at)
        })
        .unwrap_or(range.end)
}

/// Only marks part a statement from the source after it, and no semicolon: "the well ran dry, so they complained",
/// "he says yes; she says no".
fn is_beside(tree: Tree, clause: usize, mine: &Range<usize>) -> bool {
    let end = tree.token(clause).last;
    end > mine.start
        || end < mine.start && (end..mine.start).take(LONGEST).all(|at| tree.is_mark(at) && tree.low(at) != ";")
}

/// Tells whether a verb hands over a clause of its own.
fn is_said_on(tree: Tree, verb: usize) -> bool {
    let frames = tree.known(verb);
    frames.is(Known::VERB)
        && tree.is_verb(verb)
        && tree.grammar.children(verb).any(|c| tree.label(c) == Label::Ccomp && fits(tree, c, frames))
}

/// "As Orr said, the hall is shut": what the verb is set beside.
fn as_said(tree: Tree, verb: usize) -> Option<Vec<Range<usize>>> {
    let mark = tree.grammar.children(verb).next()?;
    let above = tree.head(verb);
    let hears = tree.known(verb).is(Known::HEARER);
    let bare = !tree.grammar.children(verb).any(|c| match tree.label(c) {
        Label::Dobj | Label::Dative => !hears,
        Label::Ccomp | Label::Xcomp => true,
        Label::Prep => matches!(&*tree.low(c), "of" | "about" | "for" | "with" | "against" | "to"),
        _ => false,
    });
    if tree.label(verb) != Label::Advcl || tree.low(mark) != "as" || !bare || !is_finite(tree, above) {
        return None;
    }
    Some(pieces(tree, tree.clause(above), &[tree.subtree(verb)]))
}
