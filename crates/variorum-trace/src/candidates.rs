//! Which pairs are worth measuring.

use rustc_hash::FxHashMap;

use crate::likeness::shared;
use crate::profile::Profile;

/// Up to here every pair gets a glance.
const ALL_PAIRS: usize = 150;
/// Of the reports that share one run, so many are looked at.
const COMMON: usize = 32;
/// The most partners that one report is measured against in a large story.
const PARTNERS: usize = 12;

/// What it means that a pair was not measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unmeasured {
    /// They share next to nothing.
    Unlike,
    /// Either of them had likelier partners.
    Unknown,
}

/// Returns the pairs to measure, lesser index first, in order, and what holds for the others.
///
/// In a small story a glance at the shared words is enough; a large one goes through an index of word runs, and each
/// report keeps the partners with which it shares most of them.
pub fn pairs(profiles: &[Profile<'_>]) -> (Vec<(usize, usize)>, Unmeasured) {
    let n = profiles.len();
    if n <= ALL_PAIRS {
        let all = (0..n).flat_map(|a| (a + 1..n).map(move |b| (a, b)));
        let seen = all.filter(|(a, b)| glance(&profiles[*a], &profiles[*b])).collect();
        return (seen, Unmeasured::Unlike);
    }
    let (heads, mut found) = heads(profiles);
    let mut index = Index::new(n);
    heads.iter().for_each(|head| index.post(*head, &profiles[*head]));
    for &head in &heads {
        let partners = index.partners(&profiles[head], head);
        found.extend(partners.into_iter().take(PARTNERS).map(|(_, other)| (head.min(other), head.max(other))));
    }
    found.sort_unstable();
    found.dedup();
    (found, Unmeasured::Unknown)
}

/// Returns the reports that stand for their near-copies, and each near-copy paired with the one that stands for it:
/// a hundred copies of one text must not be each other's only partners.
fn heads(profiles: &[Profile<'_>]) -> (Vec<usize>, Vec<(usize, usize)>) {
    let mut index = Index::new(profiles.len());
    let (mut heads, mut copies) = (Vec::new(), Vec::new());
    for (at, profile) in profiles.iter().enumerate() {
        let nearest = index.partners(profile, at).into_iter().next();
        let copied =
            nearest.filter(|(runs, head)| *runs * 10 >= 9 * profile.runs.len().max(profiles[*head].runs.len()));
        match copied {
            Some((_, head)) => copies.push((head, at)),
            None => {
                index.post(at, profile);
                heads.push(at);
            }
        }
    }
    (heads, copies)
}

/// Which reports have which word runs.
struct Index {
    holders: FxHashMap<u64, Vec<u32>>,
    counts: Vec<u32>,
}

impl Index {
    fn new(reports: usize) -> Self {
        Index { holders: FxHashMap::default(), counts: vec![0; reports] }
    }

    /// A run that very many have is posted for the first of them only: they stand for the rest.
    fn post(&mut self, at: usize, profile: &Profile<'_>) {
        for run in &profile.runs {
            let holders = self.holders.entry(*run).or_default();
            if holders.len() < COMMON {
                holders.push(at as u32);
            }
        }
    }

    /// Returns the posted reports that share at least two runs, with how many, most first.
    fn partners(&mut self, profile: &Profile<'_>, at: usize) -> Vec<(usize, usize)> {
        let mut seen = Vec::new();
        for holder in profile.runs.iter().filter_map(|run| self.holders.get(run)).flatten() {
            let count = &mut self.counts[*holder as usize];
            if *count == 0 {
                seen.push(*holder as usize);
            }
            *count += 1;
        }
        let mut partners = Vec::new();
        for other in seen {
            let count = std::mem::take(&mut self.counts[other]) as usize;
            if other != at && count >= 2 {
                partners.push((count, other));
            }
        }
        partners.sort_unstable_by_key(|(count, other)| (std::cmp::Reverse(*count), *other));
        partners
    }
}

/// Tells whether two reports share enough to be measured: a tenth of the lesser one's words and some runs.
fn glance(a: &Profile<'_>, b: &Profile<'_>) -> bool {
    let least = a.runs.len().min(b.runs.len());
    let runs = shared(&a.runs, &b.runs);
    runs >= 2 && runs * 100 >= least || shared(&a.plain, &b.plain) * 3 >= a.plain.len().min(b.plain.len())
}
