//! Cuts a text into tokens.
//!
//! Method: the rule-based tokeniser of spaCy. A text is cut at white space; from each piece affixes are cut off until it
//! is a special word ("don't", "a.m.") or nothing more can be cut off; what remains is kept if it is an address, or else
//! cut at infixes. In a second pass special words are put right that the rules have cut.

use rustc_hash::FxHashMap;

use crate::affixes::{self, Units};
use crate::classes::{self, Classes};
use crate::features::Lexicon;
use crate::url;

/// A piece of text, as bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Whether a space follows.
    pub spaced: bool,
    /// The number of its norm, where a special word gives one.
    pub norm: Option<u64>,
}

/// The rules of cutting.
pub struct Tokeniser {
    units: Units,
    specials: FxHashMap<&'static str, Vec<(usize, u64)>>,
    longest: usize,
    /// Special words that the rules cut, by the first of the pieces that they make.
    torn: FxHashMap<&'static str, Vec<Torn>>,
}

/// A special word that the rules cut, and the pieces that they make of it.
struct Torn {
    word: &'static str,
    pieces: Vec<&'static str>,
}

impl Tokeniser {
    /// Reads `data/specials.tsv`.
    pub fn new(lexicon: &Lexicon) -> Self {
        let mut specials = FxHashMap::default();
        let mut torn: FxHashMap<&str, Vec<Torn>> = FxHashMap::default();
        for line in include_str!("../data/specials.tsv").lines() {
            let mut cells = line.split('\t');
            let (word, apart) = (cells.next().expect("a word"), cells.next().expect("its pieces"));
            let piece = |cell: &'static str| {
                let (text, norm) = cell.split_once(' ').expect("a piece and its norm");
                (text.len(), lexicon.number(norm))
            };
            specials.insert(word, cells.map(piece).collect());
            let pieces: Vec<&str> = apart.split(' ').filter(|piece| !piece.is_empty()).collect();
            if let Some(first) = pieces.first() {
                torn.entry(first).or_default().push(Torn { word, pieces });
            }
        }
        let longest = specials.keys().map(|word| word.len()).max().unwrap_or(0);
        Self { units: Units::new(), specials, longest, torn }
    }

    /// Returns the tokens of a text. White space other than a single space is a token too.
    pub fn tokenise(&self, text: &str, classes: &Classes) -> Vec<Piece> {
        let mut cut = Cut { rules: self, classes, text, pieces: Vec::with_capacity(text.len() / 4) };
        let mut start = 0;
        let mut in_space = text.chars().next().is_some_and(|c| classes.is(c, classes::SPACE));
        for (at, c) in text.char_indices() {
            if classes.is(c, classes::SPACE) == in_space {
                continue;
            }
            cut.span(start, at, in_space);
            start = at;
            if c == ' ' {
                if let Some(last) = cut.pieces.last_mut() {
                    last.spaced = true;
                }
                start += 1;
            }
            in_space = !in_space;
        }
        cut.span(start, text.len(), in_space);
        self.mend(text, cut.pieces)
    }

    fn special(&self, word: &str) -> Option<&[(usize, u64)]> {
        if word.len() > self.longest {
            return None;
        }
        self.specials.get(word).map(Vec::as_slice)
    }

    /// Puts special words right that the rules have cut.
    fn mend(&self, text: &str, pieces: Vec<Piece>) -> Vec<Piece> {
        let mut matches = self.torn_words(text, &pieces);
        if matches.is_empty() {
            return pieces;
        }
        // The longest wins, then the first.
        matches.sort_by_key(|(first, torn)| (usize::MAX - torn.pieces.len(), *first));
        let mut taken = vec![false; pieces.len()];
        let mut kept = Vec::new();
        for (first, torn) in matches {
            let last = first + torn.pieces.len() - 1;
            if !taken[first] && !taken[last] {
                kept.push((first, torn));
            }
            taken[first..=last].fill(true);
        }
        kept.sort_by_key(|(first, _)| *first);
        let mut mended = Vec::with_capacity(pieces.len());
        let mut next = 0;
        for (first, torn) in kept {
            let last = first + torn.pieces.len() - 1;
            let (start, end) = (pieces[first].start, pieces[last].end);
            // With spaces between, the pieces are not that word.
            if first < next || &text[start..end] != torn.word {
                continue;
            }
            mended.extend_from_slice(&pieces[next..first]);
            push_special(&mut mended, start, &self.specials[torn.word]);
            mended.last_mut().expect("a special word has pieces").spaced = pieces[last].spaced;
            next = last + 1;
        }
        mended.extend_from_slice(&pieces[next..]);
        mended
    }

    fn torn_words(&self, text: &str, pieces: &[Piece]) -> Vec<(usize, &Torn)> {
        let mut matches = Vec::new();
        for (first, piece) in pieces.iter().enumerate() {
            for torn in self.torn.get(&text[piece.start..piece.end]).into_iter().flatten() {
                let here = pieces[first..].iter().map(|piece| &text[piece.start..piece.end]);
                if pieces.len() - first >= torn.pieces.len() && here.zip(&torn.pieces).all(|(a, b)| a == *b) {
                    matches.push((first, torn));
                }
            }
        }
        matches
    }
}

