//! Who stands behind a statement: lost, made vague, or exchanged.

use variorum_news::{Attribution, Drift, DriftKind, Span};
use variorum_text::{fold, words};

use super::{Held, of};
use crate::lexicon::lexicon;
use crate::witness::{Passage, Witness};

pub(super) fn drift(held: Held) -> Vec<Drift> {
    let mine: Vec<&Attribution> =
        held.passage.attributions.iter().map(|&i| &held.witness.notes.attributions[i]).collect();
    let Some((witness, passage, alike)) = held.near(0.25).find(|(w, p, _)| named(w, p).is_some()) else {
        return Vec::new();
    };
    let Some(theirs) = named(witness, passage) else { return Vec::new() };
    let likest = held.near(0.25).next().map_or(0.0, |(_, _, best)| best);
    // A passage that says the same better, without that source, bears the rewrite out.
    if alike + 0.1 < likest {
        return Vec::new();
    }
    let explain = format!("the source gives this to {}", theirs.0);
    if let Some(vague) = mine.iter().find(|a| is_vague(a)) {
        let nobody_named = mine.iter().all(|a| is_vague(a));
        return if nobody_named {
            vec![of(DriftKind::Attribution, head(held.witness, vague), Some(theirs.1), explain)]
        } else {
            Vec::new()
        };
    }
    if let Some(other) = mine.iter().find_map(|a| Some((*a, a.source.as_ref()?))) {
        let (attribution, source) = other;
        let last = |name: &str| words(name).last().filter(|w| w.is_capitalised()).map(|w| fold(w.text));
        let exchanged = match (last(&source.name), last(&theirs.0)) {
            (Some(a), Some(b)) => a != b && alike >= 0.5 && !passage.folded().contains(&a.as_str()),
            _ => false,
        };
        return if exchanged {
            vec![of(DriftKind::Attribution, head(held.witness, attribution), Some(theirs.1), explain)]
        } else {
            Vec::new()
        };
    }
    if alike >= 0.6 && held.passage.quotes.is_empty() && !mentions(held.passage, &theirs.0) && !goes_on(held, &theirs.0)
    {
        return vec![of(
            DriftKind::Attribution,
            held.passage.span.clone(),
            Some(theirs.1),
            format!("{explain}; the rewrite says it in its own voice"),
        )];
    }
    Vec::new()
}

/// The named source of a passage, with the words that name it.
fn named(witness: &Witness, passage: &Passage) -> Option<(String, Span)> {
    passage.attributions.iter().map(|&i| &witness.notes.attributions[i]).find_map(|a| {
        let source = a.source.as_ref().filter(|_| !is_vague(a))?;
        // "Officials" has a capital where it begins a sentence, and is no name.
        let proper = words(&source.name).iter().skip(1).any(|w| w.is_capitalised())
            || witness.notes.entities.iter().any(|entity| entity.name == source.name);
        proper.then(|| (source.name.clone(), head(witness, a)))
    })
}

/// Tells whether nobody is named whom one could ask.
fn is_vague(attribution: &Attribution) -> bool {
    attribution.hedged || attribution.source.as_ref().is_none_or(|s| lexicon().is_vague(&s.name))
}

/// The words that attribute: from the source to its cue.
fn head(witness: &Witness, attribution: &Attribution) -> Span {
    let cue = witness.spanner.bytes(&attribution.cue);
    match &attribution.source {
        Some(source) => {
            let source = witness.spanner.bytes(&source.span);
            witness.spanner.span(cue.start.min(source.start)..cue.end.max(source.end))
        }
        None => attribution.cue.clone(),
    }
}

/// The sentence before names the source, so a reader hears it speak on.
fn goes_on(held: Held, name: &str) -> bool {
    let at = held.witness.passages.iter().position(|p| p.span == held.passage.span);
    at.and_then(|at| at.checked_sub(1)).is_some_and(|before| {
        let before = &held.witness.passages[before];
        mentions(before, name) || !before.attributions.is_empty() || !before.quotes.is_empty()
    })
}

fn mentions(passage: &Passage, name: &str) -> bool {
    words(name).last().is_some_and(|w| passage.folded().contains(&fold(w.text).as_str()))
}
