//! Which passages of different reports say the same.

mod candidates;
mod clusters;
mod lines;
mod same;
mod saying;

use std::collections::BTreeMap;

pub(crate) use candidates::likeness;
use same::Kind;
pub use same::MEASURES;

use crate::witness::{Forms, Witness};

/// A passage of a set of witnesses: whose, and which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Place {
    /// Index of the witness.
    pub witness: usize,
    /// Index of the passage.
    pub passage: usize,
}

/// A passage, or a clause of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Part {
    /// The passage.
    pub place: Place,
    /// The first word of the clause and the one after its last; none for the whole passage.
    pub words: Option<(usize, usize)>,
}

/// Parts that say the same.
#[derive(Debug)]
pub(crate) struct Cluster {
    /// The parts, sorted.
    pub parts: Vec<Part>,
    /// How likely they all say the same.
    pub sure: f64,
}

/// What an alignment found.
#[derive(Debug)]
pub(crate) struct Alignment {
    /// Pairs of passages that are compared, with their likeness, best first.
    pub pairs: Vec<(Place, Place, f64)>,
    /// Passages and clauses that say the same, sorted; a passage without a like stands alone.
    pub clusters: Vec<Cluster>,
}

/// Passages at least so alike are compared at all.
const COMPARED: f64 = 0.12;
/// A line that stands in many reports is paired with another through so many of its places.
const COPIES: usize = 8;

/// Aligns the passages of the witnesses of one story.
pub(crate) fn align(witnesses: &[Witness], forms: &Forms) -> Alignment {
    let lines = lines::lines(witnesses, forms);
    let kind = lines::kind(witnesses);
    let pairs = candidates::pairs(&lines, forms, COMPARED);
    let mut clusters = clusters::clusters(witnesses, forms, &lines, &pairs, kind);
    for cluster in &mut clusters {
        cluster.parts.sort_unstable();
    }
    clusters.sort_by(|a, b| a.parts.cmp(&b.parts));
    Alignment { pairs: places(&lines, &pairs), clusters }
}

/// The pairs of places that the pairs of lines stand for, best first.
fn places(lines: &[lines::Line], pairs: &[(usize, usize, f64)]) -> Vec<(Place, Place, f64)> {
    let mut found = Vec::with_capacity(pairs.len());
    let mut pair = |a: Place, b: Place, score: f64| {
        if a.witness != b.witness {
            found.push((a.min(b), a.max(b), score));
        }
    };
    for line in lines {
        let few = &line.places[..line.places.len().min(COPIES)];
        for (n, &a) in few.iter().enumerate() {
            few[n + 1..].iter().for_each(|&b| pair(a, b, 1.0));
        }
    }
    for &(x, y, score) in pairs {
        for &a in lines[x].places.iter().take(COPIES) {
            lines[y].places.iter().take(COPIES).for_each(|&b| pair(a, b, score));
        }
    }
    found.sort_by(|a, b| b.2.total_cmp(&a.2).then((a.0, a.1).cmp(&(b.0, b.1))));
    found
}

/// Returns what some pairs of passages have in common, by name: for those who fit the weights.
pub(crate) fn measured(
    witnesses: &[Witness],
    forms: &Forms,
    pairs: &[(Place, Place)],
) -> Vec<BTreeMap<&'static str, f64>> {
    let lines = lines::lines(witnesses, forms);
    let home: BTreeMap<Place, usize> =
        lines.iter().enumerate().flat_map(|(n, line)| line.places.iter().map(move |p| (*p, n))).collect();
    let mut sureness = clusters::Sureness::new(witnesses, forms, &lines, Kind::Answers);
    let named = |measures: same::Measures| same::MEASURES.into_iter().zip(measures).collect();
    pairs
        .iter()
        .map(|(a, b)| match (home.get(a), home.get(b)) {
            (Some(&x), Some(&y)) => named(sureness.measures(x, y)),
            _ => BTreeMap::new(),
        })
        .collect()
}