fn push_special(pieces: &mut Vec<Piece>, mut start: usize, special: &[(usize, u64)]) {
    for (length, norm) in special {
        pieces.push(Piece { start, end: start + length, spaced: false, norm: Some(*norm) });
        start += length;
    }
}

/// A text on its way to pieces.
struct Cut<'a> {
    rules: &'a Tokeniser,
    classes: &'a Classes,
    text: &'a str,
    pieces: Vec<Piece>,
}

impl Cut<'_> {
    fn push(&mut self, start: usize, end: usize) {
        self.pieces.push(Piece { start, end, spaced: false, norm: None });
    }

    fn span(&mut self, start: usize, end: usize, is_space: bool) {
        if start >= end {
            return;
        }
        if is_space {
            // A space that does not break is a special word too.
            match self.rules.special(&self.text[start..end]) {
                Some(special) => push_special(&mut self.pieces, start, special),
                None => self.push(start, end),
            }
            return;
        }
        let mut suffixes = Vec::new();
        let (from, to) = self.trim(start, end, &mut suffixes);
        if from < to {
            self.core(from, to);
        }
        let mut at = to;
        for length in suffixes.into_iter().rev() {
            self.push(at, at + length);
            at += length;
        }
    }

    /// Cuts affixes off; prefixes are pushed at once, suffixes are left to the caller.
    fn trim(&mut self, mut from: usize, mut to: usize, suffixes: &mut Vec<usize>) -> (usize, usize) {
        while from < to {
            let word = &self.text[from..to];
            if self.rules.special(word).is_some() {
                break;
            }
            let prefix = affixes::prefix(word, self.classes);
            if prefix > 0 && self.rules.special(&word[prefix..]).is_some() {
                self.push(from, from + prefix);
                from += prefix;
                break;
            }
            let suffix = affixes::suffix(&word[prefix..], self.classes, &self.rules.units);
            if suffix > 0 && self.rules.special(&word[..word.len() - suffix]).is_some() {
                suffixes.push(suffix);
                to -= suffix;
                break;
            }
            if prefix == 0 && suffix == 0 {
                break;
            }
            if prefix > 0 {
                self.push(from, from + prefix);
                from += prefix;
            }
            if suffix > 0 {
                suffixes.push(suffix);
                to -= suffix;
            }
        }
        (from, to)
    }

    /// Cuts what is left without affixes.
    fn core(&mut self, from: usize, to: usize) {
        let word = &self.text[from..to];
        if let Some(special) = self.rules.special(word) {
            push_special(&mut self.pieces, from, special);
            return;
        }
        if url::is_address(word, self.classes) {
            self.push(from, to);
            return;
        }
        let mut at = 0;
        let classes = self.classes;
        affixes::infixes(word, classes, |start, end| {
            // An infix that the word begins with stays where it is.
            if start == 0 {
                return;
            }
            if start > at {
                self.push(from + at, from + start);
            }
            self.push(from + start, from + end);
            at = end;
        });
        if at < word.len() {
            self.push(from + at, to);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the tokens of a text, written with bars between them.
    fn check(text: &str, expected: &str) {
        let tokeniser = Tokeniser::new(&Lexicon::new());
        let pieces = tokeniser.tokenise(text, &Classes::new());
        let words: Vec<_> = pieces.iter().map(|piece| &text[piece.start..piece.end]).collect();
        assert_eq!(words.join("|"), expected);
    }

    #[test]
    fn quotes_brackets_and_stops_are_tokens() {
        check("\"Stop,\" she said (twice).", "\"|Stop|,|\"|she|said|(|twice|)|.");
        check("Prices fell 3.2% to US$1.5m.", "Prices|fell|3.2|%|to|US$|1.5|m.");
        check("Wait... what?!", "Wait|...|what|?|!");
    }

    #[test]
    fn special_words_are_cut_in_their_own_way() {
        check("Don't ask Mr. Orr, the U.S. envoy.", "Do|n't|ask|Mr.|Orr|,|the|U.S.|envoy|.");
        check("It's 6 a.m. or 7p.m.", "It|'s|6|a.m.|or|7|p.m.");
        check("She'd've gone.", "She|'d|'ve|gone|.");
    }

    #[test]
    fn what_the_rules_have_torn_is_mended() {
        check("Nice :)", "Nice|:)");
        check("(so:)", "(|so|:)");
        check("Nice : )", "Nice|:|)");
    }

    #[test]
    fn hyphens_part_words_and_addresses_stay_whole() {
        check("a well-known 1990-95 plan", "a|well|-|known|1990|-|95|plan");
        check("see www.delmare.example/a-b, or ask", "see|www.delmare.example/a-b|,|or|ask");
    }

    #[test]
    fn white_space_is_kept_but_for_one_space() {
        check("a b  c\n\nd ", "a|b| |c|\n\n|d");
    }
}
