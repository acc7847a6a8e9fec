//! Finds the earlier report that has the same text.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::profile::Term;
use crate::sketch::Sketch;

/// Share of the shorter text's runs of three words that the other must hold: one word in twelve may differ.
const SAME_TEXT: f64 = 0.62;

/// The shorter text must be this much of the longer: a paragraph quoted in a long report makes no duplicate.
const LEAST_PART: f64 = 0.28;

/// Names and numbers below which they prove nothing against a copy.
const FEW_PARTICULARS: usize = 4;

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
    /// Returns the earliest kept report with the same text; `kept` gives the wording of one that is not forgotten.
    pub fn find<'a>(&self, report: Wording, kept: impl Fn(u32) -> Option<Wording<'a>>) -> Option<u32> {
        let sketch = report.sketch;
        let same = self.wholes.get(&sketch.whole?).copied();
        // A forgotten report stays in the tables until the next sweep.
        if let Some(same) = same.filter(|&same| kept(same).is_some()) {
            return Some(same);
        }
        let mut agreed: BTreeMap<u32, usize> = BTreeMap::new();
        for band in sketch.bands() {
            let holders = self.bands.get(&band).map_or(&[][..], Vec::as_slice);
            holders.iter().take(LOOKED_AT).for_each(|&holder| *agreed.entry(holder).or_default() += 1);
        }
        let mut likely: Vec<(u32, usize)> = agreed.into_iter().collect();
        likely.sort_by_key(|&(holder, bands)| (std::cmp::Reverse(bands), holder));
        let found = likely.into_iter().take(COMPARED).map(|(holder, _)| holder);
        found.filter(|&holder| kept(holder).is_some_and(|other| is_copy(report, other))).min()
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

/// What tells whether two reports have the same text.
#[derive(Debug, Clone, Copy)]
pub struct Wording<'a> {
    /// Runs of words.
    pub sketch: &'a Sketch,
    /// Words, names and numbers.
    pub terms: &'a [Term],
}

/// Tells whether two reports are of one text, up to small edits, a frame or a cut.
pub fn is_copy(a: Wording, b: Wording) -> bool {
    let (fewer, more) = if a.sketch.words <= b.sketch.words { (a, b) } else { (b, a) };
    f64::from(fewer.sketch.words) >= LEAST_PART * f64::from(more.sketch.words)
        && fewer.sketch.containment(more.sketch) >= SAME_TEXT
        && same_particulars(fewer.terms, more.terms)
}

/// A form letter told of two incidents shares its wording but neither names nor numbers.
fn same_particulars(fewer: &[Term], more: &[Term]) -> bool {
    let particular = |term: &&Term| term.is_number() || term.reads_as_name() == Some(true);
    let holds = |term: &Term| more.binary_search_by_key(&term.key, |other| other.key).is_ok();
    let all = fewer.iter().filter(particular).count();
    let kept = fewer.iter().filter(particular).filter(|term| holds(term)).count();
    all < FEW_PARTICULARS || 2 * kept >= all
}
