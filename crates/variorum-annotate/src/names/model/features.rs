//! What the model sees of a word: features as 32-bit hashes.

use std::ops::Range;

use crate::names::clues::Clue;
use crate::names::tokens::Token;

/// The words of a report with all that is known of them.
#[derive(Debug, Clone, Copy)]
pub(in crate::names) struct Context<'a> {
    /// The words.
    pub tokens: &'a [Token<'a>],
    /// What is known of each.
    pub clues: &'a [Clue],
    /// Whether the tree is looked at.
    pub deep: bool,
}

/// FNV-1a, finished so that near keys lie far apart; the same on every machine.
#[derive(Clone, Copy)]
struct Hash(u32);

impl Hash {
    fn of(template: u32) -> Self {
        Self(0x811c_9dc5).number(template)
    }

    fn number(self, value: u32) -> Self {
        Self((self.0 ^ value).wrapping_mul(0x9e37_79b1).rotate_left(13))
    }

    fn word(self, word: &str) -> Self {
        let mut hash = self.0 ^ 0x5bd1_e995;
        for byte in word.bytes() {
            hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
        Self(hash)
    }

    fn done(self) -> u32 {
        let mut hash = self.0;
        hash = (hash ^ hash >> 16).wrapping_mul(0x85eb_ca6b);
        hash = (hash ^ hash >> 13).wrapping_mul(0xc2b2_ae35);
        hash ^ hash >> 16
    }
}

impl Context<'_> {
    /// Gives the features of a word of a segment.
    pub fn features(&self, at: usize, segment: &Range<usize>, give: &mut impl FnMut(u32)) {
        self.own(at, give);
        self.around(at, give);
        self.place(at, segment, give);
        self.lists(at, give);
        if self.deep {
            self.tree(at, give);
        }
    }

    /// The word itself.
    fn own(&self, at: usize, give: &mut impl FnMut(u32)) {
        let (token, clue) = (&self.tokens[at], &self.clues[at]);
        let low = &*token.low;
        give(Hash::of(1).done());
        give(Hash::of(2).word(low).done());
        give(Hash::of(3).number(shape(token)).done());
        for n in 2..=4 {
            give(Hash::of(10 + n).word(last(low, n as usize)).done());
        }
        for n in 2..=3 {
            give(Hash::of(20 + n).word(first(low, n as usize)).done());
        }
        let start = u32::from(token.first);
        give(Hash::of(4).number(start).number(shape(token)).number(u32::from(clue.seen)).done());
        give(Hash::of(5).number(u32::from(clue.seen)).done());
        give(Hash::of(6).number(u32::from(token.possessive)).done());
        if token.first {
            give(Hash::of(7).word(low).done());
        }
    }

    /// The words around it.
    fn around(&self, at: usize, give: &mut impl FnMut(u32)) {
        let low = &*self.tokens[at].low;
        let (before, after) = (self.word(at, -1), self.word(at, 1));
        let (gap, next_gap) = (self.gap(at, 0), self.gap(at, 1));
        give(Hash::of(30).word(before).number(gap).done());
        give(Hash::of(31).word(after).number(next_gap).done());
        give(Hash::of(32).word(self.word(at, -2)).done());
        give(Hash::of(33).word(self.word(at, 2)).done());
        give(Hash::of(34).word(before).word(low).done());
        give(Hash::of(35).word(low).word(after).done());
        give(Hash::of(36).number(self.shape(at, -1)).number(shape(&self.tokens[at])).number(self.shape(at, 1)).done());
        give(Hash::of(37).number(gap).number(next_gap).done());
        give(Hash::of(38).word(last(before, 3)).number(gap).done());
        give(Hash::of(39).word(last(after, 3)).number(next_gap).done());
    }

    /// Its place in the run of capitals, and what stands at both ends of it.
    fn place(&self, at: usize, segment: &Range<usize>, give: &mut impl FnMut(u32)) {
        let from_start = (at - segment.start).min(3) as u32;
        let from_end = (segment.end - 1 - at).min(3) as u32;
        let length = segment.len().min(5) as u32;
        let end = &self.tokens[segment.end - 1];
        let outside_left = self.word(segment.start, -1);
        let outside_right = self.word(segment.end - 1, 1);
        let (left, right) = (self.gap(segment.start, 0), self.gap(segment.end - 1, 1));
        give(Hash::of(40).number(from_start).number(length).done());
        give(Hash::of(41).word(outside_left).number(left).number(from_start.min(1)).done());
        give(Hash::of(42).word(outside_right).number(right).number(from_end.min(1)).done());
        give(Hash::of(43).word(&end.low).number(from_end.min(2)).done());
        give(Hash::of(44).word(&self.tokens[segment.start].low).number(from_start.min(2)).done());
        give(Hash::of(45).number(end.class.bits() & 0x1f).number(from_end.min(2)).done());
        give(Hash::of(46).word(outside_left).number(length).word(last(outside_right, 3)).done());
    }

