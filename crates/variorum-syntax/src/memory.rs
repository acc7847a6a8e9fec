//! Lines that a thread has parsed: an agency's words stand in many reports, and a comparison comes back to a sentence.
//!
//! What is remembered is what would be found again, so it leaves no trace in what is returned.

use std::cell::RefCell;

use rustc_hash::FxHashMap;

use crate::{Depth, Sentence};

/// A longer text is no line, and hardly comes again.
pub const LONGEST: usize = 2_000;

/// The most tokens that a thread remembers; then it begins anew.
const TOKENS: usize = 100_000;

thread_local! {
    static LINES: RefCell<Lines> = RefCell::default();
}

#[derive(Default)]
struct Lines {
    known: FxHashMap<Box<str>, (Depth, Vec<Sentence>)>,
    tokens: usize,
}

/// Returns the sentences of a text that was parsed before, as far as they are asked for.
pub fn recall(text: &str, depth: Depth) -> Option<Vec<Sentence>> {
    LINES.with_borrow(|lines| {
        let (known, sentences) = lines.known.get(text)?;
        if *known == depth {
            return Some(sentences.clone());
        }
        let without_names = |s: &Sentence| Sentence { tokens: s.tokens.clone(), names: Vec::new() };
        (depth == Depth::Trees).then(|| sentences.iter().map(without_names).collect())
    })
}

/// Remembers the sentences of a text.
pub fn keep(text: &str, depth: Depth, sentences: &[Sentence]) {
    LINES.with_borrow_mut(|lines| {
        lines.tokens += sentences.iter().map(|s| s.tokens.len()).sum::<usize>();
        if lines.tokens > TOKENS {
            *lines = Lines::default();
        }
        lines.known.insert(text.into(), (depth, sentences.to_vec()));
    });
}

#[cfg(test)]
mod tests {
    use crate::{Depth, parse_to};

    #[test]
    fn a_line_is_read_the_same_again() {
        let text = "Two ferries sank off Delmare, Ada Orr said.";
        let first = parse_to(text, Depth::Names);
        assert_eq!(parse_to(text, Depth::Names), first);
        let trees = parse_to(text, Depth::Trees);
        assert!(trees.iter().all(|sentence| sentence.names.is_empty()));
        assert_eq!(trees[0].tokens, first[0].tokens);
        assert_eq!(parse_to(text, Depth::Names), first);
    }
}
