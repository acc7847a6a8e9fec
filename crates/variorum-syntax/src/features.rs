//! What the network is told of a word: norm, prefix, suffix and shape, each as a number.

use rustc_hash::FxHashMap;

use crate::classes::{self, Classes};
use crate::hash;
use crate::network::Features;

/// The tables behind the features.
pub struct Lexicon {
    /// Strings that have a small number in place of a hash.
    symbols: FxHashMap<&'static str, u64>,
    /// Norms by the hash of the word.
    norms: FxHashMap<u64, u64>,
}

impl Lexicon {
    /// Reads `data/symbols.tsv` and `data/norms.tsv`.
    pub fn new() -> Self {
        let symbols: FxHashMap<&str, u64> = include_str!("../data/symbols.tsv")
            .lines()
            .filter_map(|line| line.split_once('\t'))
            .map(|(name, number)| (name, number.parse().expect("a symbol has a number")))
            .collect();
        let mut lexicon = Self { symbols, norms: FxHashMap::default() };
        let rows = include_str!("../data/norms.tsv").lines().filter_map(|line| line.split_once('\t'));
        lexicon.norms = rows
            .map(|(word, norm)| {
                let hashed = word.strip_prefix('#').and_then(|hex| u64::from_str_radix(hex, 16).ok());
                (hashed.unwrap_or_else(|| lexicon.number(word)), lexicon.number(norm))
            })
            .collect();
        lexicon
    }

    /// Returns the number of a string.
    pub fn number(&self, text: &str) -> u64 {
        self.symbols.get(text).copied().unwrap_or_else(|| hash::string(text))
    }

    /// Returns the number of a word's norm: of its entry, or of the word in lower case.
    pub fn norm(&self, word: &str) -> u64 {
        self.norms.get(&self.number(word)).copied().unwrap_or_else(|| self.number(&word.to_lowercase()))
    }

    /// Returns the features of a word whose norm is known.
    pub fn features(&self, word: &str, norm: u64, spaced: bool, classes: &Classes) -> Features {
        let first = word.chars().next().map_or(0, char::len_utf8);
        let last_three = word.char_indices().nth_back(2).map_or(0, |(at, _)| at);
        [
            norm,
            self.number(&word[..first]),
            self.number(&word[last_three..]),
            self.number(&shape(word, classes)),
            u64::from(spaced),
            u64::from(classes.all(word, classes::SPACE)),
        ]
    }
}

/// Returns a word with capitals as `X`, letters as `x`, digits as `d`, and at most four of a kind in a row.
fn shape(word: &str, classes: &Classes) -> String {
    // The reference calls a hundred characters or more "LONG"; fewer bytes are fewer characters.
    if word.len() >= 100 && word.chars().count() >= 100 {
        return "LONG".to_owned();
    }
    let mut shape = String::with_capacity(word.len());
    let (mut last, mut run) = (None, 0);
    for c in word.chars() {
        let class = classes.of(c);
        let mark = match class {
            _ if class & classes::LETTER != 0 => {
                if class & classes::CAPITAL != 0 {
                    'X'
                } else {
                    'x'
                }
            }
            _ if class & classes::DIGIT != 0 => 'd',
            _ => c,
        };
        run = if last == Some(mark) { run + 1 } else { 0 };
        last = Some(mark);
        if run < 4 {
            shape.push(mark);
        }
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_short() {
        let classes = Classes::new();
        let check = |word: &str, expected: &str| assert_eq!(shape(word, &classes), expected);
        check("Delmare", "Xxxxx");
        check("1,250", "d,ddd");
        check("A380-800s", "Xddd-dddx");
        check("Åse", "Xxx");
        check(&"a".repeat(100), "LONG");
    }

    #[test]
    fn norms_come_from_the_table_or_are_lower_case() {
        let lexicon = Lexicon::new();
        let check = |word: &str, norm: &str| assert_eq!(lexicon.norm(word), lexicon.number(norm));
        check("Harbour", "harbor");
        check("€", "$");
        check("FERRY", "ferry");
    }
}
