//! Which passages of different reports say the same.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::witness::{Forms, Passage, Witness};

/// A passage of a set of witnesses: whose, and which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Place {
    /// Index of the witness.
    pub witness: usize,
    /// Index of the passage.
    pub passage: usize,
}

/// How alike two passages are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Likeness {
    /// From 0 to 1: weighted words in common, for texts of unlike length too.
    pub score: f64,
    /// How many content words they share.
    pub shared: usize,
}

/// The reach of one alignment: how many passages a rare word may lead to, and how many each passage is held against.
const MOST_IN_LIST: usize = 400;
const MOST_CANDIDATES: usize = 60;
const KEYS: usize = 10;
/// Two clusters join where their members are so alike, as shares of what two passages need: on average, and at least.
const MEAN: f64 = 0.85;
const LOWEST: f64 = 0.4;

/// Returns how alike two passages are by their weighted content words.
///
/// The cosine alone would punish a passage that joins what another report tells in two sentences, so the share of the
/// smaller side that the larger holds counts too, somewhat less.
pub(crate) fn likeness(a: &Passage, b: &Passage, forms: &Forms) -> Likeness {
    let (mut both, mut shared) = (0.0, 0);
    let (mut i, mut j) = (0, 0);
    while i < a.forms.len() && j < b.forms.len() {
        match a.forms[i].cmp(&b.forms[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                let weight = forms.weight(a.forms[i]);
                both += weight * weight;
                shared += 1;
                i += 1;
                j += 1;
            }
        }
    }
    if shared == 0 {
        return Likeness { score: 0.0, shared };
    }
    let size = |p: &Passage| p.forms.iter().map(|&f| forms.weight(f).powi(2)).sum::<f64>();
    let (left, right) = (size(a), size(b));
    let cosine = both / (left * right).sqrt();
    let part = both / left.min(right);
    let score = if shared >= 3 { cosine.max(0.75 * part) } else { cosine };
    Likeness { score: score.min(1.0), shared }
}

/// Returns the pairs of like passages of different witnesses, best first.
pub(crate) fn pairs(witnesses: &[Witness], forms: &Forms, least: f64) -> Vec<(Place, Place, f64)> {
    let index = index(witnesses);
    let mut found = Vec::new();
    for (w, witness) in witnesses.iter().enumerate() {
        for (p, passage) in witness.told() {
            let here = Place { witness: w, passage: p };
            for there in candidates(here, passage, &index, forms) {
                let other = &witnesses[there.witness].passages[there.passage];
                let like = likeness(passage, other, forms);
                if like.score >= least && (like.shared >= 2 || like.score >= 0.7) {
                    found.push((here.min(there), here.max(there), like.score));
                }
            }
        }
    }
    found.sort_by(|a, b| b.2.total_cmp(&a.2).then((a.0, a.1).cmp(&(b.0, b.1))));
    found.dedup_by(|a, b| (a.0, a.1) == (b.0, b.1));
    found
}

fn index(witnesses: &[Witness]) -> FxHashMap<u32, Vec<Place>> {
    let mut index: FxHashMap<u32, Vec<Place>> = FxHashMap::default();
    for (w, witness) in witnesses.iter().enumerate() {
        for (p, passage) in witness.told() {
            for &form in &passage.forms {
                index.entry(form).or_default().push(Place { witness: w, passage: p });
            }
        }
    }
    index
}

fn candidates(here: Place, passage: &Passage, index: &FxHashMap<u32, Vec<Place>>, forms: &Forms) -> Vec<Place> {
    let mut keys: Vec<u32> = passage.forms.iter().copied().filter(|&f| forms.passages[f as usize] > 1).collect();
    keys.sort_by_key(|&f| (forms.passages[f as usize], f));
    let mut votes: BTreeMap<Place, f64> = BTreeMap::new();
    for &key in keys.iter().take(KEYS) {
        let list = index.get(&key).map_or(&[][..], Vec::as_slice);
        for &place in list.iter().take(MOST_IN_LIST) {
            if place.witness != here.witness {
                *votes.entry(place).or_default() += forms.weight(key);
            }
        }
    }
    let mut ranked: Vec<(Place, f64)> = votes.into_iter().collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    ranked.truncate(MOST_CANDIDATES);
    ranked.into_iter().map(|(place, _)| place).collect()
}

/// Returns clusters of passages that say the same, each sorted; passages without a like stand alone.
///
/// Pairs join from the best down; two clusters join only when their members are alike on average, so that a chain of
/// half-likenesses does not tie two unlike statements together.
pub(crate) fn clusters(
    witnesses: &[Witness],
    forms: &Forms,
    pairs: &[(Place, Place, f64)],
    least: f64,
) -> Vec<Vec<Place>> {
    let mut home: BTreeMap<Place, usize> = BTreeMap::new();
    let mut groups: Vec<Vec<Place>> = Vec::new();
    for (w, witness) in witnesses.iter().enumerate() {
        for (p, _) in witness.told() {
            let place = Place { witness: w, passage: p };
            home.insert(place, groups.len());
            groups.push(vec![place]);
        }
    }
    for &(a, b, score) in pairs {
        let (x, y) = (home[&a], home[&b]);
        if score < least || x == y {
            continue;
        }
        let (mean, lowest) = cross_likeness(witnesses, forms, &groups[x], &groups[y]);
        if mean < least * MEAN || lowest < least * LOWEST {
            continue;
        }
        let (into, from) = (x.min(y), x.max(y));
        let moved = std::mem::take(&mut groups[from]);
        for place in &moved {
            home.insert(*place, into);
        }
        groups[into].extend(moved);
    }
    groups.retain(|g| !g.is_empty());
    groups.iter_mut().for_each(|g| g.sort());
    groups.sort();
    groups
}

/// The mean and the least likeness of the members of two clusters, over at most eight members a side, spread evenly, which keeps a story of a thousand reports affordable.
fn cross_likeness(witnesses: &[Witness], forms: &Forms, a: &[Place], b: &[Place]) -> (f64, f64) {
    let spread = |g: &[Place]| -> Vec<Place> { g.iter().copied().step_by(g.len().div_ceil(8).max(1)).collect() };
    let (a, b) = (spread(a), spread(b));
    let at = |place: &Place| &witnesses[place.witness].passages[place.passage];
    let likes = a.iter().flat_map(|x| b.iter().map(move |y| (x, y))).map(|(x, y)| likeness(at(x), at(y), forms).score);
    let (sum, lowest) = likes.fold((0.0, 1.0), |(sum, lowest): (f64, f64), like| (sum + like, lowest.min(like)));
    (sum / (a.len() * b.len()) as f64, lowest)
}
