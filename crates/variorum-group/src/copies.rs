//! Finds the earlier report that has the same text.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::same::Reading;
use crate::sketch::{Sketch, is_kept};
use crate::table::Table;

/// Runs of a text by which it is found, at most; a text of more is sampled down to half as many or more.
const KEYS: usize = 72;

/// Keys that two texts must have in common to be held against each other.
pub const LEAST_COMMON: usize = 3;

/// Reports that are held against a new one at most, those that share most keys first.
pub const COMPARED: usize = 8;

/// Share of runs by which a copy may be less like the first text than like the one it is most like.
pub const AS_GOOD: f64 = 0.1;

/// What finds earlier reports by their wording.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Copies {
    #[serde(with = "crate::shelf::sorted")]
    wholes: FxHashMap<u64, u32>,
    table: Table,
}

/// What a text repeats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repeat {
    /// The report whose text it is.
    pub of: u32,
    /// Whether it has a good part that the other lacks, or was edited heavily.
    pub adds: bool,
}

impl Copies {
    /// Returns the earliest kept report whose text it shares as well as any other's; `kept` gives the sketch of one that
    /// is not forgotten.
    pub fn find<'a>(&self, sketch: &Sketch, kept: impl Fn(u32) -> Option<&'a Sketch>) -> Option<Repeat> {
        let same = self.wholes.get(&sketch.whole?).copied();
        // A forgotten report stays in the tables until the next sweep.
        if let Some(of) = same.filter(|&same| kept(same).is_some()) {
            return Some(Repeat { of, adds: false });
        }
        let likely = self.likely(sketch);
        if likely.is_empty() {
            return None;
        }
        let reading = Reading::of(sketch);
        let copied = |(_, at): (usize, u32)| Some((reading.copied(kept(at)?)?, at));
        let copied: Vec<(f64, u32)> = likely.into_iter().take(COMPARED).filter_map(copied).collect();
        let best = copied.iter().map(|&(share, _)| share).fold(0.0, f64::max);
        let as_good = copied.into_iter().filter(|&(share, _)| share >= best - AS_GOOD);
        let (share, of) = as_good.min_by_key(|&(_, at)| at)?;
        Some(Repeat { of, adds: kept(of).is_some_and(|of| reading.adds_to(of, share)) })
    }

    /// Returns the reports that share enough keys, those that share most first.
    fn likely(&self, sketch: &Sketch) -> Vec<(usize, u32)> {
        let keys = Keys::of(sketch);
        let mut holders: Vec<u32> = Vec::with_capacity(2 * KEYS);
        self.table.holders(keys.all(), &mut holders);
        holders.sort_unstable();
        let runs = holders.chunk_by(|a, b| a == b);
        let mut likely: Vec<(usize, u32)> =
            runs.filter(|same| same.len() >= LEAST_COMMON).map(|same| (same.len(), same[0])).collect();
        likely.sort_unstable_by_key(|&(common, holder)| (std::cmp::Reverse(common), holder));
        likely
    }

    /// Keeps a report that is no copy, or that adds to what it copies.
    pub fn keep(&mut self, at: u32, sketch: &Sketch) {
        let Some(whole) = sketch.whole else { return };
        self.wholes.insert(whole, at);
        self.table.post(at, Keys::of(sketch).all());
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
        self.table.sweep(kept);
    }

    /// Returns the bytes that are held, free room included.
    pub fn heap(&self) -> usize {
        // A slot of the map has a byte of control beside its key and value, and an eighth of the slots stays free.
        self.wholes.capacity() * 8 / 7 * (size_of::<(u64, u32)>() + 1) + self.table.heap()
    }
}

/// The runs by which a text is found: all, or those whose hash ends in enough zero bits to leave few.
///
/// What two texts share is in the keys of both from the coarser of their levels on.
pub struct Keys {
    keys: [u32; KEYS + 1],
    count: usize,
}

impl Keys {
    /// Returns the keys of a sketch.
    pub fn of(sketch: &Sketch) -> Self {
        let kept_at = |level| sketch.runs().iter().filter(|&&run| is_kept(run, level)).count();
        let mut level = sketch.level() + (sketch.runs().len() / KEYS).max(1).ilog2() as u8;
        while kept_at(level) > KEYS {
            level += 1;
        }
        // Whether a run is kept is a toss of a coin, so all are written and some are written over.
        let mut found = Keys { keys: [0; KEYS + 1], count: 0 };
        for &run in sketch.runs() {
            found.keys[found.count] = run;
            found.count += usize::from(is_kept(run, level));
        }
        found
    }

    /// Returns them as one slice.
    pub fn all(&self) -> &[u32] {
        &self.keys[..self.count]
    }
}
