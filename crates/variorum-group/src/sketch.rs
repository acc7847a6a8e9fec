//! The wording of a report in little: what is needed to find its copies.

use serde::{Deserialize, Serialize};
use variorum_text::{Word, fold, shingles};
use xxhash_rust::xxh3::xxh3_64;

/// Bands of the signature; two reports that agree in one are held against each other.
pub const BANDS: usize = 64;

/// Rows of a band. Two rows find copies of which a third is left, where the usual four or more miss them.
const ROWS: usize = 2;

/// Words of a run.
const RUN: usize = 3;

/// Runs of words that a sketch keeps: the smallest hashes, an even sample where there are more.
const KEPT: usize = 400;

/// A text of fewer words says too little to call another its copy, unless the two are equal with their titles.
const ENOUGH_WORDS: usize = 20;

/// The wording of one report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sketch {
    /// The hash of all words in order (with the title's, where the text alone says too little); none where there are none.
    pub whole: Option<u64>,
    /// Words of the text.
    pub words: u32,
    /// The smallest hashes of runs of words, in order.
    runs: Vec<u32>,
    /// Tells whether there were more runs than are kept.
    cut: bool,
}

impl Sketch {
    /// Returns the sketch of a text.
    pub fn of(title: &[Word], text: &[Word]) -> Self {
        let folded: Vec<String> = text.iter().map(|word| fold(word.text)).collect();
        let mut whole = folded.join(" ");
        if text.len() < ENOUGH_WORDS {
            whole.insert(0, '\n');
            whole.insert_str(0, &title.iter().map(|word| fold(word.text)).collect::<Vec<_>>().join(" "));
        }
        let mut runs: Vec<u32> = if text.len() < ENOUGH_WORDS {
            Vec::new()
        } else {
            shingles(&folded, RUN).into_iter().map(scatter).collect()
        };
        runs.sort_unstable();
        runs.dedup();
        let cut = runs.len() > KEPT;
        runs.truncate(KEPT);
        runs.shrink_to_fit();
        Sketch { whole: (!text.is_empty()).then(|| xxh3_64(whole.as_bytes())), words: text.len() as u32, runs, cut }
    }

    /// Returns a key for each band of the signature: equal keys are likely where much wording is shared.
    ///
    /// Method: MinHash by one permutation (Li, Owen, Zhang 2012): the hashes fall into as many bins as the signature
    /// has rows, each bin gives its smallest; an empty bin borrows from the next filled one (Shrivastava and Li 2014).
    /// A sketch that is cut has its small hashes only, so the bins are cut from the hash's low bits.
    pub fn bands(&self) -> Vec<u32> {
        if self.runs.is_empty() {
            return Vec::new();
        }
        let mut bins = [None; BANDS * ROWS];
        for &run in &self.runs {
            // The runs come in rising order: the first in a bin is its smallest.
            bins[(run as usize) % (BANDS * ROWS)].get_or_insert(run);
        }
        (0..BANDS).map(|band| band_key(&bins, band)).collect()
    }

    /// Returns the share of the shorter text's runs of words that stand in the other, estimated where a sketch is cut.
    pub fn containment(&self, other: &Sketch) -> f64 {
        let limit = self.reach().min(other.reach());
        let (mine, theirs) = (upto(&self.runs, limit), upto(&other.runs, limit));
        let fewer = mine.len().min(theirs.len());
        if fewer < 8 {
            return 0.0;
        }
        shared(mine, theirs) as f64 / fewer as f64
    }

    /// Tells whether this text has a good part that the other lacks.
    pub fn adds_to(&self, other: &Sketch) -> bool {
        f64::from(self.words) > 1.3 * f64::from(other.words)
    }

    fn reach(&self) -> u32 {
        if self.cut { self.runs.last().copied().unwrap_or(u32::MAX) } else { u32::MAX }
    }
}

/// The hash of a run has weak low bits; a multiplication and a fold spread them.
fn scatter(hash: u64) -> u32 {
    let mixed = (hash ^ (hash >> 32)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed >> 32) as u32
}

fn band_key(bins: &[Option<u32>], band: usize) -> u32 {
    let rows = (0..ROWS).map(|row| borrowed(bins, band * ROWS + row));
    rows.fold(band as u32, |key, row| scatter((u64::from(key) << 32) | u64::from(row)))
}

fn borrowed(bins: &[Option<u32>], at: usize) -> u32 {
    let steps = 0..bins.len();
    let found = steps.map(|step| (step, bins[(at + step) % bins.len()])).find_map(|(step, bin)| Some((step, bin?)));
    found.map_or(0, |(step, run)| run.wrapping_add(step as u32))
}

fn upto(runs: &[u32], limit: u32) -> &[u32] {
    &runs[..runs.partition_point(|&run| run <= limit)]
}

fn shared(a: &[u32], b: &[u32]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, n) = (i + 1, j + 1, n + 1),
        }
    }
    n
}
