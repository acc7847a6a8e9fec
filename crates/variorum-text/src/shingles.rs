//! Runs of words as numbers.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

/// Returns a hash for every run of `size` folded words, in order; none where there are fewer words.
pub fn shingles<S: AsRef<str>>(folded: &[S], size: usize) -> Vec<u64> {
    folded
        .windows(size.max(1))
        .map(|run| {
            let mut hasher = FxHasher::default();
            run.iter().for_each(|word| word.as_ref().hash(&mut hasher));
            hasher.finish()
        })
        .collect()
}
