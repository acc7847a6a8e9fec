//! A name that the sources print, but in another place: who did it, where it was.

use variorum_news::{Drift, DriftKind, NameKind, QuoteKind};
use variorum_text::{fold, words};

use super::super::around::{Fit, around};
use super::super::{Held, of};
use super::runs::Run;
use crate::align::Place;
use crate::drift::slots::Slots;
use crate::sources::Sources;

/// A name that a sentence carries on by a pronoun fits the next sentence somewhat less.
const CARRIED: f64 = 0.85;

/// Returns a name of the rewrite that stands where the sources have another.
pub(super) fn drift(held: Held, slots: &Slots, mine: &[Run], run: &Run) -> Option<Drift> {
    let sources = held.sources;
    let around = around(&held.witness.report.text, held.passage, &run.at, sources.forms);
    // "California Republican": a role, not a name.
    if run.words.iter().any(|w| super::is_party(w)) && run.words.len() > 1 {
        return None;
    }
    if around.is_empty() || run.kind.is_none() && !slots.is_name(run.last()) {
        return None;
    }
    let (mut own, mut rival): (f64, Option<(Fit, Place, &Run)>) = (0.0, None);
    let (mut best_most, mut own_most, mut rival_most) = (0.0f64, 0.0f64, 0.0f64);
    for (place, passage) in sources.passages() {
        let most = around.most(passage);
        best_most = best_most.max(most);
        let (witness, _) = sources.at(place);
        for other in slots.names(place) {
            let fit = around.fit_with_neighbours(&witness.passages, place.passage, &other.at);
            if run.may_be(other) {
                own = own.max(fit.score);
                own_most = own_most.max(most);
            } else if fit.shared >= 2
                && rival.is_none_or(|(best, ..)| fit.score > best.score)
                && goes_with(run, other)
                && (other.kind.is_some() || other.words.iter().all(|w| slots.is_name(w)))
                && !mine.iter().any(|m| m.may_be(other))
            {
                rival = Some((fit, place, other));
                rival_most = most;
            }
        }
        if most > own && is_spoken_of(sources, slots, place, run) {
            own = own.max(CARRIED * most);
            own_most = own_most.max(most);
        }
    }
    let (fit, place, other) = rival?;
    if slots.is_one_bearer(run, other) {
        return None;
    }
    let seen = Seen { own, rival: fit.score, best_most, own_most, rival_most };
    let confidence = seen.confidence(run.kind.is_some() && run.kind == other.kind)?;
    let (witness, passage) = sources.at(place);
    let bytes = passage.words[other.at.start].bytes.start..passage.words[other.at.end - 1].bytes.end;
    let there = witness.spanner.span(bytes);
    let bytes = held.passage.words[run.at.start].bytes.start..held.passage.words[run.at.end - 1].bytes.end;
    let explain = format!("the source says this of “{}”", there.text);
    Some(Drift { confidence, ..of(DriftKind::Name, held.witness.spanner.span(bytes), Some(there), explain) })
}

/// How well the words around a name fit where the sources have it, and where they have another.
#[derive(Debug, Clone, Copy)]
struct Seen {
    /// The best fit of the name's own mentions, and of another name.
    own: f64,
    rival: f64,
    /// The share of the words that the likest passage holds, the likest one with the name, and the one with the other.
    best_most: f64,
    own_most: f64,
    rival_most: f64,
}

impl Seen {
    /// Returns how sure it is that the other name's place was taken; none where it is not.
    ///
    /// The limits were read off planted exchanges and faithful rewrites of other people's articles.
    fn confidence(&self, same_kind: bool) -> Option<f64> {
        let Seen { own, rival, best_most, own_most, rival_most } = *self;
        let absent = own_most <= 0.25 * best_most && own <= 0.7 * rival;
        let clear = rival >= 0.3 && rival >= own + 0.15 && own <= 0.5 * rival && own_most <= 0.5 * best_most;
        let there = rival_most >= 0.9 * best_most && rival >= 0.34;
        if !same_kind {
            return (own <= 0.1 && rival >= 0.45 && absent && there).then_some(0.5);
        }
        match (absent && there, clear && rival >= 0.6 * best_most) {
            (true, true) => Some(if rival >= 0.45 { 0.9 } else { 0.8 }),
            (true, false) | (false, true) => Some(0.6),
            (false, false) => None,
        }
    }
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
