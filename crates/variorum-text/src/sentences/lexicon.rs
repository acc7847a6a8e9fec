//! The words by which a full stop is judged, from `data/sentences`.

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
    Ordinal,
    Ending,
}

/// The tables as they stand, by language.
pub(super) const TABLES: [(&str, &str); 6] = [
    ("en", include_str!("../../data/sentences/en.tsv")),
    ("de", include_str!("../../data/sentences/de.tsv")),
    ("es", include_str!("../../data/sentences/es.tsv")),
    ("fr", include_str!("../../data/sentences/fr.tsv")),
    ("it", include_str!("../../data/sentences/it.tsv")),
    ("pt", include_str!("../../data/sentences/pt.tsv")),
];

/// The words of a language.
#[derive(Debug)]
pub(super) struct Lexicon {
    /// Words in lower case with their classes, as bits: "sec" is a title and comes before numbers.
    words: FxHashMap<&'static str, u16>,
    /// The bytes of the longest word; longer ones need no look-up.
    longest: usize,
    /// Tells whether numbers with a full stop are ordinals.
    pub has_ordinals: bool,
}

static LEXICONS: LazyLock<Vec<Lexicon>> = LazyLock::new(|| TABLES.iter().map(|(_, table)| read(table)).collect());

fn read(table: &'static str) -> Lexicon {
    let mut words = FxHashMap::default();
    for row in table.lines().filter(|line| !line.starts_with('#')) {
        let mut cells = row.split('\t');
        let (Some(name), Some(list)) = (cells.next(), cells.next()) else { continue };
        let bit = 1 << named(name) as u16;
        for word in list.split(' ') {
            *words.entry(word).or_insert(0) |= bit;
        }
    }
    let longest = words.keys().map(|word| word.len()).max().unwrap_or(0);
    let has_ordinals = words.values().any(|bits| bits & (1 << Class::Ordinal as u16) != 0);
    Lexicon { words, longest, has_ordinals }
}

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
        "ordinal" => Class::Ordinal,
        "ending" => Class::Ending,
        other => unreachable!("no class of words: {other}"),
    }
}

impl Lexicon {
    /// Returns the words of a language; those of English where there are no others.
    pub fn of(language: &str) -> &'static Lexicon {
        &LEXICONS[TABLES.iter().position(|(tag, _)| *tag == language).unwrap_or(0)]
    }

    /// Returns how a full stop after this word is read: the first class that applies.
    pub fn class(&self, word: &str) -> Option<Class> {
        let bits = self.bits(word);
        [Class::Title, Class::Linked, Class::Numbered, Class::Month, Class::Weekday, Class::Inner, Class::Hour]
            .into_iter()
            .find(|&class| bits & (1 << class as u16) != 0)
    }

    /// Tells whether a word is in a class.
    pub fn is(&self, word: &str, class: Class) -> bool {
        self.bits(word) & (1 << class as u16) != 0
    }

    fn bits(&self, word: &str) -> u16 {
        if word.len() > self.longest {
            return 0;
        }
        let found = if word.chars().any(char::is_uppercase) {
            self.words.get(word.to_lowercase().as_str())
        } else {
            self.words.get(word)
        };
        found.copied().unwrap_or(0)
    }
}
