#![doc = include_str!("../README.md")]

mod affixes;
mod blob;
mod choose;
mod classes;
mod coarse;
mod exact;
mod features;
mod hash;
mod labels;
mod memory;
mod model;
mod names;
mod network;
mod quotes;
mod scorer;
#[cfg(test)]
mod tests;
mod tokenise;
mod transitions;
mod trees;
mod url;

use std::ops::Range;

pub use labels::{Coarse, Label, NameKind, Tag};

/// A sentence: its tokens, and the names in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// The tokens in order; together they cover all of the sentence but single spaces.
    pub tokens: Vec<Token>,
    /// The names in order; they do not overlap.
    pub names: Vec<Name>,
}

/// A token and its place in the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// The first byte in the text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The token of the sentence that this one hangs on; the root hangs on itself.
    pub head: usize,
    /// What the token is to its head.
    pub label: Label,
    /// Its part of speech, finely.
    pub tag: Tag,
    /// Its part of speech, coarsely.
    pub coarse: Coarse,
}

/// A name in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name {
    /// The first token.
    pub first: usize,
    /// One past the last token.
    pub end: usize,
    /// What it names.
    pub kind: NameKind,
}

/// How far a text is parsed. What is not asked for costs nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Tokens, tags, trees and sentences; half the work.
    Trees,
    /// Names too.
    Names,
}

/// Returns the sentences of an English text, with all there is to know of them.
///
/// The first call of a process reads the weights, the first calls of a thread learn its words; later ones are faster, and
/// the answer is always the same. Spans are bytes of `text` as it was given.
pub fn parse(text: &str) -> Vec<Sentence> {
    model::parse(text, Depth::Names)
}

/// Returns the sentences of an English text, parsed as far as asked.
pub fn parse_to(text: &str, depth: Depth) -> Vec<Sentence> {
    model::parse(text, depth)
}

impl Token {
    /// Returns the bytes of the token.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    /// Tells whether the token is the root of its sentence.
    pub fn is_root(&self) -> bool {
        self.label == Label::Root
    }
}

impl Sentence {
    /// Returns the bytes from the first token to the last, without white space at both ends.
    pub fn range(&self) -> Range<usize> {
        let is_word = |token: &&Token| token.tag != Tag::Sp;
        let first = self.tokens.iter().find(is_word).or(self.tokens.first());
        let last = self.tokens.iter().rfind(is_word).or(self.tokens.last());
        first.map_or(0, |token| token.start)..last.map_or(0, |token| token.end)
    }

    /// Returns the tokens that hang on a token, in order.
    pub fn children(&self, head: usize) -> impl Iterator<Item = usize> {
        (0..self.tokens.len()).filter(move |at| *at != head && self.tokens[*at].head == head)
    }

    /// Returns the tokens of the subtree of a token: its first, and one past its last.
    pub fn subtree(&self, head: usize) -> Range<usize> {
        let below = |mut at: usize| {
            // A path to the root is never longer than the sentence.
            for _ in 0..self.tokens.len() {
                if at == head {
                    return true;
                }
                at = self.tokens[at].head;
            }
            false
        };
        let first = (0..=head).find(|at| below(*at)).unwrap_or(head);
        let last = (head..self.tokens.len()).rev().find(|at| below(*at)).unwrap_or(head);
        first..last + 1
    }
}
