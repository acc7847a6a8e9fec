//! A name that the sources print, but in another place: who did it, where it was.

use variorum_news::{Drift, DriftKind, NameKind, QuoteKind};
use variorum_text::{fold, words};

use super::super::around::{Fit, around};
use super::super::{Held, of};
use super::runs::Run;
use crate::align::Place;
use crate::drift::slots::Slots;
use crate::sources::Sources;

/// A name takes another's place where the words around it fit the other so much better.
const FITS: f64 = 0.42;
const LEAD: f64 = 0.22;
/// A name that a sentence carries on by a pronoun fits the next sentence somewhat less.
const CARRIED: f64 = 0.85;

/// Returns a name of the rewrite that stands where the sources have another.
pub(super) fn drift(held: Held, slots: &Slots, mine: &[Run], run: &Run) -> Option<Drift> {
    let sources = held.sources;
    let around = around(&held.witness.report.text, held.passage, &run.at, sources.forms);
    if around.is_empty() || run.kind.is_none() && !slots.is_name(run.last()) {
        return None;
    }
    let (mut own, mut rival): (f64, Option<(Fit, Place, &Run)>) = (0.0, None);
    for (place, passage) in sources.passages() {
        let most = around.most(passage);
        if most <= own.max(0.1) && most < FITS {
            continue;
        }
        for other in slots.names(place) {
            let fit = around.fit(passage, &other.at);
            if run.may_be(other) {
                own = own.max(fit.score);
            } else if fit.score >= FITS
                && fit.shared >= 2
                && rival.is_none_or(|(best, ..)| fit.score > best.score)
                && goes_with(run, other)
                && other.words.iter().all(|w| slots.is_name(w))
                && !mine.iter().any(|m| m.may_be(other))
            {
                rival = Some((fit, place, other));
            }
        }
        own = own.max(if is_spoken_of(sources, slots, place, run) { CARRIED * most } else { 0.0 });
    }
    let (fit, place, other) = rival?;
    if fit.score < own + LEAD {
        return None;
    }
    let (witness, passage) = sources.at(place);
    let bytes = passage.words[other.at.start].bytes.start..passage.words[other.at.end - 1].bytes.end;
    let there = witness.spanner.span(bytes);
    let bytes = held.passage.words[run.at.start].bytes.start..held.passage.words[run.at.end - 1].bytes.end;
    let explain = format!("the source says this of “{}”", there.text);
    let both = run.kind.is_some() && run.kind == other.kind;
    let confidence = 0.5 + 0.3 * (fit.score - own - LEAD).min(0.5) / 0.5 + if both { 0.15 } else { 0.0 };
    Some(Drift { confidence, ..of(DriftKind::Name, held.witness.spanner.span(bytes), Some(there), explain) })
}

/// Tells whether two names may be exchanged for one another: both may be a person's, a place's, a body's.
fn goes_with(run: &Run, other: &Run) -> bool {
    let who = |kind| matches!(kind, NameKind::Person | NameKind::Organisation);
    match (run.kind, other.kind) {
        (Some(a), Some(b)) => a == b || who(a) && who(b),
        _ => true,
    }
}

/// Tells whether a passage speaks of a name without printing it: the one before names it and this one has a pronoun, or
/// its words are said by its bearer.
fn is_spoken_of(sources: &Sources, slots: &Slots, place: Place, run: &Run) -> bool {
    let (witness, passage) = sources.at(place);
    let spoken = passage
        .quotes
        .iter()
        .map(|&i| &witness.notes.quotes[i])
        .filter(|q| q.kind != QuoteKind::Indirect)
        .filter_map(|q| q.speaker.as_ref())
        .any(|s| words(&s.name).iter().any(|w| run.words.contains(&fold(w.text))));
    if spoken {
        return true;
    }
    let pronoun = passage.words.iter().any(|t| is_pronoun(&t.folded));
    let here = Place { witness: place.witness, passage: place.passage };
    (1..=2).filter_map(|back| here.passage.checked_sub(back)).any(|passage| {
        (pronoun || passage + 1 == here.passage && run.kind != Some(NameKind::Person))
            && slots.names(Place { witness: here.witness, passage }).iter().any(|other| run.may_be(other))
    })
}

fn is_pronoun(folded: &str) -> bool {
    matches!(
        folded,
        "he" | "she" | "they" | "it" | "his" | "her" | "their" | "its" | "him" | "them" | "there" | "here" | "we" | "i"
    )
}
