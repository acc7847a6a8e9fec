//! One form for many: case, marks, inflection.

use std::borrow::Cow;
use std::cell::RefCell;

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;
use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::disguise::undisguised;

/// Returns a text in NFC.
pub fn nfc(text: &str) -> Cow<'_, str> {
    if is_nfc(text) { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

/// Returns a text with curly quotation marks and apostrophes made straight, and dashes made hyphens, one to one.
pub fn straighten(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '‘' | '’' | '‛' | 'ʼ' => '\'',
            '“' | '”' | '„' | '‟' | '«' | '»' => '"',
            '‐' | '‑' | '–' | '—' => '-',
            '\u{a0}' | '\u{2009}' | '\u{202f}' => ' ',
            c => c,
        })
        .collect()
}

/// Returns a word in lower case, without accents, possessive and inner full stops ("U.N" gives "un"), as a reader sees
/// it: without invisible characters, and with Latin letters for those of other scripts that look like them.
pub fn fold(word: &str) -> String {
    let mut folded: String = if word.is_ascii() {
        word.to_ascii_lowercase()
    } else {
        undisguised(word)
            .chars()
            .map(|c| if c == '’' { '\'' } else { c })
            .flat_map(char::to_lowercase)
            .nfd()
            .filter(|c| !is_combining_mark(*c))
            .collect()
    };
    if let Some(stripped) = folded.strip_suffix("'s") {
        folded.truncate(stripped.len());
    }
    if folded.contains('.') && folded.bytes().all(|b| b == b'.' || b.is_ascii_lowercase()) {
        folded.retain(|c| c != '.');
    }
    folded
}

thread_local! {
    /// Stemming a word costs a microsecond and news repeats its words, so each thread remembers what it stemmed.
    static STEMS: RefCell<FxHashMap<String, String>> = RefCell::default();
}

/// Returns the Snowball English stem of a folded word ("deported" and "deportation" share one).
///
/// Method: M. F. Porter, Snowball English stemmer. Words with digits are kept as they are.
pub fn stem(folded: &str) -> String {
    if folded.len() < 3 || folded.bytes().any(|b| b.is_ascii_digit()) {
        return folded.to_owned();
    }
    STEMS.with_borrow_mut(|stems| {
        if let Some(stem) = stems.get(folded) {
            return stem.clone();
        }
        // A stream must not grow the memory: forget everything once the table is as large as a big dictionary.
        if stems.len() > 200_000 {
            stems.clear();
        }
        let stem = Stemmer::create(Algorithm::English).stem(folded).into_owned();
        stems.insert(folded.to_owned(), stem.clone());
        stem
    })
}

/// Tells whether a folded English word carries grammar rather than content.
pub fn is_stop_word(folded: &str) -> bool {
    STOP_WORDS.binary_search(&folded).is_ok()
}

/// Sorted, so that a look-up is a binary search.
const STOP_WORDS: &[&str] = &[
    "a",
    "about",
    "above",
    "after",
    "again",
    "against",
    "all",
    "also",
    "although",
    "am",
    "amid",
    "among",
    "an",
    "and",
    "any",
    "are",
    "aren't",
    "as",
    "at",
    "be",
    "because",
    "been",
    "before",
    "being",
    "below",
    "between",
    "both",
    "but",
    "by",
    "can",
    "can't",
    "cannot",
    "could",
    "couldn't",
    "did",
    "didn't",
    "do",
    "does",
    "doesn't",
    "doing",
    "don't",
    "down",
    "during",
    "each",
    "either",
    "even",
    "ever",
    "every",
    "few",
    "for",
    "from",
    "further",
    "had",
    "hadn't",
    "has",
    "hasn't",
    "have",
    "haven't",
    "having",
    "he",
    "her",
    "here",
    "hers",
    "herself",
    "him",
    "himself",
    "his",
    "how",
    "however",
    "i",
    "if",
    "in",
    "into",
    "is",
    "isn't",
    "it",
    "its",
    "itself",
    "just",
    "may",
    "me",
    "might",
    "more",
    "most",
    "must",
    "my",
    "myself",
    "no",
    "nor",
    "not",
    "now",
    "of",
    "off",
    "on",
    "once",
    "only",
    "onto",
    "or",
    "other",
    "our",
    "ours",
    "ourselves",
    "out",
    "over",
    "own",
    "per",
    "same",
    "shall",
    "she",
    "should",
    "since",
    "so",
    "some",
    "such",
    "than",
    "that",
    "the",
    "their",
    "theirs",
    "them",
    "themselves",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "through",
    "to",
    "too",
    "toward",
    "towards",
    "under",
    "until",
    "up",
    "upon",
    "us",
    "very",
    "was",
    "wasn't",
    "we",
    "were",
    "weren't",
    "what",
    "when",
    "where",
    "whether",
    "which",
    "while",
    "who",
    "whom",
    "whose",
    "why",
    "will",
    "with",
    "within",
    "without",
    "won't",
    "would",
    "wouldn't",
    "yet",
    "you",
    "your",
    "yours",
];

#[cfg(test)]
mod tests {
    use super::{STOP_WORDS, fold, is_stop_word, stem};

    #[test]
    fn forms_of_one_word_fold_together() {
        assert_eq!(fold("Núñez’s"), "nunez");
        assert_eq!(fold("U.N"), "un");
        assert_eq!(stem(&fold("flooded")), stem(&fold("Flooding")));
    }

    #[test]
    fn stop_words_are_sorted() {
        assert!(STOP_WORDS.is_sorted());
        assert!(is_stop_word("the") && !is_stop_word("bridge"));
    }
}