    /// Lists and rules.
    fn lists(&self, at: usize, give: &mut impl FnMut(u32)) {
        let clue = &self.clues[at];
        for offset in [-1, 0, 1] {
            let (class, people) = (self.class(at, offset), self.clue(at, offset).map_or(0, |c| u32::from(c.people)));
            let place = (offset + 1) as u32;
            give(Hash::of(50 + place).number(class).done());
            give(Hash::of(54 + place).number(people).done());
        }
        let people = u32::from(clue.people);
        let next = self.clue(at, 1).map_or(0, |c| u32::from(c.people));
        let before = self.clue(at, -1).map_or(0, |c| u32::from(c.people));
        give(Hash::of(58).number(people).number(next).number(self.gap(at, 1)).done());
        give(Hash::of(59).number(before).number(people).number(self.gap(at, 0)).done());
        give(Hash::of(60).number(u32::from(clue.city)).number(people).done());
        give(Hash::of(61).number(u32::from(clue.city)).word(self.word(at, -1)).done());
        let rule = u32::from(clue.rule);
        give(Hash::of(62).number(rule).number(u32::from(clue.trust)).done());
        give(Hash::of(63).number(rule).number(self.clue(at, -1).map_or(0, |c| u32::from(c.rule))).done());
        give(Hash::of(64).number(rule).number(self.clue(at, 1).map_or(0, |c| u32::from(c.rule))).done());
        give(Hash::of(65).number(rule).number(u32::from(clue.city)).number(people).done());
    }

    /// The parser's view.
    fn tree(&self, at: usize, give: &mut impl FnMut(u32)) {
        let clue = &self.clues[at];
        let parser = u32::from(clue.parser);
        let around = |offset| self.clue(at, offset).map_or((0, 0), |c| (u32::from(c.parser), u32::from(c.tag)));
        let ((before, tag_before), (after, tag_after)) = (around(-1), around(1));
        let tag = u32::from(clue.tag);
        give(Hash::of(70).number(parser).done());
        give(Hash::of(71).number(parser).number(before).done());
        give(Hash::of(72).number(parser).number(after).done());
        give(Hash::of(73).number(parser).number(u32::from(clue.rule)).number(u32::from(clue.trust)).done());
        give(Hash::of(74).number(parser).number(u32::from(clue.city)).number(u32::from(clue.people)).done());
        give(
            Hash::of(75).number(parser).number(shape(&self.tokens[at])).number(u32::from(self.tokens[at].first)).done(),
        );
        give(Hash::of(76).number(tag).done());
        give(Hash::of(77).number(tag_before).number(tag).done());
        give(Hash::of(78).number(tag).number(tag_after).done());
        let governor = clue.governor.checked_sub(1).map_or("", |at| &*self.tokens[at as usize].low);
        give(Hash::of(79).number(u32::from(clue.role)).done());
        give(Hash::of(80).number(u32::from(clue.role)).word(governor).done());
        give(Hash::of(81).number(parser).number(u32::from(clue.role)).done());
    }

    fn near(&self, at: usize, offset: isize) -> Option<usize> {
        at.checked_add_signed(offset).filter(|&near| near < self.tokens.len())
    }

    fn word(&self, at: usize, offset: isize) -> &str {
        let near = self.near(at, offset).filter(|&near| self.tokens[near].sentence == self.tokens[at].sentence);
        near.map_or("", |near| &self.tokens[near].low)
    }

    fn gap(&self, at: usize, offset: isize) -> u32 {
        self.near(at, offset).map_or(99, |near| u32::from(self.clues[near].gap))
    }

    fn shape(&self, at: usize, offset: isize) -> u32 {
        self.near(at, offset).map_or(99, |near| shape(&self.tokens[near]))
    }

    fn class(&self, at: usize, offset: isize) -> u32 {
        self.near(at, offset).map_or(0, |near| self.tokens[near].class.bits())
    }

    fn clue(&self, at: usize, offset: isize) -> Option<&Clue> {
        self.near(at, offset).map(|near| &self.clues[near])
    }
}

/// Numbers the shape of a word: its first letter, the rest, hyphens, digits, length.
fn shape(token: &Token) -> u32 {
    let text = token.text;
    let (mut upper, mut small, mut digits, mut marks) = (0_u32, 0_u32, 0_u32, 0_u32);
    for c in text.chars() {
        match c {
            c if c.is_uppercase() => upper += 1,
            c if c.is_ascii_digit() => digits += 1,
            c if c.is_alphabetic() => small += 1,
            _ => marks += 1,
        }
    }
    let length = match text.len() {
        0..=1 => 0,
        2..=3 => 1,
        4..=6 => 2,
        _ => 3,
    };
    u32::from(token.cap) | upper.min(3) << 1 | small.min(1) << 3 | digits.min(1) << 4 | marks.min(2) << 5 | length << 7
}

fn last(word: &str, n: usize) -> &str {
    word.char_indices().rev().nth(n - 1).map_or(word, |(at, _)| &word[at..])
}

fn first(word: &str, n: usize) -> &str {
    word.char_indices().nth(n).map_or(word, |(at, _)| &word[..at])
}
