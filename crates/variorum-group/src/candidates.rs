//! Which stories are worth holding against a new report: those that share its strongest words.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::counts::Class;
use crate::likeness::{Weighed, WeighedTerm};

/// Strongest words of a report by which its story can be found.
const POSTED: usize = 24;

/// Strongest words by which a report looks for stories.
const ASKED: usize = 20;

/// Strongest words of a report that are tried, since many of them are new.
const READ: usize = 60;

/// Stories under a word that are looked at, the latest; what more share is no rare word.
const LOOKED_AT: usize = 96;

/// How many stories are looked for.
#[derive(Debug, Clone, Copy)]
pub struct Reach {
    /// Stories at most.
    pub most: usize,
    /// Share of the best promise that each must have: what shares a single word is none of them.
    pub promising: f32,
}

/// Stories by the strongest words of their reports.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Candidates {
    #[serde(with = "crate::shelf::sorted")]
    by_word: FxHashMap<u32, Vec<u32>>,
}

impl Candidates {
    /// Returns the stories within reach that share strong words, the most promising first.
    ///
    /// `now` tells what became of a story: itself, what it went into, or none where it is forgotten.
    pub fn find(&self, report: &Weighed, reach: Reach, now: impl Fn(u32) -> Option<u32>) -> Vec<u32> {
        let held =
            |weighed: &WeighedTerm| Some((self.by_word.get(&weighed.term.key)?, weighed.weight() * weighed.rarity));
        let asked: Vec<(&Vec<u32>, f32)> = report.strongest().iter().filter_map(held).take(ASKED).collect();
        let latest = asked.iter().map(|&(holders, part)| (&holders[holders.len().saturating_sub(LOOKED_AT)..], part));
        let mut promises = Promises::of(latest.clone().map(|(holders, _)| holders.len()).sum());
        for (holders, part) in latest {
            holders.iter().for_each(|&holder| promises.add(holder, part));
        }
        let mut found = promises.made;
        let better = |a: &(u32, f32), b: &(u32, f32)| b.1.total_cmp(&a.1).then(b.0.cmp(&a.0));
        // Some of them may be forgotten, or have gone into one story.
        let ample = 2 * reach.most;
        if found.len() > ample {
            found.select_nth_unstable_by(ample, better);
            found.truncate(ample);
        }
        found.sort_unstable_by(better);
        let least = found.first().map_or(0.0, |best| reach.promising * best.1);
        let mut stories = Vec::with_capacity(reach.most);
        let promising = found.into_iter().take_while(|&(_, promise)| promise >= least);
        for story in promising.filter_map(|(holder, _)| now(holder)) {
            if stories.len() < reach.most && !stories.contains(&story) {
                stories.push(story);
            }
        }
        stories
    }

    /// Makes a story findable by the strongest words of one of its reports.
    pub fn post(&mut self, story: u32, report: &Weighed) {
        for weighed in report.strongest().iter().take(POSTED) {
            let holders = self.by_word.entry(weighed.term.key).or_default();
            if holders[holders.len().saturating_sub(LOOKED_AT)..].contains(&story) {
                continue;
            }
            if holders.len() >= 2 * LOOKED_AT {
                holders.drain(..LOOKED_AT);
            }
            holders.push(story);
        }
    }

    /// Drops the stories that are forgotten.
    pub fn sweep(&mut self, now: impl Fn(u32) -> Option<u32>) {
        self.by_word.retain(|_, holders| {
            holders.retain_mut(|holder| match now(*holder) {
                Some(story) => {
                    *holder = story;
                    true
                }
                None => false,
            });
            !holders.is_empty()
        });
        self.by_word.shrink_to_fit();
    }
}

/// What stories promise, in the order in which they were met: a small open table, because one is filled for each report.
struct Promises {
    /// One more than the place of a story, in order of its number but for collisions; zero is free.
    slots: Vec<u16>,
    made: Vec<(u32, f32)>,
}

impl Promises {
    /// Returns room for so many stories; there are two thousand at most.
    fn of(most: usize) -> Self {
        Promises { slots: vec![0; (2 * most + 1).next_power_of_two()], made: Vec::with_capacity(most) }
    }

    fn add(&mut self, story: u32, part: f32) {
        let mask = self.slots.len() - 1;
        let mut slot = story as usize & mask;
        while self.slots[slot] != 0 {
            let promise = &mut self.made[usize::from(self.slots[slot]) - 1];
            if promise.0 == story {
                promise.1 += part;
                return;
            }
            slot = (slot + 1) & mask;
        }
        self.made.push((story, part));
        self.slots[slot] = self.made.len() as u16;
    }
}

/// Returns the words of a report by which stories are found, the strongest first.
pub fn strongest_asking(terms: &[WeighedTerm]) -> Vec<WeighedTerm> {
    strongest(terms.iter().filter(|weighed| asks(weighed)).copied().collect(), READ)
}

/// Reports of one day name that day, whatever they tell.
fn asks(weighed: &WeighedTerm) -> bool {
    weighed.class != Class::Day
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
