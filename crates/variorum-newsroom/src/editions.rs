//! Editions: what changed in a story, each time something did that a reader would see.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use variorum_news::{ReportId, Story};
use variorum_store::{Fingerprint, ReportRow};
use xxhash_rust::xxh3::xxh3_64;

use crate::{Changes, Decision, Ruling, drift_key, variant_key};

/// What a story shows, as far as a reader would notice when it changes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Shown {
    reports: BTreeMap<ReportId, Fingerprint>,
    origins: u32,
    variants: BTreeSet<String>,
    drift: BTreeSet<String>,
    /// Findings that a person ruled on.
    rulings: BTreeMap<String, Ruling>,
    /// The words of the account and the title.
    words: u64,
}

/// What is new since the edition before. Only that is kept, so that a large story costs no more than what comes to it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Edition {
    came: Vec<ReportId>,
    left: Vec<ReportId>,
    revised: Vec<ReportId>,
    origins: (u32, u32),
    new_variants: Vec<String>,
    gone_variants: Vec<String>,
    new_drift: Vec<String>,
    gone_drift: Vec<String>,
}

impl Shown {
    /// Returns what a story shows.
    pub fn of(story: &Story, rows: &[(ReportRow, Fingerprint)], decisions: &BTreeMap<String, Decision>) -> Self {
        let mut words = String::new();
        story.title.iter().for_each(|span| words.push_str(&span.text));
        for sentence in &story.account {
            words.push_str(&format!("\n{:?} {}", sentence.mark, sentence.text));
        }
        Shown {
            reports: rows.iter().map(|(row, print)| (row.id.clone(), *print)).collect(),
            origins: u32::try_from(story.origins.len()).unwrap_or(u32::MAX),
            variants: story.variants.iter().map(variant_key).collect(),
            drift: story.drift.iter().map(drift_key).collect(),
            rulings: decisions.iter().map(|(key, decision)| (key.clone(), decision.ruling)).collect(),
            words: xxh3_64(words.as_bytes()),
        }
    }

    /// Returns what is new since the last edition; none where a reader would see no change.
    pub fn since(&self, last: Option<&Shown>) -> Option<Edition> {
        let nothing = Shown {
            reports: BTreeMap::new(),
            origins: 0,
            variants: BTreeSet::new(),
            drift: BTreeSet::new(),
            rulings: BTreeMap::new(),
            words: 0,
        };
        let last = last.unwrap_or(&nothing);
        let less = |a: &BTreeMap<ReportId, Fingerprint>, b: &BTreeMap<ReportId, Fingerprint>| {
            a.keys().filter(|id| !b.contains_key(*id)).cloned().collect()
        };
        let revised = self.reports.iter().filter(|(id, print)| last.reports.get(*id).is_some_and(|was| was != *print));
        let edition = Edition {
            came: less(&self.reports, &last.reports),
            left: less(&last.reports, &self.reports),
            revised: revised.map(|(id, _)| id.clone()).collect(),
            origins: (last.origins, self.origins),
            new_variants: self.variants.difference(&last.variants).cloned().collect(),
            gone_variants: last.variants.difference(&self.variants).cloned().collect(),
            new_drift: self.drift.difference(&last.drift).cloned().collect(),
            gone_drift: last.drift.difference(&self.drift).cloned().collect(),
        };
        (self != last).then_some(edition)
    }
}

impl Edition {
    /// Returns how many independent origins there were when it was made.
    pub fn origins_after(&self) -> u32 {
        self.origins.1
    }
}

/// Returns what changed over editions in a row.
pub fn sum(editions: &[Edition], from: Option<(u32, i64)>, to: (u32, i64)) -> Changes {
    let mut reports = Moved::default();
    let (mut variants, mut drift) = (Moved::default(), Moved::default());
    let mut revised: BTreeSet<ReportId> = BTreeSet::new();
    for edition in editions {
        reports.add(&edition.came, &edition.left);
        variants.add(&edition.new_variants, &edition.gone_variants);
        drift.add(&edition.new_drift, &edition.gone_drift);
        revised.extend(edition.revised.iter().cloned());
    }
    revised.retain(|id| !reports.new.contains(id) && !reports.gone.contains(id));
    let origins = match editions {
        [first, .., last] => (first.origins.0, last.origins.1),
        [only] => only.origins,
        [] => (0, 0),
    };
    Changes {
        from,
        to,
        came: reports.new.into_iter().collect(),
        left: reports.gone.into_iter().collect(),
        revised: revised.into_iter().collect(),
        origins,
        new_variants: variants.new.into_iter().collect(),
        settled_variants: variants.gone.len(),
        new_drift: drift.new.into_iter().collect(),
        settled_drift: drift.gone.len(),
    }
}

/// What came and what went; what did both is neither.
struct Moved<T> {
    new: BTreeSet<T>,
    gone: BTreeSet<T>,
}

impl<T> Default for Moved<T> {
    fn default() -> Self {
        Moved { new: BTreeSet::new(), gone: BTreeSet::new() }
    }
}

impl<T: Ord + Clone> Moved<T> {
    fn add(&mut self, new: &[T], gone: &[T]) {
        for one in new {
            if !self.gone.remove(one) {
                self.new.insert(one.clone());
            }
        }
        for one in gone {
            if !self.new.remove(one) {
                self.gone.insert(one.clone());
            }
        }
    }
}
