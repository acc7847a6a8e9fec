//! Cities, given names and family names of the world, read once from `data`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

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

static ENTRIES: LazyLock<FxHashMap<&'static str, Entry>> = LazyLock::new(|| {
    let mut entries: FxHashMap<&'static str, Entry> = FxHashMap::with_capacity_and_hasher(1 << 17, Default::default());
    for row in rows(include_str!("../../data/cities.txt")) {
        let (size, cities) = row.split_once(": ").unwrap_or(("1", row));
        let size = size.parse().unwrap_or(1);
        for city in cities.split(',') {
            entries.entry(city).or_default().0 |= size;
            if let Some((first, _)) = city.split_once(' ') {
                entries.entry(first).or_default().0 |= Entry::OPENS;
            }
        }
    }
    for row in rows(include_str!("../../data/names-of-the-world.txt")) {
        let (kind, names) = row.split_once(": ").unwrap_or(("given", row));
        let bit = if kind == "given" { Entry::GIVEN } else { Entry::FAMILY };
        names.split(' ').for_each(|name| entries.entry(name).or_default().0 |= bit.0);
    }
    entries
});

/// Returns what the gazetteer knows of a folded word.
pub(super) fn entry(word: &str) -> Entry {
    ENTRIES.get(word).copied().unwrap_or_default()
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
