//! Drift: what a rewrite changed or invented, slot by slot.

mod acts;
mod around;
pub(crate) mod attribution;
#[cfg(test)]
mod cases;
mod cause;
mod claim;
mod date;
mod figure;
mod frames;
mod hedge;
mod ladder;
pub(crate) mod name;
mod number;
mod omission;
mod operators;
mod polarity;
mod poles;
mod quote;
mod scope;
mod site;
pub(crate) mod slots;
mod turns;

pub(crate) use quote::verbatim as prints;

use variorum_news::{Drift, DriftKind, Span};

use crate::confidence;
use crate::sources::{Sources, Support};
use crate::witness::{Passage, Witness};

/// One passage of a rewrite, and what the sources have beside it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Held<'a, 'r> {
    /// The rewrite.
    pub witness: &'a Witness<'r>,
    /// Its passage.
    pub passage: &'a Passage,
    /// The sources.
    pub sources: &'a Sources<'a, 'r>,
    /// How well they bear it out.
    pub support: &'a Support,
}

/// Returns what a passage changed of its sources, in order of place, each with how likely it is right.
pub(crate) fn drift(held: Held) -> Vec<Drift> {
    let mut found = strong(held);
    confidence::settle(held, &mut found);
    found
}

/// Returns the words of a passage that may turn a claim, with what is measured of them: what their weights are fitted on.
pub(crate) fn turned(held: Held) -> Vec<(Drift, Vec<(&'static str, f64)>)> {
    let turns = turns::turns(&claim::Scene::new(held));
    turns.into_iter().map(|turn| (turn.measures.clone(), turn)).map(|(m, turn)| (turn.drift(0.0), m)).collect()
}

/// Returns the same with how strong each finding is by the lights of its own comparison.
pub(crate) fn strong(held: Held) -> Vec<Drift> {
    let mut found: Vec<Drift> = Vec::new();
    found.extend(figure::drift(held));
    found.extend(date::drift(held));
    found.extend(name::drift(held));
    found.extend(quote::drift(held));
    found.extend(claim::drift(held));
    found.sort_by_key(|d| (d.rewrite.start, d.rewrite.end, d.kind));
    found.dedup_by(|a, b| a.kind == b.kind && a.rewrite == b.rewrite);
    found
}

impl Held<'_, '_> {
    /// Returns the likest source passages that are at least so alike.
    pub fn near(&self, least: f64) -> impl Iterator<Item = (&Witness<'_>, &Passage, f64)> {
        self.support.best.iter().filter(move |(_, score)| *score >= least).map(|(place, score)| {
            let (witness, passage) = self.sources.at(*place);
            (witness, passage, *score)
        })
    }
}

fn of(kind: DriftKind, rewrite: Span, source: Option<Span>, explain: impl Into<String>) -> Drift {
    Drift { kind, rewrite, source, explain: explain.into(), proposed: false, confidence: 1.0 }
}
