//! How likely two reports, or two stories, are to tell of one event.

use std::cell::OnceCell;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::candidates::strongest_asking;
use crate::counts::{Class, Counts};
use crate::gist::{Gist, Mass};
use crate::profile::Term;
use crate::shared::Shared;

/// A report's words with their weights as the counts stand now.
#[derive(Debug, Clone)]
pub struct Weighed {
    /// Its words, in order of their keys.
    pub terms: Vec<WeighedTerm>,
    /// The length of its vector of words, names and numbers.
    pub length: f32,
    /// The day of publication.
    pub day: Option<i32>,
    strongest: OnceCell<Vec<WeighedTerm>>,
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
    let weighed = terms.iter().map(|&term| {
        let (class, rarity) = counts.weigh(term);
        WeighedTerm { term, class, rarity }
    });
    Weighed::of(weighed.collect(), day)
}

impl Weighed {
    /// Returns a report of these words.
    pub fn of(terms: Vec<WeighedTerm>, day: Option<i32>) -> Self {
        let square = |weighed: &WeighedTerm| match weighed.class {
            Class::Phrase | Class::Day => 0.0,
            _ => weighed.weight() * weighed.weight(),
        };
        let length = terms.iter().map(square).sum::<f32>().sqrt();
        Weighed { terms, length, day, strongest: OnceCell::new() }
    }

    /// Returns the words by which its story is found, the strongest first.
    pub fn strongest(&self) -> &[WeighedTerm] {
        self.strongest.get_or_init(|| strongest_asking(&self.terms))
    }
}

/// The names of the measures, in the order of their weights.
pub const MEASURES: [&str; 38] = [
    "cosine",
    "cosine.names",
    "cosine.numbers",
    "cosine.root",
    "short.words",
    "short.names",
    "short.numbers",
    "short.phrases",
    "long.words",
    "long.names",
    "long.numbers",
    "long.phrases",
    "days.shared",
    "days.differ",
    "days.apart",
    "days.known",
    "title.title",
    "title.short",
    "title.long",
    "title.none",
    "rare.names",
    "rare.words",
    "rare.best",
    "size.short",
    "size.story",
    "size.long",
    "cosine.by_size",
    "names.by_size",
    "phrases.none",
    "names.apart",
    "size.smaller",
    "core.names",
    "core.words",
    "core.small.names",
    "core.small.words",
    "missing.names",
    "missing.title",
    "missing.small.title",
];

/// Returns what two gists, of which the first is the newer, have in common and what each has alone.
pub fn measures(a: &Gist, b: &Gist) -> [f32; MEASURES.len()] {
    measures_of(a, b, &Shared::of(a, b))
}

/// Returns the measures of two gists that have this in common.
pub fn measures_of(a: &Gist, b: &Gist, shared: &Shared) -> [f32; MEASURES.len()] {
    let pairs = a.reports as f32 * b.reports as f32;
    let (short, long) = if a.entries.len() <= b.entries.len() { (a, b) } else { (b, a) };
    let (of_short, of_long) =
        if a.entries.len() <= b.entries.len() { (&shared.a, &shared.b) } else { (&shared.b, &shared.a) };
    let part = |of: &Mass, all: &Gist, class: Class| {
        let whole = all.mass.of[class as usize];
        if whole > 0.0 { of.of[class as usize] / whole } else { 0.0 }
    };
    let larger_b = (b.reports, b.entries.len()) >= (a.reports, a.entries.len());
    let (large, of_large, small, of_small) =
        if larger_b { (b, &shared.b, a, &shared.a) } else { (a, &shared.a, b, &shared.b) };
    let core = |of: &Mass, all: &Gist, kind: usize| {
        let whole = all.mass.core[kind];
        if whole > 0.0 { of.core[kind] / whole } else { 0.0 }
    };
    let missing_title =
        |of: &Mass, all: &Gist| libm::logf(1.0 + (all.mass.title_names - of.title_names).max(0.0) / all.reports as f32);
    let title = |of: f32, all: &Gist| if all.mass.titles > 0.0 { of / all.mass.titles } else { 0.0 };
    let cosine = (shared.dot[0] + shared.dot[1] + shared.dot[2]) / pairs;
    let size = libm::logf(1.0 + short.entries.len() as f32);
    let stories = libm::logf(a.reports.max(b.reports) as f32);
    let (one_day, days) = apart(a.days, b.days);
    let has = |gist: &Gist, class: Class| gist.mass.of[class as usize] > 0.0;
    let flag = |is: bool| if is { 1.0 } else { 0.0 };
    let both_name_days = has(a, Class::Day) && has(b, Class::Day);
    let share_day = of_short.of[Class::Day as usize] > 0.0;
    let names = part(of_short, short, Class::Name);
    [
        cosine,
        shared.dot[0] / pairs,
        shared.dot[1] / pairs,
        cosine.max(0.0).sqrt(),
        part(of_short, short, Class::Plain),
        names,
        part(of_short, short, Class::Number),
        part(of_short, short, Class::Phrase),
        part(of_long, long, Class::Plain),
        part(of_long, long, Class::Name),
        part(of_long, long, Class::Number),
        part(of_long, long, Class::Phrase),
        flag(share_day),
        flag(both_name_days && !share_day),
        days,
        flag(one_day),
        title(shared.titles, short),
        title(of_short.titles, short),
        title(of_long.titles, long),
        flag(short.mass.titles == 0.0 || long.mass.titles == 0.0),
        libm::logf(1.0 + shared.rare[0]),
        libm::logf(1.0 + shared.rare[1]),
        shared.best,
        size,
        stories,
        libm::logf(1.0 + long.entries.len() as f32),
        cosine * size,
        names * size,
        flag(!has(short, Class::Phrase)),
        flag(has(a, Class::Name) && has(b, Class::Name) && of_short.of[Class::Name as usize] == 0.0),
        libm::logf(a.reports.min(b.reports) as f32),
        core(of_large, large, 0),
        core(of_large, large, 1),
        core(of_small, small, 0),
        core(of_small, small, 1),
        libm::logf(1.0 + (large.mass.core[0] - of_large.core[0]).max(0.0)),
        missing_title(of_large, large),
        missing_title(of_small, small),
    ]
}

