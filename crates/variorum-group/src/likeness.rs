//! How likely two reports are to tell of one event.

use serde::{Deserialize, Serialize};

use crate::counts::{Class, Counts};
use crate::profile::Term;

/// A logistic model over four cosines; the README says what it was fitted on.
const BIAS: f32 = -4.75;
const OF_ALL: f32 = 13.47;
const OF_NAMES: f32 = 2.12;
const OF_NUMBERS: f32 = 3.36;
const OF_PLAIN: f32 = 0.19;

/// Two long reports share words more easily than two short ones: what each e-fold of the shorter one's words takes away.
const OF_LENGTH: f32 = 0.13;

/// What each doubling of the distance in days takes away, once it exceeds a day.
const OF_DAYS: f32 = 0.85;

/// Lengths of a report's vectors.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Norms {
    all: f32,
    names: f32,
    numbers: f32,
    plain: f32,
}

/// A report's words with their weights as the counts stand now.
#[derive(Debug, Clone)]
pub struct Weighed {
    /// Its words, in order of their keys.
    pub terms: Vec<WeighedTerm>,
    /// The lengths of its vectors.
    pub norms: Norms,
    /// The day of publication.
    pub day: Option<i32>,
}

/// A word of a report with its weight.
#[derive(Debug, Clone, Copy)]
pub struct WeighedTerm {
    /// The word.
    pub term: Term,
    /// What kind of word it is.
    pub class: Class,
    /// What the word says by its rarity.
    pub rarity: f32,
}

impl WeighedTerm {
    /// Returns the word's part in the report.
    pub fn weight(self) -> f32 {
        self.rarity * self.term.strength()
    }
}

/// Returns a report's words with their weights.
pub fn weigh(terms: &[Term], day: Option<i32>, counts: &Counts) -> Weighed {
    let terms: Vec<WeighedTerm> = terms
        .iter()
        .map(|&term| {
            let (class, rarity) = counts.weigh(term);
            WeighedTerm { term, class, rarity }
        })
        .collect();
    let mut sums = Sums::default();
    terms.iter().for_each(|weighed| sums.add(*weighed, weighed.term));
    Weighed { norms: sums.norms(), terms, day }
}

/// Returns how likely two reports are to tell of one event, from 0 to 1.
pub fn likeness(a: &Weighed, b: &[Term], b_norms: &Norms, b_day: Option<i32>) -> f32 {
    let mut sums = Sums::default();
    let mut rest = b.iter().peekable();
    for weighed in &a.terms {
        while rest.next_if(|term| term.key < weighed.term.key).is_some() {}
        if let Some(&&term) = rest.peek().filter(|term| term.key == weighed.term.key) {
            sums.add(*weighed, term);
        }
    }
    let shorter = a.terms.len().min(b.len()) as f32;
    sigmoid(sums.evidence(&a.norms, b_norms) - OF_LENGTH * shorter.ln_1p() - apart(a.day, b_day))
}

/// Returns what the distance in time takes from the evidence.
pub fn apart(a: Option<i32>, b: Option<i32>) -> f32 {
    match (a, b) {
        (Some(a), Some(b)) => {
            let days = a.abs_diff(b).saturating_sub(1) as f32;
            OF_DAYS * (1.0 + days).ln()
        }
        _ => 0.0,
    }
}

#[derive(Default)]
struct Sums(Norms);

impl Sums {
    /// Both sides weigh a shared word by the same rarity.
    fn add(&mut self, a: WeighedTerm, b: Term) {
        let part = a.weight() * a.rarity * b.strength();
        self.0.all += part;
        match a.class {
            Class::Name => self.0.names += part,
            Class::Number => self.0.numbers += part,
            Class::Plain => self.0.plain += part,
        }
    }

    fn norms(&self) -> Norms {
        let Norms { all, names, numbers, plain } = self.0;
        Norms { all: all.sqrt(), names: names.sqrt(), numbers: numbers.sqrt(), plain: plain.sqrt() }
    }

    fn evidence(&self, a: &Norms, b: &Norms) -> f32 {
        BIAS + OF_ALL * cosine(self.0.all, a.all, b.all)
            + OF_NAMES * cosine(self.0.names, a.names, b.names)
            + OF_NUMBERS * cosine(self.0.numbers, a.numbers, b.numbers)
            + OF_PLAIN * cosine(self.0.plain, a.plain, b.plain)
    }
}

fn cosine(product: f32, a: f32, b: f32) -> f32 {
    if a > 0.0 && b > 0.0 { (product / (a * b)).min(1.0) } else { 0.0 }
}

fn sigmoid(evidence: f32) -> f32 {
    1.0 / (1.0 + (-evidence).exp())
}
