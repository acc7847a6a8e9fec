//! In how many reports a word stands, and how often it is a name there.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3Default;

use crate::commonness;
use crate::profile::Term;

/// The general commonness of a word counts as much as this many reports of the stream.
const GENERAL_REPORTS: f32 = 1000.0;

/// How much more a name says than another word as rare.
const NAME_TIMES: f32 = 1.4;

/// How much a number of one digit says against another as rare.
const SHORT_NUMBER_TIMES: f32 = 0.5;

/// Reports by word, over all that are kept.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Counts {
    reports: u32,
    #[serde(with = "crate::shelf::sorted")]
    of: FxHashMap<u32, Count>,
}

#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
struct Count {
    reports: u32,
    names: u32,
    plains: u32,
    /// What the language at large adds to the count of reports.
    general: f32,
}

/// What a word is to the likeness of two reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Class {
    /// A word that the reports write as a name.
    Name,
    /// A number.
    Number,
    /// Any other word.
    Plain,
    /// Two words of one name side by side, or a number with what it counts.
    Phrase,
    /// A day that the text names.
    Day,
}

impl Counts {
    /// Counts a report in.
    pub fn add(&mut self, terms: &[Term]) {
        self.reports += 1;
        for term in terms {
            self.of.entry(term.key).or_insert_with(|| Count::of(*term)).add(*term);
        }
    }

    /// Counts a report in, and returns what kind of word each of its terms is and how much it says by its rarity.
    pub fn add_and_weigh(&mut self, terms: &[Term]) -> Vec<(Class, f32)> {
        self.reports += 1;
        let reports = self.reports;
        // A look-up waits for memory, and those that nothing depends on wait together.
        let known = terms.iter().filter(|term| self.of.contains_key(&term.key)).count();
        self.of.reserve(terms.len() - known);
        let weigh = |term: &Term| {
            let count = self.of.entry(term.key).or_insert_with(|| Count::of(*term));
            count.add(*term);
            count.weigh(*term, reports)
        };
        terms.iter().map(weigh).collect()
    }

    /// Counts a report out that is forgotten.
    pub fn take(&mut self, terms: &[Term]) {
        self.reports = self.reports.saturating_sub(1);
        for term in terms {
            let Some(count) = self.of.get_mut(&term.key) else { continue };
            count.take(*term);
            if count.reports == 0 {
                self.of.remove(&term.key);
            }
        }
    }

    /// Returns a name for what is counted; equal counts have equal names.
    pub fn name(&self) -> String {
        let mut of: Vec<(&u32, &Count)> = self.of.iter().collect();
        of.sort_unstable_by_key(|(key, _)| **key);
        let mut sum = Xxh3Default::new();
        sum.update(&self.reports.to_le_bytes());
        for (key, count) in of {
            [*key, count.reports, count.names, count.plains].iter().for_each(|n| sum.update(&n.to_le_bytes()));
        }
        format!("{:016x}", sum.digest())
    }

    /// Returns what kind of word a term is, as most reports write it, and how much it says by its rarity.
    pub fn weigh(&self, term: Term) -> (Class, f32) {
        self.of.get(&term.key).copied().unwrap_or_else(|| Count::of(term)).weigh(term, self.reports)
    }
}

impl Count {
    fn of(term: Term) -> Self {
        let general = if term.is_number() {
            commonness::NUMBER
        } else if term.is_day() {
            commonness::DAY
        } else if term.is_phrase() {
            commonness::PHRASE
        } else {
            commonness::of_word(term.key)
        };
        Count { general: GENERAL_REPORTS * general as f32 + 0.5, ..Count::default() }
    }

    fn add(&mut self, term: Term) {
        self.reports += 1;
        match term.reads_as_name() {
            Some(true) => self.names += 1,
            Some(false) => self.plains += 1,
            None => {}
        }
    }

    fn take(&mut self, term: Term) {
        self.reports = self.reports.saturating_sub(1);
        match term.reads_as_name() {
            Some(true) => self.names = self.names.saturating_sub(1),
            Some(false) => self.plains = self.plains.saturating_sub(1),
            None => {}
        }
    }

    /// The rarity is the inverse document frequency, smoothed by the language at large.
    fn weigh(self, term: Term, reports: u32) -> (Class, f32) {
        let share = (self.reports as f32 + self.general) / (reports as f32 + GENERAL_REPORTS + 0.5);
        let rarity = -libm::logf(share.min(1.0));
        if term.is_number() {
            (Class::Number, rarity * if term.is_short_number() { SHORT_NUMBER_TIMES } else { 1.0 })
        } else if term.is_day() {
            (Class::Day, rarity)
        } else if term.is_phrase() {
            (Class::Phrase, rarity)
        } else if self.names > self.plains {
            (Class::Name, rarity * NAME_TIMES)
        } else {
            (Class::Plain, rarity)
        }
    }
}
