//! A cause that the rewrite made of two things that the sources tell apart.

use variorum_news::{Drift, DriftKind};

use super::{Held, of};
use crate::align::Place;
use crate::lexicon::{Cue, lexicon};
use crate::sources::Sources;
use crate::witness::{Passage, Token};

pub(super) fn drift(held: Held) -> Option<Drift> {
    let folded = held.passage.folded();
    let (_, at, length) = lexicon().cues(&folded).into_iter().find(|(cue, _, _)| *cue == Cue::Cause)?;
    // Some source passage near this one ties things as cause and effect: then the tie is its own.
    if held.near(0.15).any(|(_, p, _)| is_causal(p)) {
        return None;
    }
    let (before, after) = (clause_before(held.passage, at), &held.passage.words[at + length..]);
    let (left, right) = (likest(held.sources, before)?, likest(held.sources, after)?);
    let causal = |place: Place| is_causal(held.sources.at(place).1);
    if left == right || causal(left) || causal(right) {
        return None;
    }
    let from = before.first()?.bytes.start;
    let to = after.last()?.bytes.end;
    let source = held.sources.at(left).1.span.clone();
    Some(of(
        DriftKind::Cause,
        held.witness.spanner.span(from..to),
        Some(source),
        "no source says that the one caused the other",
    ))
}

fn is_causal(passage: &Passage) -> bool {
    lexicon().cues(&passage.folded()).iter().any(|(cue, _, _)| *cue == Cue::Cause)
}

/// The words before the cue, at most twenty.
fn clause_before(passage: &Passage, at: usize) -> &[Token] {
    &passage.words[at.saturating_sub(20)..at]
}

/// The source passage that holds most of some words by weight; it must hold three of them, and half of the weight.
fn likest(sources: &Sources, tokens: &[Token]) -> Option<Place> {
    let weight = |token: &Token| token.form.map_or(0.0, |f| sources.forms.weight(f));
    let all: f64 = tokens.iter().map(weight).sum();
    let mut best: Option<(f64, Place)> = None;
    for (place, passage) in sources.passages() {
        let held: Vec<&Token> =
            tokens.iter().filter(|t| t.form.is_some_and(|f| passage.forms.binary_search(&f).is_ok())).collect();
        let sum: f64 = held.iter().map(|t| weight(t)).sum();
        if held.len() >= 2 && sum * 2.0 >= all && best.is_none_or(|(most, _)| sum > most) {
            best = Some((sum, place));
        }
    }
    best.map(|(_, place)| place)
}