/// Returns whether the days of both are known, and the logarithm of how far apart they are, once that exceeds a day.
pub fn apart(a: Option<(i32, i32)>, b: Option<(i32, i32)>) -> (bool, f32) {
    let (Some(a), Some(b)) = (a, b) else { return (false, 0.0) };
    let days = (a.0.saturating_sub(b.1)).max(b.0.saturating_sub(a.1)).max(1) - 1;
    (true, libm::logf(1.0 + days as f32))
}

/// Returns the log odds that two gists, of which the first is the newer, tell of one event.
pub fn evidence(a: &Gist, b: &Gist) -> f32 {
    weigh_measures(&measures(a, b))
}

/// Returns the log odds that measures stand for.
pub fn weigh_measures(measures: &[f32]) -> f32 {
    let weights = &*OF_MEASURES;
    weights[0] + measures.iter().zip(&weights[1..]).map(|(measure, weight)| measure * weight).sum::<f32>()
}

/// Returns the probability that log odds stand for.
pub fn probability(evidence: f32) -> f32 {
    1.0 / (1.0 + libm::expf(-evidence))
}

/// Returns a number of `data/likeness.tsv`.
pub fn weight(name: &str) -> f32 {
    *WEIGHTS.get(name).expect("each number that is asked for has a row in data/likeness.tsv, a test reads them all")
}

static WEIGHTS: LazyLock<FxHashMap<&str, f32>> = LazyLock::new(|| {
    include_str!("../data/likeness.tsv")
        .lines()
        .filter(|row| !row.starts_with('#'))
        .filter_map(|row| row.split_once('\t'))
        .map(|(name, weight)| (name, weight.parse().expect("data/likeness.tsv holds numbers, a test reads them")))
        .collect()
});

/// The bias, then the weights in the order of the measures.
static OF_MEASURES: LazyLock<Vec<f32>> =
    LazyLock::new(|| std::iter::once("bias").chain(MEASURES).map(weight).collect());

#[cfg(test)]
mod tests {
    use super::{MEASURES, measures, weight};
    use crate::gist::Gist;

    #[test]
    fn two_stories_of_a_hundred_thousand_reports_can_be_compared() {
        let huge = Gist { reports: 100_000, ..Gist::default() };
        assert!(measures(&huge, &huge).iter().all(|measure| measure.is_finite()));
    }

    #[test]
    fn every_measure_has_its_number() {
        assert!(MEASURES.iter().all(|name| weight(name).is_finite()));
        let decisions = ["joins", "rival", "rival.floor", "asks", "merges"];
        assert!(decisions.iter().all(|name| weight(&format!("stream.{name}")).is_finite()));
        assert!(weight("bias").is_finite() && weight("whole.joins").is_finite());
    }

    #[test]
    fn what_is_shared_ties_and_what_is_missing_parts() {
        assert!(weight("cosine") >= 0.0 && weight("rare.names") > 0.0 && weight("core.words") > 0.0);
        assert!(weight("days.apart") < 0.0 && weight("missing.names") <= 0.0 && weight("size.story") <= 0.0);
    }
}
