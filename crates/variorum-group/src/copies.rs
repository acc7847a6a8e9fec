//! Finds the earlier report that has the same text.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::sketch::Sketch;

/// Share of the shorter text's runs of three words that the other must hold: one word in twelve may differ.
const SAME_TEXT: f64 = 0.62;

/// The shorter text must be this much of the longer: a paragraph quoted in a long report makes no duplicate.
const LEAST_PART: f64 = 0.28;

/// Reports that are looked at in one band; a band that more share is a common opening or a form.
const LOOKED_AT: usize = 24;

/// Reports that are held against a new one at most, those that agree in most bands first.
const COMPARED: usize = 8;

/// Sketches of earlier reports by what finds them.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Copies {
    #[serde(with = "crate::shelf::sorted")]
    wholes: FxHashMap<u64, u32>,
    #[serde(with = "crate::shelf::sorted")]
    bands: FxHashMap<u32, Vec<u32>>,
}

impl Copies {
    /// Returns the earlier report with the same text as the sketch; `sketch_of` gives the sketch of a kept report.
    pub fn find<'a>(&self, sketch: &Sketch, sketch_of: impl Fn(u32) -> Option<&'a Sketch>) -> Option<u32> {
        let whole = sketch.whole?;
        if let Some(&same) = self.wholes.get(&whole) {
            // A forgotten report stays in the tables until the next sweep.
            if sketch_of(same).is_some() {
                return Some(same);
            }
        }
        let mut agreed: BTreeMap<u32, usize> = BTreeMap::new();
        for band in sketch.bands() {
            let holders = self.bands.get(&band).map_or(&[][..], Vec::as_slice);
            holders.iter().take(LOOKED_AT).for_each(|&holder| *agreed.entry(holder).or_default() += 1);
        }
        let mut likely: Vec<(u32, usize)> = agreed.into_iter().collect();
        likely.sort_by_key(|&(holder, bands)| (std::cmp::Reverse(bands), holder));
        let found = likely.into_iter().take(COMPARED).map(|(holder, _)| holder);
        found.filter(|&holder| sketch_of(holder).is_some_and(|other| is_copy(sketch, other))).min()
    }

    /// Keeps a report that is no copy, or that adds to what it copies.
    pub fn keep(&mut self, at: u32, sketch: &Sketch) {
        let Some(whole) = sketch.whole else { return };
        self.wholes.insert(whole, at);
        for band in sketch.bands() {
            let holders = self.bands.entry(band).or_default();
            // The first holders answer for all that share the band.
            if holders.len() < LOOKED_AT {
                holders.push(at);
            }
        }
    }

    /// Remembers a copy by its whole wording only, so that the next like it is found at once.
    pub fn keep_whole(&mut self, at: u32, sketch: &Sketch) {
        if let Some(whole) = sketch.whole {
            self.wholes.insert(whole, at);
        }
    }

    /// Drops the reports that are forgotten.
    pub fn sweep(&mut self, kept: impl Fn(u32) -> bool) {
        self.wholes.retain(|_, holder| kept(*holder));
        self.wholes.shrink_to_fit();
        self.bands.retain(|_, holders| {
            holders.retain(|&holder| kept(holder));
            !holders.is_empty()
        });
        self.bands.shrink_to_fit();
    }
}

/// Tells whether two sketches are of one text, up to small edits, a frame or a cut.
pub fn is_copy(a: &Sketch, b: &Sketch) -> bool {
    let (fewer, more) = (a.words.min(b.words), a.words.max(b.words));
    f64::from(fewer) >= LEAST_PART * f64::from(more) && a.containment(b) >= SAME_TEXT
}
