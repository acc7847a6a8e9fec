//! The words that tell what bears a name and what reports speech, read once from `data/en`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// What a word or phrase is known to be; a set of the classes below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Class(u32);

impl Class {
    pub const TITLE: Class = Class(1);
    pub const ORGANISATION_WORD: Class = Class(1 << 1);
    pub const PLACE_WORD: Class = Class(1 << 2);
    pub const EVENT_WORD: Class = Class(1 << 3);
    pub const WORK_WORD: Class = Class(1 << 4);
    pub const ORGANISATION: Class = Class(1 << 5);
    pub const PLACE: Class = Class(1 << 6);
    pub const PEOPLE: Class = Class(1 << 7);
    pub const STARTER: Class = Class(1 << 8);
    pub const FEMALE: Class = Class(1 << 9);
    pub const MALE: Class = Class(1 << 10);
    pub const ROLE_MALE: Class = Class(1 << 11);
    pub const ROLE_FEMALE: Class = Class(1 << 12);
    pub const ROLE_PERSON: Class = Class(1 << 13);
    pub const ROLE_BODY: Class = Class(1 << 14);
    pub const ROLE_PLURAL: Class = Class(1 << 15);
    /// A family name that stands before the given name.
    pub const FAMILY_FIRST: Class = Class(1 << 16);
    /// Any word for a speaker without a name.
    pub const ROLE: Class = Class(0b11111 << 11);
    /// A word that gives the kind of what it heads.
    pub const HEAD: Class = Class(0b1111 << 1);
    /// A given name.
    pub const GIVEN: Class = Class(0b11 << 9);

    /// Tells whether any class of `other` is among these.
    pub fn is(self, other: Class) -> bool {
        self.0 & other.0 != 0
    }

    /// Returns the set as bits.
    pub fn bits(self) -> u32 {
        self.0
    }

    fn add(&mut self, other: Class) {
        self.0 |= other.0;
    }
}

impl std::ops::BitOr for Class {
    type Output = Class;

    fn bitor(self, other: Class) -> Class {
        Class(self.0 | other.0)
    }
}

static CLASSES: LazyLock<FxHashMap<&'static str, Class>> = LazyLock::new(|| {
    let mut classes: FxHashMap<&'static str, Class> = FxHashMap::with_capacity_and_hasher(8192, Default::default());
    let mut put = |word: &'static str, class| {
        if !word.is_empty() {
            classes.entry(word).or_default().add(class);
        }
    };
    for (text, class) in [
        (include_str!("../../data/en/titles.txt"), Class::TITLE),
        (include_str!("../../data/en/organisation-words.txt"), Class::ORGANISATION_WORD),
        (include_str!("../../data/en/organisations.txt"), Class::ORGANISATION),
        (include_str!("../../data/en/place-words.txt"), Class::PLACE_WORD),
        (include_str!("../../data/en/event-words.txt"), Class::EVENT_WORD),
        (include_str!("../../data/en/work-words.txt"), Class::WORK_WORD),
        (include_str!("../../data/en/capitals-and-cities.txt"), Class::PLACE),
        (include_str!("../../data/en/regions.txt"), Class::PLACE),
    ] {
        rows(text).flat_map(|row| row.split(',')).for_each(|word| put(word.trim(), class));
    }
    for row in rows(include_str!("../../data/en/starters.txt")) {
        row.split(' ').for_each(|word| put(word, Class::STARTER));
    }
    for row in rows(include_str!("../../data/en/family-first.txt")) {
        row.split(' ').for_each(|word| put(word, Class::FAMILY_FIRST));
    }
    for row in rows(include_str!("../../data/en/countries.tsv")) {
        let (names, people) = row.split_once('\t').unwrap_or((row, ""));
        names.split(',').for_each(|name| put(name.trim(), Class::PLACE));
        people.split(',').for_each(|word| put(word.trim(), Class::PEOPLE));
    }
    for row in rows(include_str!("../../data/en/first-names.txt")) {
        let (sex, names) = row.split_once(": ").unwrap_or(("", ""));
        let class = if sex == "f" { Class::FEMALE } else { Class::MALE };
        names.split(' ').for_each(|name| put(name, class));
    }
    for row in rows(include_str!("../../data/en/roles.txt")) {
        let (kind, nouns) = row.split_once(": ").unwrap_or(("", ""));
        let class = match kind {
            "m" => Class::ROLE_MALE,
            "f" => Class::ROLE_FEMALE,
            "p" => Class::ROLE_PERSON,
            "o" => Class::ROLE_BODY,
            _ => Class::ROLE_PLURAL,
        };
        nouns.split(',').for_each(|noun| put(noun.trim(), class));
    }
    classes
});

/// Returns what a folded word or phrase is known to be; given names are looked up as they stand.
pub(crate) fn class(word: &str) -> Class {
    CLASSES.get(word).copied().unwrap_or_default()
}

/// The names of countries that have more than one, each with the first of its row.
static COUNTRIES: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let mut countries = FxHashMap::default();
    for row in rows(include_str!("../../data/en/countries.tsv")) {
        let names = row.split('\t').next().unwrap_or("");
        let first = names.split(',').next().unwrap_or("").trim();
        countries.extend(names.split(',').map(|name| (name.trim(), first)).filter(|(name, _)| !name.is_empty()));
    }
    countries
});

/// Returns one name for all names of a country; none where the phrase names no country.
pub(super) fn country(phrase: &str) -> Option<&'static str> {
    COUNTRIES.get(phrase).copied()
}

/// Returns the rows of a table that are neither empty nor comments.
pub(crate) fn rows(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|row| !row.is_empty() && !row.starts_with('#'))
}
