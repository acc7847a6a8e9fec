//! The weights of the model, from `data/en/turns.tsv`, which `examples/turns.py` makes.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// Returns how likely a candidate turns a claim. A measure without a row weighs nothing.
pub(super) fn chance(measures: &[(&'static str, f64)]) -> f64 {
    let odds: f64 = measures.iter().map(|(name, measure)| WEIGHTS.get(name).copied().unwrap_or(0.0) * measure).sum();
    1.0 / (1.0 + (-odds).exp())
}

/// Returns a chance brought down by log odds.
pub(super) fn odds_less(chance: f64, less: f64) -> f64 {
    let chance = chance.clamp(0.001, 0.999);
    1.0 / (1.0 + (-((chance / (1.0 - chance)).ln() - less)).exp())
}

static WEIGHTS: LazyLock<FxHashMap<&'static str, f64>> = LazyLock::new(|| {
    let rows = include_str!("../../../data/en/turns.tsv").lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|line| line.split_once('\t'))
        .filter_map(|(name, weight)| Some((name, weight.parse().ok()?)))
        .collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_speaks_against_a_word_makes_it_less_likely() {
        let bare = chance(&[("gain.bias", 1.0), ("gain.only", 1.0)]);
        let licensed = chance(&[("gain.bias", 1.0), ("gain.only", 1.0), ("gain.here", 1.0), ("gain.near", 1.0)]);
        assert!(licensed < bare);
        assert!(odds_less(0.5, 1.5) < 0.5);
    }
}
