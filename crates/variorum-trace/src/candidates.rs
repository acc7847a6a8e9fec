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
    let mut index: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
    for (at, profile) in profiles.iter().enumerate() {
        for run in &profile.runs {
            index.entry(*run).or_default().push(at as u32);
        }
    }
    let mut found = Vec::new();
    let mut counts = vec![0u32; n];
    for (at, profile) in profiles.iter().enumerate() {
        counts.fill(0);
        for run in &profile.runs {
            // A run that very many have is posted for the first of them only: they stand for the rest.
            index[run].iter().take(COMMON).for_each(|other| counts[*other as usize] += 1);
        }
        counts[at] = 0;
        let mut partners: Vec<usize> = (0..n).filter(|other| counts[*other] >= 2).collect();
        partners.sort_by_key(|other| (std::cmp::Reverse(counts[*other]), *other));
        partners.truncate(PARTNERS);
        found.extend(partners.into_iter().map(|other| (at.min(other), at.max(other))));
    }
    found.sort_unstable();
    found.dedup();
    (found, Unmeasured::Unknown)
}

/// Tells whether two reports share enough to be measured: a tenth of the lesser one's words and some runs.
fn glance(a: &Profile<'_>, b: &Profile<'_>) -> bool {
    let least = a.runs.len().min(b.runs.len());
    let runs = shared(&a.runs, &b.runs);
    runs >= 2 && runs * 100 >= least || shared(&a.plain, &b.plain) * 3 >= a.plain.len().min(b.plain.len())
}
