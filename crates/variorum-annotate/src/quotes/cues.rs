//! Verbs that hand words to a speaker, read once from `data/en/speech.tsv`.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::names::lexicon::rows;

/// What a form of a speech verb may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cue {
    /// How the verb takes its words.
    pub verb: Verb,
    /// Which form of the verb it is.
    pub form: Form,
    /// Whether the form is a common noun or adjective too.
    pub doubtful: bool,
}

/// How a verb takes its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    /// "said": before, after or inside quoted words, or before "that".
    Say,
    /// "condemned": quoted words are part of its object.
    Judge,
    /// "reacted": its next sentence may be quoted words.
    Do,
}

/// Form of a verb, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// "say".
    Base,
    /// "says".
    Present,
    /// "said", also as a participle.
    Past,
    /// "saying".
    Progressive,
}

static CUES: LazyLock<FxHashMap<&'static str, Cue>> = LazyLock::new(|| {
    let mut cues = FxHashMap::with_capacity_and_hasher(1024, Default::default());
    for row in rows(include_str!("../../data/en/speech.tsv")) {
        let mut columns = row.split('\t');
        let verb = match columns.next() {
            Some("say") => Verb::Say,
            Some("judge") => Verb::Judge,
            Some("noun") => continue,
            _ => Verb::Do,
        };
        for (at, word) in columns.next().unwrap_or("").split(' ').enumerate() {
            let bare = word.trim_end_matches('~');
            let form = match bare {
                _ if bare.ends_with("ing") => Form::Progressive,
                _ if at == 0 && !bare.ends_with("ed") => Form::Base,
                _ if bare.ends_with('s') => Form::Present,
                _ => Form::Past,
            };
            cues.insert(bare, Cue { verb, form, doubtful: word != bare });
        }
    }
    cues
});

/// Returns what a folded word does as a speech verb.
pub(crate) fn cue(word: &str) -> Option<Cue> {
    CUES.get(word).copied()
}

/// Tells whether a folded word is surely a finite form of a verb of saying.
pub(crate) fn is_speech(word: &str) -> bool {
    cue(word).is_some_and(|c| c.verb == Verb::Say && !c.doubtful && matches!(c.form, Form::Present | Form::Past))
}

static NOUNS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    rows(include_str!("../../data/en/speech.tsv"))
        .filter_map(|row| row.strip_prefix("noun\t"))
        .flat_map(|row| row.split('\t').next().unwrap_or("").split(' '))
        .collect()
});

/// Tells whether a folded word is a noun for words that somebody says ("Ada Orr’s promise").
pub(crate) fn is_speech_noun(word: &str) -> bool {
    NOUNS.contains(word)
}

/// Returns the examples of the table.
#[cfg(test)]
pub(crate) fn examples() -> impl Iterator<Item = &'static str> {
    rows(include_str!("../../data/en/speech.tsv")).filter_map(|row| row.split('\t').nth(2))
}
