//! Weighs measures: logistic models, their weights fitted by `examples/fit.rs`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::likeness::Likeness;
use crate::measures::{self, Measure};

/// Returns the log odds that one of two reports has words from the other, or both from a third text.
pub fn link(likeness: &Likeness) -> f64 {
    weigh(&measures::of_link(likeness)) + weight("link.bias")
}

/// Returns the log odds, from the words alone, that the first report is the source of the second.
pub fn direction(likeness: &Likeness) -> f64 {
    weigh(&measures::of_direction(likeness))
}

/// Returns how far the words' direction can be trusted: half where each report has a frame of its own, for who put a
/// passage into which leaves few marks.
pub fn trust(likeness: &Likeness) -> f64 {
    let alone = likeness.a.alone.min(likeness.b.alone);
    1.0 - 0.5 * ((alone - 0.2) / 0.2).clamp(0.0, 1.0)
}

/// Returns the log odds that two linked reports are children of an absent text, not parent and child.
pub fn sharing(likeness: &Likeness) -> f64 {
    weigh(&measures::of_sharing(likeness)) + weight("sharing.bias")
}

/// Returns the probability that log odds stand for.
pub fn probability(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

/// Returns how likely it is that log odds of a link speak true, as pairs held out of the fit have it.
pub fn calibrated(log_odds: f64) -> f64 {
    probability(weight("calibration.slope") * log_odds + weight("calibration.bias"))
}

fn weigh(measures: &[Measure]) -> f64 {
    measures.iter().map(|(name, value)| weight(name) * value).sum()
}

/// Returns a number of `data/weights.tsv`.
pub fn weight(name: &str) -> f64 {
    *WEIGHTS.get(name).expect("every measure has a row in data/weights.tsv, a test reads them all")
}

static WEIGHTS: LazyLock<FxHashMap<&str, f64>> = LazyLock::new(|| {
    crate::rows::of(include_str!("../data/weights.tsv"))
        .map(|row| (row[0], row[1].parse().expect("data/weights.tsv holds numbers, a test reads them")))
        .collect()
});
