//! What the readers of other languages know, a table each.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use variorum_news::Hedge;

use crate::figures::lexicon::rows;

/// The words of one language.
#[derive(Debug)]
pub(in crate::figures) struct Lexicon {
    language: &'static str,
    numbers: FxHashMap<&'static str, f64>,
    scales: FxHashMap<&'static str, f64>,
    units: FxHashMap<&'static str, &'static str>,
    hedges: FxHashMap<&'static str, Hedge>,
    classes: FxHashMap<&'static str, Vec<&'static str>>,
}

/// Each language with its table.
pub(super) const TABLES: [(&str, &str); 5] = [
    ("es", include_str!("../../../data/es/figures.tsv")),
    ("pt", include_str!("../../../data/pt/figures.tsv")),
    ("fr", include_str!("../../../data/fr/figures.tsv")),
    ("it", include_str!("../../../data/it/figures.tsv")),
    ("de", include_str!("../../../data/de/figures.tsv")),
];

static LEXICONS: LazyLock<Vec<Lexicon>> =
    LazyLock::new(|| TABLES.iter().map(|(language, table)| Lexicon::read(language, table)).collect());

/// Returns the words of a language, given as a BCP 47 tag.
pub(super) fn of(language: &str) -> Option<&'static Lexicon> {
    let language = language.split(['-', '_']).next()?;
    LEXICONS.iter().find(|lexicon| lexicon.language == language)
}

impl Lexicon {
    fn read(language: &'static str, table: &'static str) -> Lexicon {
        let mut lexicon = Lexicon {
            language,
            numbers: FxHashMap::default(),
            scales: FxHashMap::default(),
            units: FxHashMap::default(),
            hedges: FxHashMap::default(),
            classes: FxHashMap::default(),
        };
        for row in rows(table) {
            for form in row[2].split(", ") {
                lexicon.add(row[0], row[1], form);
            }
        }
        lexicon
    }

    fn add(&mut self, class: &'static str, value: &'static str, form: &'static str) {
        let number = || value.parse().expect("numbers and scales have values");
        match class {
            "number" => drop(self.numbers.insert(form, number())),
            "scale" => drop(self.scales.insert(form, number())),
            "unit" => drop(self.units.insert(form, value)),
            "hedge" => drop(self.hedges.insert(form, hedge(value))),
            _ => self.classes.entry(form).or_default().push(class),
        }
    }

    pub fn number(&self, lower: &str) -> Option<f64> {
        self.numbers.get(lower).copied()
    }

    pub fn scale(&self, words: &str) -> Option<f64> {
        self.scales.get(words).copied()
    }

    pub fn unit(&self, words: &str) -> Option<&'static str> {
        self.units.get(words).copied()
    }

    pub fn hedge(&self, words: &str) -> Option<Hedge> {
        self.hedges.get(words.to_lowercase().replace('’', "'").as_str()).copied()
    }

    /// Tells whether a word is in a class, whatever its case.
    pub fn is(&self, class: &str, word: &str) -> bool {
        let listed = |word: &str| self.classes.get(word).is_some_and(|classes| classes.contains(&class));
        listed(word) || listed(&word.to_lowercase().replace('’', "'"))
    }

    /// Tells whether nouns begin with a capital.
    pub fn has_capital_nouns(&self) -> bool {
        self.language == "de"
    }

    /// Tells whether a word may stand between a number and what it counts.
    pub fn is_before_noun(&self, word: &str) -> bool {
        let adjective = word.ends_with('e') || word.ends_with("en") || word.ends_with("er");
        let german = self.has_capital_nouns() && word.len() > 3 && word.starts_with(char::is_lowercase) && adjective;
        german || self.is("before", word)
    }

    /// Tells whether a word looks like a noun in the plural.
    pub fn may_be_plural(&self, word: &str) -> bool {
        if word.chars().count() < 3 {
            return false;
        }
        match self.language {
            "de" => word.starts_with(char::is_uppercase),
            "fr" => word.ends_with(['s', 'x']),
            "it" => word.ends_with(['i', 'e', 'a']) && word.starts_with(char::is_lowercase),
            _ => word.ends_with('s'),
        }
    }
}

pub(super) fn hedge(name: &str) -> Hedge {
    match name {
        "about" => Hedge::About,
        "over" => Hedge::Over,
        "under" => Hedge::Under,
        "at-least" => Hedge::AtLeast,
        "at-most" => Hedge::AtMost,
        other => unreachable!("no hedge: {other}"),
    }
}
