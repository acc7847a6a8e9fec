//! What the comparison knows of English, from `data/en`.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use variorum_text::{fold, stem};

/// What a concept is used for in a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// People who are counted.
    Person,
    /// Something done to people, who are counted by it: the dead, the injured, the arrested.
    Toll,
    /// Something else that happened or will happen.
    Act,
    /// Anything else.
    Other,
}

/// Words that change what a sentence claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Cue {
    /// "not", "never", "denied".
    Negation,
    /// "may", "allegedly".
    Hedge,
    /// "will", "scheduled".
    Planned,
    /// "called off".
    Cancelled,
    /// "because", "triggering".
    Cause,
    /// "all", "some".
    Scope,
}

/// The tables, read once.
#[derive(Debug)]
pub(crate) struct Lexicon {
    concepts: FxHashMap<String, (String, Class)>,
    cues: FxHashMap<String, Vec<(Cue, Vec<String>)>>,
    vague: FxHashSet<String>,
    light: FxHashSet<String>,
    numbers: FxHashMap<String, &'static str>,
}

thread_local! {
    /// Finding the form of a word takes half a microsecond and news repeats its words, so each thread remembers them.
    static KEYS: RefCell<FxHashMap<String, Rc<str>>> = RefCell::default();
}

/// A stream must not grow the memory.
const MOST_KEYS: usize = 50_000;

/// Returns the lexicon of English.
pub(crate) fn lexicon() -> &'static Lexicon {
    static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::read);
    &LEXICON
}

impl Lexicon {
    /// Returns the form under which a folded word is compared: its concept's name, its number, or its stem.
    pub fn key(&self, folded: &str) -> String {
        self.known_key(folded).as_ref().to_owned()
    }

    /// Returns the same, shared by all who ask in this thread.
    pub fn known_key(&self, folded: &str) -> Rc<str> {
        KEYS.with_borrow_mut(|keys| {
            if let Some(key) = keys.get(folded) {
                return Rc::clone(key);
            }
            if keys.len() >= MOST_KEYS {
                keys.clear();
            }
            let key: Rc<str> = self.found_key(folded).into();
            keys.insert(folded.to_owned(), Rc::clone(&key));
            key
        })
    }

    fn found_key(&self, folded: &str) -> String {
        if let Some(number) = self.numbers.get(folded) {
            return (*number).to_owned();
        }
        if folded.bytes().next().is_some_and(|b| b.is_ascii_digit()) {
            return plain_number(folded);
        }
        if let Some((name, _)) = self.concepts.get(folded) {
            return name.clone();
        }
        // Base forms join what stems keep apart ("fell", "fall"; "labour", "labor"), stems what base forms do ("refuse", "refusal").
        let base = stem(variorum_lexicon::Word::met(folded).lemma().unwrap_or(folded));
        match self.concepts.get(&stem(folded)).or_else(|| self.concepts.get(&base)) {
            Some((name, _)) => name.clone(),
            None => base,
        }
    }

    /// Returns the digits that a folded number word stands for.
    pub fn number(&self, folded: &str) -> Option<&'static str> {
        self.numbers.get(folded).copied()
    }

    /// Tells whether a form carries little content ("become", "several").
    pub fn is_light(&self, form: &str) -> bool {
        self.light.contains(form)
    }

    /// Returns the class of a folded word.
    pub fn class(&self, folded: &str) -> Class {
        let base = || self.concepts.get(&stem(&variorum_lexicon::lemma(folded)));
        match self.concepts.get(folded).or_else(|| self.concepts.get(&stem(folded))).or_else(base) {
            Some((_, class)) => *class,
            None => Class::Other,
        }
    }

    /// Returns the cues in a run of folded words, each with the place of its first word and its length.
    pub fn cues<S: AsRef<str>>(&self, folded: &[S]) -> Vec<(Cue, usize, usize)> {
        let mut found = Vec::new();
        for at in 0..folded.len() {
            let word = folded[at].as_ref();
            if word.ends_with("n't") {
                found.push((Cue::Negation, at, 1));
            }
            if word.ends_with("'ll") {
                found.push((Cue::Planned, at, 1));
            }
            for (cue, words) in self.cues.get(word).into_iter().flatten() {
                let fits = words.iter().enumerate().all(|(i, w)| folded.get(at + i).is_some_and(|f| f.as_ref() == w));
                if fits {
                    found.push((*cue, at, words.len()));
                }
            }
        }
        found
    }

    /// Tells whether a source is named so vaguely that nobody can be asked.
    pub fn is_vague(&self, name: &str) -> bool {
        name.split_whitespace().map(fold).all(|w| self.vague.contains(&w) || variorum_text::is_stop_word(&w))
    }

    fn read() -> Self {
        let mut concepts = FxHashMap::default();
        for row in rows(include_str!("../data/en/concepts.tsv")) {
            let class = match row[1] {
                "person" => Class::Person,
                "toll" => Class::Toll,
                "act" => Class::Act,
                _ => Class::Other,
            };
            for word in row[2].split(' ') {
                for form in [word.to_owned(), stem(word)] {
                    concepts.entry(form).or_insert_with(|| (row[0].to_owned(), class));
                }
            }
        }
        let (mut cues, mut vague) = (FxHashMap::<String, Vec<(Cue, Vec<String>)>>::default(), FxHashSet::default());
        for row in rows(include_str!("../data/en/cues.tsv")) {
            let words: Vec<String> = row[1].split(' ').map(str::to_owned).collect();
            let cue = match row[0] {
                "negation" => Cue::Negation,
                "hedge" => Cue::Hedge,
                "planned" => Cue::Planned,
                "cancelled" => Cue::Cancelled,
                "cause" => Cue::Cause,
                "scope" => Cue::Scope,
                _ => {
                    vague.insert(row[1].to_owned());
                    continue;
                }
            };
            cues.entry(words[0].clone()).or_default().push((cue, words));
        }
        let numbers = rows(include_str!("../data/en/numbers.tsv")).map(|row| (row[0].to_owned(), row[1])).collect();
        let light = rows(include_str!("../data/en/light.tsv"))
            .flat_map(|row| row[1].split(' ').map(stem).collect::<Vec<_>>())
            .collect();
        Lexicon { concepts, cues, vague, light, numbers }
    }
}

/// Returns a number without its thousands separators, and without the letters of "7am" or "20th".
fn plain_number(folded: &str) -> String {
    let tied = ["am", "pm", "st", "nd", "rd", "th"].into_iter().find_map(|tail| folded.strip_suffix(tail));
    let number = tied.filter(|rest| rest.bytes().all(|b| b.is_ascii_digit())).unwrap_or(folded);
    let digits: String = number.chars().filter(|c| *c != ',').collect();
    digits.strip_suffix(".0").map(str::to_owned).unwrap_or(digits)
}

pub(crate) fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split('\t').collect::<Vec<_>>())
        .filter(|row| row.len() >= 2)
}

#[cfg(test)]
mod tests {
    use super::{Cue, lexicon, rows};
    use variorum_text::{fold, words};

    #[test]
    fn every_cue_is_found_in_its_example() {
        for row in rows(include_str!("../data/en/cues.tsv")) {
            if row[0] == "vague" {
                continue;
            }
            let folded: Vec<String> = words(row[2]).iter().map(|w| fold(w.text)).collect();
            assert!(!lexicon().cues(&folded).is_empty(), "{row:?}");
        }
    }

    #[test]
    fn contractions_negate() {
        assert!(lexicon().cues(&["wasn't"]).iter().any(|c| c.0 == Cue::Negation));
    }
}
