//! The tools that are compared: texts in, for each the earlier text that it repeats out.

use std::any::Any;

use gaoya::minhash::{MinHashIndex, MinHasher, MinHasher32};
use gaoya::text::whitespace_split;
use variorum_group::Duplicates;

/// A tool, ready to be told texts one by one.
pub struct Tool {
    pub name: &'static str,
    /// Returns what was found, and the index, so that its size can be told.
    pub run: fn(&[&str]) -> Answers,
}

/// The earlier text that each text repeats, and the index that told.
pub type Answers = (Vec<Option<u32>>, Box<dyn Any>);

/// Ours, then peers.
pub const TOOLS: [Tool; 3] = [
    Tool { name: "variorum", run: variorum },
    Tool { name: "gaoya 32 x 4, .5", run: |texts| gaoya(texts, (32, 4), 0.5) },
    Tool { name: "gaoya 64 x 2, .1", run: |texts| gaoya(texts, (64, 2), 0.1) },
];

fn variorum(texts: &[&str]) -> Answers {
    let mut duplicates = Duplicates::default();
    let found = texts.iter().map(|text| duplicates.take(text)).collect();
    (found, Box::new(duplicates))
}

/// As its documentation does it: runs of three words of the lowered text, signed and kept in bands.
fn gaoya(texts: &[&str], (bands, rows): (usize, usize), threshold: f64) -> Answers {
    let hasher = MinHasher32::new(bands * rows);
    let mut index = MinHashIndex::new(bands, rows, threshold);
    let one = |(at, text): (usize, &&str)| {
        let lowered = text.to_lowercase();
        let words: Vec<&str> = whitespace_split(&lowered).collect();
        let signature = hasher.create_signature(words.windows(3));
        let found = index.query_one(&signature).map(|(&at, _)| at);
        index.insert(at as u32, signature);
        found
    };
    let found = texts.iter().enumerate().map(one).collect();
    (found, Box::new(index))
}
