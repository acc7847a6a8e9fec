//! The words that are handed to a source.

use std::ops::Range;

use variorum_syntax::{Label, Tag};

use super::lexicon::Known;
use super::tree::{LONGEST, Tree};

/// Returns the tokens of a clause in as many pieces as the holes cut it into, without "that" and marks at the edges.
pub(super) fn pieces(tree: Tree, clause: Range<usize>, holes: &[Range<usize>]) -> Vec<Range<usize>> {
    if clause.len() > LONGEST {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut start = clause.start;
    let free = |at: usize| !holes.iter().any(|hole| hole.contains(&at));
    for at in clause.start..=clause.end {
        if at == clause.end || !free(at) {
            found.extend(trimmed(tree, start..at));
            start = at + 1;
        }
    }
    found
}

fn trimmed(tree: Tree, mut piece: Range<usize>) -> Option<Range<usize>> {
    let opens = |at: usize| tree.label(at) == Label::Cc || tree.low(at) == "that" && is_opener(tree, at);
    while piece.start < piece.end && (tree.is_mark(piece.start) && !is_opening(tree, &piece) || opens(piece.start)) {
        piece.start += 1;
    }
    let is_joint = |at: usize| tree.label(at) == Label::Cc;
    while piece.start < piece.end
        && (tree.is_mark(piece.end - 1) && !is_closing(tree, &piece) || is_joint(piece.end - 1))
    {
        piece.end -= 1;
    }
    if piece.start < piece.end {
        piece.end = closed(tree, &piece);
    }
    (piece.start < piece.end).then_some(piece)
}

/// "The plan is “dead for now,” Orr said": the closing mark belongs to the words.
fn closed(tree: Tree, piece: &Range<usize>) -> usize {
    let is = |at: usize, tag: Tag| tree.token(at).tag == tag;
    let open = piece.clone().rev().find(|&at| is(at, Tag::OpenQuote) || is(at, Tag::CloseQuote));
    if open.is_none_or(|at| is(at, Tag::CloseQuote)) {
        return piece.end;
    }
    let next = (piece.end..tree.grammar.tokens().len()).take(2).find(|&at| is(at, Tag::CloseQuote));
    next.map_or(piece.end, |at| at + 1)
}

/// "that" opens a clause, unless it is its subject or stands before a noun.
fn is_opener(tree: Tree, that: usize) -> bool {
    match tree.label(that) {
        Label::Det => false,
        Label::Nsubj | Label::Nsubjpass => {
            // A text that breaks off may end in "that".
            that + 1 == tree.grammar.tokens().len() || !tree.is_verb(that + 1)
        }
        _ => true,
    }
}

/// An opening mark stays where its closing one stands inside the piece.
fn is_opening(tree: Tree, piece: &Range<usize>) -> bool {
    let closing = match tree.token(piece.start).tag {
        Tag::OpenQuote => Tag::CloseQuote,
        Tag::OpenBracket => Tag::CloseBracket,
        _ => return false,
    };
    // Where the marks hold all of the piece, they are not part of what is said.
    (piece.start + 1..piece.end).position(|at| tree.token(at).tag == closing).is_some_and(|n| n + 2 < piece.len())
}

fn is_closing(tree: Tree, piece: &Range<usize>) -> bool {
    let opening = match tree.token(piece.end - 1).tag {
        Tag::CloseQuote => Tag::OpenQuote,
        Tag::CloseBracket => Tag::OpenBracket,
        _ => return false,
    };
    (piece.start..piece.end).any(|at| tree.token(at).tag == opening)
}

/// Tells whether a clause is one that a verb of these frames hands over.
pub(super) fn fits(tree: Tree, clause: usize, frames: Known) -> bool {
    // "which engineers said was cracked" asks nothing: the word stands before its verb.
    let asks = tree.token(clause).first > tree.head(clause) && asks(tree, clause);
    match tree.label(clause) {
        Label::Ccomp if asks => frames.is(Known::WH),
        Label::Ccomp if is_finite(tree, clause) => frames.is(Known::THAT),
        Label::Xcomp if tree.child(clause, Label::Mark).is_some_and(|m| tree.low(m) == "that") => {
            frames.is(Known::THAT)
        }
        Label::Ccomp if has_to(tree, clause) && tree.own_subject(clause).is_some() => frames.is(Known::INF),
        Label::Ccomp | Label::Xcomp if has_to(tree, clause) => frames.is(Known::TO),
        Label::Ccomp | Label::Xcomp if tree.token(clause).tag == Tag::Vbg && is_bare(tree, clause) => {
            frames.is(Known::ING)
        }
        _ => false,
    }
}

/// Tells whether a clause has a subject and a verb that agrees with it.
pub(super) fn is_finite(tree: Tree, clause: usize) -> bool {
    let finite = |at: usize| matches!(tree.token(at).tag, Tag::Vbd | Tag::Vbz | Tag::Vbp | Tag::Md);
    let helped =
        || tree.grammar.children(clause).any(|c| matches!(tree.label(c), Label::Aux | Label::Auxpass) && finite(c));
    // "after the ship sank" is no statement.
    let mark = tree.child(clause, Label::Mark);
    // "Half of the homes were gone, officials said": what stands before its source is a clause, whatever the tree sees.
    let is_before = tree.token(clause).last <= tree.head(clause);
    // After a verb "that" opens a clause, even where the tree sees no verb in it.
    let is_that = tree.label(clause) == Label::Ccomp && mark.is_some();
    (tree.own_subject(clause).is_some() || is_before || is_that)
        && mark.map_or_else(|| finite(clause) || helped() || is_before, |mark| tree.low(mark) == "that")
}

/// "whether the roof leaks", "who had won"; not "what began as a joke had grown", where a clause inside asks.
fn asks(tree: Tree, clause: usize) -> bool {
    let first = tree.token(clause).first;
    if tree.child(clause, Label::Mark) == Some(first) {
        return matches!(&*tree.low(first), "whether" | "if");
    }
    let mut at = first;
    for _ in 0..4 {
        if at == clause {
            return matches!(tree.token(first).tag, Tag::Wrb | Tag::Wp | Tag::Wdt | Tag::WpS);
        }
        if at != first && tree.is_verb(at) {
            return false;
        }
        at = tree.head(at);
    }
    false
}

fn has_to(tree: Tree, clause: usize) -> bool {
    tree.grammar.children(clause).any(|c| tree.token(c).tag == Tag::To)
}

fn is_bare(tree: Tree, clause: usize) -> bool {
    tree.own_subject(clause).is_none()
        && tree.child(clause, Label::Aux).is_none_or(|aux| tree.token(aux).tag == Tag::Vbg)
}
