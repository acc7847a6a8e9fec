//! What a report says in its own words: names as they stand, figures with what they count, the words that tell most.

use std::collections::{BTreeMap, BTreeSet};

use variorum_news::Report;
use variorum_text::{Word, fold, is_stop_word_in, words};

use crate::counts::Class;
use crate::likeness::{Weighed, WeighedTerm};
use crate::profile::key_of_word;

/// Words that are rarer than one report in twenty tell something.
const TELLS: f32 = 3.0;

/// Days and months are written like names in English.
const CALENDAR: &str = " monday tuesday wednesday thursday friday saturday sunday january february march april may june july august \
    september october november december jan feb mar apr jun jul aug sept sep oct nov dec ";

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
    held: BTreeSet<u32>,
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
    /// The word after it.
    pub what: Option<&'a str>,
    /// The number with the two words after it, where there are two.
    pub longer: Option<&'a str>,
}

impl<'a> Said<'a> {
    /// Returns what a report says, given what its words weigh.
    pub fn of(report: &'a Report, language: &'a str, weighed: &Weighed) -> Self {
        let keyed = |text: &'a str| {
            let words = words(text).into_iter().map(|word| (word, key_of_word(&word, language)));
            (text, words.collect::<Vec<_>>())
        };
        let parts = [keyed(&report.text), keyed(report.title.as_deref().unwrap_or_default())];
        let held = parts.iter().flat_map(|(_, words)| words.iter().filter_map(|(_, key)| *key)).collect();
        Said { report, language, parts, known: weighed.terms.iter().map(|term| (term.term.key, *term)).collect(), held }
    }

    /// Tells whether the report has a word.
    pub fn holds(&self, key: u32) -> bool {
        self.held.contains(&key)
    }

    /// Returns the names, and what of longer names stands in another report too, the rarest first, none inside another.
    pub fn names_in(&self, other: &Said) -> Vec<&'a str> {
        let parts = |run: &[Keyed<'a>]| {
            let shared = run.split(|(_, key)| !key.is_some_and(|key| other.holds(key)));
            shared.filter(|part| !part.is_empty()).map(<[Keyed]>::to_vec).collect::<Vec<_>>()
        };
        self.names(parts)
    }

    /// Returns the names of which nothing stands in another report, the rarest first.
    pub fn names_not_in(&self, other: &Said) -> Vec<&'a str> {
        let is_new = |run: &[Keyed<'a>]| run.iter().all(|(_, key)| key.is_some_and(|key| !other.holds(key)));
        self.names(|run| if is_new(run) { vec![run.to_vec()] } else { Vec::new() })
    }

    fn names(&self, parts_of: impl Fn(&[Keyed<'a>]) -> Vec<Vec<Keyed<'a>>>) -> Vec<&'a str> {
        let mut found: Vec<(f32, &'a str, BTreeSet<u32>)> = Vec::new();
        for (text, words) in &self.parts {
            for part in runs(text, words, |word, key| self.is_name(word, key)).into_iter().flat_map(&parts_of) {
                let keys: BTreeSet<u32> = part.iter().filter_map(|(_, key)| *key).collect();
                let tells = keys.iter().filter_map(|key| self.known.get(key)).map(|term| term.rarity).sum();
                let name = &text[part[0].0.start..part[part.len() - 1].0.end];
                let name = name.strip_suffix("'s").or_else(|| name.strip_suffix("’s")).unwrap_or(name);
                found.push((tells, name, keys));
            }
        }
        found.retain(|(tells, ..)| *tells >= TELLS);
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
        let is_calendar = || CALENDAR.contains(&format!(" {} ", fold(word.text)));
        word.is_capitalised() && known.is_some_and(|term| term.class == Class::Name) && !is_calendar()
    }

    /// Returns the telling words, no names or numbers, that stand in another report too, the strongest first.
    pub fn words_in(&self, other: &Said) -> Vec<&'a str> {
        let mut first: BTreeMap<u32, &'a str> = BTreeMap::new();
        for (word, key) in self.parts.iter().flat_map(|(_, words)| words) {
            if let Some(key) = key.filter(|&key| other.holds(key)) {
                first.entry(key).or_insert(word.text);
            }
        }
        let tells = |term: &&WeighedTerm| term.class == Class::Plain && term.rarity >= TELLS;
        let mut terms: Vec<&WeighedTerm> =
            self.known.values().filter(tells).filter(|term| first.contains_key(&term.term.key)).collect();
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
                    figures.push(self.figure(text, (*word, key), &words[at + 1..]));
                }
            }
        }
        figures
    }

    fn figure(&self, text: &'a str, (word, key): (Word<'a>, u32), after: &[Keyed<'a>]) -> Figure<'a> {
        let before = text[..word.start].chars().next_back().filter(|c| matches!(c, '$' | '€' | '£' | '¥'));
        let start = word.start - before.map_or(0, char::len_utf8);
        let mut end = word.end + usize::from(text[word.end..].starts_with('%'));
        let number = &text[start..end];
        let mut counted = Vec::new();
        for (next, key) in after.iter().take(2) {
            let tells = key.is_some() && !next.has_digit() && !is_stop_word_in(&fold(next.text), self.language);
            if !tells || &text[end..next.start] != " " {
                break;
            }
            counted.push((&text[start..next.end], next.text));
            end = next.end;
        }
        Figure {
            key,
            number,
            words: counted.first().map_or(number, |(words, _)| words),
            what: counted.first().map(|(_, what)| *what),
            longer: counted.get(1).map(|(words, _)| *words),
        }
    }
}

/// Returns the longest runs of words that pass, with nothing but a space between.
fn runs<'s, 'a>(
    text: &str,
    words: &'s [Keyed<'a>],
    is_part: impl Fn(&Word, Option<u32>) -> bool,
) -> Vec<&'s [Keyed<'a>]> {
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
        found.push(&words[start..end]);
        start = end;
    }
    found
}
