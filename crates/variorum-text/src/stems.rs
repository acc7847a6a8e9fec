//! One form for many in languages other than English: elided articles, accents, inflection, words of grammar.
//!
//! A language is its tag of BCP 47; only its first part is read. What a language lacks here (a stemmer, a list) is left
//! out, so its words keep the form in which they stand.

use std::borrow::Cow;
use std::cell::RefCell;
use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::fold::{fold, is_stop_word, stem};

const ROWS: &str = include_str!("../data/stop-words.tsv");

/// Words of grammar and elided forms by language.
struct Tables {
    stop_words: FxHashMap<&'static str, FxHashSet<String>>,
    elided: FxHashMap<&'static str, FxHashSet<&'static str>>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut tables = Tables { stop_words: FxHashMap::default(), elided: FxHashMap::default() };
    for row in ROWS.lines().filter(|row| !row.starts_with('#')) {
        let mut cells = row.split('\t');
        let (Some(language), Some(kind), Some(words)) = (cells.next(), cells.next(), cells.next()) else { continue };
        match kind {
            "word" => tables.stop_words.entry(language).or_default().extend(words.split(' ').map(fold)),
            _ => tables.elided.entry(language).or_default().extend(words.split(' ')),
        }
    }
    tables
});

/// Returns the first part of a tag: `pt` of `pt-BR`.
fn main_part(language: &str) -> &str {
    language.split(['-', '_']).next().unwrap_or(language)
}

/// Returns a word in lower case without accents, possessive and elided article ("l'été" gives "ete").
pub fn fold_in(word: &str, language: &str) -> String {
    fold(without_article(word, main_part(language)))
}

fn without_article<'a>(word: &'a str, language: &str) -> &'a str {
    if language == "en" {
        return word;
    }
    let Some(elided) = TABLES.elided.get(language) else { return word };
    match word.split_once(['\'', '’']) {
        Some((article, rest)) if !rest.is_empty() && elided.contains(article.to_lowercase().as_str()) => rest,
        _ => word,
    }
}

/// Tells whether a folded word carries grammar rather than content in a language.
pub fn is_stop_word_in(folded: &str, language: &str) -> bool {
    match main_part(language) {
        "en" => is_stop_word(folded),
        other => TABLES.stop_words.get(other).is_some_and(|words| words.contains(folded)),
    }
}

thread_local! {
    /// Each thread remembers what it stemmed, by language.
    static STEMS: RefCell<FxHashMap<&'static str, FxHashMap<String, String>>> = RefCell::default();
}

/// Returns the Snowball stem of a word as it stands, without accents ("elecciones" and "elección" share one).
///
/// The stemmers read accents, so they come off last; English ones read folded words. Words with digits are only folded.
pub fn stem_in(word: &str, language: &str) -> String {
    let main = main_part(language);
    if main == "en" {
        return stem(&fold(word));
    }
    let Some((name, algorithm)) = stemmer(main) else { return fold(word) };
    let lower = without_article(word, main).to_lowercase();
    if lower.len() < 3 || lower.bytes().any(|b| b.is_ascii_digit()) {
        return fold(&lower);
    }
    STEMS.with_borrow_mut(|languages| {
        let stems = languages.entry(name).or_default();
        if let Some(stem) = stems.get(&lower) {
            return stem.clone();
        }
        // A stream must not grow the memory: forget everything once the table is as large as a big dictionary.
        if stems.len() > 200_000 {
            stems.clear();
        }
        let stem = fold(&Stemmer::create(algorithm).stem(&singular(&lower, name)));
        stems.insert(lower, stem.clone());
        stem
    })
}

/// The Portuguese stemmer keeps "eleições" from "eleição"; the plural is regular.
fn singular<'a>(word: &'a str, language: &str) -> Cow<'a, str> {
    match word.strip_suffix("ões").filter(|_| language == "pt") {
        Some(start) => Cow::Owned(format!("{start}ão")),
        None => Cow::Borrowed(word),
    }
}

/// Tells whether a capital inside a sentence marks a name in a language: German writes every noun with one.
pub fn capitals_tell_names(language: &str) -> bool {
    !matches!(main_part(language), "de" | "lb")
}

fn stemmer(language: &str) -> Option<(&'static str, Algorithm)> {
    Some(match language {
        "ar" => ("ar", Algorithm::Arabic),
        "da" => ("da", Algorithm::Danish),
        "de" => ("de", Algorithm::German),
        "el" => ("el", Algorithm::Greek),
        "es" => ("es", Algorithm::Spanish),
        "fi" => ("fi", Algorithm::Finnish),
        "fr" => ("fr", Algorithm::French),
        "hu" => ("hu", Algorithm::Hungarian),
        "it" => ("it", Algorithm::Italian),
        "nb" | "nn" | "no" => ("no", Algorithm::Norwegian),
        "nl" => ("nl", Algorithm::Dutch),
        "pt" => ("pt", Algorithm::Portuguese),
        "ro" => ("ro", Algorithm::Romanian),
        "ru" => ("ru", Algorithm::Russian),
        "sv" => ("sv", Algorithm::Swedish),
        "ta" => ("ta", Algorithm::Tamil),
        "tr" => ("tr", Algorithm::Turkish),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{capitals_tell_names, fold_in, is_stop_word_in, stem_in};

    fn one_stem(language: &str, words: &str) {
        let stems: Vec<String> = words.split(' ').map(|word| stem_in(word, language)).collect();
        assert!(stems.iter().all(|stem| *stem == stems[0]), "{language}: {words}: {stems:?}");
    }

    #[test]
    fn forms_of_one_word_share_a_stem() {
        one_stem("en", "flooded Flooding");
        one_stem("es", "elección elecciones Elecciones");
        one_stem("es-MX", "detenido detenidos");
        one_stem("fr", "ferries ferrie l’ferrie");
        one_stem("fr", "blessés blessée blessé");
        one_stem("de", "Häfen häfen");
        one_stem("de", "Fähre Fähren");
        one_stem("pt", "eleição eleições");
        one_stem("it", "traghetto traghetti");
        one_stem("it", "isola isole dell’isola");
    }

    #[test]
    fn an_elided_article_is_no_part_of_the_word() {
        assert_eq!(fold_in("L’été", "fr"), "ete");
        assert_eq!(fold_in("all'isola", "it"), "isola");
        assert_eq!(fold_in("O'Neil", "fr"), "o'neil");
        assert_eq!(fold_in("l’été", "en"), "l'ete");
    }

    #[test]
    fn words_of_grammar_are_those_of_the_language() {
        for (word, language) in [("the", "en"), ("tambien", "es"), ("etaient", "fr"), ("fur", "de"), ("nao", "pt-BR")] {
            assert!(is_stop_word_in(word, language), "{word} {language}");
        }
        assert!(is_stop_word_in("perche", "it"));
        assert!(!is_stop_word_in("die", "en") && is_stop_word_in("die", "de"));
        assert!(!is_stop_word_in("puente", "es") && !is_stop_word_in("the", "xx"));
    }

    #[test]
    fn a_german_capital_proves_no_name() {
        assert!(!capitals_tell_names("de-AT") && capitals_tell_names("fr"));
    }

    #[test]
    fn a_language_without_a_stemmer_keeps_its_words() {
        assert_eq!(stem_in("Mosty", "pl"), "mosty");
        assert_eq!(stem_in("B-52", "es"), "b-52");
    }
}
