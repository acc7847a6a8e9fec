//! The words by which a full stop is judged, from `data/sentence-words.tsv`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// What a word says about a full stop beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Title,
    Linked,
    Numbered,
    Month,
    Weekday,
    Inner,
    Hour,
    Zone,
    Opener,
    Speech,
    Particle,
}

/// The table as it stands, for the test of its examples.
pub(super) const TABLE: &str = include_str!("../../data/sentence-words.tsv");

/// Words in lower case with their classes, as bits: "sec" is a title and comes before numbers.
static WORDS: LazyLock<FxHashMap<&'static str, u16>> = LazyLock::new(|| {
    let mut words = FxHashMap::default();
    for row in TABLE.lines().filter(|line| !line.starts_with('#')) {
        let mut cells = row.split('\t');
        let (Some(name), Some(list)) = (cells.next(), cells.next()) else { continue };
        let bit = 1 << named(name) as u16;
        for word in list.split(' ') {
            *words.entry(word).or_insert(0) |= bit;
        }
    }
    words
});

fn named(name: &str) -> Class {
    match name {
        "title" => Class::Title,
        "linked" => Class::Linked,
        "numbered" => Class::Numbered,
        "month" => Class::Month,
        "weekday" => Class::Weekday,
        "inner" => Class::Inner,
        "hour" => Class::Hour,
        "zone" => Class::Zone,
        "opener" => Class::Opener,
        "speech" => Class::Speech,
        "particle" => Class::Particle,
        other => unreachable!("no class of words: {other}"),
    }
}

/// Returns how a full stop after this word is read: the first class that applies.
pub(super) fn class(word: &str) -> Option<Class> {
    let bits = bits(word);
    [Class::Title, Class::Linked, Class::Numbered, Class::Month, Class::Weekday, Class::Inner, Class::Hour]
        .into_iter()
        .find(|&class| bits & (1 << class as u16) != 0)
}

/// Tells whether a word is in a class.
pub(super) fn is_word(word: &str, class: Class) -> bool {
    bits(word) & (1 << class as u16) != 0
}

/// The longest word of the table has nine letters; longer ones need no look-up.
fn bits(word: &str) -> u16 {
    if word.len() > 12 {
        return 0;
    }
    let found = if word.bytes().any(|b| b.is_ascii_uppercase()) {
        WORDS.get(word.to_ascii_lowercase().as_str())
    } else {
        WORDS.get(word)
    };
    found.copied().unwrap_or(0)
}
