//! What a report says in its own words: names as they stand, figures with what they count, the words that tell most.

use std::collections::{BTreeMap, BTreeSet};

use variorum_news::Report;
use variorum_text::{Word, is_stop_word_in, words};

use crate::counts::Class;
use crate::likeness::{Weighed, WeighedTerm};
use crate::profile::key_of_word;

/// A word with its key; words of grammar have none.
type Keyed<'a> = (Word<'a>, Option<u32>);

/// The words of a report where they stand, with what grouping makes of each.
pub struct Said<'a> {
    /// The report.
    pub report: &'a Report,
    language: &'a str,
    /// Text first, then the title; each with its words.
    parts: [(&'a str, Vec<Keyed<'a>>); 2],
    known: BTreeMap<u32, WeighedTerm>,
}

/// A number with what it counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figure<'a> {
    /// The number's key.
    pub key: u32,
    /// The number as it stands, with its sign.
    pub number: &'a str,
    /// The number with the word after it.
    pub words: &'a str,
    /// The key of the word after it.
    pub what: Option<u32>,
}

impl<'a> Said<'a> {
    /// Returns what a report says, given what its words weigh.
    pub fn of(report: &'a Report, language: &'a str, weighed: &Weighed) -> Self {
        let keyed = |text: &'a str| {
            let words = words(text).into_iter().map(|word| (word, key_of_word(&word, language)));
            (text, words.collect::<Vec<_>>())
        };
        let parts = [keyed(&report.text), keyed(report.title.as_deref().unwrap_or_default())];
        Said { report, language, parts, known: weighed.terms.iter().map(|term| (term.term.key, *term)).collect() }
    }

    /// Tells whether the report has a word.
    pub fn holds(&self, key: u32) -> bool {
        self.known.contains_key(&key)
    }

    /// Returns the names of which every word passes, the rarest first, none inside another.
    pub fn names(&self, keep: impl Fn(u32) -> bool) -> Vec<&'a str> {
        let mut found: Vec<(f32, &'a str, BTreeSet<u32>)> = Vec::new();
        for run in self.parts.iter().flat_map(|(text, words)| runs(text, words, |word, key| self.is_name(word, key))) {
            for part in run.words.split(|(_, key)| !key.is_some_and(&keep)).filter(|part| !part.is_empty()) {
                let keys: BTreeSet<u32> = part.iter().filter_map(|(_, key)| *key).collect();
                let tells = keys.iter().filter_map(|key| self.known.get(key)).map(|term| term.weight()).sum();
                found.push((tells, &run.text[part[0].0.start..part[part.len() - 1].0.end], keys));
            }
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut names: Vec<(&'a str, BTreeSet<u32>)> = Vec::new();
        for (_, name, keys) in found {
            if !names.iter().any(|(_, other)| keys.is_subset(other)) {
                names.push((name, keys));
            }
        }
        names.into_iter().map(|(name, _)| name).collect()
    }

    fn is_name(&self, word: &Word, key: Option<u32>) -> bool {
        let known = key.and_then(|key| self.known.get(&key));
        word.is_capitalised() && known.is_some_and(|term| term.class == Class::Name)
    }

    /// Returns the words of a class that pass, the strongest first, as they first stand.
    pub fn strongest(&self, class: Class, keep: impl Fn(u32) -> bool) -> Vec<&'a str> {
        let mut first: BTreeMap<u32, &'a str> = BTreeMap::new();
        for (word, key) in self.parts.iter().flat_map(|(_, words)| words) {
            if let Some(key) = key.filter(|&key| keep(key)) {
                first.entry(key).or_insert(word.text);
            }
        }
        let of_class = self.known.values().filter(|term| term.class == class && first.contains_key(&term.term.key));
        let mut terms: Vec<&WeighedTerm> = of_class.collect();
        terms.sort_by(|a, b| b.weight().total_cmp(&a.weight()).then(a.term.key.cmp(&b.term.key)));
        terms.into_iter().map(|term| first[&term.term.key]).collect()
    }

    /// Returns the figures in order, each number once.
    pub fn figures(&self) -> Vec<Figure<'a>> {
        let mut figures: Vec<Figure> = Vec::new();
        for (text, words) in &self.parts {
            for (at, (word, key)) in words.iter().enumerate() {
                let Some(key) = key.filter(|_| word.text.starts_with(|c: char| c.is_ascii_digit())) else { continue };
                if figures.iter().all(|figure| figure.key != key) {
                    figures.push(self.figure(text, (*word, key), words.get(at + 1)));
                }
            }
        }
        figures
    }

    fn figure(&self, text: &'a str, (word, key): (Word<'a>, u32), next: Option<&Keyed<'a>>) -> Figure<'a> {
        let before = text[..word.start].chars().next_back().filter(|c| matches!(c, '$' | '€' | '£' | '¥'));
        let start = word.start - before.map_or(0, char::len_utf8);
        let end = word.end + usize::from(text[word.end..].starts_with('%'));
        let number = &text[start..end];
        let counted = next.filter(|(next, _)| &text[end..next.start] == " " && !next.has_digit());
        match counted.and_then(|(next, key)| Some((next, (*key)?))) {
            Some((next, what)) if !is_stop_word_in(&next.text.to_lowercase(), self.language) => {
                Figure { key, number, words: &text[start..next.end], what: Some(what) }
            }
            _ => Figure { key, number, words: number, what: None },
        }
    }
}

/// Words that stand side by side.
struct Run<'s, 'a> {
    text: &'a str,
    words: &'s [Keyed<'a>],
}

/// Returns the longest runs of words that pass, with nothing but a space between.
fn runs<'s, 'a>(
    text: &'a str,
    words: &'s [Keyed<'a>],
    is_part: impl Fn(&Word, Option<u32>) -> bool,
) -> Vec<Run<'s, 'a>> {
    let mut found = Vec::new();
    let mut start = 0;
    while start < words.len() {
        if !is_part(&words[start].0, words[start].1) {
            start += 1;
            continue;
        }
        let mut end = start + 1;
        while end < words.len()
            && is_part(&words[end].0, words[end].1)
            && &text[words[end - 1].0.end..words[end].0.start] == " "
        {
            end += 1;
        }
        found.push(Run { text, words: &words[start..end] });
        start = end;
    }
    found
}
