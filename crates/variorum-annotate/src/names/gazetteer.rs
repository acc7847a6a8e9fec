//! Cities, given names and family names of the world, read once from `data`.

use std::hash::Hasher;
use std::sync::LazyLock;

use rustc_hash::FxHasher;

use super::lexicon::rows;
use super::tokens::Token;

/// What the gazetteer knows of a word; a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Entry(u8);

impl Entry {
    /// The size of the city, 1 to 3; none is 0.
    const SIZE: u8 = 0b11;
    pub const GIVEN: Entry = Entry(1 << 2);
    pub const FAMILY: Entry = Entry(1 << 3);
    /// The first word of a city of several words.
    const OPENS: u8 = 1 << 4;

    /// Returns the bits that say whether a word is a given or family name of some country.
    pub fn people(self) -> u8 {
        self.0 >> 2 & 0b11
    }
}

/// The words in a table of open addressing: it is made anew by each process, so it must be made fast.
struct Entries {
    slots: Vec<Slot>,
}

/// Where a word stands in its table, and what is known of it; an empty slot knows nothing.
#[derive(Clone, Copy, Default)]
struct Slot {
    at: u32,
    length: u8,
    table: u8,
    /// A part of the word's hash, so that most other words need no look at the table.
    mark: u8,
    entry: Entry,
}

static TABLES: [&str; 2] = [include_str!("../../data/cities.txt"), include_str!("../../data/names-of-the-world.txt")];

static ENTRIES: LazyLock<Entries> = LazyLock::new(|| {
    let words: usize = TABLES.iter().map(|t| t.bytes().filter(|b| matches!(b, b',' | b' ')).count()).sum();
    let mut entries = Entries { slots: vec![Slot::default(); (words + words / 2).next_power_of_two()] };
    for row in rows(TABLES[0]) {
        let (size, cities) = row.split_once(": ").unwrap_or(("1", row));
        let size = size.parse().unwrap_or(1);
        for city in cities.split(',') {
            entries.add(0, city, Entry(size));
            if let Some((first, _)) = city.split_once(' ') {
                entries.add(0, first, Entry(Entry::OPENS));
            }
        }
    }
    for row in rows(TABLES[1]) {
        let (kind, names) = row.split_once(": ").unwrap_or(("given", row));
        let bit = if kind == "given" { Entry::GIVEN } else { Entry::FAMILY };
        names.split(' ').for_each(|name| entries.add(1, name, bit));
    }
    entries
});

impl Entries {
    /// Adds what is known of a word, which is a slice of a table.
    fn add(&mut self, table: u8, word: &'static str, entry: Entry) {
        let (slot, mark) = self.slot(word);
        let at = (word.as_ptr() as usize - TABLES[usize::from(table)].as_ptr() as usize) as u32;
        let found = &mut self.slots[slot];
        if found.entry.0 == 0 {
            *found = Slot { at, length: word.len() as u8, table, mark, entry };
        } else {
            found.entry.0 |= entry.0;
        }
    }

    /// Returns the slot of a word, or the free one where it would stand, and the mark of the word.
    fn slot(&self, word: &str) -> (usize, u8) {
        let mut hasher = FxHasher::default();
        hasher.write(word.as_bytes());
        let hash = hasher.finish();
        let (mask, mark) = (self.slots.len() - 1, (hash >> 48) as u8);
        let mut slot = hash as usize & mask;
        loop {
            let found = &self.slots[slot];
            if found.entry.0 == 0 || found.mark == mark && found.word() == word {
                return (slot, mark);
            }
            slot = (slot + 1) & mask;
        }
    }
}

impl Slot {
    fn word(&self) -> &'static str {
        let at = self.at as usize;
        &TABLES[usize::from(self.table)][at..at + usize::from(self.length)]
    }
}

/// Returns what the gazetteer knows of a folded word.
pub(super) fn entry(word: &str) -> Entry {
    ENTRIES.slots[ENTRIES.slot(word).0].entry
}

/// Returns the longest city that begins at a token: how many words it has, and its size from 1 to 3.
pub(super) fn city(tokens: &[Token], at: usize, first: Entry) -> Option<(usize, u8)> {
    let joined = |n: &usize| tokens[at + 1..at + n].iter().all(|t| t.gap == " ");
    let longest = if first.0 & Entry::OPENS == 0 { 1 } else { 4.min(tokens.len() - at) };
    let many = (2..=longest).rev().filter(joined).find_map(|n| {
        let size = entry(&super::kinds::phrase(&tokens[at..at + n])).0 & Entry::SIZE;
        (size > 0).then_some((n, size))
    });
    let size = first.0 & Entry::SIZE;
    many.or((size > 0).then_some((1, size)))
}
