//! How surely the sources bear a sentence out, and which of its words they do not.

use std::sync::LazyLock;

use crate::evidence::{Evidence, OF_SENTENCE, OF_WORD};

/// What is made of the judgement of the words, beside what `OF_SENTENCE` names.
const OF_JUDGED: [&str; 4] = ["likeliest", "second", "mean", "none"];

/// What the evidence says of a passage.
#[derive(Debug, Clone)]
pub(crate) struct Judgement {
    /// For each content word, how likely the sources do not bear it out.
    pub words: Vec<f64>,
    /// How likely they bear the whole out.
    pub supported: f64,
}

/// The weights of two logistic models, in the order of their measures.
struct Weights {
    word: Vec<f64>,
    word_bias: f64,
    sentence: Vec<f64>,
    sentence_bias: f64,
}

impl Judgement {
    /// Weighs the evidence for a passage. One that says nothing is borne out.
    pub fn new(evidence: &Evidence) -> Self {
        let weights = weights();
        let words: Vec<f64> =
            evidence.words.iter().map(|w| sigmoid(weights.word_bias + dot(&weights.word, &w.measures))).collect();
        if words.is_empty() {
            return Judgement { words, supported: 1.0 };
        }
        let measures = [&evidence.sentence[..], &judged(evidence, &words)].concat();
        let supported = sigmoid(weights.sentence_bias + dot(&weights.sentence, &measures));
        Judgement { words, supported }
    }
}

/// The likeliest words to be wrong as log odds, the mean over the words by weight, and the chance that none is wrong.
fn judged(evidence: &Evidence, words: &[f64]) -> [f64; OF_JUDGED.len()] {
    let mut sorted = words.to_vec();
    sorted.sort_by(|a, b| b.total_cmp(a));
    let odds = |n: usize| {
        let p = sorted.get(n).copied().unwrap_or(0.0).clamp(0.001, 0.999);
        (p / (1.0 - p)).ln()
    };
    let all: f64 = evidence.words.iter().map(|w| w.weight).sum();
    let mean = evidence.words.iter().zip(words).map(|(w, p)| w.weight * p).sum::<f64>() / all.max(1e-9);
    let none = words.iter().map(|p| (1.0 - p.min(0.99)).ln()).sum();
    [odds(0), odds(1), mean, none]
}

fn dot(weights: &[f64], measures: &[f64]) -> f64 {
    weights.iter().zip(measures).map(|(w, m)| w * m).sum()
}

fn sigmoid(odds: f64) -> f64 {
    1.0 / (1.0 + (-odds).exp())
}

fn weights() -> &'static Weights {
    static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| {
        let table = include_str!("../data/en/support.tsv");
        let of = |model: &str, name: &str| -> f64 {
            let row = table
                .lines()
                .filter_map(|line| line.split_once('\t'))
                .find(|(key, _)| key.strip_prefix(model).and_then(|rest| rest.strip_prefix('.')) == Some(name));
            // A measure without a row weighs nothing.
            row.and_then(|(_, rest)| rest.split('\t').next()?.parse().ok()).unwrap_or(0.0)
        };
        Weights {
            word: OF_WORD.iter().map(|name| of("word", name)).collect(),
            word_bias: of("word", "bias"),
            sentence: OF_SENTENCE.iter().chain(&OF_JUDGED).map(|name| of("sentence", name)).collect(),
            sentence_bias: of("sentence", "bias"),
        }
    });
    &WEIGHTS
}

#[cfg(test)]
mod tests {
    use super::{OF_JUDGED, OF_SENTENCE, OF_WORD};

    #[test]
    fn every_row_weighs_something_that_is_measured() {
        for line in include_str!("../data/en/support.tsv").lines().filter(|line| !line.starts_with('#')) {
            let key = line.split('\t').next().unwrap_or_default();
            let (model, name) = key.split_once('.').unwrap();
            let known = match model {
                "word" => OF_WORD.contains(&name),
                _ => OF_SENTENCE.contains(&name) || OF_JUDGED.contains(&name),
            };
            assert!(known || name == "bias", "{line}");
        }
    }
}
