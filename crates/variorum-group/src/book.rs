//! What is counted of the words of one report.

use crate::profile::{NAME, PLAIN, TITLED, Term};

/// How much a title's word counts against one of the text.
const TITLE_TIMES: f32 = 2.0;

/// How much a word of the opening counts on top.
const OPENING_TIMES: f32 = 0.5;

/// What is counted of each word, by its key: a small open table, because one is filled and emptied for each report.
#[derive(Default)]
pub struct Book {
    /// One more than the place of an entry, in order of the low bits of its key but for collisions; zero is free.
    slots: Vec<u16>,
    entries: Vec<(u32, Tally)>,
}

/// Slots of the smallest book.
const LEAST_SLOTS: usize = 2_048;

impl Book {
    /// Returns what is counted of a word.
    pub fn of(&mut self, key: u32) -> &mut Tally {
        if 2 * self.entries.len() >= self.slots.len() {
            self.grow();
        }
        let slot = self.slot(key);
        if self.slots[slot] == 0 {
            self.entries.push((key, Tally::default()));
            // A report has a few thousand words at most (`profile::READ_WORDS`).
            self.slots[slot] = self.entries.len() as u16;
        }
        &mut self.entries[usize::from(self.slots[slot]) - 1].1
    }

    fn slot(&self, key: u32) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = key as usize & mask;
        while self.slots[slot] != 0 && self.entries[usize::from(self.slots[slot]) - 1].0 != key {
            slot = (slot + 1) & mask;
        }
        slot
    }

    fn grow(&mut self) {
        let size = (2 * self.slots.len()).max(LEAST_SLOTS);
        self.slots.clear();
        self.slots.resize(size, 0);
        for at in 0..self.entries.len() {
            let slot = self.slot(self.entries[at].0);
            self.slots[slot] = at as u16 + 1;
        }
    }

    /// Returns the words in order of their keys.
    pub fn terms(&self) -> Vec<Term> {
        let mut terms: Vec<Term> = self.entries.iter().map(|(key, tally)| tally.term(*key)).collect();
        terms.sort_unstable_by_key(|term| term.key);
        terms
    }

    /// Empties the book, and gives back the room that an odd report took.
    pub fn clear(&mut self) {
        self.entries.clear();
        self.entries.shrink_to(LEAST_SLOTS);
        self.slots.clear();
        self.slots.shrink_to(LEAST_SLOTS);
        self.slots.resize(LEAST_SLOTS, 0);
    }
}

/// What is counted of one word.
#[derive(Clone, Copy, Default)]
pub struct Tally {
    pub title: u16,
    pub text: u16,
    pub opening: u16,
    pub capitals: u16,
    pub smalls: u16,
    pub flags: u16,
}

impl Tally {
    fn term(&self, key: u32) -> Term {
        let count =
            f32::from(self.title) * TITLE_TIMES + f32::from(self.text) + f32::from(self.opening) * OPENING_TIMES;
        let hundredths = if count <= 1.0 { 100 } else { ((1.0 + libm::logf(count)) * 100.0) as u16 };
        let mut flags = self.flags;
        flags |= if self.capitals > self.smalls { NAME } else { 0 };
        flags |= if self.smalls > self.capitals { PLAIN } else { 0 };
        flags |= if self.title > 0 { TITLED } else { 0 };
        Term::of(key, hundredths, flags)
    }
}
