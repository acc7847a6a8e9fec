//! In how many reports a word stands, and how often it is a name there.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::commonness;
use crate::profile::Term;

/// The general commonness of a word counts as much as this many reports of the stream.
const GENERAL_REPORTS: f64 = 1000.0;

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
}

/// What a word is to the likeness of two reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// A word that the reports write as a name.
    Name,
    /// A number.
    Number,
    /// Any other word.
    Plain,
}

impl Counts {
    /// Returns how many reports are counted.
    pub fn reports(&self) -> u32 {
        self.reports
    }

    /// Counts a report in.
    pub fn add(&mut self, terms: &[Term]) {
        self.reports += 1;
        for term in terms {
            let count = self.of.entry(term.key).or_default();
            count.reports += 1;
            match term.reads_as_name() {
                Some(true) => count.names += 1,
                Some(false) => count.plains += 1,
                None => {}
            }
        }
    }

    /// Counts a report out that is forgotten.
    pub fn take(&mut self, terms: &[Term]) {
        self.reports = self.reports.saturating_sub(1);
        for term in terms {
            let Some(count) = self.of.get_mut(&term.key) else { continue };
            count.reports = count.reports.saturating_sub(1);
            match term.reads_as_name() {
                Some(true) => count.names = count.names.saturating_sub(1),
                Some(false) => count.plains = count.plains.saturating_sub(1),
                None => {}
            }
            if count.reports == 0 {
                self.of.remove(&term.key);
            }
        }
    }

    /// Returns what kind of word a term is, as most reports write it, and how much it says by its rarity.
    pub fn weigh(&self, term: Term) -> (Class, f32) {
        let count = self.of.get(&term.key).copied().unwrap_or_default();
        let general = if term.is_number() { commonness::NUMBER } else { commonness::of_word(term.key) };
        let rarity = self.rarity(f64::from(count.reports), general);
        if term.is_number() {
            let times = if term.is_short_number() { SHORT_NUMBER_TIMES } else { 1.0 };
            (Class::Number, rarity * times)
        } else if count.names > count.plains {
            (Class::Name, rarity * NAME_TIMES)
        } else {
            (Class::Plain, rarity)
        }
    }

    /// Inverse document frequency, smoothed by the language at large.
    fn rarity(&self, reports: f64, general: f64) -> f32 {
        let share = (reports + GENERAL_REPORTS * general + 0.5) / (f64::from(self.reports) + GENERAL_REPORTS + 0.5);
        -share.min(1.0).ln() as f32
    }
}
