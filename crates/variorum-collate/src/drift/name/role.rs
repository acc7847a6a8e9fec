//! A name that the sources print, but in another place: who did it, where it was.

use std::ops::Range;

use variorum_news::{Drift, DriftKind, NameKind, QuoteKind};
use variorum_text::{fold, words};

use super::super::around::around;
use super::super::{Held, of};
use super::beside::Beside;
use super::runs::Run;
use crate::align::Place;
use crate::drift::slots::Slots;
use crate::sources::Sources;
use crate::witness::{Passage, Witness};

/// A name that a sentence carries on by a pronoun fits the next sentence somewhat less.
const CARRIED: f64 = 0.85;
/// Passages that hold less of the words around a name are about something else.
const WORTH: f64 = 0.2;

/// Returns a name of the rewrite that stands where the sources have another.
pub(super) fn drift(held: Held, slots: &Slots, mine: &[Run], run: &Run) -> Option<Drift> {
    let sources = held.sources;
    let around = around(&held.witness.report.text, held.passage, &run.at, sources.forms);
    // "California Republican": a role, not a name.
    let role = run.words.len() > 1 && run.words.iter().any(|w| super::is_party(w));
    if role || around.is_empty() || run.kind.is_none() && !slots.is_name(run.last()) {
        return None;
    }
    let beside = Beside::of(&held.witness.report.text, held.passage, &run.at, sources.forms);
    let mosts = around.mosts(sources);
    let most_at = |place: Place| {
        mosts.binary_search_by_key(&sources.rank(place), |m| sources.rank(m.0)).map_or(0.0, |at| mosts[at].1)
    };
    let (mut rival, mut rival_fit, mut stands): (Option<Other>, f64, Option<(usize, Other)>) = (None, 0.0, None);
    let best_most = mosts.iter().map(|m| m.1).fold(0.0, f64::max);
    let mut seen = Seen { best_most, ..Seen::default() };
    let mut own_beside = 0;
    for place in near(sources, &mosts) {
        let most = most_at(place);
        let (witness, passage) = sources.at(place);
        for other in slots.names(place) {
            let fit = || around.fit_with_neighbours(&witness.passages, place.passage, &other.at);
            let sides = || beside.shared(&Beside::of(&witness.report.text, passage, &other.at, sources.forms));
            if run.may_be(other) {
                own_beside = own_beside.max(sides());
                seen.own = seen.own.max(fit().score);
                seen.own_most = seen.own_most.max(most);
                continue;
            }
            let named = other.kind.is_some() || other.words.iter().all(|w| slots.is_name(w));
            if !named || !goes_with(run, other) || mine.iter().any(|m| m.may_be(other)) {
                continue;
            }
            let (fit, sides) = (fit(), sides());
            let other = Other { place, run: other, most };
            if sides > 0 && stands.is_none_or(|(n, best)| (sides, most) > (n, best.most)) {
                stands = Some((sides, other));
            }
            if fit.shared >= 2 && fit.score > rival_fit {
                (rival, rival_fit) = (Some(other), fit.score);
            }
        }
        if most > seen.own && is_spoken_of(sources, slots, place, run) {
            seen.own = seen.own.max(CARRIED * most);
            seen.own_most = seen.own_most.max(most);
        }
    }
    if let Some((sides, other)) = stands
        && own_beside == 0
        && other.most >= 0.85 * seen.best_most.max(WORTH * 1.5)
        && run.kind.is_some_and(|kind| names_somebody(kind) && other.run.kind == Some(kind))
        && !slots.is_one_bearer(run, other.run)
    {
        return Some(said_of(held, run, other, if sides > 1 { 0.85 } else { 0.75 }));
    }
    let other = rival.filter(|other| !slots.is_one_bearer(run, other.run))?;
    (seen.rival, seen.rival_most) = (rival_fit, other.most);
    let confidence = seen.confidence(run.kind.is_some() && run.kind == other.run.kind)?;
    Some(said_of(held, run, other, confidence))
}

/// Returns the passages that hold much of the words around a name, and those beside them, in order.
fn near(sources: &Sources, mosts: &[(Place, f64)]) -> Vec<Place> {
    let beside = |p: Place| [p.passage.checked_sub(1), Some(p.passage), Some(p.passage + 1)].map(|n| (p.witness, n));
    let all = mosts.iter().filter(|m| m.1 >= WORTH).flat_map(|m| beside(m.0));
    let places = all.filter_map(|(witness, passage)| Some(Place { witness, passage: passage? }));
    let mut found: Vec<Place> = places.filter(|place| sources.passage(*place).is_some()).collect();
    found.sort_by_key(|place| sources.rank(*place));
    found.dedup();
    found
}

/// A name of a source that may stand where the rewrite has another.
#[derive(Debug, Clone, Copy)]
struct Other<'a> {
    place: Place,
    run: &'a Run,
    /// The share of the words around the rewrite's name that its passage holds.
    most: f64,
}

fn said_of(held: Held, run: &Run, other: Other, confidence: f64) -> Drift {
    let span = |witness: &Witness, passage: &Passage, at: &Range<usize>| {
        witness.spanner.span(passage.words[at.start].bytes.start..passage.words[at.end - 1].bytes.end)
    };
    let (witness, passage) = held.sources.at(other.place);
    let there = span(witness, passage, &other.run.at);
    let explain = format!("the source says this of “{}”", there.text);
    Drift { confidence, ..of(DriftKind::Name, span(held.witness, held.passage, &run.at), Some(there), explain) }
}

/// How well the words around a name fit where the sources have it, and where they have another.
#[derive(Debug, Clone, Copy, Default)]
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
            (true, false) => Some(0.6),
            // Of the weaker ones too few were right to be shown unasked.
            (false, true) => Some(if rival >= 0.45 { 0.6 } else { 0.45 }),
            (false, false) => None,
        }
    }
}

fn names_somebody(kind: NameKind) -> bool {
    matches!(kind, NameKind::Person | NameKind::Place | NameKind::Organisation)
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
