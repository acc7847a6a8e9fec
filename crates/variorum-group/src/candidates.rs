//! Which earlier reports are worth holding against a new one: those that share its strongest words.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::likeness::{Weighed, WeighedTerm};

/// Strongest words by which a report can be found.
const POSTED: usize = 24;

/// Strongest words by which a report looks for others.
const ASKED: usize = 18;

/// Reports under a word that are looked at, the latest; what more share is no rare word.
const LOOKED_AT: usize = 128;

/// Reports of one story under one word; more of them would hide other stories.
const OF_ONE_STORY: usize = 12;

/// Reports by their strongest words.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Candidates {
    #[serde(with = "crate::shelf::sorted")]
    by_word: FxHashMap<u32, Vec<u32>>,
}

impl Candidates {
    /// Returns up to `most` earlier reports that share strong words, the most promising first.
    ///
    /// Forgotten reports may be among them until the next sweep.
    pub fn find(&self, report: &Weighed, most: usize) -> Vec<u32> {
        let known = report.terms.iter().filter(|weighed| self.by_word.contains_key(&weighed.term.key));
        let mut promise: FxHashMap<u32, f32> = FxHashMap::default();
        for weighed in strongest(known.copied().collect(), ASKED) {
            let holders = &self.by_word[&weighed.term.key];
            let part = weighed.weight() * weighed.rarity;
            for &holder in &holders[holders.len().saturating_sub(LOOKED_AT)..] {
                *promise.entry(holder).or_default() += part;
            }
        }
        let mut found: Vec<(u32, f32)> = promise.into_iter().collect();
        let better = |a: &(u32, f32), b: &(u32, f32)| b.1.total_cmp(&a.1).then(b.0.cmp(&a.0));
        if found.len() > most {
            found.select_nth_unstable_by(most, better);
            found.truncate(most);
        }
        found.sort_unstable_by(better);
        found.into_iter().map(|(holder, _)| holder).collect()
    }

    /// Makes a report findable by its strongest words; `story_of` tells the story of a kept report.
    pub fn post(&mut self, at: u32, report: &Weighed, story_of: impl Fn(u32) -> Option<u32>) {
        let story = story_of(at);
        for weighed in strongest(report.terms.clone(), POSTED) {
            let holders = self.by_word.entry(weighed.term.key).or_default();
            let recent = &holders[holders.len().saturating_sub(LOOKED_AT)..];
            let of_this = recent.iter().filter(|&&holder| story.is_some() && story_of(holder) == story);
            if holders.len() >= OF_ONE_STORY && of_this.count() >= OF_ONE_STORY {
                continue;
            }
            if holders.len() >= 2 * LOOKED_AT {
                holders.drain(..LOOKED_AT);
            }
            holders.push(at);
        }
    }

    /// Drops the reports that are forgotten.
    pub fn sweep(&mut self, kept: impl Fn(u32) -> bool) {
        self.by_word.retain(|_, holders| {
            holders.retain(|&holder| kept(holder));
            !holders.is_empty()
        });
        self.by_word.shrink_to_fit();
    }
}

/// Returns the words with the greatest weights, ties by key.
fn strongest(mut terms: Vec<WeighedTerm>, most: usize) -> Vec<WeighedTerm> {
    let stronger =
        |a: &WeighedTerm, b: &WeighedTerm| b.weight().total_cmp(&a.weight()).then(a.term.key.cmp(&b.term.key));
    if terms.len() > most {
        terms.select_nth_unstable_by(most, stronger);
        terms.truncate(most);
    }
    terms.sort_unstable_by(stronger);
    terms
}
