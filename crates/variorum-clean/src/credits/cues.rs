//! The table of cues of credits inside sentences, found by their first word.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::words::Token;

const CUES: &str = include_str!("../../data/credit-cues.tsv");

/// The most words that may stand where a cue leaves words open.
const GAP: usize = 8;

/// On which side of its cue an outlet stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Then,
    Before,
}

/// A cue: words that make an outlet beside them the source.
#[derive(Debug)]
pub(crate) struct Cue {
    pub side: Side,
    /// A noun that follows the outlet would make it another name's beginning ("the Times Square").
    pub lone: bool,
    words: Vec<&'static str>,
}

static BY_FIRST_WORD: LazyLock<BTreeMap<&'static str, Vec<Cue>>> = LazyLock::new(|| {
    let mut found: BTreeMap<&'static str, Vec<Cue>> = BTreeMap::new();
    for row in CUES.lines().filter(|row| !row.starts_with('#')) {
        let cells: Vec<&str> = row.split('\t').collect();
        let words: Vec<&str> = cells[2].split(' ').collect();
        let side = if cells[0] == "then" { Side::Then } else { Side::Before };
        found.entry(words[0]).or_default().push(Cue { side, lone: cells[1] == "lone", words });
    }
    // Of cues that begin alike the longest says most.
    found.values_mut().for_each(|cues| cues.sort_by_key(|cue| std::cmp::Reverse(cue.words.len())));
    found
});

/// Returns the cues that begin with a word.
pub(crate) fn beginning_with(word: &str) -> &'static [Cue] {
    BY_FIRST_WORD.get(word).map(Vec::as_slice).unwrap_or_default()
}

impl Cue {
    /// Returns the places after which the cue can have ended, where it stands at a word; one where it leaves no words open.
    pub(crate) fn ends(&self, words: &[Token<'_>], at: usize) -> Vec<usize> {
        let mut ends = Vec::new();
        follow(&self.words, words, at, &mut ends);
        ends
    }
}

fn follow(cue: &[&str], words: &[Token<'_>], at: usize, ends: &mut Vec<usize>) {
    let Some((first, rest)) = cue.split_first() else {
        ends.push(at);
        return;
    };
    if *first == "…" {
        for skipped in 0..=GAP {
            let open = words.get(at..at + skipped);
            if open.is_none_or(|open| open.iter().any(|word| !word.after.is_empty())) {
                break;
            }
            follow(rest, words, at + skipped, ends);
        }
        return;
    }
    let fits = words.get(at).is_some_and(|word| word.lower() == *first);
    if fits && (rest.is_empty() || words[at].after.is_empty()) {
        follow(rest, words, at + 1, ends);
    }
}

#[cfg(test)]
mod tests {
    use super::CUES;
    use crate::credits::inline;

    #[test]
    fn every_cue_finds_its_example() {
        for row in CUES.lines().filter(|row| !row.starts_with('#')) {
            let cells: Vec<&str> = row.split('\t').collect();
            let found: Vec<String> = inline(cells[3], cells[3]).into_iter().map(|found| found.source).collect();
            assert_eq!(found.join(" + "), cells[4], "{row}");
        }
    }
}
